"""Which role each line of an article has: first what repeats, then position, then the line itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cleaner.labels import AGENCY, Label
from cleaner.model import Role
from cleaner.profile import Part
from cleaner.repeats import Twin
from cleaner.signs import CLOSERS, CONTENT, SAYS_ALL, SENTENCE, Sign, ends_sentence, width
from cleaner.tags import CaptionParts, DatelineTag, LoneTag, Named
from cleaner.text import headline_likeness, tight, word_count

if TYPE_CHECKING:
    from cleaner.facts import Furniture
    from cleaner.lines import Line
    from cleaner.profile import Site
    from cleaner.signs import Look
    from cleaner.tags import Grammar


_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}")
_WORD = re.compile(r"[^\W_]+")
_BRACKETED = re.compile(r"[(\[（【][^()\[\]（）【】]*[)\]）】]")
_QUOTE = re.compile("(?=[\"'“”„‘’«»「『](\\w[^\"“”„«»「」『』]{0,40}?)[\"'“”‘’«»」』])")
_STOPS = frozenset(".!?…。！？؟।۔")
_COUNTER = re.compile(r"\d{1,3}\s?/\s?\d{1,3}")
_JOINED = frozenset(":：-–—।=电電】")  # a dateline that ends so needs no dash behind it


@dataclass(slots=True)
class Picture:
    """One picture's caption: the line that stays, the lines that say it again, and the lines that only credit it."""

    first: int
    copies: list[Twin] = field(default_factory=list)
    credits: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Article:
    """The lines of one article with what is known of each; places count from the article's first line.

    ``labels`` holds one for each line where the copy labels its parts, and is empty for all other copy.
    """

    number: int
    lines: list[Line]
    language: str | None
    grammar: Grammar
    signs: list[Sign]
    widths: list[float]
    looks: list[Look]
    entries: dict[int, Furniture]
    tags: dict[int, LoneTag]
    twins: dict[int, list[Twin]]
    near: dict[int, list[Twin]]
    marks: dict[int, Role] = field(default_factory=dict)
    labels: list[Label] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    places: dict[Role, list[int]] = field(default_factory=dict)
    headline: int | None = None
    headlines: list[Twin] = field(default_factory=list)
    heads: set[int] = field(default_factory=set)
    pictures: list[Picture] = field(default_factory=list)
    captions: set[int] = field(default_factory=set)
    uncaptioned: list[int] = field(default_factory=list)
    decks: list[int] = field(default_factory=list)
    margins: frozenset[int] = frozenset()
    passages: dict[int, int] = field(default_factory=dict)
    body_start: int = 0
    body_end: int = 0
    clocks: int | None = None
    spaced: bool | None = None
    quoted: frozenset[str] | None = None
    dated: int | None = None
    last_told: int | None = None
    site: Site | None = None
    _parts: dict[int, CaptionParts] = field(default_factory=dict)
    _datelines: dict[int, DatelineTag | None] = field(default_factory=dict)

    def part(self, place: int) -> Part:
        """Where a line stands, seen from the headline and the body."""
        if place < self.body_start:
            return Part.ABOVE if self.headline is None or place < self.headline else Part.UNDER
        return Part.BODY if place < self.body_end else Part.BELOW

    def said(self, place: int) -> tuple[int, str]:
        """What a line says, without the label that states its role, and where in the document that begins."""
        line, end = self.lines[place], self.labels[place].end if self.labels else 0
        return line.start + end, line.text[end:]

    def dateline(self, place: int) -> DatelineTag | None:
        """The dateline that opens a line, or the outlet that the site's profile knows in its place. It begins where the line's words do."""
        if place not in self._datelines:
            self._datelines[place] = self._stated_dateline(place) if self.labels else self._read_dateline(place)
        return self._datelines[place]

    def _read_dateline(self, place: int) -> DatelineTag | None:
        text = self.lines[place].text
        found = self.grammar.dateline(text, self.language)
        if found is None and self.site is not None and (own := self.site.outlet(text)) is not None:
            found = DatelineTag(own.end, own.raw, own.place, None, (), None)
        return found

    def parts(self, place: int) -> CaptionParts:
        """The line read as a caption: its words, its label and its credit."""
        parts = self._parts.get(place)
        if parts is None:
            parts = self._parts[place] = self._stated_parts(place) if self.labels else self.grammar.caption(self.lines[place].text, self.language)
        return parts

    def _stated_dateline(self, place: int) -> DatelineTag | None:
        if self.labels[place].role is not Role.DATELINE:
            return None
        _, raw = self.said(place)
        below = self.said(place + 1)[1] if place + 1 < len(self.lines) else ""
        # It is read as it stood in copy, since the grammar looks at what follows a dateline too.
        found = self.grammar.dateline(f"{raw}{' ' if raw[-1:] in _JOINED else ' - '}{below}", self.language)
        return (found or DatelineTag(0, raw, None, None, (), None))._replace(end=len(raw), raw=raw)

    def _stated_parts(self, place: int) -> CaptionParts:
        text, start = self.lines[place].text, self.labels[place].end
        end = len(text)
        if self.labels[place].role is not Role.CREDIT:
            return CaptionParts(start, end, None, end, end, None, 0, 0, (), (), ())
        return self.grammar.caption(text, self.language)._replace(text_start=0, text_end=0, credit=text[start:], credit_start=start, credit_end=end)

    def credit_tail(self, place: int, kept: int) -> None:
        """What a copy says behind the words of the caption that stays is its credit, though the grammar alone did not know it."""
        text, words = self.lines[place].text, self.words(kept)
        end = len(words.rstrip()) if text.startswith(words) else len(text[: max(text.rfind("("), 0)].rstrip())
        tail = text[end:].strip(" /|-–—.,·")
        if _BRACKETED.fullmatch(tail):
            tail = tail[1:-1].strip()
        if end and not self.parts(place).credit and tight(text[:end]) == tight(words) and tail and width(tail) <= CREDIT_WIDTH and not ends_sentence(text):
            self._parts[place] = self.parts(place)._replace(text_start=0, text_end=end, credit=tail, credit_start=end, credit_end=len(text))

    def words(self, place: int) -> str:
        """The line without the label and the credit of a caption."""
        parts = self.parts(place)
        return self.lines[place].text[parts.text_start : parts.text_end]


def assign(article: Article) -> None:
    """Gives every line its role, finds the headline, its copies, the pictures and the bounds of the body."""
    if article.labels:
        _take_labels(article)
    else:
        _find_headline(article)
        article.passages = _passages(article)
        _find_pictures(article)
        _find_deck(article)
        _bound_body(article)
        article.margins = frozenset(_margins(article))
        article.roles = _roles(article)
    for place, role in enumerate(article.roles):
        article.places.setdefault(role, []).append(place)


def _roles(article: Article) -> list[Role]:
    roles = [Role.BODY] * len(article.lines)
    for role, places in ((Role.DECK, article.decks), (Role.CAPTION, article.captions), (Role.HEADLINE, article.heads)):
        for place in places:
            roles[place] = role
    for place, sign in enumerate(article.signs):
        if sign not in CONTENT and roles[place] is Role.BODY:
            roles[place] = _role(article, place, sign)
    return roles


def _take_labels(article: Article) -> None:
    """The roles that the labels state. A tag above the text is a line of its own there, one below it a sign-off."""
    article.roles = [label.role for label in article.labels]
    text = [place for place, role in enumerate(article.roles) if role is Role.BODY]
    article.body_start, article.body_end = (text[0], text[-1] + 1) if text else (len(article.lines), len(article.lines))
    for place, label in enumerate(article.labels):
        _, words = article.said(place)
        if label.role is Role.HEADLINE:
            article.headline = place
            article.heads.add(place)
        elif label.role is Role.DECK:
            article.decks.append(place)
        elif label.role is Role.CAPTION:
            article.pictures.append(Picture(place))
            article.captions.add(place)
        elif label.role is Role.CREDIT:
            article.pictures[-1].credits.append(place)
        elif label.role is Role.AGENCY_TAG:
            agency = article.grammar.facts.agency(words, article.language) if label.text == AGENCY else None
            where = "line" if place < article.body_start else "sign-off"
            article.tags[place] = LoneTag((Named(words, label.end, label.end + len(words), agency),), where, label.text, False, None)
        elif label.role is Role.BYLINE and (tag := article.grammar.lone_tag(words, article.language)) is not None and tag.where == "byline":
            article.tags[place] = tag
            article.roles[place] = Role.AGENCY_TAG


# --- headline ---------------------------------------------------------------------------------------------------------

HEADLINE_WIDTH = 230
"""Width beyond which a line is no headline."""

ENOUGH = 1.0
"""Points that the best line needs to be taken for the headline; below it the copy has none."""

SURE = 3.0
"""Points from which a line above the first paragraph is the headline, whatever follows that paragraph."""

BEYOND = 5.5
"""Points that a line which stands once cannot reach below another, whatever stands around it."""

ABOUT = 1.6
"""Points for a line all of whose words stand in the body: a headline says what the copy is about, a menu does not."""

CANDIDATES = 400
"""Lines of content among which the headline is looked for: the longest menus above one have some 250."""

VERSES = 24
"""Lines in one block from which it is a page without blank lines, and no stanza."""

DEEPER = 0.06
"""Points that each line above costs which is no entry of a menu."""

QUESTION_MARKS = frozenset("?？؟;")
"""What a question ends with, in Greek too."""

WIDE_ENOUGH = 20
"""Width from which the first line of the copy is more than the name of a section."""


def _find_headline(article: Article) -> None:
    end = _opening(article)
    short = zip(article.signs[:end], article.widths, strict=False)
    candidates = [place for place, (sign, wide) in enumerate(short) if sign in CONTENT and wide <= HEADLINE_WIDTH][:CANDIDATES]
    first = next((place for place in candidates if article.widths[place] >= WIDE_ENOUGH), None)
    points: dict[int, float] = {}
    best_yet, deep = 0.0, 0  # deep: how many lines above are no entries of menus
    for place in candidates:
        above, deep = deep, deep + (article.widths[place] >= WIDE_ENOUGH)
        if place not in article.twins and best_yet > BEYOND:
            continue
        if best_yet >= SURE and article.widths[place - 1] >= 140 and article.signs[place - 1] is Sign.PROSE:
            break  # below a paragraph of the body none is looked for once a good one is found
        points[place] = _headline_points(article, place, first, end) - min(2.0, DEEPER * above)
        best_yet = max(best_yet, points[place])
    leading = max(points.values(), default=0.0)
    stop = _past_head(article, first, end)
    close = [place for place in points if points[place] > max(leading - ABOUT, 0.0)]
    for place in close:
        if (parts := article.parts(place)).agencies or parts.photographer or parts.credit and ("©" in parts.credit or _announced(article, place)):
            points[place] -= ABOUT  # a credit behind it: a caption
    if len(close) > 1 or leading < ENOUGH + ABOUT / 2:
        for place, share in _shared_with_body(article, close).items():
            points[place] += 0.0 if place > stop or article.lines[place].text[-1] in ".。।۔" else ABOUT * share
    best = max(close, key=lambda place: (points[place], -place), default=None)
    if best is not None and points[best] <= ENOUGH:
        best = None
    best = next((place for place, role in article.marks.items() if role is Role.HEADLINE), best)
    if best is None:
        return
    family = _family(article, best)
    article.headline = _fullest(article, [best, *(twin.other for twin in family)], end)
    kept = article.lines[article.headline].text
    to_kept = {twin.other: twin.likeness for twin in article.twins.get(article.headline, ())}
    for place in sorted({best, *(twin.other for twin in family)} - {article.headline}):
        # A copy of a copy is one of the headline only if it is like the form that stays.
        likeness = to_kept.get(place) or headline_likeness(kept, article.lines[place].text)
        if likeness is not None and likeness.same and not _in_running_text(article, place):
            article.headlines.append(Twin(place, likeness))
    article.heads = {article.headline, *(twin.other for twin in article.headlines)}


def _in_running_text(article: Article, place: int) -> bool:
    """Whether a copy of the headline stands in the body: a line of a verse, a pull quote, a question, an answer. Then it is copy, however like.

    A deck may stand between the headline and its copy, on a page that shows its head by times, captions or furniture as well;
    below the last paragraph a copy is one of the page's.
    """
    assert article.headline is not None
    if place < article.headline:
        return False
    between = range(article.headline + 1, place)
    if place - 1 in between and article.signs[place - 1] in CONTENT and article.lines[place - 1].text.rstrip(CLOSERS)[-1:] in QUESTION_MARKS:
        return True  # an answer
    told = [where for where in between if article.signs[where] in CONTENT and where not in article.twins and ends_sentence(article.lines[where].text)]
    if not told:
        return _in_verse(article, place) or _opens_copy(article, between, place)
    if not any(article.signs[where] is Sign.PROSE and article.widths[where] >= 100 for where in range(place + 1, len(article.lines))):
        return not any(article.signs[where] is Sign.FURNITURE for where in range(told[-1], len(article.lines)) if where != place)
    page = any(article.signs[where] not in CONTENT for where in (*between, *range(place + 1, min(place + 3, len(article.lines)))))
    if not page and not any(article.signs[where] is Sign.PROSE for where in between):  # above the first paragraph a credited picture shows a head too
        page = any(article.looks[where].credited and article.parts(where).agencies for where in between)
    return len(told) > 3 or not page or _in_stanza(article, place)


def _opens_copy(article: Article, between: range, place: int) -> bool:
    """Whether a copy with a full stop that the headline has not is the sentence that the copy opens with: nothing of the page stands between."""
    assert article.headline is not None
    headline, text = article.lines[article.headline].text, article.lines[place].text
    stopped = text[-1] in ".。।۔" and not text.endswith("..") and headline[-1] not in ".…。।۔"
    return stopped and all(article.signs[where] in CONTENT for where in between)


def _past_head(article: Article, first: int | None, end: int) -> int:
    """The first time, byline, tag or caption below the first possible headline: what stands further down is a subhead sooner than a headline."""
    for place in range(end if first is None else first + 1, end):
        beside = any(abs(twin.other - place) == 1 for twin in article.twins.get(place, ()))
        if article.signs[place] in (Sign.TIMESTAMP, Sign.BYLINE, Sign.TAG, Sign.CREDIT) or beside:
            return place
        if article.signs[place] in CONTENT and (article.parts(place).credit or article.widths[place] >= 30 and ends_sentence(article.lines[place].text)):
            return place
    return end


def _shared_with_body(article: Article, places: list[int]) -> dict[int, float]:
    """For each line the share of its longer words, 0-1, that the first paragraphs of running text hold as well."""
    body, said = [], 0
    asked = {*places, *(twin.other for place in places for twin in article.twins.get(place, ()))}  # a copy of a line would hold all of its words
    for place, sign in enumerate(article.signs):
        if sign is Sign.PROSE and article.widths[place] >= 100 and place not in asked:
            body.append(article.lines[place].text)
            said += len(body[-1])
            if said > BODY_SAMPLE:
                break
    text = " ".join(body)[: 2 * BODY_SAMPLE].casefold()
    found = {place: (sum(stem in text for stem in stems), len(stems)) for place in places if (stems := _stems(article.lines[place].text))}
    return {place: held / stems * min(1.0, held / 4) for place, (held, stems) in found.items()}


def _stems(text: str) -> list[str]:
    """Words of four letters and more, cut to six; of scripts without spaces each pair of characters."""
    found = []
    for word in _WORD.findall(text.casefold()):
        if word[0] >= "\u2e80":
            found += [word[at : at + 2] for at in range(len(word) - 1)]
        elif len(word) >= 4:
            found.append(word[:6])
    return found


def _opening(article: Article) -> int:
    """Where the search for a headline ends: at the second long paragraph that stands once."""
    paragraphs = 0
    for place, (sign, wide) in enumerate(zip(article.signs, article.widths, strict=True)):
        if wide >= 140 and sign is Sign.PROSE and place not in article.twins:
            paragraphs += 1
            if paragraphs == 2:
                return place
    return len(article.lines)


def _headline_points(article: Article, place: int, first: int | None, end: int) -> float:
    """What speaks for a line as the headline: it is said again before the body, it comes first, it is of a headline's length and form."""
    lines, wide = article.lines, article.widths[place]
    points = article.looks[place].headline
    if place == first:
        points += 1.5
    if place in article.twins:
        points += _said_again(article, place, first, end)
    points += _before_meta(article, place, first)
    closed = place + 1 == len(lines) or lines[place + 1].gap > 0
    if closed and _below_kicker(article, place, first):
        points += 1.0
    if closed and (lines[place].gap > 0 or place == 0):
        points += 0.5
    if wide < 40 and _in_menu(article, place):
        points -= 2.0
    if article.looks[place].credited and article.parts(place).label:
        points -= 9.0  # a label in front of it: a caption
    if any(where and lines[where].gap <= 1 and article.grammar.byline_label(lines[where - 1].text)
           for where in (place, *(twin.other for twin in article.twins.get(place, ())))):
        points -= 3.0  # a name
    for near in (place - 1, place + 1):
        entry = article.entries.get(near)
        if entry is not None and near < place and entry.kind == "read_more":
            points -= 3.0  # a teaser
        if entry is not None and _COUNTER.fullmatch(lines[near].text):
            points -= 2.0  # the counter of a gallery stands at captions
    return points


def _below_kicker(article: Article, place: int, first: int | None) -> bool:
    """Whether a line says what the first possible headline says in other words, and a kicker stands between them: the first one is the page's title."""
    if first is None or place != first + 2 or not all(article.lines[where].gap for where in (place - 1, place)):
        return False
    kicker = article.lines[place - 1].text
    if article.signs[place - 1] is not Sign.LINE or article.widths[place - 1] > 45 or ends_sentence(kicker) or ends_sentence(article.lines[place].text):
        return False
    title, words = set(_stems(article.lines[first].text)), set(_stems(article.lines[place].text))
    return len(title & words) >= max(3, len(words) / 2)


def _in_menu(article: Article, place: int) -> bool:
    """Whether a short line stands between short lines in one block: an entry of a menu or a list."""
    if not place or place + 1 == len(article.lines) or article.lines[place].gap or article.lines[place + 1].gap:
        return False
    return all(article.signs[near] is Sign.LINE and article.widths[near] < 40 for near in (place - 1, place + 1))


def _before_meta(article: Article, place: int, first: int | None) -> float:
    """A headline stands right above a byline, a time, a tag or a dateline, or above the first paragraph."""
    after = article.signs[place + 1 : place + 4]
    if not after:
        return 0.0
    if after[0] in _HEAD_META:
        return 1.5
    if place == first and after[0] in CONTENT and article.grammar.dateline(article.lines[place + 1].text, article.language) is not None:
        return 2.0
    return 1.0 if after[0] is Sign.PROSE else 0.8 if not _HEAD_META.isdisjoint(after) else 0.0


_HEAD_META = frozenset({Sign.TIMESTAMP, Sign.BYLINE, Sign.TAG})


def _said_again(article: Article, place: int, first: int | None, end: int) -> float:
    """A copy further down, with no body between, marks a headline; a copy that follows at once marks a caption as well."""
    twins = [twin.other for twin in article.twins[place] if twin.other < end and article.widths[twin.other] <= HEADLINE_WIDTH + 60]
    if not twins:
        return 0.0
    if article.parts(place).credit or any(article.parts(other).credit or _slashed(article, place, other) for other in twins):
        return -4.0
    refrain = _after_sentences(article, min(place, *twins))
    apart = [other for other in twins if _parted(article, place, other, twins) and _between(article, place, other) <= 3]
    if apart and not _in_stanza(article, place):
        return 0.5 if refrain else 3.0
    beside = [other for other in twins if abs(other - place) == 1]
    if beside and not refrain and all(article.lines[where].gap > 0 for where in (place, beside[0]) if where):
        return 2.5
    return 1.5 if beside and place == first else 0.0


def _slashed(article: Article, one: int, other: int) -> bool:
    """Whether one of two like lines goes on with a slash or a bracket behind the other, as a caption does with its credit."""
    short, long = article.lines[one].text, article.lines[other].text
    if len(short) == len(long):
        return False
    if len(short) > len(long):
        short, long = long, short
    return long.startswith(short) and long[len(short) :].lstrip(" .")[:1] in ("/", "(", "©")


def _after_sentences(article: Article, place: int) -> bool:
    """Whether running text stands above a line: then what repeats there is a refrain sooner than a headline."""
    return any(
        article.signs[before] in CONTENT and before not in article.twins and article.widths[before] >= 25
        and (ends_sentence(article.lines[before].text) or _told_without_marks(article, before))
        for before in range(place)
    )


def _parted(article: Article, one: int, other: int, twins: list[int]) -> bool:
    """Whether something else than credits and further copies stands between two copies."""
    return any(article.signs[place] is not Sign.CREDIT and place not in twins for place in range(min(one, other) + 1, max(one, other)))


def _between(article: Article, one: int, other: int) -> int:
    """How many lines of content that stand once lie between two lines."""
    one, other = min(one, other), max(one, other)
    return sum(article.signs[place] in CONTENT and place not in article.twins and article.widths[place] >= 10 for place in range(one + 1, other))


def _in_verse(article: Article, place: int) -> bool:
    """Whether two lines that stand once, as wide as verses are, share the block of a line; verses have no time, byline or tag among them."""
    if article.widths[place] >= 60:
        return False
    lines, start, stop = article.lines, place, place + 1
    while start and lines[start].gap == 0 and stop - start < VERSES:
        start -= 1
    while stop < len(lines) and lines[stop].gap == 0 and stop - start < VERSES:
        stop += 1
    if not _HEAD_META.isdisjoint(article.signs[start:stop]):
        return False
    once = [where for where in range(max(start, (article.headline or 0) + 1), stop) if article.signs[where] is Sign.LINE and where not in article.twins]
    return stop - start < VERSES and sum(15 <= article.widths[where] < 60 for where in once) >= 2


def _in_stanza(article: Article, place: int) -> bool:
    """Whether the line stands in a block of three or more short lines, in copy that sets blocks apart: verse, a list, a table."""
    lines = article.lines
    if article.spaced is None:
        article.spaced = sum(line.gap > 0 for line in lines) * 8 >= len(lines)
    if not article.spaced:
        return False
    start, stop = place, place + 1
    while start and lines[start].gap == 0 and stop - start < 2 * VERSES:
        start -= 1
    while stop < len(lines) and lines[stop].gap == 0 and stop - start < 2 * VERSES:
        stop += 1
    return sum(article.signs[where] is Sign.LINE and article.widths[where] < 60 for where in range(start, stop)) >= 3


def _family(article: Article, best: int) -> list[Twin]:
    """The other lines that print the headline, and what ties each to the best one or to a copy of it."""
    family: list[Twin] = []
    seen = {best}
    for source in (best, None):
        for origin in [best] if source is not None else [twin.other for twin in family]:
            for twin in article.twins.get(origin, ()):
                if twin.other not in seen and article.widths[twin.other] <= HEADLINE_WIDTH + 60:
                    seen.add(twin.other)
                    family.append(twin)
    return family


def _fullest(article: Article, members: list[int], end: int) -> int:
    """Of several printed forms the fullest without site suffix or section label; of equal ones the first that is not all capitals."""
    near = sorted(place for place in members if place < end) or members
    if len(near) == 1:
        return near[0]
    keys = {place: tight(article.lines[place].text) for place in near}
    cut = {place: article.lines[place].text.endswith(("…", "...")) for place in near}

    def rank(place: int) -> tuple[bool, bool, int]:
        holds_other = any(other != keys[place] and other in keys[place] and not cut[where] for where, other in keys.items())
        return cut[place] or holds_other, article.lines[place].text.isupper(), place

    return min(near, key=rank)


# --- passages ---------------------------------------------------------------------------------------------------------

PASSAGE = 3
"""Paragraphs in a row that make a passage: one or two may be said again, a prayer or an answer."""


def _passages(article: Article) -> dict[int, int]:
    """The lines of passages that stand there already, each with the line that it repeats to the letter."""
    places = [place for place, sign in enumerate(article.signs) if sign in CONTENT and place not in article.heads]
    order = {place: number for number, place in enumerate(places)}
    texts = [article.lines[place].text for place in places]
    found: dict[int, int] = {}
    for number, place in enumerate(places):
        for other in sorted(order[twin.other] for twin in article.twins.get(place, ()) if order.get(twin.other, -1) > number):
            if number and texts[number - 1] == texts[other - 1]:
                continue  # seen from where it starts
            length = 0
            while number + length < other and other + length < len(texts) and texts[number + length] == texts[other + length]:
                length += 1
            later = places[other : other + length]
            if sum(article.signs[where] is Sign.PROSE for where in later) >= PASSAGE and found.keys().isdisjoint(later):
                found.update(zip(later, places[number : number + length], strict=True))
    return found


def _whole_body(article: Article) -> frozenset[int]:
    """The lines of the passages, where no paragraph is left that stands once: then they are the body, scraped twice, and no captions."""
    some = article.passages.keys() | {*article.passages.values()}
    left = any(sign is Sign.PROSE and place not in article.heads and place not in some for place, sign in enumerate(article.signs))
    return frozenset() if left else frozenset(some)


# --- pictures ---------------------------------------------------------------------------------------------------------

BODY_SAMPLE = 1500
"""Code points of running text that a headline's words are looked up in."""

CAPTION_WIDTH = 700
CLOSE = 80
"""Lines beyond which two copies do not belong to one block of pictures, whatever stands between."""

CREDIT_WIDTH = 60
"""Code points that a credit may take behind a caption's words."""

DOUBLE_IN_BODY = 50
"""Width from which a pair of equal lines that stands alone between two paragraphs is a doubled caption."""


def _find_pictures(article: Article) -> None:
    taken = article.heads | _whole_body(article)
    found: dict[int, Picture] = {}
    under = True  # nothing but pictures, tags and furniture stands between the headline, or the top, and here
    for place in range(len(article.lines)):
        sign = article.signs[place]
        under = under or place == article.headline
        if not under and place not in article.twins and not article.looks[place].credited and place - 1 not in article.entries:
            continue  # most lines of a body: neither said again nor credited nor labelled
        if sign not in CONTENT or place in taken or place in found or article.lines[place].text[0] in ",.;:)":
            continue
        free = [twin for twin in article.twins.get(place, ()) if twin.other not in taken and twin.other not in found]
        copies = [twin for twin in free if _same_picture(article, place, twin.other)]
        picture = None
        if article.marks.get(place) is Role.CAPTION:
            picture = Picture(place, [twin for twin in copies if article.marks.get(twin.other) is Role.CAPTION or _is_caption_copy(article, place, twin)])
        elif article.widths[place] <= CAPTION_WIDTH and place not in article.marks:
            if copies:
                picture = _doubled(article, place, copies, under)
            if picture is None:
                picture = _single(article, place, under)
            if picture is not None and not article.words(picture.first).strip():
                picture = None  # a credit and no words: nothing could stand for a copy
        if picture is not None:
            if picture.copies and place not in article.marks:
                picture = _fuller(article, picture)
            for twin in picture.copies:
                article.credit_tail(twin.other, picture.first)
            article.pictures.append(picture)
            found[picture.first] = picture
            for twin in picture.copies:
                found[twin.other] = picture
        elif sign is Sign.PROSE or ends_sentence(article.lines[place].text) or _told_without_marks(article, place):
            under = False
    _credit_lines(article, found)
    article.captions = set(found)


def _doubled(article: Article, place: int, copies: list[Twin], under: bool) -> Picture | None:
    """A line said again is a caption when a copy carries a credit, when it stands under the headline, or when the pair stands alone."""
    chosen = [twin for twin in copies if _is_caption_copy(article, place, twin)]
    if not chosen:
        return None
    places = [place, *(twin.other for twin in chosen)]
    if article.parts(place).label or any(article.parts(where).credit or article.parts(where).label for where in places):
        return Picture(place, chosen)
    if under and _may_be_caption(article, place) and any(_close(article, place, twin.other) for twin in chosen):
        return Picture(place, chosen)
    if _credited_by_line(article, places):
        return Picture(place, chosen)
    close = [twin for twin in chosen if _alone_in_body(article, place, twin.other)]
    return Picture(place, chosen) if close else None


def _same_picture(article: Article, one: int, other: int) -> bool:
    """Two photographers are two pictures."""
    if article.lines[one].text == article.lines[other].text:
        return True
    names, others = ({name.casefold() for name in article.parts(place).photographer} for place in (one, other))
    return not names or not others or bool(names & others)


def _may_be_caption(article: Article, place: int) -> bool:
    """Whether a line said twice right under the headline is a caption, and no line of a round, a chant or a table there.

    A caption is wide or ends as a sentence, and stands among copies only: a verse goes on, and a table has other rows.
    """
    text, lines = article.lines[place].text, article.lines
    if article.widths[place] < 20 or article.widths[place] < 26 and not ends_sentence(text) or text[-1] in _GOES_ON:
        return False
    start = place
    stop = place + 1
    while start and lines[start].gap == 0 and article.signs[start - 1] in CONTENT and start - 1 not in article.heads and stop - start < VERSES:
        start -= 1
    while stop < len(lines) and lines[stop].gap == 0 and article.signs[stop] in CONTENT and stop - start < VERSES:
        stop += 1
    block = range(start, stop)
    if len(block) > 2 and (article.widths[place] < 45 and not ends_sentence(text) or any(lines[where].text[-1] in _GOES_ON for where in block)):
        return False
    return all(where in article.twins or article.widths[where] < 15 or article.parts(where).credit or article.dateline(where) for where in block)


_GOES_ON = ",;:!?！？،؛"


def _fuller(article: Article, picture: Picture) -> Picture:
    """The picture with its fullest copy as the one that stays: of two whole ones the first."""
    words = article.words(picture.first)
    for twin in picture.copies:
        other, text = article.words(twin.other), article.lines[twin.other].text
        tail = other[len(words) :] if other.startswith(words.rstrip(".…")) else ""
        fuller = words.endswith(("…", "...")) and len(other) > len(words) - 3 or len(tail) > 1 and ends_sentence(text) and not article.parts(twin.other).credit
        if fuller and not other.endswith(("…", "...")):
            rest = [copy for copy in picture.copies if copy is not twin]
            return Picture(twin.other, [Twin(picture.first, twin.likeness), *rest], picture.credits)
    return picture


def _is_caption_copy(article: Article, place: int, twin: Twin) -> bool:
    """A copy must be short enough, and a copy far away long enough, to be a caption said again and not a refrain."""
    if article.widths[twin.other] > CAPTION_WIDTH:
        return False
    if _close(article, place, twin.other) or article.parts(twin.other).credit:
        return True
    if article.widths[place] < 40 or article.signs[twin.other] is not Sign.LINE:
        return _credited_by_line(article, [twin.other])
    around = (_content_at(article, twin.other - 1, -1), _content_at(article, twin.other + 1, 1))
    in_text = all(near is not None and ends_sentence(article.lines[near].text) and near not in article.twins for near in around)
    return not in_text or _credited_by_line(article, [twin.other])


def _close(article: Article, first: int, second: int) -> bool:
    """Whether nothing but furniture, credits, tags, headlines and other doubles stands between two lines."""
    if second < first:
        first, second = second, first
    if second - first > CLOSE:
        return False
    return all(article.signs[place] not in CONTENT or place in article.heads or place in article.twins for place in range(first + 1, second))


def _alone_in_body(article: Article, first: int, second: int) -> bool:
    """Whether two equal lines follow each other between paragraphs of running text, and are no verse, no speech.

    A pair stands in a block, or two, of its own. The wider it is, the less its neighbours must show: nobody sings lines of a
    hundred letters, and between two paragraphs even half of that is no refrain. Two paragraphs, each a whole sentence, are a
    prayer or a ruling said again, however wide: a caption that is a sentence has its copy in its own block.
    """
    text, wide = article.lines[first].text, article.widths[first]
    if second != first + 1 or wide < DOUBLE_IN_BODY or text[0] in "\"'“”„«»‘–—-•" or text[-1] in "!?！？:：":
        return False
    before, after = _content_at(article, first - 1, -1), _content_at(article, second + 1, 1)
    if before is None or after is None or article.lines[first].gap == 0 or article.lines[second + 1].gap == 0:
        return False
    if article.lines[second].gap and (ends_sentence(text) or _told_without_marks(article, first)):
        return False
    if wide >= 100:
        return True
    around = [article.signs[place] is Sign.PROSE and place not in article.twins for place in (before, after)]
    alone = len(article.twins.get(first, ())) == 1
    return alone and (all(around) or any(around) and wide >= 75 and after not in article.twins and article.widths[after] >= 45)


def _told_without_marks(article: Article, place: int) -> bool:
    """Whether a line is as wide as a sentence, in a script that sets no mark at a sentence's end: Thai, Lao, Khmer."""
    last = article.lines[place].text[-1]
    return article.widths[place] >= SENTENCE and ("\u0e00" <= last <= "\u0eff" or "\u1780" <= last <= "\u17ff")


def _content_at(article: Article, place: int, step: int) -> int | None:
    """The nearest line with copy on it, from a place on."""
    while 0 <= place < len(article.lines):
        if article.signs[place] in CONTENT:
            return place
        place += step
    return None


def _credited_by_line(article: Article, places: list[int]) -> bool:
    """Whether a line that is only a credit stands below one of the lines, or right above it in the same block."""
    lines, signs = article.lines, article.signs
    return any(
        place + 1 < len(lines) and signs[place + 1] is Sign.CREDIT or place and signs[place - 1] is Sign.CREDIT and lines[place].gap == 0
        for place in places if article.widths[place] >= 12
    )


def _single(article: Article, place: int, under: bool) -> Picture | None:
    """A line that stands once is a caption when a label says so, or when it ends in a picture credit and stands where captions stand."""
    text = article.lines[place].text
    entry = article.entries.get(place - 1)
    if entry is not None and (entry.kind == "caption_label" or under and _COUNTER.fullmatch(article.lines[place - 1].text)):
        return Picture(place)
    if len(text) > CAPTION_WIDTH or not under and not article.looks[place].credited:
        return None
    parts = article.parts(place)
    if parts.text_end <= parts.text_start:
        return None
    if parts.label:
        return Picture(place)
    if parts.credit and len(text) <= 500:
        sure = parts.photographer or parts.agencies or parts.marks or text[parts.credit_start : parts.credit_end].strip(" .")[-1:] in ")]）】"
        sure = sure or _announced(article, place)
        if under and sure and _copy_follows(article, place) and article.grammar.dateline(text, article.language) is None:
            return Picture(place)
        if parts.photographer or "©" in text[parts.text_end :] or ":" in parts.credit:
            return Picture(place)
    return None


def _announced(article: Article, place: int) -> bool:
    """Whether a label and its colon stand before a credit, whoever it names: "Foto: Privat"."""
    behind = article.lines[place].text[article.parts(place).text_end :]
    return ":" in behind or "：" in behind


def _copy_follows(article: Article, place: int) -> bool:
    """Whether a sentence stands further down: the only paragraph of an article is its body, whoever is credited behind it."""
    if article.last_told is None:
        article.last_told = next(
            (last for last in range(len(article.lines) - 1, -1, -1)
             if article.signs[last] in CONTENT and ends_sentence(article.lines[last].text) and not article.parts(last).credit), -1,
        )
    return article.last_told > place


def _credit_lines(article: Article, found: dict[int, Picture]) -> None:
    """Ties each line that is only a credit to the caption above it, or to the one below, or makes a caption of the line above."""
    credit = Sign.CREDIT
    for place in [place for place, sign in enumerate(article.signs) if sign is credit]:
        above = found.get(place - 1)
        if above is None and place + 1 < len(article.lines):
            above = found.get(place + 1) if article.lines[place + 1].gap <= 1 else None
        if above is None:
            above = _captioned_by(article, place)
            if above is not None:
                article.pictures.append(above)
                found[above.first] = above
        if above is None:
            article.uncaptioned.append(place)
        else:
            above.credits.append(place)
    article.pictures.sort(key=lambda picture: picture.first)


def _captioned_by(article: Article, place: int) -> Picture | None:
    """The short line above a lone credit is the caption that it credits."""
    for near in (place - 1, place + 1):
        if 0 <= near < len(article.lines) and near not in article.heads and article.signs[near] in CONTENT and 15 <= article.widths[near] <= 300:
            gap = article.lines[max(near, place)].gap
            if gap == 0 or gap == 1 and near < place and article.signs[near] is Sign.LINE:
                return Picture(near)
    return None


# --- the rest ---------------------------------------------------------------------------------------------------------


def _bound_body(article: Article) -> None:
    """The body runs from the first to the last paragraph that is neither headline, deck nor caption."""
    other = article.heads | article.captions | set(article.decks)
    start = 0 if article.headline is None else article.headline + 1
    lines, signs, end = article.lines, article.signs, len(article.lines)

    def paragraph(place: int) -> bool:
        return place not in other and signs[place] in CONTENT and (signs[place] is Sign.PROSE or ends_sentence(lines[place].text))

    first = next(filter(paragraph, range(start, end)), None)
    article.body_start = start if first is None else first
    article.body_end = end if first is None else next(filter(paragraph, range(end - 1, first - 1, -1))) + 1


MENU = 8
"""Lines above a headline from which they are the page's menus."""

_TAIL = frozenset({"read_more", "comments", "subscribe", "follow", "share", "nav"})


def _margins(article: Article) -> Iterator[int]:
    """The lines of the menus above the headline, and of what comes after the first furniture behind most of the running text."""
    if article.headline is not None and article.headline >= MENU:
        yield from range(article.headline)
    if not any(entry.kind in _TAIL for entry in article.entries.values()):
        return
    total = sum(article.widths[place] for place, sign in enumerate(article.signs) if sign is Sign.PROSE)
    said, tail = 0.0, None
    for place, sign in enumerate(article.signs):
        if sign is Sign.PROSE:
            said += article.widths[place]
        elif sign is Sign.FURNITURE and said >= 0.6 * total and article.entries[place].kind in _TAIL and place > article.body_start:
            tail = place if tail is None and not _answers(article, place) else tail
    if tail is not None and sum(sign is Sign.FURNITURE for sign in article.signs[tail:]) >= 2:
        yield from range(tail, len(article.lines))


def _role(article: Article, place: int, sign: Sign) -> Role:
    """The role of a line that is no prose and no short line of copy."""
    if sign is Sign.CREDIT:
        return Role.CREDIT
    inside = article.body_start <= place < article.body_end
    if sign is Sign.TAG and _is_tag(article, place) and (not inside or not article.tags[place].ambiguous):
        return Role.AGENCY_TAG
    if sign is Sign.TIMESTAMP and not inside and not _is_clock(article, place) and (place < article.body_start or _beside_meta(article, place)):
        return Role.TIMESTAMP
    if sign is Sign.BYLINE:
        return Role.BYLINE
    if sign is Sign.FURNITURE and article.lines[place].text.isdigit() and not _beside_control(article, place):
        return Role.BODY  # a score, a step, a temperature
    if sign is Sign.RULE and not inside or sign is Sign.FURNITURE and not (inside and _may_be_copy(article, place)):
        return Role.FURNITURE
    return Role.BODY


def _beside_control(article: Article, place: int) -> bool:
    """Whether a control, a counter or a tag stands directly at a number: a font size, a count of comments."""
    return any(
        0 <= near < len(article.lines) and article.signs[near] in (Sign.FURNITURE, Sign.TAG) and not article.lines[near].text.isdigit()
        for near in (place - 1, place + 1)
    )


_IN_BODY = frozenset({"read_more", "ad", "audio", "subscribe", "caption_label", "reading_time", "site"})


def _may_be_copy(article: Article, place: int) -> bool:
    """Whether words of the page stand in the running text as its own: a line that is spoken, a word that the copy quotes, a subhead, an answer."""
    entry, text = article.entries[place], article.lines[place].text
    words = tight(text)
    whole = words == tight(entry.text) and len(text) < SAYS_ALL
    if whole and (_answers(article, place) or words in _quoted(article)):
        return True
    if entry.kind in _IN_BODY and not (whole and _spoken(text, entry.text)):
        return False
    near = [article.signs[other] for other in (place - 1, place + 1) if 0 <= other < len(article.signs)]
    return Sign.FURNITURE not in near and Sign.SYMBOL not in near


def _spoken(text: str, printed: str) -> bool:
    """Whether a line of a word or two ends as a sentence where the button that has its words does not."""
    return text[-1] in _STOPS and printed[-1] not in _STOPS and word_count(text) <= 2


def _answers(article: Article, place: int) -> bool:
    """Whether a line of the running text stands between two questions."""
    if not (place > 0 and place + 1 < len(article.lines) and article.body_start <= place < article.body_end):
        return False
    return all(article.signs[where] in CONTENT and _is_question(article, where) for where in (place - 1, place + 1))


def _is_question(article: Article, place: int) -> bool:
    return article.lines[place].text.rstrip(CLOSERS)[-1:] in QUESTION_MARKS


def _quoted(article: Article) -> frozenset[str]:
    """The short quotes of the running text: a word that the copy quotes is its subject, also where it stands alone."""
    if article.quoted is None:
        article.quoted = frozenset(
            tight(quote) for line, sign in zip(article.lines, article.signs, strict=True) if sign in CONTENT for quote in _QUOTE.findall(line.text)
        )
    return article.quoted


def _beside_meta(article: Article, place: int) -> bool:
    """Whether a byline, a tag or another time stands directly at a line, or the article ends there."""
    near = article.signs[max(0, place - 1) : place + 2]
    return place + 1 == len(article.lines) or Sign.BYLINE in near or Sign.TAG in near or near.count(Sign.TIMESTAMP) > 1


DECK_WIDTH = 400
"""Width beyond which a line is no deck."""

_META = frozenset({Sign.TIMESTAMP, Sign.BYLINE})


def _find_deck(article: Article) -> None:
    """A line or three between the headline and the byline or the time are the deck."""
    taken = article.heads | article.captions
    decks = [place for place, role in article.marks.items() if role is Role.DECK and place not in taken]
    if article.headline is None or decks:
        article.decks = decks
        return
    for place in range(article.headline + 1, len(article.lines)):
        sign = article.signs[place]
        if sign in _META and not _is_clock(article, place) or sign is Sign.TAG and _is_tag(article, place):
            while len(decks) > 1 and article.widths[decks[-1]] < 45 and not ends_sentence(article.lines[decks[-1]].text):
                decks.pop()  # a name above the time, the name of a section: no deck
            if any(article.signs[after] in CONTENT and after not in taken for after in range(place + 1, len(article.lines))):
                article.decks = decks
            return
        if sign in CONTENT and place not in taken:
            if article.dateline(place) is not None:
                return
            decks.append(place)
            if len(decks) > 3 or article.widths[place] > DECK_WIDTH:
                return


def _is_tag(article: Article, place: int) -> bool:
    """Whether a tag can be one here: letters that mean other things too are a subhead or a speaker when copy follows them."""
    after = place + 1
    if place - 1 in article.heads and after < len(article.lines) and article.lines[after].gap and _at_home(article, place):
        return True
    return not article.tags[place].ambiguous or after == len(article.lines) or article.signs[after] not in CONTENT or after in article.heads | article.captions


def _heads_a_part(article: Article, place: int) -> bool:
    """Whether a paragraph follows a time in the same block."""
    after = place + 1
    return after < len(article.lines) and article.lines[after].gap <= 1 and article.signs[after] in CONTENT and ends_sentence(article.lines[after].text)


def _at_home(article: Article, place: int) -> bool:
    """Whether the copy is in the house language of each agency that a tag names."""
    return all(name.agency is not None and article.language == name.agency.languages[0] for name in article.tags[place].agencies)


def _is_clock(article: Article, place: int) -> bool:
    """Whether a time is one of several bare clock times, as in a minute-by-minute report."""
    if article.dated is None:
        article.dated = sum(sign is Sign.TIMESTAMP and _heads_a_part(article, where) for where, sign in enumerate(article.signs))
    if article.dated > 1 and _heads_a_part(article, place):
        return True
    if article.clocks is None:
        article.clocks = sum(_CLOCK.fullmatch(line.text) is not None for line in article.lines if len(line.text) < 9)
    return article.clocks > 1 and _CLOCK.fullmatch(article.lines[place].text) is not None
