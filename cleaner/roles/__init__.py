"""Which role each line of an article has: first what repeats, then position, then the line itself.

``assign`` is the way through: the headline, passages printed twice, pictures, the deck, the body with its margins, and then each line.
"""

from __future__ import annotations

from cleaner.labels import AGENCY
from cleaner.model import Role
from cleaner.roles.article import Article, Picture
from cleaner.roles.body import bound_body, margins, role_of
from cleaner.roles.copies import find_copies
from cleaner.roles.deck import find_deck
from cleaner.roles.headline import find_headline
from cleaner.roles.passages import passages
from cleaner.roles.pictures import find_pictures
from cleaner.signs import CONTENT
from cleaner.tags import LoneTag, Named

__all__ = ["Article", "Picture", "assign"]


def assign(article: Article) -> None:
    """Gives every line its role, finds the headline, its copies, the pictures and the bounds of the body."""
    if article.labels:
        _take_labels(article)
    else:
        find_headline(article)
        find_copies(article)
        article.passages = passages(article)
        find_pictures(article)
        find_deck(article)
        bound_body(article)
        article.margins = frozenset(margins(article))
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
            roles[place] = role_of(article, place, sign)
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
