"""The nouns of the house: what a document, a line, an edit and a record are.

Every offset is a half-open span of code points into ``Document.text``. Only the standard library is known here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple


class Role(StrEnum):
    """What a line, or a part of one, is in the article. Subheads are BODY."""

    HEADLINE = "headline"
    DECK = "deck"
    BYLINE = "byline"
    TIMESTAMP = "timestamp"
    DATELINE = "dateline"
    CAPTION = "caption"
    CREDIT = "credit"
    AGENCY_TAG = "agency-tag"
    FURNITURE = "furniture"
    RELATED = "related"
    BODY = "body"


class Op(StrEnum):
    """What an edit does.

    ``REMOVE`` a copy of something that stays; ``MOVE`` words out of the running text into a field; ``DROP`` furniture
    that is named in the facts; ``REPLACE`` characters inside kept text.
    """

    REMOVE = "remove"
    MOVE = "move"
    DROP = "drop"
    REPLACE = "replace"


class Status(StrEnum):
    """Whether an edit was made. Only ``APPLIED`` edits are in the ledger."""

    APPLIED = "applied"
    DECLINED = "declined"
    KEPT_BY_LIST = "kept-by-list"


class Span(NamedTuple):
    """Half-open code-point offsets into ``Document.text``.

    >>> "Harbour"[slice(*Span(0, 4))]
    'Harb'
    """

    start: int
    end: int


class Mark(NamedTuple):
    """A role that the format itself states for a span, such as a JSONL field named ``headline``."""

    role: Role
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One text as a reader found it.

    ``path`` is relative to the folder read, with ``/``; ``item`` is the row in a file of many (from 0), else None.
    ``metadata`` holds what the input said besides the text: ``url``, ``language``, ``published`` and ``byline`` are
    understood, all else is carried along.
    """

    path: str
    text: str
    item: int | None = None
    marks: tuple[Mark, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)
    encoding: str = "utf-8"


@dataclass(slots=True)
class Edit:
    """One decision about one span, with its reason.

    ``kept`` is the span that stands for removed text. ``score`` and ``threshold`` are 0-100, None where nothing was
    compared. ``field`` and ``value`` say where moved words stand now, ``value`` alone what stands for replaced ones.
    """

    rule: str
    op: Op
    start: int
    end: int
    reason: str
    kept: Span | None = None
    score: float | None = None
    threshold: float | None = None
    field: str | None = None
    value: str | None = None
    status: Status = Status.APPLIED

    @classmethod
    def declined(cls, rule: str, span: Span, kept: Span, score: float, threshold: float, reason: str) -> Edit:
        """A removal that a guard or the threshold stopped, kept to be read."""
        return cls(rule, Op.REMOVE, *span, reason, kept=kept, score=score, threshold=threshold, status=Status.DECLINED)

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def margin(self) -> float | None:
        """Points between score and threshold, 0 where a guard stopped the edit although the score was enough; the smaller, the closer the call.

        >>> Edit("doubled-caption", Op.REMOVE, 0, 4, "repeats line 1", score=96.5, threshold=92).margin
        4.5
        >>> Edit.declined("doubled-caption", Span(0, 4), Span(5, 9), 96.5, 92, "like line 1, but number 34 / 43").margin
        0.0
        """
        return margin(self.status, self.score, self.threshold)


def margin(status: Status, score: float | None, threshold: float | None) -> float | None:
    """Points between a score and its threshold: see ``Edit.margin``. None where nothing was compared."""
    if score is None or threshold is None:
        return None
    return 0.0 if status is not Status.APPLIED and score >= threshold else abs(score - threshold)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when a story was filed, as printed: ``STOCKHOLM, 5 Sept (TT)``; ``at`` is the code point in ``text`` where it stood."""

    raw: str
    place: str | None = None
    date: str | None = None
    at: int = 0


@dataclass(frozen=True, slots=True)
class Caption:
    """A picture's words. ``credit`` is as printed, every copy's credit joined by `` | ``; ``occurrences`` counts the copies."""

    text: str
    credit: str | None = None
    photographer: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    occurrences: int = 1


@dataclass(frozen=True, slots=True)
class AgencyTag:
    """One printed agency form outside captions.

    ``where`` is line, dateline, byline or sign-off; ``kind`` is agency, interface or unknown; ``code`` is the key in
    the facts and None unless the kind is agency; ``evidence`` says why.
    """

    text: str
    where: str
    kind: str
    code: str | None = None
    evidence: str = ""


class Segment(NamedTuple):
    """A kept piece of the source and where it stands: ``text[start:end]`` is ``field[at : at + end - start]``.

    ``role`` names the field (body is ``text``); ``article`` is the article's number in the document; ``n`` the
    caption's place in ``captions``, else None.
    """

    role: Role
    start: int
    end: int
    article: int
    at: int
    n: int | None = None


@dataclass(slots=True)
class Record:
    """One article as written: the fields of the table ``articles``, with its edits at hand."""

    id: str
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
    removed_chars: int
    removed_ratio: float
    metadata: Mapping[str, Any]
    edits: tuple[Edit, ...] = ()

    def to_text(self) -> str:
        """The record printed as copy: headline, deck, byline, time, captions, text, with tags and credits in their places.

        Each part stands behind a label, so cleaning what this prints guesses nothing, removes and drops nothing, and gives the same
        fields again; records printed one below the other are as many articles.

        >>> from cleaner import clean_text
        >>> print(clean_text("Harbour reopens\\n\\nHarbour reopens\\n\\nThe harbour reopened on Friday.")[0].to_text())
        Headline: Harbour reopens
        <BLANKLINE>
        Text: The harbour reopened on Friday.
        """
        from cleaner.copy_text import print_record

        return print_record(self)


@dataclass(slots=True)
class Cleaned:
    """What cleaning one document gave: its records, and the segments that with the edits rebuild its text.

    ``keeps`` names the keep list's entries that stopped an edit, once for each edit.
    """

    document: Document
    records: list[Record]
    segments: list[Segment]
    keeps: list[str] = field(default_factory=list)


def metadata_json(metadata: Mapping[str, Any]) -> str | None:
    """The input fields that nothing understood, as one JSON string; None when there are none.

    >>> metadata_json({"views": 3}), metadata_json({})
    ('{"views": 3}', None)
    """
    return json.dumps(metadata, ensure_ascii=False, sort_keys=True) if metadata else None
