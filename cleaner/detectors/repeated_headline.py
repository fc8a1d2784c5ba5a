"""A headline that stands more than once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.detectors import Detector
from cleaner.model import Edit, Op

if TYPE_CHECKING:
    from cleaner.lines import Line
    from cleaner.repeats import Twin
    from cleaner.roles import Article


@dataclass(frozen=True)
class RepeatedHeadline(Detector):
    """The headline said again: above the picture and below it, with the site's name behind it, cut short, in capitals.

    Why: a page prints its headline as its title, above the picture and in the list it came from, and a scraper takes them all.
    What goes: every line of the page that prints the headline again, also between paragraphs, where a player's button above it, or
    controls or a credit and a control around it, show that it is the title of a video or a gallery.
    What stays: the fullest form without site suffix or section label; a line that differs in a number, a name or a negation;
    a paragraph that begins with the headline's words; a line of the running text.
    """

    name = "repeated-headline"
    before = """\
Council puts off vote on night buses | Harbour Post

Council puts off vote on night buses

The council has put off its vote on night buses until October, after members said the figures did not add up.
"""
    after = """\
headline: Council puts off vote on night buses
text:     The council has put off its vote on night buses until October, after members said the figures did not add up.
"""

    def find(self, article: Article) -> Iterator[Edit]:
        if article.headline is None:
            return
        kept = article.lines[article.headline]
        for copy in article.headlines:
            line = article.lines[copy.other]
            yield Edit(
                self.name, Op.REMOVE, line.start, line.end, f"repeats the headline on line {kept.number} ({copy.likeness.how})",
                kept=kept.span, score=copy.likeness.score, threshold=copy.likeness.threshold,
            )
        for twin in article.near.get(article.headline, ()):
            if twin.other not in article.heads:
                yield self._declined(article, twin, kept, twin.likeness.stopped_by)
        for twin in article.twins.get(article.headline, ()):
            if twin.other not in article.heads | article.captions | article.passages.keys() | article.margins:
                yield self._declined(article, twin, kept, "it stands in the running text")

    def _declined(self, article: Article, twin: Twin, kept: Line, why: str) -> Edit:
        line, likeness = article.lines[twin.other], twin.likeness
        reason = f"like the headline on line {kept.number}, but {why}"
        return Edit.declined(self.name, line.span, kept.span, likeness.score, likeness.threshold, reason)
