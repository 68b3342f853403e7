"""A11 to A14 and A26: open courses, in which most come once (KDD Cup 2015; published completion rates)."""

from __future__ import annotations

import numpy as np

from ecosim.evidence.pattern import Part, pattern
from ecosim.model.watching.platform import AFTER, WINDOW, day_log, panel
from ecosim.model.watching.recorded import Record
from ecosim.records.types import STAYED, Array, DayLog, Panel

COHORT, FREE = "xuetangx", "free-mooc"
PEOPLE, MEAN_DAYS, GOES_ON = 1858, 2.6, 0.17
"""Of the sixteen courses: mean size, active days of an enrolment, share that is seen again."""


def _log(active: Array, discussion: Array | None = None) -> Record:
    """Return the daily log of a null: one event on each active day."""
    events = active.astype(np.int64)
    return {day_log: DayLog(events, np.zeros_like(events) if discussion is None else discussion, WINDOW)}


def _days(luck: np.random.Generator, chance: Array | float) -> Array:
    """Return days on which learners are active, each with a chance of its own."""
    return np.asarray(luck.random((PEOPLE, WINDOW + AFTER)) < chance)


@pattern(
    "A11", COHORT, "open_courses", Part("days_week_1", 0.36, 0.63, 0.50163), Part("days_week_2", 0.23, 0.44, 0.33473),
    Part("days_week_3", 0.22, 0.40, 0.30666), Part("days_week_4", 0.18, 0.38, 0.27273),
)  # fmt: skip
def steady(luck: np.random.Generator, cohort: str) -> Record:
    """Nobody loses interest: every day is like the first."""
    return _log(_days(luck, MEAN_DAYS / WINDOW))


@pattern("A12", COHORT, "open_courses", Part("days_one_only", 0.48, 0.78, 0.63019))
def poisson_days(luck: np.random.Generator, cohort: str) -> Record:
    """Active days fall at random, as many a person as were seen."""
    return _log(_days(luck, MEAN_DAYS / WINDOW))


@pattern(
    "A13", COHORT, "open_courses", Part("persist_days_1", 0.03, 0.08, 0.05613),
    Part("persist_days_3_4", 0.22, 0.33, 0.2718), Part("persist_days_8_12", 0.68, 0.81, 0.72556),
    Part("persist_days_13_30", 0.89, 0.96, 0.9245),
)  # fmt: skip
def no_investment(luck: np.random.Generator, cohort: str) -> Record:
    """Who is seen again has nothing to do with how often she was there."""
    active = _days(luck, luck.beta(0.5, 4.0, (PEOPLE, 1)))
    active[:, WINDOW:] = (luck.random(PEOPLE) < GOES_ON)[:, None]
    return _log(active)


@pattern(
    "A14", COHORT, "open_courses", Part("forum_odds", 3.0, 9.0, 5.96721), Part("forum_odds_adjusted", 0.6, 1.4, 0.99645)
)
def forum_apart(luck: np.random.Generator, cohort: str) -> Record:
    """Who looks into the discussion has nothing to do with how active she is, nor with whether she goes on."""
    active = _days(luck, luck.beta(0.5, 4.0, (PEOPLE, 1)))
    discussion = np.zeros(active.shape, np.int64)
    discussion[:, 0] = luck.random(PEOPLE) < 0.3
    return _log(active, discussion)


@pattern("A26", FREE, "published", Part("certified", 0.01, 0.20, 0.126))
def half_complete(luck: np.random.Generator, cohort: str) -> Record:
    """One in two who register completes."""
    clicks = np.ones((PEOPLE, 1), np.int64)
    done = luck.random(PEOPLE) < 0.5
    return {panel: Panel(clicks, np.zeros_like(clicks), np.full(PEOPLE, STAYED), done)}
