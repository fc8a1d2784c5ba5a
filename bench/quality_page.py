"""The page ``docs/quality.md``: figures by set, language and script, and what went wrong in the worst documents.

Made by ``python bench/quality.py --page``. The corpus is other people's copy, so no line of it stands on the page: only the names
of documents, counts and kinds of fault.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bench.quality import Finding, Quality

WORST = 20
"""Documents that the last table names."""

FEW = 3
"""Articles below which a language has no row of its own: one page would be its figure."""

SET_COLUMNS = {
    "files": "files", "arts": "articles", "extra": "records too many", "head=": "headline", "hcopy": "headline copies", "dup": "lines doubled",
    "capleft": "captions left", "capF": "captions F", "agF": "agencies F", "dateln": "dateline", "seg": "segmentation", "bF": "body F",
    "lost%": "lost %", "noise%": "noise %", "cuts": "cuts",
}  # fmt: skip
GROUP_COLUMNS = ("articles", "headline", "headline copies", "lines doubled", "captions F", "body F", "lost %", "noise %")
COUNTS = frozenset({"files", "arts", "extra", "cuts"})
PRECISE = frozenset({"hcopy", "dup", "capleft", "lost%"})

HEAD = """\
# Quality

What the records are worth on the corpus that the README's table is taken from: by set, by language, by script, and the documents
that lose most. Made by `make quality-page`; the corpus is not part of this repository, and no line of it stands here.

*headline*, *segmentation*, *dateline*: per cent right. *headline copies*, *lines doubled*, *captions left*: lines that are still in the
text, per article. *F*: balance of what was found and what was right, 0-100. *lost*: words of the text that went missing, in per cent;
*noise*: words in it that do not belong there. *cuts*: removals and drops on lines that a hand labelled as body. A field that
the gold does not know is empty.
"""


def make_page(quality: Quality) -> str:
    """The whole page as Markdown."""
    read = [gold for gold in quality.gold if quality.by_source.get(gold["source"])]
    sets = {name: row for name, row in quality.rows.items() if any(gold["set"] == name for gold in read)}
    rows = [[name, *(_figure(column, row.get(column)) for column in SET_COLUMNS)] for name, row in sets.items()]
    parts = [HEAD, "## By set\n", _table(["set", *SET_COLUMNS.values()], rows)]
    unread = sorted({gold["set"] for gold in quality.gold} - set(sets))
    if unread:
        parts.append(f"Left out, since no reader takes them yet: {', '.join(unread)}.\n")
    languages = {(gold["source"], gold["article"]): gold.get("lang") or "?" for gold in read}
    scripts = {(gold["source"], gold["article"]): _script(gold) for gold in read}
    parts += ["## By language\n", f"Languages with fewer than {FEW} articles are counted together."]
    parts += ["Words lost and noise of a file in several languages count in no row.\n"]
    parts += [_groups(quality, _few_together(languages), "language"), "## By script\n", _groups(quality, scripts, "script")]
    parts += [f"## The {WORST} worst documents\n", _worst(quality)]
    return "\n".join(parts)


def _table(columns: list[str], rows: Iterable[list[str]]) -> str:
    head = f"| {' | '.join(columns)} |\n| --- |{' ---: |' * (len(columns) - 1)}"
    return "\n".join([head, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"


def _figure(column: str, value: float | None) -> str:
    return "" if value is None else f"{value:.0f}" if column in COUNTS else f"{value:.2f}" if column in PRECISE else f"{value:.1f}"


def _script(gold: dict[str, Any]) -> str:
    """The script that most letters of an article are in, by the first word of their names."""
    letters = [letter for letter in "".join(gold["body"][:5])[:400] if letter.isalpha()]
    found = Counter(unicodedata.name(letter, "?").split(" ")[0].replace("CJK", "Han").title() for letter in letters)
    if found["Hiragana"] + found["Katakana"] > len(letters) / 10:
        return "Kana and Han"
    return found.most_common(1)[0][0] if found else "?"


def _few_together(names: dict[tuple[str, int], str]) -> dict[tuple[str, int], str]:
    counts = Counter(names.values())
    return {article: name if counts[name] >= FEW else "others" for article, name in names.items()}


def _groups(quality: Quality, names: dict[tuple[str, int], str], what: str) -> str:
    """A row of figures for each group of articles, the largest first."""
    rows, files, wanted = defaultdict(list), defaultdict(set), {(gold["source"], gold["article"]): gold["score"] for gold in quality.gold}
    for row in quality.articles:
        if (article := (row["source"], row["article"])) in names:
            rows[names[article]].append(row)
            files[row["source"]].add(names[article])
    tokens: dict[str, Counter[str]] = defaultdict(Counter)
    for file in quality.files:
        if len(files[file["source"]]) == 1:
            (name,) = files[file["source"]]
            tokens[name].update({key: file[key] for key in ("lost", "noise", "gold")})
    table = []
    for name in sorted(rows, key=lambda name: (name == "others", -len(rows[name]), name)):
        some, words = rows[name], tokens[name]
        captions = [row["cap"] for row in some if "cap" in row and "captions" in wanted[row["source"], row["article"]]]
        right, found, gold = (sum(column) for column in zip(*captions, strict=True)) if captions else (0, 0, 0)
        table.append([
            name, str(len(some)), _mean(some, "head=", 1, 100), _mean(some, "hcopy", 2), _mean(some, "dup", 2),
            f"{200 * right / (found + gold):.1f}" if found + gold else "", _mean(some, "bF", 1, 100),
            f"{100 * words['lost'] / words['gold']:.2f}" if words["gold"] else "",
            f"{100 * words['noise'] / (words['gold'] - words['lost'] + words['noise']):.1f}" if words["gold"] else "",
        ])  # fmt: skip
    return _table([what, *GROUP_COLUMNS], table)


def _mean(rows: list[dict[str, Any]], key: str, digits: int, times: float = 1) -> str:
    values = [row[key] for row in rows if row.get(key) is not None]
    return f"{times * sum(values) / len(values):.{digits}f}" if values else ""


def _worst(quality: Quality) -> str:
    findings = [finding for finding in quality.findings() if quality.by_source.get(finding.source) and finding.weight(None)]
    findings.sort(key=lambda finding: (-finding.weight(None), finding.source))
    languages = {gold["source"]: gold.get("lang") or "?" for gold in quality.gold}
    rows = [[finding.source, languages[finding.source], f"{finding.weight(None):.0f}", "; ".join(_faults(quality, finding))] for finding in findings[:WORST]]
    head = "| document | language | points lost | what went wrong, and why |\n| --- | --- | ---: | --- |"
    return "\n".join([head, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"


def _faults(quality: Quality, finding: Finding) -> list[str]:
    """What is wrong with one document, in counts and kinds."""
    page = _Document(quality, finding.source)
    faults = []
    if len(page.golds) != len(page.predictions):
        faults.append(f"{_many(len(page.predictions), 'record')} for {_many(len(page.golds), 'article')}")
    for gold, prediction, row in page.articles():
        if row.get("head=") is False:
            faults.append(f"headline: {page.instead(gold, prediction.get('headline'))}")
        copies = {"the headline": row.get("hcopy"), "doubled lines": row.get("dup"), "captions": row.get("capleft")}
        faults += [f"left in the text: {count} × {name}" for name, count in copies.items() if count]
        if "cap" in row:
            right, found, wanted = row["cap"]
            extra = found - right if "captions" in gold["score"] else 0
            if right < wanted or extra:
                faults.append(f"captions: {right} of {wanted} found" + (f", {extra} that are none" if extra else ""))
        if "ag" in row and row["ag"][0] != row["ag"][1]:
            wanted, found = (set(names) for names in row["ag"])
            faults.append(f"agencies: {len(wanted - found)} missed, {len(found - wanted)} that are none")
    return faults + page.words()


class _Document:
    """One document of the corpus: its gold, the records that were made of it, and its lines."""

    def __init__(self, quality: Quality, source: str) -> None:
        self.quality, self.source = quality, source
        self.fold = quality.scorer.fold
        self.golds = sorted((gold for gold in quality.gold if gold["source"] == source), key=lambda gold: gold["article"])
        self.predictions = quality.by_source.get(source, [])
        self.lines = [self.fold(line) for line in (quality.raw / source).read_text(encoding="utf-8", errors="replace").split("\n")]
        labels: list[Any] = next((row["labels"] for row in quality.labels or [] if row["source"] == source), [])
        self.labels: dict[str, str] = {self.fold(text): label for _, label, text in labels}

    def articles(self) -> Iterable[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
        """Each article of the gold with the record that is paired with it, empty where there is none, and its row of figures."""
        scorer = self.quality.scorer
        pairs = scorer.pair([scorer.View(gold) for gold in self.golds], [scorer.View(prediction) for prediction in self.predictions])
        rows = {row["article"]: row for row in self.quality.articles if row["source"] == self.source}
        for place, gold in enumerate(self.golds):
            yield gold, self.predictions[pairs[place]] if place in pairs else {}, rows[gold["article"]]

    def instead(self, gold: dict[str, Any], got: str | None) -> str:
        """What was taken in the place of a headline."""
        from rapidfuzz.fuzz import ratio

        if not got:
            return "none taken"
        wanted, taken = self.fold(gold["headline"]), self.fold(got)
        if label := self.labels.get(taken):
            return f"a line that is {label}"
        if wanted in taken or taken in wanted:
            return f"a {'longer' if len(taken) > len(wanted) else 'shorter'} form"
        if ratio(wanted, taken) >= 70:
            return "another form"
        places = [next((number for number, line in enumerate(self.lines) if line == text), None) for text in (wanted, taken)]
        if None in places:
            return "another line, and the right one does not stand there as the gold has it"
        apart = (places[1] or 0) - (places[0] or 0)
        return f"a line that stands {_many(abs(apart), 'line')} {'below' if apart > 0 else 'above'} it"

    def words(self) -> list[str]:
        """Where the words went that are lost, and where those stand that do not belong to the text."""
        file = next((row for row in self.quality.files if row["source"] == self.source), None)
        if file is None:
            return []
        body_lines = self.quality.scorer.body_lines
        wanted = {self.fold(line) for gold in self.golds for line in body_lines(gold)}
        got = {self.fold(line) for prediction in self.predictions for line in body_lines(prediction)}
        faults = []
        if file["lost"]:
            whole = "\n".join(got)
            where = Counter(self._went(line) for line in wanted if line not in whole)
            faults.append(f"{file['lost']} of {file['gold']} words lost" + _counted(where))
        if file["noise"]:
            whole = "\n".join(wanted)
            body = [number for number, line in enumerate(self.lines) if line and line in wanted]
            where = Counter(self._stands(line, body) for line in got if line not in whole)
            faults.append(f"{file['noise']} words of noise" + _counted(where))
        return faults

    def _went(self, line: str) -> str:
        for prediction in self.predictions:
            fields = {name: [prediction.get(name)] for name in ("headline", "byline")}
            for name, texts in {**fields, "captions": [caption["text"] for caption in prediction["captions"]]}.items():
                if any(text and self.fold(text) in line for text in texts):
                    return f"into {name}"
        rules = [str(edit["rule"]) for prediction in self.predictions for edit in prediction["edits"]
                 if edit["status"] == "applied" and self.fold(edit["text"]) in line]
        return f"by {rules[0]}" if rules else "in part"

    def _stands(self, line: str, body: list[int]) -> str:
        if label := self.labels.get(line):
            return label
        place = next((number for number, text in enumerate(self.lines) if text == line), None)
        if place is None or not body:
            return "elsewhere"
        return "above the text" if place < body[0] else "below the text" if place > body[-1] else "between its paragraphs"


def _counted(where: Counter[str]) -> str:
    """How many lines for each place or reason, the most first: " (3 lines by furniture, 1 line in part)"."""
    some = sorted(where.items(), key=lambda item: (-item[1], item[0]))
    return f" ({', '.join(_many(count, 'line') + ' ' + name for name, count in some)})" if some else ""


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
