"""Becoming: how efficacy, the autonomous motive and autonomy change by what was lived.

Efficacy comes from mastery of what was hard. The motive grows with satisfied needs and delight; controlling rewards
undermine it (Deci, Koestner & Ryan 1999), and outer reasons are internalised where needs are met. Autonomy grows by
being used near its edge, and shrinks by failing without support or by being guided too much.
"""

from __future__ import annotations

from ecosim.chance import exp
from ecosim.equation import clip, ema, equation
from ecosim.schema import Block, parameter


class Becoming(Block):
    """Rates at which a person changes."""

    efficacy_rate: float = parameter(
        0.12, "1/week", (0, 1), (0.05, 0.25), label="speed of efficacy", symbol="g_E",
        source="Multon 1991; Talsma 2018", evidence="signed",
    )  # fmt: skip
    """Weight of an active week in the sense of efficacy."""
    efficacy_easy: float = parameter(
        0.6, "share", (0, 2), (0.3, 0.9), label="efficacy from success at one's level", symbol="k_E", source="assumed"
    )
    """Sense of efficacy to which success at exactly one's skill leads."""
    efficacy_gain: float = parameter(
        0.4, "1", (0, 2), (0.2, 0.8), label="efficacy from hard success", symbol="k_Ed", source="assumed"
    )
    """What success adds for each efficacy span that the task is above one's skill."""
    efficacy_span: float = parameter(
        0.1, "share", (0.01, 1), (0.05, 0.2), label="span of hard success", symbol="s_E", source="assumed"
    )
    """Distance above skill that counts as one unit of hard."""
    motive_rate: float = parameter(
        0.14, "1/week", (0, 1), (0.05, 0.25), label="speed of the autonomous motive", symbol="g_M",
        source="fitted to Holzer et al. 2021 (docs/validation.md)",
    )  # fmt: skip
    """Weight of an active week in the autonomous motive."""
    motive_needs: float = parameter(
        0.7, "share", (0, 1), (0.4, 0.9), label="motive from needs", symbol="k_M",
        source="Bureau 2022; fitted to Holzer et al. 2021 (docs/validation.md)", evidence="signed",
    )  # fmt: skip
    """Weight of satisfied needs, against the autotelic experience, in what the autonomous motive tends to."""
    undermining: float = parameter(
        0.025, "1/week", (0, 1), (0, 0.06), label="undermining by control", symbol="undermining",
        source="Deci, Koestner & Ryan 1999", evidence="signed",
    )  # fmt: skip
    """Share of the autonomous motive that a week under a full, controlling incentive takes."""
    iota: float = parameter(
        0.02, "1/week", (0, 1), (0, 0.05), label="internalisation", symbol="iota", source="Cerasoli 2016",
        evidence="signed",
    )  # fmt: skip
    """How fast outer reasons become one's own where needs are met."""
    eta_A: float = parameter(
        0.03, "1/week", (0, 1), (0.01, 0.08), label="growth of autonomy", symbol="eta_A", source="Linard 1989-2003",
        evidence="signed",
    )  # fmt: skip
    """Speed at which autonomy grows by being used near its edge, and shrinks by failing beyond it."""
    edge: float = parameter(
        0.08, "1", (0.001, 2), (0.03, 0.2), label="edge of autonomy", symbol="k_edge", source="assumed"
    )
    """Squared distance of the demand above one's autonomy at which growth falls to 37 %."""
    over_cost: float = parameter(
        0.3, "1", (0, 2), (0.1, 0.6), label="autonomy lost to over-guidance", symbol="k_ov", source="assumed"
    )
    """How strongly over-guidance takes autonomy away."""


@equation
def efficacy(
    now: float, success: float, task: float, skill: float, rate: float, easy: float, gain: float, span: float
) -> float:
    """Return ema(E, success clip(.6 + .4 (d - s) / .1, .3, 1.2), .12), clipped to [0, 1]."""
    return clip(ema(now, success * clip(easy + gain * (task - skill) / span, 0.3, 1.2), rate))


@equation
def autonomous_motive(
    now: float,
    needs: float,
    delight: float,
    pressure: float,
    external: float,
    rate: float,
    share: float,
    undermining: float,
    iota: float,
) -> float:
    """Return ema(M, .7 Nbar + .3 D4, .14) - undermining R controlling M + iota Z Nbar, clipped to [0, 1]."""
    grown = ema(now, share * needs + (1.0 - share) * delight, rate)
    return clip(grown - undermining * pressure * now + iota * external * needs)


@equation
def autonomy(
    now: float,
    success: float,
    facilitation: float,
    demand: float,
    deficit: float,
    over: float,
    eta: float,
    edge: float,
    over_cost: float,
) -> float:
    """Return A + eta_A (success (1 - G) exp(-max(0, demand - A)^2 / .08)(1 - A) - g (1 - success) A - .3 o A)."""
    stretch = max(0.0, demand - now)
    grown = success * (1.0 - facilitation) * exp(-stretch * stretch / edge) * (1.0 - now)
    return clip(now + eta * (grown - deficit * (1.0 - success) * now - over_cost * over * now))
