"""The facts: what the files hold, and how they are looked up."""

from __future__ import annotations

import time
import tomllib

import pytest

from cleaner.errors import OptionsError
from cleaner.facts import HERE, Facts, folded

FACTS = Facts.load()


@pytest.mark.parametrize(
    ("line", "language", "kind"),
    [
        ("Share", "en", "share"),
        ("  SHARE THIS ARTICLE ›", "en", "share"),
        ("Teilen", "de", "share"),
        ("Facebook", "sv", "nav"),
        ("Lesedauer: 4 Minuten", "de", "reading_time"),
        ("Annons", "sv", "ad"),
        ("2 / 8", "fr", "nav"),
        ("TT", "en", "text_size"),
        ("Share this article", None, "share"),
        ("小 中 大", "ja", "text_size"),
    ],
)
def test_a_listed_line_is_furniture(line, language, kind):
    """Case, width, white space and marks at the edges do not count."""
    found = FACTS.furniture(line, language)
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Share prices fall in London", "en"),
        ("Del", "es"),
        ("Del", None),
        ("Stampa", None),
        ("Teilen", "en"),
        ("Print is not dead, says the harbour's last bookseller", "en"),
        ("Theo wins again", "vi"),
        ("dpa", "de"),
        ("ТАСС", "ru"),
        ("Agencias", "es"),
        ("Foto: Anna Holm/TT", "sv"),
        ("Quelle: dpa", "de"),
        ("1987 was a good year", "en"),
        ("", "en"),
        ("Ferries " * 40, "en"),
    ],
)
def test_what_is_not_listed_is_no_furniture(line, language):
    """Words of other languages, sentences that open like a label, tags and credits stay."""
    assert FACTS.furniture(line, language) is None


def test_letters_of_two_agencies_are_told_apart():
    """The language decides, and in a dateline the place."""
    found = [FACTS.agency("ANP", "nl"), FACTS.agency("ANP", "fr"), FACTS.seated("ACN", "barcelona")]
    assert [agency and agency.code for agency in found] == ["ANP", "ANP-NE", "ACN"]
    assert FACTS.seated("AFP", "paris") is None


@pytest.mark.parametrize("form", ["AFP", "Reuter", "REUTERS", "Agerpres", "associated press", "أ.ف.ب", "ا ف ب", "ＡＰ", "dpa", "연합뉴스"])
def test_an_agency_is_known_as_printed(form):
    """Capitals, dots and full width are printings of the same form."""
    assert FACTS.agency(form, None) is not None


@pytest.mark.parametrize("form", ["aa", "tt", "ap", "pa", "Aa", "beta", "antara", "lusa", "Who", "und", "MENA region", "TTO"])
def test_case_and_word_boundaries_count(form):
    """Small letters are words, except for the houses that print themselves so."""
    assert FACTS.agency(form, None) is None


def test_own_facts_add_and_override(tmp_path):
    """A user's file adds agencies and lines, and changes what is there."""
    own = tmp_path / "own.toml"
    own.write_text(
        '[[agency]]\ncode = "HPA"\nname = "Harbour Press"\nlanguages = ["en"]\nforms = ["HPA"]\n'
        '[en.nav]\nexact = ["Harbour home", "Share"]\nregex = ["Berth \\\\d+"]\n',
        encoding="utf-8",
    )
    facts = Facts.load(own)
    names = facts.agencies("HPA/AFP", "en") or []
    assert [agency and agency.code for _, agency in names] == ["HPA", "AFP"]
    found = [facts.furniture(line, "en") for line in ("Harbour home", "Share", "Berth 12")] + [facts.furniture("Teilen", "de")]
    assert [entry and entry.kind for entry in found] == ["nav", "nav", "nav", "share"]
    assert FACTS.furniture("Harbour home", "en") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not toml", "cannot be read as TOML"),
        ('[[agency]]\ncode = "X"\n', "needs a code and a list of forms"),
        ('[en.nav]\nregex = ["("]\n', "does not compile"),
        ('[en.nav]\nregex = ["(a)"]\n', "capturing group"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path, text, said):
    """The letter names the file and what to try."""
    own = tmp_path / "own.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(OptionsError, match=said) as caught:
        Facts.load(own)
    assert str(own) in str(caught.value)


def test_a_file_that_is_not_there_is_told_as_such(tmp_path):
    """The letter is that of every missing file of the options, and speaks of no TOML."""
    with pytest.raises(OptionsError) as caught:
        Facts.load(tmp_path / "none.toml")
    assert str(caught.value) == f"facts: {tmp_path / 'none.toml'} cannot be read (no such file or directory). Check the path."


def test_the_files_are_what_they_say():
    """Every entry has its kind; no form of an agency is listed as furniture except the text-size controls; notes belong to entries."""
    furniture = tomllib.loads((HERE / "furniture.toml").read_text(encoding="utf-8"))
    for language, kinds in furniture.items():
        for kind, table in kinds.items():
            if kind == "name":
                continue
            listed = {text for match in ("exact", "prefix", "regex") for text in table.get(match, ())}
            assert set(table.get("notes", {})) <= listed, (language, kind)
            if kind != "text_size":
                tags = [text for text in table.get("exact", ()) if (agency := FACTS.agency(text, language)) and agency.ambiguity != "high"]
                assert not tags, (language, kind)
    agencies = tomllib.loads((HERE / "agencies.toml").read_text(encoding="utf-8"))["agency"]
    assert len({entry["code"] for entry in agencies}) == len(agencies)
    assert {entry["kind"] for entry in agencies} == {"text", "photo", "both", "pr"}


def test_looking_up_a_line_is_cheap():
    """A line that is none costs microseconds; the bound is wide, for slow machines."""
    paragraph = "The harbour reopened on Friday after three days of storm, the port said in a statement. " * 3
    FACTS.furniture(paragraph, "en")
    began = time.process_time()
    for _ in range(1000):
        FACTS.furniture(paragraph, "en")
        FACTS.furniture("The harbour reopened on Friday", "en")
    assert time.process_time() - began < 0.1


def test_folding_is_what_the_file_says():
    """NFKC, format characters, white space, case, and marks at the edges."""
    assert folded("  Ｓhare\u200b   THIS… ") == "share this"
