"""Scenes: what a run looked like at the end of its first, its middle and its last week.

A scene is a copy of what the arrays will have forgotten by the end: who was there, who was tied to whom, and what each
artefact was for each learner. Nothing in the model depends on it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ecosim.chance import LOOK, philox
from ecosim.model.follow import REASONS, homes
from ecosim.model.networks import pairs_of
from ecosim.model.state import Array
from ecosim.model.week.perceive import reach, within_reach

MOST = 50_000  #: learners that a scene keeps; of more it keeps a keyed sample
POSSIBLE = len(REASONS)  #: in ``Scene.limit``: nothing stops her, the artefact is a compossible


class Scene(NamedTuple):
    """A week of the run, as it was at its end. Arrays are by kept learner (n), or artefact and kept learner (M, n).

    Parameters
    ----------
    week : int
        Its number.
    total : int
        How many learners the run has, kept or not, arrived or not.
    one_in : int
        One learner in so many is kept; 1 keeps all.
    learners : array of int, shape (n,)
        Their numbers, ascending.
    pairs : array of int, shape (ties, 2)
        Ties among them, as places in ``learners``, the lower first, ascending; ``weight`` and ``ground``, (ties,).
    bonds, abroad : array of int, shape (n,)
        How many ties that count she has, to whomever: stronger than ``excluded_tie`` and between two who are enrolled;
        and how many of these lead to another community.
    arrived, enrolled : array of bool, shape (n,)
        At the end of the week.
    community, profile : array of int, shape (n,)
        At the end of the week.
    active : array of bool, shape (n,)
        Who acted in the week.
    flow : array of float, shape (n,)
        Of the act; not-a-number for who did not act.
    persistence : array of float, shape (n,)
        At the end of the week.
    present : array of bool, shape (n,)
        Who was enrolled during the week. The rest tells what was possible for these, and means nothing for others.
    home : array of int, shape (n,)
        The community during the week.
    offered, perceived, able, reach : array of float, shape (M, n)
        The factors of the affordance, as in :func:`ecosim.model.follow.possibilities`; what nobody can tell because
        nothing is offered is not-a-number.
    affordance : array of float, shape (M, n)
        Their product.
    limit : array of int, shape (M, n)
        :data:`POSSIBLE`, or the place in ``REASONS`` of the factor that stops her: the smallest.
    """

    week: int
    total: int
    one_in: int
    learners: Array
    pairs: Array
    weight: Array
    ground: Array
    bonds: Array
    abroad: Array
    arrived: Array
    enrolled: Array
    community: Array
    profile: Array
    active: Array
    flow: Array
    persistence: Array
    present: Array
    home: Array
    offered: Array
    perceived: Array
    able: Array
    reach: Array
    affordance: Array
    limit: Array


def scene_weeks(weeks: int) -> list[int]:
    """Return the weeks of which a run of so many ``weeks`` keeps a scene: first, middle, last, each once."""
    return sorted({0, (weeks - 1) // 2, weeks - 1})


def scene_of(eco: Any, most: int = MOST) -> Scene:
    """Return the scene of the week that ``eco`` has just lived, of about ``most`` learners at most."""
    people, week = eco.learners, eco.week - 1
    total = people.latent.size
    one_in = -(-total // most)
    kept = sample(total, one_in, eco.seed, eco.replicate)
    active = people.used[kept] >= 0
    pairs, weight, ground = _ties_among(eco.ties, kept)
    bonds, abroad = _bonds(eco)
    found: dict[str, Any] = {
        "pairs": pairs,
        "weight": weight,
        "ground": ground,
        "bonds": bonds[kept],
        "abroad": abroad[kept],
        "arrived": people.arrival_week[kept] <= week,
        "active": active,
        "flow": np.where(active, people.flow[kept], np.nan),
        "present": eco.now.was_enrolled[kept],
        "home": homes(eco)[kept],
    }
    states = {name: getattr(people, name)[kept] for name in ("enrolled", "community", "profile", "persistence")}
    return Scene(week, total, one_in, kept, **found, **states, **_possibilities(eco, kept))


def sample(total: int, one_in: int, seed: int, replicate: int) -> Array:
    """Return, ascending, the numbers of a keyed sample of ``total`` learners: about one in ``one_in``.

    Who is in it hangs on her own number, the luck of the run and ``one_in``, on nobody else.
    """
    return np.flatnonzero(keys(total, seed, replicate) * np.uint64(one_in) < 2**32) if one_in > 1 else np.arange(total)


def keys(total: int, seed: int, replicate: int) -> Array:
    """Return the keys of ``total`` learners, by which samples to look at are drawn: shape (total,), 0 .. 2**32 - 1."""
    numbers, word = np.arange(total, dtype=np.uint64), np.uint64(0)
    return np.asarray(philox(numbers, word, word, np.uint64(LOOK), np.uint64(seed), np.uint64(replicate))[0])  # type: ignore[arg-type]


def _ties_among(ties: Any, kept: Array) -> tuple[Array, Array, Array]:
    """Return the ties of which both ends are kept, with strength and ground; ends as places in ``kept``."""
    pairs, weight, ground = pairs_of(ties)
    people = ties.first.size - 1
    if kept.size == people:
        return pairs, weight, ground
    place = np.full(people, -1)
    place[kept] = np.arange(kept.size)
    found = place[pairs]
    both = (found >= 0).all(axis=1)
    return found[both], weight[both], ground[both]


def _bonds(eco: Any) -> tuple[Array, Array]:
    """Return how many ties that count everybody has, and how many of these lead to another community."""
    ties, people = eco.ties, eco.learners
    owner = np.repeat(np.arange(people.latent.size), np.diff(ties.first))
    other = ties.other[: owner.size]
    counts = (ties.weight[: owner.size] > eco.p.observation.excluded_tie) & people.enrolled[owner]
    counts &= people.enrolled[other]
    across = counts & (people.community[owner] != people.community[other])
    bonds, abroad = (np.bincount(owner[which], minlength=people.latent.size) for which in (counts, across))
    return bonds, abroad


def _possibilities(eco: Any, kept: Array) -> dict[str, Array]:
    """Return what each artefact was for each who is kept: :func:`ecosim.model.follow.possibilities`, for all at once.

    The factors are computed for the rows of the week, those enrolled in it, and then handed to their learners.
    """
    row, there = eco.now.row_of[kept], eco.now.was_enrolled[kept]
    factors = _factors(eco)
    alpha = eco.now.affordance[:, : factors[0].shape[1]]
    limit = np.argmin([np.where(np.isnan(each), 1.0, each) for each in factors], axis=0)
    limit[alpha >= eco.p.affordance.theta] = POSSIBLE
    made = {}
    for name, table in zip((*REASONS, "affordance"), (*factors, alpha), strict=True):
        made[name] = np.full((len(table), kept.size), np.nan, "f4")
        made[name][:, there] = table[:, row[there]]
    made["limit"] = np.full((len(limit), kept.size), POSSIBLE, "i1")
    made["limit"][:, there] = limit[:, row[there]]
    return made


def _factors(eco: Any) -> tuple[Array, Array, Array, Array]:
    """Return what is offered, perceived, able and within reach by (artefact, row), by the equations of the week."""
    now, things, p = eco.now, eco.artefacts, eco.p.affordance
    bounds, communities = now.row_bounds, eco.blocks[1]
    rows = int(bounds[communities.size])
    offered, able, near = (np.ones((things.collective.size, rows)) for _ in range(3))
    access, spare = np.empty(rows), np.zeros(rows)
    for b, c in enumerate(communities):
        part = slice(int(bounds[b]), int(bounds[b + 1]))
        supported, offer, required = now.supported[part], things.effective[:, c], things.required[:, c]
        within_reach(now.around[part], eco.lever.openness[c], access[part], p)
        offered[:, part], near[things.collective, part] = offer[:, None], access[part]
        for m in range(offer.size):
            reach(spare[part], supported, access[part], offer[m], required[m], able[m, part], p)
    rest = offered * able * near
    perceived = np.divide(now.affordance[:, :rows], rest, out=np.full_like(rest, np.nan), where=rest > 0.0)
    return offered, perceived, able, near
