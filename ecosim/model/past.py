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
        self.at_risk, self.left, self._present = np.zeros(weeks + 1), np.zeros(weeks + 1), np.zeros(weeks + 1)
        self.calls_returned, self.ties_before, self.ties_kept = np.zeros(weeks), np.zeros(weeks), np.zeros(weeks)
        self._strong: tuple[Array, Array] | None = None

    def keep(self, w: Any) -> None:
        """Note the week that the engine ``w`` has just lived."""
        people, watch, t = w.learners, w.p.observation, w.week
        note_spells(w.now.was_enrolled, people.enrolled, people.tenure, self._present, self.at_risk, self.left)
        if t % watch.survival_weeks == 0:
            if self._strong is not None:
                self.ties_before[t] = self._strong[1].size
                self.ties_kept[t] = count_kept(*self._strong, *w.ties[:3], watch.excluded_tie)
            self._strong = list_strong(*w.ties[:3], watch.excluded_tie)


@kernel
def note_spells(was_enrolled, enrolled, tenure, present, at_risk, left):
    """Count who was enrolled (``at_risk``), and who of them ``left``, by week of tenure.

    Whoever stayed (``present``) is one week on; all others who are there are in their first. So only those who leave
    are looked up one by one.
    """
    newcomers, gone = 0, np.zeros(left.size)
    for i in range(enrolled.size):
        newcomers += was_enrolled[i]
        if was_enrolled[i] and not enrolled[i]:
            gone[tenure[i]] += 1.0
    for spell in range(present.size - 1, 1, -1):
        present[spell] = present[spell - 1]
        newcomers -= present[spell]
    present[1] = newcomers
    for spell in range(present.size):
        at_risk[spell] += present[spell]
        left[spell] += gone[spell]
        present[spell] -= gone[spell]


@kernel
def list_strong(first, other, weight, level):
    """Return ties stronger than ``level``, each in the row of its lower end: bounds of the rows, and higher ends."""
    people = first.size - 1
    bounds, ends, filled = np.zeros(people + 1, np.int64), np.empty(first[people] + 1, np.int32), 0
    for i in range(people):
        for e in range(first[i], first[i + 1]):
            ends[filled] = other[e]  # kept if it is strong, else written over: no branch to guess wrong
            filled += (other[e] > i) & (weight[e] > level)
        bounds[i + 1] = filled
    return bounds, ends[:filled].copy()


@kernel
def count_kept(bounds, ends, first, other, weight, level):
    """Return how many ties listed by :func:`list_strong` are stronger than ``level`` still; rows ascend."""
    kept = 0
    for i in range(bounds.size - 1):
        e, end = first[i], first[i + 1]
        for k in range(bounds[i], bounds[i + 1]):
            while e < end and other[e] < ends[k]:
                e += 1
            kept += 1 if e < end and other[e] == ends[k] and weight[e] > level else 0
    return kept
