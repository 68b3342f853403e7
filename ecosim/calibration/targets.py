"""How far a point is from what is to be met.

A target is a band [low, high] in which a metric of a cohort is to lie. What came out is counted from the middle of the
band, in half-widths of it, so that bands of any unit compare, and a narrow band, which data know well, asks for more:

    z_j = min(|x_j - c_j| / h_j, WORST),    distance = sqrt(sum_j w_j z_j^2 / sum_j w_j)

x_j is the mean over replicates. One that is undefined in all of them counts as WORST, so that no world is preferred
because nothing can be said of it; the bound keeps one target out of reach from drowning the others. At a distance of 1
a point is at the edges of its bands, on average; values spread evenly over them have a distance of 0.58.

Accepting all distances below a tolerance, rather than as small a one as can be had, is exact inference where the error
of observation or of the model is spread evenly over such distances (Wilkinson 2013, Statistical Applications in
Genetics and Molecular Biology); it keeps a fit from following luck.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ecosim.model.state import Array

WORST = 10.0  #: half-widths beyond which a target counts no more


class Aim(NamedTuple):
    """A target, with where its metric stands among what is measured.

    Parameters
    ----------
    cohort, metric : str
        Which: the name of a cohort, and the key of a metric.
    design, column : int
        The number of the cohort, and that of the metric.
    low, high : float
        The band, in the unit of the metric.
    weight : float
        How much it counts.
    """

    cohort: str
    metric: str
    design: int
    column: int
    low: float
    high: float
    weight: float

    @property
    def name(self) -> str:
        """How tables call it."""
        return f"{self.cohort}.{self.metric}"

    @property
    def centre(self) -> float:
        """The middle of the band."""
        return 0.5 * (self.low + self.high)

    @property
    def half(self) -> float:
        """Half the width of the band."""
        return 0.5 * (self.high - self.low)

    def about(self, value: float) -> Aim:
        """Return the same with a band of the same width about ``value``."""
        return self._replace(low=value - self.half, high=value + self.half)


def statistics(values: Array, aims: Sequence[Aim]) -> Array:
    """Return what came out for each target.

    Parameters
    ----------
    values : array of shape (points, cohorts, replicates, metrics)
        NaN where there is none.
    aims : sequence of Aim
        The targets.

    Returns
    -------
    array of shape (points, targets)
        Means over the replicates that have a value, NaN where none has.
    """
    found = np.stack([values[:, aim.design, :, aim.column] for aim in aims], axis=-1)
    there = np.isfinite(found)
    count = there.sum(axis=1)
    total = np.where(there, found, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def distances(found: Array, aims: Sequence[Aim]) -> Array:
    """Return the distance of each point from the targets, in half-widths; ``found`` has shape (points, targets)."""
    centre, half, weight = (np.array([getattr(aim, name) for aim in aims]) for name in ("centre", "half", "weight"))
    away = np.abs(found - centre) / half
    bounded = np.minimum(np.where(np.isfinite(away), away, WORST), WORST)
    return np.asarray(np.sqrt((weight * bounded**2).sum(axis=-1) / weight.sum()))
