"""The parts of a picture credit: photographers, agencies, and marks such as file or pool."""

from __future__ import annotations

import re
from typing import NamedTuple

from cleaner.tags.words import DIGIT, NAME_PARTICLES, Words, caseless

PART = re.compile(
    r"\s*(?:/|／|\||,|，|、|;|；|\s[-–—]\s|\s[-–—]$|^[-–—]\s|©|ⓒ|\([cC]\)|（[ＣC]）"
    r"|\s+(?:via|VIA)\s+|\(|\)|（|）|・|＝|=|\s+on\s+(?=Unsplash|Pexels))\s*"
)
AND = re.compile(r"\s+(?:and|und|och|og|y|et|e|en|&|i|a|и|و|ja)\s+")
YEAR = re.compile(r"\s+(?:19|20)\d\d$")
POSITIONS = frozenset({
    "above", "below", "both", "bottom", "center", "centre", "der", "höger", "izq", "l", "left", "li", "links", "oben", "r", "re", "rechts", "right",
    "top", "unten", "vänster",
})
EAST_BY = re.compile(
    r"(?P<agency>[\u4e00-\u9fff]{2,6}社|[\u4e00-\u9fff]{2,4}网)?(?:记者|記者)\s*(?P<names>[\u4e00-\u9fff]{2,4}(?:[\s、·][\u4e00-\u9fff]{2,4})*)\s*(?:摄"
    r"|攝|发|拍摄)?"
)
EAST_AFTER = re.compile(r"(?P<who>[^\s（）()。、]{1,20})\s*(?P<how>撮影|提供|摄|攝|供图|供圖|写真)")
KO_AFTER = re.compile(r"(?P<who>[가-힣A-Za-z0-9·\s]{1,20}?)\s*(?P<how>선임기자|사진기자|기자|특파원|제공)")
BODY_WORDS = frozenset({"of", "the", "for", "and", "de", "del", "la", "der", "für", "des", "du", "von", "i", "og", "och", "und", "et", "y", "da", "do"})
PICTURE_CODE = re.compile(r"(?:[Kk]ode?\s?)?\d{2,8}")
UNKNOWN = re.compile(r"[^\W\d_][\w.&’'-]*(?:\s[^\W\d_][\w.&’'-]*)?")


class Credit(NamedTuple):
    photographer: tuple[str, ...]
    agencies: tuple[str, ...]
    marks: tuple[str, ...]
    named: bool  # an agency or a word that only credits hold
    persons: bool  # every part is known: agencies, names, marks


class Credits:
    def __init__(self, words: Words) -> None:
        self.facts = words.facts
        self.words = words

    def text_agencies(self, text: str, language: str | None) -> bool:
        """Whether the words are nothing but agencies that also write copy."""
        names = self.facts.agencies(text.strip(" .()"), language)
        return bool(names) and not any(agency and (agency.kind == "photo" or "hoto" in agency.form or "mages" in agency.form) for _, agency in names or ())

    def eastern(self, text: str, language: str | None) -> Credit | None:
        """Credits whose label follows the name: ``山田太郎撮影``, ``新华社记者 张三 摄``, ``고길동 기자``."""
        if not text or text.isascii():
            return None
        if found := EAST_BY.fullmatch(text):
            agency = self.facts.agency(found["agency"], language) if found["agency"] else None
            return Credit(tuple(re.split(r"[\s、·]+", found["names"])), (agency.code,) if agency else (), (), True, True)
        found = EAST_AFTER.fullmatch(text) or KO_AFTER.fullmatch(text)
        if not found:
            return None
        who, how = found["who"].strip(), found["how"]
        agency = self.facts.agency(who, language)
        if who == "代表":
            return Credit((), (), ("pool",), True, True)
        if how in ("提供", "제공", "供图", "供圖"):
            return Credit((), (agency.code,) if agency else (), () if agency else ("handout",), True, True)
        if agency:
            return Credit((), (agency.code,), (), True, True)
        if len(who) > 6 or how == "기자" and not re.fullmatch("[가-힣]{2,4}", who):
            return None
        return Credit((who,), (), (), True, True)

    def parse(self, text: str, language: str | None, trusted: bool) -> Credit | None:
        """The parts of a credit, or None when the text cannot be one. ``trusted``: a label, © or bracket announced it."""
        if not text or len(text) > 140:
            return None
        if " | " in text:
            several = [self.parse(part, language, trusted) for part in text.split(" | ")]
            if all(several):
                some = [part for part in several if part]
                return Credit(
                    tuple(dict.fromkeys(p for c in some for p in c.photographer)), tuple(dict.fromkeys(a for c in some for a in c.agencies)),
                    tuple(dict.fromkeys(m for c in some for m in c.marks)), any(c.named for c in some), all(c.persons for c in some),
                )
            if not trusted:
                return None
        if east := self.eastern(text, language):
            return east
        sentences = re.split(r"(?<=[^\W\d_]{3})[.]\s+(?=[A-Z])", text.rstrip("."))
        if len(sentences) > 1:
            several = [self.parse(part, language, trusted) for part in sentences]
            if not all(several):
                return None
            some = [part for part in several if part]
            return Credit(
                tuple(p for c in some for p in c.photographer), tuple(dict.fromkeys(a for c in some for a in c.agencies)),
                tuple(m for c in some for m in c.marks), any(c.named for c in some), all(c.persons for c in some),
            )
        photographers: list[str] = []
        agencies: list[str] = []
        marks: list[str] = []
        named = known = False
        strange = 0
        announced = False
        if opened := self.words.credit_label.match(text):
            if "illustration" in opened[0].casefold():
                marks.append("illustration")
            text, trusted, announced, named = text[opened.end() :], True, True, True
        whole = self.words.marks.get(text.strip(" .").casefold())
        if whole:
            return Credit((), self._codes(text, language), (whole,) if whole != "other" else (), True, True)
        for raw in PART.split(text):
            part = YEAR.sub("", raw.strip(" .:–—-") if raw.strip(" .") != "D.R" else raw)
            if raw.strip().endswith(".") and re.search(r"\b\w{1,4}\.$", raw.strip()):
                part = raw.strip()
            if not part or part in ("-", "–", "—"):
                continue
            codes = self._codes(part, language)
            mark = self.words.marks.get(part.casefold()) or self.words.marks.get(part.rstrip(".").casefold())
            if codes:
                agencies += codes
                named = known = True
            elif mark:
                named = known = True
                if mark != "other":
                    marks.append(mark)
            elif part.casefold().rstrip(".") in POSITIONS or PICTURE_CODE.fullmatch(part):
                known = True
            elif part in self.facts.credits["outlets"]["names"]:
                known = True
            else:
                people = [p for p in AND.split(re.sub(r"^(?:and|und|och|og|y|et|e)\s+", "", part)) if p]
                joined = part != re.sub(r"^(?:and|und|och|og|y|et|e)\s+", "", part)
                if all(self._person(p, trusted) for p in people):
                    if not photographers or joined:
                        photographers += people
                    known = True
                elif self._body(part):
                    known = True
                    named = named or " " in part
                elif self._after(part):
                    known = named = True
                    who = re.sub(r"\s*(?:nuotr|nuotrauka|felvétele|kuva)\.?$", "", part)
                    if who and self._person(who, True) and not photographers:
                        photographers.append(who)
                else:
                    strange += 1
                    if not trusted and not (part[0].isupper() and UNKNOWN.fullmatch(part) or caseless(part) and not re.search(r"[\s.。！？]", part)):
                        return None
        if text.startswith(("Cedida", "Cortes", "Courtesy", "Dok.", "Dok ", "Foto cedida")):
            named = known = True
            photographers = [] if text.startswith(("Cedida", "Dok")) else photographers
            strange = 0
        if strange and not trusted and not (strange <= 1 and (agencies or photographers and " " not in text.strip(" .").rpartition(",")[2].strip())):
            return None
        if trusted and strange and not self._believable(text):
            return None
        if not (known or trusted):
            return None
        sure = not strange or bool(agencies) or announced
        return Credit(tuple(dict.fromkeys(photographers)), tuple(dict.fromkeys(agencies)), tuple(dict.fromkeys(marks)), named, sure)

    def _codes(self, part: str, language: str | None) -> tuple[str, ...]:
        names = self.facts.agencies(part, language)
        if names is None:
            short = re.sub(r"^Gambar\s|\s*(?:[Pp]hotos?|PHOTO|Foto|FOTO|[Pp]ic|Images?|Video|via|nuotr\.?)$", "", part)
            names = self.facts.agencies(short, language) if short != part and short else None
        return tuple(agency.code for _, agency in names if agency) if names else ()

    def _person(self, part: str, trusted: bool) -> bool:
        words = part.split()
        if not 2 <= len(words) <= 4 or len(part) > 40 or DIGIT.search(part):
            return False
        if any(word.casefold().strip(".") in self.words.bodies for word in words):
            return False
        if caseless(part[0]):
            return trusted and len(words) <= 3 and part[0] < "\u2e80"
        if words[0].casefold() in self.words.never or words[0].casefold() in ("le", "la", "el", "los"):
            return False
        return all(word[0].isupper() or word.casefold() in NAME_PARTICLES or word[:3] in ("al-", "el-", "d’", "d'") for word in words) and part[0].isupper()

    def _body(self, part: str) -> bool:
        words = part.split()
        if not 1 <= len(words) <= 6 or not part[0].isupper() and part.casefold() not in self.words.bodies:
            return False
        if any(word[0].islower() and word.casefold() not in self.words.bodies and word not in BODY_WORDS for word in words):
            return False
        return any(words[at].casefold().strip(".,") in self.words.bodies for at in {0, len(words) - 1})

    def _after(self, part: str) -> bool:
        return bool(re.search(r"\s(?:nuotr\.?|nuotrauka|felvétele|kuva|cung cấp)$", part)) or part == "nuotr."

    def _believable(self, text: str) -> bool:
        """A credit that a label announced, but whose names we do not know: short, and no sentence."""
        words = text.split()
        if len(words) > 9 or re.search(r"[!?;:…]", text):
            return False
        if caseless(text[0]):
            return len(text) <= 60
        small = [word for word in words if word[0].islower() and word.casefold() not in NAME_PARTICLES and word.casefold() not in self.words.particles]
        return text[0].isupper() and len(small) <= 2 and len(small) < len(words) - 0 or text[0].islower() and len(words) <= 2
