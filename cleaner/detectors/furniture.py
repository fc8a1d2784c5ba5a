"""Page furniture that strayed between the lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.detectors import Detector
from cleaner.model import Edit, Op, Role
from cleaner.signs import Sign

if TYPE_CHECKING:
    from cleaner.roles import Article


@dataclass(frozen=True)
class FurnitureRule(Detector):
    """A line that belongs to the page and not to the copy: share buttons, "Read more", "Advertisement", a rule between articles.

    What goes: a line that the facts name as furniture in the article's language, whole.
    What stays: a sentence that begins with such a word; a line that no list names.
    """

    name = "furniture"

    def find(self, article: Article) -> Iterator[Edit]:
        for place, role in enumerate(article.roles):
            if role is Role.FURNITURE:
                line = article.lines[place]
                entry = article.entries.get(place)
                reason = "a rule between articles" if article.signs[place] is Sign.RULE or entry is None else f"furniture: {entry.name}"
                yield Edit(self.name, Op.DROP, line.start, line.end, reason)
