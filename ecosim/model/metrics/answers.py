"""What people would answer when asked: reports of flow after each act, a survey of needs and motivation at the end.

These metrics need a diary and run the very code that is run on real questionnaires.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from ecosim.model.metrics.recorded import recorded_metric
from ecosim.model.watching.diary import watched
from ecosim.model.watching.questionnaires import flow_reports, need_reports
from ecosim.records import reports

recorded = partial(recorded_metric, __name__)


def _needs(eco: Any) -> Any:
    return reports.need_weights(watched(eco, need_reports))


recorded(
    "flow_icc", flow_reports, reports.flow_icc,
    label="stable differences of flow", unit="share", over="reports",
    source="Flow Short Scale (Palomäki et al. 2021)",
    formula="ICC(1) of reports of flow within persons",
    meaning="How much of the differences in reported flow lies between persons.",
)  # fmt: skip

recorded(
    "flow_spread", flow_reports, reports.flow_within_sd,
    label="ups and downs of flow", unit="scale points", over="reports",
    source="Flow Short Scale (Palomäki et al. 2021)",
    formula="mean of persons' standard deviations, scale of 1 to 7",
    meaning="How far one person's reports of flow go up and down.",
)  # fmt: skip

recorded(
    "flow_lag1", flow_reports, reports.flow_lag1,
    label="inertia of flow", unit="1", over="reports",
    source="Flow Short Scale (Palomäki et al. 2021)",
    formula="correlation with the next report, within persons, mean over persons",
    meaning="How far one good moment is followed by another one.",
)  # fmt: skip

recorded(
    "flow_deviation", flow_reports, reports.flow_deviation_correlation,
    label="flow and how it goes", unit="1", over="reports",
    source="Flow Short Scale (Palomäki et al. 2021)",
    formula="correlation with the deviation of performance (below 0 is better), within persons, mean over them",
    meaning="Below 0, people report more flow when things go better than could be expected.",
)  # fmt: skip

recorded(
    "need_weight_competence", _needs, lambda found: found.competence,
    label="weight of competence", unit="1", over="the enrolled at the end",
    source="Holzer et al. 2021, Austria",
    formula="standardised regression weight in the autonomous motive, as surveyed",
    meaning="How far motivation goes with the satisfied need for competence, the other needs held.",
)  # fmt: skip

recorded(
    "need_weight_autonomy", _needs, lambda found: found.autonomy,
    label="weight of autonomy", unit="1", over="the enrolled at the end",
    source="Holzer et al. 2021, Austria",
    formula="standardised regression weight in the autonomous motive, as surveyed",
    meaning="How far motivation goes with the satisfied need for autonomy, the other needs held.",
)  # fmt: skip

recorded(
    "need_weight_relatedness", _needs, lambda found: found.relatedness,
    label="weight of relatedness", unit="1", over="the enrolled at the end",
    source="Holzer et al. 2021, Austria",
    formula="standardised regression weight in the autonomous motive, as surveyed",
    meaning="How far motivation goes with the satisfied need for relatedness, the other needs held.",
)  # fmt: skip

recorded(
    "needs_explained", _needs, lambda found: found.explained,
    label="motivation explained by needs", unit="share", over="the enrolled at the end",
    source="Holzer et al. 2021, Austria",
    formula="R2 of that regression",
    meaning="How much of the differences in motivation the three needs explain.",
)  # fmt: skip
