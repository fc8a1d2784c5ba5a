"""Page furniture that strayed between the lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.detectors import Detector
from cleaner.model import Edit, Op, Role
from cleaner.profile import KIND
from cleaner.signs import Sign

if TYPE_CHECKING:
    from cleaner.roles import Article


@dataclass(frozen=True)
class FurnitureRule(Detector):
    """A line that belongs to the page and not to the copy: share buttons, "Read more", "Advertisement", a rule between articles.

    Why: these are the page's words, not the author's; between two paragraphs they are noise for a reader and for a count.
    What goes: a line that the facts name as furniture in the article's language, whole (``cleaner facts LANG`` lists them).
    What stays: a sentence that begins with such a word; a line that no list names. In the body also the words of a button with a
    full stop behind them ("Subscribe."), between two questions, quoted by the copy or spoken of by the sentence below them, and a
    rule between two of its parts.
    """

    name = "furniture"
    before = """\
Library extends its opening hours

The town library stays open until nine in the evening from next week, the council decided.

Advertisement

Share this article

Share this article with a neighbour and the library lends you both a second card, the council said.
"""
    after = """\
headline: Library extends its opening hours
text:     The town library stays open until nine in the evening from next week, the council decided.
text:     Share this article with a neighbour and the library lends you both a second card, the council said.
"""

    def find(self, article: Article) -> Iterator[Edit]:
        for place in article.places.get(Role.FURNITURE, ()):
            entry = article.entries.get(place)
            if entry is None or entry.kind != KIND:
                line = article.lines[place]
                reason = "a rule between articles" if article.signs[place] is Sign.RULE or entry is None else f"furniture: {entry.name}"
                yield Edit(self.name, Op.DROP, line.start, line.end, reason)
