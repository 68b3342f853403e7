"""What the daily log of an open course would tell of a run: many visitors, few who go on.

These metrics need a diary and run the very code that is run on the logs of real courses.
"""

from __future__ import annotations

from functools import partial
from operator import itemgetter
from typing import Any

from ecosim.model.metrics.recorded import recorded_metric
from ecosim.model.watching.diary import watched
from ecosim.model.watching.platform import day_log, panel
from ecosim.records import days

recorded = partial(recorded_metric, __name__)


def _by_week(eco: Any) -> Any:
    return days.active_by_week(watched(eco, day_log))


def _persistence(eco: Any) -> Any:
    return days.persistence(watched(eco, day_log))


def _discussion(eco: Any) -> Any:
    return days.discussion_persistence(watched(eco, day_log))


for _week in range(4):
    recorded(
        f"days_week_{_week + 1}", _by_week, itemgetter(_week), label=f"seen in week {_week + 1}", unit="share",
        over="all who were seen in 30 days", source="KDD Cup 2015",
        formula=f"learners with an event on days {7 * _week} to {7 * _week + 6} / seen in 30 days",
        meaning=f"Of all who were ever seen in the first month, how many are seen in week {_week + 1}.",
    )  # fmt: skip

recorded(
    "days_one_only", day_log, days.one_day_only,
    label="one-day visitors", unit="share", over="all who were seen in 30 days",
    source="KDD Cup 2015",
    formula="learners with a single active day / seen in 30 days",
    meaning="How many are seen on one day only.",
)  # fmt: skip

for _place, (_few, _many) in enumerate(days.CLASSES):
    _days = "one active day" if _many == 1 else f"{_few} to {_many} active days"
    recorded(
        "persist_days_1" if _many == 1 else f"persist_days_{_few}_{_many}", _persistence, itemgetter(_place),
        label=f"seen again after {_days}", unit="share", over=f"learners with {_days} in 30", source="KDD Cup 2015",
        formula="seen on days 30 to 39 / learners of the class",
        meaning=f"Of who was active on {_days.replace(' active', '')} of the first month, how many are seen after it.",
    )  # fmt: skip

recorded(
    "forum_odds", _discussion, lambda found: found.raw.value,
    label="going on and the forum", unit="ratio", over="all who were seen in 30 days",
    source="KDD Cup 2015",
    formula="odds ratio of being seen on days 30 to 39, any event in the discussion against none",
    meaning="Above 1, who looks into the forum is seen again more often.",
)  # fmt: skip

recorded(
    "forum_odds_adjusted", _discussion, lambda found: found.adjusted.value,
    label="going on and the forum, same activity", unit="ratio", over="all who were seen in 30 days",
    source="KDD Cup 2015",
    formula="the same, adjusted for active days and ln(events) (logistic regression)",
    meaning="The same among people who are as active: near 1, the forum itself brings nobody back.",
)  # fmt: skip

recorded(
    "certified", panel, lambda found: found.completed.mean(),
    label="completion of registrants", unit="share", over="all learners",
    source="Ho et al. 2014; Jordan 2015",
    formula="completed / registered",
    meaning="How many of all who registered complete the course.",
)  # fmt: skip
