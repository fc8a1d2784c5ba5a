"""A folder in, a folder out."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from cleaner.errors import FolderError, UsageError
from cleaner.options import Options
from cleaner.output import READY, RUN, WRITING, finish, read_run, table_path
from cleaner.plan import SHARD, plan, walk
from cleaner.records import ArticleRow, DocumentRow, EditRow, UnreadableRow
from cleaner.run import check_folder, clean_folder
from cleaner.writers import formats, writer

COPY = """Harbour reopens after storm

Ferries leave on Friday. (Port media)
Ferries leave on Friday. (Port media)
Harbour reopens after storm

The harbour reopened on Friday after three days, the port said in a statement."""


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A RAW with copy in several folders, rows and a file that nobody reads."""
    folder = tmp_path / "raw"
    (folder / "b" / "c").mkdir(parents=True)
    (folder / "a.txt").write_text(COPY)
    (folder / "b" / "one.txt").write_text("Räntan höjs\n\nRiksbanken höjer räntan, säger chefen.", "utf-8")
    (folder / "b" / "c" / "two.TXT").write_bytes(b"A line.\r\n\r\nAnother line.\r\n")
    (folder / "b.jsonl").write_text('{"title": "Harbour reopens", "text": "It reopened on Friday.", "views": 3}\n{"text": "cu', "utf-8")
    (folder / "notes.pdf").write_bytes(b"%PDF")
    (folder / ".hidden.txt").write_text("Not read.")
    return folder


def contents(clean: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in clean.iterdir()}


def unreadable(clean: Path) -> dict[str, str]:
    rows = writer("jsonl").read(clean / "unreadable.jsonl", UnreadableRow)
    return {row.path if row.item is None else f"{row.path} {row.item}": row.reason for row in rows}


def paths(clean: Path) -> list[str]:
    return [row.path for row in writer("jsonl").read(clean / "documents.jsonl", DocumentRow)]


def is_whole(clean: Path) -> bool:
    """Every table has the bytes that run.json says."""
    run = read_run(clean)
    return all(hashlib.sha256(table_path(clean, name).read_bytes()).hexdigest() == table.sha256 for name, table in run.tables.items())


# -- what is written ---------------------------------------------------------------------------------------------------


def test_a_folder_gives_four_tables_and_run_json(raw, tmp_path):
    """Everything readable is cleaned; what is not is a row with its reason; read = cleaned + unreadable."""
    summary = clean_folder(raw, tmp_path / "clean")
    clean = summary.clean
    assert set(contents(clean)) == {"articles.jsonl", "edits.jsonl", "documents.jsonl", "unreadable.jsonl", RUN}
    assert paths(clean) == ["a.txt", "b.jsonl", "b/c/two.TXT", "b/one.txt"]
    assert set(unreadable(clean)) == {"b.jsonl 1", "notes.pdf"}
    assert (summary.counts.files, summary.counts.documents, summary.counts.unreadable) == (5, 4, 2)
    articles = list(writer("jsonl").read(clean / "articles.jsonl", ArticleRow))
    assert len(articles) == summary.counts.articles == 4
    assert len(list(writer("jsonl").read(clean / "edits.jsonl", EditRow))) == sum(sum(done.values()) for done in summary.counts.edits.values())
    assert json.loads(articles[1].metadata or "") == {"views": 3}
    assert is_whole(clean)


def test_run_json_names_no_place_and_no_time(raw, tmp_path):
    """run.json of the same run is the same bytes wherever it was made."""
    first = contents(clean_folder(raw, tmp_path / "one").clean)
    os.rename(raw, tmp_path / "elsewhere")
    os.utime(tmp_path / "elsewhere" / "a.txt", (0, 0))
    assert contents(clean_folder(tmp_path / "elsewhere", tmp_path / "two" / "deeper").clean) == first
    assert str(tmp_path) not in first[RUN].decode()
    run = msgspec.json.decode(first[RUN])
    assert run["tool"] == "cleaner"
    assert run["input"]["files"] == 5
    assert run["options_sha256"] == Options().sha256


def test_any_number_of_workers_gives_the_same_bytes(tmp_path):
    """One worker and four, over many shards and a JSONL file that is cut in parts."""
    raw = tmp_path / "raw"
    raw.mkdir()
    for number in range(200):
        (raw / f"{number % 7}-{number}.txt").write_text(f"Headline {number}\n\n{COPY}")
    (raw / "b.jsonl").write_text("".join(json.dumps({"title": f"Row {number}", "text": COPY, "html": "x" * 9000}) + "\n" for number in range(200)))
    assert (raw / "b.jsonl").stat().st_size > 2 * SHARD
    one = contents(clean_folder(raw, tmp_path / "one").clean)
    assert contents(clean_folder(raw, tmp_path / "four", jobs=4).clean) == one
    rows = writer("jsonl").read(tmp_path / "one" / "documents.jsonl", DocumentRow)
    assert [row.item for row in rows if row.path == "b.jsonl"] == list(range(200))


def test_a_changed_byte_changes_the_input_hash(raw, tmp_path):
    """The hash of the input speaks of every file that was read."""
    before = clean_folder(raw, tmp_path / "clean").run.input
    (raw / "a.txt").write_text(COPY + ".")
    assert clean_folder(raw, tmp_path / "clean").run.input.sha256 != before.sha256


def test_parquet_holds_the_same_rows(raw, tmp_path):
    """The format changes the form of the tables, not what they say; the other format's tables go."""
    clean = tmp_path / "clean"
    clean_folder(raw, clean)
    expected = {name: list(writer("jsonl").read(clean / f"{name}.jsonl", row)) for name, row in (("articles", ArticleRow), ("edits", EditRow))}
    for jobs in (1, 2):
        clean_folder(raw, clean, Options(format="parquet"), jobs=jobs)
        assert set(contents(clean)) == {"articles.parquet", "edits.parquet", "documents.parquet", "unreadable.parquet", RUN}
        assert is_whole(clean)
    for name, row in (("articles", ArticleRow), ("edits", EditRow)):
        assert list(writer("parquet").read(clean / f"{name}.parquet", row)) == expected[name]


def test_a_walk_is_in_the_order_of_paths(tmp_path):
    """Folders come where their paths sort among the files, so that the order is that of the tables."""
    for path in ("a/z.txt", "a.txt", "a0.txt", "a/b/c.txt", "A.txt", "ä.txt", ".x/y.txt"):
        (tmp_path / path).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / path).write_text("x")
    found = [one.path for one in walk(str(tmp_path))]
    assert found == sorted(found, key=str.encode) == ["A.txt", "a.txt", "a/b/c.txt", "a/z.txt", "a0.txt", "ä.txt"]


def test_a_plan_is_shards_of_like_size(tmp_path):
    """Many small files share a shard; a large JSONL file is cut at line ends."""
    for number in range(200):
        (tmp_path / f"{number:03}.txt").write_text("x" * 5000)
    (tmp_path / "z.jsonl").write_text(('{"text": "' + "x" * 9_989 + '"}\n') * 200)
    shards = list(plan(str(tmp_path)))
    assert [part.path for shard in shards for part in shard if part.path != "z.jsonl"] == [f"{number:03}.txt" for number in range(200)]
    parts = [part for shard in shards for part in shard if part.path == "z.jsonl"]
    assert len(parts) > 2
    assert [part.start for part in parts[1:]] == [part.end for part in parts[:-1]]
    data = (tmp_path / "z.jsonl").read_bytes()
    assert parts[-1].end == len(data)
    assert [part.sha256 for part in parts] == [hashlib.sha256(data[part.start : part.end]).hexdigest() for part in parts]
    assert [part.whole for part in parts] == [""] * (len(parts) - 1) + [hashlib.sha256(data).hexdigest()]


# -- the folders -------------------------------------------------------------------------------------------------------


def test_raw_that_cannot_be_used(tmp_path):
    """Missing, a file, or with nothing in it: a letter, and nothing is written."""
    clean = tmp_path / "clean"
    with pytest.raises(FolderError, match="no such folder"):
        clean_folder(tmp_path / "none", clean)
    (tmp_path / "file").write_text("x")
    with pytest.raises(FolderError, match="no folder"):
        clean_folder(tmp_path / "file", clean)
    (tmp_path / "empty" / ".git").mkdir(parents=True)
    with pytest.raises(FolderError, match="nothing in it"):
        clean_folder(tmp_path / "empty", clean)
    assert not (clean / RUN).exists()


@pytest.mark.parametrize(("one", "two"), [("raw", "raw"), ("raw", "raw/clean"), ("raw/in", "raw"), ("raw", "link/clean")])
def test_one_folder_inside_the_other(one, two, tmp_path):
    """A run would read its own output; links do not hide it."""
    (tmp_path / "raw" / "in").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "raw")
    with pytest.raises(FolderError, match="inside the other"):
        clean_folder(tmp_path / one, tmp_path / two)


def test_clean_that_is_not_ours(raw, tmp_path):
    """A folder with something in it and no run.json of ours is not touched."""
    clean = tmp_path / "clean"
    clean.mkdir()
    (clean / "thesis.txt").write_text("x")
    for foreign in (None, "{}", '{"tool": "other"}', "[" * 5000):
        if foreign is not None:
            (clean / RUN).write_text(foreign)
        before = contents(clean)
        with pytest.raises(FolderError, match="no output of ours"):
            clean_folder(raw, clean)
        assert contents(clean) == before
    with pytest.raises(FolderError, match="no folder"):
        clean_folder(raw, clean / "thesis.txt")


def test_only_our_own_files_are_replaced(raw, tmp_path):
    """What others put beside our tables stays."""
    clean = tmp_path / "clean"
    clean_folder(raw, clean)
    (clean / "README").write_text("mine")
    (clean / "articles.csv").write_text("mine")
    clean_folder(raw, clean)
    assert (clean / "README").read_text() == (clean / "articles.csv").read_text() == "mine"


def test_two_runs_do_not_write_at_once(raw, tmp_path):
    """The second one is told to wait."""
    from cleaner.output import writing

    with writing(tmp_path / "clean"), pytest.raises(FolderError, match="another run is writing"):
        clean_folder(raw, tmp_path / "clean")
    assert clean_folder(raw, tmp_path / "clean").counts.articles


# -- killed ------------------------------------------------------------------------------------------------------------


def test_a_killed_run_leaves_a_whole_output(raw, tmp_path):
    """Killed at any moment, with its workers: CLEAN is the old output or the new one, and the next run works."""
    clean = tmp_path / "clean"
    clean_folder(raw, clean)
    old = contents(clean)
    for number in range(400):
        (raw / f"{number}.txt").write_text(f"Headline {number}\n\n{COPY}")
    command = [sys.executable, "-c", "import sys; from cleaner.run import clean_folder; clean_folder(*sys.argv[1:3], jobs=2)", str(raw), str(clean)]
    for wait in (0.3, 0.6, 0.8, 1.0):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert is_whole(clean)
        if process.returncode and not (clean / READY).exists():
            assert {name: data for name, data in contents_of_files(clean).items() if name in old} == old or read_run(clean).counts.files == 405
    assert clean_folder(raw, clean).counts.files == 405
    assert not (clean / WRITING).exists()


def contents_of_files(clean: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in clean.iterdir() if path.is_file()}


@pytest.mark.parametrize("form", formats())
@pytest.mark.parametrize("renames", range(7))
def test_killed_between_the_renames(form, renames, raw, tmp_path, monkeypatch):
    """The new output counts from the moment it is whole: whoever reads finds it, and the next run puts it in place."""
    clean = tmp_path / "clean"
    clean_folder(raw, clean)
    (raw / "new.txt").write_text(COPY)
    new = clean_folder(raw, tmp_path / "new", Options(format=form))
    os.rename(tmp_path / "new", clean / READY)
    done = []

    def replace(self, target):
        done.append(self)
        if len(done) > renames:
            raise KeyboardInterrupt
        os.rename(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    if renames < 5:
        with pytest.raises(KeyboardInterrupt):
            finish(clean)
        assert is_whole(clean)
        assert read_run(clean) == new.run
    monkeypatch.undo()
    finish(clean)
    assert is_whole(clean)
    assert read_run(clean) == new.run
    assert set(contents(clean)) == {*new.run.tables, RUN}


def test_a_run_that_fails_leaves_the_old_output(raw, tmp_path, monkeypatch):
    """A full disk is a letter; what was there before is whole and nothing else is left."""
    import cleaner.run as run

    clean = tmp_path / "clean"
    clean_folder(raw, clean)
    before = contents(clean)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run.Worker, "clean", full)
    with pytest.raises(FolderError, match="no space left on device"):
        clean_folder(raw, clean)
    assert contents(clean) == before


# -- bad input ---------------------------------------------------------------------------------------------------------


def test_files_that_cannot_be_read_stop_nothing(raw, tmp_path):
    """Links in a loop, to nothing, a pipe, an empty file, bytes that are no text, no suffix: a row each, all else is cleaned."""
    (raw / "b" / "loop").symlink_to(raw)
    (raw / "b" / "up").symlink_to("../..")
    (raw / "self.txt").symlink_to("self.txt")
    (raw / "gone.txt").symlink_to("nowhere.txt")
    os.mkfifo(raw / "pipe.txt")
    (raw / "empty.txt").touch()
    (raw / "empty.jsonl").touch()
    (raw / "nul.txt").write_bytes(b"Harbour\0")
    (raw / "README").write_text("x")
    Path(os.fsdecode(os.fsencode(raw) + b"/r\xe4ntan.txt")).write_text("Räntan")
    summary = clean_folder(raw, tmp_path / "clean")
    assert paths(summary.clean) == ["a.txt", "b.jsonl", "b/c/two.TXT", "b/one.txt"]
    reasons = unreadable(summary.clean)
    for path, letter in {
        "b/loop": "a symbolic link to a folder that it lies in",
        "b/up": "a symbolic link to a folder that it lies in",
        "self.txt": "too many levels of symbolic links",
        "gone.txt": "no such file",
        "pipe.txt": "no regular file",
        "empty.txt": "empty",
        "empty.jsonl": "empty",
        "nul.txt": "NUL",
        "README": "a file without suffix",
        "r\\xe4ntan.txt": "its name is not UTF-8",
    }.items():
        assert letter in reasons[path], path
    assert str(tmp_path) not in "".join(reasons.values())


def test_a_link_to_a_file_or_folder_is_followed(raw, tmp_path):
    """A link that makes no loop is read as what it points to."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "x.txt").write_text(COPY)
    (raw / "linked").symlink_to(tmp_path / "elsewhere")
    assert "linked/x.txt" in paths(clean_folder(raw, tmp_path / "clean").clean)


def test_a_long_line_is_text(tmp_path):
    """A line of several megabytes is cleaned in time that grows with its length, not with its square."""
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text("Harbour reopens\n\n" + "The harbour reopened on Friday, the port said. " * 100_000)
    started = time.process_time()
    assert clean_folder(raw, tmp_path / "clean").counts.articles == 1
    assert time.process_time() - started < 20


AS_NOBODY = """
import functools, importlib.metadata, os, sys
from cleaner.cli import clean_app
warm, raw, clean = sys.argv[1:]
# What is imported, or looked up, later may lie where nobody may look.
importlib.metadata.version = functools.cache(importlib.metadata.version)
clean_app([warm + "/raw", warm + "/clean", "--no-cache"], standalone_mode=False)
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
clean_app([raw, clean, "--no-cache"])
"""


def as_nobody(tmp_path: Path, place: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", AS_NOBODY, str(tmp_path), str(place / "raw"), str(place / "clean")]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_file_without_read_permission(raw, tmp_path, public):
    """A file and a folder that this user may not read are rows; the rest is cleaned; exit code 2."""
    (public / "raw" / "secret.txt").write_text(COPY)
    (public / "raw" / "secret.txt").chmod(0o000)
    (public / "raw" / "locked").mkdir(mode=0o000)
    done = as_nobody(tmp_path, public)
    assert done.returncode == 2, done.stderr
    assert paths(public / "clean") == ["a.txt"]
    assert set(unreadable(public / "clean")) == {"secret.txt", "locked"}
    assert "permission denied" in unreadable(public / "clean")["secret.txt"]


def test_clean_that_cannot_be_written(raw, tmp_path, public):
    """A letter, exit code 2, and nothing changes."""
    (public / "clean").chmod(0o555)
    done = as_nobody(tmp_path, public)
    assert done.returncode == 2
    assert "permission denied" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((public / "clean").iterdir())


# -- check -------------------------------------------------------------------------------------------------------------


def test_check_finds_nothing_after_a_run(raw, tmp_path):
    """A run and its check agree, and the check writes nothing."""
    clean = tmp_path / "clean"
    clean_folder(raw, clean)
    before = {path: path.stat().st_mtime_ns for path in clean.iterdir()}
    with check_folder(raw, clean) as summary:
        assert summary.differences == []
    assert {path: path.stat().st_mtime_ns for path in clean.iterdir()} == before


def test_check_ignores_the_version(raw, tmp_path):
    """An upgrade that changes no record is no difference."""
    clean = tmp_path / "clean"
    clean_folder(raw, clean)
    run = msgspec.json.decode((clean / RUN).read_bytes())
    (clean / RUN).write_text(json.dumps({**run, "version": "0.0.1"}))
    with check_folder(raw, clean) as summary:
        assert summary.differences == []


@pytest.mark.parametrize("form", formats())
def test_check_names_the_article(form, raw, tmp_path):
    """Which table, which article: one that changes, one that is new, one that goes."""
    clean = tmp_path / "clean"
    options = Options(format=form)
    clean_folder(raw, clean, options)
    (raw / "b" / "one.txt").write_text("Räntan sänks\n\nRiksbanken sänker räntan, säger chefen.", "utf-8")
    (raw / "b" / "c" / "two.TXT").unlink()
    (raw / "z.txt").write_text(COPY)
    with check_folder(raw, clean, options) as summary:
        told = "\n".join(summary.differences)
    assert f"articles.{form} differs" in told
    assert "(b/one.txt, article 0) changes" in told
    assert "(b/c/two.TXT, article 0) goes" in told
    assert "(z.txt, article 0) is new" in told
    assert "run.json differs in input, counts, tables" in told


def test_check_of_what_is_not_there(raw, tmp_path):
    """No output yet, a table that is missing, one of another format: differences, each in a sentence."""
    clean = tmp_path / "clean"
    with check_folder(raw, clean) as summary:
        assert "no output yet" in summary.differences[0]
    assert not clean.exists()
    clean_folder(raw, clean)
    (clean / "edits.jsonl").unlink()
    (clean / "edits.parquet").touch()
    with check_folder(raw, clean) as summary:
        assert summary.differences == ["edits.jsonl is missing.", "edits.parquet would go."]


def test_fewer_workers_than_none_is_a_letter(raw, tmp_path):
    """A number of processes that there cannot be is told and nothing is written, whether there is something to clean or not."""
    with pytest.raises(UsageError, match="0 for one per core"):
        clean_folder(raw, tmp_path / "clean", jobs=-1)
    assert not (tmp_path / "clean" / RUN).exists()
