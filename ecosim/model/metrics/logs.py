"""What the log of a course platform would tell of a run: who withdraws when, who clicks, what the first weeks foretell.

These metrics need a diary and run the very code that is run on the logs of real courses.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from ecosim.model.metrics.declare import mean
from ecosim.model.metrics.recorded import recorded_metric
from ecosim.model.watching.diary import watched
from ecosim.model.watching.platform import panel, withdrawals
from ecosim.records import activity, staying_on, withdrawal
from ecosim.records.types import Panel

recorded = partial(recorded_metric, __name__)


def _forum_withdrawal(eco: Any) -> Any:
    return staying_on.forum_withdrawal(watched(eco, panel))


def _quarter(log: Panel, which: int) -> float:
    """Return the mean share of the enrolled who are seen in a week of the first or of the last quarter."""
    by_week = activity.active_share(log)
    part = np.array_split(by_week, 4)[which]
    return mean(part)


recorded(
    "log_withdrawn", withdrawals, withdrawal.withdrawn_share,
    label="withdrawn share", unit="share", over="all who have arrived",
    source="OULAD (Kuzilek et al. 2017)",
    formula="withdrawn for good / arrived",
    meaning="How many withdraw and do not come back.",
)  # fmt: skip

recorded(
    "log_withdrawal_shape", withdrawals, withdrawal.weibull_shape,
    label="shape of withdrawal", unit="1", over="withdrawals",
    source="Weibull 1951; OULAD",
    formula="Weibull shape k, maximum likelihood, weeks as intervals",
    meaning="Below 1, withdrawals come early in the course; at 1, all along; above 1, late.",
)  # fmt: skip

recorded(
    "log_worst_weeks", withdrawals, withdrawal.worst_weeks_share,
    label="withdrawals in the worst weeks", unit="share", over="withdrawals",
    source="OULAD (Kuzilek et al. 2017)",
    formula="withdrawals in the 3 weeks with most of them / withdrawals",
    meaning="How far withdrawals bunch in a few weeks.",
)  # fmt: skip

recorded(
    "log_stays", panel, activity.stay_active,
    label="logged activity goes on", unit="probability", over="enrolled learner-weeks",
    source="OULAD (Kuzilek et al. 2017)",
    formula="P(clicks next week | clicks)",
    meaning="How likely somebody who was seen this week is seen again the next.",
)  # fmt: skip

recorded(
    "log_returns", panel, activity.return_active,
    label="logged return from dormancy", unit="probability", over="enrolled learner-weeks",
    source="OULAD (Kuzilek et al. 2017)",
    formula="P(clicks next week | no click, enrolled)",
    meaning="How likely somebody who was not seen this week is seen the next.",
)  # fmt: skip

recorded(
    "log_icc", panel, activity.icc_log_clicks,
    label="stable differences of clicks", unit="share", over="learner-weeks",
    source="OULAD (Kuzilek et al. 2017)",
    formula="Var_i(mean_w y_iw) / Var(y_iw), y = ln(1 + clicks)",
    meaning="How much of the differences in weekly clicks lies between persons.",
)  # fmt: skip

recorded(
    "log_lag1", panel, activity.lag1_log_clicks,
    label="inertia of clicks", unit="1", over="learner-weeks",
    source="OULAD (Kuzilek et al. 2017)",
    formula="correlation of ln(1 + clicks) with the next week, within persons",
    meaning="How far a good week is followed by another one, for the same person.",
)  # fmt: skip

recorded(
    "log_gini", panel, activity.click_gini,
    label="inequality of clicks", unit="1", over="all learners",
    source="OULAD (Kuzilek et al. 2017)",
    formula="Gini coefficient of total clicks",
    meaning="At 0 all click as much; near 1 a few do it all.",
)  # fmt: skip

recorded(
    "log_early", panel, activity.early_completion,
    label="what early clicks foretell", unit="1", over="all learners",
    source="OULAD (Kuzilek et al. 2017)",
    formula="Spearman correlation of clicks in weeks 0 to 3 with completion",
    meaning="How well clicks of the first month tell who will complete.",
)  # fmt: skip

recorded(
    "log_active_first", panel, lambda log: _quarter(log, 0),
    label="logged activity in the first quarter", unit="share", over="enrolled learner-weeks",
    source="OULAD (Kuzilek et al. 2017)",
    formula="mean share of the enrolled with a click, first quarter of the weeks",
    meaning="How many of the enrolled are seen in a week at the beginning.",
)  # fmt: skip

recorded(
    "log_active_last", panel, lambda log: _quarter(log, -1),
    label="logged activity in the last quarter", unit="share", over="enrolled learner-weeks",
    source="OULAD (Kuzilek et al. 2017)",
    formula="mean share of the enrolled with a click, last quarter of the weeks",
    meaning="How many of the enrolled are seen in a week at the end.",
)  # fmt: skip

recorded(
    "forum_hazard", _forum_withdrawal, lambda found: found.raw.value,
    label="withdrawal and the forum", unit="ratio", over="enrolled after 4 weeks",
    source="Cox 1972; OULAD",
    formula="hazard ratio of withdrawal, any forum click in weeks 0 to 3 against none (Cox)",
    meaning="Below 1, who uses the forum early withdraws less often.",
)  # fmt: skip

recorded(
    "forum_hazard_adjusted", _forum_withdrawal, lambda found: found.adjusted.value,
    label="withdrawal and the forum, same activity", unit="ratio", over="enrolled after 4 weeks",
    source="Cox 1972; OULAD",
    formula="the same, adjusted for ln(1 + clicks)",
    meaning="The same among people who click as much: near 1, the forum itself keeps nobody.",
)  # fmt: skip

recorded(
    "forum_hazard_low", _forum_withdrawal, lambda found: found.adjusted.low,
    label="lower end of the adjusted ratio", unit="ratio", over="enrolled after 4 weeks",
    source="Cox 1972; OULAD",
    formula="lower end of its 95 % interval",
    meaning="Below 1, the data do not exclude that the forum makes no difference.",
)  # fmt: skip

recorded(
    "forum_hazard_high", _forum_withdrawal, lambda found: found.adjusted.high,
    label="upper end of the adjusted ratio", unit="ratio", over="enrolled after 4 weeks",
    source="Cox 1972; OULAD",
    formula="upper end of its 95 % interval",
    meaning="Above 1, the data do not exclude that the forum makes no difference.",
)  # fmt: skip
