"""2. Intend: what is worth it, whether anything is done this week, which artefact is taken, with how much effort."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.chance import ACCESS, ACT, CHOICE, EFFORT, EXPLORE, exp, log, poisson, uniform
from ecosim.mechanisms.intention import acting, activity, drive, mean_effort, preference, value
from ecosim.model.kernel import kernel, weekly


def intend(w: Any) -> None:
    """Set who acts this week, on which artefact and with how much effort; one row of ``acts`` each."""
    now, acts, p = w.now, w.acts, w.p.intention
    want(w.world, w.blocks[1], w.present, p, *w.luck)
    for learner, human in w.humans.items():
        now.acts[learner] = human.get("act", now.acts[learner])
    w.count = choose(w.world, w.present, p, *w.luck)
    for learner, human in w.humans.items():
        k = now.act_of[learner]
        if k >= 0:
            acts.artefact[k] = human.get("artefact", acts.artefact[k])
            acts.effort[k] = human.get("effort", acts.effort[k])


@weekly
def want(world, homes, count, p, week, seed, replicate):
    """Set what everybody's options are worth to her, and who acts."""
    people, now, lever, things = world.people, world.now, world.lever, world.things
    weigh_options(
        now.row_bounds, homes, now.present, now.affordance, people.enjoyment, people.autonomous_motive, now.seen,
        things.offer, things.collective, lever.forced_collaboration, now.option, now.options, now.mean_value, now.total,
        now.motive, now.worth, now.appeal, now.scratch, count, p, week, seed, replicate,
    )  # fmt: skip
    decide(
        now.present, people.propensity, people.persistence, people.external_drive, people.used, now.shocked,
        people.community, lever.deadline, now.mean_value, now.option, people.access, now.drive, now.acts, now.scratch,
        now.scratch_2, count, p, week, seed, replicate,
    )  # fmt: skip


@weekly
def choose(world, enrolled, p, week, seed, replicate):
    """Write a row for each who acts, with the artefact she takes and her effort; return how many act."""
    people, now, acts, lever = world.people, world.now, world.acts, world.lever
    count = list_acts(
        now.acts, now.present, people.skill, people.interest, people.community, lever.facilitation, now.supported,
        now.deficit, now.over, now.act_of, acts.learner, acts.row, acts.skill, acts.facilitation, acts.supported,
        acts.deficit, acts.over, enrolled,
    )  # fmt: skip
    choose_best(acts.learner, acts.row, now.appeal, now.option, acts.artefact, count, week, seed, replicate)
    exert(
        acts.learner, acts.row, people.rate, now.motive, now.drive, acts.effort, now.scratch, now.scratch_2, count, p,
        week, seed, replicate,
    )  # fmt: skip
    return count


@kernel
def weigh_options(
    bounds, homes, present, alphas, enjoyment, motives, seen, offered, collective, forced, option, options_of, mean,
    total, motive, worths, appeals, weight, count, p, week, seed, replicate,
):  # fmt: skip
    """Set everybody's options and their mean value, each weighed by how much it is preferred."""
    explore(weight, present, count, p.exploration, week, seed, replicate)
    options_of[:] = 0
    for b in range(homes.size):
        c, i, j = homes[b], bounds[b], bounds[b + 1]
        options(option[i:j], seen[i:j], weight[i:j], offered[:, c], collective, forced[c])
    for r in range(count):
        options_of[present[r]] = option[r]
        motive[r] = motives[present[r]]
    total[:count] = 0.0
    mean[:count] = 0.0
    for m in range(alphas.shape[0]):
        add_option(alphas[m], present, enjoyment[m], motive, option, m, worths[m], appeals[m], total, mean, count, p)
    for r in range(count):
        mean[r] = mean[r] / total[r] if total[r] > 0.0 else 0.0


@kernel
def explore(explores, present, count, exploration, week, seed, replicate):
    """Set 1 for who looks at every offered collective artefact this week, else 0."""
    for r in range(count):
        explores[r] = 1.0 if uniform(seed, replicate, EXPLORE, week, present[r], 0) < exploration else 0.0


@kernel
def options(option, possible, explores, offered, collective, forced):
    """Set options, one bit an artefact: the compossibles, and all collective ones offered to who explores."""
    together, found = 0, 0
    for m in range(collective.size):
        together |= (1 << m) if collective[m] else 0
        found |= (1 << m) if collective[m] and offered[m] > 0.0 else 0
    allowed = together if forced >= 0.5 else -1
    for i in range(option.size):
        option[i] = (possible[i] | (found if explores[i] > 0.0 else 0)) & allowed


@kernel
def add_option(alpha, present, enjoyment, motive, option, m, worth, appeal, total, weighted, count, p):
    """Add one artefact to the softmax sums of weights and of weighted values."""
    for r in range(count):
        worth[r] = value(alpha[r], motive[r], enjoyment[present[r]], p.value_floor, p.value_gain)
    for r in range(count):
        appeal[r] = preference(worth[r], p.sharpness) if (option[r] >> m) & 1 else 0.0
    for r in range(count):
        total[r] += appeal[r]
    for r in range(count):
        weighted[r] += appeal[r] * worth[r]


@kernel
def decide(
    present, propensity, persistence, external, used, shocked, community, deadline, mean_value, option, access, driven,
    acts, likely, luck, count, p, week, seed, replicate,
):  # fmt: skip
    """Set who acts: enrolled, with access and an option, and with the luck to."""
    for r in range(count):
        driven[r] = drive(persistence[present[r]], external[present[r]])
    for r in range(count):
        i = present[r]
        active, due = 1.0 if used[i] >= 0 else 0.0, deadline[community[i]]
        logit = activity(propensity[i], mean_value[r], driven[r], active, due, p.b_V, p.b_P, p.habit, p.deadline_pull)
        likely[r] = logit + p.shock * shocked[i]
    for r in range(count):
        likely[r] = acting(likely[r])
    for r in range(count):
        luck[r] = uniform(seed, replicate, ACT, week, present[r], 0)
    for r in range(count):
        likely[r] = 1.0 if (option[r] != 0) & (luck[r] < likely[r]) else 0.0
    for r in range(count):
        luck[r] = uniform(seed, replicate, ACCESS, week, present[r], 0)
    acts[:] = False
    for r in range(count):
        acts[present[r]] = (likely[r] > 0.0) & (luck[r] < access[present[r]])


@kernel
def list_acts(
    acts, present, skills, interest, community, facilitation, supports, deficits, overs, act_of, learner, row, skill,
    facilitated, supported, deficit, over, enrolled,
):  # fmt: skip
    """Write a row for each who acts, ascending, with what the week is for her; return how many act."""
    count = 0
    act_of[:] = -1
    for r in range(enrolled):
        i = present[r]
        learner[count], row[count] = i, r
        if acts[i]:
            act_of[i] = count
            count += 1
    for k in range(count):
        i = learner[k]
        skill[k] = skills[interest[i], i]
        facilitated[k] = facilitation[community[i]]
    for k in range(count):
        supported[k], deficit[k], over[k] = supports[row[k]], deficits[row[k]], overs[row[k]]
    return count


@kernel
def choose_best(learner, row, appeals, option, chosen, count, week, seed, replicate):
    """Set for each who acts the option that comes first: waiting times are exponential, their rates the appeals.

    The same as the option with the highest value + Gumbel noise (-ln(-ln u)), for one logarithm instead of two; the
    noise is keyed to learner and artefact.
    """
    artefacts = appeals.shape[0]
    room = count * artefacts + 1
    act, who, what, wait = np.empty(room, "u4"), np.empty(room, "u4"), np.empty(room, "u4"), np.empty(room)
    found = np.uint64(0)
    for k in range(count):
        i, mine = learner[k], option[row[k]]
        for m in range(artefacts):
            act[found], who[found], what[found] = k, i, m
            found += np.uint64((mine >> m) & 1)
    for o in range(found):
        wait[o] = uniform(seed, replicate, CHOICE, week, who[o], what[o])
    for o in range(found):
        wait[o] = -log(wait[o])
    for o in range(found):
        wait[o] /= appeals[what[o], row[act[o]]]
    first = np.full(count, 1e300)
    chosen[:count] = -1
    for o in range(found):
        k = act[o]
        if wait[o] < first[k]:
            first[k], chosen[k] = wait[o], what[o]


@kernel
def exert(learner, row, rate, motive, driven, effort, luck, none, count, p, week, seed, replicate):
    """Set the effort of each act: its contributions."""
    for k in range(count):
        r = row[k]
        effort[k] = mean_effort(rate[learner[k]], driven[r], motive[r], p.lambda_, p.effort_floor, p.max_effort)
    for k in range(count):
        luck[k] = uniform(seed, replicate, EFFORT, week, learner[k], 0)
    for k in range(count):
        none[k] = exp(-effort[k])
    for k in range(count):
        effort[k] = 1.0 + poisson(luck[k], effort[k], none[k])
