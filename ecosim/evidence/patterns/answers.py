"""A24 and A25: what people answer - reports of flow in 40 runs of a game, needs and motivation of students."""

from __future__ import annotations

import numpy as np

from ecosim.evidence.pattern import Part, pattern
from ecosim.model.watching.questionnaires import flow_reports, need_reports
from ecosim.model.watching.recorded import Record
from ecosim.records.types import FlowReports, NeedReports

DIARY, SURVEY = "flow-diary", "university-survey"
PERSONS, MOMENTS, STUDENTS = 18, 40, 5613


@pattern(
    "A24", DIARY, "flow", Part("flow_icc", 0.15, 0.37, 0.25287), Part("flow_spread", 0.52, 0.72, 0.62509),
    Part("flow_lag1", 0.19, 0.36, 0.27528), Part("flow_deviation", -0.53, -0.33, -0.43355),
)  # fmt: skip
def traits_alone(luck: np.random.Generator, cohort: str) -> Record:
    """Some people are prone to flow, and the rest is noise."""
    person, moment = np.divmod(np.arange(PERSONS * MOMENTS), MOMENTS)
    flow = 5.0 + 0.4 * luck.standard_normal(PERSONS)[person] + 0.62 * luck.standard_normal(person.size)
    return {flow_reports: FlowReports(person, moment, flow, luck.standard_normal(person.size))}


@pattern(
    "A25", SURVEY, "needs", Part("need_weight_competence", 0.38, 0.48, 0.43339),
    Part("need_weight_autonomy", 0.26, 0.36, 0.3083), Part("need_weight_relatedness", 0.0, 0.10, 0.02367),
    Part("needs_explained", 0.40, 0.51, 0.45578),
)  # fmt: skip
def equal_weights(luck: np.random.Generator, cohort: str) -> Record:
    """The three needs are correlated as they are, and each counts the same."""
    correlation = np.array([[1.0, 0.607, 0.281], [0.607, 1.0, 0.309], [0.281, 0.309, 1.0]])
    needs = luck.multivariate_normal(np.zeros(3), correlation, STUDENTS)
    motivation = needs.sum(axis=1) * 0.3 + 0.74 * luck.standard_normal(STUDENTS)
    competence, autonomy, relatedness = needs.T
    return {need_reports: NeedReports(competence, autonomy, relatedness, motivation)}
