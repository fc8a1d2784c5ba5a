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

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.quality import corpus_folder
from bench.speed import ROUNDS, cost_of, median

AT_MOST_BUILD = 0.6
AT_MOST_INDEX = 1000.0
AT_MOST_OPEN = 1.0
OPENINGS = 5


def build(corpus: Path, folder: Path, files: int) -> float:
    """CPU time of the report as a share of that of the cleaning."""
    subprocess.run([sys.executable, str(corpus / "make_big.py"), str(folder / "big"), "--n", str(files)], check=True, stdout=subprocess.DEVNULL)
    commands = Path(sys.executable).parent
    cleaned, reported = [], []
    for _ in range(ROUNDS):
        shutil.rmtree(folder / "clean", ignore_errors=True)
        cleaned.append(cost_of([str(commands / "clean"), str(folder / "big" / "raw"), str(folder / "clean"), "--report", "none", "--no-cache"]))
        reported.append(cost_of([str(commands / "cleaner"), "report", str(folder / "clean"), "-o", str(folder / "report")]))
    return median(reported, "cpu") / median(cleaned, "cpu")


def open_pages(report: Path) -> dict[str, float]:
    """Seconds to open the index and a page, and to search all pages. Raises RuntimeError when a page complains."""
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
    seconds = {"index": 0.0, "page": 0.0, "search": 0.0}
    faults: list[str] = []
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=[*flags, "--disable-sync"])
        for _ in range(OPENINGS):
            for name, file in (("index", "index.html"), ("page", "page-1.html")):
                page = browser.new_page()
                page.on("console", lambda message: faults.append(message.text))
                page.on("pageerror", lambda error: faults.append(str(error)))
                began = time.perf_counter()
                page.goto(f"file://{report / file}", wait_until="load")
                page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)))")
                seconds[name] = max(seconds[name], time.perf_counter() - began)
                page.close()
        page = browser.new_page()
        page.goto(f"file://{report / 'index.html'}")
        began = time.perf_counter()
        page.select_option("[name=kind]", "close")
        page.locator(".found tbody tr").first.wait_for()
        seconds["search"] = time.perf_counter() - began
        browser.close()
    if faults:
        raise RuntimeError(f"the report complains in the console: {faults[:3]}")
    return seconds


def main() -> int:
    parser = argparse.ArgumentParser(description="The HTML report's time to build and to open, against its limits.")
    parser.add_argument("--files", type=int, default=7800, metavar="N", help="files to make (default 7800, some 10,000 articles)")
    parser.add_argument("--check", action="store_true", help="exit code 1 when a limit is passed")
    arguments = parser.parse_args()
    corpus = corpus_folder()
    if corpus is None:
        print("No corpus: neither ../shared/corpus nor CLEANER_CORPUS holds make_big.py.", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        share = build(corpus, folder, arguments.files)
        articles, edits = (sum(1 for _ in (folder / "clean" / f"{table}.jsonl").open("rb")) for table in ("articles", "edits"))
        index = (folder / "report" / "index.html").stat().st_size / 1000
        figures = [
            ("build", share, f"times the cleaning, at most {AT_MOST_BUILD:g}; {articles:,} articles, {edits:,} edits", share <= AT_MOST_BUILD),
            ("index", index, f"kB, at most {AT_MOST_INDEX:g}", index <= AT_MOST_INDEX),
        ]
        if shutil.which("chromium") is None:
            print("No browser: there is no chromium on the PATH, so nothing is opened.", file=sys.stderr)
        else:
            seconds = open_pages(folder / "report")
            figures += [(f"open {what}", seconds[what], f"s, less than {AT_MOST_OPEN:g}", seconds[what] < AT_MOST_OPEN) for what in ("index", "page")]
            figures.append(("search", seconds["search"], f"s over {articles // 100 + 1} pages", True))
    for what, value, made_of, within in figures:
        print(f"{what:12s} {value:8.2f}  {made_of}{'' if within else '   PAST ITS LIMIT'}")
    return int(arguments.check and not all(within for *_, within in figures))


if __name__ == "__main__":
    raise SystemExit(main())
