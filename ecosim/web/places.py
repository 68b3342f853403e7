"""Where learners stand on a page, found while somebody waits: groups apart, tied people near, nobody on another.

Figures have their places from :mod:`ecosim.report.layout`, where springs do this more finely, and so have few people
here. Of many everybody has a seat of a sunflower, the disc of her group; again and again she leans towards those to
whom she is tied, and all sit down again, those who lean furthest inwards in the middle, each at the angle to which she
leans.
"""

from __future__ import annotations

import numpy as np

from ecosim.model.state import Array
from ecosim.report.layout import closest, fitted, groups_of, packed, positions, sunflower

FEW = 100  #: people up to whom springs are quick enough
CLOSEST, FEWEST = 4, 2  #: ties of each that count, and where there are many people
MOST_TIES = 4_000  #: about, among which groups are looked for: more than that takes too long
ROUNDS = 40  #: of leaning and sitting down
LEAN, AT_LAST = 0.9, 0.35  #: how far towards one's ties in the first and in the last round
ABROAD = 0.25  #: weight of a tie to another group
PACKING = 90  #: rounds in which groups are pulled together
GAP_DECLARED, GAP_FOUND = 0.14, 0.06  #: between two groups, in radii of the disc that would hold all


def places_of(pairs: Array, weight: Array, home: Array) -> tuple[Array, Array]:
    """Return a place for each learner, between -1 and 1 on both axes, and her group.

    Parameters
    ----------
    pairs, weight : array of shape (ties, 2), (ties,)
        Ties of learners 0 .. N - 1 and their strength; a pair may stand there twice.
    home : array of int, shape (N,)
        The community of each. Where there is only one, groups are those found in the ties.

    Returns
    -------
    places : array of shape (N, 2)
    groups : array of int, shape (N,)
        Numbered from 0.
    """
    count = home.size
    kept = np.unique(closest(pairs, weight, count, min(CLOSEST, max(FEWEST, MOST_TIES // max(1, count))))[1])
    pairs, weight = pairs[kept], weight[kept]
    declared = bool(count) and bool((home != home[0]).any())
    groups = np.unique(home, return_inverse=True)[1] if declared else groups_of(pairs, weight, count)
    gap = GAP_DECLARED if declared else GAP_FOUND
    if count <= FEW:
        return positions(pairs, weight, groups, gap), groups
    size = np.bincount(groups)
    between = np.zeros((size.size, size.size))
    np.add.at(between, (groups[pairs[:, 0]], groups[pairs[:, 1]]), weight)
    np.fill_diagonal(between, 0.0)
    centres = packed(np.sqrt(size), between + between.T, gap * float(np.sqrt(count)), PACKING)
    return fitted(centres[groups] + _seated(pairs, weight, groups, centres)), groups


def _seated(pairs: Array, weight: Array, groups: Array, centres: Array) -> Array:
    """Return where everybody sits around the centre of her group: shape (N, 2)."""
    count = groups.size
    seats, rings = _seats(groups)
    first, other = np.concatenate([pairs, pairs[:, ::-1]]).T
    pull = np.tile(weight, 2) * np.where(groups[first] == groups[other], 1.0, ABROAD)
    total = np.bincount(first, pull, count)
    share = pull / total[first]
    alone = np.where(total > 0.0, 1.0, 1.0 + total.max(initial=0.0))  # those without ties sit at the rim
    places = _sit(seats, seats * 1.0, groups, rings)
    for step in range(ROUNDS):
        there = centres[groups] + places
        leant = np.stack([np.bincount(first, share * there[other, axis], count) for axis in (0, 1)], axis=1)
        leant = np.where((total > 0.0)[:, None], leant - centres[groups], places * alone[:, None])
        lean = LEAN + (AT_LAST - LEAN) * step / ROUNDS
        places = _sit(seats, places + lean * (leant - places), groups, rings)
    return places


def _seats(groups: Array) -> tuple[Array, Array]:
    """Return the seats of all, by group, ring and angle, and the ring of each seat."""
    seats, rings = [np.empty((0, 2))], [np.empty(0, int)]
    for size in np.bincount(groups):
        own, ring = sunflower(size) * np.sqrt(size), np.sqrt(np.arange(size) / 3.0).astype(int)
        order = np.lexsort((np.arctan2(own[:, 1], own[:, 0]), ring))
        seats.append(own[order])
        rings.append(ring)
    return np.concatenate(seats), np.concatenate(rings)


def _sit(seats: Array, wanted: Array, groups: Array, rings: Array) -> Array:
    """Return the seat of each: in her group the nearer to the middle the further in, in a ring by angle."""
    inwards = np.lexsort((np.hypot(*wanted.T), groups))
    angle = np.arctan2(wanted[inwards, 1], wanted[inwards, 0])
    who = inwards[np.lexsort((angle, rings, groups[inwards]))]
    places = np.empty_like(seats)
    places[who] = seats
    return places
