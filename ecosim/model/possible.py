"""What each artefact was for one learner in the week lived: possible or not and why, who showed it, what it promised.

What the arrays no longer hold (perception, ability, reach, what was known at the week's start) is computed again from
what they still hold, by the same equations.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ecosim.mechanisms.affordance import affordance, collective_access, effectivity, perception, seen_use
from ecosim.mechanisms.intention import preference

Record = dict[str, Any]
REASONS = ("offered", "perceived", "able", "reach")


def possibilities(eco: Any, learner: int, community: int, before: Mapping[str, Any] | None = None) -> list[Record]:
    """Return what each artefact was for ``learner`` this week.

    ``offered`` O*, ``perceived`` pi (``None`` where it cannot be told because nothing is offered), ``able`` eps,
    ``reach`` (of collective artefacts), their product ``affordance``; ``compossible``, whether that reaches the
    threshold; ``option``, whether she could have taken it, if only by exploring; ``reason``, why it was no compossible:
    its smallest factor, ``not_offered``, ``not_perceived``, ``not_able`` or ``out_of_reach``; ``shown``, who made it
    possible by letting her see its use: ``facilitator``, ``others``, or ``None``; ``value`` V, what it promised her;
    ``chance``, the probability of taking it if she acted (``None`` for what was no option); ``enjoyment``, the pleasure
    that she expected of it, and ``mastery`` of it, at the week's start (``None`` where these cannot be told any more).
    """
    listed = [_place(eco, learner, community, m) for m in range(len(eco.artefact_names))]
    total = sum(preference(each["value"], eco.p.intention.sharpness) for each in listed if each["option"])
    for each in listed:
        weight = preference(each["value"], eco.p.intention.sharpness)
        each["chance"] = weight / total if each["option"] else None
        each["enjoyment"] = _enjoyment(eco, learner, each)
        each["mastery"] = mastery_before(eco, learner, each["number"], before)
        each["shown"] = _shown(eco, learner, community, each)
    return listed


def possible_now(eco: Any, learner: int) -> list[Record]:
    """Return what each artefact is for ``learner`` in the week that comes, before anybody has decided anything.

    As from :func:`possibilities`, without what only the week itself tells: ``option``, ``value``, ``chance``,
    ``enjoyment``, ``mastery`` and ``shown``; empty for who is not enrolled. ``choosable`` tells whether a person may
    take it: a compossible that the design does not rule out.
    """
    choosable = set(eco.options(learner))  # opens the week
    if not eco.learners.enrolled[learner]:
        return []
    community = int(eco.learners.community[learner])
    listed = [_factors(eco, learner, community, m) for m in range(len(eco.artefact_names))]
    return [each | {"choosable": each["number"] in choosable} for each in listed]


def _place(eco: Any, learner: int, community: int, m: int) -> Record:
    """Return the factors of the affordance of artefact ``m``, and what it promised."""
    now, row = eco.now, eco.now.row_of[learner]
    return _factors(eco, learner, community, m) | {
        "option": bool(now.options[learner] >> m & 1),
        "value": float(now.worth[m, row]),
    }


def _factors(eco: Any, learner: int, community: int, m: int) -> Record:
    """Return the factors of the affordance of artefact ``m``, and whether they make it a compossible."""
    now, things, p, row = eco.now, eco.artefacts, eco.p.affordance, eco.now.row_of[learner]
    near = collective_access(
        eco.lever.openness[community], now.around[row], p.openness_floor, p.openness_gain, p.tie_reach
    )
    offered, alpha = float(things.effective[m, community]), float(now.affordance[m, row])
    able = float(effectivity(now.supported[row], things.required[m, community], p.kappa, p.ease))
    reach = float(near) if things.collective[m] else 1.0
    rest = offered * able * reach
    found = {"offered": offered, "perceived": alpha / rest if rest > 0.0 else None, "able": able, "reach": reach}
    possible = bool(now.possible[learner] >> m & 1)
    return {
        "number": m,
        "name": eco.artefact_names[m],
        "collective": bool(things.collective[m]),
        "affordance": alpha,
        **found,
        "compossible": possible,
        "reason": None if possible else _reason(found),
    }


def _reason(found: Mapping[str, float | None]) -> str:
    """Return which factor of an affordance is the smallest, as the reason why it is none."""
    if not found["offered"]:
        return "not_offered"
    worst = min(REASONS, key=lambda name: 1.0 if found[name] is None else float(found[name] or 0.0))
    return "out_of_reach" if worst == "reach" else f"not_{worst}"


def _enjoyment(eco: Any, learner: int, found: Record) -> float | None:
    """Return the expected pleasure: of what was used this week, divided out of what it promised."""
    m, p = found["number"], eco.p.intention
    if eco.learners.used[learner] != m:
        return float(eco.learners.enjoyment[m, learner])
    wanted = found["affordance"] * float(eco.now.motive[eco.now.row_of[learner]])
    return (found["value"] / wanted - p.value_floor) / p.value_gain if wanted * p.value_gain > 0.0 else None


def mastery_before(eco: Any, learner: int, m: int, before: Mapping[str, Any] | None) -> float | None:
    """Return the mastery of artefact ``m`` at the week's start, after its events; ``None`` where nothing tells."""
    used = eco.learners.used[learner] == m
    keep = 1.0 if used else eco.p.genesis.mastery_keep
    if float(eco.learners.mastery[m, learner]) == keep and m in _seeded(eco):
        return 1.0
    if before is not None:
        return float(before["mastery"][m])
    return 0.0 if eco.week == 1 else None


def _seeded(eco: Any) -> set[int]:
    """Return the artefacts of which experts were made at the start of the week lived."""
    events = [event for event in eco.scenario.events if event.week == eco.week - 1]
    found = [event.artefact for event in events if event.do == "seed_experts"]
    return {each if isinstance(each, int) else eco.artefact_names.index(each) for each in found}


def _shown(eco: Any, learner: int, community: int, found: Record) -> str | None:
    """Return without whose use she would not have noticed a compossible enough: the others, or the facilitator."""
    p, signifier = eco.p.affordance, eco.artefacts.signifier[found["number"], community]
    if not found["compossible"] or found["mastery"] is None:
        return None
    if _reached(found, perception(signifier, found["mastery"], 0.0, 0.0, p.omega)) >= p.theta:
        return None
    tutor = eco.lever.facilitation[community] * p.gamma
    shown = p.shown / eco.artefacts.collective.sum() if found["collective"] else 0.0
    seen = seen_use(0.0, eco.now.known[eco.now.row_of[learner]], tutor, shown, p.w0)
    noticed = perception(signifier, found["mastery"], eco.lever.visibility[community], seen, p.omega)
    return "facilitator" if _reached(found, noticed) >= p.theta else "others"


def _reached(found: Record, perceived: float) -> float:
    """Return the affordance as it would be with another perception."""
    return float(affordance(found["offered"], perceived, found["able"], found["reach"]))
