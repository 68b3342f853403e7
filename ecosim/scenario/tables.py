"""Small tables in CSV files: rows with the line in which each stands, under a header that is checked."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ecosim.errors import InvalidFile, Problem, nearest
from ecosim.scenario.files import read_bytes
from ecosim.scenario.problems import MOST_PROBLEMS
from ecosim.scenario.yaml_events import short

LIMIT_MEGABYTES = 50  #: of a data file, in millions of bytes

_LINE_END = re.compile(r"\r\n?|\n")


class Row(NamedTuple):
    """One line of a table: its number, and its texts by column; columns that are left out are empty texts."""

    line: int
    cells: dict[str, str]


class Findings:
    """The problems of one data file; it is given up when there are too many."""

    def __init__(self, name: str, table: str) -> None:
        self.name = name
        self.table = table
        self.problems: list[Problem] = []

    def add(self, key: str, line: int | None = None, path: str = "", /, **facts: Any) -> None:
        """Note problem ``errors.<table>.<key>`` of a line, and of a column (``path``).

        Raises
        ------
        InvalidFile
            When there are very many already.
        """
        self.problems.append(Problem(f"errors.{self.table}.{key}", facts, path, self.name, line))
        if len(self.problems) >= MOST_PROBLEMS:
            self.stop()

    def stop(self) -> None:
        """Raise what was found, if anything was."""
        if self.problems:
            raise InvalidFile(*self.problems)


def read_data(path: str | Path) -> bytes:
    """Return the content of a data file.

    Raises
    ------
    InvalidFile
        When it cannot be read, or is larger than ``LIMIT_MEGABYTES``.
    """
    source = read_bytes(path, LIMIT_MEGABYTES * 1_000_000)
    if len(source) > LIMIT_MEGABYTES * 1_000_000:
        raise InvalidFile(Problem("errors.yaml.too_large", {"limit": LIMIT_MEGABYTES}, file=str(path)))
    return source


def rows(source: bytes, columns: Sequence[str], required: int, found: Findings) -> Iterator[Row]:
    """Yield the rows of a CSV text; lines that are empty or begin with ``#`` are passed over.

    Parameters
    ----------
    source : bytes
        UTF-8, with or without a byte order mark.
    columns : sequence of str
        Names that may stand in the header, in any order.
    required : int
        How many of them, the first ones, must.
    found : Findings
        Where problems are noted; a header that cannot be used raises them.
    """
    try:
        lines = _LINE_END.split(source.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        found.add("not_utf8", source.count(b"\n", 0, error.start) + 1, byte=f"0x{source[error.start]:02X}")
        found.stop()
        return
    header: list[str] | None = None
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = _cells(line, number, found)
        if header is None:
            header = _header(cells, number, columns, required, found)
        elif not cells:
            continue
        elif len(cells) > len(header):
            found.add("cells", number, count=len(cells), most=len(header))
        else:
            blank = dict.fromkeys(columns, "")
            yield Row(number, {**blank, **dict(zip(header, cells, strict=False))})
    if header is None:
        found.add("no_header", 1, allowed=",".join(columns[:required]))
        found.stop()


def _cells(line: str, number: int, found: Findings) -> list[str]:
    """Return the cells of one line; a cell does not go over several lines."""
    try:
        return [cell.strip() for cell in next(csv.reader([line], strict=True))]
    except csv.Error:
        found.add("csv", number, value=short(line))
        return []


def _header(cells: list[str], line: int, columns: Sequence[str], required: int, found: Findings) -> list[str]:
    """Return the checked header."""
    names = [cell.lower() for cell in cells]
    meant = {name: name if name in columns else nearest(name, columns) for name in names if not set(name) & set(";\t")}
    if not any(meant.values()):
        found.add("no_header", line, allowed=",".join(columns[:required]))
    for name in names if not found.problems else ():
        if name not in columns:
            key = "column_near" if meant.get(name) else "column"
            found.add(key, line, value=short(name), nearest=meant.get(name), allowed=", ".join(columns))
        elif names.count(name) > 1:
            found.add("column_twice", line, value=name)
            break
    for name in columns[:required]:
        if name not in names and not found.problems:
            found.add("no_column", line, value=name, allowed=", ".join(columns))
    found.stop()
    return names


def number(row: Row, column: str, found: Findings) -> float | None:
    """Return the finite number in a cell, or ``None`` having noted that there is none."""
    cell = row.cells[column]
    try:
        value = float(cell.replace("_", "x"))  # Python's own 1_000 is no number in a file
    except ValueError:
        value = math.nan
    if math.isfinite(value):
        return value
    found.add("number", row.line, column, value=short(cell))
    return None


def whole(row: Row, column: str, most: int, found: Findings) -> int | None:
    """Return the whole number in 0 .. ``most`` in a cell, or ``None`` having noted that there is none."""
    cell = row.cells[column]
    if cell.isascii() and cell.isdigit() and len(cell) < 16 and int(cell) <= most:
        return int(cell)
    found.add("whole", row.line, column, value=short(cell), most=most)
    return None
