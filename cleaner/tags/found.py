"""What the grammar finds. Offsets are code points into the string that was asked about."""

from __future__ import annotations

from typing import NamedTuple

from cleaner.facts import Agency


class Named(NamedTuple):
    """A name in a tag and where it stands; ``agency`` is None for an outlet, or agencies that the copy does not name."""

    text: str
    start: int
    end: int
    agency: Agency | None


class DatelineTag(NamedTuple):
    """``end`` is where the paragraph goes on; everything before it is the dateline with its joint. ``raw`` is without the joint."""

    end: int
    raw: str
    place: str | None
    date: str | None
    agencies: tuple[Named, ...]
    byline: str | None


class LoneTag(NamedTuple):
    """A line that is nothing but a tag. ``where``: line, byline or sign-off.

    ``ambiguous``: the whole line is one form that is also a word, a brand or a page control, so it proves nothing alone.
    """

    agencies: tuple[Named, ...]
    where: str
    label: str | None
    ambiguous: bool
    published: str | None


class EndCredit(NamedTuple):
    """A credit that closes a paragraph: ``paragraph[start:]`` with the white space before it is not copy."""

    start: int
    raw: str
    agencies: tuple[Named, ...]


class CaptionParts(NamedTuple):
    """A caption taken apart. The text is ``line[text_start:text_end]``, empty when the line is only a credit.

    ``credit`` is as printed, without brackets and label; its span holds brackets, label and joint too. ``label`` is what stands
    in front of the text ("Image caption,", "FILE PHOTO:"). ``marks``: file pool handout generic label gallery illustration.
    """

    text_start: int
    text_end: int
    credit: str | None
    credit_start: int
    credit_end: int
    label: str | None
    label_start: int
    label_end: int
    photographer: tuple[str, ...]
    agencies: tuple[str, ...]
    marks: tuple[str, ...]


class ReportingCredit(NamedTuple):
    """Who reported and edited, as a paragraph of its own or at a paragraph's end (``start``).

    A sentence that names the agency and belongs to the copy ("Det skriver Ritzau.") stays: its ``start`` is the paragraph's end.
    """

    start: int
    raw: str
    reporters: tuple[str, ...]
    editors: tuple[str, ...]
    agencies: tuple[Named, ...]
