"""1. Perceive: from what is offered, shown and within reach to affordances and compossibles."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.equation import clip
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
    collective = w.artefacts.collective
    notice_all(
        now.affordance, now.known, people.mastery, people.community, lever.facilitation, w.artefacts.signifier,
        lever.visibility, collective, p.shown / max(1, int(collective.sum())), p,
    )  # fmt: skip
    reach_all(
        now.affordance, now.possible, now.supported, now.scratch, now.scratch_2, now.total, people.community,
        w.artefacts.effective, w.artefacts.required, collective, p,
    )  # fmt: skip


def offer(w: Any) -> None:
    """Set what artefacts offer, show and require this week, and what use has added to the offer (Rabardel)."""
    a, lever = w.artefacts, w.lever
    pull(a.collective, lever.collective_offer, lever.solo_offer, a.offer_factor, a.fixed_offer, a.offer)
    pull(
        a.collective, lever.signifier_collective, lever.signifier_solo, a.signifier_factor, a.fixed_signifier,
        a.signifier,
    )  # fmt: skip
    require(lever.demand, a.autonomy_offset, a.fixed_autonomy, a.required)
    enrich(
        w.learners.mastery, w.learners.enrolled, w.learners.community, a.offer, a.content, a.effective,
        w.p.affordance.instrumentalisation,
    )  # fmt: skip


@kernel
def pull(collective, together, alone, factor, fixed, table):
    """Set a table over (artefact, community): the lever of its kind times the artefact's factor, or its own value."""
    for m in range(collective.size):
        for c in range(together.size):
            lever = together[c] if collective[m] else alone[c]
            table[m, c] = fixed[m] if fixed[m] >= 0.0 else clip(lever * factor[m])


@kernel
def require(demand, offset, fixed, required):
    """Set the autonomy that each artefact requires: what the community demands, and more or less."""
    for m in range(offset.size):
        for c in range(demand.size):
            required[m, c] = fixed[m] if fixed[m] >= 0.0 else clip(demand[c] + offset[m])


@kernel
def enrich(mastery, enrolled, community, offered, content, effective, instrumentalisation):
    """Set the effective offer from the mean mastery of the enrolled and from content, in each community."""
    artefacts, communities = offered.shape
    present = np.zeros(communities)
    for i in range(enrolled.size):
        present[community[i]] += 1.0 * enrolled[i]
    total = np.zeros((4, communities))  # four sums that do not wait for one another
    for m in range(artefacts):
        total[:, :] = 0.0
        row = mastery[m]
        for i in range(enrolled.size):
            total[i & 3, community[i]] += row[i] * enrolled[i]
        for c in range(communities):
            mastered = total[0, c] + total[1, c] + total[2, c] + total[3, c]
            mean = mastered / present[c] if present[c] > 0.0 else 0.0
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
    artefacts = using.shape[0]
    by_use = np.empty(artefacts + 1)
    for i in range(enrolled.size):
        everybody, present = 0.0, 0.0
        by_use[:] = 0.0
        for e in range(first[i], first[i + 1]):
            j, w = other[e], weight[e]
            everybody += w
            present += w * enrolled[j]
            by_use[used[j] + 1] += w
        known[i], around[i] = everybody, present
        for m in range(artefacts):
            using[m, i] = by_use[m + 1]


@kernel
def within_reach(around, community, openness, access, p):
    """Set how much of the collective offer is within each learner's reach."""
    for i in range(around.size):
        access[i] = openness[community[i]]
    for i in range(around.size):
        access[i] = collective_access(access[i], around[i], p.openness_floor, p.openness_gain, p.tie_reach)


@kernel
def notice_all(alphas, known, mastery, community, facilitation, signifier, visibility, collective, shown, p):
    """Turn seen use (in ``alphas``) into perception, artefact by artefact."""
    for m in range(collective.size):
        share = shown if collective[m] else 0.0
        notice(alphas[m], known, mastery[m], community, facilitation, signifier[m], visibility, share, p)


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
def reach_all(alphas, possible, supported, access, everywhere, able, community, offered, required, collective, p):
    """Turn perception into affordances and compossibles, artefact by artefact."""
    possible[:] = 0
    everywhere[:] = 1.0
    for m in range(collective.size):
        reached = access if collective[m] else everywhere
        reach(alphas[m], supported, reached, community, offered[m], required[m], able, p)
        note_possible(possible, alphas[m], p.theta, 1 << m)


@kernel
def reach(alpha, supported, access, community, offered, required, able, p):
    """Turn perception into affordance: times what is offered, what one is able to, and what is within reach."""
    for i in range(alpha.size):
        able[i] = required[community[i]]
    for i in range(alpha.size):
        able[i] = effectivity(supported[i], able[i], p.kappa, p.ease)
    for i in range(alpha.size):
        alpha[i] = affordance(offered[community[i]], alpha[i], able[i], access[i])


@kernel
def note_possible(possible, alpha, theta, bit):
    """Add one artefact to the compossibles of those for whom it is possible."""
    for i in range(alpha.size):
        possible[i] |= bit if alpha[i] >= theta else 0
