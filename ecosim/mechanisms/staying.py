"""Staying, leaving, coming back: a proportional hazard.

What keeps a person is her own drive, and being embedded among those who accept her; never contact as such (Heutte
2011). What drives her away is how easy leaving is, a deadline, being new, and overload. Being idle is not being gone.
"""

from __future__ import annotations

from ecosim.chance import exp
from ecosim.equation import clip, equation
from ecosim.schema import Block, parameter


class Staying(Block):
    """Strengths of what keeps and what drives away."""

    deadline_factor: float = parameter(
        3.0, "1", (0.01, 100), (1, 6), label="weight of a deadline", symbol="h_D",
        source="assumed; the withdrawals of OULAD AAA 2013J do not peak in weeks with a deadline",
    )  # fmt: skip
    """Factor on the hazard in a week with a deadline."""
    drive_effect: float = parameter(
        5.0,
        "log hazard",
        (0, 50),
        (2, 8),
        label="hold of drive",
        symbol="h_P",
        source="Robbins 2004",
        evidence="signed",
    )
    """How much a unit of drive lowers the log hazard."""
    newcomer: float = parameter(
        1.2, "log hazard", (0, 10), (0.3, 2.5), label="fragility of newcomers", symbol="h_N",
        source="Reich 2014", evidence="signed",
    )  # fmt: skip
    """Log hazard that being new adds."""
    newcomer_weeks: float = parameter(
        2.0, "weeks", (0.1, 52), (1, 6), label="how long one is new", symbol="t_N", source="assumed"
    )
    """Weeks after which the fragility of newcomers has fallen to 37 %."""
    h_W: float = parameter(
        3.0, "log hazard", (0, 50), (1, 5), label="hold of acceptance", symbol="h_W", source="Heutte 2011",
        evidence="signed",
    )  # fmt: skip
    """How much being embedded among people who accept her lowers a learner's log hazard."""
    h_L: float = parameter(
        0.2,
        "log hazard",
        (0, 10),
        (0, 0.6),
        label="weight of load",
        symbol="h_L",
        source="Jones 2004",
        evidence="signed",
    )
    """Log hazard that a unit of message load adds."""
    embedding: float = parameter(
        0.5, "tie strength", (0.01, 10), (0.2, 1.5), label="ties that embed", symbol="w_e", source="assumed"
    )
    """Summed strength of ties to the enrolled at which embedding reaches 63 %."""
    comeback: float = parameter(0.06, "1/week", (0, 1), (0, 0.15), label="coming back", symbol="k_r", source="assumed")
    """Weekly probability that a persistent, accepted and embedded person who left comes back."""


@equation
def accepted(relatedness: float, rest: float) -> float:
    """Return clip((need_relatedness - .3) / .7), how much one feels accepted above rest."""
    return clip((relatedness - rest) / (1.0 - rest))


@equation
def embedded(known: float, reach: float) -> float:
    """Return emb = 1 - exp(-sum w enrolled / .5)."""
    return 1.0 - exp(-known / reach)


@equation
def hazard(
    base: float,
    deadline: float,
    driven: float,
    tenure: float,
    held: float,
    load: float,
    h_P: float,
    h_N: float,
    t_N: float,
    h_W: float,
    h_L: float,
) -> float:
    """Return h0 * 3^[deadline] * exp(-5 (drive - .5) + 1.2 exp(-tenure / 2) - h_W emb accepted + h_L load).

    ``deadline`` is the factor of this week (1 without a deadline), ``held`` is emb * accepted, ``tenure`` counts from
    1.
    """
    fragile = h_N * exp(-tenure / t_N)
    return base * deadline * exp(-h_P * (driven - 0.5) + fragile - h_W * held + h_L * load)


@equation
def leaving(rate: float) -> float:
    """Return the probability of leaving within the week, 1 - exp(-hazard)."""
    return 1.0 - exp(-rate)


@equation
def returning(held: float, persistence: float, rate: float) -> float:
    """Return the probability that somebody who left comes back, .06 emb accepted P."""
    return rate * held * persistence
