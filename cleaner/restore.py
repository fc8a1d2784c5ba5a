"""From CLEAN back to the texts that were read, exactly: from the records, the edits and the table ``documents``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import FolderError, RestoreError
from cleaner.model import Status
from cleaner.output import one_run, read_table, strerror
from cleaner.records import ArticleRow, DocumentRow, EditRow, Fields, text_sha256


class Written(NamedTuple):
    """A document as CLEAN holds it: its row, its articles, and their edits in order."""

    document: DocumentRow
    articles: tuple[ArticleRow, ...]
    edits: tuple[EditRow, ...]

    @property
    def text(self) -> str:
        """The text that was read. A RestoreError when the tables do not give it."""
        return rebuild(self.document, self.articles, self.edits)

    def edits_by_article(self) -> defaultdict[str, list[EditRow]]:
        """The edits of each article, by its id."""
        edits: defaultdict[str, list[EditRow]] = defaultdict(list)
        for edit in self.edits:
            edits[edit.article].append(edit)
        return edits


def documents(clean: Path) -> Iterator[Written]:
    """The documents of CLEAN, all of one run. The tables are in one order, so each is read once, side by side, and memory stays flat."""
    with one_run(clean):
        yield from _documents(clean)


def _documents(clean: Path) -> Iterator[Written]:
    articles = groupby(read_table(clean, "articles", ArticleRow), key=lambda row: (row.path, row.item))
    edits = groupby(read_table(clean, "edits", EditRow), key=lambda row: row.article)
    these, those = next(articles, None), next(edits, None)
    for document in read_table(clean, "documents", DocumentRow):
        mine: tuple[ArticleRow, ...] = ()
        if these is not None and these[0] == (document.path, document.item):
            mine = tuple(these[1])
            these = next(articles, None)
        made: list[EditRow] = []
        for article in mine:
            if those is not None and those[0] == article.id:
                made += those[1]
                those = next(edits, None)
        yield Written(document, mine, tuple(made))
    if these is not None or those is not None:
        raise RestoreError(f"{clean}: its tables are not of one run, or not in the order they were written. Run `clean` again.")


def rebuild(document: DocumentRow, articles: Sequence[ArticleRow], edits: Sequence[EditRow]) -> str:
    """The text of one document, exactly; its sha256 is held against the one in ``documents``."""
    name = document.path if document.item is None else f"{document.path}, row {document.item}"
    fields = Fields(list(articles))
    try:
        spans = [(edit.start, edit.end, edit.text) for edit in edits if edit.status is Status.APPLIED]
        spans += [(s.start, s.end, fields.text(s.article, s.role, s.n)[s.at : s.at + s.end - s.start]) for s in document.segments]
    except RestoreError as error:
        raise RestoreError(f"{name}: {error} Run `clean` again.") from error
    spans.sort()
    white = "".join([gap.char * gap.n for gap in document.gaps])
    parts: list[str] = []
    last = used = 0
    for start, end, text in spans:
        parts += (white[used : used + start - last], text)
        used += start - last
        last = end
    parts.append(white[used:])
    text = "".join(parts)
    if text_sha256(text) != document.sha256:
        raise RestoreError(f"{name}: what CLEAN holds gives another text than was read. A table was changed after the run: run `clean` again.")
    return text


def restore(clean: Path | str, out: Path | str) -> int:
    """Write each document's text below ``out``, as UTF-8, under its path; row n of a JSONL file is ``<path>/<n>.txt``. Returns their number.

    ``out`` must be empty or not there yet. Paths come out of CLEAN and are data: one that would leave ``out`` is a RestoreError.
    """
    clean, out = Path(clean), Path(out)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise FolderError(f"{out}: not an empty folder, and restore overwrites nothing. Give an empty one, or a name that is not taken.")
    number = 0
    try:
        out.mkdir(parents=True, exist_ok=True)
        for written in documents(clean):
            target = out / restored_path(written.document)
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("x", encoding="utf-8", newline="") as file:
                file.write(written.text)
            number += 1
    except OSError as error:
        raise FolderError(f"{out}: cannot be written ({strerror(error)}). Check the permissions, or give another folder.") from error
    return number


def restored_path(document: DocumentRow) -> str:
    """Where a document goes below the folder of restored texts.

    >>> restored_path(DocumentRow("wire/feed.jsonl", 3, "utf-8", "", (), ())), restored_path(DocumentRow("a.txt", None, "utf-8", "", (), ()))
    ('wire/feed.jsonl/3.txt', 'a.txt')
    """
    path = document.path
    if path.startswith("/") or "\0" in path or any(part in ("", ".", "..") for part in path.split("/")):
        raise RestoreError(f"{path!r}: a path that would leave the folder. It was not written by `clean`: run it again.")
    return path if document.item is None else f"{path}/{document.item}.txt"
