"""When the copy was published, on a line of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.detectors import Detector
from cleaner.model import Edit, Op, Role

if TYPE_CHECKING:
    from cleaner.roles import Article


@dataclass(frozen=True)
class Timestamp(Detector):
    """The time of publication or of the last change, as the page prints it.

    Why: the time is a fact about the page, wanted as a field; as a line of the text it is noise, and another one after each update.
    What moves: a line that is only a time, above or below the body, into ``published``.
    What stays: a time inside the body ("08:00" in a minute-by-minute report), a date in a sentence.
    """

    name = "timestamp"
    before = """\
Bridge opens to traffic

Published 12 March 2024 at 08:15

On 12 March 2024 the first lorries drove over the new bridge, eleven years after the first plans.
"""
    after = """\
headline: Bridge opens to traffic
published:Published 12 March 2024 at 08:15
text:     On 12 March 2024 the first lorries drove over the new bridge, eleven years after the first plans.
"""

    def find(self, article: Article) -> Iterator[Edit]:
        for place in article.places.get(Role.TIMESTAMP, ()):
            start, words = article.said(place)
            yield Edit(self.name, Op.MOVE, start, start + len(words), "a line that is only a time", field="published", value=words)
