"""The Markdown report: what it says, that it fits into a comment, and that copy is text in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import clean_folder
from cleaner.reports import markdown, write_reports
from cleaner.view import Overview, articles, excerpt
from tests.newsroom import SCRAPPY
from tests.report_checks import read_markdown

ROOT = Path(__file__).resolve().parent.parent


def test_totals_rules_closest_calls_and_a_section_for_each_article(clean, tmp_path):
    """One section for each article with edits, and each edit in it with its reason."""
    [path] = write_reports(clean, tmp_path / "reports", ["markdown"])
    text = path.read_text("utf-8")
    code = "".join(read_markdown(text))
    overview, edited = Overview(clean), 0
    for article in articles(clean):
        overview.add(article)
        edited += bool(article.edits)
        assert all(edit.reason in code for edit in article.edits)
    assert text.count("<details>") == edited
    assert "left out" not in text
    assert "17 files: 26 articles" in text
    assert all(f"| {rule} |" in text for rule in overview.rules)
    calls = text.partition("## The closest calls")[2].partition("## Articles")[0]
    assert calls.count("```diff") == len(overview.closest) >= 2


@pytest.mark.parametrize("limit", [60_000, 20_000, 8_000, 1_500, 300])
def test_it_is_cut_by_whole_sections(limit, clean):
    """Below the limit in bytes, still Markdown, and it says how many articles are left out."""
    text = markdown.page(clean, limit)
    assert len(text.encode()) <= limit
    read_markdown(text)
    whole = markdown.page(clean, 10_000_000).count("<details>")
    if missing := whole - text.count("<details>"):
        assert text.endswith("the HTML report shows them.\n")
        assert f"{missing} more articles with edits left out" in text


def test_a_large_run_fits_into_a_comment(tmp_path):
    """A thousand articles: the report ends below 60,000 bytes and shows those with the closest calls."""
    raw = tmp_path / "raw"
    raw.mkdir()
    pair = "Anna Berg, {}, with the cup she won in the keelboats. (Photo: Eleni Marsh)"
    for number in range(1000):
        close = f"{pair.format(34)}\n{pair.format(43)}\n\n" if number == 700 else ""
        body = f"The harbour reopened on day {number}, the port said in a statement."
        (raw / f"{number:04}.txt").write_text(f"Harbour reopens\n\n{close}Harbour reopens\n\n{body}\n")
    clean_folder(raw, tmp_path / "clean")
    [path] = write_reports(tmp_path / "clean", tmp_path / "reports", ["markdown"])
    text = path.read_text("utf-8")
    assert 50_000 < len(text.encode()) <= 60_000
    assert "<details><summary><code>0700.txt</code>" in text.partition("## Articles")[2].split("</summary>")[0]
    assert f"{1000 - text.count('<details>'):,} more articles with edits left out" in text


def test_what_could_not_be_read_is_named(tmp_path):
    """Ten with their reasons, then how many more."""
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text("Harbour reopens\n\nThe harbour reopened on Friday, the port said in a statement.\n")
    for number in range(12):
        (raw / f"{number}.pdf").write_text("x")
    clean_folder(raw, tmp_path / "clean")
    text = markdown.page(tmp_path / "clean")
    assert text.count("no reader knows .pdf") == 10
    assert "and 2 more" in text


def test_differences_stand_in_it(clean):
    """What --check found, or that it found nothing."""
    assert "CLEAN is what a run would write." in markdown.page(clean, differences=[])
    assert "articles.jsonl differs.\n  article 7 `x` changes." in "".join(
        read_markdown(markdown.page(clean, differences=["articles.jsonl differs.", "  article 7 `x` changes."]))
    )
    assert "what a run would write" not in markdown.page(clean)


@given(st.text() | st.text("`|\\ @#<>") | SCRAPPY)
def test_any_copy_is_a_code_span(text):
    """A code span holds any copy, and nothing of it gets out."""
    [found] = read_markdown(f"- {markdown.code(text)}, article 0\n")
    assert found == (excerpt(text) or "(nothing)")
