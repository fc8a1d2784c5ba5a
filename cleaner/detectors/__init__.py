"""The open room: one file a rule. A rule looks at one article, proposes edits and changes nothing.

The folder is the registry: every class that descends from ``Detector`` in a file of this folder is a rule. Its docstring
is its manual page: what it is for, then paragraphs that begin with "Why:", "What goes:" (or moves, or is replaced), "What
stays:" and the name of each field. Its fields are its options; ``before`` is copy, ``after`` the record it gives, ``profile``
the site profile of a rule that needs one, ``beside`` the rule that takes what it leaves of a line.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import msgspec

from cleaner.errors import OptionsError
from cleaner.options import did_you_mean, wrong_value

if TYPE_CHECKING:
    from cleaner.model import Edit
    from cleaner.roles import Article


Number = Annotated[int, msgspec.Meta(ge=0)]
"""An option that counts lines or characters."""


@dataclass(frozen=True)
class Detector(ABC):
    """A rule: a name, an example, options as fields, and ``find``."""

    name: ClassVar[str]
    before: ClassVar[str]
    after: ClassVar[str]
    profile: ClassVar[str] = ""
    beside: ClassVar[str] = ""

    @abstractmethod
    def find(self, article: Article) -> Iterator[Edit]:
        """The edits that the rule proposes for one article, in any order."""


@functools.cache
def rules() -> dict[str, type[Detector]]:
    """Every rule by its name, in the order of the names."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return {rule.name: rule for rule in sorted(Detector.__subclasses__(), key=lambda rule: rule.name)}


def make_rules(options: Mapping[str, Mapping[str, Any]], select: Iterable[str] | None = None, ignore: Iterable[str] = ()) -> list[Detector]:
    """The rules in force: those selected, None for all, less those ignored, each with its own options where it has some.

    A name that there is not or a value that an option cannot have is an OptionsError, also for a rule that is not in force,
    and so is an ``ignore`` that leaves none.

    >>> [rule.name for rule in make_rules({}, select=["dateline", "address"], ignore=["address"])]
    ['dateline']
    >>> make_rules({"datelines": {"within": 3}})
    Traceback (most recent call last):
    cleaner.errors.OptionsError: rules: there is no rule 'datelines'. Did you mean 'dateline'?
    >>> make_rules({"dateline": {"within": "three"}})
    Traceback (most recent call last):
    cleaner.errors.OptionsError: rules.dateline.within: expected a whole number, got a text. `cleaner rules dateline` shows its options.
    >>> make_rules({"dateline": {"within": -1}})
    Traceback (most recent call last):
    cleaner.errors.OptionsError: rules.dateline.within: expected a whole number, 0 or more. `cleaner rules dateline` shows its options.
    """
    select, ignore = None if select is None else list(select), list(ignore)
    for where, names in (("rules", options), ("select", select or ()), ("ignore", ignore)):
        for name in names:
            if name not in rules():
                raise OptionsError(f"{where}: there is no rule {name!r}. {did_you_mean(name, rules())}")
    made = [_made(rule, options.get(name, {})) for name, rule in rules().items()]
    in_force = [rule for rule in made if (select is None or rule.name in select) and rule.name not in ignore]
    if ignore and not in_force:
        raise OptionsError("ignore: no rule is left in force, so nothing would be cleaned. Ignore fewer, or select others.")
    return in_force


def _made(rule: type[Detector], values: Mapping[str, Any]) -> Detector:
    names = [field.name for field in fields(rule)]
    for name in values:
        if name not in names:
            hint = did_you_mean(name, names) if names else "The rule has no options."
            raise OptionsError(f"rules.{rule.name}: there is no option {name!r}. {hint}")
    try:
        return msgspec.convert(values, rule)
    except msgspec.ValidationError as error:
        raise OptionsError(f"rules.{rule.name}.{wrong_value(error)}. `cleaner rules {rule.name}` shows its options.") from error
