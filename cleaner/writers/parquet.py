"""Parquet: row groups of a fixed number of rows, by polars."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import inspect

from cleaner.errors import RestoreError
from cleaner.writers import Row
from cleaner.writers import Table as AnyTable

if TYPE_CHECKING:
    import polars as pl

ROW_GROUP = 5_000
"""Rows; an article has about 4,000 characters, so a group is some 20 MB before compression."""
PIECE = 8_000_000
"""Bytes of the spool that are parsed at a time. Scanning it as a whole took 500 MB for 320 MB of articles; so it is 250."""


class Table(AnyTable):
    """A table that is spooled as JSONL beside its place and written when it is closed: polars has no Parquet file one can append to."""

    def __init__(self, path: Path, row: type[msgspec.Struct]) -> None:
        self._path, self._row = path, row
        self._spool = path.with_name(f"{path.name}.spool")
        super().__init__(self._spool)

    def close(self) -> str:
        from polars.io.plugins import register_io_source

        self._file.close()
        register_io_source(self._frames, schema=schema(self._row)).sink_parquet(self._path, row_group_size=ROW_GROUP)
        self._spool.unlink()
        with self._path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def _frames(self, *_: object) -> Iterator[pl.DataFrame]:
        """The spool as frames. Polars may push a selection down to a source; a sink has none."""
        import polars as pl

        columns = schema(self._row)
        with self._spool.open("rb") as file:
            while lines := file.readlines(PIECE):
                yield pl.read_ndjson(io.BytesIO(b"".join(lines)), schema=columns)


def read(path: Path, row: type[Row]) -> Iterator[Row]:
    """The rows, a row group in memory at a time."""
    import polars as pl

    try:
        for frame in pl.scan_parquet(path).collect_batches(chunk_size=2_000, maintain_order=True):
            for values in frame.iter_rows(named=True):
                yield msgspec.convert(values, row)
    except (pl.exceptions.PolarsError, msgspec.ValidationError) as error:
        raise RestoreError(f"{path.name}: no table of ours ({error}). Run `clean` again.") from error


def schema(row: type[msgspec.Struct]) -> dict[str, Any]:
    """The polars schema of a row: the one declaration in ``records`` is where it comes from.

    >>> from cleaner.records import UnreadableRow
    >>> schema(UnreadableRow)
    {'path': String, 'item': Int64, 'reason': String}
    """
    return {field.name: _dtype(field.type) for field in _fields(inspect.type_info(row))}


def _fields(info: Any) -> tuple[inspect.Field, ...]:
    fields: tuple[inspect.Field, ...] = info.fields
    return fields


def _dtype(info: inspect.Type) -> pl.DataType | type[pl.DataType]:
    import polars as pl

    plain: Mapping[type, type[pl.DataType]] = {
        inspect.StrType: pl.String,
        inspect.EnumType: pl.String,
        inspect.IntType: pl.Int64,
        inspect.FloatType: pl.Float64,
    }
    if isinstance(info, inspect.UnionType):
        (inner,) = (part for part in info.types if not isinstance(part, inspect.NoneType))
        return _dtype(inner)
    if isinstance(info, inspect.VarTupleType):
        return pl.List(_dtype(info.item_type))
    if isinstance(info, (inspect.StructType, inspect.DataclassType)):
        return pl.Struct({field.name: _dtype(field.type) for field in info.fields})
    return plain[type(info)]
