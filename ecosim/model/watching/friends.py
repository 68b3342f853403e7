"""Whom people would have named as friends: those with whom they had to do again and again."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.model.state import Array
from ecosim.records.types import Waves

SPAN = 13  #: weeks between two waves


def waves(eco: Any) -> Waves:
    """Return the nominations of the watched run ``eco``, one wave each quarter of a year.

    i names j when she called on or answered j in at least ``nomination_weeks`` of the last thirteen weeks. The strength
    of a tie is undirected and is not used.
    """
    ends = range(SPAN, eco.week + 1, SPAN)
    least = eco.p.recording.nomination_weeks
    found = [_contacts(eco, end - SPAN, end) >= least for end in ends]
    people = eco.scenario.learners
    return Waves(np.array(found, bool).reshape(len(found), people, people))


def _contacts(eco: Any, first: int, end: int) -> Array:
    """Return in how many of the weeks first .. end - 1 each learner called on or answered each other one."""
    page, people = eco.diary.page, eco.scenario.learners
    counts = np.zeros((people, people), np.int16)
    for week in range(first, end):
        met = np.zeros((people, people), bool)
        callers = np.flatnonzero(page.partner[week] >= 0)
        met[callers, page.partner[week, callers]] = True
        posters = np.flatnonzero(page.author[week] >= 0)
        met[page.author[week, posters], posters] = True
        counts += met
    np.fill_diagonal(counts, 0)
    return counts
