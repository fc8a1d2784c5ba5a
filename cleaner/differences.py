"""How CLEAN differs from what a run would write: for ``--check``."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import msgspec

from cleaner.errors import FolderError, RestoreError
from cleaner.output import RUN, read_run, table_path
from cleaner.records import TABLES, ArticleRow
from cleaner.writers import Writer, table_names, writer

SHOWN = 20
"""Rows of a table that are named; a table that differs as a whole says nothing more with a million."""


def differences(new: Path, clean: Path) -> list[str]:
    """How CLEAN differs from what a run just wrote to ``new``, a sentence each; none when the bytes are the same."""
    run = read_run(new)
    try:
        old = read_run(clean)
    except FolderError:
        return [f"{RUN} is missing: there is no output yet."]
    found: list[str] = []
    for name, table in run.tables.items():
        path = table_path(clean, name)
        if not path.exists():
            found.append(f"{name} is missing.")
            continue
        with path.open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == table.sha256
        if not same:
            found.append(f"{name} differs.")
            found += _different_rows(new / name, path, writer(str(run.options["format"])))
    found += [f"{name} would go." for name in sorted(table_names() - run.tables.keys()) if table_path(clean, name).exists()]
    one, two = ({key: value for key, value in msgspec.to_builtins(each).items() if key != "version"} for each in (run, old))
    keys = [key for key in one if one[key] != two[key]]
    if keys:
        found.append(f"{RUN} differs in {', '.join(keys)}.")
    return found


def _different_rows(new: Path, old: Path, form: Writer) -> list[str]:
    """The first rows that differ, by article, document or file."""
    row = TABLES[new.name.partition(".")[0]]
    found: list[str] = []
    left, right = form.read(new, row), form.read(old, row)
    try:
        one, two = next(left, None), next(right, None)
        while (one is not None or two is not None) and len(found) < SHOWN:
            if one == two:
                one, two = next(left, None), next(right, None)
                continue
            here, there = _place(one), _place(two)
            if here == there:
                found.append(f"  {_name(one)} changes.")
            elif two is None or (one is not None and here < there):
                found.append(f"  {_name(one)} is new.")
            else:
                found.append(f"  {_name(two)} goes.")
            ahead = (one is not None and (two is None or here <= there), two is not None and (one is None or there <= here))
            one = next(left, None) if ahead[0] else one
            two = next(right, None) if ahead[1] else two
    except RestoreError as error:
        found.append(f"  {error}")
    return found


def _place(row: Any) -> tuple[Any, ...]:
    """Where a row stands in its table. Edits are in the order of their articles, whose ids say nothing of it: those are told as they come."""
    if row is None:
        return ()
    if hasattr(row, "seq"):
        return (row.seq,)
    item = -1 if row.item is None else row.item
    return (row.path.encode(), item, getattr(row, "number", 0))


def _name(row: Any) -> str:
    if hasattr(row, "seq"):
        return f"edit {row.seq} of article {row.article}"
    where = row.path if row.item is None else f"{row.path}, row {row.item}"
    return f"article {row.id} ({where}, article {row.number})" if isinstance(row, ArticleRow) else where
