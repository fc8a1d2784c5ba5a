"""An agency's tag on a line of its own, or closing a paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.detectors import Detector
from cleaner.model import Edit, Op, Role

if TYPE_CHECKING:
    from cleaner.roles import Article


@dataclass(frozen=True)
class AgencyTagRule(Detector):
    """The agency that the copy came from: "TT", "Quelle: APA/dpa", "(dpa)" behind the last sentence, "REUTER" below it.

    What moves: the tag, into ``agency_tags``. A tag whose letters are also a control of the page ("TT", "AA") is recorded
    as unknown where nothing settles it.
    What stays: the same letters inside the body, such as a subhead "TT" or a speaker "TT:".
    """

    name = "agency-tag"

    def find(self, article: Article) -> Iterator[Edit]:
        for place, role in enumerate(article.roles):
            line = article.lines[place]
            if role is Role.AGENCY_TAG:
                tag = article.tags[place]
                if tag.where != "byline":
                    yield Edit(
                        self.name, Op.MOVE, line.start, line.end, f"an agency's tag ({tag.where})",
                        field="agency_tags", value=" / ".join(name.text for name in tag.agencies),
                    )
            elif role is Role.BODY:
                end = article.grammar.end_credit(line.text, article.language)
                if end is not None and end.start > 0:
                    yield Edit(
                        self.name, Op.MOVE, line.start + end.start, line.end, "an agency's tag that closes a paragraph",
                        field="agency_tags", value=" / ".join(name.text for name in end.agencies),
                    )
