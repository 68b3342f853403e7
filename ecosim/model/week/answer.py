"""5. Be answered: messages and load for everybody; an answer, its author and its tone for every post."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.chance import ANSWERED, AUTHOR, CROWD, REJECTION, SOURCE, log, uniform
from ecosim.mechanisms.response import answered, load, messages, voice_of_crowd, voice_of_partner, voice_of_ties
from ecosim.model.kernel import kernel, weekly
from ecosim.model.week.meet import position


def be_answered(w: Any) -> None:
    """Set everybody's load, and for each post whether it was answered, by whom, and whether that was a rejection."""
    correspond(w.world, w.blocks[1], *w.links, w.present, w.count, w.p.response, *w.luck)


@weekly
def correspond(world, homes, first, other, weight, grounds, enrolled, count, p, week, seed, replicate):
    """Set the message load of all enrolled, then the answers, rejections and authors of the week's posts."""
    people, now, acts, lever = world.people, world.now, world.acts, world.lever
    learner, collective, partner, community = acts.learner, acts.collective, acts.partner, people.community
    voices, replied, openness = acts.voices, acts.answered, lever.openness
    crowd = receive(
        now.row_bounds, homes, now.present, first, other, now.posts, now.posted, community, openness,
        lever.message_capacity, now.load, now.scratch, enrolled, p,
    )  # fmt: skip
    raise_voices(
        learner, collective, partner, acts.ground, acts.facilitation, community, now.acts, first, other, weight,
        openness, crowd, voices, count, p,
    )  # fmt: skip
    reply(
        learner, collective, community, now.load, voices, lever.rejection, replied, acts.rejected, count, p, week, seed,
        replicate,
    )  # fmt: skip
    sign(
        learner, partner, replied, voices, community, now.acts, now.posts, first, other, weight, grounds, acts.author,
        acts.author_ground, count, p, week, seed, replicate,
    )  # fmt: skip


@kernel
def receive(bounds, homes, present, first, other, posts, posted, community, openness, capacity, loads, heard, count, p):
    """Set the message load of all enrolled; return, for each community, how many act collectively."""
    stream, crowd = gather(posts, posted, community, openness.size)
    hear(first, other, posted, present, heard, count)
    for b in range(homes.size):
        c = homes[b]
        for r in range(bounds[b], bounds[b + 1]):
            heard[r] = load(messages(heard[r], stream[c], openness[c], p.stream), capacity[c], p.max_load)
    loads[:] = 0.0
    for r in range(count):
        loads[present[r]] = heard[r]
    return crowd


@weekly
def gather(posts, posted, community, communities):
    """Return, for each community, the contributions of the week and how many made them."""
    stream, crowd = np.zeros(communities), np.zeros(communities)
    for i in range(posts.size):
        stream[community[i]] += posted[i]
        crowd[community[i]] += 1.0 * posts[i]
    return stream, crowd


@kernel
def hear(first, other, posted, present, heard, count):
    """Sum what each learner's ties contribute this week."""
    for r in range(count):
        i, total = present[r], 0.0
        for e in range(first[i], first[i + 1]):
            total += posted[other[e]]
        heard[r] = total


@kernel
def raise_voices(
    learner, collective, partner, ground, facilitation, community, active, first, other, weight, openness, crowd,
    voices, count, p,
):  # fmt: skip
    """Set who may answer a post, and how readily: 0 the partner, 1 the ties, 2 the facilitator, 3 the crowd."""
    for k in range(count):
        if collective[k] == 0.0:
            continue
        i = learner[k]
        around = 0
        for e in range(first[i], first[i + 1]):
            around += (weight[e] > p.active_tie) & active[other[e]]
        partnered = 1.0 if partner[k] >= 0 else 0.0
        voices[0, k] = voice_of_partner(partnered, ground[k], p.partner_reply, p.ground_reply)
        voices[1, k] = voice_of_ties(around, p.tie_reply, p.tie_limit)
        voices[2, k] = p.tutor_reply * facilitation[k]
        voices[3, k] = voice_of_crowd(openness[community[i]], crowd[community[i]], p.crowd)


@kernel
def reply(learner, collective, community, loads, voices, rejection, replied, rejected, count, p, week, seed, replicate):
    """Set whether each act was answered, and whether by a rejection."""
    for k in range(count):
        replied[k], rejected[k] = 0.0, 0.0
        if collective[k] > 0.0:
            i = learner[k]
            total = voices[0, k] + voices[1, k] + voices[2, k] + voices[3, k]
            likely = answered(total, loads[i], p.reply, p.load_damping)
            if uniform(seed, replicate, ANSWERED, week, i, 0) < likely:
                turned = uniform(seed, replicate, REJECTION, week, i, 0) < rejection[community[i]]
                replied[k], rejected[k] = 1.0, 1.0 if turned else 0.0


@kernel
def sign(
    learner, partner, replied, voices, community, active, posts, first, other, weight, ground, author, common, count,
    p, week, seed, replicate,
):  # fmt: skip
    """Set the author of each answer, and the common ground with her: -2 the facilitator, -1 nobody in particular."""
    room = 8
    for i in range(posts.size):
        room = max(room, first[i + 1] - first[i] + 8)
    who, strength, wait = np.zeros(room, np.int64), np.empty(room), np.empty(room)
    rows, source = loudest(learner, replied, voices, count, week, seed, replicate)
    author[:count] = -1
    common[:count] = 0.0
    for a in range(rows.size):
        k = rows[a]
        i = learner[k]
        if source[a] == 0:
            author[k] = partner[k]
        elif source[a] == 1:
            author[k] = a_tie(i, active, first, other, weight, p.active_tie, who, strength, wait, week, seed, replicate)
        elif source[a] == 2:
            author[k] = -2
        else:
            author[k] = a_passer_by(i, posts, community, p.crowd_tries, week, seed, replicate)
        known = position(first, other, i, author[k]) if author[k] >= 0 else -1
        common[k] = ground[known] if known >= 0 else 0.0


@kernel
def loudest(learner, replied, voices, count, week, seed, replicate):
    """Return the rows of the posts that are answered, and who answers each, drawn in proportion to the voices.

    Waiting times are exponential, their rates the voices; whoever comes first answers.
    """
    rows, answers = np.empty(count, np.int64), 0
    for k in range(count):
        rows[answers] = k
        answers += 1 if replied[k] > 0.0 else 0
    rows = rows[:answers]
    soonest, source, wait = np.full(answers, 1e300), np.full(answers, -1), np.empty(answers)
    for s in range(4):
        for a in range(answers):
            wait[a] = uniform(seed, replicate, SOURCE, week, learner[rows[a]], s)
        for a in range(answers):
            wait[a] = -log(wait[a])
        for a in range(answers):
            loud = voices[s, rows[a]]
            if loud > 0.0 and wait[a] < soonest[a] * loud:
                soonest[a], source[a] = wait[a] / loud, s
    return rows, source


@kernel
def a_tie(i, active, first, other, weight, weakest, who, strength, wait, week, seed, replicate):
    """Return the number of a tie who is around, drawn in proportion to strength: who comes first at that rate."""
    count = 0
    for e in range(first[i], first[i + 1]):
        who[count], strength[count] = other[e], weight[e]
        count += 1 if weight[e] > weakest and active[other[e]] else 0
    lanes = (count + 7) >> 3 << 3
    for c in range(lanes):
        wait[c] = uniform(seed, replicate, AUTHOR, week, i, who[c])
    for c in range(lanes):
        wait[c] = -log(wait[c])
    soonest, found = 1e300, -1
    for c in range(count):
        if wait[c] < soonest * strength[c]:
            soonest, found = wait[c] / strength[c], who[c]
    return found


@kernel
def a_passer_by(i, posts, community, tries, week, seed, replicate):
    """Return the first of some keyed numbers who acts collectively in the same community, or -1."""
    drawn = np.empty(8, np.int64)
    for begin in range(0, tries, 8):
        for s in range(8):
            drawn[s] = int(uniform(seed, replicate, CROWD, week, i, begin + s) * posts.size)
        for s in range(min(8, tries - begin)):
            j = drawn[s]
            if posts[j] and j != i and community[j] == community[i]:
                return j
    return -1
