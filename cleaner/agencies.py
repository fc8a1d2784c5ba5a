"""Which agencies stand behind the copy: one row for each printed name, with what speaks for it.

A lone tag is never mapped by a table alone: "TT" is the Swedish agency and a text-size control, "AA" is Anadolu and two
letters of a control. Evidence is added up; where it does not settle the matter, the tag is ``unknown``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cleaner.labels import TAG
from cleaner.model import AgencyTag, Edit, Role
from cleaner.signs import Sign

if TYPE_CHECKING:
    from cleaner.facts import Agency
    from cleaner.roles import Article
    from cleaner.tags import Named

SETTLED = 2
"""Points of evidence from which an ambiguous tag is an agency, or below minus which it is a control of the page."""

_CONTROLS = frozenset({"text_size", "share", "print"})


def agency_tags(article: Article, applied: list[Edit]) -> tuple[AgencyTag, ...]:
    """The rows of ``agency_tags``, in the order of the text: lone tags, datelines, bylines and sign-offs."""
    if not article.tags and not any(edit.field in ("agency_tags", "dateline") for edit in applied):
        return ()
    rows: dict[tuple[str, str], AgencyTag] = {}
    for where, place, names, ambiguous in sorted(_printed(article, applied), key=lambda found: found[1]):
        for name in names:
            if (name.text, where) not in rows:
                rows[name.text, where] = _judge(article, place, name, ambiguous, where)
    return tuple(rows.values())


def _printed(article: Article, applied: list[Edit]) -> Iterator[tuple[str, int, tuple[Named, ...], bool]]:
    """Each tag that left the text or stands in the byline: where, its line's place, its names, whether a form alone is ambiguous."""
    starts = [line.start for line in article.lines]
    for edit in applied:
        place = bisect_right(starts, edit.start) - 1
        if edit.field == "agency_tags":
            tag = article.tags.get(place)
            if tag is not None and article.roles[place] is Role.AGENCY_TAG:
                yield tag.where, place, tag.agencies, tag.ambiguous
            elif (end := article.looks[place].closing) is not None:
                yield "sign-off", place, end.agencies, False
        elif edit.field == "dateline":
            dateline = article.dateline(place)
            if dateline is not None:
                yield "dateline", place, dateline.agencies, False
    for place, tag in article.tags.items():
        if tag.where == "byline" and article.roles[place] is Role.AGENCY_TAG:
            yield "byline", place, tag.agencies, tag.ambiguous


def _judge(article: Article, place: int, name: Named, ambiguous: bool, where: str) -> AgencyTag:
    agency = name.agency
    if agency is None:
        unsettled = bool(article.labels) and article.labels[place].text == TAG
        return AgencyTag(name.text, where, "unknown", None, "labelled as a tag that nothing settled" if unsettled else "no agency of this name is known")
    if not ambiguous:
        return AgencyTag(name.text, where, "agency", agency.code, f"printed as {where}")
    points, reasons = 0, []
    for value, reason in _evidence(article, place, agency):
        points += value
        reasons.append(reason)
    evidence = "; ".join(reasons) or "nothing on the page settles it"
    if points >= SETTLED:
        return AgencyTag(name.text, where, "agency", agency.code, evidence)
    return AgencyTag(name.text, where, "interface" if points <= -SETTLED else "unknown", None, evidence)


def _evidence(article: Article, place: int, agency: Agency) -> Iterator[tuple[int, str]]:
    """What on the page speaks for the agency (above zero) and what for a control (below)."""
    if article.language is not None:
        if article.language in agency.languages:
            yield 1, f"the copy is in {article.language}, a language of the agency"
        else:
            yield -1, f"the copy is in {article.language}, no language of the agency"
    if any(agency.code in article.parts(other).agencies for picture in article.pictures for other in (picture.first, *picture.credits)):
        yield 1, "a picture is credited to it"
    if any(agency.code == name.agency.code for other, tag in article.tags.items() if other != place for name in tag.agencies if name.agency):
        yield 1, "it is named on another line"
    if place and article.signs[place - 1] is Sign.TIMESTAMP or place + 1 < len(article.signs) and article.signs[place + 1] is Sign.TIMESTAMP:
        yield 1, "it stands at a time"
    if article.site is not None and (counted := article.site.tag_evidence(article.lines[place].text, article.part(place))) is not None:
        yield counted
    near = [article.entries[other] for other in (place - 1, place + 1, place + 2) if other in article.entries]
    if any(entry.kind in _CONTROLS for entry in near):
        yield -1, "it stands among controls of the page"
    if place + 1 < len(article.lines) and article.lines[place + 1].text.isdigit():
        yield -1, "a bare number follows it"
    heads = [twin.other for twin in article.headlines] + ([article.headline] if article.headline is not None else [])
    between = any(head < place for head in heads) and any(head > place for head in heads)
    if between and any(picture.first < place < twin.other for picture in article.pictures for twin in picture.copies):
        yield -1, "it stands between two copies of the head block"
