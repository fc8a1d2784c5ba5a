"""Site profiles: learnt from real files, used by a run, and nothing else changes."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from cleaner import Cleaner, clean_folder
from cleaner.errors import FolderError, OptionsError
from cleaner.learn import learn
from cleaner.model import Document, Op, Status
from cleaner.options import Options
from cleaner.profile import Part, Profile, line_key
from tests.test_cli import run

SOURCE = "harbour-post.example"
THINGS = ["ferry", "mill", "bridge", "school", "market", "library", "chapel", "tower", "pier", "well", "barn", "oven"]
PEOPLE = ["baker", "pilot", "nurse", "smith", "clerk", "cook", "miller", "tailor", "teacher", "painter", "porter", "potter"]


def copy(number: int, *, above: str = "", under: str = "", inside: str = "", below: str = "", headline: str = "", opening: str = "") -> str:
    """An article of its own, with what a site prints around and in it."""
    thing, person = THINGS[number % 12], PEOPLE[(number // 12 + number) % 12]
    parts = [
        above, headline or f"The {thing} opens again for the {person} of street {number}", under,
        f"{opening}The {thing} was closed for {number + 3} days, and the {person} who had the key said that nobody had asked for it.",
        f"On day {number + 4} somebody asked, and the {person} went and looked for the key in all of the pockets of all of the coats.", inside,
        f"It was in the {thing}, where it had been since the {person} locked the door from the inside and climbed out of a window.", below,
    ]  # fmt: skip
    return "\n\n".join(filter(None, parts)) + "\n"


def write(folder: Path, pages: list[str], source: str = SOURCE) -> Path:
    (folder / source).mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(pages):
        (folder / source / f"{number:03d}.txt").write_text(page, encoding="utf-8")
    return folder


def lines_of(profile: Profile, source: str = SOURCE) -> list[tuple[str, Part]]:
    return [(line.line, line.place) for line in profile.sources[source].furniture]


def edits(profile: Profile, tmp_path: Path, text: str, path: str = f"{SOURCE}/new.txt", rule: str = "site-") -> list[tuple[str, str]]:
    file = tmp_path / "site-profile.json"
    file.write_bytes(profile.encode())
    records = Cleaner(Options(profile=str(file))).clean(Document(path, text)).records
    applied = [edit for record in records for edit in record.edits if edit.status is Status.APPLIED]
    return [(text[edit.start : edit.end], edit.reason) for edit in applied if edit.rule.startswith(rule)]


# -- what must go ------------------------------------------------------------------------------------------------------

GOES = {
    "above the headline": ({"above": "კიშენო ბაზუ"}, ["კიშენო ბაზუ"]),
    "under the headline": ({"under": "ሰላም መረጃ"}, ["ሰላም መረጃ"]),
    "below the body": ({"below": "Brozel vimtak"}, ["Brozel vimtak"]),
    "a box in the body": ({"inside": "Glimra sovtu\nNopel dask"}, ["Glimra sovtu", "Nopel dask"]),
    "a number that varies, under another line": ({"below": "Բագե դի\nԶոլու {n} մանե"}, ["Բագե դի", "Զոլու 41 մանե"]),
    "a date that varies, above the headline": ({"above": "Brozel vimtak\nQuonda 14 Zelmar 20{n}"}, ["Brozel vimtak", "Quonda 14 Zelmar 2041"]),
    "a sentence between furniture": ({"below": "Brozel vimtak\nTak orn fip gud lax.\nNurpyl qes"}, ["Brozel vimtak", "Tak orn fip gud lax.", "Nurpyl qes"]),
    "a row of signs": ({"above": "★ ★ ★"}, ["★ ★ ★"]),
}  # fmt: skip


@pytest.mark.parametrize("name", GOES)
def test_what_recurs_in_its_place_goes(name, tmp_path):
    """A line that most pages of the source print at one place goes from a page that was never seen, with its counts as the reason."""
    around, goes = GOES[name]
    pages = [copy(number, **{place: text.replace("{n}", str(number + 10)) for place, text in around.items()}) for number in range(12)]
    profile = learn(write(tmp_path / "raw", pages))
    new = copy(31, **{place: text.replace("{n}", "41") for place, text in around.items()})
    found = edits(profile, tmp_path, new)
    assert [text for text, _ in found] == goes
    assert all("on 12 of 12 pages of this source, " in reason for _, reason in found)


def test_lines_left_out_on_some_pages_are_found(tmp_path):
    """A line need not stand on every page: half of them are enough."""
    pages = [copy(number, under="კიშენო ბაზუ" if number % 3 else "") for number in range(12)]
    assert lines_of(learn(write(tmp_path / "raw", pages))) == [("კიშენო ბაზუ", Part.UNDER)]


def test_the_name_of_the_site_leaves_the_headline(tmp_path):
    """Behind or in front of the headline; the dash inside the headline stays."""
    pages = [copy(number, headline=f"{THINGS[number]} - the long wait of {PEOPLE[number]} is over | Tidepost") for number in range(12)]
    profile = learn(write(tmp_path / "raw", pages))
    found = edits(profile, tmp_path, copy(30, headline="Rain - and more of it for the hill | Tidepost"))
    assert found == [(" | Tidepost", "on 12 of 12 pages of this source, behind the headline")]
    pages = [copy(number, headline=f"Harbour Post | {THINGS[number]} waits for {PEOPLE[number]} no longer") for number in range(12)]
    profile = learn(write(tmp_path / "raw2", pages))
    found = edits(profile, tmp_path, copy(30, headline="Harbour Post | Rain falls on the hill"))
    assert found == [("Harbour Post | ", "on 12 of 12 pages of this source, in front of the headline")]


def test_an_outlet_in_the_place_of_the_dateline(tmp_path):
    """What stands where agencies stand moves into the dateline, with the place beside it."""
    pages = [copy(number, opening="Tidepost - " if number % 2 else "Greywick, Tidepost - ") for number in range(12)]
    profile = learn(write(tmp_path / "raw", pages))
    assert [name.text for name in profile.sources[SOURCE].outlets] == ["Tidepost"]
    assert [text for text, _ in edits(profile, tmp_path, copy(30, opening="Tidepost - "), rule="dateline")] == ["Tidepost - "]
    file = tmp_path / "site-profile.json"
    [record] = Cleaner(Options(profile=str(file))).clean(Document(f"{SOURCE}/a.txt", copy(30, opening="Moorhaven, Tidepost - "))).records
    assert record.dateline is not None
    assert (record.dateline.raw, record.dateline.place) == ("Moorhaven, Tidepost", "Moorhaven")


# -- what must stay ----------------------------------------------------------------------------------------------------

STAYS = {
    "a columnist's name under the headline": {"under": ["Ilse Brandvik", "Ilse Brandvik", "Tomas Orvell"]},
    "a columnist's name below the body": {"below": ["Ilse Brandvik"]},
    "a columnist's name in a script without capitals": {"under": ["ილსე ბრანდვიკი", "ილსე ბრანდვიკი", "თომას ორველი"]},
    "a column's title as the headline": {"headline": ["This day in the history of the harbour"]},
    "an agency phrase in the body": {"inside": ["Det skriver nyhedsbureauet AFP"]},
    "an agency phrase below the body": {"below": ["Det skriver nyhedsbureauet AFP"]},
    "a standing sign-off": {"below": ["The writer lives by the sea and keeps bees."]},
    "a sign-off under which the page's furniture stands": {"below": ["The writer lives by the sea and keeps bees.\n\nBrozel vimtak"]},
    "a speaker": {"inside": ["Q:"]},
    "a subhead": {"inside": ["Background"]},
    "a line of verse in the body": {"inside": ["The tide comes in, the tide goes out"]},
    "a number that says something, below the body": {"below": ["Attendance: {n},204"]},
    "a number that says something, under the headline": {"under": ["Serves {n}"]},
    "the title of a table that differs": {"below": [f"Match facts\nGreywick beat the {person}s by a goal" for person in PEOPLE]},
    "words of speech": {"inside": ["– Ja\n– Nej"]},
    "a line on too few pages": {"under": ["Brozel dask", "", "", ""]},
}  # fmt: skip


@pytest.mark.parametrize("name", STAYS)
def test_what_recurs_by_right_stays(name, tmp_path):
    """Names, titles, agency phrases, sign-offs, speakers, subheads and results recur as well, and are what they are."""
    [(place, texts)] = STAYS[name].items()
    pages = [copy(number, **{place: texts[number % len(texts)].replace("{n}", str(number + 10))}) for number in range(24)]
    profile = learn(write(tmp_path / "raw", pages))
    text = copy(31, **{place: texts[0].replace("{n}", "41")})
    own = [line for line in texts[0].replace("{n}", "41").split("\n") if line and line != "Brozel vimtak"]
    assert not {line for line, _ in edits(profile, tmp_path, text)} & set(own)


def test_a_line_stays_where_it_was_not_counted(tmp_path):
    """The same words inside the body are copy: the place has to agree, not the words alone."""
    profile = learn(write(tmp_path / "raw", [copy(number, under="Brozel vimtak") for number in range(12)]))
    assert edits(profile, tmp_path, copy(31, inside="Brozel vimtak")) == []


def test_a_line_stays_on_another_site(tmp_path):
    """What one site prints says nothing of another."""
    profile = learn(write(tmp_path / "raw", [copy(number, under="Brozel vimtak") for number in range(12)]))
    assert edits(profile, tmp_path, copy(31, under="Brozel vimtak"), path="other.example/new.txt") == []


def test_few_pages_teach_nothing(tmp_path):
    """Four pages are no evidence."""
    assert learn(write(tmp_path / "raw", [copy(number, under="Brozel vimtak") for number in range(4)])).sources == {}


def test_a_quote_behind_a_dash_and_a_reporter_behind_a_bar_stay_in_the_headline(tmp_path):
    """A part of the headline that differs from page to page is no site; nor is a name on half of them."""
    names = ["Ilse Brandvik", "Tomas Orvell"]
    pages = [copy(number, headline=f"{PEOPLE[number].title()} of {number}: the wait - {THINGS[number]} is over | {names[number % 2]}") for number in range(12)]
    found = learn(write(tmp_path / "raw", pages)).sources[SOURCE]
    assert (found.suffixes, found.prefixes) == ((), ())


def test_a_label_is_no_outlet(tmp_path):
    """What opens a paragraph in capitals and is a label ("VIDEO -") names no house."""
    pages = [copy(number, opening="VIDEO - " if number % 2 else "EXKLUSIV - ") for number in range(12)]
    assert learn(write(tmp_path / "raw", pages)).sources[SOURCE].outlets == ()


# -- columns and tags --------------------------------------------------------------------------------------------------


def test_a_column_is_known_by_its_title(tmp_path):
    """One headline over different copy is a column's; the same article twice is not."""
    pages = [copy(number, headline="This day in the history of the harbour" if number % 3 == 0 else "") for number in range(12)]
    site = learn(write(tmp_path / "raw", [*pages, pages[1], pages[1], pages[1]])).site(SOURCE)
    assert site is not None
    assert site.is_column("THIS DAY in the History of the Harbour")
    assert not site.is_column("The mill opens again for the pilot of street 1")


@pytest.mark.parametrize(("every", "kind"), [(1, "interface"), (3, "agency")])
def test_the_other_pages_settle_a_lone_tag(every, kind, tmp_path):
    """The same letters at the same place on every page are a control; where other agencies stand there too, they are the agency."""
    pages = [copy(number, below="TT" if number % every == 0 else "Reuters") for number in range(12)]
    profile = learn(write(tmp_path / "raw", pages))
    file = tmp_path / "site-profile.json"
    file.write_bytes(profile.encode())
    document = Document(f"{SOURCE}/new.txt", copy(31, below="TT"), metadata={"language": "sv"})
    [record] = Cleaner(Options(profile=str(file))).clean(document).records
    assert [(tag.text, tag.kind) for tag in record.agency_tags] == [("TT", kind)]
    assert "pages of this source, below the body" in record.agency_tags[0].evidence
    [alone] = Cleaner().clean(document).records
    assert [tag.kind for tag in alone.agency_tags] == ["unknown"]


# -- the file ----------------------------------------------------------------------------------------------------------


def test_the_profile_is_the_same_in_any_order(tmp_path):
    """Other names of the files, and so another order, give the same bytes; a JSONL of the same rows as well."""
    titles = ["Letters to the harbour master", "", "", ""]
    pages = [copy(number, above="კიშენო ბაზუ", below=f"Brozel vimtak\nZel {number}", headline=titles[number % 4]) for number in range(20)]
    first = learn(write(tmp_path / "one", pages)).encode()
    random.Random(1).shuffle(pages)
    assert learn(write(tmp_path / "two", pages)).encode() == first
    rows = [json.dumps({"url": f"https://{SOURCE}/{number}", "text": page}) for number, page in enumerate(pages)]
    (tmp_path / "three").mkdir()
    (tmp_path / "three" / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    assert learn(tmp_path / "three").encode() == first


def test_the_file_comes_back_as_it_was(tmp_path):
    """Written, read and written again it is the same; it names no machine and no time."""
    data = learn(write(tmp_path / "raw", [copy(number, above="Brozel vimtak") for number in range(12)])).encode()
    assert Profile.parse(data).encode() == data
    assert str(tmp_path) not in data.decode()
    assert json.loads(data)["schema"] == 1


@pytest.mark.parametrize(
    ("data", "says"), [(b"{", "no site profile"), (b'{"schema": 2, "sources": {}}', "schema 2"), (b'{"schema": 1, "sources": {"a": {}}}', "pages")]
)
def test_a_file_that_is_no_profile_is_a_letter(data, says, tmp_path):
    """Where, what and what to try."""
    file = tmp_path / "site-profile.json"
    file.write_bytes(data)
    with pytest.raises(OptionsError, match=says):
        Cleaner(Options(profile=str(file)))


def test_the_content_is_in_the_hash_of_the_options_and_the_place_is_not(tmp_path):
    """The same profile in another folder is the same option; another profile is another."""
    one, two, other = tmp_path / "one.json", tmp_path / "two.json", tmp_path / "other.json"
    one.write_text('{"schema": 1, "sources": {}}')
    two.write_text('{"schema": 1, "sources": {}}')
    other.write_text('{"schema": 1, "sources": {"a.example": {"pages": 9}}}')
    assert Options(profile=str(one)).sha256 == Options(profile=str(two)).sha256 != Options(profile=str(other)).sha256


def test_without_its_source_in_the_profile_a_run_gives_the_same_bytes(tmp_path):
    """A profile of other sites changes no table."""
    raw = write(tmp_path / "raw", [copy(number, under="Brozel vimtak") for number in range(6)])
    file = tmp_path / "site-profile.json"
    line = '{"line": "brozel vimtak", "place": "under the headline", "pages": 9}'
    file.write_text(f'{{"schema": 1, "sources": {{"other.example": {{"pages": 9, "furniture": [{line}]}}}}}}')
    plain, profiled = clean_folder(raw, tmp_path / "plain"), clean_folder(raw, tmp_path / "profiled", Options(profile=str(file)))
    assert {name: table.sha256 for name, table in plain.run.tables.items()} == {name: table.sha256 for name, table in profiled.run.tables.items()}


def test_clean_copy_stays_clean(tmp_path):
    """A record that a profile cleaned, printed as copy and cleaned with it again, loses nothing more."""
    titles = [f"{thing} and {person} meet at last | Tidepost" for thing, person in zip(THINGS, PEOPLE, strict=True)]
    pages = [copy(number, above="Brozel vimtak", headline=titles[number], opening="Tidepost - ") for number in range(12)]
    file = tmp_path / "site-profile.json"
    file.write_bytes(learn(write(tmp_path / "raw", pages)).encode())
    cleaner = Cleaner(Options(profile=str(file)))
    [record] = cleaner.clean(Document(f"{SOURCE}/a.txt", pages[3])).records
    [again] = cleaner.clean(Document(f"{SOURCE}/a.txt", record.to_text())).records
    assert (again.headline, again.text) == (record.headline, record.text)
    assert not [edit for edit in again.edits if edit.op in (Op.DROP, Op.REMOVE)]


def test_an_empty_folder_is_a_letter(tmp_path):
    """Nothing to learn from is an error, as nothing to clean is."""
    with pytest.raises(FolderError, match="no copy"):
        learn(tmp_path)


def test_too_few_pages_are_counted_for_the_reader(tmp_path):
    """Who has seven files is told that three of them hold no running text, and how many it takes."""
    raw = write(tmp_path / "raw", [*(copy(number) for number in range(4)), *["Gulls and tides"] * 3])
    done = run("cleaner", "learn", raw, "-o", tmp_path / "p.json")
    assert done.returncode == 0
    said = " ".join(done.stderr.split())
    assert "it takes 5 files or rows with running text, and no source has more than 4. Those without running text do not count (3)." in said


def test_a_folder_that_is_not_there_is_a_letter(tmp_path):
    """It is the path that is wrong, and not its permissions."""
    done = run("cleaner", "learn", tmp_path / "none", "-o", tmp_path / "p.json")
    assert done.returncode == 2
    said = " ".join(done.stderr.split())
    assert said.endswith("cannot be read (no such file or directory). Check the path.")


def test_learn_and_clean_at_the_command_line(tmp_path):
    """`cleaner learn` writes the file and says what it learnt; `clean --profile` and the option `profile` use it."""
    raw, file = write(tmp_path / "raw", [copy(number, under="Brozel vimtak") for number in range(12)]), tmp_path / "site-profile.json"
    done = run("cleaner", "learn", raw, "-o", file)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert SOURCE in done.stderr
    assert "12" in done.stderr
    done = run("clean", raw, tmp_path / "clean", "--profile", file, "--diff")
    assert done.returncode == 0, done.stderr
    assert "on 12 of 12 pages of this source, under the headline" in done.stdout
    (tmp_path / "cleaner.toml").write_text('profile = "site-profile.json"\n')
    assert run("clean", raw, tmp_path / "clean", "--check", cwd=tmp_path).returncode == 0
    done = run("clean", raw, tmp_path / "clean", "--profile", tmp_path / "none.json")
    assert done.returncode == 2
    assert "cannot be read" in done.stderr


def test_a_key_hides_numbers_and_dates_only():
    """What is the same line on two pages, and what is not."""
    assert line_key("Read 3 Comments") == line_key("read 1,204 comments")
    assert line_key("განახლდა 14 მარტი 2024, 10:30") == line_key("განახლდა 3 ივნისი 2023, 09:05")
    assert line_key("Updated March 14, 2024") == line_key("Updated June 3, 2023")
    assert line_key("Comments") != line_key("Comment")
    assert line_key("14 men in 2 boats") != line_key("14 boats in 2 ports")
