"""The options of a run: frozen, and the same whether they come from a file or from arguments."""

from __future__ import annotations

import difflib
import functools
import hashlib
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from cleaner.errors import OptionsError

Format = Literal["jsonl", "parquet"]

_LANGUAGE = re.compile("[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")

FILES = ("facts", "keep", "profile")
"""Options that name a file. In an options file the path counts from its folder; what is written and hashed is the content's sha256, never the place."""

KEEP = "cleaner-keep.toml"
"""The keep list that is used where none is named: in the working folder, or else beside the options file."""


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What changes the records. How the work is done (workers, folders) is no option: it changes no byte.

    ``encoding`` is taken for every text file instead of looking; ``language`` (ISO 639-1) holds where a document says
    nothing itself; ``format`` is the form of the tables; ``rules`` maps a rule's name to its own options (``cleaner rules``);
    ``select`` names the rules in force, None for all of them, less those that ``ignore`` names;
    ``facts`` is a file of facts over ours (``cleaner facts``), ``keep`` the list of what is never removed,
    ``profile`` what ``cleaner learn`` counted.

    >>> Options(language="sv", rules={"dateline": {"within": 3}}).language
    'sv'
    """

    encoding: str | None = None
    language: str | None = None
    format: Format = "jsonl"
    rules: Mapping[str, Mapping[str, Any]] = msgspec.field(default_factory=dict)
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    facts: str | None = None
    keep: str | None = None
    profile: str | None = None

    def __post_init__(self) -> None:
        if self.encoding is not None:
            check_encoding(self.encoding)
        if self.language is not None:
            check_language(self.language)

    def as_written(self) -> dict[str, Any]:
        """The options as run.json has them: each file by the sha256 of its content. OptionsError where one cannot be read.

        >>> Options(language="sv").as_written()["language"]
        'sv'
        """
        values: dict[str, Any] = msgspec.to_builtins(self)
        for name in ("select", "ignore"):  # the same rules in another order are the same options
            if values[name] is not None:
                values[name] = sorted(set(values[name]))
        for name in FILES:
            if values[name] is not None:
                try:
                    values[name] = "sha256:" + hashlib.sha256(Path(values[name]).read_bytes()).hexdigest()
                except OSError as error:
                    raise OptionsError(f"{name}: {values[name]} cannot be read ({(error.strerror or str(error)).lower()}). Check the path.") from error
        return values

    @property
    def sha256(self) -> str:
        """Of all options by name and of the files they name, so that two runs can be told apart.

        >>> Options().sha256 == Options(encoding=None).sha256 != Options(language="sv").sha256
        True
        """
        return options_sha256(self.as_written())


class Gates(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename="kebab"):
    """Limits that a run must not pass. They change no byte of what is written, so they are no options.

    ``max_removed`` is the share, 0-1, of an article's characters that removals and drops may take; ``max_dropped`` the number of
    lines of an article that may be dropped; ``max_unreadable`` the number of files and rows that need not be readable.

    >>> Gates(max_removed=1.5)
    Traceback (most recent call last):
    cleaner.errors.OptionsError: max-removed: 1.5 is no share of an article's characters. Give a number from 0 to 1, such as 0.5.
    """

    max_removed: float | None = None
    max_dropped: int | None = None
    max_unreadable: int | None = None

    def __post_init__(self) -> None:
        if self.max_removed is not None and not 0 <= self.max_removed <= 1:
            raise OptionsError(f"max-removed: {self.max_removed:g} is no share of an article's characters. Give a number from 0 to 1, such as 0.5.")
        for name, number in (("max-dropped", self.max_dropped), ("max-unreadable", self.max_unreadable)):
            if number is not None and number < 0:
                raise OptionsError(f"{name}: {number} is no number of lines or files. Give 0 or more.")


def options_sha256(written: Mapping[str, Any]) -> str:
    """The hash of options as run.json has them."""
    return hashlib.sha256(msgspec.json.encode(written, order="deterministic")).hexdigest()


def check_encoding(name: str) -> None:
    """Raise OptionsError unless Python can read text with it ("rot13" is a codec, but not one of text)."""
    try:
        b"x".decode(name)
    except UnicodeDecodeError:  # it is one, and one byte is no text in it
        pass
    except (LookupError, ValueError) as error:
        raise OptionsError(f"encoding: there is no text encoding {name!r}. Try utf-8, windows-1252 or utf-16, or leave it out.") from error


def check_language(code: str) -> None:
    """Raise OptionsError unless it is a code of ISO 639-1, or one of three letters for a language that has none there.

    >>> check_language("pt-BR")
    >>> check_language("jp")
    Traceback (most recent call last):
    cleaner.errors.OptionsError: language: 'jp' is no code of a language (ISO 639-1). Did you mean 'ja'? `cleaner facts` lists the codes it knows of.
    """
    codes, words = _languages()
    base = re.split("[-_]", code)[0].lower()
    if _LANGUAGE.fullmatch(code) and (base in codes or len(base) == 3 and base not in words):
        return
    close = difflib.get_close_matches(code.lower(), words, 1) or difflib.get_close_matches(base, words, 1)
    hint = f"Did you mean {words[close[0]]!r}?" if close else "Try sv, pt-BR or zh, or leave it out."
    raise OptionsError(f"language: {code!r} is no code of a language (ISO 639-1). {hint} `cleaner facts` lists the codes it knows of.")


@functools.cache
def _languages() -> tuple[frozenset[str], dict[str, str]]:
    """The codes there are, and by other words that are written for a language its code."""
    table: dict[str, str] = tomllib.loads((Path(__file__).parent / "facts" / "languages.toml").read_text("utf-8"))["languages"]
    return frozenset(table), {word: code for code, words in table.items() for word in words.split("|") if word}


class Settings(NamedTuple):
    """The options and gates in force, and where each comes from: ``came["rules.dateline.within"]`` is "../cleaner.toml" or "command line".

    What is not named is a default.
    """

    options: Options
    gates: Gates
    came: Mapping[str, str]


COMMAND_LINE = "command line"


def load_options(start: Path, *, settings: Iterable[str] = (), **arguments: Any) -> Options:
    """The options of ``load_settings``, for who need not know where they come from.

    >>> load_options(Path("/"), language="sv", settings=["dateline.within=3"]).rules
    {'dateline': {'within': 3}}
    """
    return load_settings(start, settings=settings, **arguments).options


def load_settings(start: Path, *, settings: Iterable[str] = (), gates: Mapping[str, Any] | None = None, **arguments: Any) -> Settings:
    """The options and ``[gates]`` of the nearest ``cleaner.toml`` or ``pyproject.toml`` with a ``[tool.cleaner]``, from ``start`` upwards.

    Arguments and ``gates`` that are not None win, and so does each of ``settings``, "rule.field=value". Where no keep list is named,
    ``cleaner-keep.toml`` is used when it lies in ``start`` or beside the options file.

    >>> load_settings(Path("/"), language="sv").came
    {'language': 'command line'}
    """
    start = start.resolve()
    found, where, folder = _nearest(start)
    found = dict(found)
    limits = found.pop("gates", {})
    values = {name: str(folder / value) if name in FILES and isinstance(value, str) else value for name, value in found.items()}
    place = os.path.relpath(folder / where, start)
    came = dict.fromkeys(values, place)
    given = {name: value for name, value in arguments.items() if value is not None}
    values |= given
    came |= dict.fromkeys(given, COMMAND_LINE)
    if "keep" not in values:
        beside = [path for path in (start / KEEP, folder / KEEP) if path.is_file()]
        values |= {"keep": str(beside[0])} if beside else {}
        came |= {"keep": "found by its name"} if beside else {}
    options = make_options(values, where)
    rules = {name: dict(own) for name, own in options.rules.items()}
    came |= {f"rules.{rule}.{field}": place for rule, own in rules.items() for field in own}
    for setting in settings:
        rule, field, value = _setting(setting)
        rules.setdefault(rule, {})[field] = value
        came[f"rules.{rule}.{field}"] = COMMAND_LINE
    given = {name: value for name, value in (gates or {}).items() if value is not None}
    made = _make_gates(limits, f"{where}, gates", given)
    came |= {f"gates.{name}": place for name in limits} | {f"gates.{name}": COMMAND_LINE for name in given}
    return Settings(msgspec.structs.replace(options, rules=rules), made, came)


def _make_gates(limits: Any, where: str, given: Mapping[str, Any]) -> Gates:
    names = Gates.__struct_encode_fields__
    for name in limits if isinstance(limits, dict) else ():
        if name not in names:
            raise OptionsError(f"{where}: there is no gate {name!r}. {did_you_mean(name, names)}")
    try:
        return msgspec.convert({**limits, **given} if isinstance(limits, dict) else limits, Gates)
    except msgspec.ValidationError as error:
        raise OptionsError(f"{where}: {wrong_value(error)}.") from error


def names_in(lists: Iterable[str] | None) -> tuple[str, ...] | None:
    """The names in lists as the command line has them: given more than once, with commas. None where none is given.

    >>> names_in(["dateline,address", "furniture"]), names_in(None)
    (('dateline', 'address', 'furniture'), None)
    """
    return None if not lists else tuple(name.strip() for some in lists for name in some.split(","))


def _setting(text: str) -> tuple[str, str, Any]:
    """The rule, its field and the value, read as TOML; what is no TOML is a string."""
    name, equals, value = text.partition("=")
    rule, _, field = name.strip().rpartition(".")
    if not (rule and field and equals):
        raise OptionsError(f"--set {text}: write rule.field=value, such as --set dateline.within=3. `cleaner rules` lists the fields.")
    try:
        return rule, field, tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return rule, field, value.strip()


def make_options(values: Mapping[str, Any], where: str = "options") -> Options:
    """Options from plain values. An unknown name or a wrong value is an OptionsError with a hint.

    >>> make_options({"langauge": "sv"})
    Traceback (most recent call last):
    cleaner.errors.OptionsError: options: there is no option 'langauge'. Did you mean 'language'?
    """
    names = Options.__struct_fields__
    for name in values:
        if name not in names:
            raise OptionsError(f"{where}: there is no option {name!r}. {did_you_mean(name, (*names, 'gates'))}")
    try:
        return msgspec.convert(values, Options)
    except msgspec.ValidationError as error:
        raise OptionsError(f"{where}: {wrong_value(error)}.") from error


_TYPES = {"str": "a text", "int": "a whole number", "float": "a number", "bool": "true or false", "array": "a list", "object": "a table"}


def wrong_value(error: msgspec.ValidationError) -> str:
    """What msgspec says of a value, in the words of who wrote it.

    >>> wrong_value(msgspec.ValidationError("Expected `str | null`, got `int` - at `$.language`"))
    'language: expected a text, got a whole number'
    >>> wrong_value(msgspec.ValidationError("Expected `int` >= 0 - at `$.within`"))
    'within: expected a whole number, 0 or more'
    """
    what, _, where = str(error).partition(" - at ")
    said = re.sub("`([^`]*)`", lambda found: " or ".join(_TYPES.get(name, name) for name in found.group(1).split(" | ") if name != "null"), what)
    said = re.sub(r" >= (\S+)", r", \1 or more", said)
    place = re.sub(r"^\$\.?|\[\.\.\.\]", "", where.strip("`"))
    return f"{place}: {said[0].lower()}{said[1:]}" if place else f"{said[0].lower()}{said[1:]}"


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """The end of a letter about a name that there is not.

    >>> did_you_mean("timestmap", ["timestamp", "address"])
    "Did you mean 'timestamp'?"
    """
    names = list(names)
    close = difflib.get_close_matches(name, names, 1)
    return f"Did you mean {close[0]!r}?" if close else f"There {'is' if len(names) == 1 else 'are'} {', '.join(names)}."


def _nearest(start: Path) -> tuple[Mapping[str, Any], str, Path]:
    """The values of the nearest options file, what a letter calls it, and the folder it lies in."""
    for folder in (start, *start.parents):
        for name in ("cleaner.toml", "pyproject.toml"):
            path = folder / name
            if not path.is_file():
                continue
            try:
                values = tomllib.loads(path.read_text("utf-8"))
            except (OSError, ValueError) as error:
                raise OptionsError(f"{name}: cannot be read as TOML ({error}).") from error
            if name == "cleaner.toml":
                return values, name, folder
            tool = values.get("tool", {})
            if isinstance(tool, dict) and "cleaner" in tool:
                section = tool["cleaner"]
                if not isinstance(section, dict):
                    raise OptionsError(f"{name}: tool.cleaner is no table. Write [tool.cleaner] and one option a line.")
                return section, f"{name} [tool.cleaner]", folder
    return {}, "options", start
