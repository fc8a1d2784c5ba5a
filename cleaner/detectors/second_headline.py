"""A second headline, which says in other words what the headline says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.detectors import Detector
from cleaner.model import Edit, Op
from cleaner.signs import CONTENT, HEADLINE_WIDTH, META, ends_sentence
from cleaner.text import differing_fact, in_common, words

if TYPE_CHECKING:
    from cleaner.roles import Article

LONG = 4
"""Letters from which a word says what a line is about; a syllable of Hangul counts as two."""

FEWEST = 4
"""Long words that two headlines have in common at least."""

KICKER = 45
"""Width up to which a line between the two may be a kicker."""


@dataclass(frozen=True)
class SecondHeadline(Detector):
    """A second headline in the head: the one for search engines above the one for readers, in other words.

    Why: a page prints both, and neither is a copy of the other. In the text the second is noise; as a form of the headline it may be searched for.
    What moves: the line next to the headline, or behind a kicker, that has half of its longer words in their order, above a byline, a time or a
    tag; into ``headline_variants``.
    What stays: a line that ends as a sentence; a deck, which says more than the headline; a line that differs in a number or a negation.
    """

    name = "second-headline"
    before = """\
Council puts off vote on night buses: what happens now

Why the council is right to put off its vote on night buses

By Ida Holm

Members said on Thursday that the figures in front of them did not add up, and they will meet again in October.
"""
    after = """\
headline: Council puts off vote on night buses: what happens now
byline:   By Ida Holm
text:     Members said on Thursday that the figures in front of them did not add up, and they will meet again in October.
"""

    def find(self, article: Article) -> Iterator[Edit]:
        headline = article.headline
        if headline is None or article.labels or not _is_headline(article, headline):
            return
        kept = article.lines[headline]
        taken = {*article.marks, *article.captions, *(twin.other for twin in article.near.get(headline, ()))}
        for place in _beside(article, headline):
            line = article.lines[place]
            if place in taken or not _is_headline(article, place) or not _above_meta(article, max(place, headline)):
                continue
            one, other = _long_words(kept.text), _long_words(line.text)
            common = in_common(one, other)
            if common < FEWEST or 2 * common < max(len(one), len(other)) or _differ(kept.text, line.text):
                continue
            reason = f"says the headline on line {kept.number} in other words ({common} of its {len(other)} longer words)"
            yield Edit(self.name, Op.MOVE, line.start, line.end, reason, field="headline_variants", value=line.text)


def _beside(article: Article, headline: int) -> Iterator[int]:
    """The next line of copy above and below the headline, and of each the one behind it where it is as short as a kicker."""
    for step in (-1, 1):
        kickers, place = 0, headline + step
        while 0 <= place < len(article.lines) and kickers < 2:
            if article.signs[place] in CONTENT and place not in article.heads:
                yield place
                if article.widths[place] > KICKER or ends_sentence(article.lines[place].text):
                    break
                kickers += 1
            place += step


def _is_headline(article: Article, place: int) -> bool:
    """Whether a line stands in a block of its own and has the form of a headline."""
    alone = (not place or article.lines[place].gap > 0) and place + 1 < len(article.lines) and article.lines[place + 1].gap > 0
    return alone and article.widths[place] <= HEADLINE_WIDTH and not ends_sentence(article.lines[place].text)


def _above_meta(article: Article, place: int) -> bool:
    return not META.isdisjoint(article.signs[place + 1 : place + 5])


def _long_words(text: str) -> list[str]:
    """The words of four letters and more, or two of Hangul, without repeats.

    Where a character is a word there are none: a pair of characters is too little to tell two stories by.
    """
    return list(dict.fromkeys(word for word in words(text) if len(word) * (2 if word[0] >= "\u2e80" else 1) >= LONG))


def _differ(one: str, other: str) -> bool:
    """Whether a fact that no choice of words changes stands in one of two lines alone."""
    fact = differing_fact(one, other) or ""
    return fact.startswith(("number", "part", "sign", "negation"))
