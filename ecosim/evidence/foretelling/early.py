"""A cohort cut in two: what is seen in its first weeks, and what becomes of whoever is still there then."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ecosim.records.types import STAYED, Array, Panel

SHARE = 0.2  #: of the weeks
OUTCOMES = ("withdraws", "completes", "active")
CHANCES = ("withdraws", "completes")  #: outcomes that happen or do not; the other one is a share


class Early(NamedTuple):
    """Learners who are enrolled when the first weeks are over.

    Parameters
    ----------
    features : array of shape (learners, features)
        log(1 + clicks) of each of the first weeks, how many of them she was active in, log(1 + clicks in the forum).
    outcomes : array of shape (learners, 3)
        Whether she withdraws later, whether she completes, in which share of the other weeks she is active.
    """

    features: Array
    outcomes: Array


def early_weeks(panel: Panel) -> int:
    """Return how many weeks are the first fifth, rounded down."""
    return int(SHARE * panel.clicks.shape[1])


def early(panel: Panel, weeks: int) -> Early:
    """Return what is seen of a cohort in its first ``weeks``, and what becomes of its learners.

    Who withdrew within them is left out: nothing is to be foretold any more.
    """
    there = (panel.left == STAYED) | (panel.left >= weeks)
    clicks, active = panel.clicks[there], panel.clicks[there] > 0
    forum = panel.forum[there, :weeks].sum(axis=1)
    features = [np.log1p(clicks[:, :weeks]), active[:, :weeks].sum(axis=1, keepdims=True), np.log1p(forum)[:, None]]
    outcomes = [panel.left[there] >= weeks, panel.completed[there], active[:, weeks:].mean(axis=1)]
    return Early(np.hstack(features), np.column_stack(outcomes).astype(float))


def cut(panel: Panel, weeks: int) -> Panel:
    """Return a record without what came after ``weeks``: withdrawal and completion stay as they were."""
    return panel._replace(clicks=panel.clicks[:, :weeks], forum=panel.forum[:, :weeks])


def together(several: list[Early]) -> Early:
    """Return the learners of several cohorts as one."""
    return Early(*(np.concatenate(each) for each in zip(*several, strict=True)))
