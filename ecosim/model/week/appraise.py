"""9. Appraise: the three basic needs, as the week has served them."""

from __future__ import annotations

from typing import Any

from ecosim.equation import clip, ema
from ecosim.mechanisms.guidance import orientation
from ecosim.mechanisms.needs import felt_acceptance, felt_autonomy, felt_competence, mean_need
from ecosim.model.kernel import kernel, weekly


def appraise(w: Any) -> None:
    """Renew the satisfaction of the needs for autonomy, competence and relatedness, and set their mean."""
    appraise_needs(w.world, w.count, w.p.guidance.deficit_cost, w.p.needs)


@weekly
def appraise_needs(world, count, deficit_cost, p):
    """Renew the three needs, and set their mean for those who acted."""
    people, now, acts, lever = world.people, world.now, world.acts, world.lever
    autonomy, competence, relatedness = people.need_autonomy, people.need_competence, people.need_relatedness
    feel_autonomous(
        acts.learner, people.community, acts.deficit, acts.over, lever.choice, lever.pressure,
        lever.forced_collaboration, autonomy, count, deficit_cost, p,
    )  # fmt: skip
    feel_competent(acts.learner, acts.success, acts.challenge, acts.skill, acts.feedback, competence, count, p)
    drift(relatedness, now.posts, p.rest, p.drift)
    feel_related(acts.learner, acts.collective, acts.answered, acts.rejected, acts.author_ground, relatedness, count, p)
    sum_up(acts.learner, competence, autonomy, relatedness, acts.needs, count, p)


@kernel
def feel_autonomous(learner, community, deficit, over, choice, pressure, forced, need, count, deficit_cost, p):
    """Renew the satisfied need for autonomy of those who acted."""
    for k in range(count):
        i = learner[k]
        c = community[i]
        oriented = orientation(deficit[k], deficit_cost)
        felt = felt_autonomy(
            choice[c], oriented, over[k], pressure[c], forced[c], p.choice_floor, p.reward_cost, p.forced_cost
        )
        need[i] = ema(need[i], felt, p.rate)


@kernel
def feel_competent(learner, success, challenge, skill, fed_back, need, count, p):
    """Renew the satisfied need for competence of those who acted."""
    for k in range(count):
        felt = felt_competence(
            success[k], challenge[k], skill[k], fed_back[k], p.challenge_floor, p.challenge_offset, p.feedback_floor
        )
        need[learner[k]] = ema(need[learner[k]], felt, p.rate)


@kernel
def drift(need, posts, rest, rate):
    """Let felt acceptance drift to rest where nothing collective happened."""
    for i in range(need.size):
        need[i] = need[i] if posts[i] else ema(need[i], rest, rate)


@kernel
def feel_related(learner, collective, answered, rejected, ground, need, count, p):
    """Renew felt acceptance of those who acted collectively."""
    for k in range(count):
        if collective[k] > 0.0:
            met = felt_acceptance(answered[k], rejected[k], ground[k], p.accepted_base, p.accepted_ground, p.ignored)
            need[learner[k]] = clip(ema(need[learner[k]], met, p.relatedness_rate))


@kernel
def sum_up(learner, competence, autonomy, relatedness, needs, count, p):
    """Set the mean of the three needs of those who acted."""
    for k in range(count):
        i = learner[k]
        needs[k] = mean_need(
            competence[i], autonomy[i], relatedness[i], p.weight_competence, p.weight_autonomy, p.weight_relatedness
        )
