"""The grammar of tags: datelines, agency lines, closing credits, caption credits, publication times and bylines.

Each question is asked of one line or one paragraph and answered from the facts alone; what stands around the line is for
``roles``. Offsets are code points into the string that was given. The forms are those of wire copy and its clients
(Superdesk fixtures, fundus parsers, Reuters-21578, stored pages); three rules hold throughout: names need word boundaries,
case counts, and a wrong tag is worse than a missed one.
"""

from __future__ import annotations

from functools import lru_cache

from cleaner.facts import Facts
from cleaner.tags.bylines import Bylines
from cleaner.tags.captions import Captions
from cleaner.tags.closing import Closings
from cleaner.tags.credits import Credits
from cleaner.tags.datelines import Datelines
from cleaner.tags.found import CaptionParts, DatelineTag, EndCredit, LoneTag, Named, ReportingCredit
from cleaner.tags.lone import LoneTags
from cleaner.tags.places import Places
from cleaner.tags.reporting import Reporting
from cleaner.tags.times import Times
from cleaner.tags.words import REMEMBERED, WIDEST, Words

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
"""Characters without a width that stray to the ends of lines; they hide nothing of what a line is."""

__all__ = ["INVISIBLE", "CaptionParts", "DatelineTag", "EndCredit", "Grammar", "LoneTag", "Named", "ReportingCredit"]


class Grammar:
    """The grammar over one set of facts. All methods are pure functions of the string and the language.

    >>> grammar = Grammar(Facts.load())
    >>> tag = grammar.dateline("LONDON, Sept 5 (Reuters) - The ferries run again.", "en")
    >>> tag.raw, tag.place, tag.date, tag.agencies[0].agency.code
    ('LONDON, Sept 5 (Reuters)', 'LONDON', 'Sept 5', 'REUTERS')
    >>> grammar.dateline("Australian Federal Police (AFP) - the national force - made two arrests.", "en") is None
    True
    """

    def __new__(cls, facts: Facts) -> Grammar:
        """One grammar for one set of facts: its patterns take 50 ms to build, and what it remembers is worth keeping."""
        return _grammar(facts)

    def _build(self, facts: Facts) -> None:
        self.facts = facts
        words = Words(facts)
        times = Times(words)
        places = Places(words, times)
        self._times, self._bylines, self._lone = times, Bylines(words, times), LoneTags(words, times)
        self._datelines, self._closings = Datelines(words, places), Closings(words, places)
        self._captions = Captions(words, places, Credits(words))
        self._reporting = Reporting(words, self._lone)
        self._dateline = lru_cache(REMEMBERED)(self._datelines.read)

    def __reduce__(self) -> tuple[type[Grammar], tuple[Facts]]:
        """A copy, here or in another process, starts with the facts alone."""
        return Grammar, (self.facts,)

    def dateline(self, paragraph: str, language: str | None) -> DatelineTag | None:
        """The dateline that opens a paragraph, or None.

        Without an agency it is taken only with a date, with a place in capitals, or with a place and its region.

        >>> grammar = Grammar(Facts.load())
        >>> grammar.dateline("MADRID, March 24 - The bank raised its rate.", "en").raw
        'MADRID, March 24'
        >>> grammar.dateline("EXKLUSIV - Werk in Hannover wird umgebaut", "de") is None
        True
        """
        hidden = len(paragraph) - len(bare := paragraph.lstrip(INVISIBLE))
        found = self._dateline(bare, language) if len(bare) <= WIDEST else self._datelines.read(bare, language)
        if found is None or not hidden:
            return found
        agencies = tuple(name._replace(start=name.start + hidden, end=name.end + hidden) for name in found.agencies)
        return found._replace(end=found.end + hidden, agencies=agencies)

    def timestamp(self, line: str, language: str | None) -> bool:
        """Whether the line is only a publication time, in any of three dozen languages.

        >>> grammar = Grammar(Facts.load())
        >>> [grammar.timestamp(line, None) for line in ("Publicerad 12 juli 2024 kl 14.05", "17:52 Uhr", "il y a 3 heures", "3 May be late")]
        [True, True, True, False]
        """
        return self._times.timestamp(line, language)

    def lone_tag(self, line: str, language: str | None) -> LoneTag | None:
        """The tag that the whole line is, or None.

        >>> grammar = Grammar(Facts.load())
        >>> tag = grammar.lone_tag("(Quelle: APA/sda/dpa)", "de")
        >>> [name.text for name in tag.agencies], tag.where, tag.label
        (['APA', 'sda', 'dpa'], 'line', 'Quelle')
        >>> grammar.lone_tag("TT", "en").ambiguous, grammar.lone_tag("TT-AFP", "sv").ambiguous
        (True, False)
        """
        return self._lone.read(line, language)

    def end_credit(self, paragraph: str, language: str | None) -> EndCredit | None:
        """The agency credit that closes a paragraph, or None.

        >>> grammar = Grammar(Facts.load())
        >>> grammar.end_credit("Die Ermittlungen dauern an. (dpa/gem)", "de").start
        28
        >>> grammar.end_credit("The Government of National Accord (GNA)", "en") is None
        True
        """
        return self._closings.read(paragraph, language)

    def caption(self, line: str, language: str | None) -> CaptionParts:
        """A caption taken apart into its words, what stands in front of them, and its credit.

        >>> grammar = Grammar(Facts.load())
        >>> parts = grammar.caption("FILE PHOTO: Ferries in port, May 2. REUTERS/Jane Roe/File Photo", "en")
        >>> parts.credit, parts.photographer, parts.agencies, parts.marks
        ('REUTERS/Jane Roe/File Photo', ('Jane Roe',), ('REUTERS',), ('file',))
        """
        hidden = len(line) - len(bare := line.lstrip(INVISIBLE))
        found = self._captions.read(bare, language)
        if not hidden:
            return found
        return found._replace(
            text_start=found.text_start + hidden, text_end=found.text_end + hidden, credit_start=found.credit_start + hidden,
            credit_end=found.credit_end + hidden, label_end=found.label_end + hidden if found.label else hidden,
        )

    def is_credit_line(self, line: str, language: str | None) -> bool:
        """Whether the line is only a picture credit.

        >>> grammar = Grammar(Facts.load())
        >>> [grammar.is_credit_line(line, None) for line in ("Foto: Eva Lund/TT", "Getty Images", "Image consultants are in demand")]
        [True, True, False]
        """
        return self._captions.is_credit_line(line, language)

    def byline(self, line: str, language: str | None) -> str | None:
        """The name part of a line that opens with a byline word, or None. A bare name is no byline here.

        >>> grammar = Grammar(Facts.load())
        >>> grammar.byline("By Jane Roe", "en"), grammar.byline("By-laws passed last year are still in force.", "en")
        ('Jane Roe', None)
        """
        return self._bylines.read(line, language)

    def byline_opens_sentences(self, line: str, language: str | None) -> bool:
        """Whether the word for an author that opens a line opens sentences and titles too, so that its place has to speak for it.

        >>> grammar = Grammar(Facts.load())
        >>> grammar.byline_opens_sentences("Av Karin Lundgren", "sv"), grammar.byline_opens_sentences("By Jane Roe", "en")
        (True, False)
        """
        return self._bylines.opens_sentences(line, language)

    def byline_label(self, line: str) -> bool:
        """Whether the line is a byline word alone, and the name stands below it.

        >>> grammar = Grammar(Facts.load())
        >>> grammar.byline_label("| By:"), grammar.byline_label("By Jane Roe")
        (True, False)
        """
        return self._bylines.is_label(line)

    def reporting_credit(self, paragraph: str, language: str | None) -> ReportingCredit | None:
        """The paragraph, or its end, that says who reported, edited or supplied the copy.

        >>> grammar = Grammar(Facts.load())
        >>> credit = grammar.reporting_credit("(Reporting by Jane Doe in Lima; Editing by John Roe)", "en")
        >>> credit.reporters, credit.editors, credit.start
        (('Jane Doe',), ('John Roe',), 0)
        """
        return self._reporting.read(paragraph, language)


@lru_cache(maxsize=8)
def _grammar(facts: Facts) -> Grammar:
    grammar = object.__new__(Grammar)
    grammar._build(facts)
    return grammar
