"""CLEAN as a folder: whether it is ours, how a new output is put in its place, what it holds.

A new output is made in a folder inside CLEAN. When it is whole that folder gets another name, which is one step: before
it the old output counts, after it the new one, whenever the run is killed.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec

from cleaner.errors import CleanerError, FolderError, RestoreError
from cleaner.records import Run
from cleaner.writers import Row, formats, table_names, writer

RUN = "run.json"
WRITING = ".cleaner-writing"
"""The new output while it is made. A killed run leaves it; the next one wipes it."""
READY = ".cleaner-ready"
"""The new output once it is whole. Whoever finds it reads from it, and the next run finishes the renames."""


def check_folders(raw: Path, clean: Path) -> None:
    if not raw.is_dir():
        if raw.exists():
            raise FolderError(f"{raw}: no folder. Give the folder that holds it, or `clean - < FILE` for one file.")
        raise FolderError(f"{raw}: there is no such folder. Give the folder with the scraped copy first, then the one for the records.")
    here, there = raw.resolve(), clean.resolve()
    if here == there or here in there.parents or there in here.parents:
        raise FolderError(f"{clean}: RAW and CLEAN are one inside the other, so a run would read its own output. Give two folders side by side.")
    try:
        names = [path.name for path in clean.iterdir()]
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise FolderError(f"{clean}: no folder. Give a folder for the records; it is made where there is none.") from None
    except OSError as error:
        raise FolderError(f"{clean}: cannot be read ({strerror(error)}). Check its permissions.") from error
    if any(not name.startswith(".") for name in names) and not _is_ours(clean):
        raise FolderError(f"{clean}: not empty, and no output of ours (it has no run.json that we wrote). Give an empty folder, or empty it yourself.")


def _is_ours(clean: Path) -> bool:
    if (clean / READY / RUN).exists():
        return True
    try:
        run = msgspec.json.decode((clean / RUN).read_bytes())
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False
    return isinstance(run, dict) and run.get("tool") == "cleaner"


@contextlib.contextmanager
def writing(clean: Path) -> Iterator[tuple[Path, int]]:
    """A folder for the new output, and the lock that keeps a second run out of CLEAN."""
    try:
        clean.mkdir(parents=True, exist_ok=True)
        lock = os.open(clean, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise FolderError(f"{clean}: cannot be made or opened ({strerror(error)}). Check the permissions, or give another folder.") from error
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderError(f"{clean}: another run is writing there. Wait for it, or give another folder.") from None
        folder = clean / WRITING
        try:
            finish(clean)
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            yield folder, lock
        except OSError as error:
            raise FolderError(f"{clean}: cannot be written ({strerror(error)}). What was there before is whole; check permissions and space.") from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)


def finish(clean: Path) -> None:
    """Put an output that is whole in its place, run.json last. A run that was killed in between is finished by the next one."""
    ready = clean / READY
    try:
        names = {path.name for path in ready.iterdir()}
    except FileNotFoundError:
        return
    if RUN in names:
        for name in sorted(names - {RUN}):
            (ready / name).replace(clean / name)
        tables = msgspec.json.decode((ready / RUN).read_bytes(), type=Run).tables
        for name in table_names() - tables.keys():  # of a run in another format
            (clean / name).unlink(missing_ok=True)
        (ready / RUN).replace(clean / RUN)
    ready.rmdir()


def table_path(clean: Path, name: str) -> Path:
    """Where a file of CLEAN lies: in the folder of an output that is whole but not yet in place, else in CLEAN."""
    ready = clean / READY / name
    return ready if ready.exists() else clean / name


def read_run(clean: Path) -> Run:
    """The run that made CLEAN. A FolderError where there is none."""
    try:
        return msgspec.json.decode(table_path(clean, RUN).read_bytes(), type=Run)
    except OSError as error:
        raise FolderError(f"{clean}: no output of ours (run.json: {strerror(error)}). Give the folder that `clean RAW CLEAN` wrote.") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise FolderError(f"{clean}: its run.json is not one that we wrote ({error}). Give the folder that `clean RAW CLEAN` wrote.") from error


def read_table(clean: Path, name: str, row: type[Row]) -> Iterator[Row]:
    """The rows of one table of CLEAN. Raises FolderError where CLEAN is none, RestoreError where the table is missing or not ours."""
    format = read_run(clean).options.get("format")
    if format not in formats():
        raise FolderError(f"{clean}: its run.json is not one that we wrote (it names no format). Give the folder that `clean RAW CLEAN` wrote.")
    path = table_path(clean, f"{name}.{format}")
    if not path.exists():
        raise RestoreError(f"{clean}: {path.name} is missing. Run `clean` again.")
    return writer(format).read(path, row)


@contextlib.contextmanager
def one_run(*outputs: Path) -> Iterator[None]:
    """All that is read of these outputs in here is of one run each: another run that puts its own there meanwhile is a FolderError.

    Nobody waits for anybody: a run may take an hour, and so may somebody who reads.
    """
    before = [_run_bytes(clean) for clean in outputs]

    def check() -> None:
        for clean, run in zip(outputs, before, strict=True):
            if _run_bytes(clean) != run:
                raise FolderError(f"{clean}: another run has put its output there while it was read. Do it again.")

    try:
        yield
    except (CleanerError, OSError):  # such as tables that do not go together, or one that is gone
        check()
        raise
    check()


def _run_bytes(clean: Path) -> bytes | None:
    """run.json, which holds the hash of every table; None where there is none. It never lies in two places, but may change its place."""
    for place in (clean / READY / RUN, clean / RUN):
        with contextlib.suppress(OSError):
            return place.read_bytes()
    return None


def has_output(clean: Path) -> bool:
    """Whether CLEAN holds an output at all, be it whole or not."""
    return table_path(clean, RUN).exists()


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in the place of another in one step: whenever we are killed, the old one is there or the new one."""
    path = path.resolve()  # where a link points, the link stays
    new = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, new)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def strerror(error: OSError) -> str:
    """What the system says, without the path: it may be absolute, and a letter says the path itself."""
    return (error.strerror or str(error)).lower()
