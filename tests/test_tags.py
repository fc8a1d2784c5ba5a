"""The grammar of tags: what is one, and at least as often what is none. The cases are in our own words."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.facts import Facts
from cleaner.tags import Grammar

CASES = Path(__file__).parent / "cases" / "tags"
GRAMMAR = Grammar(Facts.load())


def cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def lines(kind: str) -> list[dict[str, Any]]:
    return [case for case in cases("lines") if case["kind"] == kind]


def codes(names: Any) -> list[str]:
    return [name.agency.code for name in names if name.agency]


def told(case: dict[str, Any]) -> str:
    return f"{case['language']}: {case.get('paragraph') or case['line']}"


@pytest.mark.parametrize("case", cases("datelines"), ids=told)
def test_a_dateline_is_told_from_its_look_alikes(case):
    """Place, date and agency are found as printed, everything before the copy is the dateline, and what is none stays."""
    paragraph = case["paragraph"]
    tag = GRAMMAR.dateline(paragraph, case["language"])
    if case["raw"] is None:
        assert tag is None
        return
    assert tag is not None
    found = (tag.raw, tag.place, tag.date, codes(tag.agencies), paragraph[tag.end :])
    assert found == tuple(case[field] for field in ("raw", "place", "date", "agencies", "rest"))
    assert tag.byline == case.get("byline")
    assert all(paragraph[name.start : name.end] == name.text for name in tag.agencies)
    assert not any(map(str.isalnum, paragraph[: tag.end].removeprefix(tag.raw))), "a word that is moved stands in no field"


@pytest.mark.parametrize("case", cases("captions"), ids=told)
def test_a_caption_is_taken_apart(case):
    """Words, credit, photographer, agencies and marks stand apart; a bracket that is no credit stays in the words."""
    line = case["line"]
    parts = GRAMMAR.caption(line, case["language"])
    assert line[parts.text_start : parts.text_end] == case["text"]
    assert parts.credit == case["credit"]
    assert [list(parts.photographer), list(parts.agencies), list(parts.marks)] == [case["photographer"], case["agencies"], case["marks"]]
    assert parts.label == case["label"]
    assert GRAMMAR.is_credit_line(line, case["language"]) == case["only_credit"]


@pytest.mark.parametrize("case", lines("lone"), ids=told)
def test_a_line_that_is_only_a_tag(case):
    """A lone agency, a source label, a sign-off or an agency's byline is a tag, and says where it stood."""
    tag = GRAMMAR.lone_tag(case["line"], case["language"])
    assert tag is not None
    assert (codes(tag.agencies), tag.where, tag.ambiguous) == (case["agencies"], case["where"], case["ambiguous"])
    assert all(case["line"][name.start : name.end] == name.text for name in tag.agencies)


@pytest.mark.parametrize("case", lines("not lone"), ids=told)
def test_a_line_with_an_agency_in_it_is_no_tag(case):
    """Cars, regions, words of the language and pairs of words with a slash are no tags."""
    assert GRAMMAR.lone_tag(case["line"], case["language"]) is None


@pytest.mark.parametrize("case", lines("end"), ids=told)
def test_a_credit_closes_the_paragraph(case):
    """What closes a paragraph after its last sentence, and is made of agencies, is a credit."""
    credit = GRAMMAR.end_credit(case["line"], case["language"])
    assert credit is not None
    assert case["line"][: credit.start].rstrip() == case["rest"]
    assert codes(credit.agencies) == case["agencies"]


@pytest.mark.parametrize("case", lines("not end"), ids=told)
def test_a_sentence_that_ends_in_an_agency_is_whole(case):
    """An agency as a part of the sentence, and letters that the words before them spell, are no credit."""
    assert GRAMMAR.end_credit(case["line"], case["language"]) is None


@pytest.mark.parametrize("case", lines("time"), ids=told)
def test_a_publication_time_is_known(case):
    """Dates, clocks and distances are times in each language, with and without a label."""
    assert GRAMMAR.timestamp(case["line"], case["language"])


@pytest.mark.parametrize("case", lines("no time"), ids=told)
def test_a_line_with_a_number_is_no_time(case):
    """Results, years, ranges, amounts and headlines with a date in them are no publication time."""
    assert not GRAMMAR.timestamp(case["line"], case["language"])


@pytest.mark.parametrize("case", lines("byline"), ids=told)
def test_a_byline_gives_its_name(case):
    """The name part of a byline is what follows its opening word."""
    assert GRAMMAR.byline(case["line"], case["language"]) == case["name"]


@pytest.mark.parametrize("case", lines("no byline"), ids=told)
def test_a_line_that_opens_like_a_byline_stays(case):
    """"By" opens sentences too."""
    assert GRAMMAR.byline(case["line"], case["language"]) is None


def test_who_reported_is_read_apart():
    """Reporters and editors are named, their places are not; a sentence of the copy stays where it is."""
    credit = GRAMMAR.reporting_credit("(Reporting by Jane Roe in Oslo and Max Poe; Editing by Ann Doe)", "en")
    assert credit is not None
    assert (credit.start, credit.reporters, credit.editors, codes(credit.agencies)) == (0, ("Jane Roe", "Max Poe"), ("Ann Doe",), ["REUTERS"])
    stays = "Det skriver Ritzau."
    credit = GRAMMAR.reporting_credit(stays, "da")
    assert credit is not None
    assert (credit.start, codes(credit.agencies)) == (len(stays), ["RITZAU"])
    assert GRAMMAR.reporting_credit("The reporting by the newspaper led to an inquiry at the port.", "en") is None
    assert GRAMMAR.reporting_credit("Copyright law was the subject of the hearing on Friday.", "en") is None


PIECES = [*"AaTt -–—/()（）[]【】:.,©0123456789\nБя新社東京기자رويترز", "AFP", "dpa", "TT", " (AP) ", "Foto: ", "By ", "Sept "]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@settings(max_examples=400, deadline=None)
def test_no_string_breaks_the_grammar(text):
    """Every question has an answer for every string, and every span lies inside it."""
    for language in (None, "en", "zh"):
        parts = GRAMMAR.caption(text, language)
        assert 0 <= parts.text_start <= parts.text_end <= len(text)
        assert parts.credit is None or parts.text_end <= parts.credit_start <= parts.credit_end <= len(text)
        if tag := GRAMMAR.dateline(text, language):
            assert 0 < tag.end <= len(text)
        if credit := GRAMMAR.end_credit(text, language):
            assert text[credit.start :].rstrip() == credit.raw
        for ask in (GRAMMAR.lone_tag, GRAMMAR.timestamp, GRAMMAR.byline, GRAMMAR.is_credit_line, GRAMMAR.reporting_credit):
            ask(text, language)


@pytest.mark.parametrize("line", ["Dok.", "Dok", "Photo by", "Foto von", "Cedida por.", "Foto."])
def test_a_label_with_nothing_behind_it_is_no_credit(line):
    """Words that open a credit, alone on a line with a full stop behind them or with none, name nobody."""
    assert GRAMMAR.caption(line, None).credit is None


@pytest.mark.parametrize("piece", ["A", "word ", "1", "(", "AFP/", "- ", "Foto: ", "新", "a/b/"])
def test_a_very_long_line_costs_no_more_than_a_short_one(piece):
    """A line of a million characters is legal input; only its ends are looked at."""
    line = piece * (1_000_000 // len(piece))
    began = time.process_time()
    for ask in (GRAMMAR.dateline, GRAMMAR.lone_tag, GRAMMAR.end_credit, GRAMMAR.caption, GRAMMAR.timestamp, GRAMMAR.byline, GRAMMAR.is_credit_line):
        ask(line, "en")
    assert time.process_time() - began < 0.5


@pytest.mark.xfail(strict=True, reason="a credit in front of the name of the person shown: only the picture tells the two apart")
def test_a_credit_in_front_of_a_name():
    """"Autor: Agency Person, goalkeeper" holds a credit and a caption."""
    parts = GRAMMAR.caption("Autor: Cyfrasport Jan Roe, bramkarz", "pl")
    assert parts.agencies == ("CYFRASPORT",)


def test_order_and_language_do_not_leak():
    """The same question gives the same answer whatever was asked before."""
    asked = [(case["line"], case["language"]) for case in cases("lines")]
    first = [GRAMMAR.lone_tag(*question) for question in asked]
    shuffled = list(range(len(asked)))
    random.Random(7).shuffle(shuffled)
    again = {at: GRAMMAR.lone_tag(*asked[at]) for at in shuffled}
    assert [again[at] for at in range(len(asked))] == first
