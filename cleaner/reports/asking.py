"""The dialogue of ``cleaner review``: a close call, the copy it was held against, and a key for what is right.

The keys are those of ``cargo insta review``, where a is accept, r reject and s skip.
"""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cleaner.model import Span, Status
from cleaner.reports.terminal import say
from cleaner.review import AROUND, MOST, Around, Note, Notes, Question
from cleaner.view import changes, done, excerpt, margin, visible

if TYPE_CHECKING:
    from rich.console import Console

NEAR = 2
"""Pieces around the edit that are shown before one asks for more."""
LONGEST = 160
"""Code points of words that are alike, beyond which their middle is left out."""
MARKED = 20
"""Differences that are marked."""

KEYS = "a accept  r reject  s skip  u back  d more or less around it  q quit  ? help"
HELP = """\
  a  accept: the decision is right. It is written down and not asked for again.
  r  reject: this must not be removed. It goes into the keep list, which the next `clean` obeys.
  s  skip: ask again another time.
  u  back to the question before, and take its answer back.
  d  more, or less, of the article around it.
  q  quit. Every answer so far is written."""


class Answer(NamedTuple):
    """What was said of the question at ``place``, by its key, and what was written of it."""

    place: int
    key: str
    note: Note | None


def review(asked: Sequence[Question], notes: Notes, out: Console, key: Callable[[], str]) -> None:
    """Put the questions and write down the answers, until there is none left or the person quits. ``key`` waits for one or several keys."""
    if not asked:
        say(out, "There is no close call without an answer.")
        return
    given: list[Answer] = []
    with contextlib.suppress(KeyboardInterrupt):
        _ask(asked, notes, out, _keys(key), given)
    answers = Counter(answer.key for answer in given)
    left = sum(not notes.has_answered(question) for question in asked) - answers["s"]
    more = ", and there may be more: these were the closest" if len(asked) == MOST else ""
    say(out, f"{answers['a']:,} accepted, {answers['r']:,} rejected, {answers['s']:,} skipped, {left:,} left{more}.", "bold")
    if answers["r"]:
        say(out, f"The keep list is {visible(str(notes.keep))}: run `clean` again, and what was rejected stays.")
    if answers["a"]:
        say(out, f"What was accepted is in {visible(str(notes.accepted))} and is not asked for again.")


def _keys(key: Callable[[], str]) -> Iterator[str]:
    """Keys one at a time, until the terminal is closed or interrupted. Several at once are keys typed ahead; an arrow or the like is one key."""
    with contextlib.suppress(KeyboardInterrupt, EOFError):
        while pressed := key():
            yield from [pressed] if pressed.startswith("\x1b") else pressed


def _ask(asked: Sequence[Question], notes: Notes, out: Console, keys: Iterator[str], given: list[Answer]) -> None:
    place, reach = 0, NEAR
    while place < len(asked):
        question = asked[place]
        if notes.has_answered(question):  # by the answer to another question with the same words
            place += 1
            continue
        _print_question(question, f"{place + 1} of {len(asked)}", reach, out)
        pressed = _pressed(question, bool(given), keys, out)
        if pressed == "q":
            return
        if pressed == "d":
            reach = AROUND if reach == NEAR else NEAR
        elif pressed == "u":
            place, _, note = given.pop()
            if note:
                notes.take_back(asked[place], note)
            say(out, "taken back\n", "bold")
        else:
            note = notes.accept(question) if pressed == "a" else notes.reject(question) if pressed == "r" else None
            given.append(Answer(place, pressed, note))
            say(out, {"a": "accepted", "r": "rejected: it is in the keep list", "s": "skipped"}[pressed] + "\n", "bold")
            place += 1


def _pressed(question: Question, back: bool, keys: Iterator[str], out: Console) -> str:
    """The next key that can be followed; what the others would need is said."""
    while True:
        say(out, KEYS, "dim")
        pressed = next(keys, "q")
        if pressed in ("\x03", "\x04"):
            return "q"
        if pressed == "r" and question.edit.status is not Status.APPLIED:
            say(out, "Nothing was removed here, and no list forces a removal.")
            say(out, f"What the rule leaves alone, and why: `cleaner rules {excerpt(question.edit.rule)}`.")
        elif pressed == "u" and not back:
            say(out, "There is no answer to take back.")
        elif pressed in ("a", "r", "s", "u", "d", "q"):
            return pressed
        else:
            say(out, HELP)


# -- a question --------------------------------------------------------------------------------------------------------


def _print_question(question: Question, count: str, reach: int, out: Console) -> None:
    from rich.text import Text

    edit, kept = question.edit, question.kept
    applied = edit.status is Status.APPLIED
    say(out, f"{count}  {question.where}  article {question.number}  {question.article}  {question.headline}".rstrip(), "bold")
    say(out, f"{done(edit)} by {excerpt(edit.rule)}: {_score(edit.score, edit.threshold, margin(edit), applied)}")
    say(out, excerpt(edit.reason))
    out.print()
    ours, theirs = ([], []) if kept is None else changes(edit.text, kept)
    style = "red" if applied else "yellow"
    out.print(Text.assemble((f"  {edit.line:>5} {'-' if applied else '?'} ", style), *_marked(edit.text, ours, style)))
    if kept is not None:
        out.print(Text.assemble((f"  {question.kept_line:>5} = ", "green"), *_marked(kept, theirs, "green")))
        if ours or theirs:
            say(out, f"          they differ in {_words(edit.text, ours)} / {_words(kept, theirs)}")
    out.print()
    for near in question.before[-reach:]:
        _print_around(near, out)
    say(out, f"  {edit.line:>5}  {'-' if applied else '?'} this one", style)
    for near in question.behind[:reach]:
        _print_around(near, out)
    out.print()


def _print_around(near: Around, out: Console) -> None:
    say(out, f"  {near.line:>5}  {near.what:<11} {near.text}", "dim")


def _score(score: float | None, threshold: float | None, points: float | None, applied: bool) -> str:
    if score is None or threshold is None or points is None:
        return "nothing was compared"
    way = "above it" if applied else "below it" if score < threshold else "above it, and a guard stopped it"
    return f"score {score:g}, threshold {threshold:g}, {abs(score - threshold):.1f} {way}"


def _marked(text: str, spans: Sequence[Span], style: str) -> Iterator[tuple[str, str]]:
    """Words with those that differ reversed; long stretches that are alike lose their middle."""
    at = 0
    for span in spans[:MARKED]:
        yield _shortened(text[at : span.start]), style
        yield _shortened(text[span.start : span.end]), f"{style} reverse"
        at = span.end
    yield _shortened(text[at:]), style


def _words(text: str, spans: Sequence[Span]) -> str:
    """The words that differ, for those who do not see how they are marked."""
    return ", ".join(f"“{excerpt(text[span.start : span.end], 60)}”" for span in spans[:MARKED]) or "nothing"


def _shortened(text: str) -> str:
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]} ... {text[-LONGEST // 2 :]}"
    return visible(re.sub(r"\s+", " ", text))
