"""The point that is nearest to the targets: a tree of Parzen estimators (Bergstra et al. 2011), as Optuna does it.

Trials are asked for in batches of a fixed size and told in their order, so that neither the number of workers nor an
interruption changes them. The screening is told first. A distance has luck in it, and the smallest of many is a lucky
one: the best few are lived again under other luck, and the best of these is taken.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
import optuna

from ecosim.calibration.document import AGAIN, BEST, CONFIRMING, Optuna
from ecosim.calibration.fit import Fit, Generation
from ecosim.calibration.lab import Lab, Lived, placed, settings_at
from ecosim.model.state import Array
from ecosim.study.plan.space import Axis

BATCH = 16  #: trials that are lived together; not the number of workers, on which nothing may depend


def nearest_point(lab: Lab, axes: tuple[Axis, ...], method: Optuna, screening: Lived) -> Fit:
    """Return the point that is nearest to the targets, the parameters that are not fitted standing still.

    Parameters
    ----------
    lab : Lab
        Who lives points.
    axes : tuple of Axis
        The parameters that are fitted.
    method : Optuna
        How.
    screening : Lived
        What came of the screening.
    """
    rows = [placed(axes, [lab.asked.proposed[point] for point in screening.points])]
    away, steps, points, left = [screening.away], [], list(screening.points), method.trials
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Optuna calls experimental
        search = _search(axes, lab.asked.seed, rows[0], screening.away)
        while left and lab.room() >= min(left, BATCH) + CONFIRMING:
            trials = [search.ask() for _ in range(min(left, BATCH))]
            units = np.array([[trial.suggest_float(axis.path, 0.0, 1.0) for axis in axes] for trial in trials])
            lived = lab.lived([settings_at(axes, row) for row in units])
            for trial, distance in zip(trials, lived.away, strict=True):
                search.tell(trial, float(distance))
            rows, away, points = [*rows, units], [*away, lived.away], [*points, *lived.points]
            left -= len(trials)
            steps.append(Generation(float(min(map(np.min, away))), len(trials), 1, 1.0))
    return _confirmed(lab, axes, np.vstack(rows), np.concatenate(away), points, steps, "budget" if left else "trials")


def _search(axes: Sequence[Axis], seed: int, units: Array, away: Array) -> Any:
    """Return a search that has been told of some points."""
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    sampler = optuna.samplers.TPESampler(seed=seed, multivariate=True, constant_liar=True)
    search = optuna.create_study(sampler=sampler)
    every: dict[str, Any] = {axis.path: optuna.distributions.FloatDistribution(0.0, 1.0) for axis in axes}
    for row, distance in zip(units, away, strict=True):
        at = {axis.path: float(u) for axis, u in zip(axes, row, strict=True)}
        search.add_trial(optuna.trial.create_trial(params=at, distributions=every, value=float(distance)))
    return search


def _confirmed(
    lab: Lab, axes: tuple[Axis, ...], units: Array, away: Array, points: list[int], steps: list[Generation], why: str
) -> Fit:
    """Return the best of the best few, lived again under other luck."""
    best = np.argsort(away, kind="stable")[:BEST]
    again = lab.lived([settings_at(axes, units[place]) for place in best for _ in range(AGAIN)])
    means = again.away.reshape(len(best), AGAIN).mean(axis=1)
    first = int(np.argmin(means))
    chosen = int(best[first])
    mine = slice(first * AGAIN, (first + 1) * AGAIN)
    fresh = Lived(again.points[mine], again.found[mine], again.away[mine])
    return Fit(axes, [points[chosen]], units[[chosen]], np.ones(1), means[[first]], steps, why, fresh)
