"""What was measured in the world, by the very code that measures the simulated one where the rows are at hand."""

from __future__ import annotations

from functools import cache

import numpy as np

from ecosim.evidence import targets
from ecosim.evidence.pattern import Pattern
from ecosim.model.metrics import METRICS
from ecosim.model.state import Array
from ecosim.model.watching.platform import panel, withdrawals
from ecosim.model.watching.recorded import Record, as_watched

OPEN_UNIVERSITY = "oulad-"


def observed_values(pattern: Pattern) -> Array:
    """Return what each part was in each cohort, shape (cohorts, parts).

    Of the Open University from the rows that are shipped; else as the sources print it, NaN where they do not.
    """
    return np.array(
        [[_observed(cohort, part.metric, part.observed) for part in pattern.parts] for cohort in pattern.cohorts]
    )


def _observed(cohort: str, metric: str, printed: float | None) -> float:
    """Return one number."""
    if cohort.startswith(OPEN_UNIVERSITY):
        return METRICS[metric].value(as_watched(real_records(cohort)))
    return float("nan") if printed is None else printed


@cache
def real_records(cohort: str) -> Record:
    """Return the shipped records of a presentation: its withdrawals, and its log where that is shipped."""
    presentation = cohort.removeprefix(OPEN_UNIVERSITY).upper()
    found: Record = {withdrawals: targets.withdrawals(presentation)}
    if presentation in targets.observed():
        found[panel] = targets.panel(presentation)
    return found
