"""How a cohort is active from week to week: who comes back, who always does, and what the first weeks foretell.

A learner is active in a week with at least one click. Weeks after withdrawal count as weeks without clicks in what
describes persons, and are left out of what asks whether an enrolled learner comes back.
"""

from __future__ import annotations

from math import nan

import numpy as np

from ecosim.records.measures import FEWEST, correlation, gini, rank_correlation, share, varies
from ecosim.records.types import Array, Panel

EARLY = 4  #: first weeks of the course


def enrolled(panel: Panel) -> Array:
    """Return who is enrolled throughout a week, bool of shape (learners, weeks): up to the one before withdrawal."""
    weeks = np.arange(panel.clicks.shape[1])
    there = (panel.left[:, None] < 0) | (panel.left[:, None] > weeks)
    return np.asarray(there if panel.entered is None else there & (panel.entered[:, None] <= weeks))


def active_share(panel: Panel) -> Array:
    """Return the share of enrolled learners who are active in each week, shape (weeks,)."""
    there, active = enrolled(panel), panel.clicks > 0
    return np.array([share(active[there[:, week], week]) for week in range(active.shape[1])])


def stay_active(panel: Panel) -> float:
    """Return P(active next week | active this week), of who is still enrolled then."""
    return _active_next(panel, True)


def return_active(panel: Panel) -> float:
    """Return P(active next week | inactive this week), of who is still enrolled then: return from dormancy."""
    return _active_next(panel, False)


def _active_next(panel: Panel, before: bool) -> float:
    active, there = panel.clicks > 0, enrolled(panel)
    asked = there[:, :-1] & there[:, 1:] & (active[:, :-1] == before)
    return share(active[:, 1:][asked])


def click_gini(panel: Panel) -> float:
    """Return the Gini coefficient of learners' clicks over the course, those without any counting."""
    return gini(panel.clicks.sum(axis=1))


def icc_log_clicks(panel: Panel) -> float:
    """Return which share of the variance of log weekly clicks lies between persons.

    Var_i(mean_w y_iw) / Var_iw(y_iw) with y = log(1 + clicks), over all weeks of the course: the squared correlation
    ratio, which the number of weeks raises by (1 - ICC) / weeks over the intraclass correlation proper.
    """
    logs = np.log1p(panel.clicks)
    if len(logs) < FEWEST or not varies(logs):
        return nan
    return float(logs.mean(axis=1).var() / logs.var())


def lag1_log_clicks(panel: Panel) -> float:
    """Return the correlation of log(1 + clicks) with that of the next week, each about the person's own mean.

    One correlation over all pairs of consecutive weeks of all learners. Means over a short course pull it down, by
    about 1 / weeks (Nickell 1981).
    """
    logs = np.log1p(panel.clicks)
    if not logs.size:
        return nan
    about = logs - logs.mean(axis=1, keepdims=True)
    return correlation(about[:, :-1].ravel(), about[:, 1:].ravel())


def early_completion(panel: Panel, weeks: int = EARLY) -> float:
    """Return Spearman's correlation of the clicks of the first ``weeks`` weeks with completion."""
    return rank_correlation(panel.clicks[:, :weeks].sum(axis=1), panel.completed)
