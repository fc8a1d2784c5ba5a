"""The parts of a picture credit: photographers, agencies, and marks such as file or pool."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from cleaner.tags.words import DIGIT, NAME_PARTICLES, REMEMBERED, Words, caseless

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
EAST_AFTER = re.compile(r"(?P<who>[^\s（）()。、]{1,20})\s*(?P<how>撮影|提供|摄|攝|供图|供圖|写真|发|發)")
KO_AFTER = re.compile(r"(?P<who>[가-힣A-Za-z0-9·\s]{1,20}?)\s*(?P<how>선임기자|사진기자|기자|특파원|제공)")
BODY_WORDS = frozenset({"of", "the", "for", "and", "de", "del", "la", "der", "für", "des", "du", "von", "i", "og", "och", "und", "et", "y", "da", "do"})
PICTURE_CODE = re.compile(r"(?:[Kk]ode?\s?)?\d{2,8}")
GIVEN = ("Cedida", "Cortes", "Courtesy", "Dok.", "Dok ", "Foto cedida")
SENTENCES = re.compile(r"(?<=[^\W\d_]{3})[.]\s+(?=[A-Z])")
ABBREVIATED = re.compile(r"\b\w{1,4}\.$")
JOINED = re.compile(r"^(?:and|und|och|og|y|et|e)\s+")
AFTER_NAME = re.compile(r"\s(?:nuotr\.?|nuotrauka|felvétele|kuva|cung cấp)$|^nuotr\.$")
OWN_LABEL = re.compile(r"\s*(?:nuotr|nuotrauka|felvétele|kuva)\.?$")
SPACED = re.compile(r"[\s.。！？]")
ABOUT_PICTURE = re.compile(r"^Gambar\s|\s*(?:[Pp]hotos?|PHOTO|Foto|FOTO|[Pp]ic|Images?|Video|via|nuotr\.?)$")
# A town and its state in postal letters, of which "PA" and "MA" are agencies too; an agency with a photographer has no comma more.
IN_STATE = re.compile(r"(?:^[A-Z][\w.'-]+|, [A-Z][\w .'-]+), (?:PA|MA|CA|LA|ND|MT|SD)$")
SIDE_BY_SIDE = re.compile(r"(?<=[^\W\d_])[\s-](?=[^\W\d_])")  # between an agency and a mark: "PTI File Photo", "dpa-Archiv"
EAST_NAME = 8  # characters of Chinese, Japanese or Korean beyond which what no list names is the words of a caption
UNKNOWN = re.compile(r"[^\W\d_][\w.&’'-]*(?:\s[^\W\d_][\w.&’'-]*)?")


class Credit(NamedTuple):
    """What a credit names, and how sure it is to be one."""

    photographer: tuple[str, ...]
    agencies: tuple[str, ...]
    marks: tuple[str, ...]
    named: bool  # an agency or a word that only credits hold
    persons: bool  # every part is known: agencies, names, marks


@dataclass(slots=True)
class _Seen:
    """What the parts of a credit were, as far as it is read; ``strange`` counts the unknown ones."""

    people: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    named: bool = False
    known: bool = False
    strange: int = 0


class Credits:
    """Whether a text is a picture credit, and whom it names."""

    def __init__(self, words: Words) -> None:
        self.facts = words.facts
        self.words = words
        self._kept = lru_cache(REMEMBERED)(self._parse)

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
        if agency or how in "发發":  # "新华社发": issued by an agency, or said of anything
            return Credit((), (agency.code,), (), True, True) if agency else None
        if len(who) > 6 or how == "기자" and not re.fullmatch("[가-힣]{2,4}", who):
            return None
        return Credit((who,), (), (), True, True)

    def parse(self, text: str, language: str | None, trusted: bool) -> Credit | None:
        """The parts of a credit, or None when the text cannot be one. ``trusted``: a label, © or bracket announced it."""
        return self._kept(text, language, trusted) if 0 < len(text) <= 140 else None

    def _parse(self, text: str, language: str | None, trusted: bool) -> Credit | None:
        if " | " in text:
            several = self._several(text.split(" | "), language, trusted)
            if several or not trusted:
                return several
        if east := self.eastern(text, language):
            return east
        if ". " in text:
            sentences = SENTENCES.split(text.rstrip("."))
            if len(sentences) > 1:
                return self._several(sentences, language, trusted)
        return self._one(text, language, trusted)

    def _several(self, texts: list[str], language: str | None, trusted: bool) -> Credit | None:
        """Credits that stand side by side are one when each of them is one."""
        some = [part for text in texts if (part := self.parse(text, language, trusted))]
        if len(some) < len(texts):
            return None
        return Credit(
            _once(name for part in some for name in part.photographer),
            _once(code for part in some for code in part.agencies),
            _once(mark for part in some for mark in part.marks),
            any(part.named for part in some),
            all(part.persons for part in some),
        )

    def _one(self, text: str, language: str | None, trusted: bool) -> Credit | None:
        if not trusted and IN_STATE.search(text):
            return None  # "PPL Center, Allentown, PA" is a place, and no agency's picture
        seen = _Seen()
        opened = self.words.credit_label(text)
        if opened:
            if "illustration" in opened[0].casefold():
                seen.marks.append("illustration")
            text, trusted, seen.named = text[opened.end() :], True, True
        if whole := self.words.marks.get(text.strip(" .").casefold()):
            return Credit((), self._codes(text, language), (whole,) if whole != "other" else (), True, True)
        for raw in PART.split(text):
            part = YEAR.sub("", raw.strip(" .:–—-") if raw.strip(" .") != "D.R" else raw)
            if raw.strip().endswith(".") and ABBREVIATED.search(raw.strip()):
                part = raw.strip()
            if part and part not in ("-", "–", "—") and not self._take(part, language, trusted, seen):
                return None
        if text.startswith(GIVEN):
            seen.named = seen.known = True
            seen.strange = 0
            if text.startswith(("Cedida", "Dok")):
                seen.people.clear()
        if not self._holds(text, trusted, seen):
            return None
        sure = not seen.strange or bool(seen.agencies) or opened is not None
        return Credit(_once(seen.people), _once(seen.agencies), _once(seen.marks), seen.named, sure)

    def _take(self, part: str, language: str | None, trusted: bool, seen: _Seen) -> bool:
        """Notes what a part of a credit is; False when with this part the text cannot be a credit."""
        if codes := self._codes(part, language):
            seen.agencies += codes
            seen.named = seen.known = True
            return True
        folded = part.casefold()
        if marked := self._marked(part, language):
            seen.agencies += marked[0]
            seen.marks += marked[1]
            seen.named = seen.known = True
            return True
        if mark := self.words.marks.get(folded) or self.words.marks.get(folded.rstrip(".")):
            seen.named = seen.known = True
            if mark != "other":
                seen.marks.append(mark)
            return True
        if folded.rstrip(".") in POSITIONS or PICTURE_CODE.fullmatch(part) or part in self.words.outlets:
            seen.known = True
            return True
        return self._take_unlisted(part, trusted, seen)

    def _marked(self, part: str, language: str | None) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """An agency and what the credit says of its picture, side by side: "PTI File Photo", "연합뉴스 자료사진"."""
        for cut in SIDE_BY_SIDE.finditer(part):
            mark = self.words.marks.get(part[cut.end() :].strip(".").casefold())
            if mark and (codes := self._codes(part[: cut.start()], language)):
                return codes, (mark,) if mark != "other" else ()
        return None

    def _take_unlisted(self, part: str, trusted: bool, seen: _Seen) -> bool:
        """Notes a part that no list names: people, a body, or something strange."""
        bare = JOINED.sub("", part)
        people = [name for name in AND.split(bare) if name]
        if all(self._person(name, trusted) for name in people):
            if not seen.people or bare != part:
                seen.people += people
            seen.known = True
        elif self._body(part):
            seen.known = True
            seen.named = seen.named or " " in part
        elif AFTER_NAME.search(part):
            seen.known = seen.named = True
            who = OWN_LABEL.sub("", part)
            if who and self._person(who, True) and not seen.people:
                seen.people.append(who)
        else:
            seen.strange += 1
            east = part[0] >= "\u2e80" and len(part) > EAST_NAME
            return trusted or bool(part[0].isupper() and UNKNOWN.fullmatch(part) or caseless(part) and not SPACED.search(part) and not east)
        return True

    def _holds(self, text: str, trusted: bool, seen: _Seen) -> bool:
        """Whether the parts together make a credit, though not all of them are known."""
        if seen.strange and trusted and not self._believable(text):
            return False
        if seen.strange and not trusted:
            one_word = " " not in text.strip(" .").rpartition(",")[2].strip()
            if seen.strange > 1 or not seen.agencies and not (seen.people and one_word):
                return False
        return seen.known or trusted

    def _codes(self, part: str, language: str | None) -> tuple[str, ...]:
        names = self.facts.agencies(part, language)
        if names is None and (short := ABOUT_PICTURE.sub("", part)) != part and short:
            names = self.facts.agencies(short, language)
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

    def _believable(self, text: str) -> bool:
        """A credit that a label announced, but whose names we do not know: short, and no sentence."""
        text = text.lstrip("-–—/ ")  # "–/Norrvik Werft/dpa": no photographer is named
        words = text.split()
        if not words or len(words) > 9 or re.search(r"[!?;:…]", text):
            return False
        if caseless(text[0]):
            return len(text) <= 60
        small = [word for word in words if word[0].islower() and word.casefold() not in NAME_PARTICLES and word.casefold() not in self.words.particles]
        return text[0].isupper() and len(small) <= 2 and len(small) < len(words) or text[0].islower() and len(words) <= 2


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
