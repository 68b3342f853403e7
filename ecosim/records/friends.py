"""How nominations last and begin from one wave to the next: when they are mutual, and when friends are shared."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from ecosim.records.measures import share
from ecosim.records.types import Array, Waves


class Transition(NamedTuple):
    """What becomes of the nominations of a wave in the next.

    Parameters
    ----------
    persistence : float
        P(i names j again | i named j).
    persistence_mutual, persistence_asymmetric : float
        The same where j named i too, and where she did not.
    creation_unshared, creation_shared : float
        P(i names j | i did not) where they had no friend in common, and where they had one or more: friends are those
        who name her or whom she names.
    creation_unnamed, creation_incoming : float
        The same where j did not name i, and where she did.
    """

    persistence: float
    persistence_mutual: float
    persistence_asymmetric: float
    creation_unshared: float
    creation_shared: float
    creation_unnamed: float
    creation_incoming: float


class Signs(NamedTuple):
    """Whether mutual nominations last longer, and shared friends and being named bring new ones."""

    mutual_lasts: bool
    shared_brings: bool
    incoming_brings: bool


def reciprocity(waves: Waves) -> Array:
    """Return the share of nominations that are mutual in each wave, shape (waves,)."""
    return np.array([share(named.T[named]) for named in map(_others, waves.ties)])


def tie_persistence(waves: Waves) -> Array:
    """Return the share of nominations that are seen again in the next wave, shape (waves - 1,)."""
    return np.array([each.persistence for each in transitions(waves)])


def transitions(waves: Waves) -> list[Transition]:
    """Return what becomes of nominations from each wave to the next."""
    named = [_others(wave) for wave in waves.ties]
    return [_transition(now, after) for now, after in pairwise(named)]


def signs(waves: Waves) -> list[Signs]:
    """Return, from each wave to the next, which of the three expected differences are seen; undefined ones are not."""
    return [
        Signs(
            each.persistence_mutual > each.persistence_asymmetric,
            each.creation_shared > each.creation_unshared,
            each.creation_incoming > each.creation_unnamed,
        )
        for each in transitions(waves)
    ]


def _others(wave: Array) -> Array:
    """Return the nominations of others, of shape (n, n): nobody names herself."""
    return wave & ~np.eye(len(wave), dtype=bool)


def _transition(now: Array, after: Array) -> Transition:
    friends = (now | now.T).astype(np.float64)
    shared = friends @ friends > 0.0
    absent = _others(~now)
    return Transition(
        share(after[now]),
        share(after[now & now.T]),
        share(after[now & ~now.T]),
        share(after[absent & ~shared]),
        share(after[absent & shared]),
        share(after[absent & ~now.T]),
        share(after[absent & now.T]),
    )
