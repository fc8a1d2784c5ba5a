"""The SARIF report: valid, in its place, and no larger than code scanning takes."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote

import msgspec
import pytest

from cleaner import Options, clean_folder
from cleaner.detectors import rules
from cleaner.reports import in_repository, sarif, write_reports
from cleaner.restore import documents
from cleaner.view import excerpt
from tests.report_checks import read_sarif

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def run(clean, tmp_path_factory):
    [path] = write_reports(clean, tmp_path_factory.mktemp("reports"), ["sarif"], ROOT / "raw")
    assert path.name == "report.sarif"
    return read_sarif(path)


def test_the_rules_speak_for_themselves(run):
    """Each rule's docstring is its help, so that an alert explains itself."""
    described = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in described] == list(rules())
    assert all(rule["shortDescription"]["text"] and len(rule["fullDescription"]["text"]) <= 1024 for rule in described)
    assert all("**What stays**" in rule["help"]["markdown"] for rule in described)
    assert all(described[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])


def test_one_result_for_each_article_and_rule(run, clean):
    """The table edits decides how many there are; each names its article."""
    wanted = {(edit.article, edit.rule) for written in documents(clean) for edit in written.edits}
    assert sorted((result["properties"]["article"], result["ruleId"]) for result in run["results"]) == sorted(wanted)


def test_a_region_is_where_the_words_stand(run):
    """Lines, columns and offsets count code points of the file that the address names; a row of a file is told by its line."""
    assert run["columnKind"] == "unicodeCodePoints"
    seen = 0
    for result in run["results"]:
        for location in (*result["locations"], *result["relatedLocations"]):
            place = location["physicalLocation"]
            text = (ROOT / unquote(place["artifactLocation"]["uri"])).read_bytes().decode()
            region = place["region"]
            if set(region) == {"startLine"}:
                assert text.split("\n")[region["startLine"] - 1].startswith("{")
                continue
            words = text[region["charOffset"] : region["charOffset"] + region["charLength"]]
            lines = text.split("\n")[region["startLine"] - 1 : region["endLine"]]
            lines[-1] = lines[-1][: region["endColumn"] - 1]
            lines[0] = lines[0][region["startColumn"] - 1 :]
            assert "\n".join(lines) == words
            assert excerpt(words) == region["snippet"]["text"]
            seen += 1
    assert seen > 50


def test_a_close_call_is_a_warning_and_comes_first(run):
    """What a person should look at is a warning, all else a note; the smallest margin stands first."""
    levels = [result["level"] for result in run["results"]]
    assert set(levels) == {"warning", "note"}
    assert levels == sorted(levels, reverse=True)


def test_only_the_closest_are_kept_and_the_rest_is_counted(clean, tmp_path):
    """A run with more results than the limit says how many it leaves out."""
    everything, few = (json.loads(msgspec.json.encode(sarif.log(clean, "raw/", most)))["runs"][0] for most in (5000, 3))
    assert few["results"] == everything["results"][:3]
    assert few["properties"]["resultsLeftOut"] == len(everything["results"]) - 3
    assert "were left out" in few["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert everything["invocations"][0]["toolExecutionNotifications"] == []


def test_unreadable_input_is_a_notification(tmp_path):
    """What could not be read is told with its place."""
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a b#1.pdf").write_text("x")
    (raw / "feed.jsonl").write_text('{"text": "Harbour reopens on Friday, the port said."}\n{"text"')
    clean_folder(raw, tmp_path / "clean")
    [path] = write_reports(tmp_path / "clean", tmp_path / "reports", ["sarif"])
    [invocation] = read_sarif(path)["invocations"]
    assert not invocation["executionSuccessful"]
    places = [told["locations"][0]["physicalLocation"] for told in invocation["toolExecutionNotifications"]]
    assert [place["artifactLocation"]["uri"] for place in places] == ["a%20b%231.pdf", "feed.jsonl"]
    assert places[1]["region"] == {"startLine": 2}


def test_what_the_keep_list_stopped_is_suppressed(tmp_path):
    """A person has decided already: code scanning shows it as dismissed."""
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text("Harbour reopens\n\nHarbour reopens\n\nThe harbour reopened on Friday, the port said in a statement.\n")
    keep = tmp_path / "keep.toml"
    keep.write_text('[[keep]]\ntext = "Harbour reopens"\nwhy = "a refrain"\n')
    clean_folder(raw, tmp_path / "clean", Options(keep=str(keep)))
    [path] = write_reports(tmp_path / "clean", tmp_path / "reports", ["sarif"])
    [result] = read_sarif(path)["results"]
    assert result["level"] == "note"
    assert result["suppressions"][0]["kind"] == "external"


def test_paths_are_those_of_the_repository(monkeypatch, tmp_path):
    """Relative to the checkout on GitHub, else to the working folder; a folder outside gives nothing away."""
    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path / "site")
    assert in_repository(Path("raw")) == in_repository(tmp_path / "site" / "raw") == "raw/"
    assert in_repository(Path("../raw")) is None
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert in_repository(Path("raw/")) == "site/raw/"
    assert in_repository(Path("../raw")) == "raw/"
