"""One learner's week in plain values, read off the arrays once the week has been lived.

Nothing is kept beyond the week for this: what the arrays no longer hold (perception, ability, reach) is computed again
from what they still hold, by the same equations.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ecosim.mechanisms.affordance import collective_access, effectivity
from ecosim.model.state import FACILITATOR, Array

Record = dict[str, Any]
STATES = (
    "autonomy", "efficacy", "autonomous_motive", "persistence", "external_drive", "need_autonomy", "need_competence",
    "need_relatedness", "mood",
)  # fmt: skip
FELT = ("control", "immersion", "unselfconsciousness", "autotelic", "flow")
REASONS = ("offered", "perceived", "able", "reach")


def week_of(eco: Any, learner: int, before: Mapping[str, Any] | None = None) -> Record:
    """Return what the week that ``eco`` has just lived was for ``learner``.

    Parameters
    ----------
    eco : Engine
        After at least one step.
    learner : int
        Her number.
    before : mapping, optional
        The record of her week before; with it ``skill_before`` is known in weeks of rest too.

    Returns
    -------
    dict
        * ``week``, ``learner``, ``profile``, ``community`` (during the week) and ``community_after``;
        * ``enrolled`` (during the week), ``arrived``, ``left``, ``returned`` (at its end);
        * ``artefacts``: one dictionary each, see :func:`possibilities`; empty for who is not enrolled;
        * ``acted``, and ``None`` without an act: ``artefact``, ``artefact_name``, ``collective``, ``explored``,
          ``effort``, ``partner``, ``ground`` (with her), ``difficulty``, ``challenge``, ``mismatch``, ``balance``,
          ``success``, the dimensions of flow; for a collective act ``answered``, ``rejected``, ``author`` (a number,
          ``"facilitator"``, or ``None``: nobody in particular) and ``author_ground``;
        * ``skill_before`` and ``skill`` on her interest, the states of :data:`STATES` at the week's end, ``load``,
          ``ties`` and ``tie_strength``.
    """
    people, now, week = eco.learners, eco.now, eco.week - 1
    k = int(now.act_of[learner])
    community = int(homes(eco)[learner])
    enrolled = bool(now.was_enrolled[learner])
    profiles = list(eco.scenario.context.profiles)
    record: Record = {
        "week": week,
        "learner": learner,
        "profile": profiles[people.profile[learner]] if profiles else None,
        "community": eco.community_names[community],
        "community_after": eco.community_names[people.community[learner]],
        "enrolled": enrolled,
        "arrived": bool(people.arrival_week[learner] == week),
        "left": enrolled and not people.enrolled[learner],
        "returned": bool(people.enrolled[learner]) and not enrolled,
        "artefacts": possibilities(eco, learner, community) if enrolled else [],
        "acted": k >= 0,
    }
    return record | _deed(eco, learner, k) | _answer(eco, k) | _person(eco, learner, k, before)


def possibilities(eco: Any, learner: int, community: int) -> list[Record]:
    """Return what each artefact was for ``learner`` this week.

    ``offered`` O*, ``perceived`` pi (``None`` where it cannot be told because nothing is offered), ``able`` eps,
    ``reach`` (of collective artefacts), their product ``affordance``; ``compossible``, whether that reaches the
    threshold; ``option``, whether she could have taken it, if only by exploring; and ``reason``, why it was no
    compossible: its smallest factor, ``not_offered``, ``not_perceived``, ``not_able`` or ``out_of_reach``.
    """
    now, things, p, row = eco.now, eco.artefacts, eco.p.affordance, eco.now.row_of[learner]
    openness = eco.lever.openness[community]
    near = collective_access(openness, now.around[row], p.openness_floor, p.openness_gain, p.tie_reach)
    listed = []
    for m, name in enumerate(eco.artefact_names):
        offered, alpha = float(things.effective[m, community]), float(now.affordance[m, row])
        able = float(effectivity(now.supported[row], things.required[m, community], p.kappa, p.ease))
        reach = float(near) if things.collective[m] else 1.0
        rest = offered * able * reach
        found = {"offered": offered, "perceived": alpha / rest if rest > 0.0 else None, "able": able, "reach": reach}
        possible = bool(now.possible[learner] >> m & 1)
        listed.append(
            {"number": m, "name": name, "collective": bool(things.collective[m]), "affordance": alpha}
            | found
            | {"compossible": possible, "option": bool(now.options[learner] >> m & 1)}
            | {"reason": None if possible else _reason(found)}
        )
    return listed


def _reason(found: Mapping[str, float | None]) -> str:
    """Return which factor of an affordance is the smallest, as the reason why it is none."""
    if not found["offered"]:
        return "not_offered"
    worst = min(REASONS, key=lambda name: 1.0 if found[name] is None else float(found[name] or 0.0))
    return "out_of_reach" if worst == "reach" else f"not_{worst}"


def homes(eco: Any) -> Array:
    """Return the community in which each learner lived the week: people move at its end."""
    bounds, communities = eco.blocks
    return np.repeat(communities, np.diff(bounds))


def _deed(eco: Any, learner: int, k: int) -> Record:
    """Return what she did and how it felt; ``None`` throughout where she did nothing."""
    acts = eco.acts
    names = ("effort", "ground", "difficulty", "challenge", "mismatch", "balance", *FELT)
    if k < 0:
        nothing = ("artefact", "artefact_name", "collective", "explored", "partner", "success", *names)
        return dict.fromkeys(nothing)
    m, partner = int(acts.artefact[k]), int(acts.partner[k])
    felt = {name: float(getattr(acts, name)[k]) for name in names}
    felt["effort"] = int(felt["effort"])
    return felt | {
        "artefact": m,
        "artefact_name": eco.artefact_names[m],
        "collective": bool(acts.collective[k]),
        "explored": not eco.now.possible[learner] >> m & 1,
        "partner": partner if partner >= 0 else None,
        "ground": felt["ground"] if partner >= 0 else None,
        "success": bool(acts.success[k]),
    }


def _answer(eco: Any, k: int) -> Record:
    """Return how her post was met; ``None`` throughout where there was none."""
    acts = eco.acts
    if k < 0 or not acts.collective[k]:
        return dict.fromkeys(("answered", "rejected", "author", "author_ground"))
    author, answered = int(acts.author[k]), bool(acts.answered[k])
    return {
        "answered": answered,
        "rejected": bool(acts.rejected[k]),
        "author": "facilitator" if author == FACILITATOR else (author if author >= 0 else None),
        "author_ground": float(acts.author_ground[k]) if answered else None,
    }


def _person(eco: Any, learner: int, k: int, before: Mapping[str, Any] | None) -> Record:
    """Return what the week has left in her."""
    people, ties = eco.learners, eco.ties
    row = slice(int(ties.first[learner]), int(ties.first[learner + 1]))
    known = None if before is None else before["skill"]
    return {
        "skill_before": float(eco.acts.skill[k]) if k >= 0 else known,
        "skill": float(people.skill[people.interest[learner], learner]),
        **{name: float(getattr(people, name)[learner]) for name in STATES},
        "load": float(eco.now.load[learner]),
        "ties": row.stop - row.start,
        "tie_strength": float(ties.weight[row].sum()),
    }


def landscape(eco: Any) -> list[Record]:
    """Return what each artefact was in each community in the week lived: what it offered, to how many, who used it.

    ``affordance`` (mean) and ``possible`` (share) are over the enrolled, ``None`` where nobody is; ``users`` counts
    acts.
    """
    now, things, home = eco.now, eco.artefacts, homes(eco)
    used, place = eco.acts.artefact[: eco.count], home[eco.acts.learner[: eco.count]]
    listed = []
    for c, community in enumerate(eco.community_names):
        here = now.was_enrolled & (home == c)
        count = int(np.count_nonzero(here))
        for m, name in enumerate(eco.artefact_names):
            possible = int(np.count_nonzero(now.possible[here] >> m & 1))
            listed.append(
                {
                    "community": community,
                    "number": m,
                    "name": name,
                    "collective": bool(things.collective[m]),
                    "offered": float(things.effective[m, c]),
                    "affordance": float(now.affordance[m, now.row_of[here]].mean()) if count else None,
                    "possible": possible / count if count else None,
                    "users": int(np.count_nonzero((used == m) & (place == c))),
                }
            )
    return listed
