"""Reports: views of what CLEAN holds. They read the tables and decide nothing.

Each module here named in ``REPORTS`` is a report that is written to files: it has ``write(clean, folder, raw)``, which puts them into a
folder and returns the one to open. ``terminal`` holds what is printed, ``github`` what a run says to the pull request it is part of.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib
import os
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Protocol

import msgspec

from cleaner.cache import code_sha256
from cleaner.errors import FolderError
from cleaner.output import RUN, read_run, strerror, table_path

REPORTS = ("html", "markdown", "sarif")
"""Every report there is."""
FOLDER = "report"
"""Where a run puts its reports, in CLEAN."""
MARKER = ".cleaner-report"
"""A file in a folder of reports: it is ours, and the next reports may take its place. It says what they were drawn from."""


class Report(Protocol):
    """A report that is written to files. ``raw`` is what goes before a path of CLEAN so that the repository has it, such as ``raw/``."""

    def write(self, clean: Path, folder: Path, raw: str) -> Path: ...


class Drawn(msgspec.Struct, frozen=True):
    """What the marker says: the hash of run.json and of the code that drew, the files to open, and every file's size."""

    drawn_from: str
    opened: list[str]
    sizes: dict[str, int]


def write_reports(clean: Path, folder: Path, names: Collection[str], raw: Path | None = None, *, again: bool = True) -> list[Path]:
    """Put the named reports of CLEAN in the place of those in ``folder``; none at all take them away. Returns the file to open of each.

    ``raw`` is the folder that was cleaned, where it is known. What was there counts until the new ones are whole. A folder that
    holds no report of ours is a FolderError and is left alone; files that somebody laid beside our reports stay. Where ``again`` is
    false, reports that the same code has drawn from a CLEAN with the same run.json stay as they are.
    """
    if not names:
        with contextlib.suppress(FolderError):  # nothing of ours, so there is nothing to take away
            _check_ours(folder)
            _take_away(folder)
        return []
    _check_ours(folder)
    read_run(clean)  # a letter where there is none
    run = hashlib.sha256(table_path(clean, RUN).read_bytes()).hexdigest()
    before = in_repository(raw)
    drawn_from = hashlib.sha256(f"{run} {code_sha256()} {before} {' '.join(names)}".encode()).hexdigest()
    if not again and (drawn := _drawn(folder)) is not None and drawn.drawn_from == drawn_from and drawn.sizes.items() <= _sizes(folder).items():
        return [folder / name for name in drawn.opened]
    with _writing(folder) as new:
        opened = [str(report(name).write(clean, new, before).relative_to(new)) for name in names]
        (new / MARKER).write_bytes(msgspec.json.encode(Drawn(drawn_from, opened, _sizes(new))))
    return [folder / name for name in opened]


def _drawn(folder: Path) -> Drawn | None:
    try:
        return msgspec.json.decode((folder / MARKER).read_bytes(), type=Drawn)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _sizes(folder: Path) -> dict[str, int]:
    """The size of every file of the reports in a folder."""
    return {str(path.relative_to(folder)): path.stat().st_size for path in sorted(folder.rglob("*")) if path.is_file() and path.name != MARKER}


def _others(folder: Path) -> list[Path]:
    """What lies among our reports and is none, such as somebody's notes: the marker names every file that we wrote."""
    if (drawn := _drawn(folder)) is None:
        return []
    files = (path for path in sorted(folder.rglob("*")) if path.is_symlink() or not path.is_dir())
    return [path for path in files if path.name != MARKER and str(path.relative_to(folder)) not in drawn.sizes]


def _take_away(folder: Path) -> None:
    """Remove the reports in a folder, and the folder where nothing else lies in it; beside something else the marker stays."""
    others = set(_others(folder))
    for path in sorted(folder.rglob("*"), reverse=True):
        with contextlib.suppress(OSError):  # a folder that is not empty
            if path.is_dir() and not path.is_symlink():
                path.rmdir()
            elif path not in others and not (others and path.name == MARKER):
                path.unlink()
    if not others:
        shutil.rmtree(folder.resolve(), ignore_errors=True)


def report(name: str) -> Report:
    """One report by its name."""
    return importlib.import_module(f"{__name__}.{name}")


def in_repository(raw: Path | None) -> str:
    """What goes before a path below RAW so that it is one of the repository (on GitHub) or of the working folder; nothing where RAW lies outside.

    >>> in_repository(Path("raw/")), in_repository(Path(".")), in_repository(Path("/elsewhere/raw")), in_repository(None)
    ('raw/', '', '', '')
    """
    if raw is None:
        return ""
    path = os.path.relpath(raw, os.environ.get("GITHUB_WORKSPACE") or ".")
    return "" if path == "." or path.split("/")[0] == ".." else f"{path}/"


def _check_ours(folder: Path) -> None:
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise FolderError(f"{folder}: cannot be used for reports ({strerror(error)}). Give another folder, or `--report none`.") from error
    if names and MARKER not in names:
        raise FolderError(f"{folder}: not empty, and no report of ours. Empty it, or give another folder to `cleaner report CLEAN -o DIR`.")


@contextlib.contextmanager
def _writing(folder: Path) -> Iterator[Path]:
    """A folder beside ``folder`` that takes its place at the end, with what lay there and is not ours. Of a link it is the folder behind it."""
    folder = folder.resolve() if folder.is_symlink() else folder
    new, old = (folder.with_name(f".{folder.name}-{what}") for what in ("writing", "old"))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder.parent, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise FolderError(f"{folder}: cannot be made ({strerror(error)}). Check the permissions, or give another folder.") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if old.is_dir() and not folder.exists():  # a run was killed between the two renames
            old.rename(folder)
        for left in (new, old):
            _clear(left)
        new.mkdir()
        yield new
        for path in _others(folder):
            if not os.path.lexists(there := new / path.relative_to(folder)):
                there.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, there, follow_symlinks=False)
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    except OSError as error:
        raise FolderError(f"{folder}: cannot be written ({strerror(error)}). Check permissions and space, or give another folder.") from error
    finally:
        for left in (new, old):
            shutil.rmtree(left, ignore_errors=True)
        os.close(lock)


def _clear(left: Path) -> None:
    """Remove what a run before has left beside the reports."""
    try:
        if left.is_symlink():
            left.unlink()
        elif left.exists():
            shutil.rmtree(left)
    except OSError as error:
        raise FolderError(f"{left}: old reports that cannot be removed ({strerror(error)}). Remove them, or make them writable.") from error
