"""3. Meet: who acts on a collective artefact calls on one learner acting on any collective artefact."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.chance import CALL, STRANGER, WALK, gumbel, uniform
from ecosim.mechanisms.encounter import attraction
from ecosim.model.kernel import kernel, weekly


def meet(w: Any) -> None:
    """Set the partner of each collective act (or nobody), the common ground with her and her skill."""
    now, acts = w.now, w.acts
    gather(w.world, *w.links[:3], w.count, w.p.encounter, *w.luck)
    for learner, human in w.humans.items():
        k = now.act_of[learner]
        if k >= 0 and acts.collective[k] and "partner" in human:
            acts.partner[k] = human["partner"] if now.posts[human["partner"]] else -1
    recognise(w.world, *w.links, w.count)


@weekly
def gather(world, first, other, weight, count, p, week, seed, replicate):
    """Mark who acts on a collective artefact, and let each of these call on one of the others."""
    people, now, acts, things = world.people, world.now, world.acts, world.things
    announce(acts.learner, acts.artefact, acts.effort, things.collective, acts.collective, now.posts, now.posted, count)
    call(
        acts.learner, acts.collective, acts.partner, count, now.posts, people.skill, people.interest, first, other,
        weight, p, week, seed, replicate,
    )  # fmt: skip


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


@kernel
def position(first, other, i, j):
    """Return where learner ``j`` stands among the ties of ``i``, or -1."""
    low, high = np.int64(first[i]), np.int64(first[i + 1])
    end = high
    while low < high:
        middle = (low + high) >> 1
        if other[middle] < j:
            low = middle + 1
        else:
            high = middle
    return low if low < end and other[low] == j else -1


@kernel
def ties_around(i, first, other, weight, posts, who, tied, reached):
    """List the ties of ``i`` who can be met; return how many."""
    count = 0
    for e in range(first[i], first[i + 1]):
        j = other[e]
        who[count], tied[count] = j, weight[e]
        count += 1 if posts[j] else 0
    reached[:count] = 0.0
    return count


@kernel
def ties_of_ties(i, count, first, other, weight, posts, who, tied, reached, luck, week, seed, replicate):
    """Add those who are found by two-step walks along ties; return how many candidates there are now."""
    degree = first[i + 1] - first[i]
    if degree == 0:
        return count
    for s in range(luck.size):
        luck[s] = uniform(seed, replicate, WALK, week, i, s)
    for s in range(luck.size >> 1):
        via = other[first[i] + int(luck[2 * s] * degree)]
        far = first[via + 1] - first[via]
        j = other[first[via] + int(luck[2 * s + 1] * far)]
        if j != i and posts[j]:
            known = position(first, other, i, j)
            who[count], tied[count], reached[count] = j, weight[known] if known >= 0 else 0.0, 1.0
            count += 1
    return count


@kernel
def passers_by(i, count, posts, who, tied, reached, drawn, week, seed, replicate):
    """Add strangers, drawn as learner numbers; return how many candidates there are now."""
    for s in range(drawn.size):
        drawn[s] = int(uniform(seed, replicate, STRANGER, week, i, s) * posts.size)
    found = count
    for s in range(drawn.size):
        j = drawn[s]
        who[found] = j
        found += posts[j] & (j != i)
    tied[count:found] = 0.0
    reached[count:found] = 0.0
    return found


@kernel
def appeal(i, count, who, tied, reached, score, skill, interest, p, week, seed, replicate):
    """Set the attraction of each candidate plus the noise keyed to the pair; somebody found twice has one noise."""
    topic = interest[i]
    lanes = (count + 7) >> 3 << 3  # whole vectors: a few candidates too many cost less than single ones at the end
    for c in range(lanes):
        score[c] = uniform(seed, replicate, CALL, week, i, who[c])
    for c in range(lanes):
        score[c] = gumbel(score[c])
    for c in range(count):
        j = who[c]
        gap = abs(skill[topic, i] - skill[topic, j])
        same = 1.0 if interest[j] == topic else 0.0
        score[c] += attraction(tied[c], reached[c], gap, same, p.tie_weight, p.closure, p.homophily, p.same_topic)


@kernel
def call(learner, collective, partner, count, posts, skill, interest, first, other, weight, p, week, seed, replicate):
    """Let each call on the most appealing of her ties, of their ties, and of some strangers; or find nobody."""
    room = p.walks + p.strangers + 8
    for i in range(posts.size):
        room = max(room, first[i + 1] - first[i] + p.walks + p.strangers + 8)
    who, drawn = np.zeros(room, np.int64), np.empty(p.strangers, np.int64)
    tied, reached, score, luck = np.empty(room), np.empty(room), np.empty(room), np.empty(2 * p.walks)
    for k in range(count):
        partner[k] = -1
        if collective[k] == 0.0:
            continue
        i, best = learner[k], -1e300
        found = ties_around(i, first, other, weight, posts, who, tied, reached)
        found = ties_of_ties(i, found, first, other, weight, posts, who, tied, reached, luck, week, seed, replicate)
        found = passers_by(i, found, posts, who, tied, reached, drawn, week, seed, replicate)
        appeal(i, found, who, tied, reached, score, skill, interest, p, week, seed, replicate)
        for c in range(found):
            if score[c] > best or (score[c] == best and who[c] < partner[k]):
                best, partner[k] = score[c], who[c]


@weekly
def recognise(world, first, other, weight, ground, count):
    """Set the common ground with the partner and her skill on the caller's interest."""
    people, acts = world.people, world.acts
    common, partner_skill, partner, learner = acts.ground, acts.partner_skill, acts.partner, acts.learner
    skill, interest, own_skill = people.skill, people.interest, acts.skill
    for k in range(count):
        i, j = learner[k], partner[k]
        common[k], partner_skill[k] = 0.0, own_skill[k]
        if j >= 0:
            known = position(first, other, i, j)
            common[k] = ground[known] if known >= 0 else 0.0
            partner_skill[k] = skill[interest[i], j]
