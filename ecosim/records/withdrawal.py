"""When learners withdraw from a course: how many, in which weeks, and whether early rather than late."""

from __future__ import annotations

from math import exp, log, nan
from typing import NamedTuple

import numpy as np

from ecosim.records.measures import share
from ecosim.records.types import Array, Withdrawals

WORST_WEEKS = 3
FEWEST_WEEKS = 2  #: with a withdrawal: one alone tells no shape
PRECISION = 1e-8  #: of the logarithms of shape and cumulated hazard
STEPS = np.array([[0.0, 0.0], [0.5, 0.0], [0.0, 0.5]])  #: first of the search, in those logarithms


class Weibull(NamedTuple):
    """Weibull's hazard, (shape / scale) (t / scale)^(shape - 1): falling where shape is below 1; scale in weeks."""

    shape: float
    scale: float


def withdrawn_share(record: Withdrawals) -> float:
    """Return the share of learners who withdrew."""
    return share(record.week >= 0)


def by_week(record: Withdrawals) -> Array:
    """Return how many withdrew in each week, shape (weeks,); who withdrew after the last did so in the last."""
    weeks = np.minimum(record.week[record.week >= 0], record.weeks - 1)
    return np.bincount(weeks.astype(np.int64), minlength=record.weeks)


def survival(record: Withdrawals) -> Array:
    """Return the share of learners still there at the end of each week, S(t), shape (weeks,).

    Nobody is lost from sight before the course ends, so that this is Kaplan and Meier's (1958) estimate.
    """
    if not record.week.size:
        return np.full(record.weeks, nan)
    return np.asarray(1.0 - np.cumsum(by_week(record)) / record.week.size)


def worst_weeks_share(record: Withdrawals, worst: int = WORST_WEEKS) -> float:
    """Return the share of withdrawals that fell in the ``worst`` weeks with most of them: high where deadlines push."""
    counts = np.sort(by_week(record))[::-1]
    total = int(counts.sum())
    return float(counts[:worst].sum() / total) if total else nan


def weibull_shape(record: Withdrawals) -> float:
    """Return the shape of Weibull's hazard: below 1 where withdrawal is front-loaded, 1 for a constant hazard."""
    return weibull(record).shape


def weibull(record: Withdrawals) -> Weibull:
    """Return shape k and scale of Weibull's distribution by maximum likelihood, each week an interval.

    Who withdrew in week t did so between t and t + 1; who stayed is censored at the end of the last week::

        log L = sum_t d_t log(S(t) - S(t + 1)) + (n - sum_t d_t) log S(weeks),     S(t) = exp(-H (t / weeks)^k)

    The search is over log k and log H, H being the hazard cumulated over the course (Lawless 2003, section 5.2).
    """
    from scipy import optimize  # lazily: it takes half a second to import

    counts = by_week(record)
    left = int(counts.sum())
    if np.count_nonzero(counts) < FEWEST_WEEKS:
        return Weibull(nan, nan)
    stayed = record.week.size - left
    start = np.array([0.0, log(-log((stayed + 0.5) / (record.week.size + 1.0)))])
    options = {"xatol": PRECISION, "fatol": PRECISION, "initial_simplex": start + STEPS}
    found = optimize.minimize(_surprise, start, (counts, stayed), method="Nelder-Mead", options=options)
    if not found.success:
        return Weibull(nan, nan)
    shape, cumulated = exp(found.x[0]), float(found.x[1])
    return Weibull(shape, record.weeks * exp(-cumulated / shape))


def _surprise(point: Array, counts: Array, stayed: int) -> float:
    """Return -log L at (log k, log H); infinite where it overflows."""
    edges = np.arange(counts.size + 1) / counts.size
    there = counts > 0
    with np.errstate(all="ignore"):
        hazard = np.exp(point[1]) * edges ** np.exp(point[0])
        within = np.log(-np.expm1(-np.diff(hazard)[there])) - hazard[:-1][there]
        surprise = stayed * hazard[-1] - float(counts[there] @ within)
    return surprise if np.isfinite(surprise) else float("inf")
