"""Cases that are copy with marks in it.

A file holds many cases. Each opens with a line that starts with ``§`` and says what it shows. Then, if need be, come
lines of their own: ``language: sv`` (the document says so itself) and ``fails: ...`` (we still get it wrong, and why).
The rest, to the next ``§``, is copy as a scraper left it, with marks for what must happen in it:

- ``⟦words⟧``     the rule takes exactly these words: a copy removed, a tag moved, furniture dropped
- ``⟦&amp;→&⟧``   the rule replaces the characters before the arrow with those behind it
- ``✂``           alone on a line: a new article starts below (the line is no part of the copy)

No mark means that nothing may happen.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

CASES = Path(__file__).parent / "cases"
_NOTE = re.compile(r"(language|fails): (.+)")
_MARK = re.compile("⟦([^⟦⟧→]+)(?:→([^⟦⟧]*))?⟧|^✂\n", re.MULTILINE)


class Mark(NamedTuple):
    """What is marked: ``text[start:end]`` in the copy without marks; ``value`` is what stands for it, None for a whole edit."""

    start: int
    end: int
    value: str | None


class MarkedCopy(NamedTuple):
    """One case: the sentence it shows, the copy without its marks, and the marks."""

    says: str
    text: str
    marks: list[Mark]
    cuts: list[int]
    language: str | None
    fails: str | None


def read_cases(path: Path) -> list[MarkedCopy]:
    """The cases of one file."""
    return [_read(part) for part in path.read_text("utf-8").split("§ ")[1:]]


def _read(part: str) -> MarkedCopy:
    says, *lines = part.rstrip().split("\n")
    notes: dict[str, str] = {}
    while lines and (note := _NOTE.fullmatch(lines[0])):
        notes[note[1]] = note[2]
        del lines[0]
    marked = "\n".join(lines).strip("\n") + "\n"
    pieces: list[str] = []
    marks: list[Mark] = []
    cuts: list[int] = []
    at = length = 0
    for found in _MARK.finditer(marked):
        pieces.append(marked[at : found.start()])
        length += len(pieces[-1])
        if found[1] is None:
            cuts.append(length)
        else:
            pieces.append(found[1])
            marks.append(Mark(length, length + len(found[1]), found[2]))
            length += len(found[1])
        at = found.end()
    pieces.append(marked[at:])
    return MarkedCopy(says.strip(), "".join(pieces), marks, cuts, notes.get("language"), notes.get("fails"))


def parameters(folder: Path) -> list[Any]:
    """Every case below a folder as a parameter of a test; what still fails is a strict expected failure with its reason."""
    return [
        pytest.param(path.parent.name, case, id=f"{path.parent.name}/{path.stem}: {case.says}",
                     marks=[pytest.mark.xfail(strict=True, reason=case.fails)] if case.fails else [])
        for path in sorted(folder.rglob("*.txt")) for case in read_cases(path)
    ]
