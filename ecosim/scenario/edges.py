"""Ready ties from a file: an edge list in CSV, or GraphML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ecosim.scenario.graphml import graphml_rows
from ecosim.scenario.tables import Findings, Row, number, read_data, rows
from ecosim.scenario.yaml_events import short

COLUMNS = ("source", "target", "weight", "ground")

Edges = list[tuple[int, int, float, float]]


class Imported(NamedTuple):
    """The ties of a file, and what it calls each learner (empty: not named; ``None``: it numbers them)."""

    edges: Edges
    names: list[str] | None


class Ready(NamedTuple):
    """What a tie has whose file does not say: strength and common ground of a ready tie."""

    weight: float
    ground: float


def read_edges(path: str | Path, learners: int, ready: Ready) -> Edges:
    """Return the ties in the file at ``path`` as ``(i, j, weight, ground)``, i < j, in ascending order.

    Parameters
    ----------
    path : str or Path
        CSV with the columns source, target and perhaps weight and ground, or GraphML (``.graphml``, ``.xml``).
    learners : int
        How many there are. Labels that are all whole numbers below it are learner numbers; otherwise learners are
        numbered in the order in which labels first appear.
    ready : Ready
        Weight and ground of ties for which the file gives none.

    Raises
    ------
    InvalidFile
        With every problem found and its line.
    """
    return read_named(path, learners, ready).edges


def read_named(path: str | Path, learners: int, ready: Ready) -> Imported:
    """Return the ties in the file at ``path`` as :func:`read_edges` does, and what it calls the learners."""
    found = Findings(str(path), "edges")
    source = read_data(path)
    if Path(path).suffix.lower() in (".graphml", ".xml"):
        labels, table = graphml_rows(source, found)
    else:
        labels, table = [], list(rows(source, COLUMNS, 2, found))
    numbers = _numbers([*labels, *_ends(table)], learners, found)
    edges = sorted(_edges(table, numbers, ready, found))
    found.stop()
    names = [""] * learners
    for label, learner in numbers.items():
        names[learner] = label
    return Imported(edges, names if any(label != str(learner) for label, learner in numbers.items()) else None)


def _ends(table: Iterable[Row]) -> Iterator[tuple[str, int]]:
    """Yield the label at both ends of every tie, and its line."""
    for row in table:
        yield row.cells["source"], row.line
        yield row.cells["target"], row.line


def _numbers(labels: list[tuple[str, int]], learners: int, found: Findings) -> dict[str, int]:
    """Return the learner number of every label."""
    distinct: dict[str, int] = {}
    for label, line in labels:
        if label:
            distinct.setdefault(label, line)
    if all(_is_number(label, learners) for label in distinct):
        return {label: int(label) for label in distinct}
    if len(distinct) > learners:
        label, line = list(distinct.items())[learners]
        found.add("too_many", line, count=len(distinct), learners=learners, value=short(label))
    return {label: number for number, label in enumerate(distinct)}


def _is_number(label: str, learners: int) -> bool:
    """Tell whether ``label`` is the number of a learner, in the one way to write it."""
    return label.isdecimal() and len(label) < 16 and label == str(int(label)) and int(label) < learners


def _edges(
    table: Iterable[Row], numbers: dict[str, int], ready: Ready, found: Findings
) -> Iterator[tuple[int, int, float, float]]:
    """Yield the ties of the ``table`` that are in order, noting what is wrong with the others."""
    known: dict[tuple[int, int], int] = {}
    for row in table:
        source, target = row.cells["source"], row.cells["target"]
        weight = _share(row, "weight", ready.weight, found)
        ground = _share(row, "ground", ready.ground, found)
        if not source or not target:
            found.add("no_end", row.line, "target" if source else "source")
            continue
        i, j = sorted((numbers[source], numbers[target]))
        if i == j:
            found.add("self", row.line, value=short(source))
        elif (first := known.setdefault((i, j), row.line)) != row.line:
            found.add("twice", row.line, source=short(source), target=short(target), first=first)
        elif weight is not None and ground is not None:
            yield i, j, weight, ground


def _share(row: Row, column: str, missing: float, found: Findings) -> float | None:
    """Return the strength or common ground of a tie; ``None`` having noted that it is no share."""
    if not row.cells[column]:
        return missing
    value = number(row, column, found)
    if value is None:
        return None
    if 0.0 <= value <= 1.0 and not (column == "weight" and value == 0.0):
        return value
    found.add(column, row.line, column, value=value)
    return None


def as_csv(edges: Edges) -> str:
    """Return the ties as the text of a CSV file that :func:`read_edges` reads again."""
    lines = [f"{i},{j},{weight!r},{ground!r}" for i, j, weight, ground in edges]
    return "\n".join([",".join(COLUMNS), *lines]) + "\n"
