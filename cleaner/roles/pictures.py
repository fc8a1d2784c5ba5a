"""Which lines are captions, which say a caption again, and which only credit a picture."""

from __future__ import annotations

from cleaner.model import Role
from cleaner.repeats import Twin
from cleaner.roles.article import COUNTER, VERSES, Article, Picture, announced, told_without_marks
from cleaner.roles.passages import whole_body
from cleaner.signs import CONTENT, ELLIPSES, Sign, ends_sentence

CAPTION_WIDTH = 700

CLOSE = 80
"""Lines beyond which two copies do not belong to one block of pictures, whatever stands between."""

DOUBLE_IN_BODY = 50
"""Width from which a pair of equal lines that stands alone between two paragraphs is a doubled caption."""


def find_pictures(article: Article) -> None:
    """Finds the captions, the lines that say one again, and the lines that only credit a picture."""
    taken = article.heads | whole_body(article)
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
            if picture is not None and not any(map(str.isalnum, article.words(picture.first))):
                picture = None  # a credit and no words: nothing could stand for a copy, and a quotation mark alone is no caption
        if picture is not None:
            if picture.copies and place not in article.marks:
                picture = _fuller(article, picture)
            for twin in picture.copies:
                article.credit_tail(twin.other, picture.first)
            article.pictures.append(picture)
            found[picture.first] = picture
            for twin in picture.copies:
                found[twin.other] = picture
        elif sign is Sign.PROSE or ends_sentence(article.lines[place].text) or told_without_marks(article, place):
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
        fuller = words.endswith(ELLIPSES) and len(other) > len(words) - 3 or len(tail) > 1 and ends_sentence(text) and not article.parts(twin.other).credit
        if fuller and not other.endswith(ELLIPSES):
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
    if article.lines[second].gap and (ends_sentence(text) or told_without_marks(article, first)):
        return False
    if wide >= 100:
        return True
    around = [article.signs[place] is Sign.PROSE and place not in article.twins for place in (before, after)]
    alone = len(article.twins.get(first, ())) == 1
    return alone and (all(around) or any(around) and wide >= 75 and after not in article.twins and article.widths[after] >= 45)


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
    if entry is not None and (entry.kind == "caption_label" or under and COUNTER.fullmatch(article.lines[place - 1].text)):
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
        sure = sure or announced(article, place)
        if under and sure and _copy_follows(article, place) and article.grammar.dateline(text, article.language) is None:
            return Picture(place)
        if parts.photographer or "©" in text[parts.text_end :] or ":" in parts.credit:
            return Picture(place)
    return None


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


def _closes(article: Article, place: int) -> bool:
    """Whether no copy stands below a line."""
    return not any(sign in CONTENT for sign in article.signs[place + 1 :])


def _captioned_by(article: Article, place: int) -> Picture | None:
    """The short line above a lone credit is the caption that it credits."""
    for near in (place - 1, place + 1):
        if 0 <= near < len(article.lines) and near not in article.heads and article.signs[near] in CONTENT and 15 <= article.widths[near] <= 300:
            gap = article.lines[max(near, place)].gap
            if gap and _closes(article, place) and ends_sentence(article.lines[near].text):
                return None  # below the last paragraph it says whose all the pictures are
            if gap == 0 or gap == 1 and near < place and article.signs[near] is Sign.LINE:
                return Picture(near)
    return None
