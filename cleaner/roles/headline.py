"""Which line is the headline, and which lines say it again."""

from __future__ import annotations

from cleaner.lines import block
from cleaner.model import Role
from cleaner.repeats import Twin
from cleaner.roles.article import COUNTER, QUESTION_MARKS, VERSES, Article, told_without_marks
from cleaner.segment import begins_alike, stems
from cleaner.signs import CLOSERS, CONTENT, ELLIPSES, HEADLINE_WIDTH, META, STOPS, Sign, ends_sentence
from cleaner.tags import INVISIBLE
from cleaner.text import headline_likeness, tight

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

DEEPER = 0.06
"""Points that each line above costs which is no entry of a menu."""

WIDE_ENOUGH = 20
"""Width from which the first line of the copy is more than the name of a section."""


def find_headline(article: Article) -> None:
    """Finds the headline, the lines that say it again, and all lines of the head."""
    end = _opening(article)
    short = zip(article.signs[:end], article.widths, strict=False)
    candidates = [place for place, (sign, wide) in enumerate(short) if sign in CONTENT and wide <= HEADLINE_WIDTH][:CANDIDATES]
    first = _first_possible(article, candidates)
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
        parts = article.parts(place)
        if parts.agencies or parts.photographer or parts.credit:
            points[place] -= ABOUT  # a credit behind it: a caption
    if len(close) > 1 or leading < ENOUGH + ABOUT / 2:
        shares = _shared_with_body(article, close)
        for place, share in shares.items():
            if place <= stop and article.lines[place].text.rstrip(CLOSERS)[-1:] not in STOPS:
                most = shares[first] if first is not None and first in shares and _may_be_subhead(article, place, first) else 1.0
                points[place] += ABOUT * min(share, most)
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


def _first_possible(article: Article, candidates: list[int]) -> int | None:
    """The first line of a headline's width and form; if it is a caption below a shorter line at the top, the shorter line."""
    for place in candidates:
        if article.widths[place] < WIDE_ENOUGH or article.looks[place].headline < -1:
            continue
        top = place - 1
        if top == candidates[0] and (article.parts(place).credit is not None or _above_its_copy(article, place)):
            return top
        return place
    return None


def _above_its_copy(article: Article, place: int) -> bool:
    """Whether the next line of the block says what a line says: a doubled caption, or a doubled headline."""
    return any(twin.other == place + 1 for twin in article.twins.get(place, ())) and not article.lines[place + 1].gap


def _is_one_of_questions(article: Article, place: int) -> bool:
    """Whether a line asks and a paragraph answers it, and so does another one."""
    return _is_answered(article, place) and any(_is_answered(article, where) for where in range(len(article.lines)) if where != place)


def _is_answered(article: Article, place: int) -> bool:
    if article.signs[place] not in CONTENT or article.widths[place] > HEADLINE_WIDTH or article.lines[place].text.rstrip(CLOSERS)[-1:] not in QUESTION_MARKS:
        return False
    return article.signs[place + 1 : place + 2] == [Sign.PROSE]


def _may_be_subhead(article: Article, place: int, first: int) -> bool:
    """Whether a line stands right above a paragraph, and the first possible headline opens a block: set as a deck, a subhead or a pull quote."""
    if first and not article.lines[first].gap:
        return False
    return article.signs[place + 1 : place + 2] == [Sign.PROSE]


def _in_running_text(article: Article, place: int) -> bool:
    """Whether a copy of the headline stands in the body: a line of a verse, a pull quote, a question, an answer. Then it is copy, however like.

    A deck may stand between the headline and its copy, on a page that shows its head by times, captions or furniture as well;
    below the last paragraph a copy is one of the page's.
    """
    assert article.headline is not None
    if place < article.headline:
        return False
    if _is_taken_up(article, place):
        return True
    if _opens_stanzas(article, place) or _in_list(article, place):
        return True
    between = range(article.headline + 1, place)
    if place - 1 in between and article.signs[place - 1] in CONTENT and article.lines[place - 1].text.rstrip(CLOSERS)[-1:] in QUESTION_MARKS:
        return True  # an answer
    told = [  # a deck that the format itself states is no running text
        where for where in between
        if article.signs[where] in CONTENT and where not in article.twins and where not in article.marks and _is_told(article, where)
    ]
    if not told:
        return _in_verse(article, place) or _opens_copy(article, between, place) or _below_text(article, place)
    if not any(article.signs[where] is Sign.PROSE and article.widths[where] >= 100 for where in range(place + 1, len(article.lines))):
        return not any(article.signs[where] is Sign.FURNITURE for where in range(told[-1], len(article.lines)) if where != place)
    page = any(article.signs[where] not in CONTENT for where in (*between, *range(place + 1, min(place + 3, len(article.lines)))))
    if not page and not any(article.signs[where] is Sign.PROSE for where in between):  # above the first paragraph a credited picture shows a head too
        page = any(article.looks[where].credited and article.parts(where).agencies for where in between)
    return len(told) > 3 or not page or _in_stanza(article, place)


def _is_taken_up(article: Article, place: int) -> bool:
    """Whether a line below the headline ends in an ellipsis, and the copy below it goes on by an ellipsis or in lower case: the line opens it.

    Pages cut a headline above the whole one; a line of less than two thirds of it, with nothing of a page between, is a refrain or what the copy starts from.
    """
    assert article.headline is not None
    text = article.lines[place].text.rstrip(INVISIBLE)
    if not text.endswith(ELLIPSES) or article.signs[place + 1 : place + 2] not in ([Sign.PROSE], [Sign.LINE]):
        return False
    if 3 * len(text) < 2 * len(article.lines[article.headline].text) and CONTENT.issuperset(article.signs[article.headline : place]):
        return True
    below = article.lines[place + 1].text.lstrip(INVISIBLE)
    return below.startswith(ELLIPSES) or below[:1].islower()


def _below_text(article: Article, place: int) -> bool:
    """Whether the headline itself stands below running text, and nothing of a page stands between it and a copy: then both are lines of that text."""
    assert article.headline is not None
    if not all(sign in CONTENT for sign in article.signs[article.headline : place]):
        return False
    return any(article.signs[where] is Sign.PROSE and where not in article.twins and _is_told(article, where) for where in range(article.headline))


def _is_told(article: Article, place: int) -> bool:
    return ends_sentence(article.lines[place].text) or told_without_marks(article, place)


def _opens_copy(article: Article, between: range, place: int) -> bool:
    """Whether a copy with a full stop that the headline has not is the sentence that the copy opens with: nothing of the page stands between."""
    assert article.headline is not None
    headline, text = article.lines[article.headline].text, article.lines[place].text
    stopped = text[-1] in STOPS and not text.endswith("..") and headline[-1] not in ".…。।۔"
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
    found = {place: (sum(stem in text for stem in some), len(some)) for place in places if (some := stems(article.lines[place].text))}
    return {place: held / all_of_them * min(1.0, held / 4) for place, (held, all_of_them) in found.items()}


def _opening(article: Article) -> int:
    """Where the search for a headline ends: at the second long paragraph that stands once."""
    paragraphs = 0
    for place, (sign, wide) in enumerate(zip(article.signs, article.widths, strict=True)):
        if wide >= 140 and sign is Sign.PROSE and place not in article.twins and not begins_alike(place, article.lines):
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
    if _below_time(article, place):
        points += 0.5
    if _below_path(article, place):
        points += 2.0
    if wide < 40 and _in_menu(article, place):
        points -= 2.0
    if _is_one_of_questions(article, place) and not CONTENT.isdisjoint(article.signs[:place]):
        points -= 3.0  # an interview's
    if article.looks[place].credited and article.parts(place).label:
        points -= 9.0  # a label in front of it: a caption
    if any(where and lines[where].gap <= 1 and article.grammar.byline_label(lines[where - 1].text)
           for where in (place, *(twin.other for twin in article.twins.get(place, ())))):
        points -= 3.0  # a name
    for near in (place - 1, place + 1):
        entry = article.entries.get(near)
        if entry is not None and near < place and entry.kind == "read_more":
            points -= 3.0  # a teaser
        if entry is not None and COUNTER.fullmatch(lines[near].text):
            points -= 2.0  # the counter of a gallery stands at captions
    return points


def _below_kicker(article: Article, place: int, first: int | None) -> bool:
    """Whether a line says what the first possible headline says in other words, and a kicker stands between them: the first one is the page's title."""
    if first is None or place != first + 2 or not all(article.lines[where].gap for where in (place - 1, place)):
        return False
    kicker = article.lines[place - 1].text
    if article.signs[place - 1] is not Sign.LINE or article.widths[place - 1] > 45 or ends_sentence(kicker) or ends_sentence(article.lines[place].text):
        return False
    title, words = set(stems(article.lines[first].text)), set(stems(article.lines[place].text))
    return len(title & words) >= max(3, len(words) / 2)


def _below_time(article: Article, place: int) -> bool:
    """Whether a line stands between a time and a paragraph that has most of its words: many pages print the time above the headline.

    A time with a line of copy right above it, or above the byline beside it, is the time of that line.
    """
    signs = article.signs
    if not place or signs[place - 1] is not Sign.TIMESTAMP or signs[place + 1 : place + 2] != [Sign.PROSE]:
        return False
    if not all(article.lines[where].gap for where in (place, place + 1)):
        return False
    above = next((signs[where] for where in range(place - 1, -1, -1) if signs[where] not in META), None)
    return above not in CONTENT and _shared_with_body(article, [place]).get(place, 0.0) > 0.5


def _below_path(article: Article, place: int) -> bool:
    """Whether the path of a page ("Home", "News") stands above a line in the same block, and nothing but buttons below it: there the headline is."""
    lines, entries = article.lines, article.entries
    if place < 2 or article.widths[place] < 14 or lines[place].gap or lines[place - 1].gap:
        return False
    if any((entry := entries.get(above)) is None or entry.kind != "nav" for above in (place - 1, place - 2)):
        return False
    below = place + 1
    while below < len(lines) and not lines[below].gap and article.widths[below] < 14:
        below += 1
    return below == len(lines) or lines[below].gap > 0


def _in_menu(article: Article, place: int) -> bool:
    """Whether a short line stands between short lines in one block: an entry of a menu or a list."""
    if not place or place + 1 == len(article.lines) or article.lines[place].gap or article.lines[place + 1].gap:
        return False
    return all(article.signs[near] is Sign.LINE and article.widths[near] < 40 for near in (place - 1, place + 1))


def _before_meta(article: Article, place: int, first: int | None) -> float:
    """A headline stands right above a byline, a time, a tag or a dateline, or above the first paragraph."""
    after = article.signs[place + 1 : place + 4]
    if not after or place and _above_its_copy(article, place - 1):
        return 0.0  # of a line said twice in a block only the first may be the headline
    if after[0] in META:
        return 1.5
    if place == first and after[0] in CONTENT and article.grammar.dateline(article.lines[place + 1].text, article.language) is not None:
        return 2.0
    below = article.lines[place + 1]
    if place == 0 and below.gap and article.signs[1] is Sign.LINE and article.widths[1] >= 40 and ends_sentence(below.text):
        return 1.0  # a paragraph, if a short one
    return 1.0 if after[0] is Sign.PROSE else 0.8 if not META.isdisjoint(after) else 0.0


def _said_again(article: Article, place: int, first: int | None, end: int) -> float:
    """A copy further down, with no body between, marks a headline; a copy that follows at once marks a caption as well."""
    twins = [twin.other for twin in article.twins[place] if twin.other < end and article.widths[twin.other] <= HEADLINE_WIDTH + 60]
    if not twins:
        return 0.0
    if article.parts(place).credit or any(article.parts(other).credit or _slashed(article, place, other) for other in twins) or _in_list(article, place):
        return -4.0
    refrain = _after_sentences(article, min(place, *twins))
    apart = [other for other in twins if _parted(article, place, other, twins) and _between(article, place, other) <= 3]
    if apart and not _in_stanza(article, place):
        return 0.5 if refrain or _opens_stanzas(article, place) else 3.0
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
        and _is_told(article, before)
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
    around = block(article.lines, place, VERSES)
    if not META.isdisjoint(article.signs[around.start : around.stop]):
        return False
    below = range(max(around.start, (article.headline or 0) + 1), around.stop)
    once = [where for where in below if article.signs[where] is Sign.LINE and where not in article.twins]
    return len(around) < VERSES and sum(15 <= article.widths[where] < 60 for where in once) >= 2


def _in_stanza(article: Article, place: int) -> bool:
    """Whether the line stands in a block of three or more short lines, in copy that sets blocks apart: verse, a list, a table."""
    if not _sets_blocks_apart(article):
        return False
    around = block(article.lines, place, 2 * VERSES)
    return sum(article.signs[where] is Sign.LINE and article.widths[where] < 60 for where in around) >= 3


def _sets_blocks_apart(article: Article) -> bool:
    if article.spaced is None:
        article.spaced = sum(line.gap > 0 for line in article.lines) * 8 >= len(article.lines)
    return article.spaced


def _opens_stanzas(article: Article, place: int) -> bool:
    """Whether a line and a copy of it share their blocks with verses that stand once, or such a stanza parts the two: a refrain, be it a couplet."""
    if not _sets_blocks_apart(article):
        return False
    copies = [twin.other for twin in article.twins.get(place, ())]
    return sum(_beside_verse(article, where) for where in (place, *copies)) > 1 or any(_parted_by_stanza(article, place, other) for other in copies)


def _parted_by_stanza(article: Article, one: int, other: int) -> bool:
    """Whether verses and nothing else stand between two lines that each open a block, and two of them in a block of their own stand once."""
    lines, between = article.lines, range(min(one, other) + 1, max(one, other))
    if len(between) >= VERSES or not all(article.signs[where] is Sign.LINE and article.widths[where] < 60 for where in between):
        return False
    if not all(where + 1 < len(lines) and lines[where].gap and not lines[where + 1].gap for where in (one, other)):
        return False
    once = [article.widths[where] >= 15 and where not in article.twins for where in between]
    return any(once[at] and once[at + 1] and lines[between[at]].gap and not lines[between[at + 1]].gap for at in range(len(once) - 1))


def _in_list(article: Article, place: int) -> bool:
    """Whether a line and a copy of it each stand in the block that another line opens: two entries of a list of which the same is said."""
    return _sets_blocks_apart(article) and sum(_says_of_entry(article, where) for where in (place, *(twin.other for twin in article.twins.get(place, ())))) > 1


def _says_of_entry(article: Article, place: int) -> bool:
    above = place - 1
    return above > 0 and not article.lines[place].gap and article.lines[above].gap > 0 and article.signs[above] is Sign.LINE and above not in article.twins


def _beside_verse(article: Article, place: int) -> bool:
    """Whether a line stands in a block that holds nothing but copy, right above or below a verse that stands once."""
    around = block(article.lines, place, VERSES)
    if len(around) == VERSES or not CONTENT.issuperset(article.signs[around.start : around.stop]):
        return False
    return any(
        where in around and article.signs[where] is Sign.LINE and where not in article.twins and 15 <= article.widths[where] < 60
        and not article.parts(where).credit
        for where in (place - 1, place + 1)
    )


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
    cut = {place: article.lines[place].text.endswith(ELLIPSES) for place in near}

    def rank(place: int) -> tuple[bool, bool, int]:
        holds_other = any(other != keys[place] and other in keys[place] and not cut[where] for where, other in keys.items())
        return cut[place] or holds_other, article.lines[place].text.isupper(), place

    return min(near, key=rank)


BODY_SAMPLE = 1500
"""Code points of running text that a headline's words are looked up in."""
