"""What people would answer when asked: reports of flow after each act, a survey of needs and motivation at the end.

These metrics need a diary (``watched``) and run the very code that is run on real questionnaires.
"""

from __future__ import annotations

from typing import Any

from ecosim.model.metrics.declare import metric
from ecosim.model.watching.diary import watched
from ecosim.model.watching.questionnaires import flow_reports, need_reports
from ecosim.records import reports


@metric(
    "flow_icc", label="stable differences of flow", unit="share",
    run="value", costly=True, watched=True, over="reports",
    source="Flow Short Scale (Palomäki et al. 2021)",
    formula="ICC(1) of reports of flow within persons",
    meaning="How much of the differences in reported flow lies between persons.",
)  # fmt: skip
def flow_icc(eco: Any) -> float:
    """Return ICC(1) of reports of flow within persons."""
    return reports.flow_icc(watched(eco, flow_reports))


@metric(
    "flow_spread", label="ups and downs of flow", unit="scale points",
    run="value", costly=True, watched=True, over="reports",
    source="Flow Short Scale (Palomäki et al. 2021)",
    formula="mean of persons' standard deviations, scale of 1 to 7",
    meaning="How far one person's reports of flow go up and down.",
)  # fmt: skip
def flow_spread(eco: Any) -> float:
    """Return mean of persons' standard deviations, scale of 1 to 7."""
    return reports.flow_within_sd(watched(eco, flow_reports))


@metric(
    "flow_lag1", label="inertia of flow", unit="1",
    run="value", costly=True, watched=True, over="reports",
    source="Flow Short Scale (Palomäki et al. 2021)",
    formula="correlation with the next report, within persons, mean over persons",
    meaning="How far one good moment is followed by another one.",
)  # fmt: skip
def flow_lag1(eco: Any) -> float:
    """Return correlation with the next report, within persons, mean over persons."""
    return reports.flow_lag1(watched(eco, flow_reports))


@metric(
    "flow_deviation", label="flow and how it goes", unit="1",
    run="value", costly=True, watched=True, over="reports",
    source="Flow Short Scale (Palomäki et al. 2021)",
    formula="correlation with the deviation of performance (below 0 is better), within persons, mean over them",
    meaning="Below 0, people report more flow when things go better than could be expected.",
)  # fmt: skip
def flow_deviation(eco: Any) -> float:
    """Return correlation with the deviation of performance (below 0 is better), within persons, mean over them."""
    return reports.flow_deviation_correlation(watched(eco, flow_reports))


@metric(
    "need_weight_competence", label="weight of competence", unit="1",
    run="value", costly=True, watched=True, over="the enrolled at the end",
    source="Holzer et al. 2021, Austria",
    formula="standardised regression weight in the autonomous motive, as surveyed",
    meaning="How far motivation goes with the satisfied need for competence, the other needs held.",
)  # fmt: skip
def need_weight_competence(eco: Any) -> float:
    """Return standardised regression weight in the autonomous motive, as surveyed."""
    return float(watched(eco, _needs).competence)


@metric(
    "need_weight_autonomy", label="weight of autonomy", unit="1",
    run="value", costly=True, watched=True, over="the enrolled at the end",
    source="Holzer et al. 2021, Austria",
    formula="standardised regression weight in the autonomous motive, as surveyed",
    meaning="How far motivation goes with the satisfied need for autonomy, the other needs held.",
)  # fmt: skip
def need_weight_autonomy(eco: Any) -> float:
    """Return standardised regression weight in the autonomous motive, as surveyed."""
    return float(watched(eco, _needs).autonomy)


@metric(
    "need_weight_relatedness", label="weight of relatedness", unit="1",
    run="value", costly=True, watched=True, over="the enrolled at the end",
    source="Holzer et al. 2021, Austria",
    formula="standardised regression weight in the autonomous motive, as surveyed",
    meaning="How far motivation goes with the satisfied need for relatedness, the other needs held.",
)  # fmt: skip
def need_weight_relatedness(eco: Any) -> float:
    """Return standardised regression weight in the autonomous motive, as surveyed."""
    return float(watched(eco, _needs).relatedness)


@metric(
    "needs_explained", label="motivation explained by needs", unit="share",
    run="value", costly=True, watched=True, over="the enrolled at the end",
    source="Holzer et al. 2021, Austria",
    formula="R2 of that regression",
    meaning="How much of the differences in motivation the three needs explain.",
)  # fmt: skip
def needs_explained(eco: Any) -> float:
    """Return R2 of that regression."""
    return float(watched(eco, _needs).explained)


def _needs(eco: Any) -> Any:
    return reports.need_weights(watched(eco, need_reports))
