"""A picture's credit and label, apart from its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.detectors import Detector
from cleaner.model import Edit, Op, Role

if TYPE_CHECKING:
    from cleaner.roles import Article


@dataclass(frozen=True)
class PictureCredit(Detector):
    """Who made the picture: "(Port media)", "Foto: Eva Lund/TT", "© dpa", at the end of a caption or on a line of its own.

    Why: the credit is wanted beside the caption, not in it; with it, two copies of one caption look like two captions.
    What moves: the credit, into the caption's own field, from every copy of the caption; the label in front ("Image caption,").
    What goes: a line that is a credit and has no caption near it.
    What stays: brackets that hold something else ("(l.)", a year, a place); a credit that ends a paragraph of the body.
    """

    name = "picture-credit"
    before = """\
New lifeboat named after its first mate

The mate's daughter (l.) names the boat on the quay. Photo: Eva Lund/AFP

The lifeboat station took its new boat into service on Sunday, a year later than planned.
"""
    after = """\
headline: New lifeboat named after its first mate
caption:  The mate's daughter (l.) names the boat on the quay. | Eva Lund/AFP
text:     The lifeboat station took its new boat into service on Sunday, a year later than planned.
"""

    def find(self, article: Article) -> Iterator[Edit]:
        for picture in article.pictures:
            for place in (picture.first, *(twin.other for twin in picture.copies)):
                start, parts = article.lines[place].start, article.parts(place)
                if parts.label and parts.label_end > parts.label_start:
                    yield Edit(
                        self.name, Op.MOVE, start + parts.label_start, start + parts.label_end, "a label that says a caption follows",
                        field="label", value=parts.label,
                    )
                if parts.credit and parts.credit_end > parts.credit_start:
                    yield Edit(
                        self.name, Op.MOVE, start + parts.credit_start, start + parts.credit_end, "the picture's credit, behind its caption",
                        field="credit", value=parts.credit,
                    )
        for place in article.places.get(Role.CREDIT, ()):
            line = article.lines[place]
            if place in article.uncaptioned:  # a move would have no caption to stand in
                yield Edit(self.name, Op.DROP, line.start, line.end, "a credit with no caption near it")
            else:
                yield Edit(
                    self.name, Op.MOVE, article.said(place)[0], line.end, "a line that only says whose the picture is",
                    field="credit", value=article.parts(place).credit or line.text,
                )
