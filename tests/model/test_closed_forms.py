"""What the whole engine must give where the answer is known in closed form."""

from __future__ import annotations

from math import exp, sqrt

import numpy as np
import pytest
from scipy import stats

from ecosim.chance import poisson, sigma
from ecosim.model.networks import pairs_of

from .worlds import (
    EFFECTLESS,
    EVERYBODY_ACTS,
    NOBODY_LEAVES,
    NOTHING_TO_DO,
    RARE,
    degree,
    engine,
    interest_skill,
    lived,
    probable,
)

EXACT = 1e-12


def test_nobody_acts_where_nothing_is_offered() -> None:
    world = lived(NOTHING_TO_DO, EVERYBODY_ACTS, learners=200, weeks=10)
    assert world.log.active.sum() == 0
    assert not world.learners.weeks_active.any()
    assert (world.learners.used == -1).all()
    assert world.log.compossibles.sum() == 0


def test_nobody_acts_where_nothing_is_perceived() -> None:
    unseen = {
        "design.signifier_solo": 0,
        "design.signifier_collective": 0,
        "design.facilitation": 0,
        "context.intention.exploration": 0,
    }
    world = lived(unseen, learners=200, weeks=10)
    assert world.log.active.sum() == 0


def test_forgetting_of_topics_that_nobody_practises_is_geometric() -> None:
    world = engine(NOTHING_TO_DO, learners=100, weeks=30)
    start = world.learners.skill.copy()
    world.run()
    right = 0.5 * start + 0.5 * start * (1 - 0.02) ** 30
    assert np.abs(world.learners.skill - right).max() < EXACT
    assert (world.learners.peak_skill == start).all()


def test_forgetting_of_all_other_topics_goes_on_while_one_is_practised() -> None:
    world = engine(EVERYBODY_ACTS, NOBODY_LEAVES, learners=100, weeks=12)
    start = world.learners.skill.copy()
    world.run()
    elsewhere = np.arange(6)[:, None] != world.learners.interest[None, :]
    right = 0.5 * start + 0.5 * start * (1 - 0.02) ** 12
    assert np.abs(world.learners.skill - right)[elsewhere].max() < EXACT
    assert (interest_skill(world) > world.learners.initial_skill).mean() > 0.9


def test_idle_persistence_fades_and_external_drive_follows_what_pushes() -> None:
    world = engine(NOTHING_TO_DO, NOBODY_LEAVES, {"design.incentive": 0.5}, learners=50, weeks=15)
    start = world.learners.persistence.copy()
    world.run()
    assert np.abs(world.learners.persistence - start * 0.985**15).max() < EXACT
    pushed = 0.35 * 0.5 + 0.25 * 0.4
    assert np.abs(world.learners.external_drive - pushed * (1 - 0.4**15)).max() < EXACT


def test_those_to_come_and_the_departed_keep_their_energy_but_forget() -> None:
    settings = {"context.arrivals": {"kind": "uniform", "until": 19}, "design.hazard": 0.5}
    world = engine(NOTHING_TO_DO, EFFECTLESS, settings, learners=300, weeks=10)
    energy, skill = world.learners.persistence.copy(), world.learners.skill.copy()
    world.run()
    people = world.learners
    coming, gone = people.arrival_week >= 10, people.left_week >= 0
    assert coming.sum() > 100
    assert gone.sum() > 50
    assert (people.persistence[coming] == energy[coming]).all()
    weeks = (people.left_week - people.arrival_week + 1)[gone]
    assert np.abs(people.persistence[gone] - energy[gone] * 0.985**weeks).max() < EXACT
    assert np.abs(people.skill - (0.5 * skill + 0.5 * skill * 0.98**10)).max() < EXACT


def test_mastery_that_is_not_used_fades() -> None:
    experts = [{"week": 0, "do": "seed_experts", "artefact": 5, "share": 1.0}]
    world = lived(NOTHING_TO_DO, learners=50, weeks=10, events=experts)
    assert np.abs(world.learners.mastery[5] - 0.95**10).max() < EXACT
    assert not np.delete(world.learners.mastery, 5, axis=0).any()


def test_felt_acceptance_drifts_to_rest() -> None:
    world = engine(NOTHING_TO_DO, learners=200, weeks=20)
    start = world.learners.need_relatedness.copy()
    world.run()
    assert np.abs(world.learners.need_relatedness - (0.3 + (start - 0.3) * 0.985**20)).max() < EXACT


def test_ties_that_are_not_lived_decay_and_vanish() -> None:
    world = engine(NOTHING_TO_DO, learners=100, weeks=61)
    for week in range(1, 61):
        world.step()
        pairs, weight, ground = pairs_of(world.ties)
        assert len(pairs) > 200
        assert np.abs(weight - 0.3 * 0.945**week).max() < EXACT
        assert np.abs(ground - 0.3 * 0.99**week).max() < EXACT
    world.step()  # the first week after which .3 * .945^t is below .01
    assert degree(world).sum() == 0


def test_constant_hazard_gives_exponential_survival() -> None:
    """With all effects off, the departed are binomial with 1 - exp(-h0 t), and the week of leaving is geometric."""
    people, h0 = 10_000, 0.045
    world = lived(EFFECTLESS, learners=people, weeks=30, **{"design.hazard": h0})
    for week in (0, 4, 9, 19, 29):
        assert probable(int(world.log.enrolled[week]), people, exp(-h0 * (week + 1)))
    expected = people * exp(-h0) ** np.arange(30) * (1 - exp(-h0))
    found = np.append(world.log.left, people - world.log.left.sum())
    assert stats.chisquare(found, np.append(expected, people - expected.sum())).pvalue > RARE
    assert world.log.returned.sum() == 0


def test_a_deadline_triples_a_constant_hazard() -> None:
    world = lived(EFFECTLESS, NOTHING_TO_DO, {"design.hazard": 0.05, "design.deadlines": [2]}, learners=20_000, weeks=4)
    for week, hazard in enumerate((0.05, 0.05, 0.15, 0.05)):
        assert probable(int(world.log.left[week]), int(world.log.enrolled_at_start[week]), 1 - exp(-hazard))


def test_hazard_by_drive_and_tenure() -> None:
    """Idle people of persistence one half, in their first week: exp(1.2 exp(-1/2)) times the baseline."""
    settings = {
        "context.population.disposition_sd": 0,
        "context.energy.idle_keep": 1,
        "design.facilitation": 0,
        "design.ready_ties": 0,
    }
    world = lived(NOTHING_TO_DO, settings, learners=20_000, weeks=3)
    for week in range(3):
        rate = 0.045 * exp(1.2 * exp(-(week + 1) / 2))
        assert probable(int(world.log.left[week]), int(world.log.enrolled_at_start[week]), 1 - exp(-rate))


def test_success_at_balance_is_85_percent() -> None:
    """Everybody has the skill .35 and meets tasks of .43 only, a comfortable step above: balance 1, success 85 %."""
    fitting = {
        "context.population.skill_sd": 0,
        "context.challenge.task_sd": 0,
        "design.self_levelled": 0,
        "design.curriculum_start": 0.43,
        "design.facilitation": 0,
        "design.demand": 0.2,
    }
    world = lived(EVERYBODY_ACTS, fitting, learners=8000, weeks=1)
    acts = world.acts
    assert world.count > 7000
    assert np.abs(acts.balance[: world.count] - 1.0).max() < EXACT
    assert probable(int(acts.success[: world.count].sum()), world.count, sigma(1.735))


def test_success_off_balance() -> None:
    """The same with tasks .08 too hard: log-odds 1.735 - 1."""
    hard = {
        "context.population.skill_sd": 0,
        "context.challenge.task_sd": 0,
        "context.encounter.strangers": 0,
        "context.challenge.peer_help": 0,
        "design.self_levelled": 0,
        "design.curriculum_start": 0.51,
        "design.facilitation": 0,
        "design.demand": 0.2,
    }
    world = lived(EVERYBODY_ACTS, hard, learners=8000, weeks=1)
    assert probable(int(world.acts.success[: world.count].sum()), world.count, sigma(0.735))


def test_activity_is_logistic_and_a_shock_adds_two() -> None:
    bare = {"context.intention.b_V": 0, "context.intention.b_P": 0, "context.intention.habit": 0}
    bare |= {"context.population.b0_sd": 0, "design.signifier_solo": 1}
    shock = [{"week": 1, "do": "shock", "weeks": 2, "share": 1.0}]
    world = engine(bare, NOBODY_LEAVES, learners=5000, weeks=4, events=shock)
    for logit in (-1.7, 0.3, 0.3, -1.7):
        world.step()
        assert probable(world.count, int(np.count_nonzero(world.now.options)), sigma(logit))
    assert world.log.active.min() > 500


def test_access_is_a_probability() -> None:
    """Of those who would act every week, 30 % can."""
    world = lived(EVERYBODY_ACTS, NOBODY_LEAVES, {"context.access": 0.3}, learners=2000, weeks=5)
    free = lived(EVERYBODY_ACTS, NOBODY_LEAVES, learners=2000, weeks=1)
    assert free.log.active[0] > 1900
    assert probable(int(world.log.active[0]), int(free.log.active[0]), 0.3)
    assert (world.learners.weeks_active <= 5).all()
    none = lived(EVERYBODY_ACTS, {"context.access": 0}, learners=200, weeks=5)
    assert none.log.active.sum() == 0


def test_effort_is_one_plus_a_poisson_count() -> None:
    """Summed contributions of a first week lie within five standard errors of the sum of their means."""
    world = engine(EVERYBODY_ACTS, learners=4000, weeks=1)
    people = world.learners
    driven, motive = people.persistence.copy(), people.autonomous_motive.copy()
    world.step()
    who, effort = world.acts.learner[: world.count], world.acts.effort[: world.count]
    mean = np.minimum(200.0, 1.2 * people.rate * 2 * driven * (0.4 + motive))[who]
    assert effort.min() >= 1.0
    assert (effort == np.floor(effort)).all()
    assert abs((effort - 1.0).sum() - mean.sum()) < 5 * mean.sum() ** 0.5
    assert poisson(0.5, 0.0, 1.0) == 0


def test_mood_keeps_its_spread_whether_one_acts_or_not() -> None:
    world = engine(NOTHING_TO_DO, learners=4000, weeks=20)
    world.step()
    fresh = sqrt(1 - 0.65**2) * 0.32  # the first week begins from nobody's mood
    assert world.learners.mood.std() == pytest.approx(fresh, rel=0.05)
    world.run()
    assert stats.kstest(world.learners.mood / 0.32, "norm").pvalue > RARE


def test_enjoyment_and_mastery_of_a_single_solo_artefact() -> None:
    """Everybody uses the only one every week: mastery 1 - prod(1 - .3(.5 + .5 success)), a moving average of D4."""
    only = {"artefacts": {"solo": 1, "collective": 0}, "design.demand": 0.2}
    world = engine(EVERYBODY_ACTS, NOBODY_LEAVES, only, learners=100, weeks=8)
    mastery, enjoyment = np.zeros(100), np.full(100, 0.4)
    while world.running:
        world.step()
        who = world.acts.learner[: world.count]
        gain = np.zeros(100)
        gain[who] = 0.3 * (0.5 + 0.5 * world.acts.success[: world.count])
        idle = np.ones(100, bool)
        idle[who] = False
        mastery = np.where(idle, 0.95 * mastery, mastery + gain * (1 - mastery))
        enjoyment[who] += 0.25 * (world.acts.autotelic[: world.count] - enjoyment[who])
    assert np.abs(world.learners.mastery[0] - mastery).max() < EXACT
    assert np.abs(world.learners.enjoyment[0] - enjoyment).max() < EXACT
    assert world.log.active.sum() > 700


def test_content_is_what_is_left_of_summed_gains() -> None:
    world = engine({"design.signifier_collective": 0.6}, learners=300, weeks=6)
    content = np.zeros(world.artefacts.content.shape)
    while world.running:
        world.step()
        acts, k = world.acts, world.count
        gains = np.zeros(content.shape[0])
        np.add.at(gains, acts.artefact[:k], (acts.new_skill - acts.skill)[:k] * acts.collective[:k])
        grown = 0.99 * content[:, 0] + (1 - content[:, 0]) * 20 * gains / 300
        content[:, 0] = np.where(world.artefacts.collective, np.clip(grown, 0, 1), 0)
    assert np.abs(world.artefacts.content - content).max() < EXACT
    assert content.max() > 0.05


def test_arrivals_are_uniform_and_nobody_is_there_before() -> None:
    world = engine({"context.arrivals": {"kind": "uniform", "until": 11}}, NOBODY_LEAVES, learners=6000, weeks=12)
    per_week = np.bincount(world.learners.arrival_week, minlength=12)
    assert stats.chisquare(per_week).pvalue > RARE
    world.run()
    assert (world.log.arrived == per_week.cumsum()).all()
    assert (world.log.enrolled == per_week.cumsum()).all()
    assert (world.learners.tenure == 12 - world.learners.arrival_week).all()


def test_people_at_the_start_follow_their_laws() -> None:
    people = engine(learners=10_000, weeks=1).learners
    assert stats.kstest(people.latent, "norm").pvalue > RARE
    assert stats.kstest((people.propensity + 1.7) / 0.4, "norm").pvalue > RARE
    assert stats.kstest((np.log(people.rate) + 0.5 * 1.3**2) / 1.3, "norm").pvalue > RARE
    assert stats.kstest(people.flow_trait / 0.28, "norm").pvalue > RARE
    assert stats.chisquare(np.bincount(people.interest, minlength=6)).pvalue > RARE
    assert np.corrcoef(people.autonomy, people.persistence)[0, 1] == pytest.approx(0.36, abs=0.05)
    assert abs(np.corrcoef(people.propensity, people.latent)[0, 1]) < 0.05
    assert abs(np.corrcoef(people.skill)[~np.eye(6, dtype=bool)]).max() < 0.05
    assert (people.initial_skill == people.skill[people.interest, np.arange(10_000)]).all()


def test_profiles_have_their_shares_and_their_means() -> None:
    profiles = {
        "newcomer": {"share": 0.7, "autonomy": {"mean": 0.3, "sd": 0.0}, "access": 0.5},
        "regular": {"share": 0.3, "skill": {"mean": 0.6, "sd": 0.0}, "propensity": {"mean": 1.0, "sd": 0.0}},
    }
    people = engine({"context.profiles": profiles}, learners=5000, weeks=1).learners
    new = people.profile == 0
    assert probable(int(new.sum()), 5000, 0.7)
    assert np.abs(people.autonomy[new] - 0.3).max() < EXACT
    assert people.autonomy[~new].std() == pytest.approx(0.15, abs=0.01)
    assert np.abs(people.skill[:, ~new] - 0.6).max() < EXACT
    assert (people.propensity[~new] == 1.0).all()
    assert set(people.access[new]) == {0.5}
    assert set(people.access[~new]) == {1.0}


def test_artefacts_are_spread_evenly_over_the_levers() -> None:
    world = engine({"design.collective_offer": 0.8, "design.signifier_solo": 0.5, "design.demand": 0.5}, learners=20)
    world.open_week()
    a = world.artefacts
    assert sorted(a.offer[3:, 0]) == pytest.approx(list(0.8 * np.linspace(0.5, 1.0, 9)))
    assert sorted(a.signifier[:3, 0]) == pytest.approx(list(0.5 * np.linspace(0.5, 1.5, 3)))
    assert sorted(a.required[3:, 0]) == pytest.approx(list(np.linspace(0.35, 0.65, 9)))
    assert sorted(a.required[:3, 0]) == pytest.approx([0.35, 0.5, 0.65])


def test_coming_back_has_its_probability() -> None:
    """Persistence .98, full acceptance and somebody known who is there: 6 % of .98 of those who had left return."""
    held = {
        "context.population.relatedness_mean": 1,
        "context.population.relatedness_sd": 0,
        "context.population.persistence_mean": 1,
        "context.population.disposition_sd": 0,
        "context.needs.drift": 0,
        "context.energy.idle_keep": 1,
        "context.staying.embedding": 0.01,
        "design.ready_ties": 30,
        "design.hazard": 0.3,
    }
    world = lived(NOTHING_TO_DO, EFFECTLESS, held, {"context.staying.comeback": 0.06}, learners=5000, weeks=6)
    for week in range(1, 6):
        gone = 5000 - int(world.log.enrolled_at_start[week])
        assert probable(int(world.log.returned[week]), gone, 0.06 * 0.98)
    assert world.log.returned[0] == 0  # not in the week in which they left


def test_nobody_comes_back_to_an_empty_place() -> None:
    world = lived(NOTHING_TO_DO, EFFECTLESS, {"design.hazard": 10, "context.staying.comeback": 1}, learners=50, weeks=5)
    assert world.log.left[0] == 50
    assert world.log.returned.sum() == 0
