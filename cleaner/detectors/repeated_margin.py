"""A line of the page's margins that stands there more than once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.detectors import Detector
from cleaner.model import Edit, Op, Role

if TYPE_CHECKING:
    from cleaner.roles import Article


@dataclass(frozen=True)
class RepeatedMargin(Detector):
    """A menu that is printed twice above the headline, a teaser that stands twice below the body: once as a title, once as a picture's text.

    What goes: the later copies of a line, letter for letter the same, in the margins of the page.
    What stays: the first copy; everything in the running text; every line of copy that has no margins, that is no furniture
    above its headline or below its last paragraph.
    """

    name = "repeated-margin"
    shortest: int = 15

    def find(self, article: Article) -> Iterator[Edit]:
        if not article.margins:
            return
        for place in sorted(article.margins):
            line = article.lines[place]
            if article.roles[place] is not Role.BODY or len(line.text) < self.shortest:
                continue
            earlier = [twin.other for twin in article.twins.get(place, ()) if twin.other < place and article.lines[twin.other].text == line.text]
            if earlier:
                kept = article.lines[min(earlier)]
                yield Edit(
                    self.name, Op.REMOVE, line.start, line.end, f"a line of the page's margins, as line {kept.number}",
                    kept=kept.span, score=100.0, threshold=100.0,
                )
