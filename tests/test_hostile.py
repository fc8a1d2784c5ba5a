"""Hostile copy stays copy: in every report, on the terminal, in the log and on the pull request every format still parses, and nothing gets out."""

from __future__ import annotations

import io
import json
import shutil
from itertools import islice
from pathlib import Path

import msgspec
import pytest

from cleaner import Options, clean_folder
from cleaner.errors import FolderError, RestoreError
from cleaner.model import Status
from cleaner.reports import REPORTS, comparison, github, markdown, sarif, terminal, write_reports
from cleaner.restore import documents, restore
from cleaner.run import check_folder
from cleaner.view import Overview, articles, excerpt, unreadable, visible
from tests import hostile
from tests.report_checks import check_printed, read_annotation, read_html, read_markdown, read_sarif
from tests.test_cli import run

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    raw = tmp_path_factory.mktemp("hostile") / "raw"
    hostile.build(raw)
    return raw


@pytest.fixture(scope="module")
def summary(raw):
    return clean_folder(raw, raw.parent / "clean")


@pytest.fixture(scope="module")
def edits(summary):
    return [edit for written in documents(summary.clean) for edit in written.edits]


def printed(write, *arguments, wrap=False):
    file = io.StringIO()
    write(*arguments, terminal.console(file, wrap=wrap))
    return file.getvalue()


def test_there_are_many_and_most_lie_in_edits(edits):
    """The corpus would show nothing if its strings were nowhere that a report looks."""
    assert len(hostile.STRINGS) >= 200
    texts = "\n".join({f"{edit.text}\n{edit.value}\n{edit.reason}" for edit in edits})
    found = [string for string in hostile.STRINGS if string in texts]
    assert len(found) >= 280
    assert sum(map(hostile.can_be_a_name, hostile.STRINGS)) >= 200


def test_every_report_still_parses(summary, tmp_path):
    """Each report there is has its check here; a new one needs one."""
    checks = {
        "html": read_html,
        "markdown": lambda path: read_markdown(path.read_text("utf-8")),
        "sarif": read_sarif,
    }
    for name in REPORTS:
        [path] = write_reports(summary.clean, tmp_path / name, [name], summary.clean.parent / "raw")
        assert checks[name](path)


def test_markdown_shows_it_all_as_code(summary, edits):
    """However long the report: what went stands in it, and in code."""
    code = "\n".join(read_markdown(markdown.page(summary.clean, 100_000_000)))
    missing = [edit.text for edit in edits if edit.status is Status.APPLIED and excerpt(edit.text) not in code]
    assert not missing


def test_sarif_shows_it_all_as_text(summary, tmp_path):
    """Every result of the run, not the closest alone."""
    path = tmp_path / "all.sarif"
    path.write_bytes(msgspec.json.encode(sarif.log(summary.clean, "raw/", 1_000_000)))
    assert len(read_sarif(path)["results"]) > 1_000


def test_nothing_printed_is_a_command(summary):
    """The diff, the line per file, the summary, an article explained, what --check found."""
    check_printed(printed(terminal.print_diff, summary.clean))
    check_printed(printed(terminal.print_stat, summary))
    check_printed(printed(terminal.print_summary, summary, wrap=True))
    for written in islice(documents(summary.clean), 0, None, 100):
        check_printed(printed(terminal.explain, summary.clean, written.articles[0].id))


def test_the_letters_of_a_check_are_text(raw, tmp_path):
    """A check against another output names hostile paths: on the terminal, in the annotation and in the summary."""
    few = tmp_path / "few"
    few.mkdir()
    (few / "zz.txt").write_text(hostile.story("Harbour"))
    clean_folder(few, tmp_path / "clean")
    with check_folder(raw / "names", tmp_path / "clean") as checked:
        assert len(checked.differences) > 20
        check_printed(printed(terminal.print_differences, checked, tmp_path / "clean", wrap=True))
        assert read_annotation(next(github.commands(checked, "raw/")))[0] == "error"
        read_markdown(markdown.page(checked.clean, differences=checked.differences))
        check_printed(printed(comparison.print_check, tmp_path / "clean", checked.clean))


def test_a_comparison_is_text(raw, summary, tmp_path):
    """Two outputs whose decisions differ everywhere, since one run kept it all."""
    keep = tmp_path / "keep.toml"
    keep.write_text('[[keep]]\npattern = "(?s).*"\nwhy = "all of it"\n')
    other = clean_folder(raw, tmp_path / "clean", Options(keep=str(keep)))
    shown = printed(comparison.print_comparison, summary.clean, other.clean)
    assert shown.count("\n") > 1_000
    check_printed(shown)


def test_every_call_file_and_row_can_be_annotated(summary):
    """The grammar of workflow commands holds for every close call, every unreadable input and every path."""
    overview = Overview(summary.clean, calls=1_000_000)
    for article in articles(summary.clean):
        overview.add(article)
    assert len(overview.closest) > 500
    for call in overview.closest:
        assert read_annotation(github._call(call, "raw/"))[1]["file"] == visible(f"raw/{call.article.path}")
    rows = list(unreadable(summary.clean))
    assert len(rows) > 200
    for row in rows:
        level, where, _ = read_annotation(github._unreadable("error", row, "raw/"))
        assert level == "error"
        assert where["file"] == visible(f"raw/{row.path}")
    for line in github.commands(summary, "raw/"):
        read_annotation(line)


def test_a_whole_run_on_github(raw, tmp_path):
    """What the log gets: annotations that are ours, and text."""
    notes = tmp_path / "summary.md"
    done = run("clean", raw, tmp_path / "clean", "--diff", "--stat", GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(notes))
    assert done.returncode == 2
    lines = done.stdout.split("\n")
    commands = [line for line in lines if line.startswith("::")]
    assert 0 < len(list(map(read_annotation, commands))) <= 10
    check_printed("\n".join(line for line in lines if not line.startswith("::")))
    check_printed(done.stderr)
    assert notes.stat().st_size <= 1_000 * 1024
    read_markdown(notes.read_text("utf-8"))


@pytest.mark.parametrize("name", ["article", "rule", "field", "fingerprint"])
def test_a_table_that_somebody_wrote_is_no_markup(name, tmp_path):
    """A name in a table is one of ours, so that reports may print it as it is; what is none is told before anything is drawn."""
    shutil.copytree(ROOT / "clean", tmp_path / "clean")
    table = tmp_path / "clean" / "edits.jsonl"
    first, _, rest = table.read_text("utf-8").partition("\n")
    table.write_text(json.dumps({**json.loads(first), name: '"><b>'}) + "\n" + rest, "utf-8")
    with pytest.raises(RestoreError, match="no row of ours"):
        write_reports(tmp_path / "clean", tmp_path / "report", ["html"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clean"]


@pytest.mark.parametrize(
    ("change", "letter"),
    [
        (lambda run: run["options"].pop("format"), "names no format"),
        (lambda run: run["options"].update(format="../../x"), "names no format"),
        (lambda run: run["counts"]["edits"].update({"\x1b[2J": {"remove": 1}}), "not one that we wrote"),
    ],
)
def test_a_run_that_somebody_wrote_is_a_letter(change, letter, tmp_path):
    """run.json may come from anywhere too: it names no file outside of CLEAN and moves no cursor."""
    shutil.copytree(ROOT / "clean", tmp_path / "clean")
    path = tmp_path / "clean" / "run.json"
    run = json.loads(path.read_text("utf-8"))
    change(run)
    path.write_text(json.dumps(run), "utf-8")
    with pytest.raises(FolderError, match=letter):
        write_reports(tmp_path / "clean", tmp_path / "report", ["html"])


def test_it_all_comes_back(summary, tmp_path):
    """Nothing of it was lost, and no path leaves its folder."""
    restore(summary.clean, tmp_path / "back")
    for number, string in enumerate(hostile.STRINGS):
        path = tmp_path / "back" / "copy" / f"{number:03}.txt"
        if path.exists() and string not in hostile.KINDS["surrogates"]:  # no UTF-8, so such a file is read in an encoding that is guessed
            assert path.read_bytes().decode() == hostile.story(string).removeprefix("\ufeff")
