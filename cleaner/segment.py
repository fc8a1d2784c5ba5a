"""Where one article ends and the next begins.

A file may hold several articles, with a rule or blank lines between them or with nothing at all. A boundary needs two
things: what stands before it has a body, and what follows opens as an article does (a head block). The weaker the
separator, the more the head block must show.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cleaner.lines import block
from cleaner.signs import CLOSERS, CONTENT, ELLIPSES, LONGEST, META, Sign, Signs, ends_sentence

if TYPE_CHECKING:
    from cleaner.lines import Line
    from cleaner.repeats import Repeats
    from cleaner.tags import Grammar

NEAR = 6
"""Lines within which a copy is one of a head block or of a block of pictures."""

REACH = 40
"""Lines of content that a head block may take before its first paragraph, furniture not counted; below a rule it may be a page's whole menu."""

FAR = 400
"""Lines of any kind that a head block may take: a page's menus stand in it."""

VERSES = 24
"""Lines in one block beyond which it is a page without blank lines, and no stanza."""

BODY = 60
"""Width of prose from which an article has a body."""

ASKING = 2
"""What must speak for a head block whose first line asks or calls: a subhead, a paragraph and an interview's question do too."""

TOLD = 3
"""Paragraphs below a headline whose words are looked for above it."""

RECALLED = 60
"""Lines of an article in which the words of what follows are looked for."""

_BESIDE_META = frozenset({Sign.LINE, Sign.FURNITURE, Sign.SYMBOL})
_CLOSING = frozenset({"share", "print", "comments", "subscribe", "follow", "nav"})
_CALLS = frozenset("?!？！؟")
_WORD = re.compile(r"[^\W_]+")
_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")
_CENTURIES = frozenset({19, 20, 13, 14, 25})  # of the years of the common era, of the Persian and the Islamic, and of the Buddhist


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
    loose = _loose_gap(lines, signs, repeats, grammar)
    starts = _starts(lines, signs, repeats, grammar, loose)
    sure = frozenset(place for place in starts[1:] if lines[place].gap == 1 and signs.of[place] is not Sign.ADDRESS and signs.of[place - 1] is not Sign.RULE)
    if sure:
        starts = _starts(lines, signs, repeats, grammar, loose, sure)
    return list(zip(starts, [*starts[1:], len(lines)], strict=True))


def _starts(lines: list[Line], signs: Signs, repeats: Repeats, grammar: Grammar, loose: int, sure: frozenset[int] = frozenset()) -> list[int]:
    """Where articles start; ``sure`` are starts with no more above them than between paragraphs, once it is known that the file holds such."""
    starts = [0]
    body: int | None = None  # the first paragraph of the article so far
    for place in range(1, len(lines)):
        if body is None and (_tells(place - 1, starts[-1], lines, signs, repeats) or _told_by_table(place - 1, starts[-1], lines, signs, repeats)):
            body = place - 1
        if body is not None and _opens(place, range(starts[-1], body), lines, signs, repeats, grammar, loose, sure):
            starts.append(place)
            body = None
    return starts


def _tells(place: int, start: int, lines: list[Line], signs: Signs, repeats: Repeats) -> bool:
    """Whether a line is a paragraph of the body of an article: not the question that heads it, and no caption."""
    if signs.of[place] is not Sign.PROSE or place == start and _asks(place, lines, signs):
        return False
    return not _said_near(place, signs, repeats) and not begins_alike(place, lines)


def begins_alike(place: int, lines: list[Line]) -> bool:
    """Whether a line goes on where its neighbour in the block ends, or the other way round: a caption, and the caption with its credit glued to it."""
    near = [lines[one : one + 2] for one in (place - 1, place) if 0 <= one < len(lines) - 1 and not lines[one + 1].gap]
    return any(min(len(one.text), len(other.text)) > 8 and (one.text.startswith(other.text) or other.text.startswith(one.text)) for one, other in near)


def _said_near(place: int, signs: Signs, repeats: Repeats) -> bool:
    """Whether a line is said again close by, as captions and headlines are: it is no paragraph of a body."""
    near = (sorted((twin.other, place)) for twin in repeats.twins.get(place, ()) if abs(twin.other - place) <= NEAR)
    return any(Sign.RULE not in signs.of[one:other] for one, other in near)


def _loose_gap(lines: list[Line], signs: Signs, repeats: Repeats, grammar: Grammar) -> int:
    """The most blank lines that stand between two paragraphs of one article here: gaps no wider than this separate nothing."""
    loose = 1
    apart, asking = 0, []  # what stands further below a paragraph than its lines from each other, and the questions among it
    for place in range(1, len(lines)):
        gap = lines[place].gap
        if gap < 2 or signs.of[place] not in CONTENT or signs.of[place - 1] is not Sign.PROSE or _said_near(place, signs, repeats):
            continue
        apart += 1
        if _calls(place, lines, signs):
            if head(place, lines, signs, repeats, grammar).strength < ASKING:
                asking.append(gap)
        elif signs.of[place] is Sign.PROSE:
            loose = max(loose, gap)
    if len(asking) > 2 and 2 * len(asking) > apart:
        loose = max(loose, *asking)  # an interview
    return loose


def _asks(place: int, lines: list[Line], signs: Signs) -> bool:
    """Whether a line as wide as a sentence ends as a question or a call does: a headline may, a paragraph may as well."""
    return signs.of[place] is Sign.PROSE and _calls(place, lines, signs)


def _calls(place: int, lines: list[Line], signs: Signs) -> bool:
    """Whether a line of a headline's width ends as a question or a call does."""
    return signs.widths[place] <= 130 and lines[place].text.rstrip(CLOSERS)[-1:] in _CALLS


def _answered(place: int, lines: list[Line], signs: Signs, repeats: Repeats) -> bool:
    """Whether a line asks, and what stands below it was said before: a question with an answer that comes back."""
    if lines[place].text.rstrip(CLOSERS)[-1:] not in _CALLS:
        return False
    others = {twin.other for twin in repeats.twins.get(place + 1, ())}
    return place not in others and any(other < place for other in others) and signs.of[place + 1] in CONTENT


def _opens(place: int, above: range, lines: list[Line], signs: Signs, repeats: Repeats, grammar: Grammar, loose: int, sure: frozenset[int]) -> bool:
    """Whether an article starts at a line; ``above`` is the head block of the article so far, whose lines are no new headline."""
    sign = signs.of[place]
    if sign is Sign.PROSE and not _calls(place, lines, signs) or sign is Sign.RULE:  # most lines
        return False
    gap, before = lines[place].gap, signs.of[place - 1]
    subhead = (gap >= 2 or before is Sign.RULE) and _set_otherwise(place, above, lines, signs)
    if before is Sign.RULE:
        return head(place, lines, signs, repeats, grammar).strength >= 1 + subhead
    if _answered(place, lines, signs, repeats) or _answered(place - 1, lines, signs, repeats):
        return False
    if sign is Sign.ADDRESS and signs.of[0] is Sign.ADDRESS:
        return head(place + 1, lines, signs, repeats, grammar).strength >= 1 + (not gap)
    if gap >= 2 and sign in CONTENT and _calls(place, lines, signs):
        return head(place, lines, signs, repeats, grammar).strength >= ASKING + 2 * (gap <= loose)
    tag = signs.tags.get(place - 1)
    if tag is not None and sign is Sign.LINE and not tag.ambiguous and tag.where != "byline" and _may_be_headline(place, lines, signs):
        closing = tag.where == "sign-off"
        if head(place, lines, signs, repeats, grammar).strength >= 1 + (not gap or not closing):
            return True
    if gap >= 2 and not (sign is Sign.LINE and lines[place].text[0] in "([/|•–—-"):
        box = place + 1 < len(lines) and lines[place + 1].gap >= gap  # as far from what follows as from what stands before it
        return head(place, lines, signs, repeats, grammar).strength >= 1 + max(subhead, 2 * (gap <= loose or box))
    if gap == 1 and sign is Sign.FURNITURE:
        return _below_breadcrumbs(place, lines, signs) and head(place, lines, signs, repeats, grammar).strength >= 1
    if gap != 1 or lines[place - 1].text[-1] in ":：" or not _may_be_headline(place, lines, signs):
        return False
    if any(twin.other in above for twin in repeats.twins.get(place, ())):
        return False
    if _of_table(place, lines, signs, repeats) and _of_table(place - 1, lines, signs, repeats):
        return False
    return (
        _head_block_again(place, lines, signs, repeats, grammar) or _signed_and_timed(place, lines, signs)
        or _printed_twice(place, lines, signs, repeats) or _above_dateline(place, lines, signs, grammar) or _in_another_script(place, lines, signs)
        or _two_witnesses(place, above.start, lines, signs, repeats, grammar)
        or bool(sure) and _pictured(place, lines, signs, repeats, sure)
    )


def _set_otherwise(place: int, above: range, lines: list[Line], signs: Signs) -> bool:
    """Whether a line stands right on its paragraph, though a blank line stands below the headline of the article so far: a subhead.

    A file sets its headlines alike, so more than this must speak for one that is set as subheads are.
    """
    first = next((where for where in above if signs.of[where] in CONTENT and signs.widths[where] >= 14), None)
    if first is None or signs.of[first] is not Sign.LINE or not lines[first + 1].gap:
        return False
    return place + 1 < len(lines) and not lines[place + 1].gap and signs.of[place + 1] is Sign.PROSE


def _may_be_headline(place: int, lines: list[Line], signs: Signs) -> bool:
    text = lines[place].text
    return 20 <= signs.widths[place] <= 180 and text[-1] not in ",;:!.。।" and text[0] not in "([" and signs.of[place] in CONTENT


def _head_block_again(place: int, lines: list[Line], signs: Signs, repeats: Repeats, grammar: Grammar) -> bool:
    """Whether a line is said again only further down, stands in a block of its own, and times, captions or a tag stand around: no line of a refrain."""
    twins = {twin.other for twin in repeats.twins.get(place, ())}
    earlier = {twin for twin in twins if twin < place}
    if twins == earlier or earlier and not earlier.issubset(_links_above(place, lines, signs)):
        return False
    if place + 1 == len(lines) or lines[place + 1].gap == 0 and signs.of[place + 1] in CONTENT:
        return False
    found = head(place, lines, signs, repeats, grammar)
    if not (found.repeated and found.prose):
        return False
    if found.meta or found.dateline:
        return True
    return found.doubled and not _said_again_below_copy(place, lines, signs, repeats) and _pictured_between(place, signs, repeats)


def _pictured_between(place: int, signs: Signs, repeats: Repeats) -> bool:
    """Whether what stands between a line and its next copy is said twice side by side, or all of it again: captions. Speakers have other turns between."""
    again = min(twin.other for twin in repeats.twins[place] if twin.other > place)
    between = [where for where in range(place + 1, again) if signs.of[where] in CONTENT]
    if all(where in repeats.twins for where in between):
        return True
    return any(twin.other == where + 1 for where in between for twin in repeats.twins.get(where, ()))


def _said_again_below_copy(place: int, lines: list[Line], signs: Signs, repeats: Repeats) -> bool:
    """Whether copy that stands once lies between a line and its next copy, or an answer below each, two of them short: a question put to each, a subhead."""
    others = sorted(twin.other for twin in repeats.twins[place] if twin.other > place)
    if any(signs.of[where] in CONTENT and where not in repeats.twins and ends_sentence(lines[where].text) for where in range(place + 1, others[0])):
        return True
    if lines[place].text.rstrip(CLOSERS)[-1:] not in _CALLS:
        return False
    below = [where + 1 for where in (place, *others) if where + 1 < len(lines)]
    answers = all(signs.of[where] in CONTENT and ends_sentence(lines[where].text) for where in below)
    return answers and sum(signs.of[where] is Sign.LINE for where in below) >= 2


def _signed_and_timed(place: int, lines: list[Line], signs: Signs) -> bool:
    """Whether a byline, a tag or a name and a date with its year follow a line, and then two paragraphs: how a site heads an article."""
    after, dated, signed = place + 1, False, False
    while after < len(lines) and after - place <= 5 and lines[after].gap <= 1 and signs.of[after] is not Sign.PROSE:
        sign = signs.of[after]
        if sign is Sign.LINE and signs.widths[after] >= 40 or sign not in META and sign not in _BESIDE_META:
            break
        dated = dated or sign in (Sign.TIMESTAMP, Sign.BYLINE) and _holds_year(lines[after].text)
        signed = signed or sign in (Sign.BYLINE, Sign.TAG) or sign is Sign.LINE and signs.looks[after].words > 1
        after += 1
    told = [where for where in range(after, min(after + 6, len(lines))) if signs.of[where] is Sign.PROSE]
    return dated and signed and lines[after if after < len(lines) else place].gap > 0 and (not lines[place + 1].gap or len(told) > 1)


def _holds_year(text: str) -> bool:
    """Whether a year stands in a line, in the digits of whatever script.

    >>> _holds_year("۱۴ اردیبهشت ۱۴۰۲"), _holds_year("০৪ মে ২০২৩"), _holds_year("room 4417")
    (True, True, False)
    """
    return any(int(number) // 100 in _CENTURIES for number in _FOUR_DIGITS.findall(text))


def _pictured(place: int, lines: list[Line], signs: Signs, repeats: Repeats, sure: frozenset[int]) -> bool:
    """Whether a line stands in a block of its own, and its copy or doubled captions and nothing else stand between it and a paragraph."""
    if place + 1 == len(lines) or not lines[place + 1].gap or signs.looks[place].headline < 1.5:
        return False
    copied = {twin.other for twin in repeats.twins.get(place + 1, ())}
    if place not in copied and (place + 1 in sure or place + 2 in copied and lines[place + 2].gap):
        return False  # the last line of the article before
    copies = False
    for after in range(place + 1, min(place + REACH, len(lines))):
        if signs.of[after] is Sign.RULE or lines[after].gap > 1 or not copies and signs.of[after] is Sign.TAG:
            return False
        if signs.of[after] in CONTENT and not _said_near(after, signs, repeats):
            return copies and signs.of[after] is Sign.PROSE and signs.widths[after] >= 100
        copies = copies or signs.of[after] in CONTENT
    return False


def _two_witnesses(place: int, start: int, lines: list[Line], signs: Signs, repeats: Repeats, grammar: Grammar) -> bool:
    """Whether two things speak for a headline in a block of its own, where one alone is found within an article too.

    It is printed twice, as a doubled caption is; its pictures stand below it, as below a subhead; an agency's name or links to other articles stand
    above it, as between paragraphs; the copy below has next to no word of the copy above, as the next item of a column has.
    """
    after = place + 1
    if after == len(lines) or not lines[after].gap or signs.looks[place].headline < 1.5:
        return False
    twins = {twin.other for twin in repeats.twins.get(place, ())}
    printed = after in twins and after + 1 < len(lines) and lines[after + 1].gap > 0
    below = after + printed
    pictured = signs.of[below] in _PICTURES and _told_below_pictures(below, lines, signs, repeats, grammar)
    links = _links_above(place, lines, signs)
    closed = bool(links) or _signed_off(place - 1, lines, signs, repeats)
    witnesses = printed + pictured + closed
    if pictured and any(start <= twin.other < place for twin in repeats.twins.get(below, ())):
        return False  # the article above showed the picture
    if not witnesses or any(lines[twin].gap and twin not in links and not (printed and twin == after) for twin in twins):
        return False  # a refrain: only links to an article stand in one block with others
    if printed and not closed and not _tells(place - 1, start, lines, signs, repeats):
        return False  # a verse sung twice, below another
    return witnesses > 1 or (pictured or signs.of[below] is Sign.PROSE and signs.widths[below] >= 100) and _apart(place, start, lines, signs, repeats)


def _apart(place: int, start: int, lines: list[Line], signs: Signs, repeats: Repeats) -> bool:
    """Whether a line and the paragraphs below it have next to no word of the copy above it, back to the start of its article."""
    told = [where for where in range(place + 1, min(place + REACH, len(lines))) if signs.of[where] is Sign.PROSE and where not in repeats.twins][:TOLD]
    below = {stem for where in (place, *told) for stem in stems(lines[where].text[:LONGEST])}
    above = {stem for where in range(max(start, place - RECALLED), place) if signs.of[where] in CONTENT for stem in stems(lines[where].text[:LONGEST])}
    return len(below) >= 20 and len(above) >= 60 and 10 * len(below & above) <= len(below)


_PICTURES = CONTENT | {Sign.CREDIT}


def _told_below_pictures(place: int, lines: list[Line], signs: Signs, repeats: Repeats, grammar: Grammar) -> bool:
    """Whether blocks in which each line is said twice or credits a picture begin at a line, and a paragraph follows them."""
    start = place
    while place < len(lines) and signs.of[place] in _PICTURES and place - start < REACH:
        stop = place + 1
        while stop < len(lines) and not lines[stop].gap:
            stop += 1
        if not all(_of_picture(line, range(place, stop), lines, signs, repeats, grammar) for line in range(place, stop)):
            break
        place = stop
    return place > start and _told(place, lines, signs, repeats)


def _told(place: int, lines: list[Line], signs: Signs, repeats: Repeats) -> bool:
    """Whether a line is a paragraph, if a short one, that stands once."""
    if place == len(lines) or signs.of[place] not in CONTENT or place in repeats.twins:
        return False
    return signs.widths[place] >= 100 or signs.widths[place] >= 40 and ends_sentence(lines[place].text)


def _of_picture(place: int, block: range, lines: list[Line], signs: Signs, repeats: Repeats, grammar: Grammar) -> bool:
    if signs.of[place] not in CONTENT or any(twin.other in block for twin in repeats.twins.get(place, ())):
        return signs.of[place] in _PICTURES
    if begins_alike(place, lines):
        return True
    return signs.looks[place].credited and grammar.caption(lines[place].text, signs.language).credit is not None


def _links_above(place: int, lines: list[Line], signs: Signs) -> range:
    """The links to other articles above a line: two or more headlines in one block, under a section's name or the words that offer more to read."""
    top = place - 1
    while top > 0 and lines[top].gap == 0 and signs.of[top] is Sign.LINE and signs.looks[top].headline >= 1.5:
        top -= 1
    entry = signs.entries.get(top)
    return range(top + 1, place) if entry is not None and entry.kind in ("read_more", "nav") and place - top > 2 else range(0)


def _signed_off(place: int, lines: list[Line], signs: Signs, repeats: Repeats) -> bool:
    """Whether a line names the agency of the paragraph above it, in a block of its own."""
    tag = signs.tags.get(place)
    if tag is None or tag.ambiguous or tag.where == "byline" or not lines[place].gap:
        return False
    return signs.of[place - 1] is Sign.PROSE and not _said_near(place - 1, signs, repeats)


def _above_dateline(place: int, lines: list[Line], signs: Signs, grammar: Grammar) -> bool:
    """Whether a line stands in a block of its own above a paragraph that opens with a dateline in which an agency or a date stands."""
    after = place + 1
    if after >= len(lines) or not lines[after].gap or signs.of[after] is not Sign.PROSE:
        return False
    return _from_wire(lines[after].text, signs, grammar)


def _from_wire(text: str, signs: Signs, grammar: Grammar) -> bool:
    """Whether a line opens with a dateline in which an agency or a date stands."""
    dateline = grammar.dateline(text, signs.language)
    return dateline is not None and bool(dateline.agencies or dateline.date)


def _in_another_script(place: int, lines: list[Line], signs: Signs) -> bool:
    """Whether a line stands in a block of its own between paragraphs in two scripts."""
    after = next((where for where in range(place + 1, min(place + 5, len(lines))) if signs.of[where] is Sign.PROSE and signs.widths[where] >= 100), None)
    if after is None or not lines[place + 1].gap:
        return False
    before = next((where for where in range(place - 1, max(place - 13, -1), -1) if signs.of[where] is Sign.PROSE and signs.widths[where] >= 100), None)
    if before is None:
        return False
    return _script(lines[before].text[:120]) != _script(lines[after].text[:120])


@lru_cache(256)  # a paragraph is asked about from every line around it
def _script(opening: str) -> str:
    """The script that most letters of a paragraph's opening are in; kana, Han and Hangul count as one."""
    if opening.isascii():
        return "LATIN" if any(map(str.isalpha, opening)) else ""
    scripts = [_script_of(letter) for letter in opening if letter.isalpha()]
    return max(sorted(set(scripts)), key=scripts.count) if scripts else ""


@cache
def _script_of(letter: str) -> str:
    return "CJK" if "\u3040" <= letter <= "\ud7ff" else unicodedata.name(letter, "").split(" ")[0]


def _below_breadcrumbs(place: int, lines: list[Line], signs: Signs) -> bool:
    """Whether the path of a page ("Home", "News") opens a block, and the headline stands in the same block below it."""
    after = place
    while after < len(lines) and (after == place or not lines[after].gap) and (entry := signs.entries.get(after)) is not None and entry.kind == "nav":
        after += 1
    if after - place < 2 or after + 1 >= len(lines) or lines[after].gap or signs.looks[after].headline < 0:
        return False
    below = after + 1
    while below < len(lines) and not lines[below].gap and signs.widths[below] < 20:
        below += 1
    return below < len(lines) and lines[below].gap > 0


def _printed_twice(place: int, lines: list[Line], signs: Signs, repeats: Repeats) -> bool:
    """Whether two lines in blocks of their own print one headline, and a paragraph, a time or a byline follows.

    Equal lines are a doubled caption sooner, unless the page's furniture closed the article before; then a list may follow as well.
    """
    after = place + 1
    if after + 1 >= len(lines) or not lines[after].gap or not lines[after + 1].gap:
        return False
    closed = signs.of[place - 1] is Sign.FURNITURE and signs.entries[place - 1].kind in _CLOSING and signs.looks[place].headline >= 1.5
    if not closed and not ends_sentence(lines[after + 1].text) and signs.of[after + 1] not in META:
        return False
    twin = next((twin for twin in repeats.twins.get(place, ()) if twin.other == after), None)
    if twin is None:
        return False
    short, long = sorted((lines[place].text, lines[after].text), key=len)
    if short.isupper() is not long.isupper() or short.endswith(ELLIPSES):
        return True
    if len(long) > len(short) and long.startswith(short) and long[len(short) :].lstrip()[:1] in ("|", "-", "–", "—"):
        return True
    return closed


def _told_by_table(place: int, start: int, lines: list[Line], signs: Signs, repeats: Repeats) -> bool:
    """Whether a line is the third of a table that has its headline: what a page counts above the headline has none, or the one that follows."""
    if not _ends_table(place, lines, signs, repeats) or place - start < 3 or _of_table(place - 3, lines, signs, repeats):
        return False
    first = next((where for where in range(start, place - 2) if signs.of[where] in CONTENT), None)
    return first is not None and signs.looks[first].headline >= 1.5 and all(twin.other < place for twin in repeats.twins.get(first, ()))


def _ends_table(place: int, lines: list[Line], signs: Signs, repeats: Repeats) -> bool:
    """Whether a line is the third running that holds a number, in blocks of their own: results, dates or figures, a body without a paragraph."""
    if place < 2 or signs.of[place] is not Sign.LINE:
        return False
    return all(_of_table(line, lines, signs, repeats) for line in range(place, place - 3, -1))


def _of_table(place: int, lines: list[Line], signs: Signs, repeats: Repeats) -> bool:
    if signs.of[place] is not Sign.LINE or not lines[place].gap or place in repeats.twins or place + 1 < len(lines) and not lines[place + 1].gap:
        return False
    return any(map(str.isdigit, lines[place].text))


def _in_verse(place: int, lines: list[Line], signs: Signs) -> bool:
    """Whether a line stands in a block of three lines or more that are as long as verses are; the entries of a menu are shorter."""
    around = block(lines, place, VERSES + 1)
    verses = sum(signs.of[line] is Sign.LINE and 18 <= signs.widths[line] < 60 for line in around)
    return 3 <= verses == len(around) <= VERSES


def head(place: int, lines: list[Line], signs: Signs, repeats: Repeats, grammar: Grammar) -> Head:
    """What the lines from ``place`` to the first paragraph of a body show."""
    headline = repeated = doubled = meta = dateline = prose = table = False
    seen: list[int] = []
    taken = 0
    reach = FAR if place and signs.of[place - 1] is Sign.RULE else REACH
    said = 0.0
    for now in range(place, len(lines)):
        sign = signs.of[now]
        if sign is Sign.RULE or taken > reach or now - place > FAR:
            break
        if sign in META:
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
        elif sign is Sign.LINE or not prose and _asks(now, lines, signs):
            beside = (lines[near].text for near in (now - 1, now + 1) if near < len(lines))  # entries of a calendar open alike
            if _from_wire(text, signs, grammar) and not any(_from_wire(other, signs, grammar) for other in beside):
                dateline = prose = True  # the body of a wire's brief, if it is figures
                break
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
        table = table or (repeated or doubled) and _ends_table(now, lines, signs, repeats)
    return Head(headline, repeated, doubled, meta, dateline, prose or table)


@lru_cache(512)  # an article is asked about from every headline in it
def stems(text: str) -> tuple[str, ...]:
    """Words of four letters and more, cut to six; of scripts without spaces each pair of characters.

    >>> stems("The harbour reopened"), stems("港は開く")
    (('harbou', 'reopen'), ('港は', 'は開', '開く'))
    """
    found: list[str] = []
    for word in _WORD.findall(text.casefold()):
        if word[0] >= "\u2e80" or "\u0e00" <= word[0] <= "\u109f" or "\u1780" <= word[0] <= "\u17ff":
            found += [word[at : at + 2] for at in range(len(word) - 1)]
        elif len(word) >= 4:
            found.append(word[:6])
    return tuple(found)
