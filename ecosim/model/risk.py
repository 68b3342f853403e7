"""What drove a learner away and what held her in the week lived: the terms of the hazard, computed again.

The log hazard is a sum; each of its terms is told by name, beside the mean of the others in her community, so that a
reason for leaving or staying is a number of the model and no guess.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.chance import exp, log
from ecosim.mechanisms.intention import drive
from ecosim.mechanisms.staying import hazard, leaving, returning
from ecosim.model.state import Array

TERMS = ("ease", "deadline", "drive", "newness", "held", "load")
"""Terms of the log hazard: how easy leaving is, a deadline, too little drive, being new, being held, overload."""
UNKNOWN: dict[str, Any] = dict.fromkeys(("tenure", "hazard", "hazard_terms", "hazard_here", "hazard_terms_here"))


def risk_of(eco: Any, learner: int, community: int) -> dict[str, Any]:
    """Return the hazard of ``learner`` at the end of the week lived, as the engine had it.

    Returns
    -------
    dict
        ``tenure`` (weeks); ``hazard``, the probability of leaving at the week's end, and ``hazard_terms``, the terms of
        the log hazard by the names of :data:`TERMS` (``ease``, ln h0, is ``None`` where nobody can leave);
        ``hazard_terms_here``, their means over all others who lived the week in her community, and ``hazard_here``, the
        probability to which these lead (``None`` where she was the only one); all ``None`` for who was not enrolled.
        ``deadline``, whether something was due; ``held``, emb * accepted; ``driven``, drive after the week;
        ``comeback``, the probability of returning of who was gone.
    """
    people, now = eco.learners, eco.now
    enrolled, held = bool(now.was_enrolled[learner]), float(now.held[learner])
    found = {
        "deadline": bool(eco.lever.deadline[community] > 0.0),
        "held": held,
        "driven": float(drive(people.persistence[learner], people.external_drive[learner])),
        "comeback": None,
    }
    if enrolled:
        return found | _hazard(eco, learner, community, found)
    if people.left_week[learner] >= 0:
        found["comeback"] = float(returning(held, people.persistence[learner], eco.p.staying.comeback))
    return found | UNKNOWN


def _hazard(eco: Any, learner: int, community: int, found: dict[str, Any]) -> dict[str, Any]:
    """Return the hazard and its terms, hers and those of the others around her."""
    p, tenure = eco.p.staying, int(eco.learners.tenure[learner])
    base, factor = _common(eco, community)
    load = float(eco.now.load[learner])
    rate = hazard(
        base, factor, found["driven"], float(tenure), found["held"], load, p.drive_effect, p.newcomer, p.newcomer_weeks,
        p.h_W, p.h_L,
    )  # fmt: skip
    own = _terms(eco, community, found["driven"], _newness(p, tenure), found["held"], load)
    here = _others(eco, learner, community)
    return {
        "tenure": tenure,
        "hazard": float(leaving(rate)),
        "hazard_terms": own,
        "hazard_here": None if here is None else probability(here),
        "hazard_terms_here": here,
    }


def probability(terms: dict[str, float | None]) -> float:
    """Return the probability of leaving within a week to which some terms of the log hazard lead."""
    if terms["ease"] is None:
        return 0.0
    return float(leaving(exp(sum(value for value in terms.values() if value is not None))))


def _common(eco: Any, community: int) -> tuple[float, float]:
    """Return what is the same for everybody in a community this week: the base hazard and the factor of a deadline."""
    due = eco.lever.deadline[community] > 0.0
    return float(eco.lever.hazard[community]), float(eco.p.staying.deadline_factor) if due else 1.0


def _newness(p: Any, tenure: int) -> float:
    """Return the term of being new after ``tenure`` weeks."""
    return float(p.newcomer * exp(-tenure / p.newcomer_weeks))


def _terms(eco: Any, community: int, driven: float, newness: float, held: float, load: float) -> dict[str, Any]:
    """Return the terms of the log hazard by name."""
    p = eco.p.staying
    base, factor = _common(eco, community)
    return {
        "ease": float(log(base)) if base > 0.0 else None,
        "deadline": float(log(factor)),
        "drive": -p.drive_effect * (driven - 0.5),
        "newness": newness,
        "held": -p.h_W * held,
        "load": p.h_L * load,
    }


def _others(eco: Any, learner: int, community: int) -> dict[str, Any] | None:
    """Return the mean terms of all others who were enrolled in the community, ``None`` where there are none."""
    people, now = eco.learners, eco.now
    there = now.was_enrolled & (homes(eco) == community)
    there[learner] = False
    count = int(np.count_nonzero(there))
    if not count:
        return None
    driven = 1.0 - (1.0 - people.persistence[there]) * (1.0 - people.external_drive[there])
    spells = np.bincount(people.tenure[there])
    newness = sum(int(spells[weeks]) * _newness(eco.p.staying, int(weeks)) for weeks in np.flatnonzero(spells)) / count
    means = (float(each.mean()) for each in (driven, now.held[there], now.load[there]))
    drive_, held, load = means
    return _terms(eco, community, drive_, newness, held, load)


def homes(eco: Any) -> Array:
    """Return the community in which each learner lived the week: people move at its end."""
    bounds, communities = eco.blocks
    return np.repeat(communities, np.diff(bounds))
