"""Tables as files: CSV for people and small runs, Parquet for large ones."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Table = Mapping[str, Any]

LARGE = 50_000  #: learners above which tables are written as Parquet


def write_table(table: Table, folder: Path, name: str, parquet: bool) -> Path:
    """Write ``table`` (name -> column) into ``folder`` as ``<name>.csv`` or ``<name>.parquet`` and return its path."""
    if parquet:
        return _write_parquet(table, folder / f"{name}.parquet")
    return _write_csv(table, folder / f"{name}.csv")


def _write_csv(table: Table, path: Path) -> Path:
    """Write ``table`` as CSV: every digit of a number, an empty cell where there is none."""
    columns = [_cells(column) for column in table.values()]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(table)
        writer.writerows(zip(*columns, strict=True))
    return path


def _cells(column: Any) -> list[Any]:
    """Return a column as Python values, ``None`` for not-a-number."""
    values: list[Any] = column.tolist()
    return [None if value != value else value for value in values] if column.dtype.kind == "f" else values


def _write_parquet(table: Table, path: Path) -> Path:
    """Write ``table`` as Parquet."""
    import pyarrow  # lazily: only large runs need it
    from pyarrow.parquet import write_table as write

    write(pyarrow.table(dict(table)), path)
    return path
