"""What the log of a course platform would tell of a run: who withdraws when, who clicks, what the first weeks foretell.

These metrics need a diary (``watched``) and run the very code that is run on the logs of real courses.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.model.metrics.declare import mean, metric
from ecosim.model.watching.diary import watched
from ecosim.model.watching.platform import panel, withdrawals
from ecosim.records import activity, staying_on, withdrawal


@metric(
    "log_withdrawn", label="withdrawn share", unit="share",
    run="value", costly=True, watched=True, over="all who have arrived",
    source="OULAD (Kuzilek et al. 2017)",
    formula="withdrawn for good / arrived",
    meaning="How many withdraw and do not come back.",
)  # fmt: skip
def log_withdrawn(eco: Any) -> float:
    """Return withdrawn for good / arrived."""
    return withdrawal.withdrawn_share(watched(eco, withdrawals))


@metric(
    "log_withdrawal_shape", label="shape of withdrawal", unit="1",
    run="value", costly=True, watched=True, over="withdrawals",
    source="Weibull 1951; OULAD",
    formula="Weibull shape k, maximum likelihood, weeks as intervals",
    meaning="Below 1, withdrawals come early in the course; at 1, all along; above 1, late.",
)  # fmt: skip
def log_withdrawal_shape(eco: Any) -> float:
    """Return Weibull shape k, maximum likelihood, weeks as intervals."""
    return withdrawal.weibull_shape(watched(eco, withdrawals))


@metric(
    "log_worst_weeks", label="withdrawals in the worst weeks", unit="share",
    run="value", costly=True, watched=True, over="withdrawals",
    source="OULAD (Kuzilek et al. 2017)",
    formula="withdrawals in the 3 weeks with most of them / withdrawals",
    meaning="How far withdrawals bunch in a few weeks.",
)  # fmt: skip
def log_worst_weeks(eco: Any) -> float:
    """Return withdrawals in the 3 weeks with most of them / withdrawals."""
    return withdrawal.worst_weeks_share(watched(eco, withdrawals))


@metric(
    "log_stays", label="logged activity goes on", unit="probability",
    run="value", costly=True, watched=True, over="enrolled learner-weeks",
    source="OULAD (Kuzilek et al. 2017)",
    formula="P(clicks next week | clicks)",
    meaning="How likely somebody who was seen this week is seen again the next.",
)  # fmt: skip
def log_stays(eco: Any) -> float:
    """Return P(clicks next week | clicks)."""
    return activity.stay_active(watched(eco, panel))


@metric(
    "log_returns", label="logged return from dormancy", unit="probability",
    run="value", costly=True, watched=True, over="enrolled learner-weeks",
    source="OULAD (Kuzilek et al. 2017)",
    formula="P(clicks next week | no click, enrolled)",
    meaning="How likely somebody who was not seen this week is seen the next.",
)  # fmt: skip
def log_returns(eco: Any) -> float:
    """Return P(clicks next week | no click, enrolled)."""
    return activity.return_active(watched(eco, panel))


@metric(
    "log_icc", label="stable differences of clicks", unit="share",
    run="value", costly=True, watched=True, over="learner-weeks",
    source="OULAD (Kuzilek et al. 2017)",
    formula="Var_i(mean_w y_iw) / Var(y_iw), y = ln(1 + clicks)",
    meaning="How much of the differences in weekly clicks lies between persons.",
)  # fmt: skip
def log_icc(eco: Any) -> float:
    """Return Var_i(mean_w y_iw) / Var(y_iw), y = ln(1 + clicks)."""
    return activity.icc_log_clicks(watched(eco, panel))


@metric(
    "log_lag1", label="inertia of clicks", unit="1",
    run="value", costly=True, watched=True, over="learner-weeks",
    source="OULAD (Kuzilek et al. 2017)",
    formula="correlation of ln(1 + clicks) with the next week, within persons",
    meaning="How far a good week is followed by another one, for the same person.",
)  # fmt: skip
def log_lag1(eco: Any) -> float:
    """Return correlation of ln(1 + clicks) with the next week, within persons."""
    return activity.lag1_log_clicks(watched(eco, panel))


@metric(
    "log_gini", label="inequality of clicks", unit="1",
    run="value", costly=True, watched=True, over="all learners",
    source="OULAD (Kuzilek et al. 2017)",
    formula="Gini coefficient of total clicks",
    meaning="At 0 all click as much; near 1 a few do it all.",
)  # fmt: skip
def log_gini(eco: Any) -> float:
    """Return Gini coefficient of total clicks."""
    return activity.click_gini(watched(eco, panel))


@metric(
    "log_early", label="what early clicks foretell", unit="1",
    run="value", costly=True, watched=True, over="all learners",
    source="OULAD (Kuzilek et al. 2017)",
    formula="Spearman correlation of clicks in weeks 0 to 3 with completion",
    meaning="How well clicks of the first month tell who will complete.",
)  # fmt: skip
def log_early(eco: Any) -> float:
    """Return Spearman correlation of clicks in weeks 0 to 3 with completion."""
    return activity.early_completion(watched(eco, panel))


@metric(
    "log_active_first", label="logged activity in the first quarter", unit="share",
    run="value", costly=True, watched=True, over="enrolled learner-weeks",
    source="OULAD (Kuzilek et al. 2017)",
    formula="mean share of the enrolled with a click, first quarter of the weeks",
    meaning="How many of the enrolled are seen in a week at the beginning.",
)  # fmt: skip
def log_active_first(eco: Any) -> float:
    """Return mean share of the enrolled with a click, first quarter of the weeks."""
    return _quarter(eco, 0)


@metric(
    "log_active_last", label="logged activity in the last quarter", unit="share",
    run="value", costly=True, watched=True, over="enrolled learner-weeks",
    source="OULAD (Kuzilek et al. 2017)",
    formula="mean share of the enrolled with a click, last quarter of the weeks",
    meaning="How many of the enrolled are seen in a week at the end.",
)  # fmt: skip
def log_active_last(eco: Any) -> float:
    """Return mean share of the enrolled with a click, last quarter of the weeks."""
    return _quarter(eco, -1)


@metric(
    "forum_hazard", label="withdrawal and the forum", unit="ratio",
    run="value", costly=True, watched=True, over="enrolled after 4 weeks",
    source="Cox 1972; OULAD",
    formula="hazard ratio of withdrawal, any forum click in weeks 0 to 3 against none (Cox)",
    meaning="Below 1, who uses the forum early withdraws less often.",
)  # fmt: skip
def forum_hazard(eco: Any) -> float:
    """Return hazard ratio of withdrawal, any forum click in weeks 0 to 3 against none (Cox)."""
    return float(watched(eco, _forum_withdrawal).raw.value)


@metric(
    "forum_hazard_adjusted", label="withdrawal and the forum, same activity", unit="ratio",
    run="value", costly=True, watched=True, over="enrolled after 4 weeks",
    source="Cox 1972; OULAD",
    formula="the same, adjusted for ln(1 + clicks)",
    meaning="The same among people who click as much: near 1, the forum itself keeps nobody.",
)  # fmt: skip
def forum_hazard_adjusted(eco: Any) -> float:
    """Return the same, adjusted for ln(1 + clicks)."""
    return float(watched(eco, _forum_withdrawal).adjusted.value)


@metric(
    "forum_hazard_low", label="lower end of the adjusted ratio", unit="ratio",
    run="value", costly=True, watched=True, over="enrolled after 4 weeks",
    source="Cox 1972; OULAD",
    formula="lower end of its 95 % interval",
    meaning="Below 1, the data do not exclude that the forum makes no difference.",
)  # fmt: skip
def forum_hazard_low(eco: Any) -> float:
    """Return lower end of its 95 % interval."""
    return float(watched(eco, _forum_withdrawal).adjusted.low)


@metric(
    "forum_hazard_high", label="upper end of the adjusted ratio", unit="ratio",
    run="value", costly=True, watched=True, over="enrolled after 4 weeks",
    source="Cox 1972; OULAD",
    formula="upper end of its 95 % interval",
    meaning="Above 1, the data do not exclude that the forum makes no difference.",
)  # fmt: skip
def forum_hazard_high(eco: Any) -> float:
    """Return upper end of its 95 % interval."""
    return float(watched(eco, _forum_withdrawal).adjusted.high)


def _forum_withdrawal(eco: Any) -> Any:
    return staying_on.forum_withdrawal(watched(eco, panel))


def _quarter(eco: Any, which: int) -> float:
    """Return the mean share of the enrolled who are seen in a week of the first or of the last quarter."""
    by_week = activity.active_share(watched(eco, panel))
    part = np.array_split(by_week, 4)[which]
    return mean(part)
