"""Tags on a line of their own: "TT", "(Quelle: APA/dpa)", "By AFP", "REUTER", "dpa-infocom, dpa:240905-99-1234/5"."""

from __future__ import annotations

import re

from cleaner.tags.found import LoneTag, Named
from cleaner.tags.times import Times
from cleaner.tags.words import BRACKETS, COPYRIGHT, MIXED, Words

DESK = re.compile(r"[a-z]{2,3}(?:/[a-z]{2,3}){2,4}|[a-z]{2,3}(?:-[a-z]{2,3}){3,4}")
END_MARK = re.compile(r"N{4}|ZCZC(?:\s+[A-Z]{2,8})?|\(END\)|={2,}\s?\w+|-+\s?(?:ENDS?|Ends?|Ende|FIN|Fim)\s?-+")
DPA_NUMBER = re.compile(r"(?:©|\(c\))?\s*(?P<name>dpa-infocom|dpa(?:-AFX|-tmn)?),?\s+dpa(?:-AFX|-tmn)?:\d{6}-\S+", re.IGNORECASE)
AP_STAMP = re.compile(r"(?P<name>AP)-(?:WF|NY|ES|CS|WS|PF)-\d\d-\d\d-\d\d\s+\d{4}(?:GMT|E[SD]T)<?")
SIGN_OFF = re.compile(r"(?P<name>[^\W\d_]{2,12})(?:\s+(?P<rest>[a-z]{2,4}(?:\s+\w{2,4}){0,3}|[A-Z]{2,8}(?:\s[a-z]{2,3})?)|/(?P<end>Fim|Fin|Ende|End|Slut))")
INITIALS_AFTER = re.compile(r"[b-df-hj-np-tv-z]{2,3}|[a-z]{2}|(?:\w{2,4}\s+){2,3}\w{2,4}")
COMMON = frozenset({
    "al", "am", "an", "and", "as", "at", "au", "av", "by", "da", "de", "di", "do", "du", "el", "en", "er", "es", "et", "he", "if", "il", "im", "in",
    "is", "it", "ja", "la", "le", "me", "my", "no", "of", "og", "om", "on", "or", "på", "se", "so", "the", "to", "un", "up", "us", "via", "we", "zu",
})


class LoneTags:
    """Lines that are nothing but a tag."""

    def __init__(self, words: Words, times: Times) -> None:
        self.facts = words.facts
        self.words = words
        self.times = times

    def read(self, line: str, language: str | None) -> LoneTag | None:
        """The tag that the whole line is, or None."""
        if len(line) > 120:
            return None
        text = line.strip()
        if not text:
            return None
        inner, offset = (text, 0) if text[0].isalnum() else _unwrapped(text)
        if not inner or not (self.words.opens_tag(inner.lstrip(", ")) or text[0] in "=©ⓒ" or inner[0] in "©ⓒ(（") or "\n" in text:
            return None
        at = line.index(text)
        if text in self.facts.all_forms and (found := self._plain(line, text, at, None, language)):
            return found
        if sign := self._sign_off(line, text, language):
            return sign
        if offset == 0:
            inner, offset = _unwrapped(text)
        return self._labelled(line, inner, at + offset, inner != text, language)

    def _labelled(self, line: str, inner: str, start: int, wrapped: bool, language: str | None) -> LoneTag | None:
        """Agencies by themselves, after a copyright sign, or after a source label or a byline word."""
        if opened := COPYRIGHT.match(inner):
            inner, start, wrapped = inner[opened.end() :], start + opened.end(), True
            if not inner:
                return None
            names = self.facts.agencies(inner.rstrip("."), language)
            return LoneTag(tuple(self.words.named(line, names, start)), "line", None, False, None) if names else None
        if found := self._plain(line, inner, start, None, language, wrapped=wrapped):
            return found
        if labelled := self.words.source_label(inner):
            body = inner[labelled.end() :].strip(" .")
            if found := self._plain(line, body, line.find(body, start), (labelled["label"] or labelled["with"]).strip(), language, wrapped=True):
                return found
        return self._byline_tag(line, inner, start, language)

    def _plain(self, line: str, text: str, start: int, label: str | None, language: str | None, wrapped: bool = False) -> LoneTag | None:
        names = self.facts.agencies(text, language)
        if names is None:
            if label and "," in text or label and "/" in text:
                names = self.words.with_outlets(text, language)
            if names is None:
                if text.casefold() in self.words.unnamed:
                    return LoneTag((Named(text, start, start + len(text), None),), "line", label, False, None)
                return None
        ambiguous = len(names) == 1 and not wrapped and names[0][1] is not None and names[0][1].ambiguity == "high"
        return LoneTag(tuple(self.words.named(line, names, start)), "line", label, ambiguous, None)

    def _sign_off(self, line: str, text: str, language: str | None) -> LoneTag | None:
        last = text[-1]
        if DESK.fullmatch(text) and not self.facts.agencies(text, language) or END_MARK.fullmatch(text):
            bare = text.strip("=- ")
            agency = self.facts.agency(bare, language)
            start = line.index(bare) if bare else 0
            names = (Named(bare, start, start + len(bare), agency),) if agency else ()
            return LoneTag(names, "sign-off", None, False, None)
        if last.isdigit() or last in "T<":
            if found := DPA_NUMBER.fullmatch(text) or AP_STAMP.fullmatch(text):
                name = found["name"]
                start = line.index(name)
                return LoneTag((Named(name, start, start + len(name), self.facts.agency(name, language)),), "sign-off", None, False, None)
        if len(text) <= 32 and (found := SIGN_OFF.fullmatch(text)):
            agency = self.facts.agency(found["name"], language)
            rest = found["rest"] or ""
            desk = rest.isupper() and found["name"] == "AAP" or bool(INITIALS_AFTER.fullmatch(rest)) and rest not in COMMON
            if agency and (found["end"] or desk and (found["name"].isupper() or agency.ambiguity != "high")):
                start = line.index(found["name"])
                return LoneTag((Named(found["name"], start, start + len(found["name"]), agency),), "sign-off", None, False, None)
        return None

    def _byline_tag(self, line: str, text: str, start: int, language: str | None) -> LoneTag | None:
        opened = self.words.by(text)
        if not opened:
            return None
        name = text[opened.end() :].strip()
        published = None
        cut = re.search(r"\s*[|•·,–—-]?\s*(?=\d)|\s+[|•·–—-]\s+", name)
        if cut and self.times.timestamp(name[cut.end() :], language):
            name, published = name[: cut.start()].strip(" ,|•·"), name[cut.end() :].strip()
        if not name or len(name) > 80:
            return None
        names = self.facts.agencies(name, language)
        if names is None and (mixed := MIXED.search(name)):
            names = self.facts.agencies(mixed["names"], language)
        if names is None:
            return None
        at = line.find(name, start)
        return LoneTag(tuple(self.words.named(line, names, at)), "byline", opened[0].strip(" :"), False, published)


def _unwrapped(text: str) -> tuple[str, int]:
    """A tag without its dashes and brackets, and where it starts."""
    start, end = 0, len(text)
    for _ in range(3):
        while start < end and text[start] in "-–—=_•·* \t":
            start += 1
        while start < end and text[end - 1] in "-–— \t":
            end -= 1
        if end - start >= 2 and text[start] in BRACKETS and text[end - 1] == BRACKETS[text[start]]:
            start, end = start + 1, end - 1
        elif end - start >= 3 and text[start] in BRACKETS and text[end - 1] in ".。" and text[end - 2] == BRACKETS[text[start]]:
            start, end = start + 1, end - 2
        else:
            break
    if end - start >= 2 and text[start] == "/" and "/" not in text[start + 1 : end] or text[start:end].startswith("/"):
        start += 1
    return text[start:end], start
