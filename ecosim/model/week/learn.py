"""7. Learn, by doing and with a partner; forget what is not practised; leave content behind."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.chance import SUCCESS, uniform
from ecosim.mechanisms.challenge import success
from ecosim.mechanisms.learning import content, forgotten, guided, learned, own_gain, partner_gain, task_gain
from ecosim.model.kernel import kernel, weekly


def learn(w: Any) -> None:
    """Set success and new skill of each act; let all other skills fade; renew content."""
    gain_skill(w.world, w.count, w.p.challenge, w.p.learning, *w.luck)


@weekly
def gain_skill(world, count, challenge, p, week, seed, replicate):
    """Set success and the skill to which the week leads; let all skills fade but what was practised; renew content."""
    people, acts, things = world.people, world.acts, world.things
    learner, skill, new_skill, gain = acts.learner, acts.skill, acts.new_skill, acts.gain
    succeed(learner, acts.mismatch, acts.success, count, challenge, week, seed, replicate)
    gain_by_doing(acts.difficulty, skill, acts.facilitation, acts.effort, acts.flow, gain, count, p)
    gain_with_partner(acts.partner, acts.partner_skill, skill, acts.ground, gain, new_skill, count, p)
    for topic in range(people.skill.shape[0]):
        forget(people.skill[topic], people.peak_skill[topic], p.phi, p.savings)
    keep(learner, new_skill, people.interest, people.skill, people.peak_skill, count)
    leave_content(
        learner, acts.artefact, acts.collective, skill, new_skill, people.community, things.collective, things.content,
        count, p.content_keep, p.content_gain,
    )  # fmt: skip


@kernel
def succeed(learner, mismatch, succeeded, count, p, week, seed, replicate):
    """Set whether each act succeeded."""
    for k in range(count):
        likely = success(mismatch[k], p.success_logit, p.success_scale)
        succeeded[k] = 1.0 if uniform(seed, replicate, SUCCESS, week, learner[k], 0) < likely else 0.0


@kernel
def gain_by_doing(task, skill, facilitation, effort, flow, gain, count, p):
    """Set what the task itself teaches."""
    for k in range(count):
        guide = guided(facilitation[k], skill[k], p.xi, p.expert_from, p.expert_span, p.novice_span)
        zone = task_gain(task[k], skill[k], p.zpd, p.practice)
        gain[k] = own_gain(p.l, effort[k], p.effort_exponent, zone, flow[k], p.flow_floor, guide)


@kernel
def gain_with_partner(partner, partner_skill, skill, ground, gain, new_skill, count, p):
    """Add what the partner teaches, and set the skill after the week."""
    for k in range(count):
        lead = partner_skill[k] - skill[k]
        taught = partner_gain(lead, ground[k], p.l_p, p.ground_floor, p.zpd, p.explaining)
        gain[k] += taught if partner[k] >= 0 else 0.0
    for k in range(count):
        new_skill[k] = learned(skill[k], gain[k])


@kernel
def forget(skill, peak, rate, savings):
    """Let everybody's skill on one topic fade."""
    for i in range(skill.size):
        skill[i] = forgotten(skill[i], peak[i], rate, savings)


@kernel
def keep(learner, new_skill, interest, skill, peak, count):
    """Write what was practised: nobody forgets the topic she worked on."""
    for k in range(count):
        i = learner[k]
        topic = interest[i]
        skill[topic, i] = new_skill[k]
        peak[topic, i] = max(peak[topic, i], new_skill[k])


@kernel
def leave_content(
    learner, artefact, collective, skill, new_skill, community, is_collective, stock, count, keeping, gaining
):
    """Renew the content of each collective artefact in each community."""
    artefacts, communities = stock.shape
    members = np.zeros(communities)
    for i in range(community.size):
        members[community[i]] += 1.0
    gains = np.zeros((artefacts, communities))
    for k in range(count):
        if collective[k] > 0.0:
            gains[artefact[k], community[learner[k]]] += new_skill[k] - skill[k]
    for m in range(artefacts):
        for c in range(communities):
            if is_collective[m] and members[c] > 0.0:
                stock[m, c] = content(stock[m, c], gains[m, c] / members[c], keeping, gaining)
