"""Whether a report is what it claims to be, and whether copy stayed in its place in it. Each check returns the copy that it found there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jsonschema
from markdown_it import MarkdownIt

SCHEMA = Path(__file__).parent / "schemas" / "sarif-2.1.0.json"
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def check_no_controls(text: str) -> None:
    """Nothing that moves a cursor, turns the direction of writing or ends a line where none ends."""
    found = CONTROLS.search(text)
    assert not found, (found and found.group(), found and text[max(0, found.start() - 60) : found.end() + 60])


# -- SARIF -------------------------------------------------------------------------------------------------------------


@cache
def _sarif_schema() -> jsonschema.Draft4Validator:
    return jsonschema.Draft4Validator(json.loads(SCHEMA.read_text("utf-8")))


def read_sarif(path: Path) -> dict[str, Any]:
    """The one run of a report, held against the schema of the standard; addresses are relative, messages hold no link and no placeholder."""
    log = json.loads(path.read_text("utf-8"))
    _sarif_schema().validate(log)
    run: dict[str, Any]
    [run] = log["runs"]
    for place in _values(run, "physicalLocation"):
        uri = place["artifactLocation"]["uri"]
        parts = urlsplit(uri)
        assert re.fullmatch(r"[A-Za-z0-9._~%/-]+", uri), uri
        assert (parts.scheme, parts.netloc) == ("", ""), uri
        assert not {"", ".", ".."} & set(uri.split("/")), uri
        assert place.get("region", {"startLine": 1})["startLine"] >= 1
    for message in (*_values(run, "message"), *_values(run, "shortDescription"), *_values(run, "fullDescription")):
        check_no_controls(message["text"])
        shown = re.sub(r"\\[\[\]\\]|\{\{|\}\}", "", message["text"])
        assert not set(shown) & set("[]{}\\"), message["text"]
    return run


def _values(node: Any, name: str) -> list[Any]:
    if isinstance(node, list):
        return [found for each in node for found in _values(each, name)]
    if not isinstance(node, dict):
        return []
    mine = [node[name]] if name in node else []
    return mine + [found for each in node.values() for found in _values(each, name)]


# -- Markdown ----------------------------------------------------------------------------------------------------------


class _Tags(HTMLParser):
    """The tags of a piece of HTML and its text outside and inside of ``code``."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.outside = ""
        self.code: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not attrs, (tag, attrs)
        self.tags.append(tag)
        if tag == "code":
            self.code.append("")

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] == "code":
            self.code[-1] += data
        else:
            self.outside += data


def read_markdown(text: str) -> list[str]:
    """What stands in code. Else there is our own text alone: no HTML but ``details``, no link, image, mention or number of an issue."""
    check_no_controls(text)
    code: list[str] = []
    plain: list[str] = []
    opened = 0
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type in ("fence", "code_block"):
            assert (token.type, token.info) in (("fence", "diff"), ("fence", "text")), token
            code.append(token.content)
        elif token.type == "html_block":
            tags = _Tags()
            tags.feed(token.content)
            tags.close()
            pair = ["details", "summary", *["code", "/code"] * len(tags.code), "/summary"]
            assert tags.tags in (pair, ["/details"]), token.content
            opened += 1 if tags.tags == pair else -1
            assert opened in (0, 1)
            code += tags.code
            plain.append(tags.outside)
        for child in token.children or ():
            assert child.type in ("text", "code_inline", "softbreak"), child
            (code if child.type == "code_inline" else plain).append(child.content)
    assert not opened
    for words in plain:
        assert not re.search(r"@|#\d|://|www\.|[<>\[\]|*]", words), words
    return code


# -- annotations -------------------------------------------------------------------------------------------------------

_PROPERTY = r"(?:file|line|endLine|title)=(?:[^%\r\n:,]|%25|%0D|%0A|%3A|%2C)*"
_COMMAND = re.compile(rf"::(error|warning|notice) ({_PROPERTY}(?:,{_PROPERTY})*)::((?:[^%\r\n]|%25|%0D|%0A)+)")


def read_annotation(line: str) -> tuple[str, dict[str, str], str]:
    """The kind, the properties and the message of a workflow command."""
    check_no_controls(line)
    found = _COMMAND.fullmatch(line)
    assert found, line
    properties = dict(each.split("=", 1) for each in found[2].split(","))
    assert all(properties[name].isdecimal() for name in ("line", "endLine") if name in properties)
    return found[1], {name: _unescaped(value) for name, value in properties.items()}, _unescaped(found[3])


def _unescaped(text: str) -> str:
    for sign, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(sign, character)
    return text


# -- what is printed ---------------------------------------------------------------------------------------------------


def check_printed(text: str) -> None:
    """What a terminal shows and a CI log keeps: no control but the end of a line, and no line that is a command."""
    check_no_controls(text)
    assert "##[" not in text
    assert not [line for line in text.split("\n") if line.lstrip().startswith("::")]


# -- HTML --------------------------------------------------------------------------------------------------------------

_NEVER = {"iframe", "object", "embed", "base", "plaintext", "xmp", "marquee", "math", "frameset", "noscript", "img", "video", "audio", "textarea"}


class _Page(HTMLParser):
    """A page of the report: what it loads and runs is ours."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in _NEVER, tag
        self.tags.append(tag)
        for name, value in attrs:
            assert not name.startswith("on"), (tag, name, value)
            assert name != "style", (tag, value)
            if name in ("href", "src", "action", "srcset", "formaction", "data"):
                assert re.fullmatch(r"[a-z0-9./#-]+", value or ""), (tag, name, value)

    def handle_data(self, data: str) -> None:
        assert not self.tags or self.tags[-1] not in ("script", "style") or not data.strip(), data
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for each in node:
            yield from _strings(each)


def read_html(index: Path) -> str:
    """The text of all pages. No element, address or handler in them that is not ours; the shards are one call with JSON."""
    text = ""
    for path in sorted(index.parent.rglob("*")):
        if path.suffix == ".html":
            page = _Page()
            page.feed(path.read_text("utf-8"))
            page.close()
            text += page.text
        elif path.parent.name == "data":
            call = re.fullmatch(r"cleanerReport\((.*)\)\n", path.read_text("utf-8"))
            assert call, path
            for string in _strings(json.loads(call[1])):
                check_no_controls(string)
    return text
