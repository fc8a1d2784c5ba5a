"""What is printed: hunks, a line per file, and nothing that a terminal or a log would obey."""

from __future__ import annotations

import io

import pytest

from cleaner import clean_folder
from cleaner.reports import terminal
from cleaner.reports.hunks import hunks
from cleaner.view import articles

STORY = """Harbour reopens after storm

Ferries leave the quay on Friday morning. (Port media)
Ferries leave the quay on Friday morning. (Port media)
Harbour reopens after storm

The harbour reopened on Friday after three days, the port said in a statement.

The pilots had asked for another day.

Two of the cranes are still out of use, and will be until the spring.

The fish market opens on Saturday.

Nobody was hurt.

The port is the largest on the coast, and the oldest. (Reuters)
"""


@pytest.fixture
def clean(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text(STORY)
    (raw / "b.txt").write_text("Choir opens its season\n\nThe choir opens its season in the town hall on Sunday, its leader said.\n")
    (raw / "c.pdf").write_text("x")
    return clean_folder(raw, tmp_path / "clean")


def printed(write, *arguments):
    file = io.StringIO()
    write(*arguments, terminal.console(file))
    return file.getvalue()


def test_a_hunk_has_a_little_of_what_stays_around_it(clean):
    """Edits that stand close together are one hunk; two kept pieces before and after; what stays in between is not printed."""
    [story, _] = articles(clean.clean)
    first, last = hunks(story)
    assert (first.first, first.last) == (1, 9)
    assert [(row.sign, row.line) for row in first.rows if row.line] == [(" ", 1), (" ", 3), (">", 3), ("-", 4), (">", 4), ("-", 5), (" ", 7), (" ", 9)]
    assert [(row.sign, row.line) for row in last.rows if row.line] == [(" ", 15), (" ", 17), (">", 17)]
    shown = printed(terminal.print_diff, clean.clean)
    assert "cranes" not in shown
    assert "choir" not in shown, "an article without edits is not printed"


def test_each_edit_shows_what_stands_for_it_and_why(clean):
    """The kept copy or the field, the rule, the score against its threshold, the reason."""
    shown = printed(terminal.print_diff, clean.clean)
    caption = "Ferries leave the quay on Friday morning."
    assert f"      4 - {caption}\n        = {caption}\n          doubled-caption 100 (at least 92): repeats" in shown
    assert "     17 > (Reuters)\n        + agency_tags: Reuters\n          agency-tag: " in shown


def test_what_was_looked_at_and_kept_is_shown_so(tmp_path):
    """A pair that only a guard kept apart is in the diff, as kept, with the line it is like."""
    raw = tmp_path / "raw"
    raw.mkdir()
    pair = "Kim Ek, 34, crosses the line ahead of the field. (Photo: Eva Lund)\n{}\nKim Ek, 43, crosses the line ahead of the field. (Photo: Eva Lund)"
    (raw / "a.txt").write_text(f"Lantern race draws record crowd\n\n{pair.format('')}\n\nMore than nine hundred runners took part on Saturday evening.\n")
    shown = printed(terminal.print_diff, clean_folder(raw, tmp_path / "clean").clean)
    assert "? Kim Ek, 43, crosses the line ahead of the field." in shown
    assert ", declined: " in shown


def test_a_line_per_file_and_the_edits_by_rule(clean):
    """--stat: articles, edits and the share removed, then the path; a file that could not be read has its line too."""
    lines = printed(terminal.print_stat, clean).splitlines()
    assert lines[0].split() == ["articles", "edits", "removed", "file"]
    assert lines[1].split() == ["1", "5", "14.3%", "##", "a.txt"]
    assert lines[2].split() == ["1", "0", "0.0%", "b.txt"]
    assert lines[3].split() == ["could", "not", "be", "read", "c.pdf"]
    assert any(line.startswith("doubled-caption") for line in lines)
    assert max(map(len, lines)) <= 80
    assert len({line.index(name) for line, name in zip(lines, ("file", "a.txt", "b.txt", "c.pdf"), strict=False)}) == 1


def test_a_long_path_stays_whole(tmp_path):
    """A path that is broken cannot be copied."""
    folder = tmp_path / "raw" / ("harbour-" * 9) / ("post-" * 9)
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text(STORY)
    clean = clean_folder(tmp_path / "raw", tmp_path / "clean")
    assert f"{folder.relative_to(tmp_path / 'raw')}/a.txt\n" in printed(terminal.print_stat, clean)


def test_a_ci_log_finds_no_command(tmp_path):
    """Copy and paths that look like workflow commands begin no line, even where a table breaks it."""
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "::error::owned.txt").write_text(STORY.replace("Harbour", "##[error]Harbour"))
    (raw / ("p" * 36 + "::error::owned.pdf")).write_text("x")
    clean = clean_folder(raw, tmp_path / "clean")
    shown = printed(terminal.print_diff, clean.clean) + printed(terminal.print_stat, clean)
    file = io.StringIO()
    terminal.print_summary(clean, terminal.console(file, wrap=True))
    shown += file.getvalue()
    assert "##[" not in shown
    assert r"\x23#[error]Harbour reopens" in shown
    assert not [line for line in shown.splitlines() if line.lstrip().startswith("::")]


def test_what_is_declined_is_explained_once(tmp_path):
    """A line in which an entity was rewritten is two pieces; why it stays is said behind the first."""
    raw = tmp_path / "raw"
    raw.mkdir()
    captions = "\n".join(f"Kim Ek, {age}, and Eva &amp; Ida Lund cross the line ahead of the field. (Photo: Bo Ask)" for age in (34, 43))
    (raw / "a.txt").write_text(f"Lantern race draws record crowd\n\n{captions}\n\nMore than nine hundred runners took part on Saturday evening.\n")
    [article] = articles(clean_folder(raw, tmp_path / "clean").clean)
    [hunk] = hunks(article)
    assert [row.sign for row in hunk.rows if row.line == 4] == ["?", "~", "?", ">"]
    assert len([row for row in hunk.rows if ", declined: " in row.text]) == 1
