"""`cleaner review` in a real terminal: keys in, the keep list out, and the next run obeys it."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
import tomllib
from pathlib import Path

import pytest

from cleaner import Options, clean_folder
from cleaner.errors import OptionsError
from cleaner.keep import KeepList
from cleaner.review import ACCEPTED, Notes, questions
from tests.test_cli import HOSTILE, run

ROOT = Path(__file__).resolve().parent.parent
HEADLINE = "Kim Ek, 18, wins the lantern race in Greywick"
COPY = f"""{HEADLINE}

Kim Ek, 18, crosses the line ahead of the whole field in the harbour. (Port media)
Kim Ek, 81, crosses the line ahead of the whole field in the harbour. (Port media)

{HEADLINE} Back to video

The race went ahead on Friday after three days of storm, the port said in a statement.

More than nine hundred runners took part, and most of them came home before midnight.
"""
OTHER = """Council puts off vote on night buses

Council puts off vote on night buses Back to video

The council has put off its vote on night buses until October, after members said that the figures did not add up.
"""
KEPT = f"{HEADLINE} Back to video"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with raw/ and clean/: two close removals, and one pair of captions that was declined."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(COPY)
    (tmp_path / "raw" / "b.txt").write_text(OTHER)
    clean_folder(tmp_path / "raw", tmp_path / "clean")
    return tmp_path


class Session:
    """The command in a terminal of its own. Keys are pressed when it waits for one."""

    def __init__(self, cwd: Path, *arguments: str, **env: str) -> None:
        self.terminal, slave = pty.openpty()
        program = [sys.executable, "-c", "from cleaner.cli import cleaner_main; cleaner_main()", "review", *arguments]
        where = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")}
        where |= {"TERM": "xterm", "COLUMNS": "100", "PYTHONPATH": str(ROOT), **env}
        self.process = subprocess.Popen(program, stdin=slave, stdout=slave, stderr=slave, cwd=cwd, env=where, start_new_session=True)
        os.close(slave)
        self.shown = ""
        self._wait()

    def press(self, *keys: str) -> str:
        """Press keys one after another; what is shown until the next one is waited for."""
        before = len(self.shown)
        for key in keys:
            os.write(self.terminal, key.encode())
            self._wait()
        return self.shown[before:]

    def _wait(self) -> None:
        """Until it has asked once more and reads keys one at a time, or has ended."""
        end = time.monotonic() + 60
        asked = self.shown.count("? help\n")
        while self.process.poll() is None and time.monotonic() < end:
            self._read()
            waits = not termios.tcgetattr(self.terminal)[3] & termios.ICANON
            if waits and self.shown.count("? help\n") > asked:
                return
        if self.process.poll() is None:
            self.process.kill()
            pytest.fail(f"it waits for nothing:\n{self.shown}")
        while self._read():
            pass

    def _read(self) -> bool:
        with contextlib.suppress(OSError):  # Linux says so when the other end is closed
            if select.select([self.terminal], [], [], 0.05)[0] and (part := os.read(self.terminal, 65536)):
                self.shown += re.sub(r"\x1b\[[0-9;]*m", "", part.decode()).replace("\r\n", "\n")
                return True
        return False

    def ended(self) -> int:
        """Its exit code, once it has ended."""
        code = self.process.wait(60)
        while self._read():
            pass
        os.close(self.terminal)
        return code


def review(cwd: Path, keys: str, *arguments: str) -> str:
    """What a whole session shows."""
    session = Session(cwd, *(arguments or ("clean",)))
    session.press(*keys)
    assert session.ended() == 0, session.shown
    return session.shown


def entries(path: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = tomllib.loads(path.read_text("utf-8"))["keep"]
    return found


# -- end to end --------------------------------------------------------------------------------------------------------


def test_what_is_rejected_stays_in_the_next_run(desk):
    """By keys in a terminal: reject, clean again, and the line stands in the text with the list in its reason; nothing else changes."""
    before = (desk / "clean" / "articles.jsonl").read_text().splitlines()
    assert KEPT not in json.loads(before[0])["text"]
    shown = review(desk, "rq")
    assert "0 accepted, 1 rejected, 0 skipped, 2 left." in shown
    done = run("clean", "raw", "clean", cwd=desk)
    assert done.returncode == 0, done.stderr
    rows = (desk / "clean" / "articles.jsonl").read_text().splitlines()
    assert KEPT in json.loads(rows[0])["text"]
    assert rows[1] == before[1]
    edits = [json.loads(line) for line in (desk / "clean" / "edits.jsonl").read_text().splitlines()]
    [edit] = [edit for edit in edits if edit["status"] == "kept-by-list"]
    assert (edit["text"], edit["rule"]) == (KEPT, "repeated-headline")
    assert edit["reason"].endswith(f"the keep list has fingerprint '{edit['fingerprint']}' for repeated-headline (rejected in review)")
    assert "found nothing to keep" not in done.stderr
    # It is not asked for again; and once the copy is gone, the summary names the entry that has nothing to do.
    assert KEPT not in review(desk, "q")
    (desk / "raw" / "a.txt").write_text(OTHER)
    done = run("clean", "raw", "clean", cwd=desk)
    assert "1 entry of the keep list found nothing to keep" in done.stderr
    assert edit["fingerprint"] in done.stderr


def test_a_question_shows_what_it_takes_to_answer(desk):
    """Article, rule, score, threshold, points, reason, the line and the copy that stays, the words that differ, and what stands around it."""
    shown = review(desk, "q")
    for text in (
        f"1 of 3  a.txt  article 0  {json.loads((desk / 'clean' / 'articles.jsonl').read_text().splitlines()[0])['id']}  {HEADLINE}",
        "removed by repeated-headline: score 97, threshold 92, 5.0 above it",
        "repeats the headline on line 1",
        f"      6 - {KEPT}",
        f"      1 = {HEADLINE}",
        "they differ in “Back to video” / nothing",
        "      4  caption     Kim Ek, 81, crosses",
        "      6  - this one",
        "      8  body        The race went ahead",
    ):
        assert text in shown, text


def test_copy_that_went_is_asked_of_first(desk):
    """What was removed before what was declined; two captions that were held against each other are one question."""
    shown = review(desk, "sss")
    places = [shown.index(text) for text in ("1 of 3  a.txt", "2 of 3  b.txt", "3 of 3  a.txt", "declined by doubled-caption")]
    assert places == sorted(places)
    assert "number 18 / 81" in shown
    assert "they differ in “81”" in shown
    assert "0 accepted, 0 rejected, 3 skipped, 0 left." in shown
    assert not (desk / "cleaner-keep.toml").exists()
    assert not (desk / ACCEPTED).exists()


def test_the_page_shows_what_a_session_shows(desk):
    """docs/review.md: the question, the entry and the comparison are those of a real run."""
    shown = Session(desk, "clean", COLUMNS="200")
    shown.press("r", "q")
    assert shown.ended() == 0
    run("clean", "raw", "after", cwd=desk)
    given = shown.shown + (desk / "cleaner-keep.toml").read_text() + run("cleaner", "compare", "clean", "after", cwd=desk).stdout
    page = (ROOT / "docs" / "review.md").read_text("utf-8")
    examples = [part for part in page.split("\n\n") if part.startswith("    ") and not part.startswith(("    clean", "    pip"))]
    examples += re.findall(r"```toml\n(# a.txt.*?)```", page, re.DOTALL)
    lines = [line.removeprefix("    ") for part in examples for line in part.splitlines()]
    assert len(lines) > 30
    assert [line for line in lines if line not in given.splitlines()] == []


# -- keys --------------------------------------------------------------------------------------------------------------


def test_what_is_accepted_is_asked_once(desk):
    """The next session goes on with the others; the records do not change, and neither does run.json."""
    assert "3 accepted" not in review(desk, "aq")
    assert not (desk / "cleaner-keep.toml").exists()
    lines = (desk / ACCEPTED).read_text().splitlines()
    assert lines[0].startswith("# What `cleaner review` was told is right")
    assert lines[1].endswith(f"  repeated-headline applied: {KEPT}")
    assert "1 of 2  b.txt" in review(desk, "aa")
    assert review(desk, "") == "There is no close call without an answer.\n"
    assert run("clean", "raw", "clean", "--check", cwd=desk).returncode == 0


def test_an_answer_can_be_taken_back(desk):
    """u goes to the question before and leaves the files as they were; at the first one there is nothing to take back."""
    (desk / "cleaner-keep.toml").write_bytes(b"# mine\r\n[[keep]]\r\ntext = 'x'")
    session = Session(desk, "clean")
    assert "There is no answer to take back." in session.press("u")
    session.press("r")
    assert len(entries(desk / "cleaner-keep.toml")) == 2
    assert "1 of 3" in session.press("u")
    assert (desk / "cleaner-keep.toml").read_bytes() == b"# mine\r\n[[keep]]\r\ntext = 'x'"
    session.press("a")
    assert (desk / ACCEPTED).exists()
    session.press("u")
    assert not (desk / ACCEPTED).exists()
    assert "2 of 3" in session.press("s")
    assert "1 of 3" in session.press("u")
    session.press("q")
    assert session.ended() == 0
    assert "0 accepted, 0 rejected, 0 skipped, 3 left." in session.shown


def test_a_declined_edit_has_nothing_to_reject(desk):
    """r says so and asks again; nothing is written."""
    shown = review(desk, "ssrq")
    assert "Nothing was removed here, and no list forces a removal." in shown
    assert "`cleaner rules doubled-caption`" in shown
    assert not (desk / "cleaner-keep.toml").exists()


def test_d_shows_more_and_less_around_it(desk):
    """All that is near it, and the few lines again."""
    session = Session(desk, "clean")
    few = session.shown
    assert "More than nine hundred runners" in few
    assert f"      1  headline    {HEADLINE}" not in few
    assert f"      1  headline    {HEADLINE}" in session.press("d")
    assert f"      1  headline    {HEADLINE}" not in session.press("d")
    session.press("q")
    assert session.ended() == 0


@pytest.mark.parametrize("key", ["?", "x", "A", "\x1b[A", "å"])
def test_another_key_is_no_answer(desk, key):
    """? and whatever is no key of ours print the keys; an arrow is one key, however many characters it sends."""
    session = Session(desk, "clean")
    assert "r  reject: this must not be removed." in session.press(key)
    session.press("q")
    assert session.ended() == 0
    assert "0 accepted, 0 rejected, 0 skipped, 3 left." in session.shown


@pytest.mark.parametrize("end", ["\x03", "\x04", "interrupt", "kill", "close"])
def test_whatever_ends_it_leaves_what_was_decided(desk, end):
    """Ctrl-C, Ctrl-D, a signal, a terminal that is closed: each answer was written when it was given."""
    session = Session(desk, "clean")
    session.press("r", "a")
    if end == "close":
        os.close(session.terminal)
        session.process.wait(60)
    else:
        if end in ("interrupt", "kill"):
            session.process.send_signal(signal.SIGINT if end == "interrupt" else signal.SIGKILL)
        else:
            os.write(session.terminal, end.encode())
        assert session.ended() == (-signal.SIGKILL if end == "kill" else 0)
        assert "Traceback" not in session.shown
        assert ("1 accepted, 1 rejected, 0 skipped, 1 left." in session.shown) == (end != "kill")
    assert [entry["rule"] for entry in entries(desk / "cleaner-keep.toml")] == ["repeated-headline"]
    assert len((desk / ACCEPTED).read_text().splitlines()) == 2
    assert {path.name for path in desk.iterdir()} == {ACCEPTED, "clean", "cleaner-keep.toml", "raw"}


# -- the keep list -----------------------------------------------------------------------------------------------------


def test_an_entry_says_what_it_is_about(desk):
    """By fingerprint and for its rule, with why; the place and the text are a comment, so that a person can read the list."""
    review(desk, "rq")
    text = (desk / "cleaner-keep.toml").read_text()
    assert text.startswith(f"# a.txt, line 6: {KEPT}\n[[keep]]\nfingerprint = ")
    [entry] = KeepList.load(desk / "cleaner-keep.toml").entries
    assert (entry.rule, entry.why) == ("repeated-headline", "rejected in review")


@pytest.mark.parametrize("content", [b"# no line end", b"", b"\r\n[[keep]]\r\ntext = 'x'\r\n", "[[keep]]\ntext = 'Räntan'\n\n\n# end".encode()])
def test_what_stands_in_the_list_is_kept_byte_for_byte(desk, content):
    """The entry goes behind it, and the list is a list."""
    (desk / "cleaner-keep.toml").write_bytes(content)
    review(desk, "rq")
    written = (desk / "cleaner-keep.toml").read_bytes()
    assert written.startswith(content)
    assert KeepList.load(desk / "cleaner-keep.toml").entries[-1].why == "rejected in review"


@pytest.mark.parametrize("entry", [f"text = '{KEPT}'", "pattern = '.*Back to video'", f"text = '{KEPT}'\nrule = 'repeated-headline'"])
def test_what_the_list_keeps_already_is_not_asked_for(desk, entry):
    """By whatever way an entry says it."""
    (desk / "cleaner-keep.toml").write_text(f"[[keep]]\n{entry}\n")
    assert HEADLINE + " Back" not in review(desk, "q").partition("= ")[0]


@pytest.mark.parametrize("entry", [f"text = '{HEADLINE}'", f"text = '{KEPT}'\nrule = 'furniture'"])
def test_what_the_list_does_not_keep_is_asked_for(desk, entry):
    """An entry for other words or for another rule answers nothing."""
    (desk / "cleaner-keep.toml").write_text(f"[[keep]]\n{entry}\n")
    assert f"      6 - {KEPT}" in review(desk, "q")


def test_an_entry_is_not_written_twice(desk):
    """Somebody wrote it while the question stood there: it is a list with one entry."""
    session = Session(desk, "clean")
    (desk / "cleaner-keep.toml").write_text(f"[[keep]]\ntext = '{KEPT}'\n")
    session.press("r", "q")
    assert session.ended() == 0
    assert (desk / "cleaner-keep.toml").read_text() == f"[[keep]]\ntext = '{KEPT}'\n"


def test_the_list_may_be_another_file(desk):
    """--keep, or the keep list of cleaner.toml; a link stays a link; what was accepted lies beside it."""
    (desk / "lists").mkdir()
    (desk / "lists" / "real.toml").write_text("# ours\n")
    (desk / "lists" / "keep.toml").symlink_to("real.toml")
    review(desk, "rq", "clean", "--keep", "lists/keep.toml")
    assert (desk / "lists" / "keep.toml").is_symlink()
    assert (desk / "lists" / "real.toml").read_text().startswith("# ours\n\n# a.txt, line 6")
    (desk / "cleaner.toml").write_text('keep = "lists/keep.toml"\n')
    review(desk, "aq")
    assert (desk / "lists" / ACCEPTED).exists()
    assert not (desk / "cleaner-keep.toml").exists()


def test_what_was_changed_since_is_not_undone(desk):
    """Notes take back what they added and nothing else."""
    notes = Notes(desk / "cleaner-keep.toml")
    first, second, *_ = questions(desk / "clean", notes)
    note = notes.reject(first)
    (desk / "cleaner-keep.toml").write_bytes((desk / "cleaner-keep.toml").read_bytes() + b"# a remark\n")
    with pytest.raises(OptionsError, match="changed by somebody else"):
        notes.take_back(first, note)
    notes.reject(second)
    assert len(entries(desk / "cleaner-keep.toml")) == 2
    assert "# a remark\n" in (desk / "cleaner-keep.toml").read_text()


def test_the_same_words_are_asked_of_once(desk):
    """A line on many pages is one question, and its answer holds for all of them."""
    for number in range(5):
        (desk / "raw" / f"more{number}.txt").write_text(COPY)
    clean_folder(desk / "raw", desk / "clean")
    assert "2 left" in review(desk, "rq")
    clean_folder(desk / "raw", desk / "clean", Options(keep=str(desk / "cleaner-keep.toml")))
    rows = [json.loads(line) for line in (desk / "clean" / "articles.jsonl").read_text().splitlines()]
    assert sum(KEPT in row["text"] for row in rows) == 6


# -- what cannot be reviewed -------------------------------------------------------------------------------------------


def test_without_a_terminal_it_is_a_letter(desk):
    """Keys from a pipe are no review: exit code 2, and nothing is written."""
    done = run("cleaner", "review", "clean", stdin="rrr", cwd=desk)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no terminal" in done.stderr
    assert not (desk / "cleaner-keep.toml").exists()


@pytest.mark.parametrize(
    ("name", "content", "letter"),
    [
        ("cleaner-keep.toml", "[[keep]]\n", "entry 1: it says no text"),
        ("cleaner-keep.toml", "keep = [{text = 'x'}]\n", "no entry can be added behind its last line"),
        (ACCEPTED, "# ours\nharbour\n", "line 2: 'harbour' is no decision"),
    ],
)
def test_a_file_that_cannot_be_used_is_a_letter(desk, name, content, letter):
    """Before the first question, and the file is as it was."""
    (desk / name).write_text(content)
    session = Session(desk, "clean")
    assert session.ended() == 2
    assert letter in " ".join(session.shown.split())
    assert (desk / name).read_text() == content


def test_a_folder_that_is_no_output_is_a_letter(desk):
    """Exit code 2."""
    session = Session(desk, "raw")
    assert session.ended() == 2
    assert "no output of ours" in session.shown


def test_copy_cannot_talk_to_the_terminal_or_write_entries(desk):
    """Escapes are printed as text; what is written of hostile copy, paths and tables is a comment and a fingerprint."""
    evil = f'{HOSTILE.strip()} "]] of the harbour at Greywick \x7f'
    for path in (desk / "raw").iterdir():
        path.unlink()
    path = desk / "raw" / "a\n[[keep]]\npattern = '.*'\n.txt"
    path.write_text(f"{evil}\n\n{evil} Back to video\n\nThe race went ahead on Friday after three days of storm.\n", newline="")
    clean_folder(desk / "raw", desk / "clean")
    table = desk / "clean" / "edits.jsonl"
    table.write_text(table.read_text().replace('"rule":"repeated-headline"', '"rule":"no-rule-of-ours"'))
    session = Session(desk, "clean", NO_COLOR="1")
    session.press("r", "q")
    assert session.ended() == 0
    assert not set(session.shown) & set("\x07\x9b\r\u202e\x7f")
    assert "\x1b]" not in session.shown
    [entry] = entries(desk / "cleaner-keep.toml")
    assert set(entry) == {"fingerprint", "why"}
    run("clean", "raw", "clean", cwd=desk)
    assert "kept-by-list" in table.read_text()
