"""Options: from a file, from arguments, from Python; what they name and what they change."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cleaner import Cleaner, clean_folder
from cleaner.detectors import make_rules, rules
from cleaner.detectors.dateline import DatelineRule
from cleaner.errors import OptionsError
from cleaner.model import Document
from cleaner.options import Options, load_options, make_options
from tests.test_cli import run

COPY = """Fishing fleet stays in port

The weather service had warned of the storm since Sunday evening.

OSLO (Reuters) - The fishing fleet stayed in port on Monday as the wind rose.
"""
FACTS = """[en.nav]
exact = ["Tide tables for members"]

[[agency]]
code = "GWP"
name = "Greywick Press"
languages = ["en"]
forms = ["GWP", "Greywick Press"]
"""


def test_a_rule_takes_its_options():
    """What is set reaches the rule's field; what is not keeps its default; every other rule is as it was."""
    made = {rule.name: rule for rule in make_rules({"dateline": {"within": 1}})}
    assert made["dateline"] == DatelineRule(within=1) != DatelineRule()
    assert all(rule == rules()[name]() for name, rule in made.items() if name != "dateline")


@pytest.mark.parametrize(
    ("options", "letter"),
    [
        ({"datline": {}}, "there is no rule 'datline'. Did you mean 'dateline'?"),
        ({"dateline": {"whitin": 3}}, "rules.dateline: there is no option 'whitin'. Did you mean 'within'?"),
        ({"address": {"within": 3}}, "rules.address: there is no option 'within'. The rule has no options."),
        ({"dateline": {"within": "3"}}, "rules.dateline.within: expected a whole number, got a text."),
        ({"dateline": {"within": -1}}, "rules.dateline.within: expected a whole number, 0 or more."),
        ({"repeated-margin": {"shortest": -15}}, "rules.repeated-margin.shortest: expected a whole number, 0 or more."),
        ({"site-affix": {"shortest": -1}}, "rules.site-affix.shortest: expected a whole number, 0 or more."),
        ({"dateline": {"name": "x"}}, "there is no option 'name'"),
    ],
)
def test_an_option_that_there_is_not_is_a_letter(options, letter):
    """An unknown rule or field, or a value of another type: where, what, what to try."""
    with pytest.raises(OptionsError) as error:
        Cleaner(Options(rules=options))
    assert letter in str(error.value)


def test_set_wins_over_the_file(tmp_path):
    """`--set` changes the one field it names; the last of two wins; values are read as TOML."""
    (tmp_path / "cleaner.toml").write_text("[rules.dateline]\nwithin = 3\n[rules.repeated-margin]\nshortest = 4\n")
    options = load_options(tmp_path, settings=["dateline.within=7", "dateline.within = 1"])
    assert options.rules == {"dateline": {"within": 1}, "repeated-margin": {"shortest": 4}}
    assert load_options(tmp_path, settings=["x.y=[1, 2]", "x.z=plain words"]).rules["x"] == {"y": [1, 2], "z": "plain words"}
    for wrong in ("dateline", "within=3", "=", "dateline.=3"):
        with pytest.raises(OptionsError, match=r"write rule\.field=value"):
            load_options(tmp_path, settings=[wrong])


def test_set_changes_what_is_written(tmp_path):
    """The command hands an option to its rule, run.json says so, and a wrong one is exit code 2 and nothing written."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(COPY)
    assert run("clean", "raw", "clean", cwd=tmp_path).returncode == 0
    assert json.loads((tmp_path / "clean" / "articles.jsonl").read_text())["dateline"]["place"] == "OSLO"
    assert run("clean", "raw", "clean", "--set", "dateline.within=1", cwd=tmp_path).returncode == 0
    assert json.loads((tmp_path / "clean" / "articles.jsonl").read_text())["dateline"] is None
    assert json.loads((tmp_path / "clean" / "run.json").read_text())["options"]["rules"] == {"dateline": {"within": 1}}
    done = run("clean", "raw", "other", "--set", "dateline.within=one", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "rules.dateline.within: expected a whole number" in done.stderr
    assert not (tmp_path / "other").exists()


def test_a_declared_language_holds_for_all_copy_that_does_not_say():
    """The option stands above what the words look like and under what the document itself says."""
    cleaner = Cleaner(Options(language="sv"))
    assert cleaner.clean(Document("a.txt", COPY)).records[0].language == "sv"
    assert cleaner.clean(Document("a.txt", COPY, metadata={"language": "en"})).records[0].language == "en"
    assert Cleaner().clean(Document("a.txt", COPY)).records[0].language == "en"
    two = f"{COPY}\n\n\n\n{COPY.replace('Fishing fleet stays', 'Second fleet stays')}"
    assert {record.language for record in cleaner.clean(Document("a.txt", two)).records} == {"sv"}


@pytest.mark.parametrize("code", ["sv", "pt-BR", "zh_Hant", "nb", "fil", "ckb", "SV", "iw", "kl"])
def test_a_language_may_be_one_that_we_know_nothing_of(code):
    """Any code of ISO 639-1 with its regions, and three letters for a language that has none there."""
    assert Options(language=code).language == code


@pytest.mark.parametrize(
    ("code", "meant"),
    [("swe", "'sv'"), ("jp", "'ja'"), ("cz-CZ", "'cs'"), ("Swedish", "'sv'"), ("ger", "'de'"), ("gr", "'el'"), ("portugese", "'pt'"),
     ("xq", "Try sv"), ("", "Try sv")],
)
def test_a_language_that_there_is_not_is_a_letter(code, meant, tmp_path):
    """It would act on nothing without a word: the code of a country, a name, three letters where there are two. The letter names the code that was meant."""
    (tmp_path / "cleaner.toml").write_text(f'language = "{code}"\n')
    with pytest.raises(OptionsError, match="no code of a language") as error:
        load_options(tmp_path)
    assert meant in str(error.value)


# -- files that options name -------------------------------------------------------------------------------------------


def test_own_facts_are_in_force(tmp_path):
    """A line that no list of ours names goes when the user's own names it, and an own agency has its code."""
    (tmp_path / "facts.toml").write_text(FACTS)
    copy = f"{COPY}\nTide tables for members\n\nGWP\n"
    ours = Cleaner().clean(Document("a.txt", copy)).records[0]
    own = Cleaner(Options(facts=str(tmp_path / "facts.toml"))).clean(Document("a.txt", copy)).records[0]
    assert "Tide tables" in ours.text
    assert "Tide tables" not in own.text
    assert "GWP" not in {tag.code for tag in ours.agency_tags}
    assert "GWP" in {tag.code for tag in own.agency_tags}


@pytest.mark.parametrize(("name", "content"), [("facts", FACTS), ("keep", '[[keep]]\ntext = "Share"')])
def test_a_file_counts_by_its_content(tmp_path, name, content):
    """The hash of the options is that of the content, wherever the file lies; other content is another hash."""
    for place in ("a.toml", "b.toml"):
        (tmp_path / place).write_text(content)
    (tmp_path / "c.toml").write_text(content + "\n")
    one, two, other = (make_options({name: str(tmp_path / place)}).sha256 for place in ("a.toml", "b.toml", "c.toml"))
    assert one == two
    assert len({one, other, Options().sha256}) == 3
    assert str(tmp_path) not in json.dumps(make_options({name: str(tmp_path / "a.toml")}).as_written())


@pytest.mark.parametrize("name", ["facts", "keep"])
def test_a_file_that_is_not_there_is_a_letter(tmp_path, name):
    """Nothing is written before every file that the options name was read."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(COPY)
    with pytest.raises(OptionsError, match=f"{name}: .*cannot be read"):
        clean_folder(tmp_path / "raw", tmp_path / "clean", make_options({name: str(tmp_path / "none.toml")}))
    assert not (tmp_path / "clean").exists()


def test_a_path_in_an_options_file_counts_from_its_folder(tmp_path):
    """So a run gives the same from wherever it is called; an argument counts from the working folder as it stands."""
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "cleaner.toml").write_text('facts = "facts.toml"\nkeep = "my-keep.toml"\n')
    options = load_options(inner)
    assert (options.facts, options.keep) == (str(tmp_path / "facts.toml"), str(tmp_path / "my-keep.toml"))
    assert load_options(inner, facts="other.toml").facts == "other.toml"


def test_the_keep_list_is_found_by_its_name(tmp_path):
    """In the working folder, else beside the options file, and nowhere else; a named one stands above both."""
    inner, deep = tmp_path / "inner", tmp_path / "inner" / "deep"
    deep.mkdir(parents=True)
    (tmp_path / "cleaner-keep.toml").touch()
    assert load_options(deep).keep is None
    (tmp_path / "cleaner.toml").touch()
    assert load_options(deep).keep == str(tmp_path / "cleaner-keep.toml")
    (inner / "cleaner-keep.toml").touch()
    assert load_options(inner).keep == str(inner / "cleaner-keep.toml")
    assert load_options(inner, keep="mine.toml").keep == "mine.toml"


def test_options_are_the_same_from_anywhere(tmp_path):
    """A file, arguments and Python give equal options."""
    (tmp_path / "cleaner.toml").write_text('language = "sv"\n[rules.dateline]\nwithin = 3\n')
    here: dict[str, object] = {"language": "sv", "rules": {"dateline": {"within": 3}}}
    assert load_options(tmp_path) == make_options(here) == load_options(Path("/"), language="sv", settings=["dateline.within=3"])


def test_the_readme_shows_files_that_can_be_used(tmp_path):
    """Its options and its keep list are taken as they stand."""
    readme = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")
    options, keep = re.findall(r"^```toml\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    (tmp_path / "cleaner.toml").write_text(options)
    (tmp_path / "my-facts.toml").write_text(FACTS)
    (tmp_path / "my-keep.toml").write_text(keep)
    (tmp_path / "site-profile.json").write_text('{"schema": 1, "sources": {}}')
    assert len(Cleaner(load_options(tmp_path)).keep.entries) == 1
