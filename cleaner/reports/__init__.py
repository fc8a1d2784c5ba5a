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
from cleaner.output import RUN, one_run, read_run, strerror, table_path

REPORTS = ("html", "markdown", "sarif")
"""Every report there is."""
FOLDER = "report"
"""Where a run puts its reports, in CLEAN."""
MARKER = ".cleaner-report"
"""A file in a folder of reports: it is ours, and the next reports may take its place. It says what they were drawn from."""


class Report(Protocol):
    """A report that is written to files. ``raw`` is what goes before a path of CLEAN so that the repository has it, such as ``raw/``."""

    def write(self, clean: Path, folder: Path, raw: str) -> Path: ...


class Marker(msgspec.Struct, frozen=True):
    """What the file ``MARKER`` says: the hash of what the reports were drawn from, the files to open, and every file's size."""

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
        if _marker(folder) is not None:
            _take_away(folder)
        return []
    _check_ours(folder)
    read_run(clean)  # a letter where there is none, before anything is made
    before = in_repository(raw) or ""  # else addresses count from RAW
    if not again and (marker := _marker(folder)) is not None and marker.drawn_from == _drawn_from(clean, before, names):
        if marker.sizes.items() <= _sizes(folder).items():
            return [folder / name for name in marker.opened]
    with _writing(folder) as new, one_run(clean):
        drawn_from = _drawn_from(clean, before, names)  # made now: while we waited for the lock another run may have put its output into CLEAN
        opened = [str(report(name).write(clean, new, before).relative_to(new)) for name in names]
        (new / MARKER).write_bytes(msgspec.json.encode(Marker(drawn_from, opened, _sizes(new))))
    return [folder / name for name in opened]


def _drawn_from(clean: Path, before: str, names: Collection[str]) -> str:
    """The hash of run.json, of the code that draws, and of what it was asked for."""
    run = hashlib.sha256(table_path(clean, RUN).read_bytes()).hexdigest()
    return hashlib.sha256(f"{run} {code_sha256()} {before} {' '.join(names)}".encode()).hexdigest()


def _marker(folder: Path) -> Marker | None:
    try:
        return msgspec.json.decode((folder / MARKER).read_bytes(), type=Marker)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _sizes(folder: Path) -> dict[str, int]:
    """The size of every file of the reports in a folder."""
    return {str(path.relative_to(folder)): path.stat().st_size for path in sorted(folder.rglob("*")) if path.is_file() and path.name != MARKER}


def _others(folder: Path) -> list[Path]:
    """What lies among our reports and is none, such as somebody's notes: the marker names every file that we wrote."""
    marker = _marker(folder)
    ours = marker.sizes if marker else {}  # where it cannot be read, everything might be somebody's
    return [path for path in _files(folder) if path.name != MARKER and str(path.relative_to(folder)) not in ours]


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_symlink() or not path.is_dir()]


def report(name: str) -> Report:
    """One report by its name."""
    return importlib.import_module(f"{__name__}.{name}")


def in_repository(raw: Path | None) -> str | None:
    """What goes before a path below RAW so that it is one of the repository (on GitHub) or of the working folder; None where RAW lies outside.

    >>> in_repository(Path("raw/")), in_repository(Path(".")), in_repository(Path("/elsewhere/raw")), in_repository(None)
    ('raw/', '', None, None)
    """
    if raw is None:
        return None
    path = os.path.relpath(raw, os.environ.get("GITHUB_WORKSPACE") or ".")
    return None if path.split("/")[0] == ".." else "" if path == "." else f"{path}/"


def _check_ours(folder: Path) -> None:
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise FolderError(f"{folder}: cannot be used for reports ({strerror(error)}). Give another folder, or `--report none`.") from error
    if names and MARKER not in names:
        raise FolderError(f"{folder}: not empty, and no report of ours. Empty it, or give another folder to `cleaner report CLEAN -o DIR`.")


def _take_away(folder: Path) -> None:
    """Remove old reports, which would speak of other tables than lie beside them. Beside what is not ours the marker stays."""
    place = folder.resolve()
    try:
        if not _others(place):
            shutil.rmtree(place)
            return
        for path in set(_files(place)) - set(_others(place)):
            if path.name != MARKER:
                path.unlink()
        for within in sorted((path for path in place.rglob("*") if path.is_dir() and not path.is_symlink()), reverse=True):
            if not any(within.iterdir()):
                within.rmdir()
    except FileNotFoundError:
        pass
    except OSError as error:
        raise FolderError(f"{folder}: the old reports cannot be taken away ({strerror(error)}). Check the permissions, or take them away by hand.") from error


@contextlib.contextmanager
def _writing(folder: Path) -> Iterator[Path]:
    """A folder beside ``folder`` that takes its place at the end, with what lay there and is not ours."""
    place = folder.resolve()  # where a link points, the link stays; and "." has no name
    new, old = (place.with_name(f".{place.name}-{what}") for what in ("writing", "old"))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(place.parent, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise FolderError(f"{folder}: cannot be made ({strerror(error)}). Check the permissions, or give another folder.") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _bring_back(old, place)
        for left in (new, old):
            _clear(left)
        new.mkdir()
        yield new
        for path in _others(place):
            if not os.path.lexists(there := new / path.relative_to(place)):
                there.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, there, follow_symlinks=False)
        if place.exists():
            place.rename(old)
        new.rename(place)
    except OSError as error:
        raise FolderError(f"{folder}: cannot be written ({strerror(error)}). Check permissions and space, or give another folder.") from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
        with contextlib.suppress(OSError):  # then the old reports wait beside their place for the next who writes there
            _bring_back(old, place)
            shutil.rmtree(old, ignore_errors=True)
        os.close(lock)


def _bring_back(old: Path, place: Path) -> None:
    """Put the old reports in their place again where nothing has come into it: the second of two renames failed, or we were killed between them."""
    if old.is_dir() and not place.exists():
        old.rename(place)


def _clear(left: Path) -> None:
    """Remove what a run before has left beside the reports."""
    try:
        if left.is_symlink():
            left.unlink()
        elif left.exists():
            shutil.rmtree(left)
    except OSError as error:
        raise FolderError(f"{left}: old reports that cannot be removed ({strerror(error)}). Remove them, or make them writable.") from error
