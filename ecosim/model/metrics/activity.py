"""Who stays, who does something, and how much."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.model.metrics.declare import metric, ratio
from ecosim.model.state import Array

Pair = tuple[Array, Array]
SHAPES = 0.01, 20.0
"""Weibull shapes among which the most likely one is sought."""


@metric(
    "retention", label="retention", unit="share", over="all who have arrived", run="end",
    formula="enrolled at the week's end / arrived", source="a head count",
    meaning="Of all who ever came, how many are still enrolled.",
    better="higher",
)  # fmt: skip
def retention(eco: Any) -> Pair:
    """Return enrolled over arrived; the run value is that of the last week."""
    return eco.log.enrolled, eco.log.arrived


@metric(
    "participation", label="participation", unit="share", over="all who have arrived", run="mean",
    formula="active / arrived", source="a head count",
    meaning="Of all who ever came, how many do something in a week.",
    better="higher",
)  # fmt: skip
def participation(eco: Any) -> Pair:
    """Return active over arrived; the run value is the mean over weeks."""
    return eco.log.active, eco.log.arrived


@metric(
    "active_share", label="activity of the enrolled", unit="share", over="enrolled learner-weeks", run="pooled",
    formula="active / enrolled at the week's start", source="a head count",
    meaning="Of those who are enrolled, how many do something in a week.",
    better="higher",
)  # fmt: skip
def active_share(eco: Any) -> Pair:
    """Return active over enrolled at the week's start."""
    return eco.log.active, eco.log.enrolled_at_start


@metric(
    "hazard", label="weekly hazard", unit="probability", over="the enrolled", run="mean",
    formula="left / enrolled at the week's start", source="Kaplan & Meier 1958",
    meaning="How likely somebody who is enrolled leaves within the week.",
    better="lower",
)  # fmt: skip
def hazard(eco: Any) -> Pair:
    """Return those who left over those who could; the run value is the mean over weeks."""
    return eco.log.left, eco.log.enrolled_at_start


@metric(
    "hazard_shape", label="shape of the hazard", unit="1", over="spells of enrolment", run="value",
    formula="k of S(t) = exp(-(t / b)^k), maximum likelihood on weeks of tenure",
    source="Weibull 1951; Prentice & Gloeckler 1978",
    meaning="Below 1 it is newcomers who leave, at 1 everybody is at the same risk, above 1 it is the old hands.",
)  # fmt: skip
def hazard_shape(eco: Any) -> float:
    """Return the Weibull shape of all spells of enrolment, those that go on counted as censored.

    A spell that lasted until week k of tenure contributes h(k) to the likelihood if it ended there, and 1 - h(j) for
    each week j that it outlived, with h(j) = 1 - exp(-rate * (j^k - (j - 1)^k)): the grouped-data likelihood.
    """
    at_risk, left = eco.past.at_risk[1:], eco.past.left[1:]
    weeks = np.flatnonzero(at_risk) + 1.0
    at_risk, left = at_risk[at_risk > 0], left[at_risk > 0]
    if left.sum() == 0 or weeks.size < 2:
        return float("nan")
    low, high = SHAPES
    if _pull(low, weeks, at_risk, left) <= 0.0 or _pull(high, weeks, at_risk, left) >= 0.0:
        return float("nan")
    for _ in range(40):
        shape = 0.5 * (low + high)
        low, high = (shape, high) if _pull(shape, weeks, at_risk, left) > 0.0 else (low, shape)
    return round(0.5 * (low + high), 9)


def _pull(shape: float, weeks: Array, at_risk: Array, left: Array) -> float:
    """Return the slope of the log-likelihood in the shape, at the rate that is most likely with it."""
    end = weeks**shape
    start = (weeks - 1.0) ** shape
    span = end - start
    before = np.maximum(weeks - 1.0, 1.0)  # of which the logarithm is taken: 0^k ln 0 is 0
    growth = end * np.log(weeks) - np.where(weeks > 1.0, start * np.log(before), 0.0)
    rate = left.sum() / (at_risk * span).sum()
    for _ in range(50):
        load = rate * span
        odds = left * _per_exit(load)
        slope = (odds - (at_risk - left)) @ span
        bend = -(left * span * span * _per_exit(load) * (1.0 + _per_exit(load))).sum()
        step = slope / bend
        rate = rate - step if rate > step else 0.5 * rate
        if abs(step) <= 1e-13 * rate:
            break
    return float(((left * _per_exit(rate * span) - (at_risk - left)) * growth).sum())


def _per_exit(load: Array) -> Array:
    """Return 1 / (exp(load) - 1)."""
    return 1.0 / np.expm1(np.minimum(load, 700.0))


@metric(
    "return_from_dormancy", label="return from dormancy", unit="probability", over="the idle who are enrolled",
    run="pooled", formula="P(active | idle last week, enrolled)", source="a transition probability",
    meaning="How likely somebody who did nothing last week does something this week.",
    better="higher",
)  # fmt: skip
def return_from_dormancy(eco: Any) -> Pair:
    """Return those who became active over those who had been idle."""
    return eco.log.woke_up, eco.log.was_idle


@metric(
    "stay_active", label="staying active", unit="probability", over="the active who are enrolled", run="pooled",
    formula="P(active | active last week, enrolled)", source="a transition probability",
    meaning="How likely somebody who did something last week does something this week.",
    better="higher",
)  # fmt: skip
def stay_active(eco: Any) -> Pair:
    """Return those who stayed active over those who had been active and are still enrolled."""
    return eco.log.stayed_active, eco.log.was_active


@metric(
    "collective_share", label="collective share", unit="share", over="active learner-weeks", run="pooled",
    formula="active on a collective artefact / active", source="a head count",
    meaning="Of those who do something, how many do it with others.",
)  # fmt: skip
def collective_share(eco: Any) -> Pair:
    """Return collective acts over acts."""
    return eco.log.collective, eco.log.active


@metric(
    "effort", label="effort", unit="contributions", over="active learner-weeks", run="pooled",
    formula="sum n / active", source="a count",
    meaning="How much those who do something do in a week.",
)  # fmt: skip
def effort(eco: Any) -> Pair:
    """Return effort over acts."""
    return eco.log.effort, eco.log.active


@metric(
    "contributions", label="contributions", unit="contributions", over="enrolled learner-weeks", run="pooled",
    formula="contributions on collective artefacts / enrolled at the week's start", source="a count",
    meaning="How much an enrolled learner contributes to what is done together in a week.",
)  # fmt: skip
def contributions(eco: Any) -> Pair:
    """Return contributions on collective artefacts over the enrolled."""
    return eco.log.contributions, eco.log.enrolled_at_start


def share_of_learners(eco: Any, which: Array) -> float:
    """Return the share of all learners for whom ``which`` holds."""
    return ratio(float(np.count_nonzero(which)), float(eco.scenario.learners))


@metric(
    "collaborators_share", label="collaborators", unit="share", over="all learners", run="value",
    formula="learners who called on a partner in >= 3 weeks / all", source="Heutte 2011",
    meaning="How many learners worked with a partner in at least three weeks.",
    better="higher",
)  # fmt: skip
def collaborators_share(eco: Any) -> float:
    """Return the share of learners who worked with a partner often enough."""
    return share_of_learners(eco, eco.learners.weeks_collaborating >= eco.p.observation.collaborator_weeks)


@metric(
    "posters_share", label="posters", unit="share", over="all learners", run="value",
    formula="learners with at least one collective act / all", source="a head count",
    meaning="How many learners ever did something with others.",
    better="higher",
)  # fmt: skip
def posters_share(eco: Any) -> float:
    """Return the share of learners who ever acted on a collective artefact."""
    return share_of_learners(eco, eco.learners.weeks_collective > 0)
