"""A record printed as copy, in the order a newsroom writes it, each part behind a label that says what it is.

Once the copies and the furniture around them are gone, nothing but such a label tells a caption from the body, a short headline
from a tag, or a line of the text from a deck. Cleaning reads what the labels say (``cleaner/labels.py``) and guesses nothing again.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.labels import AGENCY, LABELS, TAG, label_of, labelled
from cleaner.model import AgencyTag, Caption, Record, Role


def print_record(record: Record) -> str:
    """The record as copy: headline, deck, lone tags, byline and time, captions with their credits, text with its dateline, sign-offs."""
    lone, signed = (_tags(tag for tag in record.agency_tags if tag.where == where) for where in ("line", "sign-off"))
    byline = [labelled(LABELS[Role.BYLINE], line) for line in (record.byline or "").split("; ") if line.strip()]
    published = [labelled(LABELS[Role.TIMESTAMP], record.published)] if record.published else []
    deck = [labelled(LABELS[Role.DECK], line) for line in (record.deck or "").split("\n") if line.strip()]
    captions = [line for caption in record.captions for line in _caption(caption)]
    text = _text(record)
    if signed and not text:
        text = [LABELS[Role.BODY]]  # a tag above the text is no sign-off
    parts = ["\n".join(part) for part in (deck, lone, [*byline, *published], captions, *([block] for block in text), signed) if part]
    return "\n\n".join([labelled(LABELS[Role.HEADLINE], record.headline or ""), *parts]) if record.headline or parts else ""


def _tags(tags: Iterable[AgencyTag]) -> list[str]:
    return [labelled(AGENCY if tag.kind == "agency" else TAG, tag.text) for tag in tags]


def _caption(caption: Caption) -> list[str]:
    return [labelled(LABELS[Role.CAPTION], caption.text), *([labelled(LABELS[Role.CREDIT], caption.credit)] if caption.credit else [])]


def _text(record: Record) -> list[str]:
    """The paragraphs, with the dateline above the one in front of which it stood. A label in the first says that the text begins."""
    blocks: list[str] = []
    dateline = "" if record.dateline is None else labelled(LABELS[Role.DATELINE], record.dateline.raw) + "\n"
    start = 0
    for paragraph in record.text.split("\n"):
        if paragraph.strip():
            block = labelled(LABELS[Role.BODY], paragraph) if not blocks or label_of(paragraph) else paragraph
            if record.dateline is not None and record.dateline.at <= start:
                block, dateline = dateline + block, ""
            blocks.append(block)
        start += len(paragraph) + 1
    return [*blocks, dateline.rstrip()] if dateline else blocks
