"""Sums over weighted particles: quantiles, shares, and the particle in the middle of all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ecosim.model.state import Array


def quantiles(values: Array, weights: Array, at: Sequence[float]) -> list[float]:
    """Return the smallest values at or below which at least each share of the weight lies; NaN without any value."""
    there = np.isfinite(values)
    if not there.any():
        return [float("nan")] * len(at)
    order = np.argsort(values[there], kind="stable")
    held = np.cumsum(weights[there][order])
    places = np.searchsorted(held / held[-1], np.asarray(at) - 1e-12)
    return [float(each) for each in values[there][order][np.minimum(places, len(order) - 1)]]


def share(chosen: Array, weights: Array) -> float:
    """Return the share of the weight of those that are ``chosen``."""
    return float(weights[chosen].sum() / weights.sum())


def mean_and_sd(values: Array, weights: Array) -> tuple[float, float]:
    """Return the weighted mean and standard deviation."""
    mean = float(np.average(values, weights=weights))
    return mean, float(np.sqrt(np.average((values - mean) ** 2, weights=weights)))


def effective(weights: Array) -> float:
    """Return how many equally weighted particles would know as much: (sum w)^2 / sum w^2 (Kish 1965)."""
    return float(weights.sum() ** 2 / (weights**2).sum())


def medoid(units: Array, weights: Array) -> int:
    """Return the particle whose weighted mean distance from the others is smallest; ``units``: (particles, axes)."""
    apart = np.sqrt(((units[:, None, :] - units[None, :, :]) ** 2).sum(axis=-1))
    return int(np.argmin(apart @ weights))
