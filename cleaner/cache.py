"""What the last run gave, file by file, so that the next one cleans only what changed.

A generation is one file: the outcomes of one run over one RAW with one set of options, in the order of its plan. The next run
reads it beside its own plan and writes the generation after it, so memory stays flat and what is gone from RAW is gone from here.
A generation gets its name when it is whole, in one step: runs at once, and runs killed at any moment, leave a whole one or none.
Each outcome has a hash of its bytes with it. What does not agree with its hash is not there, and neither is what follows it.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import struct
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

import msgspec

from cleaner.errors import FolderError
from cleaner.output import strerror
from cleaner.plan import Part

LATEST = 5
"""Generations that are kept: one for each RAW and set of options that ran last."""
DAYS = 30
"""Days after which a generation that no run has used goes."""
LARGEST = 64_000_000
"""Bytes of an outcome that is kept. A length above it is damage, so that no damage makes us read much."""
BUFFER = 256 * 1024
"""Bytes that are read and written at a time."""
DECIDES = ("chardet", "msgspec", "numpy", "py3langid", "rapidfuzz")
"""Libraries whose answer is part of an outcome."""

_SUFFIX, _WRITING = ".outcomes", ".writing"
_MAGIC = b"cleaner outcomes 1\n"
_LENGTH_AND_DIGEST = struct.Struct("<I16s")


class Outcome(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one file, or a part of one, gives: the lines of the tables, and what the summary counts.

    ``sha256`` is that of the bytes that were read, empty where they could not be. ``edits`` counts by rule and op, or status.
    """

    path: str
    first: int
    sha256: str
    lines: tuple[bytes, ...]
    rows: tuple[int, ...]
    words: int = 0
    chars: int = 0
    removed_chars: int = 0
    edits: dict[str, int] = {}
    keep: dict[str, int] = {}


def cache_key(raw: Path, folder: Path, options: Mapping[str, Any]) -> str:
    """What an outcome depends on besides its path and bytes, as one hash: the options and the files that they name, the code and its libraries.

    In it is the way from the cache to RAW, so that two RAWs have a generation each and a project that is moved keeps its own.
    """
    import importlib.metadata

    way = os.path.relpath(raw.resolve(), folder.resolve().parent)
    written = {name: value for name, value in options.items() if name != "format"}  # outcomes are the same lines in every format
    versions = [importlib.metadata.version(name) for name in DECIDES]
    return hashlib.sha256(msgspec.json.encode([way, written, versions, sys.version, code_sha256()], order="deterministic")).hexdigest()


def code_sha256() -> str:
    """The hash of every file of the package, our sources, facts and templates: in a checkout the version stays when the code changes.

    >>> len(code_sha256())
    64
    """
    here, digest = Path(__file__).parent, hashlib.sha256()
    for path in sorted(path for path in here.rglob("*.*") if path.is_file() and path.suffix != ".pyc"):
        digest.update(f"{path.relative_to(here)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def check_cache(folder: Path, raw: Path) -> None:
    """A FolderError when the cache would be read as copy. What is hidden in RAW is not read."""
    here, there = folder.resolve(), raw.resolve()
    if here == there or there in here.parents and not any(name.startswith(".") for name in here.relative_to(there).parts):
        raise FolderError(f"{folder}: the cache would lie in RAW and be read as copy. Give another folder with --cache-dir.")


class _Frame(NamedTuple):
    """An outcome as it lies in a generation: its place in the plan, its bytes, and where they begin."""

    place: tuple[bytes, int]
    outcome: Outcome
    length_and_digest: bytes
    payload: bytes
    at: int

    @property
    def end(self) -> int:
        return self.at + len(self.length_and_digest) + len(self.payload)


class Cache:
    """The generation of the last run, read in the order of the plan, and the one of this run. As a context it leaves nothing half done.

    Nothing here raises for a file that is damaged or a folder that cannot be used: the run then does the work itself, and ``note``
    says why the next one will do so too.

    >>> import tempfile
    >>> outcome = Outcome("a.txt", 0, "sha256 of the bytes", (b"a row\\n", b"", b"", b""), (1, 0, 0, 0))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with Cache(Path(folder, "cache"), "key of the options") as cache:
    ...         cache.keep(outcome)
    ...     with Cache(Path(folder, "cache"), "key of the options") as cache:
    ...         cache.find(Part("a.txt"), lambda: "sha256 of the bytes") == outcome, cache.find(Part("b.txt"), lambda: "another")
    (True, None)
    """

    def __init__(self, folder: Path, key: str) -> None:
        self.note = ""
        self._folder = folder
        self._path = folder / (hashlib.sha256(key.encode()).hexdigest()[:32] + _SUFFIX)
        self._head = _MAGIC + key.encode() + b"\n"
        self._old: IO[bytes] | None = None
        self._new: IO[bytes] | None = None
        self._frames: Iterator[_Frame] = iter(())
        self._found: dict[tuple[str, int], _Frame] = {}
        self._same = len(self._head)
        """How far this run's generation is the old one, byte for byte: a run that finds everything writes nothing."""
        self._encode = msgspec.msgpack.Encoder().encode
        with contextlib.suppress(OSError):
            old = self._path.open("rb", buffering=BUFFER)
            if old.read(len(self._head)) == self._head:
                self._old, self._frames = old, _frames(old, len(self._head))
            else:
                old.close()
        self._ahead = next(self._frames, None)

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        if failed is None:
            self._try(self._finish)
        self._drop()
        if self._old is not None:
            self._old.close()

    @property
    def known(self) -> bool:
        """Whether a run with this key was here before, so that its options can be used."""
        return self._old is not None

    def find(self, part: Part, sha256: Callable[[], str]) -> Outcome | None:
        """The outcome of a part that has the same bytes as in the last run. Parts are asked for in the order of the plan."""
        place = part.path.encode(), part.first
        while self._ahead is not None and self._ahead.place < place:
            self._ahead = next(self._frames, None)
        if self._ahead is None or self._ahead.place != place or self._ahead.outcome.sha256 != sha256():
            return None
        self._found[part.path, part.first] = self._ahead
        return self._ahead.outcome

    def keep(self, outcome: Outcome) -> None:
        """Put an outcome into this run's generation, in the order of the plan. What could not be read is not kept."""
        frame = self._found.pop((outcome.path, outcome.first), None)
        if not outcome.sha256 or self.note:
            return
        if self._new is None and frame is not None and frame.at == self._same:
            self._same = frame.end
            return
        if frame is None:
            payload = self._encode(outcome)
            head = _LENGTH_AND_DIGEST.pack(len(payload), _digest(payload)) if len(payload) <= LARGEST else b""
        else:
            head, payload = frame.length_and_digest, frame.payload
        if head:
            self._try(lambda: self._write(head, payload))

    def _write(self, *parts: bytes) -> None:
        self._begun().writelines(parts)

    def _begun(self) -> IO[bytes]:
        """This run's generation as far as it is written: the first call makes its file, with what is the same in the old one."""
        if self._new is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            if not any(self._folder.iterdir()):
                (self._folder / ".gitignore").write_text("*\n")
            self._new = _new_file(self._folder)
            self._new.write(self._head)
            if self._old is not None:
                at = len(self._head)
                while at < self._same and (block := os.pread(self._old.fileno(), min(BUFFER, self._same - at), at)):
                    self._new.write(block)
                    at += len(block)
        return self._new

    def _finish(self) -> None:
        """Give this run's generation its name."""
        if self._new is None and self._old is not None and self._same == os.fstat(self._old.fileno()).st_size:
            with contextlib.suppress(OSError):
                os.utime(self._path)
        else:
            new = self._begun()
            new.flush()
            os.replace(new.name, self._path)
            new.close()
            self._new = None
        with contextlib.suppress(OSError):
            _sweep(self._folder)

    def _try(self, step: Callable[[], object]) -> None:
        """A step of writing. The first that fails is the last: the run goes on without."""
        if self.note:
            return
        try:
            step()
        except OSError as error:
            self.note = (
                f"{self._folder}: cannot be written ({strerror(error)}), so the next run will clean every file again. "
                "Give another folder with --cache-dir, or say --no-cache."
            )
            self._drop()

    def _drop(self) -> None:
        """Let go of a generation that did not get its name."""
        if self._new is not None:
            with contextlib.suppress(OSError):
                os.unlink(self._new.name)
            with contextlib.suppress(OSError):  # what is buffered may have no room
                self._new.close()
            self._new = None


def _frames(file: IO[bytes], at: int) -> Iterator[_Frame]:
    """The outcomes of a generation, as far as it is whole."""
    decode = msgspec.msgpack.Decoder(Outcome).decode
    with contextlib.suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
        while len(head := file.read(_LENGTH_AND_DIGEST.size)) == _LENGTH_AND_DIGEST.size:
            length, digest = _LENGTH_AND_DIGEST.unpack(head)
            payload = file.read(min(length, LARGEST))
            if len(payload) != length or _digest(payload) != digest:
                return
            outcome = decode(payload)
            frame = _Frame((outcome.path.encode(), outcome.first), outcome, head, payload, at)
            yield frame
            at = frame.end


def _digest(payload: bytes) -> bytes:
    return hashlib.sha256(payload).digest()[:16]


def _new_file(folder: Path) -> IO[bytes]:
    """A file to write a generation into, locked: that says that it is no left-over of a killed run."""
    while True:
        file = (folder / f"{os.urandom(8).hex()}{_WRITING}").open("xb", buffering=BUFFER)
        fcntl.flock(file, fcntl.LOCK_EX)
        if os.fstat(file.fileno()).st_nlink:
            return file
        file.close()  # another run's sweep came between the two steps


def _sweep(folder: Path) -> None:
    """Take away generations of runs long ago, and what killed runs left."""
    used = sorted(((path.stat().st_mtime, path) for path in folder.glob(f"*{_SUFFIX}")), reverse=True)
    for number, (when, path) in enumerate(used):
        if number >= LATEST or when < time.time() - DAYS * 86_400:
            path.unlink(missing_ok=True)
    for path in folder.glob(f"*{_WRITING}"):
        with path.open("rb") as file, contextlib.suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # its run is gone
            path.unlink(missing_ok=True)
