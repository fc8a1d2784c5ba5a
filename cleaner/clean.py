"""The street from a document to its records, one straight function."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.agencies import agency_tags
from cleaner.collapse import collapse
from cleaner.compose import Composer
from cleaner.detectors import make_rules
from cleaner.facts import Facts
from cleaner.keep import KeepList
from cleaner.labels import read_labels
from cleaner.language import SAMPLE, identify
from cleaner.lines import split_lines, unwrap
from cleaner.model import Cleaned, Dateline, Document, Edit, Op, Record, Role, Segment, Status
from cleaner.options import Options
from cleaner.profile import KIND, Profile, Site, Sites, plain_sign, source_of
from cleaner.repeats import Repeats, Twin
from cleaner.roles import Article, assign
from cleaner.segment import segment
from cleaner.signs import UNSEEN, Sign, Signs
from cleaner.tags import Grammar

if TYPE_CHECKING:
    from cleaner.labels import Label
    from cleaner.lines import Line

PARAGRAPH = 110
"""Code points from which a line is running text, and tells the language of the copy."""

READ = ("url", "language", "published", "byline")
"""Keys of ``Document.metadata`` that the record has fields for; all others are carried along as they are."""


class Cleaner:
    """Turns documents into records. What its options name is read when it is made; nothing is carried from one document to the next.

    Raises OptionsError when a rule's options, the facts, the keep list or the profile cannot be used.
    """

    def __init__(self, options: Options | None = None) -> None:
        self.options = options = options or Options()
        self.detectors = make_rules(options.rules, options.select, options.ignore)
        in_force = {rule.name for rule in self.detectors}
        self._alone = {rule.name: rule.beside for rule in self.detectors if rule.beside and rule.beside not in in_force}
        self.keep = KeepList() if options.keep is None else KeepList.load(options.keep)
        self.grammar = Grammar(Facts.load(None if options.facts is None else Path(options.facts)))
        self.profile: Sites | None = None if options.profile is None else Profile.load(options.profile)

    def clean(self, document: Document) -> Cleaned:
        """The articles of one document as records, with every edit and its reason. Takes any text and never raises."""
        records: list[Record] = []
        segments: list[Segment] = []
        keeps: list[str] = []
        for article in self.articles(document):
            proposals = [edit for detector in self.detectors for edit in detector.find(article)]
            keeps += self.keep.hold(proposals, document.text, article.lines)
            if self._alone:
                _decline_parts(proposals, article.lines, self._alone)
            edits = collapse(proposals)
            record, kept = _record(document, article, edits)
            records.append(record)
            segments.extend(kept)
        return Cleaned(document, records, segments, keeps)

    def articles(self, document: Document) -> Iterator[Article]:
        """The articles of one document, every line with its role, before any rule has looked at them."""
        lines = split_lines(document.text)
        if not lines:
            return
        declared = _said(document, "language") or self.options.language
        if labels := read_labels(lines):
            yield from self._labelled(lines, labels, declared)
            return
        lines = unwrap(lines, document.text)
        language = declared or identify(_sample([line.text for line in lines]))
        signs = Signs(lines, self.grammar, language)
        site = None
        if self.profile is not None:
            site = self.profile.site(source_of(document, _said(document, "url") or (lines[0].text if signs.of[0] is Sign.ADDRESS else None)))
        if site is not None:
            site.mark(lines, signs)
        repeats = Repeats(lines, signs, self.grammar)
        for number, (start, end) in enumerate(segment(lines, signs, repeats, self.grammar)):
            article = self._article(number, lines, start, end, signs, repeats, document, declared, site)
            assign(article)
            yield article if site is None else _settled(article, site)

    def _labelled(self, lines: list[Line], labels: list[Label], declared: str | None) -> Iterator[Article]:
        """The articles of copy that labels its parts. Nothing is guessed there, so what a line looks like is not looked at."""
        starts = [place for place, label in enumerate(labels) if label.role is Role.HEADLINE]
        for number, (start, end) in enumerate(pairwise([*starts, len(lines)])):
            some = lines[start:end]
            said = [line.text[label.end :] for line, label in zip(some, labels[start:end], strict=True)]
            article = Article(
                number, some, declared or identify(_sample(said)), self.grammar, [Sign.PROSE] * len(some), [0.0] * len(some),
                [UNSEEN._replace(words=len(words.split())) for words in said], {}, {}, {}, {}, labels=labels[start:end],
            )
            assign(article)
            yield article

    def _article(
        self, number: int, lines: list[Line], start: int, end: int, signs: Signs, repeats: Repeats,
        document: Document, declared: str | None, site: Site | None,
    ) -> Article:
        some = lines[start:end]
        language = signs.language
        marks = _marked(document, some) if document.marks else {}
        if len(some) == len(lines):  # the common case: one article, and nothing to cut out of the books
            return Article(
                number, some, language, self.grammar, signs.of, signs.widths, signs.looks, signs.entries, signs.tags,
                repeats.twins, repeats.near, marks, site=site,
            )
        if not declared:
            language = identify(_sample([line.text for line in some]), otherwise=language) or language
        if language != signs.language:
            signs, shift = Signs(some, self.grammar, language), 0
            if site is not None:
                site.mark(some, signs)
        else:
            shift = start
        near = [{place - start: [Twin(other - start, likeness) for other, likeness in book[place] if start <= other < end]
                 for place in range(start, end) if place in book} for book in (repeats.twins, repeats.near)]
        twins = {place: found for place, found in near[0].items() if found}
        return Article(
            number, some, language, self.grammar,
            signs.of[shift : shift + len(some)], signs.widths[shift : shift + len(some)], signs.looks[shift : shift + len(some)],
            {place - shift: signs.entries[place] for place in range(shift, shift + len(some)) if place in signs.entries},
            {place - shift: signs.tags[place] for place in range(shift, shift + len(some)) if place in signs.tags},
            twins, near[1], marks, site=site,
        )


def clean_text(text: str) -> list[Record]:
    """The articles of one text as records, edits at hand.

    >>> [record] = clean_text("Harbour reopens\\n\\nHarbour reopens\\n\\nThe harbour reopened on Friday, the port said.")
    >>> record.headline, record.text, record.edits[0].reason
    ('Harbour reopens', 'The harbour reopened on Friday, the port said.', 'repeats the headline on line 1 (the same words)')
    """
    return Cleaner().clean(Document(path="", text=text)).records


def article_id(document: Document, number: int) -> str:
    """16 hex digits of the sha256 of path, row and article number: the same article has the same id in every run."""
    name = f"{document.path}\n{'' if document.item is None else document.item}\n{number}"
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _decline_parts(edits: Sequence[Edit], lines: Sequence[Line], alone: Mapping[str, str]) -> None:
    """Decline each removal of a part of a line whose rest no rule in force would take: a credit would be left standing alone."""
    whole = {(line.start, line.end) for line in lines}
    for edit in edits:
        if edit.rule in alone and edit.status is Status.APPLIED and edit.span not in whole:
            edit.status = Status.DECLINED
            edit.reason += f"; kept, since {alone[edit.rule]} is not in force and the rest of the line would stand alone"


def _settled(article: Article, site: Site) -> Article:
    """The article with the marks of the profile only where the profile counted them: the places are known when the roles are."""
    strays = []
    for place, entry in article.entries.items():
        if entry.kind == KIND and ((known := site.known(article.lines[place].text)) is None or article.part(place) not in known.pages):
            strays.append(place)
    if not strays:
        return article
    for place in strays:
        del article.entries[place]
        article.signs[place] = plain_sign(article.lines[place].text, article.widths[place])
    # What an article is given has no default, what roles find has one: the same lines again, before any role.
    given: dict[str, Any] = {field.name: getattr(article, field.name) for field in fields(Article) if field.default is field.default_factory is MISSING}
    again = Article(**given, marks=article.marks, site=site)
    assign(again)
    return again


def _sample(texts: Sequence[str]) -> str:
    """Running text of some lines: their first paragraphs, else whatever they hold. Menus, tags and doubled captions tell a language badly."""
    long: list[str] = []
    for text in texts:
        if len(text) > PARAGRAPH and text[:40] != (long[-1][:40] if long else ""):
            long.append(text)
            if len(long) == 3:
                return f"{long[1]} {long[2]}"[:SAMPLE]
    return " ".join(long or texts)[:SAMPLE]


def _said(document: Document, name: str) -> str | None:
    """What the input says of itself under a name that records have a field for; anything but text says nothing."""
    value = document.metadata.get(name)
    return value if isinstance(value, str) and value else None


def _marked(document: Document, lines: list[Line]) -> dict[int, Role]:
    """The roles that the format itself states, by the lines they hold. What it calls the body is judged like any text."""
    stated = [mark for mark in document.marks if mark.role in (Role.HEADLINE, Role.DECK, Role.CAPTION)]
    return {place: mark.role for mark in stated for place, line in enumerate(lines) if mark.start <= line.start and line.end <= mark.end}


def _record(document: Document, article: Article, edits: list[Edit]) -> tuple[Record, list[Segment]]:
    applied = [edit for edit in edits if edit.status is Status.APPLIED]
    composer = Composer(document.text, article, applied)
    metadata = document.metadata
    url = _said(document, "url") or next((edit.value for edit in applied if edit.field == "url"), None)
    text = composer.text
    total = sum([line.end - line.start for line in article.lines])
    removed = sum(edit.end - edit.start for edit in applied if edit.op in (Op.REMOVE, Op.DROP))
    times = dict.fromkeys([_said(document, "published") or "", *(edit.value or "" for edit in applied if edit.field == "published")])
    record = Record(
        id=article_id(document, article.number), path=document.path, item=document.item, number=article.number,
        source=source_of(document, url), headline=composer.headline, headline_variants=_variants(article, applied, composer.headline),
        deck=composer.deck, byline=composer.byline or _said(document, "byline"),
        published=" | ".join(filter(None, times)) or None,
        dateline=_dateline(article, applied, composer), captions=composer.captions, agency_tags=agency_tags(article, applied), text=text,
        language=article.language, url=url, words=composer.words, removed_chars=removed, removed_ratio=round(removed / total, 4) if total else 0.0,
        metadata={name: value for name, value in metadata.items() if name not in READ or not isinstance(value, str)}, edits=tuple(edits),
    )
    return record, composer.segments


def _variants(article: Article, applied: list[Edit], headline: str | None) -> tuple[str, ...]:
    moved = [edit.value for edit in applied if edit.field == "headline_variants" and edit.value]
    forms = dict.fromkeys([*(article.lines[twin.other].text for twin in article.headlines), *moved])
    return tuple(form for form in forms if form != headline)


def _line_at(article: Article, edit: Edit) -> int:
    return bisect_left([line.end for line in article.lines], edit.start + 1)


def _dateline(article: Article, applied: list[Edit], composer: Composer) -> Dateline | None:
    for edit in applied:
        if edit.field == "dateline":
            tag = article.dateline(_line_at(article, edit))
            assert tag is not None
            at = composer.dateline_at
            return Dateline(tag.raw, tag.place, tag.date, len(composer.text) if at is None or at < 0 else at)
    return None
