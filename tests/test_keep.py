"""The keep list: what it names stays, whatever a rule says, and the tables tell why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner import Cleaner, Options, clean_folder
from cleaner.detectors import rules
from cleaner.errors import OptionsError
from cleaner.keep import Keep, KeepList
from cleaner.model import Document, Op, Status
from cleaner.records import check_ledger
from cleaner.restore import restore
from cleaner.run import check_folder
from cleaner.text import fingerprint
from tests.test_cli import run

COPY = """Harbour reopens after three days of storm

Ferries leave the harbour on Friday. (Port media)
Ferries leave the harbour on Friday. (Port media)

Harbour reopens after three days of storm

The harbour reopened on Friday after three days, the port said in a statement.

Advertisement

The first ferry was full, and the second one left an hour late. (Reuters)

Share this article
"""


def clean(entries: str, tmp_path: Path, copy: str = COPY):
    """The only record of some copy, cleaned with a keep list of these entries."""
    (tmp_path / "keep.toml").write_text(entries)
    cleaned = Cleaner(Options(keep=str(tmp_path / "keep.toml"))).clean(Document("a.txt", copy))
    check_ledger(cleaned)
    (record,) = cleaned.records
    return record


def kept(record):
    return [(edit.rule, COPY[edit.start : edit.end]) for edit in record.edits if edit.status is Status.KEPT_BY_LIST]


@pytest.mark.parametrize(
    "entry",
    [
        'text = "Advertisement"',
        'text = "  Advertisement "',
        f'fingerprint = "{fingerprint("Advertisement")}"',
        "pattern = 'Advert.*'",
        'text = "Advertisement"\nrule = "furniture"',
    ],
)
def test_what_is_listed_stays(entry, tmp_path):
    """By its words, its fingerprint or a pattern: the edit is written down with its entry and never takes effect."""
    record = clean(f'[[keep]]\n{entry}\nwhy = "the name of a column"', tmp_path)
    assert kept(record) == [("furniture", "Advertisement")]
    assert record.text.split("\n\n")[1] == "Advertisement"
    (edit,) = [edit for edit in record.edits if edit.status is Status.KEPT_BY_LIST]
    assert edit.reason.startswith("furniture: en.ad 'Advertisement'; kept, since the keep list has ")
    assert edit.reason.endswith("(the name of a column)")


@pytest.mark.parametrize(
    "entry",
    [
        'text = "Advert"',
        'text = "ADVERTISEMENT"',
        "pattern = 'Advert'",
        "pattern = 'dvertisement'",
        'text = "Advertisement"\nrule = "timestamp"',
        f'fingerprint = "{fingerprint("Advertisements")}"',
    ],
)
def test_what_is_not_listed_goes(entry, tmp_path):
    """An entry is for the whole text, letter for letter, and for its own rule only."""
    record = clean(f"[[keep]]\n{entry}", tmp_path)
    assert kept(record) == []
    assert "Advertisement" not in record.text
    assert record == clean("", tmp_path)


def test_a_line_as_printed_stays_whole(tmp_path):
    """The words of a caption's copy and its credit are two edits on one line: the line that the list names keeps both."""
    record = clean('[[keep]]\ntext = "Ferries leave the harbour on Friday. (Port media)"', tmp_path)
    assert {rule for rule, _ in kept(record)} == {"doubled-caption", "picture-credit"}
    assert record.captions[0].text == "Ferries leave the harbour on Friday. (Port media)"
    assert record.captions[0].credit is None
    assert record.text.startswith("Ferries leave the harbour on Friday. (Port media)\n\nThe harbour reopened")
    assert "Harbour reopens" not in record.text


def test_the_words_of_an_edit_stay(tmp_path):
    """An entry may name a part of a line that a rule would take, such as the tag behind a paragraph."""
    record = clean('[[keep]]\ntext = "(Reuters)"', tmp_path)
    assert kept(record) == [("agency-tag", "(Reuters)")]
    assert record.text.endswith("left an hour late. (Reuters)")
    assert record.agency_tags == ()


def test_characters_are_mended_all_the_same(tmp_path):
    """A replace takes no words away, so it is nothing to be kept from."""
    copy = COPY.replace("The first ferry", "The first &amp; only ferry")
    assert "first & only" in clean("[[keep]]\npattern = '(?s).*'", tmp_path, copy).text


@pytest.mark.parametrize("rule", rules())
def test_every_rule_can_be_kept_from_its_work(rule, tmp_path):
    """With everything kept from one rule the ledger balances, and nothing that the rule would take has gone."""
    detector = rules()[rule]
    (tmp_path / "profile.json").write_text(detector.profile)
    (tmp_path / "keep.toml").write_text(f"[[keep]]\npattern = '(?s).*'\nrule = '{rule}'")
    options = Options(keep=str(tmp_path / "keep.toml"), profile=str(tmp_path / "profile.json") if detector.profile else None)
    cleaned = Cleaner(options).clean(Document("", detector.before))
    check_ledger(cleaned)
    mine = [edit for record in cleaned.records for edit in record.edits if edit.rule == rule]
    assert {edit.status for edit in mine if edit.op is not Op.REPLACE} <= {Status.KEPT_BY_LIST, Status.DECLINED}
    assert len(cleaned.keeps) == sum(edit.status is Status.KEPT_BY_LIST for edit in mine)


def test_copies_still_have_a_copy_that_stays(tmp_path):
    """Of three copies the list keeps one: the others go, and what stands for them is kept."""
    line = "Ferries leave the harbour on Friday. (Port media)\n"
    copy = COPY.replace(line + line, line + line.replace(" (Port media)", "") + line)
    record = clean(f'[[keep]]\nfingerprint = "{fingerprint("Harbour reopens after three days of storm")}"', tmp_path, copy)
    assert record.headline == "Harbour reopens after three days of storm"
    assert record.headline in record.text.split("\n\n")
    removed = [edit for edit in record.edits if edit.op is Op.REMOVE and edit.status is Status.APPLIED]
    assert len(removed) == 2
    assert all(edit.kept is not None for edit in removed)


# -- the file ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "letter"),
    [
        ("[[keep]]\n", "entry 1: it says no text. Give exactly one of fingerprint, text, pattern."),
        ('[[keep]]\ntext = "a"\npattern = "b"', "it says text and pattern"),
        ('[[keep]]\ntext = "a"\n[[keep]]\ntxet = "b"', "entry 2: there is no field 'txet'. Did you mean 'text'?"),
        ('[[keep]]\ntext = " "', "its text is empty"),
        ("[[keep]]\ntext = 5", "entry 1: text: expected a text, got a whole number"),
        ('[[keep]]\nfingerprint = "1234"', "'1234' is no fingerprint"),
        ("[[keep]]\npattern = '('", "does not compile"),
        ('[[keep]]\ntext = "a"\nrule = "datline"', "there is no rule 'datline'. Did you mean 'dateline'?"),
        ('[keep]\ntext = "a"', "'keep' is no list of entries. Begin each entry with a line [[keep]]."),
        ('[[keeep]]\ntext = "a"', "'keeep' is no list of entries"),
        ('keep = ["a"]', "entry 1: expected a table"),
        ("[[keep]", "cannot be read as TOML"),
    ],
)
def test_a_list_that_cannot_be_used_is_a_letter(content, letter, tmp_path):
    """Where, what, what to try."""
    (tmp_path / "cleaner-keep.toml").write_text(content)
    with pytest.raises(OptionsError) as error:
        KeepList.load(tmp_path / "cleaner-keep.toml")
    assert str(error.value).startswith("cleaner-keep.toml")
    assert letter in str(error.value)


def test_a_list_of_nothing_keeps_nothing(tmp_path):
    """An empty file is a list; one that is no text is a letter."""
    path = tmp_path / "keep.toml"
    path.write_text("# nothing yet\n")
    assert KeepList.load(path).entries == ()
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(OptionsError, match="cannot be read as TOML"):
        KeepList.load(path)


def test_an_entry_has_a_name():
    """Reasons, the summary and run.json call it by what it says."""
    assert Keep(pattern="Round .*", rule="furniture").name == "pattern 'Round .*' for furniture"


# -- a run -------------------------------------------------------------------------------------------------------------

LIST = """[[keep]]
text = "Advertisement"

[[keep]]
text = "Nobody prints this"

[[keep]]
pattern = "Share .*"
"""


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.txt").write_text(COPY.replace("Friday", f"day {number}"))
    (tmp_path / "cleaner-keep.toml").write_text(LIST)
    return folder


def test_any_number_of_workers_counts_the_same(raw, tmp_path):
    """Tables and run.json have the same bytes; each entry is counted, with 0 where it found nothing."""
    options = Options(keep=str(tmp_path / "cleaner-keep.toml"))
    clean_folder(raw, tmp_path / "one", options)
    clean_folder(raw, tmp_path / "three", options, jobs=3)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "three" / path.name).read_bytes()
    counts = json.loads((tmp_path / "one" / "run.json").read_text())["counts"]
    assert counts["keep"] == {"text 'Advertisement'": 40, "text 'Nobody prints this'": 0, "pattern 'Share .*'": 40}
    assert counts["edits"]["furniture"] == {"kept-by-list": 80}
    restore(tmp_path / "one", tmp_path / "back")
    assert all((tmp_path / "back" / path.name).read_text() == path.read_text() for path in raw.iterdir())


def test_the_command_finds_the_list_and_names_what_it_did_not_need(raw, tmp_path):
    """`cleaner-keep.toml` in the working folder; the summary names the entry that kept nothing, and only that."""
    done = run("clean", "raw", "clean", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "1 entry of the keep list found nothing to keep:\n  text 'Nobody prints this'\n" in done.stderr
    assert done.stderr.count("Share .*") == 0
    assert str(tmp_path) not in (tmp_path / "clean" / "run.json").read_text()
    assert run("clean", "raw", "clean", "--check", "-j", "2", cwd=tmp_path).returncode == 0


def test_another_list_is_another_run(raw, tmp_path):
    """`--keep FILE` stands above the list that lies there, and --check sees that the options differ."""
    run("clean", "raw", "clean", cwd=tmp_path)
    (tmp_path / "none.toml").write_text("")
    done = run("clean", "raw", "clean", "--check", "--keep", "none.toml", cwd=tmp_path)
    assert done.returncode == 1
    run("clean", "raw", "clean", "--keep", "none.toml", cwd=tmp_path)
    counts = json.loads((tmp_path / "clean" / "run.json").read_text())["counts"]
    assert counts["keep"] == {}
    assert counts["edits"]["furniture"] == {"drop": 80}
    with check_folder(raw, tmp_path / "clean", Options(keep=str(tmp_path / "none.toml"))) as summary:
        assert summary.differences == []


def test_standard_input_is_kept_from_it_too(tmp_path):
    """`clean -` obeys the same list."""
    (tmp_path / "cleaner-keep.toml").write_text(LIST)
    done = run("clean", "-", stdin=COPY, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Advertisement" in json.loads(done.stdout)["text"]
    (tmp_path / "cleaner-keep.toml").write_text("[[keep]]\n")
    done = run("clean", "-", stdin=COPY, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("cleaner-keep.toml, entry 1: it says no text.")
