"""The Markdown report: for the comment of a pull request, and for the summary of a CI step.

Copy stands in code alone, as a span or a fenced block: there nothing is a link, a mention, a number of an issue or HTML.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Sequence
from html import escape
from itertools import islice
from pathlib import Path

from cleaner.reports.hunks import Row, hunks, reasons, sign
from cleaner.view import Article, Call, Overview, articles, counted, excerpt, kinds, place, totals, unreadable

LIMIT = 60_000
"""Bytes. A comment on GitHub may have 65,536 characters, and a bot wants to say something of its own."""
CALLS = 10
"""The closest calls that stand before the articles."""
NAMED = 10
"""Unreadable files and rows that are named."""
CONTEXT = 1
"""Kept pieces around an edit."""

_TICKS = re.compile("`+")


def write(clean: Path, folder: Path, raw: str) -> Path:
    """Write the report of CLEAN into ``folder``; returns its file."""
    path = folder / "report.md"
    path.write_bytes(page(clean).encode())
    return path


def page(clean: Path, limit: int = LIMIT, differences: Sequence[str] | None = None) -> str:
    """The report in at most ``limit`` bytes, cut by whole sections. ``differences`` are those that ``--check`` found; None where nobody asked."""
    overview = Overview(clean, calls=CALLS)
    sections = _Sections(limit)
    for article in articles(clean):
        overview.add(article)
        sections.add(article)
    parts = ["# What was cleaned, and why\n", f"{totals(overview.run.counts)}\n"]
    if differences is not None:
        parts.append(_differences(differences))
    if overview.rules:
        parts.append(_rules(overview))
    if overview.run.counts.unreadable:
        parts.append(_unreadable(clean, overview.run.counts.unreadable))
    if overview.closest:
        parts.append("## The closest calls\n\n" + "\n".join(_call(call) for call in overview.closest))
    if sections.number:
        parts.append("## Articles\n\nThose with the closest calls first, then those that lost most.\n")
    return _fitted([*parts, *sections.best()], sections.number, limit)


def _fitted(parts: list[str], number: int, limit: int) -> str:
    """The parts that fit, and how many articles do not."""
    room = limit - len(_left_out(number).encode()) - 1
    written: list[str] = []
    shown = 0
    for part in parts:
        size = len(part.encode()) + 1
        if size <= room:
            written.append(part)
            room -= size
            shown += part.startswith("<details>")
    return "\n".join([*written, *([_left_out(number - shown)] if shown < number and room >= 0 else [])])


def _left_out(number: int) -> str:
    return f"{counted(number, 'more article')} with edits left out here; the table `edits` of CLEAN has every edit, the HTML report shows them.\n"


# -- sections ----------------------------------------------------------------------------------------------------------


def _differences(differences: Sequence[str]) -> str:
    if not differences:
        return "CLEAN is what a run would write.\n"
    return "## CLEAN is not what a run would write\n\n" + _fenced("text", [_line(line) for line in differences])


def _line(line: str) -> str:
    return " " * (len(line) - len(line.lstrip(" "))) + excerpt(line)


def _rules(overview: Overview) -> str:
    labels = kinds(overview.rules)
    rows = [["rule", *labels, "close calls"], ["---", *["---:"] * (len(labels) + 1)]]
    for rule, done in overview.rules.items():
        rows.append([rule, *(f"{done[label]:,}" if label in done else "" for label in labels), f"{overview.close[rule] or ''}"])
    return "## Edits by rule\n\n" + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _unreadable(clean: Path, number: int) -> str:
    lines = [f"- {code(place(row))}: {code(row.reason)}\n" for row in islice(unreadable(clean), NAMED)]
    more = f"- and {number - NAMED:,} more in the table `unreadable`\n" if number > NAMED else ""
    return "## Could not be read\n\n" + "".join(lines) + more


def _call(call: Call) -> str:
    edit = call.edit
    rows = [Row(sign(edit), edit.line, excerpt(edit.text)), *reasons(edit, call.kept)]
    block = _fenced("diff", [_row(row) for row in rows])
    return f"- {code(place(call.article))}, article {call.article.number}\n" + "".join(f"  {line}\n" for line in block.splitlines())


class _Sections:
    """A section for each article with edits, as many of those with the closest calls as a number of bytes holds."""

    def __init__(self, room: int) -> None:
        self.number = 0
        self._room = room
        self._longest = room // 8
        self._heap: list[tuple[float, int, str]] = []

    def add(self, article: Article) -> None:
        section = self._section(article)
        if not section:
            return
        self.number += 1
        heapq.heappush(self._heap, (-_distance(article), -self.number, section))
        self._room -= len(section.encode())
        while self._room < 0 and self._heap:
            self._room += len(heapq.heappop(self._heap)[2].encode())

    def best(self) -> list[str]:
        return [section for *_, section in sorted(self._heap, reverse=True)]

    def _section(self, article: Article) -> str:
        lines = [line for hunk in hunks(article, CONTEXT) for line in (f"@@ lines {hunk.first}-{hunk.last} @@", *map(_row, hunk.rows))]
        if not lines:
            return ""
        room = self._longest
        shown = [line for line in lines if (room := room - len(line.encode()) - 1) > 0]
        if len(shown) < len(lines):
            shown.append(f"... {len(lines) - len(shown):,} more lines")
        row = article.row
        headline = f": {_code_html(row.headline)}" if row.headline else ""
        facts = f"{counted(row.edits, 'edit')}, {row.removed_ratio:.1%} removed"
        return f"<details><summary>{_code_html(place(row))}, article {row.number}{headline} ({facts})</summary>\n\n{_fenced('diff', shown)}\n</details>\n"


def _distance(article: Article) -> float:
    """How close the closest call of an article is; articles without one by how little they lost."""
    closest = article.closest
    return 1000 - article.row.removed_ratio if closest is None else closest


# -- copy as code ------------------------------------------------------------------------------------------------------


def _row(row: Row) -> str:
    return f"{row.sign} {'' if row.line is None else row.line:>5} {row.text}"


def code(text: str) -> str:
    """Copy as a code span, whatever it holds.

    >>> code("Harbour"), code("`@harbour`")
    ('`Harbour`', '`` `@harbour` ``')
    """
    shown = excerpt(text) or "(nothing)"
    fence = "`" * (_longest(shown) + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def _code_html(text: str) -> str:
    return f"<code>{escape(excerpt(text))}</code>"


def _fenced(language: str, lines: Sequence[str]) -> str:
    body = "\n".join(lines)
    fence = "`" * max(3, _longest(body) + 1)
    return f"{fence}{language}\n{body}\n{fence}\n"


def _longest(text: str) -> int:
    return max(map(len, _TICKS.findall(text)), default=0)
