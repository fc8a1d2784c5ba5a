"""A passage of the page that is printed twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.detectors import Detector
from cleaner.model import Edit, Op, Role
from cleaner.text import THRESHOLD

if TYPE_CHECKING:
    from cleaner.roles import Article


@dataclass(frozen=True)
class RepeatedPassage(Detector):
    """Several paragraphs in a row that stand there twice: a summary once for wide screens and once for narrow ones, a body scraped twice.

    Why: one paragraph said again may be a prayer or an answer, three in a row, letter for letter, are a part of the page taken twice.
    What goes: the later copy, with the short lines that stand between its paragraphs in both.
    What stays: one or two paragraphs said again; verses, however often a chorus comes back; a passage that differs in a letter.
    """

    name = "repeated-passage"
    before = """\
Swimming baths reopen after repairs

The swimming baths reopen on Monday after a summer of repairs, the town said on Thursday.

The water is two degrees warmer than before, and the old clock is back on its wall again.

Children pay half, as they did before the war, and dogs nothing, since they may not come in.

Advertisement

The swimming baths reopen on Monday after a summer of repairs, the town said on Thursday.

The water is two degrees warmer than before, and the old clock is back on its wall again.

Children pay half, as they did before the war, and dogs nothing, since they may not come in.
"""
    after = """\
headline: Swimming baths reopen after repairs
text:     The swimming baths reopen on Monday after a summer of repairs, the town said on Thursday.
text:     The water is two degrees warmer than before, and the old clock is back on its wall again.
text:     Children pay half, as they did before the war, and dogs nothing, since they may not come in.
"""

    def find(self, article: Article) -> Iterator[Edit]:
        for copy, first in article.passages.items():
            if article.roles[copy] is article.roles[first] is Role.BODY:
                kept, line = article.lines[first], article.lines[copy]
                yield Edit(
                    self.name, Op.REMOVE, line.start, line.end, f"one of several lines in a row that repeat line {kept.number} and those around it",
                    kept=kept.span, score=100.0, threshold=THRESHOLD,
                )
