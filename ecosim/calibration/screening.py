"""Which parameters the targets tell anything about, before anything is fitted.

All that is free is moved at once, over a Latin hypercube. Then each parameter is predicted from what came out for the
targets, by a forest of trees that has not seen the point (five-fold cross-validation). The share of its variance that
is predicted, R2, is what was found with so many points, and no upper bound: more points find more, and parameters that
make up for one another are each told badly. Where it is near 0 nothing was found, and a "best value" would hang on what
else is free. Such a parameter is left at the value that it has.

    R2 = 1 - sum_i (u_i - p_i)^2 / sum_i (u_i - mean u)^2

u_i is where the parameter lies in its range at point i, p_i what is predicted for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ecosim.calibration.lab import Lab, Lived, placed, settings_at
from ecosim.model.state import Array
from ecosim.study.plan.document import Lhs
from ecosim.study.plan.samplers import SAMPLERS
from ecosim.study.plan.space import Axis

FOLDS, TREES, LEAF = 5, 100, 3  #: of the cross-validation; of the forest; points in the smallest leaf
RESAMPLES, TAILS = 1000, (0.05, 0.95)  #: of the bootstrap over points; ends of a 90 % interval


class Told(NamedTuple):
    """What the targets tell about one parameter.

    Parameters
    ----------
    path : str
        Which.
    r2, low, high : float
        Share of its variance that the targets predict, with a 90 % interval over points.
    fitted : bool
        Whether it is enough to fit it.
    moves : dict of str to float
        Target -> rank correlation with the parameter, NaN where the target does not move.
    """

    path: str
    r2: float
    low: float
    high: float
    fitted: bool
    moves: dict[str, float]

    @property
    def strongest(self) -> tuple[str, float]:
        """The target that it moves most, and its rank correlation."""
        moving = {name: rho for name, rho in self.moves.items() if rho == rho}
        name = max(moving, key=lambda each: abs(moving[each]), default="")
        return name, moving.get(name, float("nan"))


class Screened(NamedTuple):
    """What came of the screening: its points, and what the targets tell about each parameter."""

    lived: Lived
    told: tuple[Told, ...]

    def kept(self, axes: Sequence[Axis]) -> tuple[Axis, ...]:
        """Return the axes of the parameters that are fitted."""
        return tuple(axis for axis, each in zip(axes, self.told, strict=True) if each.fitted)


def design(axes: Sequence[Axis], samples: int, seed: int) -> Array:
    """Return the places of the points of the screening: a Latin hypercube, shape (samples, axes)."""
    return SAMPLERS["lhs"].rows(axes, Lhs(kind="lhs", samples=samples), seed)


def screened(lab: Lab) -> Screened:
    """Live the points of the screening, and say what the targets tell about each parameter."""
    asked, method = lab.asked, lab.asked.calibration.method
    rows = design(asked.axes, method.screening, asked.seed)
    lived = lab.lived([settings_at(asked.axes, row) for row in rows])
    units = placed(asked.axes, asked.proposed[: method.screening])
    names = [aim.name for aim in asked.aims]
    told = tell(asked.axes, units, lived.found, names, method.identifiable, asked.seed)
    return Screened(lived, told)


def tell(
    axes: Sequence[Axis], units: Array, found: Array, names: Sequence[str], enough: float, seed: int
) -> tuple[Told, ...]:
    """Return what statistics tell about each parameter.

    Parameters
    ----------
    axes : sequence of Axis
        The parameters.
    units : array of shape (points, parameters)
        Where each lies in its range.
    found : array of shape (points, statistics)
        What came out, NaN where it is undefined.
    names : sequence of str
        Of the statistics.
    enough : float
        R2 from which on a parameter is fitted.
    seed : int
        Of folds, trees and resamples.
    """
    features = _features(found)
    told = []
    for place, axis in enumerate(axes):
        u = units[:, place]
        predicted = _predicted(features, u, seed)
        low, high = _interval(u, predicted, seed)
        r2 = _r2(u, predicted)
        moves = {name: _rank_correlation(u, found[:, each]) for each, name in enumerate(names)}
        told.append(Told(axis.path, r2, low, high, r2 >= enough, moves))
    return tuple(told)


def _features(found: Array) -> Array:
    """Return what trees may ask about: statistics, undefined ones at their median and flagged; what moves at all."""
    gaps = ~np.isfinite(found)
    medians = [np.median(column[~gap]) if not gap.all() else 0.0 for column, gap in zip(found.T, gaps.T, strict=True)]
    whole = np.hstack([np.where(gaps, medians, found), gaps.astype(float)])
    return np.asarray(whole[:, np.ptp(whole, axis=0) > 0.0])


def _predicted(features: Array, u: Array, seed: int) -> Array:
    """Return what is predicted for each point by trees that have not seen it."""
    if not features.shape[1]:
        return np.full(len(u), u.mean())
    from sklearn.ensemble import ExtraTreesRegressor  # lazily: it takes a second to import
    from sklearn.model_selection import KFold, cross_val_predict

    forest = ExtraTreesRegressor(TREES, min_samples_leaf=LEAF, random_state=seed)
    folds = KFold(FOLDS, shuffle=True, random_state=seed)
    return np.asarray(cross_val_predict(forest, features, u, cv=folds))


def _r2(u: Array, predicted: Array) -> float:
    """Return the share of the variance of ``u`` that is predicted; below 0 where the mean would do better."""
    spread = float(((u - u.mean()) ** 2).sum())
    return 1.0 - float(((u - predicted) ** 2).sum()) / spread if spread else 0.0


def _interval(u: Array, predicted: Array, seed: int) -> tuple[float, float]:
    """Return the interval of R2 over which the choice of points moves it: percentiles of a bootstrap."""
    drawn = np.random.default_rng(seed).integers(0, len(u), (RESAMPLES, len(u)))
    low, high = np.quantile([_r2(u[each], predicted[each]) for each in drawn], TAILS)
    return float(low), float(high)


def _rank_correlation(u: Array, found: Array) -> float:
    """Return Spearman's rank correlation over the points where a statistic is defined, NaN where it does not move."""
    there = np.isfinite(found)
    if there.sum() < 3 or not np.ptp(found[there]) or not np.ptp(u[there]):
        return float("nan")
    from scipy.stats import spearmanr  # lazily: it takes a second to import

    return float(spearmanr(u[there], found[there]).statistic)
