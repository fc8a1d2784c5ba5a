"""The only room in which text leaves an article: settles what the rules proposed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from cleaner.model import Edit, Op, Span, Status

# A copy goes before a word is moved, a move before furniture is dropped, and characters are mended only in what stays.
_ORDER = {Op.REMOVE: 0, Op.MOVE: 1, Op.DROP: 2, Op.REPLACE: 3}


def collapse(proposals: Sequence[Edit]) -> list[Edit]:
    """The edits of one article as they are made, in the order of the text; no two applied ones overlap.

    Overlaps are settled by one fixed order: op, place, the longer, rule. Every removal must name a span that stays: a chain
    of copies is pointed at the copy that stays, and a removal whose copy went some other way is declined.
    """
    applied = _without_overlaps(edit for edit in proposals if edit.status is Status.APPLIED)
    declined = [edit for edit in proposals if edit.status is not Status.APPLIED]
    removed = [edit for edit in applied if edit.op is Op.REMOVE]
    gone = [edit for edit in applied if edit.op is not Op.REPLACE]
    starts = [edit.start for edit in gone]
    for edit in removed:
        edit.kept = _standing(edit, gone, starts)
        if edit.kept is None:
            edit.status = Status.DECLINED
            edit.reason += "; kept, since no copy of it would stay"
    return sorted([*applied, *declined], key=lambda edit: (edit.start, edit.end, edit.rule, edit.status))


def _without_overlaps(edits: Iterable[Edit]) -> list[Edit]:
    taken: list[Edit] = []
    starts: list[int] = []
    for edit in sorted(edits, key=lambda edit: (_ORDER[edit.op], edit.start, -edit.end, edit.rule)):
        if edit.end <= edit.start:
            continue
        place = bisect_right(starts, edit.start)
        if place and taken[place - 1].end > edit.start or place < len(taken) and taken[place].start < edit.end:
            continue
        taken.insert(place, edit)
        starts.insert(place, edit.start)
    return taken


def _standing(edit: Edit, gone: list[Edit], starts: list[int]) -> Span | None:
    """The span that stands for a removed one, at the end of its chain of copies; None when there is none."""
    span = edit.kept
    for _ in range(len(gone)):
        if span is None or span.start >= span.end:
            return None
        place = bisect_right(starts, span.start)
        over = [other for other in gone[max(0, place - 1) : place + 8] if other.start < span.end and span.start < other.end]
        whole = next((other for other in over if other.start <= span.start and span.end <= other.end), None)
        if whole is None:
            return None if any(other.op is Op.REMOVE for other in over) else _left_of(span, over)
        span = whole.kept if whole is not edit and whole.op is Op.REMOVE else None
    return None


def _left_of(span: Span, over: list[Edit]) -> Span | None:
    """What stays of a span whose ends other edits take away: a headline without the site's name behind it."""
    start, end = span
    for other in over:
        if other.start <= start:
            start = max(start, other.end)
        elif other.end >= end or end - other.end < other.start - start:
            end = min(end, other.start)
        else:
            start = other.end
    return Span(start, end) if start < end else None
