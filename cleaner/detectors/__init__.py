"""The open room: one file a rule. A rule looks at one article, proposes edits and changes nothing.

The folder is the registry: every class that descends from ``Detector`` in a file of this folder is a rule. Its docstring
is its manual page, its fields are its options.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from cleaner.model import Edit
    from cleaner.roles import Article


@dataclass(frozen=True)
class Detector:
    """A rule: a name, options as fields, and ``find``."""

    name: ClassVar[str]

    def find(self, article: Article) -> Iterator[Edit]:
        """The edits that the rule proposes for one article, in any order."""
        raise NotImplementedError(f"{type(self).__name__} has no find(): a rule says what it finds.")


@functools.cache
def rules() -> dict[str, type[Detector]]:
    """Every rule by its name, in the order of the names."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return {rule.name: rule for rule in sorted(Detector.__subclasses__(), key=lambda rule: rule.name)}
