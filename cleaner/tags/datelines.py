"""Datelines: where and when a story was filed, and which agency filed it.

The forms are those of Superdesk fixtures, fundus parsers, Reuters-21578 and stored pages of clients.
"""

from __future__ import annotations

import re
from itertools import islice

from cleaner.tags.found import DatelineTag, Named
from cleaner.tags.places import INNER, Places
from cleaner.tags.times import EAST_DATE
from cleaner.tags.words import BRACKETS, DIGIT, SENTENCE_END, Words, caseless

DATELINE_NEAR = re.compile(r"[(/\[【（［<:–—_|\d電电讯訊]|-[-\s]|\s-|-[A-Z]{2}|[a-z]-\s|به گزارش|[\u0600-\u06ff]-[\u0600-\u06ff]")
JOINT = re.compile(r"\s*(?:\.\s?[-–—]{1,2}|[-–—]{1,2}|:|：|\.|।|=|＝|_)?\s*(?:[-–—_]{1,2}(?=\s))?\s*")
BARE_JOINT = re.compile(
    r"\s+(?:--|[-–—_])\s+|\s?--\s?|(?<=\w)[-–—]\s+|\s?[–—]\s?|\s[-–—]$|[:：]\s+|(?<=[^\W\d_]{3})\.\s+|(?<=[.\d])\.?\s+[-–—]\s+"
    r"|(?<=\d)\.\s+(?=[^\W\d_])|।\s+"
)
KO_BYLINE = re.compile(r"\s*((?:[가-힣]{2,4})(?:\s?[·,]\s?[가-힣]{2,4})*)\s*(?:선임)?(?:기자|특파원|통신원)\s*=\s*")
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


class Datelines:
    def __init__(self, words: Words, places: Places) -> None:
        self.facts = words.facts
        self.words = words
        self.places = places

    def read(self, paragraph: str, language: str | None) -> DatelineTag | None:
        """The dateline that opens a paragraph, or None."""
        running = RUNNING.search(paragraph, 0, 70)  # the first word in small letters: the copy has begun, and no place goes on
        if not DATELINE_NEAR.search(paragraph, 0, running.start() if running else 60) and not (len(paragraph) <= 60 and "," in paragraph):
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
            name = found["name"].removeprefix("خبرگزاری ").strip()
            agency = self.facts.agency(name, "fa")
            if agency and ("خبرگزاری" in found["name"] or agency.ambiguity != "high"):
                start = head.index(name)
                return DatelineTag(found.end(), head[: found.end("name")], None, None, (Named(name, start, start + len(name), agency),), None)
        if ":s " in head:
            before, _, _ = head.partition(":s ")
            place, comma, name = before.rpartition(", ")
            role = ROLE.match(head, len(before) - len(name))
            agency = self.facts.agency(name, language)
            if comma and role and agency and role["role"] in self.words.roles and self.places.place(place, language):
                at = len(place) + 2
                return DatelineTag(role.end(), head[: role.end()].rstrip(), place, None, (Named(name, at, at + len(name), agency),), None)
        return None

    def _chinese(self, head: str, language: str | None) -> DatelineTag | None:
        for own in self.facts.credits["outlets"]["own"]:
            if head.startswith(own):
                after = re.compile(r"\s*(?:[(（]\s*(?:记者|記者)[\s:：]*(?P<by>[^)）]{2,40})[)）])?\s*").match(head, len(own))
                assert after is not None
                return DatelineTag(after.end(), own, None, None, (), after["by"])
        first = 1 if head[0] in "据據" else 0
        for length in range(first + min(8, len(head)), first + 1, -1):
            agency = self.facts.agency(head[first:length], language)
            if agency:
                found = ZH_OPEN.match(head, length)
                if found and (found["date"] or found["place"] or first and found["kind"]):
                    raw = head[: found.end("kind")]
                    names = (Named(head[first:length], first, length, agency),)
                    return DatelineTag(found.end(), raw, found["place"] or None, found["date"], names, found["by"])
        return None

    def _inside(self, head: str, found: re.Match[str], language: str | None) -> DatelineTag | None:
        """Place, date and agency inside one bracket: ``【ワシントン時事】``, ``(서울=연합뉴스)``, ``［東京 ５日 ロイター］``."""
        inside, at = found["in"], found.start("in")
        names = None
        for start in range(len(inside)):
            if names := self.facts.agencies(inside[start:], language):
                break
        if not names:
            return None
        before = inside[:start].rstrip(" 　=＝・,")
        if not before and head[0] != "【" or before and before.isascii() and LATIN_WORD.search(before):
            return None
        date = None
        if dated := re.search(EAST_DATE.pattern + r"$", before.strip()):
            date, before = dated[0], before.strip()[: dated.start()]
        end, byline = found.end(), None
        if korean := KO_BYLINE.match(head, found.end()):
            end, byline = korean.end(), korean[1]
        elif joint := re.compile(r"[-–—=]\s*").match(head, end):
            end = joint.end()
        raw = head[: found.end()].rstrip()
        return DatelineTag(end, raw, before.strip(" 　") or None, date, tuple(self.words.named(head, names, at + start)), byline)

    def _bracketed(self, head: str, language: str | None) -> DatelineTag | None:
        """``place, date (agencies) joint`` and its kin: the agencies stand in a bracket or between slashes."""
        for open_ in re.finditer(r"[(（/<]", head[:90]):
            start = open_.start()
            close = head.find(BRACKETS[open_[0]], start + 1, start + 60)
            if close < 0:
                continue
            inside = head[start + 1 : close]
            names = self.facts.agencies(inside, language)
            if names and open_[0] == "/":  # "/ritzau/Reuters/"
                further = head.find("/", close + 1, close + 20)
                if further > 0 and (more := self.facts.agencies(head[start + 1 : further], language)):
                    names, close, inside = more, further, head[start + 1 : further]
            if names is None and (role := CORRESPONDENT.fullmatch(inside)):
                names = self.facts.agencies(role["name"], language)
            if names is None:
                if open_[0] != "/" and not INNER.fullmatch(head[start : close + 1]):
                    return None
                continue
            before = head[:start]
            if open_[0] == "/" and before and not before.endswith((" ", ".", "-")):
                continue
            parts = self.places.place_and_date(re.sub(r"[\s,،–—-]+$", "", before), language, short=True)
            joint = JOINT.match(head, close + 1)
            assert joint is not None
            rest = head[joint.end() :]
            sign = joint[0].strip()
            if parts is None or before.strip() and self.places.spells(before, inside):
                return None
            place, date = parts
            names = self.places.seated(names, place)
            end = joint.end()
            if not before.strip():
                if not sign and open_[0] != "【" or sign == "." and not rest:
                    return None
                if sign:  # "(ANSA) - ROMA, 05 LUG - "
                    second = re.match(r"([^-–—:]{2,50}?)\s+[-–—]\s+", rest)
                    again = self.places.place_and_date(second[1], language) if second else None
                    if second and again and again[0] and (again[1] or again[0].isupper()):
                        end += second.end()
                        place, date = again
            elif not sign and not date:  # "Bern (sda) Der", "London (CNN)It": a joint-less bracket after a short place
                if not rest[:1].isupper() and not caseless(rest[:1]) or not place or len(place.split()) > 3:
                    return None
            elif sign == "." and not rest:
                return None
            if sign in (":", ".") and not date and place and len(place.split()) > 4:
                return None
            raw = head[: end if not before.strip() and place else close + 1]
            raw = re.sub(r"\s*[-–—:._]+\s*$", "", raw) if place and not before.strip() else raw
            return DatelineTag(end, raw.rstrip(), place, date, tuple(self.words.named(head, names, start + 1)), None)
        return None

    def _bare(self, head: str, language: str | None, limit: int) -> DatelineTag | None:
        """Datelines whose agency stands in no bracket, or that have none."""
        best, most = None, 0
        for joint in islice(BARE_JOINT.finditer(head, 1, 100), 6):
            if joint.start() > limit:
                break
            before, sign, rest = head[: joint.start()], joint[0].strip(), head[joint.end() :]
            found = self._head(before, sign, rest, language)
            if found and (parts := sum(map(bool, found))) > most:  # "МОСКВА, 25 мая — РИА Новости. ": the later joint says more
                place, date, names = found
                best, most = DatelineTag(joint.end(), before.rstrip(), place, date, names, None), parts
        return best or self._unjoined(head, language)

    def _unjoined(self, head: str, language: str | None) -> DatelineTag | None:
        """``Baghdad-INA The``, ``STOCKHOLM/TT. Reg``, ``AFP, MANILA``, ``جدة 11 اغسطس 2015 م واس``: no joint before the copy."""
        whole = head.strip()
        if len(whole) <= 60 and "\n" not in whole and (whole.rsplit(None, 1)[-1] in self.facts.last_words or self._opens_with_agency(whole)):
            found = self._head(whole, "", "", language)
            if found and found[2] and (found[1] or found[0] and found[0].isupper()):
                return DatelineTag(len(head), whole, found[0], found[1], found[2], None)
        slashed = re.match(r"([^\W\d_][\w .-]{1,24}?)[-/]([^\W\d_]{2,12}(?:[-/][^\W\d_]{2,12})?)(\.|:|(?=\s))\s+(?=\S)", head)
        if slashed:
            names = self.facts.agencies(slashed[2], language)
            rest = head[slashed.end() :]
            place = self.places.place(slashed[1], language)
            begins = bool(slashed[3]) or rest[:1].isupper() or caseless(rest)
            if names and place and begins and not self.facts.agency(slashed[1], language) and len(slashed[1].split()) <= 3:
                if slashed[3] or slashed[2].isupper() or caseless(slashed[2]):
                    return DatelineTag(slashed.end(), head[: slashed.end(2)], slashed[1], None, tuple(self.words.named(head, names, slashed.start(2))), None)
        return None

    def _head(self, before: str, sign: str, rest: str, language: str | None) -> tuple[str | None, str | None, tuple[Named, ...]] | None:
        text = before.strip()
        if not 2 <= len(text) <= 90:
            return None
        names: tuple[Named, ...] = ()
        remain = text
        cuts = [0] + [m.end() for m in re.finditer(r"[\s,،./–—-]+", text)]
        last = re.split(r"[\s/–—-]", text.rstrip("."))[-1]
        if last in self.facts.last_words or last.casefold() in self.facts.last_words or last in self.words.own_last:
            for cut in cuts:
                form = text[cut:].rstrip(".")
                found = self.facts.agencies(form, language) or ([(form, None)] if form in self.words.own_outlets else None)
                if found:
                    names = tuple(self.words.named(before, found, before.index(text) + cut))
                    remain = text[:cut]
                    break
        if not names:
            first = re.split(r"[\s,،:/–—-]", text)[0]
            if first in self.words.first_words:
                for cut in reversed(cuts[1:]):
                    form = text[:cut].rstrip(" ,،.-–—/")
                    found = self.facts.agencies(form, language) or ([(form, None)] if form in self.words.own_outlets else None)
                    if found and text[len(form) : cut].strip():
                        names = tuple(self.words.named(before, found, before.index(text)))
                        remain = text[cut:]
                        break
        remain = remain.strip(" ,،/–—-")
        parts = self.places.place_and_date(remain, language, short=bool(names)) if remain else (None, None)
        if parts is None:
            return None
        place, date = parts
        if names:
            seated = self.places.seated([(name.text, name.agency) for name in names], place)
            names = tuple(name._replace(agency=agency) for name, (_, agency) in zip(names, seated, strict=True))
            return self._with_agency(names, place, date, sign, rest, text)
        if not place or sign == "=" or not self._alone(place, date, sign, rest):
            return None
        if date and sign in (".", "।") and not place.isupper() and f"{place}," not in text:
            return None  # "Startet am 1. Mai."
        return place, date, names

    def _with_agency(
        self, names: tuple[Named, ...], place: str | None, date: str | None, sign: str, rest: str, text: str
    ) -> tuple[str | None, str | None, tuple[Named, ...]] | None:
        if place is None and date is None:  # "AGI - ", "ΑΠΕ-ΜΠΕ: ", "TTO - "
            alone = names[0].agency
            dash = sign[:1] in ("-", "–", "—", "_")
            if not rest or not (dash or sign in (":", "：") and (alone is None or alone.ambiguity != "high")):
                return None
            if alone is None and len(names) == 1 and names[0].text not in self.words.own_outlets:
                return None
            if dash and alone and alone.ambiguity == "high" and not _ends_as_sentence(rest):
                return None
            return place, date, names
        if sign == "." and not date and not re.match(r"[^\W\d_]{2,}[-–/][^\W\d_]{2,}|[A-ZÅÄÖČ]{2,5}, [^\W\d_]+$", text):
            return None
        if place and not date and sign in (":", ".") and " " in place and place[0].isascii() and not any(c in text for c in ",-–—/"):
            return None
        if place and not date and not re.search(r"[,،/–—-]", text) and not place.isupper():
            return None  # "Audi TT - ", "Police told AFP - ": a name and letters that only look like a dateline
        return place, date, names

    def _alone(self, place: str, date: str | None, sign: str, rest: str) -> bool:
        """Whether a place without an agency is a dateline."""
        dash = sign[:1] in ("-", "–", "—", "_")
        if date:
            return bool(rest) and (dash or sign in (":", ".", "।"))
        city, comma, region = place.partition(", ")
        if not dash and sign != ":":
            return False
        words = re.findall(r"[^\W\d_]+", city)
        if sign == ":" and SPEECH.match(rest) or any(len(part) < 4 for part in city.split("/")):
            return False
        if not words or any(word.casefold() in self.words.labels for word in (*words, city, place)) or len(words) > 3:
            return False
        if any(word.casefold() in LABEL_ARTICLES for word in words) and len(words) != 2:
            return False
        if rest and not _ends_as_sentence(rest):
            return False
        known = region.rstrip(".") in self.words.regions
        if city.isupper() and len(city) >= 4:
            if len(words) > 1 and not region and city.casefold() not in self.words.cities:
                return False  # two words in capitals are more often a label ("MÁS INFORMACIÓN") than a place
            return bool(rest) and len(rest) >= (24 if dash else 60) or known and dash
        return bool(comma) and known and dash and len(words) <= 3


def _ends_as_sentence(rest: str) -> bool:
    return len(rest) >= 100 or rest.rstrip()[-1:] in SENTENCE_END
