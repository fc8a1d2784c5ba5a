"""The manual is held to the rules, and the rules to the manual."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from cleaner import Cleaner, Options
from cleaner.detectors import rules
from cleaner.facts import Facts
from cleaner.manual import described, facts_page, languages_page, printed, rules_page
from cleaner.model import Document, Op, Status
from tests.test_cli import run

ROOT = Path(__file__).resolve().parent.parent


def test_the_manual_is_what_the_command_prints():
    """docs/rules.md is made by `cleaner rules > docs/rules.md`; the rules in it are those in the registry."""
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert page == rules_page(), "make it anew: cleaner rules > docs/rules.md"
    assert [line[3:] for line in page.splitlines() if line.startswith("## ")] == [*rules(), "The keep list"]
    assert run("cleaner", "rules").stdout == page


@pytest.mark.parametrize("name", rules())
def test_a_rule_says_what_it_does(name):
    """What it is for, why, what it takes, what it leaves alone, and each of its options; and nothing of an option that there is not."""
    rule = rules()[name]
    summary, said = described(rule)
    takes = [label for label in said if label in ("What goes", "What moves", "What is replaced")]
    assert summary.endswith(".")
    assert list(said) == ["Why", *takes, "What stays", *(field.name for field in dataclasses.fields(rule))]
    assert takes
    assert all(said.values())


@pytest.mark.parametrize("name", rules())
def test_the_example_of_a_rule_is_true(name, tmp_path):
    """The copy gives the record that the example shows, the rule has done its part in it, and cleaned copy stays as it is."""
    rule = rules()[name]
    profile = tmp_path / "profile.json"
    profile.write_text(rule.profile)
    cleaner = Cleaner(Options(profile=str(profile) if rule.profile else None))
    (record,) = cleaner.clean(Document("", rule.before)).records
    assert printed(record) == rule.after
    assert name in {edit.rule for edit in record.edits if edit.status is Status.APPLIED}
    (again,) = cleaner.clean(Document("", record.to_text())).records
    assert not [edit for edit in again.edits if edit.op in (Op.REMOVE, Op.DROP) and edit.status is Status.APPLIED]


def test_one_rule_by_its_name():
    """`cleaner rules NAME` prints its part of the manual; a name that there is not is a letter with a hint."""
    done = run("cleaner", "rules", "doubled-caption")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("## doubled-caption\n")
    assert done.stdout in rules_page()
    done = run("cleaner", "rules", "doubled-captions")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Did you mean 'doubled-caption'?" in done.stderr


# -- facts -------------------------------------------------------------------------------------------------------------


def test_facts_of_a_language():
    """Agencies with their codes and what else they may be, furniture by kind, times, the words around credits."""
    done = run("cleaner", "facts", "sv")
    assert done.returncode == 0, done.stderr
    assert "| TT | TT Nyhetsbyrån" in done.stdout
    assert "text-size control" in done.stdout
    assert "| share | exact |" in done.stdout
    assert "januari" in done.stdout
    assert "Foto" in done.stdout
    assert run("cleaner", "facts", "sv-FI").stdout == done.stdout


def test_facts_without_a_language_are_a_list():
    """Every language that has a page, and no page that the list does not name."""
    facts = Facts.load()
    listed = [line.split(" | ")[0][2:] for line in languages_page(facts).splitlines()[2:]]
    assert listed == list(facts.languages())
    assert {"ar", "de", "en", "hi", "ja", "sv", "zh"} <= set(listed)
    assert all(facts_page(facts, code).startswith("# ") for code in listed)
    assert run("cleaner", "facts").stdout == languages_page(facts)
    done = run("cleaner", "facts", "tlh")
    assert (done.returncode, done.stdout) == (2, "")
    assert "`cleaner facts` lists the languages" in done.stderr


def test_a_language_may_be_asked_for_by_its_name():
    """The letter says the code. Every language of two letters has a name in the list, also where we know no more of it than an agency."""
    done = run("cleaner", "facts", "Swedish")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Did you mean 'sv'?" in " ".join(done.stderr.split())
    names = Facts.load().languages()
    assert (names["am"], names["gl"], names["ha"]) == ("Amharic", "Galician", "Hausa")
    assert [code for code, name in names.items() if code == name and len(code) == 2] == []


def test_own_facts_are_shown(tmp_path):
    """The user's own stand in the page, also those of an options file; a control character in them does nothing to a terminal."""
    (tmp_path / "mine.toml").write_text('[en.nav]\nexact = ["Tide tables \\u001b[2J"]\n')
    (tmp_path / "cleaner.toml").write_text('facts = "mine.toml"\n')
    for done in (run("cleaner", "facts", "en", "--facts", tmp_path / "mine.toml"), run("cleaner", "facts", "en", cwd=tmp_path)):
        assert done.returncode == 0, done.stderr
        assert "Tide tables \\x1b[2J" in done.stdout
    assert "Tide tables" not in run("cleaner", "facts", "en").stdout
