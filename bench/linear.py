"""Does time grow with the copy, whatever it is made of? Each shape at one size and at twice the size: about 2 is linear, 4 is squared.

    python bench/linear.py
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from cleaner import Cleaner, Document
from cleaner.records import check_ledger

OPENING = "The harbour reopened on Friday, the port said, and all ferries left on time for the islands."
SIZE = 2000
WORST = 3.0
"""Times as long for twice the copy, from which a shape is told as past its limit."""

SHAPES: dict[str, Callable[[int], str]] = {
    "equal lines": lambda n: "The harbour reopens at dawn\n" * n,
    "equal lines, blank lines between": lambda n: "The harbour reopens at dawn\n\n" * n,
    "one long list, printed twice": lambda n: 2 * "".join(f"Line number {i} of the long list of things\n" for i in range(n)),
    "tags below a paragraph": lambda n: f"{OPENING}\n\n" + "TT\n\n\n" * n,
    "furniture below a paragraph": lambda n: f"{OPENING}\n\n" + "Advertisement\n\n\n" * n,
    "many articles": lambda n: "".join(f"Harbour number {i} reopens after storm\n\n{OPENING} {i}.\n\n\n\n" for i in range(n // 2)),
    "an entity encoded again and again": lambda n: "The price was &" + "amp;" * n * 20 + " and more.",
    "captions with credits": lambda n: "Harbour reopens after the storm\n\n" + "".join(f"Ferry {i} at the quay (Reuters)\n" for i in range(n)),
    "dates over paragraphs": lambda n: "".join(f"{1 + i % 28} January {2000 + i % 25}\n\nThe harbour was closed too.\n\n" for i in range(n)),
    "doubled captions": lambda n: "".join(f"Ferries leave for quay {i} on Friday.\nFerries leave for quay {i} on Friday. (Port media)\n\n" for i in range(n)),
    "one long line": lambda n: "The harbour reopened on Friday and " * n * 50,
}


def seconds(cleaner: Cleaner, text: str) -> float:
    begun = time.process_time()
    check_ledger(cleaner.clean(Document("a.txt", text)))
    return time.process_time() - begun


def main() -> int:
    cleaner = Cleaner()
    cleaner.clean(Document("a.txt", OPENING))
    past = 0
    for name, shape in SHAPES.items():
        once, twice = (min(seconds(cleaner, shape(size)) for _ in range(2)) for size in (SIZE, 2 * SIZE))
        growth = twice / max(once, 0.01)
        past += growth > WORST
        print(f"{name:36} {once:6.2f} s {twice:6.2f} s  times {growth:4.1f}{'   PAST ITS LIMIT' if growth > WORST else ''}")
    return int(past > 0)


if __name__ == "__main__":
    sys.exit(main())
