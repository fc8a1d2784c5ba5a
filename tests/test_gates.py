"""Gates: limits that a run must not pass, and the exit codes that a build goes by."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import clean_folder
from cleaner.errors import OptionsError
from cleaner.gates import WORST, Watch
from cleaner.options import Gates, Options, load_settings
from cleaner.records import ArticleRow
from cleaner.run import check_folder
from cleaner.writers import writer
from tests.test_cli import run
from tests.test_properties import HOUSE

BODY = "The harbour reopened on Friday after three days, the port said in a statement. Ferries left for the islands in the morning."


def copy(number, doubled=6, more=0):
    """An article whose caption stands so many times more, with so many more sentences and one line of furniture."""
    caption = "Ferries leave the harbour on Friday morning. (Port media)\n"
    body = " ".join([BODY, *(f"Pier {pier} was the number {pier} to be mended, the port said." for pier in range(more))])
    return f"Harbour {number} reopens after storm\n\n{caption * (1 + doubled)}\n{body}\n\nShare this article\n"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    for number in range(14):
        (folder / f"{number:02}.txt").write_text(copy(number, more=13 - number))
    return folder


def ratios(clean):
    return {row.path: row.removed_ratio for row in writer("jsonl").read(clean / "articles.jsonl", ArticleRow)}


# -- what a gate says --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_worst_ten_are_named(jobs, raw, tmp_path):
    """All that pass the gate are counted, the ten worst are named, the worst first; what is right at the limit has not passed."""
    clean = clean_folder(raw, tmp_path / "plain").clean
    found = ratios(clean)
    limit = found["02.txt"]
    summary = clean_folder(raw, tmp_path / "clean", gates=Gates(max_removed=limit), jobs=jobs)
    (passed,) = summary.passed
    assert (passed.gate, passed.limit, passed.number) == ("max-removed", limit, 11)
    assert [worst.path for worst in passed.worst] == [f"{number:02}.txt" for number in range(13, 3, -1)]
    assert len(passed.worst) == WORST
    assert passed.worst[0].figure == found["13.txt"]
    assert passed.worst[0].headline == "Harbour 13 reopens after storm"
    assert clean_folder(raw, tmp_path / "clean", gates=Gates(max_removed=found["13.txt"])).passed == []


def test_dropped_lines_are_counted_by_article(tmp_path):
    """Only what was dropped, and only where it was: a copy that goes is no dropped line, and neither is one that the keep list held."""
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text(copy(1))
    (raw / "b.txt").write_text(copy(2, doubled=0) + "\nShare this article\n\nRead more\n")
    assert [worst.path for worst in clean_folder(raw, tmp_path / "clean", gates=Gates(max_dropped=1)).passed[0].worst] == ["b.txt"]
    assert clean_folder(raw, tmp_path / "clean", gates=Gates(max_dropped=3)).passed == []
    (tmp_path / "keep.toml").write_text('[[keep]]\ntext = "Share this article"\n')
    kept = clean_folder(raw, tmp_path / "clean", Options(keep=str(tmp_path / "keep.toml")), gates=Gates(max_dropped=1))
    assert kept.passed == []


def test_unreadable_input_has_a_limit(raw, tmp_path):
    """One more than the limit passes it; the number is of files and rows."""
    (raw / "a.pdf").write_text("x")
    (raw / "b.jsonl").write_text('{"text": "cu\n{"text": "cu\n')
    assert clean_folder(raw, tmp_path / "clean", gates=Gates(max_unreadable=3)).passed == []
    (passed,) = clean_folder(raw, tmp_path / "clean", gates=Gates(max_unreadable=2)).passed
    assert (passed.gate, passed.number, passed.worst) == ("max-unreadable", 3, [])


def test_gates_work_on_a_check_and_on_the_cache(raw, tmp_path):
    """What is found in the cache is looked at like what is cleaned, and a check has the same verdict and writes nothing."""
    gates = Gates(max_removed=0.3, max_dropped=0)
    first = clean_folder(raw, tmp_path / "clean", gates=gates, cache=tmp_path / "cache").passed
    assert [passed.gate for passed in first] == ["max-removed", "max-dropped"]
    assert clean_folder(raw, tmp_path / "clean", gates=gates, cache=tmp_path / "cache").passed == first
    with check_folder(raw, tmp_path / "none", gates=gates, cache=tmp_path / "cache") as summary:
        assert summary.passed == first
    assert not (tmp_path / "none").exists()


def test_a_gate_changes_no_byte(raw, tmp_path):
    """Gates are no options: the tables, run.json and the hash of the options are the same with them."""
    plain = clean_folder(raw, tmp_path / "plain")
    gated = clean_folder(raw, tmp_path / "gated", gates=Gates(max_removed=0, max_dropped=0, max_unreadable=0))
    assert gated.passed
    assert plain.run == gated.run
    assert {path.name: path.read_bytes() for path in plain.clean.iterdir()} == {path.name: path.read_bytes() for path in gated.clean.iterdir()}


@HOUSE
@given(st.lists(st.sampled_from([0.0, 0.1, 0.5, 0.5001, 0.9]), max_size=40), st.integers(1, 7))
def test_the_worst_are_the_worst(figures, size):
    """However the lines come: the ten highest above the limit, of equal ones the first."""
    rows = [
        {"id": f"{place}", "path": f"{place}.txt", "item": None, "number": 0, "headline": None, "removed_ratio": figure} for place, figure in enumerate(figures)
    ]
    watch = Watch(Gates(max_removed=0.5))
    for start in range(0, len(rows), size):
        watch.look({"articles": b"".join(json.dumps(row).encode() + b"\n" for row in rows[start : start + size]), "edits": b""})
    over = sorted((row for row in rows if float(str(row["removed_ratio"])) > 0.5), key=lambda row: -float(str(row["removed_ratio"])))
    found = watch.passed(0)
    assert sum(passed.number for passed in found) == len(over)
    assert [worst.id for passed in found for worst in passed.worst] == [row["id"] for row in over[:WORST]]


# -- at the command line -----------------------------------------------------------------------------------------------


def test_a_passed_gate_is_exit_code_1(raw, tmp_path):
    """The records are written all the same; path, id, figure and headline stand on one line each, on stderr."""
    done = run("clean", raw, tmp_path / "clean", "--max-removed", "0.3", "--report", "none")
    assert (done.returncode, done.stdout) == (1, "")
    found = ratios(tmp_path / "clean")
    row = next(row for row in writer("jsonl").read(tmp_path / "clean" / "articles.jsonl", ArticleRow) if row.path == "13.txt")
    assert f"  {found['13.txt']:>6.1%}  13.txt, article 0  {row.id}  Harbour 13 reopens after storm\n" in done.stderr
    assert f"max-removed: {sum(ratio > 0.3 for ratio in found.values())} articles with more than 30% of their characters removed" in done.stderr
    assert run("clean", raw, tmp_path / "clean", "--max-removed", "0.3", "--check").returncode == 1
    assert run("clean", raw, tmp_path / "clean", "--max-removed", "1", "--max-dropped", "1", "--max-unreadable", "0", "--check").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 2),
        (["--skip-unreadable"], 0),
        (["--max-removed", "1"], 2),
        (["--max-removed", "0.1"], 1),
        (["--max-removed", "0.1", "--skip-unreadable"], 1),
        (["--max-unreadable", "1"], 0),
        (["--max-unreadable", "0"], 1),
        (["--max-unreadable", "0", "--skip-unreadable"], 1),
        (["--max-unreadable", "1", "--max-removed", "0.1"], 1),
        (["--max-unreadable", "1", "--check"], 1),
    ],
)
def test_a_gate_and_input_that_cannot_be_read(arguments, code, raw, tmp_path):
    """The verdict that was asked for (1) is told before unreadable input (2); up to --max-unreadable unreadable input is no fault."""
    (raw / "a.pdf").write_text("x")
    done = run("clean", raw, tmp_path / "clean", "--report", "none", *arguments)
    assert done.returncode == code, done.stderr
    assert "a.pdf" in done.stderr


def test_gates_stand_in_the_options_file(raw, tmp_path):
    """`[gates]` in cleaner.toml or `[tool.cleaner.gates]`; the command line wins, gate by gate; run.json does not know of them."""
    (tmp_path / "pyproject.toml").write_text("[tool.cleaner.gates]\nmax-removed = 0.3\nmax-dropped = 0\n")
    settings = load_settings(tmp_path, gates={"max-removed": 0.9, "max-unreadable": None})
    assert settings.gates == Gates(max_removed=0.9, max_dropped=0)
    assert settings.came == {"gates.max-removed": "command line", "gates.max-dropped": "pyproject.toml [tool.cleaner]"}
    assert settings.options == Options()
    done = run("clean", raw, tmp_path / "clean", "--report", "none", cwd=tmp_path)
    assert done.returncode == 1
    assert "max-removed: " in done.stderr
    assert "max-dropped: 14 articles with more than 0 lines dropped, the worst:" in done.stderr
    assert "gates" not in (tmp_path / "clean" / "run.json").read_text()


@pytest.mark.parametrize(
    ("file", "letter"),
    [
        ("[gates]\nmax-remove = 0.5", "cleaner.toml, gates: there is no gate 'max-remove'. Did you mean 'max-removed'?"),
        ("[gates]\nmax_removed = 0.5", "Did you mean 'max-removed'?"),
        ("[gates]\nmax-removed = 50", "max-removed: 50 is no share"),
        ("[gates]\nmax-removed = true", "cleaner.toml, gates: max-removed: expected a number"),
        ("[gates]\nmax-dropped = 0.5", "cleaner.toml, gates: max-dropped: expected a whole number"),
        ("[gates]\nmax-dropped = -1", "max-dropped: -1 is no number"),
        ("gates = 3", "cleaner.toml, gates: expected a table"),
        ("[gate]\nmax-removed = 0.5", "there is no option 'gate'. Did you mean 'gates'?"),
    ],
)
def test_a_gate_that_there_is_not_is_a_letter(file, letter, tmp_path):
    """An unknown gate, a value that it cannot have: where, what, what to try."""
    (tmp_path / "cleaner.toml").write_text(file)
    with pytest.raises(OptionsError) as error:
        load_settings(tmp_path)
    assert letter in str(error.value)


@pytest.mark.parametrize("arguments", [["--max-removed", "2"], ["--max-removed", "nan"], ["--max-dropped", "-1"], ["--max-dropped", "0.5"]])
def test_a_limit_that_none_can_be(arguments, raw, tmp_path):
    """A letter, exit code 2, nothing written."""
    done = run("clean", raw, tmp_path / "clean", *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "clean").exists()


@pytest.mark.parametrize(
    ("stdin", "code", "says"),
    [
        (copy(1), 1, "max-removed: 1 article with more than 30% of its characters removed:"),
        (copy(1, doubled=0), 0, ""),
        (json.dumps({"text": copy(1, doubled=0)}) + '\n{"text": "cu', 0, "row 1: "),
        (json.dumps({"text": copy(1)}) + '\n{"text": "cu\n{', 1, "max-unreadable: 2 files or rows could not be read, and the limit is 1."),
    ],
)
def test_gates_hold_for_standard_input(stdin, code, says, tmp_path):
    """Those of the options file and of the command line; the records are written all the same, since a stream is written as it comes."""
    (tmp_path / "cleaner.toml").write_text("[gates]\nmax-removed = 0.3\nmax-unreadable = 1\n")
    done = run("clean", "-", stdin=stdin, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert says in done.stderr
    assert json.loads(done.stdout)["headline"] == "Harbour 1 reopens after storm"
    assert run("clean", "-", "--max-removed", "1", "--max-unreadable", "2", stdin=stdin, cwd=tmp_path).returncode == 0
