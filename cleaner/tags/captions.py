"""Captions taken apart: the words, what stands in front of them, and the credit, in its bracket, behind its label or behind a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.tags.credits import PART, Credit, Credits
from cleaner.tags.found import CaptionParts
from cleaner.tags.places import Places
from cleaner.tags.words import CLOSERS, COPYRIGHT, SENTENCE_END, Words, caseless

GALLERY = re.compile(r"\s*\d{1,3}\s?of\s?\d{1,3}(?=\D)\s*")
SHORT_NAME = re.compile(r"[^\W\d_a-z][\w.&’'-]*(?:\s[^\W\d_a-z][\w.&’'-]*)?")
LITHUANIAN = re.compile(r"(?P<text>.+?)\s*/\s+(?P<credit>[^/]{2,40}\s/\s[^/]{2,40}\snuotr\.?)\s*")
GLUED_CREDITS = ("Reuters", "REUTERS", "AFP", "Getty Images", "PTI", "ANI", "IANS", "EPA", "AP", "EFE")
EAST_ENDS = ("撮影", "提供", "摄", "攝", "供图", "供圖", "기자", "제공", "社", "記者", "记者", "特派員")
CREDIT_JOINT = re.compile(r"\s*(?:[:：＝=／/]|\s=)\s*")
LABEL_WORDS = re.compile(r"[^\s.。!?！？(（\[|,;”\"»•·–—-][^\s.。!?！？(（\[|,;”\"»•·]*(?:\s[^\s.。!?！？(（\[|,;”\"»•·]+){0,2}\.?$")
CREDIT_CHARS = re.compile(r"[:：©ⓒ(（\[【=＝|/／–—]")
CREDIT_WORDS = re.compile(r"[PFfC](?:hoto|oto\s|ot\.\s|edid|ortes|ourtesy)")
PICTURE_SIGNS = re.compile(r"[©ⓒ|＝=／/Ｃ]")
LABEL_SIGNS = re.compile(r"[:：=＝／]")
BY_WORDS = (" by ", "ourtesy", " via ", "Foto ", "foto ", "Photo de", "Dok", "Cedid", "cedid", "Cort", "Per gentile")
SHORT_END = re.compile(r"\b\w{1,3}\.$")
PICTURE_JOINT = re.compile(
    r"\s*(?:[-–—|]\s*)?(?=©|ⓒ|\([cC]\)\s|（[ＣC]）)|\s+[-–—]{1,2}\s+|\s*\|\s*|\s*[＝]\s*"
    r"|(?<=[.!?…”\"])\s*[-–—=]\s*(?=[^\s/])|(?<=[.!?])\s*/\s*(?=[^\s/])"
)
SENTENCE_CUT = re.compile(r"(?:(?<=[!?…।”\"’»)])|(?<=[^\W\d_]{3}\.)|(?<=[가-힣]\.)|(?<=\d\.)|(?<=[。！？]))\s*(?=\S)")


class Captions:
    def __init__(self, words: Words, places: Places, credits: Credits) -> None:
        self.facts = words.facts
        self.words = words
        self.places = places
        self.credits = credits

    def read(self, line: str, language: str | None) -> CaptionParts:
        """A caption taken apart into its words, what stands in front of them, and its credit."""
        end = len(line.rstrip())
        start = len(line) - len(line.lstrip()) if end else 0
        if not self._maybe_credit(line, start, end):
            return CaptionParts(start, end, None, end, end, None, start, start, (), (), ())
        marks: list[str] = []
        label, label_end = None, start
        if gallery := GALLERY.match(line, start):
            marks.append("gallery")
            label, label_end = line[start : gallery.end()].strip(), gallery.end()
        if front := self.words.front.match(line, label_end, min(end, label_end + 60)):
            kind = "file" if front["file"] else "label"
            if kind == "file" or not front["maybe"]:
                marks.append(kind)
                label, label_end = line[start : front.end()].strip(), front.end()
        label_start = start
        text_start = label_end
        stop = end
        if toggle := self.words.toggle.search(line, max(text_start, end - 60), end):
            stop = toggle.start()
        found = self._find_credit(line, text_start, stop, language)
        if found is None and label is None and (front := self.words.front.match(line, text_start, min(end, text_start + 60))) and front["maybe"]:
            marks.append("label")
            label, label_end = line[start : front.end()].strip(), front.end()
            text_start = label_end
            found = self._find_credit(line, text_start, stop, language)
        if found is None:
            return CaptionParts(text_start, stop, None, stop, max(stop, end), label, label_start, label_end, (), (), tuple(dict.fromkeys(marks)))
        text_end, credit_start, credit, parts = found
        marks += parts.marks
        while marked := self.words.closing_mark.search(line, text_start, text_end):  # "... Arkivbild. Foto: X"
            kinds = self.words.marks.get(marked["mark"].casefold())
            if not kinds or kinds not in ("file", "generic", "pool", "illustration"):
                break
            marks.append(kinds)
            text_end = credit_start = marked.start()
            while text_end > text_start and line[text_end - 1].isspace():
                text_end -= 1
        if text_end <= text_start and label is None:
            text_start = text_end = credit_start
        return CaptionParts(
            text_start, text_end, credit, credit_start, end, label, label_start, label_end, parts.photographer, parts.agencies, tuple(dict.fromkeys(marks))
        )

    def _maybe_credit(self, line: str, start: int, end: int) -> bool:
        """A cheap look: does the line open as only labels do, or end as only credits do?"""
        if end - start < 2:
            return False
        opening = line[start : start + 24].casefold()
        if "0" <= opening[0] <= "9" and GALLERY.match(line, start) or opening[:3] in self.words.opening_letters and opening.startswith(self.words.openings):
            return True
        at = max(start, end - 140)
        if line[end - 1] in ")）]】>" or line[end - 1] in ".。" and line[end - 2] in ")）]】" or PICTURE_SIGNS.search(line, max(start, end - 60), end):
            return True
        tail = line[at:end]
        if CREDIT_WORDS.search(tail):
            return True
        return self._ends_as_credit(tail) or (" by " in tail or bool(LABEL_SIGNS.search(tail))) and next(self._labels_in(line, at, end), None) is not None

    def _ends_as_credit(self, text: str) -> bool:
        last = text.rstrip(".。").rsplit(None, 1)[-1:]
        if not last:
            return False
        return self._is_last(last[0])

    def _is_last(self, last: str) -> bool:
        return last.casefold() in self.words.closings or last.endswith(GLUED_CREDITS) or not last.isascii() and last.endswith(EAST_ENDS)

    def print_caption(self, text: str, credit: str | None) -> str:
        """A caption as one line that `caption` reads back into the same text and credit."""
        if not credit:
            return text
        plain = f"{text} ({credit})" if text else credit
        parts = self.read(plain, None)
        if parts.credit == credit and plain[parts.text_start : parts.text_end] == text and parts.label is None:
            return plain
        return f"{text} (Foto: {credit})" if text else f"Foto: {credit}"

    def is_credit_line(self, line: str, language: str | None) -> bool:
        """Whether the line is only a picture credit."""
        if len(line) > 120:
            return False
        line = line.strip()
        if not line or line[0].islower() and "/" not in line and line.split()[0] not in self.words.first_words and line[:4] != "fot.":
            return False
        opened = line[0] in "(（[【<©ⓒ" or line[-1] in ")）" or PICTURE_SIGNS.search(line) or LABEL_SIGNS.search(line[:40]) or " by " in line
        if not opened and not line[:24].casefold().startswith(self.words.openings) and not self._ends_as_credit(line):
            return False
        if line[-1] in ".!?" and len(line) > 60 and "/" not in line:
            return False
        parts = self.read(line, language)
        return parts.credit is not None and parts.text_end <= parts.text_start and not (parts.label and "label" in parts.marks)

    def _find_credit(self, line: str, start: int, end: int, language: str | None) -> tuple[int, int, str, Credit] | None:
        """Text end, credit start, credit and its parts."""
        if end <= start:
            return None
        if line.endswith(("nuotr.", "nuotr"), start, end) and (lt := LITHUANIAN.fullmatch(line, max(start, end - 300), end)):
            credit = lt["credit"]
            return lt.end("text"), lt.end("text"), credit, self.credits.parse(credit, language, trusted=True) or Credit((), (), (), True, True)
        if found := self._in_bracket(line, start, end, language) or self._after_label(line, start, end, language):
            return found
        joined, closing = self._after_joint(line, start, end, language), self._after_sentence(line, start, end, language)
        if joined and closing and closing[1] < joined[1] and line[closing[1]].isalnum() and not COPYRIGHT.match(joined[2]):
            return closing  # "... Jane Roe | Reuters": the bar stands inside the credit
        return joined or closing

    def _in_bracket(self, line: str, start: int, end: int, language: str | None) -> tuple[int, int, str, Credit] | None:
        close = end - 1
        if line[close] in ".。" and close > start and line[close - 1] in ")）]】":
            close -= 1
        if line[close] not in ")）]】>":
            return None
        open_ = _opening(line, close, start)
        if open_ < 0 or close - open_ > 160:
            return None
        if COPYRIGHT.fullmatch(line[open_ : close + 1]):
            return None
        inside = line[open_ + 1 : close].strip()
        text_end = len(line[start:open_].rstrip()) + start
        labelled = self.words.credit_label.match(inside) or self.words.bare_label.match(inside)
        body = inside
        if labelled:
            body = inside if labelled.groupdict().get("by") else inside[labelled.end() :].strip()
            parts = self.credits.parse(inside[labelled.end() :].strip(), language, trusted=True)
            if parts is None and labelled.re is self.words.credit_label and len(inside.split()) <= 16:
                parts = Credit((), (), (), True, True)  # a label inside a bracket is a credit by its form
            if parts and labelled.groupdict().get("label") and "출처" in labelled[0]:
                parts = parts._replace(marks=(*parts.marks, "handout"))
        else:
            parts = self.credits.parse(body, language, trusted=False)
            if parts:
                before = line[start:text_end]
                ended = not before or before[-1] in SENTENCE_END or before[-1] in ",、"
                single = len(PART.split(body)) == 1 and len(body.split()) == 1
                if not parts.named and not (parts.photographer and ended and before):
                    parts = None
                elif parts.agencies and single and before and not ended and self.places.spells(before[-60:], body):
                    parts = None
        if not parts or not body:
            return None
        if text_end <= start and not (labelled or parts.named):
            return None
        if text_end <= start and not parts.photographer and self._is_tag(inside, language):
            return None
        # "Urs Doe (Keystone)", "Håkon Doe (NTB)": the bracket closes a longer credit
        if parts.agencies and not labelled:
            for finder in (self._after_label, self._after_joint, self._after_sentence):
                if longer := finder(line, start, end, language):
                    if longer[1] < open_:
                        return longer
        return text_end, open_, body, parts

    def _labels_in(self, line: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """Where credit labels stand: start of the label, start of the credit, and whether the label is printed with the credit."""
        found = []
        for joint in CREDIT_JOINT.finditer(line, start, end):
            words = LABEL_WORDS.search(line, max(start, joint.start() - 32), joint.start())
            at = words.start() if words else -1
            while words and at < joint.start():
                label = line[at : joint.start()].rstrip(". ").casefold()
                if label in self.words.label_set and (line[at] > "\u2e80" or joint[0].strip() not in "/／"):
                    if at == start or not line[at - 1].isalnum():
                        found.append((at, joint.end(), False))
                    break
                space = line.find(" ", at, joint.start())
                if space < 0:
                    break
                at = space + 1
        tail = line[start:end]
        if any(word in tail for word in BY_WORDS):
            for by in self.words.by_label.finditer(line, start, end):
                before = line[start : by.start()].rstrip()
                begins = not before or before[-1] in ".!?…。।)）»|–—-,/:" or line[by.start() - 1] in "(（["
                if begins and (line[by.end()].isupper() or line[by.end()] in "-–—" or not by[0].rstrip().endswith("by")):
                    found.append((by.start(), by.end(), True))
        yield from sorted(found)

    def _is_tag(self, text: str, language: str | None) -> bool:
        """Whether a line is a tag and no picture credit: bare agencies, or agencies after a source label ("Quelle: sid/dpa")."""
        if labelled := self.words.source_label(text):
            photo = self.words.photo_label.match(text)
            return not photo and self.credits.text_agencies(text[labelled.end() :], language)
        return self.credits.text_agencies(text, language)

    def _after_label(self, line: str, start: int, end: int, language: str | None) -> tuple[int, int, str, Credit] | None:
        for at, stop, by in self._labels_in(line, max(start, end - 140), end):
            body = line[stop:end].strip()
            opened = line[start:at].rstrip()
            front = not opened
            if not body or len(body) > 120 or opened and opened[-1] in "(（[":
                continue
            inner = body.rstrip(".") if not SHORT_END.search(body) else body
            parts = self.credits.parse(inner, language, trusted=not front)
            if parts is None and front and SHORT_NAME.fullmatch(inner):
                parts = Credit((), (), (), True, True)
            if parts is None and by and len(inner.split()) <= 8 and not front:
                parts = Credit((), (), (), True, True)
            if parts is None or front and not (parts.named or parts.photographer or parts.persons):
                continue
            if front and not parts.photographer and self._is_tag(line[at:end], language):
                return None
            text_end, credit_start = start + len(opened), at
            if opened.endswith(("–", "—", "-", "|", "•", "·")) and len(opened) > 1:
                text_end = credit_start = start + len(opened[:-1].rstrip())
            return text_end, credit_start, line[at:end].strip() if by else body, parts
        cuts = [start, *(m.end() for m in re.compile(r"[.!?…)”\"»]\s*").finditer(line, max(start, end - 120), end))]
        for cut in cuts:
            if bare := self.words.bare_label.match(line, cut, end):
                body = line[bare.end() : end].strip(" .")
                parts = self.credits.parse(body, language, trusted=False)
                if parts and (parts.agencies or parts.photographer) and parts.persons:
                    return start + len(line[start:cut].rstrip()), cut, body, parts
        return None

    def _after_joint(self, line: str, start: int, end: int, language: str | None) -> tuple[int, int, str, Credit] | None:
        at = max(start, end - 120)
        for joint in PICTURE_JOINT.finditer(line[at:end]):
            body = line[at + joint.end() : end].strip()
            if not body or len(body) > 100:
                continue
            opened = COPYRIGHT.match(body)
            rest = body[opened.end() :] if opened else body
            if not rest:
                continue
            parts = self.credits.parse(rest, language, trusted=bool(opened))
            if parts is None or not opened and not (parts.agencies and parts.persons):
                continue
            place = at + joint.start()
            if place > start and not opened and len(line[start:place].split()) < 2 and not caseless(line[start]):
                continue
            text_end = start + len(line[start:place].rstrip()) if place > start else start
            return text_end, max(place, start) if place > start else start, body, parts
        return None

    def _after_sentence(self, line: str, start: int, end: int, language: str | None) -> tuple[int, int, str, Credit] | None:
        """A credit that follows the last sentence, or is the whole line."""
        at = max(start, end - 120)
        cuts = [] if at > start else [start]
        cuts += [cut.end() for cut in SENTENCE_CUT.finditer(line, at, end)]
        for cut in cuts:
            body = line[cut:end].strip()
            if not body or len(body) > 100:
                continue
            whole = cut == start
            shown = CREDIT_CHARS.search(body) or body.startswith(("Cedid", "Foto", "Photo")) or body[-1] not in ".!?" and self._ends_as_credit(body)
            if len(body) > 24 and not shown:
                continue
            bare = body.rstrip(".。") if not re.search(r"\b(?:\w|Zvg|nuotr|D\.R)\.$", body) else body
            if cut == start and next(self._labels_in(body, 0, len(body)), (1,))[0] == 0 and not self.words.announced.match(bare):
                continue
            parts = self.credits.eastern(bare, language) or self.credits.parse(bare, language, trusted=False)
            if parts is None or not parts.named or not parts.persons or line[:cut].rstrip().endswith(")") and not parts.agencies:
                continue
            if whole and not (parts.agencies or parts.marks) and len(bare.split()) == 1:
                continue
            if whole and not parts.agencies and not self.words.announced.match(bare) and "generic" not in parts.marks:
                continue
            if whole and not parts.photographer and self.credits.text_agencies(bare, language):
                continue  # "AFP", "AP, Reuters": a tag, and whether it is the picture's only its place can tell
            text_end = start + len(line[start:cut].rstrip())
            return text_end, cut, body if bare == body or "Photo" in body else bare, parts
        if glued := re.search(r"(?<=[a-z])(?P<name>Reuters|REUTERS|AFP|AP|Getty Images|PTI|ANI|IANS|EPA)$", line[at:end]):
            agency = self.facts.agency(glued["name"], language)
            place = at + glued.start()
            if agency:
                return place, place, glued["name"], Credit((), (agency.code,), (), True, True)
        return None


def _opening(line: str, close: int, start: int) -> int:
    """Where the bracket opens that closes at ``close``, or -1."""
    shut, open_, depth = line[close], CLOSERS[line[close]], 0
    for at in range(close, max(start, close - 200) - 1, -1):
        if line[at] == shut:
            depth += 1
        elif line[at] == open_:
            depth -= 1
            if depth == 0:
                return at
    return -1
