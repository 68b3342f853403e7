"""Measures that several statistics share; NaN where one is undefined, never an error or a warning."""

from __future__ import annotations

from math import nan

import numpy as np

from ecosim.records.types import Array

ROUNDING = 1e-12  #: a standard deviation below this is that of equal values, but for rounding
FEWEST = 2  #: values for a correlation or a standard deviation


def share(cases: Array) -> float:
    """Return the share of true cases, of a bool array of any shape."""
    return float(cases.mean()) if cases.size else nan


def mean(values: Array) -> float:
    """Return the mean of those values that are defined."""
    there = values[np.isfinite(values)]
    return float(there.mean()) if there.size else nan


def varies(values: Array) -> bool:
    """Return whether there are two values or more, not all the same."""
    return values.size >= FEWEST and float(values.std()) > ROUNDING


def gini(values: Array) -> float:
    """Return the Gini coefficient of amounts: sum_i (2 i - n - 1) x_(i) / (n sum x), in ascending order.

    0 where all have the same, 1 - 1 / n where one has all; undefined where there is nothing to share (Gini 1912).

    Parameters
    ----------
    values : array of shape (n,)
        At least 0 each.
    """
    count, total = values.size, float(values.sum())
    if not total > 0.0:
        return nan
    weight = 2.0 * np.arange(1, count + 1) - count - 1.0
    return float(weight @ np.sort(values) / (count * total))


def correlation(one: Array, other: Array) -> float:
    """Return Pearson's correlation over the pairs, both of shape (n,), in which both are defined."""
    both = np.isfinite(one) & np.isfinite(other)
    one, other = one[both], other[both]
    if not (varies(one) and varies(other)):
        return nan
    product = np.mean((one - one.mean()) * (other - other.mean()))
    return float(np.clip(product / (one.std() * other.std()), -1.0, 1.0))


def rank_correlation(one: Array, other: Array) -> float:
    """Return Spearman's correlation of two arrays of shape (n,): Pearson's of the ranks, ties sharing theirs."""
    from scipy import stats  # lazily: it takes most of a second to import

    return correlation(stats.rankdata(one), stats.rankdata(other))
