"""Copy that wants to be more than copy, in every place that copy can stand in: ``cases/hostile.json`` as a folder to clean.

Each string is a headline that repeats, a doubled caption with its credit, a byline, a paragraph, part of a pair that is a close call,
the field of a row, and, where the file system allows it, the name of a file.
"""

from __future__ import annotations

import json
from pathlib import Path

from tests.marked_copy import CASES

KINDS: dict[str, list[str]] = json.loads((CASES / "hostile.json").read_text("utf-8"))
STRINGS = list(dict.fromkeys(string for strings in KINDS.values() for string in strings))
BODY = "The harbour at Greywick reopened on Friday after three days of storm, the port said in a statement."


def story(string: str) -> str:
    """An article with the string wherever a scraper might have left it: its copies are removed, its credits moved, two captions are a close call."""
    caption = f"{string} Ferries leave the quay on Friday morning. (Port media {string})"
    again = f"{string} Harbour reopens after storm"
    close = "\n".join(f"Anna Berg, {age}, with the cup she won {string} in the keelboats. (Photo: Eleni Marsh)" for age in (34, 43))
    head = f"{string}\n\n{again}\n\n{caption}\n{caption}\n\n{close}\n\n{again}\n\n{string}\n\nBy {string}\n\nTT"
    return f"{head}\n\n{BODY} {string}\n\n{string}\n\n{BODY[:-1]} on Saturday."


def row(string: str) -> dict[str, object]:
    """A row of a feed with the string in its fields and in their names."""
    return {
        "headline": string, "deck": f"{string} and what came of it", "captions": [f"{string} (Port media {string})"] * 2, "text": story(string),
        "url": string, "byline": string, "published": string, "language": string, "source": string, string: {string: [string]},
    }


def can_be_a_name(string: str) -> bool:
    """Whether a file can be called so, and is read."""
    try:
        size = len(string.encode())
    except UnicodeEncodeError:
        return False
    return 0 < size < 200 and not set(string) & set("/\0") and not string.startswith(".")


def build(raw: Path) -> None:
    """Write the folder: ``copy`` holds a text for each string, ``names`` files called so, readable and not, ``feed.jsonl`` a row for each."""
    for name in ("copy", "names"):
        (raw / name).mkdir(parents=True)
    for number, string in enumerate(STRINGS):
        (raw / "copy" / f"{number:03}.txt").write_bytes(story(string).encode("utf-8", "surrogatepass"))
        if can_be_a_name(string):
            (raw / "names" / f"{string}.txt").write_text(f"Harbour reopens\n\nHarbour reopens - Post\n\n{BODY}\n")
            (raw / "names" / f"{string}.pdf").write_text("no reader reads this")
    rows = [*map(row, STRINGS), {"headline": "A row that is cut"}]
    (raw / "feed.jsonl").write_text("\n".join(json.dumps(each) for each in rows)[:-1], "ascii")
