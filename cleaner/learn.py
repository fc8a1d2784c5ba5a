"""Learning a site profile: what recurs at the same place on the pages of each source of RAW.

Two passes. The first counts every short line in a sketch of fixed size, which can count too many and never too few; the second
cleans the copy with what may recur set aside as furniture, so that headlines and bodies are found without it, and looks at
where each such line stands. Memory does not grow with the number of pages, only with that of sources. Sums have no order:
the same files give the same profile, whatever order they come in.
"""

from __future__ import annotations

import hashlib
import itertools
import posixpath
import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import msgspec

from cleaner.clean import Cleaner
from cleaner.errors import FolderError, UnreadableFile
from cleaner.lines import split_lines, unwrap
from cleaner.model import Document, Role
from cleaner.options import Options
from cleaner.plan import walk
from cleaner.profile import (
    KIND,
    LONGEST,
    SCHEMA,
    Known,
    Part,
    Profile,
    Site,
    SiteLine,
    SiteName,
    SiteTag,
    SourceProfile,
    line_key,
    openings,
    separators,
    source_of,
)
from cleaner.readers import Source, readers
from cleaner.roles import Article
from cleaner.signs import CONTENT, ELLIPSES, Sign, ends_sentence, width

PAGES = 5
"""Pages of a source on which a line stands at one place before it is counted as recurring."""

SHARE = 0.5
"""Share of a source's pages, 0-1, on which a line stands before anything is asked of its place."""

FEW = 12
"""Pages of a source below which a line above the headline must stand on nearly all of them: half of a few may be one column."""

NEARLY_ALL = 0.8
"""Share for what counting says less of: words that may be a name, and neighbours that must be furniture too."""

TITLED = 0.3
"""Share of a line's pages, 0-1, that would have no headline without it, from which it is the title of a column."""

COLUMN = 3
"""Pages with one headline over different copy from which the headline is the title of a column."""

OUTLET = 0.2
"""Share of a source's pages, 0-1, that open with one name in the dateline's place."""

DISTINCT = 20
"""Different headlines or bodies that are told apart; more say nothing more."""

TAG_LENGTH = 20


def learn(raw: Path | str, options: Options | None = None, *, progress: Callable[[int], object] | None = None) -> Profile:
    """The profile of the sources in RAW. ``progress`` is called with the number of documents read, which is each of them twice.

    Files that cannot be read are left out; FolderError when there is nothing to read.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     Path(folder, "harbour-post.example").mkdir()
    ...     for number, boat in enumerate(["ferry", "tug", "dredger", "pilot boat", "trawler", "barge"]):
    ...         copy = f"Gulls and tides\\n\\nThe {boat} runs again\\n\\nThe {boat} runs again, the port said on Friday, after three days of storm."
    ...         _ = Path(folder, "harbour-post.example", f"{number}.txt").write_text(copy)
    ...     learn(folder).sources["harbour-post.example"].furniture
    (SiteLine(line='gulls and tides', place=<Part.ABOVE: 'above the headline'>, pages=6),)
    """
    options = msgspec.structs.replace(options or Options(), profile=None)
    folder, counted = str(raw), 0
    sketch, documents = _Sketch(), Counter[str]()
    for document in _documents(folder, options):
        counted += 1
        source, keys = _keys(document)
        documents[source] += 1
        sketch.add(source, keys)
        if progress is not None:
            progress(counted)
    if not counted:
        raise FolderError(f"{raw}: there is no copy in it that can be read. Give the folder with the scraped copy.")
    cleaner = Cleaner(options)
    suspects = _Suspects(sketch, documents)
    cleaner.profile = suspects
    pages: dict[str, _Pages] = {}
    for document in _documents(folder, options):
        counted += 1
        source = _source(document)
        if documents[source] >= PAGES:
            if source not in pages:
                pages[source] = _Pages(suspects.of(source))
            for article in cleaner.articles(document):
                pages[source].add(article)
        if progress is not None:
            progress(counted)
    return Profile(SCHEMA, {source: profile for source, found in sorted(pages.items()) if (profile := found.profile(source, cleaner)) is not None})


def too_few(raw: Path | str, options: Options | None = None) -> str:
    """Why nothing was learnt from RAW: how many files or rows with running text the source with the most has, and how many have none.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for number in range(6):
    ...         _ = Path(folder, f"{number}.txt").write_text("Gulls and tides")
    ...     too_few(folder)
    'it takes 5 files or rows with running text, and no source has more than 0. Those without running text do not count (6).'
    """
    options = msgspec.structs.replace(options or Options(), profile=None)
    cleaner, counted, bare = Cleaner(options), Counter[str](), 0
    for document in _documents(str(raw), options):
        if any(Sign.PROSE in article.signs for article in cleaner.articles(document)):
            counted[_source(document)] += 1
        else:
            bare += 1
    most = max(counted.values(), default=0)
    return f"it takes {PAGES} files or rows with running text, and no source has more than {most:,}. Those without running text do not count ({bare:,})."


def _documents(raw: str, options: Options) -> Iterator[Document]:
    """Every document below RAW that can be read."""
    known = readers()
    for path, _, reason in walk(raw):
        reader = known.get(posixpath.splitext(path)[1].lower())
        if reason or reader is None:
            continue
        try:
            for found in reader.read(Source(path, f"{raw}/{path}"), options.encoding):
                if isinstance(found, Document):
                    yield found
        except UnreadableFile:
            continue


# --- the first pass ---------------------------------------------------------------------------------------------------

_ADDRESS = re.compile(r"\s*(https?://\S+|www\.\S+)\s*(?:\n|$)")
_LINE, _SUFFIX, _PREFIX, _OUTLET = "lspo"


def _source(document: Document) -> str:
    opens = _ADDRESS.match(document.text)
    return source_of(document, document.metadata.get("url") or (opens[1] if opens else None)) or "."


def _keys(document: Document) -> tuple[str, set[str]]:
    """The document's source, and everything in it that may recur, each once."""
    keys = set()
    for line in unwrap(split_lines(document.text), document.text):
        text = line.text
        if len(text) <= LONGEST:
            keys.add(_LINE + line_key(text))
            for mark in separators(text):
                keys.add(_SUFFIX + line_key(text[mark.end() :]))
                keys.add(_PREFIX + line_key(text[: mark.start()]))
        if len(text) >= 60:
            keys.update(_OUTLET + line_key(opening.outlet) for opening in openings(text))
    return _source(document), keys


class _Sketch:
    """How often keys were added, in fixed memory (a count-min sketch): the answer may be too high and is never too low."""

    SIZE = 1 << 21

    def __init__(self) -> None:
        self._rows = array("I", bytes(4 * self.SIZE)), array("I", bytes(4 * self.SIZE))

    def _places(self, source: str, key: str) -> tuple[int, int]:
        digest = hashlib.blake2b(f"{source}\n{key}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return int.from_bytes(digest[:4]) % self.SIZE, int.from_bytes(digest[4:]) % self.SIZE

    def add(self, source: str, keys: Iterable[str]) -> None:
        one, two = self._rows
        for key in keys:
            first, second = self._places(source, key)
            one[first] += 1
            two[second] += 1

    def count(self, source: str, key: str) -> int:
        first, second = self._places(source, key)
        return min(self._rows[0][first], self._rows[1][second])


class _Suspect(Site):
    """A site that takes every line for furniture that may recur on enough of its documents."""

    def __init__(self, source: str, sketch: _Sketch, documents: int) -> None:
        super().__init__(SourceProfile(documents))
        self._source, self._sketch = source, sketch
        self._enough = max(PAGES, int(SHARE * documents * 0.8))  # pages are counted later, and are more than documents

    def known(self, text: str) -> Known | None:
        key = line_key(text) if width(text) <= LONGEST else ""
        return Known(key, _ALL) if key and self.recurs(_LINE + key, self._enough) else None

    def recurs(self, key: str, at_least: int = PAGES) -> bool:
        return self._sketch.count(self._source, key) >= at_least


_ALL = dict.fromkeys(Part, 0)


class _Suspects:
    """The suspects of each source that has enough documents."""

    def __init__(self, sketch: _Sketch, documents: Counter[str]) -> None:
        self._sketch, self._documents = sketch, documents
        self._sites: dict[str, _Suspect] = {}

    def of(self, source: str) -> _Suspect:
        if source not in self._sites:
            self._sites[source] = _Suspect(source, self._sketch, self._documents[source])
        return self._sites[source]

    def site(self, source: str | None) -> Site | None:
        name = source or "."
        return self.of(name) if self._documents[name] >= PAGES else None


# --- the second pass --------------------------------------------------------------------------------------------------

# What stands beside a line: furniture that is listed, the article's end, something that is no copy (a time, a tag), copy.
# Another line that may recur stands as itself.
_LISTED, _EDGE, _META, _COPY = "+", "|", "~", "-"
_LISTED_SIGNS = frozenset({Sign.FURNITURE, Sign.RULE, Sign.ADDRESS, Sign.SYMBOL})


class Beside(NamedTuple):
    """Where a line stands: its part of the article, what is above and below it, and which of the two is nearer (-1 above, 1 below, 0 neither)."""

    part: Part
    above: str
    below: str
    nearer: int


@dataclass(slots=True)
class _Line:
    """A line that may recur: how often it stands where, the first and the last of its printed forms, and what speaks against it."""

    stands: Counter[Beside] = field(default_factory=Counter)
    first: str = ""
    last: str = ""
    beside_rivals: Counter[Part] = field(default_factory=Counter)

    def seen(self, text: str) -> None:
        self.first = min(self.first or text, text)
        self.last = max(self.last, text)

    def pages(self, part: Part | None = None) -> int:
        return sum(number for where, number in self.stands.items() if part is None or where.part is part)


@dataclass(slots=True)
class _Name:
    """Words that may recur, what differed beside them, and the places printed with them in a dateline."""

    pages: int = 0
    text: str = ""
    others: set[str] = field(default_factory=set)
    beside: Counter[str] = field(default_factory=Counter)

    def seen(self, text: str, other: str) -> None:
        self.pages += 1
        self.text = min(self.text or text, text)
        if len(self.others) < DISTINCT:
            self.others.add(line_key(other)[:80])


class _Pages:
    """The pages of one source, added up."""

    def __init__(self, suspect: _Suspect) -> None:
        self.suspect = suspect
        self.pages = self.joined = 0
        self.lines: dict[str, _Line] = {}
        self.suffixes: dict[str, _Name] = {}
        self.prefixes: dict[str, _Name] = {}
        self.outlets: dict[str, _Name] = {}
        self.headlines: dict[str, _Name] = {}
        self.tags: Counter[tuple[str, Part]] = Counter()
        self.rivals: Counter[Part] = Counter()
        self.untitled: Counter[frozenset[str]] = Counter()

    def add(self, article: Article) -> None:
        """Count one article; one without running text says nothing of what stands around it."""
        prose = next((place for place, sign in enumerate(article.signs) if sign is Sign.PROSE), None)
        if prose is None:
            return
        self.pages += 1
        keys = {place: entry.text for place, entry in article.entries.items() if entry.kind == KIND}
        titled = _has_headline(article, prose)
        self._add_lines(article, keys)
        heads = Counter(key for place, key in keys.items() if place < prose)
        for key, number in heads.items():
            if number > 1:  # a menu is printed once above the body, a headline often twice
                self.untitled[frozenset({key})] += 1
        if not titled:
            self.untitled[frozenset(heads)] += 1
        headline = article.headline if titled else next((place for place in sorted(keys) if place < prose and article.widths[place] >= 8), None)
        if headline is not None:
            self._add_headline(article, headline, prose)
        self._add_opening(article, prose)
        for text, part in {(article.lines[place].text, article.part(place)) for place in article.tags if article.signs[place] is Sign.TAG}:
            if len(text) <= TAG_LENGTH:
                self.tags[text, part] += 1

    def _add_lines(self, article: Article, keys: dict[int, str]) -> None:
        rivals = {part for place in range(len(article.lines)) if _is_rival(article, place) and (part := article.part(place))}
        for part in rivals:
            self.rivals[part] += 1
        seen: set[tuple[str, Part]] = set()
        for place, key in keys.items():
            part = article.part(place)
            if (key, part) in seen:
                continue
            seen.add((key, part))
            line = self.lines.setdefault(key, _Line())
            line.seen(article.lines[place].text)
            line.stands[Beside(part, _beside(article, keys, place - 1), _beside(article, keys, place + 1), _nearer(article, place))] += 1
            line.beside_rivals[part] += part in rivals

    def _add_headline(self, article: Article, headline: int, prose: int) -> None:
        forms = {article.lines[place].text for place in (headline, *(twin.other for twin in article.headlines))}
        key = line_key(article.lines[headline].text)
        if self.suspect.recurs(_LINE + key, COLUMN):
            self.headlines.setdefault(key, _Name()).seen(article.lines[headline].text, article.lines[prose].text)
        ends, opens, joined = {}, {}, False
        for text in sorted(forms):
            for mark in separators(text):
                joined = True
                ends[line_key(text[mark.end() :])] = text[mark.end() :], text[: mark.start()]
                opens[line_key(text[: mark.start()])] = text[: mark.start()], text[mark.end() :]
        self.joined += joined
        for found, kind, names in ((ends, _SUFFIX, self.suffixes), (opens, _PREFIX, self.prefixes)):
            for name, (text, other) in found.items():
                if self.suspect.recurs(kind + name):
                    names.setdefault(name, _Name()).seen(text, other)

    def _add_opening(self, article: Article, prose: int) -> None:
        paragraphs = [place for place in range(prose, len(article.lines)) if article.signs[place] is Sign.PROSE][:3]
        found: dict[str, tuple[str, str, str]] = {}
        for place in paragraphs:
            text = article.lines[place].text
            if article.roles[place] is Role.BODY and article.grammar.dateline(text, article.language) is None:
                found |= {line_key(opening.outlet): (opening.outlet, text, line_key(opening.place or "")) for opening in openings(text)}
        for name, (outlet, text, beside) in found.items():
            if self.suspect.recurs(_OUTLET + name):
                known = self.outlets.setdefault(name, _Name())
                known.seen(outlet, text)
                if self.suspect.recurs(_OUTLET + beside):
                    known.beside[beside] += 1

    # what holds

    def profile(self, source: str, cleaner: Cleaner) -> SourceProfile | None:
        """What of all this recurs; None where too little was read."""
        if self.pages < PAGES:
            return None
        judge = _Judge(self, source, cleaner)
        furniture = judge.furniture()
        words = {key for key, _ in furniture}
        found = SourceProfile(
            self.pages,
            suffixes=_named(self.suffixes, lambda key, name: judge.is_suffix(key, name, words)),
            prefixes=_named(self.prefixes, lambda key, name: judge.is_prefix(key, name, words)),
        )
        return msgspec.structs.replace(
            found,
            furniture=tuple(SiteLine(key, part, self.lines[key].pages(part)) for key, part in sorted(furniture)),
            outlets=judge.outlets(),
            columns=self._columns(Site(found)),
            tags=tuple(SiteTag(text, part, number) for (text, part), number in sorted(self.tags.items()) if number >= 2),
        )


    def _columns(self, site: Site) -> tuple[SiteName, ...]:
        """The headlines, without the site's own name, that stand over different copy."""
        columns: dict[str, SiteName] = {}
        for name in self.headlines.values():
            if name.pages >= COLUMN and len(name.others) >= max(COLUMN, min(DISTINCT, name.pages) // 2):
                suffix, prefix = site.suffix(name.text), site.prefix(name.text)
                text = name.text[prefix.end if prefix else 0 : suffix.start if suffix else None]
                twin = columns.get(line_key(text))
                columns[line_key(text)] = SiteName(min(text, twin.text) if twin else text, name.pages + (twin.pages if twin else 0))
        return tuple(column for _, column in sorted(columns.items()))


def _around(line: _Line, part: Part) -> int:
    """The line's pages in a part, above and under the headline taken together: which of the two it is rests on the headline, and a page may hide it."""
    head = (Part.ABOVE, Part.UNDER)
    return sum(map(line.pages, head)) if part in head else line.pages(part)


def _named(names: dict[str, _Name], holds: Callable[[str, _Name], bool]) -> tuple[SiteName, ...]:
    return tuple(SiteName(name.text, name.pages) for key, name in sorted(names.items()) if holds(key, name))


def _has_headline(article: Article, prose: int) -> bool:
    """Whether the article has a headline without the lines that may recur: above its running text, and no sentence, no caption."""
    place = article.headline
    if place is None:
        return False
    return place in article.marks or place <= prose and not ends_sentence(article.lines[place].text) and not article.parts(place).credit


def _beside(article: Article, keys: dict[int, str], place: int) -> str:
    if not 0 <= place < len(article.lines):
        return _EDGE
    if place in keys:
        return keys[place]
    sign = article.signs[place]
    return _LISTED if sign in _LISTED_SIGNS else _COPY if sign in CONTENT else _META


def _nearer(article: Article, place: int) -> int:
    below = article.lines[place + 1].gap if place + 1 < len(article.lines) else 99
    above = article.lines[place].gap if place else 99
    return (above > below) - (above < below)


def _is_rival(article: Article, place: int) -> bool:
    """Whether a line is what a name would be: then lines at its place differ from page to page."""
    if article.signs[place] not in (Sign.LINE, Sign.BYLINE) or article.roles[place] not in (Role.BODY, Role.BYLINE, Role.DECK):
        return False
    text = article.lines[place].text
    return article.widths[place] <= 40 and len(text.split()) <= 5 and not ends_sentence(text) and not any(map(str.isdigit, text))


# --- what may be furniture --------------------------------------------------------------------------------------------

_SENTENCE_ENDS = ".!?。！？؟।۔።፧։՞៖។៕၊။‽"
_CLOSERS = "\"'”’»›)]）】」』"
_OPENS_SPEECH = "\"'“”„«»‘—–-"
_PARTICLES = frozenset({
    "von", "van", "de", "der", "den", "del", "da", "di", "du", "la", "le", "al", "el", "bin", "ibn", "af", "av", "ter", "dos", "das", "y", "e",
})
_TOKEN = re.compile(r"[^\s,;:!?()\[\]/|«»\"“”]+")


class _Shape(NamedTuple):
    """What a line's words say of it by themselves."""

    words: bool
    sentence: bool
    introduces: bool
    name: bool
    varies: bool
    agency: bool
    listed: bool


class _Judge:
    """Which of a source's lines are furniture where. Counting condemns none by itself: place, kind or neighbours agree."""

    def __init__(self, pages: _Pages, source: str, cleaner: Cleaner) -> None:
        self.pages, self.source = pages, source
        self.facts = cleaner.grammar.facts
        self.languages = sorted(self.facts.languages())
        datelines = self.facts.credits["datelines"]
        self.no_outlet = {line_key(word) for words in (datelines["labels"], datelines["cities"], datelines["never"]) for word in words}
        self.titles = set(self._titles())
        self.shapes = {key: self._shape(line) for key, line in pages.lines.items()}

    def furniture(self) -> set[tuple[str, Part]]:
        """The largest set of lines and places whose members hold while the others do."""
        found = {(key, part) for key, line in self.pages.lines.items() for part in Part if self._counted(key, line, part)}
        while True:
            keys = {key for key, _ in found}
            left = {(key, part) for key, part in found if (key, self._mostly(key)) in found and self._agrees(key, part, keys)}
            if left == found:
                return found
            found = left

    def _counted(self, key: str, line: _Line, part: Part) -> bool:
        shape, total = self.shapes[key], line.pages()
        counted = line.pages(part) >= 2 and _around(line, part) >= PAGES and total >= SHARE * self.pages.pages
        return counted and shape.words and not shape.agency and key not in self.titles

    def _mostly(self, key: str) -> Part:
        """The part in which a line stands most: elsewhere it is furniture only if it is there."""
        return max(Part, key=self.pages.lines[key].pages)

    def _titles(self) -> Iterator[str]:
        """The lines that are themselves the headline of many of their pages: of the lines on pages that have no other, the one least seen elsewhere."""
        untitled = dict(self.pages.untitled)
        while untitled:
            shares = Counter[str]()
            for keys, number in untitled.items():
                shares.update(dict.fromkeys(keys, number))
            shares = Counter({key: number / self.pages.lines[key].pages() for key, number in shares.items()})
            highest = max(shares.values(), default=0)
            if highest <= TITLED:
                return
            found = {key for key, share in shares.items() if share >= 0.95 * highest}
            yield from found
            untitled = {keys: number for keys, number in untitled.items() if not keys & found}

    def _agrees(self, key: str, part: Part, keys: set[str]) -> bool:
        line, shape = self.pages.lines[key], self.shapes[key]
        if shape.listed:
            return True
        share = _around(line, part) / self.pages.pages
        either, both, above = self._neighbours(line, part, keys)
        if shape.sentence or shape.introduces:
            return part is not Part.BODY and both >= NEARLY_ALL
        if part is Part.ABOVE:  # the place of headlines as well: few pages must nearly all agree
            return share >= NEARLY_ALL or self.pages.pages >= FEW and (either >= SHARE or not (shape.varies or shape.name))
        if shape.name:
            return part is not Part.BODY and share >= NEARLY_ALL and both >= NEARLY_ALL
        if part is Part.BODY:
            return (above if shape.varies else either) >= NEARLY_ALL and line.first[0] not in _OPENS_SPEECH
        if shape.varies:  # a result or a price stands directly under the headline or the body
            return above >= SHARE
        return either >= SHARE or not self._heads_copy(line, part) and not self._among_rivals(line, part)

    def _neighbours(self, line: _Line, part: Part, keys: set[str]) -> tuple[float, float, float]:
        """Shares, 0-1, of the line's pages with furniture beside it, with furniture or an end of the article on both sides, and with furniture above it.

        In the body furniture beside a line says something only where it is nearer than the copy: a subhead may stand over a box.
        """
        either = both = over = 0
        if part is Part.BODY:  # a line that only stands over a number that varies may be the title of a box of facts
            keys = {key for key in keys if not self.shapes[key].varies}
        for where, number in line.stands.items():
            if where.part is part:
                sides = [side == _LISTED or side in keys for side in (where.above, where.below)]
                ends = [known or side == _EDGE for known, side in zip(sides, (where.above, where.below), strict=True)]
                closer = sides[0] and (where.below != _COPY or where.nearer < 0) or sides[1] and (where.above != _COPY or where.nearer > 0)
                near = part is not Part.BODY or closer
                either += number * (any(sides) and near)
                over += number * sides[0]
                both += number * (any(sides) and all(ends))
        return either / line.pages(part), both / line.pages(part), over / line.pages(part)

    def _heads_copy(self, line: _Line, part: Part) -> bool:
        """Whether the line stands over copy that differs below the body: the title of a table or a box."""
        over = sum(number for where, number in line.stands.items() if where.part is part and where.below == _COPY)
        return part is Part.BELOW and over >= SHARE * line.pages(part)

    def _among_rivals(self, line: _Line, part: Part) -> bool:
        """Whether most pages without the line, and fewer of those with it, have another short one in its part: then it is one of several names."""
        pages, beside = line.pages(part), line.beside_rivals[part]
        without = self.pages.pages - pages
        share = (self.pages.rivals[part] - beside) / without if without > 0 else 0.0
        return share >= max(SHARE, beside / pages + TITLED)

    def _shape(self, line: _Line) -> _Shape:
        text = line.first
        bare = text.rstrip(_CLOSERS)
        letters = sum(map(str.isalpha, text))
        forms = self.facts.all_forms
        tokens = [token.strip(".'’") for token in _TOKEN.findall(text)]
        return _Shape(
            words=letters >= 2 or not any(map(str.isalnum, text)),
            sentence=bare[-1:] in _SENTENCE_ENDS and not bare.endswith(ELLIPSES),
            introduces=bare[-1:] in ":：፦",
            name=_is_name(text),
            varies=line.first.casefold().split() != line.last.casefold().split(),
            agency=any(token in forms for token in (text, *tokens, *(f"{one} {two}" for one, two in itertools.pairwise(tokens)))),
            listed=any((entry := self.facts.furniture(text, language)) is not None and entry.match == "exact" for language in self.languages),
        )

    # names

    def is_suffix(self, key: str, name: _Name, furniture: set[str]) -> bool:
        """Behind most headlines that are joined to anything; what looks like a reporter's name must be the site's."""
        need = SHARE if not _is_name(name.text) or self._is_site(key, furniture) else NEARLY_ALL
        return self._recurs(key, name) and name.pages >= need * self.pages.joined

    def is_prefix(self, key: str, name: _Name, furniture: set[str]) -> bool:
        """In front of most headlines, and the site's own name; a subject stands there as well ("Storm - what we know")."""
        return self._recurs(key, name) and name.pages >= SHARE * self.pages.pages and self._is_site(key, furniture)

    def outlets(self) -> tuple[SiteName, ...]:
        """The names in the dateline's place of enough pages, over different copy, neither labels ("VIDEO -") nor places of another outlet's datelines."""
        found: dict[str, SiteName] = {}
        for key, name in sorted(self.pages.outlets.items(), key=lambda known: (-known[1].pages, known[0])):
            alone = name.pages - sum(name.beside[other] for other in found)
            if self._recurs(key, name) and alone >= max(PAGES, OUTLET * self.pages.pages) and key not in self.no_outlet:
                found[key] = SiteName(name.text, name.pages)
        return tuple(outlet for _, outlet in sorted(found.items()))

    def _recurs(self, key: str, name: _Name) -> bool:
        return name.pages >= PAGES and 2 * len(name.others) >= min(name.pages, DISTINCT) and any(map(str.isalpha, key))

    def _is_site(self, key: str, furniture: set[str]) -> bool:
        """Whether a name is that of the source: its letters stand in the source's, or the page prints it as a line of its own."""
        letters = "".join(filter(str.isalnum, key))
        return key in furniture or len(letters) >= 3 and letters in "".join(filter(str.isalnum, self.source.casefold()))


def _is_name(text: str) -> bool:
    """Whether words may be a person's name, in a script that has capitals: two to four, each with one capital."""
    words = text.split()
    if not 2 <= len(words) <= 4:
        return False
    long = [word for word in words if word not in _PARTICLES]
    return all(word[0].isupper() and (word[1:].islower() or word[1:] in (".", "") or "-" in word or "'" in word or "’" in word) for word in long)
