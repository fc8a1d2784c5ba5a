"""The records are as good on the corpus as ``quality_floors.toml`` says; the table of all sets is printed in each run."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

from bench import limits
from bench.quality import Quality

FLOORS = tomllib.loads((Path(__file__).parent / "quality_floors.toml").read_text(encoding="utf-8"))
BASELINE = FLOORS.pop("better-than-all-lines-kept")
MADE = FLOORS.pop("big")
PINNED = [(name, column, floor) for name, columns in FLOORS.items() for column, floor in columns.items()]


@pytest.fixture(scope="module")
def quality(corpus):
    return Quality(corpus)


def test_the_table_of_all_sets_is_shown(quality, capsys):
    """Whoever reads the log of a run sees every figure, reached or not."""
    with capsys.disabled():
        sys.stdout.write("\n")
        quality.show(sys.stdout)
    assert set(quality.rows) >= {*FLOORS, *BASELINE["sets"]}


@pytest.mark.parametrize(("name", "column", "floor"), PINNED, ids=[f"{name}-{column}" for name, column, _ in PINNED])
def test_a_figure_is_not_worse_than_its_floor(quality, name, column, floor):
    """Each pinned figure is reached."""
    value = quality.rows[name][column]
    check(name, column, value, floor)


def check(name, column, value, floor):
    assert value is not None, f"{name} {column}: the scorer gives no figure"
    if "at_least" in floor:
        assert value >= floor["at_least"] - 1e-9, f"{name} {column} is {value:.2f}, its floor {floor['at_least']}"
    else:
        assert value <= floor["at_most"] + 1e-9, f"{name} {column} is {value:.2f}, its ceiling {floor['at_most']}"


@pytest.mark.parametrize("name", BASELINE["sets"])
def test_cleaning_beats_no_cleaning(quality, name):
    """Where no figure is pinned yet, the records are better than one record per file with every line kept."""
    row, plain = quality.rows[name], quality.baseline()[name]
    worse = [column for column in BASELINE["higher"] if plain[column] is not None and row[column] <= plain[column] < 100]
    worse += [column for column in BASELINE["lower"] if plain[column] is not None and row[column] >= plain[column] > 0]
    assert not worse, {column: (row[column], plain[column]) for column in worse}


@pytest.fixture(scope="module")
def made(corpus, tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    limits.make(corpus, folder, 600)
    return Quality(corpus, folder)


def test_made_copy_reaches_its_floors(made, capsys):
    """Files put together by the corpus's own maker, in all its languages, are held to floors of their own, and their figures shown."""
    with capsys.disabled():
        sys.stdout.write("\n")
        made.show(sys.stdout)
    for column, floor in MADE.items():
        check("big", column, made.rows["big"][column], floor)
