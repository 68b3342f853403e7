"""Taking energy: what the next weeks live on.

Flow that is one's own feeds persistence, the autotelic stock; incentive and facilitation feed an external drive. The
two stay apart: a reward can raise activity now and leave less of the other for later (Cerasoli 2014).
"""

from __future__ import annotations

from ecosim.equation import clip, ema, equation
from ecosim.schema import Block, parameter


class Energy(Block):
    """How persistence and external drive are fed and fade."""

    fuel: float = parameter(
        2.2,
        "1",
        (0, 20),
        (1.2, 3.5),
        label="energy from flow",
        symbol="k_P",
        source="Heutte 2014, 2017",
        evidence="signed",
    )
    """How much motive times flow feeds persistence."""
    efficacy_floor: float = parameter(
        0.75, "1", (0, 2), (0.5, 1), label="energy without efficacy", symbol="k_PE", source="assumed"
    )
    """What of the energy from flow remains without a sense of efficacy."""
    efficacy_gain: float = parameter(
        0.5, "1", (0, 2), (0.2, 0.8), label="energy from efficacy", symbol="k_PE1", source="Robbins 2004",
        evidence="signed",
    )  # fmt: skip
    """What a full sense of efficacy adds to the energy from flow."""
    psi: float = parameter(
        0.5, "1", (0, 1), (0.2, 0.8), label="energy lost to control", symbol="psi", source="Deci, Koestner & Ryan 1999",
        evidence="signed",
    )  # fmt: skip
    """Share of the energy from flow that a full, controlling incentive takes."""
    persistence_rate: float = parameter(
        0.20, "1/week", (0, 1), (0.1, 0.4), label="speed of persistence", symbol="g_P", source="assumed"
    )
    """Weight of an active week in persistence."""
    idle_keep: float = parameter(
        0.985, "1/week", (0, 1), (0.95, 1), label="persistence that lasts when idle", symbol="d_P", source="assumed"
    )
    """Share of persistence that an idle week leaves."""
    lambda_R: float = parameter(
        0.35, "1", (0, 1), (0.1, 0.6), label="push of an incentive", symbol="lambda_R", source="Cerasoli 2014",
        evidence="signed",
    )  # fmt: skip
    """External drive to which a full incentive leads."""
    lambda_G: float = parameter(
        0.25, "1", (0, 1), (0.1, 0.5), label="push of facilitation", symbol="lambda_G", source="assumed"
    )
    """External drive to which full-time facilitation leads."""
    external_rate: float = parameter(
        0.60, "1/week", (0, 1), (0.3, 1), label="speed of external drive", symbol="g_Z", source="assumed"
    )
    """How fast external drive follows incentive and facilitation, up and down."""


@equation
def persistence(
    now: float,
    motive: float,
    flow: float,
    efficacy: float,
    pressure: float,
    fuel: float,
    psi: float,
    floor: float,
    gain: float,
    rate: float,
) -> float:
    """Return ema(P, min(1, 2.2 M F (1 - psi R controlling)(.75 + .5 E)), .20) after an active week."""
    fed = fuel * motive * flow * (1.0 - psi * pressure) * (floor + gain * efficacy)
    return ema(now, min(1.0, fed), rate)


@equation
def external_drive(
    now: float, incentive: float, facilitation: float, lambda_R: float, lambda_G: float, rate: float
) -> float:
    """Return ema(Z, clip(lambda_R R + lambda_G G), .60)."""
    return ema(now, clip(lambda_R * incentive + lambda_G * facilitation), rate)
