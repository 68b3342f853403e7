"""Appraising: the three basic needs of self-determination theory, as the week has served them.

Autonomy by having a choice that one can handle and no control; competence by success at something worth it; relatedness
by being answered, better by somebody with whom there is common ground. Rejection counts below silence.
"""

from __future__ import annotations

from ecosim.equation import clip, equation
from ecosim.schema import Block, parameter


class Needs(Block):
    """What satisfies a need, and how fast."""

    rate: float = parameter(
        0.07, "1/week", (0, 1), (0.03, 0.3), label="speed of appraisal", symbol="g_n",
        source="fitted to Holzer et al. 2021 (docs/validation.md)", evidence="signed",
    )  # fmt: skip
    """Weight of an active week in the satisfaction of the needs for autonomy and competence."""
    choice_floor: float = parameter(
        0.25, "share", (0, 1), (0, 0.5), label="felt autonomy without choice", symbol="k_a", source="assumed"
    )
    """Satisfaction of the need for autonomy that is left when nothing can be chosen."""
    reward_cost: float = parameter(
        0.5, "1", (0, 1), (0.2, 0.8), label="felt autonomy lost to control", symbol="k_R",
        source="Deci, Koestner & Ryan 1999", evidence="signed",
    )  # fmt: skip
    """Share of felt autonomy that a full, controlling incentive takes."""
    forced_cost: float = parameter(
        0.5, "1", (0, 1), (0.2, 0.8), label="felt autonomy lost to force", symbol="k_f", source="Heutte 2011",
        evidence="signed",
    )  # fmt: skip
    """Share of felt autonomy that forced collaboration takes."""
    challenge_floor: float = parameter(
        0.5, "share", (0, 1), (0.2, 0.8), label="competence from easy success", symbol="k_c", source="assumed"
    )
    """Satisfaction of the need for competence by success without challenge."""
    challenge_offset: float = parameter(
        0.1, "share", (0.001, 1), (0.05, 0.2), label="smallest challenge that counts", symbol="c0", source="assumed"
    )
    """Added to challenge and skill before they are compared, so that beginners are not judged on ratios near zero."""
    feedback_floor: float = parameter(
        0.6, "share", (0, 1), (0.3, 0.9), label="competence without feedback", symbol="k_fb", source="assumed"
    )
    """Share of felt competence that is left of a success without feedback."""
    relatedness_rate: float = parameter(
        0.4, "1/week", (0, 1), (0.2, 0.6), label="speed of felt acceptance", symbol="g_r", source="assumed"
    )
    """Weight of what a collective act met in felt acceptance."""
    accepted_base: float = parameter(
        0.4, "share", (0, 1), (0.3, 0.7), label="acceptance by a stranger", symbol="r_0", source="assumed"
    )
    """Felt acceptance that an answer from somebody without common ground leads to."""
    accepted_ground: float = parameter(
        0.6, "share", (0, 1), (0.3, 0.7), label="acceptance out of common ground", symbol="r_1", source="Heutte 2011",
        evidence="signed",
    )  # fmt: skip
    """Felt acceptance that full common ground with the author of the answer adds."""
    ignored: float = parameter(
        0.15, "share", (0, 1), (0, 0.3), label="acceptance when ignored", symbol="r_i", source="assumed"
    )
    """Felt acceptance to which silence leads."""
    rest: float = parameter(
        0.3, "share", (0, 0.99), (0.2, 0.4), label="felt acceptance at rest", symbol="r_*", source="a definition"
    )
    """Where felt acceptance drifts when nothing collective happens; only what exceeds it binds."""
    drift: float = parameter(
        0.015, "1/week", (0, 1), (0.005, 0.05), label="fading of acceptance", symbol="g_d", source="assumed"
    )
    """How fast felt acceptance drifts back to rest."""
    weight_competence: float = parameter(
        0.44, "share", (0, 1), (0.3, 0.6), label="weight of competence", symbol="n_c",
        source="Bureau 2022; fitted to Holzer et al. 2021 (docs/validation.md)", evidence="signed",
    )  # fmt: skip
    """Weight of competence in the mean of the needs."""
    weight_autonomy: float = parameter(
        0.28, "share", (0, 1), (0.2, 0.45), label="weight of autonomy", symbol="n_a",
        source="Bureau 2022; fitted to Holzer et al. 2021 (docs/validation.md)", evidence="signed",
    )  # fmt: skip
    """Weight of autonomy in the mean of the needs."""
    weight_relatedness: float = parameter(
        0.28, "share", (0, 1), (0.05, 0.4), label="weight of relatedness", symbol="n_r",
        source="Bureau 2022; fitted to Holzer et al. 2021 (docs/validation.md)", evidence="signed",
    )  # fmt: skip
    """Weight of relatedness in the mean of the needs."""


@equation
def felt_autonomy(
    choice: float, oriented: float, over: float, pressure: float, forced: float, floor: float, k_R: float, k_f: float
) -> float:
    """Return clip((.25 + .75 choice)(1 - 1.5 g)(1 - o)(1 - .5 R controlling)(1 - .5 forced)).

    ``oriented`` is (1 - 1.5 g) clipped, ``pressure`` is R * controlling.
    """
    return clip(
        (floor + (1.0 - floor) * choice) * oriented * (1.0 - over) * (1.0 - k_R * pressure) * (1.0 - k_f * forced)
    )


@equation
def felt_competence(
    success: float, challenge: float, skill: float, fed_back: float, floor: float, offset: float, dry: float
) -> float:
    """Return success (.5 + .5 clip((c + .1) / (s + .1))) (.6 + .4 fb)."""
    worth = floor + (1.0 - floor) * clip((challenge + offset) / (skill + offset))
    return success * worth * (dry + (1.0 - dry) * fed_back)


@equation
def felt_acceptance(answered: float, rejected: float, ground: float, base: float, gain: float, silence: float) -> float:
    """Return where acceptance goes: .4 + .6 ground with the author of the answer, .15 ignored, 0 rejected."""
    if answered == 0.0:
        return silence
    return 0.0 if rejected > 0.0 else base + gain * ground


@equation
def mean_need(competence: float, autonomy: float, relatedness: float, k_c: float, k_a: float, k_r: float) -> float:
    """Return Nbar = .44 competence + .28 autonomy + .28 relatedness."""
    return k_c * competence + k_a * autonomy + k_r * relatedness
