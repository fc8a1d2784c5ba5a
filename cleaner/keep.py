"""The keep list: texts that no rule may take away, whatever it thinks of them.

A TOML file, ``cleaner-keep.toml``, with one ``[[keep]]`` an entry and exactly one of three ways to say which text is meant::

    [[keep]]
    text = "Back to the harbour"            # the line as printed; white space does not count
    why = "the refrain of a column"         # optional, stands in the reason of each edit that the entry stops

    [[keep]]
    fingerprint = "16e4b1c50f2a9d37"        # the field of the table edits

    [[keep]]
    pattern = 'Round \\d+: .*'               # a regular expression for the whole text
    rule = "furniture"                      # optional: only this rule is stopped

An entry speaks of what an edit would take, or of the whole line that the edit is on.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from cleaner.detectors import rules
from cleaner.errors import OptionsError
from cleaner.model import Edit, Op, Status
from cleaner.options import did_you_mean, wrong_value
from cleaner.text import fingerprint

if TYPE_CHECKING:
    from cleaner.lines import Line

_FINGERPRINT = re.compile("[0-9a-f]{16}")
_WAYS = ("fingerprint", "text", "pattern")


class Keep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry: which text stays, why, and for which rule only."""

    fingerprint: str | None = None
    text: str | None = None
    pattern: str | None = None
    why: str | None = None
    rule: str | None = None

    @property
    def name(self) -> str:
        """What reasons and the summary call it.

        >>> Keep(text="Back to the harbour").name
        "text 'Back to the harbour'"
        """
        name = next(f"{way} {value!r}" for way in _WAYS if (value := getattr(self, way)) is not None)
        return name if self.rule is None else f"{name} for {self.rule}"


class KeepList:
    """The entries of a keep list, ready to be asked."""

    def __init__(self, entries: Sequence[Keep] = ()) -> None:
        self.entries = tuple(entries)
        self._texts: dict[str, list[int]] = {}
        self._patterns: list[tuple[int, re.Pattern[str]]] = []
        for number, entry in enumerate(self.entries):
            if entry.pattern is not None:
                self._patterns.append((number, re.compile(entry.pattern)))
            else:
                self._texts.setdefault(entry.fingerprint or fingerprint(entry.text or ""), []).append(number)

    @classmethod
    def load(cls, path: Path | str) -> KeepList:
        """The list in a file. Raises OptionsError for a file or an entry that cannot be used.

        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "cleaner-keep.toml")
        ...     _ = path.write_text('[[keep]]\\ntext = "Back to the harbour"\\nwhy = "a refrain"')
        ...     KeepList.load(path).entries[0].why
        'a refrain'
        """
        path = Path(path)
        try:
            values = tomllib.loads(path.read_text("utf-8"))
        except OSError as error:
            raise OptionsError(f"keep: {path} cannot be read ({(error.strerror or str(error)).lower()}). Check the path.") from error
        except ValueError as error:
            raise OptionsError(f"{path.name}: cannot be read as TOML ({error}).") from error
        entries = values.pop("keep", [])
        if values or not isinstance(entries, list):
            raise OptionsError(f"{path.name}: {next(iter(values), 'keep')!r} is no list of entries. Begin each entry with a line [[keep]].")
        return cls([_entry(entry, f"{path.name}, entry {number}") for number, entry in enumerate(entries, 1)])

    def hold(self, edits: Iterable[Edit], text: str, lines: Sequence[Line]) -> list[str]:
        """Stop each proposed edit whose text is listed: it gets the status ``kept-by-list``, and the entry in its reason.

        Returns the names of the entries that stopped one, once for each edit. A ``replace`` takes no words away and is let through.

        >>> from cleaner.lines import split_lines
        >>> edit = Edit("furniture", Op.DROP, 0, 6, "furniture")
        >>> KeepList([Keep(text="Advert", why="a name")]).hold([edit], "Advert", split_lines("Advert"))
        ["text 'Advert'"]
        >>> edit.status, edit.reason
        (<Status.KEPT_BY_LIST: 'kept-by-list'>, "furniture; kept, since the keep list has text 'Advert' (a name)")
        """
        starts = [line.start for line in lines] if self.entries else []
        stopped: list[str] = []
        for edit in edits if starts else ():
            if edit.status is not Status.APPLIED or edit.op is Op.REPLACE:
                continue
            line = lines[max(0, bisect_right(starts, edit.start) - 1)]
            if found := self.entries_of(edit.rule, {text[edit.start : edit.end], line.text}):
                edit.status = Status.KEPT_BY_LIST
                edit.reason += f"; kept, since the keep list has {found[0].name}{f' ({found[0].why})' if found[0].why else ''}"
                stopped += [entry.name for entry in found]
        return stopped

    def entries_of(self, rule: str, texts: set[str]) -> list[Keep]:
        """The entries that keep a rule from an edit: ``texts`` are what it would take, and the line that it is on.

        >>> KeepList([Keep(text="Advert", rule="furniture")]).entries_of("timestamp", {"Advert"})
        []
        """
        numbers = {number for text in texts for number in self._texts.get(fingerprint(text), ())}
        plain = [" ".join(text.split()) for text in texts]
        numbers |= {number for number, pattern in self._patterns if any(pattern.fullmatch(text) for text in plain)}
        return [entry for number in sorted(numbers) if (entry := self.entries[number]).rule in (None, rule)]


def _entry(values: Any, where: str) -> Keep:
    """One entry of the file, held to what it may say."""
    names = Keep.__struct_fields__
    for name in values if isinstance(values, dict) else ():
        if name not in names:
            raise OptionsError(f"{where}: there is no field {name!r}. {did_you_mean(name, names)}")
    try:
        entry = msgspec.convert(values, Keep)
    except msgspec.ValidationError as error:
        raise OptionsError(f"{where}: {wrong_value(error)}.") from error
    said = [way for way in _WAYS if getattr(entry, way) is not None]
    if len(said) != 1:
        raise OptionsError(f"{where}: it says {' and '.join(said) or 'no text'}. Give exactly one of {', '.join(_WAYS)}.")
    if entry.fingerprint is not None and not _FINGERPRINT.fullmatch(entry.fingerprint):
        raise OptionsError(f"{where}: {entry.fingerprint!r} is no fingerprint. It is the field of that name in the table edits: 16 of 0-9 and a-f.")
    if entry.text is not None and not entry.text.strip():
        raise OptionsError(f"{where}: its text is empty. Give the line as it is printed.")
    if entry.rule is not None and entry.rule not in rules():
        raise OptionsError(f"{where}: there is no rule {entry.rule!r}. {did_you_mean(entry.rule, rules())}")
    if entry.pattern is not None:
        try:
            re.compile(entry.pattern)
        except re.error as error:
            raise OptionsError(f"{where}: the pattern {entry.pattern!r} does not compile ({error}). In 'single quotes' TOML takes it as it is.") from error
    return entry
