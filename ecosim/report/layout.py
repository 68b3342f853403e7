"""Where learners stand in a picture of their ties: groups apart, tied people near, nobody on top of another.

The same ties always give the same places. Nothing here draws: figures and pages use the places as they like.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.model.state import Array

ROUNDS = 50  #: of the springs that pull tied people together
SPRINGS = 500  #: people from which networkx's springs would need SciPy
SPREAD = 1.8  #: least distance between two people where a disc of radius 1 is theirs
SPREADING, LONGEST = 60, 15_000  #: rounds to keep it; times the people, at most
ANGLES = 30  #: in which a whole picture is tried
PACKING, PULL = 240, 0.03  #: rounds in which groups are pulled together, and by how much a round at first


def groups_of(pairs: Array, weight: Array, count: int) -> Array:
    """Return who belongs together by strong ties, as the Louvain method sees it (Blondel et al. 2008): shape (count,).

    Parameters
    ----------
    pairs, weight : array of shape (ties, 2), (ties,)
        Ties of people 0 .. count - 1, and their strength.

    Returns
    -------
    array of int
        A number from 0 a group, in the order of their first members; all those without a tie are one group.
    """
    import networkx  # lazily: only who draws ties waits for it

    found = np.full(count, count)
    for part in networkx.community.louvain_communities(_graph(pairs, weight, np.unique(pairs).tolist()), seed=0):
        found[list(part)] = min(part)
    return np.unique(found, return_inverse=True)[1]


def closest(pairs: Array, rank: Array, count: int, most: int) -> tuple[Array, Array]:
    """Return for each person her ``most`` ties of the highest ``rank``, equal ones in the order given.

    Parameters
    ----------
    pairs, rank : array of shape (ties, 2), (ties,)
        Ties of people 0 .. count - 1, and what to go by.

    Returns
    -------
    owner, tie : array of int
        Rows of ``pairs``, each under the person to whom it is among the closest: a tie may stand here twice.
    """
    order = np.argsort(-rank, kind="stable")
    owner, tie = pairs[order].T.ravel(), np.tile(order, 2)
    place = np.tile(np.arange(order.size), 2)
    sort = np.lexsort((place, owner))
    owner, tie = owner[sort], tie[sort]
    nth = np.arange(owner.size) - np.searchsorted(owner, np.arange(count))[owner]
    return owner[nth < most], tie[nth < most]


def positions(pairs: Array, weight: Array, groups: Array, gap: float = 0.1) -> Array:
    """Return a place for each person, between -1 and 1 on both axes: shape (people, 2).

    Each group is a disc in which springs have sorted people by their ties within it; discs do not touch, those with
    ties between them are near, and each is turned to face the others.

    Parameters
    ----------
    pairs, weight : array of shape (ties, 2), (ties,)
        Ties of people 0 .. N - 1, and their strength.
    groups : array of int, shape (N,)
        The group of each, from 0.
    gap : float
        Between two discs, in units of the radius of the disc that would hold everybody.
    """
    count, number = groups.size, int(groups.max(initial=-1)) + 1
    between = np.zeros((number, number))
    np.add.at(between, (groups[pairs[:, 0]], groups[pairs[:, 1]]), weight)
    np.fill_diagonal(between, 0.0)
    radius = np.sqrt(np.bincount(groups, minlength=number))
    centres = packed(radius, between + between.T, gap * float(np.sqrt(count)))
    places = centres[groups]
    for g in range(number):
        members = np.flatnonzero(groups == g)
        inside = (groups[pairs] == g).all(axis=1)
        disc = _disc(members.size, np.searchsorted(members, pairs[inside]), weight[inside])
        places[members] += _turned(disc, members, pairs, weight, places, centres[g])
    return fitted(places)


def _graph(pairs: Array, weight: Array, nodes: Any) -> Any:
    """Return the ties as a graph."""
    import networkx  # lazily: only who draws ties waits for it

    graph: Any = networkx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_weighted_edges_from((i, j, w) for (i, j), w in zip(pairs.tolist(), weight.tolist(), strict=True))
    return graph


def _sprung(count: int, pairs: Array, weight: Array) -> Array:
    """Return places that springs give to ``count`` things around the origin, the seeds of a sunflower without ties."""
    import networkx  # lazily: only who draws ties waits for it

    if not len(pairs):
        return sunflower(count)
    graph = _graph(pairs, weight, range(count))
    if count < SPRINGS:
        found = networkx.spring_layout(graph, iterations=ROUNDS, seed=0)
    else:
        found = networkx.forceatlas2_layout(graph, max_iter=ROUNDS, weight="weight", seed=0)
    places = np.array([found[i] for i in range(count)], dtype=float)
    return np.asarray(places - places.mean(axis=0))


def sunflower(count: int) -> Array:
    """Return places evenly in the disc of radius 1, each a golden angle on from the one before (Vogel 1979)."""
    numbers = np.arange(count)
    far, angle = np.sqrt((numbers + 0.5) / max(1, count)), numbers * np.pi * (3.0 - np.sqrt(5.0))
    return np.stack([far * np.cos(angle), far * np.sin(angle)], axis=1)


def _disc(count: int, pairs: Array, weight: Array) -> Array:
    """Return places of ``count`` people evenly in a disc of radius sqrt(count): the best tied in the middle."""
    if not len(pairs):
        return np.asarray(sunflower(count) * np.sqrt(count))
    places = _sprung(count, pairs, weight)
    far = np.hypot(*places.T)
    rank = np.argsort(np.argsort(far, kind="stable"), kind="stable")
    places *= (np.sqrt(rank + 0.5) / np.maximum(far, 1e-9))[:, None]
    for _ in range(min(SPREADING, LONGEST // count)):
        places += _push(places, np.full((count, count), SPREAD))
        far = np.hypot(*places.T)
        places *= np.minimum(1.0, np.sqrt(count) / np.maximum(far, 1e-9))[:, None]
    return places


def packed(radius: Array, between: Array, gap: float, rounds: int = PACKING) -> Array:
    """Return centres of discs that do not touch, pulled together, those with ties between them side by side: (G, 2).

    Parameters
    ----------
    radius : array of shape (G,)
        Of each disc.
    between : array of shape (G, G)
        How strongly each is tied to each other.
    gap : float
        Between two discs.
    rounds : int
        How often they are pulled, the harder the fewer.
    """
    pairs = np.argwhere(np.triu(between) > 0.0)
    places = _sprung(radius.size, pairs, between[tuple(pairs.T)])
    places *= 2.0 * radius.sum() / max(1e-9, float(np.abs(places).max(initial=0.0)))
    need = radius[:, None] + radius[None] + gap
    share = radius**2 / max(1.0, float((radius**2).sum()))
    for step in range(rounds):
        places -= PULL * (PACKING / rounds) * (1.0 - step / rounds) * (places - share @ places)
        places += _push(places, need)
    far = _distances(places)
    places *= float((need / far).max(initial=1.0, where=np.isfinite(far)))  # whatever overlaps still
    return np.asarray(places - share @ places)


def _distances(places: Array) -> Array:
    """Return how far everybody is from everybody else, infinitely far from herself: shape (N, N)."""
    away = places[:, None] - places[None]
    far = np.maximum(np.hypot(away[..., 0], away[..., 1]), 1e-9)
    np.fill_diagonal(far, np.inf)
    return np.asarray(far)


def _push(places: Array, need: Array) -> Array:
    """Return how all move who are nearer to one another than ``need``: each of two by half of what is missing."""
    away, far = places[:, None] - places[None], _distances(places)
    push = np.maximum(0.0, need - far) / far
    return np.asarray(0.5 * (away * push[..., None]).sum(axis=1) / np.maximum(1.0, (push > 0.0).sum(axis=1))[:, None])


def _turned(disc: Array, members: Array, pairs: Array, weight: Array, places: Array, centre: Array) -> Array:
    """Return ``disc`` turned so that people face those outside to whom they are tied, as near as one turn can."""
    place = np.full(len(places), -1)
    place[members] = np.arange(members.size)
    ends = np.concatenate([pairs, pairs[:, ::-1]])
    out = (place[ends[:, 0]] >= 0) & (place[ends[:, 1]] < 0)
    mine, theirs = disc[place[ends[out, 0]]], places[ends[out, 1]] - centre
    pull = np.concatenate([weight, weight])[out]
    along = float((pull[:, None] * mine * theirs).sum())
    across = float((pull * (mine[:, 0] * theirs[:, 1] - mine[:, 1] * theirs[:, 0])).sum())
    angle = np.arctan2(across, along)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return np.asarray(disc @ turn)


def fitted(places: Array) -> Array:
    """Return ``places`` in the middle of the square from -1 to 1, turned so that they are as large as it allows."""
    if not len(places):
        return places
    angles = np.linspace(0.0, 0.5 * np.pi, ANGLES, endpoint=False)
    turned = [places @ np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]]) for a in angles]
    best = min(turned, key=lambda each: float(np.ptp(each, axis=0).max()))
    low, high = best.min(axis=0), best.max(axis=0)
    return np.asarray((best - 0.5 * (low + high)) / max(1e-9, float(0.5 * (high - low).max())))


def nearest(places: Array) -> float:
    """Return how far the nearest is for somebody in the middle of the ranking; 1 for somebody alone."""
    if len(places) < 2:
        return 1.0
    return float(np.median(_distances(places).min(axis=0)))
