"""How two outputs differ, decision by decision: for ``cleaner compare`` and for ``--check``.

The tables of both are in one order, so they are read side by side, once, and memory stays flat.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from cleaner.errors import FolderError, RestoreError
from cleaner.model import Op, Status
from cleaner.output import RUN, one_run, read_run, table_path
from cleaner.records import ArticleRow, DocumentRow, EditRow, Run, UnreadableRow
from cleaner.restore import Written, documents
from cleaner.view import margin, place, unreadable
from cleaner.writers import table_names

SHOWN = 20
"""Articles that ``--check`` names; ``--diff`` shows them all."""
COUNTED = frozenset({"id", "words", "edits", "removed_chars", "removed_ratio"})
"""Fields of an article that follow from its other fields and its edits."""

Row = TypeVar("Row")


# -- a decision --------------------------------------------------------------------------------------------------------


class Kind(StrEnum):
    """What became of a decision, the gravest first."""

    REMOVED = "newly removed"
    LEFT = "no longer removed"
    OTHERWISE = "moved or replaced"
    STATUS = "status"
    REASON = "reason or score"


GRAVEST = {kind: place for place, kind in enumerate(Kind)}
"""How grave each kind is: 0 takes copy away."""


class Decision(NamedTuple):
    """One decision as the two outputs have it; None where one has nothing of the kind."""

    old: EditRow | None
    new: EditRow | None

    @property
    def kind(self) -> Kind:
        was, now = _done(self.old), _done(self.new)
        if (was is _AWAY) != (now is _AWAY):
            return Kind.REMOVED if now is _AWAY else Kind.LEFT
        if was != now:
            return Kind.OTHERWISE
        if self.old is None or self.new is None or self.old.status is not self.new.status:
            return Kind.STATUS
        return Kind.REASON

    @property
    def speaks(self) -> EditRow:
        """The edit that says most: the new one, but what is no longer removed is told by the old one."""
        edit = self.old if self.new is None or self.kind is Kind.LEFT else self.new
        assert edit is not None
        return edit

    @property
    def rank(self) -> tuple[int, float, int]:
        """Those that take copy away first, and of one kind the closest."""
        points = margin(self.speaks)
        return GRAVEST[self.kind], float("inf") if points is None else points, self.speaks.start


_AWAY = ("taken away",)


def _done(edit: EditRow | None) -> tuple[str | None, ...] | None:
    """What became of the words: nothing, taken away, or where and as what they stand now."""
    if edit is None or edit.status is not Status.APPLIED:
        return None
    return _AWAY if edit.op in (Op.REMOVE, Op.DROP) else (edit.op, edit.field, edit.value)


# -- an article --------------------------------------------------------------------------------------------------------


class Change(NamedTuple):
    """An article that differs. ``old`` or ``new`` is None where it is only in the other; both, where only its document differs.

    ``fields`` names the fields that differ; ``decisions`` has those that do, the gravest and then the closest first.
    ``sides`` holds the whole document of either output.
    """

    old: ArticleRow | None
    new: ArticleRow | None
    fields: tuple[str, ...]
    decisions: list[Decision]
    sides: tuple[Written | None, Written | None]

    @property
    def row(self) -> ArticleRow | DocumentRow:
        """What says where it is: the newer of its rows."""
        one, two = self.sides
        either = two or one
        assert either is not None
        return self.new or self.old or either.document

    @property
    def name(self) -> str:
        row = self.row
        return f"article {row.id} ({place(row)}, article {row.number})" if isinstance(row, ArticleRow) else place(row)

    @property
    def what(self) -> str:
        """What became of it, in words."""
        old, new = (self.old, self.new) if self.old or self.new else self.sides
        if old is None or new is None:
            return "is new" if old is None else "goes"
        number = len(self.decisions)
        what = [*self.fields, *([f"{number:,} decision{'' if number == 1 else 's'}"] if number else [])]
        return f"changes: {', '.join(what)}"


def changes(old: Path, new: Path) -> Iterator[Change]:
    """Every article that differs between two outputs. Raises FolderError or RestoreError where one cannot be read."""
    for one, two in _side_by_side(documents(old), documents(new), lambda written: _order(written.document)):
        if one != two:
            yield from _changes(one, two)


def unreadable_changes(old: Path, new: Path) -> Iterator[tuple[UnreadableRow, str]]:
    """The rows of ``unreadable`` that differ, and what became of each in words."""
    for was, now in _side_by_side(unreadable(old), unreadable(new), _order):
        if was != now:
            if now:
                yield now, "cannot be read" if was is None else "cannot be read for another reason"
            elif was:
                yield was, "is no longer among what cannot be read"


def _order(row: DocumentRow | UnreadableRow) -> tuple[bytes, float]:
    return row.path.encode("utf-8", "surrogatepass"), float("inf") if row.item is None else row.item


def _side_by_side(left: Iterator[Row], right: Iterator[Row], order: Callable[[Row], Any]) -> Iterator[tuple[Row | None, Row | None]]:
    """The rows of two tables in one order, each with its fellow."""
    one, two = next(left, None), next(right, None)
    while one is not None or two is not None:
        if one is not None and two is not None and order(one) == order(two):
            yield one, two
            one, two = next(left, None), next(right, None)
        elif two is None or (one is not None and order(one) < order(two)):
            yield one, None
            one = next(left, None)
        else:
            yield None, two
            two = next(right, None)


def _changes(one: Written | None, two: Written | None) -> Iterator[Change]:
    """The articles of one document that differ, or the document where none of them does."""
    sides = (one, two)
    olds: tuple[ArticleRow, ...] = one.articles if one else ()
    news: tuple[ArticleRow, ...] = two.articles if two else ()
    fellows = _fellows(olds, news, _SAME_ARTICLE)
    pairs = sorted(fellows, key=_number)
    decisions: list[list[Decision]] = [[] for _ in pairs]
    if one and two:
        was = {old.id: n for n, (old, _) in enumerate(pairs) if old}
        now = {new.id: n for n, (_, new) in enumerate(pairs) if new}
        same = one.document.sha256 == two.document.sha256
        # In one text a span is a span, whichever article it is in. In two, the words are all there is, and each article that both have has its own.
        olds_of, news_of = one.edits_by_article(), two.edits_by_article()
        groups = [(one.edits, two.edits)] if same else [(olds_of[old.id], news_of[new.id]) for old, new in pairs if old and new]
        for decision in (decision for edits in groups for decision in _decisions(*edits, same=same)):
            old_edit, new_edit = decision
            if new_edit:
                decisions[now[new_edit.article]].append(decision)
            elif old_edit:
                decisions[was[old_edit.article]].append(decision)
    told = False
    for (old, new), mine in zip(pairs, decisions, strict=True):
        fields = _fields(old, new) if old and new else ()
        if not (old and new) or fields or mine:
            told = True
            yield Change(old, new, fields, sorted(mine, key=lambda decision: decision.rank), sides)
    if not told:
        yield Change(None, None, _fields(one.document, two.document) if one and two else (), [], sides)


def _number(pair: tuple[ArticleRow | None, ArticleRow | None]) -> int:
    row = pair[1] or pair[0]
    return row.number if row else 0


def _fields(old: ArticleRow | DocumentRow, new: ArticleRow | DocumentRow) -> tuple[str, ...]:
    return tuple(name for name in old.__struct_fields__ if name not in COUNTED and getattr(old, name) != getattr(new, name))


# An article is known by its copy, else by its headline, else by its number: one more above it in the file moves its number.
_SAME_ARTICLE: tuple[Callable[[ArticleRow], Hashable], ...] = (
    lambda row: (row.headline, row.text),
    lambda row: row.headline or row.number,
    lambda row: row.number,
)


def _decisions(olds: Sequence[EditRow], news: Sequence[EditRow], *, same: bool) -> Iterator[Decision]:
    """The decisions that differ, each with its fellow: the same rule on the same words, else another rule on them. ``same`` says that it is one text."""

    def where(edit: EditRow) -> Hashable:
        return (edit.start, edit.end) if same else edit.fingerprint

    def whole(edit: EditRow) -> Hashable:
        # In another text the spans, and the lines that reasons name, have shifted: that is no other decision.
        shifts = (edit.kept_start, edit.kept_end, edit.reason) if same else ()
        return (where(edit), edit.rule, edit.op, edit.status, edit.score, edit.threshold, edit.field, edit.value, *shifts)

    fellows = (whole, lambda edit: (where(edit), edit.rule, edit.status), lambda edit: (where(edit), edit.rule), where)
    yield from (Decision(old, new) for old, new in _fellows(olds, news, fellows) if old is None or new is None or whole(old) != whole(new))


def _fellows(left: Iterable[Row], right: Iterable[Row], keys: Iterable[Callable[[Row], Hashable]]) -> Iterator[tuple[Row | None, Row | None]]:
    """Rows with their fellows: first those that the first key calls the same, of what is left those of the second, and so on; last those that have none."""
    left, right = list(left), list(right)
    for key in keys:
        waiting: defaultdict[Hashable, deque[Row]] = defaultdict(deque)
        for row in left:
            waiting[key(row)].append(row)
        alone = []
        for row in right:
            if found := waiting[key(row)]:
                yield found.popleft(), row
            else:
                alone.append(row)
        left, right = [row for rows in waiting.values() for row in rows], alone
    yield from ((row, None) for row in left)
    yield from ((None, row) for row in right)


# -- two runs ----------------------------------------------------------------------------------------------------------


def made_otherwise(old: Run, new: Run) -> Iterator[tuple[str, str, str]]:
    """What two outputs were made with that differs: its name, and what it was in the one and in the other.

    >>> from cleaner.records import Counts, Input
    >>> run = Run("cleaner", "0.1.0", 1, {"language": None}, "", Input(3, "ab"), Counts(3, 3, 3, 0, 0, 0, 0, {}, {}), {})
    >>> list(made_otherwise(run, msgspec.structs.replace(run, options={"language": "sv"})))
    [('language', 'none', 'sv')]
    """
    one, two = (dict(_settings(run)) for run in (old, new))
    yield from ((name, one.get(name, "none"), two.get(name, "none")) for name in {**one, **two} if one.get(name, "none") != two.get(name, "none"))
    if old.input != new.input:
        yield "input", f"{old.input.files:,} files", f"{new.input.files:,} files" + (", other bytes" if old.input.files == new.input.files else "")


def _settings(run: Run) -> Iterator[tuple[str, str]]:
    yield "version", run.version
    yield "schema version", str(run.schema_version)
    stack = [("", run.options)]
    while stack:
        before, values = stack.pop()
        for name, value in values.items():
            if isinstance(value, dict):
                stack.append((f"{before}{name}.", value))
            else:
                yield before + name, "none" if value is None else str(value)


def differences(new: Path, clean: Path) -> list[str]:
    """How CLEAN differs from what a run just wrote to ``new``, a sentence each; none when the bytes are the same."""
    with one_run(clean):
        return _differences(new, clean)


def _differences(new: Path, clean: Path) -> list[str]:
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
    if any(line.endswith(" differs.") for line in found):
        found += _named(new, clean)
    found += [f"{name} would go." for name in sorted(table_names() - run.tables.keys()) if table_path(clean, name).exists()]
    one, two = ({key: value for key, value in msgspec.to_builtins(each).items() if key != "version"} for each in (run, old))
    keys = [key for key in one if one[key] != two[key]]
    if keys:
        found.append(f"{RUN} differs in {', '.join(keys)}.")
    return found


def _named(new: Path, clean: Path) -> list[str]:
    """The first articles that differ, and files or rows that cannot be read."""
    try:
        found = [f"  {change.name} {change.what}." for change in islice(changes(clean, new), SHOWN + 1)]
        rows = islice(unreadable_changes(clean, new), SHOWN + 1 - len(found))
        found += [f"  {place(row)} {what}." for row, what in rows]
    except RestoreError as error:
        return [f"  {error}"]
    if len(found) > SHOWN:
        found[SHOWN:] = ["  and more: --diff shows them all."]
    return found or ["  Every row is the same; only the bytes differ."]
