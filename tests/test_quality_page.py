"""docs/quality.md says how good the records are, and prints no line of the corpus."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench.quality import Quality
from bench.quality_page import GROUP_COLUMNS, SET_COLUMNS, WORST, make_page
from tests.test_quality import FLOORS

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
DOCUMENT = re.compile(r"[a-z]+/[\w./-]+")


@pytest.fixture(scope="module")
def made(corpus):
    quality = Quality(corpus)
    return quality, make_page(quality)


def tables(page):
    """The tables of a page by their headings: the names of the columns, and the rows."""
    found = {}
    for part in re.split(r"^## ", page, flags=re.MULTILINE)[1:]:
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in part.split("\n") if line.startswith("| ")]
        found[part.split("\n", 1)[0]] = (rows[0], rows[2:])
    return found


def check(page):
    by_set, by_language, by_script, worst = tables(page).values()
    assert [*tables(page)] == ["By set", "By language", "By script", f"The {WORST} worst documents"]
    assert by_set[0] == ["set", *SET_COLUMNS.values()]
    assert {row[0] for row in by_set[1]} >= {*FLOORS}
    for columns, rows in (by_language, by_script):
        assert columns[1:] == [*GROUP_COLUMNS]
        assert rows
        assert all(len(row) == len(columns) and row[1].isdigit() for row in rows)
    assert len(worst[1]) == WORST
    assert all(DOCUMENT.fullmatch(row[0]) and row[2].isdigit() and row[3] for row in worst[1])


def test_the_page_has_its_tables():
    """Figures by set, by language and by script, and twenty documents with what went wrong in them; no set with floors is left out."""
    check(PAGE)


def test_the_command_makes_such_a_page(made):
    """What the command prints now is built like the page that is committed, whatever its figures are."""
    check(made[1])


@pytest.mark.parametrize("which", ["committed", "made"])
def test_no_line_of_the_corpus_stands_on_the_page(made, which):
    """The corpus is other people's copy: its headlines, captions and paragraphs are counted, never printed."""
    quality, page = made[0], PAGE if which == "committed" else made[1]
    for gold in quality.gold:
        for text in [gold["headline"] or "", *(caption["text"] for caption in gold["captions"] or []), *gold["body"]]:
            for line in text.split("\n"):
                assert len(line) < 20 or line not in page


def test_the_readme_says_where_it_is():
    """Who reads the README's table finds the page behind it."""
    assert "docs/quality.md" in (ROOT / "README.md").read_text(encoding="utf-8")
