"""Gates: limits that a run must not pass, looked at in the lines of the tables as they are written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from cleaner.model import Op, Status
from cleaner.options import Gates
from cleaner.view import Best, counted

WORST = 10
"""Articles that a gate names."""


class Worst(NamedTuple):
    """An article past a gate, and by how much."""

    figure: float
    path: str
    item: int | None
    number: int
    id: str
    headline: str | None


@dataclass(slots=True)
class Passed:
    """A gate that a run has passed: its name and limit, how many passed it (articles, or what could not be read), the worst of the articles."""

    gate: str
    limit: float
    number: int = 0
    worst: list[Worst] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """What happened, without the articles.

        >>> Passed("max-removed", 0.5, 2).sentence
        'max-removed: 2 articles with more than 50% of their characters removed'
        >>> Passed("max-removed", 0.245, 1).sentence
        'max-removed: 1 article with more than 24.5% of its characters removed'
        >>> Passed("max-dropped", 1, 2).sentence
        'max-dropped: 2 articles with more than 1 line dropped'
        """
        if self.gate == "max-unreadable":
            return f"{self.gate}: {counted(self.number, 'file or row', 'files or rows')} could not be read, and the limit is {self.limit:g}"
        whose = "its" if self.number == 1 else "their"
        over = f"{self.limit * 100:g}% of {whose} characters removed" if self.gate == "max-removed" else f"{counted(int(self.limit), 'line')} dropped"
        return f"{self.gate}: {counted(self.number, 'article')} with more than {over}"

    def figure(self, article: Worst) -> str:
        """An article's figure as people read it."""
        return f"{article.figure:.1%}" if self.gate == "max-removed" else f"{article.figure:,}"


class _Article(msgspec.Struct, gc=False):
    id: str
    path: str
    item: int | None
    number: int
    headline: str | None
    removed_ratio: float


class _Edit(msgspec.Struct, gc=False):
    article: str
    op: str
    status: str


class Watch:
    """Looks at articles as they are written and remembers the worst, no more than ten for each gate.

    >>> watch = Watch(Gates(max_removed=0.5))
    >>> row = {"id": "1", "path": "a.txt", "item": None, "number": 0, "headline": "Harbour reopens", "removed_ratio": 0.6}
    >>> watch.look({"articles": msgspec.json.Encoder().encode_lines([row, {**row, "removed_ratio": 0.5}])})
    >>> [passed] = watch.passed(unreadable=0)
    >>> passed.number, passed.worst[0].figure, passed.worst[0].headline
    (1, 0.6, 'Harbour reopens')
    """

    def __init__(self, gates: Gates) -> None:
        self.gates = gates
        self._numbers: Counter[str] = Counter()
        self._worst: defaultdict[str, Best[Worst]] = defaultdict(lambda: Best(WORST))
        self._articles = msgspec.json.Decoder(_Article)
        self._edits = msgspec.json.Decoder(_Edit)

    def look(self, lines: Mapping[str, bytes]) -> None:
        """Take the lines of the tables that were just written: articles, each with all of its edits."""
        removed, dropped = self.gates.max_removed, self.gates.max_dropped
        if removed is None and dropped is None:
            return
        drops: Counter[str] = Counter()
        if dropped is not None:
            drops.update(edit.article for edit in self._edits.decode_lines(lines["edits"]) if edit.op == Op.DROP and edit.status == Status.APPLIED)
        for article in self._articles.decode_lines(lines["articles"]):
            if removed is not None and article.removed_ratio > removed:
                self._add("max-removed", article.removed_ratio, article)
            if dropped is not None and drops[article.id] > dropped:
                self._add("max-dropped", drops[article.id], article)

    def _add(self, gate: str, figure: float, article: _Article) -> None:
        self._numbers[gate] += 1
        self._worst[gate].add(-figure, Worst(figure, article.path, article.item, article.number, article.id, article.headline))

    def passed(self, unreadable: int) -> list[Passed]:
        """The gates that the run has passed, by name; ``unreadable`` is the number of files and rows that could not be read."""
        limits = {"max-removed": self.gates.max_removed, "max-dropped": self.gates.max_dropped}
        found = [
            Passed(gate, limit, self._numbers[gate], self._worst[gate].best())
            for gate, limit in limits.items()
            if limit is not None and self._numbers[gate]
        ]
        limit = self.gates.max_unreadable
        return [*found, Passed("max-unreadable", limit, unreadable)] if limit is not None and unreadable > limit else found
