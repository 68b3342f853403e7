"""Sums and counts over the acts, the people and the ties of a week."""

from __future__ import annotations

from ecosim.model.kernel import kernel, weekly


@weekly
def count_week(world, first, other, count):
    """Return compossibles, shared ones, and how many had been active or idle, stayed active, became active again."""
    people, now, things = world.people, world.now, world.things
    together = 0
    for m in range(things.collective.size):
        together |= (1 << m) if things.collective[m] else 0
    alone, shared = count_possibilities(now.possible, now.present, count, first, other, together)
    was_active, was_idle, stayed, woke = count_activity(now.present, count, people.used, people.tenure, now.acts)
    return alone, shared, was_active, was_idle, stayed, woke


@weekly
def sum_acts(world, count, episode):
    """Return the sums over acts that the log keeps."""
    people, now, acts = world.people, world.now, world.acts
    together, replies, refusals, successes = totals(acts.collective, acts.answered, acts.rejected, acts.success, count)
    d1, d2, d3, d4 = totals(acts.control, acts.immersion, acts.unselfconsciousness, acts.autotelic, count)
    flow, hard, able, work = totals(acts.flow, acts.challenge, acts.skill, acts.effort, count)
    own = total_of(people.persistence, acts.learner, count)
    pushed = total_of(people.external_drive, acts.learner, count)
    episodes = count_above(acts.flow, count, episode)
    shared, load = long_total(now.posted, now.posted.size), long_total(now.load, now.load.size)
    return (
        together, replies, refusals, successes, d1, d2, d3, d4, flow, hard, able, work, shared, episodes, own, pushed,
        load, quadrants(acts.challenge, acts.skill, count),
    )  # fmt: skip


@weekly
def sum_people(world, week):
    """Return how many arrived, are enrolled, left, returned; skill gained; and the sums of states over the enrolled."""
    people, now = world.people, world.now
    arrival_week, enrolled, was_enrolled = people.arrival_week, people.enrolled, now.was_enrolled
    arrived, here, left, returned = 0, 0, 0, 0
    for i in range(enrolled.size):
        arrived += arrival_week[i] <= week
        here += enrolled[i]
        left += was_enrolled[i] & (not enrolled[i])
        returned += enrolled[i] & (not was_enrolled[i])
    gained = total_gain(people.skill, people.interest, people.initial_skill)
    a, e, m, p = totals_where(people.autonomy, people.efficacy, people.autonomous_motive, people.persistence, enrolled)
    z, n_a, n_c, n_r = totals_where(
        people.external_drive, people.need_autonomy, people.need_competence, people.need_relatedness, enrolled
    )
    return arrived, here, left, returned, gained, a, e, m, p, z, n_a, n_c, n_r


@weekly
def count_bonds(world, first, other, weight, half_ties, weakest, rest, level):
    """Return how many of the enrolled are excluded, how many instruments they have, and the strength of half-ties."""
    people = world.people
    excluded = count_excluded(first, other, weight, people.enrolled, people.need_relatedness, weakest, rest)
    return excluded, count_instruments(people.mastery, people.enrolled, level), long_total(weight, half_ties)


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
        counts = 1.0 if where[i] else 0.0  # times zero rather than a branch that is guessed wrong
        sum_a += counts * a[i]
        sum_b += counts * b[i]
        sum_c += counts * c[i]
        sum_d += counts * d[i]
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
            result += enrolled[i] & (mastery[m, i] > level)
    return result
