"""14. Observe: what each learner keeps of the week, and the sums from which all metrics are computed."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ecosim.mechanisms.observation import own_apprenance
from ecosim.model.kernel import kernel

CHANNEL_CELLS, CHANNEL_TOP = 44, 1.1


class Log(NamedTuple):
    """Counts and sums of each week, one array over weeks each; the metrics divide them."""

    arrived: Any
    enrolled_at_start: Any
    enrolled: Any
    active: Any
    collective: Any
    left: Any
    returned: Any
    answered: Any
    rejected: Any
    calls: Any
    calls_before: Any
    calls_repeated: Any
    contributions: Any
    effort: Any
    flow: Any
    flow_episodes: Any
    control: Any
    immersion: Any
    unselfconsciousness: Any
    autotelic: Any
    success: Any
    challenge: Any
    skill_of_active: Any
    in_flow_quadrant: Any
    in_anxiety_quadrant: Any
    in_boredom_quadrant: Any
    in_apathy_quadrant: Any
    load: Any
    persistence_of_active: Any
    external_drive_of_active: Any
    gain: Any
    autonomy: Any
    efficacy: Any
    autonomous_motive: Any
    persistence: Any
    external_drive: Any
    need_autonomy: Any
    need_competence: Any
    need_relatedness: Any
    apprenance: Any
    apprenant: Any
    excluded: Any
    instruments: Any
    compossibles: Any
    shared_compossibles: Any
    half_ties: Any
    strength: Any
    was_active: Any
    stayed_active: Any
    was_idle: Any
    woke_up: Any


def new_log(weeks: int) -> Log:
    """Return an empty log of ``weeks`` weeks."""
    return Log(**{name: np.zeros(weeks) for name in Log._fields})


def new_channel() -> Any:
    """Return an empty flow channel: acts, and their summed flow, by (challenge, skill) cell."""
    return np.zeros((2, CHANNEL_CELLS, CHANNEL_CELLS))


def observe(w: Any) -> None:
    """Write the week into learners' records and into the log."""
    log_possibilities(w)
    log_acts(w)
    remember(w)
    log_people(w)


def log_possibilities(w: Any) -> None:
    """Count who was there at the week's start, who had been active, what was possible alone and together."""
    people, now, log, t = w.learners, w.now, w.log, w.week
    log.enrolled_at_start[t] = w.present
    (
        log.compossibles[t], log.shared_compossibles[t], log.was_active[t], log.was_idle[t], log.stayed_active[t],
        log.woke_up[t],
    ) = count_week(
        now.possible, now.present, w.present, *w.links_at_start[:2], w.artefacts.collective, people.used, people.tenure,
        now.acts,
    )  # fmt: skip


def log_acts(w: Any) -> None:
    """Sum over the week's acts."""
    people, acts, log, t, n = w.learners, w.acts, w.log, w.week, w.count
    log.active[t] = n
    (
        log.collective[t], log.answered[t], log.rejected[t], log.success[t], log.control[t], log.immersion[t],
        log.unselfconsciousness[t], log.autotelic[t], log.flow[t], log.challenge[t], log.skill_of_active[t],
        log.effort[t], log.contributions[t], log.flow_episodes[t], log.persistence_of_active[t],
        log.external_drive_of_active[t], log.load[t],
    ) = sum_acts(
        acts.learner, acts.collective, acts.answered, acts.rejected, acts.success, acts.control, acts.immersion,
        acts.unselfconsciousness, acts.autotelic, acts.flow, acts.challenge, acts.skill, acts.effort, w.now.posted,
        people.persistence, people.external_drive, w.now.load, w.channel, n, w.p.flow.episode,
    )  # fmt: skip
    counts = quadrants(acts.challenge, acts.skill, n)
    log.in_flow_quadrant[t], log.in_anxiety_quadrant[t], log.in_boredom_quadrant[t], log.in_apathy_quadrant[t] = counts


def remember(w: Any) -> None:
    """Write into each learner's record what she did."""
    people, acts, now, log, t = w.learners, w.acts, w.now, w.log, w.week
    log.calls[t], log.calls_before[t], log.calls_repeated[t] = note_week(
        now.act_of, acts.learner, acts.artefact, acts.partner, acts.effort, acts.collective, acts.answered, acts.flow,
        people.used, people.partner, people.contributions, people.weeks_active, people.weeks_collective,
        people.weeks_collaborating, people.weeks_in_flow, people.first_post_week, people.first_post_answered,
        people.posted_again, w.count, t, w.p.flow.episode, w.p.observation.repost_weeks,
    )  # fmt: skip


def log_people(w: Any) -> None:
    """Sum over people at the week's end."""
    people, now, log, t, q = w.learners, w.now, w.log, w.week, w.p.observation
    (
        log.arrived[t], log.enrolled[t], log.left[t], log.returned[t], log.gain[t], log.autonomy[t], log.efficacy[t],
        log.autonomous_motive[t], log.persistence[t], log.external_drive[t], log.need_autonomy[t],
        log.need_competence[t], log.need_relatedness[t],
    ) = sum_people(
        people.arrival_week, people.enrolled, now.was_enrolled, people.skill, people.interest, people.initial_skill,
        people.autonomy, people.efficacy, people.autonomous_motive, people.persistence, people.external_drive,
        people.need_autonomy, people.need_competence, people.need_relatedness, t,
    )  # fmt: skip
    log.apprenance[t], log.apprenant[t] = note_apprenance(
        people.autonomous_motive, people.efficacy, people.autonomy, people.persistence, people.enrolled, now.scratch,
        people.apprenance_weeks, people.apprenance_sum, people.apprenance_squares, people.apprenance_streak,
        people.apprenance_longest, q.apprenance_level,
    )  # fmt: skip
    log.half_ties[t] = w.half_ties
    log.excluded[t], log.instruments[t], strength = count_bonds(
        *w.links[:3], people.enrolled, people.need_relatedness, people.mastery, w.half_ties, q.excluded_tie,
        w.p.needs.rest, q.instrument_level,
    )  # fmt: skip
    log.strength[t] = 0.5 * strength


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
    skill, effort, posted, persistence, external, loads, channel, count, episode,
):  # fmt: skip
    """Return the sums over acts that the log keeps, and draw the acts into the flow channel."""
    draw_channel(challenge, skill, flow, channel, count)
    together, replies, refusals, successes = totals(collective, answered, rejected, success, count)
    d1, d2, d3, d4 = totals(control, immersion, unselfconscious, autotelic, count)
    whole, hard, able, work = totals(flow, challenge, skill, effort, count)
    own, pushed = total_of(persistence, learner, count), total_of(external, learner, count)
    episodes = count_above(flow, count, episode)
    shared, load = long_total(posted, posted.size), long_total(loads, loads.size)
    return (
        together, replies, refusals, successes, d1, d2, d3, d4, whole, hard, able, work, shared, episodes, own, pushed,
        load,
    )  # fmt: skip


@kernel
def note_week(
    act_of, learner, artefact, partner, effort, collective, answered, flow, used, last_partner, contributions, active,
    together, collaborating, in_flow, first_week, first_answered, again, count, week, episode, span,
):  # fmt: skip
    """Write the week into everybody's record; return calls, last week's calls, and calls repeated from last week."""
    count_deeds(
        learner, effort, collective, partner, flow, contributions, active, together, collaborating, in_flow, count,
        episode,
    )  # fmt: skip
    note_posts(learner, collective, answered, first_week, first_answered, again, count, week, span)
    return note_deeds(act_of, artefact, partner, used, last_partner)


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
def list_calls(learner, partner, count):
    """Return (caller, partner) of each call of the week, shape (calls, 2)."""
    calls, found = np.empty((count, 2), np.int32), 0
    for k in range(count):
        if partner[k] >= 0:
            calls[found, 0], calls[found, 1] = learner[k], partner[k]
            found += 1
    return calls[:found].copy()


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
def draw_channel(challenge, skill, flow, channel, count):
    """Add each act to its cell of the flow channel."""
    cells = channel.shape[1]
    for k in range(count):
        row = min(cells - 1, max(0, int(challenge[k] / CHANNEL_TOP * cells)))
        column = min(cells - 1, max(0, int(skill[k] / CHANNEL_TOP * cells)))
        channel[0, row, column] += 1.0
        channel[1, row, column] += flow[k]


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
def note_deeds(act_of, artefact, partner, used, last_partner):
    """Write artefact and partner of the week; return calls, last week's calls, and calls repeated from last week."""
    calls, before, repeated = 0, 0, 0
    for i in range(used.size):
        k = act_of[i]
        called = partner[k] if k >= 0 else -1
        before += 1 if last_partner[i] >= 0 else 0
        calls += 1 if called >= 0 else 0
        repeated += 1 if called >= 0 and called == last_partner[i] else 0
        last_partner[i] = called
        used[i] = artefact[k] if k >= 0 else -1
    return calls, before, repeated


@kernel
def count_deeds(
    learner, effort, collective, partner, flow, contributions, active, together, collaborating, in_flow, count, episode
):
    """Add the week to the counters of those who acted."""
    for k in range(count):
        i = learner[k]
        active[i] += 1
        in_flow[i] += 1 if flow[k] >= episode else 0
        if collective[k] > 0.0:
            contributions[i] += effort[k]
            together[i] += 1
            collaborating[i] += 1 if partner[k] >= 0 else 0


@kernel
def note_posts(learner, collective, answered, first_week, first_answered, again, count, week, span):
    """Note first posts, whether they were answered, and whether a second one followed in time."""
    for k in range(count):
        i = learner[k]
        if collective[k] > 0.0:
            if first_week[i] < 0:
                first_week[i] = week
                first_answered[i] = answered[k] > 0.0
            elif week - first_week[i] <= span:
                again[i] = True


@kernel
def note_apprenance(
    motive, efficacy, autonomy, persistence, enrolled, owns, weeks, sums, squares, streak, longest, level
):
    """Renew the record of everybody's apprenance; return its sum over the enrolled and how many are apprenant."""
    summed, apprenant = 0.0, 0
    for i in range(enrolled.size):
        owns[i] = own_apprenance(motive[i], efficacy[i], autonomy[i], persistence[i])
    for i in range(enrolled.size):
        if not enrolled[i]:
            streak[i] = 0
            continue
        own = owns[i]
        summed += own
        weeks[i] += 1
        sums[i] += own
        squares[i] += own * own
        streak[i] = streak[i] + 1 if own >= level else 0
        longest[i] = max(longest[i], streak[i])
        apprenant += 1 if own >= level else 0
    return summed, apprenant


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
