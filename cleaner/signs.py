"""What one line shows by itself: prose, a short line, furniture, a tag, a time, a rule between articles.

No repeats are looked at here, and of neighbours only the time beside a name; what a line *is* in its article is for ``roles``.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cleaner.tags import INVISIBLE
from cleaner.text import tight, word_count

if TYPE_CHECKING:
    from cleaner.facts import Furniture
    from cleaner.lines import Line
    from cleaner.tags import EndCredit, Grammar, LoneTag


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

META = frozenset({Sign.TIMESTAMP, Sign.BYLINE, Sign.TAG})
"""What a page prints of the article beside its headline: when, by whom, from which agency."""

HEADLINE_WIDTH = 230
"""Width beyond which a line is no headline."""

LONG = 160
"""Width from which a line is prose however it ends."""

SENTENCE = 70
"""Width from which a line that ends as a sentence is prose."""

UNSTOPPED = 95
"""Width from which a line is prose in scripts that write no full stop: Thai and Lao. Their headlines are shorter."""

LONGEST = 700
"""Code points of the longest line that is compared with others by more than equality. Headlines and captions are shorter."""

KEYED = 200
"""Code points up to which equal means equal in letters and digits; longer lines are equal when they are so to the letter."""

SHORTEST_NEAR = 12
"""Letters and digits below which only equal lines are like: the shorter the text, the higher the bar."""

LONGEST_SIGN = 200
"""No furniture, time, byline or tag is longer than this many code points."""

# "Image caption, The harbour at dawn" opens with a label and goes on as copy: only the label alone is furniture.
_LABELS = frozenset({"caption_label", "credit_label", "source_label", "breaking"})

SAYS_ALL = 35
"""Code points of an opening that no sentence of copy has: "Mit meiner Anmeldung zum Newsletter ..."."""

LEFT_OVER = "\u00ad\u200b\u2060\ufeff"
"""Characters that a page's code leaves in copy: soft hyphen, zero-width space, word joiner, byte order mark.

Joiners and direction marks carry meaning and stay.
"""

_TIME = re.compile(r"\d{1,2}:\d{2}(?!\d)")
# The marks that a credit, or a label in front, cannot do without.
_CREDIT_MARK = re.compile("[©/:：＝]")
_LABEL_MARK = re.compile("\\S.{1,30}?[:：,]|FILE|File")
_GLUED = re.compile(r"[a-zà-öø-ÿ](?=[A-ZÀ-ÖØ-Þ])")  # entries of a menu without a space between them
_RULE = re.compile(r"⁂|(?:([*_=~#•·∗⁂—–-])\s?){3,}")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_COUNTER = re.compile(r"\d+\s?(?:/|of|av|von|de|sur|di|z|из)\s?\d+", re.IGNORECASE)
STOPS = frozenset(".。।۔")
ELLIPSES = ("…", "...")
_ENDS = frozenset(".!?…。！？؟।۔:：」』")
CLOSERS = "\"'”’»›)]）】」』"


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
    return text[-1] in _ENDS or text[-1] in CLOSERS and text.rstrip(CLOSERS)[-1:] in _ENDS


class Look(NamedTuple):
    """What one line shows, all of it a pure function of its text and the language of the copy.

    ``key`` is what equal lines share, ``opening`` and ``ending`` what near copies do: the first and last letters and digits;
    ``credited`` is false where no caption's credit or label can be, a cheap look before the grammar's, ``left_over`` true
    where an entity or an invisible character may be. ``closing`` is the agency's tag that ends the line as a paragraph,
    ``headline`` what speaks for its length and form as a headline's, in points, and ``words`` their number.
    """

    sign: Sign
    width: float
    entry: Furniture | None
    tag: LoneTag | None
    key: str
    opening: str
    ending: str
    credited: bool
    left_over: bool
    closing: EndCredit | None
    headline: float
    words: int


UNSEEN = Look(Sign.PROSE, 0.0, None, None, "", "", "", False, False, None, 0.0, 0)
"""The look of a line of which nothing need be seen, since a label states what it is."""


class Signs:
    """The looks of the lines of a document."""

    def __init__(self, lines: list[Line], grammar: Grammar, language: str | None) -> None:
        self.language = language
        self.looks = [(look if len(line.text) <= LONGEST else _look)(grammar, line.text, language) for line in lines]
        self.of = [look.sign for look in self.looks]
        credit = Sign.CREDIT
        for place in [place for place, sign in enumerate(self.of) if sign is credit]:
            if _signs_the_text(place, lines, self.of, grammar, language):
                self.of[place] = Sign.BYLINE
        self.widths = [look.width for look in self.looks]
        self.entries = {place: look.entry for place, look in enumerate(self.looks) if look.entry is not None}
        self.tags = {place: look.tag for place, look in enumerate(self.looks) if look.tag is not None}


def _signs_the_text(place: int, lines: list[Line], of: list[Sign], grammar: Grammar, language: str | None) -> bool:
    """Whether a credit by a word for the author ("Autor: ...") stands right above or below a time: it signs the text then, and no picture."""
    below = place + 1 < len(of) and of[place + 1] is Sign.TIMESTAMP and not lines[place + 1].gap
    above = place > 0 and of[place - 1] is Sign.TIMESTAMP and not lines[place].gap
    return (below or above) and grammar.byline(lines[place].text, language) is not None


def _look(grammar: Grammar, text: str, language: str | None) -> Look:
    bare = text.strip(INVISIBLE) or text
    wide = width(bare)
    sign, entry, tag = _read(grammar, bare, language, wide)
    credited = len(bare) <= LONGEST and (_CREDIT_MARK.search(bare, max(0, len(bare) - 100)) is not None or _LABEL_MARK.match(bare) is not None)
    if len(bare) <= KEYED:
        key = opening = ending = tight(bare)
    else:
        key, opening, ending = bare, tight(bare[:40]), tight(bare[-40:])
    if credited and (front := grammar.caption(bare, language).label_end):  # a label in front of one copy hides how it opens
        opening = tight(bare[front : front + 40]) or opening
    if len(key) < (6 if key[:1] >= "\u2e80" else SHORTEST_NEAR) or len(bare) > LONGEST:
        opening = ending = ""
    closing = grammar.end_credit(text, language)
    said = text[: closing.start].strip() if closing else ""
    return Look(
        sign, wide, entry, tag, key, opening[: 4 if opening[:1] >= "\u2e80" else 8], ending[-4 if ending[-1:] >= "\u2e80" else -8 :], credited,
        "&" in text or not text.isascii() and any(mark in text for mark in LEFT_OVER), closing,
        _as_headline(said.strip(INVISIBLE) or bare, wide), word_count(text),
    )


# Menus, buttons, captions and whole paragraphs come back on many pages of a site, and each line is looked at once for all.
look = lru_cache(32768)(_look)


def _as_headline(text: str, wide: float) -> float:
    """Points for a line by its length and its form alone: 25 to 130 wide, no full stop, no colon, no clock time, no lower case in front, no counts."""
    points = 1.5 if 25 <= wide <= 130 else 0.3 if wide >= 14 else -2.0
    points -= 0.0 if wide <= 130 else 2.0 if wide <= 180 else 3.5
    if text.rstrip(CLOSERS)[-1:] in STOPS and not text.endswith(ELLIPSES):
        points -= 3.5
    elif text[-1] in ":,;：":
        points -= 2.0
    if len(text) <= LONGEST_SIGN and _TIME.search(text):
        points -= 2.0
    if text[0].islower():
        points -= 1.0
    elif text[0] in ",.;:)/":
        points -= 3.0
    if wide <= 130 and (_counts(text) or len(_GLUED.findall(text)) >= 3):
        points -= 3.0
    return points


def _tells(text: str, wide: float) -> bool:
    """Whether a line that begins as a button does is a whole sentence, and so copy, and does not tell the reader what he may do."""
    return wide >= 50 and text[-1] in ".。।" and not text.endswith("いただけます。")


def _counts(text: str) -> bool:
    """Whether half of the words of a line are numbers, three at least: what a page counts ("33 views 2 mins 0 comments"), a table's row."""
    words = text.split()
    return 2 * sum(word[0].isdigit() for word in words) >= max(len(words), 6)


def _read(grammar: Grammar, text: str, language: str | None, wide: float) -> tuple[Sign, Furniture | None, LoneTag | None]:
    if len(text) > LONGEST_SIGN:
        return Sign.PROSE, None, None
    words = text.isalpha() or any(map(str.isalpha, text))
    if not words and _RULE.fullmatch(text):
        return Sign.RULE, None, None
    tag = grammar.lone_tag(text, language)
    if tag is not None:
        if tag.where == "line" and all(name.agency is not None and name.agency.kind == "photo" for name in tag.agencies):
            return Sign.CREDIT, None, None  # a photo agency sends no copy: alone on a line it credits a picture
        return Sign.TAG, None, tag
    entry = grammar.facts.furniture(text, language) or (grammar.facts.furniture(text, "en") if language != "en" else None)
    if entry is not None and entry.match == "prefix" and _tells(text, wide) and len(entry.text) < SAYS_ALL:
        entry = None
    if entry is not None and (entry.match == "exact" or entry.kind not in _LABELS or len(text) <= len(entry.text) + 2):
        return Sign.TIMESTAMP if entry.kind == "timestamp" else Sign.FURNITURE, entry, None
    return _plain(grammar, text, language, wide, words), None, None


def _plain(grammar: Grammar, text: str, language: str | None, wide: float, words: bool) -> Sign:
    """The sign of a line that is no tag and no furniture."""
    if grammar.timestamp(text, language):
        return Sign.TIMESTAMP
    if grammar.is_credit_line(text, language) and not (wide >= 25 and ("=" in text or "＝" in text)):
        return Sign.CREDIT  # "...と語った=共同" is a sentence with its credit behind it
    if grammar.byline(text, language):
        return Sign.BYLINE
    if _ADDRESS.fullmatch(text):
        return Sign.ADDRESS
    if not words or _COUNTER.fullmatch(text):
        return Sign.SYMBOL
    if wide >= LONG or wide >= SENTENCE and ends_sentence(text) or wide >= UNSTOPPED and "\u0e00" <= text[0] <= "\u0eff":
        return Sign.PROSE
    return Sign.LINE
