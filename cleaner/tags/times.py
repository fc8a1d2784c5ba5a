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
FULL_AGO = re.compile(r"^.{0,24}\b(?:ago|önce|fa|geleden|siden|sedan|temu)$")  # "an hour ago"
DATE_GLUE = frozenset({
    "d", "de", "del", "den", "do", "el", "er", "le", "nd", "ngày", "of", "on", "p", "r", "rd", "st", "th", "the", "tháng", "г", "года", "м", "року",
    "الموافق", "في", "م", "ه", "هـ",
})


class Vocabulary(NamedTuple):
    months: frozenset[str]
    weekdays: frozenset[str]
    numbers: frozenset[str]
    words: frozenset[str]  # every word that a time may hold
    labels: re.Pattern[str]
    units: frozenset[str]
    ago: re.Pattern[str]
    near: re.Pattern[str]


class Times:
    def __init__(self, words: Words) -> None:
        self.facts = words.facts
        self.words = words

    @cached_property
    def vocabulary(self) -> Vocabulary:
        def words(*tables: str) -> frozenset[str]:
            return frozenset(word.casefold() for table in tables for some in self.facts.dates[table].values() for word in some)

        def opening(phrases: Iterable[str]) -> re.Pattern[str]:
            longest = sorted({phrase.casefold() for phrase in phrases}, key=len, reverse=True)
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
        """Whether the line is only a publication time, in any of three dozen languages."""
        if len(line) > 120 or not line or not DIGIT.search(line) and not FULL_AGO.search(line):
            return False
        opened = FIRST_WORD.match(line)
        if not opened or not (opened[1][0].isdigit() or opened[1].casefold() in self._time_openers or caseless(opened[1])):
            return "min" in line.casefold() and bool(READING.fullmatch(line.strip()))
        for word in line.split():
            bare = word.strip(".,:;|()[]•·–—-").casefold()
            if len(bare) > 3 and bare.isalpha() and not caseless(bare) and bare not in self._time_words:
                return False
        text = FORMAT.sub("", unicodedata.normalize("NFKC", line)) if not line.isascii() else line
        text = SOURCE_TAIL.sub("", READING.sub(" ", text)).casefold().strip(" \t|•·–—-,.()[]")
        if not text:
            return bool(READING.fullmatch(line.strip()))
        times = self.vocabulary
        label = near = ago = False
        while found := times.labels.match(text):
            label = True
            text = text[found.end() :].lstrip(" :：|-–—,.")
        if not text:
            return False
        rest, east = EAST_TIME.subn(" ", text)
        clock = CLOCK.search(rest)
        numeric = NUMERIC_DATE.search(rest)
        rest = CLOCK.sub(" 00 ", NUMERIC_DATE.sub(" 00 ", rest))
        if found := times.ago.search(rest):
            ago = True
            rest = rest[: found.start()] + " " + rest[found.end() :]
        if found := times.near.search(rest):
            near = True
            rest = rest[: found.start()] + " " + rest[found.end() :]
        while found := times.labels.search(rest):
            label = True
            rest = rest[: found.start()] + " " + rest[found.end() :]
        month = unit = False
        count = digits = months = 0
        words = [token.rstrip(".") for token in TOKEN.findall(rest)]
        for word in words:
            count += 1
            if word[0].isdigit():
                digits += 1
            elif word in times.months:
                month = True
                months += word != "tháng"
            elif ago and word in times.units:
                unit = True
            elif word not in times.words:
                return False
        if count > 24 or re.search(r"[!?;\"“”„«»€$£%]", rest):
            return False
        if ago and not unit and not east:
            return False
        dated = month and digits > 0 or bool(numeric) or bool(east)
        if dated and not numeric and not clock and not label and not near and not YEARLY.search(text) and not any(word in times.weekdays for word in words):
            return False  # "5 September" alone heads a list or a diary
        if month and not label and not clock and not numeric and not east and digits == 1 and not re.search(r"\d{4}|\d(?:st|nd|rd|th)?\b", rest):
            return False
        if label:
            return dated or bool(clock) or near or ago and unit
        if clock and not label and not numeric and BARE_CLOCK.fullmatch(text):
            return False  # a bare "16:30" may be a programme, a result or a time; only its place can tell
        if not label and not clock and months > 1:
            return False  # "29 November | 20 January" is how long something lasts
        return dated or ago and unit and count <= 6 or bool(clock) and count <= 8

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
