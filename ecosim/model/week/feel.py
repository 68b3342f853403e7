"""6. Feel: the four dimensions of flow."""

from __future__ import annotations

from typing import Any

from ecosim.chance import FEELING, MOOD, SUCCESS, normal, uniform
from ecosim.mechanisms.flow import (
    autotelic,
    control,
    feedback,
    immersion,
    moment,
    mood,
    overall,
    safety,
    unselfconsciousness,
)
from ecosim.mechanisms.guidance import orientation
from ecosim.model.kernel import kernel, weekly


def feel(w: Any) -> None:
    """Set control, immersion, unselfconsciousness, the autotelic experience and flow of each act."""
    feel_week(w.world, w.count, w.p.distraction, w.p.guidance.deficit_cost, w.p.flow, *w.luck)


@weekly
def feel_week(world, count, distraction, deficit_cost, p, week, seed, replicate):
    """Renew moods, find the conditions of each act, live it, and remember it."""
    people, now, acts, lever = world.people, world.now, world.acts, world.lever
    change_mood(people.mood, now.scratch, p, week, seed, replicate)
    find_conditions(
        acts.learner, people.community, acts.deficit, people.need_relatedness, acts.answered, acts.collective,
        lever.goal_clarity, lever.feedback, acts.goal, acts.feedback, acts.safe, count, deficit_cost, p,
    )  # fmt: skip
    go_well(acts.learner, acts.outcome, count, week, seed, replicate)
    live(
        acts.learner, acts.balance, acts.goal, acts.feedback, acts.safe, people.efficacy, people.autonomous_motive,
        people.need_autonomy, now.load, people.flow_trait, people.mood, acts.outcome, acts.moment, now.scratch,
        acts.control, acts.immersion, acts.unselfconsciousness, acts.autotelic, acts.flow, count, distraction, p,
        week, seed, replicate,
    )  # fmt: skip
    keep_experience(
        acts.learner, acts.control, acts.immersion, acts.unselfconsciousness, acts.autotelic, acts.flow, people.control,
        people.immersion, people.unselfconsciousness, people.autotelic, people.flow, count,
    )  # fmt: skip


@kernel
def live(
    learner, balanced, goal, fed_back, safe, efficacy, motive, need, loads, trait, moods, outcome, at_moment, received,
    d1, d2, d3, d4, flow, count, distraction, p, week, seed, replicate,
):  # fmt: skip
    """Set the four dimensions one after the other, each with a moment of its own, and flow."""
    noise_of(learner, trait, moods, outcome, at_moment, count, 0, p, week, seed, replicate)
    feel_control(learner, balanced, efficacy, goal, at_moment, d1, count, p)
    noise_of(learner, trait, moods, outcome, at_moment, count, 1, p, week, seed, replicate)
    feel_immersion(learner, balanced, fed_back, motive, loads, at_moment, d2, received, count, distraction, p)
    noise_of(learner, trait, moods, outcome, at_moment, count, 2, p, week, seed, replicate)
    forget_oneself(d2, safe, at_moment, d3, count, p)
    noise_of(learner, trait, moods, outcome, at_moment, count, 3, p, week, seed, replicate)
    delight(learner, d1, d2, d3, need, at_moment, d4, flow, count, p)


@kernel
def change_mood(moods, noise, p, week, seed, replicate):
    """Renew everybody's mood, acting or not."""
    for i in range(moods.size):
        noise[i] = uniform(seed, replicate, MOOD, week, i, 0)
    for i in range(moods.size):
        noise[i] = normal(noise[i])
    for i in range(moods.size):
        moods[i] = mood(moods[i], noise[i], p.mood_inertia, p.mood_sd)


@kernel
def go_well(learner, outcome, count, week, seed, replicate):
    """Set how each task goes, against what could be expected: the luck of success, as a standard normal variate."""
    for k in range(count):
        outcome[k] = uniform(seed, replicate, SUCCESS, week, learner[k], 0)
    for k in range(count):
        outcome[k] = normal(outcome[k])


@kernel
def noise_of(learner, trait, moods, outcome, at_moment, count, dimension, p, week, seed, replicate):
    """Set what each dimension owes to proneness, mood, how it goes, and noise of its own."""
    for k in range(count):
        at_moment[k] = uniform(seed, replicate, FEELING, week, learner[k], dimension)
    for k in range(count):
        at_moment[k] = normal(at_moment[k])
    for k in range(count):
        i = learner[k]
        at_moment[k] = moment(trait[i], moods[i], outcome[k], at_moment[k], p.outcome, p.noise)


@kernel
def find_conditions(
    learner, community, deficit, acceptance, replied, collective, clarity, designed, goal, fed_back, safe, count,
    deficit_cost, p,
):  # fmt: skip
    """Set clarity of the goal, feedback and safety of each act."""
    for k in range(count):
        i = learner[k]
        goal[k] = clarity[community[i]] * orientation(deficit[k], deficit_cost)
    for k in range(count):
        fed_back[k] = feedback(designed[community[learner[k]]], replied[k])
    for k in range(count):
        safe[k] = safety(acceptance[learner[k]], collective[k], p.safe_base, p.safe_solo)


@kernel
def feel_control(learner, balanced, efficacy, goal, at_moment, felt, count, p):
    """Set cognitive control, D1."""
    for k in range(count):
        felt[k] = efficacy[learner[k]]
    for k in range(count):
        felt[k] = control(balanced[k], felt[k], goal[k], at_moment[k], p.gain)


@kernel
def feel_immersion(learner, balanced, fed_back, motive, loads, at_moment, felt, received, count, distraction, p):
    """Set immersion, D2."""
    for k in range(count):
        felt[k] = motive[learner[k]]
    for k in range(count):
        received[k] = loads[learner[k]]
    for k in range(count):
        felt[k] = immersion(
            balanced[k],
            fed_back[k],
            felt[k],
            received[k],
            distraction,
            at_moment[k],
            p.gain,
            p.immersion_balance,
            p.immersion_feedback,
            p.immersion_motive,
            p.immersion_load,
            p.immersion_distraction,
        )


@kernel
def forget_oneself(immersed, safe, at_moment, felt, count, p):
    """Set the loss of self-consciousness, D3."""
    for k in range(count):
        felt[k] = unselfconsciousness(immersed[k], safe[k], at_moment[k], p.gain, p.unselfconscious_immersion)


@kernel
def delight(learner, controlled, immersed, forgotten, need, at_moment, felt, flow, count, p):
    """Set the autotelic experience, D4, and flow, the mean of the four."""
    for k in range(count):
        felt[k] = need[learner[k]]
    for k in range(count):
        felt[k] = autotelic(
            controlled[k], immersed[k], forgotten[k], felt[k], at_moment[k], p.gain, p.autotelic_autonomy
        )
    for k in range(count):
        flow[k] = overall(controlled[k], immersed[k], forgotten[k], felt[k])


@kernel
def keep_experience(
    learner, control, immersion, unselfconscious, autotelic, flow, last_control, last_immersion, last_unselfconscious,
    last_autotelic, last_flow, count,
):  # fmt: skip
    """Write the experience of the week into those who had one."""
    for k in range(count):
        i = learner[k]
        last_control[i] = control[k]
        last_immersion[i] = immersion[k]
        last_unselfconscious[i] = unselfconscious[k]
        last_autotelic[i] = autotelic[k]
        last_flow[i] = flow[k]
