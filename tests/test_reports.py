"""What every report is drawn from, and the folder that reports are put into."""

from __future__ import annotations

import json
import os
import stat
import tempfile
import time
from pathlib import Path

import pytest

from cleaner import clean_folder
from cleaner.errors import FolderError, RestoreError
from cleaner.model import Op, Span, Status
from cleaner.options import Options
from cleaner.records import EditRow
from cleaner.reports import MARKER, html, write_reports
from cleaner.restore import documents
from cleaner.view import Overview, articles, changes, is_close, margin, visible
from cleaner.writers import formats
from tests.test_cli import COPY, run

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def clean(tmp_path):
    """A small output."""
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text(COPY)
    clean_folder(raw, tmp_path / "clean")
    return tmp_path / "clean"


def edit(status=Status.APPLIED, score=None, threshold=92.0):
    return EditRow("0" * 16, 0, "doubled-caption", Op.REMOVE, status, 0, 4, 1, 1, "text", 5, 9, score, threshold, "as line 2", None, None, "0" * 16)


# -- the view ------------------------------------------------------------------------------------------------------------


def test_pieces_are_the_whole_article_in_order():
    """Between the pieces of each sample there is white space only, and no piece overlaps the next."""
    for article in articles(ROOT / "clean"):
        ends = 0
        for piece in article.pieces:
            assert piece.text == article.text[piece.start : piece.end] != ""
            assert piece.start >= ends
            ends = piece.end
        applied = [edit for edit in article.edits if edit.status is Status.APPLIED]
        assert sum(piece.role is None for piece in article.pieces) == len(applied)


def test_a_line_is_one_close_call_however_many_captions_it_is_like(tmp_path):
    """A page of pictures has as many close calls as captions, each held against the one that it is most like; to look at it takes no longer than to read it."""
    captions = [f"Ferry {number} at the quay (Reuters)" for number in range(4000)]
    captions[2] = "Ferry 2 at the old quay (Reuters)"
    (tmp_path / "raw").mkdir()
    copy = ["Harbour reopens after storm\n", *captions, "\nThe harbour reopened on Friday, the port said in a statement."]
    (tmp_path / "raw" / "a.txt").write_text("\n".join(copy))
    clean_folder(tmp_path / "raw", tmp_path / "clean")
    begun = time.process_time()
    [article] = articles(tmp_path / "clean")
    assert time.process_time() - begun < 1
    spared = [edit for edit in article.edits if edit.status is Status.DECLINED]
    assert [edit.line for edit in spared] == sorted({edit.line for edit in spared})
    assert len(spared) == 3999
    assert [edit.reason for edit in spared[1:3]] == ["like the caption on line 4, but number 1 / 2", "like the caption on line 4, but number 1 / 3"]
    assert [piece.edit.seq for piece in article.pieces if piece.role and piece.edit] == [edit.seq for edit in spared]


def test_what_was_spared_is_a_kept_piece_with_its_edit():
    """A declined edit lies on kept text: the text keeps its role and the edit can be shown there."""
    spared = [piece for article in articles(ROOT / "clean") for piece in article.pieces if piece.role is not None and piece.edit is not None]
    declined = [edit for article in articles(ROOT / "clean") for edit in article.edits if edit.status is Status.DECLINED]
    assert len(declined) > 0
    assert {piece.edit.seq for piece in spared if piece.edit} == {edit.seq for edit in declined}


@pytest.mark.parametrize(
    ("row", "points", "close"),
    [
        (edit(score=92.0), 0.0, True),
        (edit(score=96.5), 4.5, True),
        (edit(score=99.0), 7.0, False),
        (edit(score=100.0), 8.0, False),
        (edit(score=100.0, threshold=97.0), 3.0, False),
        (edit(Status.DECLINED, 89.0), 3.0, True),
        (edit(Status.DECLINED, 99.0), 0.0, True),
        (edit(Status.KEPT_BY_LIST, 92.0), 0.0, False),
        (edit(score=None, threshold=None), None, False),
    ],
)
def test_a_close_call(row, points, close):
    """Declined, or near the threshold without being the same to the letter. What a guard stopped has no margin left."""
    assert margin(row) == points
    assert is_close(row) is close


def test_the_closest_come_first_and_memory_is_bounded():
    """The overview holds as many calls as it was asked for, the smallest margins first."""
    overview, narrow = Overview(ROOT / "clean"), Overview(ROOT / "clean", calls=2, articles=1)
    for article in articles(ROOT / "clean"):
        overview.add(article)
        narrow.add(article)
    margins = [points for call in overview.closest if (points := margin(call.edit)) is not None]
    assert len(margins) == len(overview.closest) > 0
    assert margins == sorted(margins)
    assert narrow.closest == overview.closest[:2]
    assert narrow.most_removed == overview.most_removed[:1]
    ratios = [row.removed_ratio for _, row in overview.most_removed]
    assert ratios == sorted(ratios, reverse=True)
    assert sum(count.articles for count in overview.sources.values()) == overview.articles == overview.run.counts.articles


@pytest.mark.parametrize(
    ("old", "new", "left", "right"),
    [
        ("Kim Ek, 34, wins", "Kim Ek, 43, wins", ["34"], ["43"]),
        ("The harbour reopens", "The harbour reopens - Post", [], ["- Post"]),
        ("the same", "the same", [], []),
        ("the  same", "the same", [], []),
        ("港口周五重新开放", "港口周六重新开放", ["港口周五重新开放"], ["港口周六重新开放"]),
    ],
)
def test_words_that_differ(old, new, left, right):
    """Whole words, without the white space around them; white space alone is no difference."""
    mine, theirs = changes(old, new)
    assert [old[start:end] for start, end in mine] == left
    assert [new[start:end] for start, end in theirs] == right


def test_long_copies_are_not_compared_word_by_word():
    """The time grows with the square of the length and more, so hostile copy could hold up a report for hours."""
    long = "a " * 200_000
    began = time.monotonic()
    assert changes(long, f"{long}b") == ([], [])
    assert time.monotonic() - began < 5
    assert changes(long[:1_000], f"{long[:1_000]}b") == ([], [Span(1_000, 1_001)])


def test_what_is_escaped_does_not_hang_on_its_neighbours():
    """A character is shown as it is or as an escape, whatever else is in the text; the forms of characters in Japanese names are shown."""
    for number in range(0x110000):
        alone = visible(chr(number))
        assert visible(chr(number) + "\x07") == alone + r"\x07"
    assert visible("葛\U000e0100城\u202e") == "葛\U000e0100城\\u202e"


# -- the folder ----------------------------------------------------------------------------------------------------------


def test_a_run_writes_the_report_and_check_leaves_it_alone(clean, tmp_path):
    """The report is made by default; --check neither looks at it nor writes it."""
    raw = tmp_path / "raw"
    assert run("clean", raw, clean).returncode == 0
    index = clean / "report" / "index.html"
    assert "Diff report" in index.read_text(encoding="utf-8")
    index.write_text("changed by hand")
    (clean / "report" / "more.txt").write_text("a note")
    assert run("clean", raw, clean, "--check").returncode == 0
    assert index.read_text() == "changed by hand"


def test_the_same_report_twice(clean, tmp_path):
    """The same tables give the same bytes, file by file."""

    def files(folder):
        return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    for name in ("one", "two"):
        write_reports(ROOT / "clean", tmp_path / name, ["html"])
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_none_takes_an_old_report_away(clean, tmp_path):
    """A report that speaks of other tables than lie beside it would mislead."""
    run("clean", tmp_path / "raw", clean)
    assert run("clean", tmp_path / "raw", clean, "--report", "none").returncode == 0
    assert not (clean / "report").exists()
    assert run("clean", tmp_path / "raw", clean, "--report", "none", "--report", "html").returncode == 2


def test_a_folder_of_something_else_is_left_alone(clean, tmp_path):
    """Files that we did not write are never replaced, whether they lie in CLEAN/report or in the folder given."""
    for folder in (clean / "report", tmp_path / "mine"):
        folder.mkdir()
        (folder / "notes.txt").write_text("mine")
    done = run("clean", tmp_path / "raw", clean)
    assert done.returncode == 2
    assert "not empty, and no report of ours" in done.stderr
    assert (clean / "report" / "notes.txt").read_text() == "mine"
    with pytest.raises(FolderError, match="no report of ours"):
        write_reports(clean, tmp_path / "mine", ["html"])
    assert os.listdir(tmp_path / "mine") == ["notes.txt"]


def test_notes_beside_our_reports_stay(clean, tmp_path):
    """What somebody laid into CLEAN/report outlives new reports, other reports and none at all; a page of ours that is no more goes."""
    raw, folder = tmp_path / "raw", clean / "report"
    assert run("clean", raw, clean).returncode == 0
    (folder / "notes.txt").write_text("mine")
    (folder / "data" / "sub").mkdir()
    (folder / "data" / "sub" / "more.txt").write_text("mine")
    (folder / "gone.txt").symlink_to("nowhere")
    for reports in (["markdown"], ["none"], ["none"], ["sarif"], ["html"]):
        assert run("clean", raw, clean, "--report", *reports).returncode == 0
        assert (folder / "notes.txt").read_text() == (folder / "data" / "sub" / "more.txt").read_text() == "mine"
        assert os.readlink(folder / "gone.txt") == "nowhere"
        assert (folder / "index.html").exists() == (reports == ["html"])
        assert (folder / "report.md").exists() == (reports == ["markdown"])
    before = (folder / "index.html").stat().st_ino
    write_reports(clean, folder, ["html"], raw, again=False)
    assert (folder / "index.html").stat().st_ino == before, "notes are no reason to draw again"


@pytest.mark.parametrize("there", ["folder", "file"])
def test_none_asks_nothing_of_what_is_not_ours(clean, tmp_path, there):
    """The letter advises `--report none`, so that must help: what lies in CLEAN/report is left alone."""
    folder = clean / "report"
    if there == "file":
        folder.write_text("mine")
    else:
        folder.mkdir()
        (folder / "notes.txt").write_text("mine")
    assert run("clean", tmp_path / "raw", clean).returncode == 2
    done = run("clean", tmp_path / "raw", clean, "--report", "none")
    assert done.returncode == 0, done.stderr
    assert (folder if there == "file" else folder / "notes.txt").read_text() == "mine"


def test_a_link_to_a_folder_of_reports_is_followed(clean, tmp_path):
    """It stays a link, run after run, and the reports lie where it points to."""
    (tmp_path / "site").mkdir()
    (clean / "report").symlink_to("../site")
    for reports in (["html"], ["markdown"], ["html"]):
        write_reports(clean, clean / "report", reports)
        assert (clean / "report").is_symlink()
        assert (tmp_path / "site" / "index.html").exists() == (reports == ["html"])
    write_reports(clean, clean / "report", [])
    assert not (tmp_path / "site").exists()
    assert not [path.name for path in (*clean.iterdir(), *tmp_path.iterdir()) if path.name.startswith(".")]


def test_what_a_killed_run_left_is_no_hindrance(clean, tmp_path):
    """Old reports that were not yet renamed back count, with the notes among them; half of new ones does not."""
    folder = tmp_path / "later"
    write_reports(clean, folder, ["html"])
    (folder / "notes.txt").write_text("mine")
    folder.rename(tmp_path / ".later-old")
    (tmp_path / ".later-writing").mkdir()
    (tmp_path / ".later-writing" / "index.html").touch()
    write_reports(clean, folder, ["html"])
    assert (folder / "notes.txt").read_text() == "mine"
    assert (folder / "index.html").stat().st_size
    (tmp_path / ".later-old").symlink_to("later")
    write_reports(clean, folder, ["markdown"])
    assert sorted(path.name for path in folder.iterdir()) == [MARKER, "notes.txt", "report.md"]


def test_an_old_report_stays_until_the_new_one_is_whole(clean, tmp_path):
    """Tables that cannot be read leave the report as it was, and nothing half made beside it."""
    write_reports(clean, tmp_path / "report", ["html"])
    before = (tmp_path / "report" / "index.html").read_bytes()
    (clean / "documents.jsonl").unlink()
    with pytest.raises(RestoreError):
        write_reports(clean, tmp_path / "report", ["html"])
    assert (tmp_path / "report" / "index.html").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clean", "raw", "report"]


@pytest.mark.parametrize("form", formats())
def test_no_report_is_half_of_one_run_and_half_of_another(form, tmp_path):
    """A run that puts its output into CLEAN while that is read is told, whatever was read so far; one that gives the same bytes is none of our business."""
    raw, clean = tmp_path / "raw", tmp_path / "clean"
    raw.mkdir()
    for name in "abc":
        (raw / f"{name}.txt").write_text(COPY)
    clean_folder(raw, clean, Options(format=form))
    reading = documents(clean)
    next(reading)
    clean_folder(raw, clean, Options(format=form))
    assert len(list(reading)) == 2
    reading = documents(clean)
    next(reading)
    (raw / "0.txt").write_text(COPY)
    clean_folder(raw, clean, Options(format=form))
    with pytest.raises(FolderError, match="another run has put its output there"):
        list(reading)


def test_a_report_that_another_run_overtakes_leaves_the_old_one(clean, tmp_path, monkeypatch):
    """What is drawn when another run puts its output into CLEAN does not take the old report's place."""
    write_reports(clean, tmp_path / "report", ["html"])
    before = (tmp_path / "report" / "index.html").read_bytes()
    write = html.write

    def overtaken(*arguments):
        (tmp_path / "raw" / "b.txt").write_text(COPY)
        clean_folder(tmp_path / "raw", clean)
        return write(*arguments)

    monkeypatch.setattr(html, "write", overtaken)
    with pytest.raises(FolderError, match="Do it again"):
        write_reports(clean, tmp_path / "report", ["html"])
    assert (tmp_path / "report" / "index.html").read_bytes() == before
    write_reports(clean, tmp_path / "report", ["html"])
    assert (tmp_path / "report" / "index.html").read_bytes() != before


@pytest.mark.parametrize("failure", [PermissionError("denied"), KeyboardInterrupt()])
def test_the_old_report_comes_back_when_the_new_one_cannot_take_its_place(failure, clean, tmp_path, monkeypatch):
    """The last rename fails, or we are stopped before it: the old report lies where it lay, and nothing beside it."""
    folder = tmp_path / "report"
    write_reports(clean, folder, ["html"])
    (folder / "notes.txt").write_text("mine")
    before = (folder / "index.html").read_bytes()
    rename = Path.rename

    def fails(self, target):
        if self.name == ".report-writing":
            raise failure
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises((FolderError, KeyboardInterrupt)):
        write_reports(clean, folder, ["markdown"])
    assert (folder / "index.html").read_bytes() == before
    assert (folder / "notes.txt").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clean", "raw", "report"]


def test_where_a_link_points_the_link_stays(clean, tmp_path):
    """A folder of reports may be a link, however often they are drawn, and whether it leads somewhere yet or not."""
    (tmp_path / "link").symlink_to("there")
    for _ in range(3):
        [index] = write_reports(clean, tmp_path / "link", ["html"])
        assert index.exists()
    assert (tmp_path / "there" / "index.html").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clean", "link", "raw", "there"]
    write_reports(clean, tmp_path / "link", [])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clean", "link", "raw"]


def test_the_working_folder_can_hold_reports(clean, tmp_path, monkeypatch):
    """It has no name of its own when it is given as a dot."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    write_reports(clean, Path("."), ["html"])
    assert (tmp_path / "here" / "index.html").exists()


def test_old_reports_that_cannot_be_taken_away_are_told(clean):
    """Left alone in silence they would speak of tables that are gone."""
    with tempfile.TemporaryDirectory() as desk:
        os.chmod(desk, 0o755)
        folder = Path(desk, "report")
        write_reports(clean, folder, ["html"])
        folder.chmod(0o555)
        me = os.geteuid()
        try:
            if me == 0:  # whom no permissions stop
                os.seteuid(65534)
            with pytest.raises(FolderError, match="cannot be taken away"):
                write_reports(clean, folder, [])
        finally:
            os.seteuid(me)
            folder.chmod(0o755)
        assert (folder / "index.html").exists()


def test_report_makes_it_later(clean, tmp_path):
    """From CLEAN alone, into any folder; a folder that is no output of ours is a letter."""
    done = run("cleaner", "report", clean, "-o", tmp_path / "later")
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1] == f"  {tmp_path / 'later' / 'index.html'}"
    assert (tmp_path / "later" / MARKER).exists()
    done = run("cleaner", "report", tmp_path / "raw", "-o", tmp_path / "other")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert not (tmp_path / "other").exists()


def test_a_report_of_nothing(tmp_path):
    """No article at all, only input that could not be read: there is an index, and it says so."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "empty.txt").touch()
    assert run("clean", tmp_path / "raw", tmp_path / "clean").returncode == 2
    assert sorted(path.name for path in (tmp_path / "clean" / "report").iterdir() if path.suffix == ".html") == ["index.html"]
    assert "empty.txt" in (tmp_path / "clean" / "report" / "index.html").read_text(encoding="utf-8")


def test_others_may_read_it(clean, tmp_path):
    """The report's files have the permissions that new files have here."""
    write_reports(clean, tmp_path / "report", ["html"])
    mode = stat.S_IMODE((tmp_path / "report" / "index.html").stat().st_mode)
    (tmp_path / "new").touch()
    assert mode == stat.S_IMODE((tmp_path / "new").stat().st_mode)


def test_a_shard_is_a_call_with_plain_data(clean, tmp_path):
    """What the script reads for the search: the page's number, and for each article its edits."""
    write_reports(clean, tmp_path / "report", ["html"])
    text = (tmp_path / "report" / "data" / "1.js").read_text(encoding="utf-8")
    assert text.startswith("cleanerReport(")
    number, rows = json.loads(text.removeprefix("cleanerReport(").rstrip().removesuffix(")"))
    [article] = articles(clean)
    assert number == 1
    assert [row[0] for row in rows] == [article.row.id]
    assert [decision[0] for decision in rows[0][7]] == [edit.rule for edit in article.edits]
