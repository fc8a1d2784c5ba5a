"""A caption that stands more than once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.detectors import Detector
from cleaner.model import Edit, Op, Span

if TYPE_CHECKING:
    from cleaner.roles import Article
    from cleaner.roles.article import Picture
    from cleaner.text import Likeness


@dataclass(frozen=True)
class DoubledCaption(Detector):
    """A caption scraped from the picture and again from its alt text, with another credit or with none, or cut short.

    Why: one picture gives its caption two, three or four times, and each copy would stand in the text as if it were a paragraph.
    What goes: the words of every copy but one; the credit of each copy is kept in the record.
    What stays: two captions that differ in a name or a number ("Kim Ek, 34" / "Kim Ek, 43"); a caption that says what a
    paragraph says; two lines of a song; a prayer said twice, each time in a paragraph of its own.
    """

    name = "doubled-caption"
    beside = "picture-credit"
    before = """\
Lantern race draws record crowd

Kim Ek, 34, crosses the line ahead of the field. (Photo: Eva Lund)
Kim Ek, 34, crosses the line ahead of the field.
Kim Ek, 43, crosses the line a minute later. (Photo: Eva Lund)

More than nine hundred runners took part in the lantern race on Saturday evening.
"""
    after = """\
headline: Lantern race draws record crowd
caption:  Kim Ek, 34, crosses the line ahead of the field. | Eva Lund
caption:  Kim Ek, 43, crosses the line a minute later. | Eva Lund
text:     More than nine hundred runners took part in the lantern race on Saturday evening.
"""

    def find(self, article: Article) -> Iterator[Edit]:
        firsts = {picture.first for picture in article.pictures}
        closest: dict[int, tuple[Picture, Likeness]] = {}
        for picture in article.pictures:
            first, kept = article.lines[picture.first], _words(article, picture)
            for copy in picture.copies:
                line, said = article.lines[copy.other], article.parts(copy.other)
                yield Edit(
                    self.name, Op.REMOVE, line.start + said.text_start, line.start + said.text_end,
                    f"repeats the caption on line {first.number} ({copy.likeness.how})",
                    kept=kept, score=copy.likeness.score, threshold=copy.likeness.threshold,
                )
            for other, likeness in article.near.get(picture.first, ()):
                if other in firsts and other < picture.first:
                    continue  # two captions alike are one close call, told of the later one
                if other not in closest or likeness.score >= closest[other][1].score:
                    closest[other] = picture, likeness
        for other, (picture, likeness) in closest.items():  # a line stays once, however many captions it is like
            yield Edit.declined(
                self.name, article.lines[other].span, _words(article, picture), likeness.score, likeness.threshold,
                f"like the caption on line {article.lines[picture.first].number}, but {likeness.stopped_by}",
            )


def _words(article: Article, picture: Picture) -> Span:
    """The words of the copy of a caption that stays."""
    line, parts = article.lines[picture.first], article.parts(picture.first)
    return Span(line.start + parts.text_start, line.start + parts.text_end)
