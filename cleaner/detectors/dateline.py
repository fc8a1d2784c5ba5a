"""Where and when a story was filed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.detectors import Detector, Number
from cleaner.model import Edit, Op, Role

if TYPE_CHECKING:
    from cleaner.roles import Article


PARTS = 3
"""Lines with a dateline below an introduction from which each opens a part: telegrams, a round-up. A story has one, and seldom a second."""


@dataclass(frozen=True)
class DatelineRule(Detector):
    """The dateline in front of the first paragraph: "STOCKHOLM (TT) -", "新华社北京9月30日电", or on a line of its own.

    Why: place, date and agency are wanted as fields, and the same wire story should have the same text on every site.
    What moves: place, date and agency, and a reporter named beside them, with the dash behind them, into ``dateline``; its agencies
    stand in ``agency_tags`` too.
    What stays: a sentence that begins with a place, words in capitals that are no place ("EXKLUSIV -"), a speaker's name;
    the cities of a round-up, each in front of a paragraph of its own, and three datelines and more below an introduction.
    within: how many lines of the body, from its first, may open with the dateline.
    """

    name = "dateline"
    before = """\
Fishing fleet stays in port

OSLO (Reuters) - The fishing fleet stayed in port on Monday as the wind rose.

OSLO has not seen such a storm since records began, the weather service said.
"""
    after = """\
headline: Fishing fleet stays in port
dateline: OSLO (Reuters)
agency:   Reuters (dateline, REUTERS)
text:     The fishing fleet stayed in port on Monday as the wind rose.
text:     OSLO has not seen such a storm since records began, the weather service said.
"""
    within: Number = 5

    def find(self, article: Article) -> Iterator[Edit]:
        stated = article.places.get(Role.DATELINE)
        openings = stated or list(self._openings(article))
        opened = [place for place in openings if article.dateline(place) is not None]
        if not opened or not stated and len(opened) >= PARTS and opened[0] != openings[0]:
            return
        tag, (start, _) = article.dateline(opened[0]), article.said(opened[0])
        assert tag is not None
        if tag.place and not tag.agencies and not tag.date and self._is_entry(article, opened[0], tag.place):
            return
        yield Edit(self.name, Op.MOVE, start, start + tag.end, "the dateline of the story", field="dateline", value=tag.raw)

    def _is_entry(self, article: Article, place: int, city: str) -> bool:
        """Whether a city alone opens an entry of a list: further down another one opens a paragraph in the same way."""
        others = (article.dateline(other) for other in article.places.get(Role.BODY, ()) if other > place)
        return any(other is not None and other.place not in (None, city) and not other.agencies and not other.date for other in others)

    def _openings(self, article: Article) -> Iterator[int]:
        """The lines that may open with the dateline."""
        seen = 0
        for place in range(0 if article.headline is None else article.headline + 1, len(article.lines)):
            if article.roles[place] is Role.BODY:
                seen += place >= article.body_start
                if seen > self.within:
                    return
                yield place
