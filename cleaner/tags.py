"""The grammar of tags: datelines, agency lines, closing credits, caption credits, publication times and bylines.

Each question is asked of one line or one paragraph and answered from the facts alone; what stands around the line is for
``roles``. Offsets are code points into the string that was given. The forms are those of wire copy and its clients
(Superdesk fixtures, fundus parsers, Reuters-21578, stored pages); three rules hold throughout: names need word boundaries,
case counts, and a wrong tag is worse than a missed one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from cleaner.facts import FORMAT, Agency, Facts


class Named(NamedTuple):
    """A name in a tag and where it stands; ``agency`` is None for an outlet, or agencies that the copy does not name."""

    text: str
    start: int
    end: int
    agency: Agency | None


class DatelineTag(NamedTuple):
    """``end`` is where the paragraph goes on; everything before it is the dateline with its joint. ``raw`` is without the joint."""

    end: int
    raw: str
    place: str | None
    date: str | None
    agencies: tuple[Named, ...]
    byline: str | None


class LoneTag(NamedTuple):
    """A line that is nothing but a tag. ``where``: line, byline or sign-off.

    ``ambiguous``: the whole line is one form that is also a word, a brand or a page control, so it proves nothing alone.
    """

    agencies: tuple[Named, ...]
    where: str
    label: str | None
    ambiguous: bool
    published: str | None


class EndCredit(NamedTuple):
    """A credit that closes a paragraph: ``paragraph[start:]`` with the white space before it is not copy."""

    start: int
    raw: str
    agencies: tuple[Named, ...]


class CaptionParts(NamedTuple):
    """A caption taken apart. The text is ``line[text_start:text_end]``, empty when the line is only a credit.

    ``credit`` is as printed, without brackets and label; its span holds brackets, label and joint too. ``label`` is what stands
    in front of the text ("Image caption,", "FILE PHOTO:"). ``marks``: file pool handout generic label gallery illustration.
    """

    text_start: int
    text_end: int
    credit: str | None
    credit_start: int
    credit_end: int
    label: str | None
    label_start: int
    label_end: int
    photographer: tuple[str, ...]
    agencies: tuple[str, ...]
    marks: tuple[str, ...]


class ReportingCredit(NamedTuple):
    """Who reported and edited, as a paragraph of its own or at a paragraph's end (``start``).

    A sentence that names the agency and belongs to the copy ("Det skriver Ritzau.") stays: its ``start`` is the paragraph's end.
    """

    start: int
    raw: str
    reporters: tuple[str, ...]
    editors: tuple[str, ...]
    agencies: tuple[Named, ...]


class _Credit(NamedTuple):
    photographer: tuple[str, ...]
    agencies: tuple[str, ...]
    marks: tuple[str, ...]
    named: bool  # an agency or a word that only credits hold
    persons: bool  # every part is known: agencies, names, marks


class _Vocabulary(NamedTuple):
    months: frozenset[str]
    weekdays: frozenset[str]
    numbers: frozenset[str]
    words: frozenset[str]  # every word that a time may hold
    labels: re.Pattern[str]
    units: frozenset[str]
    ago: re.Pattern[str]
    near: re.Pattern[str]


UPPER_START = re.compile(r"[^\W\d_]")
BRACKETS = {"(": ")", "（": "）", "[": "]", "［": "］", "【": "】", "<": ">", "〈": "〉", "/": "/"}
CLOSERS = {close: open_ for open_, close in BRACKETS.items()}
SENTENCE_END = frozenset(".!?…。！？।։؟۔\"”’»›'」』)）")

# datelines
DATELINE_NEAR = re.compile(r"[(/\[【（［<:–—_|\d電电讯訊]|-[-\s]|\s-|-[A-Z]{2}|[a-z]-\s|به گزارش|[\u0600-\u06ff]-[\u0600-\u06ff]")
JOINT = re.compile(r"\s*(?:\.\s?[-–—]{1,2}|[-–—]{1,2}|:|：|\.|।|=|＝|_)?\s*(?:[-–—_]{1,2}(?=\s))?\s*")
BARE_JOINT = re.compile(
    r"\s+(?:--|[-–—_])\s+|\s?--\s?|(?<=\w)[-–—]\s+|\s?[–—]\s?|\s[-–—]$|[:：]\s+|(?<=[^\W\d_]{3})\.\s+|(?<=[.\d])\.?\s+[-–—]\s+"
    r"|(?<=\d)\.\s+(?=[^\W\d_])|।\s+"
)
KO_BYLINE = re.compile(r"\s*((?:[가-힣]{2,4})(?:\s?[·,]\s?[가-힣]{2,4})*)\s*(?:선임)?(?:기자|특파원|통신원)\s*=\s*")
ZH_OPEN = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{0,12}?)(?P<date>[0-9０-９]{1,2}月[0-9０-９]{1,2}日|[0-9０-９]{1,2}日)?(?:综合|專|专)?(?P<kind>[电電讯訊])\s*(?:[(（]\s*(?:记者"
    r"|記者)[\s:：]*(?P<by>[^)）]{2,40})[)）])?(?:[，,]?\s*(?:题|題)[:：])?\s*"
)
JA_OPEN = re.compile(r"[【［\[（(](?P<in>[^】］\])）]{2,30})[】］\])）]\s*")
EAST_DATE = re.compile(r"(?:[0-9０-９]{2,4}年)?(?:[0-9０-９]{1,2}月)?[0-9０-９]{1,2}日|[0-9０-９]{1,2}月")
FA_OPEN = re.compile(r"به گزارش\s+(?:خبرنگار\s+)?(?P<name>[^،,:.]{2,40})[،,:]\s*")
ROLE = re.compile(r"(?P<name>[A-ZÅÄÖ]{2,6}):s\s+(?P<role>\w+)\s+")
DIGIT = re.compile(r"\d")
TOKEN = re.compile(
    r"\d+(?:st|nd|rd|th|er|ère|º|ª|º)?(?![^\W\d_])|\d+|[^\W\d_](?:[\w'’.\u0300-\u036f\u093a-\u094f\u0900-\u0903\u0981-\u09cd\u0e31-\u0e4e-]*[\w\u093e-\u094d\u0902\u0903\u09be-\u09cd\u0e31-\u0e4e])?"
)
NUMERIC_DATE = re.compile(r"\d{1,2}[./]\s?\d{1,2}[./]\s?(?:\d{4}|\d{2})|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}-\d{1,2}-\d{4}")

# lone tags
DESK = re.compile(r"[a-z]{2,3}(?:/[a-z]{2,3}){2,4}|[a-z]{2,3}(?:-[a-z]{2,3}){3,4}")
END_MARK = re.compile(r"N{4}|ZCZC(?:\s+[A-Z]{2,8})?|\(END\)|={2,}\s?\w+|-+\s?(?:ENDS?|Ends?|Ende|FIN|Fim)\s?-+")
DPA_NUMBER = re.compile(r"(?:©|\(c\))?\s*(?P<name>dpa-infocom|dpa(?:-AFX|-tmn)?),?\s+dpa(?:-AFX|-tmn)?:\d{6}-\S+", re.IGNORECASE)
AP_STAMP = re.compile(r"(?P<name>AP)-(?:WF|NY|ES|CS|WS|PF)-\d\d-\d\d-\d\d\s+\d{4}(?:GMT|E[SD]T)<?")
SIGN_OFF = re.compile(r"(?P<name>[^\W\d_]{2,12})(?:\s+(?P<rest>[a-z]{2,4}(?:\s+\w{2,4}){0,3}|[A-Z]{2,8}(?:\s[a-z]{2,3})?)|/(?P<end>Fim|Fin|Ende|End|Slut))")
WRAPPED = re.compile(r"\s*(?:[•·*]\s+|[-–—=_]{1,2}\s*|\+\+\s*)?(?P<tag>.+?)\s*(?:[-–—]{1,2})?\s*")
COPYRIGHT = re.compile(r"(?:©|ⓒ|\([cC]\)|（[ＣC]）|[Cc]opyright\s*(?:©|ⓒ|\([cC]\))?)\s*(?:\d{4}(?:\s?[-–]\s?\d{4})?)?\s*")

# captions
CAPTION_END = re.compile(r"[.!?…。！？।؟۔»”\"'’)）】」]\s*$")
GALLERY = re.compile(r"\s*\d{1,3}\s?of\s?\d{1,3}(?=\D)\s*")
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
SHORT_NAME = re.compile(r"[^\W\d_a-z][\w.&’'-]*(?:\s[^\W\d_a-z][\w.&’'-]*)?")
LITHUANIAN = re.compile(r"(?P<text>.+?)\s*/\s+(?P<credit>[^/]{2,40}\s/\s[^/]{2,40}\snuotr\.?)\s*")
KO_AFTER = re.compile(r"(?P<who>[가-힣A-Za-z0-9·\s]{1,20}?)\s*(?P<how>선임기자|사진기자|기자|특파원|제공)")

# times
CLOCK = re.compile(
    r"(?<![\d:.])(?:[01]?\d|2[0-4])(?::|h|H|：)[0-5]\d(?::[0-5]\d)?(?![\d:])|(?<![\d.])\d{1,2}\.[0-5]\d(?![\d.])"
    r"|\b\d{1,2}\s?(?:[ap]\.?m\b|Uhr\b|uur\b|Uhr\b|h\b)|\d{1,2}時\d{1,2}分|\d{1,2}点\d{1,2}分|\d{1,2}시\s?\d{1,2}분",
    re.IGNORECASE,
)
EAST_TIME = re.compile(
    r"(?:\d{2,4}[年년]\s?)?\d{1,2}[月월]\s?\d{1,2}[日일]?(?:\s*[（(][日月火水木金土一二三四五六월화수목금토일][)）])?(?:\s*(?:上午|下午|午前|午後"
    r"|오전|오후)?\s*\d{1,2}[:時点시]\s?\d{0,2}[分분]?(?::\d{2})?)?|\d+\s?(?:分钟前|小时前|天前|分鐘前|小時前|分前|時間前|日前|분 전|시간 전|일 전"
    r"|นาทีที่แล้ว|ชั่วโมงที่แล้ว|วันที่แล้ว)"
)
READING = re.compile(
    r"\s*[•·|,]?\s*(?:\d{1,2}[\s-]?(?:min(?:ute|uten|uti|utos|utes)?s?\.?)\s?(?:read|Lesezeit|läsning|lesetid"
    r"|lecture|lectura|leitura|lettura|de lecture|de lectura)|(?:Lesezeit|Lesedauer|Reading time|Lästid|Lesetid"
    r"|Læsetid|Leestijd|Temps de lecture|Tiempo de lectura)\s*:?\s*\d{1,2}\s?(?:Min\w*|min\w*)\.?)\s*",
    re.IGNORECASE,
)
SOURCE_TAIL = re.compile(r"\s*[|｜]\s*(?:来源|來源)\s*[:：]\s*\S{2,12}\s*")

# bylines and reporting credits
NAME_END = re.compile(r"\s*(?:\||•|·|,\s*\d|\d{1,2}[./:]\d|\d{4}).*$", re.DOTALL)
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
STAFF = re.compile(r"^\s*(?:Pewarta|Reporter|Editor|Penulis|Copyright|Uploader|Pewarta\s*:)\b", re.MULTILINE)
STAFF_LINE = re.compile(r"(?P<label>Pewarta|Reporter|Penulis|Editor|Uploader|Redaktur)\s*:\s*(?P<names>[^\n]{2,80})")

LABEL_ARTICLES = frozenset({"le", "la", "les", "los", "las", "el", "il", "l", "en", "et", "y", "i", "de", "the", "und", "og", "och"})
BODY_WORDS = frozenset({"of", "the", "for", "and", "de", "del", "la", "der", "für", "des", "du", "von", "i", "og", "och", "und", "et", "y", "da", "do"})
OPENERS = frozenset({
    "after", "am", "après", "at", "before", "bis", "by", "dal", "den", "depuis", "desde", "do", "dopo", "during", "dès", "efter", "em", "en", "etter",
    "fra", "from", "från", "hasta", "im", "in", "na", "nach", "nel", "no", "od", "on", "op", "på", "seit", "since", "sinds", "til", "till", "tot",
    "until", "v", "vom", "w", "în", "в", "до", "з", "на", "с", "у",
})
SPEECH = re.compile(
    r"[\"“„«]|(?:I|We|You|Yes|No|Well|It|It's|It’s|That|Thank|Thanks|Ja|Nein|Nej|Ich|Wir|Jag|Vi|Jeg|Yo|Sí|Oui"
    r"|Non|Je|Nous|Eu|Sim|Io|Sì|Nee|Ik|Да|Нет|Я|Мы)\b"
)
INNER = re.compile(r"\s?[(\[][^\W\d_]+[)\]]")
SHORT_DATE = re.compile(r"\d{1,2}\s?[-/.]\s?\d{1,2}\.?")
CORRESPONDENT = re.compile(r"(?:Корр|Кор|Corr|Kor)\.\s*(?P<name>[^\W\d_][\w-]+(?:\s(?:Новости|Novosti))?)(?:\s+[^\W\d_][\w.-]+){0,3}")
TAIWAN = re.compile(
    r"[（(](?P<agency>[\u4e00-\u9fff]{2,4}社)(?:記者|记者)(?P<by>[\u4e00-\u9fff]{3})(?P<place>[\u4e00-\u9fff]{0,8}?)(?P<date>[0-9０-９]{1,2}(?:月[0-9０-９]{1,2})?日)?(?:專)?[電电][)）]\s*"
)
BARE_CLOCK = re.compile(r"\d{1,2}(?:[:.]\d\d){0,2}\s?(?:[ap]\.?m\.?)?(?:\s?[/–—-]\s?\d{1,2}(?:[:.]\d\d){0,2}\s?(?:[ap]\.?m\.?)?)?", re.IGNORECASE)
RUNNING = re.compile(
    r"(?<=[\w,])\s(?!(?:de|la|las|le|les|los|du|des|am|an|der|del|della|di|da|do|dos|of|sur|na|nad|y|e|et|en"
    r"|el|al|и|upon|på|aan|den)\b)[a-zà-öø-ÿа-яёіїєґα-ωάέήίόύώ](?!\.)"
)
GLUED_CREDITS = ("Reuters", "REUTERS", "AFP", "Getty Images", "PTI", "ANI", "IANS", "EPA", "AP", "EFE")
EAST_ENDS = ("撮影", "提供", "摄", "攝", "供图", "供圖", "기자", "제공", "社", "記者", "记者", "特派員")
FIRST_WORD = re.compile(r"[\s|•·(\[–—:,-]*([^\W\d_]+|\d+)")
AGENCY_WORD = re.compile(r"\s*([^\s,:/–—-]+)")
CREDIT_JOINT = re.compile(r"\s*(?:[:：＝=／/]|\s=)\s*")
LABEL_WORDS = re.compile(r"[^\s.。!?！？(（\[|,;”\"»•·–—-][^\s.。!?！？(（\[|,;”\"»•·]*(?:\s[^\s.。!?！？(（\[|,;”\"»•·]+){0,2}\.?$")
CREDIT_CHARS = re.compile(r"[:：©ⓒ(（\[【=＝|/／–—]")
CREDIT_WORDS = re.compile(r"[PFfC](?:hoto|oto\s|ot\.\s|edid|ortes|ourtesy)")
PICTURE_SIGNS = re.compile(r"[©ⓒ|＝=／/Ｃ]")
LABEL_SIGNS = re.compile(r"[:：=＝／]")
BY_WORDS = (" by ", "ourtesy", " via ", "Foto ", "foto ", "Photo de", "Dok", "Cedid", "cedid", "Cort", "Per gentile")
SHORT_END = re.compile(r"\b\w{1,3}\.$")
PICTURE_CODE = re.compile(r"(?:[Kk]ode?\s?)?\d{2,8}")
UNKNOWN = re.compile(r"[^\W\d_][\w.&’'-]*(?:\s[^\W\d_][\w.&’'-]*)?")
YEARLY = re.compile(r"\d{4}|\d\s?[:：时時点시]|前|전\b|ที่แล้ว")
INITIALS_AFTER = re.compile(r"[b-df-hj-np-tv-z]{2,3}|[a-z]{2}|(?:\w{2,4}\s+){2,3}\w{2,4}")
CLOSING_CUT = re.compile(
    r"(?<=[.!?…。！？।؟۔\"”’»)])\s*(?:[-–—/]{1,2}\s*)?(?=\S)|\s+[-–—]{1,2}\s*(?=\S)|\s*/(?=\S)|^(?=\S)"
    r"|\s+(?=(?:avec|mit|with|med|con|met|com)\s)"
)
PICTURE_JOINT = re.compile(
    r"\s*(?:[-–—|]\s*)?(?=©|ⓒ|\([cC]\)\s|（[ＣC]）)|\s+[-–—]{1,2}\s+|\s*\|\s*|\s*[＝]\s*"
    r"|(?<=[.!?…”\"])\s*[-–—=]\s*(?=[^\s/])|(?<=[.!?])\s*/\s*(?=[^\s/])"
)
SENTENCE_CUT = re.compile(r"(?:(?<=[!?…।”\"’»)])|(?<=[^\W\d_]{3}\.)|(?<=[가-힣]\.)|(?<=\d\.)|(?<=[。！？]))\s*(?=\S)")
MAYBE_LABELS = ("Image", "Photo", "Bild", "Foto", "Kuva", "Picture", "Grafik", "Illustration", "Ilustrasi")  # before a caption or before a credit
LATIN_WORD = re.compile("[A-Za-z]{3}")
REPORTING_NEAR = ("porting by", "riting by", "ritten by", "diting by", "dited by", "ompiled by")
NOTICE_STARTS = (
    "Our Standards", "This ", "(This ", "this ", "(this ",
    "©", "(c)", "(C)", "Copyright", "copyright", "저작권", "<저작권", "With ", "(With ", "with ", "(with ",
    "Pewarta", "Reporter", "Editor", "Penulis", "Det ", "Dette ", "Das ", "Diese ",
)
READING_WORDS = (
    "read", "minute", "minutes", "minuten", "minuti", "minutos", "reading", "lesezeit", "lesedauer", "läsning", "lästid", "lesetid", "læsetid", "leestijd",
    "lecture", "lectura", "leitura", "lettura", "temps", "tiempo",
)
FULL_AGO = re.compile(r"^.{0,24}\b(?:ago|önce|fa|geleden|siden|sedan|temu)$")  # "an hour ago"
DATE_GLUE = frozenset({
    "d", "de", "del", "den", "do", "el", "er", "le", "nd", "ngày", "of", "on", "p", "r", "rd", "st", "th", "the", "tháng", "г", "года", "м", "року",
    "الموافق", "في", "م", "ه", "هـ",
})
NAME_PARTICLES = frozenset({
    "abu", "af", "al", "bin", "d", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du", "e", "el", "ibn", "la", "le",
    "san", "ten", "ter", "van", "von", "y", "zu",
})
BYLINE_WORDS = frozenset({
    "a", "and", "at", "aus", "avec", "com", "con", "da", "dal", "dans", "des", "dpa", "e", "en", "epd", "et", "for", "för", "für", "i", "in", "ja",
    "les", "med", "met", "mit", "och", "of", "og", "pour", "sda", "sid", "sur", "the", "und", "ve", "via", "with", "y", "à", "и", "та",
})
COMMON = frozenset({
    "al", "am", "an", "and", "as", "at", "au", "av", "by", "da", "de", "di", "do", "du", "el", "en", "er", "es", "et", "he", "if", "il", "im", "in",
    "is", "it", "ja", "la", "le", "me", "my", "no", "of", "og", "om", "on", "or", "på", "se", "so", "the", "to", "un", "up", "us", "via", "we", "zu",
})


class Grammar:
    """The grammar over one set of facts. All methods are pure functions of the string and the language.

    >>> grammar = Grammar(Facts.load())
    >>> tag = grammar.dateline("LONDON, Sept 5 (Reuters) - The ferries run again.", "en")
    >>> tag.raw, tag.place, tag.date, tag.agencies[0].agency.code
    ('LONDON, Sept 5 (Reuters)', 'LONDON', 'Sept 5', 'REUTERS')
    >>> grammar.dateline("Australian Federal Police (AFP) - the national force - made two arrests.", "en") is None
    True
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    # datelines

    def dateline(self, paragraph: str, language: str | None) -> DatelineTag | None:
        """The dateline that opens a paragraph, or None.

        Without an agency it is taken only with a date, with a place in capitals, or with a place and its region.

        >>> grammar = Grammar(Facts.load())
        >>> grammar.dateline("MADRID, March 24 - The bank raised its rate.", "en").raw
        'MADRID, March 24'
        >>> grammar.dateline("EXKLUSIV - Werk in Hannover wird umgebaut", "de") is None
        True
        """
        running = RUNNING.search(paragraph, 0, 70)  # the first word in small letters: the copy has begun, and no place goes on
        if not DATELINE_NEAR.search(paragraph, 0, running.start() if running else 60) and not (len(paragraph) <= 60 and "," in paragraph):
            return None
        lead = len(paragraph) - len(paragraph.lstrip())
        head = paragraph[lead : lead + 140]
        if not head or head[0].islower() and not self._opens_with_agency(head):
            return None
        limit = 100
        if running and not DIGIT.search(paragraph, 0, running.start()) and not self._opens_with_agency(paragraph[running.start() :]):
            limit = running.start() - lead + 2  # without a date in it no place and no agency goes beyond the first small word
        found = self._east(head, language) or self._bracketed(head, language) or self._bare(head, language, limit)
        if found is None:
            return None
        if lead:
            found = found._replace(end=found.end + lead, agencies=tuple(n._replace(start=n.start + lead, end=n.end + lead) for n in found.agencies))
        return found

    def _opens_with_agency(self, text: str) -> bool:
        word = AGENCY_WORD.match(text)
        return word is not None and word[1] in self._first_words

    @cached_property
    def _first_words(self) -> frozenset[str]:
        return frozenset(re.split(r"[\s,:/–—-]", form)[0] for form in self.facts.all_forms) | frozenset(self._own_outlets)

    @cached_property
    def _own_outlets(self) -> frozenset[str]:
        return frozenset(self.facts.credits["outlets"]["datelines"])

    def _east(self, head: str, language: str | None) -> DatelineTag | None:
        """Chinese, Japanese and Persian openings, and Swedish role words."""
        first = head[0]
        if "\u4e00" <= first <= "\u9fff":
            return self._chinese(head, language)
        if first in "（(" and (found := TAIWAN.match(head)) and (agency := self.facts.agency(found["agency"], language)):
            start = found.start("agency")
            names = (Named(found["agency"], start, start + len(found["agency"]), agency),)
            return DatelineTag(found.end(), found[0].rstrip(), found["place"] or None, found["date"], names, found["by"])
        if first in "【［[（(" and (found := JA_OPEN.match(head)):
            return self._inside(head, found, language)
        if first == "ب" and (found := FA_OPEN.match(head)):
            name = found["name"].removeprefix("خبرگزاری ").strip()
            agency = self.facts.agency(name, "fa")
            if agency and ("خبرگزاری" in found["name"] or agency.ambiguity != "high"):
                start = head.index(name)
                return DatelineTag(found.end(), head[: found.end("name")], None, None, (Named(name, start, start + len(name), agency),), None)
        if ":s " in head:
            before, _, _ = head.partition(":s ")
            place, comma, name = before.rpartition(", ")
            role = ROLE.match(head, len(before) - len(name))
            agency = self.facts.agency(name, language)
            if comma and role and agency and role["role"] in self._roles and self._place(place, language):
                at = len(place) + 2
                return DatelineTag(role.end(), head[: role.end()].rstrip(), place, None, (Named(name, at, at + len(name), agency),), None)
        return None

    @cached_property
    def _roles(self) -> frozenset[str]:
        return frozenset(self.facts.credits["datelines"]["roles"])

    def _chinese(self, head: str, language: str | None) -> DatelineTag | None:
        for own in self.facts.credits["outlets"]["own"]:
            if head.startswith(own):
                after = re.compile(r"\s*(?:[(（]\s*(?:记者|記者)[\s:：]*(?P<by>[^)）]{2,40})[)）])?\s*").match(head, len(own))
                assert after is not None
                return DatelineTag(after.end(), own, None, None, (), after["by"])
        first = 1 if head[0] in "据據" else 0
        for length in range(first + min(8, len(head)), first + 1, -1):
            agency = self.facts.agency(head[first:length], language)
            if agency:
                found = ZH_OPEN.match(head, length)
                if found and (found["date"] or found["place"] or first and found["kind"]):
                    raw = head[: found.end("kind")]
                    names = (Named(head[first:length], first, length, agency),)
                    return DatelineTag(found.end(), raw, found["place"] or None, found["date"], names, found["by"])
        return None

    def _inside(self, head: str, found: re.Match[str], language: str | None) -> DatelineTag | None:
        """Place, date and agency inside one bracket: ``【ワシントン時事】``, ``(서울=연합뉴스)``, ``［東京 ５日 ロイター］``."""
        inside, at = found["in"], found.start("in")
        names = None
        for start in range(len(inside)):
            if names := self.facts.agencies(inside[start:], language):
                break
        if not names:
            return None
        before = inside[:start].rstrip(" 　=＝・,")
        if not before and head[0] != "【" or before and before.isascii() and LATIN_WORD.search(before):
            return None
        date = None
        if dated := re.search(EAST_DATE.pattern + r"$", before.strip()):
            date, before = dated[0], before.strip()[: dated.start()]
        end, byline = found.end(), None
        if korean := KO_BYLINE.match(head, found.end()):
            end, byline = korean.end(), korean[1]
        elif joint := re.compile(r"[-–—=]\s*").match(head, end):
            end = joint.end()
        raw = head[: found.end()].rstrip()
        return DatelineTag(end, raw, before.strip(" 　") or None, date, tuple(self._named(head, names, at + start)), byline)

    def _bracketed(self, head: str, language: str | None) -> DatelineTag | None:
        """``place, date (agencies) joint`` and its kin: the agencies stand in a bracket or between slashes."""
        for open_ in re.finditer(r"[(（/<]", head[:90]):
            start = open_.start()
            close = head.find(BRACKETS[open_[0]], start + 1, start + 60)
            if close < 0:
                continue
            inside = head[start + 1 : close]
            names = self.facts.agencies(inside, language)
            if names and open_[0] == "/":  # "/ritzau/Reuters/"
                further = head.find("/", close + 1, close + 20)
                if further > 0 and (more := self.facts.agencies(head[start + 1 : further], language)):
                    names, close, inside = more, further, head[start + 1 : further]
            if names is None and (role := CORRESPONDENT.fullmatch(inside)):
                names = self.facts.agencies(role["name"], language)
            if names is None:
                if open_[0] != "/" and not INNER.fullmatch(head[start : close + 1]):
                    return None
                continue
            before = head[:start]
            if open_[0] == "/" and before and not before.endswith((" ", ".", "-")):
                continue
            parts = self._place_and_date(re.sub(r"[\s,،–—-]+$", "", before), language, short=True)
            joint = JOINT.match(head, close + 1)
            assert joint is not None
            rest = head[joint.end() :]
            sign = joint[0].strip()
            if parts is None or before.strip() and self._spells(before, inside):
                return None
            place, date = parts
            names = self._seated(names, place)
            end = joint.end()
            if not before.strip():
                if not sign and open_[0] != "【" or sign == "." and not rest:
                    return None
                if sign:  # "(ANSA) - ROMA, 05 LUG - "
                    second = re.match(r"([^-–—:]{2,50}?)\s+[-–—]\s+", rest)
                    again = self._place_and_date(second[1], language) if second else None
                    if second and again and again[0] and (again[1] or again[0].isupper()):
                        end += second.end()
                        place, date = again
            elif not sign and not date:  # "Bern (sda) Der", "London (CNN)It": a joint-less bracket after a short place
                if not rest[:1].isupper() and not _caseless(rest[:1]) or not place or len(place.split()) > 3:
                    return None
            elif sign == "." and not rest:
                return None
            if sign in (":", ".") and not date and place and len(place.split()) > 4:
                return None
            raw = head[: end if not before.strip() and place else close + 1]
            raw = re.sub(r"\s*[-–—:._]+\s*$", "", raw) if place and not before.strip() else raw
            return DatelineTag(end, raw.rstrip(), place, date, tuple(self._named(head, names, start + 1)), None)
        return None

    def _bare(self, head: str, language: str | None, limit: int) -> DatelineTag | None:
        """Datelines whose agency stands in no bracket, or that have none."""
        best, most = None, 0
        for joint in islice(BARE_JOINT.finditer(head, 1, 100), 6):
            if joint.start() > limit:
                break
            before, sign, rest = head[: joint.start()], joint[0].strip(), head[joint.end() :]
            found = self._head(before, sign, rest, language)
            if found and (parts := sum(map(bool, found))) > most:  # "МОСКВА, 25 мая — РИА Новости. ": the later joint says more
                place, date, names = found
                best, most = DatelineTag(joint.end(), before.rstrip(), place, date, names, None), parts
        return best or self._unjoined(head, language)

    def _unjoined(self, head: str, language: str | None) -> DatelineTag | None:
        """``Baghdad-INA The``, ``STOCKHOLM/TT. Reg``, ``AFP, MANILA``, ``جدة 11 اغسطس 2015 م واس``: no joint before the copy."""
        whole = head.strip()
        if len(whole) <= 60 and "\n" not in whole and (whole.rsplit(None, 1)[-1] in self.facts.last_words or self._opens_with_agency(whole)):
            found = self._head(whole, "", "", language)
            if found and found[2] and (found[1] or found[0] and found[0].isupper()):
                return DatelineTag(len(head), whole, found[0], found[1], found[2], None)
        slashed = re.match(r"([^\W\d_][\w .-]{1,24}?)[-/]([^\W\d_]{2,12}(?:[-/][^\W\d_]{2,12})?)(\.|:|(?=\s))\s+(?=\S)", head)
        if slashed:
            names = self.facts.agencies(slashed[2], language)
            rest = head[slashed.end() :]
            place = self._place(slashed[1], language)
            begins = bool(slashed[3]) or rest[:1].isupper() or _caseless(rest)
            if names and place and begins and not self.facts.agency(slashed[1], language) and len(slashed[1].split()) <= 3:
                if slashed[3] or slashed[2].isupper() or _caseless(slashed[2]):
                    return DatelineTag(slashed.end(), head[: slashed.end(2)], slashed[1], None, tuple(self._named(head, names, slashed.start(2))), None)
        return None

    def _head(self, before: str, sign: str, rest: str, language: str | None) -> tuple[str | None, str | None, tuple[Named, ...]] | None:
        text = before.strip()
        if not 2 <= len(text) <= 90:
            return None
        names: tuple[Named, ...] = ()
        remain = text
        cuts = [0] + [m.end() for m in re.finditer(r"[\s,،./–—-]+", text)]
        last = re.split(r"[\s/–—-]", text.rstrip("."))[-1]
        if last in self.facts.last_words or last.casefold() in self.facts.last_words or last in self._own_last:
            for cut in cuts:
                form = text[cut:].rstrip(".")
                found = self.facts.agencies(form, language) or ([(form, None)] if form in self._own_outlets else None)
                if found:
                    names = tuple(self._named(before, found, before.index(text) + cut))
                    remain = text[:cut]
                    break
        if not names:
            first = re.split(r"[\s,،:/–—-]", text)[0]
            if first in self._first_words:
                for cut in reversed(cuts[1:]):
                    form = text[:cut].rstrip(" ,،.-–—/")
                    found = self.facts.agencies(form, language) or ([(form, None)] if form in self._own_outlets else None)
                    if found and text[len(form) : cut].strip():
                        names = tuple(self._named(before, found, before.index(text)))
                        remain = text[cut:]
                        break
        remain = remain.strip(" ,،/–—-")
        parts = self._place_and_date(remain, language, short=bool(names)) if remain else (None, None)
        if parts is None:
            return None
        place, date = parts
        if names:
            seated = self._seated([(name.text, name.agency) for name in names], place)
            names = tuple(name._replace(agency=agency) for name, (_, agency) in zip(names, seated, strict=True))
            return self._with_agency(names, place, date, sign, rest, text)
        if not place or sign == "=" or not self._alone(place, date, sign, rest):
            return None
        if date and sign in (".", "।") and not place.isupper() and f"{place}," not in text:
            return None  # "Startet am 1. Mai."
        return place, date, names

    @cached_property
    def _own_last(self) -> frozenset[str]:
        return frozenset(re.split(r"[\s/–—-]", outlet)[-1] for outlet in self._own_outlets)

    def _with_agency(
        self, names: tuple[Named, ...], place: str | None, date: str | None, sign: str, rest: str, text: str
    ) -> tuple[str | None, str | None, tuple[Named, ...]] | None:
        if place is None and date is None:  # "AGI - ", "ΑΠΕ-ΜΠΕ: ", "TTO - "
            alone = names[0].agency
            dash = sign[:1] in ("-", "–", "—", "_")
            if not rest or not (dash or sign in (":", "：") and (alone is None or alone.ambiguity != "high")):
                return None
            if alone is None and len(names) == 1 and names[0].text not in self._own_outlets:
                return None
            if dash and alone and alone.ambiguity == "high" and not _ends_as_sentence(rest):
                return None
            return place, date, names
        if sign == "." and not date and not re.match(r"[^\W\d_]{2,}[-–/][^\W\d_]{2,}|[A-ZÅÄÖČ]{2,5}, [^\W\d_]+$", text):
            return None
        if place and not date and sign in (":", ".") and " " in place and place[0].isascii() and not any(c in text for c in ",-–—/"):
            return None
        if place and not date and not re.search(r"[,،/–—-]", text) and not place.isupper():
            return None  # "Audi TT - ", "Police told AFP - ": a name and letters that only look like a dateline
        return place, date, names

    def _alone(self, place: str, date: str | None, sign: str, rest: str) -> bool:
        """Whether a place without an agency is a dateline."""
        dash = sign[:1] in ("-", "–", "—", "_")
        if date:
            return bool(rest) and (dash or sign in (":", ".", "।"))
        city, comma, region = place.partition(", ")
        if not dash and sign != ":":
            return False
        words = re.findall(r"[^\W\d_]+", city)
        if sign == ":" and SPEECH.match(rest) or any(len(part) < 4 for part in city.split("/")):
            return False
        if not words or any(word.casefold() in self._labels for word in (*words, city, place)) or len(words) > 3:
            return False
        if any(word.casefold() in LABEL_ARTICLES for word in words) and len(words) != 2:
            return False
        if rest and not _ends_as_sentence(rest):
            return False
        known = region.rstrip(".") in self._regions
        if city.isupper() and len(city) >= 4:
            if len(words) > 1 and not region and city.casefold() not in self._cities:
                return False  # two words in capitals are more often a label ("MÁS INFORMACIÓN") than a place
            return bool(rest) and len(rest) >= (24 if dash else 60) or known and dash
        return bool(comma) and known and dash and len(words) <= 3

    @cached_property
    def _labels(self) -> frozenset[str]:
        return frozenset(word.casefold() for word in self.facts.credits["datelines"]["labels"])

    @cached_property
    def _cities(self) -> frozenset[str]:
        return frozenset(city.casefold() for city in self.facts.credits["datelines"]["cities"])

    @cached_property
    def _regions(self) -> frozenset[str]:
        return frozenset(self.facts.credits["datelines"]["regions"])

    @cached_property
    def _particles(self) -> frozenset[str]:
        return frozenset(self.facts.credits["datelines"]["particles"])

    @cached_property
    def _never(self) -> frozenset[str]:
        return frozenset(self.facts.credits["datelines"]["never"])

    def _seated(self, names: list[tuple[str, Agency | None]], place: str | None) -> list[tuple[str, Agency | None]]:
        """Of agencies that print the same letters, the one at home in the place: (APS) in Alger, (APS) in Dakar."""
        if not place:
            return names
        city = re.split(r"[,/]", place)[0].strip().casefold()
        return [(form, self.facts.seated(form, city) or agency if agency else None) for form, agency in names]

    def _place_and_date(self, text: str, language: str | None, short: bool = False) -> tuple[str | None, str | None] | None:
        text = text.strip(" ,،")
        if not text:
            return None, None
        date = None
        place = text
        if DIGIT.search(text) or any(word in self._times.numbers for word in text.split()):
            if first := re.match(r"([^,]{3,24}),\s+([^\W\d_][^,\d]*)$", text):  # "5 сентября, Минск"
                if self._is_date(first[1]):
                    return (first[2].rstrip(), first[1]) if self._place(first[2].rstrip(), language) else None
            for cut in [0] + [m.end() for m in re.finditer(r"[\s,،.۔]+", text)]:
                if cut < len(text) and (self._is_date(text[cut:]) or short and SHORT_DATE.fullmatch(text, cut)):
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
        return (place, date) if self._place(place, language) else None

    def _place(self, place: str, language: str | None) -> bool:
        place = INNER.sub("", place)  # "Frankfurt (Oder)", "New Delhi [India]"
        if not 2 <= len(place) <= 45 or re.search(r"[!?;:\"“”„«»…(){}*#@=+|]", place):
            return False
        words = [word for word in re.split(r"[\s/,–—-]+", place) if word]
        if not words or len(words) > 7:
            return False
        if _caseless(place[0]):
            east = "\u2e80" <= place[0] <= "\uffdc"
            return len(place) <= 8 if east else len(words) <= 3
        if not place[0].isupper() or words[0].casefold() in OPENERS:
            return False
        checked = [word for at, word in enumerate(words) if not (at and word == "THE" and place.isupper())]
        if any(word.casefold() in self._never for word in checked) and "the hague" not in place.casefold():
            return False
        times = self._times
        if all(word.casefold().rstrip(".") in times.months | times.weekdays for word in words):
            return False
        if words[-1].casefold() in self._particles and "." not in words[-1]:
            return False
        return all(word[0].isupper() or word[0] in "[’'" or word.casefold().rstrip(".") in self._particles or not word[0].isalpha() for word in words)

    def _spells(self, before: str, inside: str) -> bool:
        """Whether the words before a bracket spell the letters in it: "Australian Federal Police (AFP)"."""
        letters = [c.casefold() for c in inside if c.isalpha()]
        words = re.findall(r"[^\W\d_]+", before)
        if not 2 <= len(letters) <= 6 or len(words) < 2:
            return False
        small = self._particles | {"for", "of", "and", "the"}
        initials = [w[0].casefold() for w in words]
        big = [w[0].casefold() for w in words if w.casefold() not in small]
        return any(letters == some[-len(letters) :] for some in (initials, big))

    def _named(self, text: str, names: Iterable[tuple[str, Agency | None]], at: int) -> Iterator[Named]:
        for name, agency in names:
            start = text.find(name, at)
            if start < 0:
                start = at
            at = start + len(name)
            if agency or not re.fullmatch("[a-zäöüß]{2,4}", name):
                yield Named(name, start, at, agency)

    # dates and times

    @cached_property
    def _times(self) -> _Vocabulary:
        def words(*tables: str) -> frozenset[str]:
            return frozenset(word.casefold() for table in tables for some in self.facts.dates[table].values() for word in some)

        def opening(phrases: Iterable[str]) -> re.Pattern[str]:
            longest = sorted({phrase.casefold() for phrase in phrases}, key=len, reverse=True)
            return re.compile(r"(?:" + "|".join(map(re.escape, longest)) + r")(?![^\W\d_])")

        dates = self.facts.dates
        months, weekdays, numbers = words("months"), words("weekdays"), words("numbers")
        return _Vocabulary(
            months,
            weekdays,
            numbers,
            months | weekdays | words("glue", "numbers") | frozenset(word.casefold() for word in (*dates["ago"]["one"], *dates["ago"]["extra"])),
            opening(phrase for some in dates["labels"].values() for phrase in some),
            frozenset(unit.casefold() for unit in dates["ago"]["units"]),
            opening(dates["ago"]["words"]),
            opening(dates["near"]["all"]),
        )

    def _is_date(self, text: str) -> bool:
        """Whether a text is a day: a month and a number, and nothing that is no part of a date."""
        if EAST_DATE.fullmatch(text.strip()):
            return True
        times = self._times
        month = number = False
        numeric = NUMERIC_DATE.search(text)
        for token in TOKEN.findall(text.casefold()):
            word = token.rstrip(".")
            if word[0].isdigit():
                number = True
            elif word in times.months:
                month = True
            elif word in times.numbers:
                number = True
            elif word not in times.weekdays and word not in DATE_GLUE:
                return False
        return number and (month or bool(numeric))

    def timestamp(self, line: str, language: str | None) -> bool:
        """Whether the line is only a publication time, in any of three dozen languages.

        >>> grammar = Grammar(Facts.load())
        >>> [grammar.timestamp(line, None) for line in ("Publicerad 12 juli 2024 kl 14.05", "17:52 Uhr", "il y a 3 heures", "3 May be late")]
        [True, True, True, False]
        """
        if len(line) > 120 or not line or not DIGIT.search(line) and not FULL_AGO.search(line):
            return False
        opened = FIRST_WORD.match(line)
        if not opened or not (opened[1][0].isdigit() or opened[1].casefold() in self._time_openers or _caseless(opened[1])):
            return "min" in line.casefold() and bool(READING.fullmatch(line.strip()))
        for word in line.split():
            bare = word.strip(".,:;|()[]•·–—-").casefold()
            if len(bare) > 3 and bare.isalpha() and not _caseless(bare) and bare not in self._time_words:
                return False
        text = FORMAT.sub("", unicodedata.normalize("NFKC", line)) if not line.isascii() else line
        text = SOURCE_TAIL.sub("", READING.sub(" ", text)).casefold().strip(" \t|•·–—-,.()[]")
        if not text:
            return bool(READING.fullmatch(line.strip()))
        times = self._times
        label = near = ago = False
        while found := times.labels.match(text):
            label = True
            text = text[found.end() :].lstrip(" :：|-–—,.")
        if not text:
            return False
        rest, east = EAST_TIME.subn(" ", text)
        clock = CLOCK.search(rest)
        numeric = NUMERIC_DATE.search(rest)
        rest = CLOCK.sub(" 00 ", NUMERIC_DATE.sub(" 00 ", rest))
        if found := times.ago.search(rest):
            ago = True
            rest = rest[: found.start()] + " " + rest[found.end() :]
        if found := times.near.search(rest):
            near = True
            rest = rest[: found.start()] + " " + rest[found.end() :]
        while found := times.labels.search(rest):
            label = True
            rest = rest[: found.start()] + " " + rest[found.end() :]
        month = unit = False
        count = digits = months = 0
        words = [token.rstrip(".") for token in TOKEN.findall(rest)]
        for word in words:
            count += 1
            if word[0].isdigit():
                digits += 1
            elif word in times.months:
                month = True
                months += word != "tháng"
            elif ago and word in times.units:
                unit = True
            elif word not in times.words:
                return False
        if count > 24 or re.search(r"[!?;\"“”„«»€$£%]", rest):
            return False
        if ago and not unit and not east:
            return False
        dated = month and digits > 0 or bool(numeric) or bool(east)
        if dated and not numeric and not clock and not label and not near and not YEARLY.search(text) and not any(word in times.weekdays for word in words):
            return False  # "5 September" alone heads a list or a diary
        if month and not label and not clock and not numeric and not east and digits == 1 and not re.search(r"\d{4}|\d(?:st|nd|rd|th)?\b", rest):
            return False
        if label:
            return dated or bool(clock) or near or ago and unit
        if clock and not label and not numeric and BARE_CLOCK.fullmatch(text):
            return False  # a bare "16:30" may be a programme, a result or a time; only its place can tell
        if not label and not clock and months > 1:
            return False  # "29 November | 20 January" is how long something lasts
        return dated or ago and unit and count <= 6 or bool(clock) and count <= 8

    @cached_property
    def _time_words(self) -> frozenset[str]:
        """Every word of four letters and more that a time may hold."""
        phrases = [phrase for table in self.facts.dates.values() for some in table.values() for phrase in some]
        return frozenset(word for phrase in (*phrases, *READING_WORDS) for word in re.split(r"[\s.'’-]", phrase.casefold()) if len(word) > 3)

    @cached_property
    def _time_openers(self) -> frozenset[str]:
        dates = self.facts.dates
        phrases = [phrase for table in ("labels", "months", "weekdays", "near", "glue") for some in dates[table].values() for phrase in some]
        phrases += [*dates["ago"]["words"], *dates["ago"]["units"], *dates["ago"]["one"], *dates["ago"]["extra"]]
        return frozenset(found[1].casefold() for phrase in phrases if (found := FIRST_WORD.match(phrase)))

    # tags on a line of their own

    def lone_tag(self, line: str, language: str | None) -> LoneTag | None:
        """The tag that the whole line is, or None.

        >>> grammar = Grammar(Facts.load())
        >>> tag = grammar.lone_tag("(Quelle: APA/sda/dpa)", "de")
        >>> [name.text for name in tag.agencies], tag.where, tag.label
        (['APA', 'sda', 'dpa'], 'line', 'Quelle')
        >>> grammar.lone_tag("TT", "en").ambiguous, grammar.lone_tag("TT-AFP", "sv").ambiguous
        (True, False)
        """
        if len(line) > 120:
            return None
        text = line.strip()
        if not text or "\n" in text:
            return None
        if text[0].isalnum() and text[-1] not in ")]}/" and "/" not in text:
            word = re.split(r"[\s:：,/–—-]", text, maxsplit=1)[0]
            if word.casefold() not in self._tag_openers and not _caseless(word) and not any(c > "\u2e80" for c in text[:8]):
                return None
        at = line.index(text)
        if text in self.facts.all_forms and (found := self._plain(line, text, at, None, language)):
            return found
        if sign := self._sign_off(line, text, language):
            return sign
        inner, offset = _unwrapped(text)
        if not inner:
            return None
        start = at + offset
        wrapped = inner != text
        if opened := COPYRIGHT.match(inner):
            inner, start, wrapped = inner[opened.end() :], start + opened.end(), True
            if not inner:
                return None
            names = self.facts.agencies(inner.rstrip("."), language)
            return LoneTag(tuple(self._named(line, names, start)), "line", None, False, None) if names else None
        if found := self._plain(line, inner, start, None, language, wrapped=wrapped):
            return found
        if labelled := self._source_label.match(inner):
            body = inner[labelled.end() :].strip(" .")
            if found := self._plain(line, body, line.find(body, start), (labelled["label"] or labelled["with"]).strip(), language, wrapped=True):
                return found
        return self._byline_tag(line, inner, start, language)

    @cached_property
    def _tag_openers(self) -> frozenset[str]:
        words, bylines = self.facts.credits["source_labels"], self.facts.credits["bylines"]["by"]
        phrases = [*words["colon"], *words["with"], *words["unnamed"], *bylines, *self._first_words, *self.facts.credits["outlets"]["names"], "ZCZC", "NNNN"]
        return frozenset(re.split(r"[\s:：,/–—-]", phrase, maxsplit=1)[0].casefold() for phrase in phrases)

    def _plain(self, line: str, text: str, start: int, label: str | None, language: str | None, wrapped: bool = False) -> LoneTag | None:
        names = self.facts.agencies(text, language)
        if names is None:
            if label and "," in text or label and "/" in text:
                names = self._with_outlets(text, language)
            if names is None:
                if text.casefold() in self._unnamed:
                    return LoneTag((Named(text, start, start + len(text), None),), "line", label, False, None)
                return None
        ambiguous = len(names) == 1 and not wrapped and names[0][1] is not None and names[0][1].ambiguity == "high"
        return LoneTag(tuple(self._named(line, names, start)), "line", label, ambiguous, None)

    def _with_outlets(self, text: str, language: str | None) -> list[tuple[str, Agency | None]] | None:
        """After a source label outlets may stand beside agencies: "Kilde: BBC, The Guardian, NTB"."""
        names: list[tuple[str, Agency | None]] = []
        for part in re.split(r"\s*[,/;]\s*|\s+(?:and|und|og|och|y|et|e|i)\s+", text):
            some = self.facts.agencies(part, language)
            if some:
                names += some
            elif part and len(part) <= 30 and (part[0].isupper() or _caseless(part[0]) or "." in part or len(part) <= 4) and len(part.split()) <= 3:
                names.append((part, None))
            else:
                return None
        return names if any(agency for _, agency in names) else None

    @cached_property
    def _unnamed(self) -> frozenset[str]:
        return frozenset(word.casefold() for word in self.facts.credits["source_labels"]["unnamed"])

    @cached_property
    def _source_label(self) -> re.Pattern[str]:
        words = self.facts.credits["source_labels"]
        return re.compile(rf"(?P<label>{_words(words['colon'])})\s*[:：]\s*|(?P<with>{_words(words['with'])})\s+(?=\S)", re.IGNORECASE)

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
        opened = self._by.match(text)
        if not opened:
            return None
        name = text[opened.end() :].strip()
        published = None
        cut = re.search(r"\s*[|•·,–—-]?\s*(?=\d)|\s+[|•·–—-]\s+", name)
        if cut and self.timestamp(name[cut.end() :], language):
            name, published = name[: cut.start()].strip(" ,|•·"), name[cut.end() :].strip()
        if not name or len(name) > 80:
            return None
        names = self.facts.agencies(name, language)
        if names is None and (mixed := self._mixed.search(name)):
            names = self.facts.agencies(mixed["names"], language)
        if names is None:
            return None
        at = line.find(name, start)
        return LoneTag(tuple(self._named(line, names, at)), "byline", opened[0].strip(" :"), False, published)

    @cached_property
    def _mixed(self) -> re.Pattern[str]:
        return re.compile(r"\s(?:with|avec|mit|con|com|med|met|and|und|et|og|och|y|e|/|,)\s+(?P<names>.+)$")

    @cached_property
    def _by(self) -> re.Pattern[str]:
        words = self.facts.credits["bylines"]
        colon = set(words["colon"])
        free = [word for word in words["by"] if word not in colon]
        east = [word for word in free if "\u2e80" <= word[0] <= "\uffdc"]
        return re.compile(rf"(?:(?:{_words(free)})\s*(?:[:：]\s*|\s+(?=\S))|(?:{_words(sorted(colon))})\s*[:：]\s*|(?:{_words(east)})\s*[:：＝/]\s*)", 0)

    # credits that close a paragraph

    def end_credit(self, paragraph: str, language: str | None) -> EndCredit | None:
        """The agency credit that closes a paragraph, or None.

        >>> grammar = Grammar(Facts.load())
        >>> grammar.end_credit("Die Ermittlungen dauern an. (dpa/gem)", "de").start
        28
        >>> grammar.end_credit("The Government of National Accord (GNA)", "en") is None
        True
        """
        tail = paragraph[-90:].rstrip()
        if len(tail) < 5:
            return None
        shift = max(0, len(paragraph) - 90)
        last = tail[-1]
        if last == "." and tail[-2] in ")）/":
            close, last = len(tail) - 2, tail[-2]
        else:
            close = len(tail) - 1
        if last in CLOSERS:
            return self._bracket_credit(paragraph, tail, close, shift, language)
        if last.islower() or last.isupper() or _caseless(last):
            word = re.split(r"[\s/–—-]", tail)[-1]
            if word in self.facts.last_words:
                return self._bare_credit(paragraph, tail, shift, language)
            if last.islower() and (initials := re.search(r"\s[A-Za-z]{2,3}(?:/[A-Za-z]{2,3}){1,3}$", tail)):
                before = tail[: initials.start()].rstrip()
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
        ended = not before or before[-1] in SENTENCE_END or _caseless(before[-1])
        if tail[close] == "/" and (tail[open_ - 1 : open_].isalnum() or not ended):
            return None
        if not ended and (self._spells(before[-60:], inside) or len(names) == 1 and names[0][1] is not None and names[0][1].ambiguity == "high"):
            return None
        start = shift + open_
        return EndCredit(start, paragraph[start:].rstrip(), tuple(self._named(paragraph, names, start)))

    def _credited(self, inside: str, language: str | None) -> list[tuple[str, Agency | None]] | None:
        """The names in a closing bracket: agencies, with a label or a "with" before them."""
        if opened := COPYRIGHT.match(inside):
            inside = inside[opened.end() :]
        names = self.facts.agencies(inside, language)
        if names is None and (labelled := self._source_label.match(inside)):
            body = inside[labelled.end() :].strip()
            names = self.facts.agencies(body, language) or self._with_outlets(body, language)
        return names

    @cached_property
    def _label_before(self) -> re.Pattern[str]:
        labels = self.facts.credits["photo_labels"]
        return re.compile(rf"(?<![^\W\d_])(?:{_words([*labels['bare'], *labels['by']])})[.:]?$", re.IGNORECASE)

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
            labelled = bool(self._source_label.match(raw))
            if not before and shift == 0 and not labelled:
                return None
            high = len(names) == 1 and names[0][1] is not None and names[0][1].ambiguity == "high"
            ended = bool(before) and before[-1] in SENTENCE_END
            if not ended and not labelled and (high or joint in ("", "/")) or self._label_before.search(before):
                continue
            if labelled and not ended and before and (shift or not self._place(before, language)):
                continue  # "Le Monde avec AFP", but not "Han snakket med NTB"
            start = shift + cut.start() + (len(tail[cut.start() : cut.end()]) - len(tail[cut.start() : cut.end()].lstrip()))
            return EndCredit(start, paragraph[start:].rstrip(), tuple(self._named(paragraph, names, start)))
        return None

    # captions

    def caption(self, line: str, language: str | None) -> CaptionParts:
        """A caption taken apart into its words, what stands in front of them, and its credit.

        >>> grammar = Grammar(Facts.load())
        >>> parts = grammar.caption("FILE PHOTO: Ferries in port, May 2. REUTERS/Jane Roe/File Photo", "en")
        >>> parts.credit, parts.photographer, parts.agencies, parts.marks
        ('REUTERS/Jane Roe/File Photo', ('Jane Roe',), ('REUTERS',), ('file',))
        """
        end = len(line.rstrip())
        start = len(line) - len(line.lstrip()) if end else 0
        if not self._maybe_credit(line, start, end):
            return CaptionParts(start, end, None, end, end, None, start, start, (), (), ())
        marks: list[str] = []
        label, label_end = None, start
        if gallery := GALLERY.match(line, start):
            marks.append("gallery")
            label, label_end = line[start : gallery.end()].strip(), gallery.end()
        if front := self._front.match(line, label_end, min(end, label_end + 60)):
            kind = "file" if front["file"] else "label"
            if kind == "file" or not front["maybe"]:
                marks.append(kind)
                label, label_end = line[start : front.end()].strip(), front.end()
        label_start = start
        text_start = label_end
        stop = end
        if toggle := self._toggle.search(line, max(text_start, end - 60), end):
            stop = toggle.start()
        found = self._find_credit(line, text_start, stop, language)
        if found is None and label is None and (front := self._front.match(line, text_start, min(end, text_start + 60))) and front["maybe"]:
            marks.append("label")
            label, label_end = line[start : front.end()].strip(), front.end()
            text_start = label_end
            found = self._find_credit(line, text_start, stop, language)
        if found is None:
            return CaptionParts(text_start, stop, None, stop, max(stop, end), label, label_start, label_end, (), (), tuple(dict.fromkeys(marks)))
        text_end, credit_start, credit, parts = found
        marks += parts.marks
        while marked := self._closing_mark.search(line, text_start, text_end):  # "... Arkivbild. Foto: X"
            kinds = self._marks.get(marked["mark"].casefold())
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
        if "0" <= opening[0] <= "9" and GALLERY.match(line, start) or opening[:3] in self._opening_letters and opening.startswith(self._openings):
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
        return last.casefold() in self._closings or last.endswith(GLUED_CREDITS) or not last.isascii() and last.endswith(EAST_ENDS)

    @cached_property
    def _opening_letters(self) -> frozenset[str]:
        return frozenset(opening[:3] for opening in self._openings)

    @cached_property
    def _openings(self) -> tuple[str, ...]:
        credits = self.facts.credits
        labels = [*credits["photo_labels"]["by"], *credits["photo_labels"]["bare"], *(f"{word}:" for word in MAYBE_LABELS)]
        words = (*credits["captions"]["front"], *credits["captions"]["file"], *labels)
        return tuple({word.casefold()[:24] for word in words})

    @cached_property
    def _closings(self) -> frozenset[str]:
        credits = self.facts.credits
        words = [word for words in credits["marks"].values() for word in words]
        words += [*credits["captions"]["toggles"], *credits["photo_labels"]["after"], *self.facts.last_words]
        return frozenset(word.rstrip(".").split()[-1].casefold() for word in words if word.rstrip("."))

    def print_caption(self, text: str, credit: str | None) -> str:
        """A caption as one line that `caption` reads back into the same text and credit.

        >>> grammar = Grammar(Facts.load())
        >>> grammar.print_caption("Ferries in port.", "AFP"), grammar.print_caption("Ferries in port", "Jane Roe")
        ('Ferries in port. (AFP)', 'Ferries in port (Foto: Jane Roe)')
        """
        if not credit:
            return text
        plain = f"{text} ({credit})" if text else credit
        parts = self.caption(plain, None)
        if parts.credit == credit and plain[parts.text_start : parts.text_end] == text and parts.label is None:
            return plain
        return f"{text} (Foto: {credit})" if text else f"Foto: {credit}"

    def is_credit_line(self, line: str, language: str | None) -> bool:
        """Whether the line is only a picture credit.

        >>> grammar = Grammar(Facts.load())
        >>> [grammar.is_credit_line(line, None) for line in ("Foto: Eva Lund/TT", "Getty Images", "Image consultants are in demand")]
        [True, True, False]
        """
        if len(line) > 120:
            return False
        line = line.strip()
        if not line or line[0].islower() and "/" not in line and line.split()[0] not in self._first_words and line[:4] != "fot.":
            return False
        opened = line[0] in "(（[【<©ⓒ" or line[-1] in ")）" or PICTURE_SIGNS.search(line) or LABEL_SIGNS.search(line[:40]) or " by " in line
        if not opened and not line[:24].casefold().startswith(self._openings) and not self._ends_as_credit(line):
            return False
        if line[-1] in ".!?" and len(line) > 60 and "/" not in line:
            return False
        parts = self.caption(line, language)
        return parts.credit is not None and parts.text_end <= parts.text_start and not (parts.label and "label" in parts.marks)

    @cached_property
    def _front(self) -> re.Pattern[str]:
        captions = self.facts.credits["captions"]
        file, sure, maybe = _words(captions["file"]), _words(captions["front"]), _words(MAYBE_LABELS)
        front = rf"(?P<file>(?:{file})\s*(?::|[-–—]\s)\s*)|(?P<sure>(?:{sure})(?:[:：,]\s*|\s+(?=\S)))"
        return re.compile(rf"{front}|(?P<maybe>(?:{maybe}):\s+(?=\S))")

    @cached_property
    def _toggle(self) -> re.Pattern[str]:
        return re.compile(rf"(?:[,.|•·]?\s*(?:{_words(self.facts.credits['captions']['toggles'])})\s*)+$")

    @cached_property
    def _marks(self) -> dict[str, str]:
        return {word.casefold(): kind for kind, words in self.facts.credits["marks"].items() if kind != "bodies" for word in words}

    @cached_property
    def _bodies(self) -> frozenset[str]:
        return frozenset(word.casefold() for word in self.facts.credits["marks"]["bodies"])

    @cached_property
    def _closing_mark(self) -> re.Pattern[str]:
        words = [word for kind in ("file", "generic", "pool", "illustration") for word in self.facts.credits["marks"][kind]]
        return re.compile(rf"(?:^|(?<=[\s.!?。(（]))[(（\[]?(?P<mark>{_words(words)})[)）\]]?\s*[.。]?\s*$", re.IGNORECASE)

    @cached_property
    def _credit_label(self) -> re.Pattern[str]:
        labels = self.facts.credits["photo_labels"]
        sources = self.facts.credits["source_labels"]["colon"]
        colon = _words([*labels["colon"], *(source for source in sources if source not in ("By", "Text"))])
        label = rf"(?P<label>(?:{colon})(?:\s?/\s?(?:{colon}))?\.?)\s*(?:[:：＝=／]|\s=)\s*"
        return re.compile(rf"(?<![^\W\d_]){label}|(?<![^\W\d_])(?P<by>(?:{_words(labels['by'])})[.:]?\s+)(?=\S)", re.IGNORECASE)

    @cached_property
    def _bare_label(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{_words(self.facts.credits['photo_labels']['bare'])})[.,]?\s+(?=\S)", re.IGNORECASE)

    def _find_credit(self, line: str, start: int, end: int, language: str | None) -> tuple[int, int, str, _Credit] | None:
        """Text end, credit start, credit and its parts."""
        if end <= start:
            return None
        if line.endswith(("nuotr.", "nuotr"), start, end) and (lt := LITHUANIAN.fullmatch(line, max(start, end - 300), end)):
            credit = lt["credit"]
            return lt.end("text"), lt.end("text"), credit, self._credit(credit, language, trusted=True) or _Credit((), (), (), True, True)
        if found := self._in_bracket(line, start, end, language) or self._after_label(line, start, end, language):
            return found
        joined, closing = self._after_joint(line, start, end, language), self._after_sentence(line, start, end, language)
        if joined and closing and closing[1] < joined[1] and line[closing[1]].isalnum() and not COPYRIGHT.match(joined[2]):
            return closing  # "... Jane Roe | Reuters": the bar stands inside the credit
        return joined or closing

    def _in_bracket(self, line: str, start: int, end: int, language: str | None) -> tuple[int, int, str, _Credit] | None:
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
        labelled = self._credit_label.match(inside) or self._bare_label.match(inside)
        body = inside
        if labelled:
            body = inside if labelled.groupdict().get("by") else inside[labelled.end() :].strip()
            parts = self._credit(inside[labelled.end() :].strip(), language, trusted=True)
            if parts is None and labelled.re is self._credit_label and len(inside.split()) <= 16:
                parts = _Credit((), (), (), True, True)  # a label inside a bracket is a credit by its form
            if parts and labelled.groupdict().get("label") and "출처" in labelled[0]:
                parts = parts._replace(marks=(*parts.marks, "handout"))
        else:
            parts = self._credit(body, language, trusted=False)
            if parts:
                before = line[start:text_end]
                ended = not before or before[-1] in SENTENCE_END or before[-1] in ",、"
                single = len(PART.split(body)) == 1 and len(body.split()) == 1
                if not parts.named and not (parts.photographer and ended and before):
                    parts = None
                elif parts.agencies and single and before and not ended and self._spells(before[-60:], body):
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
                if label in self._label_set and (line[at] > "\u2e80" or joint[0].strip() not in "/／"):
                    if at == start or not line[at - 1].isalnum():
                        found.append((at, joint.end(), False))
                    break
                space = line.find(" ", at, joint.start())
                if space < 0:
                    break
                at = space + 1
        tail = line[start:end]
        if any(word in tail for word in BY_WORDS):
            for by in self._by_label.finditer(line, start, end):
                before = line[start : by.start()].rstrip()
                begins = not before or before[-1] in ".!?…。।)）»|–—-,/:" or line[by.start() - 1] in "(（["
                if begins and (line[by.end()].isupper() or line[by.end()] in "-–—" or not by[0].rstrip().endswith("by")):
                    found.append((by.start(), by.end(), True))
        yield from sorted(found)

    @cached_property
    def _label_set(self) -> frozenset[str]:
        sources = self.facts.credits["source_labels"]["colon"]
        return frozenset(label.casefold() for label in (*self.facts.credits["photo_labels"]["colon"], *sources) if label not in ("By", "Text", "With"))

    @cached_property
    def _by_label(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![^\W\d_])(?:{_words(self.facts.credits['photo_labels']['by'])})[.:]?(?:\s+(?=\S)|(?<=\.))", re.IGNORECASE)

    def _is_tag(self, text: str, language: str | None) -> bool:
        """Whether a line is a tag and no picture credit: bare agencies, or agencies after a source label ("Quelle: sid/dpa")."""
        if labelled := self._source_label.match(text):
            photo = self._photo_label.match(text)
            return not photo and self._text_agencies(text[labelled.end() :], language)
        return self._text_agencies(text, language)

    @cached_property
    def _photo_label(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{_words(self.facts.credits['photo_labels']['colon'])})\s*[:：=＝／/]", re.IGNORECASE)

    def _after_label(self, line: str, start: int, end: int, language: str | None) -> tuple[int, int, str, _Credit] | None:
        for at, stop, by in self._labels_in(line, max(start, end - 140), end):
            body = line[stop:end].strip()
            opened = line[start:at].rstrip()
            front = not opened
            if not body or len(body) > 120 or opened and opened[-1] in "(（[":
                continue
            inner = body.rstrip(".") if not SHORT_END.search(body) else body
            parts = self._credit(inner, language, trusted=not front)
            if parts is None and front and SHORT_NAME.fullmatch(inner):
                parts = _Credit((), (), (), True, True)
            if parts is None and by and len(inner.split()) <= 8 and not front:
                parts = _Credit((), (), (), True, True)
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
            if bare := self._bare_label.match(line, cut, end):
                body = line[bare.end() : end].strip(" .")
                parts = self._credit(body, language, trusted=False)
                if parts and (parts.agencies or parts.photographer) and parts.persons:
                    return start + len(line[start:cut].rstrip()), cut, body, parts
        return None

    def _after_joint(self, line: str, start: int, end: int, language: str | None) -> tuple[int, int, str, _Credit] | None:
        at = max(start, end - 120)
        for joint in PICTURE_JOINT.finditer(line[at:end]):
            body = line[at + joint.end() : end].strip()
            if not body or len(body) > 100:
                continue
            opened = COPYRIGHT.match(body)
            rest = body[opened.end() :] if opened else body
            if not rest:
                continue
            parts = self._credit(rest, language, trusted=bool(opened))
            if parts is None or not opened and not (parts.agencies and parts.persons):
                continue
            place = at + joint.start()
            if place > start and not opened and len(line[start:place].split()) < 2 and not _caseless(line[start]):
                continue
            text_end = start + len(line[start:place].rstrip()) if place > start else start
            return text_end, max(place, start) if place > start else start, body, parts
        return None

    def _after_sentence(self, line: str, start: int, end: int, language: str | None) -> tuple[int, int, str, _Credit] | None:
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
            if cut == start and next(self._labels_in(body, 0, len(body)), (1,))[0] == 0 and not self._announced.match(bare):
                continue
            parts = self._eastern(bare, language) or self._credit(bare, language, trusted=False)
            if parts is None or not parts.named or not parts.persons or line[:cut].rstrip().endswith(")") and not parts.agencies:
                continue
            if whole and not (parts.agencies or parts.marks) and len(bare.split()) == 1:
                continue
            if whole and not parts.agencies and not self._announced.match(bare) and "generic" not in parts.marks:
                continue
            if whole and not parts.photographer and self._text_agencies(bare, language):
                continue  # "AFP", "AP, Reuters": a tag, and whether it is the picture's only its place can tell
            text_end = start + len(line[start:cut].rstrip())
            return text_end, cut, body if bare == body or "Photo" in body else bare, parts
        if glued := re.search(r"(?<=[a-z])(?P<name>Reuters|REUTERS|AFP|AP|Getty Images|PTI|ANI|IANS|EPA)$", line[at:end]):
            agency = self.facts.agency(glued["name"], language)
            place = at + glued.start()
            if agency:
                return place, place, glued["name"], _Credit((), (agency.code,), (), True, True)
        return None

    @cached_property
    def _announced(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{_words(self.facts.credits['photo_labels']['by'])})\s|.*\bnuotr\.?$|.*(?:撮影|提供|摄|攝|제공|記者|记者)$", re.IGNORECASE)

    def _text_agencies(self, text: str, language: str | None) -> bool:
        """Whether the words are nothing but agencies that also write copy."""
        names = self.facts.agencies(text.strip(" .()"), language)
        return bool(names) and not any(agency and (agency.kind == "photo" or "hoto" in agency.form or "mages" in agency.form) for _, agency in names or ())

    def _eastern(self, text: str, language: str | None) -> _Credit | None:
        """Credits whose label follows the name: ``山田太郎撮影``, ``新华社记者 张三 摄``, ``고길동 기자``."""
        if not text or text.isascii():
            return None
        if found := EAST_BY.fullmatch(text):
            agency = self.facts.agency(found["agency"], language) if found["agency"] else None
            return _Credit(tuple(re.split(r"[\s、·]+", found["names"])), (agency.code,) if agency else (), (), True, True)
        found = EAST_AFTER.fullmatch(text) or KO_AFTER.fullmatch(text)
        if not found:
            return None
        who, how = found["who"].strip(), found["how"]
        agency = self.facts.agency(who, language)
        if who == "代表":
            return _Credit((), (), ("pool",), True, True)
        if how in ("提供", "제공", "供图", "供圖"):
            return _Credit((), (agency.code,) if agency else (), () if agency else ("handout",), True, True)
        if agency:
            return _Credit((), (agency.code,), (), True, True)
        if len(who) > 6 or how == "기자" and not re.fullmatch("[가-힣]{2,4}", who):
            return None
        return _Credit((who,), (), (), True, True)

    def _credit(self, text: str, language: str | None, trusted: bool) -> _Credit | None:
        """The parts of a credit, or None when the text cannot be one. ``trusted``: a label, © or bracket announced it."""
        if not text or len(text) > 140:
            return None
        if " | " in text:
            several = [self._credit(part, language, trusted) for part in text.split(" | ")]
            if all(several):
                some = [part for part in several if part]
                return _Credit(
                    tuple(dict.fromkeys(p for c in some for p in c.photographer)), tuple(dict.fromkeys(a for c in some for a in c.agencies)),
                    tuple(dict.fromkeys(m for c in some for m in c.marks)), any(c.named for c in some), all(c.persons for c in some),
                )
            if not trusted:
                return None
        if east := self._eastern(text, language):
            return east
        sentences = re.split(r"(?<=[^\W\d_]{3})[.]\s+(?=[A-Z])", text.rstrip("."))
        if len(sentences) > 1:
            several = [self._credit(part, language, trusted) for part in sentences]
            if not all(several):
                return None
            some = [part for part in several if part]
            return _Credit(
                tuple(p for c in some for p in c.photographer), tuple(dict.fromkeys(a for c in some for a in c.agencies)),
                tuple(m for c in some for m in c.marks), any(c.named for c in some), all(c.persons for c in some),
            )
        photographers: list[str] = []
        agencies: list[str] = []
        marks: list[str] = []
        named = known = False
        strange = 0
        announced = False
        if opened := self._credit_label.match(text):
            if "illustration" in opened[0].casefold():
                marks.append("illustration")
            text, trusted, announced, named = text[opened.end() :], True, True, True
        whole = self._marks.get(text.strip(" .").casefold())
        if whole:
            return _Credit((), self._codes(text, language), (whole,) if whole != "other" else (), True, True)
        for raw in PART.split(text):
            part = YEAR.sub("", raw.strip(" .:–—-") if raw.strip(" .") != "D.R" else raw)
            if raw.strip().endswith(".") and re.search(r"\b\w{1,4}\.$", raw.strip()):
                part = raw.strip()
            if not part or part in ("-", "–", "—"):
                continue
            codes = self._codes(part, language)
            mark = self._marks.get(part.casefold()) or self._marks.get(part.rstrip(".").casefold())
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
                    if not trusted and not (part[0].isupper() and UNKNOWN.fullmatch(part) or _caseless(part) and not re.search(r"[\s.。！？]", part)):
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
        return _Credit(tuple(dict.fromkeys(photographers)), tuple(dict.fromkeys(agencies)), tuple(dict.fromkeys(marks)), named, sure)

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
        if any(word.casefold().strip(".") in self._bodies for word in words):
            return False
        if _caseless(part[0]):
            return trusted and len(words) <= 3 and part[0] < "\u2e80"
        if words[0].casefold() in self._never or words[0].casefold() in ("le", "la", "el", "los"):
            return False
        return all(word[0].isupper() or word.casefold() in NAME_PARTICLES or word[:3] in ("al-", "el-", "d’", "d'") for word in words) and part[0].isupper()

    def _body(self, part: str) -> bool:
        words = part.split()
        if not 1 <= len(words) <= 6 or not part[0].isupper() and part.casefold() not in self._bodies:
            return False
        if any(word[0].islower() and word.casefold() not in self._bodies and word not in BODY_WORDS for word in words):
            return False
        return any(words[at].casefold().strip(".,") in self._bodies for at in {0, len(words) - 1})

    def _after(self, part: str) -> bool:
        return bool(re.search(r"\s(?:nuotr\.?|nuotrauka|felvétele|kuva|cung cấp)$", part)) or part == "nuotr."

    def _believable(self, text: str) -> bool:
        """A credit that a label announced, but whose names we do not know: short, and no sentence."""
        words = text.split()
        if len(words) > 9 or re.search(r"[!?;:…]", text):
            return False
        if _caseless(text[0]):
            return len(text) <= 60
        small = [word for word in words if word[0].islower() and word.casefold() not in NAME_PARTICLES and word.casefold() not in self._particles]
        return text[0].isupper() and len(small) <= 2 and len(small) < len(words) - 0 or text[0].islower() and len(words) <= 2

    # bylines

    def byline(self, line: str, language: str | None) -> str | None:
        """The name part of a line that opens with a byline word, or None. A bare name is no byline here.

        >>> grammar = Grammar(Facts.load())
        >>> grammar.byline("By Jane Roe", "en"), grammar.byline("By-laws passed last year are still in force.", "en")
        ('Jane Roe', None)
        """
        if len(line) > 100:
            return None
        text = line.strip(" \t•·|–—-")
        opened = self._by.match(text)
        if not opened:
            return None
        name = NAME_END.sub("", text[opened.end() :]).strip(" ,|•·–—-")
        if not name or len(name) > 80 or name[-1] in "!?:;…":
            return None
        words = re.findall(r"[^\W\d_][\w.'’-]*", name)
        if not words or len(words) > 12:
            return None
        if _caseless(name[0]):
            return name if len(words) <= 6 and name[-1] not in ".。।" else None
        if name[-1] == "." and len(words[-1].rstrip(".")) > 3:
            return None
        small = [word for word in words if word[0].islower() and word not in NAME_PARTICLES and word.casefold() not in BYLINE_WORDS]
        if small or not (words[0][0].isupper() or self.facts.agency(words[0], language)):
            return None
        if words[0].casefold() in self._never or len(name) < 3:
            return None
        if len(words) == 1 and words[0].casefold() in self._times.months | self._times.weekdays:
            return None
        return name

    # who reported

    def reporting_credit(self, paragraph: str, language: str | None) -> ReportingCredit | None:
        """The paragraph, or its end, that says who reported, edited or supplied the copy.

        >>> grammar = Grammar(Facts.load())
        >>> credit = grammar.reporting_credit("(Reporting by Jane Doe in Lima; Editing by John Roe)", "en")
        >>> credit.reporters, credit.editors, credit.start
        (('Jane Doe',), ('John Roe',), 0)
        """
        near = paragraph if len(paragraph) <= 600 else paragraph[-300:]
        if not (" by " in near and any(word in near for word in REPORTING_NEAR)) and "contributed" not in near and not paragraph.startswith(NOTICE_STARTS):
            return self._source_credit(paragraph, language) if len(paragraph) <= 100 else None
        if len(paragraph) > 600 and "by" not in near:
            return None
        text = paragraph.rstrip()
        if found := REPORTING.search(text, max(0, len(text) - 400)):
            start = found.start()
            before = text[:start].rstrip()
            if before and not (text[start] in "([" and before[-1] in SENTENCE_END):
                return None
            raw = text[start:]
            reporters = [name for some in REPORTERS.finditer(raw) for name in _people(some["names"])]
            editors = [name for some in EDITORS.finditer(raw) for name in _people(some["names"])]
            reuters = self.facts.agency("Reuters", language) if raw[0] == "(" and editors or ";" in raw else None
            return ReportingCredit(start, raw, tuple(reporters), tuple(editors), (Named("Reuters", start, start, reuters),) if reuters else ())
        if found := CONTRIBUTED.fullmatch(text):
            names = self.facts.agencies(found["agency"], language)
            if names:
                return ReportingCredit(0, text, tuple(_people(found["names"])), (), tuple(self._named(text, names, 0)))
        if STAFF.match(text) and (staff := self._staff(text, language)):
            return staff
        if found := PROSE_CREDIT.fullmatch(text):
            names = self.facts.agencies(found["name"].strip(), language)
            if names:
                return ReportingCredit(len(paragraph), "", (), (), tuple(self._named(text, names, found.start("name"))))
        if NOTICES.fullmatch(text):
            return ReportingCredit(0, text, (), (), tuple(self._within(text, language)))
        return self._source_credit(text, language)

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
        tag = self.lone_tag(text, language)
        if tag and (tag.label or text.strip()[:1] in "©(") and tag.where == "line":
            return ReportingCredit(0, text.strip(), (), (), tag.agencies)
        return None


def _words(phrases: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(set(phrases), key=len, reverse=True)))


def _caseless(text: str) -> bool:
    """Whether a letter belongs to a script without capitals."""
    return text[:1].isalpha() and not text[:1].islower() and not text[:1].isupper() and not text[:1].istitle()


def _ends_as_sentence(rest: str) -> bool:
    return len(rest) >= 100 or rest.rstrip()[-1:] in SENTENCE_END


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


def _people(names: str) -> list[str]:
    """The names of a reporting credit, without their places: "Jane Doe in Lima and Li Wei"."""
    people = []
    for part in re.split(r",\s*|\s+and\s+|\s*;\s*|\s+&\s+|\s+dan\s+", names.strip(" .)(")):
        name = re.sub(r"\s+(?:in|at|from)\s+.*$", "", part).strip()
        if name and name[0].isupper() and len(name) <= 60:
            people.append(name)
    return people
