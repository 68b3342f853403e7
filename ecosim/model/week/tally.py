"""Sums and counts over the acts, the people and the ties of a week."""

from __future__ import annotations

from ecosim.model.kernel import kernel


@kernel
def count_week(possible, present, count, first, other, collective, used, tenure, acts):
    """Return compossibles, shared ones, and how many had been active or idle, stayed active, became active again."""
    together = 0
    for m in range(collective.size):
        together |= (1 << m) if collective[m] else 0
    alone, shared = count_possibilities(possible, present, count, first, other, together)
    was_active, was_idle, stayed, woke = count_activity(present, count, used, tenure, acts)
    return alone, shared, was_active, was_idle, stayed, woke


@kernel
def sum_acts(
    learner, collective, answered, rejected, success, control, immersion, unselfconscious, autotelic, flow, challenge,
    skill, effort, posted, persistence, external, loads, count, episode,
):  # fmt: skip
    """Return the sums over acts that the log keeps."""
    together, replies, refusals, successes = totals(collective, answered, rejected, success, count)
    d1, d2, d3, d4 = totals(control, immersion, unselfconscious, autotelic, count)
    whole, hard, able, work = totals(flow, challenge, skill, effort, count)
    own, pushed = total_of(persistence, learner, count), total_of(external, learner, count)
    episodes = count_above(flow, count, episode)
    shared, load = long_total(posted, posted.size), long_total(loads, loads.size)
    return (
        together, replies, refusals, successes, d1, d2, d3, d4, whole, hard, able, work, shared, episodes, own, pushed,
        load, quadrants(challenge, skill, count),
    )  # fmt: skip


@kernel
def sum_people(
    arrival_week, enrolled, was_enrolled, skill, interest, initial, autonomy, efficacy, motive, persistence, external,
    need_autonomy, need_competence, need_relatedness, week,
):  # fmt: skip
    """Return how many arrived, are enrolled, left, returned; skill gained; and the sums of states over the enrolled."""
    arrived, here, left, returned = 0, 0, 0, 0
    for i in range(enrolled.size):
        arrived += arrival_week[i] <= week
        here += enrolled[i]
        left += was_enrolled[i] & (not enrolled[i])
        returned += enrolled[i] & (not was_enrolled[i])
    a, e, m, p = totals_where(autonomy, efficacy, motive, persistence, enrolled)
    z, n_a, n_c, n_r = totals_where(external, need_autonomy, need_competence, need_relatedness, enrolled)
    return arrived, here, left, returned, total_gain(skill, interest, initial), a, e, m, p, z, n_a, n_c, n_r


@kernel
def count_bonds(first, other, weight, enrolled, relatedness, mastery, half_ties, weakest, rest, level):
    """Return how many of the enrolled are excluded, how many instruments they have, and the strength of half-ties."""
    excluded = count_excluded(first, other, weight, enrolled, relatedness, weakest, rest)
    return excluded, count_instruments(mastery, enrolled, level), long_total(weight, half_ties)


@kernel
def long_total(values, count):
    """Return the sum of the first ``count`` values, as four sums that do not wait for one another."""
    a, b, c, d, whole = 0.0, 0.0, 0.0, 0.0, count - count % 4
    for k in range(0, whole, 4):
        a += values[k]
        b += values[k + 1]
        c += values[k + 2]
        d += values[k + 3]
    for k in range(whole, count):
        a += values[k]
    return (a + b) + (c + d)


@kernel
def totals(a, b, c, d, count):
    """Return the sums of the first ``count`` values of four arrays, in order."""
    sum_a, sum_b, sum_c, sum_d = 0.0, 0.0, 0.0, 0.0
    for k in range(count):
        sum_a += a[k]
        sum_b += b[k]
        sum_c += c[k]
        sum_d += d[k]
    return sum_a, sum_b, sum_c, sum_d


@kernel
def totals_where(a, b, c, d, where):
    """Return the sums of four arrays where ``where`` holds."""
    sum_a, sum_b, sum_c, sum_d = 0.0, 0.0, 0.0, 0.0
    for i in range(a.size):
        if where[i]:
            sum_a += a[i]
            sum_b += b[i]
            sum_c += c[i]
            sum_d += d[i]
    return sum_a, sum_b, sum_c, sum_d


@kernel
def total(values, count):
    """Return the sum of the first ``count`` values, in order."""
    result = 0.0
    for k in range(count):
        result += values[k]
    return result


@kernel
def total_of(values, learner, count):
    """Return the sum of ``values`` over the learners listed."""
    result = 0.0
    for k in range(count):
        result += values[learner[k]]
    return result


@kernel
def total_gain(skill, interest, initial):
    """Return the sum of skill gained on the interest, over all learners."""
    result = 0.0
    for i in range(initial.size):
        result += skill[interest[i], i] - initial[i]
    return result


@kernel
def count_above(values, count, level):
    """Return how many of the first ``count`` values are at or above ``level``."""
    result = 0
    for k in range(count):
        result += 1 if values[k] >= level else 0
    return result


@kernel
def bits(word):
    """Return how many bits of a 16-bit word are set."""
    word = word - ((word >> 1) & 0x5555)
    word = (word & 0x3333) + ((word >> 2) & 0x3333)
    word = (word + (word >> 4)) & 0x0F0F
    return (word + (word >> 8)) & 0x1F


@kernel
def count_possibilities(possible, present, count, first, other, collective):
    """Return the number of compossibles of those present, and of (i, j, m) open to both ends of a tie."""
    alone, shared = 0, 0
    for r in range(count):
        i = present[r]
        alone += bits(int(possible[i]))
        mine = int(possible[i]) & collective
        if mine != 0:
            for e in range(first[i], first[i + 1]):
                shared += bits(mine & int(possible[other[e]]))
    return alone, shared


@kernel
def count_activity(present, count, used, tenure, acts):
    """Return how many had been active, had been idle, stayed active, and became active again."""
    was_active, was_idle, stayed, woke = 0, 0, 0, 0
    for r in range(count):
        i = present[r]
        if used[i] >= 0:
            was_active += 1
            stayed += 1 if acts[i] else 0
        elif tenure[i] > 1:
            was_idle += 1
            woke += 1 if acts[i] else 0
    return was_active, was_idle, stayed, woke


@kernel
def quadrants(challenge, skill, count):
    """Return the acts in flow, anxiety, boredom and apathy: challenge and skill above or below the week's means."""
    mean_challenge = total(challenge, count) / max(1, count)
    mean_skill = total(skill, count) / max(1, count)
    flow, anxiety, boredom, apathy = 0, 0, 0, 0
    for k in range(count):
        hard, able = challenge[k] >= mean_challenge, skill[k] >= mean_skill
        flow += 1 if hard and able else 0
        anxiety += 1 if hard and not able else 0
        boredom += 1 if able and not hard else 0
        apathy += 1 if not hard and not able else 0
    return flow, anxiety, boredom, apathy


@kernel
def count_excluded(first, other, weight, enrolled, relatedness, weakest, rest):
    """Return how many of the enrolled have no tie that includes and do not feel accepted."""
    result = 0
    for i in range(enrolled.size):
        if enrolled[i] and relatedness[i] < rest:
            strong = 0
            for e in range(first[i], first[i + 1]):
                strong += weight[e] > weakest
            result += 1 if strong == 0 else 0
    return result


@kernel
def count_instruments(mastery, enrolled, level):
    """Return how many learner-artefact pairs of the enrolled are instruments."""
    result = 0
    for m in range(mastery.shape[0]):
        for i in range(enrolled.size):
            result += 1 if enrolled[i] and mastery[m, i] > level else 0
    return result
