"""A limit and a direction for each process: the same people under the same luck, with and without.

Directions are those that ``docs/model.md`` builds in or reports with a standard error far smaller than the effect. Each
was stated with its size of sample before the first run and holds on every replicate that is tried: 2,000 learners make
the sampling error of a paired difference a small part of it, so that there is no seed to look for.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ecosim.model.engine import Engine

from .worlds import EVERYBODY_ACTS, NOBODY_LEAVES, calls, degree, interest_skill, lived, retention

MANY, WEEKS = 2000, 16
REPLICATES = (0, 1, 2)


def both(without: dict[str, Any], with_: dict[str, Any], replicate: int, **top: Any) -> tuple[Engine, Engine]:
    """Return the same people after the same luck, without and with something."""
    top = {"learners": MANY, "weeks": WEEKS} | top
    return lived(without, replicate=replicate, **top), lived(with_, replicate=replicate, **top)


@pytest.fixture(params=REPLICATES)
def replicate(request: pytest.FixtureRequest) -> int:
    """Return which luck."""
    return int(request.param)


# 0-1 schedule, perceive ----------------------------------------------------------------------------------------------


def test_visibility_shows_what_nothing_signals(replicate: int) -> None:
    poor = {"design.signifier_collective": 0.02, "context.intention.exploration": 0.05}
    unseen, seen = both(poor | {"design.visibility": 0}, poor | {"design.visibility": 1}, replicate, weeks=30)
    assert seen.log.collective.sum() > 2 * unseen.log.collective.sum()


def test_a_facilitator_shows_collective_artefacts(replicate: int) -> None:
    hidden, shown = both({"context.affordance.gamma": 0}, {"context.affordance.gamma": 2}, replicate)
    assert shown.log.compossibles.sum() > hidden.log.compossibles.sum()


def test_demand_without_support_closes_artefacts(replicate: int) -> None:
    little, much = (
        {"design.facilitation": 0, "design.demand": 0.2},
        {"design.facilitation": 0, "design.demand": 0.9},
    )
    able, lost = both(little, much, replicate)
    assert lost.log.compossibles.sum() < 0.5 * able.log.compossibles.sum()
    assert retention(lost) < retention(able)


def test_ties_open_the_collective(replicate: int) -> None:
    """A direction in the first week, before anything else can differ: with ties more is possible together."""
    closed = {"design.openness": 0}
    strangers, friends = both(closed | {"design.ready_ties": 0}, closed | {"design.ready_ties": 12}, replicate, weeks=1)
    assert friends.log.compossibles[0] > strangers.log.compossibles[0]
    assert strangers.log.shared_compossibles[0] == 0


# 2 intend ------------------------------------------------------------------------------------------------------------


def test_forced_collaboration_leaves_no_solo_act(replicate: int) -> None:
    free, forced = both({}, {"design.forced_collaboration": 1}, replicate)
    assert (forced.log.collective == forced.log.active).all()
    assert 0 < free.log.collective.sum() < free.log.active.sum()
    assert forced.log.need_autonomy[3] / forced.log.enrolled[3] < free.log.need_autonomy[3] / free.log.enrolled[3]


def test_without_collective_artefacts_nobody_posts_or_calls() -> None:
    world = lived({"artefacts": {"solo": 3, "collective": 0}}, learners=300, weeks=WEEKS)
    assert world.log.active.sum() > 0
    for name in ("collective", "answered", "calls", "contributions"):
        assert getattr(world.log, name).sum() == 0
    assert not world.artefacts.content.any()


def test_drive_makes_people_act(replicate: int) -> None:
    weak, strong = both(
        {"context.population.persistence_mean": 0.3}, {"context.population.persistence_mean": 0.7}, replicate, weeks=1
    )
    assert strong.log.active[0] > 1.3 * weak.log.active[0]


def test_exploration_finds_collective_artefacts(replicate: int) -> None:
    never, often = both(
        {"context.intention.exploration": 0}, {"context.intention.exploration": 0.5}, replicate, weeks=2
    )
    assert often.log.collective.sum() > never.log.collective.sum()
    assert (often.log.compossibles[0] == never.log.compossibles[0]).all()  # tried is not yet perceived


# 3 meet --------------------------------------------------------------------------------------------------------------


def test_without_ties_and_strangers_nobody_is_met() -> None:
    nowhere = {"context.encounter.strangers": 0, "design.ready_ties": 0, "design.signifier_collective": 0.6}
    world = lived(nowhere, learners=300, weeks=WEEKS)
    assert world.log.collective.sum() > 0
    assert world.log.calls.sum() == 0
    assert degree(world).sum() == 0


def test_likeness_attracts(replicate: int) -> None:
    def gap(world: Engine) -> float:
        """Return the mean difference in skill between caller and partner in the first week."""
        acts, k = world.acts, world.count
        met = acts.partner[:k] >= 0
        return float(np.abs(acts.partner_skill[:k] - acts.skill[:k])[met].mean())

    open_doors = {"design.signifier_collective": 0.6}
    any_, alike = both(
        open_doors | {"context.encounter.homophily": 0},
        open_doors | {"context.encounter.homophily": 20},
        replicate,
        weeks=1,
    )
    assert gap(alike) < 0.7 * gap(any_)


def test_ties_are_called_again(replicate: int) -> None:
    open_doors = {"design.signifier_collective": 0.6}
    weak, strong = both(
        open_doors | {"context.encounter.tie_weight": 0}, open_doors | {"context.encounter.tie_weight": 20}, replicate
    )
    assert strong.log.calls_repeated.sum() > 2 * weak.log.calls_repeated.sum()


def test_nobody_calls_on_herself_or_on_somebody_who_does_not_act_collectively() -> None:
    world = lived({"design.signifier_collective": 0.6}, learners=200, weeks=1)
    posts = {int(i) for i in np.flatnonzero(world.now.posts)}
    made = calls(world)
    assert len(made) > 20
    assert (made[:, 1] != made[:, 2]).all()
    assert set(made[:, 1]) | set(made[:, 2]) <= posts


# 4 be challenged -----------------------------------------------------------------------------------------------------


def test_choice_brings_balance(replicate: int) -> None:
    set_tasks, free = both({"design.choice": 0}, {"design.choice": 1}, replicate, weeks=1)
    assert (set_tasks.acts.tasks[: set_tasks.count] == 1).all()
    assert free.acts.balance[: free.count].mean() > set_tasks.acts.balance[: set_tasks.count].mean() + 0.1


def test_tasks_at_ones_level_fit_better_than_a_steep_curriculum(replicate: int) -> None:
    steep = {"design.curriculum_start": 0.9, "design.choice": 0.2}
    taught, levelled = both(
        steep | {"design.self_levelled": 0}, steep | {"design.self_levelled": 1}, replicate, weeks=1
    )
    assert levelled.acts.mismatch[: levelled.count].mean() < taught.acts.mismatch[: taught.count].mean()
    assert levelled.log.success[0] / levelled.count > taught.log.success[0] / taught.count


# 5 be answered -------------------------------------------------------------------------------------------------------


def test_nobody_ready_to_reply_nobody_answered() -> None:
    world = lived({"context.response.reply": 0, "design.signifier_collective": 0.6}, learners=300, weeks=WEEKS)
    assert world.log.collective.sum() > 0
    assert world.log.answered.sum() == 0
    assert not world.learners.first_post_answered.any()


def test_nobody_around_nobody_answered() -> None:
    """No tie, no facilitator, no open community, nobody to meet: each voice is zero."""
    silent = {
        "design.ready_ties": 0,
        "design.facilitation": 0,
        "design.openness": 0,
        "context.encounter.strangers": 0,
        "design.signifier_collective": 0.6,
    }
    world = lived(silent, learners=300, weeks=WEEKS)
    assert world.log.collective.sum() > 0
    assert world.log.answered.sum() == 0


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_rejection_at_its_limits(share: float) -> None:
    world = lived({"design.rejection": share}, learners=300, weeks=WEEKS)
    assert world.log.answered.sum() > 0
    assert (world.log.rejected == share * world.log.answered).all()


def test_rejection_lowers_felt_acceptance_and_holds_nobody(replicate: int) -> None:
    welcome, gate = both({}, {"design.rejection": 0.5}, replicate, weeks=30)
    assert gate.learners.need_relatedness.mean() < welcome.learners.need_relatedness.mean() - 0.01
    assert retention(gate) < retention(welcome)


def test_open_communities_answer_more_and_load_more(replicate: int) -> None:
    lonely = {"design.ready_ties": 0, "design.facilitation": 0, "design.signifier_collective": 0.6}
    closed, open_ = both(lonely | {"design.openness": 0}, lonely | {"design.openness": 1}, replicate, weeks=3)
    share = [world.log.answered.sum() / world.log.collective.sum() for world in (closed, open_)]
    assert share[1] > share[0] + 0.1
    assert open_.log.load.sum() > closed.log.load.sum()


def test_unbounded_capacity_leaves_no_load(replicate: int) -> None:
    busy = {"design.signifier_collective": 0.6, "design.openness": 1}
    narrow, wide = both(busy | {"design.message_capacity": 5}, busy | {"design.message_capacity": 1e12}, replicate)
    assert wide.log.load.sum() == 0.0 < narrow.log.load.sum()
    assert wide.log.immersion.sum() / wide.log.active.sum() > narrow.log.immersion.sum() / narrow.log.active.sum()
    assert retention(wide) > retention(narrow)


# 6 feel --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "low", "high", "felt"),
    [
        ("design.goal_clarity", 0.2, 0.9, "control"),
        ("design.feedback", 0.1, 0.9, "immersion"),
        ("context.population.efficacy_mean", 0.3, 0.7, "control"),
        ("context.population.relatedness_mean", 0.3, 0.9, "unselfconsciousness"),
        ("context.population.initial_need", 0.2, 0.8, "autotelic"),
    ],
)
def test_conditions_of_flow(setting: str, low: float, high: float, felt: str) -> None:
    """In the first week, all else being equal, each condition raises the dimension that it feeds."""
    worlds = both(
        EVERYBODY_ACTS | {setting: low, "design.signifier_collective": 0.6},
        EVERYBODY_ACTS | {setting: high, "design.signifier_collective": 0.6},
        0,
        weeks=1,
    )
    less, more = (getattr(world.log, felt)[0] / world.count for world in worlds)
    assert more > less + 0.01


def test_distraction_disturbs_immersion_only_directly(replicate: int) -> None:
    calm, noisy = both(EVERYBODY_ACTS, EVERYBODY_ACTS | {"context.distraction": 1}, replicate, weeks=1)
    assert noisy.log.immersion[0] < 0.9 * calm.log.immersion[0]
    assert noisy.log.control[0] == calm.log.control[0]


# 7-8 learn, make an instrument ---------------------------------------------------------------------------------------


def test_without_forgetting_no_skill_is_ever_lost(replicate: int) -> None:
    world = lived({"context.learning.phi": 0}, replicate=replicate, learners=300, weeks=WEEKS)
    assert (world.learners.skill == world.learners.peak_skill).all()


def test_without_learning_rates_nobody_learns() -> None:
    world = lived({"context.learning.l": 0, "context.learning.l_p": 0}, learners=300, weeks=WEEKS)
    assert (interest_skill(world) <= world.learners.initial_skill).all()
    assert not world.artefacts.content.any()


def test_partners_teach(replicate: int) -> None:
    together = {"design.signifier_collective": 0.6}
    without, with_ = both(together | {"context.learning.l_p": 0}, together | {"context.learning.l_p": 0.1}, replicate)
    assert with_.log.gain[-1] > without.log.gain[-1]


def test_guidance_helps_novices_and_hinders_experts(replicate: int) -> None:
    def gain(world: Engine, expert: bool) -> float:
        """Return the mean first-week gain from one's own task of those at one end of skill."""
        acts, k = world.acts, world.count
        chosen = (acts.skill[:k] > 0.6) if expert else (acts.skill[:k] < 0.2)
        return float((acts.new_skill[:k] - acts.skill[:k])[chosen].mean())

    solo = EVERYBODY_ACTS | {"artefacts": {"solo": 3, "collective": 0}, "design.demand": 0}
    alone, guided = both(solo | {"design.facilitation": 0}, solo | {"design.facilitation": 1}, replicate, weeks=1)
    assert gain(guided, expert=False) > gain(alone, expert=False)
    assert gain(guided, expert=True) < gain(alone, expert=True)


def test_an_unanswered_post_is_expected_to_be_less_enjoyable(replicate: int) -> None:
    open_doors = {"design.signifier_collective": 0.6}
    heard, ignored = both(open_doors, open_doors | {"context.response.reply": 0}, replicate, weeks=6)
    assert ignored.learners.enjoyment[3:].mean() < heard.learners.enjoyment[3:].mean()


# 9-11 appraise, become, take energy ----------------------------------------------------------------------------------


def test_facilitation_keeps_people_and_lowers_their_autonomy(replicate: int) -> None:
    """The paradox of autonomy (proposition 6): retention rises, autonomy falls."""
    left_alone, facilitated = both({"design.facilitation": 0}, {"design.facilitation": 0.8}, replicate, weeks=40)
    assert retention(facilitated) > retention(left_alone) + 0.1
    there = [world.learners.autonomy[world.learners.enrolled].mean() for world in (left_alone, facilitated)]
    assert there[1] < there[0] - 0.1


def test_a_controlling_reward_undermines_an_informing_one_does_not(replicate: int) -> None:
    base = NOBODY_LEAVES | {"design.incentive": 0.8}
    informing, controlling = both(
        base | {"design.controlling": 0}, base | {"design.controlling": 1}, replicate, weeks=26
    )
    for name in ("autonomous_motive", "persistence", "need_autonomy"):
        assert getattr(controlling.learners, name).mean() < getattr(informing.learners, name).mean()
    assert (controlling.learners.external_drive == informing.learners.external_drive).all()


def test_a_reward_raises_quantity_and_lowers_the_autotelic_share(replicate: int) -> None:
    """Proposition 10, in the first 12 weeks."""
    free, rewarded = both({}, {"design.incentive": 0.8}, replicate, weeks=12)
    rho = [
        world.log.persistence_of_active.sum()
        / (world.log.persistence_of_active.sum() + world.log.external_drive_of_active.sum())
        for world in (free, rewarded)
    ]
    assert rewarded.log.effort.sum() > free.log.effort.sum()
    assert rho[1] < rho[0] - 0.05


def test_without_an_incentive_control_changes_nothing() -> None:
    one, other = both({"design.controlling": 0}, {"design.controlling": 1}, 0, learners=200)
    assert one.digest() == other.digest()


def test_persistence_lives_on_flow(replicate: int) -> None:
    off = [{"week": 0, "do": "ablate", "mechanism": "flow_persistence"}]
    fed, starved = both({}, {"events": off}, replicate, weeks=40)
    assert retention(starved) < 0.5 * retention(fed)
    assert starved.log.persistence_of_active.sum() < fed.log.persistence_of_active.sum()


# 12-13 tie, stay -----------------------------------------------------------------------------------------------------


def test_without_growth_no_new_tie_lasts() -> None:
    settings = {"context.relation.gain_answered": 0, "context.relation.gain_ignored": 0}
    world = lived(settings, {"design.signifier_collective": 0.6}, learners=300, weeks=WEEKS)
    ready = lived(settings, {"design.collective_offer": 0, "design.solo_offer": 0}, learners=300, weeks=WEEKS)
    assert world.log.calls.sum() > 0
    assert (world.ties.first == ready.ties.first).all()
    apart = world.ties.weight[: world.half_ties] - ready.ties.weight[: ready.half_ties]
    assert np.abs(apart).max() < 1e-12


def test_alone_people_leave_and_learn_less(replicate: int) -> None:
    """Proposition 1: Heutte 2011, working alone favours failure."""
    together, alone = both({}, {"events": [{"week": 0, "do": "alone"}]}, replicate, weeks=40)
    assert retention(alone) < retention(together) - 0.02
    assert alone.log.gain[-1] < together.log.gain[-1]


def test_nobody_leaves_where_there_is_no_hazard() -> None:
    world = lived(NOBODY_LEAVES, learners=300, weeks=WEEKS)
    assert world.log.left.sum() == 0
    assert world.learners.enrolled.all()
    assert (world.learners.tenure == WEEKS).all()


@pytest.mark.parametrize(
    ("setting", "low", "high"),
    [("design.hazard", 0.02, 0.1), ("context.staying.newcomer", 0.0, 2.5), ("context.staying.h_L", 0.0, 0.6)],
)
def test_what_drives_away(setting: str, low: float, high: float, replicate: int) -> None:
    busy = {"design.signifier_collective": 0.6, "design.message_capacity": 2}
    calm, rough = both(busy | {setting: low}, busy | {setting: high}, replicate)
    assert rough.log.left.sum() > calm.log.left.sum() * 1.02


@pytest.mark.parametrize(
    ("setting", "low", "high"), [("context.staying.h_W", 0.0, 6.0), ("context.staying.comeback", 0.0, 0.5)]
)
def test_what_holds_and_brings_back(setting: str, low: float, high: float, replicate: int) -> None:
    lonely, held = both({setting: low}, {setting: high}, replicate, weeks=30)
    assert retention(held) > retention(lonely)


def test_people_move_to_where_they_are_accepted(replicate: int) -> None:
    harsh = {"share": 0.5, "design": {"rejection": 0.9, "signifier_collective": 0.6, "hazard": 0}}
    kind = {"share": 0.5, "design": {"rejection": 0, "signifier_collective": 0.6, "hazard": 0}}
    stay, move = both(
        {"communities": {"harsh": harsh, "kind": kind}},
        {"communities": {"harsh": harsh, "kind": kind}, "context.migration.mobility": 0.2},
        replicate,
        learners=400,
        weeks=30,
    )
    assert (stay.learners.community == (np.arange(400) >= 200)).all()
    assert (move.learners.community == 1).sum() > 220
