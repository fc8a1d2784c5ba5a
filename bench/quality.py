"""How good the records are: cleans the corpus and holds what came out against gold.

    python bench/quality.py                        # the table, all sets
    python bench/quality.py --set seed control     # these sets alone
    python bench/quality.py --worst 10             # and the ten worst documents, with what went wrong
    python bench/quality.py --worst 10 --by lost   # the worst of one kind
    python bench/quality.py --doc seed/s004.txt    # one document
    python bench/quality.py --markdown             # the table as it stands in the README
    python bench/quality.py --page                 # docs/quality.md: by set, language and script, and the worst documents

The corpus is no part of this repository: it is looked for in ../shared/corpus beside it, or where CLEANER_CORPUS says.
Its own scorer does the counting. ``--folder`` names another folder with ``raw/`` and ``gold.jsonl``, such as a made one.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

ROOT = Path(__file__).resolve().parent.parent
README_COLUMNS = {
    "head=": "headline",
    "hcopy": "headline copies",
    "dup": "lines doubled",
    "capF": "captions F",
    "agF": "agencies F",
    "dateln": "dateline",
    "seg": "segmentation",
    "bF": "body F",
    "lost%": "lost %",
    "noise%": "noise %",
}
BODY_LABELS = {"body", "dek", "subhead"}
LINES_SHOWN = 12
KINDS = ("headline", "copies", "captions", "agencies", "lost", "noise", "records", "cuts")


def corpus_folder() -> Path | None:
    """The folder that holds ``score.py`` and ``dev/``, or None where it is absent."""
    folder = Path(os.environ.get("CLEANER_CORPUS") or ROOT.parent / "shared" / "corpus")
    return folder if (folder / "score.py").is_file() and (folder / "dev" / "gold.jsonl").is_file() else None


def load_scorer(corpus: Path) -> Any:
    """The corpus's own scorer, as a module."""
    spec = importlib.util.spec_from_file_location("corpus_score", corpus / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def clean_corpus(raw: Path) -> list[dict[str, Any]]:
    """The rows of the table ``articles``, each with its rows of ``edits``: what anyone gets who cleans the folder."""
    from cleaner.run import clean_folder

    with tempfile.TemporaryDirectory() as folder:
        clean_folder(raw, folder)
        articles, edits = (
            [json.loads(line) for line in (Path(folder) / f"{name}.jsonl").read_text(encoding="utf-8").split("\n") if line] for name in ("articles", "edits")
        )
    made = defaultdict(list)
    for edit in edits:
        made[edit["article"]].append(edit)
    return [{**article, "edits": made[article["id"]]} for article in articles]


@dataclass
class Finding:
    """What is wrong with one document: its weight per kind, and the lines that tell it."""

    source: str
    weights: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    lines: list[str] = field(default_factory=list)

    def weight(self, kind: str | None) -> float:
        return self.weights[kind] if kind else sum(self.weights.values())


class Quality:
    """The corpus, what the cleaner made of it, and how the two compare.

    ``rows`` holds one row of figures per set: the scorer's columns, and ``cuts``, the applied ``remove`` and ``drop`` edits
    on lines that a hand labelled as body (only where every line has a label).
    """

    def __init__(self, corpus: Path, folder: Path | None = None, only: list[str] | None = None) -> None:
        folder = folder or corpus / "dev"
        self.scorer = load_scorer(corpus)
        self.raw = folder / "raw"
        self.gold = [gold for gold in self.scorer.read_jsonl(folder / "gold.jsonl") if not only or gold["set"] in only]
        labels = folder / "lines.jsonl"
        self.labels: list[dict[str, Any]] | None = self.scorer.read_jsonl(labels) if labels.exists() else None
        started = time.perf_counter()
        # Everything is cleaned, whatever sets are shown: a record does not depend on its neighbours, and a run takes seconds.
        self.predictions = clean_corpus(self.raw)
        self.seconds = time.perf_counter() - started
        sources = {gold["source"] for gold in self.gold}
        self.by_source: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for prediction in self.predictions:
            if prediction["path"] in sources:
                self.by_source[prediction["path"]].append(prediction)
        shown = [prediction for predictions in self.by_source.values() for prediction in predictions]
        self.accounts, (self.articles, self.files), self.leak, self.stray = self.scorer.score(self.gold, shown, self.labels)
        self.rows: dict[str, dict[str, float | None]] = {name: self.scorer.row_of(account) for name, account in sorted(self.accounts.items())}
        self.cuts = self._cuts()
        for name, row in self.rows.items():
            row["cuts"] = len(self.cuts[name]) if name in self.cuts else None

    def baseline(self) -> dict[str, dict[str, float | None]]:
        """The same figures for no cleaning at all: one record per file, its first line the headline, all lines body."""
        accounts = self.scorer.score(self.gold, self.scorer.identity(self.gold, self.raw), self.labels)[0]
        return {name: self.scorer.row_of(account) for name, account in accounts.items()}

    def show(self, out: TextIO) -> None:
        """Prints the table of all sets."""
        self.scorer.show(self.accounts, self.leak, self.stray, out)
        if self.cuts:
            print("\nremove and drop edits on hand-labelled body lines: " + ", ".join(f"{name} {len(cuts)}" for name, cuts in self.cuts.items()), file=out)
        print(f"{len(self.predictions)} records in {self.seconds:.1f} s", file=out)

    def show_markdown(self, out: TextIO) -> None:
        """Prints the columns that say most, each set twice: cleaned, and with every line kept."""
        plain = self.baseline()
        print("| set | " + " | ".join(README_COLUMNS.values()) + " |\n| --- |" + " ---: |" * len(README_COLUMNS), file=out)
        for name, row in self.rows.items():
            for label, figures in ((f"**{name}**", row), ("all lines kept", plain[name])):
                print(f"| {label} | " + " | ".join(_figure(column, figures.get(column)) for column in README_COLUMNS) + " |", file=out)

    def _cuts(self) -> dict[str, list[tuple[str, str]]]:
        cuts: dict[str, list[tuple[str, str]]] = {}
        sets = {gold["source"]: gold["set"] for gold in self.gold}
        for row in self.labels or []:
            source = row["source"]
            if source not in sets:
                continue
            found = cuts.setdefault(sets[source], [])
            body = {number for number, label, _ in row["labels"] if label in BODY_LABELS}
            for edit in _applied(self.by_source.get(source, [])):
                if not body.isdisjoint(range(edit["line"], edit["line"] + edit["text"].count("\n") + 1)):
                    found.append((source, f"{edit['rule']}: {_short(edit['text'])} | {edit['reason']}"))
        return cuts

    def findings(self) -> list[Finding]:
        """What is wrong, document by document."""
        rows = defaultdict(list)
        for row in self.articles:
            rows[row["source"]].append(row)
        files = {row["source"]: row for row in self.files}
        golds = defaultdict(list)
        for gold in self.gold:
            golds[gold["source"]].append(gold)
        return [self._finding(source, sorted(golds[source], key=lambda gold: gold["article"]), rows[source], files.get(source)) for source in golds]

    def _finding(self, source: str, golds: list[dict[str, Any]], rows: list[dict[str, Any]], file: dict[str, Any] | None) -> Finding:
        finding = Finding(source)
        predictions = self.by_source.get(source, [])
        if not predictions:
            finding.lines.append(f"records   none for {len(golds)} articles: no reader took it, or the cleaner lost it")
            return finding
        views = [self.scorer.View(gold) for gold in golds], [self.scorer.View(prediction) for prediction in predictions]
        pairs = self.scorer.pair(*views)
        if len(golds) != len(predictions):
            finding.weights["records"] += 15 * abs(len(golds) - len(predictions))
            finding.lines.append(f"records   {len(predictions)} for {len(golds)} articles: {[_short(p.get('headline') or '', 50) for p in predictions]}")
        for row in rows:
            gold = golds[[gold["article"] for gold in golds].index(row["article"])]
            place = pairs.get(golds.index(gold))
            self._article(finding, gold, {} if place is None else predictions[place], row)
        if file and (file["lost"] or file["noise"]):
            self._tokens(finding, golds, predictions, file)
        for name in self.cuts.values():
            for where, what in name:
                if where == source:
                    finding.weights["cuts"] += 10
                    finding.lines.append(f"cut       {what}")
        return finding

    def _article(self, finding: Finding, gold: dict[str, Any], prediction: dict[str, Any], row: dict[str, Any]) -> None:
        say = finding.lines.append
        if row.get("head=") is False:
            finding.weights["headline"] += 10
            say(f"headline  got  {_short(prediction.get('headline') or '(none)')}")
            say(f"          gold {_short(gold['headline'])}")
        copies = {name: row.get(name, 0) for name in ("hcopy", "dup", "capleft") if row.get(name)}
        if copies:
            finding.weights["copies"] += 5 * sum(copies.values())
            say("copies    " + ", ".join(f"{name} {count}" for name, count in copies.items()))
        if "cap" in row:
            right, found, wanted = row["cap"]
            extra = found - right if "captions" in gold["score"] else 0
            if right < wanted or extra:
                finding.weights["captions"] += 4 * (wanted - right) + 3 * extra
                say(f"captions  {right} right of {wanted} wanted and {found} found")
                say(f"          got  {[_short(_caption(caption), 90) for caption in prediction.get('captions') or []]}")
                say(f"          gold {[_short(_caption(caption), 90) for caption in gold.get('captions') or []]}")
        if "ag" in row and row["ag"][0] != row["ag"][1]:
            finding.weights["agencies"] += 4 * len(set(row["ag"][0]) ^ set(row["ag"][1]))
            say(f"agencies  got {row['ag'][1]}, gold {row['ag'][0]}")

    def _tokens(self, finding: Finding, golds: list[dict[str, Any]], predictions: list[dict[str, Any]], file: dict[str, Any]) -> None:
        fold, body_lines = self.scorer.fold, self.scorer.body_lines
        wanted = {fold(line): line for gold in golds for line in body_lines(gold)}
        got = {fold(line): line for prediction in predictions for line in body_lines(prediction)}
        whole_wanted, whole_got = "\n".join(wanted), "\n".join(got)
        finding.weights["lost"] += 100 * file["lost"] / file["gold"]
        finding.weights["noise"] += 20 * file["noise"] / file["gold"]
        finding.lines.append(f"tokens    {file['lost']} lost and {file['noise']} noise of {file['gold']}")
        edits = _applied(predictions)
        lost = [line for folded, line in wanted.items() if file["lost"] and folded not in whole_got]
        noise = [line for folded, line in got.items() if file["noise"] and folded not in whole_wanted]
        for line in lost[:LINES_SHOWN]:
            by = [f"{edit['rule']}: {edit['reason']}" for edit in edits if edit["text"] in line or line in edit["text"]]
            finding.lines.append(f"   lost   {_short(line)}{'  <- ' + '; '.join(by) if by else ''}")
        finding.lines += [f"   noise  {_short(line)}" for line in noise[:LINES_SHOWN]]
        for name, lines in (("lost", lost), ("noise", noise)):
            if len(lines) > LINES_SHOWN:
                finding.lines.append(f"   ... and {len(lines) - LINES_SHOWN} more lines {name}")


def _applied(predictions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The removals and drops that were made."""
    return [edit for prediction in predictions for edit in prediction["edits"] if edit["status"] == "applied" and edit["op"] in ("remove", "drop")]


def _figure(column: str, value: float | None) -> str:
    return "" if value is None else f"{value:.2f}" if column in ("hcopy", "dup", "lost%") else f"{value:.1f}"


def _caption(caption: Any) -> str:
    return caption if isinstance(caption, str) else f"{caption['text']} [{caption.get('credit') or ''}]"


def _short(text: str, width: int = 150) -> str:
    text = " ".join(text.split())
    return text if len(text) <= width else f"{text[: width - 20]} ... {text[-14:]}"


def main() -> int:
    parser = argparse.ArgumentParser(description="Clean the corpus and hold the records against gold.")
    parser.add_argument("--set", nargs="+", metavar="NAME", help="only these sets")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="also the N worst documents")
    parser.add_argument("--by", choices=KINDS, help="what makes a document bad (default: all of it)")
    parser.add_argument("--doc", metavar="PATH", help="one document of the corpus, instead of the table")
    parser.add_argument("--markdown", action="store_true", help="the table as it stands in the README")
    parser.add_argument("--page", action="store_true", help="the page docs/quality.md: by set, language and script, and the worst documents")
    parser.add_argument("--folder", type=Path, help="a folder with raw/ and gold.jsonl (default: dev of the corpus)")
    arguments = parser.parse_args()
    corpus = corpus_folder()
    if corpus is None:
        print("No corpus: neither ../shared/corpus nor CLEANER_CORPUS holds score.py and dev/.", file=sys.stderr)
        return 0
    quality = Quality(corpus, arguments.folder, arguments.set)
    if arguments.markdown:
        quality.show_markdown(sys.stdout)
        return 0
    if arguments.page:
        from bench.quality_page import make_page

        print(make_page(quality), end="")
        return 0
    findings = quality.findings() if arguments.worst or arguments.doc else []
    if arguments.doc:
        findings = [finding for finding in findings if finding.source == arguments.doc]
    else:
        quality.show(sys.stdout)
        findings = sorted(findings, key=lambda finding: (-finding.weight(arguments.by), finding.source))[: arguments.worst]
    for finding in findings:
        if finding.lines:
            print(f"\n{finding.source}  ({finding.weight(arguments.by):.0f})")
            print("\n".join(f"  {line}" for line in finding.lines))
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    raise SystemExit(main())
