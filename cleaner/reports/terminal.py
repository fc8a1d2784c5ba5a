"""What a person reads in the terminal: the summary of a run, its removals, one article explained.

Copy is hostile: everything of it goes through ``visible`` and is handed to rich as plain text, never as markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from cleaner.errors import UsageError
from cleaner.model import Op, Status
from cleaner.records import EditRow, places
from cleaner.restore import Written, documents
from cleaner.view import excerpt, place, visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from cleaner.profile import Profile
    from cleaner.run import Summary

_SIGNS = {Op.REMOVE: ("-", "red"), Op.DROP: ("-", "red"), Op.MOVE: (">", "cyan"), Op.REPLACE: ("~", "yellow")}


def console(file: IO[str], *, wrap: bool = False) -> Console:
    """A console that styles only on a terminal, and not when NO_COLOR is set. ``wrap`` is for talk; data keeps its lines whole."""
    from rich.console import Console

    class Plain(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # rich would exit with 1, which says that --check found a difference

    return Plain(file=file, markup=False, highlight=False, emoji=False, soft_wrap=not wrap)


# -- the summary -------------------------------------------------------------------------------------------------------


def print_summary(summary: Summary, out: Console, reports: Sequence[Path] = (), *, wrote: bool = True) -> None:
    """Files, articles, words, edits by rule, what could not be read and why, and where the records and reports lie."""
    counts = summary.counts
    removed = f"; {counts.removed_chars / counts.chars:.1%} of the characters removed" if counts.chars else ""
    _say(out, f"{_number(counts.files, 'file')}: {_number(counts.articles, 'article')}, {_number(counts.words, 'word')}{removed}.")
    if counts.edits:
        out.print(_edits_table(summary))
    unused = [name for name, number in counts.keep.items() if not number]
    if unused:
        _say(out, f"{_number(len(unused), 'entry', 'entries')} of the keep list found nothing to keep:", "yellow")
        for name in unused:
            _say(out, f"  {excerpt(name)}")
    if counts.unreadable:
        _say(out, f"{_number(counts.unreadable, 'file or row', 'files or rows')} could not be read:", "bold red")
        out.print(_unreadable_table(summary))
        if counts.unreadable > 10:
            _say(out, f"  and {counts.unreadable - 10:,} more in the table unreadable.")
    if wrote:
        format = summary.run.options["format"]
        _say(out, f"Records are in articles.{format}, every edit with its reason in edits.{format}:")
        _say_path(out, summary.clean)
        print_reports(reports, out)


def print_reports(reports: Sequence[Path], out: Console) -> None:
    """Where the reports lie."""
    if reports:
        _say(out, "What went, what stands for it and why:")
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

    labels = [*(str(op) for op in Op), *(str(status) for status in Status if status is not Status.APPLIED)]
    labels = [label for label in labels if any(label in done for done in summary.counts.edits.values())]
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("edits by rule")
    for label in labels:
        table.add_column(label, justify="right")
    for rule, done in summary.counts.edits.items():
        table.add_row(rule, *(f"{done[label]:,}" if label in done else "" for label in labels))
    return table


def print_profile(profile: Profile, file: Path, out: Console) -> None:
    """What was learnt of each source, and where it lies."""
    from rich.table import Table

    if not profile.sources:
        _say(out, f"No source has enough pages to learn from; {excerpt(str(file))} names none.", "yellow")
        return
    table = Table(box=None, padding=(0, 1, 0, 0))
    table.add_column("source", overflow="fold", min_width=20)
    for name in ("pages", "furniture", "suffixes", "prefixes", "outlets", "columns", "tags"):
        table.add_column(name, justify="right", overflow="fold")
    for source, found in profile.sources.items():
        lists = (found.furniture, found.suffixes, found.prefixes, found.outlets, found.columns, found.tags)
        table.add_row(excerpt(source, 60), f"{found.pages:,}", *(f"{len(names):,}" for names in lists))
    out.print(table)
    _say(out, f"The profile is {excerpt(str(file))}: `clean RAW CLEAN --profile {excerpt(str(file))}` uses it.")


def print_gates(summary: Summary, out: Console) -> None:
    """The gates that a run has passed, each with its worst articles."""
    from rich.text import Text

    for gate, limit, number, worst in ((each.gate, each.limit, each.number, each.worst) for each in summary.passed):
        if gate == "max-unreadable":
            _say(out, f"{gate}: {_number(number, 'file or row', 'files or rows')} could not be read, and the limit is {limit}.", "bold red")
            continue
        over = f"more than {limit:.0%} of their characters removed" if gate == "max-removed" else f"more than {limit} lines dropped"
        _say(out, f"{gate}: {_number(number, 'article')} with {over}{', the worst' if number > len(worst) else ''}:", "bold red")
        for article in worst:
            figure = f"{article.figure:.1%}" if gate == "max-removed" else f"{article.figure:,}"
            where = article.path if article.item is None else f"{article.path}, row {article.item}"
            line = f"  {figure:>6}  {excerpt(where)}, article {article.number}  {article.id}  {excerpt(article.headline or '(no headline)', 80)}"
            out.print(Text(line), soft_wrap=True)  # a path or an id that wraps cannot be copied


def print_differences(summary: Summary, clean: Path, out: Console) -> None:
    """How CLEAN differs from what a run would write, or that it does not."""
    if not summary.differences:
        _say(out, f"{visible(str(clean))} is what a run would write.")
        return
    _say(out, f"{visible(str(clean))} is not what a run would write:", "bold red")
    for line in summary.differences:
        _say(out, f"  {excerpt(line) if not line.startswith(' ') else '  ' + excerpt(line)}")
    _say(out, "Run `clean` without --check and look at what changes.")


def _number(number: int, one: str, more: str = "") -> str:
    return f"{number:,} {one if number == 1 else more or one + 's'}"


# -- removals ----------------------------------------------------------------------------------------------------------


def print_diff(clean: Path, out: Console) -> None:
    """Every edit that was applied, by article: what went, what stays for it, why, and the score."""
    for written in documents(clean):
        applied = [edit for edit in written.edits if edit.status is Status.APPLIED]
        if not applied:
            continue
        text = written.text
        for article in written.articles:
            mine = [edit for edit in applied if edit.article == article.id]
            if not mine:
                continue
            _say(out, f"{excerpt(place(article))}  article {article.number}  {article.id}  {excerpt(article.headline or '', 80)}".rstrip(), "bold")
            for edit in sorted(mine, key=lambda edit: edit.start):
                for line in _edit_lines(edit, text):
                    out.print(line)
            out.print()


def _edit_lines(edit: EditRow, text: str) -> Iterator[Text]:
    from rich.text import Text

    sign, style = _SIGNS[edit.op]
    yield Text.assemble(f"  {edit.line:>5} ", (f"{sign} {excerpt(edit.text)}", style))
    if edit.kept_start is not None and edit.kept_end is not None:
        yield Text.assemble("        ", (f"= {excerpt(text[edit.kept_start : edit.kept_end])}", "green"))
    elif edit.op is Op.REPLACE:
        yield Text.assemble("        ", (f"+ {excerpt(edit.value or '')}", "green"))
    elif edit.field is not None:
        yield Text.assemble("        ", (f"+ {edit.field}: {excerpt(edit.value or '')}", "green"))
    yield Text(f"          {_why(edit)}", "dim")


def _why(edit: EditRow) -> str:
    score = "" if edit.score is None else f" {edit.score:.0f}" + ("" if edit.threshold is None else f" (at least {edit.threshold:.0f})")
    return f"{edit.rule}{score}: {excerpt(edit.reason)}"


# -- one article -------------------------------------------------------------------------------------------------------


def explain(clean: Path, article: str, out: Console) -> None:
    """One article of CLEAN: its lines with their roles, its edits with their reasons. A UsageError when there is no such article."""
    written = find(clean, article)
    row = next(row for row in written.articles if row.id == article)
    text = written.text
    _say(out, f"{excerpt(place(row))}  article {row.number}  {row.id}", "bold")
    for name, value in (("source", row.source), ("language", row.language), ("published", row.published), ("url", row.url)):
        if value:
            _say(out, f"  {name}: {excerpt(value)}")
    _say(out, f"  {_number(row.words, 'word')}, {_number(row.edits, 'edit')}, {row.removed_ratio:.1%} of the characters removed")
    out.print()
    edits = [edit for edit in written.edits if edit.article == article]
    pieces = [(segment.start, segment.end, str(segment.role), "") for segment in written.document.segments if segment.article == row.number]
    pieces += [(edit.start, edit.end, str(edit.op), _SIGNS[edit.op][1]) for edit in edits if edit.status is Status.APPLIED]
    lines = places(text, [piece[0] for piece in pieces])
    for start, end, role, style in sorted(pieces):
        _say(out, f"  {lines[start][0]:>5}  {role:<11} {excerpt(text[start:end])}", style)
    if edits:
        out.print()
        _say(out, "  edits", "bold")
    for edit in edits:
        status = "" if edit.status is Status.APPLIED else f"{edit.status}, "
        _say(out, f"  {edit.line:>5}  {edit.op:<11} {status}{_why(edit)}")


def find(clean: Path, article: str) -> Written:
    """The document that an article is in."""
    for written in documents(clean):
        if any(row.id == article for row in written.articles):
            return written
    raise UsageError(f"{clean}: there is no article {article!r}. Ids are the first field of the table articles, and --diff prints them.")


def _say(out: Console, text: str, style: str = "") -> None:
    from rich.text import Text

    out.print(Text(text, style))
