"""12. Tie: relations fade, calls make them grow, attention bounds them."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.chance import SLOT, uniform
from ecosim.mechanisms.relation import call_gain, faded, grown
from ecosim.model.kernel import kernel
from ecosim.model.week.meet import position


def tie(w: Any) -> None:
    """Renew all ties: what fades, what this week's calls made of them, what attention can keep."""
    acts, now, p = w.acts, w.now, w.p.relation
    first, rows = prepare_calls(
        acts.partner, acts.answered, acts.rejected, acts.tie_gain, acts.ground_gain, w.count, now.act_of.size, p
    )
    old, new = w.links, w.spare_ties()
    crowded = renew(
        *old, *new, now.act_of, acts.learner, acts.partner, acts.tie_gain, acts.ground_gain, first, rows, w.apart, p
    )
    if crowded:
        bound(*new, p.tie_slots, w.week, w.seed, w.replicate)
    w.swap_ties()


@kernel
def prepare_calls(partner, answered, rejected, tie_gain, ground_gain, count, people, p):
    """Set what each call adds; return who called on whom, as :func:`list_callers` does."""
    answer_gains(answered, rejected, tie_gain, ground_gain, count, p)
    return list_callers(partner, count, people)


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
    ground_gain, called, rows, apart, p,
):  # fmt: skip
    """Write the ties of the week's end, none while everybody is kept apart; tell whether somebody has too many."""
    people = act_of.size
    contacts = np.empty(people + 1, np.int64)
    filled, crowded = np.uint64(0), False
    for i in range(people):
        new_first[i] = filled
        own = partner[act_of[i]] if act_of[i] >= 0 else -1
        if own < 0 and called[i] == called[i + 1]:
            for old in range(first[i], first[i + 1]):
                w = faded(weight[old], p.keep)
                new_other[filled], new_weight[filled] = other[old], w
                new_ground[filled] = faded(ground[old], p.ground_keep)
                filled += np.uint64((w >= p.weakest) & (not apart))
            crowded = crowded or np.int64(filled) - new_first[i] > p.tie_slots
            continue
        met = contacts_of(own, i, learner, called, rows, contacts)
        e, end, c = np.int64(first[i]), np.int64(first[i + 1]), 0
        while e < end or c < met:
            known = e < end and (c >= met or other[e] <= contacts[c])
            touched = c < met and (not known or other[e] == contacts[c])
            j = int(other[e]) if known else int(contacts[c])
            w = faded(weight[e], p.keep) if known else 0.0
            g = faded(ground[e], p.ground_keep) if known else 0.0
            if touched:
                w, g = after_call(w, g, min(i, j), max(i, j), act_of, partner, tie_gain, ground_gain)
                w, g = after_call(w, g, max(i, j), min(i, j), act_of, partner, tie_gain, ground_gain)
            if w >= p.weakest and not apart:
                new_other[filled], new_weight[filled], new_ground[filled] = j, w, g
                filled += np.uint64(1)
            e += 1 if known else 0
            c += 1 if touched else 0
        crowded = crowded or np.int64(filled) - new_first[i] > p.tie_slots
    new_first[people] = filled
    return crowded


@kernel
def bound(first, other, weight, ground, slots, week, seed, replicate):
    """Drop every pair that ranks beyond the slots at either end, in place."""
    people = first.size - 1
    dropped = np.zeros(first[people], np.bool_)
    lowest = people
    for i in range(people):
        low, high = first[i], first[i + 1]
        if high - low > slots:
            noise = np.empty(high - low)
            for e in range(low, high):
                j = int(other[e])
                noise[e - low] = uniform(seed, replicate, SLOT, week, min(i, j), max(i, j))
            for e in range(low, high):
                if rank(weight, noise, low, high, e) >= slots:
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
def rank(weight, noise, low, high, e):
    """Return how many ties of the row are better than ``e``: stronger, luckier if as strong, or listed before."""
    better = 0
    for f in range(low, high):
        if weight[f] > weight[e]:
            better += 1
        elif weight[f] == weight[e] and f != e:
            luckier = noise[f - low] > noise[e - low]
            same = noise[f - low] == noise[e - low]
            better += 1 if luckier or (same and f < e) else 0
    return better
