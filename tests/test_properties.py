"""What holds for every text: the promises of the house, as properties.

``CLEANER_EXAMPLES=3000 pytest tests/test_properties.py`` looks longer than the tests of every day do.
"""

from __future__ import annotations

import os
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner import Cleaner, clean_folder
from cleaner.model import Document, Op, Status
from cleaner.readers import Source, readers
from cleaner.records import check_ledger, rows
from cleaner.restore import rebuild
from cleaner.text import words
from tests.newsroom import LABELLED, SCRAPPY, documents, tidy_articles

RAW = Path(__file__).resolve().parent.parent / "raw"
ANY = documents() | SCRAPPY | LABELLED
EXAMPLES = int(os.environ.get("CLEANER_EXAMPLES", "100"))
HOUSE = settings(deadline=None, derandomize=True, database=None, max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
FEW = settings(HOUSE, max_examples=3)


@cache
def cleaner():
    return Cleaner()


def clean(text, path="gazette/a.txt"):
    return cleaner().clean(Document(path, text))


def read_folder(folder):
    """Every document below a folder that a reader knows and can read."""
    for path in sorted(path for path in folder.rglob("*") if path.suffix in readers()):
        found = readers()[path.suffix].read(Source(path.relative_to(folder).as_posix(), str(path)), None)
        yield from (document for document in found if isinstance(document, Document))


def applied(cleaned, *ops):
    return [edit for record in cleaned.records for edit in record.edits if edit.status is Status.APPLIED and (not ops or edit.op in ops)]


def places(spans):
    return {place for start, end in spans for place in range(start, end)}


@HOUSE
@given(ANY)
def test_the_ledger_balances(text):
    """Every character that is not white space is in exactly one kept segment or exactly one applied edit."""
    check_ledger(clean(text))


@HOUSE
@given(ANY)
def test_every_text_is_rebuilt(text):
    """The rows that are written give the text that was read, exactly."""
    made = rows(clean(text))
    assert rebuild(made.document, made.articles, made.edits) == text


@HOUSE
@given(ANY)
def test_what_stands_for_a_copy_is_kept(text):
    """Each character of the span that stands for a removed one is in a segment, or moved into a field."""
    cleaned = clean(text)
    kept = places((segment.start, segment.end) for segment in cleaned.segments) | places(edit.span for edit in applied(cleaned, Op.MOVE, Op.REPLACE))
    for edit in applied(cleaned, Op.REMOVE):
        assert edit.kept is not None
        assert {place for place in range(*edit.kept) if not text[place].isspace()} <= kept
        assert not set(range(*edit.kept)) & set(range(*edit.span))


@HOUSE
@given(ANY)
def test_every_edit_says_why(text):
    """Each edit has a rule and a reason; a removal has a score, a threshold and what stays; a move has a field and a value."""
    for record in clean(text).records:
        for edit in record.edits:
            assert edit.rule
            assert edit.reason
            assert edit.op is not Op.REMOVE or edit.kept and edit.score is not None and edit.threshold is not None
            assert edit.op is not Op.MOVE or edit.field and edit.value
            assert edit.status is not Status.APPLIED or edit.score is None or edit.score >= (edit.threshold or 0)


@HOUSE
@given(documents())
def test_no_number_goes_with_a_copy(text):
    """What a removed caption counts, the one that stays counts too."""
    for edit in applied(clean(text), Op.REMOVE):
        if edit.rule == "doubled-caption":
            numbers = [{word for word in words(text[slice(*span)]) if word.isdigit()} for span in (edit.span, edit.kept)]
            assert numbers[0] <= numbers[1]


@HOUSE
@given(ANY, st.randoms(use_true_random=False))
def test_rules_have_no_order(text, rng):
    """Whichever rule looks first, the records are the same."""
    shuffled = Cleaner()
    rng.shuffle(shuffled.detectors)
    assert shuffled.clean(Document("gazette/a.txt", text)) == clean(text)


@HOUSE
@given(ANY)
def test_twice_the_same(text):
    """The same document gives the same twice; nothing that was cleaned between shows."""
    first = clean(text)
    clean("Another headline\n\nAnother headline\n\nAnother body that stands between the two, of some length and with TT in it.")
    assert clean(text) == first


@HOUSE
@given(ANY, st.lists(ANY, max_size=3))
def test_alone_or_in_a_batch(text, others):
    """A document has the same records whatever was cleaned before it."""
    batch = Cleaner()
    for other in others:
        batch.clean(Document("gazette/b.txt", other))
    assert batch.clean(Document("gazette/a.txt", text)) == Cleaner().clean(Document("gazette/a.txt", text))


@HOUSE
@given(SCRAPPY, st.integers(1, 3))
def test_any_text_is_cleaned(text, times):
    """Broken pairs, NULs, marks of direction, breaks of every kind: copy is data, and none of it raises."""
    check_ledger(clean(text * times))


KINDS = (
    "Night buses wait for October", "Who will ride home then?", "Share", "Advertisement", "TT", "12 March 2024, 10:30", "By Ida Holm", "* * *", "1",
    "The last bus of the evening waits at the square. (Supplied)", "STOCKHOLM (TT) - The council has put off its vote on night buses until October.",
    "– No.", "https://gazette.example/a/1",
)


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n\n\n"])
def test_every_short_text_is_cleaned(between):
    """Up to three lines of every kind, in every order: nothing raises, and the rows give the text again."""
    for number in (1, 2, 3):
        for lines in product(KINDS, repeat=number):
            made = rows(clean(between.join(lines)))
            assert rebuild(made.document, made.articles, made.edits) == between.join(lines)


PIECES = ["a", "TT ", "港", "(", "<b>", "&amp;", "\u202e", "\x00", "\ud800", "Foto: ", " - ", "2/8 ", "a. ", "/", "\u2028", "\r", "…", "AP/", "\u00ad"]


@pytest.mark.parametrize("piece", PIECES)
def test_a_line_of_a_hundred_thousand_characters_is_cleaned(piece):
    """Length alone breaks nothing, alone or between paragraphs."""
    long = piece * (100_000 // len(piece))
    check_ledger(clean(long))
    check_ledger(clean(f"Harbour reopens\n\n{long}\n\nThe harbour reopened on Friday, the port said.\n{long}"))


# --- folders ----------------------------------------------------------------------------------------------------------


def tables(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@FEW
@given(st.lists(documents(), min_size=6, max_size=10), st.randoms(use_true_random=False))
def test_workers_and_the_order_of_files_change_no_byte(texts, rng):
    """One worker or four, files made in one order or in another: the tables hold the same bytes."""
    with TemporaryDirectory() as name:
        one, other = Path(name, "one"), Path(name, "other")
        names = [f"gazette-{number % 3}/{number}.txt" for number in range(len(texts))]
        for raw, order in ((one, list(range(len(texts)))), (other, rng.sample(range(len(texts)), len(texts)))):
            for number in order:
                path = raw / names[number]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(texts[number], "utf-8", newline="")
        clean_folder(one, Path(name, "a"))
        clean_folder(other, Path(name, "b"))
        clean_folder(one, Path(name, "c"), jobs=4)
        assert tables(Path(name, "a")) == tables(Path(name, "b")) == tables(Path(name, "c"))


# --- copy -------------------------------------------------------------------------------------------------------------


def said(record):
    """What a record says, in whatever way its page said it: all but the evidence, which is gone with the page."""
    return {
        "headline": record.headline, "deck": record.deck, "byline": record.byline, "published": record.published, "text": record.text,
        "dateline": record.dateline and (record.dateline.raw, record.dateline.at),
        "captions": [(caption.text, caption.credit) for caption in record.captions],
        "tags": {(tag.text, tag.where) for tag in record.agency_tags if tag.where in ("line", "sign-off")},
    }


def check_stable(records):
    """Printed as copy and cleaned again, each record is one record that says the same, alone or one below the other, and nothing more goes."""
    printed = [(record.to_text(), said(record)) for record in records]
    assert not any(any(fields.values()) for text, fields in printed if not text)
    full = [(text, [fields]) for text, fields in printed if text]
    for text, fields in [*full, ("\n\n".join(text for text, _ in full), [one for _, ones in full for one in ones])]:
        again = clean(text)
        check_ledger(again)
        assert [said(record) for record in again.records] == fields
        assert applied(again, Op.REMOVE, Op.DROP) == []


def test_clean_is_stable_on_the_samples():
    """Every record of the samples is the same record when it is printed and cleaned again."""
    for document in read_folder(RAW):
        check_stable(cleaner().clean(document).records)


def test_clean_is_stable_on_real_copy(corpus):
    """So is every record of the corpus's real dumps."""
    for document in read_folder(corpus / "dev" / "raw"):
        check_stable(cleaner().clean(document).records)


@HOUSE
@given(documents())
def test_clean_is_stable(text):
    """The records of a page printed as copy are the same records when they are cleaned again."""
    check_stable(clean(text).records)


@HOUSE
@given(SCRAPPY | LABELLED)
def test_clean_is_stable_on_scraps(text):
    """The records of whatever text printed as copy are the same records, also of a text that passes for a printed one."""
    check_stable(clean(text).records)


@HOUSE
@given(tidy_articles())
def test_what_is_tidy_without_labels_loses_nothing(text):
    """A record of ordinary copy, set as papers set it and with no labels, is cleaned without a loss: there is nothing in it to find."""
    for record in clean(text).records:
        captions = [f"{caption.text} ({caption.credit})" if caption.credit else caption.text for caption in record.captions]
        opening = f"{record.dateline.raw} - " if record.dateline else ""
        [again] = clean("\n\n".join(filter(None, [record.headline, *captions, record.byline, record.published, opening + record.text]))).records
        assert again.headline == record.headline
        assert [edit for edit in again.edits if edit.status is Status.APPLIED and edit.op in (Op.REMOVE, Op.DROP)] == []
