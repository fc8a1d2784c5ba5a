"""The close calls of CLEAN as questions, and what is written of the answers.

An edit that must not be made goes into the keep list, which ``clean`` obeys. A decision that is right goes into a file beside it
that only ``cleaner review`` reads, so that it asks once. Each answer is on the disk before the next question is put.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner.detectors import rules
from cleaner.errors import OptionsError
from cleaner.keep import Keep, KeepList
from cleaner.lines import Line, split_lines
from cleaner.model import Status
from cleaner.output import strerror, write_whole
from cleaner.records import EditRow, places
from cleaner.text import fingerprint
from cleaner.view import Article, Best, Piece, articles, excerpt, is_close, margin, place

ACCEPTED = "cleaner-accepted.txt"
"""Beside the keep list: the decisions that were accepted, one a line. The first word of a line counts, the rest is for the eye."""
MOST = 1_000
"""Questions of one session, the closest: more than a person answers in a day. The next session has the next ones."""
AROUND = 12
"""Pieces of the article before and behind the edit that are at hand."""
WHY = "rejected in review"

_HEAD = "# What `cleaner review` was told is right, so that it does not ask again. The first word of a line counts.\n"
_KEY = re.compile("[0-9a-f]{16}")


class Around(NamedTuple):
    """A piece of the article near an edit, ready to be shown: its line, the field it is kept in or what was done with it, its words."""

    line: int
    what: str
    text: str


class Question(NamedTuple):
    """A close call with what it takes to judge it. ``line`` is the whole line that the edit is on, ``kept`` the copy that it was held against."""

    where: str
    number: int
    article: str
    headline: str
    edit: EditRow
    kept: str | None
    kept_line: int | None
    line: str
    before: tuple[Around, ...]
    behind: tuple[Around, ...]

    @property
    def key(self) -> str:
        """What an accepted decision is known by: what was decided of which words, held against which. Another copy or another outcome is asked anew."""
        return fingerprint(f"{self.edit.rule} {self.edit.op} {self.edit.status}: {self.edit.text}\n= {self.kept}")


def questions(clean: Path, notes: Notes) -> list[Question]:
    """The close calls of CLEAN that no answer is known to, ``MOST`` of them: first those where copy went, then what was declined, each the closest first.

    The same words are asked of once. Raises FolderError or RestoreError where CLEAN cannot be read.
    """
    applied, declined = Best[Question](MOST), Best[Question](MOST)
    asked: set[str] = set()
    for article in articles(clean):
        lines: list[Line] = []
        starts: list[int] = []
        for edit in article.edits:
            points, closest = margin(edit), applied if edit.status is Status.APPLIED else declined
            if points is None or not is_close(edit) or not closest.takes(points):
                continue
            if not lines:
                lines = split_lines(article.text)
                starts = [line.start for line in lines]
            question = _question(article, edit, lines[max(0, bisect_right(starts, edit.start) - 1)].text)
            if question.key not in asked and not notes.has_answered(question):
                asked.add(question.key)
                closest.add(points, question)
    return [*applied.best(), *declined.best()][:MOST]


def _question(article: Article, edit: EditRow, line: str) -> Question:
    pieces = article.pieces
    here = bisect_right(pieces, edit.start, key=lambda piece: piece.start)
    before = [piece for piece in pieces[max(0, here - AROUND - 1) : here] if piece.end <= edit.start][-AROUND:]
    first = bisect_right(pieces, edit.end - 1, key=lambda piece: piece.start)
    behind = pieces[first : first + AROUND]
    where = places(article.text, [piece.start for piece in (*before, *behind)] + ([] if edit.kept_start is None else [edit.kept_start]))

    def around(near: Sequence[Piece]) -> tuple[Around, ...]:
        return tuple(Around(where[piece.start][0], str(piece.role or (piece.edit and piece.edit.op)), excerpt(piece.text)) for piece in near)

    row = article.row
    kept_line = None if edit.kept_start is None else where[edit.kept_start][0]
    headline = excerpt(row.headline or "", 80)
    return Question(excerpt(place(row)), row.number, row.id, headline, edit, article.kept(edit), kept_line, line, around(before), around(behind))


# -- answers -----------------------------------------------------------------------------------------------------------


class Note(NamedTuple):
    """What an answer added to the end of a file; nothing where it stood there already."""

    file: Path
    added: bytes


class Notes:
    """The keep list and the file of accepted decisions beside it. Raises OptionsError for one that cannot be used."""

    def __init__(self, keep: Path) -> None:
        self.keep, self.accepted = keep, keep.with_name(ACCEPTED)
        self._list = _load(keep)
        self._keys = set(_accepted(self.accepted))

    def has_answered(self, question: Question) -> bool:
        """Whether the list keeps this edit already, or the decision was accepted."""
        return question.key in self._keys or self._keeps(question)

    def _keeps(self, question: Question) -> bool:
        edit = question.edit
        return edit.status is Status.APPLIED and bool(self._list.entries_of(edit.rule, {edit.text, question.line}))

    def accept(self, question: Question) -> Note:
        """The decision is right."""
        self._keys.add(question.key)
        edit = question.edit
        head = "" if self.accepted.exists() else _HEAD
        return _append(self.accepted, f"{head}{question.key}  {edit.rule} {edit.status}: {excerpt(edit.text, 120)}\n")

    def reject(self, question: Question) -> Note:
        """The edit must not be made: an entry of the keep list, unless one is there by now."""
        self._list = _load(self.keep)
        if self._keeps(question):
            return Note(self.keep, b"")
        edit = question.edit
        # What a table says is only data: the rule must be one there is, and the fingerprint is made anew.
        entry = Keep(fingerprint=fingerprint(edit.text), rule=edit.rule if edit.rule in rules() else None, why=WHY)
        note = _append(self.keep, f"\n# {excerpt(question.where)}, line {edit.line}: {excerpt(edit.text, 200)}\n{_toml(entry)}")
        self._list = _load(self.keep)
        return note

    def take_back(self, question: Question, note: Note) -> None:
        """Undo an answer. An OptionsError where the file has gone on since: what others wrote stays."""
        if note.added:
            try:
                content = note.file.read_bytes()
                if not content.endswith(note.added):
                    raise OptionsError(f"{note.file}: it was changed by somebody else since. Take the last entry out by hand.")
                rest = content[: -len(note.added)]
                if rest:
                    write_whole(note.file, rest)
                else:
                    note.file.unlink()
            except OSError as error:
                raise _unwritable(note.file, error) from error
        self._keys.discard(question.key)
        self._list = _load(self.keep)


def _load(keep: Path) -> KeepList:
    """The list as it is now; a list that is not there yet is empty."""
    if not keep.exists():
        return KeepList()
    entries = KeepList.load(keep)
    try:
        tomllib.loads(f"{keep.read_text('utf-8')}\n[[keep]]\n")
    except ValueError as error:
        raise OptionsError(f"{keep.name}: no entry can be added behind its last line ({error}). Begin each entry with a line [[keep]].") from error
    return entries


def _accepted(path: Path) -> Iterator[str]:
    try:
        content = path.read_text("utf-8")
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        raise OptionsError(f"{path}: cannot be read ({strerror(error) if isinstance(error, OSError) else 'not UTF-8'}). Check it, or take it away.") from error
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        key = line.split()[0]
        if not _KEY.fullmatch(key):
            raise OptionsError(f"{path}, line {number}: {excerpt(key, 40)!r} is no decision. A line begins with 16 of 0-9 and a-f; take it out.")
        yield key


def _toml(entry: Keep) -> str:
    """An entry as it stands in the list.

    >>> print(_toml(Keep(fingerprint="16e4b1c50f2a9d37", rule="furniture")), end="")
    [[keep]]
    fingerprint = "16e4b1c50f2a9d37"
    rule = "furniture"
    """
    values = (("fingerprint", entry.fingerprint), ("rule", entry.rule), ("why", entry.why))
    return "[[keep]]\n" + "".join(f'{name} = "{value}"\n' for name, value in values if value is not None)


def _append(path: Path, text: str) -> Note:
    """Add to the end of a file; what stands there stays byte for byte."""
    try:
        before = path.read_bytes() if path.exists() else b""
        added = (b"\n" if before and not before.endswith(b"\n") else b"") + text.encode()
        added = added if before else added.lstrip(b"\n")
        write_whole(path, before + added)
    except OSError as error:
        raise _unwritable(path, error) from error
    return Note(path, added)


def _unwritable(path: Path, error: OSError) -> OptionsError:
    return OptionsError(f"{path}: cannot be written ({strerror(error)}). Check the permissions, or give another place with --keep.")
