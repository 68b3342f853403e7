"""What being guided does to autonomy: support, its shortfall, and too much of it.

The paradox of autonomy (Linard 1989-2003; Carré 2005): autonomy is demanded before it is there. A facilitator lends
some; where the demand stays above what is lent and owned there is a deficit, where more is lent than needed,
over-guidance.
"""

from __future__ import annotations

from ecosim.equation import clip, equation
from ecosim.schema import Block, parameter


class Guidance(Block):
    """How strongly a shortfall of autonomy disorients."""

    deficit_cost: float = parameter(
        1.5, "1", (0, 10), (0.5, 3), label="cost of a shortfall of autonomy", symbol="c_g",
        source="Linard 1989-2003; Tetzlaff 2025", evidence="signed",
    )  # fmt: skip
    """How fast clarity of goals and the sense of choice vanish as the demand exceeds the supported autonomy."""


@equation
def supported_autonomy(autonomy: float, facilitation: float) -> float:
    """Return a = A + (1 - A) G: own autonomy and what facilitation adds to it."""
    return autonomy + (1.0 - autonomy) * facilitation


@equation
def autonomy_deficit(demand: float, supported: float) -> float:
    """Return g = max(0, demand - a)."""
    return max(0.0, demand - supported)


@equation
def over_guidance(facilitation: float, autonomy: float) -> float:
    """Return o = max(0, G + A - 1)."""
    return max(0.0, facilitation + autonomy - 1.0)


@equation
def orientation(deficit: float, cost: float) -> float:
    """Return 1 - cost * g, the share of clarity that a shortfall leaves, clipped to [0, 1]."""
    return clip(1.0 - cost * deficit)
