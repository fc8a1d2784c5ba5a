"""The options of a run: frozen, and the same whether they come from a file or from arguments."""

from __future__ import annotations

import difflib
import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from cleaner.errors import OptionsError

Format = Literal["jsonl", "parquet"]


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What changes the records. How the work is done (workers, folders) is no option: it changes no byte.

    ``encoding`` is taken for every text file instead of looking; ``language`` (ISO 639-1) holds where a document says
    nothing itself; ``format`` is the form of the tables; ``rules`` maps a rule's name to its own options.

    >>> Options(language="sv").language
    'sv'
    """

    encoding: str | None = None
    language: str | None = None
    format: Format = "jsonl"
    rules: Mapping[str, Mapping[str, Any]] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.encoding is not None:
            check_encoding(self.encoding)

    @property
    def sha256(self) -> str:
        """Of all options by name, so that two runs can be told apart.

        >>> Options().sha256 == Options(encoding=None).sha256 != Options(language="sv").sha256
        True
        """
        return hashlib.sha256(msgspec.json.encode(self, order="deterministic")).hexdigest()


def check_encoding(name: str) -> None:
    """Raise OptionsError unless Python can read text with it ("rot13" is a codec, but not one of text)."""
    try:
        b"x".decode(name)
    except UnicodeDecodeError:  # it is one, and one byte is no text in it
        pass
    except (LookupError, ValueError) as error:
        raise OptionsError(f"encoding: there is no text encoding {name!r}. Try utf-8, windows-1252 or utf-16, or leave it out.") from error


def load_options(start: Path, **arguments: Any) -> Options:
    """The options of the nearest ``cleaner.toml`` or ``pyproject.toml`` with a ``[tool.cleaner]``, from ``start`` upwards; arguments that are not None win.

    >>> load_options(Path("/"), language="sv").language
    'sv'
    """
    found, where = _nearest(start.resolve())
    given = {name: value for name, value in arguments.items() if value is not None}
    return make_options({**found, **given}, where)


def make_options(values: Mapping[str, Any], where: str = "options") -> Options:
    """Options from plain values. An unknown name or a wrong value is an OptionsError with a hint.

    >>> make_options({"langauge": "sv"})
    Traceback (most recent call last):
    cleaner.errors.OptionsError: options: there is no option 'langauge'. Did you mean 'language'?
    """
    names = Options.__struct_fields__
    for name in values:
        if name not in names:
            close = difflib.get_close_matches(name, names, 1)
            hint = f"Did you mean {close[0]!r}?" if close else f"There are {', '.join(names)}."
            raise OptionsError(f"{where}: there is no option {name!r}. {hint}")
    try:
        return msgspec.convert(values, Options)
    except msgspec.ValidationError as error:
        raise OptionsError(f"{where}: {error}.") from error


def _nearest(start: Path) -> tuple[Mapping[str, Any], str]:
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
                return values, name
            tool = values.get("tool", {})
            if isinstance(tool, dict) and "cleaner" in tool:
                section = tool["cleaner"]
                if not isinstance(section, dict):
                    raise OptionsError(f"{name}: tool.cleaner is no table. Write [tool.cleaner] and one option a line.")
                return section, f"{name} [tool.cleaner]"
    return {}, "options"
