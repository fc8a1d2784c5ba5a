"""Rows to files and back, in every format."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from cleaner.errors import RestoreError
from cleaner.model import AgencyTag, Caption, Dateline, Op, Role, Status
from cleaner.records import TABLES, ArticleRow, DocumentRow, EditRow, GapRow, SegmentRow, UnreadableRow
from cleaner.writers import formats, table_names, writer

ROWS: dict[str, list[Any]] = {
    "articles": [
        ArticleRow(
            "0", "a.txt", None, 0, None, None, (), None, None, None, None, (), (), "", None, None, 0, 0, 0, 0.0, None
        ),
        ArticleRow(
            "1", "b.jsonl", 7, 1, "example.org", "Höst", ("Höst – X",), "D", "By", "5 May", Dateline("X (TT) -", "X", None),
            (Caption("Ferries", "A/TT", ("A",), ("tt",), 2), Caption("More")),
            (AgencyTag("TT", "line", "unknown"),), "港\n\n\"q\"", "sv", "u", 3, 1, 4, 0.25, "{}",
        ),
    ],
    "edits": [EditRow("1", 0, "r", Op.REMOVE, Status.APPLIED, 0, 2, 1, 1, "ab", 3, 5, 97.5, 92.0, "why", None, None, "f"),
              EditRow("1", 1, "r", Op.MOVE, Status.DECLINED, 0, 2, 1, 1, "ab", None, None, None, None, "why", "byline", "ab", "f")],
    "documents": [DocumentRow("a.txt", None, "utf-8", "0",
                              (SegmentRow(Role.CAPTION, 0, 2, 0, 0, 1), SegmentRow(Role.BODY, 4, 6, 0, 0, None)), (GapRow("\n", 2),)),
                  DocumentRow("b.txt", 1, "utf-8", "0", (), ())],
    "unreadable": [UnreadableRow("a.txt", None, "\x1b[2J"), UnreadableRow("b.jsonl", 3, "cut")],
}  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("form", formats())
def test_rows_come_back(form, table, tmp_path):
    """What is written is read back: nulls, nested fields, other scripts and all; in several pieces as in one."""
    path = tmp_path / f"{table}.{form}"
    out = writer(form).Table(path, TABLES[table])
    for row in ROWS[table]:
        out.append(msgspec.json.encode(row) + b"\n")
    assert len(out.close()) == 64
    assert list(writer(form).read(path, TABLES[table])) == ROWS[table]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("form", formats())
def test_an_empty_table_has_its_columns(form, table, tmp_path):
    """A table without rows can be read, and no spool stays beside it."""
    path = tmp_path / f"{table}.{form}"
    writer(form).Table(path, TABLES[table]).close()
    assert list(writer(form).read(path, TABLES[table])) == []
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_columns_do_not_depend_on_the_rows(tmp_path):
    """A column of nulls has its own type in Parquet, so that the parts of a large set fit together."""
    import polars as pl

    path = tmp_path / "articles.parquet"
    out = writer("parquet").Table(path, ArticleRow)
    out.append(msgspec.json.encode(ROWS["articles"][0]) + b"\n")
    out.close()
    schema = pl.read_parquet_schema(path)
    assert schema["headline"] == pl.String
    assert schema["dateline"] == pl.Struct({"raw": pl.String, "place": pl.String, "date": pl.String, "at": pl.Int64})


@pytest.mark.parametrize("form", formats())
def test_a_table_that_is_not_ours_is_a_letter(form, tmp_path):
    """A damaged table says so."""
    path = tmp_path / f"articles.{form}"
    path.write_bytes(b'{"id": 5}\n')
    with pytest.raises(RestoreError, match="of ours"):
        list(writer(form).read(path, ArticleRow))


def test_the_names_we_replace():
    """Our tables in every format, and nothing else."""
    assert table_names() == {f"{table}.{form}" for table in TABLES for form in ("jsonl", "parquet")}
