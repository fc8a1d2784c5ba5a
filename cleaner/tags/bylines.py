"""Bylines: lines that open with a byline word and go on with a name."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property

from cleaner.facts import base
from cleaner.tags.times import Times
from cleaner.tags.words import DIGIT, NAME_PARTICLES, Words, caseless

NAME_END = re.compile(r"\s*(?:\||•|·|,\s*\d|\d{1,2}[./:]\d|\d{4}).*$", re.DOTALL)
GLUED_BY = re.compile(r"^By(?=[A-Z][a-z]+ [A-Z][a-z])")  # "ByJane Roe", as pages leave it that part the two by a style alone
TIME_WORD = re.compile(r"[\s,|•·–—-]+(?:(?:on|am|den|le|el|il|em|på|op) )?([^\W\d_]+)", re.IGNORECASE)
KOREAN = re.compile(r"(?P<name>[가-힣]{2,4})\s?(?:선임|수습|인턴)?기자(?:\s*[=|·(]?\s*[\w.]+@[\w.]+\)?)?")
NAMES = re.compile(r"\s+(?:och|og|e|και|และ)\s+|,\s+")
CASELESS_NAME = 16
"""Code points of a part of a name in a script without capitals; a clause is longer."""
BYLINE_WORDS = frozenset({
    "a", "and", "at", "aus", "avec", "com", "con", "da", "dal", "dans", "des", "dpa", "e", "en", "epd", "et", "for", "för", "für", "i", "in", "ja",
    "les", "med", "met", "mit", "och", "of", "og", "pour", "sda", "sid", "sur", "the", "und", "ve", "via", "with", "y", "à", "и", "та",
})


class Bylines:
    """Names behind a byline word."""

    def __init__(self, words: Words, times: Times) -> None:
        self.facts = words.facts
        self.words = words
        self.times = times

    def is_label(self, line: str) -> bool:
        """Whether the line is a byline word and no more: the name stands on the next one."""
        return len(line) < 30 and line.strip(" \t•·|–—-:：").casefold() in self._labels

    @cached_property
    def _labels(self) -> frozenset[str]:
        words = self.facts.credits["bylines"]
        return frozenset(word.casefold() for word in (*words["by"], *words["colon"]))

    @cached_property
    def _unnamed(self) -> frozenset[str]:
        return frozenset(word.casefold() for word in self.facts.credits["bylines"]["unnamed"])

    def opens_sentences(self, line: str, language: str | None) -> bool:
        """Whether the first word of a line is one for an author that opens sentences and titles too: "Av", "Της"."""
        return line.partition(" ")[0] in self.facts.credits["byline_names"].get(base(language) or "", ())

    def _whole_names(self, text: str, language: str | None) -> str | None:
        """The names behind a word that opens sentences too, where each is of two or three words and all of them have capitals: "Av Karin Lundgren"."""
        names = text.partition(" ")[2]
        if not self.opens_sentences(text, language):
            return None
        people = [name.split() for name in NAMES.split(names.strip())]
        whole = all(2 <= len(person) <= 3 and all(map(_is_name, person)) for person in people)
        return names.strip() if whole and len(people) <= 3 else None

    def _undated(self, text: str) -> str:
        """What is left of a name and a publication time: "Ida Holm on Monday, 4 March 2024 at 9 a.m."."""
        vocabulary = self.times.vocabulary
        for word in TIME_WORD.finditer(text) if DIGIT.search(text) else ():
            if word[1].casefold() in vocabulary.months | vocabulary.weekdays and self.times.timestamp(text[word.start(1) :], None):
                return text[: word.start()]
        return text

    def read(self, line: str, language: str | None) -> str | None:
        """The name part of a line that opens with a byline word, or None. A bare name is no byline here."""
        if len(line) > 100:
            return None
        text = GLUED_BY.sub("By ", line.strip(" \t•·|–—-"), count=1)
        if text.casefold() in self._unnamed:
            return text
        if korean := KOREAN.fullmatch(text):
            return korean["name"]
        opened = self.words.by(text)
        if not opened:
            return self._whole_names(text, language)
        name = NAME_END.sub("", self._undated(text[opened.end() :])).strip(" ,|•·–—-")
        if not name or len(name) > 80 or name[-1] in "!?:;…":
            return None
        words = re.findall(r"[^\W\d_][\w.'’-]*", name)
        if not words or len(words) > 12:
            return None
        if caseless(name[0]):
            return name if len(words) <= 6 and name[-1] not in ".。।" else None
        if name[-1] == "." and len(words[-1].rstrip(".")) > 3:
            return None
        small = [word for word in words if word[0].islower() and word not in NAME_PARTICLES and word.casefold() not in BYLINE_WORDS]
        if small or not (words[0][0].isupper() or self.facts.agency(words[0], language)):
            return None
        if words[0].casefold() in self.words.never or len(name) < 3:
            return None
        if len(words) == 1 and words[0].casefold() in self.times.vocabulary.months | self.times.vocabulary.weekdays:
            return None
        return name


def _is_name(word: str) -> bool:
    """Whether a word may be part of a name: a capital, or in a script that has none a short word; letters and their marks alone."""
    letters = all(unicodedata.category(character)[0] in "LM" or character == "-" for character in word)
    return letters and (word[0].isupper() or caseless(word[0]) and len(word) <= CASELESS_NAME)
