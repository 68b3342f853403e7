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
from ecosim.model.kernel import kernel, weekly


def perceive(w: Any) -> None:
    """Set every learner's affordances, and her compossibles: those at or above the threshold (one bit an artefact)."""
    w.present = see_possibilities(w.world, *w.blocks, *w.links[:3], w.p.affordance)


@weekly
def see_possibilities(world, blocks, homes, first, other, weight, p):
    """List who is there, set what there is for them and what they make of it; return how many are there."""
    people, now, lever, things = world.people, world.now, world.lever, world.things
    present, bounds, collective = now.present, now.row_bounds, things.collective
    count = list_present(people.enrolled, blocks, now.was_enrolled, present, now.row_of, bounds)
    pull(collective, lever.collective_offer, lever.solo_offer, things.offer_factor, things.fixed_offer, things.offer)
    pull(
        collective, lever.signifier_collective, lever.signifier_solo, things.signifier_factor, things.fixed_signifier,
        things.signifier,
    )  # fmt: skip
    require(lever.demand, things.autonomy_offset, things.fixed_autonomy, things.required)
    enrich(
        bounds, homes, present, people.mastery, things.offer, things.content, things.effective, p.instrumentalisation
    )
    look_around(
        first, other, weight, present, people.enrolled, people.used, now.known, now.around, now.affordance, count
    )
    perceive_all(
        bounds, homes, present, people.autonomy, people.mastery, lever.facilitation, lever.demand, lever.visibility,
        lever.openness, collective, things.signifier, things.effective, things.required, now.supported, now.deficit,
        now.over, now.known, now.around, now.affordance, now.seen, now.possible, now.scratch, now.scratch_2, p,
    )  # fmt: skip
    return count


@kernel
def list_present(enrolled, bounds, was_enrolled, present, row_of, row_bounds):
    """List the enrolled, ascending; this week's arrays of them have one row each. Return how many there are."""
    count = 0
    was_enrolled[:] = enrolled
    for b in range(bounds.size - 1):
        row_bounds[b] = count
        for i in range(bounds[b], bounds[b + 1]):
            present[count], row_of[i] = i, count if enrolled[i] else -1
            count += enrolled[i]
    row_bounds[bounds.size - 1] = count
    return count


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
def enrich(bounds, homes, present, mastery, offered, content, effective, instrumentalisation):
    """Set the effective offer from the mean mastery of the enrolled and from content, in each community."""
    artefacts, communities = offered.shape
    people, mastered = np.zeros(communities), np.zeros((artefacts, communities))
    for b in range(homes.size):
        people[homes[b]] += bounds[b + 1] - bounds[b]
        for m in range(artefacts):
            mastered[m, homes[b]] += total_of(mastery[m], present[bounds[b] : bounds[b + 1]])
    for m in range(artefacts):
        for c in range(communities):
            mean = mastered[m, c] / people[c] if people[c] > 0.0 else 0.0
            effective[m, c] = effective_offer(offered[m, c], mean, content[m, c], instrumentalisation)


@kernel
def total_of(values, chosen):
    """Return the sum of ``values`` over those chosen, as four sums that do not wait for one another."""
    a, b, c, d, whole = 0.0, 0.0, 0.0, 0.0, chosen.size - chosen.size % 4
    for r in range(0, whole, 4):
        a += values[chosen[r]]
        b += values[chosen[r + 1]]
        c += values[chosen[r + 2]]
        d += values[chosen[r + 3]]
    for r in range(whole, chosen.size):
        a += values[chosen[r]]
    return (a + b) + (c + d)


@kernel
def support(autonomy, facilitation, demand, supported, deficit, over):
    """Set supported autonomy, its deficit and over-guidance."""
    for r in range(autonomy.size):
        supported[r] = supported_autonomy(autonomy[r], facilitation)
    for r in range(autonomy.size):
        deficit[r] = autonomy_deficit(demand, supported[r])
    for r in range(autonomy.size):
        over[r] = over_guidance(facilitation, autonomy[r])


@kernel
def look_around(first, other, weight, present, enrolled, used, known, around, using, count):
    """Sum tie strength: to all, to the enrolled, and to last week's users of each artefact."""
    artefacts = using.shape[0]
    by_use = np.empty(artefacts + 1)
    for r in range(count):
        i, everybody, here = present[r], 0.0, 0.0
        by_use[:] = 0.0
        for e in range(first[i], first[i + 1]):
            j, w = other[e], weight[e]
            everybody += w
            here += w * enrolled[j]
            by_use[used[j] + 1] += w
        known[r], around[r] = everybody, here
        for m in range(artefacts):
            using[m, r] = by_use[m + 1]


@kernel
def perceive_all(
    bounds, homes, present, autonomy, mastery, facilitation, demand, visibility, openness, collective, signifier,
    offered, required, supported, deficit, over, known, around, alphas, seen, possible, access, able, p,
):  # fmt: skip
    """Turn seen use (in ``alphas``) into affordances and compossibles, community by community, artefact by artefact."""
    together = 0
    for m in range(collective.size):
        together += collective[m]
    everywhere = np.ones(known.size)
    possible[:] = 0
    for b in range(homes.size):
        c, i, j = homes[b], bounds[b], bounds[b + 1]
        for r in range(i, j):
            access[r] = autonomy[present[r]]
        support(access[i:j], facilitation[c], demand[c], supported[i:j], deficit[i:j], over[i:j])
        within_reach(around[i:j], openness[c], access[i:j], p)
        tutor = facilitation[c] * p.gamma
        seen[i:j] = 0
        for m in range(collective.size):
            shown = p.shown / together if collective[m] else 0.0
            alpha, reached = alphas[m][i:j], access[i:j] if collective[m] else everywhere[i:j]
            notice(alpha, known[i:j], present[i:j], mastery[m], tutor, shown, signifier[m, c], visibility[c], p)
            reach(alpha, supported[i:j], reached, offered[m, c], required[m, c], able[i:j], p)
            note_possible(seen[i:j], alpha, p.theta, 1 << m)
        for r in range(i, j):
            possible[present[r]] = seen[r]


@kernel
def within_reach(around, openness, access, p):
    """Set how much of the collective offer is within each learner's reach."""
    for i in range(around.size):
        access[i] = collective_access(openness, around[i], p.openness_floor, p.openness_gain, p.tie_reach)


@kernel
def notice(alpha, known, present, mastery, tutor, shown, signifier, visibility, p):
    """Turn seen use of one artefact (in ``alpha``) into the perception of it."""
    for r in range(alpha.size):
        seen = seen_use(alpha[r], known[r], tutor, shown, p.w0)
        alpha[r] = perception(signifier, mastery[present[r]], visibility, seen, p.omega)


@kernel
def reach(alpha, supported, access, offered, required, able, p):
    """Turn perception into affordance: times what is offered, what one is able to, and what is within reach."""
    for i in range(alpha.size):
        able[i] = effectivity(supported[i], required, p.kappa, p.ease)
    for i in range(alpha.size):
        alpha[i] = affordance(offered, alpha[i], able[i], access[i])


@kernel
def note_possible(possible, alpha, theta, bit):
    """Add one artefact to the compossibles of those for whom it is possible."""
    for i in range(alpha.size):
        possible[i] |= bit if alpha[i] >= theta else 0
