"""A text as lines: the smallest thing that has a role."""

from __future__ import annotations

import re

# Breaks besides "\n" that copy holds: old Mac files, form feeds between wire items, and the separators that word processors leave.
_OTHER_BREAKS = re.compile("[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_LINE = re.compile("[^\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]+")


class Line:
    """One line that is not blank, stripped: ``document.text[start:end] == text``.

    ``number`` counts from 1, at every ``\\n``; ``gap`` is the number of blank lines before it, ``indent`` the white space
    in front of it. Two lines of one number can come from one source line that holds other breaks.
    """

    __slots__ = ("end", "gap", "indent", "number", "start", "text")

    def __init__(self, number: int, start: int, text: str, gap: int, indent: int) -> None:
        self.number = number
        self.start = start
        self.end = start + len(text)
        self.text = text
        self.gap = gap
        self.indent = indent

    def __repr__(self) -> str:
        return f"Line({self.number}, {self.text!r})"


def split_lines(text: str) -> list[Line]:
    """The lines of a text that hold anything.

    >>> [(line.number, line.gap, line.text) for line in split_lines("A\\n\\n\\n  B\\n")]
    [(1, 0, 'A'), (4, 2, 'B')]
    """
    lines: list[Line] = []
    plain = _OTHER_BREAKS.search(text) is None
    offset = gap = 0
    for number, raw in enumerate(text.split("\n"), 1):
        stripped = raw.strip()
        if not stripped:
            gap += 1
        elif plain or _OTHER_BREAKS.search(stripped) is None:
            indent = len(raw) - len(raw.lstrip())
            lines.append(Line(number, offset + indent, stripped, gap, indent))
            gap = 0
        else:
            for piece in _LINE.finditer(raw):
                inner = piece.group().strip()
                if inner:
                    indent = len(piece.group()) - len(piece.group().lstrip())
                    lines.append(Line(number, offset + piece.start() + indent, inner, gap, indent))
                    gap = 0
        offset += len(raw) + 1
    return lines
