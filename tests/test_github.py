"""What a run says on GitHub."""

from __future__ import annotations

import pytest

from cleaner import clean_folder
from cleaner.reports import github
from cleaner.run import check_folder
from tests.report_checks import read_annotation, read_markdown
from tests.test_cli import COPY, run

CLOSE = """Two skippers, one name

Anna Berg, 34, with the cup she won in the small keelboats. (Photo: Eleni Marsh)
Anna Berg, 43, with the cup she won in the small keelboats. (Photo: Eleni Marsh)

It was bound to happen in a town with nine families called Berg, the club said on Sunday.
"""


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "site" / "raw"
    folder.mkdir(parents=True)
    (folder / "a, b.txt").write_text(CLOSE)
    return folder


def told(raw, **options):
    clean = clean_folder(raw, raw.parent / "clean")
    return [read_annotation(line) for line in github.commands(clean, "raw/", **options)]


def test_a_close_call_is_told_on_its_line(raw):
    """The file as the repository has it, the line, both copies and the reason. What was declined is a notice."""
    [(kind, where, says)] = told(raw)
    assert kind == "notice"
    assert where == {"file": "raw/a, b.txt", "line": "4", "endLine": "4", "title": "doubled-caption: a close call, declined"}
    lines = says.split("\n")
    assert lines[0].startswith("? Anna Berg, 43, with the cup")
    assert lines[1].startswith("= Anna Berg, 34, with the cup")
    assert "declined: " in lines[2]


def test_a_copy_that_went_is_a_warning(raw):
    """A wrong removal is worse than a repeat left in."""
    copy = "Harbour reopens after the storm"
    (raw / "a, b.txt").write_text(f"{copy}\n\n{copy} - The Greywick Harbour Post\n\nIt reopened on Friday, the port said in a statement.\n")
    [(kind, where, _)] = told(raw)
    assert (kind, where["line"]) == ("warning", "3")


def test_input_that_could_not_be_read_is_an_error(raw):
    """It makes the run fail; with --skip-unreadable it is a warning. A row is told on its line of the file."""
    (raw / "feed.jsonl").write_text('{"text": "Harbour reopens on Friday, the port said."}\n{"text"')
    kind, where, _ = told(raw)[0]
    assert (kind, where["file"], where["line"]) == ("error", "raw/feed.jsonl", "2")
    assert told(raw, skip_unreadable=True)[0][0] == "warning"


def test_copy_from_outside_the_repository_names_no_file(raw, tmp_path):
    """A bare path might be that of another file of the repository: the message says where, and GitHub is told no file."""
    (raw / "feed.jsonl").write_text('{"text"')
    (tmp_path / "work").mkdir()
    done = run("clean", raw, tmp_path / "clean", GITHUB_ACTIONS="true", GITHUB_WORKSPACE=str(tmp_path / "work"))
    unread, call = [read_annotation(line) for line in done.stdout.splitlines()]
    assert unread[:2] == ("error", {"title": "Could not be read"})
    assert unread[2].startswith("feed.jsonl, row 0\n")
    assert call[:2] == ("notice", {"title": "doubled-caption: a close call, declined"})
    assert call[2].startswith("a, b.txt, line 4\n? Anna Berg, 43")


def test_nine_and_how_many_more(raw):
    """GitHub shows ten of a step: four at most are about unreadable input, the last one says what is not shown."""
    for number in range(20):
        (raw / f"{number}.txt").write_text(CLOSE)
        (raw / f"{number}.pdf").write_text("x")
    kinds = [kind for kind, _, _ in told(raw)]
    assert kinds == ["error"] * 4 + ["notice"] * 6
    calls = 21 - 5
    assert told(raw)[-1] == ("notice", {"title": "cleaner"}, f"{calls} more close calls, 16 more files or rows that could not be read.")


def test_what_check_found_is_an_error(raw):
    """The first annotation says what differs."""
    clean_folder(raw, raw.parent / "clean")
    (raw / "a, b.txt").write_text(CLOSE + "\nThe cups are in the town hall until Friday.\n")
    with check_folder(raw, raw.parent / "clean") as summary:
        kind, where, says = read_annotation(next(github.commands(summary, "raw/")))
    assert (kind, where) == ("error", {"title": "CLEAN is not what RAW gives"})
    assert "articles.jsonl differs." in says


def test_a_run_speaks_on_github_alone(raw, tmp_path):
    """Nothing on standard output elsewhere; the file of a step's summary is added to, never replaced."""
    folder = tmp_path / "site"
    assert run("clean", "raw", "clean", cwd=folder, GITHUB_ACTIONS="").stdout == ""
    notes = tmp_path / "summary.md"
    notes.write_text("What another tool said.\n\n")
    done = run("clean", "raw", "clean", cwd=folder, GITHUB_ACTIONS="true", GITHUB_WORKSPACE=str(tmp_path), GITHUB_STEP_SUMMARY=str(notes))
    assert [read_annotation(line)[1]["file"] for line in done.stdout.splitlines()] == ["site/raw/a, b.txt"]
    text = notes.read_text()
    assert text.startswith("What another tool said.\n\n# What was cleaned")
    assert any("number 34 / 43" in code for code in read_markdown(text))


def test_the_summary_of_a_check_says_what_differs(raw, tmp_path):
    """With --check too, and exit code 1 stays 1."""
    notes = tmp_path / "summary.md"
    done = run("clean", raw, tmp_path / "clean", "--check", GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(notes))
    assert done.returncode == 1
    assert "run.json is missing" in notes.read_text()
    assert done.stdout.startswith("::error title=CLEAN is not what RAW gives::run.json is missing")


@pytest.mark.parametrize("said", [1_000, 1_950, 2_000, 2_001])
def test_a_summary_that_is_nearly_full_takes_what_fits(said, raw, tmp_path, monkeypatch):
    """Over its limit GitHub shows none of it, so nothing is added to one that is full."""
    monkeypatch.setattr(github, "SUMMARY_LIMIT", 2_000)
    notes = tmp_path / "summary.md"
    notes.write_text("x" * said)
    clean = clean_folder(raw, tmp_path / "clean")
    with open(tmp_path / "out", "w") as out:
        github.tell(clean, raw, out, checked=False, skip_unreadable=False, env={"GITHUB_STEP_SUMMARY": str(notes)})
    assert said <= notes.stat().st_size <= max(said, 2_000)
    assert notes.stat().st_size > said or said > 1_900
    assert (tmp_path / "out").read_text() == ""


def test_a_stream_has_no_annotations():
    """`clean -` writes records to standard output, and nothing else."""
    done = run("clean", "-", stdin=COPY, GITHUB_ACTIONS="true")
    assert "::" not in done.stdout


def test_input_within_its_gate_is_a_warning(raw, tmp_path):
    """Up to --max-unreadable what cannot be read is no fault: exit code 0, and no error on the pull request."""
    (raw / "b.pdf").write_text("x")
    done = run("clean", raw, tmp_path / "clean", "--max-unreadable", "1", GITHUB_ACTIONS="true")
    assert done.returncode == 0
    assert "::warning title=Could not be read::" in done.stdout
    assert "::error" not in done.stdout
    done = run("clean", raw, tmp_path / "clean", "--max-unreadable", "0", GITHUB_ACTIONS="true")
    assert done.returncode == 1
    assert "::error title=A gate was passed::" in done.stdout
