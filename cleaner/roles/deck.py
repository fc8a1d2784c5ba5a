"""The lines between the headline and the byline or the time."""

from __future__ import annotations

from cleaner.model import Role
from cleaner.roles.article import Article
from cleaner.roles.body import answers_one_of_several, is_clock, is_tag, may_be_title, signs_a_part
from cleaner.signs import CONTENT, Sign, ends_sentence

DECK_WIDTH = 400
"""Width beyond which a line is no deck."""

_META = frozenset({Sign.TIMESTAMP, Sign.BYLINE})


def find_deck(article: Article) -> None:
    """A line or three between the headline and the byline or the time are the deck."""
    taken = article.heads | article.captions
    decks = [place for place, role in article.marks.items() if role is Role.DECK and place not in taken]
    if article.headline is None or decks:
        article.decks = decks
        return
    for place in range(article.headline + 1, len(article.lines)):
        sign = article.signs[place]
        if len(decks) > 1 and may_be_title(article, place) or answers_one_of_several(article, place):
            return  # a subhead, or an interview: none of its lines is a deck
        if sign in _META and not is_clock(article, place) and not signs_a_part(article, place) or sign is Sign.TAG and is_tag(article, place):
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
