"""Two designs under the same luck: the difference of each pair, with its interval and its size.

A pair is one replicate: the same learners, the same chance, another design. The variance of the difference is smaller
than that of two independent samples by as much as the luck is shared.
"""

from __future__ import annotations

from math import erfc, floor, log10, sqrt
from typing import NamedTuple

import numpy as np

from ecosim.model.state import Array

RESAMPLES = 9999
FEWEST = 2  #: pairs for an interval
ROUNDING = 1e-12  #: relative difference between values that are the same but for rounding
DIGITS = 11  #: of the range of values, to which resampled means are told apart


class Interval(NamedTuple):
    """An estimate and its interval."""

    mean: float
    low: float
    high: float


class Effect(NamedTuple):
    """A difference between two designs.

    Parameters
    ----------
    pairs : int
        Replicates in which both have a value.
    difference, low, high : float
        Mean of the paired differences, and its interval.
    level : float
        Two-sided level of that interval: the share of alpha that it spends.
    paired_d : float
        Mean over standard deviation of the paired differences (d_z); larger than Cohen's d where luck is shared.
    cliffs_delta : float
        P(B > A) - P(B < A) over all pairs of runs, whatever their luck (Cliff 1993).
    superiority : float
        Share of replicates in which B is higher than A under the same luck, ties counting half.
    """

    pairs: int
    difference: float
    low: float
    high: float
    level: float
    paired_d: float
    cliffs_delta: float
    superiority: float


def bca(values: Array, level: float) -> Interval:
    """Return the mean of ``values`` with its bias-corrected and accelerated bootstrap interval (Efron 1987).

    The level is widened for small samples as Student's t is (Hesterberg 2015): the bootstrap alone is too narrow by
    sqrt((n - 1) / n), and as if the standard deviation were known. Means are rounded, so that those of discrete values
    that are equal tie with the mean of the sample, whatever the order in which they were added up.

    Parameters
    ----------
    values : array of shape (n,)
        Without gaps.
    level : float
        Two-sided level, .05 for 95 %.
    """
    from scipy import stats  # lazily: it takes most of a second to import

    count = values.size
    mean = float(values.mean()) if count else float("nan")
    if count < FEWEST:
        return Interval(mean, float("nan"), float("nan"))
    if np.ptp(values) == 0.0:
        return Interval(mean, mean, mean)
    wide = erfc(sqrt(count / (count - 1)) * float(stats.t.isf(0.5 * level, count - 1)) / sqrt(2.0))
    digits = DIGITS - floor(log10(np.ptp(values)))

    def statistic(drawn: Array, axis: int = -1) -> Array:
        return np.asarray(np.round(np.mean(drawn, axis=axis), digits))

    found = stats.bootstrap(
        (values,), statistic, vectorized=True, method="BCa", confidence_level=1.0 - max(wide, 1e-6),
        n_resamples=RESAMPLES, rng=np.random.default_rng(0), batch=max(1, 4_000_000 // count),
    )  # fmt: skip
    low, high = float(found.confidence_interval.low), float(found.confidence_interval.high)
    if not (np.isfinite(low) and np.isfinite(high)):
        return student(values, level)
    return Interval(mean, low, high)


def interval(values: Array, level: float) -> Interval:
    """Return the mean of ``values`` with the interval by which studies are judged: at each end the wider of two.

    The bootstrap follows the skewness of the values, Student's t does not; but with few values and at the high
    confidence of an early look the bootstrap's end is too near where tails are long, since no resample goes beyond the
    values there are. The wider of both keeps what is promised for either (a test simulates it).

    Parameters
    ----------
    values : array of shape (n,)
        Without gaps.
    level : float
        Two-sided level, .05 for 95 %.
    """
    one, other = bca(values, level), student(values, level)
    return Interval(one.mean, min(one.low, other.low), max(one.high, other.high))


def student(values: Array, level: float) -> Interval:
    """Return the mean of ``values`` with its interval by Student's t."""
    from scipy import stats  # lazily: as above

    count = values.size
    mean = float(values.mean()) if count else float("nan")
    if count < FEWEST:
        return Interval(mean, float("nan"), float("nan"))
    half = float(stats.t.isf(0.5 * level, count - 1)) * float(values.std(ddof=1)) / sqrt(count)
    return Interval(mean, mean - half, mean + half)


def p_value(values: Array) -> float:
    """Return how unlikely a mean so far from zero would be by chance (Student's t); only to order comparisons by."""
    from scipy import stats  # lazily: as above

    if values.size < FEWEST:
        return 1.0
    if np.ptp(values) <= ROUNDING * np.abs(values).max():
        return float(values[0] == 0.0)
    return float(stats.ttest_1samp(values, 0.0).pvalue)


def paired(of: Array, against: Array) -> Array:
    """Return the differences of the replicates in which both have a value."""
    both = min(of.size, against.size)
    difference = of[:both] - against[:both]
    return np.asarray(difference[np.isfinite(difference)])


def effect(of: Array, against: Array, level: float) -> Effect:
    """Return the effect of one design against another on a metric, both of shape (replicates,), NaN for gaps."""
    difference = paired(of, against)
    found = interval(difference, level)
    spread = float(difference.std(ddof=1)) if difference.size > 1 else float("nan")
    wins = float(np.mean(np.sign(difference) * 0.5 + 0.5)) if difference.size else float("nan")
    size = found.mean / spread if spread > 0.0 else float("nan")
    return Effect(int(difference.size), found.mean, found.low, found.high, level, size, cliffs_delta(of, against), wins)


def cliffs_delta(of: Array, against: Array) -> float:
    """Return P(B > A) - P(B < A) over all pairs of values, by ranks."""
    from scipy import stats  # lazily: as above

    one, other = of[np.isfinite(of)], against[np.isfinite(against)]
    if not one.size or not other.size:
        return float("nan")
    rank = stats.rankdata(np.concatenate([one, other]))[: one.size].sum()
    above = rank - 0.5 * one.size * (one.size + 1)
    return float(2.0 * above / (one.size * other.size) - 1.0)
