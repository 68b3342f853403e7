"""The cohort as a whole: which share of the enrolled is active in each of the weeks to come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ecosim.records.activity import active_share
from ecosim.records.types import Array, Panel

CONTESTANTS = ("model", "persistence", "trend")


@dataclass(frozen=True)
class Curve:
    """The active share after the first weeks.

    Parameters
    ----------
    observed : array of shape (weeks,)
        As it was.
    said : dict
        Contestant -> what it said, same shape.
    """

    observed: Array
    said: dict[str, Array]

    @property
    def errors(self) -> dict[str, float]:
        """The root of the mean squared error of each."""
        return {name: float(np.sqrt(np.mean((said - self.observed) ** 2))) for name, said in self.said.items()}

    @property
    def best(self) -> str:
        """Who was least far off."""
        return min(self.errors, key=lambda name: self.errors[name])

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        curves = {"observed": self.observed, **self.said}
        return {
            "rmse": {name: round(value, 4) for name, value in self.errors.items()},
            "best": self.best,
            "curves": {name: [round(float(each), 4) for each in values] for name, values in curves.items()},
        }


def curve(seen: Panel, lives: list[Panel], weeks: int) -> Curve:
    """Return what is said of the weeks after the first ``weeks``.

    *model*: the mean over lives. *persistence*: the share of the last week seen goes on. *trend*: so does the straight
    line through the weeks seen, within [0, 1].
    """
    share = active_share(seen)
    to_come = np.arange(weeks, share.size)
    slope, start = np.polyfit(np.arange(weeks), share[:weeks], 1)
    said = {
        "model": np.mean([active_share(each)[weeks:] for each in lives], axis=0),
        "persistence": np.full(to_come.size, share[weeks - 1]),
        "trend": np.clip(start + slope * to_come, 0.0, 1.0),
    }
    return Curve(share[weeks:], said)
