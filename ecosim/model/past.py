"""What is kept of past weeks for metrics that compare weeks: how long people stay, which ties survive."""

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
    calls_returned : array of shape (weeks,)
        Calls of the week whose partner called on the caller in the same week.
    ties_before, ties_kept : array of shape (weeks,)
        In the weeks in which ties are looked at again: how many of some strength there were ``survival_weeks`` before,
        and how many of these still have it. Zero in all other weeks.
    """

    def __init__(self, weeks: int) -> None:
        self.at_risk, self.left = np.zeros(weeks + 1), np.zeros(weeks + 1)
        self.calls_returned, self.ties_before, self.ties_kept = np.zeros(weeks), np.zeros(weeks), np.zeros(weeks)
        self._seen: tuple[Array, Array, Array] | None = None

    def keep(self, w: Any) -> None:
        """Note the week that the engine ``w`` has just lived."""
        note_spells(w.now.was_enrolled, w.learners.enrolled, w.learners.tenure, self.at_risk, self.left)
        self.calls_returned[w.week] = count_returned(w.acts.learner, w.acts.partner, w.now.act_of, w.count)
        if w.week % w.p.observation.survival_weeks == 0:
            if self._seen is not None:
                self.ties_before[w.week], self.ties_kept[w.week] = count_kept(
                    *self._seen, *w.ties[:3], w.p.observation.excluded_tie
                )
            self._seen = w.ties.first.copy(), w.ties.other[: w.half_ties].copy(), w.ties.weight[: w.half_ties].copy()


@kernel
def note_spells(present, enrolled, tenure, at_risk, left):
    """Count those who were enrolled, and those of them who left, by week of tenure."""
    for i in range(present.size):
        if present[i]:
            at_risk[tenure[i]] += 1.0
            left[tenure[i]] += 0.0 if enrolled[i] else 1.0


@kernel
def count_returned(learner, partner, act_of, count):
    """Return how many calls were made on somebody who called on the caller in the same week."""
    returned = 0
    for k in range(count):
        j = partner[k]
        if j >= 0 and act_of[j] >= 0:
            returned += 1 if partner[act_of[j]] == learner[k] else 0
    return returned


@kernel
def count_kept(old_first, old_other, old_weight, first, other, weight, level):
    """Return how many ties were stronger than ``level``, and how many of these are so still; rows ascend."""
    before, kept = 0, 0
    for i in range(first.size - 1):
        e, end = first[i], first[i + 1]
        for k in range(old_first[i], old_first[i + 1]):
            if old_weight[k] <= level:
                continue
            before += 1
            while e < end and other[e] < old_other[k]:
                e += 1
            kept += 1 if e < end and other[e] == old_other[k] and weight[e] > level else 0
    return before // 2, kept // 2
