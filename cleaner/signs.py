"""What one line shows by itself: prose, a short line, furniture, a tag, a time, a rule between articles.

No neighbours and no repeats are looked at here; what a line *is* in its article is for ``roles``.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.facts import Furniture
    from cleaner.lines import Line
    from cleaner.tags import Grammar, LoneTag


class Sign(IntEnum):
    """What a line looks like. PROSE is a full sentence or more; LINE is anything shorter that holds words."""

    PROSE = 0
    LINE = 1
    FURNITURE = 2
    TIMESTAMP = 3
    BYLINE = 4
    TAG = 5
    CREDIT = 6
    RULE = 7
    ADDRESS = 8
    SYMBOL = 9


CONTENT = frozenset({Sign.PROSE, Sign.LINE})

CAPTION_LABEL, CREDIT_LABEL = "Caption:", "Credit:"
"""What a record printed as copy writes in front of a caption and of its credit."""

LONG = 160
"""Width from which a line is prose however it ends."""

SENTENCE = 70
"""Width from which a line that ends as a sentence is prose."""

LONGEST_SIGN = 200
"""No furniture, time, byline or tag is longer than this many code points."""

# "Image caption, The harbour at dawn" opens with a label and goes on as copy: only the label alone is furniture.
_LABELS = frozenset({"caption_label", "credit_label", "source_label", "breaking"})

_RULE = re.compile(r"(?:([*_=~#•·∗⁂—–-])\s?){3,}")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_COUNTER = re.compile(r"\d+\s?(?:/|of|av|von|de|sur|di|z|из)\s?\d+", re.IGNORECASE)
_ENDS = frozenset(".!?…。！？؟।۔:：」』")
_CLOSERS = "\"'”’»›)]）】」』"


def width(text: str) -> float:
    """How much a text says, in Latin characters: a character of Chinese, Japanese or Korean counts for two and a half.

    >>> width("harbour"), width("港口重新开放")
    (7, 15.0)
    """
    length = len(text)
    if text.isascii() or not any("\u2e80" <= text[place] <= "\uffdc" for place in (0, length // 3, length // 2, -1)):
        return length
    return length * 2.5


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence, or as the words that introduce one, do.

    >>> ends_sentence("He said: “We reopened.”"), ends_sentence("Harbour reopens after storm")
    (True, False)
    """
    return text[-1] in _ENDS or text[-1] in _CLOSERS and text.rstrip(_CLOSERS)[-1:] in _ENDS


class Signs:
    """The sign of each line, and what the facts said of it."""

    def __init__(self, lines: list[Line], grammar: Grammar, language: str | None) -> None:
        self.language = language
        self.widths = [width(line.text) for line in lines]
        self.entries: dict[int, Furniture] = {}
        self.tags: dict[int, LoneTag] = {}
        self.of = [self._read(place, line.text, grammar) for place, line in enumerate(lines)]

    def _read(self, place: int, text: str, grammar: Grammar) -> Sign:
        if len(text) > LONGEST_SIGN:
            return Sign.PROSE
        if not text.isalnum() and not any(map(str.isalpha, text)):
            return Sign.RULE if _RULE.fullmatch(text) else self._short(place, text, grammar) or Sign.SYMBOL
        return self._short(place, text, grammar) or (Sign.PROSE if self.is_prose(place, text) else Sign.LINE)

    def is_prose(self, place: int, text: str) -> bool:
        wide = self.widths[place]
        return wide >= LONG or wide >= SENTENCE and ends_sentence(text)

    def _short(self, place: int, text: str, grammar: Grammar) -> Sign | None:
        language = self.language
        if text.startswith(CREDIT_LABEL) and len(text) > len(CREDIT_LABEL) + 1:
            return Sign.CREDIT
        tag = grammar.lone_tag(text, language)
        if tag is not None:
            if tag.where == "line" and all(name.agency is not None and name.agency.kind == "photo" for name in tag.agencies):
                return Sign.CREDIT  # a photo agency sends no copy: alone on a line it credits a picture
            self.tags[place] = tag
            return Sign.TAG
        entry = grammar.facts.furniture(text, language) or (grammar.facts.furniture(text, "en") if language != "en" else None)
        if entry is not None and (entry.match == "exact" or entry.kind not in _LABELS or len(text) <= len(entry.text) + 2):
            self.entries[place] = entry
            return Sign.TIMESTAMP if entry.kind == "timestamp" else Sign.FURNITURE
        if grammar.timestamp(text, language):
            return Sign.TIMESTAMP
        if grammar.is_credit_line(text, language):
            return Sign.CREDIT
        if grammar.byline(text, language):
            return Sign.BYLINE
        if _ADDRESS.fullmatch(text):
            return Sign.ADDRESS
        return Sign.SYMBOL if _COUNTER.fullmatch(text) else None
