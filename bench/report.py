"""How long the HTML report takes to build and to open, against its limits.

    python bench/report.py                # some 10,000 articles with 50,000 edits
    python bench/report.py --check        # exit code 1 when a limit is passed

- build: CPU time of ``cleaner report CLEAN`` against that of ``clean RAW CLEAN --report none``, which made CLEAN, both with one
  process; the median of three rounds, taking turns;
- index: kB of the first page;
- open: seconds on the clock until a headless Chromium has the index, and a page of 100 articles, laid out and its script run, the
  slowest of five; a complaint in the console is an error;
- search: seconds until a search over all pages shows its first result, for comparison.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.limits import Figure, browser, chromium, main, make
from bench.speed import ROUNDS, cost_of, median

AT_MOST_BUILD = 0.6
AT_MOST_INDEX = 1000.0
AT_MOST_OPEN = 1.0
OPENINGS = 5


def build(corpus: Path, folder: Path, files: int) -> float:
    """CPU time of the report as a share of that of the cleaning."""
    raw = make(corpus, folder / "big", files)
    commands = Path(sys.executable).parent
    cleaned, reported = [], []
    for _ in range(ROUNDS):
        shutil.rmtree(folder / "clean", ignore_errors=True)
        cleaned.append(cost_of([str(commands / "clean"), str(raw), str(folder / "clean"), "--report", "none", "--no-cache"]))
        reported.append(cost_of([str(commands / "cleaner"), "report", str(folder / "clean"), "-o", str(folder / "report")]))
    return median(reported, "cpu") / median(cleaned, "cpu")


def open_pages(report: Path) -> dict[str, float]:
    """Seconds to open the index and a page, and to search all pages. Raises RuntimeError when a page complains."""
    seconds = {"index": 0.0, "page": 0.0, "search": 0.0}
    faults: list[str] = []
    with browser() as chrome:
        for _ in range(OPENINGS):
            for name, file in (("index", "index.html"), ("page", "page-1.html")):
                page = chrome.new_page()
                page.on("console", lambda message: faults.append(message.text))
                page.on("pageerror", lambda error: faults.append(str(error)))
                began = time.perf_counter()
                page.goto(f"file://{report / file}", wait_until="load")
                page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)))")
                seconds[name] = max(seconds[name], time.perf_counter() - began)
                page.close()
        page = chrome.new_page()
        page.goto(f"file://{report / 'index.html'}")
        began = time.perf_counter()
        page.select_option("[name=kind]", "close")
        page.locator(".found tbody tr").first.wait_for()
        seconds["search"] = time.perf_counter() - began
    if faults:
        raise RuntimeError(f"the report complains in the console: {faults[:3]}")
    return seconds


def measure(corpus: Path, files: int) -> list[Figure]:
    """The figures of a report: building it, its index, and opening it where there is a browser."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        share = build(corpus, folder, files)
        articles, edits = (sum(1 for _ in (folder / "clean" / f"{table}.jsonl").open("rb")) for table in ("articles", "edits"))
        index = (folder / "report" / "index.html").stat().st_size / 1000
        figures = [
            Figure("build", share, f"times the cleaning, at most {AT_MOST_BUILD:g}; {articles:,} articles, {edits:,} edits", share <= AT_MOST_BUILD),
            Figure("index", index, f"kB, at most {AT_MOST_INDEX:g}", index <= AT_MOST_INDEX),
        ]
        if chromium() is None:
            print("No browser: there is no chromium on the PATH, so nothing is opened.", file=sys.stderr)
            return figures
        seconds = open_pages(folder / "report")
        figures += [Figure(f"open {what}", seconds[what], f"s, less than {AT_MOST_OPEN:g}", seconds[what] < AT_MOST_OPEN) for what in ("index", "page")]
        return [*figures, Figure("search", seconds["search"], f"s over {articles // 100 + 1} pages", True)]


if __name__ == "__main__":
    raise SystemExit(main("The HTML report's time to build and to open, against its limits.", 7800, measure))
