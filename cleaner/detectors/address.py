"""The page's address, on a line of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.detectors import Detector
from cleaner.model import Edit, Op
from cleaner.signs import Sign

if TYPE_CHECKING:
    from cleaner.roles import Article


@dataclass(frozen=True)
class Address(Detector):
    """The address that a scraper wrote above the copy.

    Why: it says where the copy was found. Left in place it would pass for the headline and count as words of the article.
    What moves: an address alone on the article's first line, into ``url``.
    What stays: every other address, in or below the body.
    """

    name = "address"
    before = """\
https://www.harbour-post.example/news/ferries-leave-on-friday

Ferries leave the harbour on Friday

The ferries leave on Friday morning, the port said. Times are on https://port.example.
"""
    after = """\
url:      https://www.harbour-post.example/news/ferries-leave-on-friday
headline: Ferries leave the harbour on Friday
text:     The ferries leave on Friday morning, the port said. Times are on https://port.example.
"""

    def find(self, article: Article) -> Iterator[Edit]:
        if article.signs[0] is Sign.ADDRESS:
            line = article.lines[0]
            yield Edit(self.name, Op.MOVE, line.start, line.end, "the address above the copy", field="url", value=line.text)
