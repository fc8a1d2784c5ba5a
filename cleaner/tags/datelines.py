"""Datelines: where and when a story was filed, and which agency filed it.

The forms are those of Superdesk fixtures, fundus parsers, Reuters-21578 and stored pages of clients.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from cleaner.facts import Agency, base
from cleaner.tags.found import DatelineTag, Named
from cleaner.tags.places import INNER, Places
from cleaner.tags.times import EAST_DATE
from cleaner.tags.words import BRACKETS, DIGIT, SENTENCE_END, Words, caseless

DATELINE_NEAR = re.compile(r"[(/\[【（［<:–—_|\d電电讯訊]|-[-\s]|\s-|-[A-Z]{2}|[a-z]-\s|[A-ZÅÄÖ]{4}\.\s|به گزارش|[\u0600-\u06ff]-[\u0600-\u06ff]")
JOINT = re.compile(r"\s*(?:\.\s?[-–—]{1,2}|[-–—]{1,2}|:|：|\.|।|=|＝|_)?\s*(?:[-–—_]{1,2}(?=\s))?\s*")
BARE_JOINT = re.compile(
    r"\s+(?:--|[-–—_])\s+|\s?--\s?|(?<=\w)[-–—]\s+|\s?[–—]\s?|\s[-–—]$|[:：]\s+|(?<=[^\W\d_]{3})\.\s+|(?<=[.\d])\.?\s+[-–—]\s+"
    r"|(?<=\d)\.\s+(?=[^\W\d_])|।\s+"
)
KO_BYLINE = re.compile(r"(?P<said>\s*(?P<by>(?:[가-힣]{2,4})(?:\s?[·,]\s?[가-힣]{2,4})*)\s*(?:선임)?(?:기자|특파원|통신원))\s*=\s*")
ZH_OPEN = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{0,12}?)(?P<date>[0-9０-９]{1,2}月[0-9０-９]{1,2}日|[0-9０-９]{1,2}日)?(?:综合|專|专)?(?P<kind>[电電讯訊])\s*(?:[(（]\s*(?:记者"
    r"|記者)[\s:：]*(?P<by>[^)）]{2,40})[)）])?(?:[，,]?\s*(?:题|題)[:：])?\s*"
)
JA_OPEN = re.compile(r"[【［\[（(](?P<in>[^】］\])）]{2,30})[】］\])）]\s*")
FA_OPEN = re.compile(r"به گزارش\s+(?:خبرنگار\s+)?(?P<name>[^،,:.]{2,40})[،,:]\s*")
ROLE = re.compile(r"(?P<name>[A-ZÅÄÖ]{2,6}):s\s+(?P<role>\w+)\s+")
LABEL_ARTICLES = frozenset({"le", "la", "les", "los", "las", "el", "il", "l", "en", "et", "y", "i", "de", "the", "und", "og", "och"})
SPEECH = re.compile(
    r"[\"“„«]|(?:I|We|You|Yes|No|Well|It|It's|It’s|That|Thank|Thanks|Ja|Nein|Nej|Ich|Wir|Jag|Vi|Jeg|Yo|Sí|Oui"
    r"|Non|Je|Nous|Eu|Sim|Io|Sì|Nee|Ik|Да|Нет|Я|Мы)\b"
)
CORRESPONDENT = re.compile(r"(?:Корр|Кор|Corr|Kor)\.\s*(?P<name>[^\W\d_][\w-]+(?:\s(?:Новости|Novosti))?)(?:\s+[^\W\d_][\w.-]+){0,3}")
TAIWAN = re.compile(
    r"[（(](?P<agency>[\u4e00-\u9fff]{2,4}社)(?:記者|记者)(?P<by>[\u4e00-\u9fff]{3})(?P<place>[\u4e00-\u9fff]{0,8}?)(?P<date>[0-9０-９]{1,2}(?:月[0-9０-９]{1,2})?日)?(?:專)?[電电][)）]\s*"
)
RUNNING = re.compile(
    r"(?<=[\w,])\s(?!(?:de|la|las|le|les|los|du|des|am|an|der|del|della|di|da|do|dos|of|sur|na|nad|y|e|et|en"
    r"|el|al|и|upon|på|aan|den)\b)[a-zà-öø-ÿа-яёіїєґα-ωάέήίόύώ](?!\.)"
)
AGENCY_WORD = re.compile(r"\s*([^\s,:/–—-]+)")
LATIN_WORD = re.compile("[A-Za-z]{3}")
ZH_REPORTER = re.compile(r"\s*(?:[(（]\s*(?:记者|記者)[\s:：]*(?P<by>[^)）]{2,40})[)）])?\s*")
EAST_DATE_LAST = re.compile(EAST_DATE.pattern + "$")
EAST_JOINT = re.compile(r"[-–—=]\s*")
OPENING = re.compile(r"[(（/<]")
JOINT_LAST = re.compile(r"\s*[-–—:：._]+\s*$")
SECOND = re.compile(r"([^-–—:]{2,50}?)\s+[-–—]\s+")
SLASHED_HEAD = re.compile(r"([^\W\d_][\w .-]{1,24}?)[-/]([^\W\d_]{2,12}(?:[-/][^\W\d_]{2,12})?)(\.|:|(?=\s))\s+(?=\S)")
HEAD_CUT = re.compile(r"[\s,،./–—-]+")
LAST_SPLIT = re.compile(r"[\s/–—-]")
FIRST_SPLIT = re.compile(r"[\s,،:/–—-]")
SHORT_HEAD = re.compile(r"[^\W\d_]{2,}[-–/][^\W\d_]{2,}|[A-ZÅÄÖČ]{2,5}, [^\W\d_]+$")
NAME_WORDS = re.compile(r"[^\W\d_]+")
# What follows the second place of a line or a match: "Praha - Beroun a zpět", "Berlín - Mnichov: nejrychlejší vlak".
ROUTE = re.compile(r"(?:\s+\w+){0,2}(?::|：|\s[–—-]\s|\s+a\s+(?:zpět|späť)\b)")
SCORE = re.compile(r"\d\s?:\s?\d")
DASHES = frozenset("-–—_")
FIRST_PERSON = re.compile(
    r"\b(?:I|I['’]\w+|[Ww]e|[Mm]y|[Oo]ur|[Jj]ag|[Vv]i|[Mm]itt?|[Vv]år|[Ii]ch|[Ww]ir|[Mm]ein|[Uu]nser|[Jj]e|J['’]\w+|[Nn]ous|[Mm]on|[Nn]otre|[Yy]o|[Nn]osotros|[Ee]u|[Nn]oi|[Jj]eg|[Ii]k|[Ww]ij)\b"
)


class _Head(NamedTuple):
    """What stands before a joint: place, date, and the names of agencies."""

    place: str | None
    date: str | None
    names: tuple[Named, ...]


class Datelines:
    """Datelines that open a paragraph, or are one."""

    def __init__(self, words: Words, places: Places) -> None:
        self.facts = words.facts
        self.words = words
        self.places = places

    def read(self, paragraph: str, language: str | None) -> DatelineTag | None:
        """The dateline that opens a paragraph, or None."""
        near = DATELINE_NEAR.search(paragraph, 0, 70)
        if near is None and not (len(paragraph) <= 60 and "," in paragraph):
            return None
        running = RUNNING.search(paragraph, 0, 70)  # the first word in small letters: the copy has begun, and no place goes on
        if (near is None or near.end() > (running.start() if running else 60)) and not (len(paragraph) <= 60 and "," in paragraph):
            return None
        lead = len(paragraph) - len(paragraph.lstrip())
        head = paragraph[lead : lead + 140]
        if not head or head[0].islower() and not self._opens_with_agency(head):
            return None
        limit = 100
        if running and not DIGIT.search(paragraph, 0, running.start()) and not self._opens_with_agency(paragraph[running.start() :]):
            limit = running.start() - lead + 2  # without a date in it no place and no agency goes beyond the first small word
        found = self._east(head, language) or self._bracketed(head, language) or self._bare(head, language, limit)
        if found is None:
            return None
        if lead:
            found = found._replace(end=found.end + lead, agencies=tuple(n._replace(start=n.start + lead, end=n.end + lead) for n in found.agencies))
        return found

    def _opens_with_agency(self, text: str) -> bool:
        word = AGENCY_WORD.match(text)
        return word is not None and word[1] in self.words.first_words

    # forms of one language

    def _east(self, head: str, language: str | None) -> DatelineTag | None:
        """Chinese, Japanese and Persian openings, and Swedish role words."""
        first = head[0]
        if "\u4e00" <= first <= "\u9fff":
            return self._chinese(head, language)
        if first in "（(" and (found := TAIWAN.match(head)) and (agency := self.facts.agency(found["agency"], language)):
            start = found.start("agency")
            names = (Named(found["agency"], start, start + len(found["agency"]), agency),)
            return DatelineTag(found.end(), found[0].rstrip(), found["place"] or None, found["date"], names, found["by"])
        if first in "【［[（(" and (found := JA_OPEN.match(head)):
            return self._inside(head, found, language)
        if first == "ب" and (found := FA_OPEN.match(head)):
            return self._persian(head, found)
        return self._with_role(head, language) if ":s " in head else None

    def _persian(self, head: str, found: re.Match[str]) -> DatelineTag | None:
        """``به گزارش خبرگزاری ...،``: "as the agency reports"."""
        name = found["name"].removeprefix("خبرگزاری ").strip()
        agency = self.facts.agency(name, "fa")
        if not agency or "خبرگزاری" not in found["name"] and agency.ambiguity == "high":
            return None
        start = head.index(name)
        return DatelineTag(found.end(), head[: found.end("name")], None, None, (Named(name, start, start + len(name), agency),), None)

    def _with_role(self, head: str, language: str | None) -> DatelineTag | None:
        """``BRYSSEL, TT:s korrespondent``."""
        before, _, _ = head.partition(":s ")
        place, comma, name = before.rpartition(", ")
        role = ROLE.match(head, len(before) - len(name))
        agency = self.facts.agency(name, language)
        if not (comma and role and agency and role["role"] in self.words.roles and self.places.place(place, language)):
            return None
        at = len(place) + 2
        return DatelineTag(role.end(), head[: role.end()].rstrip(), place, None, (Named(name, at, at + len(name), agency),), None)

    def _chinese(self, head: str, language: str | None) -> DatelineTag | None:
        for own in self.facts.credits["outlets"]["own"]:
            if head.startswith(own) and (after := ZH_REPORTER.match(head, len(own))):
                return DatelineTag(after.end(), head[: after.end()].rstrip(), None, None, (), after["by"])
        first = 1 if head[0] in "据據" else 0
        if not self.words.may_be_form(head, first):
            return None
        for length in range(first + min(8, len(head)), first + 1, -1):
            agency = self.facts.agency(head[first:length], language)
            found = ZH_OPEN.match(head, length) if agency else None
            if found and (found["date"] or found["place"] or first and found["kind"]):
                names = (Named(head[first:length], first, length, agency),)
                raw = JOINT_LAST.sub("", head[: found.end()]).rstrip()
                return DatelineTag(found.end(), raw, found["place"] or None, found["date"], names, found["by"])
        return None

    def _inside(self, head: str, found: re.Match[str], language: str | None) -> DatelineTag | None:
        """Place, date and agency inside one bracket: ``【ワシントン時事】``, ``(서울=연합뉴스)``, ``［東京 ５日 ロイター］``."""
        inside, at = found["in"], found.start("in")
        names = None
        for start in range(len(inside)):
            if self.words.may_be_form(inside, start) and (names := self.facts.agencies(inside[start:], language)):
                break
        if not names:
            return None
        before = inside[:start].rstrip(" 　=＝・,")
        if not before and head[0] != "【" or before and before.isascii() and LATIN_WORD.search(before):
            return None
        date = None
        if dated := EAST_DATE_LAST.search(before.strip()):
            date, before = dated[0], before.strip()[: dated.start()]
        end, said, byline = found.end(), found.end(), None
        if korean := KO_BYLINE.match(head, found.end()):
            end, said, byline = korean.end(), korean.end("said"), korean["by"]
        elif joint := EAST_JOINT.match(head, end):
            end = joint.end()
        raw = head[:said].rstrip()
        return DatelineTag(end, raw, before.strip(" 　") or None, date, tuple(self.words.named(head, names, at + start)), byline)

    # agencies in a bracket

    def _bracketed(self, head: str, language: str | None) -> DatelineTag | None:
        """``place, date (agencies) joint`` and its kin: the agencies stand in a bracket or between slashes."""
        for open_ in OPENING.finditer(head, 0, 90):
            start = open_.start()
            close = head.find(BRACKETS[open_[0]], start + 1, start + 60)
            if close < 0:
                continue
            names, close = self._bracket_names(head, start, close, language)
            if names is None:
                if open_[0] != "/" and not INNER.fullmatch(head, start, close + 1):
                    return None
            elif open_[0] != "/" or start == 0 or head[start - 1] in " .-":
                return self._around(head, start, close, names, language)
        return None

    def _bracket_names(self, head: str, start: int, close: int, language: str | None) -> tuple[list[tuple[str, Agency | None]] | None, int]:
        """The agencies in a bracket, and where it closes: "/ritzau/Reuters/" closes at the last slash."""
        inside = head[start + 1 : close]
        names = self.facts.agencies(inside, language)
        if names and head[start] == "/":
            further = head.find("/", close + 1, close + 20)
            if further > 0 and (more := self.facts.agencies(head[start + 1 : further], language)):
                return more, further
        if names is None and (role := CORRESPONDENT.fullmatch(inside)):
            names = self.facts.agencies(role["name"], language)
        return names, close

    def _around(self, head: str, start: int, close: int, names: list[tuple[str, Agency | None]], language: str | None) -> DatelineTag | None:
        """Place and date before a bracket with agencies, and the joint behind it; all must fit."""
        before = head[:start]
        parts = self.places.place_and_date(before.rstrip(" \t\u00a0\u3000,،–—-"), language, short=True)
        joint = JOINT.match(head, close + 1)
        if parts is None or joint is None or before.strip() and self.places.spells(before, head[start + 1 : close]):
            return None
        place, date = parts
        names = self.places.seated(names, place)
        end, sign, rest = joint.end(), joint[0].strip(), head[joint.end() :]
        agencies = tuple(self.words.named(head, names, start + 1))
        if sign == "." and not rest or sign in (":", ".") and not date and place and len(place.split()) > 4:
            return None
        if not before.strip():
            if not sign and head[start] != "【" and not _files(names, rest):
                return None
            second = self._second(rest, language) if sign else None
            if second is None:
                return DatelineTag(end, head[: close + 1].rstrip(), place, date, agencies, None)
            end += second[0]
            return DatelineTag(end, JOINT_LAST.sub("", head[:end]).rstrip(), second[1], second[2], agencies, None)
        if not sign and not date:  # "Bern (sda) Der", "London (CNN)It": a joint-less bracket after a short place
            if not rest[:1].isupper() and not caseless(rest[:1]) or not place or len(place.split()) > 3:
                return None
        return DatelineTag(end, head[: close + 1].rstrip(), place, date, agencies, None)

    def _second(self, rest: str, language: str | None) -> tuple[int, str, str | None] | None:
        """"(ANSA) - ROMA, 05 LUG - ": place and date stand behind the agency."""
        second = SECOND.match(rest)
        again = self.places.place_and_date(second[1], language) if second else None
        if second and again and again[0] and (again[1] or again[0].isupper()):
            return second.end(), again[0], again[1]
        return None

    # agencies in no bracket, or none

    def _bare(self, head: str, language: str | None, limit: int) -> DatelineTag | None:
        """Datelines whose agency stands in no bracket, or that have none."""
        best, most = None, 0
        for joint in islice(BARE_JOINT.finditer(head, 1, 100), 6):
            if joint.start() > limit:
                break
            before, sign, rest = head[: joint.start()], joint[0].strip(), head[joint.end() :]
            found = self._head(before, sign, rest, language)
            if found and (parts := sum(map(bool, found))) > most:  # "МОСКВА, 25 мая — РИА Новости. ": the later joint says more
                best, most = DatelineTag(joint.end(), before.rstrip(), *found, None), parts
        return best or self._on_its_own(head, language) or self._slashed(head, language)

    def _on_its_own(self, head: str, language: str | None) -> DatelineTag | None:
        """A line with nothing behind the dateline: ``AFP, MANILA``, ``جدة 11 اغسطس 2015 م واس``, "NEW YORK, March 23 -", "GENEVA:"."""
        whole = head.strip()
        if len(whole) > 60 or "\n" in whole:
            return None
        if whole.rsplit(None, 1)[-1] in self.facts.last_words or self._opens_with_agency(whole):
            found = self._head(whole, "", "", language)
            if found and found.names and (found.date or found.place and found.place.isupper()):
                return DatelineTag(len(head), whole, *found, None)
        text = whole.rstrip(" -–—:：")
        if len(text) == len(whole) or len(text) < 4 or not text.partition(",")[0].isupper():
            return None
        parts = self.places.place_and_date(text, language)
        if parts is None or parts[0] is None or parts[0].casefold() in self.words.labels or not (parts[1] or self._lone_place(parts[0])):
            return None
        return DatelineTag(len(head), text, parts[0], parts[1], (), None)

    def _lone_place(self, place: str) -> bool:
        """Whether words in capitals with nothing behind them are a place: a known city, or one with its region. "KEYWORDS:" and "ANNA:" stand so too."""
        city, _, region = place.partition(", ")
        return city.casefold() in self.words.cities or region.rstrip(".") in self.words.regions

    def _slashed(self, head: str, language: str | None) -> DatelineTag | None:
        """``Baghdad-INA The``, ``STOCKHOLM/TT. Reg``: no joint before the copy."""
        found = SLASHED_HEAD.match(head) if "-" in head[:28] or "/" in head[:28] else None
        if found is None:
            return None
        place, agency, stop = found[1], found[2], found[3]
        names = self.facts.agencies(agency, language)
        rest = head[found.end() :]
        if not names or not (stop or rest[:1].isupper() or caseless(rest)) or not (stop or agency.isupper() or caseless(agency)):
            return None
        if not self.places.place(place, language) or self.facts.agency(place, language) or len(place.split()) > 3:
            return None
        return DatelineTag(found.end(), head[: found.end(2)], place, None, tuple(self.words.named(head, names, found.start(2))), None)

    def _head(self, before: str, sign: str, rest: str, language: str | None) -> _Head | None:
        text = before.strip()
        if not 2 <= len(text) <= 90:
            return None
        names, remain = self._names(text, before.index(text), before, language)
        remain = remain.strip(" ,،/–—-")
        if not names and (sign == "=" or not self._may_stand_alone(remain)):
            return None
        parts = self.places.place_and_date(remain, language, short=bool(names)) if remain else (None, None)
        if parts is None:
            return None
        place, date = parts
        if names:
            seated = self.places.seated([(name.text, name.agency) for name in names], place)
            head = _Head(place, date, tuple(name._replace(agency=agency) for name, (_, agency) in zip(names, seated, strict=True)))
            return head if self._with_agency(head, sign, rest, text) else None
        if not place or not (self._alone(place, date, sign, rest) or not date and self._customary(place, sign, rest, language)):
            return None
        if date and sign in (".", "।") and not place.isupper() and f"{place}," not in text:
            return None  # "Startet am 1. Mai."
        return _Head(place, date, ())

    def _may_stand_alone(self, text: str) -> bool:
        """Without an agency there must be a number, a region, capitals or a known city."""
        if "," in text or text.isupper() or DIGIT.search(text) is not None:
            return True
        return self._cities(text) or any(word in self.places.numbers for word in text.split())

    def _names(self, text: str, at: int, before: str, language: str | None) -> tuple[tuple[Named, ...], str]:
        """The agencies at the end or at the beginning of a head, and what is left of it."""
        last = LAST_SPLIT.split(text.rstrip("."))[-1]
        if last in self.facts.last_words or last.casefold() in self.facts.last_words or last in self.words.own_last:
            for cut in (0, *(m.end() for m in HEAD_CUT.finditer(text))):
                if found := self._agencies(text[cut:].rstrip("."), language):
                    return tuple(self.words.named(before, found, at + cut)), text[:cut]
        if FIRST_SPLIT.split(text, maxsplit=1)[0] in self.words.first_words:
            for cut in reversed([m.end() for m in HEAD_CUT.finditer(text)]):
                form = text[:cut].rstrip(" ,،.-–—/")
                if (found := self._agencies(form, language)) and text[len(form) : cut].strip():
                    return tuple(self.words.named(before, found, at)), text[cut:]
        return (), text

    def _agencies(self, form: str, language: str | None) -> list[tuple[str, Agency | None]] | None:
        return self.facts.agencies(form, language) or ([(form, None)] if form in self.words.own_outlets else None)

    # what is a dateline and what only looks like one

    def _with_agency(self, head: _Head, sign: str, rest: str, text: str) -> bool:
        """Whether a head with agencies is a dateline."""
        place, date, names = head
        dash = sign[:1] in DASHES
        if place is None and date is None:  # "AGI - ", "ΑΠΕ-ΜΠΕ: ", "TTO - "
            alone = names[0].agency
            if not rest or not (dash or sign in (":", "：") and (alone is None or alone.ambiguity != "high")):
                return False
            if alone is None and len(names) == 1 and names[0].text not in self.words.own_outlets:
                return False
            return not (dash and alone and alone.ambiguity == "high" and not _ends_as_sentence(rest))
        if date:
            return True
        if sign == "." and not SHORT_HEAD.match(text):
            return False
        if place and sign in (":", ".") and " " in place and place[0].isascii() and not any(c in text for c in ",-–—/"):
            return False
        # "Audi TT - ", "Police told AFP - ": a name and letters that only look like a dateline
        return not (place and not any(c in text for c in ",،/–—-") and not place.isupper())

    def _alone(self, place: str, date: str | None, sign: str, rest: str) -> bool:
        """Whether a place without an agency is a dateline.

        With a date it is. Without one a dash stands behind a word in capitals or a known city ("GENEVA —"), or behind a place with
        its region ("Salem, Ore. —"); a colon only behind one word. No speaker, no speech and no definition of the word may show.
        """
        dash = sign[:1] in DASHES
        if date:
            return bool(rest) and place.casefold() not in self.words.labels and (dash or sign in (":", ".", "।"))
        if not dash and sign != ":" or not rest:
            return False
        city, _, region = place.partition(", ")
        if not self._nameable(city, place) or not _ends_as_sentence(rest):
            return False
        known = region.rstrip(".") in self.words.regions
        if not city.isupper() or len(city) < 4:
            return known and dash
        if " " in city and not region and city.casefold() not in self.words.cities:
            return False  # two words in capitals are more often a label ("MÁS INFORMACIÓN") than a place
        if known:
            return True
        if rest[0].islower():
            return False  # "HOLM - so heißt die Insel": what is said of a word
        if dash:  # "BERG – I came at four": what somebody says
            return len(rest) >= 24 and (city.casefold() in self.words.cities or not FIRST_PERSON.search(rest, 0, 30))
        return len(rest) >= 60 and " " not in city and not self._speaks(city, rest)

    def _customary(self, place: str, sign: str, rest: str, language: str | None) -> bool:
        """Whether a known city stands as the papers of the language print it: "GÖTEBORG. Hamnen ...", "Praha - Policie ...".

        What follows is a sentence, opens with a capital, and is no second town ("Praha - Brno", "Praha - Beroun a zpět"), no score and
        nothing that somebody says.
        """
        custom = "full_stop" if sign == "." and place.isupper() else "small_letters" if sign[:1] in DASHES and not place.isupper() else ""
        if base(language) not in self.facts.credits["datelines"].get(custom, ()) or not self._cities(place) or len(rest) < 60:
            return False
        if custom == "full_stop" and rest.casefold().startswith(self._defined):
            return False
        first = NAME_WORDS.match(rest)
        if first is None or ROUTE.match(rest, first.end()):
            return False
        told = first[0][0].isupper() and not self._cities(first[0]) and _ends_as_sentence(rest)
        return told and not SCORE.search(rest, 0, 60) and not FIRST_PERSON.search(rest, 0, 30)

    @cached_property
    def _defined(self) -> tuple[str, ...]:
        return tuple(f"{words} " for words in self.facts.credits["datelines"]["defined"])

    def _cities(self, text: str) -> bool:
        """Whether a text is a known city, or several: "Praha/Brno"."""
        return all(part.strip().casefold() in self.words.cities for part in text.split("/"))

    def _nameable(self, city: str, place: str) -> bool:
        """Whether words may be a city: no label, no company, nothing too short or too long."""
        words = NAME_WORDS.findall(city)
        if not 0 < len(words) <= 3 or any(len(part) < 4 for part in city.split("/")):
            return False
        if any(word.casefold() in self.words.labels for word in (*words, city, place)):
            return False
        return len(words) == 2 or not any(word.casefold() in LABEL_ARTICLES for word in words)

    def _speaks(self, city: str, rest: str) -> bool:
        """Whether a word before a colon is somebody who speaks: a first name, a part, or what is said is said by an "I"."""
        return city.casefold() in self.words.speakers or bool(SPEECH.match(rest)) or bool(FIRST_PERSON.search(rest, 0, 100))


def _files(names: list[tuple[str, Agency | None]], rest: str) -> bool:
    """Whether agencies in a bracket with nothing around them file the sentence behind them: "(TTXVN) Cảng ..."; letters that may be others' do not."""
    sure = all(agency is not None and agency.ambiguity in ("none", "low") for _, agency in names)
    return sure and len(rest) >= 60 and rest[0].isupper() and _ends_as_sentence(rest)


def _ends_as_sentence(rest: str) -> bool:
    return len(rest) >= 100 or rest.rstrip()[-1:] in SENTENCE_END
