"""A record printed as copy, in the order a newsroom writes it.

Each part of the head stands in a paragraph of its own. Captions and the deck carry a label, since nothing else would
tell them from the body once their copies are gone; cleaning moves the labels out again.
"""

from __future__ import annotations

from cleaner.model import AgencyTag, Caption, Record

CAPTION_LABEL = "Caption:"
DECK_LABEL = "Deck:"


def print_record(record: Record) -> str:
    """The record as copy: headline, deck, byline and time, lone tags, captions with their credits, body, sign-offs."""
    lone = [tag.text for tag in record.agency_tags if tag.where == "line"]
    closing = [_signed(tag) for tag in record.agency_tags if tag.where == "sign-off"]
    head = [
        *_some(record.headline),
        *(f"{DECK_LABEL} {deck}" for deck in _some(record.deck)),
        "\n".join([*(record.byline or "").split("; "), *(record.published or "").split(" | ")]).strip(),
        *lone,
        "\n".join(_caption(caption) for caption in record.captions),
    ]
    body = f"{record.dateline.raw}{_joint(record.dateline.raw)}{record.text}" if record.dateline else record.text
    return "\n\n".join(part for part in (*head, body, *closing) if part)


def _some(part: str | None) -> list[str]:
    return [part] if part else []


def _caption(caption: Caption) -> str:
    credit = f"({caption.credit})" if caption.credit else ""
    return " ".join(part for part in (CAPTION_LABEL, caption.text, credit) if part)


def _signed(tag: AgencyTag) -> str:
    return f"({tag.text})"


def _joint(raw: str) -> str:
    return " " if raw[-1] in ":：-–—.。।=电電】" else " - "
