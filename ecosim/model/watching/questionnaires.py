"""What people would have answered: reports of flow after each act, and a survey of needs at the end."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.chance import REPORT, normal, uniform
from ecosim.mechanisms.recording import error_spread, scale_report
from ecosim.model.kernel import kernel
from ecosim.model.state import Array
from ecosim.records.types import FlowReports, NeedReports

LOW, HIGH = 1.0, 7.0  #: of the Flow Short Scale
SCALES = ("need_competence", "need_autonomy", "need_relatedness", "autonomous_motive")


def flow_reports(eco: Any) -> FlowReports:
    """Return a report of flow after each act of the watched run ``eco``, with how the act went.

    The scale runs from 1 to 7 and has an error of ``flow_items_sd``; the deviation of performance is standard normal,
    below 0 where the act went better than could be expected.
    """
    page, p = eco.diary.page, eco.p.recording
    week, learner = np.nonzero(page.active[: eco.week])
    felt, made = page.flow[week, learner].astype(np.float64), np.empty(learner.size)
    answer(felt, week, learner, 0, LOW, HIGH, np.full(learner.size, p.flow_items_sd), made, eco.seed, eco.replicate)
    return FlowReports(learner, week, made, page.outcome[week, learner].astype(np.float64))


def need_reports(eco: Any) -> NeedReports:
    """Return what the enrolled would answer at the end on their needs and their autonomous motive, on scales 1 to 5.

    Each scale has the error that its reliability says: sd sqrt(1 / alpha - 1).
    """
    people, p = eco.learners, eco.p.recording
    who = np.flatnonzero(people.enrolled & (people.weeks_active > 0))
    alphas = (p.reliability_competence, p.reliability_autonomy, p.reliability_relatedness, p.reliability_motivation)
    scales = enumerate(zip(SCALES, alphas, strict=True), 1)
    return NeedReports(*(_scale(eco, who, name, number, alpha) for number, (name, alpha) in scales))


def _scale(eco: Any, who: Array, name: str, number: int, alpha: float) -> Array:
    """Return the answers on one scale."""
    felt, made = getattr(eco.learners, name)[who], np.empty(who.size)
    if not who.size:
        return made
    error = np.full(who.size, error_spread(alpha, 4.0 * float(felt.std())))
    weeks = np.full(who.size, eco.week)
    answer(felt, weeks, who, number, 1.0, 5.0, error, made, eco.seed, eco.replicate)
    return made


@kernel
def answer(felt, week, learner, scale, low, high, error, made, seed, replicate):
    """Set the answer of each learner on a scale."""
    for k in range(learner.size):
        noise = normal(uniform(seed, replicate, REPORT, week[k], learner[k], scale))
        made[k] = scale_report(felt[k], low, high, error[k], noise)
