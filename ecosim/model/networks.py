"""Who knows whom before the first week: one generator a kind of network, each a list of pairs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ecosim.chance import TIE_COUNT, TIE_PARTNER, TIE_REWIRE, uniform
from ecosim.model.kernel import kernel
from ecosim.model.state import Array, Ties, no_ties
from ecosim.registry import Registry

Generator = Callable[[Any, int, int, float, int, int], Array]
NETWORKS: Registry[Generator] = Registry("network")
"""kind -> function of (network, first learner, size, ready ties, seed, replicate), returning pairs of shape (n, 2)."""


@kernel
def _proposals(low, size, degree, seed, replicate):
    """Return pairs that each learner proposes in her community: floor(degree / 2 + u) of them."""
    count = 0
    for i in range(low, low + size):
        count += int(0.5 * degree + uniform(seed, replicate, TIE_COUNT, 0, i, 0))
    pairs, row = np.empty((count, 2), np.int64), 0
    for i in range(low, low + size):
        for slot in range(int(0.5 * degree + uniform(seed, replicate, TIE_COUNT, 0, i, 0))):
            pairs[row, 0] = i
            pairs[row, 1] = low + int(uniform(seed, replicate, TIE_PARTNER, 0, i, slot) * size)
            row += 1
    return pairs


@NETWORKS.register("random")
def random(network: Any, low: int, size: int, degree: float, seed: int, replicate: int) -> Array:
    """Everybody proposes about half of ``degree`` partners; doubles and oneself are dropped, the cost is linear."""
    return np.asarray(_proposals(low, size, degree, seed, replicate))


@NETWORKS.register("none")
def none(network: Any, low: int, size: int, degree: float, seed: int, replicate: int) -> Array:
    """Nobody knows anybody."""
    return np.empty((0, 2), np.int64)


@kernel
def _ring(low, size, degree, rewire, seed, replicate):
    """Return pairs of a ring in which each knows the next ones, a share of them rewired."""
    count = 0
    for i in range(low, low + size):
        count += int(0.5 * degree + uniform(seed, replicate, TIE_COUNT, 0, i, 0))
    pairs, row = np.empty((count, 2), np.int64), 0
    for i in range(low, low + size):
        for slot in range(int(0.5 * degree + uniform(seed, replicate, TIE_COUNT, 0, i, 0))):
            j = low + (i - low + slot + 1) % size
            if uniform(seed, replicate, TIE_REWIRE, 0, i, slot) < rewire:
                j = low + int(uniform(seed, replicate, TIE_PARTNER, 0, i, slot) * size)
            pairs[row, 0], pairs[row, 1] = i, j
            row += 1
    return pairs


@NETWORKS.register("small_world")
def small_world(network: Any, low: int, size: int, degree: float, seed: int, replicate: int) -> Array:
    """A ring of neighbours, some ties rewired (Watts & Strogatz 1998)."""
    return np.asarray(_ring(low, size, degree, network.rewire, seed, replicate))


@kernel
def _attachment(low, size, degree, seed, replicate):
    """Return pairs in which each newcomer ties to an end of an earlier tie (Batagelj & Brandes 2005)."""
    most = int(0.5 * degree) + 1
    ends, filled = np.empty(2 * most * size, np.int64), 0
    for k in range(size):
        i = low + k
        for slot in range(min(k, int(0.5 * degree + uniform(seed, replicate, TIE_COUNT, 0, i, 0)))):
            luck = uniform(seed, replicate, TIE_PARTNER, 0, i, slot)
            fresh = uniform(seed, replicate, TIE_REWIRE, 0, i, slot) * (filled + k)
            j = ends[int(luck * filled)] if fresh < filled else low + int(luck * k)
            ends[filled], ends[filled + 1] = i, j
            filled += 2
    return ends[:filled].copy().reshape((filled // 2, 2))


@NETWORKS.register("scale_free")
def scale_free(network: Any, low: int, size: int, degree: float, seed: int, replicate: int) -> Array:
    """Newcomers tie to those who have many ties (Barabasi & Albert 1999); everybody counts one tie too many."""
    return np.asarray(_attachment(low, size, degree, seed, replicate))


@kernel
def _blocks(low, size, degree, blocks, within, seed, replicate):
    """Return proposals of which a share ``within`` stays in one's own block of consecutive numbers."""
    pairs = _proposals(low, size, degree, seed, replicate)
    slot, last = 0, -1
    for row in range(pairs.shape[0]):
        i = pairs[row, 0]
        slot = slot + 1 if i == last else 0
        last = i
        if uniform(seed, replicate, TIE_REWIRE, 0, i, slot) < within:
            block = (i - low) * blocks // size
            begin, end = -((-block * size) // blocks), -((-(block + 1) * size) // blocks)
            luck = uniform(seed, replicate, TIE_PARTNER, 0, i, slot)
            pairs[row, 1] = low + begin + int(luck * (end - begin))
    return pairs


@NETWORKS.register("blocks")
def blocks(network: Any, low: int, size: int, degree: float, seed: int, replicate: int) -> Array:
    """Cliques of interest: most ties stay in one's own block."""
    return np.asarray(_blocks(low, size, degree, network.blocks, network.within, seed, replicate))


@NETWORKS.register("classroom")
def classroom(network: Any, low: int, size: int, degree: float, seed: int, replicate: int) -> Array:
    """Work groups of ``degree`` + 1 consecutive learners in which everybody knows everybody."""
    group = int(degree) + 1
    first, second = np.triu_indices(group, 1)
    starts = np.arange(low, low + size, group)[:, None]
    pairs = np.stack([(starts + first).ravel(), (starts + second).ravel()], axis=1)
    return np.asarray(pairs[pairs.max(axis=1) < low + size])


def distinct(pairs: Array) -> Array:
    """Return ``pairs`` with the lower number first, without doubles and oneself, in ascending order."""
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    if not pairs.size:
        return pairs.reshape(0, 2)
    lower, higher, base = pairs.min(axis=1), pairs.max(axis=1), int(pairs.max()) + 1
    keys = np.unique(lower * base + higher)  # one number a pair: sorting pairs as rows takes ten times as long
    return np.stack([keys // base, keys % base], axis=1)


def ties_of(people: int, pairs: Array, weight: Array, ground: Array) -> Ties:
    """Return distinct ``pairs`` (n, 2) with their strength and ground as rows of half-ties."""
    source = np.concatenate([pairs[:, 0], pairs[:, 1]])
    target = np.concatenate([pairs[:, 1], pairs[:, 0]])
    order = np.lexsort((target, source))
    ties = no_ties(people, source.size)
    ties.first[1:] = np.cumsum(np.bincount(source, minlength=people))
    ties.other[: source.size] = target[order]
    ties.weight[: source.size] = np.concatenate([weight, weight])[order]
    ties.ground[: source.size] = np.concatenate([ground, ground])[order]
    return ties


def pairs_of(ties: Ties) -> tuple[Array, Array, Array]:
    """Return all ties as pairs (n, 2) with the lower number first, ascending, and their strength and ground."""
    count = int(ties.first[-1])
    source = np.repeat(np.arange(ties.first.size - 1), np.diff(ties.first))
    lower = source < ties.other[:count]
    pairs = np.stack([source[lower], ties.other[:count][lower].astype(np.int64)], axis=1)
    return pairs, ties.weight[:count][lower], ties.ground[:count][lower]
