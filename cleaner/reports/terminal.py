"""What a person reads in the terminal: the summary of a run, its removals, one article explained.

Copy is hostile: everything of it goes through ``visible`` and is handed to rich as plain text, never as markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from math import ceil
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from cleaner.errors import UsageError
from cleaner.model import Op
from cleaner.records import places
from cleaner.reports.hunks import hunks, why
from cleaner.restore import documents
from cleaner.view import Article, articles, articles_of, counted, excerpt, kinds, logged, place, totals, unreadable, visible

if TYPE_CHECKING:
    from rich.console import Console

    from cleaner.gates import Passed
    from cleaner.profile import Profile
    from cleaner.run import Summary

_STYLES = {" ": "", "-": "red", ">": "cyan", "~": "yellow", "?": "magenta", "=": "green", "+": "green"}
_OPS = {Op.REMOVE: "red", Op.DROP: "red", Op.MOVE: "cyan", Op.REPLACE: "yellow"}
_BAR = 10
"""Characters of the bar that stands for a file of which everything was removed."""


def console(file: IO[str], *, wrap: bool = False) -> Console:
    """A console that styles only on a terminal, and not when NO_COLOR is set.

    ``wrap`` is for talk, on a terminal; data, and what a log or ``grep`` gets, keep their lines whole.
    """
    from rich.console import Console

    class Plain(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # rich would exit with 1, which says that --check found a difference

    return Plain(file=cast("IO[str]", _Log(file)), markup=False, highlight=False, emoji=False, soft_wrap=not (wrap and file.isatty()))


class _Log:
    """A stream that says nothing which a CI log would take for a command, however its lines were broken."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> int:
        return self._file.write(logged(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def say(out: Console, text: str, style: str = "") -> None:
    """A line of plain text, in which nothing is markup."""
    from rich.text import Text

    out.print(Text(text, style))


# -- the summary -------------------------------------------------------------------------------------------------------


def print_summary(summary: Summary, out: Console, reports: Sequence[Path] = (), *, wrote: bool = True, rules: bool = True) -> None:
    """Files, articles, words, edits by rule, what could not be read and why, and where the records and reports lie."""
    counts = summary.counts
    say(out, totals(counts))
    if counts.edits and rules:
        out.print(_edits_table(summary))
    unused = [name for name, number in counts.keep.items() if not number]
    if unused:
        say(out, f"{counted(len(unused), 'entry', 'entries')} of the keep list found nothing to keep:", "yellow")
        for name in unused:
            say(out, f"  {excerpt(name)}")
    if counts.unreadable:
        say(out, f"{counted(counts.unreadable, 'file or row', 'files or rows')} could not be read:", "bold red")
        out.print(_unreadable_table(summary))
        if counts.unreadable > 10:
            say(out, f"  and {counts.unreadable - 10:,} more in the table unreadable.")
    if wrote:
        format = summary.run.options["format"]
        say(out, f"Records are in articles.{format}, every edit with its reason in edits.{format}:")
        _say_path(out, summary.clean)
        print_reports(reports, out)


def print_reports(reports: Sequence[Path], out: Console) -> None:
    """Where the reports lie."""
    if reports:
        say(out, "What went, what stands for it and why:")
    for path in reports:
        _say_path(out, path)


def _say_path(out: Console, path: Path) -> None:
    from rich.text import Text

    out.print(Text(f"  {visible(str(path))}"), soft_wrap=True)  # a path that wraps cannot be copied


def _unreadable_table(summary: Summary) -> object:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2, 0, 0), pad_edge=True)
    table.add_column(overflow="fold", max_width=36)
    table.add_column(overflow="fold")
    for row in summary.unreadable[:10]:
        table.add_row(Text(excerpt(place(row))), Text(excerpt(row.reason)))
    return Padding(table, (0, 0, 0, 2))


def _edits_table(summary: Summary) -> object:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    labels = kinds(summary.counts.edits)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("edits by rule")
    for label in labels:
        table.add_column(label, justify="right")
    for rule, done in summary.counts.edits.items():
        table.add_row(rule, *(f"{done[label]:,}" if label in done else "" for label in labels))
    return table


def print_profile(profile: Profile, why: str, file: Path, out: Console) -> None:
    """What was learnt of each source, or why nothing was, and where it lies."""
    from rich.table import Table

    if not profile.sources:
        say(out, f"No source has enough pages to learn from: {why} {excerpt(str(file))} names no source.", "yellow")
        return
    table = Table(box=None, padding=(0, 1, 0, 0))
    table.add_column("source", overflow="fold", min_width=20)
    for name in ("pages", "furniture", "suffixes", "prefixes", "outlets", "columns", "tags"):
        table.add_column(name, justify="right", overflow="fold")
    for source, found in profile.sources.items():
        lists = (found.furniture, found.suffixes, found.prefixes, found.outlets, found.columns, found.tags)
        table.add_row(excerpt(source, 60), f"{found.pages:,}", *(f"{len(names):,}" for names in lists))
    out.print(table)
    say(out, f"The profile is {excerpt(str(file))}: `clean RAW CLEAN --profile {excerpt(str(file))}` uses it.")


def print_gates(gates: Sequence[Passed], out: Console) -> None:
    """The gates that a run has passed, each with its worst articles."""
    from rich.text import Text

    for passed in gates:
        if not passed.worst:
            say(out, f"{passed.sentence}.", "bold red")
            continue
        say(out, f"{passed.sentence}{', the worst' if passed.number > len(passed.worst) else ''}:", "bold red")
        for article in passed.worst:
            figure, where = passed.figure(article), place(article)
            line = f"  {figure:>6}  {excerpt(where)}, article {article.number}  {article.id}  {excerpt(article.headline or '(no headline)', 80)}"
            out.print(Text(line), soft_wrap=True)  # a path or an id that wraps cannot be copied


def print_differences(summary: Summary, clean: Path, out: Console) -> None:
    """How CLEAN differs from what a run would write, or that it does not."""
    if not summary.differences:
        say(out, f"{visible(str(clean))} is what a run would write.")
        return
    say(out, f"{visible(str(clean))} is not what a run would write:", "bold red")
    for line in summary.differences:
        say(out, f"  {excerpt(line) if not line.startswith(' ') else '  ' + excerpt(line)}")
    say(out, "Run `clean` without --check and look at what changes.")


# -- removals ----------------------------------------------------------------------------------------------------------


def print_diff(clean: Path, out: Console) -> None:
    """The edits of every article as hunks: what went, what stays for it, why, the score, and what stands around it."""
    from rich.text import Text

    for article in articles(clean):
        row = article.row
        head = f"{excerpt(place(row))}  article {row.number}  {row.id}  {excerpt(row.headline or '', 80)}".rstrip()
        for hunk in hunks(article):
            if head:
                say(out, head, "bold")
                head = ""
            say(out, f"@@ lines {hunk.first}-{hunk.last} @@", "cyan")
            for sign, line, text in hunk.rows:
                if line is None:
                    out.print(Text.assemble("        ", (f"{sign} {text}", _STYLES[sign] if sign != " " else "dim")))
                else:
                    out.print(Text.assemble(f"  {line:>5} ", (f"{sign} {text}", _STYLES[sign])))
        if not head:
            out.print()


def print_stat(summary: Summary, out: Console) -> None:
    """A line per file: its articles, edits, and the share of its characters that was removed; then the edits by rule."""
    say(out, f"{'articles':>8} {'edits':>6} {'removed':>8}  {'':<{_BAR}}  file", "bold")
    for path, written in groupby(documents(summary.clean), key=lambda written: written.document.path):
        number = edits = removed = chars = 0
        for document in written:
            number += len(document.articles)
            edits += sum(row.edits for row in document.articles)
            removed += sum(row.removed_chars for row in document.articles)
            chars += len(document.text)
        _stat_line(out, f"{number:>8,} {edits:>6,} {removed / chars:>8.1%}", "#" * ceil(_BAR * removed / chars), path)
    for path in dict.fromkeys(row.path for row in unreadable(summary.clean)):
        _stat_line(out, f"{'could not be read':>24}", "", path)
    if summary.counts.edits:
        out.print()
        out.print(_edits_table(summary))


def _stat_line(out: Console, figures: str, bar: str, path: str) -> None:
    from rich.text import Text

    # The path is last, so that a long one stays whole and on one line and moves no column.
    out.print(Text.assemble(f"{figures}  ", (f"{bar:<{_BAR}}", "red"), f"  {visible(path)}"), soft_wrap=True)


# -- one article -------------------------------------------------------------------------------------------------------


def explain(clean: Path, article: str, out: Console) -> None:
    """One article of CLEAN: its lines with their roles, its edits with their reasons. A UsageError when there is no such article."""
    shown = find(clean, article)
    row = shown.row
    say(out, f"{excerpt(place(row))}  article {row.number}  {row.id}", "bold")
    for name, value in (("source", row.source), ("language", row.language), ("published", row.published), ("url", row.url)):
        if value:
            say(out, f"  {name}: {excerpt(value)}")
    say(out, f"  {counted(row.words, 'word')}, {counted(row.edits, 'edit')}, {row.removed_ratio:.1%} of the characters removed")
    out.print()
    lines = places(shown.text, [piece.start for piece in shown.pieces])
    for piece in shown.pieces:
        what, style = (str(piece.role), "") if piece.role or piece.edit is None else (str(piece.edit.op), _OPS[piece.edit.op])
        say(out, f"  {lines[piece.start][0]:>5}  {what:<11} {excerpt(piece.text)}", style)
    if shown.edits:
        out.print()
        say(out, "  edits", "bold")
    for edit in shown.edits:
        say(out, f"  {edit.line:>5}  {edit.op:<11} {why(edit)}")


def find(clean: Path, article: str) -> Article:
    """The article with this id."""
    for written in documents(clean):
        if any(row.id == article for row in written.articles):
            return next(each for each in articles_of(written) if each.row.id == article)
    raise UsageError(f"{clean}: there is no article {article!r}. Ids are the first field of the table articles, and --diff prints them.")
