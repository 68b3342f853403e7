"""What is kept of past weeks for metrics that compare weeks: how long spells of enrolment last, and which ties survive."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.model.kernel import kernel
from ecosim.model.state import Array


class Past:
    """The memory of a run; nothing in the model depends on it.

    Parameters
    ----------
    weeks : int
        How long the run is.

    Attributes
    ----------
    at_risk, left : array of shape (weeks + 1,)
        By week of tenure: learner-weeks enrolled in it, and how many of these left at its end.
    ties_before, ties_kept : array of shape (weeks,)
        In the weeks in which ties are looked at again: how many there were ``survival_weeks`` before, and how many of
        these are still there. Zero in all other weeks.
    """

    def __init__(self, weeks: int) -> None:
        self.at_risk, self.left = np.zeros(weeks + 1), np.zeros(weeks + 1)
        self.ties_before, self.ties_kept = np.zeros(weeks), np.zeros(weeks)
        self._seen: tuple[Array, Array] | None = None

    def keep(self, w: Any) -> None:
        """Note the week that the engine ``w`` has just lived."""
        note_spells(w.now.was_enrolled, w.learners.enrolled, w.learners.tenure, self.at_risk, self.left)
        if w.week % w.p.observation.survival_weeks == 0:
            count = w.half_ties
            if self._seen is not None:
                self.ties_before[w.week] = self._seen[1].size // 2
                self.ties_kept[w.week] = count_kept(*self._seen, w.ties.first, w.ties.other) // 2
            self._seen = w.ties.first.copy(), w.ties.other[:count].copy()


@kernel
def note_spells(present, enrolled, tenure, at_risk, left):
    """Count those who were enrolled, and those of them who left, by week of tenure."""
    for i in range(present.size):
        if present[i]:
            at_risk[tenure[i]] += 1.0
            left[tenure[i]] += 0.0 if enrolled[i] else 1.0


@kernel
def count_kept(old_first, old_other, first, other):
    """Return how many half-ties are in both lists; rows ascend."""
    kept = 0
    for i in range(first.size - 1):
        e, end = first[i], first[i + 1]
        for k in range(old_first[i], old_first[i + 1]):
            while e < end and other[e] < old_other[k]:
                e += 1
            if e < end and other[e] == old_other[k]:
                kept += 1
    return kept
