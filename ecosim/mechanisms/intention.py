"""Intending and acting: what is worth doing, whether anything is done this week, and how much.

Value is what an affordance promises, weighed by the autonomous motive and by expected enjoyment. Two separate stocks
drive a learner, autotelic persistence and external drive; merged, rewards would raise later free participation. Habit
and a deadline pull whoever is there.
"""

from __future__ import annotations

from ecosim.chance import exp, sigma
from ecosim.equation import equation
from ecosim.schema import Block, parameter


class Intention(Block):
    """From possibilities to an act."""

    value_floor: float = parameter(
        0.3, "1", (0, 5), (0.1, 0.6), label="value without enjoyment", symbol="v0", source="assumed"
    )
    """What of a possibility's value remains when no enjoyment is expected."""
    value_gain: float = parameter(
        1.4, "1", (0, 10), (0.7, 2), label="value of enjoyment", symbol="v1", source="assumed"
    )
    """How much expected enjoyment adds to a possibility's value."""
    sharpness: float = parameter(
        6.0, "1", (0, 50), (3, 12), label="sharpness of choice", symbol="beta", source="assumed"
    )
    """How strongly a learner prefers the more valuable of two possibilities (softmax)."""
    b_V: float = parameter(
        6.0, "logit", (0, 50), (2, 9), label="pull of value", symbol="b_V",
        source="Cerasoli 2014; fitted to OULAD (Kuzilek et al. 2017, docs/validation.md)", evidence="signed",
    )  # fmt: skip
    """Log-odds of acting that one unit of mean value adds."""
    b_P: float = parameter(
        2.3, "logit", (0, 50), (1.5, 5), label="push of drive", symbol="b_P",
        source="Robbins 2004; fitted to OULAD (Kuzilek et al. 2017, docs/validation.md)", evidence="measured",
    )  # fmt: skip
    """Log-odds of acting that half a unit of drive adds."""
    habit: float = parameter(
        1.1, "logit", (-5, 5), (0, 2), label="habit", symbol="habit",
        source="lag-1 of weekly activity; fitted to OULAD (Kuzilek et al. 2017, docs/validation.md)",
        evidence="measured",
    )  # fmt: skip
    """Log-odds of acting that having acted last week adds."""
    deadline_pull: float = parameter(
        0.6, "logit", (-5, 5), (0, 1.5), label="pull of a deadline", symbol="b_D",
        source="fitted to OULAD (Kuzilek et al. 2017, docs/validation.md)", evidence="signed",
    )  # fmt: skip
    """Log-odds of acting that a deadline adds in its week."""
    exploration: float = parameter(
        0.05, "probability", (0, 1), (0, 0.15), label="exploration", symbol="exploration", source="assumed"
    )
    """Probability, once a learner and week, that every offered collective artefact is an option, perceived or not."""
    lambda_: float = parameter(
        1.2, "contributions", (0, 50), (0.6, 3), label="extra contributions", symbol="lambda", alias="lambda",
        source="assumed",
    )  # fmt: skip
    """Mean number of contributions of an average act beyond the first one."""
    effort_floor: float = parameter(
        0.4, "1", (0, 5), (0.2, 0.8), label="effort without motive", symbol="f_M", source="assumed"
    )
    """What of the effort remains when there is no autonomous motive."""
    max_effort: float = parameter(
        200.0, "contributions", (0, 200), (50, 200), label="most contributions a week", symbol="n_max", source="assumed"
    )
    """Upper bound of the mean number of extra contributions in a week."""
    shock: float = parameter(
        2.0, "logit", (-20, 20), (1, 3), label="strength of a shock", symbol="shock", source="a definition"
    )
    """Log-odds of acting that a shock event adds for the learners it strikes."""


@equation
def value(affordance: float, motive: float, enjoyment: float, floor: float, gain: float) -> float:
    """Return V = alpha M (.3 + 1.4 enjoyment)."""
    return affordance * motive * (floor + gain * enjoyment)


@equation
def preference(value_of_option: float, sharpness: float) -> float:
    """Return the weight exp(6 V) of an option in the softmax."""
    return exp(sharpness * value_of_option)


@equation
def drive(persistence: float, external: float) -> float:
    """Return 1 - (1 - P)(1 - Z): autotelic persistence and external drive add up as independent causes do."""
    return 1.0 - (1.0 - persistence) * (1.0 - external)


@equation
def activity(
    propensity: float,
    mean_value: float,
    driven: float,
    active: float,
    due: float,
    b_value: float,
    b_drive: float,
    habit: float,
    b_due: float,
) -> float:
    """Return the log-odds, b0 + b_V Vbar + 2 b_P (drive - .5) + habit [active last week] + b_D [deadline]."""
    return propensity + b_value * mean_value + 2.0 * b_drive * (driven - 0.5) + habit * active + b_due * due


@equation
def acting(logit: float) -> float:
    """Return sigma(logit), the probability of acting for a given log-odds."""
    return sigma(logit)


@equation
def mean_effort(rate: float, driven: float, motive: float, base: float, floor: float, most: float) -> float:
    """Return the mean of extra contributions, min(200, lambda rate 2 drive (.4 + M))."""
    return min(most, base * rate * 2.0 * driven * (floor + motive))
