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

    What moves: a line that is only a time, above or below the body, into ``published``.
    What stays: a time inside the body ("08:00" in a minute-by-minute report), a date in a sentence.
    """

    name = "timestamp"

    def find(self, article: Article) -> Iterator[Edit]:
        for place, role in enumerate(article.roles):
            if role is Role.TIMESTAMP:
                line = article.lines[place]
                yield Edit(self.name, Op.MOVE, line.start, line.end, "a line that is only a time", field="published", value=line.text)
