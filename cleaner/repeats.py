"""Groups of like lines, scored and role-free: which lines of a document say the same.

Almost every decision about a role needs this first: a headline is chosen because it repeats, a caption is known because
it is doubled, an article starts where a head block starts again.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cleaner.text import CUT_SHORT, THRESHOLD, Likeness, caption_likeness, headline_likeness, tight

if TYPE_CHECKING:
    from cleaner.lines import Line
    from cleaner.signs import Signs
    from cleaner.tags import Grammar

CROWD = 12
"""Lines with one opening or ending: beyond this number each is compared with its nearest neighbours only, so that lists stay linear."""

SHARE = 0.5
"""The shorter of two like lines is at least this share of the longer: a name alone is not the line that begins with it."""

CUT_SHARE = 0.33
"""The same for a line that was cut short and says so by an ellipsis or by half a word."""

_BRACKET = re.compile(r"\s*[(\[（【][^()\[\]（）【】]{2,80}[)\]）】]\.?")

_EQUAL = Likeness(100.0, THRESHOLD, "the same words", None)


class Twin(NamedTuple):
    """Another line that says the same, by its place in the list of lines, and how alike the two are."""

    other: int
    likeness: Likeness


class Repeats:
    """For each line the others that say the same (``twins``), and those that nearly do but were declined (``near``)."""

    def __init__(self, lines: list[Line], signs: Signs, grammar: Grammar) -> None:
        self.twins: dict[int, list[Twin]] = {}
        self.near: dict[int, list[Twin]] = {}
        self._grammar, self._language = grammar, signs.language
        self._places: dict[str, list[int]] = {}
        for place, look in enumerate(signs.looks):
            if look.key:
                self._places.setdefault(look.key, []).append(place)
        for places in self._places.values():
            if len(places) > 1:
                self._link_alike(places, lines)
        self._find_near(lines, signs)

    def _link_alike(self, places: list[int], lines: list[Line]) -> None:
        """Lines of one key: those of one text are equal, and the forms among them are judged, since "5.1" and "51" have one key."""
        forms: dict[str, list[int]] = {}
        for place in places:
            forms.setdefault(lines[place].text, []).append(place)
        for equal in forms.values():
            if len(equal) > 1:
                self._link_equal(equal)
        some = list(forms.values())[:CROWD]
        for number, one in enumerate(some):
            for other in some[number + 1 :]:
                self._compare(lines, one, other)

    def _link_equal(self, places: list[int]) -> None:
        for number, place in enumerate(places):
            some = places if len(places) <= CROWD else [*places[:2], *places[max(2, number - CROWD // 2) : number + CROWD // 2]]
            self.twins[place] = [Twin(other, _EQUAL) for other in dict.fromkeys(some) if other != place]

    def _find_near(self, lines: list[Line], signs: Signs) -> None:
        ends: dict[str, list[str]] = {}
        for key, places in self._places.items():
            look = signs.looks[places[0]]
            if look.opening and look.ending:
                ends.setdefault("<" + look.opening, []).append(key)
                ends.setdefault(">" + look.ending, []).append(key)
        seen: set[tuple[str, str]] = set()
        for keys in ends.values():
            if len(keys) == 1:
                continue
            for number, key in enumerate(keys):
                for other in keys[number + 1 : number + CROWD]:
                    if (key, other) not in seen:
                        seen.add((key, other))
                        self._compare(lines, self._places[key], self._places[other])

    def _compare(self, lines: list[Line], some: list[int], others: list[int]) -> None:
        first, second = lines[some[0]].text, lines[others[0]].text
        likeness = _likeness(self._grammar, first, second, self._language)
        if likeness is None or not likeness.same:
            likeness = self._labelled(first, second) or likeness
        if likeness is None:
            return
        book = self.twins if likeness.same else self.near
        for one in some[:CROWD]:
            for two in others[:CROWD]:
                book.setdefault(one, []).append(Twin(two, likeness))
                book.setdefault(two, []).append(Twin(one, likeness))

    def _labelled(self, first: str, second: str) -> Likeness | None:
        """Two lines of which one only adds words that stand on a line of their own too, or that are page furniture: a section's name, "Back to video"."""
        short, long = (first, second) if len(first) <= len(second) else (second, first)
        if len(short) < SHARE * len(long):
            return None
        if long.endswith(short):
            extra, where = long[: -len(short)].strip(), "in front"
        elif long.startswith(short):
            extra, where = long[len(short) :].strip(), "behind it"
        else:
            return None
        facts, added = self._grammar.facts, tight(extra)
        if added == tight(short):
            return None  # the same words twice are a cry
        if added in self._places or facts.furniture(extra, self._language) or facts.furniture(extra, "en"):
            return Likeness(97.0, THRESHOLD, f"with {extra!r} {where}", None)
        return None


@lru_cache(4096)
def _likeness(grammar: Grammar, first: str, second: str, language: str | None) -> Likeness | None:
    one, two = _words(grammar, first, language), _words(grammar, second, language)
    short, long, words = (first, second, two) if len(first) <= len(second) else (second, first, one)
    if long.startswith(short) and (len(words) <= len(short) or _BRACKET.fullmatch(long[len(short) :])):
        one = two = short  # what the longer says behind the shorter is a credit
    likeness = caption_likeness(one, two)
    if likeness is None or not likeness.same:
        likeness = headline_likeness(first, second) or likeness
    if likeness is not None and likeness.same and _share(one, two) < (CUT_SHARE if likeness.how == CUT_SHORT else SHARE):
        likeness = likeness._replace(guard="most of the longer one would be lost")
    return likeness


def _words(grammar: Grammar, text: str, language: str | None) -> str:
    """A line without the label and the credit of a caption."""
    parts = grammar.caption(text, language)
    return text[parts.text_start : parts.text_end] or text


def _share(one: str, other: str) -> float:
    return min(len(one), len(other)) / max(len(one), len(other))
