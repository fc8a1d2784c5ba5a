"""Lines of the page that say the headline again, around and between its copy: the cases are copy in which they are marked."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from cleaner.model import Document, Op, Status
from cleaner.readers import jsonl
from tests.marked_copy import CASES, parameters, read_cases

FOLDER = CASES / "headline-copies"
CLEANER = Cleaner()


def removed(text):
    """What was taken away as a copy, whichever rule says so. Buttons of the page may be dropped beside it."""
    edits = [edit for record in CLEANER.clean(Document("case.txt", text)).records for edit in record.edits]
    return [text[edit.start : edit.end] for edit in edits if edit.op is Op.REMOVE and edit.status is Status.APPLIED]


@pytest.mark.parametrize(("_", "case"), parameters(FOLDER))
def test_what_is_marked_goes_and_no_other_copy(_, case):
    """Titles of players, galleries and pages go where the page shows that they are its own; a line of the copy stays, however like."""
    assert removed(case.text) == [case.text[mark.start : mark.end] for mark in case.marks]


def test_more_stays_than_goes():
    """What makes a line go is held by more cases in which the same line, a little otherwise, stays."""
    goes, stays = (read_cases(FOLDER / f"{name}.txt") for name in ("goes", "stays"))
    assert len(stays) >= len(goes)
    assert all(case.marks for case in goes)
    assert not any(case.marks for case in stays)

BODY = [
    "The ferry on the lower canal runs on the light of the sun since Friday, and on dark days it is charged at the pier before noon.",
    "The old one stays in reserve for a year. Its smell has been kept by nobody.",
]


def text_of_row(*opening):
    row = {
        "title": "New ferry runs on the light of the sun", "description": "It is the first one in the county that has no engine room.",
        "text": "\n\n".join([*opening, *BODY]),
    }
    (record,) = CLEANER.clean(jsonl.document(row, "rows.jsonl", 0)).records
    assert record.headline == row["title"]
    assert record.deck == row["description"]
    return record.text.split("\n\n")


def test_a_deck_that_a_row_states_is_no_running_text():
    """A text that opens with the headline says it again, whatever the row's own field for the deck holds."""
    assert text_of_row("New ferry runs on the light of the sun") == BODY


@pytest.mark.parametrize("opening", [
    ["New ferry runs on the light of the sun."],
    ["On the pier hangs a board of which the paint is still wet, and the skipper reads it to everybody who asks.", "New ferry runs on the light of the sun"],
    ["New ferry runs on the light of the sun\nand the old one runs on time\nand the goose that steers the middle one\nis asleep at half past nine"],
])  # fmt: skip
def test_a_row_may_open_with_a_sentence_or_a_verse_that_says_its_headline(opening):
    """A sentence with its full stop, a line below a paragraph and the first line of a verse stay, with a deck or without."""
    kept = "\n\n".join(text_of_row(*opening))
    assert "New ferry runs on the light of the sun" in kept
