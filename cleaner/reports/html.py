"""The HTML report: an index and pages of articles, for a browser, from a file, without a network."""

from __future__ import annotations

from pathlib import Path

from cleaner.view import Overview, articles


def write(clean: Path, folder: Path) -> Path:
    """Write the report of CLEAN into ``folder``; returns the page to open."""
    overview = Overview(clean)
    for article in articles(clean):
        overview.add(article)
    index = folder / "index.html"
    index.write_text("<!doctype html>", encoding="utf-8")
    return index
