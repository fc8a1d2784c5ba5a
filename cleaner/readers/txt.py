"""Plain text: one file, one document."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from cleaner.errors import UnreadableFile
from cleaner.model import Document
from cleaner.readers import Source

SUFFIXES = (".txt",)
SPLITS = False

FLOOR = 0.1
"""Below this confidence of chardet's an encoding is a guess. Of 2,900 samples in 20 encodings those under 0.1 were wrong every second time."""
HINT = 0.02
"""From this confidence on a guess is worth trying by hand; copy of a few letters seldom has more."""

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FIRST_BYTES = frozenset(mark[0] for mark, _ in _MARKS)
_SURROGATE = re.compile("[\ud800-\udfff]")
_ASCII_LETTER = re.compile(rb"[A-Za-z]")
# Control characters of Latin-1's upper half: in copy they mean that another encoding was meant.
_UPPER_CONTROL = re.compile("[\x80-\x84\x86-\x9f]")


def read(source: Source, encoding: str | None) -> Iterator[Document]:
    """The file as one document, its line ends as they are.

    >>> [document.text for document in read(Source("a.txt", data="Räntan höjs".encode("utf-16")), None)]
    ['Räntan höjs']
    """
    text, found = decode(source.read(), encoding)
    if not text or text.isspace():
        raise UnreadableFile("empty: there is no text in it.")
    yield Document(source.path, text, encoding=found)


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text and the encoding it was in: the one given, else by byte order mark, else UTF-8, else what chardet is sure of.

    Raises UnreadableFile when nothing fits, and when what comes out is no text.

    >>> decode(b"\\xef\\xbb\\xbfHarbour")
    ('Harbour', 'utf-8-sig')
    """
    text, found = _forced(data, encoding) if encoding else _detected(data)
    if "\0" in text:
        raise UnreadableFile("no text: it holds NUL bytes. If it is UTF-16 without a byte order mark, try --encoding utf-16-le; else leave it out.")
    return text, found


def _forced(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        text = data.decode(encoding)
    except ValueError as error:
        raise UnreadableFile(f"not {encoding} ({_place(error)}). Leave --encoding out to have each file looked at.") from error
    if _SURROGATE.search(text):
        raise UnreadableFile(f"as {encoding} it holds half a surrogate pair. Leave --encoding out to have each file looked at.")
    return text, codecs.lookup(encoding).name


def _detected(data: bytes) -> tuple[str, str]:
    if data and data[0] in _FIRST_BYTES:
        for mark, encoding in _MARKS:
            if data.startswith(mark):
                try:
                    return data.decode(encoding), encoding
                except UnicodeError as error:
                    raise UnreadableFile(f"it has the byte order mark of {encoding} and is not ({_place(error)}). Try --encoding.") from error
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if b"\0" in data:
            return "\0", ""
        return _guessed(data, error)


def _guessed(data: bytes, error: UnicodeDecodeError) -> tuple[str, str]:
    import chardet

    guess = chardet.detect(data)
    encoding = guess["encoding"]
    if encoding and guess["confidence"] >= FLOOR:
        try:
            text, name = data.decode(encoding), codecs.lookup(encoding).name
        except (LookupError, ValueError):
            pass
        else:
            if not _UPPER_CONTROL.search(text) and not _SURROGATE.search(text):
                return text, name
    best = f"{encoding} at {guess['confidence']:.2f}, {FLOOR} is asked for" if encoding else "it may be no text"
    advice = _advice(data, encoding if guess["confidence"] >= HINT else None)
    raise UnreadableFile(f"not UTF-8 ({_place(error)}), and no other encoding is sure ({best}). {advice}, or leave the file out.")


def _advice(data: bytes, guess: str | None) -> str:
    """Which encoding to try. Where most letters lie above ASCII it is no Western one, and a guess that is not sure is still better than that.

    >>> _advice("Räntan höjs på fredag".encode("windows-1252"), None), _advice("颱風過後".encode("big5"), "Big5")
    ('Try --encoding windows-1252', 'Try --encoding big5')
    """
    high = len(data) - len(data.decode("ascii", "ignore"))
    name = (guess or "").lower() if high > len(_ASCII_LETTER.findall(data)) else "windows-1252"
    try:
        fits = not _UPPER_CONTROL.search(data.decode(name))
    except (LookupError, ValueError):
        fits = False
    return f"Try --encoding {name}" if fits else "Name it with --encoding, such as big5, gb18030, shift_jis, euc-kr or windows-1251"


def _place(error: ValueError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"byte 0x{error.object[error.start]:02x} at {error.start}"
    return str(error)
