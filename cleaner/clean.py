"""The street from a document to its records."""

from __future__ import annotations

import hashlib
from typing import Any

from cleaner.lines import split_lines
from cleaner.model import Cleaned, Document, Record, Role, Segment


class Cleaner:
    """Turns documents into records. Pure: no files, no state from one document to the next."""

    def __init__(self, options: Any = None) -> None:
        self.options = options

    def clean(self, document: Document) -> Cleaned:
        lines = split_lines(document.text)
        segments, parts, at = [], [], 0
        for line in lines:
            segments.append(Segment(Role.BODY, line.start, line.end, 0, at))
            parts.append(line.text)
            at += len(line.text) + 2
        record = Record(
            id=article_id(document, 0), path=document.path, item=document.item, number=0, source=None, headline=None, headline_variants=(), deck=None,
            byline=None, published=None, dateline=None, captions=(), agency_tags=(), text="\n\n".join(parts), language=None, url=None, words=0,
            removed_chars=0, removed_ratio=0.0, metadata={},
        )
        return Cleaned(document, [record], segments)


def article_id(document: Document, number: int) -> str:
    """16 hex digits of the sha256 of path, item and article number: the same article has the same id in every run."""
    name = f"{document.path}\n{'' if document.item is None else document.item}\n{number}"
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def clean_text(text: str) -> list[Record]:
    """The articles of one text."""
    return Cleaner().clean(Document(path="", text=text)).records
