"""Takes the pictures of the report that the docs show: ``make screenshots`` (needs Debian's chromium)."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

IMAGES = ROOT / "docs" / "images"

# Name, page, width and height, scheme, the article to show (by its file), and whether it is side by side.
PICTURES: list[tuple[str, str, tuple[int, int], str, str, bool]] = [
    ("index", "index.html", (1180, 1080), "light", "", False),
    ("index-dark", "index.html", (1180, 1080), "dark", "", False),
    ("inline", "page-1.html", (1180, 900), "light", "harbour-post.example/two-skippers-one-name.txt", False),
    ("side-by-side-dark", "page-1.html", (1280, 900), "dark", "nordkusten.example/sparvagen-rullar-igen.txt", True),
    ("right-to-left", "page-1.html", (1280, 900), "light", "almarsa.example/ferry-line-resumes.txt", True),
    ("right-to-left-dark", "page-1.html", (1180, 900), "dark", "almarsa.example/ferry-line-resumes.txt", False),
    ("phone", "page-1.html", (390, 800), "light", "harbour-post.example/two-skippers-one-name.txt", False),
]


def take(browser: Any, report: Path, name: str, page: str, size: tuple[int, int], scheme: str, article: str, side: bool) -> None:
    """One picture."""
    with browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme) as context:
        opened = context.new_page()
        opened.goto(f"file://{report / page}")
        if side:
            opened.check("#side")
        if article:
            opened.locator("article", has=opened.locator(".where a", has_text=article)).first.evaluate("one => one.scrollIntoView({behavior: 'instant'})")
        opened.wait_for_timeout(300)
        opened.screenshot(path=IMAGES / f"{name}.png")


def main() -> None:
    from bench.limits import browser
    from cleaner.reports import write_reports

    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, browser() as chromium:
        [index] = write_reports(ROOT / "clean", Path(folder, "report"), ["html"])
        for picture in PICTURES:
            take(chromium, index.parent, *picture)


if __name__ == "__main__":
    main()
