"""What a figure is: drawn for who sees, told in words for who does not, and laid out as the table of its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure

from ecosim.language import text


class Table(NamedTuple):
    """The numbers of a figure.

    Parameters
    ----------
    head : tuple of str
        What stands in each column, in the language.
    rows : list of tuple
        Raw cells: a text, an ``int``, a ``float``, or ``None`` where there is no value.
    """

    head: tuple[str, ...]
    rows: list[tuple[Any, ...]]


class Plot(NamedTuple):
    """One figure, as three functions of a run and a language.

    Parameters
    ----------
    draw : callable
        ``draw(figure, run, lang)`` draws on an empty slide.
    describe : callable
        ``describe(run, lang)`` returns in plain words, with the numbers, what one would see.
    table : callable
        ``table(run, lang)`` returns the numbers that are drawn.
    """

    draw: Callable[[Figure, Any, str], None]
    describe: Callable[[Any, str], str]
    table: Callable[[Any, str], Table]


def plot_of(module: Any) -> Plot:
    """Return the figure of a module that offers ``draw``, ``describe`` and ``table``."""
    return Plot(module.draw, module.describe, module.table)


def by_week(columns: Mapping[str, Any], lang: str) -> Table:
    """Return a table with a row a week: its number, then a value of each column (label -> shape (weeks,))."""
    weeks = len(next(iter(columns.values())))
    return Table((text("figures.week", lang), *columns), rows_of([range(weeks), *columns.values()]))


def rows_of(columns: list[Any]) -> list[tuple[Any, ...]]:
    """Return the rows of ``columns`` of equal length, their cells plain."""
    return [tuple(map(plain, row)) for row in zip(*columns, strict=True)]


def plain(value: Any) -> Any:
    """Return a cell as Python value, ``None`` for not-a-number."""
    value = value.item() if hasattr(value, "item") else value
    return None if value != value else value


def ends(values: Any) -> tuple[int, int] | None:
    """Return the first and the last week in which ``values`` has one, ``None`` when it never has."""
    there = np.flatnonzero(np.isfinite(np.asarray(values, float)))
    return (int(there[0]), int(there[-1])) if there.size else None


def sentences(*parts: str) -> str:
    """Return sentences, some of them perhaps empty, as one text."""
    return " ".join(part for part in parts if part)
