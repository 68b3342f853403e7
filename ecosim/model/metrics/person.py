"""What becomes of people: what they can, what they believe of themselves, what they live on."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.model.metrics.declare import metric
from ecosim.model.state import Array

Pair = tuple[Array, Array]
ENROLLED = "the enrolled"


@metric(
    "skill_gain", label="skill gained", unit="share", over="all learners, gone or not", run="end",
    formula="mean of skill on the interest, now minus at the start", source="a difference",
    meaning="How much skill on their own topic learners have gained since the start; "
    "who has left, or is yet to come, forgets.",
    better="higher",
)  # fmt: skip
def skill_gain(eco: Any) -> Pair:
    """Return skill gained over all learners; the run value is that of the last week."""
    return eco.log.gain, np.full(eco.log.gain.size, float(eco.scenario.learners))


@metric(
    "autonomy", label="autonomy", unit="share", over=ENROLLED, run="end",
    formula="mean of A", source="Linard 1989-2003; Carré 2005",
    meaning="How far the enrolled can direct their own learning.",
    better="higher",
)  # fmt: skip
def autonomy(eco: Any) -> Pair:
    """Return the autonomy of the enrolled; the run value is that of the last week."""
    return eco.log.autonomy, eco.log.enrolled


@metric(
    "autonomous_motive", label="autonomous motive", unit="share", over=ENROLLED, run="end",
    formula="mean of M", source="Deci, Koestner & Ryan 1999; Howard 2021",
    meaning="How far the enrolled want to learn for reasons of their own.",
    better="higher",
)  # fmt: skip
def autonomous_motive(eco: Any) -> Pair:
    """Return the autonomous motive of the enrolled; the run value is that of the last week."""
    return eco.log.autonomous_motive, eco.log.enrolled


@metric(
    "persistence", label="persistence", unit="share", over=ENROLLED, run="end",
    formula="mean of P", source="Heutte 2014, 2017",
    meaning="How much energy of their own the enrolled have to go on.",
    better="higher",
)  # fmt: skip
def persistence(eco: Any) -> Pair:
    """Return the persistence of the enrolled; the run value is that of the last week."""
    return eco.log.persistence, eco.log.enrolled


@metric(
    "efficacy", label="sense of efficacy", unit="share", over=ENROLLED, run="end",
    formula="mean of E", source="Multon 1991; Robbins 2004",
    meaning="How far the enrolled believe that they can succeed.",
    better="higher",
)  # fmt: skip
def efficacy(eco: Any) -> Pair:
    """Return the sense of efficacy of the enrolled; the run value is that of the last week."""
    return eco.log.efficacy, eco.log.enrolled


@metric(
    "external_drive", label="external drive", unit="share", over=ENROLLED, run="end",
    formula="mean of Z", source="Cerasoli 2014",
    meaning="How strongly rewards and facilitation push the enrolled.",
)  # fmt: skip
def external_drive(eco: Any) -> Pair:
    """Return the external drive of the enrolled; the run value is that of the last week."""
    return eco.log.external_drive, eco.log.enrolled


@metric(
    "autotelic_ratio", label="autotelic ratio", unit="share", over="active learner-weeks", run="pooled",
    formula="rho = sum P / (sum P + sum Z)", source="Heutte 2014, 2017, 2019",
    meaning="How much of the energy of those who do something is their own, and not a push from outside.",
    better="higher",
)  # fmt: skip
def autotelic_ratio(eco: Any) -> Pair:
    """Return own energy over all energy of those who act."""
    own = eco.log.persistence_of_active
    return own, own + eco.log.external_drive_of_active
