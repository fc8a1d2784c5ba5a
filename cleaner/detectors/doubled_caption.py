"""A caption that stands more than once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.detectors import Detector
from cleaner.model import Edit, Op, Span

if TYPE_CHECKING:
    from cleaner.roles import Article


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
        for picture in article.pictures:
            first = article.lines[picture.first]
            parts = article.parts(picture.first)
            kept = Span(first.start + parts.text_start, first.start + parts.text_end)
            for copy in picture.copies:
                line, said = article.lines[copy.other], article.parts(copy.other)
                yield Edit(
                    self.name, Op.REMOVE, line.start + said.text_start, line.start + said.text_end,
                    f"repeats the caption on line {first.number} ({copy.likeness.how})",
                    kept=kept, score=copy.likeness.score, threshold=copy.likeness.threshold,
                )
            for twin in article.near.get(picture.first, ()):
                if twin.other in firsts and twin.other < picture.first:
                    continue  # two captions alike are one close call, told of the later one
                yield Edit.declined(
                    self.name, article.lines[twin.other].span, kept, twin.likeness.score, twin.likeness.threshold,
                    f"like the caption on line {first.number}, but {twin.likeness.stopped_by}",
                )
