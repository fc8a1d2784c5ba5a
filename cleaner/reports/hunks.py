"""An article's edits as hunks: what went, with a little of what stays around it. For the terminal and for Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cleaner.model import Op, Status
from cleaner.records import EditRow, places
from cleaner.view import Article, excerpt, scored

CONTEXT = 2
"""Kept pieces that are shown before and after an edit."""
WIDE = 100
"""Code points of a kept piece that is only there to show the place."""

_SIGNS = {Op.REMOVE: "-", Op.DROP: "-", Op.MOVE: ">", Op.REPLACE: "~"}


class Row(NamedTuple):
    """One row: a piece with the number of its line, or, where ``line`` is None, what is said of the piece above it.

    ``sign`` of a piece: blank for kept, ``-`` gone, ``>`` moved into a field, ``~`` replaced, ``?`` looked at and kept. Of what is
    said: ``=`` the copy that stays, ``+`` what stands in the field or in the text now, blank for rule, score and reason.
    """

    sign: str
    line: int | None
    text: str


class Hunk(NamedTuple):
    """Edits that stand close together. ``first`` and ``last`` are lines of the document's text, from 1."""

    first: int
    last: int
    rows: list[Row]


def hunks(article: Article, context: int = CONTEXT) -> Iterator[Hunk]:
    """The edits of an article in the order of the source, those that a guard, the threshold or the keep list stopped among them."""
    pieces = article.pieces
    spans: list[tuple[int, int]] = []
    for here, piece in enumerate(pieces):
        if piece.edit is None:
            continue
        first, last = max(0, here - context), min(len(pieces), here + context + 1)
        if spans and first <= spans[-1][1]:
            first = spans.pop()[0]
        spans.append((first, last))
    lines = places(article.text, [offset for first, last in spans for piece in pieces[first:last] for offset in (piece.start, piece.end - 1)])
    for first, last in spans:
        shown = pieces[first:last]
        rows: list[Row] = []
        told: set[int] = set()  # what was declined may be in pieces, since a credit was moved out of it
        for piece in shown:
            line, edit = lines[piece.start][0], piece.edit
            if edit is None:
                rows.append(Row(" ", line, excerpt(piece.text, WIDE)))
                continue
            rows.append(Row(sign(edit), line, excerpt(piece.text)))
            if edit.seq not in told:
                rows += reasons(edit, article.kept(edit))
                told.add(edit.seq)
        yield Hunk(lines[shown[0].start][0], lines[shown[-1].end - 1][0], rows)


def sign(edit: EditRow) -> str:
    """The sign of a piece that an edit is about."""
    return _SIGNS[edit.op] if edit.status is Status.APPLIED else "?"


def reasons(edit: EditRow, kept: str | None) -> Iterator[Row]:
    """What stands for a span now, and why."""
    applied = edit.status is Status.APPLIED
    if kept is not None:
        yield Row("=", None, excerpt(kept))
    elif edit.value is not None and applied:
        yield Row("+", None, f"{edit.field}: {excerpt(edit.value)}" if edit.field else excerpt(edit.value))
    yield Row(" ", None, why(edit))


def why(edit: EditRow) -> str:
    """Rule, score with its threshold, and reason; that it stays, where it was not applied."""
    stays = "" if edit.status is Status.APPLIED else f", {edit.status}"
    return f"{scored(edit)}{stays}: {excerpt(edit.reason)}"
