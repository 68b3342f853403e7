"""Apprenance, a lasting disposition to learn: how strong it is, how many have it, whether it emerges, grows and lasts.

Own apprenance is (M (E + A) / 2 P)^(1/3); from .6 on somebody counts as apprenant (Carré 2005). The level, the share
from which apprenance has emerged and the weeks that count as lasting are parameters of the observation.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.model.metrics.declare import metric, quotient, ratio
from ecosim.model.state import Array

Pair = tuple[Array, Array]
EVER = "all who ever enrolled"


@metric(
    "apprenance", label="apprenance", unit="share", over="the enrolled", run="end",
    formula="mean of (M (E + A) / 2 P)^(1/3)", source="Carré 2005",
    meaning="How strong the disposition to learn is in the enrolled; it also rises when others leave.",
    better="higher",
)  # fmt: skip
def apprenance(eco: Any) -> Pair:
    """Return the apprenance of the enrolled; the run value is that of the last week."""
    return eco.log.apprenance, eco.log.enrolled


@metric(
    "apprenance_prevalence", label="prevalence of apprenance", unit="share", over=EVER, run="end",
    formula="enrolled with own apprenance >= .6 / all who ever enrolled", source="Carré 2005",
    meaning="Of all who ever enrolled, how many are there and have a strong disposition to learn.",
    better="higher",
)  # fmt: skip
def apprenance_prevalence(eco: Any) -> Pair:
    """Return the apprenant over all who ever enrolled; the run value is that of the last week."""
    return eco.log.apprenant, eco.log.arrived


def _prevalence(eco: Any) -> Array:
    """Return the prevalence of each week lived."""
    return quotient(eco.log.apprenant[: eco.week], eco.log.arrived[: eco.week])


@metric(
    "apprenance_emergence", label="emergence of apprenance", unit="weeks", over=EVER, run="value",
    formula="first week with a prevalence >= .3", source="Carré 2005",
    meaning="The first week in which three in ten of all who ever enrolled have a strong disposition to learn.",
    better="lower",
)  # fmt: skip
def apprenance_emergence(eco: Any) -> float:
    """Return the first week in which apprenance has emerged, NaN if it never has."""
    weeks = np.flatnonzero(_prevalence(eco) >= eco.p.observation.emergence)
    return float(weeks[0]) if weeks.size else float("nan")


@metric(
    "apprenance_growth", label="growth of apprenance", unit="1/week", over=EVER, run="value",
    formula="least-squares slope of the prevalence over weeks", source="Carré 2005",
    meaning="By how much the share of those with a strong disposition to learn changes from week to week.",
    better="higher",
)  # fmt: skip
def apprenance_growth(eco: Any) -> float:
    """Return the slope of the prevalence over the weeks that have one."""
    share = _prevalence(eco)
    weeks = np.flatnonzero(~np.isnan(share)).astype(float)
    share = share[~np.isnan(share)]
    away = weeks - weeks.mean() if weeks.size else weeks
    return ratio(float((away * share).sum()), float((away * away).sum()))


@metric(
    "apprenance_maintenance", label="maintenance of apprenance", unit="share", over=EVER, run="value",
    formula="share with own apprenance >= .6 in 26 consecutive weeks", source="Carré 2005",
    meaning="How many have kept a strong disposition to learn for half a year.",
    better="higher",
)  # fmt: skip
def apprenance_maintenance(eco: Any) -> float:
    """Return the share of all who ever enrolled who have held apprenance long enough; NaN in a run too short for it."""
    if eco.week < eco.p.observation.maintenance_weeks:
        return float("nan")
    held = eco.learners.apprenance_longest >= eco.p.observation.maintenance_weeks
    return ratio(float(np.count_nonzero(held)), float(np.count_nonzero(eco.learners.arrival_week < eco.week)))


@metric(
    "apprenance_stability", label="stability of apprenance", unit="1", over="learners enrolled for two weeks or more",
    run="value", formula="1 - sd within / sd between learners", source="Carré 2005",
    meaning="Near 1, apprenance tells persons apart and stays with them; near 0, it comes and goes in everybody.",
    better="higher",
)  # fmt: skip
def apprenance_stability(eco: Any) -> float:
    """Return 1 - sd within / sd between.

    Within: root of the mean over learners of the variance over their own weeks; between: spread of learners' means.
    """
    people = eco.learners
    lived = people.apprenance_weeks >= 2
    if np.count_nonzero(lived) < 2:
        return float("nan")
    weeks = people.apprenance_weeks[lived].astype(float)
    means = people.apprenance_sum[lived] / weeks
    within = np.maximum(people.apprenance_squares[lived] / weeks - means * means, 0.0)
    return 1.0 - ratio(float(np.sqrt(within.mean())), float(means.std()))
