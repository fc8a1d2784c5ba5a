"""A folder in, a folder out: the plan's shards are shared among processes, and rows are written as they come.

Results come back in the order of the plan, so memory does not grow with the number of files and any number of workers
gives the same bytes.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import multiprocessing
import os
import posixpath
import signal
import tempfile
import threading
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from cleaner.clean import Cleaner
from cleaner.differences import differences
from cleaner.errors import CleanerError, FolderError, RestoreError, UnreadableFile
from cleaner.model import Status
from cleaner.options import Options, options_sha256
from cleaner.output import READY, RUN, check_folders, finish, writing
from cleaner.plan import Part, plan, unreadable_reason
from cleaner.readers import Source, readers
from cleaner.records import SCHEMA_VERSION, TABLES, ArticleRow, Counts, DocumentRow, EditRow, Input, Run, TableFile, UnreadableRow, rows
from cleaner.writers import writer

SHOWN = 20
"""Unreadable rows that are kept for the summary; the table has them all."""

Progress = Callable[[int], object]


@dataclass(slots=True)
class Summary:
    """What a run did. ``unreadable`` holds the first of the rows of that table, ``differences`` is for ``--check``."""

    clean: Path
    run: Run
    unreadable: list[UnreadableRow] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)

    @property
    def counts(self) -> Counts:
        return self.run.counts


def clean_folder(raw: Path | str, clean: Path | str, options: Options | None = None, *, jobs: int = 1, progress: Progress | None = None) -> Summary:
    """Clean every file of RAW into the tables of CLEAN; ``jobs`` worker processes, 0 for one per core, four per core at most.

    ``progress`` is called with the number of files done. Raises FolderError when RAW or CLEAN cannot be used; a file or
    row that cannot be read is a row in the table ``unreadable`` and stops nothing.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     raw = Path(folder, "raw")
    ...     raw.mkdir()
    ...     _ = Path(raw, "a.txt").write_text("Harbour reopens\\n\\nThe harbour reopened on Friday, the port said.")
    ...     clean_folder(raw, Path(folder, "clean")).counts.articles
    1
    """
    raw, clean = Path(raw), Path(clean)
    worker = Worker(raw, options or Options())
    check_folders(raw, clean)
    with writing(clean) as (folder, lock):
        summary = _write(worker, folder, jobs, progress, lock)
        folder.rename(clean / READY)
        finish(clean)
    summary.clean = clean
    return summary


@contextlib.contextmanager
def check_folder(raw: Path | str, clean: Path | str, options: Options | None = None, *, jobs: int = 1, progress: Progress | None = None) -> Iterator[Summary]:
    """What a run would write, in a folder of its own for as long as the context lasts; ``differences`` to CLEAN, which is not touched."""
    raw, clean = Path(raw), Path(clean)
    worker = Worker(raw, options or Options())
    check_folders(raw, clean)
    with tempfile.TemporaryDirectory(prefix="cleaner-") as folder:
        summary = _write(worker, Path(folder), jobs, progress, None)
        summary.clean = Path(folder)
        summary.differences = differences(Path(folder), clean)
        yield summary


# -- the work ----------------------------------------------------------------------------------------------------------


MOST_PER_CORE = 4
"""Worker processes per core beyond which ``jobs`` is not followed."""


class Outcome(NamedTuple):
    """What a shard gives: the tables' lines, and what the summary counts. Small to hand over: no row is an object any more."""

    lines: tuple[bytes, ...]
    rows: tuple[int, ...]
    hashes: bytes
    files: int
    words: int
    chars: int
    removed_chars: int
    edits: Counter[tuple[str, str]]
    keep: Counter[str]
    unreadable: list[UnreadableRow]


class Worker:
    """Cleans shards of one RAW with one set of options. Options that cannot be used are an OptionsError here, before anything is written."""

    def __init__(self, raw: Path, options: Options) -> None:
        self.raw, self.options = os.fspath(raw), options
        self.written = options.as_written()
        self.cleaner = Cleaner(options)
        self.encode = msgspec.json.Encoder().encode_lines
        self.readers = readers()

    def clean(self, shard: list[Part]) -> Outcome:
        """The shard's rows, with the collector at rest: what a shard makes holds no cycles and is gone when it is written."""
        collecting = gc.isenabled()
        gc.disable()
        try:
            return self._clean(shard)
        finally:
            if collecting:
                gc.enable()

    def _clean(self, shard: list[Part]) -> Outcome:
        articles: list[ArticleRow] = []
        edits: list[EditRow] = []
        documents: list[DocumentRow] = []
        unreadable: list[UnreadableRow] = []
        hashes: list[bytes] = []
        keep: Counter[str] = Counter()
        files = chars = 0
        for part in shard:
            source = Source(part.path, f"{self.raw}/{part.path}", part.start, part.end, part.first, sha256=part.sha256)
            try:
                if part.reason:
                    raise UnreadableFile(part.reason)
                for found in self.readers[posixpath.splitext(part.path)[1].lower()].read(source, self.options.encoding):
                    if isinstance(found, UnreadableRow):
                        unreadable.append(found)
                        continue
                    try:
                        cleaned = self.cleaner.clean(found)
                        made = rows(cleaned)
                    except RestoreError as error:
                        unreadable.append(UnreadableRow(found.path, found.item, f"left out, since cleaning would lose text: {error} Please report it."))
                        continue
                    articles += made.articles
                    edits += made.edits
                    documents.append(made.document)
                    keep.update(cleaned.keeps)
                    chars += len(found.text)
            except UnreadableFile as error:
                unreadable.append(UnreadableRow(part.path, None, str(error)))
            except OSError as error:
                unreadable.append(UnreadableRow(part.path, None, unreadable_reason(error)))
            if part.last:
                files += 1
                hashes.append(f"{part.path}\0{source.sha256}\n".encode())
        tables = (articles, edits, documents, unreadable)
        return Outcome(
            tuple([self.encode(table) for table in tables]),
            tuple([len(table) for table in tables]),
            b"".join(hashes),
            files,
            sum([row.words for row in articles]),
            chars,
            sum([row.removed_chars for row in articles]),
            Counter([(row.rule, str(row.op) if row.status is Status.APPLIED else str(row.status)) for row in edits]),
            keep,
            unreadable[:SHOWN],
        )


_worker: Worker
"""This process's worker: made before the fork, so that the facts are loaded once."""


def _begin(lock: int | None) -> None:
    """In a new worker process: let go of the lock, and end when the run is killed, since the executor's own workers would wait for ever."""
    if lock is not None:
        os.close(lock)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run itself is told, and ends us
    gc.freeze()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _clean_shard(shard: list[Part]) -> Outcome:
    return _worker.clean(shard)


def _outcomes(worker: Worker, jobs: int, lock: int | None) -> Generator[Outcome, None, None]:
    """The outcomes of the plan's shards, in its order."""
    global _worker
    shards = plan(worker.raw)
    if jobs == 1:
        yield from map(worker.clean, shards)
        return
    # The first shard is cleaned here: what it leaves in memory (the facts, the looks of lines, and the language model where
    # its copy needs one) is there for every worker, and a run so small needs none.
    first = [worker.clean(shard) for shard in islice(shards, 1)]
    _worker = worker
    # Forked, so that nothing is loaded twice and a caller's script needs no `if __name__ == "__main__"`.
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork"), _begin, (lock,)) as pool:
        try:
            outcomes = _in_order(pool, shards, jobs)
            first += islice(outcomes, 1)  # forks the workers; only then may the caller see anything, who may start a thread
            yield from first
            yield from outcomes
        except BrokenProcessPool as error:
            raise CleanerError("a worker process ended in the middle of its work, perhaps for want of memory. Try fewer with -j.") from error
        finally:
            pool.shutdown(cancel_futures=True)


def _in_order(pool: ProcessPoolExecutor, shards: Iterable[list[Part]], jobs: int) -> Iterator[Outcome]:
    waiting: deque[Future[Outcome]] = deque()
    for shard in shards:
        waiting.append(pool.submit(_clean_shard, shard))
        if len(waiting) > 3 * jobs:  # enough that nobody waits, few enough that results do not pile up
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


class _Tally:
    """What the outcomes add up to."""

    def __init__(self) -> None:
        self.rows = dict.fromkeys(TABLES, 0)
        self.hashes = hashlib.sha256()
        self.files = self.words = self.chars = self.removed_chars = 0
        self.edits: Counter[tuple[str, str]] = Counter()
        self.keep: Counter[str] = Counter()
        self.unreadable: list[UnreadableRow] = []

    def add(self, outcome: Outcome) -> None:
        for name, number in zip(TABLES, outcome.rows, strict=True):
            self.rows[name] += number
        self.hashes.update(outcome.hashes)
        self.files += outcome.files
        self.words += outcome.words
        self.chars += outcome.chars
        self.removed_chars += outcome.removed_chars
        self.edits.update(outcome.edits)
        self.keep.update(outcome.keep)
        self.unreadable += outcome.unreadable[: SHOWN - len(self.unreadable)]

    def run(self, worker: Worker, sha256: Mapping[str, str]) -> Run:
        """The run.json of tables with these hashes."""
        import importlib.metadata

        by_rule: dict[str, dict[str, int]] = {}
        for (rule, what), number in sorted(self.edits.items()):
            by_rule.setdefault(rule, {})[what] = number
        rows, format = self.rows, worker.options.format
        keep = {entry.name: self.keep[entry.name] for entry in worker.cleaner.keep.entries}
        return Run(
            tool="cleaner",
            version=importlib.metadata.version("cleaner"),
            schema_version=SCHEMA_VERSION,
            options=worker.written,
            options_sha256=options_sha256(worker.written),
            input=Input(self.files, self.hashes.hexdigest()),
            counts=Counts(self.files, rows["documents"], rows["articles"], rows["unreadable"], self.words, self.chars, self.removed_chars, by_rule, keep),
            tables={f"{name}.{format}": TableFile(rows[name], sha256[name]) for name in TABLES},
        )


def _workers(jobs: int) -> int:
    """How many processes work: what was asked for, one per core for 0, and never so many that they only wait for each other."""
    cores = os.cpu_count() or 1
    return min(jobs, MOST_PER_CORE * cores) if jobs else cores


def _write(worker: Worker, folder: Path, jobs: int, progress: Progress | None, lock: int | None) -> Summary:
    """Write the tables and run.json of RAW into a folder."""
    format = worker.options.format
    form = writer(format)
    tally = _Tally()
    with contextlib.ExitStack() as stack:
        tables = [stack.enter_context(form.Table(folder / f"{name}.{format}", row)) for name, row in TABLES.items()]
        outcomes = stack.enter_context(contextlib.closing(_outcomes(worker, _workers(jobs), lock)))
        for outcome in outcomes:
            for table, lines in zip(tables, outcome.lines, strict=True):
                table.append(lines)
            tally.add(outcome)
            if progress:
                progress(tally.files)
        if not tally.files:
            raise FolderError(f"{worker.raw}: there is nothing in it (hidden files are skipped). Give the folder with the scraped copy.")
        run = tally.run(worker, {name: table.close() for name, table in zip(TABLES, tables, strict=True)})
    (folder / RUN).write_bytes(msgspec.json.format(msgspec.json.encode(run), indent=2) + b"\n")
    return Summary(folder, run, tally.unreadable)
