"""Which rules and options are in force: `--select`, `--ignore`, the nearest options file, `--show-settings`."""

from __future__ import annotations

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cleaner import Cleaner, clean_folder
from cleaner.detectors import rules
from cleaner.errors import OptionsError
from cleaner.model import Document, Status
from cleaner.options import Gates, Options, load_options, load_settings, make_options
from cleaner.records import rows
from cleaner.restore import rebuild, restore
from tests.newsroom import SCRAPPY, documents
from tests.test_cli import run
from tests.test_properties import HOUSE

COPY = """https://harbour-post.example/news/1

Harbour reopens &amp; ferries leave

Ferries leave on Friday. (Port media)
Ferries leave on Friday. (Port media)
Ferries leave on Friday.
TT

Harbour reopens &amp; ferries leave

OSLO (Reuters) - The harbour reopened on Friday after three days, the port said in a statement.

Share this article
"""


def clean(copy, **options):
    return Cleaner(Options(**options)).clean(Document("a.txt", copy)).records[0]


def applied(record):
    return {edit.rule for edit in record.edits if edit.status is Status.APPLIED}


# -- select and ignore -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(applied(clean(COPY))))
def test_a_rule_alone_and_all_but_it(name):
    """A rule that is selected alone is the only one that edits; one that is ignored proposes nothing, and nothing else changes its mind."""
    everything = applied(clean(COPY))
    assert {edit.rule for edit in clean(COPY, select=(name,)).edits} <= {name}
    others = {edit.rule for edit in clean(COPY, ignore=(name,)).edits}
    assert name not in others
    assert others >= everything - {name} - {"doubled-caption"}


def test_no_rule_no_edit():
    """With nothing selected every word stays, the captions with their credits."""
    record = clean(COPY, select=())
    assert record.edits == ()
    assert record.removed_chars == 0
    assert [caption.text for caption in record.captions] == ["Ferries leave on Friday. (Port media)"]
    for line in filter(None, COPY.split("\n")):
        assert line in {record.headline, *(caption.text for caption in record.captions), *record.text.split("\n\n")}


def test_an_ignore_that_leaves_no_rule_is_a_letter():
    """Selected and ignored at once, or all ignored: nobody means that, and nothing would tell them that nothing was cleaned."""
    for options in (Options(select=("furniture",), ignore=("furniture",)), Options(ignore=tuple(rules()))):
        with pytest.raises(OptionsError, match="no rule is left in force"):
            Cleaner(options)


def test_a_credit_is_not_left_alone():
    """Without picture-credit a copy of a caption stays where its own credit would be left standing as a paragraph; a bare copy goes whole."""
    record = clean(COPY, ignore=("picture-credit",))
    assert "(Port media)" not in record.text.split("\n\n")
    assert "Ferries leave on Friday. (Port media)" in record.text
    (declined,) = [edit for edit in record.edits if edit.status is Status.DECLINED]
    assert "picture-credit is not in force" in declined.reason
    (gone,) = [edit for edit in record.edits if edit.rule == "doubled-caption" and edit.status is Status.APPLIED]
    assert COPY[gone.start : gone.end] == "Ferries leave on Friday."
    assert clean(COPY).captions[0].credit == "Port media"


@HOUSE
@given(documents() | SCRAPPY, st.sets(st.sampled_from(sorted(rules()))), st.booleans())
def test_any_rules_balance(text, names, select):
    """Whichever rules are in force: the ledger balances, the text is rebuilt, and no other rule has an edit."""
    assume(select or len(names) < len(rules()))
    cleaner = Cleaner(Options(select=tuple(names)) if select else Options(ignore=tuple(names)))
    made = rows(cleaner.clean(Document("a.txt", text)))
    assert rebuild(made.document, made.articles, made.edits) == text
    assert {edit.rule for edit in made.edits} <= (names if select else set(rules()) - names)


def test_ignore_wins_over_select():
    """What both name is not in force, whatever order they stand in."""
    assert [rule.name for rule in Cleaner(Options(select=("dateline", "furniture"), ignore=("furniture",))).detectors] == ["dateline"]


@pytest.mark.parametrize("option", ["select", "ignore"])
def test_a_rule_that_there_is_not_is_a_letter(option, tmp_path):
    """On the command line and in the file: the option, the name, what was perhaps meant; nothing is written."""
    with pytest.raises(OptionsError, match=f"{option}: there is no rule 'datline'. Did you mean 'dateline'"):
        Cleaner(make_options({option: ["datline"]}))
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(COPY)
    done = run("clean", "raw", "clean", f"--{option}", "address,datline", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{option}: there is no rule 'datline'. Did you mean 'dateline'?" in done.stderr
    assert run("clean", "raw", "clean", f"--{option}", "", cwd=tmp_path).returncode == 2
    assert not (tmp_path / "clean").exists()


def test_select_is_an_option_like_others(tmp_path):
    """It stands in run.json and in the options' hash, its order does not, and the command line wins over the file."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(COPY)
    (tmp_path / "cleaner.toml").write_text('select = ["address", "timestamp"]\n')
    done = run("clean", "raw", "clean", "--select", "furniture,dateline", "--select", "address", "--ignore", "address", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    written = json.loads((tmp_path / "clean" / "run.json").read_text())
    assert written["options"]["select"] == ["address", "dateline", "furniture"]
    assert written["options"]["ignore"] == ["address"]
    assert set(written["counts"]["edits"]) == {"dateline", "furniture"}
    assert written["options_sha256"] == Options(select=("dateline", "furniture", "address"), ignore=("address",)).sha256 != Options().sha256
    assert load_options(tmp_path).select == ("address", "timestamp")


def test_restore_is_exact_without_rules(tmp_path):
    """The text comes back from an output that no rule or one rule made."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(COPY)
    for number, select in enumerate(((), ("doubled-caption",), ("picture-credit",))):
        clean_folder(tmp_path / "raw", tmp_path / "clean", Options(select=select))
        restore(tmp_path / "clean", tmp_path / f"out{number}")
        assert (tmp_path / f"out{number}" / "a.txt").read_text() == COPY


# -- the nearest file --------------------------------------------------------------------------------------------------


def test_a_nearer_file_hides_a_further_one(tmp_path):
    """Nothing is merged: what the nearer file does not say is the default, and cleaner.toml stands before pyproject.toml."""
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "cleaner.toml").write_text('language = "sv"\n[rules.dateline]\nwithin = 3\n')
    (inner / "pyproject.toml").write_text('[tool.cleaner]\nformat = "parquet"\n')
    assert load_options(inner) == Options(format="parquet")
    (inner / "cleaner.toml").write_text("")
    assert load_options(inner) == Options()
    (inner / "cleaner.toml").unlink()
    (inner / "pyproject.toml").write_text("[tool.other]\nx = 1\n")
    assert load_options(inner).language == "sv"


@pytest.mark.parametrize(
    ("file", "letter"),
    [
        ("[rules.datline]\nwithin = 3", "there is no rule 'datline'. Did you mean 'dateline'?"),
        ("[rules.dateline]\nwithn = 3", "rules.dateline: there is no option 'withn'. Did you mean 'within'?"),
        ('[rules.dateline]\nwithin = "3"', "rules.dateline.within: expected a whole number"),
        ("rules = 3", "cleaner.toml: rules: expected a table"),
        ("[rules]\ndateline = 3", "cleaner.toml: rules: expected a table"),
        ('select = "dateline"', "cleaner.toml: select: expected a list"),
        ('slect = ["dateline"]', "Did you mean 'select'?"),
    ],
)
def test_a_name_inside_a_table_is_held_too(file, letter, tmp_path):
    """An unknown rule, an unknown option of a rule, a value of another kind: a letter and exit code 2, for a run and for --show-settings."""
    (tmp_path / "cleaner.toml").write_text(file)
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(COPY)
    for arguments in (["raw", "clean"], ["--show-settings"]):
        done = run("clean", *arguments, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert letter in done.stderr
    assert not (tmp_path / "clean").exists()


# -- --show-settings ---------------------------------------------------------------------------------------------------


def test_settings_say_where_they_come_from(tmp_path):
    """Default, the file by its path, the command line; the rules in force with their options; exit code 0 and nothing written."""
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "cleaner.toml").write_text('language = "sv"\nignore = ["address"]\nfacts = "mine.toml"\n[rules.dateline]\nwithin = 3\n')
    (inner / "cleaner-keep.toml").write_text("")
    done = run("clean", "raw", "clean", "--format", "parquet", "--set", "site-affix.shortest=9", "--show-settings", cwd=inner)
    assert (done.returncode, done.stderr) == (0, "")
    said = {line.partition(" = ")[0]: line for line in done.stdout.splitlines()}
    assert said["language"].split("  ")[0] == 'language = "sv"'
    assert said["language"].endswith("# ../cleaner.toml")
    assert said["format"].endswith("# command line")
    assert said["facts"].endswith("# ../cleaner.toml")
    assert said["keep"].endswith("# found by its name")
    assert said["within"].endswith("# ../cleaner.toml")
    assert "shortest = 9" in done.stdout
    assert "shortest = 15                            # default" in done.stdout
    assert "# address is not in force" in done.stdout
    assert "# encoding is not set" in done.stdout
    assert sorted(path.name for path in inner.iterdir()) == ["cleaner-keep.toml"]


def test_settings_are_an_options_file(tmp_path):
    """What is printed can stand in cleaner.toml and gives the same records."""
    asked = ("--language", "sv", "--set", "dateline.within=1", "--ignore", "address", "--max-removed", "0.5")
    printed = run("clean", "--show-settings", *asked, cwd=tmp_path).stdout
    (tmp_path / "cleaner.toml").write_text(printed)
    options, gates, _ = load_settings(tmp_path)
    assert gates == Gates(max_removed=0.5)
    assert (options.language, options.ignore) == ("sv", ("address",))
    assert Cleaner(options).detectors == Cleaner(Options(language="sv", rules={"dateline": {"within": 1}}, ignore=("address",))).detectors


def test_settings_of_python():
    """Where nothing is said nothing has come from anywhere."""
    from pathlib import Path

    settings = load_settings(Path("/"))
    assert settings.options == Options()
    assert settings.came == {}
