"""Places, and places with their dates, as datelines print them."""

from __future__ import annotations

import re

from cleaner.facts import Agency
from cleaner.tags.times import Times
from cleaner.tags.words import DIGIT, Words, caseless

OPENERS = frozenset({
    "after", "am", "après", "at", "before", "bis", "by", "dal", "den", "depuis", "desde", "do", "dopo", "during", "dès", "efter", "em", "en", "etter",
    "fra", "from", "från", "hasta", "im", "in", "na", "nach", "nel", "no", "od", "on", "op", "på", "seit", "since", "sinds", "til", "till", "tot",
    "until", "v", "vom", "w", "în", "в", "до", "з", "на", "с", "у",
})
INNER = re.compile(r"\s?[(\[][^\W\d_]+[)\]]")
SHORT_DATE = re.compile(r"\d{1,2}\s?[-/.]\s?\d{1,2}\.?")


class Places:
    """Whether a text is a place, alone or with its date."""

    def __init__(self, words: Words, times: Times) -> None:
        self.facts = words.facts
        self.words = words
        self.times = times

    @property
    def numbers(self) -> frozenset[str]:
        """The digits of other scripts and the words for numbers that dates hold."""
        return self.times.vocabulary.numbers

    def place_and_date(self, text: str, language: str | None, short: bool = False) -> tuple[str | None, str | None] | None:
        """The place and the date that a text is, each None when it is missing; None when the text is anything else.

        ``short``: "5/9" counts as a date too, since an agency stands beside it.
        """
        text = text.strip(" ,،")
        if not text:
            return None, None
        date = None
        place = text
        if DIGIT.search(text) or any(word in self.times.vocabulary.numbers for word in text.split()):
            if first := re.match(r"([^,]{3,24}),\s+([^\W\d_][^,\d]*)$", text):  # "5 сентября, Минск"
                if self.times.is_date(first[1]):
                    return (first[2].rstrip(), first[1]) if self.place(first[2].rstrip(), language) else None
            for cut in [0] + [m.end() for m in re.finditer(r"[\s,،.۔]+", text)]:
                if cut < len(text) and (self.times.is_date(text[cut:]) or short and SHORT_DATE.fullmatch(text, cut)):
                    date, place = text[cut:].strip().removeprefix("في "), text[:cut]
                    if date[-1] == "." and re.search(r"[^\W\d_]{5,}\.$", date):
                        date = date[:-1]
                    break
            else:
                return None
        place = re.sub(r"\s(?:في|на)$", "", place.strip(" ,،–—۔-"))
        if "," not in place and not re.search(r"\b[A-Z]\.[A-Z]\.$|^\w{1,3}\.$", place):
            place = place.rstrip(".")
        if not place:
            return None, date
        return (place, date) if self.place(place, language) else None

    def place(self, place: str, language: str | None) -> bool:
        """Whether words are written as a place is: capitals, few words, no sign of a sentence."""
        place = INNER.sub("", place)  # "Frankfurt (Oder)", "New Delhi [India]"
        if not 2 <= len(place) <= 45 or re.search(r"[!?;:\"“”„«»…(){}*#@=+|]", place):
            return False
        words = [word for word in re.split(r"[\s/,–—-]+", place) if word]
        if not words or len(words) > 7:
            return False
        if caseless(place[0]):
            east = "\u2e80" <= place[0] <= "\uffdc"
            return len(place) <= 8 if east else len(words) <= 3
        if not place[0].isupper() or words[0].casefold() in OPENERS:
            return False
        checked = [word for at, word in enumerate(words) if not (at and word == "THE" and place.isupper())]
        if any(word.casefold() in self.words.never for word in checked) and "the hague" not in place.casefold():
            return False
        times = self.times.vocabulary
        if all(word.casefold().rstrip(".") in times.months | times.weekdays for word in words):
            return False
        if words[-1].casefold() in self.words.particles and "." not in words[-1]:
            return False
        return all(word[0].isupper() or word[0] in "[’'" or word.casefold().rstrip(".") in self.words.particles or not word[0].isalpha() for word in words)

    def spells(self, before: str, inside: str) -> bool:
        """Whether the words before a bracket spell the letters in it: "Australian Federal Police (AFP)"."""
        letters = [c.casefold() for c in inside if c.isalpha()]
        words = re.findall(r"[^\W\d_]+", before)
        if not 2 <= len(letters) <= 6 or len(words) < 2:
            return False
        small = self.words.particles | {"for", "of", "and", "the"}
        initials = [w[0].casefold() for w in words]
        big = [w[0].casefold() for w in words if w.casefold() not in small]
        return any(letters == some[-len(letters) :] for some in (initials, big))

    def seated(self, names: list[tuple[str, Agency | None]], place: str | None) -> list[tuple[str, Agency | None]]:
        """Of agencies that print the same letters, the one at home in the place: (APS) in Alger, (APS) in Dakar."""
        if not place:
            return names
        city = re.split(r"[,/]", place)[0].strip().casefold()
        return [(form, self.facts.seated(form, city) or agency if agency else None) for form, agency in names]
