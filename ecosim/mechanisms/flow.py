"""Feeling: flow, in the four dimensions of the EduFlow scale (Heutte et al. 2021).

Cognitive control, immersion and altered sense of time, loss of self-consciousness, and the autotelic experience.
Balance of challenge and skill is one of several inputs (Fong 2015), next to clear goals, feedback, efficacy, motive, a
safe place, and the load and distraction that disturb. How the task goes is felt at once: going well goes with flow
(Harris 2021; Palomäki et al. 2021).
"""

from __future__ import annotations

from math import sqrt

from ecosim.chance import sigma
from ecosim.equation import equation
from ecosim.schema import Block, parameter


class Flow(Block):
    """Weights of what makes flow, and how moods go."""

    gain: float = parameter(
        3.2, "logit", (0, 30), (2, 7), label="steepness of the flow dimensions", symbol="k_D",
        source="fitted to Palomäki et al. 2021 (docs/validation.md)", evidence="measured",
    )  # fmt: skip
    """Log-odds that one unit of favourable conditions adds to each dimension."""
    safe_base: float = parameter(
        0.25, "share", (0, 1), (0.1, 0.5), label="safety among strangers", symbol="safe0", source="assumed"
    )
    """How safe a collective act feels to somebody who is not accepted at all."""
    safe_solo: float = parameter(
        0.55, "share", (0, 1), (0.4, 0.8), label="safety alone", symbol="safe1", source="assumed"
    )
    """How safe a solo act feels."""
    noise: float = parameter(
        0.17, "logit", (0, 5), (0.05, 0.6), label="noise of each dimension", symbol="sd_e",
        source="fitted to Palomäki et al. 2021 (docs/validation.md)",
    )  # fmt: skip
    """Spread of what is left to the moment, in each dimension."""
    outcome: float = parameter(
        0.21, "logit", (0, 5), (0, 0.5), label="flow from how it goes", symbol="k_o",
        source="Harris 2021; fitted to Palomäki et al. 2021 (docs/validation.md)", evidence="measured",
    )  # fmt: skip
    """How much each dimension gains when the task goes one standard deviation better than could be expected."""
    mood_inertia: float = parameter(
        0.65, "1/week", (0, 1), (0.2, 0.8), label="inertia of mood", symbol="rho_m",
        source="fitted to Palomäki et al. 2021 (docs/validation.md)",
    )  # fmt: skip
    """Share of last week's mood that lasts."""
    mood_sd: float = parameter(
        0.32, "logit", (0, 5), (0.15, 1.0), label="spread of mood", symbol="sd_m",
        source="fitted to Palomäki et al. 2021 (docs/validation.md)", evidence="measured",
    )  # fmt: skip
    """Spread of mood over the weeks, on the log-odds of every dimension."""
    immersion_balance: float = parameter(
        0.5,
        "1",
        (0, 2),
        (0.2, 0.8),
        label="immersion from balance",
        symbol="k_2b",
        source="Fong 2015",
        evidence="signed",
    )
    """Weight of balance in immersion."""
    immersion_feedback: float = parameter(
        0.25, "1", (0, 2), (0.1, 0.5), label="immersion from feedback", symbol="k_2f", source="Csikszentmihalyi 2014",
        evidence="signed",
    )  # fmt: skip
    """Weight of feedback in immersion."""
    immersion_motive: float = parameter(
        0.25, "1", (0, 2), (0.1, 0.5), label="immersion from motive", symbol="k_2M", source="Heutte 2014",
        evidence="signed",
    )  # fmt: skip
    """Weight of the autonomous motive in immersion."""
    immersion_load: float = parameter(
        0.25, "1", (0, 2), (0.1, 0.5), label="immersion lost by load", symbol="k_2L", source="assumed"
    )
    """How much a unit of message load takes from immersion."""
    immersion_distraction: float = parameter(
        0.25, "1", (0, 2), (0.1, 0.5), label="immersion lost by distraction", symbol="k_2d", source="assumed"
    )
    """How much full distraction takes from immersion."""
    unselfconscious_immersion: float = parameter(
        0.5, "1", (0, 2), (0.2, 0.8), label="self forgotten in immersion", symbol="k_3", source="Heutte et al. 2021",
        evidence="signed",
    )  # fmt: skip
    """Weight of immersion in the loss of self-consciousness; a safe place has the rest."""
    autotelic_autonomy: float = parameter(
        0.25, "1", (0, 1), (0.1, 0.5), label="delight from felt autonomy", symbol="k_4", source="Heutte 2019",
        evidence="signed",
    )  # fmt: skip
    """Weight of the satisfied need for autonomy in the autotelic experience; the other dimensions share the rest."""
    episode: float = parameter(
        0.65, "share", (0, 1), (0.55, 0.8), label="what counts as flow", symbol="F*", source="a convention"
    )
    """A week whose four dimensions average this or more counts as a flow episode."""


@equation
def feedback(designed: float, answered: float) -> float:
    """Return fb = feedback + (1 - feedback) [answered]."""
    return designed + (1.0 - designed) * answered


@equation
def safety(acceptance: float, collective: float, base: float, alone: float) -> float:
    """Return min(1, .25 + need_relatedness) on a collective act, else .55."""
    return min(1.0, base + acceptance) if collective > 0.0 else alone


@equation
def mood(last: float, noise: float, inertia: float, spread: float) -> float:
    """Return .65 mood + sqrt(1 - .65^2) N(0, .32): a first-order process with a constant spread."""
    return inertia * last + sqrt(1.0 - inertia * inertia) * spread * noise


@equation
def moment(proneness: float, mood: float, outcome: float, noise: float, k_o: float, spread: float) -> float:
    """Return e = flow_trait + mood - .21 z + N(0, .17), what a dimension owes to the moment.

    ``outcome`` z is the luck of the task's success as a standard normal: below 0 it goes better than expected.
    """
    return proneness + mood - k_o * outcome + spread * noise


@equation
def control(balance: float, efficacy: float, goal: float, moment: float, gain: float) -> float:
    """Return D1 = sigma(3.2 ((b + E + goal) / 3 - .5) + e1), cognitive control."""
    return sigma(gain * ((balance + efficacy + goal) / 3.0 - 0.5) + moment)


@equation
def immersion(
    balance: float,
    fed_back: float,
    motive: float,
    load: float,
    distraction: float,
    moment: float,
    gain: float,
    k_balance: float,
    k_feedback: float,
    k_motive: float,
    k_load: float,
    k_distraction: float,
) -> float:
    """Return D2 = sigma(3.2 (.5 b + .25 fb + .25 M - .5 - .25 load - .25 distraction) + e2), immersion."""
    conditions = k_balance * balance + k_feedback * fed_back + k_motive * motive - 0.5
    return sigma(gain * (conditions - k_load * load - k_distraction * distraction) + moment)


@equation
def unselfconsciousness(immersed: float, safe: float, moment: float, gain: float, share: float) -> float:
    """Return D3 = sigma(3.2 (.5 D2 + .5 safe - .5) + e3), loss of self-consciousness."""
    return sigma(gain * (share * immersed + (1.0 - share) * safe - 0.5) + moment)


@equation
def autotelic(d1: float, d2: float, d3: float, need_autonomy: float, moment: float, gain: float, share: float) -> float:
    """Return D4 = sigma(3.2 (.25 (D1 + D2 + D3) + .25 need_autonomy - .5) + e4), the experience worth itself."""
    return sigma(gain * ((1.0 - share) / 3.0 * (d1 + d2 + d3) + share * need_autonomy - 0.5) + moment)


@equation
def overall(d1: float, d2: float, d3: float, d4: float) -> float:
    """Return F = (D1 + D2 + D3 + D4) / 4, the mean of the four dimensions."""
    return 0.25 * (d1 + d2 + d3 + d4)
