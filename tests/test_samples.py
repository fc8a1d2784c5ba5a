"""The samples in raw/, which a newcomer opens first, give what they should."""

from __future__ import annotations

import tomllib
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from cleaner import clean_text

ROOT = Path(__file__).resolve().parent.parent
RAW = ROOT / "raw"
EXPECTED = tomllib.loads((ROOT / "tests" / "cases" / "samples.toml").read_text(encoding="utf-8"))


def test_every_text_sample_has_its_expectation():
    """No sample lies there unread, and all of them together show many languages and scripts."""
    assert {path.relative_to(RAW).as_posix() for path in RAW.rglob("*.txt")} == set(EXPECTED)
    copy = "".join(path.read_text(encoding="utf-8") for path in RAW.rglob("*.txt"))
    scripts = {unicodedata.name(letter).split()[0] for letter in set(copy) if letter.isalpha()}
    assert scripts >= {"LATIN", "CYRILLIC", "ARABIC", "CJK", "HIRAGANA", "DEVANAGARI", "HANGUL"}
    assert len({sample["language"] for sample in EXPECTED.values()}) >= 6


@pytest.mark.parametrize("path", EXPECTED)
def test_a_sample_gives_its_articles(path):
    """Each sample gives its articles with headline, captions, credits and tags, and what must stay stands in the text."""
    records = clean_text((RAW / path).read_text(encoding="utf-8"))
    articles = EXPECTED[path]["articles"]
    assert [record.headline for record in records] == [article["headline"] for article in articles]
    for record, article in zip(records, articles, strict=True):
        assert [caption.text for caption in record.captions] == [text for text, _ in article["captions"]]
        for caption, (_, credit) in zip(record.captions, article["captions"], strict=True):
            assert credit in (caption.credit or "")
        assert sorted(tag.text for tag in record.agency_tags) == sorted(article["tags"])
        lines = Counter(record.text.split("\n"))
        assert not Counter(article["whole"]) - lines
        assert record.language == EXPECTED[path]["language"]
