"""13. Stay, leave, come back; and in an ecosystem of several communities, move."""

from __future__ import annotations

from typing import Any

from ecosim.chance import LEAVE, MOVE, RETURN, uniform
from ecosim.mechanisms.intention import drive
from ecosim.mechanisms.migration import experience
from ecosim.mechanisms.staying import accepted, embedded, hazard, leaving, returning
from ecosim.model.kernel import kernel, weekly


def stay(w: Any) -> None:
    """Let the enrolled leave, the departed come back, and those who may move go where life is better."""
    people, p = w.learners, w.p.staying
    stay_or_leave(w.world, *w.blocks, *w.links[:3], w.p.needs.rest, p, *w.luck)
    if w.p.migration.mobility > 0.0:
        people.community[:] = move(
            people.community, people.enrolled, people.flow, people.need_relatedness, *w.ties[:3], w.p.migration,
            *w.luck,
        )  # fmt: skip


@weekly
def stay_or_leave(world, bounds, homes, first, other, weight, rest, p, week, seed, replicate):
    """Set what holds everybody and what her risk of leaving is; then some leave, and some come back."""
    people, now, lever = world.people, world.now, world.lever
    enrolled, tenure, held, likely = people.enrolled, people.tenure, now.held, now.scratch
    hold(first, other, weight, now.was_enrolled, enrolled, people.need_relatedness, held, tenure, p.embedding, rest)
    risk(
        bounds, homes, people.persistence, people.external_drive, tenure, lever.hazard, lever.deadline, held, now.load,
        now.total, likely, p,
    )  # fmt: skip
    leave_or_return(
        likely, now.scratch_2, held, people.persistence, enrolled, tenure, people.left_week, p.comeback, week, seed,
        replicate,
    )  # fmt: skip


@kernel
def embed(first, other, weight, was_enrolled, around):
    """Sum tie strength to those who were enrolled at the week's start."""
    for i in range(around.size):
        total = 0.0
        for e in range(first[i], first[i + 1]):
            total += weight[e] * was_enrolled[other[e]]
        around[i] = total


@kernel
def hold(first, other, weight, was_enrolled, enrolled, relatedness, held, tenure, reach, rest):
    """Set how far each is embedded among those who accept her; add a week of tenure to the enrolled."""
    embed(first, other, weight, was_enrolled, held)
    for i in range(held.size):
        held[i] = embedded(held[i], reach) * accepted(relatedness[i], rest)
    for i in range(tenure.size):
        tenure[i] += 1 if enrolled[i] else 0


@kernel
def risk(bounds, homes, persistence, external, tenure, base, deadline, held, loads, driven, rate, p):
    """Set drive after the week, and the hazard of leaving."""
    for i in range(rate.size):
        driven[i] = drive(persistence[i], external[i])
    for b in range(homes.size):
        c, i, j = homes[b], bounds[b], bounds[b + 1]
        factor = p.deadline_factor if deadline[c] > 0.0 else 1.0
        endanger(driven[i:j], tenure[i:j], base[c], factor, held[i:j], loads[i:j], rate[i:j], p)


@kernel
def endanger(driven, tenure, base, factor, held, loads, rate, p):
    """Set the hazard of leaving within one community."""
    for i in range(rate.size):
        rate[i] = hazard(
            base, factor, driven[i], float(tenure[i]), held[i], loads[i], p.drive_effect, p.newcomer, p.newcomer_weeks,
            p.h_W, p.h_L,
        )  # fmt: skip


@kernel
def leave_or_return(likely, luck, held, persistence, enrolled, tenure, left_week, comeback, week, seed, replicate):
    """Let the enrolled leave at their hazard, and those who left before this week come back."""
    for i in range(likely.size):
        back = returning(held[i], persistence[i], comeback)
        likely[i] = leaving(likely[i]) if enrolled[i] else (back if left_week[i] >= 0 else 0.0)
    for i in range(likely.size):
        luck[i] = uniform(seed, replicate, LEAVE if enrolled[i] else RETURN, week, i, 0)
    for i in range(likely.size):
        if luck[i] < likely[i]:
            left_week[i] = week if enrolled[i] else left_week[i]
            tenure[i] = tenure[i] if enrolled[i] else 0
            enrolled[i] = not enrolled[i]


@kernel
def move(community, enrolled, flow, relatedness, first, other, weight, p, week, seed, replicate):
    """Return everybody's community after those have moved who know of a better life elsewhere; all move at once."""
    goal = community.copy()
    for i in range(goal.size):
        if not enrolled[i] or uniform(seed, replicate, MOVE, week, i, 0) >= p.mobility:
            continue
        best = experience(flow[i], relatedness[i])
        for e in range(first[i], first[i + 1]):
            j = other[e]
            if weight[e] > p.known_tie and enrolled[j] and community[j] != community[i]:
                lived = experience(flow[j], relatedness[j])
                if lived > best:
                    best = lived
                    goal[i] = community[j]
    return goal
