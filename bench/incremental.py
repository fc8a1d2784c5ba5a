"""What a second run over unchanged files costs, against the first.

    python bench/incremental.py                 # 10,000 made files
    python bench/incremental.py --files 2000    # fewer: starting up weighs more
    python bench/incremental.py --check         # exit code 1 when a limit is passed

Each figure is the median of three rounds of: a first run with an empty cache, a second one, a third with one file touched. The bytes
of every run must be the same as those of a run without a cache. No reports are drawn: the first run would take longer, the second
would not. The files come from the corpus's own maker (see bench/quality.py).

- cpu, clock: the second run as a share of the first;
- touched: the CPU time of a run after one file has changed, as a share of the first;
- cost: the CPU time of a first run against one with --no-cache, what keeping outcomes costs.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.limits import Figure, main, make
from bench.speed import ROUNDS, Cost, cost_of, median

AT_MOST = 0.10
AT_MOST_COST = 1.15


def bytes_of(clean: Path) -> dict[str, str]:
    """The hash of each file of CLEAN."""
    found = {}
    for path in clean.iterdir():
        with path.open("rb") as file:
            found[path.name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def measure(corpus: Path, files: int) -> list[Figure]:
    """The shares of the first run."""
    command = str(Path(sys.executable).parent / "clean")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        raw, clean, cache = make(corpus, folder / "big", files), folder / "clean", folder / "cache"
        file = min(raw.rglob("*.txt"))
        copy = file.read_text("utf-8")

        def run(*arguments: str) -> Cost:
            return cost_of([command, str(raw), str(clean), "--report", "none", *arguments])

        plain: list[Cost] = []
        first: list[Cost] = []
        second: list[Cost] = []
        touched: list[Cost] = []
        for _ in range(ROUNDS):
            plain.append(run("--no-cache"))
            expected = bytes_of(clean)
            shutil.rmtree(cache, ignore_errors=True)
            for costs in (first, second):
                costs.append(run("--cache-dir", str(cache)))
                if bytes_of(clean) != expected:
                    raise RuntimeError("a run with the cache gave other bytes")
            file.write_text(f"{copy}\n\nThe port said more on Saturday.\n", "utf-8")
            touched.append(run("--cache-dir", str(cache)))
            file.write_text(copy, "utf-8")
    cpu, clock = median(first, "cpu"), median(first, "clock")
    shares = [
        ("cpu", median(second, "cpu"), cpu, AT_MOST),
        ("clock", median(second, "clock"), clock, AT_MOST),
        ("touched", median(touched, "cpu"), cpu, 2 * AT_MOST),
        ("cost", cpu, median(plain, "cpu"), AT_MOST_COST),
    ]
    return [Figure(name, one / other, f"{one:.2f} s against {other:.2f} s, at most {limit:g}", one <= limit * other) for name, one, other, limit in shares]


if __name__ == "__main__":
    raise SystemExit(main("What a second run over unchanged files costs, against the first.", 10_000, measure))
