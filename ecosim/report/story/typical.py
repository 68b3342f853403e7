"""Whose story to tell where nobody was asked for: the learner in the middle of all."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.model.metrics.groups import skill_of
from ecosim.model.state import Array


def typical_learner(run: Any) -> int:
    """Return the medoid of all who ever came.

    She has the smallest sum of distances to everybody: the sum, over her skill on her interest, her weeks active, the
    weeks at whose end she was enrolled and her ties, of differences in standard deviations; of equals the lowest
    number. Computed by sorting, so that it costs little in large runs.

    Parameters
    ----------
    run : Run
        A run that has been lived.
    """
    engine, people = run.engine, run.engine.learners
    who = np.flatnonzero(people.arrival_week < engine.week)
    who = who if who.size else np.arange(people.latent.size)
    qualities = (skill_of(people), people.weeks_active, people.apprenance_weeks, np.diff(engine.ties.first))
    return int(who[np.argmin(sum(_distances(np.asarray(values, float)[who]) for values in qualities))])


def _distances(values: Array) -> Array:
    """Return everybody's summed absolute difference to all others, in standard deviations, shape (n,)."""
    spread = float(values.std())
    if spread == 0.0:
        return np.zeros(values.size)
    order = np.argsort(values, kind="stable")
    ranked = values[order]
    below, count = np.concatenate([[0.0], np.cumsum(ranked)]), np.arange(values.size)
    summed = ranked * (2 * count - values.size) + below[-1] - 2.0 * below[:-1]
    found = np.empty(values.size)
    found[order] = np.round(summed / spread, 9)
    return found
