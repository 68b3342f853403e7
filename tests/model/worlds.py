"""Small worlds for tests, and what one asks of them."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import numpy as np
from scipy import stats

from ecosim.model.engine import Engine
from ecosim.model.networks import pairs_of
from ecosim.scenario.resolve import Loaded, load

RARE = 1e-6
"""Below this probability an outcome is a finding. Draws are keyed: a test that holds once holds for ever."""

EFFECTLESS = {
    "context.staying.drive_effect": 0,
    "context.staying.newcomer": 0,
    "context.staying.h_W": 0,
    "context.staying.h_L": 0,
    "context.staying.comeback": 0,
}
"""A constant hazard: nothing holds, nothing drives away, nobody comes back."""

NOTHING_TO_DO = {"design.solo_offer": 0, "design.collective_offer": 0}
"""Nobody can act."""

EVERYBODY_ACTS = {"context.population.b0_mean": 10, "context.population.b0_sd": 0, "design.signifier_solo": 1}
"""As soon as anything is possible everybody acts every week."""

NOBODY_LEAVES = {"design.hazard": 0}

Settings = dict[str, Any]


def loaded(*settings: Settings, source: Any = None, **top: Any) -> Loaded:
    """Return the scenario ``source`` (all defaults without it) under the settings, later ones first."""
    over: Settings = {}
    for each in settings:
        over |= each
    return load(source or {"title": "a test"}, set=over | top)


def engine(*settings: Settings, source: Any = None, replicate: int = 0, **top: Any) -> Engine:
    """Return an engine before its first week."""
    found = loaded(*settings, source=source, **top)
    return Engine(found.scenario, replicate, found.edges)


def lived(*settings: Settings, source: Any = None, replicate: int = 0, **top: Any) -> Engine:
    """Return an engine after its last week."""
    return engine(*settings, source=source, replicate=replicate, **top).run()


def interest_skill(world: Engine) -> Any:
    """Return everybody's skill on her interest."""
    people = world.learners
    return people.skill[people.interest, np.arange(people.interest.size)]


def probable(hits: int, trials: int, p: float) -> bool:
    """Tell whether so many hits are what a binomial law with probability ``p`` may give."""
    return bool(stats.binomtest(int(hits), int(trials), p).pvalue > RARE)


def retention(world: Engine) -> float:
    """Return the share of all who arrived that are enrolled."""
    people = world.learners
    return float(people.enrolled.sum() / (people.arrival_week < world.week).sum())


def degree(world: Engine) -> Any:
    """Return everybody's number of ties."""
    return np.diff(world.ties.first)


def calls(world: Engine) -> Any:
    """Return all calls so far: week, caller, partner, each row one."""
    rows = [np.column_stack([np.full(len(made), week), made]) for week, made in enumerate(world.calls)]
    return np.concatenate(rows) if rows else np.empty((0, 3), int)


def fingerprint(world: Engine, weeks: int | None = None) -> str:
    """Return a hash of everything after ``weeks`` weeks; unlike ``digest()`` without the planned length of the run."""
    weeks = world.week if weeks is None else weeks
    whole = sha256()
    for array in (
        *world.learners,
        *pairs_of(world.ties),
        world.artefacts.content,
        *(sums[:weeks] for sums in world.log),
    ):
        whole.update(np.ascontiguousarray(array).tobytes())
    return whole.hexdigest()
