"""What is kept of a week: each learner's record, the flow channel, the calls."""

from __future__ import annotations

import numpy as np

from ecosim.mechanisms.observation import own_apprenance
from ecosim.model.kernel import kernel, weekly
from ecosim.model.week.tally import total

CHANNEL_CELLS, CHANNEL_TOP = 44, 1.1


@weekly
def note_week(world, channel, count, week, episode, span):
    """Write the week into everybody's record and into the flow channel; return the calls and how many were what.

    That is: (caller, partner) of each call; how many calls last week, how many repeated from it, how many returned.
    """
    people, now, acts = world.people, world.now, world.acts
    learner, partner = acts.learner, acts.partner
    draw_channel(acts.challenge, acts.skill, acts.flow, channel, count)
    count_deeds(
        learner, acts.effort, acts.collective, partner, acts.flow, people.contributions, people.weeks_active,
        people.weeks_collective, people.weeks_collaborating, people.weeks_in_flow, count, episode,
    )  # fmt: skip
    note_posts(
        learner, acts.collective, acts.answered, people.first_post_week, people.first_post_answered,
        people.posted_again, count, week, span,
    )  # fmt: skip
    returned = count_returned(learner, partner, now.act_of, count)
    before, repeated = note_deeds(now.act_of, acts.artefact, partner, people.used, people.partner)
    return list_calls(learner, partner, count), before, repeated, returned


@kernel
def count_returned(learner, partner, act_of, count):
    """Return how many calls were made on somebody who called on the caller in the same week."""
    returned = 0
    for k in range(count):
        j = partner[k]
        if j >= 0 and act_of[j] >= 0:
            returned += 1 if partner[act_of[j]] == learner[k] else 0
    return returned


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
    """Write artefact and partner of the week; return last week's calls, and calls repeated from last week."""
    before, repeated = 0, 0
    for i in range(used.size):
        k = act_of[i]
        called = partner[k] if k >= 0 else -1
        before += 1 if last_partner[i] >= 0 else 0
        repeated += 1 if called >= 0 and called == last_partner[i] else 0
        last_partner[i] = called
        used[i] = artefact[k] if k >= 0 else -1
    return before, repeated


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


@weekly
def note_apprenance(world, level):
    """Renew the record of everybody's apprenance; return its sum over the enrolled and how many are apprenant."""
    people, now = world.people, world.now
    enrolled, owns = people.enrolled, now.scratch
    for i in range(enrolled.size):
        owns[i] = own_apprenance(
            people.autonomous_motive[i], people.efficacy[i], people.autonomy[i], people.persistence[i]
        )
    for i in range(enrolled.size):
        owns[i] = owns[i] if enrolled[i] else 0.0
    add_apprenance(owns, people.apprenance_sum, people.apprenance_squares)
    apprenant = count_streaks(
        owns, enrolled, people.apprenance_weeks, people.apprenance_streak, people.apprenance_longest, level
    )
    return total(owns, owns.size), apprenant


@kernel
def add_apprenance(owns, sums, squares):
    """Add the week to the sums from which everybody's mean and spread are computed."""
    for i in range(owns.size):
        sums[i] += owns[i]
        squares[i] += owns[i] * owns[i]


@kernel
def count_streaks(owns, enrolled, weeks, streak, longest, level):
    """Count everybody's weeks in a row at or above ``level``; return how many are there now."""
    apprenant = 0
    for i in range(enrolled.size):
        held = enrolled[i] & (owns[i] >= level)
        weeks[i] += 1 if enrolled[i] else 0
        streak[i] = streak[i] + 1 if held else 0
        longest[i] = max(longest[i], streak[i])
        apprenant += held
    return apprenant
