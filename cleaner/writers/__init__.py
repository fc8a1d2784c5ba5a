"""Writers: rows to files and back. The folder is the registry: each module is one ``format``, named like its suffix.

Workers hand over rows as lines of JSON; a writer appends them to its table, so memory stays flat, and closes it.
"""

from __future__ import annotations

import importlib
import pkgutil
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

from cleaner.errors import OptionsError
from cleaner.records import TABLES

Row = TypeVar("Row", bound=msgspec.Struct)


class Table(ABC):
    """A table being written. As a context it lets go of its file however the run ends."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")

    def __enter__(self) -> Table:
        return self

    def __exit__(self, *failure: object) -> None:
        self._file.close()

    def append(self, lines: bytes) -> None:
        """Rows, each a line of JSON."""
        self._file.write(lines)

    @abstractmethod
    def close(self) -> str:
        """The sha256 of the file's bytes, in hex."""


class Writer(Protocol):
    """What a module in this folder holds: a class ``Table(path, row)``, and ``read(path, row)`` that streams the rows back."""

    def Table(self, path: Path, row: type[msgspec.Struct]) -> Table: ...  # noqa: N802

    def read(self, path: Path, row: type[Row]) -> Iterator[Row]: ...


def formats() -> list[str]:
    """Every format there is a writer for.

    >>> formats()
    ['jsonl', 'parquet']
    """
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def writer(name: str) -> Writer:
    """The writer of one format."""
    if name not in formats():
        raise OptionsError(f"format: there is no format {name!r}. There are {', '.join(formats())}.")
    return importlib.import_module(f"{__name__}.{name}")


def table_names() -> frozenset[str]:
    """The names of every table in every format: all that we ever replace, besides run.json."""
    return frozenset(f"{table}.{name}" for table in TABLES for name in formats())
