"""An agency's tag on a line of its own, or closing a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.detectors import Detector
from cleaner.model import Edit, Op, Role

if TYPE_CHECKING:
    from cleaner.roles import Article

_WORD = re.compile(r"[^\W\d_]\w")


@dataclass(frozen=True)
class AgencyTagRule(Detector):
    """The agency that the copy came from: "TT", "Quelle: APA/dpa", "(dpa)" behind the last sentence, "REUTER" below it.

    Why: the tag says whose copy it is, not what happened. In the running text it is noise, and which agencies stand behind an
    article is asked of a field.
    What moves: the tag, into ``agency_tags``. A tag whose letters are also a control of the page ("TT", "AA") is recorded
    as unknown where nothing settles it.
    What stays: the same letters inside the body, such as a subhead "TT" or a speaker "TT:".
    """

    name = "agency-tag"
    before = """\
Pass road closed after heavy snow

The road over the pass is closed until Sunday, the county said on Thursday.

The TT races at the foot of the pass go ahead as planned, the club said. (Reuters)

Source: AFP
"""
    after = """\
headline: Pass road closed after heavy snow
agency:   Reuters (sign-off, REUTERS)
agency:   AFP (line, AFP)
text:     The road over the pass is closed until Sunday, the county said on Thursday.
text:     The TT races at the foot of the pass go ahead as planned, the club said.
"""

    def find(self, article: Article) -> Iterator[Edit]:
        for place in article.places.get(Role.AGENCY_TAG, ()):
            (start, _), tag = article.said(place), article.tags[place]
            if tag.where != "byline":
                yield Edit(
                    self.name, Op.MOVE, start, article.lines[place].end, f"an agency's tag ({tag.where})",
                    field="agency_tags", value=" / ".join(name.text for name in tag.agencies),
                )
        for place in article.places.get(Role.BODY, ()):
            line, end = article.lines[place], article.looks[place].closing
            if end is not None and _WORD.search(line.text, 0, end.start):  # in a list the agency is the entry, behind its number or letter
                yield Edit(
                    self.name, Op.MOVE, line.start + end.start, line.end, "an agency's tag that closes a paragraph",
                    field="agency_tags", value=" / ".join(name.text for name in end.agencies),
                )
