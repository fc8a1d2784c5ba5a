"""What the benches share: the command line, figures against limits, and a browser that nobody looks at."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bench.quality import corpus_folder

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# What keeps a browser from looking things up by itself; no sandbox, since builds often run as root.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


class Figure(NamedTuple):
    """One figure: its name, its value, what it is made of, and whether it is within its limit."""

    name: str
    value: float
    made_of: str
    within: bool


def main(about: str, files: int, measure: Callable[[Path, int], list[Figure]]) -> int:
    """Measure on ``files`` made files, or as many as are asked for, and print the figures. Returns the exit code."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--files", type=int, default=files, metavar="N", help=f"files to make (default {files})")
    parser.add_argument("--check", action="store_true", help="exit code 1 when a limit is passed")
    arguments = parser.parse_args()
    corpus = corpus_folder()
    if corpus is None:
        print("No corpus: neither ../shared/corpus nor CLEANER_CORPUS holds make_big.py.", file=sys.stderr)
        return 0
    figures = measure(corpus, arguments.files)
    for name, value, made_of, within in figures:
        print(f"{name:12s} {value:8.3f}  {made_of}{'' if within else '   PAST ITS LIMIT'}")
    return int(arguments.check and not all(figure.within for figure in figures))


def make(corpus: Path, folder: Path, files: int) -> Path:
    """Files that the corpus's own maker puts together; returns the folder that they lie in."""
    subprocess.run([sys.executable, str(corpus / "make_big.py"), str(folder), "--n", str(files)], check=True, stdout=subprocess.DEVNULL)
    return folder / "raw"


def chromium() -> str | None:
    """Debian's Chromium, or None where there is none."""
    return shutil.which("chromium")


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield opened
        opened.close()
