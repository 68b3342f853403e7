"""10. Become, and 11. take energy: what a week leaves in a person."""

from __future__ import annotations

from typing import Any

from ecosim.mechanisms.becoming import autonomous_motive, autonomy, efficacy
from ecosim.mechanisms.energy import external_drive, persistence
from ecosim.model.kernel import kernel


def become(w: Any) -> None:
    """Change efficacy, the autonomous motive and autonomy of those who acted, by what they lived."""
    people, now, acts, p = w.learners, w.now, w.acts, w.p.becoming
    grow_efficacy(acts.learner, acts.success, acts.difficulty, acts.skill, people.efficacy, w.count, p)
    grow_motive(
        acts.learner, people.community, acts.needs, acts.autotelic, w.pressure, people.external_drive,
        people.autonomous_motive, w.count, p,
    )  # fmt: skip
    grow_autonomy(
        acts.learner, people.community, acts.success, acts.facilitation, w.lever.demand, now.deficit, now.over,
        people.autonomy, now.scratch, acts.best, w.count, p,
    )  # fmt: skip


def take_energy(w: Any) -> None:
    """Feed persistence by flow and external drive by incentive and facilitation; let both fade."""
    people, acts, p = w.learners, w.acts, w.p.energy
    feed(
        acts.learner, people.community, people.persistence, people.autonomous_motive, acts.flow, people.efficacy,
        w.pressure, acts.best, w.count, p,
    )  # fmt: skip
    fade(people.persistence, people.enrolled, p.idle_keep)
    if w.flow_feeds:
        keep_energy(acts.learner, acts.best, people.persistence, w.count)
    push(people.external_drive, people.enrolled, people.community, w.lever.incentive, w.lever.facilitation, p)


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
            now[i], success[k], facilitation[k], demanded[k], deficit[i], over[i], p.eta_A, p.edge, p.over_cost
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
def push(now, enrolled, community, incentive, facilitation, p):
    """Renew the external drive of the enrolled."""
    for i in range(now.size):
        c = community[i]
        after = external_drive(now[i], incentive[c], facilitation[c], p.lambda_R, p.lambda_G, p.external_rate)
        now[i] = after if enrolled[i] else now[i]
