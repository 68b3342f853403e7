"""The factors of a study as axes, and its points: which value each factor takes at each of them."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ecosim.model.state import Array


@dataclass(frozen=True)
class Axis:
    """One factor: a range of numbers or of whole numbers, or levels.

    Parameters
    ----------
    path : str
        Dotted path in the scenario.
    low, high : float
        Ends of a range.
    log : bool
        Whether it is filled in equal steps of the logarithm.
    whole : bool
        Whether it takes whole numbers only.
    levels : tuple
        Its values one by one, instead of a range.
    steps : int
        How many values of a range a grid takes.
    """

    path: str
    low: float = 0.0
    high: float = 1.0
    log: bool = False
    whole: bool = False
    levels: tuple[Any, ...] = ()
    steps: int = 0

    @property
    def count(self) -> int:
        """How many values it takes in a grid, 0 where that is not said."""
        return len(self.levels) or self.steps

    def spread(self) -> Array:
        """Return the places in [0, 1] of its values in a grid: both ends of a range, the middle of each level."""
        return (np.arange(self.count) + 0.5) / self.count if self.levels else np.linspace(0.0, 1.0, self.count)

    def value(self, u: float) -> Any:
        """Return the value at ``u`` in [0, 1]: equal lengths of ``u`` for equal parts of the range, or equal levels."""
        if self.levels:
            return self.levels[min(len(self.levels) - 1, int(u * len(self.levels)))]
        if self.whole and not self.log:
            return int(min(self.high, self.low + math.floor(u * (self.high - self.low + 1.0))))
        if not self.log:
            return min(self.high, max(self.low, self.low + (self.high - self.low) * u))  # rounding may overstep an end
        found = math.exp(math.log(self.low) + (math.log(self.high) - math.log(self.low)) * u)
        found = min(self.high, max(self.low, found))
        return round(found) if self.whole else found

    def unit(self, value: Any) -> float:
        """Return where ``value`` lies on the axis, in [0, 1]; levels by their place among the levels."""
        if self.levels:
            return self.levels.index(value) / max(1, len(self.levels) - 1)
        low, high, at = self.low, self.high, float(value)
        if self.log:
            low, high, at = math.log(low), math.log(high), math.log(at)
        return (at - low) / (high - low)

    @property
    def ordered(self) -> bool:
        """Whether its values are numbers."""
        return not self.levels or all(isinstance(x, int | float) and not isinstance(x, bool) for x in self.levels)


@dataclass(frozen=True)
class Points:
    """The points of a study, in their order: rows of numbers in [0, 1], or settings one by one.

    Parameters
    ----------
    axes : tuple of Axis
        The factors.
    rows : array of shape (points, factors), optional
        Where each point lies on each axis.
    listed : sequence of mapping, optional
        Dotted path -> value, for each point, instead of rows.
    origin : bool
        Whether a first point stands before all others at which nothing is set: the scenario as it is.
    """

    axes: tuple[Axis, ...] = ()
    rows: Array | None = None
    listed: Sequence[Mapping[str, Any]] = field(default=())
    origin: bool = False

    def __len__(self) -> int:
        count = len(self.rows) if self.rows is not None else len(self.listed)
        return count + self.origin

    def settings(self, point: int) -> dict[str, Any]:
        """Return path -> value at a point, empty at the origin."""
        place = point - self.origin
        if place < 0:
            return {}
        if self.rows is None:
            return dict(self.listed[place])
        return {axis.path: axis.value(float(u)) for axis, u in zip(self.axes, self.rows[place], strict=True)}

    def cells(self, point: int) -> list[float | int | str | None]:
        """Return the value of each factor as a cell of a table, ``None`` where none is set."""
        found = self.settings(point)
        return [cell(found[axis.path]) if axis.path in found else None for axis in self.axes]


def cell(value: Any) -> float | int | str | None:
    """Return ``value`` as a cell of a table: numbers and words as they are, all else as JSON."""
    if value is None or (isinstance(value, int | float | str) and not isinstance(value, bool)):
        return value
    return json.dumps(value, ensure_ascii=False)
