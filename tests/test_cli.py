"""The two commands as a person calls them."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec
import pytest

from cleaner.cli import ReportName
from cleaner.records import ArticleRow, EditRow
from cleaner.reports import REPORTS
from cleaner.view import excerpt, visible

COPY = """Harbour reopens after storm

Ferries leave on Friday. (Port media)
Ferries leave on Friday. (Port media)
Harbour reopens after storm

The harbour reopened on Friday after three days, the port said in a statement.
"""


def run(command: str, *arguments: str | Path, stdin: str | bytes = b"", cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    """One of the commands, as an own process, without a terminal; in a folder of its own, where it finds no options and may keep its cache."""
    program = [sys.executable, "-c", f"from cleaner.cli import {command}_main; {command}_main()"]
    data = stdin.encode() if isinstance(stdin, str) else stdin
    quiet = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}  # where a run speaks to the pull request
    where = {**quiet, "COLUMNS": "80", "PYTHONPATH": str(Path(__file__).parent.parent), **env}
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([*program, *map(str, arguments)], input=data, capture_output=True, cwd=cwd or folder, env=where, check=False)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "a.txt").write_text(COPY)
    return folder


# -- the main job ------------------------------------------------------------------------------------------------------


def test_clean_writes_and_tells(raw, tmp_path):
    """Exit 0; the summary is on stderr and says where the records are; nothing on stdout."""
    done = run("clean", raw, tmp_path / "clean")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "1 file: 1 article" in done.stderr
    assert "articles.jsonl" in done.stderr
    lines = done.stderr.splitlines()
    assert f"  {tmp_path / 'clean'}" in lines, "the path stands whole on a line of its own"
    assert lines[-1] == f"  {tmp_path / 'clean' / 'report' / 'index.html'}"
    assert (tmp_path / "clean" / "run.json").exists()


def test_diff_prints_the_removals(raw, tmp_path):
    """What went, what stays for it, why and the score, on stdout; with --check nothing is written."""
    done = run("clean", raw, tmp_path / "clean", "--check", "--diff")
    assert done.returncode == 1
    assert not (tmp_path / "clean").exists()
    assert "a.txt  article 0" in done.stdout
    assert "    4 - Ferries leave on Friday." in done.stdout
    assert "= Ferries leave on Friday." in done.stdout
    assert "\x1b" not in done.stdout
    assert run("clean", raw, tmp_path / "clean", "--diff").stdout == done.stdout


def test_unreadable_input_is_exit_code_2(raw, tmp_path):
    """Everything else is written, the summary says what and why; --skip-unreadable makes it 0."""
    (raw / "b.pdf").write_text("x")
    done = run("clean", raw, tmp_path / "clean")
    assert done.returncode == 2
    assert "  b.pdf  no reader knows .pdf; " in done.stderr
    lines = [line for line in done.stderr.splitlines() if str(tmp_path) not in line]
    assert max(map(len, lines)) <= 80
    assert (tmp_path / "clean" / "articles.jsonl").stat().st_size
    assert run("clean", raw, tmp_path / "clean", "--skip-unreadable").returncode == 0


def test_check_says_whether_clean_is_up_to_date(raw, tmp_path):
    """0 when nothing differs; 1 and the article's name when something does."""
    run("clean", raw, tmp_path / "clean")
    done = run("clean", raw, tmp_path / "clean", "--check", "-j", "2")
    assert done.returncode == 0, done.stderr
    assert "is what a run would write" in " ".join(done.stderr.split())
    (raw / "a.txt").write_text(COPY + "\nMore was said on Saturday by the port.")
    done = run("clean", raw, tmp_path / "clean", "--check")
    assert done.returncode == 1
    assert "(a.txt, article 0) changes" in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    ("arguments", "letter"),
    [
        (["none", "clean"], "there is no such folder"),
        (["raw", "raw/clean"], "one inside the other"),
        (["raw"], "CLEAN is missing"),
        (["raw", "clean", "--encoding", "klingon"], "no text encoding"),
        (["raw", "clean", "--edits", "e.jsonl"], "only with `clean -`"),
        (["-", "clean"], "standard output"),
        (["-", "--format", "parquet"], "standard output"),
        (["-", "-j", "2"], "standard output"),
        (["-", "--no-cache"], "takes no"),
        (["-", "--cache-dir", "kept"], "takes no"),
        (["raw", "clean", "--select", "furniture", "--ignore", "furniture"], "no rule is left in force"),
        (["raw", "clean", "--format", "xml"], "xml"),
        (["raw", "clean", "--frobnicate"], "frobnicate"),
        (["raw", "clean", "-j", "-1"], "--jobs"),
    ],
)
def test_wrong_use_is_exit_code_2(arguments, letter, raw, tmp_path):
    """A letter, no traceback, nothing written."""
    done = run("clean", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert letter in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "clean").exists()


def test_options_come_from_the_nearest_file(raw, tmp_path):
    """cleaner.toml, or [tool.cleaner] in pyproject.toml; arguments win; an unknown option is a letter with a hint."""
    (tmp_path / "pyproject.toml").write_text('[tool.other]\nx = 1\n[tool.cleaner]\nformat = "parquet"\n')
    inner = tmp_path / "inner"
    inner.mkdir()
    assert run("clean", raw, tmp_path / "one", cwd=inner).returncode == 0
    assert (tmp_path / "one" / "articles.parquet").exists()
    run("clean", raw, tmp_path / "two", "--format", "jsonl", cwd=inner)
    assert (tmp_path / "two" / "articles.jsonl").exists()
    (inner / "cleaner.toml").write_text('langauge = "sv"\n')
    done = run("clean", raw, tmp_path / "three", cwd=inner)
    assert done.returncode == 2
    assert "cleaner.toml: there is no option 'langauge'. Did you mean 'language'?" in done.stderr
    (inner / "cleaner.toml").write_text("language = 5\n")
    assert "language" in run("clean", raw, tmp_path / "three", cwd=inner).stderr


# -- standard input ----------------------------------------------------------------------------------------------------


def test_a_text_from_standard_input(tmp_path):
    """Articles as JSONL on stdout, edits where --edits says."""
    done = run("clean", "-", "--edits", tmp_path / "edits.jsonl", stdin=COPY)
    assert (done.returncode, done.stderr) == (0, "")
    (article,) = [msgspec.json.decode(line, type=ArticleRow) for line in done.stdout.splitlines()]
    assert article.path == "-"
    assert article.headline == "Harbour reopens after storm"
    edits = [msgspec.json.decode(line, type=EditRow) for line in (tmp_path / "edits.jsonl").read_bytes().splitlines()]
    assert {edit.article for edit in edits} == {article.id}


def test_rows_from_standard_input():
    """When the first line that is not blank opens with {", each line is a row; a faulty one is a letter and exit code 2."""
    rows = '\n  \n{"title": "Harbour reopens", "text": "It reopened on Friday."}\n{"text": "cu\n{"title": "Ferries leave", "text": "They left on Friday."}'
    done = run("clean", "-", stdin=rows)
    assert done.returncode == 2
    assert [json.loads(line)["item"] for line in done.stdout.splitlines()] == [2, 4]
    assert done.stderr.startswith("row 3: not JSON")
    assert run("clean", "-", "--skip-unreadable", stdin=rows).returncode == 0


@pytest.mark.parametrize("data", ['{"title": "Harbour reop', '{ "text": "cu', "\ufeff{", '{\n "text": "It reopened."}'])
def test_a_first_row_that_is_cut_is_no_copy(data):
    """A row that ends in the middle, and an object over several lines, are told and not cleaned as text."""
    done = run("clean", "-", stdin=data)
    assert (done.returncode, done.stdout) == (2, "")
    assert "not JSON" in done.stderr


@pytest.mark.parametrize("first", ["{Corrected} Harbour reopens", "{harbour} reopens", "{{ Harbour reopens }}", "[{}] Harbour reopens"])
def test_copy_may_open_with_a_brace(first):
    """A brace with a word behind it is copy, all of it kept."""
    done = run("clean", "-", stdin=f"{first}\n\nIt reopened on Friday after three days of storm, the port said.\n")
    assert (done.returncode, done.stderr) == (0, "")
    article = json.loads(done.stdout)
    assert first in (article["headline"], article["text"].partition("\n")[0])


@pytest.mark.parametrize("data", [b"", b" \n", b"Harbour\0"])
def test_standard_input_that_is_no_text(data):
    """A letter and exit code 2."""
    done = run("clean", "-", stdin=data)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("standard input: ")


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path):
    """`clean - | head -1`: no traceback, no noise."""
    (tmp_path / "rows").write_text('{"title": "Harbour reopens", "text": "It reopened on Friday, the port said."}\n' * 3000)
    program = f"{sys.executable} -c 'from cleaner.cli import clean_main; clean_main()' - < rows | head -1"
    done = subprocess.run(["bash", "-c", program], cwd=tmp_path, capture_output=True, check=False)
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


def test_a_diff_that_nobody_reads_is_no_difference(raw, tmp_path):
    """`--diff | head -1` after a run that went well is not exit code 1."""
    for number in range(300):
        (raw / f"{number}.txt").write_text(f"{COPY}\nIt was day {number}.\n")
    program = f"set -o pipefail; {sys.executable} -c 'from cleaner.cli import clean_main; clean_main()' raw clean --diff | head -1"
    done = subprocess.run(["bash", "-c", program], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(("arguments", "says"), [
    ("--diff --max-removed 0", b"max-removed: 1 article"),
    ("--diff --max-removed 0 --stat", b"max-removed: 1 article"),
    ("--check --diff", b"clean is not what a run would write"),
])
def test_a_reader_that_goes_away_changes_nothing_but_what_is_printed(raw, tmp_path, arguments, says):
    """After `--diff | head -1` a gate, a difference and its exit code are told, and a run writes the report of its own records."""
    assert run("clean", raw, tmp_path / "clean").returncode == 0
    for number in range(300):
        (raw / f"{number}.txt").write_text(f"Day {number} at the harbour\n\nIt was day {number} of the storm, and no boat went out.\n")
    (raw / "0.txt").write_text(COPY)
    (raw / "a.txt").unlink()
    program = f"set -o pipefail; {sys.executable} -c 'from cleaner.cli import clean_main; clean_main()' raw clean {arguments} | head -1"
    done = subprocess.run(["bash", "-c", program], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 1, done.stderr
    assert says in done.stderr
    assert b"Traceback" not in done.stderr
    if "--check" not in arguments:
        assert "Day 299" in "".join(page.read_text() for page in (tmp_path / "clean" / "report").glob("page-*.html"))


@pytest.mark.parametrize(("arguments", "says"), [
    ("- <&-", "standard input or output is closed"),
    ("- >&- <raw/a.txt", "standard input or output is closed"),
    ("- >/dev/full <raw/a.txt", "No space left on device"),
    ("raw clean --diff >/dev/full", "No space left on device"),
])
def test_a_stream_that_is_shut_or_full_is_a_letter(raw, tmp_path, arguments, says):
    """One line that says what is wrong, exit code 2, no traceback."""
    program = f"{sys.executable} -c 'from cleaner.cli import clean_main; clean_main()' {arguments}"
    done = subprocess.run(["bash", "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


# -- the toolbox -------------------------------------------------------------------------------------------------------


def test_explain_shows_lines_with_roles_and_edits_with_reasons(raw, tmp_path):
    """One article by its id; an id that there is not is a letter."""
    run("clean", raw, tmp_path / "clean")
    identity = json.loads((tmp_path / "clean" / "articles.jsonl").read_text().splitlines()[0])["id"]
    done = run("cleaner", "explain", tmp_path / "clean", identity)
    assert done.returncode == 0, done.stderr
    assert "    1  headline    Harbour reopens after storm" in done.stdout
    assert "    4  remove      Ferries leave on Friday." in done.stdout
    assert "repeat" in done.stdout.partition("edits\n")[2]
    done = run("cleaner", "explain", tmp_path / "clean", "nothing")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no article 'nothing'" in done.stderr


def test_restore_and_schema(raw, tmp_path):
    """The texts come back; the schemas are JSON."""
    run("clean", raw, tmp_path / "clean")
    done = run("cleaner", "restore", tmp_path / "clean", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "a.txt").read_text() == COPY
    assert run("cleaner", "restore", tmp_path / "clean", "-o", tmp_path / "out").returncode == 2
    assert set(json.loads(run("cleaner", "schema").stdout)) == {"articles", "edits", "documents", "unreadable", "run"}


def test_every_report_can_be_asked_for(raw, tmp_path):
    """Each report by its name, by `clean` and by `cleaner report`; the last lines say where they are."""
    assert {str(name) for name in ReportName} == {"none", *REPORTS}
    asked = [word for name in REPORTS for word in ("--report", name)]
    done = run("clean", raw, tmp_path / "clean", *asked)
    assert done.returncode == 0, done.stderr
    opened = [Path(line.strip()) for line in done.stderr.splitlines()[-len(REPORTS) :]]
    assert all(path.is_file() and path.parent == tmp_path / "clean" / "report" for path in opened)
    again = run("cleaner", "report", tmp_path / "clean", "-o", tmp_path / "again", *asked)
    assert again.returncode == 0, again.stderr
    assert {path.name for path in (tmp_path / "again").iterdir()} == {path.name for path in (tmp_path / "clean" / "report").iterdir()}


@pytest.mark.parametrize("command", ["clean", "cleaner"])
def test_version(command):
    """Both commands say which version they are."""
    import importlib.metadata

    assert run(command, "--version").stdout.strip() == importlib.metadata.version("cleaner")


# -- hostile copy ------------------------------------------------------------------------------------------------------

HOSTILE = "\x1b]0;owned\x07[bold red]Harbour[/] reopens \u202eyadirF :smile: \x9b2J\r"


def test_copy_cannot_talk_to_the_terminal(raw, tmp_path):
    """Control characters are escapes and markup is text, in the diff, in explain and in the summary."""
    (raw / "b.txt").write_text(f"{HOSTILE}\n\n{HOSTILE}\n\n{HOSTILE} and more was said about the harbour on Friday, said the port.\n", newline="")
    (raw / "\x1b[31m[red]x.pdf").write_text("x")
    done = run("clean", raw, tmp_path / "clean", "--diff")
    rows = [json.loads(line) for line in (tmp_path / "clean" / "articles.jsonl").read_text("utf-8").splitlines()]
    shown = done.stdout + done.stderr
    for row in rows:
        shown += run("cleaner", "explain", tmp_path / "clean", row["id"]).stdout
    assert not set(shown) & set("\x1b\x07\x9b\r\u202e")
    assert r"\x1b[31m[red]x.pdf" in shown
    assert "[bold red]Harbour[/]" in shown
    assert ":smile:" in shown


def test_joiners_stay_and_long_spans_are_cut():
    """Persian and Hindi need their joiners; a span of fifty megabytes is not printed."""
    assert visible("می\u200cشود") == "می\u200cشود"
    assert len(excerpt("x" * 1_000_000)) < 400


def in_terminal(*arguments: str | Path, **env: str) -> str:
    """What the command writes to a terminal."""
    master, slave = pty.openpty()
    program = [sys.executable, "-c", "from cleaner.cli import clean_main; clean_main()", *map(str, arguments)]
    where = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")}
    process = subprocess.Popen([*program, "--no-cache"], stdout=slave, stderr=slave, env={**where, "TERM": "xterm", "COLUMNS": "80", **env})
    os.close(slave)
    written = b""
    try:
        while part := os.read(master, 65536):
            written += part
    except OSError:  # Linux says so when the other end is closed
        pass
    os.close(master)
    process.wait()
    return written.decode()


def test_colour_on_a_terminal_only_and_not_against_the_will(raw, tmp_path):
    """Styled on a terminal; NO_COLOR takes the colours away."""
    assert "\x1b[31m" in in_terminal(raw, tmp_path / "clean", "--diff")
    assert "\x1b[31m" not in in_terminal(raw, tmp_path / "clean", "--diff", NO_COLOR="1")


# -- start -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("command", "arguments"), [("clean", ["--help"]), ("cleaner", ["--help"]), ("clean", ["--version"])])
def test_help_loads_nothing_heavy(command, arguments):
    """`clean --help` needs no tables, no matching and no templates."""
    program = f"""
import sys
from cleaner.cli import {command}_main
try:
    {command}_main()
except SystemExit:
    pass
print(sorted({{"polars", "rapidfuzz", "jinja2", "msgspec", "chardet", "py3langid", "numpy"}} & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_the_package_itself_is_cheap():
    """`import cleaner` loads no room until a name is used; every name it offers is there."""
    program = "import sys, cleaner; print([name for name in sys.modules if name.startswith('cleaner.')]); [getattr(cleaner, name) for name in cleaner.__all__]"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
