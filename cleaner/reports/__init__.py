"""Reports: views of what CLEAN holds. They read the tables and decide nothing.

Each module here named in ``REPORTS`` is a report that is written to files: it has ``write(clean, folder, raw)``, which puts them into a
folder and returns the one to open. ``terminal`` holds what is printed, ``github`` what a run says to the pull request it is part of.
"""

from __future__ import annotations

import contextlib
import fcntl
import importlib
import os
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Protocol

from cleaner.errors import FolderError
from cleaner.output import strerror

REPORTS = ("html", "markdown", "sarif")
"""Every report there is."""
FOLDER = "report"
"""Where a run puts its reports, in CLEAN."""
MARKER = ".cleaner-report"
"""An empty file in a folder of reports: it is ours, and the next reports may take its place."""


class Report(Protocol):
    """A report that is written to files. ``raw`` is what goes before a path of CLEAN so that the repository has it, such as ``raw/``."""

    def write(self, clean: Path, folder: Path, raw: str) -> Path: ...


def write_reports(clean: Path, folder: Path, names: Collection[str], raw: Path | None = None) -> list[Path]:
    """Put the named reports of CLEAN in the place of those in ``folder``; none at all take them away. Returns the file to open of each.

    ``raw`` is the folder that was cleaned, where it is known. What was there counts until the new ones are whole. A folder that
    holds something else is a FolderError and is left alone.
    """
    _check_ours(folder)
    if not names:
        shutil.rmtree(folder, ignore_errors=True)
        return []
    with _writing(folder) as new:
        opened = [report(name).write(clean, new, in_repository(raw)) for name in names]
        (new / MARKER).touch()
    return [folder / path.relative_to(new) for path in opened]


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
    """A folder beside ``folder`` that takes its place at the end."""
    new, old = (folder.with_name(f".{folder.name}-{what}") for what in ("writing", "old"))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder.parent, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise FolderError(f"{folder}: cannot be made ({strerror(error)}). Check the permissions, or give another folder.") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in (new, old):
            shutil.rmtree(left, ignore_errors=True)
        new.mkdir()
        yield new
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    except OSError as error:
        raise FolderError(f"{folder}: cannot be written ({strerror(error)}). Check permissions and space, or give another folder.") from error
    finally:
        for left in (new, old):
            shutil.rmtree(left, ignore_errors=True)
        os.close(lock)
