"""A folder in, a folder out: the plan's shards are shared among processes, and rows are written as they come.

Results come back in the order of the plan, so memory does not grow with the number of files and any number of workers
gives the same bytes.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import hashlib
import os
import posixpath
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from cleaner.cache import Cache, Outcome, cache_key, check_cache
from cleaner.errors import CleanerError, FolderError, OptionsError, RestoreError, UnreadableFile, UsageError
from cleaner.gates import Passed, Watch
from cleaner.options import Gates, Options, options_sha256
from cleaner.output import READY, RUN, check_folders, finish, writing
from cleaner.plan import Part, plan, unreadable_reason
from cleaner.readers import Source, readers
from cleaner.records import SCHEMA_VERSION, TABLES, ArticleRow, Counts, DocumentRow, EditRow, Input, Run, TableFile, UnreadableRow, rows
from cleaner.view import kind
from cleaner.writers import writer

if TYPE_CHECKING:
    # What only a document or a second process needs is loaded by the first: a run that finds everything in the cache has neither.
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.process import BaseProcess

    from cleaner.clean import Cleaner

SHOWN = 20
"""Unreadable rows that are kept for the summary; the table has them all."""

UNREADABLE = list(TABLES).index("unreadable")

Progress = Callable[[int], object]


@dataclass(slots=True)
class Summary:
    """What a run did. ``unreadable`` holds the first of the rows of that table, ``differences`` is for ``--check``.

    ``passed`` holds the gates that the run has passed, ``notes`` what who ran it should know.
    """

    clean: Path
    run: Run
    unreadable: list[UnreadableRow] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    passed: list[Passed] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def counts(self) -> Counts:
        return self.run.counts


def clean_folder(
    raw: Path | str, clean: Path | str, options: Options | None = None, *,
    jobs: int = 1, progress: Progress | None = None, cache: Path | str | None = None, gates: Gates | None = None,
) -> Summary:
    """Clean every file of RAW into the tables of CLEAN; ``jobs`` worker processes, 0 for one per core, four per core at most.

    ``progress`` is called with the number of files done. ``cache`` is a folder for what the next run need not do again; with it
    or without it the bytes are the same. ``gates`` that the run has passed stand in the summary; the tables are written all the
    same. Raises FolderError when RAW or CLEAN cannot be used; a file or row that cannot be read is a row in the table
    ``unreadable`` and stops nothing.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     raw = Path(folder, "raw")
    ...     raw.mkdir()
    ...     _ = Path(raw, "a.txt").write_text("Harbour reopens\\n\\nThe harbour reopened on Friday, the port said.")
    ...     clean_folder(raw, Path(folder, "clean")).counts.articles
    1
    """
    raw, clean = Path(raw), Path(clean)
    with _work(raw, clean, options, cache) as (worker, known), writing(clean) as (folder, lock):
        summary = _write(worker, known, Watch(gates or Gates()), folder, jobs, progress, lock)
        folder.rename(clean / READY)
        finish(clean)
    summary.clean = clean
    summary.notes += [known.note] if known and known.note else []
    return summary


@contextlib.contextmanager
def check_folder(
    raw: Path | str, clean: Path | str, options: Options | None = None, *,
    jobs: int = 1, progress: Progress | None = None, cache: Path | str | None = None, gates: Gates | None = None,
) -> Iterator[Summary]:
    """What a run would write, in a folder of its own for as long as the context lasts; ``differences`` to CLEAN, which is not touched."""
    import tempfile

    from cleaner.differences import differences

    raw, clean = Path(raw), Path(clean)
    with tempfile.TemporaryDirectory(prefix="cleaner-") as folder:
        with _work(raw, clean, options, cache) as (worker, known):
            summary = _write(worker, known, Watch(gates or Gates()), Path(folder), jobs, progress, None)
        summary.clean = Path(folder)
        summary.differences = differences(Path(folder), clean)
        summary.notes += [known.note] if known and known.note else []
        yield summary


# -- the work ----------------------------------------------------------------------------------------------------------


MOST_PER_CORE = 4
"""Worker processes per core beyond which ``jobs`` is not followed."""


class Worker:
    """Cleans parts of one RAW with one set of options. What it cleans with is loaded when there is something to clean."""

    def __init__(self, raw: Path, options: Options) -> None:
        self.raw, self.options = os.fspath(raw), options
        self.written = options.as_written()
        self.encode = msgspec.json.Encoder().encode_lines
        self.readers = readers()

    @functools.cached_property
    def cleaner(self) -> Cleaner:
        """Options that cannot be used are an OptionsError here."""
        from cleaner.clean import Cleaner

        cleaner = Cleaner(self.options)
        if self.options.as_written() != self.written:  # run.json and the cache would speak of other files than those that were used
            raise OptionsError("a file that the options name has changed since the run began. Run again.")
        return cleaner

    def keep_names(self) -> list[str]:
        """The entries of the keep list, by the names that the summary gives them."""
        if self.options.keep is None:
            return []
        from cleaner.keep import KeepList

        return [entry.name for entry in KeepList.load(self.options.keep).entries]

    def clean(self, parts: Sequence[Part]) -> list[Outcome]:
        """What the parts give, with the collector at rest: what a part makes holds no cycles and is gone when it is written."""
        collecting = gc.isenabled()
        gc.disable()
        try:
            return [self._clean(part) for part in parts]
        finally:
            if collecting:
                gc.enable()

    def _clean(self, part: Part) -> Outcome:
        articles: list[ArticleRow] = []
        edits: list[EditRow] = []
        documents: list[DocumentRow] = []
        unreadable: list[UnreadableRow] = []
        keep: Counter[str] = Counter()
        chars = 0
        source = self._source(part)
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
        tables = (articles, edits, documents, unreadable)
        return Outcome(
            part.path,
            part.first,
            source.sha256,
            tuple([self.encode(table) for table in tables]),
            tuple([len(table) for table in tables]),
            sum([row.words for row in articles]),
            chars,
            sum([row.removed_chars for row in articles]),
            Counter([f"{row.rule} {kind(row)}" for row in edits]),
            keep,
        )

    def known(self, part: Part, cache: Cache | None) -> Outcome | None:
        """What a part gives, where that takes no cleaning: nobody reads it, or the cache has it."""
        if part.reason:
            return self._clean(part)
        return None if cache is None else cache.find(part, lambda: self._sha256(part))

    def _sha256(self, part: Part) -> str:
        if not part.sha256:
            source = self._source(part)
            try:
                source.read()
            except OSError:
                return ""
            return source.sha256
        return part.sha256

    def _source(self, part: Part) -> Source:
        return Source(part.path, f"{self.raw}/{part.path}", part.start, part.end, part.first)


@contextlib.contextmanager
def _work(raw: Path, clean: Path, options: Options | None, folder: Path | str | None) -> Iterator[tuple[Worker, Cache | None]]:
    """Who does the work, and the cache. Folders and options that cannot be used are told here, before anything is written."""
    worker = Worker(raw, options or Options())
    check_folders(raw, clean)
    with contextlib.ExitStack() as stack:
        cache = None
        if folder is not None:
            check_cache(Path(folder), raw)
            cache = stack.enter_context(Cache(Path(folder), cache_key(raw, Path(folder), worker.written)))
        if cache is None or not cache.known:
            _ = worker.cleaner
        yield worker, cache


_worker: Worker
"""This process's worker: made before the fork, so that the facts are loaded once."""


def _begin(lock: int | None) -> None:
    """In a new worker process: let go of the lock, and end when the run is killed, since the executor's own workers would wait for ever."""
    from multiprocessing import parent_process

    if lock is not None:
        os.close(lock)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run itself is told, and ends us
    gc.freeze()
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _clean_parts(parts: Sequence[Part]) -> list[Outcome]:
    return _worker.clean(parts)


@contextlib.contextmanager
def _pool(worker: Worker, jobs: int, lock: int | None) -> Iterator[ProcessPoolExecutor]:
    """Worker processes that clean."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    global _worker
    _worker = worker
    # Forked, so that nothing is loaded twice and a caller's script needs no `if __name__ == "__main__"`.
    with ProcessPoolExecutor(jobs, get_context("fork"), _begin, (lock,)) as pool:
        try:
            yield pool
        except BrokenProcessPool as error:
            raise CleanerError("a worker process ended in the middle of its work, perhaps for want of memory. Try fewer with -j.") from error
        finally:
            pool.shutdown(cancel_futures=True)


def _outcomes(worker: Worker, cache: Cache | None, jobs: int, lock: int | None) -> Generator[list[tuple[Part, Outcome]], None, None]:
    """The outcomes of the plan, shard by shard in its order: those that are known, and those that are cleaned here or by workers."""
    waiting: deque[tuple[list[Part], list[Outcome | None], Future[list[Outcome]]]] = deque()
    with contextlib.ExitStack() as stack:
        pool: ProcessPoolExecutor | None = None
        begun = False
        for shard in plan(worker.raw):
            known = [worker.known(part, cache) for part in shard]
            missing = [part for part, outcome in zip(shard, known, strict=True) if outcome is None]
            # The first copy is cleaned here: what it leaves in memory (the facts, the looks of lines, and the language model where it
            # needs one) is there for every worker, and a run so small needs none.
            if jobs == 1 or not begun or not missing and not waiting:
                begun = begun or bool(missing)
                yield _filled(shard, known, worker.clean(missing))
                continue
            pool = pool or stack.enter_context(_pool(worker, jobs, lock))
            waiting.append((shard, known, pool.submit(_clean_parts, missing)))
            if len(waiting) > 3 * jobs:  # enough that nobody waits, few enough that results do not pile up
                shard, known, cleaned = waiting.popleft()
                yield _filled(shard, known, cleaned.result())
        for shard, known, cleaned in waiting:
            yield _filled(shard, known, cleaned.result())


def _filled(shard: Sequence[Part], known: Sequence[Outcome | None], cleaned: Sequence[Outcome]) -> list[tuple[Part, Outcome]]:
    """Every part with its outcome: the known ones, and between them those that were cleaned, in order."""
    made = iter(cleaned)
    return [(part, next(made) if outcome is None else outcome) for part, outcome in zip(shard, known, strict=True)]


class _Tally:
    """What the outcomes add up to."""

    def __init__(self) -> None:
        self.rows = [0] * len(TABLES)
        self.hashes = hashlib.sha256()
        self.files = self.words = self.chars = self.removed_chars = 0
        self.edits: Counter[str] = Counter()
        self.keep: Counter[str] = Counter()
        self.unreadable: list[UnreadableRow] = []

    def add(self, part: Part, outcome: Outcome) -> None:
        if part.last:
            self.files += 1
            self.hashes.update(f"{part.path}\0{part.whole or outcome.sha256}\n".encode())
        for place, number in enumerate(outcome.rows):
            self.rows[place] += number
        self.words += outcome.words
        self.chars += outcome.chars
        self.removed_chars += outcome.removed_chars
        for name, number in outcome.edits.items():
            self.edits[name] += number
        for name, number in outcome.keep.items():
            self.keep[name] += number
        if outcome.rows[UNREADABLE] and len(self.unreadable) < SHOWN:
            found = msgspec.json.Decoder(UnreadableRow).decode_lines(outcome.lines[UNREADABLE])
            self.unreadable += found[: SHOWN - len(self.unreadable)]

    def run(self, worker: Worker, sha256: Mapping[str, str]) -> Run:
        """The run.json of tables with these hashes."""
        import importlib.metadata

        by_rule: dict[str, dict[str, int]] = {}
        for name, number in sorted(self.edits.items()):
            rule, what = name.split(" ")
            by_rule.setdefault(rule, {})[what] = number
        rows, format = dict(zip(TABLES, self.rows, strict=True)), worker.options.format
        keep = {name: self.keep[name] for name in worker.keep_names()}
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
    if jobs < 0:
        raise UsageError(f"jobs: {jobs} is no number of processes. Give 1 or more, or 0 for one per core.")
    cores = os.cpu_count() or 1
    return min(jobs, MOST_PER_CORE * cores) if jobs else cores


def _write(worker: Worker, cache: Cache | None, watch: Watch, folder: Path, jobs: int, progress: Progress | None, lock: int | None) -> Summary:
    """Write the tables and run.json of RAW into a folder."""
    format = worker.options.format
    form = writer(format)
    tally = _Tally()
    with contextlib.ExitStack() as stack:
        tables = [stack.enter_context(form.Table(folder / f"{name}.{format}", row)) for name, row in TABLES.items()]
        shards = stack.enter_context(contextlib.closing(_outcomes(worker, cache, _workers(jobs), lock)))
        for shard in shards:
            lines = [b"".join([outcome.lines[place] for _, outcome in shard]) for place in range(len(tables))]
            for table, some in zip(tables, lines, strict=True):
                table.append(some)
            watch.look(dict(zip(TABLES, lines, strict=True)))
            for part, outcome in shard:
                tally.add(part, outcome)
                if cache is not None:
                    cache.keep(outcome)
            if progress:
                progress(tally.files)
        if not tally.files:
            raise FolderError(f"{worker.raw}: there is nothing in it (hidden files are skipped). Give the folder with the scraped copy.")
        run = tally.run(worker, {name: table.close() for name, table in zip(TABLES, tables, strict=True)})
    (folder / RUN).write_bytes(msgspec.json.format(msgspec.json.encode(run), indent=2) + b"\n")
    return Summary(folder, run, tally.unreadable, passed=watch.passed(run.counts.unreadable))
