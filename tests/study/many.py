"""Very many simulated studies at once: the sequential comparison of two designs, computed for thousands side by side.

``paired.interval`` draws the same resamples for every study of the same size, so that the bootstrap means of thousands
of studies are one product of matrices. A test compares this with ``paired.interval`` and ``verdict.judged`` themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import erfc, sqrt
from typing import Any, NamedTuple

import numpy as np
from scipy import stats
from scipy.special import ndtr, ndtri

from ecosim.study.statistics import paired
from ecosim.study.statistics.sequential import levels

LOOKS = (20, 40, 80, 160, 320, 400)
SMALLEST = 0.2  #: in standard deviations of a difference
AT_ONCE = 500

Draw = Callable[[np.random.Generator, tuple[int, int]], Any]


def _skewed(rng: np.random.Generator, shape: tuple[int, int]) -> Any:
    return rng.exponential(size=shape) - 1.0


def _heavy(rng: np.random.Generator, shape: tuple[int, int]) -> Any:
    return (rng.exponential(size=shape) - rng.exponential(size=shape)) / sqrt(2.0)


def _discrete(rng: np.random.Generator, shape: tuple[int, int]) -> Any:
    return (rng.binomial(10, 0.7, shape) - rng.binomial(10, 0.7, shape)) / sqrt(4.2)


def _discrete_skewed(rng: np.random.Generator, shape: tuple[int, int]) -> Any:
    return (rng.poisson(0.5, shape) - 0.5) / sqrt(0.5)


NOISES: dict[str, Draw] = {
    "normal": lambda rng, shape: rng.standard_normal(shape),
    "exponential": _skewed,
    "difference of exponentials": _heavy,
    "difference of counts": _discrete,
    "rare counts": _discrete_skewed,
}
"""Differences with mean zero and standard deviation one."""


@cache
def _weights(count: int) -> Any:
    """Return how often each value stands in each resample, over ``count``: shape (count, resamples)."""
    drawn = np.random.default_rng(0).integers(0, count, (paired.RESAMPLES, count))
    made = np.zeros((count, paired.RESAMPLES))
    np.add.at(made, (drawn.ravel(), np.repeat(np.arange(paired.RESAMPLES), count)), 1.0)
    return made / count


def intervals(values: Any, level: float) -> tuple[Any, Any]:
    """Return both ends of ``paired.interval``, for every row of ``values``."""
    count = values.shape[1]
    mean = values.mean(axis=1)
    means = values @ _weights(count)
    below = (means < mean[:, None] - 1e-13).mean(axis=1)
    upto = (means <= mean[:, None] + 1e-13).mean(axis=1)
    bias = ndtri(0.5 * (below + upto))
    away = values - mean[:, None]
    skew = (away**3).sum(axis=1) / (away**2).sum(axis=1) ** 1.5 / 6.0
    wide = erfc(sqrt(count / (count - 1)) * float(stats.t.isf(0.5 * level, count - 1)) / sqrt(2.0))
    means.sort(axis=1)
    made = []
    for z in (ndtri(0.5 * max(wide, 1e-6)), -ndtri(0.5 * max(wide, 1e-6))):
        place = ndtr(bias + (bias + z) / (1.0 - skew * (bias + z))) * (means.shape[1] - 1)
        lower = np.clip(np.floor(place).astype(int), 0, means.shape[1] - 2)
        rows = np.arange(len(means))
        made.append(means[rows, lower] + (means[rows, lower + 1] - means[rows, lower]) * (place - lower))
    half = float(stats.t.isf(0.5 * level, count - 1)) * values.std(axis=1, ddof=1) / sqrt(count)
    return np.minimum(made[0], mean - half), np.maximum(made[1], mean + half)


class Course(NamedTuple):
    """How simulated studies ended: at which look, with which interval."""

    look: Any
    low: Any
    high: Any


def courses(differences: Any, smallest: float = SMALLEST, alpha: float = 0.05) -> Course:
    """Return how studies with these ``differences``, shape (studies, replicates), end."""
    studies = len(differences)
    end = Course(np.zeros(studies, int), np.zeros(studies), np.zeros(studies))
    left = np.arange(studies)
    for place, (count, level) in enumerate(zip(LOOKS, levels(LOOKS, alpha), strict=True)):
        low, high = intervals(differences[left, :count], level)
        over = (low > 0.0) | (high < 0.0) | ((-smallest < low) & (high < smallest))
        over |= count == LOOKS[-1]
        for kept, found in zip(end, (np.full(len(left), place), low, high), strict=True):
            kept[left[over]] = found[over]
        left = left[~over]
        if not left.size:
            break
    return end


class Coverage(NamedTuple):
    """Share of studies whose printed interval holds the truth, its 95 % interval, and misses by look."""

    share: float
    low: float
    high: float
    misses: list[int]


def coverage(noise: str, truth: float, studies: int, seed: int = 11) -> Coverage:
    """Return the coverage of the whole sequential procedure for a true difference ``truth``."""
    rng, misses = np.random.default_rng(seed), np.zeros(len(LOOKS), int)
    for start in range(0, studies, AT_ONCE):
        many = min(AT_ONCE, studies - start)
        end = courses(NOISES[noise](rng, (many, LOOKS[-1])) + truth)
        missed = (end.low > truth) | (truth > end.high)
        misses += np.bincount(end.look[missed], minlength=len(LOOKS))
    held = studies - int(misses.sum())
    found = stats.binomtest(held, studies).proportion_ci(0.95)
    return Coverage(held / studies, float(found.low), float(found.high), misses.tolist())
