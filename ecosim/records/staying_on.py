"""Whether who met others early stays longer, and whether she does so beyond being active."""

from __future__ import annotations

import numpy as np

from ecosim.records.regression import Association, hazard_ratio
from ecosim.records.types import Panel

LANDMARK = 4  #: weeks: exposure is of the weeks before, risk of those from then on


def forum_withdrawal(panel: Panel, landmark: int = LANDMARK) -> Association:
    """Return the hazard ratio of withdrawal for any use of the forum in the first weeks; adjusted for log clicks.

    A landmark analysis (Anderson, Cain & Gelber 1983): of who is enrolled after ``landmark`` weeks, exposed are those
    with a click in the forum before. Adjusted for log(1 + clicks) of the same weeks. Who did not withdraw is censored
    at the end of the course.
    """
    withdrew = panel.left >= 0
    risk = ~withdrew | (panel.left >= landmark)
    time = np.where(withdrew, panel.left, panel.clicks.shape[1])[risk]
    forum = (panel.forum[:, :landmark].sum(axis=1) > 0)[risk]
    clicks = np.log1p(panel.clicks[:, :landmark].sum(axis=1))[risk]
    return Association(hazard_ratio(time, withdrew[risk], forum), hazard_ratio(time, withdrew[risk], forum, clicks))
