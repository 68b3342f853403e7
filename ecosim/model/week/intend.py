"""2. Intend: what is worth it, whether anything is done this week, which artefact is taken, with how much effort."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.chance import ACCESS, ACT, CHOICE, EFFORT, EXPLORE, exp, gumbel, poisson, uniform
from ecosim.mechanisms.intention import acting, activity, drive, mean_effort, preference, value
from ecosim.model.kernel import kernel


def intend(w: Any) -> None:
    """Set who acts this week, on which artefact and with how much effort; one row of ``acts`` each."""
    people, now, acts, p = w.learners, w.now, w.acts, w.p.intention
    explore(now.scratch, p.exploration, w.week, w.seed, w.replicate)
    options(
        now.options, now.possible, now.scratch, people.community, w.artefacts.offer, w.artefacts.collective,
        w.lever.forced_collaboration,
    )  # fmt: skip
    weigh(w)
    decide(
        people.propensity, people.persistence, people.external_drive, people.used, now.shocked, now.mean_value,
        now.drive, now.scratch, p,
    )  # fmt: skip
    act(now.scratch, now.scratch_2, now.options, people.enrolled, people.access, now.acts, w.week, w.seed, w.replicate)
    for learner, human in w.humans.items():
        now.acts[learner] = human.get("act", now.acts[learner])
    w.count = list_acts(now.acts, now.act_of, acts.learner)
    look_at_actors(acts.learner, people.skill, people.interest, people.community, w.lever.facilitation, acts.skill,
                   acts.facilitation, w.count)  # fmt: skip
    choose(w)
    exert(acts.learner, people.rate, people.autonomous_motive, now.drive, acts.effort, now.scratch, now.scratch_2, w.count, p, w.week, w.seed,
          w.replicate)  # fmt: skip
    for learner, human in w.humans.items():
        k = now.act_of[learner]
        if k >= 0:
            acts.artefact[k] = human.get("artefact", acts.artefact[k])
            acts.effort[k] = human.get("effort", acts.effort[k])
    announce(acts.learner, acts.artefact, acts.effort, w.artefacts.collective, acts.collective, now.posts, now.posted,
             w.count)  # fmt: skip


def weigh(w: Any) -> None:
    """Set the mean value of each learner's options, and whether she has any."""
    people, now = w.learners, w.now
    sum_options(
        now.affordance, people.enjoyment, people.autonomous_motive, now.options, now.scratch, now.scratch_2, now.total,
        now.mean_value, w.p.intention,
    )  # fmt: skip
    average(now.total, now.mean_value)


def choose(w: Any) -> None:
    """Set the artefact of each act: Gumbel-max over the options, the noise keyed to learner and artefact."""
    people, now, acts = w.learners, w.now, w.acts
    choose_best(
        acts.learner, now.affordance, people.enjoyment, people.autonomous_motive, now.options, acts.artefact, w.count,
        w.p.intention, w.week, w.seed, w.replicate,
    )  # fmt: skip


@kernel
def explore(explores, exploration, week, seed, replicate):
    """Set 1 for who looks at every offered collective artefact this week, else 0."""
    for i in range(explores.size):
        explores[i] = 1.0 if uniform(seed, replicate, EXPLORE, week, i, 0) < exploration else 0.0


@kernel
def options(option, possible, luck, community, offered, collective, forced):
    """Set everybody's options, one bit an artefact: her compossibles, and all collective ones offered if she explores."""
    artefacts, communities = offered.shape
    together, found = 0, np.zeros(communities, np.int64)
    for m in range(artefacts):
        together |= (1 << m) if collective[m] else 0
        for c in range(communities):
            found[c] |= (1 << m) if collective[m] and offered[m, c] > 0.0 else 0
    for i in range(option.size):
        c = community[i]
        seen = possible[i] | (found[c] if luck[i] > 0.0 else 0)
        option[i] = seen & (together if forced[c] >= 0.5 else -1)


@kernel
def sum_options(alphas, enjoyment, motive, option, worth, weight, total, weighted, p):
    """Set the softmax sums of weights and of weighted values over each learner's options."""
    total[:] = 0.0
    weighted[:] = 0.0
    for m in range(alphas.shape[0]):
        add_option(alphas[m], enjoyment[m], motive, option, m, worth, weight, total, weighted, p)


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
def average(total, weighted):
    """Turn the softmax sums into the mean value of the options."""
    for i in range(total.size):
        weighted[i] = weighted[i] / total[i] if total[i] > 0.0 else 0.0


@kernel
def decide(propensity, persistence, external, used, shocked, mean_value, driven, likely, p):
    """Set drive, and the probability of acting."""
    for i in range(driven.size):
        driven[i] = drive(persistence[i], external[i])
    for i in range(driven.size):
        active = 1.0 if used[i] >= 0 else 0.0
        logit = activity(propensity[i], mean_value[i], driven[i], active, p.b_V, p.b_P, p.habit)
        likely[i] = logit + p.shock * shocked[i]
    for i in range(driven.size):
        likely[i] = acting(likely[i])


@kernel
def act(likely, luck, option, enrolled, access, acts, week, seed, replicate):
    """Set who acts: enrolled, with access and an option, and with the luck to."""
    for i in range(likely.size):
        luck[i] = uniform(seed, replicate, ACT, week, i, 0)
    for i in range(likely.size):
        acts[i] = enrolled[i] and option[i] != 0 and luck[i] < likely[i]
    for i in range(likely.size):
        luck[i] = uniform(seed, replicate, ACCESS, week, i, 0)
    for i in range(likely.size):
        acts[i] = acts[i] and luck[i] < access[i]


@kernel
def list_acts(acts, act_of, learner):
    """Write the numbers of those who act, ascending, and where each stands; return how many."""
    count = 0
    for i in range(acts.size):
        act_of[i] = -1
        if acts[i]:
            learner[count] = i
            act_of[i] = count
            count += 1
    return count


@kernel
def look_at_actors(learner, skills, interest, community, facilitation, skill, facilitated, count):
    """Set the skill on her interest and the facilitation of each who acts."""
    for k in range(count):
        i = learner[k]
        skill[k] = skills[interest[i], i]
        facilitated[k] = facilitation[community[i]]


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
