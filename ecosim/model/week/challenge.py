"""4. Be challenged: the task taken among those on offer, the help received, and the balance that results."""

from __future__ import annotations

from typing import Any

from ecosim.chance import TASK, normal, uniform
from ecosim.mechanisms.challenge import (
    balance,
    curriculum,
    difficulty,
    perceived_challenge,
    support,
    task_count,
    task_level,
)
from ecosim.model.kernel import kernel, weekly


def be_challenged(w: Any) -> None:
    """Set task, perceived challenge, mismatch and balance of each act."""
    meet_challenge(w.world, w.count, w.p.challenge, *w.luck)


@weekly
def meet_challenge(world, count, p, week, seed, replicate):
    """Set the task of each act, the challenge left after help, the mismatch and the balance."""
    people, now, acts, lever = world.people, world.now, world.acts, world.lever
    take_task(
        acts.learner, people.community, acts.skill, acts.supported, lever.choice, lever.self_levelled,
        lever.curriculum_start, lever.curriculum_slope, now.scratch, acts.tasks, now.scratch_2, acts.best,
        acts.difficulty, count, p, week, seed, replicate,
    )  # fmt: skip
    help_out(acts.difficulty, acts.skill, acts.partner_skill, acts.partner, acts.facilitation, acts.challenge, count, p)
    weigh_up(acts.learner, acts.challenge, acts.skill, people.efficacy, acts.mismatch, acts.balance, count, p)


@kernel
def take_task(
    learner, community, skill, supported, choice, levelled, start, slope, level, tasks, task, nearest, taken, count, p,
    week, seed, replicate,
):  # fmt: skip
    """Set the task of each act: of those on offer the one nearest to a comfortable step above skill."""
    most = find_tasks(
        learner, community, skill, supported, choice, levelled, start, slope, level, tasks, count, p, week
    )
    nearest[:count] = 1e300
    for slot in range(most):
        consider(learner, skill, level, tasks, task, nearest, taken, count, slot, p, week, seed, replicate)


@kernel
def find_tasks(learner, community, skill, supported, choice, levelled, start, slope, level, tasks, count, p, week):
    """Set level and number of the tasks on offer for each act; return the largest number."""
    most = 0
    for k in range(count):
        c = community[learner[k]]
        level[k] = task_level(curriculum(start[c], slope[c], week), skill[k], levelled[c])
        tasks[k] = task_count(choice[c], supported[k], p.offers)
        most = max(most, tasks[k])
    return most


@kernel
def consider(learner, skill, level, tasks, task, nearest, taken, count, slot, p, week, seed, replicate):
    """Take one more task on offer where it is nearer to a comfortable step above skill."""
    for k in range(count):
        task[k] = uniform(seed, replicate, TASK, week, learner[k], slot)
    for k in range(count):
        task[k] = normal(task[k])
    for k in range(count):
        task[k] = difficulty(level[k], p.task_sd, task[k])
    for k in range(count):
        distance = abs(task[k] - (skill[k] + p.delta))
        better = slot < tasks[k] and distance < nearest[k]
        nearest[k] = distance if better else nearest[k]
        taken[k] = task[k] if better else taken[k]


@kernel
def help_out(task, skill, partner_skill, partner, facilitation, challenge, count, p):
    """Set the challenge that is left once facilitator and partner have helped."""
    for k in range(count):
        partnered = 1.0 if partner[k] >= 0 else 0.0
        lead = partner_skill[k] - skill[k]
        helped = support(facilitation[k], lead, partnered, p.tutor_help, p.peer_help, p.peer_scale)
        challenge[k] = perceived_challenge(task[k], skill[k], p.delta, helped)


@kernel
def weigh_up(learner, challenge, skill, efficacy, mismatch, balanced, count, p):
    """Set how far the challenge is from what fits, and the balance."""
    for k in range(count):
        mismatch[k] = challenge[k] - skill[k] - p.delta
    for k in range(count):
        balanced[k] = efficacy[learner[k]]
    for k in range(count):
        balanced[k] = balance(
            mismatch[k], balanced[k], p.boredom_width, p.overload_width, p.overload_floor, p.overload_efficacy
        )
