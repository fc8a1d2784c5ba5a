"""Site profiles: what recurs at the same place on the pages of one source, as ``cleaner learn`` counted it.

A profile is a file that the options name. It is read when a run begins and never learned on the side, so the same copy with the
same profile gives the same records. Counting alone condemns no line: what a profile lists has agreed in its place or its kind
as well, and a line is taken for furniture only where it was counted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.parse import urlsplit

import msgspec

from cleaner.errors import OptionsError
from cleaner.facts import Furniture
from cleaner.signs import LONG, SENTENCE, Sign, ends_sentence
from cleaner.tags import INVISIBLE

if TYPE_CHECKING:
    from cleaner.lines import Line
    from cleaner.model import Document
    from cleaner.signs import Signs

SCHEMA = 1
"""Goes up when a field of the file changes its name or its meaning."""

LONGEST = 200
"""Code points of the longest line that a profile counts."""

KIND = "site"
"""The kind of furniture that only a profile names."""

EVERYWHERE = 0.8
"""Share of a source's pages, 0-1, from which one tag at one place is a control of the page and names no agency."""


class Part(StrEnum):
    """Where a line stands in its article."""

    ABOVE = "above the headline"
    UNDER = "under the headline"
    BODY = "in the body"
    BELOW = "below the body"


class SiteLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of the page; in ``line`` letters are small and each number is ``#``."""

    line: str
    place: Part
    pages: int


class SiteName(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that recur: a headline's affix, an outlet in the dateline's place, the title of a column."""

    text: str
    pages: int


class SiteTag(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line that is nothing but an agency's letters, and where it stands."""

    text: str
    place: Part
    pages: int


class SourceProfile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What recurs on the pages (articles) of one source; every list may be cut by hand."""

    pages: int
    furniture: tuple[SiteLine, ...] = ()
    suffixes: tuple[SiteName, ...] = ()
    prefixes: tuple[SiteName, ...] = ()
    outlets: tuple[SiteName, ...] = ()
    columns: tuple[SiteName, ...] = ()
    tags: tuple[SiteTag, ...] = ()


class Known(NamedTuple):
    """A line that a profile names, and on how many pages it stands in each part of an article."""

    line: str
    pages: Mapping[Part, int]


class Affix(NamedTuple):
    """The span of a headline's affix with its separator, and on how many pages the affix stands."""

    start: int
    end: int
    text: str
    pages: int


class Sites(Protocol):
    """What a cleaner asks: the site that a document comes from."""

    def site(self, source: str | None) -> Site | None: ...


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """The profiles of all sources: the host of the page's address, else the first folder, else ``.``

    >>> Profile.parse(b'{"schema": 1, "sources": {"harbour-post.example": {"pages": 430}}}').sources["harbour-post.example"].pages
    430
    """

    schema: int
    sources: Mapping[str, SourceProfile]

    @classmethod
    def load(cls, path: Path | str) -> Profile:
        """The profile in a file. Raises OptionsError for a file that cannot be used."""
        try:
            data = Path(path).read_bytes()
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise OptionsError(f"profile: {path} cannot be read ({why}). Check the path, or make it with `cleaner learn`.") from error
        return cls.parse(data, Path(path).name)

    @classmethod
    def parse(cls, data: bytes, name: str = "profile") -> Profile:
        """The profile in bytes of JSON; ``name`` is what a letter calls them."""
        try:
            profile = msgspec.json.decode(data, type=cls)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise OptionsError(f"{name}: no site profile ({error}). Make it anew with `cleaner learn`.") from error
        if profile.schema != SCHEMA:
            raise OptionsError(f"{name}: a profile of schema {profile.schema}, but this version reads {SCHEMA}. Make it anew with `cleaner learn`.")
        return profile

    def encode(self) -> bytes:
        """The file: JSON, sorted, two blanks an indent, non-ASCII letters as they are."""
        return msgspec.json.format(msgspec.json.encode(self, order="deterministic"), indent=2) + b"\n"

    def site(self, source: str | None) -> Site | None:
        """What is known of one source, or None."""
        found: dict[str, Site] = self.__dict__.setdefault("_sites", {})
        name = source or "."
        if name in self.sources and name not in found:
            found[name] = Site(self.sources[name])
        return found.get(name)


class Site:
    """One source's profile, ready to be asked.

    >>> site = Site(SourceProfile(9, furniture=(SiteLine("# guests on board", Part.BELOW, 8),), suffixes=(SiteName("Harbour Post", 9),)))
    >>> site.known("1,204 guests on board").pages[Part.BELOW], site.known("Guests on board")
    (8, None)
    >>> site.suffix("Ferries run again | Harbour Post")
    Affix(start=17, end=32, text='Harbour Post', pages=9)
    """

    def __init__(self, profile: SourceProfile) -> None:
        self.pages = profile.pages
        self.tags = profile.tags
        self._lines: dict[str, Known] = {}
        for line in profile.furniture:
            known = self._lines.get(line.line) or Known(line.line, {})
            self._lines[line.line] = known._replace(pages={**known.pages, line.place: line.pages})
        self._suffixes, self._prefixes, self._outlets, self._columns = (
            {line_key(name.text): name.pages for name in names} for names in (profile.suffixes, profile.prefixes, profile.outlets, profile.columns)
        )

    def known(self, text: str) -> Known | None:
        """The entry for a line, whatever its numbers are."""
        return self._lines.get(line_key(text)) if self._lines and len(text) <= LONGEST else None

    def mark(self, lines: list[Line], signs: Signs) -> None:
        """Give the lines that are known here the sign of furniture. Times, bylines, tags and credits keep their own."""
        for place, line in enumerate(lines):
            if signs.of[place] in _COUNTED and (known := self.known(line.text)) is not None:
                signs.of[place] = Sign.FURNITURE
                signs.entries[place] = Furniture(KIND, known.line, "exact", "any", None)

    def suffix(self, headline: str) -> Affix | None:
        """The longest known site name behind a headline, with its separator."""
        for mark in separators(headline) if self._suffixes else ():
            text = headline[mark.end() :]
            if line_key(text) in self._suffixes:
                return Affix(mark.start(), len(headline), text, self._suffixes[line_key(text)])
        return None

    def prefix(self, headline: str) -> Affix | None:
        """The longest known site name in front of a headline, with its separator."""
        for mark in reversed(separators(headline)) if self._prefixes else ():
            text = headline[: mark.start()]
            if line_key(text) in self._prefixes:
                return Affix(0, mark.end(), text, self._prefixes[line_key(text)])
        return None

    def outlet(self, paragraph: str) -> OutletLine | None:
        """The outlet that opens a paragraph in the dateline's place.

        >>> site = Site(SourceProfile(9, outlets=(SiteName("Tidepost", 7),)))
        >>> site.outlet("Tidepost - The ferries run again.")
        OutletLine(end=11, raw='Tidepost', outlet='Tidepost', place=None, pages=7)
        >>> site.outlet("Greywick, Tidepost - The ferries run again.").place, site.outlet("Tidepost: The ferries run again.")
        ('Greywick', None)
        """
        for line in openings(paragraph) if self._outlets else ():
            if (key := line_key(line.outlet)) in self._outlets:
                return line._replace(pages=self._outlets[key])
        return None

    def is_column(self, headline: str) -> bool:
        """Whether a headline is the title of a column: then equal headlines prove nothing of the copy below.

        >>> Site(SourceProfile(40, columns=(SiteName("this day in history", 12),))).is_column("This Day in History")
        True
        """
        return line_key(headline) in self._columns

    def tag_evidence(self, text: str, part: Part) -> tuple[int, str] | None:
        """Points for (above zero) or against a lone tag as an agency's, and the reason, from the source's other pages."""
        own = next((tag for tag in self.tags if tag.text == text and tag.place is part), None)
        if own is not None and own.pages >= EVERYWHERE * self.pages:
            return -3, f"on {own.pages:,} of {self.pages:,} pages of this source, {part}"
        others = sum(tag.pages for tag in self.tags if tag.text != text and tag.place is part)
        if own is not None and others >= own.pages and 2 * own.pages <= self.pages:  # one point: a folder may hold more than one site
            return 1, f"on {own.pages:,} of {self.pages:,} pages of this source, {part}; {others:,} have another tag there"
        return None


_COUNTED = frozenset({Sign.LINE, Sign.PROSE, Sign.SYMBOL})


def plain_sign(text: str, wide: float) -> Sign:
    """The sign of a line that a profile knows, had no profile named it."""
    if not any(map(str.isalpha, text)):
        return Sign.SYMBOL
    return Sign.PROSE if wide >= LONG or wide >= SENTENCE and ends_sentence(text) else Sign.LINE


# --- what is counted --------------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"\d[\d.,:/-]*\d|\d")
_DATES = re.compile(r"(?<!\d)\d{1,2}\.?(?: \w\S*){1,3} \d{4}(?!\d)|[^\W\d]\S* \d{1,2},? \d{4}(?!\d)")
_RUNS = re.compile(r"#(?:[.,]? #)+")


def line_key(text: str) -> str:
    """What lines are counted by: letters small, each number one ``#``, and so is a date with its month.

    >>> line_key("Updated 14 March 2024, 10:30"), line_key("3 of 12  Comments")
    ('updated #', '# of # comments')
    """
    key = " ".join(unicodedata.normalize("NFKC", text.strip(INVISIBLE)).casefold().split())
    if any(map(str.isdigit, key)):
        key = _RUNS.sub("#", _NUMBER.sub("#", _DATES.sub("#", key)))
    return key


_SEPARATOR = re.compile(r"\s+(?:[|｜–—·•»‹›«/]|-{1,2}|::)\s+|\s*[|｜]\s*|(?<=[\u2e80-\uffdc])[_－-]+(?=[\u2e80-\uffdc\w])")


def separators(headline: str) -> list[re.Match[str]]:
    """Where a headline may be joined to the name of its site.

    >>> [mark.start() for mark in separators("Ferries run - again | Harbour Post")]
    [11, 19]
    """
    return [mark for mark in _SEPARATOR.finditer(headline, 0, 400) if mark.start() and mark.end() < len(headline)]


class OutletLine(NamedTuple):
    """An opening in the dateline's place: ``end`` is where the paragraph goes on, ``raw`` the opening without its joint."""

    end: int
    raw: str
    outlet: str
    place: str | None
    pages: int = 0


_NAME = r"[^\s\-–—:،,/()\[\]«»\"“”.!?](?:[^\-–—:،,/()\[\]«»\"“”!?\n]{0,38}[^\s\-–—:،,/()\[\]«»\"“”!?])?"
_OPENING = re.compile(
    rf"[«\"“(\[]?({_NAME})[»\"”)\]]?\s*(?:(--|[-–—:،,/])\s*[(\[]?({_NAME})[)\]]?\s*(--|[-–—:])\s|[(\[]({_NAME})[)\]]\s*(--|[-–—:])\s|(--|[-–—])\s)"
)
_WORDS = 4


def openings(paragraph: str) -> list[OutletLine]:
    """The ways to read a paragraph's opening as an outlet, alone or with a place; the outlet itself may be anything.

    >>> [(line.outlet, line.place) for line in openings("TEMPO.CO, Jakarta - The ferries run again.")]
    [('TEMPO.CO', 'Jakarta'), ('Jakarta', 'TEMPO.CO')]
    """
    found = _OPENING.match(paragraph, 0, 120)
    if found is None:
        alone = re.match(rf"({_NAME})\s*(--|[-–—])\s", paragraph[:120])
        return [OutletLine(alone.end(), alone[1], alone[1], None)] if alone and _is_name(alone[1]) else []
    one, two = found[1], found[3] or found[5]
    if two is not None and _is_name(one) and _is_name(two):
        end, raw = found.end(), paragraph[: found.end()].rstrip().rstrip("-–—:").rstrip()
        return [OutletLine(end, raw, one, two), OutletLine(end, raw, two, one)]
    if two is not None:
        alone = re.match(rf"({_NAME})\s*(--|[-–—])\s", paragraph[:120])
        return [OutletLine(alone.end(), alone[1], alone[1], None)] if alone and _is_name(one) else []
    return [OutletLine(found.end(), one, one, None)] if _is_name(one) else []


def _is_name(text: str) -> bool:
    words = text.split()
    return len(words) <= _WORDS and all(not word[0].islower() for word in words)


def source_of(document: Document, url: str | None) -> str | None:
    """The publisher: the address's host, else the first folder of the path."""
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:  # "http://[": an address that is none
        host = None
    return host or (document.path.split("/", 1)[0] if "/" in document.path else None)
