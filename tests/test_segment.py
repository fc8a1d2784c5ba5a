"""Where one article ends and the next begins: the cases are files of copy with a ``✂`` at each place where a new one starts."""

from __future__ import annotations

from itertools import pairwise

import pytest

from cleaner import Cleaner
from cleaner.model import Document, Status
from tests.marked_copy import CASES, parameters, read_cases

FOLDER = CASES / "segment"
CLEANER = Cleaner()
CUTS = parameters(FOLDER)
SOUND = [parameter for parameter in CUTS if not parameter.marks]


def openings(text):
    """The first words of each article but the first, as they stand in the copy."""
    cleaned = CLEANER.clean(Document("case.txt", text))
    spans = [(segment.start, segment.article, segment.end) for segment in cleaned.segments]
    spans += [(edit.start, record.number, edit.end) for record in cleaned.records for edit in record.edits if edit.status is Status.APPLIED]
    spans.sort()
    return [text[start : start + 40].split("\n")[0].strip() for (_, one, _), (start, other, _) in pairwise(spans) if one != other]


def expected(case):
    return [case.text[cut : cut + 40].split("\n")[0].strip() for cut in case.cuts]


@pytest.mark.parametrize(("_", "case"), CUTS)
def test_articles_are_cut_where_the_marks_stand_and_nowhere_else(_, case):
    """Every article of a file becomes a record of its own; one article is never cut in two."""
    assert openings(case.text) == expected(case)


@pytest.mark.parametrize(("_", "case"), SOUND)
def test_line_ends_do_not_cut(_, case):
    """Line ends of another system cut in the same places."""
    assert openings(case.text.replace("\n", "\r\n")) == expected(case)


@pytest.mark.parametrize(("_", "case"), SOUND)
def test_what_stands_around_a_file_does_not_cut(_, case):
    """Blank lines at the head and the foot of a file separate nothing."""
    assert openings(f"\n\n\n\n{case.text}\n\n\n\n") == expected(case)


def test_there_is_more_to_leave_whole_than_to_cut():
    """At least as many cases of one article as cases of several."""
    cases = [case for path in FOLDER.glob("*.txt") for case in read_cases(path)]
    assert 2 * sum(not case.cuts for case in cases) >= len(cases)
