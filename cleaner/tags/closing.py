"""Agency credits that close a paragraph: "(dpa)", "/TT", "– Reuters"."""

from __future__ import annotations

import re

from cleaner.facts import Agency
from cleaner.tags.found import EndCredit
from cleaner.tags.places import Places
from cleaner.tags.words import CLOSERS, COPYRIGHT, SENTENCE_END, Words, caseless

DESK_INITIALS = re.compile(r"[A-Za-z]{2,3}(?:/[A-Za-z]{2,3}){1,3}")
CLOSING_CUT = re.compile(
    r"(?<=[.!?…。！？।؟۔\"”’»)])\s*(?:[-–—/]{1,2}\s*)?(?=\S)|\s+[-–—]{1,2}\s*(?=\S)|\s*/(?=\S)|^(?=\S)"
    r"|\s+(?=(?:avec|mit|with|med|con|met|com)\s)"
)


class Closings:
    """Agencies behind the last sentence of a paragraph: in a bracket, behind a dash or a slash, or bare."""

    def __init__(self, words: Words, places: Places) -> None:
        self.facts = words.facts
        self.words = words
        self.places = places

    def read(self, paragraph: str, language: str | None) -> EndCredit | None:
        """The agency credit that closes a paragraph, or None."""
        tail = paragraph[-90:].rstrip()
        if len(tail) < 5:
            return None
        shift = max(0, len(paragraph) - 90)
        last = tail[-1]
        if last in CLOSERS:
            return self._bracket_credit(paragraph, tail, len(tail) - 1, shift, language)
        if not last.isalpha():
            return self._bracket_credit(paragraph, tail, len(tail) - 2, shift, language) if last == "." and tail[-2] in ")）/" else None
        last_word = word = tail.rsplit(None, 1)[-1]
        if not word.isalpha():
            word = re.split(r"[/–—-]", word)[-1]
        if word in self.facts.last_words:
            return self._bare_credit(paragraph, tail, shift, language)
        if "/" in last_word and last.islower() and DESK_INITIALS.fullmatch(last_word):
            before = tail[: -len(last_word)].rstrip()
            if before and before[-1] in CLOSERS:
                found = self._bracket_credit(paragraph, before, len(before) - 1, shift, language)
                return found._replace(raw=paragraph[found.start :].rstrip()) if found else None
        return None

    def _bracket_credit(self, paragraph: str, tail: str, close: int, shift: int, language: str | None) -> EndCredit | None:
        open_ = tail.rfind(CLOSERS[tail[close]], 0, close)
        if open_ < 0:
            return None
        inside = tail[open_ + 1 : close].strip()
        before = tail[:open_].rstrip()
        names = self._credited(inside, language)
        if not names:
            return None
        ended = not before or before[-1] in SENTENCE_END or caseless(before[-1])
        if tail[close] == "/" and (tail[open_ - 1 : open_].isalnum() or not ended):
            return None
        if not ended and (self.places.spells(before[-60:], inside) or len(names) == 1 and names[0][1] is not None and names[0][1].ambiguity == "high"):
            return None
        start = shift + open_
        return EndCredit(start, paragraph[start:].rstrip(), tuple(self.words.named(paragraph, names, start)))

    def _credited(self, inside: str, language: str | None) -> list[tuple[str, Agency | None]] | None:
        """The names in a closing bracket: agencies, with a label or a "with" before them."""
        if opened := COPYRIGHT.match(inside):
            inside = inside[opened.end() :]
        names = self.facts.agencies(inside, language)
        if names is None and (labelled := self.words.source_label(inside)):
            body = inside[labelled.end() :].strip()
            names = self.facts.agencies(body, language) or self.words.with_outlets(body, language)
        return names

    def _bare_credit(self, paragraph: str, tail: str, shift: int, language: str | None) -> EndCredit | None:
        for cut in CLOSING_CUT.finditer(tail):
            if len(tail) - cut.end() > 60:
                continue
            raw = tail[cut.end() :]
            names = self._credited(raw, language)
            if not names:
                continue
            before = tail[: cut.start()].rstrip()
            joint = tail[cut.start() : cut.end()].strip()
            labelled = bool(self.words.source_label(raw))
            if not before and shift == 0 and not labelled:
                return None
            high = len(names) == 1 and names[0][1] is not None and names[0][1].ambiguity == "high"
            ended = bool(before) and before[-1] in SENTENCE_END
            if not ended and not labelled and (high or joint in ("", "/")) or self.words.label_before.search(before):
                continue
            if labelled and not ended and before and (shift or not self.places.place(before, language)):
                continue  # "Le Monde avec AFP", but not "Han snakket med NTB"
            start = shift + cut.start() + (len(tail[cut.start() : cut.end()]) - len(tail[cut.start() : cut.end()].lstrip()))
            return EndCredit(start, paragraph[start:].rstrip(), tuple(self.words.named(paragraph, names, start)))
        return None
