"""Ties: relations that grow by being lived and fade when they are not, within bounds of attention."""

from __future__ import annotations

from ecosim.equation import equation
from ecosim.schema import Block, parameter


class Relation(Block):
    """Growth and decay of ties and of common ground."""

    ready_weight: float = parameter(
        0.3, "tie strength", (0.01, 1), (0.1, 0.6), label="strength of a ready tie", symbol="w_0", source="assumed"
    )
    """Strength of a tie that exists before the first week."""
    ready_ground: float = parameter(
        0.3, "share", (0, 1), (0, 0.6), label="common ground of a ready tie", symbol="k_0", source="assumed"
    )
    """Common ground of a tie that exists before the first week."""
    keep: float = parameter(
        0.945, "1/week", (0, 1), (0.9, 0.98), label="strength that lasts", symbol="d_w",
        source="Kossinets & Watts 2006", evidence="signed",
    )  # fmt: skip
    """Share of a tie's strength that a week leaves."""
    ground_keep: float = parameter(
        0.99, "1/week", (0, 1), (0.97, 1), label="common ground that lasts", symbol="d_k", source="assumed"
    )
    """Share of common ground that a week leaves."""
    gain_answered: float = parameter(
        0.25, "share", (0, 1), (0.1, 0.5), label="growth by an answered call", symbol="g_w", source="assumed"
    )
    """Share of the missing strength that a call adds when its post is answered and not rejected."""
    gain_ignored: float = parameter(
        0.075, "share", (0, 1), (0, 0.2), label="growth by an unanswered call", symbol="g_w0", source="assumed"
    )
    """Share of the missing strength that any other call adds."""
    ground_gain: float = parameter(
        0.25, "share", (0, 1), (0.1, 0.5), label="growth of common ground", symbol="g_k", source="assumed"
    )
    """Share of the missing common ground that a call adds when its post is answered."""
    weakest: float = parameter(
        0.01, "tie strength", (0.0001, 1), (0.005, 0.05), label="weakest tie", symbol="w_min", source="a convention"
    )
    """Below this strength a tie is forgotten, with its common ground."""
    tie_slots: int = parameter(
        32, "ties", (1, 4096), (16, 150), label="ties a person can keep", symbol="tie_slots", source="assumed"
    )
    """Attention is bounded: only a person's strongest ties survive."""


@equation
def faded(strength: float, keep: float) -> float:
    """Return what a week leaves of a tie's strength or common ground, .945 w or .99 ground."""
    return keep * strength


@equation
def grown(strength: float, gain: float) -> float:
    """Return 1 - (1 - w)(1 - gain): growth towards one; two calls on one pair compound."""
    return 1.0 - (1.0 - strength) * (1.0 - gain)


@equation
def call_gain(answered: float, rejected: float, kept: float, lost: float) -> float:
    """Return the gain of a call, .25 if its post was answered and not rejected, else .075."""
    return kept if answered > 0.0 and rejected == 0.0 else lost
