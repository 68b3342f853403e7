"""The ties that a moving picture shows: of each week the strongest of each learner, of all weeks those that last."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.model.networks import pairs_of
from ecosim.model.state import Array

CLOSEST = 3  #: ties of each in a week that are thought of
MOST = 3  #: ties in all, times the learners
FULL = 254.0  #: what stands for 1 where shares are bytes


class Strands:
    """Gathers the ties of a run week by week.

    Parameters
    ----------
    count : int
        How many learners there are.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._keys: list[Array] = []
        self._strengths: list[Array] = []
        self._closest: list[Array] = []

    def keep(self, pairs: Array, weight: Array) -> None:
        """Keep the ties of a week, in ascending order: shapes (ties, 2), (ties,)."""
        keys = pairs[:, 0] * self.count + pairs[:, 1]
        self._keys.append(keys)
        self._strengths.append(np.rint(FULL * np.minimum(1.0, weight)).astype("u1"))
        self._closest.append(keys[_closest(pairs, weight)])

    def made(self) -> tuple[Array, Array]:
        """Return the ties to show and their strength in each week: shapes (E, 2) and (weeks, E), the latter as bytes.

        They are those that are longest among the three strongest of one of the two, at most three times as many as
        there are learners.
        """
        keys, weeks = np.unique(np.concatenate([np.empty(0, int), *self._closest]), return_counts=True)
        lasting = np.argsort(-weeks, kind="stable")[: MOST * self.count]
        keys = np.sort(keys[lasting])
        strength = np.zeros((len(self._keys), keys.size), "u1")
        for row, there, found in zip(strength, self._keys, self._strengths, strict=True):
            if there.size:
                place = np.minimum(np.searchsorted(there, keys), there.size - 1)
                row[:] = np.where(there[place] == keys, found[place], 0)
        return np.stack(np.divmod(keys, max(1, self.count)), axis=1).astype("u4"), strength


def ties_between_enrolled(eco: Any) -> tuple[Array, Array]:
    """Return the ties between two who are enrolled at the end of the week just lived, ascending, and their strength."""
    pairs, weight, _ = pairs_of(eco.ties)
    both = eco.learners.enrolled[pairs[:, 0]] & eco.learners.enrolled[pairs[:, 1]]
    return pairs[both], weight[both]


def _closest(pairs: Array, weight: Array) -> Array:
    """Return which ties are among the strongest of one of their two ends, as rows of ``pairs``, each once."""
    rank = np.empty(weight.size, int)
    rank[np.argsort(-weight, kind="stable")] = np.arange(weight.size)
    ends = pairs.T.ravel() * weight.size + np.tile(rank, 2)  # one number for owner and rank sorts faster than two
    order = np.argsort(ends)
    owner = pairs.T.ravel()[order]
    begins = np.flatnonzero(np.diff(owner, prepend=-1))
    nth = np.arange(owner.size) - np.repeat(begins, np.diff(begins, append=owner.size))
    found = np.zeros(weight.size, bool)
    found[order[nth < CLOSEST] % max(1, weight.size)] = True
    return found
