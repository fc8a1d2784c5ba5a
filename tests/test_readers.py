"""Files to documents: encodings, rows, and what cannot be read."""

from __future__ import annotations

import codecs
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import OptionsError, UnreadableFile
from cleaner.model import Document, Role
from cleaner.options import Options
from cleaner.readers import Source, jsonl, txt
from cleaner.records import UnreadableRow

SWEDISH = "Hamnen öppnade igen på fredagen efter tre dygn av storm. Färjorna går som vanligt, säger hamnchefen Åsa Öberg till radion."


def text_of(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    (document,) = txt.read(Source("a.txt", data=data), encoding)
    return document.text, document.encoding


def row(line: object) -> Document | UnreadableRow:
    data = line if isinstance(line, bytes) else json.dumps(line).encode()
    (found,) = jsonl.read(Source("a.jsonl", data=data), None)
    return found


def document(**fields: object) -> Document:
    found = row(fields)
    assert isinstance(found, Document), found
    return found


def reason(line: object) -> str:
    found = row(line)
    assert isinstance(found, UnreadableRow), found
    return found.reason


# -- text --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(encoding):
    """UTF-8 with and without its mark, UTF-16 and UTF-32 with theirs; the mark is no part of the text."""
    assert text_of(SWEDISH.encode(encoding)) == (SWEDISH, encoding)


def test_big_endian_has_a_mark_too():
    """The mark says which byte comes first."""
    assert text_of(codecs.BOM_UTF16_BE + SWEDISH.encode("utf-16-be"))[0] == SWEDISH


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("windows-1252", SWEDISH),
        ("windows-1251", "Порт снова открылся в пятницу после трёх дней шторма, сообщила администрация порта. Паромы ходят по расписанию."),
        ("shift_jis", "港は三日間の嵐のあと、金曜日に再開した。フェリーは通常どおり運航していると港湾当局は発表した。"),
        ("gb18030", "经过三天的风暴，港口于周五重新开放。港务局表示，渡轮正常运行，旅客可以照常购票。"),
    ],
)
def test_other_encodings_are_found(encoding, text):
    """Copy long enough to tell is read in what it was written in."""
    assert text_of(text.encode(encoding))[0] == text


def test_what_is_not_sure_is_not_read():
    """A few bytes that could be anything are a letter, not mojibake."""
    with pytest.raises(UnreadableFile, match=r"byte 0x81 at 0.*Name it with --encoding, such as big5"):
        text_of(b"\x81\x8d\x8f")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("big5", "颱風過後港口"), ("big5", "颱風過後港口重新開放"), ("gb18030", "台风过后港口"), ("windows-1256", "أعيد ف"),
        ("windows-1252", "Räntan höjs"), ("windows-1252", "Hamnen öppna"), ("windows-1252", '“Yes” – café'),
    ],
)
def test_the_advice_fits_the_bytes(encoding, text):
    """Where most letters lie above ASCII no Western encoding is advised, and what is advised reads the file as it was written."""
    with pytest.raises(UnreadableFile) as error:
        text_of(text.encode(encoding))
    advised = str(error.value).split("Try --encoding ")[1].split(",")[0]
    assert text_of(text.encode(encoding), advised)[0] == text


def test_a_given_encoding_holds():
    """The option is taken at its word, and a file that is not in it is a letter."""
    assert text_of("Räntan".encode("mac_roman"), "mac_roman")[0] == "Räntan"
    with pytest.raises(UnreadableFile, match="not ascii"):
        text_of("Räntan".encode(), "ascii")


@pytest.mark.parametrize("name", ["klingon", "rot13", "hex"])
def test_an_unknown_encoding_is_an_option_error(name):
    """What Python cannot read text with is refused before anything is read."""
    with pytest.raises(OptionsError, match="no text encoding"):
        Options(encoding=name)


@pytest.mark.parametrize("data", [b"Harbour\0reopens", "Harbour".encode("utf-16-le"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff"])
def test_bytes_that_are_no_text_are_a_letter(data):
    """NULs mean that it is no text, or UTF-16 without a mark."""
    with pytest.raises(UnreadableFile, match="NUL"):
        text_of(data)


def test_a_mark_that_lies_is_a_letter():
    """A UTF-8 mark before bytes that are not UTF-8."""
    with pytest.raises(UnreadableFile, match="byte order mark of utf-8-sig"):
        text_of(codecs.BOM_UTF8 + b"R\xe4ntan")


def test_half_a_surrogate_pair_is_a_letter():
    """Codecs that let lone surrogates through do not bring them into a record."""
    with pytest.raises(UnreadableFile, match="surrogate"):
        text_of(b"\\ud800", "unicode_escape")


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_a_letter(data):
    """Nothing, white space, or a mark alone."""
    with pytest.raises(UnreadableFile, match="empty"):
        text_of(data)


def test_line_ends_stay():
    """Spans speak of the text as it is, so no line end is changed."""
    assert text_of(b"A\r\nB\rC\n")[0] == "A\r\nB\rC\n"


# -- rows --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "H", "text": "B"},
        {"title": "H", "maintext": "B", "source_domain": "example.org"},  # news-please
        {"article_title": "H", "article_text": "B"},
        {"headline": "H", "articleBody": "B"},  # schema.org
        {"title": "H", "plaintext": "B", "body": {"summary": [], "sections": []}},  # fundus
        {"title": "H", "text": "B", "raw_text": "H B"},  # trafilatura
        {"name": "H", "page_content": "B"},
        {"title": "H", "content": "B"},
    ],
)
def test_scrapers_field_names(fields):
    """What the common scrapers call a headline and a body."""
    made = document(**fields)
    assert made.text == "H\n\nB"
    assert [mark.role for mark in made.marks] == [Role.HEADLINE, Role.BODY]


def test_parts_come_in_one_order_with_marks():
    """Headline, deck, captions, text, joined by a blank line, whatever the order of the fields; each mark is the part's words."""
    made = document(text=" Body ", captions=["One", {"text": "Two", "credit": "TT"}], deck="Deck", headline="Head")
    assert made.text == "Head\n\nDeck\n\nOne\n\nTwo (TT)\n\n Body "
    assert [(mark.role, made.text[mark.start : mark.end]) for mark in made.marks] == [
        (Role.HEADLINE, "Head"),
        (Role.DECK, "Deck"),
        (Role.CAPTION, "One"),
        (Role.CAPTION, "Two (TT)"),
        (Role.BODY, "Body"),
    ]


def test_metadata_has_one_name_each():
    """Url, language, time and byline are understood by any of their names; all else goes along untouched."""
    made = document(text="B", source_url="https://example.org/a", lang="sv", date_publish="2024-05-01 10:00", authors=["Kim Ek", "Li Ny"], views=3, tags=["a"])
    assert made.metadata == {
        "url": "https://example.org/a",
        "language": "sv",
        "published": "2024-05-01 10:00",
        "byline": "Kim Ek, Li Ny",
        "views": 3,
        "tags": ["a"],
    }


def test_metadata_of_another_kind_is_carried_not_used():
    """A language that is no string is nobody's language, and is not lost."""
    made = document(text="B", language=["sv", {"x": 1}], url=None)
    assert "language" not in made.metadata
    assert made.metadata["language_given"] == ["sv", {"x": 1}]


def test_a_description_is_a_deck_when_it_looks_like_one():
    """Short and not the text's own words: a deck."""
    assert document(title="H", description="What happened in short.", text="B").marks[1].role is Role.DECK


NO_DECKS = ["The harbour reopened on Friday", "The harbour reopened ...", "Harbour reopens", "x" * 400, "One.\n\nTwo.", " ", None, 5]


@pytest.mark.parametrize("description", NO_DECKS)
def test_a_description_that_is_no_deck_is_metadata(description):
    """The text's beginning, the headline again, a whole summary: it says nothing new and stays out of the text."""
    made = document(title="Harbour reopens", description=description, text="The harbour  reopened on Friday, the port said.")
    assert [mark.role for mark in made.marks] == [Role.HEADLINE, Role.BODY]
    assert "description" in made.metadata


def test_addresses_of_images_are_no_captions():
    """A list of strings called images holds addresses; objects in it hold captions."""
    assert len(document(text="B", images=["https://example.org/a.jpg"]).marks) == 1
    made = document(text="B", images=[{"url": "a.jpg", "caption": "Ferries leave."}, {"url": "b.jpg", "caption": None}])
    assert made.text == "Ferries leave.\n\nB"
    assert "images" in made.metadata


def test_rows_count_as_lines_do():
    """A blank line has no document, and the next one still has its own number."""
    found = list(jsonl.read(Source("a.jsonl", data=b'{"text": "A"}\n\n{"text": "B"}\n'), None))
    assert [one.item for one in found] == [0, 2]


def test_a_faulty_row_stops_nothing():
    """Each fault is a row in unreadable with its number; the rows around it are documents."""
    data = b'{"text": "A"}\n{"text": "B\n[1]\n{"text": 5}\n{"views": 1}\n{"text": "\xff"}\n{"text": "C"}'
    found = list(jsonl.read(Source("a.jsonl", data=data), None))
    assert [type(one) for one in found] == [Document, *[UnreadableRow] * 5, Document]
    assert [one.item for one in found] == list(range(7))


@pytest.mark.parametrize(
    ("line", "letter"),
    [
        (b'{"text": "cut', "not JSON"),
        (b'["text"]', "an array, and a row is an object"),
        (b"null", "null, and a row is an object"),
        ({"text": 5}, "the field text is a number, not a string"),
        ({"text": ["a", "b"]}, "the field text is an array, not a string"),
        ({"title": {"a": 1}, "text": "B"}, "the field title is an object"),
        ({"views": 1}, "no text: none of the fields"),
        ({"text": " "}, "no text"),
        ({"text": "a\0b"}, "NUL"),
        (b'{"text": "a \\ud800 b"}', "not JSON"),
        (b'{"text": "a", "b": NaN}', "not JSON"),
        (b'{"text": "\xe4"}', "not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_wrong_with_a_row_is_said(line, letter):
    """Where, what, what to try. Half a surrogate pair is no character and so no JSON text."""
    assert letter in reason(line)


NAMES = st.sampled_from([*jsonl.HEADLINES, *jsonl.DECKS, *jsonl.DECK_LIKE, *jsonl.TEXTS, *jsonl.CAPTIONS, *jsonl.URLS, *jsonl.BYLINES, *jsonl.PUBLISHED, "x"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.sampled_from(["Harbour reopens", "It reopened.", "\n "]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "caption", "credit", "x"]), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(NAMES, VALUES, max_size=6) | VALUES)
def test_any_row_is_a_document_or_unreadable(value):
    """Whatever JSON a row holds: marks lie in the text in order, none is empty, and no text field is lost."""
    found = list(jsonl.read(Source("a.jsonl", data=json.dumps(value).encode()), None))
    assert len(found) == 1
    if isinstance(found[0], Document):
        last = 0
        for mark in found[0].marks:
            assert last <= mark.start < mark.end <= len(found[0].text)
            assert not found[0].text[last : mark.start].strip()
            last = mark.end
        assert not found[0].text[last:].strip()
        given = {name: each for name, each in value.items() if isinstance(each, str) and each.strip()}
        kept = json.dumps([found[0].text, *map(str, found[0].metadata.values())], ensure_ascii=False)
        assert all(json.dumps(each, ensure_ascii=False)[1:-1] in kept for each in given.values())


def test_jsonl_with_a_mark():
    """A UTF-8 mark is skipped, UTF-16 is a letter."""
    assert isinstance(row(b'\xef\xbb\xbf{"text": "A"}'), Document)
    with pytest.raises(UnreadableFile, match="UTF-16"):
        row('{"text": "A"}'.encode("utf-16"))
    with pytest.raises(UnreadableFile, match="empty"):
        row(b"\n \n")
