"""How well the grammar of tags reads the domain strings: datelines, tags, credits, captions.

    python bench/domain.py [--wrong]

The strings and their scorer are looked for in ``../shared/domain`` beside the repository or in the folder that the environment
variable CLEANER_DOMAIN names. Each string is read without knowing what kind it is; ``--wrong`` prints those that are misread.

This measures the grammar, not ``clean``: who reported and edited ("(Reporting by ...; Editing by ...)") is read here and by
``Grammar.reporting_credit``, but no rule moves it out of an article's text.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from cleaner.facts import Facts
from cleaner.tags import Grammar, Named

GRAMMAR = Grammar(Facts.load())


def domain_folder() -> Path | None:
    """Where the domain strings are, or None."""
    folder = Path(os.environ.get("CLEANER_DOMAIN") or Path(__file__).resolve().parents[1] / "../shared/domain").resolve()
    return folder if (folder / "credits.jsonl").exists() else None


def codes(names: tuple[Named, ...]) -> list[str]:
    return [name.agency.code for name in names if name.agency]


def read_credit(row: dict[str, Any]) -> dict[str, Any]:
    """What the grammar finds in one string of ``credits.jsonl``."""
    text, language = row["text"], row["lang"]
    none = {"id": row["id"], "kind": "none", "agency": [], "place": None, "date": None, "rest": text}
    lone = GRAMMAR.lone_tag(text, language)
    if lone and not _is_control(text, language, lone.agencies if lone.ambiguous else ()):
        return {**none, "kind": "lone_tag", "agency": codes(lone.agencies), "rest": ""}
    if lone:
        return none
    if report := GRAMMAR.reporting_credit(text, language):
        return {**none, "kind": "reporting_credit", "agency": codes(report.agencies), "rest": text[: report.start]}
    if tag := GRAMMAR.dateline(text, language):
        rest = text[tag.end :]
        if closing := GRAMMAR.end_credit(rest, language):
            rest = rest[: closing.start]
        return {**none, "kind": "dateline", "agency": codes(tag.agencies), "place": tag.place, "date": tag.date, "rest": rest}
    if closing := GRAMMAR.end_credit(text, language):
        return {**none, "kind": "end_credit", "agency": codes(closing.agencies), "rest": text[: closing.start]}
    parts = GRAMMAR.caption(text, language)
    if parts.credit or parts.label:
        return {**none, "kind": "caption_credit", "agency": list(parts.agencies), "rest": text[parts.text_start : parts.text_end]}
    return none


def _is_control(text: str, language: str, ambiguous: tuple[Named, ...]) -> bool:
    """A lone form that is also a text-size control is a tag only in the language of the agency's house."""
    known = GRAMMAR.facts.furniture(text, language)
    agency = ambiguous[0].agency if ambiguous else None
    return bool(known and known.kind == "text_size" and agency and language not in agency.languages[:1])


def read_caption(row: dict[str, Any]) -> dict[str, Any]:
    """What the grammar finds in one string of ``captions.jsonl``."""
    parts = GRAMMAR.caption(row["raw"], row["lang"])
    return {
        "id": row["id"], "text": row["raw"][parts.text_start : parts.text_end], "credit": parts.credit,
        "photographer": list(parts.photographer), "agency": list(parts.agencies),
    }  # fmt: skip


def fold(value: str | None) -> str:
    return " ".join((value or "").split())


def main() -> int:
    folder = domain_folder()
    if folder is None:
        print("no domain strings: put them in ../shared/domain or name their folder in CLEANER_DOMAIN", file=sys.stderr)
        return 2
    credits = [json.loads(line) for line in (folder / "credits.jsonl").read_text(encoding="utf-8").splitlines()]
    captions = [row for line in (folder / "captions.jsonl").read_text(encoding="utf-8").splitlines() if (row := json.loads(line))["type"] == "credit"]
    found = {row["id"]: read_credit(row) for row in credits} | {row["id"]: read_caption(row) for row in captions}
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as predictions:
        predictions.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in found.values())
        predictions.flush()
        scorer = [sys.executable, str(folder / "score.py"), predictions.name, "--gold", str(folder)]
        table = subprocess.run(scorer, capture_output=True, text=True, check=True).stdout
    print("\n".join(line for line in table.splitlines() if not line.startswith(("headline pairs", "caption doubles"))))
    if "--wrong" in sys.argv:
        for row in [*credits, *captions]:
            said, rest = found[row["id"]], "rest" if "rest" in row else "text"
            gold = row["text"] if row.get("kind") == "none" else row[rest]
            for field, right in (("agency", set(row["agency"]) == set(said["agency"])), (rest, fold(gold) == fold(said[rest]))):
                if not right:
                    print(f"{row['id']} {row['lang']} {row.get('kind', 'caption')} {row.get('raw', row['text'])!r}")
                    print(f"    {field}: {said[field]!r}, not {row[field]!r}")
            for field in ("credit", "photographer", "place", "date"):
                if field in row and field in said and row[field] != said[field] and row.get("kind") in ("dateline", None):
                    print(f"{row['id']} {row['lang']} ({field}) {row.get('raw', row['text'])!r}: {said[field]!r}, not {row[field]!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
