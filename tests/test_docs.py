"""What the documents show is what the code does."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_in_python_run(page):
    """Each Python example of a page gives what the page says it gives."""
    blocks = re.findall(r"^```python\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, page.name, str(page), 0)
    said: list[str] = []
    failed, _ = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).run(test, out=said.append)
    assert not failed, "".join(said)


def test_the_readme_shows_the_sample():
    """The copy at the top of the README is the beginning of a sample that a newcomer can open."""
    sample = (ROOT / "raw" / "harbour-post.example" / "greywick-harbour-reopens.txt").read_text(encoding="utf-8")
    shown = re.findall(r"^    (\S.*?)  +[a-z ]+$", (ROOT / "README.md").read_text(encoding="utf-8").partition("becomes")[0], re.MULTILINE)
    lines = [line for line in sample.split("\n") if line]
    assert len(shown) == 8
    assert [line.removesuffix(" ...") for line in shown] == [line[: len(want.removesuffix(" ..."))] for line, want in zip(lines, shown, strict=False)]


def test_make_shows_what_it_can_do():
    """The head of the Makefile names each target."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    assert all(f"# make {target} " in makefile for target in phony.group(1).split())
