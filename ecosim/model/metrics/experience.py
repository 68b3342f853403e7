"""What activity feels like: flow and its dimensions, challenge and skill, success, load, needs."""

from __future__ import annotations

from typing import Any

from ecosim.model.metrics.declare import metric
from ecosim.model.state import Array

Pair = tuple[Array, Array]
ACTIVE = "active learner-weeks"
ENROLLED = "the enrolled"


@metric(
    "mean_flow", label="flow", unit="share", over=ACTIVE, run="pooled",
    formula="mean of F = (D1 + D2 + D3 + D4) / 4", source="Csikszentmihalyi 1975; Heutte et al. 2021",
    meaning="How strong flow is in those who do something.",
    better="higher",
)  # fmt: skip
def mean_flow(eco: Any) -> Pair:
    """Return flow over acts."""
    return eco.log.flow, eco.log.active


@metric(
    "flow_share", label="weeks in flow", unit="share", over=ACTIVE, run="pooled",
    formula="share with F >= .65", source="Csikszentmihalyi 1975; Heutte et al. 2021",
    meaning="How often those who do something are in flow.",
    better="higher",
)  # fmt: skip
def flow_share(eco: Any) -> Pair:
    """Return flow episodes over acts."""
    return eco.log.flow_episodes, eco.log.active


@metric(
    "control", label="cognitive control", unit="share", over=ACTIVE, run="pooled",
    formula="mean of D1", source="Heutte et al. 2021",
    meaning="How much those who do something feel in control of it.",
    better="higher",
)  # fmt: skip
def control(eco: Any) -> Pair:
    """Return D1 over acts."""
    return eco.log.control, eco.log.active


@metric(
    "immersion", label="immersion", unit="share", over=ACTIVE, run="pooled",
    formula="mean of D2", source="Heutte et al. 2021",
    meaning="How far those who do something forget the time.",
    better="higher",
)  # fmt: skip
def immersion(eco: Any) -> Pair:
    """Return D2 over acts."""
    return eco.log.immersion, eco.log.active


@metric(
    "unselfconsciousness", label="loss of self-consciousness", unit="share", over=ACTIVE, run="pooled",
    formula="mean of D3", source="Heutte et al. 2021",
    meaning="How far those who do something stop minding what others think of them.",
    better="higher",
)  # fmt: skip
def unselfconsciousness(eco: Any) -> Pair:
    """Return D3 over acts."""
    return eco.log.unselfconsciousness, eco.log.active


@metric(
    "autotelic_experience", label="autotelic experience", unit="share", over=ACTIVE, run="pooled",
    formula="mean of D4", source="Heutte et al. 2021",
    meaning="How far what is done is worth doing for its own sake.",
    better="higher",
)  # fmt: skip
def autotelic_experience(eco: Any) -> Pair:
    """Return D4 over acts."""
    return eco.log.autotelic, eco.log.active


@metric(
    "flow_quadrant", label="flow quadrant", unit="share", over=ACTIVE, run="pooled",
    formula="share with challenge and skill at or above the week's means", source="Csikszentmihalyi 2014",
    meaning="How often both challenge and skill are above average.",
    better="higher",
)  # fmt: skip
def flow_quadrant(eco: Any) -> Pair:
    """Return acts in the flow quadrant over acts."""
    return eco.log.in_flow_quadrant, eco.log.active


@metric(
    "anxiety_quadrant", label="anxiety quadrant", unit="share", over=ACTIVE, run="pooled",
    formula="share with challenge at or above, skill below the week's means", source="Csikszentmihalyi 2014",
    meaning="How often the challenge is above average and skill is not.",
    better="lower",
)  # fmt: skip
def anxiety_quadrant(eco: Any) -> Pair:
    """Return acts in the anxiety quadrant over acts."""
    return eco.log.in_anxiety_quadrant, eco.log.active


@metric(
    "boredom_quadrant", label="boredom quadrant", unit="share", over=ACTIVE, run="pooled",
    formula="share with challenge below, skill at or above the week's means", source="Csikszentmihalyi 2014",
    meaning="How often skill is above average and the challenge is not.",
    better="lower",
)  # fmt: skip
def boredom_quadrant(eco: Any) -> Pair:
    """Return acts in the boredom quadrant over acts."""
    return eco.log.in_boredom_quadrant, eco.log.active


@metric(
    "apathy_quadrant", label="apathy quadrant", unit="share", over=ACTIVE, run="pooled",
    formula="share with challenge and skill below the week's means", source="Csikszentmihalyi 2014",
    meaning="How often neither challenge nor skill is above average.",
    better="lower",
)  # fmt: skip
def apathy_quadrant(eco: Any) -> Pair:
    """Return acts in the apathy quadrant over acts."""
    return eco.log.in_apathy_quadrant, eco.log.active


@metric(
    "challenge", label="perceived challenge", unit="share", over=ACTIVE, run="pooled",
    formula="mean of c", source="Csikszentmihalyi 1975",
    meaning="How hard tasks are once facilitator and partner have helped.",
)  # fmt: skip
def challenge(eco: Any) -> Pair:
    """Return perceived challenge over acts."""
    return eco.log.challenge, eco.log.active


@metric(
    "success_rate", label="success", unit="share", over=ACTIVE, run="pooled",
    formula="successes / active", source="Wilson 2019",
    meaning="How often what is tried succeeds.",
    better="higher",
)  # fmt: skip
def success_rate(eco: Any) -> Pair:
    """Return successes over acts."""
    return eco.log.success, eco.log.active


@metric(
    "mean_load", label="message load", unit="1", over="enrolled learner-weeks", run="pooled",
    formula="mean of clip((messages - capacity) / capacity, 0, 3)", source="Jones 2004",
    meaning="How far messages exceed what one can read, in multiples of it.",
    better="lower",
)  # fmt: skip
def mean_load(eco: Any) -> Pair:
    """Return load over the enrolled."""
    return eco.log.load, eco.log.enrolled_at_start


@metric(
    "need_autonomy", label="need for autonomy, satisfied", unit="share", over=ENROLLED, run="end",
    formula="mean over the enrolled", source="Deci, Koestner & Ryan 1999",
    meaning="How free the enrolled feel in what they do.",
    better="higher",
)  # fmt: skip
def need_autonomy(eco: Any) -> Pair:
    """Return the satisfied need for autonomy of the enrolled; the run value is that of the last week."""
    return eco.log.need_autonomy, eco.log.enrolled


@metric(
    "need_competence", label="need for competence, satisfied", unit="share", over=ENROLLED, run="end",
    formula="mean over the enrolled", source="Deci, Koestner & Ryan 1999",
    meaning="How able the enrolled feel in what they do.",
    better="higher",
)  # fmt: skip
def need_competence(eco: Any) -> Pair:
    """Return the satisfied need for competence of the enrolled; the run value is that of the last week."""
    return eco.log.need_competence, eco.log.enrolled


@metric(
    "need_relatedness", label="felt acceptance", unit="share", over=ENROLLED, run="end",
    formula="mean over the enrolled", source="Heutte 2011, 2017",
    meaning="How accepted by the others the enrolled feel.",
    better="higher",
)  # fmt: skip
def need_relatedness(eco: Any) -> Pair:
    """Return the felt acceptance of the enrolled; the run value is that of the last week."""
    return eco.log.need_relatedness, eco.log.enrolled
