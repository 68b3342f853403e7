"""1. Perceive: from what is offered, shown and within reach to affordances and compossibles."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.mechanisms.affordance import (
    affordance,
    collective_access,
    effective_offer,
    effectivity,
    perception,
    seen_use,
)
from ecosim.mechanisms.guidance import autonomy_deficit, over_guidance, supported_autonomy
from ecosim.model.kernel import kernel


def perceive(w: Any) -> None:
    """Set every learner's affordances, and her compossibles: those at or above the threshold (one bit an artefact)."""
    people, now, lever, p = w.learners, w.now, w.lever, w.p.affordance
    now.was_enrolled[:] = people.enrolled
    offer(w)
    support(people.autonomy, people.community, lever.facilitation, lever.demand, now.supported, now.deficit, now.over)
    look_around(*w.ties[:3], people.enrolled, people.used, now.known, now.around, now.affordance)
    within_reach(now.around, people.community, lever.openness, now.scratch, p)
    now.possible[:] = 0
    collective = w.artefacts.collective
    shown = p.shown / max(1, int(collective.sum()))
    for m in range(collective.size):
        notice(
            now.affordance[m], now.known, people.mastery[m], people.community, lever.facilitation,
            w.artefacts.signifier[m], lever.visibility, shown if collective[m] else 0.0, p,
        )  # fmt: skip
        reach(
            now.affordance[m], now.supported, now.scratch, people.community, w.artefacts.effective[m],
            w.artefacts.required[m], bool(collective[m]), p,
        )  # fmt: skip
        note_possible(now.possible, now.affordance[m], p.theta, 1 << m)


def offer(w: Any) -> None:
    """Set what artefacts offer, show and require this week, and what use has added to the offer (Rabardel)."""
    a, lever = w.artefacts, w.lever
    together = a.collective[:, None]
    schedule(a.offer, np.where(together, lever.collective_offer, lever.solo_offer), a.offer_factor, a.fixed_offer)
    shown = np.where(together, lever.signifier_collective, lever.signifier_solo)
    schedule(a.signifier, shown, a.signifier_factor, a.fixed_signifier)
    np.clip(lever.demand + a.autonomy_offset[:, None], 0.0, 1.0, out=a.required)
    a.required[a.fixed_autonomy >= 0.0] = a.fixed_autonomy[a.fixed_autonomy >= 0.0][:, None]
    enrich(
        w.learners.mastery, w.learners.enrolled, w.learners.community, a.offer, a.content, a.effective,
        w.p.affordance.instrumentalisation,
    )  # fmt: skip


def schedule(table: Any, lever: Any, factor: Any, fixed: Any) -> None:
    """Set a table over (artefact, community): the lever times the artefact's factor, or the artefact's own value."""
    np.clip(lever * factor[:, None], 0.0, 1.0, out=table)
    table[fixed >= 0.0] = fixed[fixed >= 0.0][:, None]


@kernel
def enrich(mastery, enrolled, community, offered, content, effective, instrumentalisation):
    """Set the effective offer from the mean mastery of the enrolled and from content, in each community."""
    artefacts, communities = offered.shape
    present = np.zeros(communities)
    for i in range(enrolled.size):
        if enrolled[i]:
            present[community[i]] += 1.0
    total = np.zeros(communities)
    for m in range(artefacts):
        total[:] = 0.0
        for i in range(enrolled.size):
            if enrolled[i]:
                total[community[i]] += mastery[m, i]
        for c in range(communities):
            mean = total[c] / present[c] if present[c] > 0.0 else 0.0
            effective[m, c] = effective_offer(offered[m, c], mean, content[m, c], instrumentalisation)


@kernel
def support(autonomy, community, facilitation, demand, supported, deficit, over):
    """Set supported autonomy, its deficit and over-guidance."""
    for i in range(autonomy.size):
        supported[i] = supported_autonomy(autonomy[i], facilitation[community[i]])
    for i in range(autonomy.size):
        deficit[i] = autonomy_deficit(demand[community[i]], supported[i])
    for i in range(autonomy.size):
        over[i] = over_guidance(facilitation[community[i]], autonomy[i])


@kernel
def look_around(first, other, weight, enrolled, used, known, around, using):
    """Sum tie strength: to all, to the enrolled, and to last week's users of each artefact."""
    using[:, :] = 0.0
    for i in range(enrolled.size):
        everybody, present = 0.0, 0.0
        for e in range(first[i], first[i + 1]):
            j, w = other[e], weight[e]
            everybody += w
            if enrolled[j]:
                present += w
            if used[j] >= 0:
                using[used[j], i] += w
        known[i], around[i] = everybody, present


@kernel
def within_reach(around, community, openness, access, p):
    """Set how much of the collective offer is within each learner's reach."""
    for i in range(around.size):
        access[i] = collective_access(openness[community[i]], around[i], p.openness_floor, p.openness_gain, p.tie_reach)


@kernel
def notice(alpha, known, mastery, community, facilitation, signifier, visibility, shown, p):
    """Turn seen use of one artefact (in ``alpha``) into the perception of it."""
    for i in range(alpha.size):
        c = community[i]
        alpha[i] = seen_use(alpha[i], known[i], facilitation[c] * p.gamma, shown, p.w0)
    for i in range(alpha.size):
        c = community[i]
        alpha[i] = perception(signifier[c], mastery[i], visibility[c], alpha[i], p.omega)


@kernel
def reach(alpha, supported, access, community, offered, required, collective, p):
    """Turn perception into affordance: times what is offered, what one is able to, and what is within reach."""
    for i in range(alpha.size):
        c = community[i]
        able = effectivity(supported[i], required[c], p.kappa, p.ease)
        alpha[i] = affordance(offered[c], alpha[i], able, access[i] if collective else 1.0)


@kernel
def note_possible(possible, alpha, theta, bit):
    """Add one artefact to the compossibles of those for whom it is possible."""
    for i in range(alpha.size):
        possible[i] |= bit if alpha[i] >= theta else 0
