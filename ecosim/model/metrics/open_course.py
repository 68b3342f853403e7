"""What the daily log of an open course would tell of a run: many visitors, few who go on.

These metrics need a diary (``watched``) and run the very code that is run on the logs of real courses.
"""

from __future__ import annotations

from typing import Any

from ecosim.model.metrics.declare import metric
from ecosim.model.watching.diary import watched
from ecosim.model.watching.platform import day_log, panel
from ecosim.records import days


@metric(
    "days_week_1", label="seen in week 1", unit="share",
    run="value", costly=True, watched=True, over="all who were seen in 30 days",
    source="KDD Cup 2015",
    formula="learners with an event on days 0 to 6 / seen in 30 days",
    meaning="Of all who were ever seen in the first month, how many are seen in week 1.",
)  # fmt: skip
def days_week_1(eco: Any) -> float:
    """Return learners with an event on days 0 to 6 / seen in 30 days."""
    return float(days.active_by_week(watched(eco, day_log))[0])


@metric(
    "days_week_2", label="seen in week 2", unit="share",
    run="value", costly=True, watched=True, over="all who were seen in 30 days",
    source="KDD Cup 2015",
    formula="learners with an event on days 7 to 13 / seen in 30 days",
    meaning="Of all who were ever seen in the first month, how many are seen in week 2.",
)  # fmt: skip
def days_week_2(eco: Any) -> float:
    """Return learners with an event on days 7 to 13 / seen in 30 days."""
    return float(days.active_by_week(watched(eco, day_log))[1])


@metric(
    "days_week_3", label="seen in week 3", unit="share",
    run="value", costly=True, watched=True, over="all who were seen in 30 days",
    source="KDD Cup 2015",
    formula="learners with an event on days 14 to 20 / seen in 30 days",
    meaning="Of all who were ever seen in the first month, how many are seen in week 3.",
)  # fmt: skip
def days_week_3(eco: Any) -> float:
    """Return learners with an event on days 14 to 20 / seen in 30 days."""
    return float(days.active_by_week(watched(eco, day_log))[2])


@metric(
    "days_week_4", label="seen in week 4", unit="share",
    run="value", costly=True, watched=True, over="all who were seen in 30 days",
    source="KDD Cup 2015",
    formula="learners with an event on days 21 to 27 / seen in 30 days",
    meaning="Of all who were ever seen in the first month, how many are seen in week 4.",
)  # fmt: skip
def days_week_4(eco: Any) -> float:
    """Return learners with an event on days 21 to 27 / seen in 30 days."""
    return float(days.active_by_week(watched(eco, day_log))[3])


@metric(
    "days_one_only", label="one-day visitors", unit="share",
    run="value", costly=True, watched=True, over="all who were seen in 30 days",
    source="KDD Cup 2015",
    formula="learners with a single active day / seen in 30 days",
    meaning="How many are seen on one day only.",
)  # fmt: skip
def days_one_only(eco: Any) -> float:
    """Return learners with a single active day / seen in 30 days."""
    return days.one_day_only(watched(eco, day_log))


@metric(
    "persist_days_1", label="seen again after one active day", unit="share",
    run="value", costly=True, watched=True, over="learners with one active day in 30",
    source="KDD Cup 2015",
    formula="seen on days 30 to 39 / learners of the class",
    meaning="Of who was active on one day of the first month, how many are seen after it.",
)  # fmt: skip
def persist_days_1(eco: Any) -> float:
    """Return seen on days 30 to 39 / learners of the class."""
    return float(days.persistence(watched(eco, day_log))[0])


@metric(
    "persist_days_3_4", label="seen again after 3 to 4 active days", unit="share",
    run="value", costly=True, watched=True, over="learners with 3 to 4 active days in 30",
    source="KDD Cup 2015",
    formula="seen on days 30 to 39 / learners of the class",
    meaning="Of who was active on 3 to 4 days of the first month, how many are seen after it.",
)  # fmt: skip
def persist_days_3_4(eco: Any) -> float:
    """Return seen on days 30 to 39 / learners of the class."""
    return float(days.persistence(watched(eco, day_log))[1])


@metric(
    "persist_days_8_12", label="seen again after 8 to 12 active days", unit="share",
    run="value", costly=True, watched=True, over="learners with 8 to 12 active days in 30",
    source="KDD Cup 2015",
    formula="seen on days 30 to 39 / learners of the class",
    meaning="Of who was active on 8 to 12 days of the first month, how many are seen after it.",
)  # fmt: skip
def persist_days_8_12(eco: Any) -> float:
    """Return seen on days 30 to 39 / learners of the class."""
    return float(days.persistence(watched(eco, day_log))[2])


@metric(
    "persist_days_13_30", label="seen again after 13 to 30 active days", unit="share",
    run="value", costly=True, watched=True, over="learners with 13 to 30 active days in 30",
    source="KDD Cup 2015",
    formula="seen on days 30 to 39 / learners of the class",
    meaning="Of who was active on 13 to 30 days of the first month, how many are seen after it.",
)  # fmt: skip
def persist_days_13_30(eco: Any) -> float:
    """Return seen on days 30 to 39 / learners of the class."""
    return float(days.persistence(watched(eco, day_log))[3])


@metric(
    "forum_odds", label="going on and the forum", unit="ratio",
    run="value", costly=True, watched=True, over="all who were seen in 30 days",
    source="KDD Cup 2015",
    formula="odds ratio of being seen on days 30 to 39, any event in the discussion against none",
    meaning="Above 1, who looks into the forum is seen again more often.",
)  # fmt: skip
def forum_odds(eco: Any) -> float:
    """Return odds ratio of being seen on days 30 to 39, any event in the discussion against none."""
    return float(watched(eco, _discussion).raw.value)


@metric(
    "forum_odds_adjusted", label="going on and the forum, same activity", unit="ratio",
    run="value", costly=True, watched=True, over="all who were seen in 30 days",
    source="KDD Cup 2015",
    formula="the same, adjusted for active days and ln(events) (logistic regression)",
    meaning="The same among people who are as active: near 1, the forum itself brings nobody back.",
)  # fmt: skip
def forum_odds_adjusted(eco: Any) -> float:
    """Return the same, adjusted for active days and ln(events) (logistic regression)."""
    return float(watched(eco, _discussion).adjusted.value)


@metric(
    "certified", label="completion of registrants", unit="share",
    run="value", costly=True, watched=True, over="all learners",
    source="Ho et al. 2014; Jordan 2015",
    formula="completed / registered",
    meaning="How many of all who registered complete the course.",
)  # fmt: skip
def certified(eco: Any) -> float:
    """Return completed / registered."""
    return float(watched(eco, panel).completed.mean())


def _discussion(eco: Any) -> Any:
    return days.discussion_persistence(watched(eco, day_log))
