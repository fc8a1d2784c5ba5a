"""Paragraphs that a page prints twice in the same order."""

from __future__ import annotations

from cleaner.roles.article import Article
from cleaner.signs import CONTENT, Sign

PASSAGE = 3
"""Paragraphs in a row that make a passage: one or two may be said again, a prayer or an answer."""


def passages(article: Article) -> dict[int, int]:
    """The lines of passages that stand there already, each with the line that it repeats to the letter."""
    if sum([article.signs[place] is Sign.PROSE for place in article.twins]) < 2 * PASSAGE:
        return {}
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


def whole_body(article: Article) -> frozenset[int]:
    """The lines of the passages, where no paragraph is left that stands once: then they are the body, scraped twice, and no captions."""
    if not article.passages:
        return frozenset()
    some = article.passages.keys() | {*article.passages.values()}
    left = any(sign is Sign.PROSE and place not in article.heads and place not in some for place, sign in enumerate(article.signs))
    return frozenset() if left else frozenset(some)
