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

    What goes: the words of every copy but one; the credit of each copy is kept in the record.
    What stays: two captions that differ in a name or a number ("Kim Ek, 34" / "Kim Ek, 43"); a caption that says what a
    paragraph says; two lines of a song.
    """

    name = "doubled-caption"

    def find(self, article: Article) -> Iterator[Edit]:
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
                if twin.likeness.guard:
                    yield Edit.declined(
                        self.name, article.lines[twin.other].span, kept, twin.likeness.score, twin.likeness.threshold,
                        f"like the caption on line {first.number}, but {twin.likeness.guard}",
                    )
