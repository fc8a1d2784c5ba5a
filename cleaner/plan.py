"""The plan of a run: every file below RAW, in the order of the paths' bytes, in shards of about the same work.

The plan is a stream: no more than a folder's names and one shard are held at a time.
"""

from __future__ import annotations

import hashlib
import os
import posixpath
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import FolderError
from cleaner.output import strerror
from cleaner.readers import readers

SHARD = 500_000
"""Bytes of input in a shard: some 30 ms of work, so that handing it over costs nothing and two workers end together."""
PER_FILE = 4_000
"""Bytes that a file counts for besides its own."""


class Part(NamedTuple):
    """A file, or a part of one. ``reason`` says why it is not read at all.

    A file in parts was read by the plan: ``sha256`` is that of the part's bytes, ``whole`` that of the file's, on its last part.
    """

    path: str
    start: int = 0
    end: int | None = None
    first: int = 0
    last: bool = True
    sha256: str = ""
    whole: str = ""
    reason: str = ""


def plan(raw: str) -> Iterator[list[Part]]:
    """The work in shards, in the order of the paths' bytes."""
    shard: list[Part] = []
    weight = 0
    for path, size, reason in walk(raw):
        if not reason:
            suffix = posixpath.splitext(path)[1].lower()
            reader = readers().get(suffix)
            if reader is None:
                reason = f"no reader knows {suffix or 'a file without suffix'}; there are readers for {', '.join(sorted(readers()))}."
            elif reader.SPLITS and size > 2 * SHARD:
                if shard:
                    yield shard
                    shard, weight = [], 0
                for part in _parts(raw, path):
                    yield [part]
                continue
        shard.append(Part(path, reason=reason))
        weight += PER_FILE if reason else PER_FILE + size
        if weight >= SHARD:
            yield shard
            shard, weight = [], 0
    if shard:
        yield shard


def _parts(raw: str, path: str) -> Iterator[Part]:
    """A large file in parts that end at line ends. It is hashed here, since each worker sees a part only."""
    digest = hashlib.sha256()
    start = first = 0
    try:
        with open(f"{raw}/{path}", "rb") as file:
            block = file.read(SHARD)
            while block:
                if not block.endswith(b"\n"):
                    block += file.readline()
                digest.update(block)
                after = file.read(SHARD)
                whole = "" if after else digest.hexdigest()
                yield Part(path, start, start + len(block), first, not after, hashlib.sha256(block).hexdigest(), whole)
                start += len(block)
                first += block.count(b"\n")
                block = after
    except OSError as error:
        yield Part(path, reason=unreadable_reason(error))


class Found(NamedTuple):
    """A file of RAW: its path relative to it, its size in bytes, and why it cannot be read, if so."""

    path: str
    size: int
    reason: str = ""


def walk(raw: str) -> Iterator[Found]:
    """Every file below RAW in the order of the paths' bytes; hidden ones are skipped, symbolic links followed, loops told.

    A folder's names are all that is held at a time.
    """
    root = os.fsencode(raw)
    try:
        listing = _listing(root)
    except OSError as error:
        hint = "Check its permissions." if isinstance(error, PermissionError) else "Check the path."
        raise FolderError(f"{raw}: cannot be read ({strerror(error)}). {hint}") from error
    stack = [(b"", iter(listing), _identity(os.stat(root)))]
    # A link to what RAW lies in leads to RAW again, and to the records of the last run.
    around = {_identity(os.stat(folder)) for folder in Path(raw).resolve().parents}
    while stack:
        folder, names, _ = stack[-1]
        name = next(names, None)
        if name is None:
            stack.pop()
            continue
        full = folder + name.removesuffix(b"/")
        try:
            path = full.decode("utf-8")
        except UnicodeDecodeError:
            yield Found(full.decode("utf-8", "backslashreplace"), 0, "its name is not UTF-8. Rename it.")
            continue
        try:
            facts = os.stat(os.path.join(root, full))
            if stat.S_ISDIR(facts.st_mode):
                identity = _identity(facts)
                if identity in around or any(identity == above for _, _, above in stack):
                    yield Found(path, 0, "a symbolic link to a folder that it lies in. Remove the link.")
                else:
                    stack.append((full + b"/", iter(_listing(os.path.join(root, full))), identity))
            elif stat.S_ISREG(facts.st_mode):
                yield Found(path, facts.st_size)
            else:
                yield Found(path, 0, "no regular file. Leave it out.")
        except OSError as error:
            yield Found(path, 0, unreadable_reason(error))


def _listing(folder: bytes) -> list[bytes]:
    """The names in a folder, those of folders with a slash behind: sorted so, a walk gives whole paths in order."""
    with os.scandir(folder) as entries:
        return sorted(entry.name + b"/" if _is_folder(entry) else entry.name for entry in entries if not entry.name.startswith(b"."))


def _is_folder(entry: os.DirEntry[bytes]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _identity(facts: os.stat_result) -> tuple[int, int]:
    return facts.st_dev, facts.st_ino


def unreadable_reason(error: OSError) -> str:
    hint = {PermissionError: "Check its permissions.", FileNotFoundError: "It is a link to nothing, or went while the run was on."}
    return f"cannot be read ({strerror(error)}). {hint.get(type(error), 'Check the file.')}"
