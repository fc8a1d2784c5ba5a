"""The cache: a second run is quick, and no run is ever other bytes for it."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner.cache
from cleaner import clean_folder
from cleaner.cache import DAYS, LATEST, Cache, Outcome, cache_key
from cleaner.errors import CleanerError, FolderError, OptionsError
from cleaner.options import Options, make_options
from cleaner.plan import Part
from cleaner.run import Worker, check_folder
from tests.test_cli import COPY, run
from tests.test_properties import FEW

ROWS = "".join(json.dumps({"title": f"Row {number}", "text": COPY, "html": "x" * 9000}) + "\n" for number in range(150))


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A RAW with files, a feed that is read in parts, and what cannot be read: for good, and for want of a file."""
    folder = tmp_path / "raw"
    for number in range(60):
        path = folder / f"{number % 3}" / f"{number}.txt"
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(f"Headline {number}\n\n{COPY}")
    (folder / "feed.jsonl").write_text(ROWS + '{"text": "cu\n')
    (folder / "empty.txt").touch()
    (folder / "notes.pdf").write_text("x")
    (folder / "gone.txt").symlink_to("nowhere")
    return folder


def contents(clean: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in clean.iterdir()}


@pytest.fixture
def cleaned(monkeypatch):
    """The paths of the parts that were cleaned, in this process."""
    paths: list[str] = []
    clean = Worker.clean

    def watched(self, parts):
        paths.extend(part.path for part in parts)
        return clean(self, parts)

    monkeypatch.setattr(Worker, "clean", watched)
    return paths


def generation(cache: Path) -> Path:
    (found,) = cache.glob("*.outcomes")
    return found


# -- the same bytes ----------------------------------------------------------------------------------------------------


def test_a_second_run_cleans_nothing(raw, tmp_path, cleaned):
    """Without a cache, with an empty one, with a full one: the same bytes, and the last cleans nothing, whatever could not be read."""
    expected = contents(clean_folder(raw, tmp_path / "plain").clean)
    one = clean_folder(raw, tmp_path / "one", cache=tmp_path / "cache")
    cleaned.clear()
    two = clean_folder(raw, tmp_path / "two", cache=tmp_path / "cache")
    assert cleaned == []
    assert contents(one.clean) == contents(two.clean) == expected
    assert (one.run, one.unreadable, one.notes) == (two.run, two.unreadable, two.notes)
    assert two.counts.unreadable == 4


@pytest.mark.parametrize("jobs", [1, 2])
def test_workers_and_the_cache(jobs, raw, tmp_path):
    """Any number of workers gives the same bytes cold, warm, and half warm."""
    (tmp_path / "plain").mkdir()
    expected = contents(clean_folder(raw, tmp_path / "plain").clean)
    cache = tmp_path / "cache"
    clean_folder(raw, tmp_path / "clean", cache=cache, jobs=jobs)
    assert contents(tmp_path / "clean") == expected
    clean_folder(raw, tmp_path / "clean", cache=cache, jobs=3 - jobs)
    assert contents(tmp_path / "clean") == expected
    for number in range(0, 60, 2):
        path = raw / f"{number % 3}" / f"{number}.txt"
        path.write_text(path.read_text() + "\nThe port said more on Saturday.\n")
    expected = contents(clean_folder(raw, tmp_path / "plain").clean)
    clean_folder(raw, tmp_path / "clean", cache=cache, jobs=jobs)
    assert contents(tmp_path / "clean") == expected


def test_only_what_changed_is_cleaned(raw, tmp_path, cleaned):
    """A file with other words, a new one, one less, one under another name: each is seen, and all else is found."""
    cache = tmp_path / "cache"
    clean_folder(raw, tmp_path / "clean", cache=cache)

    def again():
        cleaned.clear()
        clean_folder(raw, tmp_path / "clean", cache=cache)
        found = sorted(cleaned)
        assert contents(tmp_path / "clean") == contents(clean_folder(raw, tmp_path / "plain").clean)
        return found

    assert again() == []
    stamp = (raw / "1" / "1.txt").stat()
    (raw / "1" / "1.txt").write_text((raw / "1" / "1.txt").read_text().replace("Friday", "Monday"))
    os.utime(raw / "1" / "1.txt", ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert again() == ["1/1.txt"]
    os.utime(raw / "1" / "4.txt", (0, 0))
    assert again() == []
    (raw / "0" / "new.txt").write_text(COPY)
    assert again() == ["0/new.txt"]
    (raw / "0" / "0.txt").unlink()
    assert again() == []
    (raw / "2" / "2.txt").rename(raw / "2" / "a.txt")
    assert again() == ["2/a.txt"]
    (raw / "2" / "9.txt").write_text("x")
    shutil.rmtree(raw / "2")
    assert again() == []


def test_rows_behind_the_others_are_all_that_is_new(tmp_path, cleaned):
    """A feed that has grown is cleaned from the part on where it did."""
    raw, cache = tmp_path / "raw", tmp_path / "cache"
    raw.mkdir()
    (raw / "feed.jsonl").write_text(ROWS)
    clean_folder(raw, tmp_path / "clean", cache=cache)
    parts = len(cleaned)
    assert parts > 2
    cleaned.clear()
    with (raw / "feed.jsonl").open("a") as feed:
        feed.write(ROWS[: ROWS.index("\n") + 1])
    clean_folder(raw, tmp_path / "clean", cache=cache)
    assert cleaned == ["feed.jsonl"]
    assert contents(tmp_path / "clean") == contents(clean_folder(raw, tmp_path / "plain").clean)
    cleaned.clear()
    (raw / "feed.jsonl").write_text(ROWS[ROWS.index("\n") + 1 :])  # every row has another number now
    clean_folder(raw, tmp_path / "clean", cache=cache)
    assert len(cleaned) == parts
    assert contents(tmp_path / "clean") == contents(clean_folder(raw, tmp_path / "plain").clean)


@pytest.mark.parametrize("name", ["facts", "keep"])
def test_an_option_or_a_file_it_names_that_changes(name, raw, tmp_path, cleaned):
    """Other options, or other words in a file they name, are another generation; the format of the tables is not."""
    cache, file = tmp_path / "cache", tmp_path / "named.toml"
    named = make_options({name: str(file)})
    words = {"facts": '[en.nav]\nexact = ["Headline 7"]\n', "keep": '[[keep]]\ntext = "Harbour reopens after storm"\n'}[name]
    file.write_text(words)
    for options in (Options(), Options(language="sv"), Options(ignore=("dateline",)), Options(rules={"dateline": {"within": 1}}), named):
        cleaned.clear()
        clean_folder(raw, tmp_path / "clean", options, cache=cache)
        assert cleaned
        assert contents(tmp_path / "clean") == contents(clean_folder(raw, tmp_path / "plain", options).clean)
    cleaned.clear()
    clean_folder(raw, tmp_path / "clean", named, cache=cache)
    assert not cleaned
    file.write_text(words.replace("7", "8").replace("Harbour", "Port"))
    clean_folder(raw, tmp_path / "clean", named, cache=cache)
    assert cleaned
    assert contents(tmp_path / "clean") == contents(clean_folder(raw, tmp_path / "plain", named).clean)
    cleaned.clear()
    clean_folder(raw, tmp_path / "parquet", msgspec.structs.replace(named, format="parquet"), cache=cache)
    assert not cleaned


def test_the_key_is_what_decides(raw, tmp_path, monkeypatch):
    """Our sources, a library's version, Python, the options, which RAW: each is another key; the same again is the same."""
    import importlib.metadata

    def key(**changed):
        return cache_key(changed.get("raw", raw), tmp_path / "cache", Options(**changed.get("options", {})).as_written())

    first = key()
    assert first == key() == key(options={"format": "parquet"})
    assert len({first, key(raw=tmp_path / "other"), key(options={"language": "sv"})}) == 3
    with monkeypatch.context() as patch:
        version = importlib.metadata.version
        patch.setattr(importlib.metadata, "version", lambda name: "99" if name == "chardet" else version(name))
        assert key() != first
    with monkeypatch.context() as patch:
        patch.setattr(sys, "version", "4.0")
        assert key() != first
    package = tmp_path / "package"
    shutil.copytree(Path(cleaner.cache.__file__).parent, package)
    monkeypatch.setattr(cleaner.cache, "__file__", str(package / "cache.py"))
    assert key() == first
    for name in ("text.py", "facts/words.toml"):
        with (package / name).open("a") as file:
            file.write("\n")
        assert key() != first
        first = key()


def test_a_moved_project_keeps_its_cache(raw, tmp_path, cleaned):
    """The way from the cache to RAW counts, not the place of both."""
    project = tmp_path / "project"
    project.mkdir()
    raw.rename(project / "raw")
    clean_folder(project / "raw", tmp_path / "clean", cache=project / ".cleaner_cache")
    cleaned.clear()
    project.rename(tmp_path / "moved")
    clean_folder(tmp_path / "moved" / "raw", tmp_path / "clean", cache=tmp_path / "moved" / ".cleaner_cache")
    assert not cleaned


def test_options_that_cannot_be_used_are_told_all_the_same(raw, tmp_path):
    """A wrong option is a letter before anything is written, whatever the cache holds; so is a file that changes under a run."""
    cache = tmp_path / "cache"
    clean_folder(raw, tmp_path / "clean", cache=cache)
    with pytest.raises(OptionsError, match="there is no rule"):
        clean_folder(raw, tmp_path / "other", Options(select=("datline",)), cache=cache)
    assert not (tmp_path / "other").exists()
    (tmp_path / "facts.toml").write_text("")
    worker = Worker(raw, Options(facts=str(tmp_path / "facts.toml")))
    (tmp_path / "facts.toml").write_text('[en.nav]\nexact = ["Tide tables"]\n')
    with pytest.raises(OptionsError, match="has changed since the run began"):
        _ = worker.cleaner


# -- killed, at once, damaged ------------------------------------------------------------------------------------------


def process(raw: Path, clean: Path, cache: Path, jobs: int = 1) -> subprocess.Popen[bytes]:
    program = "import sys; from cleaner.run import clean_folder; clean_folder(sys.argv[1], sys.argv[2], cache=sys.argv[3], jobs=int(sys.argv[4]))"
    return subprocess.Popen([sys.executable, "-c", program, str(raw), str(clean), str(cache), str(jobs)], stderr=subprocess.DEVNULL)


@pytest.mark.parametrize("jobs", [1, 2])
def test_killed_in_the_middle(jobs, raw, tmp_path):
    """Killed at any moment: the cache is the old one or the new one, the next run gives the right bytes, and what was half written goes."""
    cache, clean = tmp_path / "cache", tmp_path / "clean"
    clean_folder(raw, clean, cache=cache)
    for number in range(300):
        (raw / f"{number}.txt").write_text(f"Headline {number}\n\n{COPY}")
    expected = contents(clean_folder(raw, tmp_path / "plain").clean)
    old = generation(cache).read_bytes()
    writing = 0
    for _ in range(4):
        killed = process(raw, clean, cache, jobs)
        while killed.poll() is None and not list(cache.glob("*.writing")):
            time.sleep(0.005)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        writing += bool(list(cache.glob("*.writing")))
        assert generation(cache).read_bytes() == old or killed.returncode == 0
    assert writing
    for path in cache.glob("*.writing"):  # a worker of the killed run holds its file until it has seen that the run is gone
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
    assert contents(clean_folder(raw, clean, cache=cache).clean) == expected
    assert sorted(path.name for path in cache.iterdir()) == [".gitignore", generation(cache).name]


def test_two_runs_at_once(raw, tmp_path):
    """Two runs, each with its own CLEAN, and one cache: both give the right bytes, and so does the next."""
    for number in range(100):
        (raw / f"{number}.txt").write_text(f"Headline {number}\n\n{COPY}")
    expected = contents(clean_folder(raw, tmp_path / "plain").clean)
    for _ in range(2):
        runs = [process(raw, tmp_path / name, tmp_path / "cache") for name in ("one", "two")]
        assert [each.wait() for each in runs] == [0, 0]
        assert contents(tmp_path / "one") == contents(tmp_path / "two") == expected
        (raw / "5.txt").write_text("Other words\n\nThe port said more on Saturday, after three days of storm.")
        expected = contents(clean_folder(raw, tmp_path / "plain").clean)
    assert contents(clean_folder(raw, tmp_path / "one", cache=tmp_path / "cache").clean) == expected


@FEW
@given(st.data())
def test_damage_is_as_good_as_no_cache(tmp_path_factory, data):
    """Any byte changed, any piece cut out or put in: never a crash, never a wrong byte, and the run after finds everything again."""
    tmp_path = tmp_path_factory.mktemp("damage")
    raw, cache = tmp_path / "raw", tmp_path / "cache"
    raw.mkdir()
    for number in range(3):
        (raw / f"{number}.txt").write_text(f"Headline {number}\n\n{COPY}")
    expected = contents(clean_folder(raw, tmp_path / "clean", cache=cache).clean)
    path = generation(cache)
    whole = path.read_bytes()
    for _ in range(30):
        at = data.draw(st.integers(0, len(whole) - 1))
        new = data.draw(st.binary(max_size=6))
        path.write_bytes(whole[:at] + new + whole[at + data.draw(st.integers(0, 40)) :])
        assert contents(clean_folder(raw, tmp_path / "clean", cache=cache).clean) == expected
        assert path.read_bytes() == whole


@pytest.mark.parametrize("damage", ["cut", "empty", "folder", "other", "link to nothing"])
def test_a_file_that_is_not_a_generation(damage, raw, tmp_path):
    """Cut short, emptied, another file, another run's, no file at all: the run does its work."""
    cache = tmp_path / "cache"
    expected = contents(clean_folder(raw, tmp_path / "clean", cache=cache).clean)
    path = generation(cache)
    whole = path.read_bytes()
    path.unlink()
    if damage == "folder":
        path.mkdir()
    elif damage == "other":
        path.write_bytes(whole.replace(b"\n", b"x\n", 2))
    elif damage == "link to nothing":
        path.symlink_to("nowhere")
    else:
        path.write_bytes(whole[: len(whole) // 2] if damage == "cut" else b"")
    summary = clean_folder(raw, tmp_path / "clean", cache=cache)
    assert contents(summary.clean) == expected
    assert bool(summary.notes) == (damage == "folder")
    if damage != "folder":
        assert path.read_bytes() == whole


def test_a_run_that_fails_keeps_the_old_generation(raw, tmp_path, monkeypatch):
    """An error in the middle: the generation before it stays, and nothing half written."""
    cache = tmp_path / "cache"
    clean_folder(raw, tmp_path / "clean", cache=cache)
    old = generation(cache).read_bytes()
    (raw / "0" / "0.txt").write_text("Other words\n\nThe port said more on Saturday, after three days of storm.")
    (raw / "2" / "59.txt").write_text("Other words\n\nThe port said more on Saturday, after three days of storm.")
    clean = Worker.clean

    def fails(self, parts):
        if any(part.path == "2/59.txt" for part in parts):
            raise CleanerError("no more")
        return clean(self, parts)

    monkeypatch.setattr(Worker, "clean", fails)
    monkeypatch.setattr("cleaner.plan.SHARD", 20_000)
    with pytest.raises(CleanerError, match="no more"):
        clean_folder(raw, tmp_path / "clean", cache=cache)
    assert generation(cache).read_bytes() == old
    assert len(list(cache.iterdir())) == 2


# -- its folder --------------------------------------------------------------------------------------------------------


def test_the_command_keeps_a_cache_in_the_working_folder(raw, tmp_path):
    """`.cleaner_cache`, which no repository takes in and no run reads as copy; --no-cache keeps none, --cache-dir keeps it elsewhere."""
    work = tmp_path / "work"
    work.mkdir()
    run("clean", raw, tmp_path / "clean", "--no-cache", cwd=work)
    run("clean", raw, tmp_path / "clean", "--cache-dir", tmp_path / "elsewhere" / "deep", cwd=work)
    assert not list(work.iterdir())
    assert generation(tmp_path / "elsewhere" / "deep")
    done = run("clean", raw, tmp_path / "clean", "--check", cwd=work)
    assert "is what a run would write" in " ".join(done.stderr.split())
    assert (work / ".cleaner_cache" / ".gitignore").read_text() == "*\n"
    assert generation(work / ".cleaner_cache")
    run("clean", ".", tmp_path / "inside", cwd=raw)
    assert run("clean", ".", tmp_path / "inside", "--check", cwd=raw).returncode == 2  # for what cannot be read, and no difference
    assert "cleaner_cache" not in (tmp_path / "inside" / "unreadable.jsonl").read_text()


def test_a_cache_that_would_be_copy_is_a_letter(raw, tmp_path):
    """A cache in RAW that is not hidden would be read by the next run."""
    for folder in (raw, raw / "cache"):
        with pytest.raises(FolderError, match="read as copy"):
            clean_folder(raw, tmp_path / "clean", cache=folder)
    assert not (tmp_path / "clean").exists()


def test_a_folder_of_others_is_left_alone(raw, tmp_path):
    """Where something lies already we write our own file and nothing else."""
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "thesis.outcomes.txt").write_text("mine")
    clean_folder(raw, tmp_path / "clean", cache=tmp_path / "cache")
    assert sorted(path.suffix for path in (tmp_path / "cache").iterdir()) == [".outcomes", ".txt"]


def test_generations_of_long_ago_go(raw, tmp_path):
    """The latest few stay, and none that no run has used for a month."""
    cache = tmp_path / "cache"
    for number in range(LATEST + 2):
        clean_folder(raw, tmp_path / "clean", Options(rules={"dateline": {"within": number}}), cache=cache)
    assert len(list(cache.glob("*.outcomes"))) == LATEST
    for path in cache.glob("*.outcomes"):
        os.utime(path, (time.time() - (DAYS + 1) * 86_400,) * 2)
    clean_folder(raw, tmp_path / "clean", Options(rules={"dateline": {"within": LATEST + 1}}), cache=cache)
    assert len(list(cache.glob("*.outcomes"))) == 1


def test_what_is_gone_from_raw_is_gone_from_the_cache(raw, tmp_path):
    """The cache holds no copy of a file that was taken away."""
    (raw / "secret.txt").write_text("Fishermen of Greywick\n\nThe fishermen of Greywick went home.")
    clean_folder(raw, tmp_path / "clean", cache=tmp_path / "cache")
    assert b"Fishermen" in generation(tmp_path / "cache").read_bytes()
    (raw / "secret.txt").unlink()
    clean_folder(raw, tmp_path / "clean", cache=tmp_path / "cache")
    assert b"Fishermen" not in generation(tmp_path / "cache").read_bytes()


def test_an_outcome_too_large_to_keep(raw, tmp_path, monkeypatch):
    """It is cleaned again by each run, and the others are found."""
    monkeypatch.setattr(cleaner.cache, "LARGEST", 5_000)
    for _ in range(2):
        summary = clean_folder(raw, tmp_path / "clean", cache=tmp_path / "cache")
    monkeypatch.undo()
    assert contents(summary.clean) == contents(clean_folder(raw, tmp_path / "plain").clean)


def test_a_disk_that_fills_up_is_a_note(tmp_path, monkeypatch):
    """The first write that fails is the last; nothing is left, and the old generation is as it was."""
    outcome = Outcome("a.txt", 0, "one", (b"x" * 1_000_000, b"", b"", b""), (1, 0, 0, 0))
    with Cache(tmp_path, "key") as cache:
        cache.keep(outcome)
    old = generation(tmp_path).read_bytes()
    with Cache(tmp_path, "key") as cache:
        full = tmp_path / "full.writing"
        full.symlink_to("/dev/full")  # a link: what is half written is taken away by its name
        cache._new = full.open("wb")
        cache.keep(Outcome("b.txt", 0, "two", outcome.lines, outcome.rows))
        assert "no space left on device" in cache.note
        cache.keep(outcome)
    assert generation(tmp_path).read_bytes() == old
    assert not full.is_symlink()
    assert Path("/dev/full").is_char_device()
    with Cache(tmp_path, "key") as cache:
        assert cache.find(Part("a.txt"), lambda: "one") == outcome


AS_NOBODY = """
import functools, importlib.metadata, os, sys
from pathlib import Path
import cleaner.cache
from cleaner.cli import clean_app
warm, place = sys.argv[1:]
# What is imported, or looked up, later may lie where nobody may look.
importlib.metadata.version = functools.cache(importlib.metadata.version)
clean_app([warm + "/raw", warm + "/warm", "--cache-dir", warm + "/warm-cache", "--skip-unreadable"], standalone_mode=False)
cleaner.cache.code_sha256 = lambda: "of the sources"
os.chdir(place)
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
clean_app(["raw", "clean"])
"""


def test_a_working_folder_that_cannot_be_written(raw, tmp_path, public):
    """A note, once, that says what to do; the records are written and the exit code is 0."""
    public.chmod(0o555)
    done = subprocess.run([sys.executable, "-c", AS_NOBODY, str(tmp_path), str(public)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count(".cleaner_cache: cannot be written (permission denied)") == 1
    assert "--no-cache" in done.stderr
    assert (public / "clean" / "run.json").exists()
    assert not (public / ".cleaner_cache").exists()


# -- the point of it ---------------------------------------------------------------------------------------------------


def test_a_second_run_loads_nothing_to_clean_with(raw, tmp_path):
    """No language model, no matching, no facts, no rules and no worker processes, when everything is found."""
    (raw / "gone.txt").unlink()
    program = """
import sys
from cleaner.cli import clean_main
try:
    clean_main()
except SystemExit:
    pass
heavy = {"py3langid", "numpy", "rapidfuzz", "chardet", "polars", "multiprocessing", "cleaner.clean", "cleaner.facts", "cleaner.detectors"}
print(sorted(heavy & set(sys.modules)))
"""
    for _ in range(2):
        command = [sys.executable, "-c", program, str(raw), str(tmp_path / "clean"), "-j", "2", "--cache-dir", str(tmp_path / "cache")]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_report_of_the_same_records_is_not_drawn_again(raw, tmp_path):
    """Drawing takes longer than finding: what is there stays while it is whole, and is drawn anew when it is not, or when asked to."""
    report, index = tmp_path / "clean" / "report", tmp_path / "clean" / "report" / "index.html"
    arguments = ("clean", raw, tmp_path / "clean", "--cache-dir", tmp_path / "cache")

    def again(*more):
        before = index.stat().st_mtime_ns, report.stat().st_ino
        said = run(*arguments, *more).stderr
        assert str(index) in said.replace("\n", "")
        return (index.stat().st_mtime_ns, report.stat().st_ino) != before

    run(*arguments)
    page = index.read_bytes()
    assert not again()
    assert not again("-j", "2")
    assert again("--no-cache")
    (report / "page-1.html").unlink()
    assert again()
    (report / ".cleaner-report").write_text("")
    assert again()
    assert not again()
    assert index.read_bytes() == page
    (raw / "0" / "0.txt").write_text(COPY)
    assert again()
    assert again("--language", "sv")
    run("clean", raw, tmp_path / "clean", "--report", "none", "--cache-dir", tmp_path / "cache")
    assert not report.exists()


def test_a_check_with_the_cache(raw, tmp_path):
    """--check finds what changed, with the cache as without it, and a CLEAN that someone else changed is found too."""
    cache, clean = tmp_path / "cache", tmp_path / "clean"
    clean_folder(raw, clean, cache=cache)
    with check_folder(raw, clean, cache=cache) as summary:
        assert summary.differences == []
    (clean / "articles.jsonl").write_bytes((clean / "articles.jsonl").read_bytes().replace(b"Friday", b"Monday", 1))
    with check_folder(raw, clean, cache=cache) as summary:
        assert "articles.jsonl differs." in summary.differences
    assert hashlib.sha256((clean / "articles.jsonl").read_bytes()).hexdigest() != summary.run.tables["articles.jsonl"].sha256
