"""Where the body begins and ends, what recurs around it, and what role each line has that is left."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.model import Role
from cleaner.roles.article import QUESTION_MARKS, Article
from cleaner.signs import CLOSERS, CONTENT, SAYS_ALL, Sign, ends_sentence
from cleaner.text import tight, word_count

_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}")

_QUOTE = re.compile("(?=[\"'“”„‘’«»「『](\\w[^\"“”„«»「」『』]{0,40}?)[\"'“”‘’«»」』])")

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
    inside = article.body_start <= place < article.body_end
    if sign is Sign.TAG and is_tag(article, place) and (not inside or not article.tags[place].ambiguous):
        return Role.AGENCY_TAG
    if sign is Sign.TIMESTAMP and not inside and not is_clock(article, place) and (place < article.body_start or _beside_meta(article, place)):
        return Role.TIMESTAMP
    if sign is Sign.BYLINE:
        return Role.BODY if inside and may_be_title(article, place) else Role.BYLINE
    if sign is Sign.FURNITURE and article.lines[place].text.isdigit() and not _beside_control(article, place):
        return Role.BODY  # a score, a step, a temperature
    if sign is Sign.RULE and not inside or sign is Sign.FURNITURE and not (inside and _may_be_copy(article, place)):
        return Role.FURNITURE
    return Role.BODY


def may_be_title(article: Article, place: int) -> bool:
    """Whether a byline may be a subhead, since its word opens titles too ("Της Μαρίας Παππά"): below running text it is one."""
    return article.signs[place] is Sign.BYLINE and article.grammar.byline_opens_sentences(article.lines[place].text, article.language)


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


def is_tag(article: Article, place: int) -> bool:
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


def is_clock(article: Article, place: int) -> bool:
    """Whether a time is one of several bare clock times, as in a minute-by-minute report."""
    if article.dated is None:
        article.dated = sum(sign is Sign.TIMESTAMP and _heads_a_part(article, where) for where, sign in enumerate(article.signs))
    if article.dated > 1 and _heads_a_part(article, place):
        return True
    if article.clocks is None:
        article.clocks = sum(_CLOCK.fullmatch(line.text) is not None for line in article.lines if len(line.text) < 9)
    return article.clocks > 1 and _CLOCK.fullmatch(article.lines[place].text) is not None
