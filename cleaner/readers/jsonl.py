"""JSONL: a row, a document. The field names are those of the common scrapers; what is not understood goes along as metadata.

Text of a row is its headline, deck, captions and body, in this order, joined by one blank line, with a mark for each part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from cleaner.errors import UnreadableFile
from cleaner.model import Document, Mark, Role
from cleaner.readers import Source
from cleaner.records import UnreadableRow

SUFFIXES = (".jsonl", ".ndjson")
SPLITS = True

# By preference: the name in front wins, the others go along as metadata. Trafilatura, newspaper4k, news-please, fundus,
# Scrapy feeds, schema.org, datatrove and our own articles are behind these names.
HEADLINES = ("headline", "title", "article_title", "name")
DECKS = ("deck", "standfirst", "dek", "subheadline")
DECK_LIKE = ("description", "summary", "abstract", "excerpt", "article_description")
TEXTS = ("text", "maintext", "articleBody", "article_text", "body", "content", "plaintext", "page_content", "raw_text")
CAPTIONS = ("captions", "images", "caption", "image_caption")
URLS = ("url", "canonical_url", "canonical_link", "source_url", "link")
LANGUAGES = ("language", "lang", "inLanguage", "meta_lang")
PUBLISHED = ("published", "datePublished", "date_publish", "publish_date", "publishing_date", "date")
BYLINES = ("byline", "author", "authors")

LONGEST_DECK = 320
"""Code points. A longer description is a summary of the whole text or its beginning."""

_rows = msgspec.json.Decoder()


class RowError(Exception):
    """What is wrong with one row."""


def read(source: Source, encoding: str | None) -> Iterator[Document | UnreadableRow]:
    """A document for each row, and an unreadable row for each that is cut, no object, or without text. JSON is UTF-8 whatever the option says.

    ``item`` counts lines from 0, blank ones too, so row ``item`` is line ``item + 1`` in an editor.

    >>> rows = b'{"title": "Harbour reopens", "text": "It reopened on Friday.", "views": 3}\\n{"title": "Harb'
    >>> document, cut = read(Source("feed.jsonl", data=rows), None)
    >>> document.text, document.metadata, cut.item
    ('Harbour reopens\\n\\nIt reopened on Friday.', {'views': 3}, 1)
    """
    data = source.read()
    if source.first == 0:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise UnreadableFile("UTF-16, and JSON is UTF-8. Convert it, such as with `iconv -f utf-16 -t utf-8`.")
        data = data.removeprefix(b"\xef\xbb\xbf")
        if not data.strip():
            raise UnreadableFile("empty: there is no row in it.")
    for item, line in enumerate(data.split(b"\n"), source.first):
        if not line or line.isspace():
            continue
        try:
            yield document(decode(line), source.path, item)
        except RowError as fault:
            yield UnreadableRow(source.path, item, str(fault))


def decode(line: bytes) -> Mapping[str, Any]:
    """The row on one line."""
    try:
        row = _rows.decode(line)
    except UnicodeDecodeError as error:
        raise RowError(f"not UTF-8 (byte 0x{error.object[error.start]:02x}). JSON is UTF-8: convert the file, such as with `iconv`.") from error
    except RecursionError as error:
        raise RowError("no row: its JSON is nested too deeply.") from error
    except msgspec.MsgspecError as error:
        hint = "It ends in the middle: fetch the row again." if "truncated" in str(error) else "Write each row as one JSON object on one line."
        raise RowError(f"not JSON ({error}). {hint}") from error
    if not isinstance(row, dict):
        raise RowError(f"no row: {_kind(row)}, and a row is an object. Write each article as one JSON object on one line.")
    return row


def document(row: Mapping[str, Any], path: str, item: int) -> Document:
    """The document of one row.

    >>> made = document({"headline": "Harbour reopens", "captions": ["Ferries. (Port media)"], "text": "It reopened."}, "a.jsonl", 0)
    >>> [(str(mark.role), made.text[mark.start : mark.end]) for mark in made.marks]
    [('headline', 'Harbour reopens'), ('caption', 'Ferries. (Port media)'), ('body', 'It reopened.')]
    """
    metadata = dict(row)
    headline = _take(metadata, HEADLINES)
    text = _take(metadata, TEXTS)
    deck = _take(metadata, DECKS) or _take_deck(metadata, headline, text)
    parts = [(Role.HEADLINE, headline), (Role.DECK, deck), *((Role.CAPTION, caption) for caption in _take_captions(metadata)), (Role.BODY, text)]
    written: list[str] = []
    marks: list[Mark] = []
    at = 0
    for role, part in parts:
        if part:
            lead = len(part) - len(part.lstrip())
            marks.append(Mark(role, at + lead, at + len(part.rstrip())))
            written.append(part)
            at += len(part) + 2
    if not written:
        raise RowError(f"no text: none of the fields {', '.join((*HEADLINES, *TEXTS))} holds any. Rename the field that does.")
    whole = "\n\n".join(written)
    if "\0" in whole:
        raise RowError("no text: it holds NUL characters. Leave them out where the row is written.")
    _name_metadata(metadata)
    return Document(path, whole, item, tuple(marks), metadata)


def _take(metadata: dict[str, Any], names: tuple[str, ...]) -> str:
    """The first of these fields that is a string with something in it, taken out of the metadata."""
    wrong = ""
    for name in names:
        value = metadata.get(name)
        if value is None:
            continue
        if isinstance(value, str):
            if value and not value.isspace():
                del metadata[name]
                return value
        elif not wrong:
            wrong = f"the field {name} is {_kind(value)}, not a string. Write its text as one string."
    if wrong:
        raise RowError(wrong)
    return ""


def _take_deck(metadata: dict[str, Any], headline: str, text: str) -> str:
    """A description that is a deck: short, one paragraph, and neither the headline nor words of the text again."""
    for name in DECK_LIKE:
        value = metadata.get(name)
        if isinstance(value, str) and 0 < len(value) <= LONGEST_DECK and not value.isspace() and "\n" not in value.strip():
            words = " ".join(value.split()).casefold()
            if words.endswith(("...", "…")) or words in headline.casefold():
                continue
            # A deck that the text prints again is the text's own first paragraph; only its beginning is looked at, for speed.
            if words not in " ".join(text[: 4 * LONGEST_DECK].split()).casefold():
                del metadata[name]
                return value
    return ""


def _take_captions(metadata: dict[str, Any]) -> list[str]:
    """The captions of the first of these fields that has any. Objects stay in the metadata too: they say more than their words."""
    for name in CAPTIONS:
        value = metadata.get(name)
        entries = value if isinstance(value, list) else [value]
        if name == "images":  # where it is a list of strings, they are addresses
            entries = [entry for entry in entries if isinstance(entry, dict)]
        found = [caption for entry in entries if (caption := _caption(entry))]
        if found:
            if all(isinstance(entry, str) for entry in entries):
                del metadata[name]
            return found
    return []


def _caption(entry: object) -> str:
    if isinstance(entry, dict):
        words = next((entry[name] for name in ("text", "caption") if isinstance(entry.get(name), str)), "")
        credit = entry.get("credit")
        entry = f"{words} ({credit})" if words and isinstance(credit, str) and credit.strip() and credit not in words else words
    return entry if isinstance(entry, str) and entry.strip() else ""


def _name_metadata(metadata: dict[str, Any]) -> None:
    """Put what the street understands under its one name: url, language, published, byline."""
    for known, names in (("url", URLS), ("language", LANGUAGES), ("published", PUBLISHED), ("byline", BYLINES)):
        for name in names:
            value = metadata.get(name)
            if isinstance(value, list) and value and all(isinstance(entry, str) for entry in value):
                value = ", ".join(value)
            elif type(value) is int and known == "published":
                value = str(value)
            if isinstance(value, str) and value.strip():
                del metadata[name]
                metadata[known] = value
                break
        else:
            if known in metadata:  # null, empty, or of a kind that nobody could print
                metadata[f"{known}_given"] = metadata.pop(known)


def _kind(value: object) -> str:
    names: dict[type, str] = {dict: "an object", list: "an array", bool: "a truth value", int: "a number", float: "a number", str: "a string"}
    return names.get(type(value), "null")
