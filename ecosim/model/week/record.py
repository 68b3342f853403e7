"""What is kept of a week: each learner's record, the flow channel, the calls."""

from __future__ import annotations

import numpy as np

from ecosim.mechanisms.observation import own_apprenance
from ecosim.model.kernel import kernel

CHANNEL_CELLS, CHANNEL_TOP = 44, 1.1


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
def list_calls(learner, partner, count):
    """Return (caller, partner) of each call of the week, shape (calls, 2)."""
    calls, found = np.empty((count, 2), np.int32), 0
    for k in range(count):
        if partner[k] >= 0:
            calls[found, 0], calls[found, 1] = learner[k], partner[k]
            found += 1
    return calls[:found].copy()


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
