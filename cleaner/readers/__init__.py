"""Readers: a file to its documents. The folder is the registry: each module says its ``SUFFIXES`` and has a ``read``.

A reader opens nothing itself: it asks its ``Source`` for the bytes, so every file is opened and hashed once. It yields
documents, and an ``UnreadableRow`` for a row that is at fault; it raises UnreadableFile when the whole file is.
``SPLITS`` says that a file may be cut at any ``\\n`` and its parts read apart.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from cleaner.model import Document
from cleaner.records import UnreadableRow


@dataclass(slots=True)
class Source:
    """Where a reader's bytes come from: a file, a part of one (``start``, ``end`` in bytes), or ``data`` at hand.

    ``path`` is what records say: relative to the folder read, with ``/``. ``first`` is the number of the part's first row.

    >>> Source("wire.txt", data=b"Harbour").read()
    b'Harbour'
    """

    path: str
    file: str = ""
    start: int = 0
    end: int | None = None
    first: int = 0
    data: bytes | None = None
    sha256: str = ""

    def read(self) -> bytes:
        """The bytes; ``sha256`` becomes that of what was read, of the file or of the part."""
        if self.data is not None:
            return self.data
        with open(self.file, "rb", buffering=0) as file:
            if self.end is None:
                data = file.readall()
            else:
                file.seek(self.start)
                parts, missing = [], self.end - self.start
                while missing and (part := file.read(missing)):
                    parts.append(part)
                    missing -= len(part)
                data = b"".join(parts)
        self.sha256 = hashlib.sha256(data).hexdigest()
        return data


class Reader(Protocol):
    """What a module in this folder holds."""

    SUFFIXES: tuple[str, ...]
    SPLITS: bool

    def read(self, source: Source, encoding: str | None) -> Iterator[Document | UnreadableRow]: ...


@functools.cache
def readers() -> dict[str, Reader]:
    """Every reader by the suffix it reads.

    >>> sorted(readers())
    ['.jsonl', '.ndjson', '.txt']
    """
    modules = [importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
    return {suffix: module for module in modules for suffix in module.SUFFIXES}
