"""Instrumental genesis: an artefact becomes an instrument by being used (Rabardel 1995), and is enjoyed or not."""

from __future__ import annotations

from ecosim.equation import clip, ema, equation
from ecosim.schema import Block, parameter


class Genesis(Block):
    """Mastery and expected enjoyment of artefacts."""

    mastery_rate: float = parameter(
        0.3, "1/week", (0, 1), (0.1, 0.5), label="growth of mastery", symbol="g_I", source="Rabardel 1995",
        evidence="signed",
    )  # fmt: skip
    """Share of the missing mastery that one successful week of use brings."""
    failure_share: float = parameter(
        0.5, "share", (0, 1), (0.2, 0.8), label="mastery from failing", symbol="k_I", source="assumed"
    )
    """What a week of use without success brings, relative to one with success."""
    mastery_keep: float = parameter(
        0.95, "1/week", (0, 1), (0.9, 0.99), label="mastery that lasts", symbol="d_I", source="assumed"
    )
    """Share of mastery that a week without use leaves."""
    enjoyment_rate: float = parameter(
        0.25, "1/week", (0, 1), (0.1, 0.5), label="updating of expected enjoyment", symbol="g_e", source="assumed"
    )
    """Weight of the last experience in the enjoyment expected of an artefact."""
    enjoyed_solo: float = parameter(
        1.0, "1", (0, 2), (0.8, 1.2), label="enjoyment of a solo act", symbol="e_solo", source="assumed"
    )
    """Factor on the autotelic experience after a solo act."""
    enjoyed_answered: float = parameter(
        1.15, "1", (0, 2), (1, 1.4), label="enjoyment when answered", symbol="e_ans", source="Joyce & Kraut 2006",
        evidence="signed",
    )  # fmt: skip
    """Factor on the autotelic experience when a post was answered."""
    enjoyed_ignored: float = parameter(
        0.6, "1", (0, 2), (0.4, 0.9), label="enjoyment when ignored", symbol="e_ign", source="Joyce & Kraut 2006",
        evidence="signed",
    )  # fmt: skip
    """Factor on the autotelic experience when a post was ignored."""
    enjoyed_rejected: float = parameter(
        0.2, "1", (0, 2), (0, 0.5), label="enjoyment when rejected", symbol="e_rej", source="Halfaker 2013",
        evidence="signed",
    )  # fmt: skip
    """Factor on the autotelic experience when a post was rejected."""


@equation
def mastered(mastery: float, success: float, rate: float, share: float) -> float:
    """Return I + .3 (1 - I)(.5 + .5 success), mastery after a week of use."""
    return mastery + rate * (1.0 - mastery) * (share + (1.0 - share) * success)


@equation
def enjoyed(
    collective: float, answered: float, rejected: float, solo: float, reply: float, silence: float, refusal: float
) -> float:
    """Return the factor on enjoyment: solo 1, answered 1.15, ignored .6, rejected .2."""
    if collective == 0.0:
        return solo
    if answered == 0.0:
        return silence
    return refusal if rejected > 0.0 else reply


@equation
def expected_enjoyment(expected: float, autotelic: float, factor: float, rate: float) -> float:
    """Return ema(enjoyment, clip(D4 * factor), .25)."""
    return ema(expected, clip(autotelic * factor), rate)
