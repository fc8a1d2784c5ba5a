"""The two commands: ``clean`` for the main job, ``cleaner`` for the toolbox. Words to options, call, print, exit code.

Heavy modules are imported in the command that uses them, so that ``--help`` is quick.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cleaner.errors import CleanerError, FolderError, UsageError

if TYPE_CHECKING:
    from cleaner.options import Gates, Options

DONE, DIFFERS, FAULT = 0, 1, 2
"""Exit codes: done; ``--check`` or ``compare`` found a difference, or a gate was passed; usage, options, or input that could not be read."""

CACHE = ".cleaner_cache"
"""Where the command keeps what the next run need not do again, in the working folder."""

PLAIN: dict[str, Any] = {"add_completion": False, "pretty_exceptions_enable": False}

clean_app = typer.Typer(**PLAIN)
toolbox = typer.Typer(**PLAIN, no_args_is_help=True, help="The toolbox around `clean`: look at an output, and undo it.")


class TableFormat(StrEnum):
    """The form of the tables."""

    JSONL = "jsonl"
    PARQUET = "parquet"


class ReportName(StrEnum):
    """A report, or that there shall be none."""

    NONE = "none"
    HTML = "html"
    MARKDOWN = "markdown"
    SARIF = "sarif"


@clean_app.command(epilog="Exit code 0: done. 1: --check found a difference, or a --max-... was passed. 2: usage, options, or input that could not be read.")
def clean(
    raw: Annotated[
        str | None, typer.Argument(metavar="RAW", help="The folder with scraped copy (.txt, .jsonl), or - for standard input.", show_default=False)
    ] = None,
    out: Annotated[Path | None, typer.Argument(metavar="CLEAN", help="The folder for the records.", show_default=False)] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; say whether CLEAN is what a run would write.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Print what went, what stays for it, and why; with --check what would change.")] = False,
    stat: Annotated[bool, typer.Option("--stat", help="Print a line per file, and the edits by rule.")] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Worker processes; 0 is one per core.")] = 1,
    format: Annotated[TableFormat | None, typer.Option("--format", help="The form of the tables.", show_default="jsonl")] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help="Read every text file in this encoding instead of looking.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="The language (ISO 639-1) of copy that does not say.")] = None,
    settings: Annotated[list[str] | None, typer.Option("--set", metavar="RULE.FIELD=VALUE", help="Set an option of a rule (see `cleaner rules`).")] = None,
    select: Annotated[list[str] | None, typer.Option("--select", metavar="RULE[,RULE...]", help="Only these rules are in force.")] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar="RULE[,RULE...]", help="These rules are not in force.")] = None,
    facts: Annotated[Path | None, typer.Option("--facts", metavar="FILE", help="Your own facts, over ours (see `cleaner facts`).")] = None,
    keep: Annotated[Path | None, typer.Option("--keep", metavar="FILE", help="Texts that are never removed.", show_default="cleaner-keep.toml")] = None,
    profile: Annotated[Path | None, typer.Option("--profile", metavar="FILE", help="What `cleaner learn` counted on the sites.")] = None,
    report: Annotated[list[ReportName] | None, typer.Option("--report", help="What to write to CLEAN/report; repeatable.", show_default="html")] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Clean every file again, and keep nothing for the next run.")] = False,
    cache_dir: Annotated[
        Path | None, typer.Option("--cache-dir", metavar="DIR", help="Where the next run finds what has not changed.", show_default=CACHE)
    ] = None,
    max_removed: Annotated[
        float | None, typer.Option("--max-removed", metavar="SHARE", help="Exit 1 when an article loses more than this share (0-1) of its characters.")
    ] = None,
    max_dropped: Annotated[
        int | None, typer.Option("--max-dropped", metavar="N", help="Exit 1 when more than N lines of an article are dropped as furniture.")
    ] = None,
    max_unreadable: Annotated[
        int | None, typer.Option("--max-unreadable", metavar="N", help="Exit 1 when more than N files or rows cannot be read; up to N are no fault.")
    ] = None,
    edits: Annotated[Path | None, typer.Option("--edits", metavar="PATH", help="With -: where the edits go.")] = None,
    skip_unreadable: Annotated[bool, typer.Option("--skip-unreadable", help="Exit 0 although some input could not be read.")] = False,
    show_settings: Annotated[bool, typer.Option("--show-settings", help="Print the options and rules in force and where each comes from.")] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=lambda value: _version(value))] = False,
) -> None:
    """Clean scraped news copy: RAW in, structured records out, every edit with its reason.

    Repeated headlines, doubled captions, stray agency tags and page furniture leave the text; one copy always stays.
    """
    with _letters():
        from cleaner.options import load_settings, names_in

        in_force = load_settings(
            Path.cwd(), settings=settings or (), format=format and format.value, encoding=encoding, language=language,
            select=names_in(select), ignore=names_in(ignore), facts=facts and str(facts), keep=keep and str(keep), profile=profile and str(profile),
            gates={"max-removed": max_removed, "max-dropped": max_dropped, "max-unreadable": max_unreadable},
        )
        options = in_force.options
        if show_settings:
            from cleaner.manual import settings_page

            sys.stdout.write(settings_page(in_force))
            raise typer.Exit
        if raw is None:
            raise UsageError("clean: RAW and CLEAN are missing. Say which copy to clean and where the records go: `clean RAW CLEAN`.")
        if raw == "-":
            if out or check or diff or stat or format or report or jobs != 1 or no_cache or cache_dir:
                raise UsageError(
                    "clean -: it writes articles to standard output line by line and keeps nothing, so it takes no CLEAN, --check, --diff, --stat, --format, "
                    "--report, --jobs, --no-cache or --cache-dir. Edits go to --edits PATH."
                )
            raise typer.Exit(_clean_stream(options, in_force.gates, edits, skip_unreadable))
        if out is None:
            raise UsageError(f"clean: CLEAN is missing. Say where the records go: `clean {raw} CLEAN`.")
        if edits:
            raise UsageError("--edits: only with `clean -`. In a folder the edits are a table of CLEAN.")
        how = {"jobs": jobs, "cache": None if no_cache else cache_dir or Path(CACHE), "gates": in_force.gates}
        raise typer.Exit(_clean_folder(Path(raw), out, options, how, check, diff, stat, _reports(report), skip_unreadable))


def _reports(asked: list[ReportName] | None) -> list[str]:
    """The reports to write: the HTML report where nothing is said."""
    names = [str(name) for name in dict.fromkeys(asked or [ReportName.HTML])]
    if ReportName.NONE in names and len(names) > 1:
        raise UsageError("--report: none goes with no other. Leave it out, or the others.")
    return [name for name in names if name != ReportName.NONE]


def _clean_folder(
    raw: Path, out: Path, options: Options, how: dict[str, Any], check: bool, diff: bool, stat: bool, reports: list[str], skip_unreadable: bool
) -> int:
    from cleaner.output import has_output
    from cleaner.reports import FOLDER, github, terminal, write_reports
    from cleaner.reports.comparison import print_check
    from cleaner.run import check_folder, clean_folder
    from cleaner.view import visible

    talk = terminal.console(sys.stderr, wrap=True)
    skip_unreadable = _skips(skip_unreadable, how["gates"])
    with contextlib.ExitStack() as stack:
        with _progress() as progress:
            if check:
                summary = stack.enter_context(check_folder(raw, out, options, progress=progress, **how))
            else:
                summary = clean_folder(raw, out, options, progress=progress, **how)
        with _reader_may_leave():
            if diff and check and has_output(out):
                print_check(out, summary.clean, terminal.console(sys.stdout))
            elif diff:
                terminal.print_diff(summary.clean, terminal.console(sys.stdout))
            if stat:
                terminal.print_stat(summary, terminal.console(sys.stdout))
        written = [] if check else write_reports(out, out / FOLDER, reports, raw, again=how["cache"] is None)
        terminal.print_summary(summary, talk, written, wrote=not check, rules=not stat)
        for note in summary.notes:
            print(visible(note), file=sys.stderr)
        terminal.print_gates(summary.passed, talk)
        if check:
            terminal.print_differences(summary, out, talk)
        if sys.stdout is not None:
            github.tell(summary, raw, sys.stdout, checked=check, skip_unreadable=skip_unreadable)
    return _code(bool(summary.differences or summary.passed), bool(summary.counts.unreadable) and not skip_unreadable)


def _skips(skip_unreadable: bool, gates: Gates) -> bool:
    """Whether input that cannot be read is no fault: up to a gate it is none, and beyond it the gate says so."""
    return skip_unreadable or gates.max_unreadable is not None


def _code(verdict: bool, fault: bool) -> int:
    """A difference or a gate that was passed is what was asked, so it is told before input that could not be read."""
    return DIFFERS if verdict else FAULT if fault else DONE


def _clean_stream(options: Options, gates: Gates, edits: Path | None, skip_unreadable: bool) -> int:
    from cleaner.stream import clean_stream
    from cleaner.view import excerpt

    if sys.stdin is None or sys.stdout is None:
        raise UsageError("clean -: standard input or output is closed. Give it copy to read, or name folders: `clean RAW CLEAN`.")
    unreadable, passed = clean_stream(sys.stdin.buffer, sys.stdout.buffer, edits, options, gates)
    for row in unreadable:
        where = "standard input" if row.item is None else f"row {row.item}"
        print(f"{where}: {excerpt(row.reason)}", file=sys.stderr)
    if passed:
        from cleaner.reports import terminal

        terminal.print_gates(passed, terminal.console(sys.stderr, wrap=True))
    return _code(bool(passed), bool(unreadable) and not _skips(skip_unreadable, gates))


@toolbox.command()
def explain(
    clean: Annotated[Path, typer.Argument(metavar="CLEAN", help="The folder that `clean` wrote.")],
    article: Annotated[str, typer.Argument(metavar="ID", help="The article's id.")],
) -> None:
    """Show one article: its lines with their roles, its edits with their reasons."""
    with _letters():
        from cleaner.reports import terminal

        terminal.explain(clean, article, terminal.console(sys.stdout))


@toolbox.command("report")
def make_report(
    clean: Annotated[Path, typer.Argument(metavar="CLEAN", help="The folder that `clean` wrote.")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help="The folder for the reports.")],
    report: Annotated[list[ReportName] | None, typer.Option("--report", help="Which; repeatable.", show_default="html")] = None,
) -> None:
    """Write the reports of an output that is there already."""
    with _letters():
        from cleaner.reports import terminal, write_reports

        names = _reports(report)
        if not names:
            raise UsageError("cleaner report: --report none leaves nothing to write.")
        terminal.print_reports(write_reports(clean, out, names), terminal.console(sys.stderr, wrap=True))


@toolbox.command()
def review(
    clean: Annotated[Path, typer.Argument(metavar="CLEAN", help="The folder that `clean` wrote.")],
    keep: Annotated[Path | None, typer.Option("--keep", metavar="FILE", help="Where rejected edits go.", show_default="cleaner-keep.toml")] = None,
) -> None:
    """Step through the close calls, the closest first, and say of each whether it is right.

    What is rejected goes into the keep list, and the next `clean` leaves it in.
    """
    with _letters():
        from cleaner.options import KEEP, load_options

        if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
            raise UsageError(
                "cleaner review: it asks for keys, and standard input or output is no terminal. Run it in one, or read the close calls in the "
                f"report (`cleaner report CLEAN -o DIR`) and write {KEEP} by hand."
            )
        from cleaner.reports import asking, terminal
        from cleaner.review import Notes, questions

        notes = Notes(Path(load_options(Path.cwd(), keep=keep and str(keep)).keep or KEEP))
        asking.review(questions(clean, notes), notes, terminal.console(sys.stdout, wrap=True), typer.getchar)


@toolbox.command(epilog="Exit code 0: the same articles and decisions. 1: they differ. 2: one of the two cannot be read.")
def compare(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The folder that `clean` wrote before.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The folder that it wrote with another version, other options, or on another day.")],
) -> None:
    """Show which decisions differ between two outputs: what goes now that stayed, what stays now that went, and why.

    What takes copy away stands first, the closest calls before the others.
    """
    with _letters():
        from cleaner.reports import comparison, terminal

        differ = None
        with _reader_may_leave():
            differ = comparison.print_comparison(old, new, terminal.console(sys.stdout))
        if differ is None:  # nobody reads any more, and the exit code is still to be found
            differ = comparison.print_comparison(old, new, terminal.console(sys.stdout))
    raise typer.Exit(DIFFERS if differ else DONE)


@toolbox.command()
def restore(
    clean: Annotated[Path, typer.Argument(metavar="CLEAN", help="The folder that `clean` wrote.")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help="An empty folder for the texts.")],
) -> None:
    """Rebuild every text that was read, exactly, from CLEAN alone."""
    with _letters():
        from cleaner.restore import restore

        number = restore(clean, out)
        print(f"{number:,} text{'' if number == 1 else 's'} restored.", file=sys.stderr)


@toolbox.command("learn")
def learn_profile(
    raw: Annotated[Path, typer.Argument(metavar="RAW", help="The folder with scraped copy (.txt, .jsonl).")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help="Where the profile goes.")],
    encoding: Annotated[str | None, typer.Option("--encoding", help="Read every text file in this encoding instead of looking.")] = None,
) -> None:
    """Count what recurs at the same place on the pages of each site, for `clean --profile FILE`."""
    with _letters():
        from cleaner.learn import learn, too_few
        from cleaner.options import load_options
        from cleaner.output import strerror
        from cleaner.reports import terminal

        with _progress() as progress:
            options = load_options(Path.cwd(), encoding=encoding)
            profile = learn(raw, options, progress=progress)
            why = "" if profile.sources else too_few(raw, options)
        try:
            out.write_bytes(profile.encode())
        except OSError as error:
            raise FolderError(f"{out}: cannot be written ({strerror(error)}). Give another place with -o.") from error
        terminal.print_profile(profile, why, out, terminal.console(sys.stderr, wrap=True))


@toolbox.command("rules")
def print_rules(name: Annotated[str | None, typer.Argument(metavar="NAME", help="One rule; without it all of them.", show_default=False)] = None) -> None:
    """Print what each rule does and why, what it leaves alone, its options, an example."""
    with _letters():
        from cleaner.manual import rule_page, rules_page

        sys.stdout.write(rules_page() if name is None else rule_page(name))


@toolbox.command("facts")
def print_facts(
    language: Annotated[str | None, typer.Argument(metavar="LANG", help="A language (ISO 639-1); without it a list of them.", show_default=False)] = None,
    facts: Annotated[Path | None, typer.Option("--facts", metavar="FILE", help="Your own facts, over ours.")] = None,
) -> None:
    """Print the facts in force for a language: its agencies, its page furniture, the words around credits and times."""
    with _letters():
        from cleaner.facts import Facts
        from cleaner.manual import facts_page, languages_page
        from cleaner.options import load_options

        own = load_options(Path.cwd(), facts=facts and str(facts)).facts
        known = Facts.load(None if own is None else Path(own))
        sys.stdout.write(languages_page(known) if language is None else facts_page(known, language))


@toolbox.command()
def schema() -> None:
    """Print the JSON Schema of every table and of run.json."""
    with _letters():
        import msgspec

        from cleaner.records import json_schema

        sys.stdout.write(msgspec.json.format(msgspec.json.encode(json_schema()), indent=2).decode() + "\n")


@toolbox.callback(invoke_without_command=True)
def _toolbox(
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=lambda value: _version(value))] = False,
) -> None:
    pass


def _version(value: bool) -> None:
    if value:
        import importlib.metadata

        print(importlib.metadata.version("cleaner"))
        raise typer.Exit


@contextlib.contextmanager
def _letters() -> Iterator[None]:
    """Our own errors and those of the disk as one line and exit code 2; a reader that went away ends us quietly."""
    try:
        yield
        if sys.stdout is not None:
            sys.stdout.flush()
    except CleanerError as error:
        from cleaner.view import logged, visible

        print(logged(visible(str(error))), file=sys.stderr)
        raise typer.Exit(FAULT) from None
    except BrokenPipeError:
        _stop_printing()
        raise typer.Exit(DONE) from None
    except OSError as error:
        from cleaner.view import logged, visible

        where = logged(visible(str(error.filename))) if error.filename else "standard input or output"
        print(f"{where}: {error.strerror or error}. Is it there, may you use it, and is there room?", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        raise typer.Exit(FAULT) from None


@contextlib.contextmanager
def _reader_may_leave() -> Iterator[None]:
    """What is printed in here ends when its reader goes away (``| head``), and nothing else does: reports, gates and the exit code are those of the run."""
    try:
        yield
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _stop_printing()


def _stop_printing() -> None:
    """What is still buffered has nowhere to go; without this the interpreter would complain about it on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[int], object] | None]:
    """A count of the files done, on a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

    # No thread refreshes it: workers are forked when the first file needs them, which may be late in a run.
    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} files"), TimeElapsedColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
    task: list[TaskID] = []
    last = 0.0

    def done(files: int) -> None:
        nonlocal last
        if not task:
            bar.start()
            task.append(bar.add_task("", total=None))
        now = time.monotonic()
        bar.update(task[0], completed=files, refresh=now - last > 0.1)
        last = now if now - last > 0.1 else last

    try:
        yield done
    finally:
        bar.stop()


def clean_main() -> None:
    """The console script ``clean``."""
    # numpy, which the language model needs, starts a thread for each core when it is loaded: 60 ms for sums that are done before one wakes up.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    clean_app()


def cleaner_main() -> None:
    """The console script ``cleaner``."""
    toolbox()
