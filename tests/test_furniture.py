"""The list of page furniture: labels of news sites in many languages, and at least as many lines that only look like one. In our own words."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.clean import Cleaner
from cleaner.facts import Facts, Furniture
from cleaner.model import Document

CASES = Path(__file__).parent / "cases" / "furniture"
FACTS = Facts.load()
LABELS = {"caption_label", "credit_label", "source_label", "breaking"}  # they announce something, and count as a prefix only when nothing follows


def cases(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def found(line: str, language: str) -> Furniture | None:
    """Asked as the street asks: the language of the copy first, then English."""
    return FACTS.furniture(line, language) or FACTS.furniture(line, "en")


def told(case: dict[str, str]) -> str:
    return f"{case['language']}: {case['line']}"


@pytest.mark.parametrize("case", cases("goes"), ids=told)
def test_a_label_of_a_page_is_furniture_wherever_it_stands(case):
    """It has its kind, and that kind goes from the running text as well."""
    entry = found(case["line"], case["language"])
    assert entry is not None
    assert entry.kind == case["kind"] != "nav"


@pytest.mark.parametrize("case", cases("place"), ids=told)
def test_a_label_that_is_a_subhead_too_goes_by_its_place(case):
    """Sections of the paper, and words such as "Folgen" (follow, and consequences), are nav: outside the running text only."""
    entry = found(case["line"], case["language"])
    assert entry is not None
    assert entry.kind == "nav"


@pytest.mark.parametrize("case", cases("stays"), ids=told)
def test_a_line_that_only_begins_like_a_label_is_none(case):
    """Headlines, subheads, speakers and short sentences with the words of a button in them."""
    assert found(case["line"], case["language"]) is None


def test_more_lines_stay_than_go():
    """The cases hold at least as many lines that are no furniture as lines that are."""
    assert len(cases("stays")) >= len(cases("goes"))


def test_a_prefix_takes_no_sentence_of_the_cases():
    """What follows a prefix is looked at by no one: no prefix may open a line that stays, whatever its case or width."""
    for case in cases("stays"):
        for entry in FACTS.entries(case["language"]):
            if entry.match == "prefix" and entry.kind not in LABELS:
                assert not case["line"].casefold().startswith(entry.text.rstrip(" :").casefold() + " "), entry.name


def test_every_language_has_the_common_labels():
    """Sharing, reading on and advertisements are named in at least fifty languages, and comments too."""
    kinds = {language: {entry.kind for entry in FACTS.entries(language)} for language in {case["language"] for case in cases("goes")}}
    assert sum({"read_more", "ad", "nav"} <= names for names in kinds.values()) >= 50
    assert sum({"share", "comments"} <= names for names in kinds.values()) >= 50


def test_the_place_decides_in_the_street():
    """The same word as a section above the headline, as a subhead, and below the last paragraph."""
    first = "Der Bach trat am Montag über die Ufer und nahm zwei Stege und ein Boot mit, sagte die Gemeinde am Abend nach der Sitzung."
    second = "Die Stege werden bis zum Herbst neu gebaut, das Boot hat eine Familie am anderen Ufer in ihrem Garten gefunden und gestrichen."
    page = "\n\n".join(["Politik", "Der Bach nimmt das Boot des Pfarrers mit", first, "Folgen", second, "Kommentar schreiben", "Meistgelesen"])
    (record,) = Cleaner().clean(Document(path="bach.txt", text=page)).records
    assert record.headline == "Der Bach nimmt das Boot des Pfarrers mit"
    assert record.text.split("\n\n") == [first, "Folgen", second]


HOSTILE = ["Facebook ", "Lesezeit ", "1", "#a ", "Photo 1 of ", "Tags: ", "Мы в ", "评论", "Comments (", " "]


@settings(deadline=None)
@given(st.sampled_from(HOSTILE), st.integers(1, 40), st.text(max_size=5))
def test_a_hostile_line_costs_no_more_than_another(part, times, end):
    """No pattern backtracks: what almost fits one, again and again, is answered at once."""
    line = (part * times)[:130] + end
    start = time.perf_counter()
    for language in ("en", "de", "ru", "zh", "ja", "ko"):
        FACTS.furniture(line, language)
    assert time.perf_counter() - start < 0.5
