"""12. Tie: relations fade, calls make them grow, attention bounds them."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.chance import SLOT, uniform
from ecosim.mechanisms.relation import call_gain, faded, grown
from ecosim.model.kernel import kernel, weekly
from ecosim.model.week.meet import position


def tie(w: Any) -> None:
    """Renew all ties: what fades, what this week's calls made of them, what attention can keep."""
    relate(w.world, *w.links, *w.spare_ties(), w.apart, w.count, w.p.relation, *w.luck)
    w.swap_ties()


@weekly
def relate(
    world, first, other, weight, ground, new_first, new_other, new_weight, new_ground, apart,
    count, p, week, seed, replicate,
):  # fmt: skip
    """Write the ties of the week's end: what each call adds to those that fade, and what attention can keep of them."""
    now, acts = world.now, world.acts
    if apart:
        new_first[:] = 0
        return
    answer_gains(acts.answered, acts.rejected, acts.tie_gain, acts.ground_gain, count, p)
    called, rows = list_callers(acts.partner, count, now.act_of.size)
    longest = renew(
        first, other, weight, ground, new_first, new_other, new_weight, new_ground, now.act_of, acts.learner,
        acts.partner, acts.tie_gain, acts.ground_gain, called, rows, p,
    )  # fmt: skip
    if longest > p.tie_slots:
        bound(new_first, new_other, new_weight, new_ground, p.tie_slots, week, seed, replicate)


@kernel
def answer_gains(answered, rejected, tie_gain, ground_gain, count, p):
    """Set what a call of each who acted adds to strength and to common ground."""
    for k in range(count):
        tie_gain[k] = call_gain(answered[k], rejected[k], p.gain_answered, p.gain_ignored)
        ground_gain[k] = p.ground_gain if answered[k] > 0.0 else 0.0


@kernel
def list_callers(partner, count, people):
    """Return who called on whom, by the one called: rows ``first[j] : first[j + 1]`` of acts, ascending."""
    first = np.zeros(people + 1, np.int64)
    for k in range(count):
        if partner[k] >= 0:
            first[partner[k] + 1] += 1
    for j in range(people):
        first[j + 1] += first[j]
    rows = np.empty(first[people], np.int64)
    filled = first[:people].copy()
    for k in range(count):
        j = partner[k]
        if j >= 0:
            rows[filled[j]] = k
            filled[j] += 1
    return first, rows


@kernel
def contacts_of(own, i, learner, first, rows, contacts):
    """Write the numbers of all who called on ``i`` or were called by her (``own``), ascending; return how many."""
    count = 0
    for r in range(first[i], first[i + 1]):
        caller = learner[rows[r]]
        if 0 <= own < caller:
            contacts[count] = own
            count += 1
            own = -1
        if own == caller:
            own = -1
        contacts[count] = caller
        count += 1
    if own >= 0:
        contacts[count] = own
        count += 1
    return count


@kernel
def after_calls(w, ground, i, j, act_of, partner, tie_gain, ground_gain):
    """Return strength and ground of a pair after the week: the lower number's call counts first."""
    w, ground = after_call(w, ground, min(i, j), max(i, j), act_of, partner, tie_gain, ground_gain)
    return after_call(w, ground, max(i, j), min(i, j), act_of, partner, tie_gain, ground_gain)


@kernel
def after_call(w, ground, caller, called, act_of, partner, tie_gain, ground_gain):
    """Return strength and ground of a pair after the call of ``caller``, if she called on ``called``."""
    k = act_of[caller]
    if k >= 0 and partner[k] == called:
        w = grown(w, tie_gain[k])
        ground = grown(ground, ground_gain[k])
    return w, ground


@kernel
def renew(
    first, other, weight, ground, new_first, new_other, new_weight, new_ground, act_of, learner, partner, tie_gain,
    ground_gain, called, rows, p,
):  # fmt: skip
    """Write the ties of the week's end: all fade but those that calls make grow or begin; return the longest row.

    Most ties only fade. They are copied in stretches (``read`` is where the next one begins, ``written`` where it
    goes), which end where a tie is forgotten or somebody was called on.
    """
    people, old, new = act_of.size, (other, weight, ground), (new_other, new_weight, new_ground)
    contacts, weak = np.empty(people + 1, np.int64), list_weak(weight, np.int64(first[people]), p)
    read, written, w, longest = 0, 0, 0, 0
    for i in range(people):
        begin, end = np.int64(first[i]), np.int64(first[i + 1])
        if weak[w] < begin:
            read, written, w = fade(begin, read, written, weak, w, old, new, p)
        new_first[i] = begin - read + written
        own = partner[act_of[i]] if act_of[i] >= 0 else -1
        met = contacts_of(own, i, learner, called, rows, contacts) if own >= 0 or called[i] < called[i + 1] else 0
        e = begin
        for c in range(met):
            j, strength, shared = contacts[c], 0.0, 0.0
            while e < end and other[e] < j:
                e += 1
            read, written, w = fade(e, read, written, weak, w, old, new, p)
            if e < end and other[e] == j:
                strength, shared = faded(weight[e], p.keep), faded(ground[e], p.ground_keep)
                w += 1 if weak[w] == e else 0
                e += 1
                read += 1
            strength, shared = after_calls(strength, shared, i, j, act_of, partner, tie_gain, ground_gain)
            new_other[written], new_weight[written], new_ground[written] = j, strength, shared
            written += 1 if strength >= p.weakest else 0
        longest = max(longest, end - read + written - new_first[i])
    read, written, w = fade(np.int64(first[people]), read, written, weak, w, old, new, p)
    new_first[people] = written
    return longest


@kernel
def list_weak(weight, count, p):
    """Return which half-ties are forgotten unless somebody is called on, ascending; after them one beyond all."""
    weak, found = np.empty(count + 1, np.int64), 0
    for begin in range(0, count, 64):
        end, weaker = min(begin + 64, count), 0
        for e in range(begin, end):
            weaker += faded(weight[e], p.keep) < p.weakest
        if weaker > 0:
            for e in range(begin, end):
                weak[found] = e
                found += faded(weight[e], p.keep) < p.weakest
    weak[found] = count + 1
    return weak


@kernel
def fade(end, read, written, weak, w, old, new, p):
    """Copy a stretch of half-ties up to ``end``, faded, without the weak ones; return where reading and writing are."""
    while read < end:
        stop = min(end, weak[w])
        here, there = slice(read, stop), slice(written, written + stop - read)
        copy_row(old[0][here], new[0][there])
        fade_row(old[1][here], new[1][there], p.keep)
        fade_row(old[2][here], new[2][there], p.ground_keep)
        written += stop - read
        read = stop
        if stop < end:
            read, w = stop + 1, w + 1
    return read, written, w


@kernel
def copy_row(old, new):
    """Copy who somebody's others are."""
    for e in range(old.size):
        new[e] = old[e]


@kernel
def fade_row(old, new, keeping):
    """Copy strengths, or common ground, as a week leaves them."""
    for e in range(old.size):
        new[e] = faded(old[e], keeping)


@kernel
def bound(first, other, weight, ground, slots, week, seed, replicate):
    """Drop every pair that ranks beyond the slots at either end, in place."""
    people = first.size - 1
    dropped = np.zeros(first[people], np.bool_)
    lowest = people
    for i in range(people):
        low, high = first[i], first[i + 1]
        if high - low > slots:
            noise, dropped_here = np.empty(high - low), np.zeros(high - low, np.bool_)
            for e in range(low, high):
                j = int(other[e])
                noise[e - low] = uniform(seed, replicate, SLOT, week, min(i, j), max(i, j))
            for _ in range(high - low - slots):
                e = worst(weight, noise, dropped_here, low, high)
                dropped_here[e - low] = True
                dropped[e] = True
                dropped[position(first, other, other[e], i)] = True
                lowest = min(lowest, i, int(other[e]))
    begin = first[people] if lowest == people else first[lowest]
    filled = begin
    for i in range(lowest, people):
        end = first[i + 1]
        first[i] = filled
        for e in range(begin, end):
            if not dropped[e]:
                other[filled], weight[filled], ground[filled] = other[e], weight[e], ground[e]
                filled += 1
        begin = end
    first[people] = filled


@kernel
def worst(weight, noise, dropped, low, high):
    """Return the tie of a row that is dropped next: the weakest, the least lucky of those, the last listed of these."""
    found = -1
    for e in range(low, high):
        if not dropped[e - low]:
            weaker = found < 0 or weight[e] < weight[found]
            same = found >= 0 and weight[e] == weight[found]
            if weaker or (same and noise[e - low] <= noise[found - low]):
                found = e
    return found
