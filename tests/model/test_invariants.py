"""What can never break, whatever a scenario says: bounds, ties, presence, enrolments, counters."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from ecosim.model.engine import Engine
from ecosim.model.state import FIELDS
from ecosim.scenario.document import Scenario
from ecosim.scenario.resolve import load

from ..strategies import COSTLY, PARAMETERS, scenarios

NEVER_FALLING = (
    *("contributions", "weeks_active", "weeks_collective", "weeks_collaborating", "weeks_in_flow", "apprenance_weeks"),
    *(
        "apprenance_longest",
        "apprenance_sum",
        "apprenance_squares",
        "peak_skill",
        "first_post_answered",
        "posted_again",
    ),
)
TRAITS = [name for name, field in FIELDS.items() if field.writer == "begin"]


def check_bounds(world: Engine) -> None:
    """Every field of the state lies within its declared bounds, and no number is undefined."""
    for name, field in FIELDS.items():
        array = getattr(world.learners, name)
        assert array.dtype == np.dtype(field.kind), name
        assert np.isfinite(array).all(), name
        assert array.min() >= field.low, name
        assert array.max() <= field.high, name
    assert (world.learners.skill <= world.learners.peak_skill).all()
    assert ((world.artefacts.content >= 0) & (world.artefacts.content <= 1)).all()
    assert all(np.isfinite(sums).all() for sums in world.log)
    assert np.isfinite(world.channel).all()


def check_ties(world: Engine) -> None:
    """Ties are symmetric, sorted, within the slots, strong enough, and with nobody else than others."""
    first, count = world.ties.first, world.half_ties
    other = world.ties.other[:count].astype(int)
    weight, ground = world.ties.weight[:count], world.ties.ground[:count]
    own = np.repeat(np.arange(first.size - 1), np.diff(first))
    assert first[0] == 0
    assert (np.diff(first) >= 0).all()
    assert np.diff(first).max() <= world.p.relation.tie_slots
    assert (own != other).all()
    assert ((other >= 0) & (other < first.size - 1)).all()
    same_row = own[1:] == own[:-1]
    assert (other[1:] > other[:-1])[same_row].all()
    assert (weight >= world.p.relation.weakest).all() if count else True
    assert ((weight <= 1) & (ground >= 0) & (ground <= 1)).all()
    back = np.lexsort((own, other))  # the same ties, as the other ends list them
    assert (own[back] == other).all()
    assert (other[back] == own).all()
    assert (weight[back] == weight).all()
    assert (ground[back] == ground).all()


def check_acts(world: Engine, there: Any) -> None:
    """Only those who are enrolled act, once each, on something that there is; calls are among those acting together."""
    acts, k = world.acts, world.count
    who = acts.learner[:k].astype(int)
    assert (np.diff(who) > 0).all()
    assert there[who].all()
    used, partner = acts.artefact[:k], acts.partner[:k]
    assert ((used >= 0) & (used < len(world.artefact_names))).all()
    together = world.artefacts.collective[used]
    assert (acts.collective[:k] == together).all()
    called = partner >= 0
    assert together[called].all()
    assert np.isin(partner[called], who[together]).all()
    assert (partner != who).all()
    assert (acts.rejected[:k] <= acts.answered[:k]).all()
    assert (acts.answered[:k] <= acts.collective[:k]).all()
    assert (acts.effort[:k] >= 1).all()
    active = np.zeros(there.size, bool)
    active[who] = True
    assert ((world.learners.used >= 0) == active).all()


def check_presence(world: Engine, before: Any, week: int) -> None:
    """Enrolments are conserved, person by person and in sum; those who leave have been there."""
    people, log = world.learners, world.log
    arrived = people.arrival_week == week
    there = before | arrived
    left, back = there & ~people.enrolled, people.enrolled & ~there
    assert not (before & arrived).any()
    assert (people.left_week[left] == week).all()
    assert (people.left_week[back] >= 0).all()
    assert (people.left_week[back] < week).all()
    assert not people.enrolled[people.arrival_week > week].any()
    assert int(log.enrolled[week]) == before.sum() + arrived.sum() + log.returned[week] - log.left[week]
    assert (log.left[week], log.returned[week]) == (left.sum(), back.sum())
    assert log.arrived[week] == (people.arrival_week <= week).sum()
    assert (people.tenure[people.enrolled & ~back] >= 1).all()
    assert (people.tenure[back] == 0).all()
    assert (people.weeks_active <= np.maximum(0, week + 1 - people.arrival_week)).all()


def check_whole_run(world: Engine) -> None:
    """Live all weeks and check everything after each."""
    traits = {name: getattr(world.learners, name).copy() for name in TRAITS}
    check_bounds(world)
    while world.running:
        week, before = world.week, world.learners.enrolled.copy()
        counted = {name: getattr(world.learners, name).copy() for name in NEVER_FALLING}
        world.step()
        check_bounds(world)
        check_ties(world)
        check_acts(world, before | (world.learners.arrival_week == week))
        check_presence(world, before, week)
        for name, earlier in counted.items():
            assert (getattr(world.learners, name) >= earlier).all(), name
        for name, earlier in traits.items():
            assert (getattr(world.learners, name) == earlier).all(), name
        assert sum(world.sizes) == world.scenario.learners
        assert (world.learners.community < len(world.sizes)).all()


@settings(max_examples=250)
@given(scenarios())
def test_invariants_over_all_scenarios(scenario: dict[str, Any]) -> None:
    check_whole_run(Engine(load(scenario).scenario))


@pytest.mark.long
@settings(max_examples=4000)
@given(scenarios(learners=80, weeks=20))
def test_invariants_over_all_scenarios_at_length(scenario: dict[str, Any]) -> None:
    check_whole_run(Engine(load(scenario).scenario))


def scenario_at(edge: str) -> Scenario:
    """Return the scenario in which every parameter stands at the lower or upper edge of its legal range."""
    settings: dict[str, Any] = {"learners": 60, "weeks": 8, "design.signifier_collective": 0.6}
    for path, (leaf, whole) in PARAMETERS.items():
        value = getattr(leaf.legal, edge)
        settings[f"context.{path}"] = (
            min(COSTLY[path], int(value)) if path in COSTLY else int(value) if whole else value
        )
    return load({"title": "an edge"}, set=settings).scenario


@pytest.mark.parametrize("edge", ["low", "high"])
def test_invariants_with_every_parameter_at_an_edge(edge: str) -> None:
    check_whole_run(Engine(scenario_at(edge)))


def test_every_declared_field_exists_and_no_other() -> None:
    world = Engine(load({"title": "any"}, set={"learners": 7, "weeks": 1}).scenario)
    assert world.learners._fields == tuple(FIELDS)
    for name, field in FIELDS.items():
        shape = {"": (7,), "topics": (6, 7), "artefacts": (12, 7)}[field.over]
        assert getattr(world.learners, name).shape == shape


def test_a_broken_tie_is_noticed() -> None:
    """The checks above can fail: each kind of damage to a sound state is found."""
    world = Engine(load({"title": "any"}, set={"learners": 50, "weeks": 3}).scenario)
    world.step()
    check_ties(world)
    for array, value in ((world.ties.weight, 0.9), (world.ties.ground, 0.9), (world.ties.other, 0)):
        kept = array.copy()
        array[3] = value
        with pytest.raises(AssertionError):
            check_ties(world)
        array[:] = kept
    world.learners.autonomy[7] = np.nan
    with pytest.raises(AssertionError):
        check_bounds(world)
