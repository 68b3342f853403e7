"""How far off a forecast is, with 95 % intervals by resampling learners (Efron & Tibshirani 1993)."""

from __future__ import annotations

from math import nan
from typing import NamedTuple

import numpy as np

from ecosim.records.types import Array

RESAMPLES, TAILS = 1000, (2.5, 97.5)


class Estimate(NamedTuple):
    """A number and the ends of its interval."""

    value: float
    low: float
    high: float

    def as_json(self) -> list[float | None]:
        """Return value and ends to four digits, ``None`` where one is undefined."""
        return [round(float(each), 4) if np.isfinite(each) else None for each in self]


def resampled(learners: int, luck: np.random.Generator, times: int = RESAMPLES) -> Array:
    """Return the learners of each resample, shape (times, learners)."""
    return np.asarray(luck.integers(0, learners, (times, learners)))


def estimate(value: float, again: Array) -> Estimate:
    """Return ``value`` with the percentiles of its resamples."""
    defined = again[np.isfinite(again)]
    if not defined.size:
        return Estimate(value, nan, nan)
    low, high = np.percentile(defined, TAILS)
    return Estimate(value, float(low), float(high))


def mean(each: Array, draws: Array) -> Estimate:
    """Return the mean over learners of a number of each."""
    return estimate(float(each.mean()), each[draws].mean(axis=1))


def skill(error: Array, base: Array, draws: Array) -> Estimate:
    """Return 1 - mean(error) / mean(base): 0 for no better than the base rate, 1 for no error."""
    again = 1.0 - error[draws].mean(axis=1) / base[draws].mean(axis=1)
    return estimate(float(1.0 - error.mean() / base.mean()), again)


def auc(said: Array, happened: Array) -> float:
    """Return the chance that who has the outcome was given a higher chance than who has not, ties counting half.

    (sum of ranks of those who have it - n1 (n1 + 1) / 2) / (n1 n0), after Mann & Whitney (1947).
    """
    from scipy.stats import rankdata  # lazily: it takes half a second to import

    there = happened > 0.0
    have, have_not = int(there.sum()), int((~there).sum())
    if not (have and have_not):
        return nan
    return float((rankdata(said)[there].sum() - have * (have + 1) / 2) / (have * have_not))


def told_apart(said: Array, happened: Array, draws: Array) -> Estimate:
    """Return the area under the curve, with its interval."""
    return estimate(auc(said, happened), np.array([auc(said[draw], happened[draw]) for draw in draws]))
