"""Observing: what is counted as apprenance, as an instrument, as being left out.

Apprenance (Carré 2005) is a lasting disposition to learn: wanting, feeling able and being autonomous, and persisting.
It is observed, never fed back.
"""

from __future__ import annotations

from ecosim.chance import power
from ecosim.equation import equation
from ecosim.schema import Block, parameter


class Observation(Block):
    """Conventions of the metrics; nothing in the model depends on them."""

    apprenance_level: float = parameter(
        0.6, "share", (0, 1), (0.5, 0.7), label="level of apprenance", symbol="a*", source="a convention"
    )
    """Own apprenance from which a learner counts as apprenant."""
    emergence: float = parameter(
        0.3, "share", (0, 1), (0.1, 0.5), label="emergence of apprenance", symbol="a_e", source="a convention"
    )
    """Share of apprenant learners from which apprenance counts as having emerged."""
    maintenance_weeks: int = parameter(
        26, "weeks", (1, 5200), (13, 52), label="what counts as lasting", symbol="a_m", source="a convention"
    )
    """Consecutive weeks of apprenance that count as holding it."""
    excluded_tie: float = parameter(
        0.05, "tie strength", (0, 1), (0.02, 0.1), label="tie that includes", symbol="w_x", source="a convention"
    )
    """Without a tie above this strength, and without felt acceptance, one counts as excluded."""
    instrument_level: float = parameter(
        0.6, "share", (0, 1), (0.5, 0.8), label="mastery of an instrument", symbol="I*", source="Rabardel 1995"
    )
    """Mastery above which an artefact counts as the learner's instrument."""
    collaborator_weeks: int = parameter(
        3, "weeks", (1, 5200), (2, 6), label="who counts as a collaborator", symbol="t_c", source="a convention"
    )
    """Weeks with a call on a partner from which one counts as a collaborator."""
    repost_weeks: int = parameter(
        6, "weeks", (1, 5200), (4, 13), label="time to post again", symbol="t_r", source="Joyce & Kraut 2006"
    )
    """Weeks after a first post within which a second one counts as posting again."""
    survival_weeks: int = parameter(
        13, "weeks", (1, 5200), (4, 26), label="span of tie survival", symbol="t_s", source="a convention"
    )
    """Weeks over which the survival of ties is measured."""


@equation
def own_apprenance(motive: float, efficacy: float, autonomy: float, persistence: float) -> float:
    """Return (M (E + A) / 2 P)^(1/3), the geometric mean of wanting, being able, and persisting (Carré 2005)."""
    product = motive * 0.5 * (efficacy + autonomy) * persistence
    return power(product, 1.0 / 3.0) if product > 0.0 else 0.0
