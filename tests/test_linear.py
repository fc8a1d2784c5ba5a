"""Copy of any size is cleaned in a time that grows with it and no faster, whatever it is made of."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from cleaner import Cleaner, Document
from cleaner.records import check_ledger

OPENING = "The harbour reopened on Friday, the port said, and all ferries left on time for the islands."

SHAPES: dict[str, Callable[[int], str]] = {
    "equal lines": lambda n: "The harbour reopens at dawn\n" * n,
    "equal lines, blank lines between": lambda n: "The harbour reopens at dawn\n\n" * n,
    "one long list, printed twice": lambda n: 2 * "".join(f"Line number {i} of the long list of things\n" for i in range(n)),
    "tags below a paragraph": lambda n: f"{OPENING}\n\n" + "TT\n\n\n" * n,
    "furniture below a paragraph": lambda n: f"{OPENING}\n\n" + "Advertisement\n\n\n" * n,
    "many articles": lambda n: "".join(f"Harbour number {i} reopens after storm\n\n{OPENING} {i}.\n\n\n\n" for i in range(n // 2)),
    "an entity encoded again and again": lambda n: "The price was &" + "amp;" * n * 20 + " and more.",
    "captions with credits": lambda n: "Harbour reopens after the storm\n\n" + "".join(f"Ferry {i} at the quay (Reuters)\n" for i in range(n)),
    "dates over paragraphs": lambda n: "".join(f"{1 + i % 28} January {2000 + i % 25}\n\nThe harbour was closed on that day too.\n\n" for i in range(n)),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_copy(shape):
    """Four times the copy takes less than nine times as long; were it squared, it would take sixteen."""
    cleaner = Cleaner()

    def seconds(n: int) -> float:
        document = Document("a.txt", SHAPES[shape](n))
        best = float("inf")
        for _ in range(2):
            begun = time.process_time()
            check_ledger(cleaner.clean(document))
            best = min(best, time.process_time() - begun)
        return best

    assert seconds(1200) < 9 * max(seconds(300), 0.01)
