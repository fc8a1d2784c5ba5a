"""Page furniture that no list names and a site profile counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.detectors import Detector
from cleaner.model import Edit, Op, Role
from cleaner.profile import KIND

if TYPE_CHECKING:
    from cleaner.roles import Article


@dataclass(frozen=True)
class SiteFurniture(Detector):
    """A line of the page that stands at the same place on the pages of its source, as a site profile counted it.

    Why: no list holds the menus and buttons of every site in every script, but each site prints its own on page after page.
    The profile is a file that ``cleaner learn`` makes; without one this rule does nothing.
    What goes: a line that the profile names, whatever its numbers are, in the part of the article where it was counted. The
    reason says on how many pages of the source it stands there.
    What stays: the same line anywhere else in an article; a headline, a caption, a byline, a time, a tag.
    """

    name = "site-furniture"
    profile = '{"schema": 1, "sources": {".": {"pages": 430, "furniture": [{"line": "tide tables for members", "place": "below the body", "pages": 412}]}}}'
    before = """\
Ferries run again after three days of storm

The ferries run again, the port said on Friday, and they are full.

Tide tables for members hang on the quay, where anybody can read them.

Tide tables for members
"""
    after = """\
headline: Ferries run again after three days of storm
text:     The ferries run again, the port said on Friday, and they are full.
text:     Tide tables for members hang on the quay, where anybody can read them.
"""

    def find(self, article: Article) -> Iterator[Edit]:
        site = article.site
        if site is None:
            return
        for place, entry in article.entries.items():
            if entry.kind != KIND or article.roles[place] is not Role.FURNITURE:
                continue
            line, part = article.lines[place], article.part(place)
            known = site.known(line.text)
            if known is not None and part in known.pages:
                yield Edit(self.name, Op.DROP, line.start, line.end, f"on {known.pages[part]:,} of {site.pages:,} pages of this source, {part}")
