"""The source column of an article: its lines as they were, each with what happened on it.

Drawn by hand and not by a template: it is nine tenths of a page, and templates took four times as long over it. Whatever comes from the
copy goes through ``escaped``.
"""

from __future__ import annotations

import html
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from cleaner.model import Role, Span, Status
from cleaner.records import EditRow, places
from cleaner.view import DONE, Article, changes, excerpt, is_close, kind, visible

FOLDED = 3
"""Unchanged lines in a row from which they are folded."""
FOLD_SHOWS = 60
"""Lines that a fold holds; the rest of a very long body stands in the record."""
LONGEST = 5_000
"""Code points of one line or field that a page shows."""

SIGNS = {
    "remove": ("−", "a copy; what the link leads to stays for it"),
    "drop": ("×", "furniture, or a credit without its picture; the reason names it"),
    "move": ("→", "out of the running text into a field of the record"),
    "replace": ("~", "characters inside text that stays"),
    "declined": ("=", "it stays: a rule was about to take it, and a guard or the threshold said no"),
    "kept-by-list": ("✓", "it stays: an entry of the keep list says so"),
}
"""For each kind of edit its sign, and what it means: colour alone says nothing."""

_BODY, _APPLIED = Role.BODY, Status.APPLIED


def points(points: float) -> str:
    """A score or margin as people read it: no decimals where there are none.

    >>> points(100.0), points(93.25)
    ('100', '93.2')
    """
    return f"{points:.1f}".removesuffix(".0")


def needed(edit: EditRow) -> str:
    """What goes behind a score: the threshold, and how far apart the two are, or that not the score decided.

    >>> from cleaner.model import Op, Status
    >>> row = ("", 0, "doubled-caption", Op.REMOVE, Status.DECLINED, 0, 10, 1, 1, "Kim Ek, 43", None, None)
    >>> needed(EditRow(*row, 93.2, 92.0, "like line 1, but number 34 / 43", None, None, ""))
    ' of 92 needed, a guard stopped it'
    >>> needed(EditRow(*row, 90.5, 92.0, "like line 1", None, None, ""))
    ' of 92 needed, margin 1.5'
    """
    if edit.score is None or edit.threshold is None:
        return ""
    if edit.status is Status.DECLINED and edit.score >= edit.threshold:
        return f" of {points(edit.threshold)} needed, a guard stopped it"
    return f" of {points(edit.threshold)} needed, margin {points(abs(edit.score - edit.threshold))}"


def shown(text: str) -> str:
    """Copy for a page: on one line, its controls made visible, cut where it would fill the page by itself."""
    if len(text) > LONGEST:
        text = f"{text[:LONGEST]}... ({len(text) - LONGEST:,} more)"
    return visible(text.replace("\n", " "))


def escaped(text: str, spans: Sequence[Span] = ()) -> str:
    """Copy as HTML, the words in ``spans`` marked.

    >>> escaped("<b>34</b> years", [Span(3, 5)])
    '&lt;b&gt;<mark>34</mark>&lt;/b&gt; years'
    """
    if not spans or len(text) > LONGEST:
        return html.escape(shown(text))
    pieces: list[str] = []
    last = 0
    for start, end in spans:
        pieces += (html.escape(shown(text[last:start])), "<mark>", html.escape(shown(text[start:end])), "</mark>")
        last = end
    pieces.append(html.escape(shown(text[last:])))
    return "".join(pieces)


def source(article: Article) -> str:
    """The lines of an article as HTML. Removed text is struck and links to the copy that stays, which links back."""
    id, text = article.row.id, article.text
    starts = [piece.start for piece in article.pieces]
    lines_of = places(text, starts)
    numbers = [lines_of[start][0] for start in starts]
    stands_for: dict[int, list[EditRow]] = defaultdict(list)
    targets: set[int] = set()
    for copy in article.edits:
        if copy.kept_start is not None:
            there = _piece_at(starts, copy.kept_start)
            targets.add(there)
            if copy.status is _APPLIED:
                stands_for[there].append(copy)
    lines = _Lines()
    last = 0
    for n, piece in enumerate(article.pieces):
        lines.go_to(numbers[n], piece.text.count("\n"), last < piece.start)
        last = piece.end
        edit = piece.edit
        anchor = f' id="p{id}-{piece.start}"' if n in targets else ""
        if edit is None:
            plain = escaped(piece.text)
            lines.text.append(f'<span class="kept"{anchor}>{plain}</span>' if anchor else plain)
        else:
            what = kind(edit)
            kept = article.kept(edit)
            ours, theirs = changes(edit.text, kept) if kept is not None else ([], [])
            inside = escaped(piece.text, _within(ours, piece.start - edit.start, len(piece.text)))
            tag = "del" if what in ("remove", "drop") else "span"
            lines.text.append(f'<{tag} class="edit {what}"{anchor}>{inside}</{tag}>')
            if edit.start == piece.start:
                to = None
                if edit.kept_start is not None:
                    there = _piece_at(starts, edit.kept_start)
                    to = f"p{id}-{starts[there]}", numbers[there]
                lines.notes.append(_note(edit, what, id, to, None if kept is None or kept == edit.text else escaped(kept, theirs)))
        if piece.role is not None and piece.role is not _BODY:
            lines.roles.setdefault(piece.role.value)
        if n in stands_for:
            lines.back += [f'<a href="#e{id}-{copy.seq}">{copy.line}</a>' for copy in stands_for[n]]
    return lines.html()


class _Lines:
    """Lines on their way to HTML: one open line, and those before it that nothing happened to, until it is known whether they are folded."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.plain: list[tuple[str, str]] = []
        self.number = 0
        self.next = 1
        self.gap = False
        self._open()

    def _open(self) -> None:
        self.text: list[str] = []
        self.notes: list[str] = []
        self.back: list[str] = []
        self.roles: dict[str, None] = {}

    def go_to(self, number: int, breaks: int, apart: bool) -> None:
        """On to the line with this number; on the same line a gap is a space. ``breaks`` are the line ends inside what comes."""
        if number != self.next or not self.number:
            self._close()
            self.gap = bool(self.number) and number > self.next + 1
            self.number = number
        elif apart:
            self.text.append(" ")
        self.next = number + breaks

    def _close(self) -> None:
        if not self.text:
            return
        head, text = f'{" gap" if self.gap else ""}" data-n="{self.number}"', "".join(self.text)
        if self.notes or self.back or self.roles:
            self._fold()
            role = ", ".join(self.roles)
            if self.back:
                role += f"{', ' if role else ''}stands for line{'s' if len(self.back) > 1 else ''} {', '.join(self.back)}"
            margin = (f'<p class="role">{role}</p>' if role else "") + "".join(self.notes)
            touched = " touched" if self.notes else ""
            self.done.append(f'<div class="line{touched}{head}><p class="text" dir="auto">{text}</p><div class="margin">{margin}</div></div>\n')
        else:
            self.plain.append((head, text))
        self._open()

    def _fold(self) -> None:
        number = len(self.plain)
        if number < FOLDED:
            self.done += [f'<div class="line{head}><p class="text" dir="auto">{text}</p></div>\n' for head, text in self.plain]
        else:
            self.done.append(f'<details class="fold"><summary>{number:,} lines unchanged</summary>\n')
            self.done += [f'<p class="plain{head} dir="auto">{text}</p>\n' for head, text in self.plain[:FOLD_SHOWS]]
            if number > FOLD_SHOWS:
                self.done.append(f'<p class="more">{number - FOLD_SHOWS:,} more lines, unchanged</p>\n')
            self.done.append("</details>\n")
        self.plain = []

    def html(self) -> str:
        self._close()
        self._fold()
        return "".join(self.done)


def _note(edit: EditRow, what: str, id: str, to: tuple[str, int] | None, kept: str | None) -> str:
    """What the margin says of an edit: what happened, by which rule, how sure, why, and where the copy is that stays."""
    sign, word = SIGNS[what][0], DONE[what]
    near = is_close(edit)
    attributes, figures = "", ""
    if edit.score is not None:
        attributes = f' data-score="{edit.score}"'
        figures = f' <span class="figures"><b>{points(edit.score)}</b>{needed(edit)}</span>'
    if to is not None:
        stays = f' <a class="stays" href="#{to[0]}">{"held against" if edit.status is not _APPLIED else "stays"}: line {to[1]}</a>'
        stays += "" if kept is None else f' <q dir="auto">{kept}</q>'
    elif edit.field:
        stays = f' <span class="stays">{edit.field}: <q dir="auto">{html.escape(excerpt(edit.value or ""))}</q></span>'
    elif what == "replace":
        stays = f' <span class="stays">now: <q dir="auto">{html.escape(excerpt(edit.value))}</q></span>' if edit.value else ""
    else:
        stays = ""
    return (
        f'<div class="note {what}{" near" if near else ""}" id="e{id}-{edit.seq}" data-rule="{edit.rule}" data-kind="{what}"{attributes}>'
        f'<p class="what"><span class="sign {what}" aria-hidden="true">{sign}</span> <b>{word}</b> '
        f'<a class="rule" href="#e{id}-{edit.seq}">{edit.rule}</a>{figures}</p> '
        f'<p class="why"><span dir="auto">{html.escape(excerpt(edit.reason))}</span>{stays}</p></div>'
    )


def _within(spans: Sequence[Span], start: int, length: int) -> list[Span]:
    """The spans of an edit's text as they lie in a piece of it, ``start`` code points into it."""
    moved = [Span(max(0, span.start - start), min(length, span.end - start)) for span in spans]
    return [span for span in moved if span.start < span.end]


def _piece_at(starts: list[int], offset: int) -> int:
    """Which piece a code point of the document lies in."""
    return max(0, bisect_right(starts, offset) - 1)
