"""Each rule against copy as a scraper leaves it: what must go, and at least as often what must stay.

The cases are texts in ``cases/rules/<rule>/*.txt``, in our own words, with the words that the rule takes marked in them. The two
rules that need a site profile are given ``cases/rules/site-profile.json``.
"""

from __future__ import annotations

import pytest

from cleaner import Cleaner, Options
from cleaner.detectors import rules
from cleaner.model import Document, Op, Status
from cleaner.records import check_ledger
from tests.marked_copy import CASES, parameters, read_cases

FOLDER = CASES / "rules"
PLAIN, PROFILED = Cleaner(), Cleaner(Options(profile=str(FOLDER / "site-profile.json")))
CASES_OF_RULES = parameters(FOLDER)
SOUND = [parameter for parameter in CASES_OF_RULES if not parameter.marks]


def clean(rule, case, text):
    cleaner = PROFILED if rule.startswith("site-") else PLAIN
    cleaned = cleaner.clean(Document("case.txt", text, metadata={"language": case.language} if case.language else {}))
    check_ledger(cleaned)
    return [edit for record in cleaned.records for edit in record.edits if edit.status is Status.APPLIED]


def words(edits, text):
    """What the edits took, without the white space at its ends: whose that is shows in no field."""
    return [(edit.op.value, text[edit.start : edit.end].strip()) for edit in edits]


@pytest.mark.parametrize(("rule", "case"), CASES_OF_RULES)
def test_what_is_marked_goes_and_nothing_else(rule, case):
    """The rule takes the marked words; where none are marked, no rule takes a line away."""
    edits = clean(rule, case, case.text)
    mine = [edit for edit in edits if edit.rule == rule]
    assert [text for _, text in words(mine, case.text)] == [case.text[mark.start : mark.end].strip() for mark in case.marks]
    assert all(edit.start <= mark.start and mark.end <= edit.end for edit, mark in zip(mine, case.marks, strict=True))
    assert [edit.value for edit in mine if edit.op is Op.REPLACE] == [mark.value for mark in case.marks if mark.value is not None]
    if not case.marks:
        assert words([edit for edit in edits if edit.op in (Op.REMOVE, Op.DROP)], case.text) == []


def set_otherwise(text, margin, end):
    return "".join(margin + line + end if line else end for line in text.split("\n"))


@pytest.mark.parametrize(("rule", "case"), SOUND)
def test_line_ends_and_a_margin_on_the_left_say_nothing(rule, case):
    """The same copy with the line ends of another system, or with all of it set in from the left, gives the same edits."""
    given = words(clean(rule, case, case.text), case.text)
    for text in (set_otherwise(case.text, "", "\r\n"), set_otherwise(case.text, "\t", "\n")):
        assert words(clean(rule, case, text), text) == given


def test_returns_alone_end_lines_too():
    """The same copy as old machines wrote it, with returns alone, gives the same edits."""
    for rule, case in (parameter.values for parameter in SOUND):
        text = set_otherwise(case.text, "", "\r")
        assert words(clean(rule, case, text), text) == words(clean(rule, case, case.text), case.text), case.says


def test_an_invisible_character_hides_no_line():
    """A zero-width space or a mark of direction in front of each line changes nothing but itself; the labels of our own print are exact."""
    for rule, case in (parameter.values for parameter in SOUND if parameter.values[0] != "label"):
        given = words(clean(rule, case, case.text), case.text)
        for mark in "\u200b\u200e\ufeff":
            text = set_otherwise(case.text, mark, "\n")
            found = [(op, said.replace(mark, "")) for op, said in words(clean(rule, case, text), text)]
            assert [edit for edit in found if edit[0] != "replace"] == [edit for edit in given if edit[0] != "replace"], case.says


@pytest.mark.parametrize("rule", rules())
def test_every_rule_has_more_to_leave_than_to_take(rule):
    """For each rule there are at least as many cases in which nothing may happen as cases in which something must."""
    cases = [case for path in (FOLDER / rule).glob("*.txt") for case in read_cases(path)]
    stays = sum(not case.marks for case in cases)
    assert 2 * stays >= len(cases) >= 10
