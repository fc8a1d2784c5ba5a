"""The rows and the ledger."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.clean import Cleaner, clean_text
from cleaner.errors import RestoreError
from cleaner.model import Cleaned, Document, Edit, Op, Record, Role, Segment, Span, Status
from cleaner.records import SCHEMA_VERSION, TABLES, ArticleRow, check_ledger, edit_rows, json_schema, rows, run_lengths
from cleaner.restore import rebuild
from cleaner.text import fingerprint

COPY = "Harbour reopens\n\nFerries leave. (Port media)\nFerries leave. (Port media)\n\nThe harbour reopened on Friday."
FIRST, SECOND = Span(17, 44), Span(45, 72)


def record(text: str = "", **fields: Any) -> Record:
    empty = dict.fromkeys(("item", "source", "headline", "deck", "byline", "published", "dateline", "language", "url"))
    several = dict.fromkeys(("headline_variants", "captions", "agency_tags", "edits"), ())
    counts = {"number": 0, "words": 0, "removed_chars": 0, "removed_ratio": 0.0}
    return Record(**{**empty, **several, **counts, "id": "0", "path": "a.txt", "text": text, "metadata": {}, **fields})


def cleaned(*edits: Edit, gap: int = 0) -> Cleaned:
    """The copy above with its headline, first caption and body kept; the second caption is the edits' business."""
    body = COPY[74 + gap :]
    kept = [Segment(Role.BODY, 0, 15, 0, 0), Segment(Role.BODY, *FIRST, 0, 17), Segment(Role.BODY, 74 + gap, len(COPY), 0, 46)]
    made = record("Harbour reopens\n\n" + COPY[slice(*FIRST)] + "\n\n" + body, edits=edits)
    return Cleaned(Document("a.txt", COPY), [made], kept)


def removal(**changed: Any) -> Edit:
    return replace(Edit("doubled-caption", Op.REMOVE, *SECOND, "repeats line 3", FIRST, 100.0, 92.0), **changed)


def test_a_balanced_ledger_gives_the_white_space_between():
    """What is in no segment and no edit is white space, and comes back in order."""
    assert check_ledger(cleaned(removal())) == "\n\n\n\n\n"


def test_text_in_no_span_is_told():
    """A line that is neither kept nor edited is a RestoreError that says where."""
    with pytest.raises(RestoreError, match=r"characters 44-74 .* in no segment"):
        check_ledger(cleaned())


def test_text_in_two_spans_is_told():
    """A character cannot be kept and removed."""
    with pytest.raises(RestoreError, match="in two spans"):
        check_ledger(cleaned(removal(start=43)))


def test_a_segment_stands_where_it_says():
    """A kept piece must be found in its field at its place."""
    broken = cleaned(removal())
    broken.segments[1] = broken.segments[1]._replace(at=3)
    with pytest.raises(RestoreError, match="do not stand in body"):
        check_ledger(broken)


def test_a_removed_copy_needs_one_that_stays():
    """An edit that removes names a span, and that span is kept."""
    with pytest.raises(RestoreError, match="nothing stands for it"):
        check_ledger(cleaned(removal(kept=None)))
    with pytest.raises(RestoreError, match="is gone itself"):
        check_ledger(cleaned(removal(kept=SECOND)))


def test_declined_edits_are_not_in_the_ledger():
    """Only applied edits account for text."""
    with pytest.raises(RestoreError, match="in no segment"):
        check_ledger(cleaned(removal(status=Status.DECLINED)))


def test_lines_and_columns_count_from_one():
    """An edit says where it is as an editor does, and lines end at \\n only."""
    (row,) = edit_rows(cleaned(removal()))
    assert (row.line, row.column, row.text, row.seq) == (4, 1, "Ferries leave. (Port media)", 0)
    middle = next(edit_rows(cleaned(removal(start=48, end=50))))
    assert (middle.line, middle.column, middle.text) == (4, 4, "ri")


def test_a_fingerprint_knows_words_only():
    """Another line, other spaces: the same fingerprint. Another number: another."""
    assert fingerprint("Kim Ek,\n 34") == fingerprint("  Kim Ek, 34") != fingerprint("Kim Ek, 43")


def test_white_space_is_run_length():
    """A text whose gaps are line breaks has one run."""
    assert [(run.char, run.n) for run in run_lengths("\n\n  \n")] == [("\n", 2), (" ", 2), ("\n", 1)]
    assert run_lengths("") == ()


def test_every_table_has_a_schema():
    """JSON Schema comes from the rows, for each table and for run.json."""
    assert set(json_schema()) == {*TABLES, "run"}
    assert SCHEMA_VERSION == 1
    assert "headline" in json_schema()["articles"]["$defs"]["ArticleRow"]["properties"]


def test_metadata_is_one_string():
    """Fields that nothing understood are one JSON string, so that no column depends on the input."""
    made = rows(Cleaner().clean(Document("a.jsonl", "Harbour reopens.", 0, metadata={"views": 3, "b": ["ü"]})))
    assert made.articles[0].metadata == '{"b": ["ü"], "views": 3}'


def test_a_row_survives_its_json():
    """A row written and read is the same row."""
    made = rows(Cleaner().clean(Document("a.txt", COPY)))
    for row in (*made.articles, *made.edits, made.document):
        assert msgspec.json.decode(msgspec.json.encode(row), type=type(row)) == row
    assert isinstance(made.articles[0], ArticleRow)


LINES = st.sampled_from(
    [
        "Harbour reopens", "Ferries leave on Friday. (Port media)", "TT", "A+", "", " ", "\t",
        "STOCKHOLM (TT) - The harbour reopened.", "By Kim Ek", "\u200bHarbour reopens", "Share", "港は再開した。",
    ]
)  # fmt: skip
COPIES = st.one_of(st.lists(LINES, max_size=14).map("\n".join), st.text(max_size=200), st.lists(LINES, max_size=8).map("\r\n".join))


@given(COPIES)
def test_any_text_is_rebuilt(text):
    """The ledger balances on any text, and its rows give the text back, character for character."""
    made = rows(Cleaner().clean(Document("a.txt", text)))
    assert rebuild(made.document, made.articles, made.edits) == text


# -- who wrote it ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headline", "line", "paragraphs"),
    [
        (
            "Το λιμάνι άνοιξε ξανά μετά την καταιγίδα", "Της Μαρίας Παππά",
            [
                "Το λιμάνι άνοιξε ξανά την Παρασκευή, ύστερα από τρεις ημέρες καταιγίδας, ανακοίνωσε το λιμεναρχείο.",
                "Τα πλοία έφυγαν για τα νησιά το πρωί και η αγορά των ψαριών ήταν πάλι ανοιχτή, όπως κάθε εβδομάδα.",
                "Οι ψαράδες λένε ότι τέτοιο αέρα δεν είχαν ξαναδεί τον Μάιο, και ότι τα δίχτυα θέλουν μέρες για να μπαλωθούν.",
            ],
        ),
        (
            "ท่าเรือเปิดอีกครั้งหลังพายุสงบ", "โดย สมชาย ใจดี",
            [
                "ท่าเรือเปิดอีกครั้งเมื่อวันศุกร์หลังพายุพัดอยู่สามวัน การท่าเรือกล่าวในแถลงการณ์ และเรือข้ามฟากทุกลำออกตรงเวลา",
                "ตลาดปลาเปิดตั้งแต่เช้า และชาวประมงที่รออยู่บนฝั่งมาตลอดทั้งสัปดาห์ก็ออกเรือกันหมดก่อนพระอาทิตย์ขึ้น",
                "ชาวประมงบอกว่าไม่เคยเห็นลมแรงอย่างนี้ในเดือนพฤษภาคม และต้องใช้เวลาอีกหลายวันกว่าจะซ่อมอวนที่ขาดเสร็จ",
            ],
        ),
    ],
)
def test_a_word_for_the_author_that_opens_sentences_too(headline, line, paragraphs):
    """Right under the headline it opens a byline; between two paragraphs the same line is a subhead, and stays."""
    one, two, three = paragraphs
    [record] = clean_text(f"{headline}\n\n{line}\n\n{one}\n\n{two}\n\n{three}\n")
    assert (record.headline, record.byline, record.text) == (headline, line, f"{one}\n\n{two}\n\n{three}")
    [record] = clean_text(f"{headline}\n\n{one}\n\n{two}\n\n{line}\n\n{three}\n")
    assert (record.headline, record.byline, record.text) == (headline, None, f"{one}\n\n{two}\n\n{line}\n\n{three}")
