"""A1 to A3: when students of the Open University withdrew, in seven presentations of five modules (OULAD)."""

from __future__ import annotations

import numpy as np

from ecosim.evidence.pattern import Part, pattern
from ecosim.evidence.targets import withdrawals as observed
from ecosim.model.watching.platform import withdrawals
from ecosim.model.watching.recorded import Record
from ecosim.records.types import STAYED, Withdrawals

PRESENTATIONS = ("AAA2013J", "BBB2013B", "BBB2013J", "EEE2013J", "FFF2013B", "FFF2013J", "GGG2013J")
COHORTS = tuple(f"oulad-{each.lower()}" for each in PRESENTATIONS)
MOST = 6  #: of the seven have to show it


def size_of(cohort: str) -> tuple[int, int]:
    """Return learners and weeks of the presentation that a cohort stands for."""
    record = observed(cohort.removeprefix("oulad-").upper())
    return record.week.size, record.weeks


def _withdrawing(luck: np.random.Generator, cohort: str, share: float) -> Record:
    """Return withdrawals at a constant hazard, by which ``share`` has left at the end."""
    people, weeks = size_of(cohort)
    hazard = 1.0 - (1.0 - share) ** (1.0 / weeks)
    week = luck.geometric(hazard, people) - 1
    return {withdrawals: Withdrawals(np.where(week < weeks, week, STAYED), weeks)}


@pattern("A1", COHORTS, "oulad_cohorts", Part("log_withdrawal_shape", 0.36, 0.97), least=MOST)
def constant_hazard(luck: np.random.Generator, cohort: str) -> Record:
    """Everybody is at the same risk in every week; as many have left at the end as did."""
    record = observed(cohort.removeprefix("oulad-").upper())
    return _withdrawing(luck, cohort, float((record.week >= 0).mean()))


@pattern("A2", COHORTS, "oulad_cohorts", Part("log_withdrawn", 0.04, 0.27), least=MOST)
def toss_of_a_coin(luck: np.random.Generator, cohort: str) -> Record:
    """One in two withdraws."""
    return _withdrawing(luck, cohort, 0.5)


@pattern("A3", COHORTS, "oulad_weekly_survival", Part("log_worst_weeks", 0.18, 0.45), least=MOST)
def smooth_hazard(luck: np.random.Generator, cohort: str) -> Record:
    """Everybody is at the same risk in every week: no week is worse than another but by luck."""
    return constant_hazard(luck, cohort)
