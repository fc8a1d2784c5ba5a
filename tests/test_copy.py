"""A record printed as copy. The cases are texts in ``cases/copy``: copy as it was scraped, an arrow, the same as we print it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cleaner import Cleaner, Options, clean_text
from cleaner.model import Document, Op
from cleaner.records import check_ledger
from tests.marked_copy import CASES, parameters

PRINTED = parameters(CASES / "copy")
HARBOUR = """\
Harbour reopens after the storm

Ferries leave the harbour. (Port media)

The harbour reopened on Friday after three days of storm, the port said."""
QUEUE = """\
Caption: Cars wait at the ramp in the rain
Credit: Sund Press

The strike at the ferry company went into its second week on Monday, and the queue at the ramp has grown past the petrol station."""


def sides(case):
    scraped, printed = case.text.split("\n→\n")
    return scraped, printed.rstrip("\n")


@pytest.mark.parametrize(("_", "case"), PRINTED)
def test_a_record_is_printed_in_the_newsrooms_order(_, case):
    """Headline, deck, tags, byline and time, captions with their credits, text with its dateline, sign-offs, each behind its label."""
    scraped, printed = sides(case)
    [record] = clean_text(scraped)
    assert record.to_text() == printed


@pytest.mark.parametrize(("_", "case"), PRINTED)
def test_what_is_printed_says_the_same_when_it_is_cleaned(_, case):
    """Copy that we printed is one record with the same fields, and nothing more goes."""
    scraped, printed = sides(case)
    [first] = clean_text(scraped)
    [again] = clean_text(printed)
    for field in ("headline", "deck", "byline", "published", "dateline", "text", "language", "words"):
        assert getattr(again, field) == getattr(first, field), field
    assert [replace(caption, occurrences=1) for caption in again.captions] == [replace(caption, occurrences=1) for caption in first.captions]
    assert [(tag.text, tag.where, tag.code) for tag in again.agency_tags] == [(tag.text, tag.where, tag.code) for tag in first.agency_tags]
    assert {edit.op for edit in again.edits} == {Op.MOVE}
    assert again.to_text() == printed


def test_a_tag_that_nothing_settled_stays_so():
    """Printed as a tag, not as an agency's: "TT" among controls of a page is not known any better when they are gone."""
    [record] = clean_text("Spårvagnen rullar igen\n\nA+\nTT\n\nSpårvagnen rullar igen\n\nSpårvagnen rullar igen på måndag, meddelade kommunen.")
    [again] = clean_text(record.to_text())
    assert "\n\nTag: TT\n\n" in record.to_text()
    assert [(tag.text, tag.kind, tag.code, tag.evidence) for tag in again.agency_tags] == [("TT", "unknown", None, "labelled as a tag that nothing settled")]


def test_a_part_that_is_missing_leaves_no_gap():
    """A record without captions or text prints what it has, and no empty paragraphs; one that says nothing prints nothing."""
    [record] = clean_text(HARBOUR)
    assert replace(record, headline=None, captions=()).to_text() == f"Headline:\n\nText: {record.text}"
    assert replace(record, captions=(), text="").to_text() == "Headline: Harbour reopens after the storm"
    assert replace(record, headline=None, captions=(), text="").to_text() == ""


def test_a_caption_may_be_all_credit():
    """A picture of which only the maker is known prints its credit below an empty caption, and is that again."""
    [record] = clean_text(HARBOUR)
    alone = replace(record, captions=(replace(record.captions[0], text=""),))
    assert alone.to_text().split("\n\n")[1] == "Caption:\nCredit: Port media"
    [again] = clean_text(alone.to_text())
    assert again.captions == alone.captions


def test_what_stands_in_a_field_forges_no_label():
    """A break in a field that the input gave is a space in print, and a paragraph that opens as a label does has the text's in front."""
    [record] = clean_text(HARBOUR)
    forged = replace(record, byline="Ida Holm\n\nText: Buy now", text="Caption: none.\n\nHeadline: none.")
    [again] = clean_text(forged.to_text())
    assert (again.byline, again.text, len(again.captions)) == ("Ida Holm Text: Buy now", forged.text, 1)


def test_a_field_neither_begins_nor_ends_with_white_space():
    """Entities of spaces at the ends of a line are gone from its field, one between two words is the space between them."""
    [record] = clean_text("Lamp lighter retires&nbsp;\n\n&nbsp;The lamps of Holm&nbsp;&amp;&nbsp;Sons&NewLine;were lit by a clock, the town said.&emsp;")
    assert (record.headline, record.text) == ("Lamp lighter retires", "The lamps of Holm\u00a0&\u00a0Sons were lit by a clock, the town said.")


def test_records_printed_one_below_the_other_are_the_same_records():
    """A file of printed records holds as many articles, however short each is."""
    records = [clean_text(text)[0] for text in (HARBOUR, "Harbour closed until further notice", HARBOUR)]
    again = clean_text("\n\n".join(record.to_text() for record in records))
    assert [record.to_text() for record in again] == [record.to_text() for record in records]


def test_a_keep_list_may_hold_a_label(tmp_path):
    """What must stay stays in the copy, labels too."""
    (tmp_path / "keep.toml").write_text('[[keep]]\ntext = "Headline:"\n')
    cleaned = Cleaner(Options(keep=str(tmp_path / "keep.toml"))).clean(Document("a.txt", "Headline: Harbour reopens\n\nText: It reopened on Friday."))
    assert cleaned.records[0].headline == "Headline: Harbour reopens"
    check_ledger(cleaned)


def test_a_labelled_caption_is_no_headline():
    """Copy that opens with a caption and labels nothing else has no headline when it is cleaned, nor when it was printed."""
    [record] = clean_text(QUEUE)
    assert (record.headline, len(record.captions)) == (None, 1)
    [again] = clean_text(record.to_text())
    assert (again.headline, len(again.captions)) == (None, 1)
