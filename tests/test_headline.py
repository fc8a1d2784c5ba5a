"""Which line of a page is taken for the headline: the cases are copy in which that line is marked."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from cleaner.model import Document
from tests.marked_copy import CASES, parameters, read_cases

FOLDER = CASES / "headline"
CLEANER = Cleaner()


@pytest.mark.parametrize(("_", "case"), parameters(FOLDER))
def test_the_marked_line_is_the_headline(_, case):
    """Of captions, menus, names and titles around it, the line that the copy is about is the headline, and it alone."""
    (mark,) = case.marks
    (record,) = CLEANER.clean(Document("case.txt", case.text)).records
    assert record.headline == case.text[mark.start : mark.end]


def test_as_many_headlines_stand_first_as_further_down():
    """What makes a line further down the headline is held by as many cases in which the first line stays it."""
    first, below = (len(read_cases(FOLDER / f"{name}.txt")) for name in ("first", "below"))
    assert first >= below
