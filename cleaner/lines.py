"""A text as lines: the smallest thing that has a role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from cleaner.model import Span

# Breaks besides "\n" that copy holds: old Mac files, form feeds between wire items, and the separators that word processors leave.
OTHER_BREAKS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
BREAKS = "\n" + OTHER_BREAKS
"""Every character that ends a line."""

_OTHER_BREAKS = re.compile(f"[{OTHER_BREAKS}]")
_LINE = re.compile("[^\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]+")


class Line:
    """One line that is not blank, stripped: ``document.text[start:end] == text``.

    ``number`` counts from 1, at every ``\\n``; ``gap`` is the number of blank lines before it, ``indent`` the white space
    in front of it, ``wrapped`` whether it is a paragraph put together from several. Two lines of one number can come from one
    source line that holds other breaks.
    """

    __slots__ = ("end", "gap", "indent", "number", "start", "text", "wrapped")

    def __init__(self, number: int, start: int, text: str, gap: int, indent: int) -> None:
        self.number = number
        self.start = start
        self.end = start + len(text)
        self.text = text
        self.gap = gap
        self.indent = indent
        self.wrapped = False

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def __repr__(self) -> str:
        return f"Line({self.number}, {self.text!r})"


def split_lines(text: str) -> list[Line]:
    """The lines of a text that hold anything.

    >>> [(line.number, line.gap, line.text) for line in split_lines("A\\n\\n\\n  B\\n")]
    [(1, 0, 'A'), (4, 2, 'B')]
    """
    lines: list[Line] = []
    plain = not any(mark in text for mark in OTHER_BREAKS)  # nine looks for one character cost a tenth of one pattern
    offset = gap = 0
    for number, raw in enumerate(text.split("\n"), 1):
        stripped = raw.strip()
        if not stripped:
            gap += 1
        elif plain or _OTHER_BREAKS.search(stripped) is None:
            indent = 0 if raw[0] == stripped[0] else len(raw) - len(raw.lstrip())
            lines.append(Line(number, offset + indent, stripped, gap, indent))
            gap = 0
        else:
            at = 0
            for piece in _LINE.finditer(raw):
                gap += max(0, piece.start() - at - 1)  # each break beyond the one that ends a line is a blank line
                at = piece.end()
                inner = piece.group().strip()
                if inner:
                    indent = len(piece.group()) - len(piece.group().lstrip())
                    lines.append(Line(number, offset + piece.start() + indent, inner, gap, indent))
                    gap = 0
        offset += len(raw) + 1
    return lines


def block(lines: Sequence[Line], place: int, most: int) -> range:
    """The lines without a blank line between them around one, upwards first; of a longer block no more than ``most``.

    >>> block(split_lines("A\\n\\nB\\nC\\n\\nD"), 2, 9)
    range(1, 3)
    """
    start, stop = place, place + 1
    while start and lines[start].gap == 0 and stop - start < most:
        start -= 1
    while stop < len(lines) and lines[stop].gap == 0 and stop - start < most:
        stop += 1
    return range(start, stop)


WRAP = 0.6
"""A line that another continues is at least this share of the widest: shorter ones end their paragraph."""


def unwrap(lines: list[Line], text: str) -> list[Line]:
    """Hard-wrapped lines put together to paragraphs, as wire services send them; other lines as they are.

    Copy counts as wrapped when most lines run on into a line that starts in lower case, and all are of one width. A new
    paragraph starts after a blank line, at an indent, or after a short line. The text of a paragraph holds a space for
    each break, so that offsets stay those of the document.

    >>> wire = "    The harbour reopened on Friday after three days of storm,\\nthe port said. Ferries to the islands left in the morning and\\nwere full."
    >>> len(split_lines(wire)), len(unwrap(split_lines(wire), wire))
    (3, 1)
    """
    if any(len(line.text) > 140 for line in lines):
        return lines
    runs_on = [(one, two) for one, two in pairwise(lines) if two.gap == 0 and two.indent == 0]
    if len(runs_on) < 2:
        return lines
    widths = sorted(len(line.text) for line in lines)
    widest = widths[int(len(widths) * 0.95)]
    if not 45 <= widest <= 100:
        return lines
    long = [(one, two) for one, two in runs_on if len(one.text) >= WRAP * widest]
    if 2 * sum(two.text[0].islower() for _, two in long) < len(long) or len(long) * 10 < len(runs_on) * 7:
        return lines
    paragraphs: list[Line] = []
    for line in lines:
        last = paragraphs[-1] if paragraphs else None
        if last is not None and line.gap == 0 and line.indent == 0 and len(text[text.rfind("\n", 0, last.end) + 1 : last.end].strip()) >= WRAP * widest:
            last.end = line.end
        else:
            paragraphs.append(line)
    for line in paragraphs:
        if line.end - line.start != len(line.text):
            line.text = text[line.start : line.end].translate(_SPACES)
            line.wrapped = True
    return paragraphs


_SPACES = {ord(mark): " " for mark in "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"}
