"""All worlds under one luck: a piece of work that some other process can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from ecosim.classroom.debrief.lots import Following, Lot
from ecosim.classroom.debrief.replay import replayed
from ecosim.classroom.debrief.worlds import Plan
from ecosim.model.engine import Engine
from ecosim.model.metrics import Metric, named
from ecosim.model.metrics.summary import plain

Numbers = list[float | None]


@dataclass(frozen=True)
class Came:
    """What came of a world under one luck, in plain values.

    Parameters
    ----------
    values : dict
        Metric -> run value, ``None`` where it is undefined.
    series : dict
        Metric -> value of each week lived, of the metrics that have one.
    lots : dict
        Learner -> what became of her, of those who were followed.
    kept, dropped : int
        How many decisions of people were possible there, and how many were not.
    """

    values: dict[str, float | None]
    series: dict[str, Numbers] = field(default_factory=dict)
    lots: dict[int, Lot] = field(default_factory=dict)
    kept: int = 0
    dropped: int = 0


@dataclass(frozen=True)
class Asked:
    """What is wanted of a luck.

    Parameters
    ----------
    metrics : tuple of str
        Of which the run value is wanted.
    weekly : tuple of str
        Of which the weekly series is wanted.
    learners : tuple of int
        Who is followed.
    """

    metrics: tuple[str, ...]
    weekly: tuple[str, ...] = ()
    learners: tuple[int, ...] = ()


def under_luck(plans: Mapping[str, Plan], replicate: int, asked: Asked) -> dict[str, Came]:
    """Live all worlds under the luck ``replicate``; return what came of each, by its name."""
    return {name: _came(plan, replicate, asked) for name, plan in plans.items()}


def _came(plan: Plan, replicate: int, asked: Asked) -> Came:
    """Live one world under one luck."""
    metrics, weekly = ({name: named(name) for name in names} for names in (asked.metrics, asked.weekly))
    watch = any(metric.watched for metric in (metrics | weekly).values())
    following = Following(asked.learners)
    engine, kept, dropped = replayed(plan.loaded, plan.choices, plan.weeks, replicate, watch, following.see)
    values = {name: _value(metric, engine) for name, metric in metrics.items()}
    series = {name: row for name, metric in weekly.items() if (row := _series(metric, engine)) is not None}
    return Came(values, series, following.lots(engine), kept, dropped)


def _value(metric: Metric, engine: Engine) -> float | None:
    """Return the run value; ``None`` where it is undefined, or no week has been lived."""
    found = plain(float(metric.value(engine))) if engine.week else None
    return found if found is None or np.isfinite(found) else None


def _series(metric: Metric, engine: Engine) -> Numbers | None:
    """Return the value of each week lived; ``None`` for a metric that has no weekly series."""
    found = None if metric.counterfactual else metric.weekly(engine)
    return None if found is None else [float(value) if np.isfinite(value) else None for value in found]
