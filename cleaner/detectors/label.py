"""The labels of copy that says of each part what it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.detectors import Detector
from cleaner.model import Edit, Op

if TYPE_CHECKING:
    from cleaner.roles import Article


@dataclass(frozen=True)
class LabelRule(Detector):
    """"Headline:", "Caption:", "Text:" in front of their parts, in copy that labels all of them, as records are printed.

    Why: such copy says itself what each line is, so nothing in it is guessed and nothing in it goes; only the labels are no copy.
    What moves: the label; each part stands in the field that its label names.
    What stays: everything else, also what other copy would lose, such as a button or a line that stands twice; a label in copy
    that does not open with its headline's label, or in which a line between that and the text has none.
    """

    name = "label"
    before = """\
Headline: Library extends its opening hours

Published: 12 March 2024

Caption: The reading room at dusk.
Credit: Eva Lund

Text: The town library stays open until nine in the evening from next week, the council decided.

Read more

Agency: AFP
"""
    after = """\
headline: Library extends its opening hours
published:12 March 2024
caption:  The reading room at dusk. | Eva Lund
agency:   AFP (sign-off, AFP)
text:     The town library stays open until nine in the evening from next week, the council decided.
text:     Read more
"""

    def find(self, article: Article) -> Iterator[Edit]:
        for line, label in zip(article.lines, article.labels, strict=False):
            if label.text:
                yield Edit(
                    self.name, Op.MOVE, line.start, line.start + len(label.text), f"a label that says what follows: {label.role}",
                    field="label", value=label.text,
                )
