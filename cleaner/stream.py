"""Standard input to standard output: copy in, the rows of the table ``articles`` out as JSONL."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec

from cleaner.clean import Cleaner
from cleaner.errors import FolderError, RestoreError, UnreadableFile
from cleaner.gates import Passed, Watch
from cleaner.options import Gates, Options
from cleaner.output import strerror
from cleaner.readers import Source, readers
from cleaner.records import UnreadableRow, rows

NAME = "-"
"""The path that records from standard input have."""

_OBJECT = re.compile(rb"[\xef\xbb\xbf \t\r\n]*\{\s*(?:[\"}]|$)")
"""How a line opens that holds an object of JSON, whole or cut: copy may open with a brace too, but then a word follows."""


class Streamed(NamedTuple):
    """What came of a stream beside its records: the rows that could not be read, and the gates that were passed."""

    unreadable: list[UnreadableRow]
    passed: list[Passed]


def clean_stream(source: BinaryIO, out: BinaryIO, edits: Path | None, options: Options | None = None, gates: Gates | None = None) -> Streamed:
    """Clean what comes in, row by row where it is JSONL (its first line that is not blank opens with ``{"``), else as one text.

    Articles go to ``out`` as each document is done, whatever the gates say, and edits to the file ``edits``.

    >>> import io
    >>> out = io.BytesIO()
    >>> clean_stream(io.BytesIO(b'{"title": "Harbour reopens", "text": "It reopened on Friday."}\\n{'), out, None).unreadable[0].item
    1
    >>> msgspec.json.decode(out.getvalue())["headline"]
    'Harbour reopens'
    """
    options = options or Options()
    cleaner = Cleaner(options)
    watch = Watch(gates or Gates())
    encode = msgspec.json.Encoder().encode_lines
    unreadable: list[UnreadableRow] = []
    with _edits_file(edits) as log:
        for suffix, part in _parts(source):
            try:
                for found in readers()[suffix].read(part, options.encoding):
                    if isinstance(found, UnreadableRow):
                        unreadable.append(found)
                        continue
                    try:
                        made = rows(cleaner.clean(found))
                    except RestoreError as error:
                        unreadable.append(UnreadableRow(found.path, found.item, f"left out, since cleaning would lose text: {error} Please report it."))
                        continue
                    lines = {"articles": encode(made.articles), "edits": encode(made.edits)}
                    out.write(lines["articles"])
                    if log:
                        log.write(lines["edits"])
                    watch.look(lines)
            except UnreadableFile as error:
                unreadable.append(UnreadableRow(NAME, None, str(error)))
        out.flush()
    return Streamed(unreadable, watch.passed(len(unreadable)))


def _parts(source: BinaryIO) -> Iterator[tuple[str, Source]]:
    """The input as one text, or line by line."""
    head, first = b"", 0
    for line in source:
        head += line
        if line.strip(b"\xef\xbb\xbf \t\r\n"):
            break
        first += 1
    if not _OBJECT.match(head):
        yield ".txt", Source(NAME, data=head + source.read())
        return
    yield ".jsonl", Source(NAME, data=head, first=0)
    for number, line in enumerate(source, first + 1):
        yield ".jsonl", Source(NAME, data=line, first=number)


@contextlib.contextmanager
def _edits_file(path: Path | None) -> Iterator[BinaryIO | None]:
    if path is None:
        yield None
        return
    try:
        file = path.open("wb")
    except OSError as error:
        raise FolderError(f"{path}: cannot be written ({strerror(error)}). Give another place with --edits.") from error
    with file:
        yield file
