"""One learner's week in plain values, read off the arrays once the week has been lived.

Nothing is kept beyond the week for this: what the arrays no longer hold (perception, ability, reach, the hazard) is
computed again from what they still hold, by the same equations; what the week began with comes from the record of the
week before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ecosim.chance import ACCESS, ACT, EXPLORE, uniform
from ecosim.mechanisms.intention import acting, activity
from ecosim.mechanisms.observation import own_apprenance
from ecosim.model.possible import REASONS as REASONS
from ecosim.model.possible import Record as Record
from ecosim.model.possible import possibilities
from ecosim.model.risk import homes as homes
from ecosim.model.risk import risk_of
from ecosim.model.state import FACILITATOR

STATES = (
    "autonomy", "efficacy", "autonomous_motive", "persistence", "external_drive", "need_autonomy", "need_competence",
    "need_relatedness", "mood",
)  # fmt: skip
FELT = ("control", "immersion", "unselfconsciousness", "autotelic", "flow")


def week_of(eco: Any, learner: int, before: Mapping[str, Any] | None = None) -> Record:
    """Return what the week that ``eco`` has just lived was for ``learner``.

    Parameters
    ----------
    eco : Engine
        After at least one step.
    learner : int
        Her number.
    before : mapping, optional
        The record of her week before; without it, what only last week tells is ``None`` but in the first week.

    Returns
    -------
    dict
        * ``week``, ``learner``, ``profile``, ``community`` (during the week) and ``community_after``;
        * ``enrolled`` (during the week), ``arrived``, ``left``, ``returned`` (at its end), and what
          :func:`ecosim.model.risk.risk_of` says of it: ``hazard`` and its terms;
        * ``artefacts``: one dictionary each, see :func:`ecosim.model.possible.possibilities`; empty for who is not
          enrolled;
        * ``access`` (whether conditions let her act), ``explores`` (whether she looked at everything on offer),
          ``struck`` (by how many shocks), ``likely`` (the probability that she would act, given access; ``None`` where
          it cannot be told), ``pulled`` (whether she acted and, with nothing due, would not have: with the same luck),
          ``drive_before`` and ``motive_before`` (at the week's start), ``played`` (whether a person decided for her);
        * ``acted``, and ``None`` without an act: ``artefact``, ``artefact_name``, ``collective``, ``explored``,
          ``effort``, ``partner``, ``partner_tie`` (strength at the week's start) and ``ground`` with her,
          ``same_topic``, ``difficulty``, ``challenge``, ``mismatch``, ``balance``, ``success``, the dimensions of flow,
          ``motive_terms`` (what changed her autonomous motive: ``needs``, ``delight``, ``undermined``,
          ``internalised``), ``fed`` (whether flow fed her persistence); for a collective act ``answered``,
          ``rejected``, ``author`` (a number, ``"facilitator"``, or ``None``: nobody in particular) and
          ``author_ground``;
        * ``called_by``, who called on her;
        * ``skill_before`` and ``skill`` on her interest, the states of :data:`STATES` at the week's end,
          ``apprenance``, ``mastery`` of each artefact, the ``instruments`` among them, ``load``, ``ties`` and
          ``tie_strength``.
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
        "artefacts": possibilities(eco, learner, community, before) if enrolled else [],
        "acted": k >= 0,
    }
    record |= risk_of(eco, learner, community) | _intended(eco, learner, enrolled, before)
    return (
        record | _deed(eco, learner, k) | _changed(eco, k, before) | _answer(eco, k) | _person(eco, learner, k, before)
    )


def _intended(eco: Any, learner: int, enrolled: bool, before: Mapping[str, Any] | None) -> Record:
    """Return what decided whether she acted; luck is drawn again, by its key."""
    people, now, week = eco.learners, eco.now, eco.week - 1
    access = uniform(eco.seed, eco.replicate, ACCESS, week, learner, 0) < people.access[learner]
    explores = uniform(eco.seed, eco.replicate, EXPLORE, week, learner, 0) < eco.p.intention.exploration
    return {
        "access": bool(access) if enrolled else None,
        "explores": bool(explores) if enrolled else None,
        "struck": int(now.shocked[learner]),
        **(_likely(eco, learner, before) if enrolled else dict.fromkeys(("likely", "pulled"))),
        "drive_before": float(now.drive[now.row_of[learner]]) if enrolled else None,
        "motive_before": float(now.motive[now.row_of[learner]]) if enrolled else None,
        "played": learner in eco.humans,
    }


def _likely(eco: Any, learner: int, before: Mapping[str, Any] | None) -> Record:
    """Return how likely an act was this week where conditions allowed it, and whether it hung on a deadline."""
    now, p, row, week = eco.now, eco.p.intention, eco.now.row_of[learner], eco.week - 1
    if not now.options[learner]:
        return {"likely": 0.0, "pulled": False}
    if before is None and week > 0:
        return {"likely": None, "pulled": None}
    active = 1.0 if before is not None and before["acted"] else 0.0
    due = float(eco.lever.deadline[homes(eco)[learner]])
    logit = p.shock * now.shocked[learner] + activity(
        eco.learners.propensity[learner], now.mean_value[row], now.drive[row], active, due, p.b_V, p.b_P, p.habit,
        p.deadline_pull,
    )  # fmt: skip
    enough = uniform(eco.seed, eco.replicate, ACT, week, learner, 0) < acting(logit - p.deadline_pull * due)
    chose = now.act_of[learner] >= 0 and learner not in eco.humans
    return {"likely": float(acting(logit)), "pulled": bool(chose and not enough)}


def _deed(eco: Any, learner: int, k: int) -> Record:
    """Return what she did and how it felt, ``None`` throughout where she did nothing; and who called on her."""
    acts = eco.acts
    names = ("effort", "ground", "difficulty", "challenge", "mismatch", "balance", *FELT)
    calls = {"called_by": acts.learner[: eco.count][acts.partner[: eco.count] == learner].tolist()}
    if k < 0:
        nothing = ("artefact", "artefact_name", "collective", "explored", "partner", "partner_tie", "same_topic")
        return calls | dict.fromkeys((*nothing, "success", *names))
    m, partner = int(acts.artefact[k]), int(acts.partner[k])
    felt = {name: float(getattr(acts, name)[k]) for name in names}
    felt["effort"] = int(felt["effort"])
    interest, met = eco.learners.interest, partner >= 0
    return (
        calls
        | felt
        | {
            "artefact": m,
            "artefact_name": eco.artefact_names[m],
            "collective": bool(acts.collective[k]),
            "explored": not eco.now.possible[learner] >> m & 1,
            "partner": partner if met else None,
            "partner_tie": _tie(eco.ties_at_start, learner, partner) if met else None,
            "ground": felt["ground"] if met else None,
            "same_topic": bool(interest[learner] == interest[partner]) if met else None,
            "success": bool(acts.success[k]),
        }
    )


def _tie(ties: Any, learner: int, other: int) -> float:
    """Return the strength of the tie of two learners, 0 without one."""
    row = slice(int(ties.first[learner]), int(ties.first[learner + 1]))
    return float(ties.weight[row][ties.other[row] == other].sum())


def _changed(eco: Any, k: int, before: Mapping[str, Any] | None) -> Record:
    """Return what changed her autonomous motive, term by term, and whether flow fed her persistence."""
    if k < 0:
        return {"motive_terms": None, "fed": None}
    acts, p, learner = eco.acts, eco.p.becoming, int(eco.acts.learner[k])
    motive, needs = float(eco.now.motive[acts.row[k]]), float(acts.needs[k])
    pressure = float(eco.lever.pressure[homes(eco)[learner]])
    pushed = before["external_drive"] if before is not None else (0.0 if eco.week == 1 else None)
    return {
        "motive_terms": {
            "needs": p.motive_rate * p.motive_needs * (needs - motive),
            "delight": p.motive_rate * (1.0 - p.motive_needs) * (float(acts.autotelic[k]) - motive),
            "undermined": -p.undermining * pressure * motive,
            "internalised": None if pushed is None else p.iota * pushed * needs,
        },
        "fed": bool(eco.flow_feeds),
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
    states = {name: float(getattr(people, name)[learner]) for name in STATES}
    mastery = people.mastery[:, learner].tolist()
    qualities = (states[name] for name in ("autonomous_motive", "efficacy", "autonomy", "persistence"))
    return {
        "skill_before": float(eco.acts.skill[k]) if k >= 0 else known,
        "skill": float(people.skill[people.interest[learner], learner]),
        **states,
        "apprenance": float(own_apprenance(*qualities)),
        "mastery": mastery,
        "instruments": [m for m, level in enumerate(mastery) if level > eco.p.observation.instrument_level],
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
