"""The lines of an article with what is known of each, and looks at a line that more than one step needs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cleaner.labels import Label
from cleaner.model import Role
from cleaner.profile import Part
from cleaner.repeats import Twin
from cleaner.signs import SENTENCE, Sign, ends_sentence, width
from cleaner.tags import CaptionParts, DatelineTag, LoneTag
from cleaner.text import tight

if TYPE_CHECKING:
    from cleaner.facts import Furniture
    from cleaner.lines import Line
    from cleaner.profile import Site
    from cleaner.signs import Look
    from cleaner.tags import Grammar


_BRACKETED = re.compile(r"[(\[（【][^()\[\]（）【】]*[)\]）】]")

COUNTER = re.compile(r"\d{1,3}\s?/\s?\d{1,3}")

_JOINED = frozenset(":：-–—।=电電】")  # a dateline that ends so needs no dash behind it


@dataclass(slots=True)
class Picture:
    """One picture's caption: the line that stays, the lines that say it again, and the lines that only credit it."""

    first: int
    copies: list[Twin] = field(default_factory=list)
    credits: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Article:
    """The lines of one article with what is known of each; places count from the article's first line.

    ``labels`` holds one for each line where the copy labels its parts, and is empty for all other copy.
    """

    number: int
    lines: list[Line]
    language: str | None
    grammar: Grammar
    signs: list[Sign]
    widths: list[float]
    looks: list[Look]
    entries: dict[int, Furniture]
    tags: dict[int, LoneTag]
    twins: dict[int, list[Twin]]
    near: dict[int, list[Twin]]
    marks: dict[int, Role] = field(default_factory=dict)
    labels: list[Label] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    places: dict[Role, list[int]] = field(default_factory=dict)
    headline: int | None = None
    headlines: list[Twin] = field(default_factory=list)
    heads: set[int] = field(default_factory=set)
    pictures: list[Picture] = field(default_factory=list)
    captions: set[int] = field(default_factory=set)
    uncaptioned: list[int] = field(default_factory=list)
    decks: list[int] = field(default_factory=list)
    margins: frozenset[int] = frozenset()
    passages: dict[int, int] = field(default_factory=dict)
    body_start: int = 0
    body_end: int = 0
    clocks: int | None = None
    spaced: bool | None = None
    quoted: frozenset[str] | None = None
    signed: frozenset[int] | None = None
    dated: Counter[int] | None = None
    listed: frozenset[int] | None = None
    printed: Counter[str] | None = None
    last_told: int | None = None
    site: Site | None = None
    _parts: dict[int, CaptionParts] = field(default_factory=dict)
    _datelines: dict[int, DatelineTag | None] = field(default_factory=dict)

    def part(self, place: int) -> Part:
        """Where a line stands, seen from the headline and the body."""
        if place < self.body_start:
            return Part.ABOVE if self.headline is None or place < self.headline else Part.UNDER
        return Part.BODY if place < self.body_end else Part.BELOW

    def said(self, place: int) -> tuple[int, str]:
        """What a line says, without the label that states its role, and where in the document that begins."""
        line, end = self.lines[place], self.labels[place].end if self.labels else 0
        return line.start + end, line.text[end:]

    def dateline(self, place: int) -> DatelineTag | None:
        """The dateline that opens a line, or the outlet that the site's profile knows in its place. It begins where the line's words do."""
        if place not in self._datelines:
            self._datelines[place] = self._stated_dateline(place) if self.labels else self._read_dateline(place)
        return self._datelines[place]

    def _read_dateline(self, place: int) -> DatelineTag | None:
        text = self.lines[place].text
        found = self.grammar.dateline(text, self.language)
        if found is None and self.site is not None and (own := self.site.outlet(text)) is not None:
            found = DatelineTag(own.end, own.raw, own.place, None, (), None)
        return found

    def parts(self, place: int) -> CaptionParts:
        """The line read as a caption: its words, its label and its credit."""
        parts = self._parts.get(place)
        if parts is None:
            parts = self._parts[place] = self._stated_parts(place) if self.labels else self.grammar.caption(self.lines[place].text, self.language)
        return parts

    def _stated_dateline(self, place: int) -> DatelineTag | None:
        if self.labels[place].role is not Role.DATELINE:
            return None
        _, raw = self.said(place)
        below = self.said(place + 1)[1] if place + 1 < len(self.lines) else ""
        # It is read as it stood in copy, since the grammar looks at what follows a dateline too.
        found = self.grammar.dateline(f"{raw}{' ' if raw[-1:] in _JOINED else ' - '}{below}", self.language)
        return (found or DatelineTag(0, raw, None, None, (), None))._replace(end=len(raw), raw=raw)

    def _stated_parts(self, place: int) -> CaptionParts:
        text, start = self.lines[place].text, self.labels[place].end
        end = len(text)
        if self.labels[place].role is not Role.CREDIT:
            return CaptionParts(start, end, None, end, end, None, 0, 0, (), (), ())
        return self.grammar.caption(text, self.language)._replace(text_start=0, text_end=0, credit=text[start:], credit_start=start, credit_end=end)

    def credit_tail(self, place: int, kept: int) -> None:
        """What a copy says behind the words of the caption that stays is its credit, though the grammar alone did not know it."""
        text, words = self.lines[place].text, self.words(kept)
        end = len(words.rstrip()) if text.startswith(words) else len(text[: max(text.rfind("("), 0)].rstrip())
        tail = text[end:].strip(" /|-–—.,·")
        if _BRACKETED.fullmatch(tail):
            tail = tail[1:-1].strip()
        if end and not self.parts(place).credit and tight(text[:end]) == tight(words) and tail and width(tail) <= CREDIT_WIDTH and not ends_sentence(text):
            self._parts[place] = self.parts(place)._replace(text_start=0, text_end=end, credit=tail, credit_start=end, credit_end=len(text))

    def words(self, place: int) -> str:
        """The line without the label and the credit of a caption."""
        parts = self.parts(place)
        return self.lines[place].text[parts.text_start : parts.text_end]


VERSES = 24
"""Lines in one block from which it is a page without blank lines, and no stanza."""

QUESTION_MARKS = frozenset("?？؟;")
"""What a question ends with, in Greek too."""

CREDIT_WIDTH = 60
"""Code points that a credit may take behind a caption's words."""


def told_without_marks(article: Article, place: int) -> bool:
    """Whether a line is as wide as a sentence, in a script that sets no mark at a sentence's end: Thai, Lao, Khmer."""
    last = article.lines[place].text[-1]
    return article.widths[place] >= SENTENCE and ("\u0e00" <= last <= "\u0eff" or "\u1780" <= last <= "\u17ff")


def announced(article: Article, place: int) -> bool:
    """Whether a label and its colon stand before a credit, whoever it names: "Foto: Privat"."""
    behind = article.lines[place].text[article.parts(place).text_end :]
    return ":" in behind or "：" in behind
