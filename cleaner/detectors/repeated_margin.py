"""A line of the page's margins that stands there more than once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.detectors import Detector, Number
from cleaner.model import Edit, Op, Role
from cleaner.tags import INVISIBLE
from cleaner.text import THRESHOLD

if TYPE_CHECKING:
    from cleaner.roles import Article


@dataclass(frozen=True)
class RepeatedMargin(Detector):
    """A menu that is printed twice above the headline, a teaser that stands twice below the body: once as a title, once as a picture's text.

    Why: pages carry their menus once for wide screens and once for narrow ones, and each teaser once as text and once as a picture's.
    What goes: the later copies of a line, letter for letter the same, in the margins of the page.
    What stays: the first copy; everything in the running text; every line of copy that has no margins, that is no furniture
    above its headline or below its last paragraph.
    shortest: code points that a line has at least; a shorter one may stand twice.
    """

    name = "repeated-margin"
    before = """\
Swimming baths reopen after repairs

The swimming baths reopen on Monday after a summer of repairs, the town said on Thursday.

The water is two degrees warmer than before, and the old clock is back on its wall.

Read more

Ferry fares go up in the new year

Ferry fares go up in the new year

Subscribe
"""
    after = """\
headline: Swimming baths reopen after repairs
text:     The swimming baths reopen on Monday after a summer of repairs, the town said on Thursday.
text:     The water is two degrees warmer than before, and the old clock is back on its wall.
text:     Ferry fares go up in the new year
"""
    shortest: Number = 15

    def find(self, article: Article) -> Iterator[Edit]:
        if not article.margins:
            return
        for place in sorted(article.margins):
            line = article.lines[place]
            if article.roles[place] is not Role.BODY or len(line.text.strip(INVISIBLE)) < self.shortest:
                continue
            earlier = [twin.other for twin in article.twins.get(place, ()) if twin.other < place and article.lines[twin.other].text == line.text]
            if earlier:
                kept = article.lines[min(earlier)]
                yield Edit(
                    self.name, Op.REMOVE, line.start, line.end, f"a line of the page's margins, as line {kept.number}",
                    kept=kept.span, score=100.0, threshold=THRESHOLD,
                )
