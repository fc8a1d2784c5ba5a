"""Lines of the page that say the headline again: the title of a player or a gallery, the name of its picture, the page's title.

``find_headline`` finds the copies in the head. These are known by what stands around them or by how they are printed, wherever they
stand, and only such count as say nothing that the headline does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.repeats import Twin
from cleaner.roles.article import Article
from cleaner.signs import CONTENT, HEADLINE_WIDTH, Sign, ends_sentence
from cleaner.text import NEAR, THRESHOLD, Likeness, differing_fact, headline_likeness, tight, words

WIDE = 25
"""Width of a headline from which it is no cry, no refrain and no row of a table."""

PARAGRAPH = 100
"""Width of a paragraph that shows that the body goes on."""

_NUMBER = re.compile(r"\s[-–—]\s(\d{1,3})$")
_SITE = re.compile(r"\s[-–—|]\s(?!.*\s[-–—|]\s)")


def find_copies(article: Article) -> None:
    """Adds to the copies of the headline those that the page prints around and between its copy."""
    if article.headline is None:
        return
    found = dict(_copies(article, article.headline))
    if found:
        article.heads |= found.keys()
        article.headlines = sorted([*article.headlines, *map(Twin._make, found.items())], key=lambda twin: twin.other)


def _copies(article: Article, headline: int) -> Iterator[tuple[int, Likeness]]:
    equal, near = ({twin.other: twin.likeness for twin in book.get(headline, ())} for book in (article.twins, article.near))
    # Half a look at each key first: most lines end there.
    doubled = {place for place, look in enumerate(article.looks) if (key := look.key) and key[0] == key[len(key) >> 1] and _is_double(key)}
    first = next((place for place, sign in enumerate(article.signs) if sign in CONTENT), headline)
    short = headline
    for place in sorted({first, *equal, *near, *doubled}):
        if article.signs[place] not in CONTENT or place in article.heads or place in article.marks:
            continue
        likeness = None
        if place in doubled:
            likeness = _glued(article, place, short)
        elif place in equal:
            likeness = _framed(article, place, equal[place])
        elif place in near:
            likeness = _shortened(article, place, headline, near[place]) or _pictured(article, place, headline)
            short = place if likeness is not None and short == headline else short
        elif place < headline:
            likeness = _page_title(article, place, headline)
        if likeness is not None:
            yield place, likeness


def _alone(article: Article, place: int) -> bool:
    """Whether a line shares its block with no other line of copy."""
    signs, lines = article.signs, article.lines
    above = not place or lines[place].gap > 0 or signs[place - 1] not in CONTENT
    return above and (place + 1 == len(lines) or lines[place + 1].gap > 0 or signs[place + 1] not in CONTENT)


def _page_title(article: Article, place: int, headline: int) -> Likeness | None:
    """The page's title on its first line: the headline with the site's name behind it and a section in front, or with two names behind it."""
    text = article.lines[place].text
    site = _SITE.search(text) if len(text) <= 2 * HEADLINE_WIDTH else None
    if site is None:
        return None
    whole, inner = headline_likeness(text, text[: site.start()]), headline_likeness(text[: site.start()], article.lines[headline].text)
    if whole is None or inner is None or not (whole.same and inner.same):
        return None
    return inner._replace(score=min(whole.score, inner.score), how=f"{inner.how} and {whole.how}")


def _framed(article: Article, place: int, likeness: Likeness) -> Likeness | None:
    """An equal line below a player's button, or between controls, or a credit and a control: the title of a video or a gallery.

    Times are no frame, since they stand above and below each entry of a report by the minute; nor are advertisements, which stand anywhere.
    A line with a credit below it is a caption.
    """
    if not place or place + 1 == len(article.lines) or article.widths[place] < WIDE or not _alone(article, place):
        return None
    above, below = article.entries.get(place - 1), article.lines[place + 1].text
    if above is not None and above.kind == "audio" and article.lines[place].gap and article.lines[place - 1].gap:
        return likeness._replace(how=f"{likeness.how}, below {article.lines[place - 1].text!r}")
    numbers = sum(article.looks[near].key.isdigit() for near in (place - 1, place + 1))
    if numbers < 2 and (article.signs[place - 1] is Sign.CREDIT or _is_control(article, place - 1)) and _is_control(article, place + 1):
        return likeness._replace(how=f"{likeness.how}, between {article.lines[place - 1].text!r} and {below!r}")
    return None


def _is_control(article: Article, place: int) -> bool:
    return article.signs[place] is Sign.FURNITURE and article.entries[place].kind != "ad"


def _shortened(article: Article, place: int, headline: int, likeness: Likeness) -> Likeness | None:
    """A line of the head, below something of the page, whose words are the headline's in their order with some left out."""
    text, whole = article.lines[place].text, article.lines[headline].text
    if place < headline or ends_sentence(text) or article.signs[place - 1] in CONTENT or not _alone(article, place):
        return None
    if any(article.signs[where] in CONTENT and where not in article.twins and ends_sentence(article.lines[where].text) for where in range(headline + 1, place)):
        return None
    rest = iter(words(whole))
    if not all(word in rest for word in words(text)) or differing_fact(text, whole):
        return None
    return Likeness(likeness.score, THRESHOLD - NEAR, "its words with some left out")


def _pictured(article: Article, place: int, headline: int) -> Likeness | None:
    """The headline with "- 1" behind it below the last paragraph: the name of the page's picture. With more numbers it may be a series."""
    text, lines = article.lines[place].text, article.lines
    number = _NUMBER.search(text)
    if number is None or int(number[1]) != 1 or number.start() < WIDE or place < headline or not lines[place].gap or _NUMBER.search(lines[headline].text):
        return None
    likeness = headline_likeness(text[: number.start()], lines[headline].text)
    if likeness is None or not likeness.same or any(sign is Sign.PROSE and wide >= PARAGRAPH for sign, wide in _below(article, place)):
        return None
    others = [twin.other for twin in article.near.get(headline, ()) if twin.other != place]
    if any(_NUMBER.search(lines[other].text) for other in others):
        return None
    return likeness._replace(how=f"with {number[0].strip()!r} behind it, below the last paragraph")


def _below(article: Article, place: int) -> Iterator[tuple[Sign, float]]:
    return zip(article.signs[place + 1 :], article.widths[place + 1 :], strict=True)


def _is_double(key: str) -> bool:
    half, odd = divmod(len(key), 2)
    return not odd and half <= HEADLINE_WIDTH and key.startswith(key[half:])


def _glued(article: Article, place: int, like: int) -> Likeness | None:
    """A line that prints the headline twice without a space between: what a player's title and its label leave."""
    text = article.lines[place].text
    if not _alone(article, place):
        return None
    cut = next((at for at in range(WIDE, len(text) - WIDE) if _is_seam(text, at)), None)
    if cut is None:
        return None
    likeness = headline_likeness(text[:cut], article.lines[like].text)
    if likeness is None or not likeness.same:
        return None
    return likeness._replace(how=f"{likeness.how}, twice without a space between")


def _is_seam(text: str, at: int) -> bool:
    return not text[at - 1].isspace() and not text[at].isspace() and " " in text[:at] and tight(text[:at]) == tight(text[at:])
