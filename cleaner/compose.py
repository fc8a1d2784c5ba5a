"""From the lines and the settled edits to the fields of a record, and the segments that say where each kept piece stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.model import Caption, Edit, Op, Role, Segment
from cleaner.text import word_count

if TYPE_CHECKING:
    from cleaner.roles import Article, Picture

_BREAK = re.compile("\\s*[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]\\s*")


# What stands between two lines of a field, a line break where nothing is said; and the roles by names of their own, since each is
# asked of every line and a look-up on the class costs ten times one of a name.
_JOINTS = {Role.BODY: "\n\n", Role.BYLINE: "; "}
_HEADLINE, _DECK, _BYLINE, _CAPTION, _BODY = Role.HEADLINE, Role.DECK, Role.BYLINE, Role.CAPTION, Role.BODY


class _Field:
    """A field that is being written: kept pieces and replaced characters, joined as they are added."""

    __slots__ = ("joint", "length", "n", "parts", "role")

    def __init__(self, role: Role, n: int | None = None) -> None:
        self.role, self.n, self.length = role, n, 0
        self.joint = _JOINTS.get(role, "\n")
        self.parts: list[str] = []

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def between_lines(self) -> str:
        return self.joint if self.length else ""

    def __str__(self) -> str:
        return "".join(self.parts)


class Composer:
    """The fields of one article. What no edit took and no other field holds is body."""

    def __init__(self, text: str, article: Article, applied: list[Edit]) -> None:
        self._text, self._article = text, article
        self._credits = {edit.start for edit in applied if edit.field == "credit"}
        pictures: dict[int, Picture] = {picture.first: picture for picture in article.pictures}
        headline, deck, byline, body = _Field(_HEADLINE), _Field(_DECK), _Field(_BYLINE), _Field(_BODY)
        captions: dict[int, _Field] = {}
        self.dateline_at: int | None = None
        self.words = 0
        self.segments: list[Segment] = []
        segments, looks, number = self.segments, article.looks, article.number
        edit, next_edit = 0, applied[0].start if applied else len(text)
        for place, (line, role) in enumerate(zip(article.lines, article.roles, strict=True)):
            if role is _BODY:
                into = body
            elif role is _CAPTION and place in pictures:
                into = captions[place] = _Field(_CAPTION, len(captions))
            elif role is _HEADLINE and place == article.headline:
                into = headline
            elif role is _DECK:
                into = deck
            elif role is _BYLINE or role is Role.AGENCY_TAG and article.tags[place].where == "byline":
                into = byline
            else:
                into = body
            start, end = line.start, line.end
            if next_edit >= end and not line.wrapped:  # the common case: a line that no edit touches
                if into.length:
                    into.add(into.joint)
                if into is body:
                    self.words += looks[place].words
                    if self.dateline_at == -1:
                        self.dateline_at = into.length
                segments.append(Segment(into.role, start, end, number, into.length, into.n))
                into.add(line.text)
            else:
                first, before = edit, len(into.parts)
                while edit < len(applied) and applied[edit].start < end:
                    edit += 1
                next_edit = applied[edit].start if edit < len(applied) else len(text)
                self._add(into, start, end, applied[first:edit])
                if into is body and len(into.parts) > before:
                    self.words += word_count("".join(into.parts[before:]))
        self.headline = str(headline) or None
        self.deck = str(deck) or None
        self.byline = str(byline) or None
        self.text = str(body)
        self.captions = tuple([self._caption(pictures[place], str(into)) for place, into in captions.items()])

    def _add(self, into: _Field, start: int, end: int, edits: list[Edit]) -> None:
        """The kept pieces of one line behind what the field holds already."""
        text, opened, at = self._text, False, start
        if len(edits) == 1 and edits[0].start <= start and edits[0].end >= end and edits[0].op is not Op.REPLACE:
            if edits[0].field == "dateline":
                self.dateline_at = -1
            return
        space = ""  # what stands between the last words and the next; a field neither begins nor ends with it
        for edit in (*edits, None):
            stop = end if edit is None else edit.start
            piece_start, piece_end = _stripped(text, at, stop)
            if piece_start > at or at > start and text[at - 1].isspace():
                space = space or " "
            if piece_start < piece_end:
                self._go_on(into, space if opened else into.between_lines())
                self._pieces(into, piece_start, piece_end)
                opened, space = True, " " if piece_end < stop and edit is not None and edit.op is Op.REPLACE else ""
            if edit is not None:
                if edit.field == "dateline":
                    self.dateline_at = -1  # wherever the next piece of the body comes to stand
                if edit.op is Op.REPLACE and edit.value:
                    if edit.value.isspace():
                        space = edit.value
                    else:
                        self._go_on(into, space if opened else into.between_lines())
                        into.add(edit.value)
                        opened, space = True, ""
                at = edit.end

    def _go_on(self, into: _Field, joint: str) -> None:
        into.add(joint)
        if self.dateline_at == -1 and into.role is Role.BODY:
            self.dateline_at = into.length

    def _pieces(self, into: _Field, start: int, end: int) -> None:
        """One kept piece; a hard-wrapped one is kept line by line, joined by one space."""
        for found in (*_BREAK.finditer(self._text, start, end), None):
            stop = end if found is None else found.start()
            self.segments.append(Segment(into.role, start, stop, self._article.number, into.length, into.n))
            into.add(self._text[start:stop])
            if found is not None:
                into.add(" ")
                start = found.end()

    def _caption(self, picture: Picture, text: str) -> Caption:
        article = self._article
        places = [picture.first, *(twin.other for twin in picture.copies)]
        said = [parts for place in places if article.lines[place].start + (parts := article.parts(place)).credit_start in self._credits]
        credits = [parts.credit for parts in said]
        for place in picture.credits:
            if article.said(place)[0] in self._credits:
                said.append(article.parts(place))
                credits.append(said[-1].credit or article.lines[place].text)
        return Caption(
            text, " | ".join(dict.fromkeys(filter(None, credits))) or None, tuple(dict.fromkeys(name for parts in said for name in parts.photographer)),
            tuple(dict.fromkeys(code for parts in said for code in parts.agencies)), len(places),
        )


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Where ``text[start:end]`` starts and ends without the white space around it."""
    piece = text[start:end].lstrip()
    start = end - len(piece)
    return start, start + len(piece.rstrip())
