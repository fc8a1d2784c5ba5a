"""Who reported and edited, and the notices under a story, as paragraphs of their own or at a paragraph's end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.tags.found import Named, ReportingCredit
from cleaner.tags.lone import LoneTags
from cleaner.tags.words import COPYRIGHT, SENTENCE_END, Words

REPORTING = re.compile(
    r"[(\[]?\s*(?:(?:Additional |Further )?[Rr]eporting by|(?:Additional )?[Ww]riting by|Written by|Compiled by"
    r"|Edited by|Editing by|Additional reporting)\b[^\n]{3,400}$"
)
REPORTERS = re.compile(r"(?:[Rr]eporting|[Ww]riting|Written|Compiled) by\s+(?P<names>[^;.()]+(?:\.(?=\s?[A-Z]\w)[^;.()]*)*)")
EDITORS = re.compile(r"(?:[Ee]dited|[Ee]diting) by\s+(?P<names>[^;.()]+)")
CONTRIBUTED = re.compile(
    r"(?:The\s+)?(?P<agency>[\w' -]{2,40}?)\s+(?:staff\s+|sports\s+|business\s+)?(?:writers?|reporters?|journalists?"
    r"|correspondents?)\s+(?P<names>[^.]{3,120}?)\s+contributed(?:\s+to\s+this\s+(?:report|story|article))?[^.]{0,60}\.?$"
)
NOTICES = re.compile(
    r"(?:Our Standards:.{0,80}"
    r"|\(?[Tt]his (?:story|article|report) (?:has been|has not been|was|is) (?:published|edited|generated|auto-generated|created|sourced|syndicated)\b.{0,160}"
    r"|(?:©|\([cC]\)|[Cc]opyright)\s*(?:©|\([cC]\))?\s*\d{4}\b.{0,300}"
    r"|<?저작권자\s*[(（]?[cCⓒ©]?[)）]?.{2,80}"
    r"|\(?[Ww]ith (?:agency|agencies|wire) ?(?:inputs?)?\)?"
    r"|Diese Meldung ist Teil .{0,120}\(dpa\).{0,20})$",
    re.DOTALL,
)
PROSE_CREDIT = re.compile(
    r"(?:Det (?:skriver|oplyser|rapporterar|rapporterer|melder|uppger)|Dette skriver|Das (?:meldet|berichtet) die)\s+(?:nyhedsbureauet\s+"
    r"|nyhetsbyrån\s+|nyhetsbyrået\s+|Nachrichtenagentur\s+)?(?P<name>[^.]{2,40})\.?$"
)
OPENING_SIGNS = " -–—[/（"
STAFF = re.compile(r"^\s*(?:Pewarta|Reporter|Editor|Penulis|Copyright|Uploader|Pewarta\s*:)\b", re.MULTILINE)
STAFF_LINE = re.compile(r"(?P<label>Pewarta|Reporter|Penulis|Editor|Uploader|Redaktur)\s*:\s*(?P<names>[^\n]{2,80})")
REPORTING_NEAR = ("porting by", "riting by", "ritten by", "diting by", "dited by", "ompiled by")
NOTICE_STARTS = (
    "Our Standards", "This ", "(This ", "this ", "(this ",
    "©", "(c)", "(C)", "Copyright", "copyright", "저작권", "<저작권", "With ", "(With ", "with ", "(with ",
    "Pewarta", "Reporter", "Editor", "Penulis", "Det ", "Dette ", "Das ", "Diese ",
)


class Reporting:
    """Who reported, edited or supplied a story."""

    def __init__(self, words: Words, lone: LoneTags) -> None:
        self.facts = words.facts
        self.words = words
        self.lone = lone

    def read(self, paragraph: str, language: str | None) -> ReportingCredit | None:
        """The paragraph, or its end, that says who reported, edited or supplied the copy."""
        near = paragraph if len(paragraph) <= 600 else paragraph[-300:]
        if not (" by " in near and any(word in near for word in REPORTING_NEAR)) and "contributed" not in near and not paragraph.startswith(NOTICE_STARTS):
            return self._source_credit(paragraph, language) if len(paragraph) <= 100 else None
        if len(paragraph) > 600 and "by" not in near:
            return None
        text = paragraph.rstrip()
        if found := REPORTING.search(text, max(0, len(text) - 400)):
            return self._reported(text, found.start(), language)
        if found := CONTRIBUTED.fullmatch(text):
            names = self.facts.agencies(found["agency"], language)
            if names:
                return ReportingCredit(0, text, tuple(_people(found["names"])), (), tuple(self.words.named(text, names, 0)))
        if STAFF.match(text) and (staff := self._staff(text, language)):
            return staff
        if found := PROSE_CREDIT.fullmatch(text):
            names = self.facts.agencies(found["name"].strip(), language)
            if names:
                return ReportingCredit(len(paragraph), "", (), (), tuple(self.words.named(text, names, found.start("name"))))
        if NOTICES.fullmatch(text):
            return ReportingCredit(0, text, (), (), tuple(self._within(text, language)))
        return self._source_credit(text, language)

    def _reported(self, text: str, start: int, language: str | None) -> ReportingCredit | None:
        """"(Reporting by ...; Editing by ...)" behind the last sentence or by itself. With editors it is how Reuters signs."""
        before = text[:start].rstrip()
        if before and not (text[start] in "([" and before[-1] in SENTENCE_END):
            return None
        raw = text[start:]
        reporters = tuple(name for some in REPORTERS.finditer(raw) for name in _people(some["names"]))
        editors = tuple(name for some in EDITORS.finditer(raw) for name in _people(some["names"]))
        reuters = self.facts.agency("Reuters", language) if raw[0] == "(" and editors or ";" in raw else None
        return ReportingCredit(start, raw, reporters, editors, (Named("Reuters", start, start, reuters),) if reuters else ())

    def _staff(self, text: str, language: str | None) -> ReportingCredit | None:
        reporters: list[str] = []
        editors: list[str] = []
        for line in text.split("\n"):
            if found := STAFF_LINE.match(line.strip()):
                (editors if found["label"] in ("Editor", "Redaktur", "Uploader") else reporters).extend(_people(found["names"]))
            elif not COPYRIGHT.match(line.strip()):
                return None
        if not reporters and not editors:
            return None
        names = tuple(self._within(text, language)) if COPYRIGHT.search(text) else ()
        return ReportingCredit(0, text, tuple(reporters), tuple(editors), names)

    def _within(self, text: str, language: str | None) -> Iterator[Named]:
        """Sure forms inside a notice that no body copy would hold."""
        at = 0
        for word in re.finditer(r"[^\W\d_][\w-]*(?:\s[A-Z][\w-]*){0,3}", text):
            if word.start() < at:
                continue
            whole = word[0].split()
            for size in range(len(whole), 0, -1):
                for skip in range(len(whole) - size + 1):
                    form = " ".join(whole[skip : skip + size])
                    agency = self.facts.agency(form, language)
                    if agency:
                        start = text.index(form, word.start())
                        at = word.end()
                        yield Named(form, start, start + len(form), agency)
                        break
                else:
                    continue
                break

    def _source_credit(self, text: str, language: str | None) -> ReportingCredit | None:
        """"Source: Xinhua", "(With inputs from PTI and ANI)" as a paragraph of its own."""
        tag = self.lone.read(text, language) if text.lstrip()[:1] in ("©", "(") or self.words.source_label(text.lstrip(OPENING_SIGNS)) else None
        if tag and (tag.label or text.strip()[:1] in "©(") and tag.where == "line":
            return ReportingCredit(0, text.strip(), (), (), tag.agencies)
        return None


def _people(names: str) -> list[str]:
    """The names of a reporting credit, without their places: "Jane Doe in Lima and Li Wei"."""
    people = []
    for part in re.split(r",\s*|\s+and\s+|\s*;\s*|\s+&\s+|\s+dan\s+", names.strip(" .)(")):
        name = re.sub(r"\s+(?:in|at|from)\s+.*$", "", part).strip()
        if name and name[0].isupper() and len(name) <= 60:
            people.append(name)
    return people
