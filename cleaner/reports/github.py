"""What a run says on GitHub: annotations on the files of a pull request, and the summary of the step. Elsewhere it says nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import IO

from cleaner.model import Status
from cleaner.records import UnreadableRow
from cleaner.reports import in_repository, markdown
from cleaner.reports.hunks import why
from cleaner.run import Summary
from cleaner.view import Call, Overview, Placed, articles, counted, excerpt, place, visible

MOST = 9
"""Annotations of a run. GitHub shows ten of a kind for each step and drops the rest without a word; the tenth says how many there are."""
UNREADABLE = 4
"""Of them, those that may be about input that could not be read, so that a folder of faults leaves room for the close calls."""
DIFFERENCES = 5
"""Lines of what ``--check`` found, and articles past a gate, that an annotation has."""
SUMMARY_LIMIT = 1_000 * 1024
"""Bytes of a step's summary; over 1,024 KiB GitHub takes none of it."""


def tell(summary: Summary, raw: Path, out: IO[str], *, checked: bool, skip_unreadable: bool, env: Mapping[str, str] = os.environ) -> None:
    """Print annotations where ``GITHUB_ACTIONS`` is true, and append to the file that ``GITHUB_STEP_SUMMARY`` names."""
    if env.get("GITHUB_ACTIONS") == "true":
        for line in commands(summary, in_repository(raw), skip_unreadable=skip_unreadable):
            out.write(line + "\n")
    if path := env.get("GITHUB_STEP_SUMMARY"):
        with open(path, "ab") as file:
            file.write(markdown.page(summary.clean, SUMMARY_LIMIT - file.tell(), summary.differences if checked else None).encode())


def commands(summary: Summary, raw: str | None, *, skip_unreadable: bool = False) -> Iterator[str]:
    """Workflow commands: what ``--check`` found, gates that were passed, what could not be read, the closest calls; last, how many more there are.

    ``raw`` goes before a path so that the repository has it. Where it is None no file is named to GitHub, since a bare path could be that of another
    file; the message says where.
    """
    overview = Overview(summary.clean, calls=MOST)
    for article in articles(summary.clean):
        overview.add(article)
    lines: list[str] = []
    if summary.differences:
        lines.append(command("error", {"title": "CLEAN is not what RAW gives"}, *map(excerpt, summary.differences[:DIFFERENCES])))
    for passed in summary.passed:
        worst = [f"{passed.figure(article)} {excerpt(place(article))} {article.id} {excerpt(article.headline or '', 80)}" for article in passed.worst]
        lines.append(command("error", {"title": "A gate was passed"}, passed.sentence, *worst[:DIFFERENCES]))
    level = "warning" if skip_unreadable else "error"
    lines += [_unreadable(level, row, raw) for row in summary.unreadable[:UNREADABLE]]
    unread = summary.counts.unreadable - min(UNREADABLE, len(summary.unreadable))
    room = MOST - len(lines)
    lines += [_call(call, raw) for call in islice(overview.closest, room)]
    calls = max(0, sum(overview.close.values()) - room)
    more = [
        *([counted(calls, "more close call")] if calls else []),
        *([f"{counted(unread, 'more file or row', 'more files or rows')} that could not be read"] if unread else []),
    ]
    yield from lines
    if more:
        yield command("notice", {"title": "cleaner"}, f"{', '.join(more)}.")


def _unreadable(level: str, row: UnreadableRow, raw: str | None) -> str:
    line = {} if row.item is None else {"line": str(row.item + 1)}
    return _annotation(level, row, raw, line, "Could not be read", excerpt(row.reason))


def _call(call: Call, raw: str | None) -> str:
    """A copy that went is a warning, one that was declined a notice: a wrong removal is worse than a repeat left in."""
    edit, item = call.edit, call.article.item
    first, last = (edit.line, edit.line + edit.text.count("\n")) if item is None else (item + 1, item + 1)
    level, done = ("warning", "removed") if edit.status is Status.APPLIED else ("notice", "declined")
    lines = {"line": str(first), "endLine": str(last)}
    stands = [] if call.kept is None else [f"= {excerpt(call.kept)}"]
    said = [f"{'-' if done == 'removed' else '?'} {excerpt(edit.text)}", *stands, why(edit)]
    return _annotation(level, call.article, raw, lines, f"{edit.rule}: a close call, {done}", *said)


def _annotation(level: str, row: Placed, raw: str | None, lines: Mapping[str, str], title: str, *said: str) -> str:
    if raw is None:
        line = f", line {lines['line']}" if row.item is None and lines else ""
        return command(level, {"title": title}, excerpt(place(row)) + line, *said)
    return command(level, {"file": raw + row.path, **lines, "title": title}, *said)


def command(name: str, properties: Mapping[str, str], *lines: str) -> str:
    """A workflow command. What it says may hold anything.

    >>> command("notice", {"file": "raw/a,b.txt", "line": "3"}, "97 % alike: Harbour", "::error::")
    '::notice file=raw/a%2Cb.txt,line=3::97 %25 alike: Harbour%0A::error::'
    """
    said = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {said}::{_message(chr(10).join(lines))}"


def _property(text: str) -> str:
    return _message(visible(text)).replace(":", "%3A").replace(",", "%2C")


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
