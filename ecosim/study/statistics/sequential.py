"""Looking at results several times without fooling oneself: looks, and the confidence that each look may spend.

Intervals are repeated confidence intervals (Jennison & Turnbull 1989): at look k the estimate plus or minus c_k
standard errors, the c_k such that the chance that any look's interval misses the truth is alpha. Alpha is spent in
proportion to the share of runs that have been made (Lan & DeMets 1983; Kim & DeMets 1987 with rho = 1).
"""

from __future__ import annotations

from functools import cache
from math import erfc, sqrt

import numpy as np

from ecosim.model.state import Array
from ecosim.study.plan.document import Replicates

GRID, REACH = 801, 8.5  #: places, and standard deviations, over which the paths of an estimate are followed
BISECTIONS = 60


def looks(replicates: Replicates) -> tuple[int, ...]:
    """Return after how many replicates results are looked at: min, twice as many, and so on, and max."""
    if replicates.until == "fixed":
        return (replicates.max,)
    found = [replicates.min]
    while found[-1] < replicates.max:
        found.append(min(2 * found[-1], replicates.max))
    return tuple(found)


@cache
def levels(counts: tuple[int, ...], alpha: float) -> tuple[float, ...]:
    """Return the two-sided level of the interval at each look: all looks together miss the truth with ``alpha``.

    Parameters
    ----------
    counts : tuple of int
        Replicates at each look, ascending.
    alpha : float
        To be spent in all.

    Notes
    -----
    The recursion of Armitage, McPherson & Rowe (1969): the density of the estimate's path among those whose intervals
    have all held, look by look, on a grid; the bound of each look is found by bisection.
    """
    if len(counts) == 1:
        return (alpha,)
    times = np.array(counts, float) / counts[-1]
    spent = alpha * np.diff(np.concatenate([[0.0], times]))
    place = np.linspace(-REACH, REACH, GRID)
    found: list[float] = []
    density, before, width = np.empty(0), 0.0, place[1] - place[0]
    for time, share in zip(times, spent, strict=True):
        path = place * sqrt(time)  # the score at this time; z = path / sqrt(time)
        if not found:
            now = np.exp(-0.5 * place**2) / sqrt(2.0 * np.pi) * width
        else:
            now = _moved(density, place * sqrt(before), path, time - before) * width * sqrt(time)
        bound = _bound(now, place, float(share))
        found.append(erfc(bound / sqrt(2.0)))
        density, before = np.where(np.abs(place) < bound, now, 0.0), time
    return tuple(found)


def _moved(mass: Array, start: Array, end: Array, time: float) -> Array:
    """Return the density at ``end`` of what had ``mass`` at ``start`` and walked for ``time``."""
    steps = (end[:, None] - start[None, :]) ** 2
    return np.asarray((np.exp(-0.5 * steps / time) / sqrt(2.0 * np.pi * time)) @ mass)


def _bound(mass: Array, place: Array, share: float) -> float:
    """Return c such that ``share`` of the mass lies beyond it, on both sides together."""
    low, high = 0.0, REACH
    for _ in range(BISECTIONS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if _beyond(mass, place, middle) > share else (low, middle)
    return 0.5 * (low + high)


def _beyond(mass: Array, place: Array, bound: float) -> float:
    """Return the mass beyond a bound, the grid's cell that it cuts counted in part."""
    half = 0.5 * (place[1] - place[0])
    part = np.clip((np.abs(place) + half - bound) / (2.0 * half), 0.0, 1.0)
    return float((mass * part).sum())
