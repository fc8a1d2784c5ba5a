"""How much furniture of unknown sites a learned profile finds, and whether it leaves what recurs by right.

    python bench/profile.py [--sources 200] [--seed 1] [--show]

Makes pages in a temporary folder: articles of the corpus in their own languages, with furniture of invented words in Georgian,
Amharic, Khmer, Armenian and Latin letters, which no list can know, at fixed places: some lines are left out on some pages, some
hold numbers or dates that vary. Traps recur by right: a columnist's name, a column's title as the headline, a refrain, an
agency phrase, a standing sign-off, speakers, a subhead, a line of results. The corpus is looked for in ``../shared/corpus``
beside the repository or in the folder that the environment variable CLEANER_CORPUS names. ``--show`` prints what was missed.

Exit code 1 when less than 95 per cent of the furniture is found, or anything goes that must stay.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from cleaner import Cleaner
from cleaner.learn import learn
from cleaner.model import Document, Edit, Op, Status
from cleaner.options import Options

FOUND = 0.95
"""Share of the furniture, 0-1, that must be found."""

SYLLABLES = {
    "Georgian": ["ბა", "დე", "გი", "ლო", "მუ", "ნა", "რე", "ში", "ტო", "ვა", "ზე", "კი", "პო", "სა", "ხე", "ჭი", "ჯა"],
    "Amharic": ["ሰ", "ላ", "ም", "መ", "ረ", "ጃ", "ት", "ን", "ባ", "ዜ", "ና", "ገ", "ጽ", "ከ", "ፍ", "ተ"],
    "Khmer": ["កា", "ខេ", "គី", "ចូ", "ឆា", "ជុ", "តេ", "ថា", "ទី", "នុ", "បា", "ភេ", "មី", "យូ", "រា", "លេ"],
    "Armenian": ["բա", "գե", "դի", "զո", "լու", "մա", "նե", "շի", "պո", "սա", "վե", "րի", "տո", "խա"],
    "Latin": ["bro", "zel", "vim", "tak", "orn", "fip", "gud", "lax", "mev", "nur", "pyl", "qes", "sot", "wib"],
}
NAMES = ["Ilse Brandvik", "Tomas Orvell", "Rut Hagsten", "Jon Peller", "Mira Dovan"]
PHRASE = {"da": "Det skriver nyhedsbureauet AFP", "no": "Det melder NTB", "sv": "Det rapporterar TT", "de": "Das berichtet die Agentur dpa"}
SIGN_OFF = {"sv": "Texten är en krönika och åsikterna är skribentens egna.", "de": "Die Kolumne gibt die Meinung der Autorin wieder."}


MANY = 12
"""Articles that the corpus has in a language that pages are made in: with few, whole paragraphs recur on half of the pages."""


class Piece(NamedTuple):
    """A line of a page: ``kind`` is furniture, trap, body or other; ``what`` says more of the first two."""

    text: str
    kind: str = "other"
    what: str = ""


class Furnishing(NamedTuple):
    """One furniture line of a site: its place, its words, how often it is left out, and what varies in it."""

    place: str
    words: str
    left_out: float
    varies: str


class Page(NamedTuple):
    """A page as it is written, and what must come of it."""

    path: str
    pieces: list[Piece]
    headline: str
    dateline: str | None


def corpus() -> Path | None:
    folder = Path(os.environ.get("CLEANER_CORPUS") or Path(__file__).resolve().parents[1] / "../shared/corpus").resolve()
    return folder if (folder / "make_big.py").exists() else None


class Site:
    """One invented site: its language, its furniture, its habits."""

    def __init__(self, number: int, maker: Any, rnd: random.Random) -> None:
        self.rnd, self.maker, self.number = rnd, maker, number
        self.name = f"site-{number:03d}.example"
        self.language = rnd.choice([language for language in maker.langs if len(maker.pool[language]) >= MANY])
        self.script = sorted(SYLLABLES)[number % len(SYLLABLES)]
        self.months = [self.words(1) for _ in range(12)]
        self.furniture = list(self._furniture())
        self.trap = ["columnist", "column", "refrain", "agency phrase", "sign-off", "speakers", "subhead", "results", "none"][number % 9]
        self.suffix = self.words(2) if number % 4 == 0 else None
        self.outlet = self.words(1).capitalize() if number % 5 == 0 else None
        self.column = self.words(3)

    def words(self, number: int) -> str:
        def word() -> str:
            return "".join(self.rnd.choices(SYLLABLES[self.script], k=self.rnd.randint(2, 4)))

        found = " ".join(word() for _ in range(number))
        return found[0].upper() + found[1:] if self.script == "Latin" else found

    def _furniture(self) -> Iterator[Furnishing]:
        rnd = self.rnd
        blocks = {"above": rnd.choice([0, 1, 2, 3]), "under": rnd.choice([0, 1, 1, 2]), "inside": rnd.choice([0, 0, 2, 3]), "below": rnd.choice([1, 2, 3, 4])}
        if sum(blocks.values()) < 3:
            blocks["above"] += 2
        for place, lines in blocks.items():
            out = rnd.choice([0.0, 0.1, 0.3])
            for number in range(lines):
                varies = rnd.choice(["", "", "", "number", "date"]) if number > (place == "inside") else ""
                yield Furnishing(place, self.words(rnd.randint(1, 4)), out if place == "inside" else rnd.choice([0.0, 0.0, 0.1, 0.3]), varies)

    def _lines(self, place: str) -> list[Piece]:
        rnd, found = self.rnd, []
        block_out = rnd.random()
        for line in self.furniture:
            if line.place == place and (block_out if place == "inside" else rnd.random()) >= line.left_out:
                text = line.words
                if line.varies == "number":
                    text += f" {rnd.randint(1, 20_000):,}"
                elif line.varies == "date":
                    text += f" {rnd.randint(1, 28)} {rnd.choice(self.months)} 20{rnd.randint(10, 25)}"
                found.append(Piece(text, "furniture", place + (" " + line.varies if line.varies else "")))
        return found

    def page(self, number: int) -> Page | None:
        """One page, with the furniture in its places and the site's trap in its own."""
        article = self.maker.article(self.language, set())
        if article is None:
            return None
        rnd = self.rnd
        if self.trap == "column" and rnd.random() < 0.6:
            article["headline"] = self.column
        lines, gold = self.maker.render(article)
        headline, paragraphs = article["headline"], set(gold["body"])
        opening = next((place for place, line in enumerate(lines) if line.endswith(gold["body"][0])), None)
        if opening is None or headline not in lines[:opening]:
            return None
        body = [Piece(line, "body" if line in paragraphs or place == opening else "other") for place, line in enumerate(lines)]
        if headline == self.column:
            body = [piece._replace(kind="trap", what="column") if place < opening and piece.text == headline else piece for place, piece in enumerate(body)]
        if self.suffix:
            titled = f"{headline} | {self.suffix}"
            body = [piece._replace(text=titled) if place < opening and piece.text == headline else piece for place, piece in enumerate(body)]
        dateline = None
        if self.outlet and not gold["dateline"] and rnd.random() < 0.7:
            dateline = self.outlet
            body[opening] = body[opening]._replace(text=f"{self.outlet} - {lines[opening]}")
        top = max(place for place in range(opening) if lines[place] == headline) + 1
        last = max(place for place, line in enumerate(lines) if line in paragraphs or place == opening) + 1
        middle = next((place + 1 for place in range(opening + 1, last - 1) if lines[place] in paragraphs), None)
        trap = self._trap()
        cut = top if trap and trap[0].what == "columnist" else middle if trap and trap[0].what in ("refrain", "agency phrase", "speakers", "subhead") else last
        inserts = {0: self._lines("above"), top: self._lines("under"), last: self._lines("below")}
        if middle is not None:
            inserts[middle] = self._lines("inside")
        else:
            trap = [] if cut is None else trap
        out: list[Piece] = []
        for place in range(len(body) + 1):
            own = trap if place == cut else []
            found = inserts.get(place, [])
            blank = [Piece("")] if place not in (0, top) and (own or found) else []
            spaced = [line for piece in own for line in (piece, Piece(""))] if place != top else own
            out += blank + spaced + found + ([Piece("")] if found and place == middle else [])
            if place < len(body):
                out.append(body[place])
        return Page(f"{self.name}/{number:04d}.txt", out, headline, dateline)

    def _trap(self) -> list[Piece]:
        rnd, language = self.rnd, self.language
        texts: list[str] = []
        if self.trap == "columnist":
            texts = [NAMES[0] if rnd.random() < 0.6 else rnd.choice(NAMES)]
        elif self.trap == "refrain" and rnd.random() < 0.8:
            texts = ["The tide comes in, the tide goes out", "and nobody asks the sea"]
            texts = [texts[0], "A gull sat down on the mast and sang of what it had seen that day, which was mostly water and a boat.", texts[0]]
        elif self.trap == "agency phrase" and rnd.random() < 0.8:
            texts = [PHRASE.get(language, "The news agency AFP reported this") + rnd.choice(["", "."])]
        elif self.trap == "sign-off" and rnd.random() < 0.9:
            texts = [SIGN_OFF.get(language, "The writer lives by the sea and keeps bees.")]
        elif self.trap == "speakers" and rnd.random() < 0.9:
            texts = ["Q:", "Mira Dovan", "Q:"]
        elif self.trap == "subhead" and rnd.random() < 0.9:
            texts = ["Background"]
        elif self.trap == "results" and rnd.random() < 0.9:
            texts = [f"Attendance: {rnd.randint(300, 40_000):,}"]
        return [Piece(text, "trap", self.trap) for text in texts]


def taken(edits: list[Edit], start: int, end: int) -> list[Edit]:
    """The applied edits that take a whole line out of the copy."""
    gone = (Op.REMOVE, Op.DROP)
    return [edit for edit in edits if edit.status is Status.APPLIED and edit.op in gone and edit.start <= start and end <= edit.end]


def main() -> int:
    asked = argparse.ArgumentParser(description="Furniture of unknown sites: found by a learned profile, or not.")
    asked.add_argument("--sources", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--show", action="store_true", help="print what was missed and what went by mistake")
    arguments = asked.parse_args()
    folder = corpus()
    if folder is None:
        print("no corpus: put it in ../shared/corpus or name its folder in CLEANER_CORPUS", file=sys.stderr)
        return 2
    spec = importlib.util.spec_from_file_location("make_big", folder / "make_big.py")
    assert spec
    assert spec.loader
    make_big = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make_big)
    rnd = random.Random(arguments.seed)
    maker = make_big.Maker(*make_big.load(folder / "dev"), rnd)
    pages: list[Page] = []
    for number in range(arguments.sources):
        site = Site(number, maker, rnd)
        pages += [page for at in range(rnd.choice([8, 20, 60])) if (page := site.page(at)) is not None]
    with tempfile.TemporaryDirectory() as temporary:
        raw, file = Path(temporary, "raw"), Path(temporary, "site-profile.json")
        for page in pages:
            path = raw / page.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join(piece.text for piece in page.pieces) + "\n", encoding="utf-8")
        start = time.perf_counter()
        file.write_bytes(learn(raw).encode())
        took = time.perf_counter() - start
        counts = {name: score(pages, Cleaner(options), arguments.show and name == "with the profile")
                  for name, options in (("without", Options()), ("with the profile", Options(profile=str(file))))}
    return report(counts, len(pages), arguments.sources, took)


def score(pages: list[Page], cleaner: Cleaner, show: bool) -> Counter[tuple[str, str, bool]]:
    """(kind, what, gone) of every line, and whether headlines and datelines came out as they must."""
    counts: Counter[tuple[str, str, bool]] = Counter()
    for page in pages:
        text = "\n".join(piece.text for piece in page.pieces) + "\n"
        records = cleaner.clean(Document(page.path, text)).records
        edits = [edit for record in records for edit in record.edits]
        at = 0
        for piece in page.pieces:
            end = at + len(piece.text)
            if piece.kind != "other" and piece.text:
                by = taken(edits, at, end)
                title = piece.what == "column" and any(edit.rule == "repeated-headline" for edit in by)
                counts[piece.kind, piece.what, bool(by) and not title] += 1
                counts["by the profile", "", True] += piece.kind != "furniture" and any(edit.rule.startswith("site-") for edit in by)
                if show and (piece.kind == "furniture") != bool(by) and not title:
                    print(f"{page.path}  {piece.kind} {piece.what}: {piece.text[:60]!r} {[(edit.rule, edit.reason) for edit in by]}")
            at = end + 1
        counts["headline", "", records[0].headline == page.headline] += 1
        if page.dateline:
            counts["outlet in the dateline", "", any(record.dateline and record.dateline.raw == page.dateline for record in records)] += 1
    return counts


def report(counts: dict[str, Counter[tuple[str, str, bool]]], pages: int, sources: int, took: float) -> int:
    print(f"{pages:,} pages of {sources} sources; learnt in {took:.1f} s ({1e6 * took / pages / 2:,.0f} microseconds a page and pass)\n")
    print(f"{'':34}{'lines':>8}{'without':>10}{'with the profile':>18}")
    before, after = counts["without"], counts["with the profile"]
    for kind in ("furniture", "trap", "body", "headline", "outlet in the dateline"):
        kinds = sorted({what for have, what, _ in after if have == kind})
        for what in (*kinds, "") if kinds != [""] else ("",):
            def part(table: Counter[tuple[str, str, bool]], gone: bool, kind: str = kind, what: str = what) -> int:
                return sum(number for (have, which, went), number in table.items() if have == kind and went is gone and (not what or which == what))
            total = part(after, True) + part(after, False)
            verb = "gone" if kind in ("furniture", "trap", "body") else "right"
            share = 100 * part(after, True) / max(1, total)
            print(f"{' '.join(filter(None, (kind, what, verb))):34}{total:>8,}{part(before, True):>10,}{part(after, True):>10,}{share:>7.1f}%")
    found, missed = (sum(number for (kind, _, gone), number in after.items() if kind == "furniture" and gone is went) for went in (True, False))
    wrong = after["by the profile", "", True]
    print(f"\nof the furniture found {100 * found / (found + missed):.1f} %, traps and body lines that the profile took {wrong:,}")
    return int(found < FOUND * (found + missed) or wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
