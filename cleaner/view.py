"""What every report shows, drawn from the tables of CLEAN: articles with their pieces and edits, totals, and the close calls.

Nothing is decided or compared again here. A report that wants to know why a line went reads it from the table ``edits``.
"""

from __future__ import annotations

import difflib
import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, NamedTuple, Protocol, TypeVar

from cleaner import model
from cleaner.model import Op, Role, Span, Status
from cleaner.output import read_run, read_table
from cleaner.records import ArticleRow, Counts, EditRow, Run, UnreadableRow
from cleaner.restore import Written, documents

LONGEST = 300
"""Code points of a span that a line shows; the tables have it whole."""
CLOSE = 5.0
"""Points from the threshold within which an edit that was applied is a close call."""
COMPARED = 2_000
"""Code points of a text beyond which the words that differ are not looked for: at 10,000 that may take twenty seconds, here half of one."""

DONE = {
    "remove": "removed", "drop": "dropped", "move": "moved", "replace": "replaced", "declined": "declined", "kept-by-list": "kept by list",
}
"""What every report calls each kind of edit."""

Held = TypeVar("Held")

# Controls, and what makes a terminal or a reader show another order than the file has. Joiners stay: Persian and Hindi are written with them.
# So do the variation selectors U+E0100-E01EF: they say which form of a character a Japanese name is written with.
# "##[" is here since a CI log takes "##[error]" for a command wherever it stands in a line.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]|#(?=#\\[)"
)
_COMMAND = re.compile(r"^(\s*):(?=:)", re.MULTILINE)
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


def visible(text: str) -> str:
    """Text that can do nothing to a terminal or a page: controls and turns of the writing direction as escapes.

    >>> print(visible("\\x1b[2JHarbour\\u202e"))
    \\x1b[2JHarbour\\u202e
    """
    if text.isprintable() and "##[" not in text:  # which says no to all of those, and to some more, at a tenth of the price
        return text
    return _UNSAFE.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    character = found.group()
    return r"\x23" if character == "#" else character.encode("unicode_escape", "surrogatepass").decode("ascii")


def logged(text: str) -> str:
    """Lines that a CI log does not take for commands: it obeys those that begin with two colons.

    >>> print(logged("  ::error::Harbour"))
      \\x3a:error::Harbour
    """
    return _COMMAND.sub(r"\1\\x3a", text)


def excerpt(text: str, longest: int = LONGEST) -> str:
    """A span on one line, cut where it gets long.

    >>> excerpt("The harbour\\n  reopened"), excerpt("Harbour", longest=4)
    ('The harbour reopened', 'Harb... (3 more)')
    """
    more = len(text) - longest
    return visible(" ".join(text[:longest].split())) + (f"... ({more:,} more)" if more > 0 else "")


class Placed(Protocol):
    """What lies somewhere in RAW."""

    @property
    def path(self) -> str: ...
    @property
    def item(self) -> int | None: ...


def place(row: Placed) -> str:
    """Where a row's text lies in RAW: its path, and the row where a file has many.

    >>> place(UnreadableRow("wire/feed.jsonl", 3, "no JSON."))
    'wire/feed.jsonl, row 3'
    """
    return row.path if row.item is None else f"{row.path}, row {row.item}"


def counted(number: int, one: str, more: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "file"), counted(1200, "file"), counted(2, "entry", "entries")
    ('1 file', '1,200 files', '2 entries')
    """
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def totals(counts: Counts) -> str:
    """A run in one sentence."""
    removed = f"; {counts.removed_chars / counts.chars:.1%} of the characters removed" if counts.chars else ""
    return f"{counted(counts.files, 'file')}: {counted(counts.articles, 'article')}, {counted(counts.words, 'word')}{removed}."


def kinds(edits: Mapping[str, Mapping[str, int]]) -> list[str]:
    """The columns of a table of edits by rule: the ops that were applied and the statuses of what was not, those that there are.

    >>> kinds({"furniture": {"drop": 3}, "doubled-caption": {"declined": 1, "remove": 2}})
    ['remove', 'drop', 'declined']
    """
    names = [*(str(op) for op in Op), *(str(status) for status in Status if status is not Status.APPLIED)]
    return [name for name in names if any(name in done for done in edits.values())]


# -- an article ----------------------------------------------------------------------------------------------------------


class Piece(NamedTuple):
    """A stretch of an article's source that one thing happened to, ``start`` to ``end`` in the document's text.

    ``role`` is the field that it is kept in, None where it went. ``edit`` is the applied edit that took it, or for kept
    text the one that was declined or stopped by the keep list; else None.
    """

    start: int
    end: int
    text: str
    role: Role | None
    edit: EditRow | None


class Article(NamedTuple):
    """An article as reports show it. ``text`` is its whole document's; ``pieces`` are in the order of the source, white space between them left out."""

    row: ArticleRow
    text: str
    pieces: list[Piece]
    edits: list[EditRow]

    def kept(self, edit: EditRow) -> str | None:
        """The words that stand for a removed copy, or that a declined one was held against."""
        if edit.kept_start is None or edit.kept_end is None:
            return None
        return self.text[edit.kept_start : edit.kept_end]

    @property
    def closest(self) -> float | None:
        """The margin of its closest call; None where it has none."""
        return min((points for edit in self.edits if is_close(edit) and (points := margin(edit)) is not None), default=None)


def articles(clean: Path) -> Iterator[Article]:
    """Every article of CLEAN, in its order. Raises FolderError or RestoreError where CLEAN cannot be read."""
    for written in documents(clean):
        yield from articles_of(written)


def articles_of(written: Written) -> list[Article]:
    """The articles of one document."""
    text = written.text
    edits = written.edits_by_article()
    segments: defaultdict[int, list[tuple[int, int, Role]]] = defaultdict(list)
    for segment in written.document.segments:
        segments[segment.article].append((segment.start, segment.end, segment.role))
    return [Article(row, text, _pieces(text, segments[row.number], edits[row.id]), edits[row.id]) for row in written.articles]


def _pieces(text: str, segments: list[tuple[int, int, Role]], edits: list[EditRow]) -> list[Piece]:
    pieces = [Piece(edit.start, edit.end, text[edit.start : edit.end], None, edit) for edit in edits if edit.status is Status.APPLIED]
    spared = sorted((edit for edit in edits if edit.status is not Status.APPLIED), key=lambda edit: edit.start)
    past = 0  # spared edits that end before the segment: segments and edits are walked side by side
    for start, end, role in sorted(segments):
        while past < len(spared) and spared[past].end <= start:
            past += 1
        place = past
        while place < len(spared) and spared[place].start < end:
            edit = spared[place]
            place += 1
            first, last = max(start, edit.start), min(end, edit.end)
            if first >= last:
                continue
            if start < first:
                pieces.append(Piece(start, first, text[start:first], role, None))
            pieces.append(Piece(first, last, text[first:last], role, edit))
            start = last
        if start < end:
            pieces.append(Piece(start, end, text[start:end], role, None))
    pieces.sort(key=lambda piece: piece.start)
    return pieces


# -- how close -----------------------------------------------------------------------------------------------------------


def margin(edit: EditRow) -> float | None:
    """Points between score and threshold; 0 where a guard, not the score, stopped the edit. None where nothing was compared."""
    return model.margin(edit.status, edit.score, edit.threshold)


def scored(edit: EditRow) -> str:
    """The rule, with score and threshold where something was compared, to the tenth: at the threshold a tenth of a point decides.

    >>> from cleaner.model import Op
    >>> span = ("Kim Ek, 43", None, None, 91.7, 92.0, "91.7 of 100 is below 92", None, None, "")
    >>> scored(EditRow("", 0, "doubled-caption", Op.REMOVE, Status.DECLINED, 0, 10, 1, 1, *span))
    'doubled-caption 91.7 (at least 92)'
    """
    score = "" if edit.score is None else f" {edit.score:g}" + ("" if edit.threshold is None else f" (at least {edit.threshold:g})")
    return f"{edit.rule}{score}"


def kind(edit: EditRow) -> str:
    """What an edit is to a reader: its op where it was applied, else its status. It is what ``Counts.edits`` counts by."""
    return edit.op.value if edit.status is Status.APPLIED else edit.status.value


def done(edit: EditRow) -> str:
    """What was done with the words, or that nothing was."""
    return DONE[kind(edit)]


def is_close(edit: EditRow) -> bool:
    """Whether a person should look at it: declined, or applied with a score of less than 100 close to the threshold."""
    if edit.score is None or edit.threshold is None or edit.status is Status.KEPT_BY_LIST:
        return False
    return edit.status is Status.DECLINED or edit.score != 100 and edit.score - edit.threshold <= CLOSE


def changes(old: str, new: str) -> tuple[list[Span], list[Span]]:
    """The words that differ between the two copies of a fuzzy pair: spans in the one and in the other, for the eye alone. None of long ones.

    >>> changes("Five killed in blast", "Five die in blast")
    ([Span(start=5, end=11)], [Span(start=5, end=8)])
    """
    if old == new or max(len(old), len(new)) > COMPARED:
        return [], []
    one, two = (list(_WORD.finditer(text)) for text in (old, new))
    left, right = [], []
    matcher = difflib.SequenceMatcher(None, [found.group() for found in one], [found.group() for found in two], autojunk=False)
    for tag, i, j, k, n in matcher.get_opcodes():
        if tag != "equal":
            left += _words(one[i:j])
            right += _words(two[k:n])
    return left, right


def _words(found: list[re.Match[str]]) -> list[Span]:
    """The stretch from the first to the last word; none where there is only white space."""
    words = [match for match in found if not match.group().isspace()]
    return [Span(words[0].start(), words[-1].end())] if words else []


# -- all of CLEAN --------------------------------------------------------------------------------------------------------


class Call(NamedTuple):
    """An edit that is shown away from its article: with the article's row, the words that stay for it, and the article's place in its table, from 0."""

    article: ArticleRow
    edit: EditRow
    kept: str | None
    ordinal: int


@dataclass(slots=True)
class Count:
    """What adds up for a source: articles, edits that were applied, code points of copy that went."""

    articles: int = 0
    edits: int = 0
    removed_chars: int = 0


class Overview:
    """What the first page of a report shows, gathered while the articles go by once: memory does not grow with their number.

    ``closest`` are the closest calls, closest first; ``most_removed`` the articles that lost the largest share, each with its place in the table;
    ``sources`` counts by source, ``None`` where none is known.
    """

    def __init__(self, clean: Path, *, calls: int = 50, articles: int = 50) -> None:
        self.run: Run = read_run(clean)
        self.sources: dict[str | None, Count] = {}
        self.close: Counter[str] = Counter()
        self.articles = 0
        self._calls: Best[Call] = Best(calls)
        self._articles: Best[tuple[int, ArticleRow]] = Best(articles)

    def add(self, article: Article) -> None:
        """Count one more article."""
        row = article.row
        count = self.sources.setdefault(row.source, Count())
        count.articles += 1
        count.edits += row.edits
        count.removed_chars += row.removed_chars
        if row.removed_chars:
            self._articles.add(-row.removed_ratio, (self.articles, row))
        for edit in article.edits:
            points = margin(edit)
            if points is None or not is_close(edit):
                continue
            self.close[edit.rule] += 1
            self._calls.add(points, Call(row, edit, article.kept(edit), self.articles))
        self.articles += 1

    @property
    def closest(self) -> list[Call]:
        return self._calls.best()

    @property
    def most_removed(self) -> list[tuple[int, ArticleRow]]:
        return self._articles.best()

    @property
    def rules(self) -> dict[str, dict[str, int]]:
        """Edits by rule, then by op or, where they were not applied, by status; the rule with most of them first."""
        return {rule: dict(done) for rule, done in sorted(self.run.counts.edits.items(), key=lambda each: (-sum(each[1].values()), each[0]))}


class Best(Generic[Held]):
    """The ``most`` of what has the smallest figures; of equal ones those that came first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._heap: list[tuple[float, int, Held]] = []
        self._came = 0

    def takes(self, figure: float) -> bool:
        """Whether something with this figure would be among them, so that what is costly to make is made for those alone."""
        return len(self._heap) < self.most or -figure > self._heap[0][0]

    def add(self, figure: float, what: Held) -> None:
        self._came += 1
        entry = (-figure, -self._came, what)
        if len(self._heap) < self.most:
            heapq.heappush(self._heap, entry)
        elif entry > self._heap[0]:
            heapq.heapreplace(self._heap, entry)

    def best(self) -> list[Held]:
        return [what for *_, what in sorted(self._heap, key=lambda entry: (-entry[0], -entry[1]))]


def unreadable(clean: Path) -> Iterator[UnreadableRow]:
    """The rows of the table ``unreadable``. Raises FolderError or RestoreError where CLEAN cannot be read."""
    return read_table(clean, "unreadable", UnreadableRow)
