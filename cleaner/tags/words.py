"""The words of tags: what the facts list, ready for look-up, and the few small questions that every kind of tag asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from cleaner.facts import FORMAT, Agency, Facts
from cleaner.tags.found import Named

SENTENCE_END = frozenset(".!?…。！？।։؟۔\"”’»›'」』)）")
BRACKETS = {"(": ")", "（": "）", "[": "]", "［": "］", "【": "】", "<": ">", "〈": "〉", "/": "/"}
CLOSERS = {close: open_ for open_, close in BRACKETS.items()}
DIGIT = re.compile(r"\d")
COPYRIGHT = re.compile(r"(?:©|ⓒ|\([cC]\)|（[ＣC]）|[Cc]opyright\s*(?:©|ⓒ|\([cC]\))?)\s*(?:\d{4}(?:\s?[-–]\s?\d{4})?)?\s*")
MAYBE_LABELS = ("Image", "Photo", "Bild", "Foto", "Kuva", "Picture", "Grafik", "Illustration", "Ilustrasi")  # before a caption or before a credit
NAME_PARTICLES = frozenset({
    "abu", "af", "al", "bin", "d", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du", "e", "el", "ibn", "la", "le",
    "san", "ten", "ter", "van", "von", "y", "zu",
})


# A word as labels, agencies and bylines are parted; the rest is what may stand for one without being in any list.
FIRST_WORD = re.compile(r"[^\s:：,/–—-]*")
NEXT_WORD = re.compile(r"\s+([^\s:：,/–—-]*)")
BARE_WORD = re.compile(r"[^\s.,]*")
LABEL_SEPARATORS = re.compile(r"[.。!?！？(（\[|,;”\"»•·]")
REMEMBERED = 8192  # answers kept for each question that the street asks more than once of a line
WIDEST = 600  # only lines up to this many code points are remembered, so that what is kept stays small
LABEL_WORD = re.compile(r"[^\s:：＝=／/]*")
SLASHED = re.compile(r"[a-zäöüß]{2,4}\s*[/／]|[A-ZÄÖÅØÆČŠŽ]{2,6}\d?\s*[/／,]|(?:[\w-]+\.)+[a-z]{2,4}\s*[/／,]")
MIXED = re.compile(r"\s(?:with|avec|mit|con|com|med|met|and|und|et|og|och|y|e|/|,)\s+(?P<names>.+)$")
EAST = re.compile("[\u2e80-\U0010ffff]")


class Words:
    """What the facts list of one kind, in the form that the look needs: a set, or a pattern of all phrases.

    Before a pattern of a hundred phrases is tried, the first word of the text must be the first word of one of them.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    @cached_property
    def first_words(self) -> frozenset[str]:
        return frozenset(re.split(r"[\s,:/–—-]", form)[0] for form in self.facts.all_forms) | frozenset(self.own_outlets)

    @cached_property
    def own_outlets(self) -> frozenset[str]:
        return frozenset(self.facts.credits["outlets"]["datelines"])

    @cached_property
    def own_last(self) -> frozenset[str]:
        return frozenset(re.split(r"[\s/–—-]", outlet)[-1] for outlet in self.own_outlets)

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(self.facts.credits["datelines"]["roles"])

    @cached_property
    def labels(self) -> frozenset[str]:
        datelines = self.facts.credits["datelines"]
        return frozenset(word.casefold() for word in (*datelines["labels"], *datelines["companies"]))

    @cached_property
    def cities(self) -> frozenset[str]:
        return frozenset(city.casefold() for city in self.facts.credits["datelines"]["cities"]) | self.facts.seats

    @cached_property
    def speakers(self) -> frozenset[str]:
        return frozenset(name.casefold() for name in self.facts.credits["datelines"]["speakers"])

    @cached_property
    def regions(self) -> frozenset[str]:
        return frozenset(self.facts.credits["datelines"]["regions"])

    @cached_property
    def particles(self) -> frozenset[str]:
        return frozenset(self.facts.credits["datelines"]["particles"])

    @cached_property
    def never(self) -> frozenset[str]:
        return frozenset(self.facts.credits["datelines"]["never"])

    @cached_property
    def outlets(self) -> frozenset[str]:
        return frozenset(self.facts.credits["outlets"]["names"])

    @cached_property
    def unnamed(self) -> frozenset[str]:
        return frozenset(word.casefold() for word in self.facts.credits["source_labels"]["unnamed"])

    def source_label(self, text: str) -> re.Match[str] | None:
        """The label of a text's sources in front of it: "Quelle:", "mit Material von"."""
        opened = LABEL_WORD.match(text)
        return self._source_label.match(text) if opened and opened[0].casefold() in self._source_openers else None

    @cached_property
    def _source_openers(self) -> frozenset[str]:
        words = self.facts.credits["source_labels"]
        return _openers((*words["colon"], *words["with"]), LABEL_WORD)

    @cached_property
    def _source_label(self) -> re.Pattern[str]:
        words = self.facts.credits["source_labels"]
        return re.compile(rf"(?P<label>{phrases(words['colon'])})\s*[:：]\s*|(?P<with>{phrases(words['with'])})\s+(?=\S)", re.IGNORECASE)

    def by(self, text: str) -> re.Match[str] | None:
        """The words that open a byline."""
        return self._by.match(text)

    @cached_property
    def _by(self) -> re.Pattern[str]:
        words = self.facts.credits["bylines"]
        colon = set(words["colon"])
        free = [word for word in words["by"] if word not in colon]
        east = [word for word in free if "\u2e80" <= word[0] <= "\uffdc"]
        return re.compile(rf"(?:(?:{phrases(free)})\s*(?:[:：]\s*|\s+(?=\S))|(?:{phrases(sorted(colon))})\s*[:：]\s*|(?:{phrases(east)})\s*[:：＝/]\s*)", 0)

    @cached_property
    def bodies(self) -> frozenset[str]:
        return frozenset(word.casefold() for word in self.facts.credits["marks"]["bodies"])

    @cached_property
    def marks(self) -> dict[str, str]:
        return {word.casefold(): kind for kind, words in self.facts.credits["marks"].items() if kind != "bodies" for word in words}

    @cached_property
    def label_before(self) -> re.Pattern[str]:
        labels = self.facts.credits["photo_labels"]
        return re.compile(rf"(?<![^\W\d_])(?:{phrases([*labels['bare'], *labels['by']])})[.:]?$", re.IGNORECASE)

    @cached_property
    def front(self) -> re.Pattern[str]:
        captions = self.facts.credits["captions"]
        file, sure, maybe = phrases(captions["file"]), phrases(captions["front"]), phrases(MAYBE_LABELS)
        front = rf"(?P<file>(?:{file})\s*(?::|[-–—]\s)\s*)|(?P<sure>(?:{sure})(?:[:：,]\s*|\s+(?=\S)))"
        return re.compile(rf"{front}|(?P<maybe>(?:{maybe}):\s+(?=\S))")

    @cached_property
    def toggle_ends(self) -> frozenset[str]:
        return frozenset(words.rsplit(None, 1)[-1] for words in self.facts.credits["captions"]["toggles"])

    @cached_property
    def toggle(self) -> re.Pattern[str]:
        return re.compile(rf"(?:[,.|•·]?\s*(?:{phrases(self.facts.credits['captions']['toggles'])})\s*)+$")

    @cached_property
    def _between(self) -> list[str]:
        """Marks that stand between the words of a caption and its credit."""
        return [word for kind in ("file", "generic", "pool", "illustration") for word in self.facts.credits["marks"][kind]]

    @cached_property
    def closing_marks(self) -> tuple[str, ...]:
        return tuple({word.rstrip(".").casefold() for word in self._between})

    @cached_property
    def closing_mark(self) -> re.Pattern[str]:
        return re.compile(rf"(?:^|(?<=[\s.!?。(（]))[(（\[]?(?P<mark>{phrases(self._between)})[)）\]]?\s*[.。]?\s*$", re.IGNORECASE)

    def credit_label(self, text: str) -> re.Match[str] | None:
        """The label in front of a picture credit: "Foto:", "Photo by"."""
        opened = LABEL_WORD.match(text)
        return self._credit_label.match(text) if opened and opened[0].rstrip(".").casefold() in self._credit_openers else None

    @cached_property
    def _credit_openers(self) -> frozenset[str]:
        labels = self.facts.credits["photo_labels"]
        some = _openers((*labels["colon"], *labels["by"], *self.facts.credits["source_labels"]["colon"]), LABEL_WORD)
        return frozenset(word.rstrip(".") for word in some)

    @cached_property
    def _credit_label(self) -> re.Pattern[str]:
        labels = self.facts.credits["photo_labels"]
        sources = self.facts.credits["source_labels"]["colon"]
        colon = phrases([*labels["colon"], *(source for source in sources if source not in ("By", "Text"))])
        label = rf"(?P<label>(?:{colon})(?:\s?/\s?(?:{colon}))?\.?)\s*(?:[:：＝=／]|\s=)\s*"
        return re.compile(rf"(?<![^\W\d_]){label}|(?<![^\W\d_])(?P<by>(?:{phrases(labels['by'])})[.:]?\s+)(?=\S)", re.IGNORECASE)

    def bare_label(self, text: str, start: int = 0, end: int = 120) -> re.Match[str] | None:
        """A label that stands in front of a picture credit without a colon: "Foto Jane Roe"."""
        opened = BARE_WORD.match(text, start, end)
        return self._bare_label.match(text, start, end) if opened and opened[0].casefold() in self._bare_openers else None

    @cached_property
    def _bare_openers(self) -> frozenset[str]:
        return _openers(self.facts.credits["photo_labels"]["bare"], BARE_WORD)

    @cached_property
    def _bare_label(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{phrases(self.facts.credits['photo_labels']['bare'])})[.,]?\s+(?=\S)", re.IGNORECASE)

    @cached_property
    def label_set(self) -> frozenset[str]:
        sources = self.facts.credits["source_labels"]["colon"]
        return frozenset(label.casefold() for label in (*self.facts.credits["photo_labels"]["colon"], *sources) if label not in ("By", "Text", "With"))

    @cached_property
    def label_ends(self) -> frozenset[str]:
        """The last word of every label, as `last_part` finds it."""
        return frozenset(map(last_part, self.label_set))

    @cached_property
    def by_ends(self) -> frozenset[str]:
        """The words that stand before "by" and "via" in a label."""
        labels = (label.rsplit(None, 1) for label in self.facts.credits["photo_labels"]["by"])
        return frozenset(last_part(words[0]) for words in labels if words[-1] in ("by", "via"))

    @cached_property
    def by_label(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![^\W\d_])(?:{phrases(self.facts.credits['photo_labels']['by'])})[.:]?(?:\s+(?=\S)|(?<=\.))", re.IGNORECASE)

    @cached_property
    def photo_label(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{phrases(self.facts.credits['photo_labels']['colon'])})\s*[:：=＝／/]", re.IGNORECASE)

    @cached_property
    def announced(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{phrases(self.facts.credits['photo_labels']['by'])})\s|.*\bnuotr\.?$|.*(?:撮影|提供|摄|攝|제공|記者|记者)$", re.IGNORECASE)

    @cached_property
    def openings(self) -> tuple[str, ...]:
        credits = self.facts.credits
        labels = [*credits["photo_labels"]["by"], *credits["photo_labels"]["bare"], *(f"{word}:" for word in MAYBE_LABELS)]
        words = (*credits["captions"]["front"], *credits["captions"]["file"], *labels)
        return tuple({word.casefold()[:24] for word in words})

    @cached_property
    def opening_letters(self) -> frozenset[str]:
        return frozenset(opening[:3] for opening in self.openings)

    @cached_property
    def closings(self) -> frozenset[str]:
        credits = self.facts.credits
        words = [word for words in credits["marks"].values() for word in words]
        words += [*credits["captions"]["toggles"], *credits["photo_labels"]["after"], *self.facts.last_words]
        return frozenset(word.rstrip(".").split()[-1].casefold() for word in words if word.rstrip("."))

    def opens_tag(self, text: str) -> bool:
        """A cheap look: whether the first word is one that tags open with."""
        word = FIRST_WORD.match(text)
        second = self._tag_openers.get(word[0].casefold()) if word else None
        if word and second and ("" in second or _next_word(text, word.end()) in second) or ("/" in text or "／" in text) and SLASHED.match(text):
            return True
        if text.isascii():
            return False
        if EAST.search(text, 0, 8):
            return text[0] >= "\uff00" or text[:2].casefold() in self._tag_letters or text[0] in self._tag_letters
        return word is not None and word[0].strip("،؛.;()") in self._tag_openers or bool(FORMAT.search(text, 0, 8))

    @cached_property
    def _tag_phrases(self) -> list[str]:
        words, bylines = self.facts.credits["source_labels"], self.facts.credits["bylines"]["by"]
        marks = ("ZCZC", "NNNN", "END", "Ende", "FIN", "Fim", "Copyright")
        names = [*self.facts.all_forms, *self.own_outlets, *self.facts.credits["outlets"]["names"]]
        return [*words["colon"], *words["with"], *words["unnamed"], *bylines, *names, *marks]

    @cached_property
    def _tag_openers(self) -> dict[str, set[str]]:
        """The first words of tags, each with the words that go on: "the" with "associated" and "guardian"."""
        openers: dict[str, set[str]] = {}
        for phrase in self._tag_phrases:
            if word := FIRST_WORD.match(phrase):
                openers.setdefault(word[0].casefold(), set()).add(_next_word(phrase, word.end()))
        return openers

    def may_be_form(self, text: str, at: int) -> bool:
        """Whether the two letters at a place are the first two of an agency's form."""
        return text[at : at + 2].casefold() in self._tag_letters

    @cached_property
    def _tag_letters(self) -> frozenset[str]:
        return frozenset(phrase[:2].casefold() for phrase in self._tag_phrases)

    def named(self, text: str, names: Iterable[tuple[str, Agency | None]], at: int) -> Iterator[Named]:
        """The names with their places in a text, from ``at`` on; a desk's initials are nobody's name."""
        for name, agency in names:
            start = text.find(name, at)
            if start < 0:
                start = at
            at = start + len(name)
            if agency or not re.fullmatch("[a-zäöüß]{2,4}", name):
                yield Named(name, start, at, agency)

    def with_outlets(self, text: str, language: str | None) -> list[tuple[str, Agency | None]] | None:
        """After a source label outlets may stand beside agencies: "Kilde: BBC, The Guardian, NTB"."""
        names: list[tuple[str, Agency | None]] = []
        for part in re.split(r"\s*[,/;]\s*|\s+(?:and|und|og|och|y|et|e|i)\s+", text):
            some = self.facts.agencies(part, language)
            if some:
                names += some
            elif part and len(part) <= 30 and (part[0].isupper() or caseless(part[0]) or "." in part or len(part) <= 4) and len(part.split()) <= 3:
                names.append((part, None))
            else:
                return None
        return names if any(agency for _, agency in names) else None


def _next_word(text: str, at: int) -> str:
    word = NEXT_WORD.match(text, at)
    return word[1].casefold() if word else ""


def _openers(some: Iterable[str], word: re.Pattern[str]) -> frozenset[str]:
    return frozenset(found[0].casefold() for phrase in some if (found := word.match(phrase)))


def last_part(text: str) -> str:
    """The last word of what may be a label, case folded.

    >>> last_part("The ferry. Photo credit")
    'credit'
    """
    word = text.rstrip(". ").rsplit(None, 1)[-1:]
    if not word:
        return ""
    last = word[0] if word[0].isalnum() else LABEL_SEPARATORS.split(word[0])[-1].lstrip("–—-")
    return last.casefold()


def phrases(some: Iterable[str]) -> str:
    """A pattern of phrases, the longest first."""
    return "|".join(map(re.escape, sorted(set(some), key=lambda word: (-len(word), word))))


def caseless(text: str) -> bool:
    """Whether a letter belongs to a script without capitals."""
    return text[:1].isalpha() and not text[:1].islower() and not text[:1].isupper() and not text[:1].istitle()
