"""5. Be answered: messages and load for everybody; an answer, its author and its tone for every post."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.chance import ANSWERED, AUTHOR, CROWD, REJECTION, SOURCE, gumbel, log, uniform
from ecosim.mechanisms.response import answered, load, messages, voice_of_crowd, voice_of_partner, voice_of_ties
from ecosim.model.kernel import kernel
from ecosim.model.week.meet import position


def be_answered(w: Any) -> None:
    """Set everybody's load, and for each post whether it was answered, by whom, and whether that was a rejection."""
    people, now, acts, lever, p = w.learners, w.now, w.acts, w.lever, w.p.response
    crowd = receive(
        now.row_bounds, w.blocks[1], now.present, *w.links[:2], now.posts, now.posted, people.community, lever.openness,
        lever.message_capacity, now.load, now.scratch, w.present, p,
    )  # fmt: skip
    answer(
        acts.learner, acts.collective, acts.partner, acts.ground, acts.facilitation, people.community, now.acts,
        now.posts, now.load, *w.ties, lever.openness, lever.rejection, crowd, acts.voices, acts.answered, acts.rejected,
        acts.author, acts.author_ground, w.count, p, w.week, w.seed, w.replicate,
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


@kernel
def answer(
    learner, collective, partner, ground, facilitation, community, active, posts, loads, first, other, weight, grounds,
    openness, rejection, crowd, voices, replied, rejected, author, common, count, p, week, seed, replicate,
):  # fmt: skip
    """Set answers, rejections and authors."""
    raise_voices(
        learner, collective, partner, ground, facilitation, community, active, first, other, weight, openness, crowd,
        voices, count, p,
    )  # fmt: skip
    reply(learner, collective, community, loads, voices, rejection, replied, rejected, count, p, week, seed, replicate)
    sign(
        learner, partner, replied, voices, community, active, posts, first, other, weight, grounds, author, common,
        count, p, week, seed, replicate,
    )  # fmt: skip


@kernel
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
        if collective[k] == 0.0:
            continue
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
    who, score, luck = np.zeros(room, np.int64), np.ones(room), np.empty(room)
    for k in range(count):
        author[k], common[k] = -1, 0.0
        if replied[k] == 0.0:
            continue
        i = learner[k]
        source = loudest(voices, k, i, week, seed, replicate)
        if source == 0:
            author[k] = partner[k]
        elif source == 1:
            author[k] = a_tie(i, active, first, other, weight, p.active_tie, who, score, luck, week, seed, replicate)
        elif source == 2:
            author[k] = -2
        else:
            author[k] = a_passer_by(i, posts, community, p.crowd_tries, week, seed, replicate)
        known = position(first, other, i, author[k]) if author[k] >= 0 else -1
        common[k] = ground[known] if known >= 0 else 0.0


@kernel
def loudest(voices, k, i, week, seed, replicate):
    """Return who answers, drawn in proportion to the voices."""
    best, source = -1e300, -1
    for s in range(4):
        if voices[s, k] > 0.0:
            score = log(voices[s, k]) + gumbel(uniform(seed, replicate, SOURCE, week, i, s))
            if score > best:
                best, source = score, s
    return source


@kernel
def a_tie(i, active, first, other, weight, weakest, who, score, luck, week, seed, replicate):
    """Return the number of a tie who is around, drawn in proportion to strength."""
    count = 0
    for e in range(first[i], first[i + 1]):
        who[count], score[count] = other[e], weight[e]
        count += 1 if weight[e] > weakest and active[other[e]] else 0
    lanes = (count + 7) >> 3 << 3
    for c in range(lanes):
        luck[c] = uniform(seed, replicate, AUTHOR, week, i, who[c])
    for c in range(lanes):
        score[c] = log(score[c]) + gumbel(luck[c])
    best, found = -1e300, -1
    for c in range(count):
        if score[c] > best:
            best, found = score[c], who[c]
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
