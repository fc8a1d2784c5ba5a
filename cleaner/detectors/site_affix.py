"""The site's name in front of or behind a headline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.detectors import Detector, Number
from cleaner.model import Edit, Op

if TYPE_CHECKING:
    from cleaner.roles import Article


@dataclass(frozen=True)
class SiteAffix(Detector):
    """The name of a site that its pages print with every headline, as a site profile counted it.

    Why: the title of a page is its headline and the name of the site. Where the copy holds no other form of the headline, the
    name can only be known from the other pages: a cut at the last dash takes the words of a speaker.
    The profile is a file that ``cleaner learn`` makes; without one this rule does nothing.
    What goes: a known affix and the bar or dash that joins it, from the headline that stays.
    What stays: every other part of a headline behind a dash or a bar; a headline of which fewer than ``shortest`` characters would be left.
    shortest: how many characters of the headline are left at least.
    """

    name = "site-affix"
    profile = '{"schema": 1, "sources": {".": {"pages": 430, "suffixes": [{"text": "Harbour Post", "pages": 428}]}}}'
    before = """\
Ferries run again - all of them | Harbour Post

The ferries run again, the port said on Friday, and they are full.
"""
    after = """\
headline: Ferries run again - all of them
text:     The ferries run again, the port said on Friday, and they are full.
"""
    shortest: Number = 6

    def find(self, article: Article) -> Iterator[Edit]:
        site = article.site
        if site is None or article.headline is None:
            return
        line = article.lines[article.headline]
        found = [(site.suffix(line.text), "behind"), (site.prefix(line.text), "in front of")]
        left = len(line.text)
        for affix, where in found:
            if affix is not None and left - (affix.end - affix.start) >= self.shortest:
                left -= affix.end - affix.start
                reason = f"on {affix.pages:,} of {site.pages:,} pages of this source, {where} the headline"
                yield Edit(self.name, Op.DROP, line.start + affix.start, line.start + affix.end, reason)
