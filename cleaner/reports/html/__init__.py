"""The HTML report: an index, pages of articles, and the script and style they share.

It opens from a file or out of an artifact ZIP, without a network, and reads without its script. Copy is hostile: jinja2 escapes
all of it, ``visible`` takes the power from controls and turns of the writing direction, and the pages forbid themselves
everything but the files beside them (Content-Security-Policy).

For the script the articles also lie in shards, ``data/*.js``, one for each page: a page opened from a file may load scripts and
nothing else. They are read when somebody filters, not before, so the index opens at once however large CLEAN is.
"""

from __future__ import annotations

import shutil
import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from cleaner.records import ArticleRow, EditRow
from cleaner.reports.html.source import SIGNS, escaped, needed, points, shown, source
from cleaner.view import DONE, Article, Overview, articles, changes, excerpt, is_close, kind, kinds, place, unreadable, visible

if TYPE_CHECKING:
    from jinja2 import Environment

PER_PAGE = 100
"""Articles on a page."""
LISTED = 50
"""Closest calls, articles with most removed, sources and unreadable rows that the index shows."""
FOUND = 80
"""Code points of an edit's text that the search over all pages looks through."""

HERE = Path(__file__).parent


class Drawn(NamedTuple):
    """An article as a page shows it."""

    row: ArticleRow
    place: str
    source: str
    first_paragraph: str
    more_paragraphs: int
    edits: list[EditRow]
    closest: float | None
    rtl: bool


def write(clean: Path, folder: Path, raw: str) -> Path:
    """Write the report of CLEAN into ``folder``; returns the page to open. Memory holds one page of articles at a time."""
    environment = _environment()
    page = environment.get_template("page.html.jinja")
    overview = Overview(clean, calls=LISTED, articles=LISTED)
    (folder / "data").mkdir()
    for name in ("report.css", "report.js"):
        shutil.copyfile(HERE / name, folder / name)
    pages = -(-overview.run.counts.articles // PER_PAGE)
    languages: set[str] = set()
    stream = articles(clean)
    number = 0
    while these := list(islice(stream, PER_PAGE)):
        number += 1
        for article in these:
            overview.add(article)
            languages.add(article.row.language or "")
        drawn = [_drawn(article) for article in these]
        (folder / page_name(number)).write_text(
            page.render(articles=drawn, number=number, pages=pages, **_choices(drawn)), encoding="utf-8"
        )
        shard = msgspec.json.encode([number, [_shard_row(one) for one in drawn]])
        (folder / "data" / f"{number}.js").write_bytes(b"cleanerReport(" + shard + b")\n")
    index = folder / "index.html"
    index.write_text(environment.get_template("index.html.jinja").render(**_index(clean, overview, pages, languages)), encoding="utf-8")
    return index


def page_name(number: int) -> str:
    """The file of one page, from 1.

    >>> page_name(3)
    'page-3.html'
    """
    return f"page-{number}.html"


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(autoescape=True, loader=FileSystemLoader(HERE), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.globals |= {"SIGNS": SIGNS, "DONE": DONE, "page_name": page_name}
    environment.filters |= {"shown": shown, "excerpt": excerpt, "points": points, "needed": needed}
    return environment


# -- a page --------------------------------------------------------------------------------------------------------------


def _drawn(article: Article) -> Drawn:
    from markupsafe import Markup

    row = article.row
    return Drawn(row, place(row), Markup(source(article)), *_body(row.text), article.edits, article.closest, _rtl(row.text or row.headline or ""))


def _body(text: str) -> tuple[str, int]:
    """The first paragraph, and how many more there are: the source beside it has them all."""
    first, _, rest = text.partition("\n\n")
    return first, rest.count("\n\n") + 1 if rest else 0


def _rtl(text: str) -> bool:
    """Whether copy begins in a script that is written from the right."""
    strong = next((way for char in text[:200] if (way := unicodedata.bidirectional(char)) in ("L", "R", "AL")), "L")
    return strong != "L"


def _choices(drawn: Iterable[Drawn]) -> dict[str, list[str]]:
    """What the filters of a page offer."""
    rules, found = {edit.rule for one in drawn for edit in one.edits}, {kind(edit) for one in drawn for edit in one.edits}
    return {
        "rules": sorted(rules),
        "kinds": [name for name in DONE if name in found],
        "sources": sorted({one.row.source or "" for one in drawn}),
        "languages": sorted({one.row.language or "" for one in drawn}),
    }


def _shard_row(drawn: Drawn) -> list[Any]:
    """What the script knows of an article; report.js names the columns. Source and language are cut as in the filters that ask for them."""
    row = drawn.row
    edits = [[edit.rule, kind(edit), edit.score, int(is_close(edit)), visible(edit.text[:FOUND])] for edit in drawn.edits]
    copy = [excerpt(text or "", longest) for text, longest in ((row.headline, 200), (drawn.place, 200), (row.source, 200), (row.language, 20))]
    return [row.id, *copy, row.removed_ratio, drawn.closest, edits]


# -- the index -----------------------------------------------------------------------------------------------------------


def _index(clean: Path, overview: Overview, pages: int, languages: Iterable[str]) -> dict[str, Any]:
    """What the index is drawn from."""
    counts = overview.run.counts
    numbers: Counter[str] = Counter()
    for done in overview.rules.values():
        numbers.update(done)
    sources = sorted(overview.sources.items(), key=lambda each: (-each[1].removed_chars, each[0] or ""))
    calls = [
        (call, kind(call.edit), page_name(call.ordinal // PER_PAGE + 1), *_pair(call.edit.text, call.kept))
        for call in overview.closest
    ]
    return {
        "run": overview.run,
        "counts": counts,
        "numbers": numbers,
        "named": kinds(overview.rules),
        "rules": overview.rules,
        "most_edits": max((sum(done.values()) for done in overview.rules.values()), default=0),
        "sources": sources[:LISTED],
        "more_sources": len(sources) - LISTED,
        "all_sources": sorted(source or "" for source in overview.sources)[:1000],
        "most_chars": max((count.removed_chars for count in overview.sources.values()), default=0),
        "languages": sorted(languages),
        "calls": calls,
        "more_calls": sum(overview.close.values()) - len(calls),
        "most_removed": [(page_name(ordinal // PER_PAGE + 1), row, place(row)) for ordinal, row in overview.most_removed],
        "unreadable": [(place(row), row.reason) for row in islice(unreadable(clean), LISTED)],
        "more_unreadable": counts.unreadable - LISTED,
        "pages": pages,
    }


def _pair(text: str, kept: str | None) -> tuple[str, str]:
    """Both sides of a fuzzy pair as HTML, the words marked that differ."""
    from markupsafe import Markup

    left, right = ((), ()) if kept is None else changes(text, kept)
    return Markup(escaped(text, left)), Markup(escaped(kept or "", right))
