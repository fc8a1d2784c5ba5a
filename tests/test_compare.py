"""Two outputs held against each other: which decisions differ, and that nothing else does."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Options, clean_folder
from cleaner.differences import Change, Decision, Kind, changes
from cleaner.errors import FolderError, RestoreError
from cleaner.model import Op, Status
from cleaner.records import EditRow
from cleaner.restore import documents as rows
from cleaner.run import check_folder
from cleaner.writers import formats
from tests.newsroom import documents
from tests.test_cli import HOSTILE, run

COPY = """Harbour reopens after three days of storm

Ferries leave the harbour on Friday. (Port media)
Ferries leave the harbour on Friday. (Port media)

Harbour reopens after three days of storm

The harbour reopened on Friday after three days, the port said in a statement.

Advertisement

The first ferry was full, and the second one left an hour late, said the harbour master.
"""
OTHER = """Council puts off vote on night buses

The council has put off its vote on night buses until October, after members said that the figures did not add up.

Advertisement

A petition for the buses has gathered 5,200 names, nearly a third of the town.
"""
KEEP = '[[keep]]\ntext = "Advertisement"\n'


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "a.txt").write_text(COPY)
    (folder / "b.txt").write_text(OTHER)
    rows = [{"title": f"Ferry number {number} leaves", "text": f"Advertisement\n\nIt left on Friday with {number} on board."} for number in range(3)]
    (folder / "c.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    return folder


def made(raw: Path, name: str, keep: str | None = None, **options) -> Path:
    """The output of a run with this keep list."""
    clean = raw.parent / name
    if keep is not None:
        (raw.parent / f"{name}.toml").write_text(keep)
        options["keep"] = str(raw.parent / f"{name}.toml")
    clean_folder(raw, clean, Options(**options))
    return clean


def told(old: Path, new: Path) -> list[tuple[str, str, list[tuple[Kind, str, str]]]]:
    """Each article that differs: its place, what became of it, its decisions."""
    return [
        (change.row.path, change.what, [(decision.kind, decision.speaks.rule, decision.speaks.text) for decision in change.decisions])
        for change in changes(old, new)
    ]


# -- the same ----------------------------------------------------------------------------------------------------------


def test_an_output_is_the_same_as_itself(raw, tmp_path):
    """Nothing differs, the command says so, exit code 0."""
    one, two = made(raw, "one"), made(raw, "two")
    assert told(one, two) == []
    done = run("cleaner", "compare", one, two)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Both were made with the same version and options from the same input." in done.stdout
    assert done.stdout.endswith("Both hold the same articles and the same decisions.\n")


@pytest.mark.parametrize("form", formats())
def test_the_form_of_the_tables_is_no_difference(form, raw, tmp_path):
    """JSONL and Parquet hold the same rows; only how they were made differs."""
    one, two = made(raw, "one"), made(raw, "two", format=form)
    assert told(one, two) == []
    done = run("cleaner", "compare", one, two)
    assert done.returncode == 0
    assert ("format  jsonl -> parquet" in done.stdout) == (form == "parquet")


def test_options_that_change_nothing_are_told_and_differ_in_nothing(raw, tmp_path):
    """A keep list that finds nothing: exit code 0, and the comparison says that there was one."""
    done = run("cleaner", "compare", made(raw, "one"), made(raw, "two", '[[keep]]\ntext = "Nobody prints this"\n'))
    assert done.returncode == 0
    assert "  keep  none -> sha256:" in done.stdout


def test_another_version_alone_is_no_difference(raw, tmp_path):
    """What one reads before upgrading: the version stands in the head, and no decision differs."""
    one, two = made(raw, "one"), made(raw, "two")
    written = json.loads((two / "run.json").read_text())
    (two / "run.json").write_text(json.dumps({**written, "version": "9.9"}))
    done = run("cleaner", "compare", one, two)
    assert done.returncode == 0
    assert "-> 9.9" in done.stdout


def test_copy_that_moved_in_its_file_is_the_same_decision(raw, tmp_path):
    """A paragraph more in the text: the edits below it stand on other lines and are the same; only the text differs."""
    one = made(raw, "one")
    (raw / "a.txt").write_text(COPY.replace("Ferries leave", "The town slept on, and nobody knew of the ferries yet, the port said.\n\nFerries leave", 1))
    [(path, what, decisions)] = told(one, made(raw, "two"))
    assert (path, what, decisions) == ("a.txt", "changes: text", [])
    shown = run("cleaner", "compare", one, tmp_path / "two").stdout.partition("a.txt")[2]
    assert "  text\n        + The town slept on" in shown
    assert "        - " not in shown


# -- what differs ------------------------------------------------------------------------------------------------------


def test_what_stays_now_and_what_goes_now(raw, tmp_path):
    """An entry of the keep list: what it keeps was removed before; the other way round it is newly removed."""
    one, two = made(raw, "one"), made(raw, "two", KEEP)
    assert told(one, two) == [
        (path, "changes: text, 1 decision", [(Kind.LEFT, "furniture", "Advertisement")]) for path in ("a.txt", "b.txt", "c.jsonl", "c.jsonl", "c.jsonl")
    ]
    assert {kind for _, _, decisions in told(two, one) for kind, *_ in decisions} == {Kind.REMOVED}
    done = run("cleaner", "compare", two, one)
    assert done.returncode == 1
    assert "Articles: 5 changed." in done.stdout
    assert "furniture                       5" in done.stdout
    shown = done.stdout.partition("b.txt  article 0")[2].partition("c.jsonl")[0]
    assert "  newly removed\n      5 - Advertisement\n" in shown
    assert "now dropped: furniture: furniture: en.ad 'Advertisement'" in shown
    assert "was kept-by-list: furniture: furniture: en.ad 'Advertisement'; kept, since the keep list has text 'Advertisement'" in shown
    assert "  text\n        as above\n" in shown


def test_a_reason_alone_is_told_as_such(raw, tmp_path):
    """The same entry with another why: the copy stays either way, and only the reason differs."""
    one, two = made(raw, "one", KEEP), made(raw, "two", KEEP + 'why = "a column"\n')
    assert {(kind, rule) for *_, decisions in told(one, two) for kind, rule, _ in decisions} == {(Kind.REASON, "furniture")}
    assert run("cleaner", "compare", one, two).returncode == 1


def test_articles_that_are_new_and_gone(raw, tmp_path):
    """Another day's input: no decision is counted for what only one of the two has."""
    one = made(raw, "one")
    (raw / "b.txt").rename(raw / "z.txt")
    (raw / "d.pdf").write_text("x")
    two = made(raw, "two")
    assert told(one, two) == [("b.txt", "goes", []), ("z.txt", "is new", [])]
    done = run("cleaner", "compare", one, two)
    assert done.returncode == 1
    assert "  input  3 files -> 4 files" in done.stdout
    assert "Articles: 1 gone, 1 new." in done.stdout
    assert done.stdout.index("Council puts off vote on night buses  is gone") < done.stdout.index("Council puts off vote on night buses  is new")
    assert "d.pdf cannot be read: no reader knows .pdf" in done.stdout


def test_an_article_whose_number_shifted_is_known_by_its_copy(raw, tmp_path):
    """One more article above it in the file: it has another number, and its decisions are its own."""
    (raw / "b.txt").write_text(f"{OTHER}\n\n\n\n{COPY}")
    one = made(raw, "one")
    (raw / "b.txt").write_text(f"{COPY.replace('arbour', 'ort')}\n\n\n\n{OTHER}\n\n\n\n{COPY}")
    two = made(raw, "two", KEEP)
    found = [change for change in changes(one, two) if change.row.path == "b.txt"]
    assert [(change.old and change.old.number, change.new and change.new.number) for change in found] == [(None, 0), (0, 1), (1, 2)]
    assert [change.fields for change in found] == [(), ("number", "text"), ("number", "text")]
    assert [[decision.kind for decision in change.decisions] for change in found] == [[], [Kind.LEFT], [Kind.LEFT]]


def test_what_is_gravest_stands_first(raw, tmp_path):
    """Removals before what stays, those of a score close to the threshold before the sure ones, fields alone last."""
    one = made(raw, "one", '[[keep]]\npattern = "(Ferries|Harbour).*"\n')
    rows = [{"title": f"Ferry number {number} leaves", "text": "Advertisement\n\nIt left."} for number in range(3)]
    (raw / "c.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    done = run("cleaner", "compare", one, made(raw, "two", KEEP))
    places = [done.stdout.index(text) for text in ("a.txt  article 0", "b.txt  article 0", "c.jsonl, row 0  article 0")]
    assert places == sorted(places)
    assert "no longer removed" not in done.stdout[: places[1]].partition("a.txt")[0].partition("decisions by rule")[0]


def edit(rule="doubled-caption", op=Op.REMOVE, status=Status.APPLIED, score=None, value=None):
    return EditRow("", 0, rule, op, status, 0, 5, 1, 1, "Words", None, None, score, 92.0, "", None, value, "")


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (None, edit(), Kind.REMOVED),
        (edit(status=Status.DECLINED), edit(), Kind.REMOVED),
        (edit(op=Op.MOVE), edit(op=Op.DROP), Kind.REMOVED),
        (edit(), None, Kind.LEFT),
        (edit(), edit(status=Status.KEPT_BY_LIST), Kind.LEFT),
        (edit(op=Op.DROP), edit(op=Op.MOVE), Kind.LEFT),
        (None, edit(op=Op.MOVE), Kind.OTHERWISE),
        (edit(op=Op.REPLACE), None, Kind.OTHERWISE),
        (edit(op=Op.MOVE, value="TT"), edit(op=Op.MOVE, value="AA"), Kind.OTHERWISE),
        (None, edit(status=Status.DECLINED), Kind.STATUS),
        (edit(status=Status.DECLINED), None, Kind.STATUS),
        (edit(status=Status.DECLINED), edit(status=Status.KEPT_BY_LIST), Kind.STATUS),
        (edit(), edit(score=93.0), Kind.REASON),
        (edit(), edit(rule="furniture", op=Op.DROP), Kind.REASON),
    ],
)
def test_a_decision_has_one_kind(old, new, kind):
    """What takes copy away is told from what gives it back, and either from what only gives another reason."""
    assert Decision(old, new).kind is kind


def test_the_closest_removals_stand_first():
    """Of one kind, the smaller margin; what was never compared comes behind."""
    decisions = [Decision(None, edit(score=score)) for score in (100.0, None, 92.5, 96.0)] + [Decision(edit(), None)]
    assert [each.speaks.score for each in sorted(decisions, key=lambda each: each.rank)] == [92.5, 96.0, 100.0, None, None]


def test_another_text_end_is_a_difference_of_its_document(raw, tmp_path):
    """White space alone: no article differs, and the document is named with the fields that do."""
    one = made(raw, "one")
    (raw / "a.txt").write_text(COPY + "\n\n")
    [change] = changes(one, made(raw, "two"))
    assert (change.name, change.old, change.what) == ("a.txt", None, "changes: sha256, gaps")


@settings(max_examples=40, deadline=None)
@given(documents(), documents(), st.sampled_from([".*", ".*[aeo].*", "[A-Z].*", "nothing"]), st.booleans())
def test_the_totals_add_up(one, two, pattern, same):
    """Removals of the new output less those of the old one are what is newly removed less what is no longer; from the other side it is the reverse."""
    with tempfile.TemporaryDirectory() as folder:
        outputs = []
        for name, text, keep in (("old", one, "nothing"), ("new", one if same else two, pattern)):
            raw = Path(folder, f"raw-{name}")
            raw.mkdir()
            (raw / "a.txt").write_text(text, "utf-8", newline="")
            Path(folder, "keep.toml").write_text(f"[[keep]]\npattern = '{keep}'")
            outputs.append(Path(folder, name))
            clean_folder(raw, outputs[-1], Options(keep=str(Path(folder, "keep.toml"))))
        gone = [sum(edit.status is Status.APPLIED and edit.op in (Op.REMOVE, Op.DROP) for written in rows(each) for edit in written.edits) for each in outputs]
        there, back = (
            Counter((decision.kind, decision.speaks.rule, decision.speaks.text) for change in changes(*pair) for decision in change.decisions)
            for pair in (outputs, outputs[::-1])
        )

        def total(kinds, which):
            return sum(number for (kind, *_), number in kinds.items() if kind is which)

        if same:  # in another text an article may be new, and its decisions with it
            assert gone[1] - gone[0] == total(there, Kind.REMOVED) - total(there, Kind.LEFT)
        assert total(back, Kind.LEFT) == total(there, Kind.REMOVED)
        assert total(back, Kind.REMOVED) == total(there, Kind.LEFT)
        if same and pattern == "nothing":
            assert not there


# -- what cannot be compared -------------------------------------------------------------------------------------------


def test_what_is_no_output_is_a_letter(raw, tmp_path):
    """Exit code 2, not 1; a table that is missing or no row of ours, and a folder that is not there."""
    one = made(raw, "one")
    done = run("cleaner", "compare", one, tmp_path / "nothing")
    assert done.returncode == 2
    assert "no output of ours" in done.stderr
    two = tmp_path / "two"
    shutil.copytree(one, two)
    (two / "edits.jsonl").write_text("no row\n")
    assert run("cleaner", "compare", one, two).returncode == 2
    (two / "edits.jsonl").unlink()
    assert "edits.jsonl is missing" in run("cleaner", "compare", two, one).stderr
    with pytest.raises(FolderError):
        list(changes(tmp_path / "nothing", one))
    with pytest.raises(RestoreError):
        list(changes(one, two))


def test_copy_cannot_talk_to_the_terminal(raw, tmp_path):
    """Escapes of copy, of paths and of what the folders are called are printed as text."""
    (raw / "\x1b[31mb.txt").write_text(f"{HOSTILE}\n\n{HOSTILE}\n\n{HOSTILE} and more was said about the harbour on Friday.\n", newline="")
    one = made(raw, "one\x1b[31m")
    (raw / "\x1b[31mb.txt").write_text(f"{HOSTILE}\n\nAdvertisement\n\n{HOSTILE} and more was said about the harbour on Saturday.\n", newline="")
    done = run("cleaner", "compare", one, made(raw, "two"))
    assert done.returncode == 1
    assert not set(done.stdout + done.stderr) & set("\x1b\x07\x9b\r\u202e")
    assert r"\x1b[31mb.txt" in done.stdout


# -- --check -----------------------------------------------------------------------------------------------------------


def test_check_with_diff_shows_what_would_change(raw, tmp_path):
    """The edits that are the same are not printed; nothing is written; the words of --check stay on stderr."""
    clean = made(raw, "clean")
    (tmp_path / "k.toml").write_text(KEEP)
    done = run("clean", raw, clean, "--check", "--diff", "--keep", tmp_path / "k.toml")
    assert done.returncode == 1
    assert "new: what a run would write\n" in done.stdout
    assert done.stdout.count("\n  no longer removed\n") == 5
    assert "Ferries leave" not in done.stdout
    assert "edits.jsonl differs." in done.stderr
    assert "(b.txt, article 0) changes: text, 1 decision." in " ".join(done.stderr.split())
    done = run("clean", raw, clean, "--check", "--diff")
    assert done.returncode == 0
    assert done.stdout.endswith("Both hold the same articles and the same decisions.\n")


def test_only_the_bytes_decide(raw, tmp_path):
    """Rows that are written with another space are the same rows and other bytes: exit code 1, and the check says that it is so."""
    clean = made(raw, "clean")
    table = clean / "edits.jsonl"
    table.write_bytes(b"".join(line.replace(b":", b": ", 1) + b"\n" for line in table.read_bytes().splitlines()))
    with check_folder(raw, clean) as summary:
        assert summary.differences == ["edits.jsonl differs.", "  Every row is the same; only the bytes differ."]
    done = run("clean", raw, clean, "--check", "--diff")
    assert done.returncode == 1
    assert "Both hold the same articles and the same decisions." in done.stdout
    assert run("cleaner", "compare", clean, clean).returncode == 0


@pytest.mark.parametrize(("other", "code"), [("clean", 0), ("after", 1)])
def test_a_comparison_that_nobody_reads_to_its_end(raw, tmp_path, other, code):
    """The exit code says whether the two differ, however much of it was read."""
    made(raw, "clean")
    (raw / "new.txt").write_text(COPY)
    made(raw, "after")
    program = f"set -o pipefail; {sys.executable} -c 'from cleaner.cli import cleaner_main; cleaner_main()' compare clean {other} | true"
    done = subprocess.run(["bash", "-c", program], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (code, b"")


def test_check_names_a_few_and_diff_shows_all(raw, tmp_path):
    """Thirty articles that differ are not thirty lines of talk."""
    clean = made(raw, "clean")
    for number in range(30):
        (raw / f"new{number}.txt").write_text(COPY)
    with check_folder(raw, clean) as summary:
        assert sum("is new" in line for line in summary.differences) == 20
        assert "  and more: --diff shows them all." in summary.differences
    assert run("clean", raw, clean, "--check", "--diff").stdout.count("is new\n") == 30


def test_a_table_that_is_broken_is_told(raw, tmp_path):
    """Foreign bytes in a table: a difference with its letter; --diff has nothing to compare and says why."""
    clean = made(raw, "clean")
    (clean / "edits.jsonl").write_text("no row\n")
    with check_folder(raw, clean) as summary:
        assert summary.differences[0] == "edits.jsonl differs."
        assert "line 1: no row of ours" in summary.differences[1]
    done = run("clean", raw, clean, "--check", "--diff")
    assert done.returncode == 1
    assert "line 1: no row of ours" in done.stdout
    (clean / "unreadable.jsonl").unlink()
    made(raw, "other")
    shutil.copy(tmp_path / "other" / "edits.jsonl", clean / "edits.jsonl")
    (raw / "a.txt").write_text(OTHER)
    with check_folder(raw, clean) as summary:
        assert any("unreadable.jsonl is missing" in line for line in summary.differences)
    assert run("clean", raw, clean, "--check").returncode == 1


def test_every_change_has_a_place(raw, tmp_path):
    """Whatever is on one side only, or empty, has a name to be told by."""
    one = made(raw, "one")
    for path in raw.iterdir():
        path.write_text("")
    (raw / "only.txt").write_text(COPY)
    two = made(raw, "two")
    assert all(isinstance(change, Change) and change.name and msgspec.to_builtins(change.what) for change in [*changes(one, two), *changes(two, one)])
