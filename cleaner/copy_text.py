"""A record printed as copy, in the order a newsroom writes it.

Each part of the head stands in a paragraph of its own. Captions carry a label, since nothing else would tell them from
the body once their copies are gone; cleaning moves the label out again.
"""

from __future__ import annotations

from cleaner.model import Caption, Dateline, Record
from cleaner.signs import CAPTION_LABEL, CREDIT_LABEL


def print_record(record: Record) -> str:
    """The record as copy: headline, deck, byline and time, lone tags, captions with their credits, body, sign-offs."""
    lone = [tag.text for tag in record.agency_tags if tag.where == "line"]
    signed = "".join(f" ({tag.text})" for tag in record.agency_tags if tag.where == "sign-off")
    above = [
        "\n".join([*(record.byline or "").split("; "), *(record.published or "").split(" | ")]).strip(),
        "\n".join(_caption(caption) for caption in record.captions),
    ]
    # A lone tag stands above the time or the captions; with neither it would pass for a subhead there, so it closes the copy.
    head = [*_some(record.headline), *_some(record.deck), *(lone if any(above) else ()), *above]
    body = _filed(record.dateline, record.text) if record.dateline else record.text
    return "\n\n".join(part for part in (*head, body + signed, *(() if any(above) else lone)) if part)


def _some(part: str | None) -> list[str]:
    return [part] if part else []


def _caption(caption: Caption) -> str:
    credit = f"{CREDIT_LABEL} {caption.credit}" if caption.credit else ""
    words = f"{CAPTION_LABEL} {caption.text}" if caption.text else ""
    return "\n".join(part for part in (words, credit) if part)


def _filed(dateline: Dateline, text: str) -> str:
    """The body with the dateline where it stood."""
    return f"{text[: dateline.at]}{dateline.raw}{_joint(dateline.raw)}{text[dateline.at :]}".rstrip()


def _joint(raw: str) -> str:
    return " " if raw[-1] in ":：-–—।=电電】" else " - "
