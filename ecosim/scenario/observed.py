"""Series measured in the world: read from CSV, to be laid over the simulated ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ecosim.errors import nearest
from ecosim.scenario.schedule import LATEST_WEEK
from ecosim.scenario.tables import Findings, Row, number, read_data, rows, whole
from ecosim.scenario.yaml_events import short

COLUMNS = ("metric", "week", "value", "low", "high")

Bounds = Mapping[str, tuple[float, float]]
"""Metric -> lowest and highest value that it can have."""


@dataclass(frozen=True)
class Measurement:
    """One measured value of a metric.

    Parameters
    ----------
    metric : str
        As ecosim names it.
    week : int
        From 0.
    value : float
        What was measured.
    low, high : float or None
        Ends of its interval, both or neither.
    """

    metric: str
    week: int
    value: float
    low: float | None = None
    high: float | None = None


def read_observed(
    path: str | Path, metrics: Collection[str] | None = None, bounds: Bounds | None = None
) -> list[Measurement]:
    """Return the rows of the CSV file at ``path``, in the order of the file.

    Parameters
    ----------
    path : str or Path
        Columns metric, week, value and, if there are intervals, low and high. Lines that begin with ``#`` are notes.
    metrics : collection of str, optional
        Names of all metrics; without it names are taken as they are.
    bounds : mapping of str to (float, float), optional
        Between which values the metrics lie of which this is known: shares.

    Raises
    ------
    InvalidFile
        With every problem found and its line.
    """
    found = Findings(str(path), "observed")
    read: dict[tuple[str, int], int] = {}
    observations = []
    for row in rows(read_data(path), COLUMNS, 3, found):
        made = _observation(row, metrics, bounds or {}, found)
        if made is None:
            continue
        first = read.setdefault((made.metric, made.week), row.line)
        if first != row.line:
            found.add("twice", row.line, metric=short(made.metric), week=made.week, first=first)
        observations.append(made)
    found.stop()
    return observations


def _observation(row: Row, metrics: Collection[str] | None, bounds: Bounds, found: Findings) -> Measurement | None:
    """Return the row as an observation, or ``None`` having noted what is wrong with it."""
    before = len(found.problems)
    name = row.cells["metric"]
    if not name or (metrics is not None and name not in metrics):
        near = nearest(name, metrics or ())
        found.add("metric_near" if near else "metric", row.line, "metric", value=short(name), nearest=near)
    week = whole(row, "week", LATEST_WEEK, found)
    value = number(row, "value", found)
    low, high = (number(row, end, found) if row.cells[end] else None for end in ("low", "high"))
    _check_interval(row, value, low, high, found)
    if name in bounds:
        _check_bounds(row, {"value": value, "low": low, "high": high}, bounds[name], found)
    if len(found.problems) > before or week is None or value is None:
        return None
    return Measurement(name, week, value, low, high)


def _check_interval(row: Row, value: float | None, low: float | None, high: float | None, found: Findings) -> None:
    """Note an interval with one end, one upside down, and one that does not hold the value."""
    empty = [end for end in ("low", "high") if not row.cells[end]]
    if len(empty) == 1 and (low is None) != (high is None):
        found.add("one_end", row.line, empty[0], value=empty[0])
    elif low is None or high is None:
        return
    elif low > high:
        found.add("order", row.line, "low", low=low, high=high)
    elif value is not None and not low <= value <= high:
        found.add("outside", row.line, "value", value=value, low=row.cells["low"], high=row.cells["high"])


def _check_bounds(row: Row, said: dict[str, float | None], ends: tuple[float, float], found: Findings) -> None:
    """Note the first number of a row that no share can be; the others are mostly wrong in the same way."""
    low, high = ends
    for column, value in said.items():
        if value is not None and not low <= value <= high:
            found.add("share", row.line, column, value=row.cells[column], low=f"{low:g}", high=f"{high:g}")
            return


def as_csv(observations: Iterable[Measurement]) -> str:
    """Return the rows as the text of a CSV file that :func:`read_observed` reads again."""
    lines = [",".join(COLUMNS)]
    for each in observations:
        ends = ["" if end is None else repr(end) for end in (each.low, each.high)]
        lines.append(",".join([_cell(each.metric), str(each.week), repr(each.value), *ends]))
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    """Return ``text`` as a cell, between quotation marks where it needs them."""
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',"#') else text
