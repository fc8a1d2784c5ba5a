"""JSONL: a row, a line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from cleaner.errors import RestoreError
from cleaner.writers import Row
from cleaner.writers import Table as AnyTable


class Table(AnyTable):
    """A table written line by line."""

    def __init__(self, path: Path, row: type[msgspec.Struct]) -> None:
        super().__init__(path)
        self._hash = hashlib.sha256()

    def append(self, lines: bytes) -> None:
        super().append(lines)
        self._hash.update(lines)

    def close(self) -> str:
        self._file.close()
        return self._hash.hexdigest()


def read(path: Path, row: type[Row]) -> Iterator[Row]:
    """The rows, one at a time."""
    decoder = msgspec.json.Decoder(row)
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                yield decoder.decode(line)
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                raise RestoreError(f"{path.name}, line {number}: no row of ours ({error}). Run `clean` again.") from error
