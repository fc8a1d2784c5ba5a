"""Groups of like lines, scored and role-free: which lines of a document say the same.

Almost every decision about a role needs this first: a headline is chosen because it repeats, a caption is known because
it is doubled, an article starts where a head block starts again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cleaner.text import Likeness, caption_likeness, headline_likeness, tight

if TYPE_CHECKING:
    from cleaner.lines import Line
    from cleaner.tags import Grammar

LONGEST = 700
"""Code points of the longest line that is compared with others by more than equality. Headlines and captions are shorter."""

KEYED = 200
"""Code points up to which equal means equal in letters and digits; longer lines are equal when they are so to the letter."""

SHORTEST_NEAR = 12
"""Letters and digits below which only equal lines are like: the shorter the text, the higher the bar."""

CROWD = 12
"""Lines with one opening or ending: beyond this number each is compared with its nearest neighbours only, so that lists stay linear."""

SHARE = 0.5
"""The shorter of two like lines is at least this share of the longer: a name alone is not the line that begins with it."""

_BRACKET = re.compile(r"\s*[(\[（【][^()\[\]（）【】]{2,80}[)\]）】]\.?")

_EQUAL = Likeness(100.0, 100.0, "the same words", None)


class Twin(NamedTuple):
    """Another line that says the same, by its place in the list of lines, and how alike the two are."""

    other: int
    likeness: Likeness


class Repeats:
    """For each line the others that say the same (``twins``), and those that nearly do but were declined (``near``)."""

    def __init__(self, lines: list[Line], grammar: Grammar, language: str | None) -> None:
        self.twins: dict[int, list[Twin]] = {}
        self.near: dict[int, list[Twin]] = {}
        self.keys = [tight(line.text) if len(line.text) <= KEYED else line.text for line in lines]
        equal: dict[str, list[int]] = {}
        for place, key in enumerate(self.keys):
            if key:
                equal.setdefault(key, []).append(place)
        for places in equal.values():
            for first in places if len(places) > 1 else ():
                self.twins[first] = [Twin(other, _EQUAL) for other in places if other != first][:CROWD]
        self._places = equal
        self._find_near(lines, equal, grammar, language)

    def _find_near(self, lines: list[Line], equal: dict[str, list[int]], grammar: Grammar, language: str | None) -> None:
        ends: dict[str, list[str]] = {}
        for key, places in equal.items():
            text = lines[places[0]].text
            if len(text) > KEYED:
                if len(text) > LONGEST:
                    continue
                opening, ending = tight(text[:40]), tight(text[-40:])
            else:
                opening = ending = key
            if opening and ending and (len(key) >= SHORTEST_NEAR or key[0] >= "\u2e80" and len(key) >= 6):
                ends.setdefault("<" + opening[: 4 if opening[0] >= "\u2e80" else 8], []).append(key)
                ends.setdefault(">" + ending[-4 if ending[-1] >= "\u2e80" else -8 :], []).append(key)
        seen: set[tuple[str, str]] = set()
        words: dict[str, str] = {}
        for keys in ends.values():
            if len(keys) < 2:
                continue
            for number, key in enumerate(keys):
                for other in keys[number + 1 : number + CROWD]:
                    if (key, other) not in seen and (other, key) not in seen:
                        seen.add((key, other))
                        self._compare(lines, equal[key], equal[other], words, grammar, language)

    def _compare(self, lines: list[Line], some: list[int], others: list[int], words: dict[str, str], grammar: Grammar, language: str | None) -> None:
        first, second = lines[some[0]].text, lines[others[0]].text
        for text in (first, second):
            if text not in words:
                parts = grammar.caption(text, language)
                words[text] = text[parts.text_start : parts.text_end] or text
        one, two = words[first], words[second]
        short, long = sorted((first, second), key=len)
        if long.startswith(short) and (len(words[long]) <= len(short) or _BRACKET.fullmatch(long[len(short) :])):
            one = two = short  # what the longer says behind the shorter is a credit
        likeness = caption_likeness(one, two)
        if likeness is None or not likeness.same:
            likeness = headline_likeness(first, second) or likeness
        if likeness is None or not likeness.same:
            likeness = self._labelled(lines, first, second, grammar, language) or likeness
        if likeness is None:
            return
        if likeness.same and _share(one, two) < SHARE:
            likeness = likeness._replace(guard="most of the longer one would be lost")
        book = self.twins if likeness.same else self.near
        for one in some[:CROWD]:
            for two in others[:CROWD]:
                book.setdefault(one, []).append(Twin(two, likeness))
                book.setdefault(two, []).append(Twin(one, likeness))

    def _labelled(self, lines: list[Line], first: str, second: str, grammar: Grammar, language: str | None) -> Likeness | None:
        """Two lines of which one only adds words that stand on a line of their own too, or that are page furniture: a section's name, "Back to video"."""
        short, long = sorted((first, second), key=len)
        if long.endswith(short):
            extra, where = long[: -len(short)].strip(), "in front"
        elif long.startswith(short):
            extra, where = long[len(short) :].strip(), "behind it"
        else:
            return None
        if tight(extra) in self._places or grammar.facts.furniture(extra, language) or grammar.facts.furniture(extra, "en"):
            return Likeness(97.0, 92.0, f"with {extra!r} {where}", None)
        return None


def _share(one: str, other: str) -> float:
    return min(len(one), len(other)) / max(len(one), len(other))
