"""Which line of a page is taken for the headline: the cases are copy in which that line is marked."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from cleaner.model import Document
from cleaner.readers import jsonl
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


def test_a_headline_in_the_words_of_the_page_that_the_body_says_again_stays():
    """A row says its headline itself; the body that quotes it, and prints it between paragraphs, keeps both."""
    body = [
        'The painter has called her new picture "Advertisement", and on Friday it was hung in the town hall above the desk of the clerk.',
        "It shows a wall with nothing on it, and the clerk says that he looks at it more than at the window.",
        "Advertisement",
        "That is also the only word in the catalogue.",
    ]
    (record,) = Cleaner().clean(jsonl.document({"title": "Advertisement", "text": "\n\n".join(body)}, "rows.jsonl", 0)).records
    assert record.headline == "Advertisement"
    assert record.text.split("\n\n") == body
