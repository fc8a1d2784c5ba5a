"""The manual: every rule as its class describes itself, the facts in force for a language, the settings in force. Readable as it is."""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import cleaner.keep
from cleaner.detectors import Detector, make_rules, rules
from cleaner.errors import UsageError
from cleaner.facts import Facts, Furniture, base
from cleaner.model import Record
from cleaner.options import Settings, check_language, did_you_mean
from cleaner.view import visible

INTRODUCTION = """\
# Rules

What a rule does, why, what it leaves alone. Rules look at one article and propose edits; what they propose is settled in one place,
so they have no order. Nothing else takes words away. This page is what `cleaner rules` prints; `cleaner rules NAME` prints one rule.

A rule's options are set for one run with `--set dateline.within=3`, or for all runs in `cleaner.toml` (in `pyproject.toml` under
`[tool.cleaner.rules.dateline]`):

    [rules.dateline]
    within = 3
"""

_LABEL = re.compile(r"^(Why|What goes|What moves|What is replaced|What stays|[a-z_]+): ", re.MULTILINE)


def rules_page() -> str:
    """The whole manual: every rule, and the keep list.

    >>> rules_page().splitlines()[0]
    '# Rules'
    """
    return "\n".join([INTRODUCTION, *(rule_page(name) for name in rules()), _keep_page()])


def rule_page(name: str) -> str:
    """One rule. Raises UsageError for a name that there is not.

    >>> print(rule_page("address").partition("Why")[0])
    ## address
    <BLANKLINE>
    The address that a scraper wrote above the copy.
    <BLANKLINE>
    **
    """
    if name not in rules():
        raise UsageError(f"there is no rule {name!r}. {did_you_mean(name, rules())}")
    rule = rules()[name]
    summary, said = described(rule)
    options = [field.name for field in dataclasses.fields(rule)]
    paragraphs = [f"## {name}", summary]
    paragraphs += [f"**{label}**: {text}" for label, text in said.items() if label not in options]
    paragraphs += [_options(rule, said).rstrip()] if options else ["It has no options."]
    paragraphs += ["Example:", _indented(rule.before), "becomes", _indented(rule.after)]
    paragraphs += ["with a site profile that holds", _indented(rule.profile)] if rule.profile else []
    return "\n\n".join(paragraphs) + "\n"


def described(rule: type[Detector]) -> tuple[str, dict[str, str]]:
    """What a rule's docstring says: its first paragraph, and what follows each label.

    >>> from cleaner.detectors import rules
    >>> summary, said = described(rules()["dateline"])
    >>> list(said)
    ['Why', 'What moves', 'What stays', 'within']
    """
    summary, *parts = _LABEL.split(inspect.cleandoc(rule.__doc__ or "").replace("``", "`"))
    return " ".join(summary.split()), {label: " ".join(text.split()) for label, text in zip(parts[::2], parts[1::2], strict=True)}


def printed(record: Record) -> str:
    """A record's fields as examples show them: a line for each, a caption's credit behind a bar.

    >>> from cleaner.clean import clean_text
    >>> copy = "Harbour reopens after three days of storm\\n\\nFerries leave. (Port media)\\n\\nThe harbour reopened on Friday, the port said."
    >>> print(printed(clean_text(copy)[0]), end="")
    headline: Harbour reopens after three days of storm
    caption:  Ferries leave. | Port media
    text:     The harbour reopened on Friday, the port said.
    """
    return "".join(f"{name + ':':<10}{value}\n" for name, value in _fields(record) if value)


def _fields(record: Record) -> Iterator[tuple[str, str | None]]:
    yield "url", record.url
    yield "headline", record.headline
    yield "deck", record.deck
    yield "byline", record.byline
    yield "published", record.published
    yield "dateline", record.dateline.raw if record.dateline else None
    yield from (("caption", " | ".join(filter(None, (caption.text, caption.credit)))) for caption in record.captions)
    yield from (("agency", f"{tag.text} ({tag.where}, {tag.code or tag.kind})") for tag in record.agency_tags)
    yield from (("text", paragraph) for paragraph in record.text.split("\n\n"))


def _options(rule: type[Detector], said: dict[str, str]) -> str:
    rows = ([f"`{field.name}`", field.type, field.default, said[field.name]] for field in dataclasses.fields(rule))
    return _table("option type default what-it-says", rows)


def _keep_page() -> str:
    summary, _, rest = inspect.cleandoc(cleaner.keep.__doc__ or "").partition("\n\n")
    where = "It is read from `--keep FILE`, from the option `keep`, or else from `cleaner-keep.toml` in the working folder or beside the options file."
    return f"## The keep list\n\n{summary.replace('``', '`')}\n\n{rest.replace('::', ':').replace('``', '`')}\n\n{where}\n{_KEPT}"


_KEPT = """\
An edit that the list stops has the status `kept-by-list` in the table `edits`, and its reason names the entry. An entry that found
nothing to keep is named in the summary, and counted as 0 in `run.json`.
"""


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.splitlines())


# -- settings ----------------------------------------------------------------------------------------------------------


def settings_page(settings: Settings) -> str:
    """The options, the rules and the gates in force, each value with where it comes from, in a form that cleaner.toml takes.

    Raises OptionsError for a rule, or an option of one, that there is not.

    >>> from pathlib import Path
    >>> from cleaner.options import load_settings
    >>> print(settings_page(load_settings(Path("/"), language="sv", select=("dateline",))).partition("# keep")[0], end="")
    # The options in force, as cleaner.toml has them, and where each comes from.
    # encoding is not set
    language = "sv"                          # command line
    format = "jsonl"                         # default
    select = ["dateline"]                    # command line
    ignore = []                              # default
    # facts is not set
    """
    options, gates, came = settings
    lines = ["# The options in force, as cleaner.toml has them, and where each comes from."]
    lines += [_setting(name, getattr(options, name), came.get(name)) for name in options.__struct_fields__ if name != "rules"]
    made = make_rules(options.rules, options.select, options.ignore)
    lines += ["", f"# The rules in force, {len(made)} of {len(rules())}, with their options."]
    for rule in made:
        lines.append(f"[rules.{rule.name}]")
        lines += [_setting(field.name, getattr(rule, field.name), came.get(f"rules.{rule.name}.{field.name}")) for field in dataclasses.fields(rule)]
    names = {rule.name for rule in made}
    lines += [f"# {name} is not in force" for name in rules() if name not in names]
    lines += ["", "# The gates: limits that a run must not pass.", "[gates]"]
    for name, field in zip(gates.__struct_encode_fields__, gates.__struct_fields__, strict=True):
        lines.append(_setting(name, getattr(gates, field), came.get(f"gates.{name}")))
    return _visible("\n".join(lines) + "\n")


def _setting(name: str, value: object, where: str | None) -> str:
    # JSON's strings, numbers and lists are TOML's too.
    return f"# {name} is not set" if value is None else f"{name + ' = ' + json.dumps(value, ensure_ascii=False):<40} # {where or 'default'}"


# -- facts -------------------------------------------------------------------------------------------------------------


def languages_page(facts: Facts) -> str:
    """Every language that the facts know, with the number of its agencies and of its entries of furniture.

    >>> print(languages_page(Facts.load()).splitlines()[0])
    | code | language | agencies | furniture |
    """
    names = facts.languages()
    rows = ([code, name, len(facts.printed_in(code)), len(facts.entries(code))] for code, name in names.items())
    return _visible(_table("code language agencies furniture", rows))


def facts_page(facts: Facts, language: str) -> str:
    """The facts in force for a language. Raises OptionsError where it is no code of one, UsageError where nothing is known of it.

    >>> facts_page(Facts.load(), "sv").splitlines()[0]
    '# Swedish (sv)'
    """
    names, code = facts.languages(), base(language)
    if code not in names:
        check_language(language)
        raise UsageError(f"facts: nothing is known of a language {language!r}. `cleaner facts` lists the languages.")
    parts = [
        f"# {names[code]} ({code})",
        "## Agencies that write in it\n\nThose of other languages are known as well. Where the ambiguity is high, a form printed alone proves nothing.",
        _table("code name kind ambiguity printed-as always-sure may-also-be", map(_agency, facts.printed_in(code))),
        "## Furniture",
        _table("kind match text may-also-be", map(_entry, facts.entries(code))),
        "## Furniture in every language",
        _table("kind match text may-also-be", map(_entry, facts.entries("any"))),
        "## Dates and times",
        _table("what words", ([name, _words(words[key])] for name, words in facts.dates.items() for key in words if base(key) == code)),
        "## Words around credits, in every language",
        _table("what words", ([f"{section}, {name}", _words(words)] for section, lists in facts.credits.items() for name, words in lists.items())),
    ]
    return _visible("\n".join(part if part.endswith("\n") else part + "\n" for part in parts))


def _agency(entry: dict[str, Any]) -> list[object]:
    notes = [*entry.get("collides", ()), *([entry["note"]] if "note" in entry else ())]
    forms, sure = _words(entry["forms"]), _words(entry.get("sure", ()))
    return [entry["code"], entry.get("name", entry["code"]), entry.get("kind", "text"), entry.get("ambiguity", "none"), forms, sure, "; ".join(notes)]


def _entry(entry: Furniture) -> list[object]:
    return [entry.kind, entry.match, f"`{entry.text}`", entry.note or ""]


def _words(words: Iterable[str]) -> str:
    return ", ".join(words)


def _table(head: str, rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table.

    >>> print(_table("code name", [["TT", "a|b"]]), end="")
    | code | name |
    | --- | --- |
    | TT | a\\|b |
    """
    names = [name.replace("-", " ") for name in head.split()]
    lines = [names, ["---"] * len(names), *([str(cell).replace("|", "\\|") for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _visible(page: str) -> str:
    """The page with what a terminal would obey made visible: facts may be a user's own."""
    return "".join(visible(line) + "\n" for line in page.split("\n")[:-1])
