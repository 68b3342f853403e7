"""A4 to A10: how students of one course were active, came back, and used its forum (OULAD, BBB 2013B)."""

from __future__ import annotations

import numpy as np

from ecosim.evidence.pattern import INF, Part, pattern
from ecosim.evidence.targets import panel as observed
from ecosim.model.watching.platform import panel
from ecosim.model.watching.recorded import Record
from ecosim.records.types import STAYED, Array, Panel

COHORT = "oulad-bbb2013b"
PRESENTATION = "BBB2013B"
MEAN_CLICKS = 20.0


def _panel(
    clicks: Array, left: Array | None = None, completed: Array | None = None, forum: Array | None = None
) -> Record:
    """Return the log of a null; what is not given is nobody's."""
    people = clicks.shape[0]
    stayed = np.full(people, STAYED) if left is None else left
    done = np.ones(people, bool) if completed is None else completed
    return {panel: Panel(clicks, np.zeros_like(clicks) if forum is None else forum, stayed, done)}


def _shape() -> tuple[int, int]:
    """Return learners and weeks of the course."""
    people, weeks = observed(PRESENTATION).clicks.shape
    return int(people), int(weeks)


def _active_share() -> float:
    """Return the share of learner-weeks with a click."""
    return float((observed(PRESENTATION).clicks > 0).mean())


@pattern("A4", COHORT, "oulad_activity", Part("log_stays", 0.76, 0.82, 0.78783))
def memoryless(luck: np.random.Generator, cohort: str) -> Record:
    """Everybody is active with the observed share, whatever she did last week."""
    return _panel((luck.random(_shape()) < _active_share()).astype(np.int64))


@pattern("A5", COHORT, "oulad_activity", Part("log_returns", 0.25, 0.32, 0.28189))
def absorbing(luck: np.random.Generator, cohort: str) -> Record:
    """Whoever is inactive once is never seen again, though enrolled."""
    there = np.cumprod(luck.random(_shape()) < 0.95, axis=1)
    return _panel(there.astype(np.int64))


@pattern("A6", COHORT, "oulad_activity", Part("log_icc", 0.42, 0.56, 0.49231))
def alike(luck: np.random.Generator, cohort: str) -> Record:
    """All learners are alike: activity and clicks are drawn anew every week."""
    active = luck.random(_shape()) < _active_share()
    return _panel(active * luck.geometric(1.0 / MEAN_CLICKS, _shape()))


@pattern("A7", COHORT, "oulad_activity", Part("log_lag1", 0.22, 0.36, 0.29011))
def without_inertia(luck: np.random.Generator, cohort: str) -> Record:
    """Learners differ for good, and their weeks are drawn one by one."""
    people, weeks = _shape()
    own = luck.beta(1.0, 1.0, (people, 1))
    return _panel((luck.random((people, weeks)) < own) * luck.geometric(1.0 / MEAN_CLICKS, (people, weeks)))


@pattern("A8", COHORT, "oulad_activity", Part("log_gini", 0.57, 0.69, 0.6307))
def geometric(luck: np.random.Generator, cohort: str) -> Record:
    """Totals are as unequal as waiting times: a geometric number of clicks each."""
    people, weeks = _shape()
    clicks = np.zeros((people, weeks), np.int64)
    clicks[:, 0] = luck.geometric(1.0 / (MEAN_CLICKS * weeks), people)
    return _panel(clicks)


@pattern("A9", COHORT, "oulad_activity", Part("log_early", 0.33, 0.46, 0.39734))
def unrelated_end(luck: np.random.Generator, cohort: str) -> Record:
    """Who completes has nothing to do with how she began."""
    clicks = observed(PRESENTATION).clicks
    return _panel(clicks, completed=luck.permutation(observed(PRESENTATION).completed))


@pattern(
    "A10", COHORT, "oulad_activity", Part("forum_hazard", 0.35, 0.70, 0.47764),
    Part("forum_hazard_adjusted", 0.35, 1.6, 0.78757), Part("forum_hazard_low", 0.0, 1.0, 0.44841),
    Part("forum_hazard_high", 1.0, INF, 1.38327),
)  # fmt: skip
def social_cause(luck: np.random.Generator, cohort: str) -> Record:
    """Activity does not matter; the forum itself halves the risk of whoever looks into it, at random."""
    people, weeks = _shape()
    looks = luck.random(people) < 0.7
    clicks = luck.geometric(1.0 / MEAN_CLICKS, (people, weeks)) + 1
    forum = np.zeros_like(clicks)
    forum[:, 0] = looks
    week = luck.geometric(np.where(looks, 0.006, 0.012)) - 1
    return _panel(clicks, np.where(week < weeks, week, STAYED), forum=forum)
