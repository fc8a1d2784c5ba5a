"""Where the body begins and ends, what recurs around it, and what role each line has that is left."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from cleaner.facts import base
from cleaner.model import Role
from cleaner.roles.article import QUESTION_MARKS, Article
from cleaner.signs import CLOSERS, CONTENT, SAYS_ALL, Sign, ends_sentence
from cleaner.tags import INVISIBLE
from cleaner.text import tight, word_count

_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}")

_QUOTES = re.compile("[\"“”„»«「『'‘’]")  # most lines have none, and this look costs a fifth of the next
_QUOTE = re.compile("(?=(?:[\"“”„»「『]|«\\s?|(?<!\\w)['‘’])(\\w[^\"“”„«»「」『』]{0,40}?)(?:[\"“”‘«」』]|\\s?»|['’](?!\\w)))")

_STOPS = frozenset(".!?…。！？؟।۔")


def bound_body(article: Article) -> None:
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


def margins(article: Article) -> Iterator[int]:
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
            tail = place if tail is None and not article.lines[place].text.isdigit() and not _answers(article, place) else tail
    if tail is not None and sum(sign is Sign.FURNITURE for sign in article.signs[tail:]) >= 2:
        yield from range(tail, len(article.lines))


def role_of(article: Article, place: int, sign: Sign) -> Role:
    """The role of a line that is no prose and no short line of copy."""
    if sign is Sign.CREDIT:
        return Role.CREDIT
    if sign in (Sign.TIMESTAMP, Sign.BYLINE) and answers_one_of_several(article, place):
        return Role.BODY
    inside = article.body_start <= place < article.body_end
    if sign is Sign.TAG and is_tag(article, place) and (not inside or not article.tags[place].ambiguous):
        return Role.AGENCY_TAG
    if sign is Sign.TIMESTAMP and not inside and not is_clock(article, place) and (place < article.body_start or _beside_meta(article, place)):
        return Role.TIMESTAMP
    if sign is Sign.BYLINE:
        return Role.BODY if inside and may_be_title(article, place) or signs_a_part(article, place) else Role.BYLINE
    if sign is Sign.FURNITURE and article.lines[place].text.isdigit() and not _beside_control(article, place):
        return Role.BODY  # a score, a step, a temperature
    if sign is Sign.RULE and not inside or sign is Sign.FURNITURE and not (_may_be_copy if inside else _is_copy)(article, place):
        return Role.FURNITURE
    return Role.BODY


def may_be_title(article: Article, place: int) -> bool:
    """Whether a byline may be a subhead, since its word opens titles too ("Της Μαρίας Παππά"): below running text it is one."""
    return article.signs[place] is Sign.BYLINE and article.grammar.byline_opens_sentences(article.lines[place].text, article.language)


def answers_one_of_several(article: Article, place: int) -> bool:
    """Whether a line stands right below a question of the running text that is one of several in lines of their own: it answers with a name or a date."""
    def asks(where: int) -> bool:
        return article.signs[where] in CONTENT and where not in article.heads and _is_question(article, where)

    if place < 2 or not asks(place - 1) or not any(sign is Sign.PROSE for sign in article.signs[(article.headline or 0) + 1 : place - 1]):
        return False
    return any(asks(where) for where in range(len(article.lines)) if where != place - 1)


def signs_a_part(article: Article, place: int) -> bool:
    """Whether a byline is one of several with other names, each between a title and its text: poems, letters, reviews; or stands below a reporter's clock.

    The article's own stands once, or below its headline.
    """
    if article.signed is None:
        signed = [where for where, sign in enumerate(article.signs) if sign is Sign.BYLINE]
        places = [where for where in signed if _between_title_and_text(article, where)]
        own = [where for where in signed if where - 1 in article.heads]
        article.signed = frozenset(places if len({article.lines[where].text for where in (*own, *places)}) > 1 else ())
    return place in article.signed or place > 0 and article.signs[place - 1] in (Sign.TIMESTAMP, Sign.SYMBOL) and is_clock(article, place - 1)


def _between_title_and_text(article: Article, place: int) -> bool:
    lines, above, below = article.lines, place - 1, place + 1
    if not place or below == len(lines) or article.signs[above] is not Sign.LINE or article.signs[below] not in CONTENT:
        return False
    if above in article.heads or above in article.captions or ends_sentence(lines[above].text):
        return False
    return max(lines[place].gap, lines[below].gap) <= 1 and ends_sentence(lines[below].text)


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
    whole = _whole(text, entry.text)
    if whole and (_is_copy(article, place) or _answers(article, place) or _goes_on(article, place)) or _is_announced(article, place):
        return True
    if entry.kind in _IN_BODY and not (whole and _spoken(text, entry.text)):
        return False
    near = [article.signs[other] for other in (place - 1, place + 1) if 0 <= other < len(article.signs)]
    return Sign.FURNITURE not in near and Sign.SYMBOL not in near


def _is_announced(article: Article, place: int) -> bool:
    """Whether a sentence that ends in a colon stands right above a line, and copy below it: the words that the sentence announces."""
    near = article.signs[place - 1 : place + 2] if place else []
    if len(near) < 3 or near[0] not in CONTENT or article.widths[place - 1] < 40 or near[2] not in CONTENT:
        return False
    return article.lines[place - 1].text.rstrip(INVISIBLE)[-1:] in (":", "：")


def _whole(text: str, printed: str) -> bool:
    """Whether a line is a button's words and nothing more."""
    return len(text) < SAYS_ALL and tight(text) == tight(printed)


def _spoken(text: str, printed: str) -> bool:
    """Whether a line of a word or two ends as a sentence where the button that has its words does not; buttons seldom ask, so a question may be longer."""
    return _ends_otherwise(text, printed) and (text[-1] in QUESTION_MARKS or word_count(text) <= 2)


def _ends_otherwise(text: str, printed: str) -> bool:
    ends = QUESTION_MARKS if text[-1] in QUESTION_MARKS else _STOPS
    return text[-1] in ends and printed[-1] not in ends


def _is_copy(article: Article, place: int) -> bool:
    """Whether words of the page are the copy's own wherever they stand: it quotes them, its headline names them, or a question above is answered so."""
    text, entry = article.lines[place].text, article.entries[place]
    if not _whole(text, entry.text):
        return False
    inside = article.body_start <= place < article.body_end
    if (inside or entry.kind != "nav") and (tight(text) in _quoted(article) or _in_headline(article, place)):
        return True  # a section's name above or below the text is one of a menu, whatever the copy quotes
    if _spoken_of(article, place):
        return True
    asked = place > article.body_start and article.signs[place - 1] in CONTENT and _is_question(article, place - 1)
    return asked and _ends_otherwise(text, entry.text)


def _in_headline(article: Article, place: int) -> bool:
    """Whether the headline has the words of a line as they are printed, and the page prints them once: then they are its subject."""
    if article.headline is None:
        return False
    text, headline = _bare(article, place), article.lines[article.headline].text
    if text not in headline or re.search(rf"\b{re.escape(text)}\b", headline) is None:
        return False
    if article.printed is None:
        article.printed = Counter(_bare(article, other) for other in article.entries)
    return article.printed[text] == 1


def _bare(article: Article, place: int) -> str:
    return article.lines[place].text.strip(INVISIBLE + " :")


def _goes_on(article: Article, place: int) -> bool:
    """Whether a line opens the sentence that goes on in lower case below it, and is not between two halves of one: it was set apart in the copy."""
    if not (0 < place < len(article.lines) - 1 and article.signs[place - 1] in CONTENT and article.signs[place + 1] in CONTENT):
        return False
    if article.lines[place].text[-1] in ":：":
        return False  # it announces a list
    return article.lines[place + 1].text.lstrip(INVISIBLE)[:1].islower() and ends_sentence(article.lines[place - 1].text)


def _spoken_of(article: Article, place: int) -> bool:
    """Whether the sentence below a line speaks of it as of a word: "That is the only word on the wall", "The button Read more does nothing"."""
    after = place + 1
    if after == len(article.lines) or article.signs[after] not in CONTENT:
        return False
    text, below = _bare(article, place), article.lines[after].text
    if article.grammar.facts.speaks_of_words(below, article.language):
        return True
    names = text[:1].isupper() and ends_sentence(below) and (base(article.language) != "de" or " " in text)  # a German noun has its capital everywhere
    return names and article.entries[place].kind != "nav" and re.search(rf"[\w,] {re.escape(text)}\b", below) is not None


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
            tight(quote) for line, sign in zip(article.lines, article.signs, strict=True)
            if sign in CONTENT and _QUOTES.search(line.text) for quote in _QUOTE.findall(line.text)
        )
    return article.quoted


def _beside_meta(article: Article, place: int) -> bool:
    """Whether a byline, a tag or another time stands directly at a line, or the article ends there."""
    near = article.signs[max(0, place - 1) : place + 2]
    return place + 1 == len(article.lines) or Sign.BYLINE in near or Sign.TAG in near or near.count(Sign.TIMESTAMP) > 1


def is_tag(article: Article, place: int) -> bool:
    """Whether a tag can be one here: letters that mean other things too are a subhead or a speaker when copy follows them."""
    after = place + 1
    if place in _listed(article) or _heads_a_passage(article, place) and _is_the_subject(article, place):
        return False
    if place - 1 in article.heads and after < len(article.lines) and article.lines[after].gap and _at_home(article, place):
        return True
    if article.tags[place].label is None and answers_one_of_several(article, place):
        return False
    return not article.tags[place].ambiguous or after == len(article.lines) or article.signs[after] not in CONTENT or after in article.heads | article.captions


def _heads_a_passage(article: Article, place: int) -> bool:
    """Whether a line stands in a block of its own between two pieces of copy, the one above it a sentence, as subheads do."""
    lines, above, after = article.lines, place - 1, place + 1
    if not place or after == len(lines) or not lines[place].gap or not lines[after].gap:
        return False
    if any(article.signs[near] not in CONTENT or near in article.heads or near in article.captions for near in (above, after)):
        return False
    return ends_sentence(lines[above].text)


def _opens_the_first(article: Article, place: int) -> bool:
    """Whether a line stands in a block of its own between the headline and the first paragraph, where a list begins, and where a tag stands too."""
    after = place + 1
    if article.headline is None or place != article.headline + 1 or after == len(article.lines) or not article.lines[after].gap:
        return False
    return article.signs[after] in CONTENT and after not in article.heads | article.captions and ends_sentence(article.lines[after].text)


def _is_the_subject(article: Article, place: int) -> bool:
    """Whether the headline names the agency of a tag: then the copy is about it."""
    if article.headline is None:
        return False
    headline = article.lines[article.headline].text
    return any(re.search(rf"\b{re.escape(name.text)}\b", headline) for name in article.tags[place].agencies)


def _listed(article: Article) -> frozenset[int]:
    """The tags that are what the copy is about: three and more agencies in the same slot, above a passage each or above a clock time in a table.

    Two places are enough where every passage has its line, an agency or another name: a press review, an interview.
    """
    if article.listed is None:
        heads = [where for where in article.tags if _heads_a_passage(article, where) or _opens_the_first(article, where)]
        cells = [where for where in article.tags if _above_a_clock(article, where)]
        listed = heads if _several(article, heads) or _all_headed(article) else []
        article.listed = frozenset(listed + cells if _several(article, cells) else listed)
    return article.listed


LISTED = 3
"""Agencies in the same slot from which they are what the copy is about, and lines that head all of the passages: an article has one source, or two."""


def _several(article: Article, places: list[int]) -> bool:
    return len({tuple(name.text for name in article.tags[where].agencies) for where in places}) >= LISTED


def _all_headed(article: Article) -> bool:
    """Whether every paragraph, from the headline on, has a short line above it, and more of these than the first are an agency's."""
    def heads(where: int) -> bool:
        return (where in article.tags or article.signs[where] is Sign.LINE and not ends_sentence(article.lines[where].text)) and (
            _heads_a_passage(article, where) or _opens_the_first(article, where)
        )

    if article.headline is None:
        return False
    first = at = article.headline + 1
    while at < len(article.lines) and heads(at):
        at += 2
    told = at >= len(article.lines) or article.signs[at] not in CONTENT
    return told and at - first >= 2 * LISTED and any(where in article.tags for where in range(first + 2, at, 2))


def _above_a_clock(article: Article, place: int) -> bool:
    """Whether a line stands as the cell of a table does: no blank line around it, no sentence above it, one of several clock times below it."""
    lines, after = article.lines, place + 1
    if not place or after == len(lines) or lines[place].gap or lines[after].gap or ends_sentence(lines[place - 1].text):
        return False
    return _CLOCK.fullmatch(_bare(article, after)) is not None and is_clock(article, after)


def _heads_a_part(article: Article, place: int) -> int:
    """How many lines below a time a paragraph follows in its block: 1, or 2 behind the name of who reports, or 0 where none does."""
    lines, after = article.lines, place + 1
    if after + 1 < len(lines) and lines[after].gap <= 1 and _may_be_name(article, after):
        after += 1
    told = after < len(lines) and lines[after].gap <= 1 and article.signs[after] in CONTENT and ends_sentence(lines[after].text)
    return after - place if told else 0


def _may_be_name(article: Article, place: int) -> bool:
    sign, text = article.signs[place], article.lines[place].text
    return sign is Sign.BYLINE or sign is Sign.LINE and article.widths[place] < NAME and not ends_sentence(text)


NAME = 45
"""Width up to which a line may be the name of who reports, with his desk or his town."""


def _at_home(article: Article, place: int) -> bool:
    """Whether the copy is in the house language of each agency that a tag names."""
    return all(name.agency is not None and article.language == name.agency.languages[0] for name in article.tags[place].agencies)


def is_clock(article: Article, place: int) -> bool:
    """Whether a time is one of several bare clock times, or of several that head a part each in the same way, as in a minute-by-minute report."""
    if article.dated is None:
        article.dated = Counter(_heads_a_part(article, where) for where, sign in enumerate(article.signs) if sign is Sign.TIMESTAMP)
    if (below := _heads_a_part(article, place)) and article.dated[below] > 1:
        return True
    if article.clocks is None:
        article.clocks = sum(_CLOCK.fullmatch(_bare(article, where)) is not None for where, line in enumerate(article.lines) if len(line.text) < 9)
    return article.clocks > 1 and _CLOCK.fullmatch(_bare(article, place)) is not None
