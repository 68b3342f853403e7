"""10. Become, and 11. take energy: what a week leaves in a person."""

from __future__ import annotations

from typing import Any

from ecosim.mechanisms.becoming import autonomous_motive, autonomy, efficacy
from ecosim.mechanisms.energy import external_drive, persistence
from ecosim.model.kernel import kernel, weekly


def become(w: Any) -> None:
    """Change efficacy, the autonomous motive and autonomy of those who acted, by what they lived."""
    grow(w.world, w.count, w.p.becoming)


def take_energy(w: Any) -> None:
    """Feed persistence by flow and external drive by incentive and facilitation; let both fade."""
    feed_and_spend(w.world, *w.blocks, w.flow_feeds, w.count, w.p.energy)


@weekly
def grow(world, count, p):
    """Renew efficacy, then the autonomous motive, then autonomy."""
    people, now, acts, lever = world.people, world.now, world.acts, world.lever
    grow_efficacy(acts.learner, acts.success, acts.difficulty, acts.skill, people.efficacy, count, p)
    grow_motive(
        acts.learner, people.community, acts.needs, acts.autotelic, lever.pressure, people.external_drive,
        people.autonomous_motive, count, p,
    )  # fmt: skip
    grow_autonomy(
        acts.learner, people.community, acts.success, acts.facilitation, lever.demand, acts.deficit, acts.over,
        people.autonomy, now.scratch, acts.best, count, p,
    )  # fmt: skip


@weekly
def feed_and_spend(world, bounds, homes, feeds, count, p):
    """Let the persistence of the enrolled fade but where flow fed it; renew their external drive."""
    people, acts, lever = world.people, world.acts, world.lever
    persistence, external, enrolled = people.persistence, people.external_drive, people.enrolled
    feed(
        acts.learner, people.community, persistence, people.autonomous_motive, acts.flow, people.efficacy,
        lever.pressure, acts.best, count, p,
    )  # fmt: skip
    fade(persistence, enrolled, p.idle_keep)
    if feeds:
        keep_energy(acts.learner, acts.best, persistence, count)
    for b in range(homes.size):
        c, i, j = homes[b], bounds[b], bounds[b + 1]
        push(external[i:j], enrolled[i:j], lever.incentive[c], lever.facilitation[c], p)


@kernel
def grow_efficacy(learner, success, task, skill, now, count, p):
    """Renew the sense of efficacy."""
    for k in range(count):
        i = learner[k]
        now[i] = efficacy(
            now[i], success[k], task[k], skill[k], p.efficacy_rate, p.efficacy_easy, p.efficacy_gain, p.efficacy_span
        )


@kernel
def grow_motive(learner, community, needs, delight, pressure, external, now, count, p):
    """Renew the autonomous motive."""
    for k in range(count):
        i = learner[k]
        now[i] = autonomous_motive(
            now[i], needs[k], delight[k], pressure[community[i]], external[i], p.motive_rate, p.motive_needs,
            p.undermining, p.iota,
        )  # fmt: skip


@kernel
def grow_autonomy(learner, community, success, facilitation, demand, deficit, over, now, demanded, grown, count, p):
    """Renew autonomy."""
    for k in range(count):
        demanded[k] = demand[community[learner[k]]]
    for k in range(count):
        i = learner[k]
        grown[k] = autonomy(
            now[i], success[k], facilitation[k], demanded[k], deficit[k], over[k], p.eta_A, p.edge, p.over_cost
        )
    for k in range(count):
        now[learner[k]] = grown[k]


@kernel
def feed(learner, community, now, motive, flow, sure, pressure, fed, count, p):
    """Set the persistence to which the week's flow leads."""
    for k in range(count):
        i = learner[k]
        fed[k] = persistence(
            now[i], motive[i], flow[k], sure[i], pressure[community[i]], p.fuel, p.psi, p.efficacy_floor,
            p.efficacy_gain, p.persistence_rate,
        )  # fmt: skip


@kernel
def fade(now, enrolled, keeping):
    """Let the persistence of the enrolled fade; the departed keep theirs."""
    for i in range(now.size):
        now[i] = now[i] * keeping if enrolled[i] else now[i]


@kernel
def keep_energy(learner, fed, now, count):
    """Write the persistence of those whom flow has fed: it did not fade."""
    for k in range(count):
        now[learner[k]] = fed[k]


@kernel
def push(now, enrolled, incentive, facilitation, p):
    """Renew the external drive of the enrolled."""
    for i in range(now.size):
        after = external_drive(now[i], incentive, facilitation, p.lambda_R, p.lambda_G, p.external_rate)
        now[i] = after if enrolled[i] else now[i]
