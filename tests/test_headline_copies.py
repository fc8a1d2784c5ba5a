"""Lines of the page that say the headline again, around and between its copy: the cases are copy in which they are marked."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from cleaner.model import Document, Op, Status
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
