"""Where one article ends and the next begins.

A file may hold several articles, with a rule or blank lines between them or with nothing at all. A boundary needs two
things: what stands before it has a body, and what follows opens as an article does (a head block). The weaker the
separator, the more the head block must show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cleaner.signs import CONTENT, Sign, Signs

if TYPE_CHECKING:
    from cleaner.lines import Line
    from cleaner.repeats import Repeats
    from cleaner.tags import Grammar

REACH = 40
"""Lines of content that a head block may take before its first paragraph, menus not counted."""

FAR = 400
"""Lines of any kind that a head block may take: a page's menus stand in it."""

BODY = 60
"""Width of prose from which an article has a body."""

_META = frozenset({Sign.TIMESTAMP, Sign.BYLINE, Sign.TAG})


class Head(NamedTuple):
    """What speaks for a head block at a line: a possible headline, said again, with the signs that stand around one."""

    headline: bool
    repeated: bool
    doubled: bool
    meta: bool
    dateline: bool
    prose: bool

    @property
    def strength(self) -> int:
        if not self.headline or not self.prose:
            return 0
        return 1 + 2 * self.repeated + self.doubled + self.meta + self.dateline


def segment(lines: list[Line], signs: Signs, repeats: Repeats, grammar: Grammar) -> list[tuple[int, int]]:
    """The articles as half-open ranges of lines; together they hold every line. A rule belongs to the article it closes."""
    starts = [0]
    loose = _loose_gap(lines, signs)
    body = False  # does the article so far have a paragraph
    for place in range(1, len(lines)):
        body = body or signs.of[place - 1] is Sign.PROSE
        if body and _opens(place, lines, signs, repeats, grammar, loose):
            starts.append(place)
            body = False
    return list(zip(starts, [*starts[1:], len(lines)], strict=True))


def _loose_gap(lines: list[Line], signs: Signs) -> int:
    """The most blank lines that stand between two paragraphs of one article here: gaps no wider than this separate nothing."""
    return max((line.gap for place, line in enumerate(lines) if place and signs.of[place] is Sign.PROSE and signs.of[place - 1] is Sign.PROSE), default=1)


def _opens(place: int, lines: list[Line], signs: Signs, repeats: Repeats, grammar: Grammar, loose: int) -> bool:
    sign, gap, before = signs.of[place], lines[place].gap, signs.of[place - 1]
    if sign is Sign.RULE:
        return False
    if before is Sign.RULE:
        return sign is not Sign.PROSE and head(place, lines, signs, repeats, grammar).strength >= 1
    if sign is Sign.ADDRESS and gap and signs.of[0] is Sign.ADDRESS:
        return head(place + 1, lines, signs, repeats, grammar).strength >= 1
    if sign is Sign.PROSE:
        return False
    tag = signs.tags.get(place - 1)
    if tag is not None and sign is Sign.LINE and not tag.ambiguous and tag.where != "byline" and _may_be_headline(place, lines, signs):
        closing = tag.where == "sign-off"
        return head(place, lines, signs, repeats, grammar).strength >= 1 + (not gap or not closing)
    if gap >= 2 and not (sign is Sign.LINE and (lines[place].text[0] in "([/|•–—-" or lines[place].text[-1] == "!")):
        return head(place, lines, signs, repeats, grammar).strength >= 1 + 2 * (gap <= loose)
    return gap == 1 and _may_be_headline(place, lines, signs) and (
        _head_block_again(place, lines, signs, repeats, grammar) or _signed_and_timed(place, lines, signs) or _printed_twice(place, lines, signs, repeats)
    )


def _may_be_headline(place: int, lines: list[Line], signs: Signs) -> bool:
    text = lines[place].text
    return 20 <= signs.widths[place] <= 180 and text[-1] not in ",;:!.。।" and text[0] not in "([" and signs.of[place] in CONTENT


def _head_block_again(place: int, lines: list[Line], signs: Signs, repeats: Repeats, grammar: Grammar) -> bool:
    """Whether a line is said again only further down, stands in a block of its own, and times, captions or a tag stand around: no line of a refrain."""
    if place not in repeats.twins or any(twin.other < place for twin in repeats.twins[place]):
        return False
    if place + 1 == len(lines) or lines[place + 1].gap == 0 and signs.of[place + 1] in CONTENT:
        return False
    found = head(place, lines, signs, repeats, grammar)
    return found.repeated and (found.meta or found.doubled or found.dateline)


def _signed_and_timed(place: int, lines: list[Line], signs: Signs) -> bool:
    """Whether a byline or a tag and then a time follow a line at once, and a blank line these: how a site heads an article."""
    after = place + 1
    if after + 2 >= len(lines) or lines[after].gap or lines[after + 1].gap or not lines[after + 2].gap:
        return False
    return signs.of[after] in (Sign.BYLINE, Sign.TAG) and signs.of[after + 1] is Sign.TIMESTAMP


def _printed_twice(place: int, lines: list[Line], signs: Signs, repeats: Repeats) -> bool:
    """Whether two lines in blocks of their own print one headline, once cut short or with the site's name behind it, and a paragraph follows."""
    after = place + 1
    if after + 1 >= len(lines) or not lines[after].gap or not lines[after + 1].gap or signs.of[after + 1] is not Sign.PROSE:
        return False
    if not any(twin.other == after and twin.likeness.score < 100 for twin in repeats.twins.get(place, ())):
        return False
    short, long = sorted((lines[place].text, lines[after].text), key=len)
    return short.endswith(("…", "...")) or long.startswith(short) and long[len(short) :].lstrip()[:1] in ("|", "-", "–", "—")


def _in_verse(place: int, lines: list[Line], signs: Signs) -> bool:
    """Whether a line and the two below it in its block are as long as verses are; the entries of a menu are shorter."""
    return place + 2 < len(lines) and all(
        (lines[line].gap == 0 or line == place) and signs.of[line] is Sign.LINE and 18 <= signs.widths[line] < 60 for line in range(place, place + 3)
    )


def head(place: int, lines: list[Line], signs: Signs, repeats: Repeats, grammar: Grammar) -> Head:
    """What the lines from ``place`` to the first paragraph of a body show."""
    headline = repeated = doubled = meta = dateline = prose = False
    seen: list[int] = []
    taken = 0
    said = 0.0
    for now in range(place, len(lines)):
        sign = signs.of[now]
        if sign is Sign.RULE or taken > REACH or now - place > FAR:
            break
        if sign in _META:
            meta = meta or headline
        if sign not in CONTENT:
            continue
        taken += 1
        text = lines[now].text
        twins = [twin.other for twin in repeats.twins.get(now, ()) if place <= twin.other < now]
        if any(other in seen and any(signs.of[between] is not Sign.CREDIT and between not in twins for between in range(other + 1, now)) for other in twins):
            repeated = True
        elif twins:
            doubled = True
        elif sign is Sign.LINE:
            if signs.widths[now] >= 14 and not _in_verse(now, lines, signs) and not text.endswith((":", ",", ";", ".")) and text[0] not in "([":
                headline = True
                seen.append(now)
        elif now not in repeats.twins or not any(now < twin.other < now + 6 for twin in repeats.twins[now]):
            said += signs.widths[now]
            prose = said >= BODY
            dateline = grammar.dateline(text, signs.language) is not None
            # A standfirst or a caption may stand between the headline and what follows it: look one paragraph further.
            if dateline or prose and signs.widths[now] > 140:
                break
    return Head(headline, repeated, doubled, meta, dateline, prose)
