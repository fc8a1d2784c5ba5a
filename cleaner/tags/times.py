"""Dates and publication times, in any of four dozen languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from cleaner.facts import FORMAT
from cleaner.tags.words import DIGIT, Words, caseless

EAST_DATE = re.compile(r"(?:[0-9０-９]{2,4}年)?(?:[0-9０-９]{1,2}月)?[0-9０-９]{1,2}日|[0-9０-９]{1,2}月")
TOKEN = re.compile(
    r"\d+(?:st|nd|rd|th|er|ère|º|ª|º)?(?![^\W\d_])|\d+|[^\W\d_](?:[\w'’.\u0300-\u036f\u093a-\u094f\u0900-\u0903\u0981-\u09cd\u0e31-\u0e4e-]*[\w\u093e-\u094d\u0902\u0903\u09be-\u09cd\u0e31-\u0e4e])?"
)
NUMERIC_DATE = re.compile(r"\d{1,2}[./]\s?\d{1,2}[./]\s?(?:\d{4}|\d{2})|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}-\d{1,2}-\d{4}")
CLOCK = re.compile(
    r"(?<![\d:.])(?:[01]?\d|2[0-4])(?::|h|H|：)[0-5]\d(?::[0-5]\d)?(?![\d:])|(?<![\d.])\d{1,2}\.[0-5]\d(?![\d.])"
    r"|\b\d{1,2}\s?(?:[ap]\.?m\b|Uhr\b|uur\b|Uhr\b|h\b)|\d{1,2}時\d{1,2}分|\d{1,2}点\d{1,2}分|\d{1,2}시\s?\d{1,2}분",
    re.IGNORECASE,
)
EAST_TIME = re.compile(
    r"(?:\d{2,4}[年년]\s?)?\d{1,2}[月월]\s?\d{1,2}[日일]?(?:\s*[（(][日月火水木金土一二三四五六월화수목금토일][)）])?(?:\s*(?:上午|下午|午前|午後"
    r"|오전|오후)?\s*\d{1,2}[:時点시]\s?\d{0,2}[分분]?(?::\d{2})?)?|\d+\s?(?:分钟前|小时前|天前|分鐘前|小時前|分前|時間前|日前|분 전|시간 전|일 전"
    r"|นาทีที่แล้ว|ชั่วโมงที่แล้ว|วันที่แล้ว)"
)
READING = re.compile(
    r"\s*[•·|,]?\s*(?:\d{1,2}[\s-]?(?:min(?:ute|uten|uti|utos|utes)?s?\.?)\s?(?:read|Lesezeit|läsning|lesetid"
    r"|lecture|lectura|leitura|lettura|de lecture|de lectura)|(?:Lesezeit|Lesedauer|Reading time|Lästid|Lesetid"
    r"|Læsetid|Leestijd|Temps de lecture|Tiempo de lectura)\s*:?\s*\d{1,2}\s?(?:Min\w*|min\w*)\.?)\s*",
    re.IGNORECASE,
)
SOURCE_TAIL = re.compile(r"\s*[|｜]\s*(?:来源|來源)\s*[:：]\s*\S{2,12}\s*")
BARE_CLOCK = re.compile(r"\d{1,2}(?:[:.]\d\d){0,2}\s?(?:[ap]\.?m\.?)?(?:\s?[/–—-]\s?\d{1,2}(?:[:.]\d\d){0,2}\s?(?:[ap]\.?m\.?)?)?", re.IGNORECASE)
FIRST_WORD = re.compile(r"[\s|•·(\[–—:,-]*([^\W\d_]+|\d+)")
YEARLY = re.compile(r"\d{4}|\d\s?[:：时時点시]|前|전\b|ที่แล้ว")
READING_WORDS = (
    "read", "minute", "minutes", "minuten", "minuti", "minutos", "reading", "lesezeit", "lesedauer", "läsning", "lästid", "lesetid", "læsetid", "leestijd",
    "lecture", "lectura", "leitura", "lettura", "temps", "tiempo",
)
READING_OPENERS = frozenset({"lesezeit", "lesedauer", "reading", "lästid", "lesetid", "læsetid", "leestijd", "temps", "tiempo"})
FULL_TIME = re.compile(
    r"(?:19|20)\d\d(?:[./-]\d{1,2}[./-]\d{1,2}|年\s?\d{1,2}月\s?\d{1,2}日|년\s?\d{1,2}월\s?\d{1,2}일),?\s*(?:\d{1,2}[:：]\d\d(?::\d\d)?|\d{1,2}[時时点]\d{1,2}分|\d{1,2}시\s?\d{1,2}분)\s*"
)
NO_TIME = re.compile(r"[!?;\"“”„«»€$£%]")
A_NUMBER = re.compile(r"\d{4}|\d(?:st|nd|rd|th)?\b")
FULL_AGO = re.compile(r"^.{0,24}\b(?:ago|önce|fa|geleden|siden|sedan|temu)$")  # "an hour ago"
DATE_GLUE = frozenset({
    "d", "de", "del", "den", "do", "el", "er", "le", "nd", "ngày", "of", "on", "p", "r", "rd", "st", "th", "the", "tháng", "г", "года", "м", "року",
    "الموافق", "في", "م", "ه", "هـ",
})


class Vocabulary(NamedTuple):
    """The words of dates and times, case folded."""

    months: frozenset[str]
    weekdays: frozenset[str]
    numbers: frozenset[str]
    words: frozenset[str]  # every word that a time may hold
    labels: re.Pattern[str]
    units: frozenset[str]
    ago: re.Pattern[str]
    near: re.Pattern[str]


class _Clues(NamedTuple):
    """What of a time a text holds; ``rest`` is the text without the parts that a pattern found, ``length`` the number of its words."""

    label: bool
    near: bool
    ago: bool
    clock: bool
    numeric: bool
    east: bool
    months: list[str]
    unit: bool
    weekday: bool
    digits: int
    length: int
    rest: str


class Times:
    """Whether a text is a date, and whether a line is a publication time."""

    def __init__(self, words: Words) -> None:
        self.facts = words.facts
        self.words = words

    @cached_property
    def vocabulary(self) -> Vocabulary:
        def words(*tables: str) -> frozenset[str]:
            return frozenset(word.casefold() for table in tables for some in self.facts.dates[table].values() for word in some)

        def opening(phrases: Iterable[str]) -> re.Pattern[str]:
            longest = sorted({phrase.casefold() for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
            return re.compile(r"(?:" + "|".join(map(re.escape, longest)) + r")(?![^\W\d_])")

        dates = self.facts.dates
        months, weekdays, numbers = words("months"), words("weekdays"), words("numbers")
        return Vocabulary(
            months,
            weekdays,
            numbers,
            months | weekdays | words("glue", "numbers") | frozenset(word.casefold() for word in (*dates["ago"]["one"], *dates["ago"]["extra"])),
            opening(phrase for some in dates["labels"].values() for phrase in some),
            frozenset(unit.casefold() for unit in dates["ago"]["units"]),
            opening(dates["ago"]["words"]),
            opening(dates["near"]["all"]),
        )

    def is_date(self, text: str) -> bool:
        """Whether a text is a day: a month and a number, and nothing that is no part of a date."""
        if EAST_DATE.fullmatch(text.strip()):
            return True
        times = self.vocabulary
        month = number = False
        numeric = NUMERIC_DATE.search(text)
        for token in TOKEN.findall(text.casefold()):
            word = token.rstrip(".")
            if word[0].isdigit():
                number = True
            elif word in times.months:
                month = True
            elif word in times.numbers:
                number = True
            elif word not in times.weekdays and word not in DATE_GLUE:
                return False
        return number and (month or bool(numeric))

    def timestamp(self, line: str, language: str | None) -> bool:
        """Whether the line is only a publication time."""
        if len(line) > 120:
            return False
        opened = FIRST_WORD.match(line)
        if opened is None:
            return False
        first = opened[1]
        if not first[0].isdigit() and (word := first.casefold()) not in self._time_openers and not caseless(first):
            return word in READING_OPENERS and bool(READING.fullmatch(line.strip())) or self._glued(line, opened.end())
        if not DIGIT.search(line) and not FULL_AGO.search(line):
            return self._only_label(line)
        if len(line) > 60 and caseless(first):
            return False
        for word in line.split():
            bare = word.strip(".,:;|()[]•·–—-").casefold()
            if len(bare) > 3 and bare.isalpha() and bare not in self._time_words and not caseless(bare):
                return False
        return self._reads_as_time(line) or caseless(first) and self._glued(line, opened.end())

    def _glued(self, line: str, at: int) -> bool:
        """A section's or a writer's name with a full date and a clock printed right behind it: "Nuomonės2024.03.31 19:59"."""
        return line[at : at + 2] in ("19", "20") and bool(FULL_TIME.fullmatch(line, at))

    def _only_label(self, line: str) -> bool:
        """A label whose time stands elsewhere: "Offentliggjort". Shorter ones are words of menus too ("Datum", "Update")."""
        text = line.strip(" :：.").casefold()
        return len(text) >= 8 and text in self._lone_labels

    @cached_property
    def _lone_labels(self) -> frozenset[str]:
        return frozenset(phrase.casefold() for some in self.facts.dates["labels"].values() for phrase in some)

    def _reads_as_time(self, line: str) -> bool:
        text = line if line.isascii() else FORMAT.sub("", unicodedata.normalize("NFKC", line))
        text = SOURCE_TAIL.sub("", READING.sub(" ", text)).casefold().strip(" \t|•·–—-,.()[]")
        if not text:
            return bool(READING.fullmatch(line.strip()))
        labelled = False
        while found := self.vocabulary.labels.match(text):
            labelled = True
            text = text[found.end() :].lstrip(" :：|-–—,.")
        clues = self._clues(text, labelled) if text else None
        return clues is not None and _is_time(text, clues)

    def _clues(self, text: str, label: bool) -> _Clues | None:
        """What a text holds that times hold, or None when it holds anything else."""
        times = self.vocabulary
        rest, east = EAST_TIME.subn(" ", text)
        clock = CLOCK.search(rest)
        numeric = NUMERIC_DATE.search(rest)
        rest = CLOCK.sub(" 00 ", NUMERIC_DATE.sub(" 00 ", rest))
        ago, near = times.ago.search(rest), None
        if ago:
            rest = f"{rest[: ago.start()]} {rest[ago.end() :]}"
        if near := times.near.search(rest):
            rest = f"{rest[: near.start()]} {rest[near.end() :]}"
        while found := times.labels.search(rest):
            label = True
            rest = f"{rest[: found.start()]} {rest[found.end() :]}"
        words = [token.rstrip(".") for token in TOKEN.findall(rest)]
        months = [word for word in words if word in times.months]
        units = [word for word in words if word in times.units] if ago else []
        if len(words) > 24 or NO_TIME.search(rest) or any(word not in times.words and not word[0].isdigit() and word not in units for word in words):
            return None
        digits = sum(word[0].isdigit() for word in words)
        weekday = any(word in times.weekdays for word in words)
        return _Clues(label, bool(near), bool(ago), bool(clock), bool(numeric), bool(east), months, bool(units), weekday, digits, len(words), rest)

    @cached_property
    def _time_words(self) -> frozenset[str]:
        """Every word of four letters and more that a time may hold."""
        phrases = [phrase for table in self.facts.dates.values() for some in table.values() for phrase in some]
        return frozenset(word for phrase in (*phrases, *READING_WORDS) for word in re.split(r"[\s.'’-]", phrase.casefold()) if len(word) > 3)

    @cached_property
    def _time_openers(self) -> frozenset[str]:
        dates = self.facts.dates
        phrases = [phrase for table in ("labels", "months", "weekdays", "near", "glue") for some in dates[table].values() for phrase in some]
        phrases += [*dates["ago"]["words"], *dates["ago"]["units"], *dates["ago"]["one"], *dates["ago"]["extra"]]
        return frozenset(found[1].casefold() for phrase in phrases if (found := FIRST_WORD.match(phrase)))


def _is_time(text: str, clues: _Clues) -> bool:
    """Whether what a text holds makes a publication time, and not the head of a list, a diary, a programme or a range."""
    if clues.ago and not clues.unit and not clues.east:
        return False
    bare = not clues.label and not clues.clock and not clues.numeric
    dated = bool(clues.months) and clues.digits > 0 or clues.numeric or clues.east
    if dated and bare and not clues.near and not clues.weekday and not YEARLY.search(text):
        return False  # "5 September" alone heads a list or a diary
    if clues.months and bare and not clues.east and clues.digits == 1 and not A_NUMBER.search(clues.rest):
        return False
    if clues.label:
        return dated or clues.clock or clues.near or clues.ago and clues.unit
    if clues.clock and not clues.numeric and BARE_CLOCK.fullmatch(text):
        return False  # a bare "16:30" may be a programme, a result or a time; only its place can tell
    if not clues.clock and sum(month != "tháng" for month in clues.months) > 1:
        return False  # "29 November | 20 January" is how long something lasts
    return dated or clues.ago and clues.unit and clues.length <= 6 or clues.clock and clues.length <= 8
