"""3. Meet: who acts on a collective artefact calls on one learner acting on any collective artefact."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.chance import CALL, STRANGER, WALK, gumbel, uniform
from ecosim.mechanisms.encounter import attraction
from ecosim.model.kernel import kernel


def meet(w: Any) -> None:
    """Set the partner of each collective act (or nobody), the common ground with her and her skill."""
    people, now, acts = w.learners, w.now, w.acts
    call(
        acts.learner, acts.collective, acts.partner, w.count, now.posts, people.skill, people.interest, *w.ties[:3],
        w.p.encounter, w.week, w.seed, w.replicate,
    )  # fmt: skip
    for learner, human in w.humans.items():
        k = now.act_of[learner]
        if k >= 0 and acts.collective[k] and "partner" in human:
            acts.partner[k] = human["partner"] if now.posts[human["partner"]] else -1
    recognise(
        acts.learner, acts.partner, acts.skill, people.skill, people.interest, w.ties.first, w.ties.other,
        w.ties.ground, acts.ground, acts.partner_skill, w.count,
    )  # fmt: skip


@kernel
def position(first, other, i, j):
    """Return where learner ``j`` stands among the ties of ``i``, or -1."""
    low, high = first[i], first[i + 1]
    while low < high:
        middle = (low + high) >> 1
        if other[middle] < j:
            low = middle + 1
        else:
            high = middle
    return low if low < first[i + 1] and other[low] == j else -1


@kernel
def appeal(skill, interest, i, j, w, reached, p, week, seed, replicate):
    """Return the attraction of candidate ``j`` for ``i`` plus the noise keyed to the pair."""
    topic = interest[i]
    gap = abs(skill[topic, i] - skill[topic, j])
    same = 1.0 if interest[j] == topic else 0.0
    score = attraction(w, reached, gap, same, p.tie_weight, p.closure, p.homophily, p.same_topic)
    return score + gumbel(uniform(seed, replicate, CALL, week, i, j))


@kernel
def call(
    learner, collective, partner, count, posts, skill, interest, first, other, weight, p, week, seed, replicate
):
    """Let each call on the most appealing of her ties, of their ties, and of some strangers."""
    drawn = np.empty(p.strangers, np.int64)
    for k in range(count):
        partner[k] = -1
        if collective[k] == 0.0:
            continue
        i, best, found = learner[k], -1e300, -1
        for e in range(first[i], first[i + 1]):
            j = int(other[e])
            if posts[j]:
                score = appeal(skill, interest, i, j, weight[e], 0.0, p, week, seed, replicate)
                if score > best or (score == best and j < found):
                    best, found = score, j
        degree = first[i + 1] - first[i]
        for s in range(p.walks if degree > 0 else 0):
            via = other[first[i] + int(uniform(seed, replicate, WALK, week, i, 2 * s) * degree)]
            far = first[via + 1] - first[via]
            j = int(other[first[via] + int(uniform(seed, replicate, WALK, week, i, 2 * s + 1) * far)])
            if j != i and posts[j]:
                known = position(first, other, i, j)
                w = weight[known] if known >= 0 else 0.0
                score = appeal(skill, interest, i, j, w, 1.0, p, week, seed, replicate)
                if score > best or (score == best and j < found):
                    best, found = score, j
        for s in range(p.strangers):
            drawn[s] = int(uniform(seed, replicate, STRANGER, week, i, s) * posts.size)
        for s in range(p.strangers):
            j = drawn[s]
            if j != i and posts[j]:
                score = appeal(skill, interest, i, j, 0.0, 0.0, p, week, seed, replicate)
                if score > best or (score == best and j < found):
                    best, found = score, j
        partner[k] = found


@kernel
def recognise(learner, partner, own_skill, skill, interest, first, other, ground, common, partner_skill, count):
    """Set the common ground with the partner and her skill on the caller's interest."""
    for k in range(count):
        i, j = learner[k], partner[k]
        common[k], partner_skill[k] = 0.0, own_skill[k]
        if j >= 0:
            known = position(first, other, i, j)
            common[k] = ground[known] if known >= 0 else 0.0
            partner_skill[k] = skill[interest[i], j]
