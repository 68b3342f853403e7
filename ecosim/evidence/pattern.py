"""A pattern: something that was measured in the world, the band in which a model should lie, and a trivial world.

A band without a null is no evidence: what a world without any theory passes too says nothing for a theory. So every
pattern is registered as the function that makes the records of its *null*, with the band and the source beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ecosim.model.watching.recorded import Record
from ecosim.registry import Registry

INF = float("inf")
Null = Callable[[np.random.Generator, str], Record]


class Part(NamedTuple):
    """One number of a pattern.

    Parameters
    ----------
    metric : str
        What is computed, of a simulated run, of real records, and of the null's.
    low, high : float
        The band, both ends included.
    observed : float or None
        What was measured in the cohort or cohorts from which the band was made.
    """

    metric: str
    low: float
    high: float
    observed: float | None = None

    def holds(self, value: float) -> bool:
        """Tell whether ``value`` lies in the band; an undefined one does not."""
        return self.low <= value <= self.high


@dataclass(frozen=True)
class Pattern:
    """A registered pattern.

    Parameters
    ----------
    name : str
        A1 .. A26.
    cohorts : tuple of str
        Calibrated scenarios in which it is looked for.
    parts : tuple of Part
        What has to hold at once.
    null : callable
        ``null(luck, cohort)`` returns the records of a trivial world.
    facts : str
        The shipped file that says what was measured.
    least : int
        In how many of the cohorts it has to hold.
    """

    name: str
    cohorts: tuple[str, ...]
    parts: tuple[Part, ...]
    null: Null
    facts: str
    least: int

    @property
    def metrics(self) -> tuple[str, ...]:
        """Return the metrics of its parts."""
        return tuple(part.metric for part in self.parts)

    def passed(self, values: Sequence[Sequence[float]]) -> bool:
        """Tell whether it holds.

        Parameters
        ----------
        values : sequence of shape (cohorts, parts)
            A value of each part in each cohort.
        """
        held = [all(part.holds(value) for part, value in zip(self.parts, row, strict=True)) for row in values]
        return sum(held) >= self.least


PATTERNS: Registry[Pattern] = Registry("pattern")
"""All patterns by name, in the order in which they are shown."""


def pattern(
    name: str, cohorts: str | tuple[str, ...], facts: str, *parts: Part, least: int = 0
) -> Callable[[Null], Null]:
    """Register the function that follows as the null of a pattern; see :class:`Pattern`.

    Without ``least`` it has to hold in every cohort.
    """
    named = (cohorts,) if isinstance(cohorts, str) else cohorts

    def register(null: Null) -> Null:
        PATTERNS.add(name, Pattern(name, named, parts, null, facts, least or len(named)))
        return null

    return register
