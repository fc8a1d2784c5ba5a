"""The trade's facts: agencies, furniture, and the words around credits, datelines and times.

The facts are data: ``agencies.toml``, ``furniture.toml``, ``credits.toml`` and ``dates.toml`` beside this file say what each of
them holds. They are read on first use (about 12 ms for each of the two large ones) and kept. A user's own TOML, with
``[[agency]]`` entries and ``[language.kind]`` tables as in these files, adds to them or overrides them.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.errors import OptionsError

HERE = Path(__file__).parent
LONGEST = 160  # no line of furniture is longer; what is, is copy
SAME_LANGUAGE = {"nb": "no", "nn": "no", "hr": "sr", "bs": "sr", "sh": "sr", "iw": "he", "in": "id", "tl": "fil"}
OPENING = 32  # code points in which a sentence says what it is about
LONGEST_PATTERN = 130  # nor one that a pattern fits
REMEMBERED = 8192  # answers kept for lines that are asked about again
LETTER_CLASS = re.compile(r"\[([^\W\d_]+)\](?![?*{])")
FIRST_GROUP = re.compile(r"\(\?:((?:[^()\[\]\\]|\[[^\]]*\])+)\)(?![?*{])")
OUTSIDE_GROUPS = re.compile(r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|\[[^\]]*\]")
EDGES = " :…›»→."
FORMAT = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
NO_SPACES = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]")  # scripts that write words without spaces
SEPARATORS = re.compile(r"\s+(?:and|und|y|og|och|et|e|en|i|und|via|med|och|و|и|та|ve|dan|và|और)\s+|\s*[/／|,،、・·&+;=＝]\s*|\s*[-–—]{1,2}\s*|\s+")
GLUED = re.compile("(?<=[A-Za-z])(?=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])")  # "AFP時事"
INITIALS = re.compile("[a-zäöüß]{2,4}")
CODE = re.compile(r"[A-ZÄÖÅØÆČŠŽ]{2,6}\d?|(?:[\w-]+\.)+[a-z]{2,4}")


class Furniture(NamedTuple):
    """A listed line of page furniture; ``match`` is exact, prefix or regex, ``note`` says what else it may be."""

    kind: str
    text: str
    match: str
    language: str
    note: str | None

    @property
    def name(self) -> str:
        """What a reason calls it.

        >>> Furniture("share", "Share", "exact", "en", None).name
        "en.share 'Share'"
        """
        return f"{self.language}.{self.kind} {self.text!r}"


class Agency(NamedTuple):
    """An agency and the form it was met in.

    ``languages``: its main output, the house language first. ``kind``: text, photo, both, or pr (press-release wire).
    ``ambiguity`` is that of the form: ``high`` when it is also an ordinary word, a brand, another body or a page control.
    """

    code: str
    name: str
    languages: tuple[str, ...]
    kind: str
    ambiguity: str
    form: str


class Facts:
    """What the trade knows, ready for look-up.

    >>> facts = Facts.load()
    >>> facts.furniture("Share this article", "en").name
    "en.share 'Share this article'"
    >>> facts.furniture("Parliament passes the bill", "en") is None
    True
    >>> [(text, agency.code) for text, agency in facts.agencies("APA/sda/dpa", "de")]
    [('APA', 'APA'), ('sda', 'SDA'), ('dpa', 'DPA')]
    """

    def __init__(self, own: dict[str, Any]) -> None:
        self._own = own
        self._tables: dict[str | None, _Table] = {}
        self._found: dict[tuple[str, str | None], list[tuple[str, Agency | None]] | None] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy in another process reads the tables again and keeps its own answers."""
        return (Facts, (self._own,)) if self._own else (Facts.load, ())

    @classmethod
    def load(cls, own: Path | None = None) -> Facts:
        """The facts, with the user's own file over them. Raises `OptionsError` for a file that cannot be used."""
        return _built_in() if own is None else cls(_own(own))

    # furniture

    def furniture(self, line: str, language: str | None) -> Furniture | None:
        """The entry that says the whole line is page furniture, or None.

        Entries for every language and for ``language`` count. Without a language only those that mean one thing wherever they
        are listed and are no single word of another language than English (Danish "Del" is Spanish for "of the").
        """
        if len(line) > LONGEST:
            return None
        table = self._tables.get(language) or self._table(language)
        found = table.listed(folded(line)) if table.may_be_listed(line) else None
        return found or (table.matched(line.strip()) if len(line) <= LONGEST_PATTERN else None)

    def entries(self, language: str) -> list[Furniture]:
        """Every entry of one language ("any" is one), for lists and manuals."""
        return [entry for entry in self._entries if entry.language == language]

    @cached_property
    def _entries(self) -> list[Furniture]:
        entries = {(e.language, e.match, folded(e.text)): e for source in (_read("furniture"), self._own) for e in _furniture(source)}
        return list(entries.values())

    def _table(self, language: str | None) -> _Table:
        code = base(language)
        if code is None:
            entries = _anywhere(self._entries)
        else:
            entries = [e for e in self._entries if e.language in ("any", code)]
        table = self._tables[language] = _Table(entries)
        return table

    # agencies

    @cached_property
    def _agencies(self) -> dict[str, dict[str, Any]]:
        return {entry["code"]: entry for source in (_read("agencies"), self._own) for entry in source.get("agency", ())}

    @cached_property
    def _by_code(self) -> dict[str, list[Agency]]:
        return {code: _forms(entry) for code, entry in self._agencies.items()}

    def printed_in(self, language: str) -> list[dict[str, Any]]:
        """The agencies that write in a language, as ``agencies.toml`` has them, for lists and manuals.

        >>> [entry["code"] for entry in Facts.load().printed_in("fi")][:2]
        ['STT', 'LEHTIKUVA']
        """
        return [entry for entry in self._agencies.values() if base(language) in map(base, entry.get("languages", ()))]

    def languages(self) -> dict[str, str]:
        """The name of every language that something is known of, by its code; the code again where it has no name.

        >>> Facts.load().languages()["sv"]
        'Swedish'
        """
        found = {code for entry in self._agencies.values() for code in entry.get("languages", ())}
        codes = set(filter(None, map(base, found | {entry.language for entry in self._entries} | self.dates["months"].keys())))
        names = {code: table.get("name") for source in (_read("furniture"), self._own) for code, table in source.items() if isinstance(table, dict)}
        listed = {code: words.partition("|")[0].title() for code, words in _read("languages")["languages"].items()}
        return {code: names.get(code) or listed.get(code) or code for code in sorted(codes - {"any"})}

    @cached_property
    def _seats(self) -> dict[str, frozenset[str]]:
        entries = [entry for source in (_read("agencies"), self._own) for entry in source.get("agency", ())]
        return {entry["code"]: frozenset(city.casefold() for city in entry.get("seats", ())) for entry in entries}

    @cached_property
    def seats(self) -> frozenset[str]:
        """The cities where agencies are at home, case folded."""
        return frozenset(city for cities in self._seats.values() for city in cities)

    @cached_property
    def _forms(self) -> dict[str, list[Agency]]:
        forms: dict[str, list[Agency]] = {}
        for agencies in self._by_code.values():
            for agency in agencies:
                for form in _printings(agency):
                    others = forms.setdefault(form, [])
                    if all(other.code != agency.code for other in others):
                        others.append(agency)
        return forms

    @cached_property
    def last_words(self) -> frozenset[str]:
        """The last words of all forms: a cheap look before a closing credit is parsed."""
        return frozenset(re.split(r"[\s/–—-]", form)[-1] for form in self._forms)

    @cached_property
    def all_forms(self) -> frozenset[str]:
        """Every printed form of every agency."""
        return frozenset(self._forms)

    def agency(self, form: str, language: str | None) -> Agency | None:
        """The agency printed as ``form``; among several of the same letters the one that writes in ``language``.

        >>> Facts.load().agency("ANP", "fr").code, Facts.load().agency("ANP", "nl").code, Facts.load().agency("aa", "tr")
        ('ANP-NE', 'ANP', None)
        """
        found = self._forms.get(form)
        if found is None:
            if not form.isascii() and (plain := FORMAT.sub("", unicodedata.normalize("NFKC", form))) != form:
                form = plain
                found = self._forms.get(form)
            if found is None and len(form) >= 6:
                found = self._forms.get(form.casefold())
            if found is None:
                return None
        agency = found[0]
        if len(found) > 1:
            code = base(language)
            agency = next((a for a in found if code in a.languages[:1]), None) or next((a for a in found if code in a.languages), agency)
        return agency if agency.form == form else agency._replace(form=form)

    def seated(self, form: str, city: str) -> Agency | None:
        """The agency of these letters that is at home in a city (case folded); None when that decides nothing.

        >>> Facts.load().seated("APS", "alger").code, Facts.load().seated("APS", "dakar").code
        ('APS-DZ', 'APS')
        """
        found = self._forms.get(form, [])
        if len(found) < 2:
            return None
        return next((agency._replace(form=form) for agency in found if city in self._seats.get(agency.code, ())), None)

    def agencies(self, text: str, language: str | None) -> list[tuple[str, Agency | None]] | None:
        """The names in a text that is nothing but agencies, desk initials and outlets; None when it is anything else.

        Outlets and initials (None instead of an agency) count only beside an agency.

        >>> facts = Facts.load()
        >>> [text for text, agency in facts.agencies("ino/dpa", "de") if agency]
        ['dpa']
        >>> facts.agencies("TT-löpet", "sv") is None
        True
        """
        if len(text) > 80:
            return None
        known = (text, language)
        if known not in self._found:
            if len(self._found) > REMEMBERED:
                self._found.clear()
            self._found[known] = self._parse(text.strip(), language)
        return self._found[known]

    def _parse(self, text: str, language: str | None) -> list[tuple[str, Agency | None]] | None:
        if not text:
            return None
        if whole := self.agency(text, language):
            return [(text, whole)]
        cuts = [m.span() for m in SEPARATORS.finditer(text)] + [(m.start(), m.start()) for m in GLUED.finditer(text)]
        cuts.sort()
        starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
        names: list[tuple[str, Agency | None]] = []
        at = 0
        while at < len(starts):
            if starts[at] >= ends[at]:  # a separator at the edge, as in "/ritzau/AFP"
                at += 1
                continue
            for to in range(min(len(ends) - 1, at + 6), at - 1, -1):
                form = text[starts[at] : ends[to]]
                agency = self.agency(form, language)
                if agency is None and len(starts) > 1 and len(form) == 3 and form.islower():
                    agency = self.agency(form.upper(), language)  # "(ats afp)": beside another name small letters are enough
                if agency or form in self._outlets:
                    names.append((form, agency))
                    at = to + 1
                    break
            else:
                form = text[starts[at] : ends[at]]
                before, after = text[: starts[at]].rstrip()[-1:], text[ends[at] :].lstrip()[:1]
                slash = before in ("/", "／") or after in ("/", "／")
                if not (slash and (INITIALS.fullmatch(form) or CODE.fullmatch(form)) or after in (",", "/") and CODE.fullmatch(form) and "." in form):
                    return None
                names.append((form, None))
                at += 1
        return names if any(agency for _, agency in names) else None

    # the words around them

    @cached_property
    def credits(self) -> dict[str, dict[str, list[str]]]:
        """``credits.toml`` as it stands: labels, marks, byline words, outlets."""
        return _read("credits")

    @cached_property
    def dates(self) -> dict[str, dict[str, list[str]]]:
        """``dates.toml`` as it stands: months, weekdays and the words of publication times."""
        return _read("dates")

    @cached_property
    def _of_words(self) -> dict[str, tuple[str, ...]]:
        return {code: tuple(phrases) for code, phrases in _read("words")["of_words"].items()}

    def speaks_of_words(self, sentence: str, language: str | None) -> bool:
        """Whether a sentence opens as one does that speaks of the words above it.

        >>> facts = Facts.load()
        >>> facts.speaks_of_words("That is the only word on the wall.", "en"), facts.speaks_of_words("The wall is to go.", "en")
        (True, False)
        >>> facts.speaks_of_words("So steht es an der Tür.", "de"), facts.speaks_of_words("Also steht es noch.", "de")
        (True, False)
        """
        opening = f" {folded(sentence[:OPENING])}"
        return any(phrase in opening for phrase in self._of_words.get(base(language) or "", ()))

    @cached_property
    def _outlets(self) -> frozenset[str]:
        return frozenset(self.credits["outlets"]["names"])


class _Table:
    """The furniture of one language, ready for look-up."""

    def __init__(self, entries: list[Furniture]) -> None:
        self.exact: dict[str, Furniture] = {}
        self.prefixes: dict[str, list[tuple[str, Furniture]]] = {}
        self.glued: dict[str, list[tuple[str, Furniture]]] = {}
        patterns: dict[str, list[Furniture]] = {}
        for entry in entries:
            key = folded(entry.text)
            if entry.match == "exact":
                self.exact[key] = entry
            elif entry.match == "prefix":
                key = key or entry.text
                self.prefixes.setdefault(key.split(" ")[0], []).append((key, entry))
                if NO_SPACES.match(key):
                    self.glued.setdefault(key[:2] if len(key) < 3 else key[:3], []).append((key, entry))
            else:
                for sign in _first_signs(entry.text):
                    patterns.setdefault(sign, []).append(entry)
        self.first_words = frozenset(key.split(" ")[0].rstrip(EDGES) for key in (*self.exact, *self.prefixes))
        # one group for each pattern tells which one matched; the patterns themselves hold no capturing group
        self.regexes = {sign: (re.compile("|".join(f"({entry.text})" for entry in some), re.IGNORECASE), some) for sign, some in patterns.items()}

    def may_be_listed(self, line: str) -> bool:
        """A cheap look: whether the first word is one that a listed line begins with."""
        word = line.strip(EDGES).split(None, 1)[:1]
        if not word:
            return True
        first = word[0]
        if not first.isascii():
            first = FORMAT.sub("", unicodedata.normalize("NFKC", first)).replace("’", "'").strip(EDGES)
            if " " in first or not first or NO_SPACES.match(first):
                return True
        return first.rstrip(EDGES).casefold() in self.first_words

    def listed(self, key: str) -> Furniture | None:
        """The entry that a folded line is, or begins with."""
        found = self.exact.get(key)
        if found is not None or not key:
            return found
        first = key.partition(" ")[0].removesuffix(":")
        for start, entry in self.prefixes.get(first, ()):
            if key.startswith(start) and not key[len(start) : len(start) + 1].isalnum():
                return entry
        for head in (key[:2], key[:3]) if self.glued and NO_SPACES.match(key) else ():
            for start, entry in self.glued.get(head, ()):
                if key.startswith(start):
                    return entry
        return None

    def matched(self, text: str) -> Furniture | None:
        """The pattern that a line fits. Only those are tried that may begin with its first character."""
        first = text[:1]
        if first.isdecimal():
            signs: tuple[str, ...] = ("0", ANY)
        elif first.isalnum():
            signs = (first.casefold()[:1], ANY)
        else:
            signs = (first, ANY) if FORMAT.match(first) else (first, MARK, ANY)
        for sign in signs:
            regex, patterns = self.regexes.get(sign, (None, ()))
            if regex is not None and (hit := regex.fullmatch(text)):
                return patterns[(hit.lastindex or 1) - 1]
        return None


MARK, ANY = "mark", "any"


def _first_signs(pattern: str) -> set[str]:
    """The characters that a pattern may begin with, case folded: "0" for a digit, `MARK` for a mark, `ANY` when it may be any.

    >>> sorted(_first_signs("(?:Reading|Time) .*")), _first_signs(r"\\d+ min"), _first_signs(".*read")
    (['r', 't'], {'0'}, {'any'})
    """
    if OUTSIDE_GROUPS.sub("", pattern).count("|"):
        return {ANY}
    if pattern.startswith(r"\d") and pattern[2:3] not in ("?", "*"):
        return {"0"}
    if pattern.startswith(r"[\W_]{"):
        return {MARK}
    if letters := LETTER_CLASS.match(pattern):
        return set(letters[1].casefold())
    group = FIRST_GROUP.match(pattern)
    opened = group[1].split("|") if group else [pattern]
    if all((some[:1].isalpha() or some[:1] == "#") and some[1:2] not in ("?", "*", "{") for some in opened):
        return {some.casefold()[:1] for some in opened}
    return {ANY}


def base(language: str | None) -> str | None:
    """The code our tables use: ``nb`` is ``no``, ``pt-BR`` is ``pt``.

    >>> base("pt-BR"), base("nb"), base(None)
    ('pt', 'no', None)
    """
    if language is None:
        return None
    code = re.split("[-_]", language, maxsplit=1)[0].lower()
    return SAME_LANGUAGE.get(code, code)


def folded(line: str) -> str:
    """What furniture is compared by: case, width, format characters, white space, the form of an apostrophe and edge marks do not count.

    >>> folded("  Read\\u200b  MORE » ")
    'read more'
    """
    if not line.isascii():
        line = FORMAT.sub("", unicodedata.normalize("NFKC", line)).replace("’", "'")
    line = " ".join(line.casefold().split())
    return line.strip(EDGES) or line


@cache
def _built_in() -> Facts:
    return Facts({})


@lru_cache(maxsize=8)
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def _own(path: Path) -> dict[str, Any]:
    try:
        own = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise OptionsError(f"facts: {path} cannot be read ({(error.strerror or str(error)).lower()}). Check the path.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OptionsError(f"{path}: cannot be read as TOML ({error}). See cleaner/facts/furniture.toml for the form of a facts file.") from error
    for entry in own.get("agency", ()):
        if not isinstance(entry, dict) or not isinstance(entry.get("code"), str) or not isinstance(entry.get("forms"), list):
            raise OptionsError(f"{path}: an [[agency]] needs a code and a list of forms. Try: code = \"XYZ\", forms = [\"XYZ\", \"Agency XYZ\"].")
    for entry in _furniture(own):
        if entry.match == "regex":
            try:
                groups = re.compile(entry.text).groups
            except re.error as error:
                raise OptionsError(f"{path}: [{entry.language}.{entry.kind}] regex {entry.text!r} does not compile ({error}).") from error
            if groups:
                raise OptionsError(f"{path}: [{entry.language}.{entry.kind}] regex {entry.text!r} has a capturing group. Write (?:...) instead of (...).")
    return own


def _furniture(source: dict[str, Any]) -> list[Furniture]:
    return [
        Furniture(kind, text, match, language, table.get("notes", {}).get(text))
        for language, kinds in source.items()
        if isinstance(kinds, dict)
        for kind, table in kinds.items()
        if isinstance(table, dict)
        for match in ("exact", "prefix", "regex")
        for text in table.get(match, ())
    ]


def _anywhere(entries: list[Furniture]) -> list[Furniture]:
    kinds: dict[str, set[str]] = {}
    languages: dict[str, set[str]] = {}
    for entry in entries:
        key = folded(entry.text)
        kinds.setdefault(key, set()).add(entry.kind)
        languages.setdefault(key, set()).add(entry.language)

    def clear(entry: Furniture) -> bool:
        key = folded(entry.text)
        if entry.language == "any":
            return True
        if len(kinds[key]) > 1 or entry.match == "regex":
            return False
        return not LATIN.search(key) or entry.match == "exact" and (" " in key or "en" in languages[key])

    return [entry for entry in entries if clear(entry)]


def _forms(entry: dict[str, Any]) -> list[Agency]:
    ambiguity = entry.get("ambiguity", "none")
    name, languages, kind = entry.get("name", entry["code"]), tuple(entry.get("languages", ())), entry.get("kind", "text")
    forms = [(form, ambiguity) for form in entry["forms"]] + [(form, "low") for form in entry.get("sure", ())]
    return [Agency(entry["code"], name, languages, kind, how, form) for form, how in forms]


def _printings(agency: Agency) -> set[str]:
    """The letters a form is printed in: ``Agerpres`` also in capitals, ``أ ف ب`` also with dots and without."""
    form = agency.form
    printings = {form}
    if len(form) >= 4 and not form.islower():
        printings.add(form.upper())
    if len(form) >= 6 and (" " in form or agency.ambiguity != "high"):
        printings.add(form.casefold())
    if form.isupper() and len(form) >= 5 and form.isalpha():
        printings.add(form.capitalize())
    letters = form.replace(".", " ").split()
    if len(letters) > 1 and all(len(letter) == 1 for letter in letters) and not form.isascii():
        for spelled in (letters, [letter.replace("أ", "ا") for letter in letters]):
            printings.update((" ".join(spelled), ".".join(spelled), ". ".join(spelled), ".".join(spelled) + ".", " ".join(f"{x}." for x in spelled)))
    return printings
