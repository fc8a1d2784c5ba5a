"""How fast a run is and how much memory it takes, as ratios against yardsticks measured beside it.

    python bench/speed.py                 # 20,000 made files, as many as the maker makes
    python bench/speed.py --files 4000    # a short run: starting up weighs more
    python bench/speed.py --check         # exit code 1 when a limit is passed

Machines differ, ratios less so. Each figure is the median of three rounds, and the two sides of a ratio take turns, so that
a slow minute hits both. The files come from the corpus's own maker (``make_big.py``, see bench/quality.py for where it lies).

- work: CPU time of ``clean RAW CLEAN -j 1 --report none``, file to file with the complete log, against a loop that reads each
  file and hashes each of its lines, stripped (what the reports cost is in bench/report.py);
- workers: the time on the clock with one worker against two;
- memory: the largest process of a run;
- start: CPU time of ``clean --help`` against a typer app of one command.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.limits import Figure, main, make

ROUNDS = 3
AT_MOST_WORK = 12.0
AT_LEAST_WORKERS = 1.7
AT_MOST_MEMORY = 400.0
AT_MOST_START = 1.5

FLOOR = """
import hashlib, sys
from pathlib import Path
for path in sorted(Path(sys.argv[1]).rglob("*.txt")):
    for line in path.read_bytes().decode("utf-8").split("\\n"):
        hashlib.sha256(line.strip().encode("utf-8")).digest()
"""

BARE_APP = """
import typer
app = typer.Typer()
@app.command()
def bare(raw: str, clean: str, workers: int = 1) -> None:
    '''Cleans nothing.'''
app()
"""


@dataclass(frozen=True)
class Cost:
    """What one child process took: CPU seconds and clock seconds, its children's with them, and MB of its largest process."""

    cpu: float
    clock: float
    peak: float


def cost_of(command: list[str]) -> Cost:
    """Runs a command to its end. Raises RuntimeError when it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    letter = process.stderr.read().decode("utf-8", "replace")
    # wait4 alone tells what this one child used; the counters of getrusage add up over all children so far.
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {letter}")
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - started, usage.ru_maxrss / 1024)


def median(costs: list[Cost], what: str) -> float:
    return float(statistics.median(getattr(cost, what) for cost in costs))


def measure(corpus: Path, files: int) -> list[Figure]:
    """The four figures."""
    clean = str(Path(sys.executable).parent / "clean")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        raw, out = make(corpus, folder / "big", files), folder / "out"

        def run(workers: int) -> Cost:
            shutil.rmtree(out, ignore_errors=True)
            return cost_of([clean, str(raw), str(out), "-j", str(workers), "--report", "none", "--no-cache"])

        bare_app = folder / "bare.py"
        bare_app.write_text(BARE_APP, encoding="utf-8")
        floors, ones, twos, helps, bares = [], [], [], [], []
        cost_of([sys.executable, "-c", FLOOR, str(raw)])  # the files come into the page cache, the modules get compiled
        cost_of([clean, "--help"])
        for _ in range(ROUNDS):
            floors.append(cost_of([sys.executable, "-c", FLOOR, str(raw)]))
            ones.append(run(1))
            twos.append(run(2))
            for _ in range(ROUNDS):
                helps.append(cost_of([clean, "--help"]))
                bares.append(cost_of([sys.executable, str(bare_app), "--help"]))
    floor, one = median(floors, "cpu"), median(ones, "cpu")
    work = one / floor
    workers = median(ones, "clock") / median(twos, "clock")
    memory = max(cost.peak for cost in ones + twos)
    start = median(helps, "cpu") / median(bares, "cpu")
    return [
        Figure(
            "work",
            work,
            f"{one:.2f} s against {floor:.2f} s, at most {AT_MOST_WORK:g} times; {1e6 * one / files:.0f} microseconds a file",
            work <= AT_MOST_WORK,
        ),
        Figure(
            "workers",
            workers,
            f"{median(ones, 'clock'):.2f} s with one, {median(twos, 'clock'):.2f} s with two, at least {AT_LEAST_WORKERS:g} times",
            workers >= AT_LEAST_WORKERS,
        ),
        Figure("memory", memory, f"MB in the largest process, at most {AT_MOST_MEMORY:g}", memory <= AT_MOST_MEMORY),
        Figure(
            "start",
            start,
            f"{1000 * median(helps, 'cpu'):.0f} ms against {1000 * median(bares, 'cpu'):.0f} ms, at most {AT_MOST_START:g} times",
            start <= AT_MOST_START,
        ),
    ]


if __name__ == "__main__":
    raise SystemExit(main("Speed and memory of a run, against their limits.", 20_000, measure))
