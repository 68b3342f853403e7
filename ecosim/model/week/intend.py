"""2. Intend: what is worth it, whether anything is done this week, which artefact is taken, with how much effort."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.chance import ACCESS, ACT, CHOICE, EFFORT, EXPLORE, exp, gumbel, poisson, uniform
from ecosim.mechanisms.intention import acting, activity, drive, mean_effort, preference, value
from ecosim.model.kernel import kernel


def intend(w: Any) -> None:
    """Set who acts this week, on which artefact and with how much effort; one row of ``acts`` each."""
    people, now, acts, a, p = w.learners, w.now, w.acts, w.artefacts, w.p.intention
    weigh_options(
        *w.blocks, now.affordance, people.enjoyment, people.autonomous_motive, now.possible, a.offer, a.collective,
        w.lever.forced_collaboration, now.options, now.mean_value, now.total, now.scratch, now.scratch_2, p, w.week,
        w.seed, w.replicate,
    )  # fmt: skip
    decide(
        people.propensity, people.persistence, people.external_drive, people.used, now.shocked, now.mean_value,
        now.options, people.enrolled, people.access, now.drive, now.acts, now.scratch, now.scratch_2, p, w.week, w.seed,
        w.replicate,
    )  # fmt: skip
    for learner, human in w.humans.items():
        now.acts[learner] = human.get("act", now.acts[learner])
    w.count = list_acts(
        now.acts, people.skill, people.interest, people.community, w.lever.facilitation, now.act_of, acts.learner,
        acts.skill, acts.facilitation,
    )  # fmt: skip
    choose(
        acts.learner, now.affordance, people.enjoyment, people.autonomous_motive, people.rate, now.drive, now.options,
        acts.artefact, acts.effort, now.scratch, now.scratch_2, w.count, p, w.week, w.seed, w.replicate,
    )  # fmt: skip
    for learner, human in w.humans.items():
        k = now.act_of[learner]
        if k >= 0:
            acts.artefact[k] = human.get("artefact", acts.artefact[k])
            acts.effort[k] = human.get("effort", acts.effort[k])
    announce(acts.learner, acts.artefact, acts.effort, a.collective, acts.collective, now.posts, now.posted, w.count)


@kernel
def weigh_options(
    bounds, homes, alphas, enjoyment, motive, possible, offered, collective, forced, option, mean, total, worth, weight,
    p, week, seed, replicate,
):  # fmt: skip
    """Set everybody's options and their mean value, each weighed by how much it is preferred."""
    explore(worth, p.exploration, week, seed, replicate)
    for b in range(homes.size):
        c, i, j = homes[b], bounds[b], bounds[b + 1]
        options(option[i:j], possible[i:j], worth[i:j], offered[:, c], collective, forced[c])
    total[:] = 0.0
    mean[:] = 0.0
    for m in range(alphas.shape[0]):
        add_option(alphas[m], enjoyment[m], motive, option, m, worth, weight, total, mean, p)
    for i in range(total.size):
        mean[i] = mean[i] / total[i] if total[i] > 0.0 else 0.0


@kernel
def explore(explores, exploration, week, seed, replicate):
    """Set 1 for who looks at every offered collective artefact this week, else 0."""
    for i in range(explores.size):
        explores[i] = 1.0 if uniform(seed, replicate, EXPLORE, week, i, 0) < exploration else 0.0


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
def choose_best(learner, alphas, enjoyment, motive, option, chosen, count, p, week, seed, replicate):
    """Set for each who acts the option with the highest value + noise, the noise keyed to learner and artefact."""
    artefacts = alphas.shape[0]
    room = count * artefacts + 1
    row, who, what = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.int64)
    found = 0
    for k in range(count):
        i = learner[k]
        for m in range(artefacts):
            row[found], who[found], what[found] = k, i, m
            found += (option[i] >> m) & 1
    score = np.empty(found)
    for o in range(found):
        score[o] = uniform(seed, replicate, CHOICE, week, who[o], what[o])
    for o in range(found):
        score[o] = gumbel(score[o])
    for o in range(found):
        i, m = who[o], what[o]
        score[o] += p.sharpness * value(alphas[m, i], motive[i], enjoyment[m, i], p.value_floor, p.value_gain)
    best = np.full(count, -1e300)
    chosen[:count] = -1
    for o in range(found):
        k = row[o]
        if score[o] > best[k]:
            best[k], chosen[k] = score[o], what[o]


@kernel
def add_option(alpha, enjoyment, motive, option, m, worth, weight, total, weighted, p):
    """Add one artefact to the softmax sums of weights and of weighted values."""
    for i in range(alpha.size):
        worth[i] = value(alpha[i], motive[i], enjoyment[i], p.value_floor, p.value_gain)
    for i in range(alpha.size):
        weight[i] = preference(worth[i], p.sharpness) if (option[i] >> m) & 1 else 0.0
    for i in range(alpha.size):
        total[i] += weight[i]
    for i in range(alpha.size):
        weighted[i] += weight[i] * worth[i]


@kernel
def decide(
    propensity, persistence, external, used, shocked, mean_value, option, enrolled, access, driven, acts, likely, luck,
    p, week, seed, replicate,
):  # fmt: skip
    """Set who acts: enrolled, with access and an option, and with the luck to."""
    for i in range(driven.size):
        driven[i] = drive(persistence[i], external[i])
    for i in range(driven.size):
        active = 1.0 if used[i] >= 0 else 0.0
        logit = activity(propensity[i], mean_value[i], driven[i], active, p.b_V, p.b_P, p.habit)
        likely[i] = logit + p.shock * shocked[i]
    for i in range(driven.size):
        likely[i] = acting(likely[i])
    for i in range(driven.size):
        luck[i] = uniform(seed, replicate, ACT, week, i, 0)
    for i in range(driven.size):
        acts[i] = enrolled[i] & (option[i] != 0) & (luck[i] < likely[i])
    for i in range(driven.size):
        luck[i] = uniform(seed, replicate, ACCESS, week, i, 0)
    for i in range(driven.size):
        acts[i] = acts[i] & (luck[i] < access[i])


@kernel
def list_acts(acts, skills, interest, community, facilitation, act_of, learner, skill, facilitated):
    """Write a row for each who acts, ascending: her number, skill on her interest, facilitation; return how many."""
    count = 0
    for i in range(acts.size):
        act_of[i] = -1
        if acts[i]:
            learner[count] = i
            act_of[i] = count
            count += 1
    for k in range(count):
        i = learner[k]
        skill[k] = skills[interest[i], i]
        facilitated[k] = facilitation[community[i]]
    return count


@kernel
def choose(
    learner, alphas, enjoyment, motive, rate, driven, option, chosen, effort, luck, none, count, p, week, seed, replicate
):
    """Set artefact and effort of each act."""
    choose_best(learner, alphas, enjoyment, motive, option, chosen, count, p, week, seed, replicate)
    exert(learner, rate, motive, driven, effort, luck, none, count, p, week, seed, replicate)


@kernel
def exert(learner, rate, motive, driven, effort, luck, none, count, p, week, seed, replicate):
    """Set the effort of each act: its contributions."""
    for k in range(count):
        i = learner[k]
        effort[k] = mean_effort(rate[i], driven[i], motive[i], p.lambda_, p.effort_floor, p.max_effort)
    for k in range(count):
        luck[k] = uniform(seed, replicate, EFFORT, week, learner[k], 0)
    for k in range(count):
        none[k] = exp(-effort[k])
    for k in range(count):
        effort[k] = 1.0 + poisson(luck[k], effort[k], none[k])


@kernel
def announce(learner, artefact, effort, is_collective, collective, posts, posted, count):
    """Mark who acts on a collective artefact and what she contributes there."""
    posts[:] = False
    posted[:] = 0.0
    for k in range(count):
        together = is_collective[artefact[k]]
        collective[k] = 1.0 if together else 0.0
        if together:
            posts[learner[k]] = True
            posted[learner[k]] = effort[k]
