"""Characters that the page's code left in the copy."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.detectors import Detector
from cleaner.lines import BREAKS
from cleaner.model import Edit, Op
from cleaner.signs import LEFT_OVER

if TYPE_CHECKING:
    from cleaner.roles import Article

LAYERS = 4
"""Times that a page encodes an ampersand again, at the most that was seen."""

_LEFT_OVER = re.compile(f"[{LEFT_OVER}]+|&(?:amp;)*(?:[a-zA-Z][a-zA-Z0-9]{{1,30}}|#[0-9]{{1,7}}|#x[0-9a-fA-F]{{1,6}});")


@dataclass(frozen=True)
class Characters(Detector):
    """An HTML entity left in the copy (``&amp;``, ``&nbsp;``), a soft hyphen, a zero-width character.

    Why: ``Hill &amp; Sons`` and ``Hill & Sons`` are the same words, but no search and no count says so, and what nobody sees cannot be mended by eye.
    What is replaced: the entity by the character it names, the invisible character by nothing.
    What stays: "AT&T", an ampersand that opens no entity, joiners and direction marks of scripts that need them.
    """

    name = "characters"
    before = """\
Hill &amp; Sons sells its last boatyard

The yard goes to AT&T&#39;s former owner, the family said &ndash; the price was not made public.
"""
    after = """\
headline: Hill & Sons sells its last boatyard
text:     The yard goes to AT&T's former owner, the family said – the price was not made public.
"""

    def find(self, article: Article) -> Iterator[Edit]:
        for line, look in zip(article.lines, article.looks, strict=True):
            for found in _LEFT_OVER.finditer(line.text) if look.left_over else ():
                printed = found.group()
                value = "" if printed[0] in LEFT_OVER else _unescape(printed)
                if value != printed:
                    reason = f"the entity {printed} stands for a character" if value else "an invisible character"
                    yield Edit(self.name, Op.REPLACE, line.start + found.start(), line.start + found.end(), reason, value=value)


def _unescape(printed: str) -> str:
    """The character behind an entity, also behind one that was encoded twice. A break is a space: what stands on a line stays one line.

    >>> _unescape("&amp;amp;"), _unescape("&amp;quot;"), _unescape("&nosuch;"), _unescape("&NewLine;")
    ('&', '"', '&nosuch;', ' ')
    """
    value = printed
    for _ in range(LAYERS):
        value = html.unescape(value)
    if len(value) > 2:
        return printed
    return " " if value and value in BREAKS else value
