"""The twin keeps its own promises; that the engine agrees with it is tested elsewhere."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from .chance import Chance, KeyedChance, LooseChance
from .figures import defaults
from .model import Twin
from .places import block_sizes, lever_at, make_artefacts

STATES = [
    *("autonomy", "efficacy", "autonomous_motive", "persistence", "external_drive"),
    *("need_autonomy", "need_competence", "need_relatedness"),
    *("control", "immersion", "unselfconsciousness", "autotelic", "flow"),
]


def luck(kind: str) -> Chance:
    """Return one of the two kinds of chance."""
    return KeyedChance(7, 1) if kind == "keyed" else LooseChance(7)


def scenario(learners: int = 60, weeks: int = 20, **context: Any) -> dict[str, Any]:
    """Return the default scenario, smaller, with some of the context changed."""
    resolved = defaults()
    resolved.update(learners=learners, weeks=weeks)
    resolved["context"].update(context)
    return resolved


def two_communities(mobility: float) -> dict[str, Any]:
    """Return two unlike communities with profiles, late arrivals, schedules, events and a list of artefacts."""
    resolved = scenario(50, 15, arrivals={"kind": "uniform", "until": 5, "at_start": 0.2}, access=0.9)
    resolved["context"]["migration"]["mobility"] = mobility
    resolved["context"]["relation"]["tie_slots"] = 6
    resolved["context"]["profiles"] = {
        "old hands": {"share": 0.3, "autonomy": {"mean": 0.7}, "skill": {"mean": 0.6, "sd": 0.1}, "access": 0.5},
        "others": {"share": 0.7, "propensity": {"mean": -1.0}},
    }
    here, there = deepcopy(resolved["design"]), deepcopy(resolved["design"])
    here.update(facilitation=[[0, 0.8], [10, 0.0]], rejection=0.3, incentive=0.5, message_capacity=5.0)
    there.update(forced_collaboration=[[0, 0.0], [6, 1.0]], openness=0.9, signifier_collective=0.5, deadlines=[4])
    resolved["communities"] = {"here": {"share": 0.61, "design": here}, "there": {"share": 0.39, "design": there}}
    resolved["artefacts"] = [
        {"name": "notebook", "collective": False},
        {"name": "forum", "collective": True, "offer": 0.9, "signifier": 0.7},
        {"name": "wiki", "collective": True, "required_autonomy": 0.6},
    ]
    resolved["events"] = [
        {"week": 8, "do": "withdraw", "levers": ["incentive"], "to": 0.1},
        {"week": 3, "do": "shock", "weeks": 2, "share": 0.5},
    ]
    return resolved


def run(resolved: dict[str, Any], chance: Chance) -> Twin:
    """Return the twin at the end of its run, each week checked."""
    twin = Twin(resolved, chance)
    for _ in range(resolved["weeks"]):
        present = [one.enrolled for one in twin.learners]
        twin.step()
        check_bounds(twin)
        check_presence(twin, present)
        check_ties(twin)
    return twin


def check_bounds(twin: Twin) -> None:
    """Every state lies in [0, 1]."""
    for one in twin.learners:
        values = [getattr(one, name) for name in STATES] + one.skill + one.peak_skill + one.mastery + one.enjoyment
        assert all(0.0 <= value <= 1.0 for value in values)
        assert all(skill <= peak for skill, peak in zip(one.skill, one.peak_skill, strict=True))
    assert all(0.0 <= value <= 1.0 for content in twin.content for value in content)


def check_presence(twin: Twin, present: list[bool]) -> None:
    """Nobody acts who was gone or has not arrived, leaves twice, or calls without acting on something collective."""
    for one, was_here in zip(twin.learners, present, strict=True):
        arrives = one.arrival_week == twin.week - 1
        assert not one.acted or was_here or arrives
        assert not one.left or was_here or arrives
        assert not (one.left and one.returned)
        assert one.enrolled == ((was_here or arrives or one.returned) and not one.left)
        assert one.partner == -1 or (one.acts_collectively and twin.learners[one.partner].acts_collectively)
        assert one.author == -1 or one.answered
        assert one.used == one.artefact


def check_ties(twin: Twin) -> None:
    """Both ends share a tie, nobody has more than the slots, nobody is tied to herself."""
    slots = twin.context.relation.tie_slots
    assert all(len(one.ties) <= slots for one in twin.learners)
    assert sum(len(one.ties) for one in twin.learners) == 2 * len(twin.ties)
    for (i, j), tie in twin.ties.items():
        assert i < j
        assert twin.learners[i].ties[j] is tie
        assert twin.learners[j].ties[i] is tie
        assert twin.context.relation.weakest <= tie[0] <= 1.0
        assert 0.0 <= tie[1] <= 1.0


def everything(twin: Twin) -> list[Any]:
    """Return all states of everybody, and the ties."""
    names = [*STATES, "skill", "mastery", "enjoyment", "mood", "enrolled", "tenure", "community", "contributions"]
    return [[getattr(one, name) for name in names] for one in twin.learners] + sorted(twin.ties.items())


@pytest.mark.parametrize("kind", ["keyed", "loose"])
def test_promises_hold_under_the_defaults(kind: str) -> None:
    twin = run(scenario(), luck(kind))
    assert sum(one.weeks_active for one in twin.learners) > 0
    assert sum(one.weeks_collaborating for one in twin.learners) > 0


@pytest.mark.parametrize("kind", ["keyed", "loose"])
def test_promises_hold_where_everything_happens(kind: str) -> None:
    twin = run(two_communities(mobility=0.5), luck(kind))
    moved = [one for one in twin.learners if one.community != (one.number >= 31)]
    assert moved
    assert any(one.rejected for one in twin.learners) or any(one.contributions for one in twin.learners)


@pytest.mark.parametrize("kind", ["keyed", "loose"])
def test_same_seed_same_result(kind: str) -> None:
    first, second = (everything(run(two_communities(0.2), luck(kind))) for _ in range(2))
    assert first == second


def test_visiting_order_changes_nothing() -> None:
    forward, backward = (Twin(two_communities(0.2), KeyedChance(3)) for _ in range(2))
    for _ in range(15):
        forward.step()
        backward.agents.sort(lambda one: -one.unique_id, ascending=True, inplace=True)
        backward.step()
    assert everything(forward) == everything(backward)


def test_alone_there_are_no_ties_but_calls() -> None:
    resolved = scenario(40, 12)
    resolved["context"]["intention"]["exploration"] = 1.0
    resolved["events"] = [{"week": 4, "do": "alone"}]
    twin = Twin(resolved, KeyedChance(5))
    calls = 0
    for week in range(12):
        twin.step()
        assert bool(twin.ties) == (week < 4)
        calls += sum(one.partner >= 0 for one in twin.learners) * (week >= 4)
    assert calls


def test_without_flow_in_persistence_everybody_fades() -> None:
    resolved = scenario(30, 5)
    resolved["events"] = [{"week": 0, "do": "ablate", "mechanism": "flow_persistence"}]
    twin = Twin(resolved, KeyedChance(5))
    before = [one.persistence for one in twin.learners]
    twin.step()
    for one, start in zip(twin.learners, before, strict=True):
        assert one.persistence == pytest.approx(start * 0.985, abs=1e-15)


def test_levers_slide_and_step() -> None:
    knots = [[2, 0.0], [6, 1.0]]
    assert [lever_at(knots, week, steps=False) for week in (0, 2, 4, 6, 9)] == [0.0, 0.0, 0.5, 1.0, 1.0]
    assert [lever_at(knots, week, steps=True) for week in (0, 2, 5, 6, 9)] == [0.0, 0.0, 0.0, 1.0, 1.0]


def test_artefacts_are_spread_evenly() -> None:
    artefacts = make_artefacts({"solo": 3, "collective": 9}, KeyedChance(1))
    assert [one.collective for one in artefacts] == [False] * 3 + [True] * 9
    assert sorted(one.offer_factor for one in artefacts[:3]) == [0.5, 0.75, 1.0]
    assert sorted(one.signifier_factor for one in artefacts[3:]) == pytest.approx([0.5 + k / 8 for k in range(9)])
    assert make_artefacts({"solo": 1, "collective": 0}, KeyedChance(1))[0].autonomy_offset == pytest.approx(0.0)


def test_blocks_are_shared_out_by_largest_remainders() -> None:
    assert block_sizes([0.5, 0.25, 0.25], 10) == [5, 3, 2]
    assert block_sizes([0.61, 0.39], 50) == [31, 19]
    assert block_sizes([1 / 3, 1 / 3, 1 / 3], 100) == [34, 33, 33]
