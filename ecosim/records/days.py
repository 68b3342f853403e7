"""How learners of an open course are active by the day, and who is seen again after the first weeks.

Only those with an event within the observed window count as enrolled: others left no trace.
"""

from __future__ import annotations

from math import nan

import numpy as np

from ecosim.records.measures import gini, share
from ecosim.records.regression import Association, logistic_ratio, odds_ratio
from ecosim.records.types import Array, DayLog

WEEK = 7
CLASSES = ((1, 1), (3, 4), (8, 12), (13, 30))  #: fewest and most active days


def _observed(log: DayLog) -> tuple[Array, Array]:
    """Return the events and those in discussion, (enrolled, window)."""
    events = log.events[:, : log.window]
    there = events.sum(axis=1) > 0
    return events[there], log.discussion[:, : log.window][there]


def _persists(log: DayLog) -> Array:
    """Return which of the enrolled have an event after the window, bool of shape (enrolled,)."""
    there = log.events[:, : log.window].sum(axis=1) > 0
    return np.asarray(log.events[:, log.window :][there].sum(axis=1) > 0)


def _active_days(log: DayLog) -> Array:
    return np.asarray((_observed(log)[0] > 0).sum(axis=1))


def active_by_week(log: DayLog) -> Array:
    """Return the share of enrolled who are active in each whole week of the window: four of 30 days."""
    events = _observed(log)[0]
    weeks = [events[:, start : start + WEEK] for start in range(0, log.window - WEEK + 1, WEEK)]
    return np.array([share(week.sum(axis=1) > 0) for week in weeks])


def one_day_only(log: DayLog) -> float:
    """Return the share of enrolled who are active on one day alone."""
    return share(_active_days(log) == 1)


def event_gini(log: DayLog) -> float:
    """Return the Gini coefficient of the events of the enrolled."""
    return gini(_observed(log)[0].sum(axis=1))


def discussion_share(log: DayLog) -> float:
    """Return the share of enrolled with any event in the discussion."""
    return share(_observed(log)[1].sum(axis=1) > 0)


def persistence(log: DayLog, classes: tuple[tuple[int, int], ...] = CLASSES) -> Array:
    """Return the share of enrolled who are seen again after the window, by their active days in it.

    Parameters
    ----------
    log : DayLog
    classes : tuple of (fewest, most)
        Active days.

    Returns
    -------
    array of shape (classes,)
        NaN for a class of nobody, and where no day after the window was observed.
    """
    if log.events.shape[1] <= log.window:
        return np.full(len(classes), nan)
    days, again = _active_days(log), _persists(log)
    return np.array([share(again[(days >= fewest) & (days <= most)]) for fewest, most in classes])


def discussion_persistence(log: DayLog, volume: bool = True) -> Association:
    """Return the odds ratio of being seen again for any event in the discussion; adjusted for activity.

    Parameters
    ----------
    log : DayLog
    volume : bool
        Whether it is adjusted for the log of events besides the number of active days. Without it, events in the
        discussion still stand for more activity on the same days.
    """
    again = _persists(log)
    events, discussion = _observed(log)
    exposed = discussion.sum(axis=1) > 0
    activity = [_active_days(log)] + [np.log(events.sum(axis=1))] * volume
    return Association(odds_ratio(exposed, again), logistic_ratio(again, exposed, *activity))
