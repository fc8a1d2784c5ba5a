"""A record printed as copy. The cases are texts in ``cases/copy``: copy as it was scraped, an arrow, the same as we print it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cleaner import clean_text
from cleaner.model import Op, Status
from tests.marked_copy import CASES, parameters

PRINTED = parameters(CASES / "copy")
HARBOUR = """\
Harbour reopens after the storm

Ferries leave the harbour. (Port media)

The harbour reopened on Friday after three days of storm, the port said."""
QUOTE = """\
「もう走りません」

大雪のため運転を見合わせていた特急列車が、火曜日の朝、三日ぶりに運転を再開した。

始発列車には約二百人が乗り込んだ。 「もう走りません」 （共同）"""
QUEUE = """\
Caption: Cars wait at the ramp in the rain
Credit: Sund Press

The strike at the ferry company went into its second week on Monday, and the queue at the ramp has grown past the petrol station."""


def sides(case):
    scraped, printed = case.text.split("\n→\n")
    return scraped, printed.rstrip("\n")


@pytest.mark.parametrize(("_", "case"), PRINTED)
def test_a_record_is_printed_in_the_newsrooms_order(_, case):
    """Headline, deck, byline and time, captions with their credits, body; tags, datelines and sign-offs in their places."""
    scraped, printed = sides(case)
    [record] = clean_text(scraped)
    assert record.to_text() == printed


@pytest.mark.parametrize(("_", "case"), PRINTED)
def test_what_is_printed_says_the_same_when_it_is_cleaned(_, case):
    """Copy that we printed is one record with the same fields, and nothing more goes."""
    scraped, printed = sides(case)
    [first] = clean_text(scraped)
    [again] = clean_text(printed)
    for field in ("headline", "deck", "byline", "published", "text", "language"):
        assert getattr(again, field) == getattr(first, field), field
    assert [(caption.text, caption.credit) for caption in again.captions] == [(caption.text, caption.credit) for caption in first.captions]
    assert (again.dateline and again.dateline.raw) == (first.dateline and first.dateline.raw)
    assert [tag.text for tag in again.agency_tags] == [tag.text for tag in first.agency_tags]
    assert not [edit for edit in again.edits if edit.status is Status.APPLIED and edit.op in (Op.REMOVE, Op.DROP)]


def test_a_sign_off_stays_one():
    """The tag that closed the last paragraph still is a sign-off when the printed copy is cleaned."""
    [record] = clean_text("Fähre fällt aus\n\nDie Fähre fällt am Freitag aus, teilte der Hafen mit, und am Samstag wohl auch. (dpa)")
    [again] = clean_text(record.to_text())
    assert [(tag.text, tag.where) for tag in again.agency_tags] == [("dpa", "sign-off")]


def test_a_part_that_is_missing_leaves_no_gap():
    """A record without headline, captions or body prints what it has, and no empty paragraphs."""
    [record] = clean_text(HARBOUR)
    assert replace(record, headline=None, captions=()).to_text() == record.text
    assert replace(record, captions=(), text="").to_text() == "Harbour reopens after the storm"
    assert replace(record, headline=None, captions=(), text="").to_text() == ""


def test_a_caption_may_be_all_credit():
    """A picture of which only the maker is known prints as a credit alone."""
    [record] = clean_text(HARBOUR)
    alone = replace(record, captions=(replace(record.captions[0], text=""),))
    assert alone.to_text().split("\n\n")[1] == "Credit: Port media"


def test_a_short_headline_keeps_its_place():
    """A quote of eight characters is the headline of the copy, and of the same copy printed."""
    [record] = clean_text(QUOTE)
    [again] = clean_text(record.to_text())
    assert record.headline == again.headline == "「もう走りません」"


def test_a_labelled_caption_is_no_headline():
    """Copy that opens with a caption has no headline when it is cleaned, nor when it was printed."""
    [record] = clean_text(QUEUE)
    assert (record.headline, len(record.captions)) == (None, 1)
