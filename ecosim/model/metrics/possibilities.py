"""What is possible for people: compossibles, alone and shared, and artefacts that have become instruments."""

from __future__ import annotations

from typing import Any

from ecosim.model.metrics.declare import metric
from ecosim.model.state import Array

Pair = tuple[Array, Array]


@metric(
    "compossibles", label="compossibles", unit="artefacts", over="enrolled learner-weeks", run="pooled",
    formula="mean number of m with alpha >= theta", source="Simonian 2014, 2015",
    meaning="How many artefacts are open to a learner at the same time.",
    better="higher",
)  # fmt: skip
def compossibles(eco: Any) -> Pair:
    """Return compossibles over the enrolled."""
    return eco.log.compossibles, eco.log.enrolled_at_start


@metric(
    "shared_compossibles", label="shared compossibles", unit="artefacts", over="enrolled learner-weeks", run="pooled",
    formula="number of (i, j, m) with a tie, m collective and alpha >= theta for both / learners",
    source="Simonian 2015",
    meaning="How many things a learner and those tied to her could do together, counted for each of them.",
    better="higher",
)  # fmt: skip
def shared_compossibles(eco: Any) -> Pair:
    """Return compossibles open to both ends of a tie over the enrolled."""
    return eco.log.shared_compossibles, eco.log.enrolled_at_start


@metric(
    "instruments_share", label="instruments", unit="share", over="learner-artefact pairs of the enrolled", run="end",
    formula="pairs with mastery > .6 / pairs", source="Rabardel 1995",
    meaning="How much of what there is has become an instrument in the hands of the enrolled.",
    better="higher",
)  # fmt: skip
def instruments_share(eco: Any) -> Pair:
    """Return instruments over learner-artefact pairs; the run value is that of the last week."""
    return eco.log.instruments, eco.log.enrolled * len(eco.artefact_names)
