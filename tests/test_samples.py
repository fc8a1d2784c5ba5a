"""The samples in raw/, which a newcomer opens first, give what they should."""

from __future__ import annotations

import json
import tomllib
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from cleaner import clean_folder

ROOT = Path(__file__).resolve().parent.parent
RAW = ROOT / "raw"
EXPECTED = tomllib.loads((ROOT / "tests" / "cases" / "samples.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    """The rows of ``articles`` by path, in the order they were written."""
    clean = tmp_path_factory.mktemp("clean")
    clean_folder(RAW, clean)
    by_path = defaultdict(list)
    for line in (clean / "articles.jsonl").read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        row = json.loads(line)
        by_path[row["path"]].append(row)
    return by_path


def test_the_samples_show_many_languages_and_scripts(records):
    """No sample lies there without an expectation, and together they speak for the world's copy, not for English."""
    assert {path.relative_to(RAW).as_posix() for path in RAW.rglob("*") if path.is_file()} == set(EXPECTED) == set(records)
    copy = "".join(path.read_text(encoding="utf-8") for path in RAW.rglob("*.txt"))
    scripts = {unicodedata.name(letter).split()[0] for letter in set(copy) if letter.isalpha()}
    assert scripts >= {"LATIN", "CYRILLIC", "ARABIC", "CJK", "HIRAGANA", "DEVANAGARI", "HANGUL"}
    assert len({row["language"] for rows in records.values() for row in rows}) >= 12


@pytest.mark.parametrize("path", EXPECTED)
def test_a_sample_gives_its_articles(records, path):
    """Each sample gives its articles with headline, captions, credits and tags, and what must stay stands in the text."""
    articles = EXPECTED[path]["articles"]
    assert [row["headline"] for row in records[path]] == [article["headline"] for article in articles]
    for row, article in zip(records[path], articles, strict=True):
        assert [caption["text"] for caption in row["captions"]] == [text for text, _ in article["captions"]]
        for caption, (_, credit) in zip(row["captions"], article["captions"], strict=True):
            assert credit in (caption["credit"] or "")
        assert sorted(tag["text"] for tag in row["agency_tags"]) == sorted(article["tags"])
        assert not Counter(article["whole"]) - Counter(row["text"].split("\n"))
        assert row["deck"] == article.get("deck", row["deck"])
        assert row["language"] == EXPECTED[path].get("language", row["language"])
