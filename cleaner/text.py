"""What "the same words" means: keys for looking up, scores for ranking, guards for deciding.

Likeness is not sameness. A score never makes two lines one: of 149 pairs of different headlines many score 98 of 100
("5 killed" / "15 killed"), and no cutoff of any scorer kept all of them apart. So two lines are the same when their
letters and digits are equal, or when one stands whole inside the other and what is around it is a label, a site name
or a cut; and a fact that differs (a number, a part of a series, a negation, a name) stops that at any score.

This is the only room that knows rapidfuzz, and it asks for it at the first score.
"""

from __future__ import annotations

import codecs
import hashlib
import html
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

# Above this many letters a line is compared for equality and containment only: a fuzzy score costs length times length
# (16 megabytes against 16 would take hours), and no headline or caption is that long.
LONGEST_SCORED = 4_000

# A containment or a score this high is a merge unless a guard stops it; 5 points below, it is still told in reports.
THRESHOLD = 92.0
NEAR = 5.0


class Likeness(NamedTuple):
    """How alike two lines are, by which rule, and what stopped it.

    ``score`` and ``threshold`` are 0-100; ``how`` says in a few words what the one has that the other has not;
    ``guard`` names the fact that keeps the two apart, None where there is none.

    >>> headline_likeness("Harbour Reopens After Storm", "Harbour reopens after storm!").same
    True
    """

    score: float
    threshold: float
    how: str
    guard: str | None = None

    @property
    def same(self) -> bool:
        return self.guard is None and self.score >= self.threshold

    @property
    def stopped_by(self) -> str:
        """Why two near lines are not one: the guard, or the threshold."""
        return self.guard or f"{self.score:.0f} of 100 is below {self.threshold:.0f}"


# ---------------------------------------------------------------- fold, key, tight, words

_QUOTES = dict.fromkeys("“”„‟«»″〝〞〟「」『』＂❝❞‹›", '"') | dict.fromkeys("‘’‚‛′`´ʼ＇ʻ❛❜", "'")
_DASHES = dict.fromkeys("‐‑‒–—―−﹘﹣－⸺⸻", "-")
# Arabic and Persian spellings of one letter; Turkish dotless i (capitals lose the difference); Russian ё, printed as е.
_LETTERS = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ہ": "ه", "ۀ": "ه", "ھ": "ه", "ک": "ك",
    "ـ": "", "ı": "i", "ё": "е",
}  # fmt: skip


# Arabic and Hebrew vowel signs, which one printing has and the next has not; the signs of other scripts are letters.
_VOWEL_SIGN = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]"
)


def _plain_char(c: str) -> str:
    """One character as it is compared, its case kept."""
    if c == "\u200c":  # Persian writes it where others write a space
        return " "
    if c in _QUOTES:
        return _QUOTES[c]
    if c in _DASHES:
        return _DASHES[c]
    if c.isspace():
        return " "
    category = unicodedata.category(c)
    if category in ("Cf", "Cc") or "\ufe00" <= c <= "\ufe0f" or c == "\u034f" or _VOWEL_SIGN.match(c):
        return ""
    if category == "Nd":
        return str(unicodedata.digit(c))
    wide = unicodedata.normalize("NFKC", c)
    if wide == c or wide[0] == " ":  # an accent that stands alone would come apart into a space and a mark
        return _LETTERS.get(c, c)
    return "".join(_plain_char(w) if w != c else w for w in wide)


def _fold_char(c: str) -> str:
    small = _plain_char(c).replace("İ", "i").casefold()
    return "".join(_LETTERS.get(s, s) for s in "".join(map(_plain_char, unicodedata.normalize("NFKC", small))))


def _key_char(c: str) -> str:
    return "".join(s if s.isalnum() or unicodedata.category(s) in ("Mn", "Mc") else " " for s in _fold_char(c))


def _tight_char(c: str) -> str:
    return _key_char(c).replace(" ", "")


class _Table(dict[int, str | None]):
    """A table for ``str.translate`` that learns each character when it first meets it."""

    def __init__(self, one: Callable[[str], str]) -> None:
        super().__init__()
        self.one = one

    def __missing__(self, code: int) -> str | None:
        # None and not "": str.translate has a fast path for ASCII that an empty string leaves.
        self[code] = found = self.one(chr(code)) or None
        return found


_PLAIN, _FOLD, _KEY, _TIGHT = _Table(_plain_char), _Table(_fold_char), _Table(_key_char), _Table(_tight_char)


# The marks that the table takes from a letter (İ is i, ё is е); taken here in one step, or each of a thousand would cost a walk.
_LOST_MARKS = re.compile("i\u0307+|е\u0308+")


def _without_marks(match: re.Match[str]) -> str:
    return match[0][0]


def _translate(text: str, table: _Table) -> str:
    """Every character by the table, to a fixed point: letters and their marks may come together only after the fold."""
    text = text.translate(table)
    if text.isascii():
        return text
    if "\u0307" in text or "\u0308" in text:
        text = _LOST_MARKS.sub(_without_marks, text)
    while not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", _LOST_MARKS.sub(_without_marks, text)).translate(table)
    return text


class _Page:
    """One alphabet beside ASCII, at most 128 characters, whose keys are made as bytes: three times as fast as ``str.translate``.

    A line with any character that is not on the page takes the slow way, which gives the same.
    """

    def __init__(self, alphabet: str) -> None:
        ascii_ = [chr(code) for code in range(128)]
        # The small letters before the capitals: where the page is full, a capital takes the slow way.
        everywhere = "\u00a0\u00ad\u200b\u2060\ufeff\u200e\u200f“”„‘’‚«»‹›–—−…·•©®°€£§¿¡"
        more = [c for c in dict.fromkeys(everywhere + alphabet + alphabet.upper()) if not c.isascii() and c != "\u0307"]
        on_page = {"", *ascii_, *more[:128]}
        self.letters = "".join(ascii_ + [c for c in more if _key_char(c) in on_page][:128]).ljust(256, "\ufffe")
        self.map = codecs.charmap_build(self.letters)
        keys = [_key_char(c) if c != "\ufffe" else "" for c in self.letters]
        self.keys = bytes(self.letters.index(k) if k else 0 for k in keys)
        self.nothing = bytes(code for code, k in enumerate(keys) if not k)
        self.no_letter = bytes(code for code, k in enumerate(keys) if not k.strip())

    def encoded(self, text: str) -> bytes | None:
        # "ignore" and a look at the length: an exception would cost more than all the rest.
        found = codecs.charmap_encode(text, "ignore", self.map)[0]
        return found if len(found) == len(text) else None

    def decoded(self, found: bytes) -> str:
        return found.decode() if found.isascii() else codecs.charmap_decode(found, "strict", self.letters)[0]


_ALPHABETS = {
    0x00: "àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿąćęłńśźżčďěňřšťůžőűğşășț",
    0x03: "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋ",
    0x04: "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўјљњћђџ№",
    0x05: "אבגדהוזחטיךכלםמןנסעףפץצקרשת־׳״",
    0x06: "ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىيٱٹپچڈڑژکگںھہۀیے٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹ًٌٍَُِّْٰ،؛؟۔٪",
}


@cache
def _page(block: int) -> _Page:
    return _Page(_ALPHABETS[block])


def _on_page(text: str) -> tuple[_Page, bytes] | None:
    """A line in one of the alphabets as bytes of its page; None for other scripts and for mixtures."""
    latin = _page(0)
    if text.isascii():
        return latin, text.encode()
    # The middle of a line tells its script, and where a space or a quote stands there, its first character.
    block = ord(text[len(text) // 2]) >> 8
    if block < 2 or block == 0x20:
        if (found := latin.encoded(text)) is not None:
            return latin, found
        block = ord(text[0]) >> 8
    if block and block in _ALPHABETS and (found := (page := _page(block)).encoded(text)) is not None:
        return page, found
    return None


# Han, kana and Hangul as most lines print them: every character is its own folded form, so the line needs no table.
_EAST_ASIAN = re.compile("[ -~\u3001-\u301f\u3041-\u3096\u30a0-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3“”‘’…—·]+")
_LETTERS_AND_DIGITS = re.compile(r"[^\W_]+")


_AMPERSANDS = re.compile(r"&(?:(?:amp|#0{0,4}38|#x0{0,4}26);)+", re.IGNORECASE)


def _unescape(text: str, table: _Table) -> str:
    """HTML entities undone as often as they were done, and what they hide brought to its plain form."""
    for _ in range(8):
        before = text
        text = _translate(html.unescape(_AMPERSANDS.sub("&", text)), table)
        if text == before or "&" not in text:
            return text
    return text.replace("&", " ")  # nested past all reason: each layer costs a walk, and an attacker writes one in five characters


def _plain(text: str) -> str:
    """``text`` as ``fold`` would give it, but with its case and its capital letters."""
    if text.isascii() and "&" not in text:
        return " ".join(text.split())
    text = _translate(text, _PLAIN)
    return " ".join((_unescape(text, _PLAIN) if "&" in text else text).split())


def fold(text: str) -> str:
    """One form for all the ways to print the same characters; punctuation stays. For scores and for guards.

    Width, ligatures and entities (encoded once or thrice) undone, invisible characters dropped, quotes, dashes and digits
    in their ASCII form, Arabic letters and vowel signs as most papers print them, case folded, white space collapsed.

    >>> fold("“Große Fähre” &amp;amp; more…"), fold("٧ آلاف")
    ('"grosse fähre" & more...', '7 الاف')
    """
    text = _translate(text, _FOLD)
    return " ".join((_unescape(text, _FOLD) if "&" in text else text).split())


def key(text: str) -> str:
    """What comparisons look at: letters and digits only, case folded, words joined by one space.

    Not for guards: "5.1" and "51" are told apart by :func:`differing_fact`, not by a key.

    >>> key("  RÄNTAN höjs! "), key("Foto: TT") == key("Foto TT")
    ('räntan höjs', True)
    """
    if "&" in text:
        text = fold(text)
    if on := _on_page(text):
        page, found = on
        return page.decoded(b" ".join(found.translate(page.keys, page.nothing).split()))
    if _EAST_ASIAN.fullmatch(text):
        return " ".join(_LETTERS_AND_DIGITS.findall(text.lower()))
    return " ".join(_translate(text, _KEY).split())


def tight(text: str) -> str:
    """The key without its spaces, for copies that were glued together or spaced otherwise.

    >>> tight("Home|News") == tight("HomeNews"), tight("U.S. ferries")
    (True, 'usferries')
    """
    if "&" in text:
        text = fold(text)
    if on := _on_page(text):
        page, found = on
        return page.decoded(found.translate(page.keys, page.no_letter))
    if _EAST_ASIAN.fullmatch(text):
        return "".join(_LETTERS_AND_DIGITS.findall(text.lower()))
    return _translate(text, _KEY).replace(" ", "")


# Scripts printed without spaces between words: Thai, Lao, Burmese, Khmer, kana, Han.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_WORD = re.compile(f"[{_UNSPACED}]|[^ {_UNSPACED}]+")
_CJK = re.compile("[\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def words(text: str) -> list[str]:
    """The words of the key; a character is a word in scripts that print no spaces.

    >>> words("Foto: TT"), words("港口 2 号")
    (['foto', 'tt'], ['港', '口', '2', '号'])
    """
    found = key(text)
    return _WORD.findall(found) if not found.isascii() and _HAS_UNSPACED.search(found) else found.split()


COUNTED = 1_000_000
"""Code points whose words are counted at a time: as a list, the words of a line of 50 megabytes take 500."""


def in_common(some: Sequence[str], others: Sequence[str]) -> int:
    """How many words two lists of words have in common, in one order: their longest common subsequence.

    >>> in_common(words("Council puts off its vote"), words("Why the council puts off a vote"))
    4
    """
    from rapidfuzz.distance import LCSseq

    return int(LCSseq.similarity(some, others))


def word_count(text: str) -> int:
    """How many words a text has, by its white space.

    >>> word_count(" The harbour\\n reopened ")
    3
    """
    if len(text) <= COUNTED:
        return len(text.split())
    cuts = range(COUNTED, len(text), COUNTED)
    torn = sum(not text[cut - 1].isspace() and not text[cut].isspace() for cut in cuts)
    return sum(len(text[start : start + COUNTED].split()) for start in (0, *cuts)) - torn


# ---------------------------------------------------------------- scores


def fingerprint(text: str) -> str:
    """16 hex digits that know a text's words but not its line breaks.

    >>> fingerprint("The harbour\\n reopened") == fingerprint("The harbour reopened ")
    True
    """
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _ratio(a: str, b: str, at_least: float) -> float:
    if a == b:
        return 100.0
    if max(len(a), len(b)) > LONGEST_SCORED:
        return 0.0
    from rapidfuzz.fuzz import ratio

    return float(ratio(a, b, score_cutoff=at_least))


# ---------------------------------------------------------------- facts

_TOKEN = re.compile(
    r"(?:^|(?<=[\s(]))-(?=\d)"  # a minus
    r"|\d+(?:[.,:']\d+|(?<!\d{4}) \d{3}(?!\d))*"  # a number with its points and commas
    r"|[^\d\s!-/:-@\[-`{-~]+"  # a word, with the signs that are no letters for Python
)
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,' ]\d{3})+")
_SIGN = re.compile(r"[%‰$€£¥₹₽₩₺₪]|(?<=\w)[+-](?=\s|$)")
# Number words that are no other word in another language ("to", "sei", "en", "six" of two languages are left out).
_NUMBER_WORDS = {
    word: number
    for number, spelled in {
        "1": "one",
        "2": "two två zwei deux twee dois duas два две dwa iki kaksi اثنان",
        "3": "three tre drei trois tres drie três три trzy üç kolme ثلاثه ثلاث",
        "4": "four fyra vier quatre cuatro quattro quatro четыре cztery dört neljä اربعه اربع",
        "5": "five fem fünf cinq cinco cinque vijf пять pięć beş viisi خمسه خمس",
        "6": "six sechs seis zes шесть sześć alti kuusi سته",
        "7": "seven sju sieben siete sette zeven sete семь siedem yedi سبعه",
        "8": "eight åtta acht huit ocho oito восемь sekiz ثمانيه",
        "9": "nine nio neun neuf nueve negen девять dokuz تسعه",
        "10": "ten tio zehn dix diez dieci tien dez десять عشره",
        "11": "eleven elva onze undici",
        "12": "twelve tolv zwölf douze doce dodici twaalf doze",
    }.items()
    for word in spelled.split()
}
_MULTIPLES = {
    word: times
    for times, spelled in {
        1_000: "thousand tusen tausend duizend тысяч",
        1_000_000: "million millions mln miljoner miljon millionen mio millones millón millioner milhões milioni miljoen миллион миллиона миллионов млн",
        1_000_000_000: "billion billions bln miljarder miljard milliarden mrd milliards milliarder миллиард миллиарда миллиардов млрд",
    }.items()
    for word in spelled.split()
}
# With their full stop these are the long word; "gen" or "mar" without one may be another.
_ABBREVIATIONS = {
    "jan": "january", "feb": "february", "mar": "march", "apr": "april", "jun": "june", "jul": "july", "aug": "august", "sep": "september", "sept":
    "september", "oct": "october", "nov": "november", "dec": "december", "gov": "governor", "sen": "senator", "gen": "general", "rep": "representative",
    "pres": "president", "prof": "professor", "dr": "doctor", "lt": "lieutenant", "col": "colonel", "capt": "captain", "sgt": "sergeant", "dept":
    "department", "govt": "government",
}  # fmt: skip
# Two spellings of one name, both in use; of persons only where no second person bears the other spelling.
_SPELLINGS = {
    "kiev": "kyiv", "kharkov": "kharkiv", "odessa": "odesa", "lvov": "lviv", "türkiye": "turkey", "turkiye": "turkey", "peking": "beijing", "bombay":
    "mumbai", "calcutta": "kolkata", "gaddafi": "qaddafi", "gadhafi": "qaddafi", "kadhafi": "qaddafi", "qadhafi": "qaddafi", "hizbollah": "hezbollah",
    "hizbullah": "hezbollah", "koran": "quran",
}  # fmt: skip


def _tokens(folded: str) -> tuple[list[str], list[str]]:
    """The words of a folded line with numbers and abbreviations in one form, and of these the numbers in their order."""
    tokens: list[str] = []
    numbers: list[str] = []
    minus, number_end = "", -1
    for match in _TOKEN.finditer(folded):
        token, end = match[0], match.end()
        if token == "-":
            minus = "-"
            continue
        if "0" <= token[0] <= "9":
            if _THOUSANDS.fullmatch(token):
                token = re.sub(r"\D", "", token)
            whole, *rest = re.split(r"\D", token)
            token = minus + ".".join([whole.lstrip("0") or "0", *rest])
        elif token in _MULTIPLES and 0 <= match.start() - number_end <= 1 and numbers[-1].count(".") < 2 and len(numbers[-1]) < 12:
            # A date such as 5.09.2024 counts nothing, and of a number of a hundred digits nobody writes millions.
            tokens.pop()
            token = f"{float(numbers.pop()) * _MULTIPLES[token]:.0f}"
        elif token in _NUMBER_WORDS:
            token = _NUMBER_WORDS[token]
        else:
            is_abbreviated = token in _ABBREVIATIONS and folded[end : end + 1] == "."
            tokens.append(_ABBREVIATIONS[token] if is_abbreviated else _SPELLINGS.get(token, token))
            minus = ""
            continue
        tokens.append(token)
        numbers.append(token)
        minus, number_end = "", end
    return tokens, numbers


def _numbers(folded: str) -> list[str]:
    return _tokens(folded)[1]


_ROMAN = r"(?:x{0,3}(?:ix|iv|v?i{1,3}|v)|x{1,3})"
_PART = re.compile(
    r"\b(?:part|pt|teil|del|osa|partie|parte|deel|część|díl|часть|серия|bölüm|episode|épisode|episodio|folge|avsnitt|capítulo|chapter|vol|volume|"
    r"day|week|vecka|woche|tag|round|stage|lesson)\b\.? ?"
    rf"(\d+|{_ROMAN}|one|two|three|four|five|six)\b"
    rf"|\((\d{{1,2}}(?:/\d{{1,2}})?|{_ROMAN}|[a-h])\)"
    r"|\(([上中下前後后상중하])\)|([上中下前後后][編篇编])|第([\d一二三四五六七八九十]+)[部集回話话章期弾]|(?:اضافه|الجزء|الحلقه) (\w+)"
    r"|\b((?:first|second|third|fourth|last|final) (?:part|day|instalment|installment|episode))\b"
    r"| (ii|iii|iv|vi{1,3}|ix)$|[-:/] ?(\d{1,2}(?:/\d{1,2})?)$"
)


def _parts(folded: str) -> list[str]:
    return [next(group for group in match.groups() if group) for match in _PART.finditer(folded)]


_NEGATIONS = frozenset(
    " ".join(
        (
            # English and the Germanic languages
            "not no never without cannot nor neither nicht kein keine keinen keiner keinem nie niemals ohne inte ej icke aldrig ingen inget inga utan",
            "ikke intet aldri uten uden niet geen nooit zonder",
            # Romance, Slavic in Latin letters, Finnish, Hungarian, Turkish, Vietnamese, Indonesian
            "pas jamais sans aucun aucune rien nunca sin ningún ninguna não sem nenhum non mai senza nessun nessuna bez není nejsou ei eivät nem soha",
            "değil yok không chưa chẳng tidak bukan tanpa",
            # Cyrillic, Greek, Arabic, Persian, Hebrew, Hindi, Korean, in their folded letters
            "не нет ни без нельзя ні немає δεν όχι μην χωρίς لا لم لن ليس ليست غير بدون دون نيست نه לא אין בלי नहीं नही मत बिना 안 못",
            # words in front that turn the whole line round
            "false hoax fake faktencheck faktasjekk faktakoll factcheck debunked denies dementiert retracted satire",
        )
    ).split()
)
_NEGATING_CHARACTERS = frozenset("不无無未没沒非")
_NEGATING_PREFIXES = ("un", "in", "non", "не", "ikke", "o", "ir", "il", "im", "dis")


def _negations(tokens: list[str]) -> list[str]:
    found = [token for token in tokens if token in _NEGATIONS or token in _NEGATING_CHARACTERS]
    found += ["fact check" for first, second in pairwise(tokens) if first == "fact" and second.startswith("check")]
    # "don't" falls into "don t": the t is what is left of the negation.
    found += [f"{first}'t" for first, second in pairwise(tokens) if second == "t" and first.endswith("n")]
    return sorted(found)


def _is_subsequence(short: list[str], long: list[str]) -> bool:
    rest = iter(long)
    return all(one in rest for one in short)


def _pair(a: list[str], b: list[str]) -> str:
    """The first place where two lists differ, as "34 / 43"."""
    at = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return f"{a[at] if at < len(a) else 'none'} / {b[at] if at < len(b) else 'none'}"


def _differing_mark(a: str, b: str) -> str | None:
    """The number, sign or part of a series in which two folded lines differ."""
    numbers, others = _numbers(a), _numbers(b)
    if numbers != others and not (_is_subsequence(numbers, others) or _is_subsequence(others, numbers)):
        return f"number {_pair(numbers, others)}"
    parts, others = _parts(a), _parts(b)
    if parts != others:
        return f"part {_pair(parts, others)}"
    signs, others = _SIGN.findall(a), _SIGN.findall(b)
    if signs and others and signs != others:
        return f"sign {_pair(signs, others)}"
    return None


_MARKED = re.compile(r"[\d%‰$€£¥₹₽₩₺₪+]|\w-(?:\s|$)")


def _hidden_mark(a: _View, b: _View) -> str | None:
    """The mark in which two lines of equal letters differ: "5.1" and "51" have the same letters and digits."""
    if _MARKED.search(a.plain) or _MARKED.search(b.plain):
        return _differing_mark(fold(a.text), fold(b.text))
    return None


def _middles(a: list[str], b: list[str]) -> tuple[list[str], list[str], int]:
    """What is left of two lists of words between their common opening and their common closing, and where it starts."""
    start, end = 0, min(len(a), len(b))
    while start < end and a[start] == b[start]:
        start += 1
    stop = 0
    while stop < end - start and a[-1 - stop] == b[-1 - stop]:
        stop += 1
    return a[start : len(a) - stop], b[start : len(b) - stop], start


def differing_fact(a: str, b: str) -> str | None:
    """The fact in which two like lines differ, in words for a reason sentence; None when they say the same.

    A fact is a number, a part of a series, a sign, a negation, the order of words, and any word or name put in the place of
    another. Words that one line merely has more ("the premier, left,") are no fact unless they count or deny.

    >>> differing_fact("Kim Ek, 34 år, från Gävle", "Kim Ek, 43 år, från Gävle")
    'number 34 / 43'
    >>> differing_fact("Anna Holm vinner loppet", "Anna Holt vinner loppet")
    'name Holm / Holt'
    >>> differing_fact("The quay took 7,000 boxes", "The quay took 7000 boxes") is None
    True
    """
    if a == b:
        return None
    one, other = fold(a), fold(b)
    if one == other:
        return None
    if mark := _differing_mark(one, other):
        return mark
    first, second = words(one), words(other)
    if first == second:
        return None
    left, right, _ = _middles(first, second)
    if len(left) == len(right) and sorted(left) == sorted(right):
        return "word order"
    mine, theirs = _negations(first), _negations(second)
    if len(mine) != len(theirs):
        more, fewer = (mine, set(theirs)) if len(mine) > len(theirs) else (theirs, set(mine))
        return f"negation {next((word for word in more if word not in fewer), more[0])}"
    if "".join(left) == "".join(right) or not left or not right:
        return None
    for x in left:
        for y in right if len(right) <= 12 else ():
            if x != y and len(min(x, y, key=len)) > 3 and any(x == prefix + y or y == prefix + x for prefix in _NEGATING_PREFIXES):
                return f"negation {max(x, y, key=len)}"
    if sorted(left) == sorted(right):
        return "word order"
    if len(left) == len(right):
        for x, y in zip(left, right, strict=True):
            if x != y and x not in _NUMBER_WORDS and y not in _NUMBER_WORDS and not (x.isdigit() or y.isdigit()) and _bare(x) != _bare(y):
                return _replaced(x, y, a, b)
        return None
    return _replaced(" ".join(left[:4]), " ".join(right[:4]), a, b)


def _replaced(x: str, y: str, a: str, b: str) -> str:
    printed_x, printed_y = _as_printed(x, a), _as_printed(y, b)
    return f"{'name' if printed_x[:1].isupper() and printed_y[:1].isupper() else 'word'} {printed_x} / {printed_y}"


def _as_printed(folded: str, text: str) -> str:
    """A word of the key as the line prints it, where a plain search finds it."""
    found = re.search(rf"(?<!\w){re.escape(folded)}(?!\w)", text, re.IGNORECASE)
    return found[0] if found else folded


def same_facts(a: str, b: str) -> bool:
    """Whether two like lines say the same: no number, name, negation or part differs.

    >>> same_facts("5 killed in Sirte", "15 killed in Sirte"), same_facts("Foto: TT", "foto TT")
    (False, True)
    """
    return differing_fact(a, b) is None


# ---------------------------------------------------------------- accents

_UNDECOMPOSED = {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


def _bare_char(c: str) -> str:
    if c in _UNDECOMPOSED:
        return _UNDECOMPOSED[c]
    apart = unicodedata.normalize("NFD", c)
    # Only Latin and Greek: й is a letter and not an и with an accent, and Indic signs are vowels.
    return apart[0] if len(apart) > 1 and ("a" <= apart[0] <= "z" or "\u0370" <= apart[0] <= "\u03ff") else c


_BARE = _Table(_bare_char)


def _bare(folded: str) -> str:
    return folded if folded.isascii() else folded.translate(_BARE)


# ---------------------------------------------------------------- lines that hold each other

# Labels that stand before a headline without being part of it, folded. With a colon or a bar any kicker may stand there;
# these also go when only a space or nothing divides them, and count as no words of the headline.
_LABELS = (
    "breaking news|breaking|just in|exclusive|update|updated|live updates|live|watch|video|photos|pictures|in pictures|gallery|listen|podcast|opinion|"
    "analysis|explainer|special|interview|urgent|eilmeldung|eil|liveticker|newsticker|exklusiv|kommentar|just nu|direkt|extra|senaste nytt|siste|direkte|"
    "ekstra|lige nu|juuri nyt|liveblog|net binnen|dernière minute|en direct|direct|alerte info|última hora|ultima hora|último minuto|en vivo|en directo|"
    "urgente|ao vivo|ultim'ora|in diretta|diretta|pilne|z ostatniej chwili|na żywo|právě teď|živě|rendkívüli|friss|срочно|молния|онлайн|терміново|наживо|"
    "son dakika|canlı|flaş|خبر عاجل|عاجل|مباشر|فوري|خبر فوري|מבזק|快讯|突发|最新|速报|速報|号外|속보|단독|상보|tin mới|trực tiếp|uživo|hitno|"
    "berita terbaru|langsung|ब्रेकिंग न्यूज|ब्रेकिंग"
)
_CAPTION_LABELS = (
    "image caption|image source|image|article image for|photo caption|photo|picture|caption|file photo|file picture|file|archive photo|archive|bildtext|"
    "bild|arkivbild|arkivfoto|foto|archivbild|legende|légende|archives|archivo|foto de archivo"
)
# A wire's take stands before a bare hyphen ("UPDATE 2-"); with other labels a hyphen may make one word ("Live-Musik").
_FRONT = re.compile(
    rf"[\[【(<+ ]*(?:(?:{_LABELS})[+ ]*(?:[:|/\]】)>]+| -+ |•)|(?:update|wrapup|refile|corrected|rpt|recast) ?\d* ?(?:[:|]|-+)|bc-\w*--) *", re.IGNORECASE
)
# Behind the label a capital must stand: "Special envoy arrives" is no label.
_FRONT_SPACED = re.compile(
    r"(?:(?:Home|News|Special|SPECIAL|Exclusive|EXCLUSIVE|Watch|WATCH|Video|VIDEO|Live|LIVE|Breaking News|BREAKING NEWS|BREAKING) )+(?=[^\W\d_a-z])"
)
_BACK = re.compile(
    rf" *[\[(【] ?(?:with |\+ ?)?(?:{_LABELS})(?: ?[+&/,]? ?(?:{_LABELS}))* ?[\])】]$|(?: *\||:| -) ?(?:{_LABELS})$|, ?(?:\d+\w\w )?(?:ld|lead)-?writethru$",
    re.IGNORECASE,
)
_CAPTION_FRONT = re.compile(
    rf"(?:\d+ ?(?:of|/) ?\d+ ?:?)?(?:[\[(]?(?:{_CAPTION_LABELS})(?:\)|\]|:| -| \|)+ ?|(?:image caption|photo caption)(?: ?,)? )?(?=.)", re.IGNORECASE
)
_CAPTION_BACK = re.compile(
    r"[ ,/|(\[-]+(?:hide caption|toggle caption|vis mer|file photo|file|archive|archivbild|arkivbild|arkivfoto|purchase licensing rights)[)\].]*$",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(r"(?:\.\.+|\[\.\.+\]|\(\.\.+\)) ?$")
_DAYS = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|понедельник|вторник|сред[ау]|четверг|пятниц[ау]|"
    r"суббот[ау]|воскресенье|[月火水木金土日]曜日?|周[一二三四五六日]|星期[一二三四五六日]"
)
_MONTHS = "jan|feb|mar|apr|may|mai|maj|jun|jul|aug|sep|oct|okt|nov|dec|dez|ene|abr|ago|dic|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек"
_DATE = re.compile(rf"(?:(?:{_DAYS}),?|(?:{_MONTHS})\w*\.?|\d{{1,4}}[.,]?|on|in|den|am|le|de|el|the|[年月日./,-])(?: ?|$)", re.IGNORECASE)
_DAY = re.compile(rf"(?<!\w)(?:{_DAYS})")


class _View:
    """What likeness looks at in one line, each made once and only when it is asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tight = tight(text)

    @cached_property
    def key(self) -> str:
        return key(self.text)

    @cached_property
    def plain(self) -> str:
        """The line in its plain form, case kept: where labels and joints are looked for."""
        return _plain(self.text)

    @cached_property
    def bare(self) -> str:
        """The letters without accents."""
        return _bare(self.tight)

    @cached_property
    def spelled_out(self) -> str:
        """The letters with ä as ae, as pages without umlauts write them."""
        return self.tight if self.tight.isascii() else self.tight.translate(_SPELLED_OUT)

    @cached_property
    def tokens(self) -> tuple[str, list[str]]:
        """The letters with numbers and abbreviations in one form, and the numbers."""
        tokens, numbers = _tokens(fold(self.text))
        return tight(" ".join(tokens)), numbers


@lru_cache(maxsize=2048)
def _cached_view(text: str) -> _View:
    return _View(text)


def _view(text: str) -> _View:
    # A line meets several others, so its view is kept for a while; long lines are not, they would hold memory.
    return _cached_view(text) if len(text) <= 400 else _View(text)


def _is_long_enough(view: _View) -> bool:
    """At least four words, 18 letters, or six characters of a script in which a character is a word."""
    letters = view.tight
    if len(letters) >= 18:
        return True
    if not letters.isascii() and _HAS_UNSPACED.search(letters):
        return len(_CJK.findall(letters)) >= 6
    return view.key.count(" ") >= 3


def headline_likeness(a: str, b: str) -> Likeness | None:
    """Whether two lines are one headline printed twice; None when they are not near each other at all.

    The same: equal but for case, quotes, dashes, accents, invisible characters; cut short; with a site name behind, a kicker or
    a label in front. Not the same, with the guard that says why: another number, part, negation, name, or other wording.

    >>> headline_likeness("Ferry lines open again on Monday | Quay Courier", "Ferry lines open again on Monday").how
    "with '| Quay Courier' behind it"
    >>> headline_likeness("Ferry with 5 boats in tow", "Ferry with 15 boats in tow").guard
    'number 5 / 15'
    >>> headline_likeness("Ferry lines open again", "Bakers ask for cheaper flour") is None
    True
    """
    return _likeness(a, b, is_caption=False)


def caption_likeness(a: str, b: str) -> Likeness | None:
    """Whether two lines are one caption printed twice; None when they are not near each other at all.

    For the words of captions without their credits: two photographers on the same words are two captions, and the caller
    who has split the credits off knows that.

    >>> caption_likeness("Image caption The mole at low tide", "The mole at low tide").same
    True
    >>> caption_likeness("The town choir of Riga sings in Lund.", "The town choir of Riga sings in Lima.").guard
    'name Lund / Lima'
    """
    return _likeness(a, b, is_caption=True)


def _likeness(a: str, b: str, is_caption: bool) -> Likeness | None:
    first, second = _view(a), _view(b)
    if first.tight == second.tight:
        return _of_equal_letters(first, second) if first.tight else None
    if not first.tight or not second.tight:
        return None
    short, long = (first, second) if (len(first.tight), first.tight) < (len(second.tight), second.tight) else (second, first)
    letters, others = short.tight, long.tight
    # Most lines end here: nothing shorter than six letters is held by another, and nothing by a paragraph, unless it opens it.
    if len(letters) < 6 or (2 * len(others) > 120 + 5 * len(letters) and not others.startswith(letters)):
        return None
    if letters[:8] not in others and letters[-8:] not in others:
        return _but_for_accents(short, long)
    return (
        _but_for_accents(short, long)
        or _cut_short(short, long)
        or _with_something_around(short, long, is_caption)
        or _written_otherwise(short, long)
        or _merely_alike(first, second)
    )


def _of_equal_letters(first: _View, second: _View) -> Likeness:
    a, b = first.text, second.text
    if a == b:
        return Likeness(100.0, THRESHOLD, "the same words")
    if fold(a) == fold(b):
        return Likeness(100.0, THRESHOLD, "the same but for case and the like")
    guard = _hidden_mark(first, second)
    if guard is None and first.key != second.key and not (_is_long_enough(first) or _is_long_enough(second)):
        guard = "a short line spaced otherwise"
    return Likeness(100.0, THRESHOLD, "the same but for punctuation and spaces", guard)


def _but_for_accents(short: _View, long: _View) -> Likeness | None:
    """Equal when one of the two has no accents at all: capitals in Greek, slugs, damaged copy. Two words with different accents are two words."""
    if short.tight.isascii() and long.tight.isascii():
        return None
    if short.bare == long.bare:
        if short.bare not in (short.tight, long.tight):
            return None
    elif short.spelled_out != long.spelled_out or not (short.tight.isascii() or long.tight.isascii()):
        return None
    if not _is_long_enough(short):
        return None
    return Likeness(98.0, THRESHOLD, "the same but for accents", _hidden_mark(short, long))


def _written_otherwise(short: _View, long: _View) -> Likeness | None:
    """Equal but for "seven" / "7", "2 million" / "2,000,000", "Sept." / "September", "Kiev" / "Kyiv"."""
    if 2 * len(short.tight) < len(long.tight) or len(long.tight) > LONGEST_SCORED or short.tokens != long.tokens or not _is_long_enough(short):
        return None
    return Likeness(97.0, THRESHOLD, "the same but for a number or a name written otherwise", _hidden_mark(short, long))


# Words of one or two letters that end a line as whole words.
_SHORT_WORDS = frozenset(
    " ".join(
        (
            "a i o e y u à ó é å ö of to in on at by as is it be he we us up an or so no do go if my me am av ut om så är en på du ja vi er et og de la le un",
            "il al el au ou se si su es da na ao os um uma zu im ab ob op te ze я в и с к о у а не на по за из до от то мы он",
        )
    ).split()
)


CUT_SHORT = "cut short"
"""How a line that was cut short is like the whole one."""


def _cut_short(short: _View, long: _View) -> Likeness | None:
    """The shorter opens the longer and stops at an ellipsis, or inside a word after 25 characters with more words to come."""
    if not long.tight.startswith(short.tight):
        return None
    cut = short.plain
    if _ELLIPSIS.search(cut):
        if not _is_long_enough(short):
            return None
    elif not _is_cut_inside_a_word(cut, long.plain[_after(long.plain, len(short.tight)) :]):
        return None
    one, other = fold(short.text), fold(long.text)
    numbers, others = _numbers(one), _numbers(other)
    # What was cut away may hold any number; what is left must be the numbers the longer line begins with.
    guard = None if numbers == others[: len(numbers)] else f"number {_pair(numbers, others)}"
    return Likeness(_share(short, long), THRESHOLD, CUT_SHORT, guard)


def _is_cut_inside_a_word(cut: str, rest: str) -> bool:
    """Whether a line without an ellipsis was cut inside a word: "as the ferry lines op" with "en again" to come.

    "Niger" / "Nigeria, officials say" and "the port" / "the ports of Libya" are two lines: what stands must be no word that a line
    may end with. So: in small letters, and one or two letters that are no word, or a long line and three letters missing.
    """
    last = re.search(r"[^\W\d_]+$", cut)
    missing = re.match(r"[^\W\d_]+", rest)
    if len(cut) < 25 or not last or not missing or not last[0].islower() or not missing[0].islower() or not re.search(r"\w", rest[missing.end() :]):
        return False
    if len(last[0]) <= 2:
        return last[0] not in _SHORT_WORDS
    return len(cut) >= 40 and len(missing[0]) >= 3


def _share(short: _View, long: _View) -> float:
    """A line that stands whole inside another scores 100 less up to 8 points for what is around it: the more there is, the closer the call."""
    return round(THRESHOLD + (100.0 - THRESHOLD) * len(short.tight) / len(long.tight), 1)


def _after(plain: str, letters: int) -> int:
    """The offset in ``plain`` behind its first ``letters`` letters and digits."""
    seen = 0
    for at, c in enumerate(plain):
        if seen >= letters:
            return at
        seen += len(_TIGHT[ord(c)] or "")
    return len(plain)


def _without_labels(plain: str, is_caption: bool) -> str:
    front, back = (_CAPTION_FRONT, _CAPTION_BACK) if is_caption else (_FRONT, _BACK)
    if not is_caption:
        plain = plain[match.end() :] if (match := _FRONT_SPACED.match(plain)) else plain
    for _ in range(3):
        before = plain
        if (match := front.match(plain)) and match.end() < len(plain):
            plain = plain[match.end() :]
        if match := back.search(plain, max(0, len(plain) - 60)):
            plain = plain[: match.start()]
        if plain == before:
            break
    return plain


def _with_something_around(short: _View, long: _View, is_caption: bool) -> Likeness | None:
    """The shorter stands whole at the start or the end of the longer, and a joint divides it from what is extra."""
    half = len(short.tight) // 2
    if short.tight[half : half + half // 2] not in long.tight:  # labels stand at the ends
        return None
    one, other = _view(_without_labels(short.plain, is_caption)), _view(_without_labels(long.plain, is_caption))
    if len(one.tight) > len(other.tight):
        one, other = other, one
    letters, others = one.tight, other.tight
    if not letters or not (_is_long_enough(one) or (letters == others and _is_long_enough(short))):
        return None
    if letters == others:
        return Likeness(_share(short, long), THRESHOLD, "the same but for a label", _hidden_mark(one, other))
    plain = other.plain
    if others.startswith(letters):
        at = _after(plain, len(letters))
        joint, extra = _split_joint(plain, at)
        fits = _divides(joint, plain[at - 1], extra, is_caption)
        where = "behind it"
        told = plain[at:].strip()
    elif others.endswith(letters):
        at = _after(plain, len(others) - len(letters))
        joint, _ = _split_joint(plain, at)
        extra = plain[:at]
        fits = _divides_front(joint, extra, plain[at + len(joint) :])
        where = "in front"
        told = (extra + joint).strip()
    else:
        return None
    if not fits or len(tight(extra)) > max(60, 3 * len(letters) // 2):
        return None
    told = told if len(told) <= 40 else told[:39] + "…"
    guard = _fact_in(extra, joint, is_caption) or _hidden_mark(one, other)
    return Likeness(_share(short, long), THRESHOLD, f"with {told!r} {where}", guard)


def _split_joint(plain: str, at: int) -> tuple[str, str]:
    """What stands between two words, and the rest of the line behind it."""
    end = at
    while end < len(plain) and not _TIGHT[ord(plain[end])]:
        end += 1
    return plain[at:end], plain[end:]


_DIVIDER = re.compile(r"[|:_•·»>©]| [-/]+ |[-/]+ | [(\[]|[(\[]$| /|/ ")


def _divides(joint: str, before: str, extra: str, is_caption: bool) -> bool:
    if _DIVIDER.search(joint) and not (joint == ":" and before.isdigit() and extra[:1].isdigit()):
        return True
    if not extra:
        return False
    if is_caption and "," in joint:
        return _is_date(extra)
    if is_caption and ("." in joint or ";" in joint):
        return not extra[0].islower()
    return not joint.strip(".") and (before.islower() or joint != "") and " " not in joint and extra[0].isupper() and len(extra.split()) <= 4


def _is_date(extra: str) -> bool:
    return not _DATE.sub("", extra.casefold()).strip(" .")


def _divides_front(joint: str, extra: str, rest: str) -> bool:
    if _DIVIDER.search(joint) or joint.strip() in ("]", ")", "】", "/", "]:"):
        return True
    if joint == "" and extra[-1:].islower() and rest[:1].isupper():
        return True
    if joint == "-" and 2 <= len(extra) <= 5 and extra.isupper() and rest[:1].isupper() and not rest.isupper():
        return True  # "MSV-Trainer", "FDP-Chefin": whose, in letters
    # Before a mark, or in scripts without capitals: only the path of the page itself is known to be no word of the line.
    return not joint.strip("\"'¿¡") and (extra != "Home" or joint != "'") and _PATH.fullmatch(extra) is not None


_PATH = re.compile(r"Home(?:[A-Z][a-z]+)*")


_CHANNEL = re.compile(r"[A-Z]{2,4} ?\d{1,2}\b")


def _fact_in(extra: str, joint: str, is_caption: bool) -> str | None:
    """The fact that the words around a line add to it, such as a number or a negation."""
    folded = fold(extra)
    if parts := _parts(f"({folded})" if "(" in joint else f"{joint.strip()} {folded}"):
        return f"part none / {parts[0]}"
    if negations := _negations(words(folded)):
        return f"negation {negations[0]}"
    if is_caption and _is_date(extra):
        return None
    if not is_caption and (day := _DAY.search(folded)):  # "the weather in the capital: Saturday"
        return f"day none / {day[0]}"
    numbers = _numbers(folded)
    if not numbers:
        return None
    # A site may have a number in its name: "| France 24", "- NBC 5".
    if len(numbers) == 1 and (("|" in joint and not folded[0].isdigit()) or _CHANNEL.match(extra)):
        return None
    return f"number none / {numbers[0]}"


def _merely_alike(first: _View, second: _View) -> Likeness | None:
    less, more = sorted((len(first.tight), len(second.tight)))
    if 4 * less < 3 * more or more > LONGEST_SCORED:
        return None
    a, b = first.text, second.text
    score = _ratio(first.key, second.key, THRESHOLD - NEAR)
    if score < THRESHOLD - NEAR:
        return None
    guard = differing_fact(a, b)
    if guard is None and score >= THRESHOLD:
        left, right, _ = _middles(words(a), words(b))
        guard = f"wording {' '.join(left[:4]) or 'none'} / {' '.join(right[:4]) or 'none'}"
    return Likeness(round(score, 1), THRESHOLD, "alike", guard)
