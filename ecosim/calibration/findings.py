"""What a calibration found, as plain values and tables."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from ecosim.calibration.fit import Fit
from ecosim.calibration.lab import settings_at
from ecosim.calibration.loaded import LoadedCalibration
from ecosim.calibration.screening import Screened
from ecosim.calibration.weighing import effective, mean_and_sd, medoid, quantiles, share
from ecosim.model.state import Array

QUANTILES = ("q05", "q25", "median", "q75", "q95")
AT = (0.05, 0.25, 0.5, 0.75, 0.95)  #: quantiles that are told: a 50 % and a 90 % interval about the median


class Parameter(NamedTuple):
    """What is known of a parameter that was fitted.

    Parameters
    ----------
    path : str
        Which.
    mean, sd, q05, q25, median, q75, q95 : float
        Of its posterior, in its own unit.
    best : float
        Its value at the point that stands for all.
    narrowed : float
        By how much the posterior is narrower than the prior: 1 - sd / sd of the prior, both of its place in the range.
    """

    path: str
    mean: float
    sd: float
    q05: float
    q25: float
    median: float
    q75: float
    q95: float
    best: float | int
    narrowed: float


class Met(NamedTuple):
    """Whether a target is met by what the posterior predicts.

    Parameters
    ----------
    cohort, metric : str
        Which.
    low, high : float
        Its band.
    median, q05, q95 : float
        Of what the particles yield under other luck, NaN where it is undefined.
    within : float
        Share of the weight that comes to lie in the band.
    undefined : float
        Share of the weight for which there is no value.
    """

    cohort: str
    metric: str
    low: float
    high: float
    median: float
    q05: float
    q95: float
    within: float
    undefined: float


@dataclass(frozen=True)
class Found:
    """What a calibration found.

    Parameters
    ----------
    asked : LoadedCalibration
        What was sought, with all its points.
    screening : Screened
        What the targets tell about each parameter.
    fit : Fit or None
        What was fitted, ``None`` where nothing was asked for, or no parameter can be told.
    counts : dict
        Runs by status.
    """

    asked: LoadedCalibration
    screening: Screened
    fit: Fit | None
    counts: dict[str, int]

    @property
    def particles(self) -> int:
        """How many particles there are."""
        return len(self.fit.points) if self.fit is not None else 0

    @cached_property
    def rows(self) -> list[dict[str, float | int]]:
        """What each particle sets: path -> value."""
        return [settings_at(self.fit.axes, units) for units in self.fit.units] if self.fit is not None else []

    @cached_property
    def weights(self) -> Array:
        """Of the particles."""
        return self.fit.weights if self.fit is not None else np.empty(0)

    @cached_property
    def best(self) -> dict[str, float | int]:
        """The point that stands for all: the particle nearest to the others, empty without particles."""
        if self.fit is None or not self.particles:
            return {}
        return self.rows[medoid(self.fit.units, self.weights)]

    @cached_property
    def parameters(self) -> list[Parameter]:
        """What is known of each parameter that was fitted."""
        if self.fit is None or not self.particles:
            return []
        found = []
        for place, axis in enumerate(self.fit.axes):
            values = np.array([row[axis.path] for row in self.rows], dtype=float)
            mean, sd = mean_and_sd(values, self.weights)
            _, spread = mean_and_sd(self.fit.units[:, place], self.weights)
            told = dict(zip(QUANTILES, quantiles(values, self.weights, AT), strict=True))
            narrowed = 1.0 - spread * np.sqrt(12.0)  # the sd of an even spread over [0, 1] is 1 / sqrt(12)
            found.append(Parameter(axis.path, mean, sd, **told, best=self.best[axis.path], narrowed=float(narrowed)))
        return found

    @cached_property
    def met(self) -> list[Met]:
        """Whether each target is met by what the posterior predicts."""
        if self.fit is None or self.fit.fresh is None:
            return []
        fresh = self.fit.fresh.found
        weights = self.weights if len(self.weights) == len(fresh) else np.full(len(fresh), 1.0 / len(fresh))
        found = []
        for place, aim in enumerate(self.asked.aims):
            values = fresh[:, place]
            low, middle, high = quantiles(values, weights, (0.05, 0.5, 0.95))
            within = share((values >= aim.low) & (values <= aim.high), weights)
            undefined = share(~np.isfinite(values), weights)
            found.append(Met(aim.cohort, aim.metric, aim.low, aim.high, middle, low, high, within, undefined))
        return found

    def plain(self) -> dict[str, Any]:
        """Return all of it as plain values: ``calibration.json``."""
        asked, fit = self.asked, self.fit
        made = {
            "calibration": asked.study.name,
            "spec": asked.study.spec(),
            "method": asked.calibration.method.kind,
            "seed": asked.seed,
            "replicates": asked.calibration.replicates,
            "runs": self.counts,
            "points": len(asked.proposed),
            "free": {axis.path: _range(axis) for axis in asked.axes},
            "screening": [{**each._asdict(), "moves": dict(each.moves)} for each in self.screening.told],
            "fitted": [each.path for each in self.screening.told if each.fitted],
            "fixed": {each.path: each.r2 for each in self.screening.told if not each.fitted},
            "steps": [{**each._asdict(), "rate": each.accepted / each.proposed} for each in fit.steps] if fit else [],
            "stopped": fit.stopped if fit else None,
            "particles": self.particles,
            "effective": effective(self.weights) if self.particles else 0.0,
            "posterior": {each.path: _without_path(each) for each in self.parameters},
            "point": self.best,
            "distance": float(fit.fresh.away.mean()) if fit and fit.fresh is not None else None,
            "targets": [each._asdict() for each in self.met],
        }
        told: dict[str, Any] = json.loads(json.dumps(made), parse_constant=lambda constant: None)
        return told


def _range(axis: Any) -> dict[str, Any]:
    """Return the range of an axis as a file says it."""
    return {"min": axis.low, "max": axis.high, "scale": "log" if axis.log else "linear"}


def _without_path(each: Parameter) -> dict[str, Any]:
    """Return what is known of a parameter, but for its name."""
    return {name: value for name, value in each._asdict().items() if name != "path"}
