"""Meeting: on whom a learner calls who acts on a collective artefact.

Ties, friends of friends (triadic closure, Kossinets & Watts 2006) and passers-by are considered; likeness in skill and
a common topic attract.
"""

from __future__ import annotations

from ecosim.equation import equation
from ecosim.schema import Block, parameter


class Encounter(Block):
    """How a partner is found."""

    tie_weight: float = parameter(
        2.2, "1", (0, 50), (1, 6), label="pull of a tie", symbol="tie_weight",
        source="Kossinets & Watts 2006; fitted to MOOC-Ed and friendship panels", evidence="measured",
    )  # fmt: skip
    """How much more attractive a partner is for each unit of tie strength."""
    closure: float = parameter(
        2.0, "1", (0, 50), (0.5, 4), label="pull of a common acquaintance", symbol="closure",
        source="Kossinets & Watts 2006", evidence="signed",
    )  # fmt: skip
    """How much more attractive a partner is whom one of the caller's ties knows."""
    homophily: float = parameter(
        3.0, "1", (0, 50), (1, 6), label="pull of likeness in skill", symbol="homophily",
        source="assumed; friendship panels show likeness of other kinds",
    )  # fmt: skip
    """How much less attractive a partner is for each unit of difference in skill."""
    same_topic: float = parameter(
        1.0, "1", (0, 50), (0, 3), label="pull of a common topic", symbol="topic", source="assumed"
    )
    """How much more attractive a partner is who shares the caller's interest."""
    walks: int = parameter(
        8, "walks", (0, 64), (4, 16), label="acquaintances of ties considered", symbol="walks", source="assumed"
    )
    """Two-step walks along ties by which a caller looks for partners."""
    strangers: int = parameter(
        40, "learners", (0, 1000), (10, 100), label="strangers considered", symbol="strangers", source="assumed"
    )
    """Learner numbers drawn at random; only those acting on a collective artefact can be met."""


@equation
def attraction(
    tie: float,
    reached: float,
    gap: float,
    same: float,
    tie_weight: float,
    closure: float,
    homophily: float,
    same_topic: float,
) -> float:
    """Return 2.2 w + 2 [reached by a walk] - 3 |s_i - s_j| + [same topic], how attractive a partner is.

    ``gap`` is the absolute difference of skill on the caller's interest; ``reached`` and ``same`` are 0 or 1.
    """
    return tie_weight * tie + closure * reached - homophily * gap + same_topic * same
