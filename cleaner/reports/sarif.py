"""The SARIF 2.1.0 report, for code scanning: a result for each article and rule, where the closest call of that rule stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import inf
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from cleaner.detectors import rules
from cleaner.manual import described, rule_page
from cleaner.model import Status
from cleaner.output import read_run
from cleaner.records import ArticleRow, EditRow, UnreadableRow, places
from cleaner.view import Article, Best, articles, done, excerpt, is_close, margin, unreadable

MOST = 5_000
"""Results, those with the smallest margin; code scanning shows no more of a run."""
RELATED = 10
"""Other edits of the same rule that a result names."""
NOTIFIED = 1_000
"""Unreadable files and rows that are named."""

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LINK = re.compile(r"[\[\]\\]")


def write(clean: Path, folder: Path, raw: str) -> Path:
    """Write the report of CLEAN into ``folder``; returns its file."""
    path = folder / "report.sarif"
    path.write_bytes(msgspec.json.encode(log(clean, raw)))
    return path


def log(clean: Path, raw: str = "", most: int = MOST) -> dict[str, Any]:
    """The report as plain objects, its results encoded already: memory holds the ``most`` closest and no more."""
    run = read_run(clean)
    results: Best[msgspec.Raw] = Best(most)
    number = 0
    for article in articles(clean):
        for edits in _by_rule(article.edits):
            number += 1
            results.add(_distance(edits[0]), msgspec.Raw(msgspec.json.encode(_result(article, edits, raw))))
    left_out = max(0, number - most)
    driver = {"name": run.tool, "version": run.version, "rules": [_rule(name) for name in rules()]}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "newlineSequences": ["\n"],
                "invocations": [{"executionSuccessful": not run.counts.unreadable, "toolExecutionNotifications": list(_notifications(clean, left_out, raw))}],
                "results": results.best(),
                "properties": {"resultsLeftOut": left_out},
            }
        ],
    }


def _by_rule(edits: list[EditRow]) -> list[list[EditRow]]:
    """The edits of an article by rule, the closest call of each rule first."""
    found: dict[str, list[EditRow]] = {}
    for edit in edits:
        found.setdefault(edit.rule, []).append(edit)
    return [sorted(mine, key=_distance) for mine in found.values()]


def _distance(edit: EditRow) -> float:
    """How far an edit is from being a close call: its margin, and behind all close calls what is none."""
    points = margin(edit)
    return inf if points is None else points if is_close(edit) else 100 + points


# -- results -----------------------------------------------------------------------------------------------------------


def _result(article: Article, edits: list[EditRow], raw: str) -> dict[str, Any]:
    edit, *others = edits
    stands = "The copy that stays." if edit.status is Status.APPLIED else "The copy it was held against."
    related = [] if edit.kept_start is None or edit.kept_end is None else [(edit.kept_start, edit.kept_end, stands)]
    related += [(other.start, other.end, _message(other)) for other in others[:RELATED]]
    lines = places(article.text, [offset for start, end, _ in [(edit.start, edit.end, ""), *related] for offset in (start, end)])
    result: dict[str, Any] = {
        "ruleId": edit.rule,
        "level": "warning" if is_close(edit) else "note",
        "message": {"text": _message(edit, len(others))},
        "locations": [_location(article, edit.start, edit.end, lines, raw)],
        "relatedLocations": [{**_location(article, start, end, lines, raw), "message": {"text": says}} for start, end, says in related],
        "partialFingerprints": {"cleanerEdit/v1": edit.fingerprint},
        "properties": {"article": article.row.id, "op": edit.op, "status": edit.status, "score": edit.score, "threshold": edit.threshold},
    }
    if edit.rule in rules():
        result["ruleIndex"] = list(rules()).index(edit.rule)
    if edit.status is Status.KEPT_BY_LIST:
        result["suppressions"] = [{"kind": "external", "justification": _text(edit.reason)}]
    return result


def _message(edit: EditRow, others: int = 0) -> str:
    score = "" if edit.score is None or edit.threshold is None else f" Score {edit.score:g}, at least {edit.threshold:g}."
    more = f" The rule has {others:,} more edit{'' if others == 1 else 's'} in this article." if others else ""
    return f"{done(edit).capitalize()}: {_text(edit.reason)}.{score}{more}"


def _location(article: Article, start: int, end: int, lines: dict[int, tuple[int, int]], raw: str) -> dict[str, Any]:
    """Where a span stands. In a file of rows offsets mean the row's text, so only the row's own line is told as a region."""
    row = article.row
    if row.item is not None:
        return {
            "physicalLocation": {"artifactLocation": {"uri": _uri(row, raw)}, "region": {"startLine": row.item + 1}},
            "logicalLocations": [{"name": f"row {row.item}", "fullyQualifiedName": f"row {row.item}, code points {start}-{end} of its text"}],
        }
    (line, column), (end_line, end_column) = lines[start], lines[end]
    region = {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": start,
        "charLength": end - start,
        "snippet": {"text": excerpt(article.text[start:end])},
    }
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(row, raw)}, "region": region}}


def _uri(row: ArticleRow | UnreadableRow, raw: str) -> str:
    return quote(raw + row.path)


def _text(text: str) -> str:
    """Copy in a message, on one line."""
    return _literal(excerpt(text))


def _literal(text: str) -> str:
    r"""Text that a message shows as it is: square brackets would be a link, braces a placeholder.

    >>> print(_literal("[here](https://a.example) {0}"))
    \[here\](https://a.example) {{0}}
    """
    return _LINK.sub(r"\\\g<0>", text).replace("{", "{{").replace("}", "}}")


# -- the run -----------------------------------------------------------------------------------------------------------


def _rule(name: str) -> dict[str, Any]:
    summary, said = described(rules()[name])
    page = rule_page(name)
    return {
        "id": name,
        "name": "".join(word.capitalize() for word in name.split("-")),
        "shortDescription": {"text": _text(summary)},
        "fullDescription": {"text": _literal(" ".join(f"{label}: {words}" for label, words in said.items() if label.startswith("Wh")))},
        "help": {"text": _literal(page), "markdown": page},
        "defaultConfiguration": {"level": "note"},
    }


def _notifications(clean: Path, left_out: int, raw: str) -> Iterator[dict[str, Any]]:
    if left_out:
        yield {"level": "warning", "message": {"text": f"{left_out:,} results with a larger margin were left out; the table edits of CLEAN has them all."}}
    number = 0
    for number, row in enumerate(unreadable(clean), 1):
        if number <= NOTIFIED:
            region = {} if row.item is None else {"region": {"startLine": row.item + 1}}
            location = {"physicalLocation": {"artifactLocation": {"uri": _uri(row, raw)}, **region}}
            yield {"level": "error", "message": {"text": f"Could not be read: {_text(row.reason)}"}, "locations": [location]}
    if number > NOTIFIED:
        yield {"level": "error", "message": {"text": f"{number - NOTIFIED:,} more files or rows could not be read; the table unreadable has them all."}}
