"""Captions taken apart: the words, what stands in front of them, and the credit, in its bracket, behind its label or behind a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from cleaner.tags.credits import PART, Credit, Credits
from cleaner.tags.found import CaptionParts
from cleaner.tags.places import Places
from cleaner.tags.words import CLOSERS, COPYRIGHT, REMEMBERED, SENTENCE_END, WIDEST, Words, caseless, last_part

GALLERY = re.compile(r"\s*\d{1,3}\s?of\s?\d{1,3}(?=\D)\s*")
SHORT_NAME = re.compile(r"[^\W\d_a-z][\w.&’'-]*(?:\s[^\W\d_a-z][\w.&’'-]*)?")
LITHUANIAN = re.compile(r"(?P<text>.+?)\s*/\s+(?P<credit>[^/]{2,40}\s/\s[^/]{2,40}\snuotr\.?)\s*")
GLUED_CREDITS = ("Reuters", "REUTERS", "AFP", "Getty Images", "PTI", "ANI", "IANS", "EPA", "AP", "EFE")
EAST_ENDS = ("社发", "社發", "撮影", "提供", "摄", "攝", "供图", "供圖", "기자", "제공", "社", "記者", "记者", "特派員")
CREDIT_JOINT = re.compile(r"[:：＝=／/]\s*")
LABEL_WORDS = re.compile(r"[^\s.。!?！？(（\[|,;”\"»•·–—-][^\s.。!?！？(（\[|,;”\"»•·]*(?:\s[^\s.。!?！？(（\[|,;”\"»•·]+){0,2}\.?$")
CREDIT_CHARS = re.compile(r"[:：©ⓒ(（\[【=＝|/／–—]")
PICTURE_SIGNS = frozenset("©ⓒ|＝=／/Ｃ")
COLONS = frozenset(":：")
BY = frozenset({" by ", " via "})
CREDIT_NEAR = re.compile(r"[©ⓒ|＝=／/Ｃ:：]|[PFfC](?:hoto|oto\s|ot\.\s|edid|ortes|ourtesy)| by | via ")
CREDIT_SIGNS = re.compile(r"[©ⓒ|＝=／/Ｃ]|^.{0,39}[:：]| by ")
LABEL_CUT = re.compile(r"[.!?…)”\"»]\s*")
BY_WORDS = re.compile(r" by |ourtesy| via |[Ff]oto |Photo de|Dok|[Cc]edid|Cort|Per gentile")
SHORT_END = re.compile(r"\b\w{1,3}\.$")
PICTURE_JOINT = re.compile(
    r"\s*(?:[-–—|]\s*)?(?=©|ⓒ|\([cC]\)\s|（[ＣC]）)|\s+[-–—]{1,2}\s+|\s*\|\s*|\s*[＝]\s*"
    r"|(?<=[.!?…”\"])\s*[-–—=]\s*(?=[^\s/])|(?<=[.!?])\s*/\s*(?=[^\s/])"
)
JOINT_NEAR = re.compile(r"[©ⓒ|＝]|\([cC]\)|（[ＣC]）|\s[-–—]|[.!?…”\"]\s*[-–—=/]")
SENTENCE_SIGN = re.compile(r"[!?…।”\"’»)。！？]|(?<=[^\W\d_]{3})\.|(?<=[가-힣\d])\.")
SENTENCE_SIGNS = frozenset(".!?…。！？।")
SHORT_CREDIT = re.compile(r"\b(?:\w|Zvg|nuotr|D\.R)\.$")
EAST_ISSUED = re.compile(r"(?P<agency>[\u4e00-\u9fff]{2,4}社)[发發]\s*$")
IMAGE_SOURCE = re.compile(r"Image (?:source|credit), ?(\S(?:.{0,90}[^.!?])?)")  # a label that no sentence opens with, whoever stands behind it
UNNAMED = Credit((), (), (), True, True)  # a credit by its label, whoever it names


class _Found(NamedTuple):
    """A credit in a line: where the words before it end, where it starts with its bracket, label or joint, how it reads, what it names."""

    text_end: int
    start: int
    text: str
    parts: Credit


class Captions:
    """Captions and credit lines. Only the last 160 characters of a line are looked at for a credit, and its opening for a label."""

    def __init__(self, words: Words, places: Places, credits: Credits) -> None:
        self.facts = words.facts
        self.words = words
        self.places = places
        self.credits = credits
        self._kept = lru_cache(REMEMBERED)(self._read)

    def read(self, line: str, language: str | None) -> CaptionParts:
        """A caption taken apart into its words, what stands in front of them, and its credit."""
        return self._kept(line, language) if len(line) <= WIDEST else self._read(line, language)

    def _read(self, line: str, language: str | None) -> CaptionParts:
        end = len(line.rstrip())
        start = len(line) - len(line.lstrip()) if end else 0
        if line.startswith("Image ", start) and (source := IMAGE_SOURCE.fullmatch(line, start, end)):
            parts = self.credits.parse(source[1], language, trusted=True) or UNNAMED
            return CaptionParts(start, start, source[1], start, end, None, start, start, parts.photographer, parts.agencies, parts.marks)
        opens = self._opens(line, start, end)
        if not opens and not self._may_end(line, start, end):
            return CaptionParts(start, end, None, end, end, None, start, start, (), (), ())
        marks: list[str] = []
        text_start = self._front(line, start, end, marks) if opens else start
        stop = self._before_toggles(line, text_start, end)
        found = self._find_credit(line, text_start, stop, language)
        if found is None and opens and text_start == start and (front := self.words.front.match(line, start, min(end, start + 60))) and front["maybe"]:
            marks.append("label")
            text_start = front.end()
            found = self._find_credit(line, text_start, stop, language)
        label = line[start:text_start].strip() if text_start > start else None
        if found is None:
            return CaptionParts(text_start, stop, None, stop, max(stop, end), label, start, text_start, (), (), tuple(dict.fromkeys(marks)))
        marks += found.parts.marks
        text_end, credit_start = self._before_marks(line, text_start, found, marks)
        label_end = text_start
        if text_end <= text_start and label is None:
            text_start = text_end = credit_start
            label_end = start
        people, agencies = found.parts.photographer, found.parts.agencies
        return CaptionParts(text_start, text_end, found.text, credit_start, end, label, start, label_end, people, agencies, tuple(dict.fromkeys(marks)))

    # cheap looks

    def _opens(self, line: str, start: int, end: int) -> bool:
        """Whether the line opens as labels do."""
        if end - start < 2:
            return False
        opening = line[start : start + 24].casefold()
        if opening[:3] in self.words.opening_letters and opening.startswith(self.words.openings):
            return True
        return "0" <= opening[0] <= "9" and GALLERY.match(line, start) is not None

    def _may_end(self, line: str, start: int, end: int) -> bool:
        """Whether the line ends as credits do, or holds near its end what only credits hold."""
        if end - start < 2:
            return False
        last = line[end - 1]
        if last in ")）]】>" or last in ".。" and line[end - 2] in ")）]】" or self._ends_as_credit(line[max(start, end - 60) : end]):
            return True
        at = max(start, end - 140)
        for near in CREDIT_NEAR.finditer(line, at, end):
            sign = near[0]
            if sign in COLONS or sign in BY:
                before = _trimmed(line, at, near.start())
                known = self.words.label_ends if sign in COLONS else self.words.by_ends
                if before > at and last_part(line[max(at, before - 32) : before]) in known and next(self._labels_in(line, at, end), None) is not None:
                    return True
            elif sign not in PICTURE_SIGNS or near.start() >= end - 60:
                return True
        return False

    def _ends_as_credit(self, text: str) -> bool:
        last = text.rstrip(".。").rsplit(None, 1)[-1:]
        if not last:
            return False
        word = last[0]
        return word.casefold() in self.words.closings or word.endswith(GLUED_CREDITS) or not word.isascii() and word.endswith(EAST_ENDS)

    # the three parts of a caption

    def _front(self, line: str, start: int, end: int, marks: list[str]) -> int:
        """Where the words begin, behind the place in a gallery and a label that cannot be a credit's."""
        text_start = start
        if gallery := GALLERY.match(line, start):
            marks.append("gallery")
            text_start = gallery.end()
        front = self.words.front.match(line, text_start, min(end, text_start + 60))
        if front and not front["maybe"]:
            marks.append("file" if front["file"] else "label")
            text_start = front.end()
        return text_start

    def _before_toggles(self, line: str, start: int, end: int) -> int:
        """Where the line ends without the words of buttons: "hide caption"."""
        at = max(start, end - 60)
        if end <= at or line[at:end].rsplit(None, 1)[-1] not in self.words.toggle_ends:
            return end
        toggle = self.words.toggle.search(line, at, end)
        return toggle.start() if toggle else end

    def _before_marks(self, line: str, start: int, found: _Found, marks: list[str]) -> tuple[int, int]:
        """Where the words end, and where the credit starts, without a mark between the two: "... Arkivbild. Foto: X"."""
        text_end, credit_start = found.text_end, found.start
        while text_end > start and (marked := self._closing_mark(line, start, text_end)):
            marks.append(self.words.marks[marked["mark"].casefold()])
            credit_start = marked.start()
            text_end = _trimmed(line, start, credit_start)
        return text_end, credit_start

    def _closing_mark(self, line: str, start: int, end: int) -> re.Match[str] | None:
        last = line[max(start, end - 50) : end].rstrip(".。)）] \t\u00a0\u3000").casefold()
        return self.words.closing_mark.search(line, max(start, end - 50), end) if last.endswith(self.words.closing_marks) else None

    def is_credit_line(self, line: str, language: str | None) -> bool:
        """Whether the line is only a picture credit."""
        if len(line) > 120:
            return False
        line = line.strip()
        if not line or line[-1] in ".!?" and len(line) > 60 and "/" not in line:
            return False
        if line[0].islower() and "/" not in line and line.split(None, 1)[0] not in self.words.first_words and line[:4] != "fot.":
            return False
        opened = line[0] in "(（[【<©ⓒ" or line[-1] in ")）" or CREDIT_SIGNS.search(line)
        if not opened and not self._opens(line, 0, len(line)) and not self._ends_as_credit(line):
            return False
        parts = self.read(line, language)
        return parts.credit is not None and parts.text_end <= parts.text_start and not (parts.label and "label" in parts.marks)

    # where a credit may stand

    def _find_credit(self, line: str, start: int, end: int, language: str | None) -> _Found | None:
        if end <= start:
            return None
        if line.endswith(("nuotr.", "nuotr"), start, end) and (lt := LITHUANIAN.fullmatch(line, max(start, end - 300), end)):
            parts = self.credits.parse(lt["credit"], language, trusted=True) or UNNAMED
            return _Found(lt.end("text"), lt.end("text"), lt["credit"], parts)
        if found := self._in_bracket(line, start, end, language) or self._after_label(line, start, end, language):
            return found
        joined, closing = self._after_joint(line, start, end, language), self._after_sentence(line, start, end, language)
        if joined and closing and closing.start < joined.start and line[closing.start].isalnum() and not COPYRIGHT.match(joined.text):
            return closing  # "... Jane Roe | Reuters": the bar stands inside the credit
        return joined or closing

    def _in_bracket(self, line: str, start: int, end: int, language: str | None) -> _Found | None:
        close = end - 1
        if line[close] in ".。" and close > start and line[close - 1] in ")）]】":
            close -= 1
        if line[close] not in ")）]】>":
            return None
        open_ = _opening(line, close, start)
        if open_ < 0 or close - open_ > 160 or COPYRIGHT.fullmatch(line, open_, close + 1):
            return None
        inside = line[open_ + 1 : close].strip()
        before = line[max(start, open_ - 80) : open_].rstrip()
        labelled = self.words.credit_label(inside) or self.words.bare_label(inside)
        parts = self._labelled(inside, labelled, language) if labelled else self._unlabelled(inside, before, language)
        body = inside if labelled is None or labelled.groupdict().get("by") else inside[labelled.end() :].strip()
        if not parts or not body:
            return None
        if not before and (not labelled and not parts.named or not parts.photographer and self._is_tag(inside, language)):
            return None
        found = _Found(_trimmed(line, start, open_), open_, body, parts)
        return found if labelled else self._issued(line, start, found) or self._longer(line, start, end, before, found, language) or found

    def _labelled(self, inside: str, labelled: re.Match[str], language: str | None) -> Credit | None:
        """A credit with a label inside a bracket, which is one by its form."""
        parts = self.credits.parse(inside[labelled.end() :].strip(), language, trusted=True)
        if parts is None and "label" in labelled.groupdict() and len(inside.split()) <= 16:
            parts = UNNAMED
        if parts and "출처" in labelled[0]:
            parts = parts._replace(marks=(*parts.marks, "handout"))
        return parts

    def _unlabelled(self, inside: str, before: str, language: str | None) -> Credit | None:
        """A bracket is a credit when it names an agency, or a photographer behind a sentence, and is not short for what stands before it."""
        parts = self.credits.parse(inside, language, trusted=False)
        if parts is None:
            return None
        ended = not before or before[-1] in SENTENCE_END or before[-1] in ",、"
        if not parts.named:
            return parts if parts.photographer and ended and before else None
        single = len(PART.split(inside)) == 1 and len(inside.split()) == 1
        return None if parts.agencies and single and not ended and self.places.spells(before[-60:], inside) else parts

    def _longer(self, line: str, start: int, end: int, before: str, found: _Found, language: str | None) -> _Found | None:
        """The credit that the bracket only closes: "Urs Doe (Keystone)". A bracket behind a whole sentence closes no longer one."""
        if not found.parts.agencies:
            return None
        sentence = before[-1:] in SENTENCE_SIGNS and not SHORT_CREDIT.search(before)
        for finder in (self._after_label,) if sentence else (self._after_label, self._after_joint, self._after_sentence):
            longer = finder(line, start, end, language)
            if longer and longer.start < found.start:
                return longer
        return None

    def _issued(self, line: str, start: int, found: _Found) -> _Found | None:
        """"…。新华社发（张三摄）": the agency stands before the bracket with its photographer."""
        issued = EAST_ISSUED.search(line, max(start, found.text_end - 8), found.text_end)
        agency = self.facts.agency(issued["agency"], "zh") if issued else None
        if not issued or not agency:
            return None
        text_end = _trimmed(line, start, issued.start())
        close = found.start + 1 + line[found.start + 1 :].index(found.text) + len(found.text) + 1
        return _Found(text_end, issued.start(), line[issued.start() : close], found.parts._replace(agencies=(agency.code, *found.parts.agencies), named=True))

    def _labels_in(self, line: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """Where credit labels stand: start of the label, start of the credit, and whether the label is printed with the credit."""
        found = []
        for joint in CREDIT_JOINT.finditer(line, start, end):
            before = _trimmed(line, start, joint.start())
            if before > start and (at := self._label_at(line, start, before, joint[0][0])) >= 0:
                found.append((at, joint.end(), False))
        if BY_WORDS.search(line, start, end):
            for by in self.words.by_label.finditer(line, start, end):
                before = _trimmed(line, start, by.start())
                begins = before == start or line[before - 1] in ".!?…。।)）»|–—-,/:" or line[by.start() - 1] in "(（["
                after = line[by.end() : end]
                if begins and after and (after[0].isupper() or after[0] in "-–—" or not by[0].rstrip().endswith("by")):
                    found.append((by.start(), by.end(), True))
        yield from sorted(found)

    def _label_at(self, line: str, start: int, end: int, sign: str) -> int:
        """Where the label starts that ends before a colon or another sign, or -1. A slash follows only labels of the east."""
        slash = sign in "/／"
        if slash and line[end - 1] < "\u2e80":
            return -1
        if last_part(line[max(start, end - 32) : end]) not in self.words.label_ends:
            return -1
        words = LABEL_WORDS.search(line, max(start, end - 32), end)
        at = words.start() if words else -1
        while 0 <= at < end:
            if line[at:end].rstrip(". ").casefold() in self.words.label_set and (line[at] > "\u2e80" or not slash):
                return at if at == start or not line[at - 1].isalnum() else -1
            at = line.find(" ", at, end) + 1 or end
        return -1

    def _is_tag(self, text: str, language: str | None) -> bool:
        """Whether a line is a tag and no picture credit: bare agencies, or agencies after a source label ("Quelle: sid/dpa")."""
        if labelled := self.words.source_label(text):
            photo = self.words.photo_label.match(text)
            return not photo and self.credits.text_agencies(text[labelled.end() :], language)
        return self.credits.text_agencies(text, language)

    def _after_label(self, line: str, start: int, end: int, language: str | None) -> _Found | None:
        near = max(start, end - 140)
        if CREDIT_NEAR.search(line, near, end) or BY_WORDS.search(line, near, end):
            for at, stop, by in self._labels_in(line, near, end):
                body, text_end = line[stop:end].strip(), _trimmed(line, start, at)
                front = text_end == start
                if not body or len(body) > 120 or not front and line[text_end - 1] in "(（[":
                    continue
                parts = self._announced(body, by, front, language)
                if parts is None:
                    continue
                if front and not parts.photographer and self._is_tag(line[at:end], language):
                    return None
                text = line[at:end].strip() if by else body
                if text_end > start + 1 and line[text_end - 1] in "–—-|•·":
                    text_end = at = _trimmed(line, start, text_end - 1)
                return _Found(text_end, at, text, parts)
        return self._after_bare_label(line, start, end, language)

    def _announced(self, body: str, by: bool, front: bool, language: str | None) -> Credit | None:
        """What follows a label; in front of a line it may be the label of a caption too, so there it must name somebody."""
        inner = body.rstrip(".") if not SHORT_END.search(body) else body
        parts = self.credits.parse(inner, language, trusted=not front)
        if parts is None and (front and SHORT_NAME.fullmatch(inner) or by and not front and len(inner.split()) <= 8):
            parts = UNNAMED
        if parts and front and not (parts.named or parts.photographer or parts.persons):
            return None
        return parts

    def _after_bare_label(self, line: str, start: int, end: int, language: str | None) -> _Found | None:
        """A label without a colon: "Foto Jane Roe/AFP"."""
        for cut in (start, *(m.end() for m in LABEL_CUT.finditer(line, max(start, end - 120), end))):
            if bare := self.words.bare_label(line, cut, end):
                body = line[bare.end() : end].strip(" .")
                parts = self.credits.parse(body, language, trusted=False)
                if parts and (parts.agencies or parts.photographer) and parts.persons:
                    return _Found(_trimmed(line, start, cut), cut, body, parts)
        return None

    def _after_joint(self, line: str, start: int, end: int, language: str | None) -> _Found | None:
        """A credit behind a dash, a bar, a slash or a copyright sign."""
        at = max(start, end - 120)
        if not JOINT_NEAR.search(line, at, end):
            return None
        for joint in PICTURE_JOINT.finditer(line[at:end]):
            body = line[at + joint.end() : end].strip()
            if not body or len(body) > 100:
                continue
            opened = COPYRIGHT.match(body)
            rest = body[opened.end() :] if opened else body
            parts = self.credits.parse(rest, language, trusted=bool(opened)) if rest else None
            if parts is None or not opened and not (parts.agencies and parts.persons):
                continue
            place = at + joint.start()
            if place > start and not opened and len(line[start : start + 80][: place - start].split()) < 2 and not caseless(line[start]):
                continue
            return _Found(_trimmed(line, start, place), place, body, parts)
        return None

    def _after_sentence(self, line: str, start: int, end: int, language: str | None) -> _Found | None:
        """A credit that follows the last sentence, or is the whole line."""
        at = max(start, end - 120)
        if at == start and (found := self._whole(line, start, end, language)):
            return found
        for cut in _cuts(line, at, end):
            if cut == start or (body := self._shown(line, cut, end)) is None:
                continue
            bare = body.rstrip(".。") if not SHORT_CREDIT.search(body) else body
            parts = self.credits.eastern(bare, language) or self.credits.parse(bare, language, trusted=False)
            text_end = _trimmed(line, start, cut)
            if parts is None or not parts.named or not parts.persons or line[text_end - 1] == ")" and not parts.agencies:
                continue
            return _Found(text_end, cut, body if "Photo" in body else bare, parts)
        return self._glued(line, at, end, language)

    def _shown(self, line: str, cut: int, end: int) -> str | None:
        """What follows a cut, when it is short or holds a sign of a credit."""
        body = line[cut:end].strip()
        if not body or len(body) > 100:
            return None
        if len(body) <= 24 or CREDIT_CHARS.search(body) or body.startswith(("Cedid", "Foto", "Photo")) or body[-1] not in ".!?" and self._ends_as_credit(body):
            return body
        return None

    def _whole(self, line: str, start: int, end: int, language: str | None) -> _Found | None:
        """The whole line as a credit. Agencies alone are a tag: whether it is the picture's only its place can tell."""
        if (body := self._shown(line, start, end)) is None:
            return None
        bare = body.rstrip(".。") if not SHORT_CREDIT.search(body) else body
        announced = None
        if next(self._labels_in(body, 0, len(body)), (1,))[0] == 0 and not (announced := self.words.announced.match(bare)):
            return None
        parts = self.credits.eastern(bare, language) or self.credits.parse(bare, language, trusted=False)
        if parts is None or not parts.named or not parts.persons or not (parts.agencies or parts.marks) and len(bare.split()) == 1:
            return None
        if not parts.agencies and "generic" not in parts.marks and not (announced or self.words.announced.match(bare)):
            return None
        if not parts.photographer and self.credits.text_agencies(bare, language):
            return None
        return _Found(start, start, body if "Photo" in body else bare, parts)

    def _glued(self, line: str, start: int, end: int, language: str | None) -> _Found | None:
        """An agency that the page printed right behind the last word: "in the harbourReuters"."""
        name = next((name for name in GLUED_CREDITS[:-1] if line.endswith(name, start, end)), None)
        agency = self.facts.agency(name, language) if name else None
        place = end - len(name or "")
        if name and agency and place > start and "a" <= line[place - 1] <= "z":
            return _Found(place, place, name, Credit((), (agency.code,), (), True, True))
        return None


def _cuts(line: str, start: int, end: int) -> Iterator[int]:
    """Where something follows the end of a sentence: a full stop counts behind three letters, a digit or Hangul."""
    for sign in SENTENCE_SIGN.finditer(line, max(start - 1, 0), end):
        cut = sign.end()
        while cut < end and line[cut].isspace():
            cut += 1
        if start <= cut < end:
            yield cut


def _trimmed(line: str, start: int, end: int) -> int:
    """Where ``line[start:end]`` ends without the white space at its end."""
    while end > start and line[end - 1].isspace():
        end -= 1
    return end


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
