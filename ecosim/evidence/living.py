"""Cohorts lived again and again, on all processors, and what was measured of each life."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from ecosim.evidence.cohorts import loaded
from ecosim.model.metrics import METRICS
from ecosim.model.run import new_engine
from ecosim.model.state import Array
from ecosim.scenario.resolve import Loaded
from ecosim.study.runner.executors import Local


class World(NamedTuple):
    """A scenario under settings of its own: a file or preset, pairs of dotted path and value, and what is knocked out.

    ``ablated`` names the mechanism that does nothing from the first week on, by the very event of a scenario.
    """

    source: str
    settings: tuple[tuple[str, Any], ...] = ()
    ablated: str = ""


Lives = dict[World, dict[str, Array]]
"""World -> metric -> its value in each life, shape (replicates,)."""


def lived(
    wanted: Mapping[World, Iterable[str]],
    replicates: int,
    workers: int | None = None,
    told: Callable[[int, int], None] = lambda done, total: None,
) -> Lives:
    """Live each world so many times.

    Parameters
    ----------
    wanted : mapping of World -> metrics
        What is to be measured of each.
    replicates : int
        Luck 0 .. replicates - 1, the same for all worlds.
    workers : int, optional
        Processes; without it one a processor.
    told : callable
        Hears how many lives are done, of how many.
    """
    metrics = {world: tuple(dict.fromkeys(names)) for world, names in wanted.items()}
    jobs = [(world, replicate) for replicate in range(replicates) for world in metrics]
    new_engine(loaded(jobs[0][0].source)).step()  # compiled by one process, so that all find the machine code
    crew, made = Local(workers), {}
    try:
        out = {job: crew.submit(measured, job[0], job[1], metrics[job[0]]) for job in jobs}
        for done, job in enumerate(jobs, 1):
            made[job] = out[job].result()
            told(done, len(jobs))
    except BaseException:
        crew.close(now=True)
        raise
    crew.close(now=False)
    return {
        world: {
            name: np.array([made[world, replicate][place] for replicate in range(replicates)])
            for place, name in enumerate(names)
        }
        for world, names in metrics.items()
    }


def measured(world: World, replicate: int, metrics: tuple[str, ...]) -> list[float]:
    """Live one world once, watched, and return the value of each metric."""
    engine = new_engine(_scenario(world), replicate).watch().run()
    return [METRICS[name].value(engine) for name in metrics]


@lru_cache(maxsize=64)
def _scenario(world: World) -> Loaded:
    """Return the scenario of a world, checked."""
    made = loaded(world.source, dict(world.settings))
    if not world.ablated:
        return made
    events = [each.model_dump(mode="json", exclude_none=True) for each in made.scenario.events]
    events.append({"week": 0, "do": "ablate", "mechanism": world.ablated})
    return loaded(world.source, {**dict(world.settings), "events": events})
