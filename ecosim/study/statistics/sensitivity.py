"""Which assumption a result depends on: indices with intervals, beside the floor that chance alone would reach."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from ecosim.model.state import Array
from ecosim.study.plan.loaded import LoadedStudy
from ecosim.study.plan.samplers import problem

SEED = 1  #: of SALib's bootstraps; it takes 0 for none
ONE_SIDED, TWO_SIDED = 1.6449, 1.96  #: quantiles of the standard normal: 95 times in 100
NEARLY = 0.999  #: a rank correlation counts as at most this: a few points in perfect order prove no more


class Index(NamedTuple):
    """One index of one factor.

    Parameters
    ----------
    of : str
        The design, or the difference of two, ``B - A``.
    metric : str
        Outcome.
    factor : str
        Path, or two of them for an interaction.
    name : str
        ``mu``, ``mu_star``, ``sigma`` (Morris); ``S1``, ``ST``, ``S2`` (Sobol'); ``rank`` (Spearman).
    value, low, high : float
        The index and its interval.
    noise : float
        What the index of a factor without any effect stays below by chance, 95 times in 100; NaN for one replicate. Of
        Sobol' indices: the share of the variance that is chance.
    """

    of: str
    metric: str
    factor: str
    name: str
    value: float
    low: float
    high: float
    noise: float


def outputs(study: LoadedStudy, values: Array) -> list[tuple[str, str, Array]]:
    """Return (of whom, metric, values of shape (points, replicates)): designs, and differences from the baseline."""
    names, base = [arm.name for arm in study.arms], study.baseline
    made = []
    for place, wanted in enumerate(study.wanted):
        for number, name in enumerate(names):
            made.append((name, wanted.key, values[:, number, :, place]))
        against = values[:, names.index(base), :, place]
        for number, name in enumerate(names):
            if name != base:
                made.append((f"{name} - {base}", wanted.key, values[:, number, :, place] - against))
    return made


def indices(study: LoadedStudy, values: Array) -> list[Index]:
    """Return the indices that the method of a study yields, for every outcome that has a value at each point.

    Parameters
    ----------
    study : LoadedStudy
        With points in the unit cube.
    values : array of shape (points, designs, replicates, metrics)
        NaN where there is none.
    """
    analyse = METHODS.get(study.kind if study.box is None else "box")
    rows = study.points.rows
    if analyse is None or rows is None or not len(values):
        return []
    found: list[Index] = []
    for of, metric, each in outputs(study, values):
        if study.kind == "designs" and " - " not in of:
            continue
        there = np.isfinite(each).any(axis=1)
        if there.all() or analyse is _ranks:
            kept = each[there]
            found += analyse(study, rows[there], kept, of, metric) if len(kept) > 3 else []
    return found


def _means(values: Array) -> Array:
    return np.asarray(np.nanmean(values, axis=1))


def noise_variance(values: Array) -> float:
    """Return the variance of a point's mean that is due to chance: NaN for one replicate.

    Replicates share their luck over all points, so that what a replicate adds everywhere is no noise between points.
    """
    luck = values.shape[1]
    if luck < 2:
        return float("nan")
    rest = values - _means(values)[:, None]
    rest = rest - np.nanmean(rest, axis=0)[None, :]
    freedom = (values.shape[0] - 1) * (luck - 1)
    return float(np.nansum(rest**2) / freedom / luck)


def _sobol(study: LoadedStudy, rows: Array, values: Array, of: str, metric: str) -> list[Index]:
    """Return Sobol' indices as SALib estimates them, with bootstrap intervals."""
    from SALib.analyze import sobol  # lazily: it imports pandas and matplotlib

    mean = _means(values)
    spread = float(mean.std())
    if spread == 0.0:
        return []
    method: Any = study.study.method
    axes = study.points.axes
    found = sobol.analyze(
        problem(axes), (mean - mean.mean()) / spread, calc_second_order=method.second_order,
        conf_level=study.study.compare.confidence, seed=SEED,
    )  # fmt: skip
    noise = noise_variance(values) / spread**2
    made = []
    for place, axis in enumerate(axes):
        for name in ("S1", "ST"):
            value, half = float(found[name][place]), float(found[f"{name}_conf"][place])
            made.append(Index(of, metric, axis.path, name, value, value - half, value + half, noise))
        for other in range(place + 1, len(axes)) if method.second_order else ():
            value, half = float(found["S2"][place, other]), float(found["S2_conf"][place, other])
            pair = f"{axis.path} x {axes[other].path}"
            made.append(Index(of, metric, pair, "S2", value, value - half, value + half, noise))
    return made


def _morris(study: LoadedStudy, rows: Array, values: Array, of: str, metric: str) -> list[Index]:
    """Return Morris's statistics as SALib estimates them: effects are per range of a factor."""
    from SALib.analyze import morris  # lazily: as above

    method: Any = study.study.method
    axes = study.points.axes
    confidence = study.study.compare.confidence
    found = morris.analyze(
        problem(axes), rows, _means(values), num_levels=method.levels, conf_level=confidence, seed=SEED
    )
    spread = effect_spread(rows, values)
    made, nan = [], float("nan")
    for place, axis in enumerate(axes):
        floor = floors(spread[place], method.trajectories)
        star, half = float(found["mu_star"][place]), float(found["mu_star_conf"][place])
        made.append(Index(of, metric, axis.path, "mu_star", star, max(0.0, star - half), star + half, floor.mu_star))
        made.append(Index(of, metric, axis.path, "mu", float(found["mu"][place]), nan, nan, floor.mu))
        made.append(Index(of, metric, axis.path, "sigma", float(found["sigma"][place]), nan, nan, floor.sigma))
    return made


class Floors(NamedTuple):
    """What Morris's statistics of a factor without effect stay below, by chance alone, 95 times in 100."""

    mu_star: float
    mu: float
    sigma: float


def floors(spread: float, trajectories: int) -> Floors:
    """Return the floors of a factor whose elementary effects have the standard error ``spread``, and no other cause.

    mu_star is a mean of |N(0, s^2)|: expected s sqrt(2 / pi), with standard deviation s sqrt(1 - 2 / pi) / sqrt(r);
    mu a mean of N(0, s^2); sigma its standard deviation, s sqrt(chi^2 / (r - 1)).
    """
    from scipy import stats  # lazily: it takes most of a second to import

    half_normal = np.sqrt(2.0 / np.pi) + ONE_SIDED * np.sqrt((1.0 - 2.0 / np.pi) / trajectories)
    sigma = np.sqrt(stats.chi2.ppf(0.95, trajectories - 1) / (trajectories - 1))
    return Floors(spread * float(half_normal), spread * TWO_SIDED / np.sqrt(trajectories), spread * float(sigma))


def effect_spread(rows: Array, values: Array) -> list[float]:
    """Return, for each factor, the standard error that chance gives an elementary effect, NaN for one replicate.

    An effect is a difference of two points under the same luck over the step between them; its variance over
    replicates is pooled over the trajectories.
    """
    factors, luck = rows.shape[1], values.shape[1]
    if luck < 2:
        return [float("nan")] * factors
    step = np.diff(rows, axis=0)
    moved = np.abs(step) > 1e-12
    single = moved.sum(axis=1) == 1
    found: list[list[float]] = [[] for _ in range(factors)]
    for place in np.flatnonzero(single):
        factor = int(np.argmax(moved[place]))
        effects = (values[place + 1] - values[place]) / step[place, factor]
        found[factor].append(float(np.nanvar(effects, ddof=1)) / luck)
    return [float(np.sqrt(np.mean(each))) if each else float("nan") for each in found]


def _ranks(study: LoadedStudy, rows: Array, values: Array, of: str, metric: str) -> list[Index]:
    """Return Spearman's rank correlation of an outcome with each factor; intervals of Bonett & Wright (2000)."""
    from scipy import stats  # lazily: it takes most of a second to import

    mean, count = _means(values), len(values)
    if np.ptp(mean) == 0.0:
        return []
    quantile = float(stats.norm.isf(0.5 * (1.0 - study.study.compare.confidence)))
    floor = float(np.tanh(quantile / np.sqrt(count - 3)))
    made = []
    for place, axis in enumerate(study.points.axes):
        if not axis.ordered or np.ptp(rows[:, place]) == 0.0:
            continue
        r = float(stats.spearmanr(rows[:, place], mean).statistic)
        half = quantile * float(np.sqrt((1.0 + 0.5 * r * r) / (count - 3)))
        z = float(np.arctanh(np.clip(r, -NEARLY, NEARLY)))
        low, high = float(np.tanh(z - half)), float(np.tanh(z + half))
        made.append(Index(of, metric, axis.path, "rank", r, low, high, floor))
    return made


Analysis = Callable[[LoadedStudy, Array, Array, str, str], list[Index]]

METHODS: dict[str, Analysis] = {"sobol": _sobol, "morris": _morris, "lhs": _ranks, "grid": _ranks, "box": _ranks}
"""Method -> how its points are analysed."""
