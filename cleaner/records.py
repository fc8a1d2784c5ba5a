"""The rows we write: every table's schema, declared once, and the functions from a cleaned document to its rows.

JSON Schema (``cleaner schema``), the Parquet schema and the docs come from these classes. All offsets are half-open code
points into the document's text.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Annotated, Any, NamedTuple

import msgspec

from cleaner.errors import RestoreError
from cleaner.model import AgencyTag, Caption, Cleaned, Dateline, Edit, Op, Record, Role, Segment, Status, metadata_json

SCHEMA_VERSION = 1
"""Goes up when a field changes its name, its place or its meaning."""


Name = Annotated[str, msgspec.Meta(pattern="^[a-z0-9_-]+$")]
"""An id, a fingerprint, a rule or a field. Held to it when a table is read, since it may come from anywhere and reports print a name as it is."""


class ArticleRow(msgspec.Struct, frozen=True, gc=False):
    """One article. ``metadata`` is one JSON string with every input field that nothing understood; ``removed_ratio`` is 0-1."""

    id: Name
    path: str
    item: int | None
    number: int
    source: str | None
    headline: str | None
    headline_variants: tuple[str, ...]
    deck: str | None
    byline: str | None
    published: str | None
    dateline: Dateline | None
    captions: tuple[Caption, ...]
    agency_tags: tuple[AgencyTag, ...]
    text: str
    language: str | None
    url: str | None
    words: int
    edits: int
    removed_chars: int
    removed_ratio: float
    metadata: str | None


class EditRow(msgspec.Struct, frozen=True, gc=False):
    """One decision about one span. ``line`` and ``column`` count from 1, lines end at ``\\n`` only; ``score`` and ``threshold`` are 0-100.

    ``fingerprint`` is 16 hex digits of the sha256 of the span's words, so it outlives a move to another line.
    """

    article: Name
    seq: int
    rule: Name
    op: Op
    status: Status
    start: int
    end: int
    line: int
    column: int
    text: str
    kept_start: int | None
    kept_end: int | None
    score: float | None
    threshold: float | None
    reason: str
    field: Name | None
    value: str | None
    fingerprint: Name


class SegmentRow(msgspec.Struct, frozen=True, gc=False):
    """A kept piece: the text from ``start`` to ``end`` stands in the field ``role`` of article ``article`` from ``at`` on.

    ``n`` is the caption's place in ``captions``, for the roles caption and credit.
    """

    role: Role
    start: int
    end: int
    article: int
    at: int
    n: int | None


class GapRow(msgspec.Struct, frozen=True, gc=False):
    """The same white-space character ``n`` times."""

    char: str
    n: int


class DocumentRow(msgspec.Struct, frozen=True, gc=False):
    """What it takes to rebuild a text: its kept pieces and the white space between pieces and edits, in order, run-length.

    ``sha256`` is that of the text as UTF-8.
    """

    path: str
    item: int | None
    encoding: str
    sha256: str
    segments: tuple[SegmentRow, ...]
    gaps: tuple[GapRow, ...]


class UnreadableRow(msgspec.Struct, frozen=True, gc=False):
    """A file or row that could not be read, and why. ``item`` is None where it is the file."""

    path: str
    item: int | None
    reason: str


TABLES: dict[str, type[msgspec.Struct]] = {"articles": ArticleRow, "edits": EditRow, "documents": DocumentRow, "unreadable": UnreadableRow}
"""The tables in the order they are written."""


class TableFile(msgspec.Struct, frozen=True):
    """One table as it lies in CLEAN: its number of rows and the sha256 of its bytes."""

    rows: int
    sha256: str


class Input(msgspec.Struct, frozen=True):
    """What was read. ``sha256`` is of every file's path, a NUL and the sha256 of its bytes, sorted by path."""

    files: int
    sha256: str


class Counts(msgspec.Struct, frozen=True):
    """What a run did. ``edits`` counts by rule, then by op or, where it was not applied, by status.

    ``keep`` counts the edits that each entry of the keep list stopped; 0 says that it found nothing to keep.
    """

    files: int
    documents: int
    articles: int
    unreadable: int
    words: int
    chars: int
    removed_chars: int
    edits: Mapping[Name, Mapping[Name, int]]
    keep: Mapping[str, int]


class Run(msgspec.Struct, frozen=True):
    """``run.json``: what made the tables. No clock, no host, no absolute path, so the same run gives the same bytes."""

    tool: str
    version: str
    schema_version: int
    options: Mapping[str, Any]
    options_sha256: str
    input: Input
    counts: Counts
    tables: Mapping[str, TableFile]


def json_schema() -> dict[str, Any]:
    """The JSON Schema of every table and of run.json, by name.

    >>> sorted(json_schema())
    ['articles', 'documents', 'edits', 'run', 'unreadable']
    """
    return {name: msgspec.json.schema(row) for name, row in {**TABLES, "run": Run}.items()}


_RUN = re.compile(r"(.)\1*", re.DOTALL)
_NO_SPAN = (None, None)
# Members by a name of their own: looking one up on its class, thirty times a document, is a tenth of this room's time.
_APPLIED, _REMOVE, _DROP, _BODY = Status.APPLIED, Op.REMOVE, Op.DROP, Role.BODY

# -- rows from a cleaned document --------------------------------------------------------------------------------------


class Rows(NamedTuple):
    """The rows that one document gives."""

    articles: list[ArticleRow]
    edits: list[EditRow]
    document: DocumentRow


def rows(cleaned: Cleaned) -> Rows:
    """The rows of one document. A ledger that does not balance is a RestoreError: nothing is written that restore could not undo."""
    document = cleaned.document
    white = check_ledger(cleaned)
    return Rows(
        [article_row(record) for record in cleaned.records],
        list(edit_rows(cleaned)),
        DocumentRow(
            document.path,
            document.item,
            document.encoding,
            text_sha256(document.text),
            tuple([SegmentRow(*segment) for segment in cleaned.segments]),
            run_lengths(white),
        ),
    )


def article_row(record: Record) -> ArticleRow:
    """The row of one record."""
    return ArticleRow(
        record.id,
        record.path,
        record.item,
        record.number,
        record.source,
        record.headline,
        record.headline_variants,
        record.deck,
        record.byline,
        record.published,
        record.dateline,
        record.captions,
        record.agency_tags,
        record.text,
        record.language,
        record.url,
        record.words,
        len([edit for edit in record.edits if edit.status is _APPLIED]),
        record.removed_chars,
        record.removed_ratio,
        metadata_json(record.metadata),
    )


def edit_rows(cleaned: Cleaned) -> Iterator[EditRow]:
    """The rows of every edit of a document, article by article."""
    from cleaner.text import fingerprint  # and its library: who only reads rows need not wait for it

    text = cleaned.document.text
    where = places(text, [edit.start for record in cleaned.records for edit in record.edits])
    for record in cleaned.records:
        for seq, edit in enumerate(record.edits):
            span = text[edit.start : edit.end]
            kept_start, kept_end = edit.kept or _NO_SPAN
            yield EditRow(
                record.id,
                seq,
                edit.rule,
                edit.op,
                edit.status,
                edit.start,
                edit.end,
                *where[edit.start],
                span,
                kept_start,
                kept_end,
                edit.score,
                edit.threshold,
                edit.reason,
                edit.field,
                edit.value,
                fingerprint(span),
            )


def places(text: str, offsets: list[int]) -> dict[int, tuple[int, int]]:
    """Line and column, from 1, of each offset. The text is gone through once, however many edits one line has.

    >>> places("A\\nBC", [3, 0])
    {0: (1, 1), 3: (2, 2)}
    """
    found: dict[int, tuple[int, int]] = {}
    line, start, last = 1, 0, 0
    for offset in sorted(offsets):
        breaks = text.count("\n", last, offset)
        if breaks:
            line += breaks
            start = text.rfind("\n", last, offset) + 1
        last = offset
        found[offset] = (line, offset - start + 1)
    return found


def text_sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def run_lengths(white: str) -> tuple[GapRow, ...]:
    """White space as runs of one character.

    >>> run_lengths("\\n\\n\\n ")
    (GapRow(char='\\n', n=3), GapRow(char=' ', n=1))
    """
    if white and white.count(white[0]) == len(white):
        return (GapRow(white[0], len(white)),)
    return tuple([GapRow(run[0], len(run)) for run in (found.group() for found in _RUN.finditer(white))])


# -- the ledger --------------------------------------------------------------------------------------------------------


def check_ledger(cleaned: Cleaned) -> str:
    """The white space between the spans, in order, when every other character is in exactly one segment or applied edit.

    It also holds each segment against the field it claims to stand in, and each removed copy against the one that stays.
    Anything else is a RestoreError that says where.

    >>> from cleaner.model import Document
    >>> check_ledger(Cleaned(Document("a.txt", " Harbour"), [], []))
    Traceback (most recent call last):
    cleaner.errors.RestoreError: a.txt: characters 0-8 (' Harbour') are in no segment and no applied edit.
    """
    text, path = cleaned.document.text, cleaned.document.path
    fields = Fields(cleaned.records)
    spans: list[tuple[int, int, Edit | Segment]] = [(segment.start, segment.end, segment) for segment in cleaned.segments]
    spans += [(edit.start, edit.end, edit) for record in cleaned.records for edit in record.edits if edit.status is _APPLIED]
    spans.sort(key=itemgetter(0))
    white: list[str] = []
    last = 0
    for start, end, span in spans:
        if start > last:
            gap = text[last:start]
            if not gap.isspace():
                raise RestoreError(f"{path}: characters {last}-{start} ({gap[:40]!r}) are in no segment and no applied edit.")
            white.append(gap)
        elif start < last:
            raise RestoreError(f"{path}: characters {start}-{min(last, end)} ({text[start : min(last, end)][:40]!r}) are in two spans.")
        if end <= start:
            raise RestoreError(f"{path}: the span {start}-{end} of {span} is empty.")
        if type(span) is Segment:
            role, _, _, number, at, n = span
            if not fields.text(number, role, n).startswith(text[start:end], at):
                raise RestoreError(f"{path}: characters {start}-{end} ({text[start:end][:40]!r}) do not stand in {role} at {at}.")
        last = end
    if len(text) > last:
        gap = text[last:]
        if not gap.isspace():
            raise RestoreError(f"{path}: characters {last}-{len(text)} ({gap[:40]!r}) are in no segment and no applied edit.")
        white.append(gap)
    if last > len(text):
        raise RestoreError(f"{path}: a span ends at {last}, after the text's {len(text)} characters.")
    _check_kept(cleaned)
    return "".join(white)


def _check_kept(cleaned: Cleaned) -> None:
    """Every span that stands for a removed copy is itself kept. Words moved out of it stand in a field, so they are kept too."""
    gone = [edit for record in cleaned.records for edit in record.edits if edit.status is _APPLIED and (edit.op is _REMOVE or edit.op is _DROP)]
    gone.sort(key=_edit_start)
    starts = [edit.start for edit in gone]
    for edit in gone:
        if edit.op is _DROP:
            continue
        path = cleaned.document.path
        if edit.kept is None or not 0 <= edit.kept.start < edit.kept.end <= len(cleaned.document.text):
            raise RestoreError(f"{path}: the copy at {edit.start}-{edit.end} was removed by {edit.rule} and nothing stands for it.")
        # Spans do not overlap, so the last one that starts before the kept span ends is the only one that can reach furthest into it.
        place = bisect_left(starts, edit.kept.end) - 1
        if place >= 0 and gone[place].end > edit.kept.start:
            other = gone[place]
            raise RestoreError(f"{path}: what stands for the copy at {edit.start}-{edit.end} is gone itself ({other.rule} at {other.start}-{other.end}).")


def _edit_start(edit: Edit) -> int:
    return edit.start


class Fields:
    """The texts of articles' fields: where segments stand.

    >>> Fields([]).text(0, Role.BODY, None)
    Traceback (most recent call last):
    cleaner.errors.RestoreError: a segment stands in article 0, and there is none.
    """

    def __init__(self, articles: Sequence[Record | ArticleRow]) -> None:
        self._articles = {article.number: article for article in articles}
        self._bodies = {article.number: article.text for article in articles}

    def text(self, number: int, role: Role, n: int | None) -> str:
        """The text of one field of article ``number``; ``n`` is the caption's place."""
        if role is _BODY:  # almost all of them
            body = self._bodies.get(number)
            if body is not None:
                return body
        article = self._articles.get(number)
        if article is None:
            raise RestoreError(f"a segment stands in article {number}, and there is none.")
        try:
            return _field(article, role, n) or ""
        except IndexError as error:
            raise RestoreError(f"a segment stands in caption {n} of article {number}, which has {len(article.captions)}.") from error


def _field(article: Record | ArticleRow, role: Role, n: int | None) -> str | None:
    if role is Role.CAPTION:
        return article.captions[n or 0].text
    if role is Role.CREDIT:
        return article.captions[n or 0].credit
    if role is Role.HEADLINE:
        return article.headline
    if role is Role.DECK:
        return article.deck
    if role is Role.BYLINE:
        return article.byline
    if role is Role.TIMESTAMP:
        return article.published
    if role is Role.DATELINE:
        return article.dateline.raw if article.dateline else None
    raise RestoreError(f"a segment of the role {role} stands in no field.")
