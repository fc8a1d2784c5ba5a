"""How two outputs differ, for a person who reads it before upgrading: how they were made, totals by rule, then article by article.

What takes copy away stands first, and of that the closest calls.
"""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from cleaner.differences import GRAVEST, Change, Decision, Kind, changes, made_otherwise, unreadable_changes
from cleaner.errors import FolderError, RestoreError
from cleaner.model import Status
from cleaner.output import one_run, read_run
from cleaner.records import ArticleRow, EditRow
from cleaner.reports.terminal import say
from cleaner.view import done, excerpt, place, scored, visible

if TYPE_CHECKING:
    from rich.console import Console

LINES = 5
"""Lines of a field that are shown of either side; the tables have them all."""

_SIGNS = {Kind.REMOVED: ("-", "red"), Kind.LEFT: ("+", "green"), Kind.OTHERWISE: (">", "cyan"), Kind.STATUS: ("~", "yellow"), Kind.REASON: ("~", "")}


def print_comparison(old: Path, new: Path, out: Console, name: str | None = None) -> bool:
    """Print how two outputs differ; returns whether they do. ``name`` is what the new one is called, where its folder says nothing.

    Raises FolderError or RestoreError where one cannot be read.

    One pass over the tables: what is printed of each article waits in a file until the order is known, so memory holds a few
    numbers for each article that differs.
    """
    say(out, f"old: {visible(str(old))}\nnew: {name or visible(str(new))}")
    totals: defaultdict[str, Counter[Kind]] = defaultdict(Counter)
    articles: Counter[str] = Counter()
    order: list[tuple[float, float, int, int]] = []
    with one_run(old, new), tempfile.TemporaryFile() as waiting:
        _print_made(old, new, out)
        for change in changes(old, new):
            for decision in change.decisions:
                totals[decision.speaks.rule][decision.kind] += 1
            articles[_fate(change)] += 1
            with out.capture() as printed:
                _print_change(change, out)
            start = waiting.tell()
            waiting.write(printed.get().encode())
            order.append((*_rank(change), start, waiting.tell()))
        unreadable = unreadable_changes(old, new)
        first = next(unreadable, None)
        if not order and first is None:
            say(out, "Both hold the same articles and the same decisions.")
            return False
        _print_totals(totals, articles, out)
        for *_, start, end in sorted(order):
            waiting.seek(start)
            out.file.write(waiting.read(end - start).decode())
        for row, what in chain([first] if first else [], unreadable):
            say(out, f"{excerpt(place(row))} {what}: {excerpt(row.reason)}")
    return True


def print_check(clean: Path, new: Path, out: Console) -> None:
    """What a run would change in CLEAN. Where CLEAN cannot be read its letter is printed: for ``--check`` that is a difference like others."""
    try:
        print_comparison(clean, new, out, "what a run would write")
    except (FolderError, RestoreError) as error:
        say(out, visible(str(error)), "yellow")


def _rank(change: Change) -> tuple[float, float]:
    """Copy that goes now, the closest first; articles that are gone; then as their gravest decision is; what only has other fields or is new."""
    if change.decisions and change.decisions[0].kind is Kind.REMOVED or _fate(change) != "gone":
        return change.decisions[0].rank[:2] if change.decisions else (len(GRAVEST), 0.0)
    return GRAVEST[Kind.REMOVED] + 0.5, 0.0


def _fate(change: Change) -> str:
    old, new = (change.old, change.new) if change.old or change.new else change.sides
    return "new" if old is None else "gone" if new is None else "changed"


# -- the head ----------------------------------------------------------------------------------------------------------


def _print_made(old: Path, new: Path, out: Console) -> None:
    """How the two were made: what differs in version, options and input."""
    otherwise = list(made_otherwise(read_run(old), read_run(new)))
    if not otherwise:
        say(out, "Both were made with the same version and options from the same input.\n")
        return
    say(out, "Made with")
    widest = max(len(name) for name, *_ in otherwise)
    for name, was, now in otherwise:
        say(out, f"  {excerpt(name):<{widest}}  {excerpt(was)} -> {excerpt(now)}")
    out.print()


def _print_totals(totals: defaultdict[str, Counter[Kind]], articles: Counter[str], out: Console) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    say(out, f"Articles: {', '.join(f'{articles[fate]:,} {fate}' for fate in ('gone', 'new', 'changed') if articles[fate]) or 'the same'}.")
    if totals:
        kinds = [kind for kind in Kind if any(kind in each for each in totals.values())]
        table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
        table.add_column("decisions by rule", no_wrap=True)
        for kind in kinds:
            table.add_column(kind, justify="right")
        for rule, each in sorted(totals.items()):
            table.add_row(rule, *(f"{each[kind]:,}" if each[kind] else "" for kind in kinds))
        out.print(table)
    out.print()


# -- an article --------------------------------------------------------------------------------------------------------


def _print_change(change: Change, out: Console) -> None:
    row, fate = change.row, _fate(change)
    head = excerpt(place(row))
    if isinstance(row, ArticleRow):
        head = f"{head}  article {row.number}  {row.id}  {excerpt(row.headline or '', 80)}".rstrip()
    say(out, head + {"new": "  is new", "gone": "  is gone", "changed": ""}[fate], "bold")
    texts = [side.text if side and change.decisions else "" for side in change.sides]
    for kind, decisions in groupby(change.decisions, key=lambda decision: decision.kind):
        say(out, f"  {kind}")
        for decision in decisions:
            _print_decision(decision, texts, out)
    told = {edit.text for decision in change.decisions for edit in decision if edit}
    for name in change.fields:
        say(out, f"  {name}")
        _print_field(getattr(change.old, name, None), getattr(change.new, name, None), told, out)
    out.print()


def _print_decision(decision: Decision, texts: list[str], out: Console) -> None:
    edit = decision.speaks
    sign, style = _SIGNS[decision.kind]
    say(out, f"  {edit.line:>5} {sign} {excerpt(edit.text)}", style)
    if edit.kept_start is not None and edit.kept_end is not None:
        say(out, f"        = {excerpt(texts[edit is decision.new][edit.kept_start : edit.kept_end])}")
    for when, each in (("was", decision.old), ("now", decision.new)):
        if each is not None:
            say(out, f"          {when} {_became(each)}: {scored(each)}: {excerpt(each.reason)}", "dim")


def _became(edit: EditRow) -> str:
    if edit.status is not Status.APPLIED:
        return edit.status
    to = f" to {edit.field}: {excerpt(edit.value or '')}" if edit.field else f" with {excerpt(edit.value)}" if edit.value else ""
    return done(edit) + to


def _print_field(old: Any, new: Any, told: set[str], out: Console) -> None:
    """The lines of a field that only one of the two has, less those that a decision has ``told`` of."""
    one, two = list(_lines(old)), list(_lines(new))
    gone, come = Counter(one) - Counter(two), Counter(two) - Counter(one)
    if told.issuperset(gone) and told.issuperset(come):
        say(out, "        as above" if gone or come else "        the same, in another order")
    for sign, style, lines, differ in (("-", "red", one, gone), ("+", "green", two, come)):
        shown = [line for line in dict.fromkeys(lines) if line in differ and line not in told]
        for line in shown[:LINES]:
            say(out, f"        {sign} {excerpt(line)}", style)
        if len(shown) > LINES:
            say(out, f"        {sign} and {len(shown) - LINES:,} more", style)


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, tuple):
        for each in value:
            yield from _lines(each)
    elif isinstance(value, (str, int)):
        yield from (line for line in str(value).split("\n") if line)
    elif value is not None:
        said = {name: ", ".join(each) if isinstance(each, tuple) else each for name, each in msgspec.to_builtins(value).items()}
        yield "; ".join(f"{name} {each}" for name, each in said.items() if each not in (None, ""))
