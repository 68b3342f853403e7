"""Which learners a figure shows where it cannot show all, and which of their ties."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ecosim.model.scenes import Scene, keys, sample
from ecosim.model.state import Array
from ecosim.report.layout import closest
from ecosim.report.plots.scenery import scenes_of

MOST = 600  #: learners up to whom a network is drawn whole
SEEDS = 45  #: of more, about so many are drawn by lot ...
CIRCLE = 3  #: ... with so many who are closest to each of them, and as many who are closest to these
BACKBONE = 2  #: ties of each learner that are drawn: her strongest


class Shown(NamedTuple):
    """What of the ties a figure shows.

    Parameters
    ----------
    scenes : list of Scene
        In order of weeks.
    people : array of int, shape (N,)
        Who is shown, as places in the arrays of the scenes, ascending.
    seeds : int
        How many of them were drawn by lot; 0 where all are shown.
    ties : list of (pairs, weight)
        Of each scene the ties that are drawn, ends as places in ``people``, and their strength.
    lasting : (pairs, weight)
        The same for all scenes together, of everybody who is shown, enrolled or not: where people stand.
    """

    scenes: list[Scene]
    people: Array
    seeds: int
    ties: list[tuple[Array, Array]]
    lasting: tuple[Array, Array]


def level_of(run: Any) -> float:
    """Return the strength above which a tie counts in figures: that of a tie which includes somebody."""
    return float(run.loaded.scenario.context.observation.excluded_tie)


def shown(run: Any, most: int = MOST) -> Shown:
    """Return whom and which ties a figure of the network shows: all learners if they are at most ``most``."""
    scenes, level = scenes_of(run), level_of(run)
    pairs, weight = all_ties(scenes)
    people, seeds = np.arange(scenes[0].learners.size), 0
    if people.size > most:
        first = drawn_by_lot(run, scenes[0], SEEDS)
        people, seeds = circles(first, pairs, weight, people.size), first.size
    drawn = [backbone(scene, people, level, pairs, weight) for scene in scenes]
    return Shown(scenes, people, seeds, drawn, among(people, pairs, weight, CIRCLE))


def drawn_by_lot(run: Any, scene: Scene, wanted: int) -> Array:
    """Return places in ``scene`` of a keyed sample of about ``wanted`` learners; all where there are no more.

    Who is in a smaller sample is in the larger ones, and in the sample that the scene is.
    """
    one_in = -(-scene.total // wanted)
    found = sample(scene.total, one_in, run.engine.seed, run.engine.replicate)
    if not found.size:  # so few that none has the luck: the first in line
        found = np.argmin(keys(scene.total, run.engine.seed, run.engine.replicate), keepdims=True)
    return np.flatnonzero(np.isin(scene.learners, found))


def circles(first: Array, pairs: Array, weight: Array, count: int) -> Array:
    """Return ``first``, those closest to each of them, and those closest to these; ascending."""
    owner, tie = closest(pairs, weight, count, CIRCLE)
    other = pairs[tie].sum(axis=1) - owner
    inside = np.zeros(count, bool)
    inside[first] = True
    for _ in range(2):
        inside[other[inside[owner]]] = True
    return np.flatnonzero(inside)


def all_ties(scenes: list[Scene]) -> tuple[Array, Array]:
    """Return all ties of all scenes, ascending, and their strength summed over the scenes."""
    pairs = np.concatenate([scene.pairs for scene in scenes])
    found, place = np.unique(pairs, axis=0, return_inverse=True)
    strength = np.concatenate([scene.weight for scene in scenes])
    return found, np.bincount(place.ravel(), strength, minlength=len(found))


def counting(scene: Scene, level: float) -> Array:
    """Return which ties of a scene count: of some strength, and between two who are enrolled; shape (ties,)."""
    return np.asarray((scene.weight > level) & scene.enrolled[scene.pairs].all(axis=1))


def backbone(scene: Scene, people: Array, level: float, pairs: Array, weight: Array) -> tuple[Array, Array]:
    """Return the ties among ``people`` that are drawn of a scene: of each learner the strongest that count.

    Of equals those win that are stronger in all scenes together (``pairs``, ``weight``: see :func:`all_ties`), so that
    the same ties are seen from one scene to the next.
    """
    kept = counting(scene, level)
    ends, strength = scene.pairs[kept], scene.weight[kept]
    side = (scene.learners.size, 1)
    lasting = weight[np.searchsorted(pairs @ side, ends @ side)]
    rank = np.lexsort((lasting, strength)).argsort()
    return among(people, ends, strength, BACKBONE, rank)


def among(people: Array, pairs: Array, weight: Array, most: int, rank: Array | None = None) -> tuple[Array, Array]:
    """Return of each of ``people`` her ``most`` strongest (or highest in ``rank``) ties to the others, each once.

    Ends are places in ``people``, which ascend.
    """
    inside = np.isin(pairs, people).all(axis=1)
    ends = np.searchsorted(people, pairs[inside])
    tie = np.unique(closest(ends, (weight if rank is None else rank)[inside], people.size, most)[1])
    return ends[tie], weight[inside][tie]
