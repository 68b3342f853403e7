"""Small cases worked out by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from ecosim.model.metrics.activity import hazard_shape
from ecosim.model.metrics.apprenance import apprenance_emergence, apprenance_growth, apprenance_stability
from ecosim.model.metrics.inequality import gini, top_share
from ecosim.model.past import count_kept, list_strong, note_spells
from ecosim.model.run import simulate
from ecosim.model.week.record import count_returned
from ecosim.scenario.resolve import load


def spells(shape: float, censored: float) -> Any:
    """Return the weeks of tenure of very many people with a Weibull hazard (b = 20); a share is censored every week."""
    weeks = np.arange(41.0)
    survival = np.exp(-((weeks / 20.0) ** shape))
    at_risk = survival[:-1] * (1 - censored) ** weeks[:-1]
    left = at_risk * (1 - survival[1:] / survival[:-1])
    return SimpleNamespace(past=SimpleNamespace(at_risk=1e6 * np.append(0.0, at_risk), left=1e6 * np.append(0.0, left)))


@pytest.mark.parametrize("shape", [0.3, 0.7, 1.0, 1.8, 4.0])
@pytest.mark.parametrize("censored", [0.0, 0.1])
def test_the_shape_of_a_weibull_hazard_is_found(shape: float, censored: float) -> None:
    assert hazard_shape(spells(shape, censored)) == pytest.approx(shape, rel=1e-6)


def test_a_constant_hazard_has_shape_one() -> None:
    at_risk = 1000.0 * 0.9 ** np.arange(30.0)
    past = SimpleNamespace(at_risk=np.concatenate([[0.0], at_risk]), left=np.concatenate([[0.0], 0.1 * at_risk]))
    assert hazard_shape(SimpleNamespace(past=past)) == pytest.approx(1.0, abs=1e-8)


@pytest.mark.parametrize(("at_risk", "left"), [([0, 0, 0], [0, 0, 0]), ([0, 9, 8], [0, 0, 0]), ([0, 9, 0], [0, 3, 0])])
def test_without_departures_at_two_tenures_there_is_no_shape(at_risk: list[int], left: list[int]) -> None:
    past = SimpleNamespace(at_risk=np.array(at_risk, float), left=np.array(left, float))
    assert np.isnan(hazard_shape(SimpleNamespace(past=past)))


def test_gini() -> None:
    assert gini(np.array([1.0, 1.0, 1.0, 1.0])) == pytest.approx(0.0)
    assert gini(np.array([0.0, 0.0, 0.0, 8.0])) == pytest.approx(0.75)
    assert gini(np.array([3.0, 1.0])) == pytest.approx(0.25)
    assert np.isnan(gini(np.zeros(3)))
    assert np.isnan(gini(np.empty(0)))


def test_top_share_rounds_up_to_whole_persons() -> None:
    amounts = np.arange(1.0, 12.0)  # eleven people, 66 in all
    assert top_share(amounts, 0.1) == pytest.approx((10 + 11) / 66)
    assert top_share(amounts, 0.01) == pytest.approx(11 / 66)
    assert np.isnan(top_share(np.empty(0), 0.1))


def course(*prevalence: float) -> Any:
    """Return what the course of apprenance needs of an engine with ten learners."""
    return SimpleNamespace(
        week=len(prevalence),
        log=SimpleNamespace(apprenant=10 * np.array(prevalence), arrived=np.full(len(prevalence), 10.0)),
        p=SimpleNamespace(observation=SimpleNamespace(emergence=0.3)),
    )


def test_course_of_apprenance() -> None:
    rising = course(0.0, 0.1, 0.2, 0.3, 0.4)
    assert apprenance_emergence(rising) == 3.0
    assert apprenance_growth(rising) == pytest.approx(0.1)
    assert np.isnan(apprenance_emergence(course(0.1, 0.2)))
    assert np.isnan(apprenance_growth(course(0.5)))


def test_stability() -> None:
    """Two learners around .2 and .6, each .1 up and down: sd within .1, sd between .2; a third with one week only."""
    lives = [[0.1, 0.3], [0.5, 0.7], [0.9]]
    learners = SimpleNamespace(
        apprenance_weeks=np.array([len(each) for each in lives]),
        apprenance_sum=np.array([sum(each) for each in lives]),
        apprenance_squares=np.array([sum(x * x for x in each) for each in lives]),
    )
    assert apprenance_stability(SimpleNamespace(learners=learners)) == pytest.approx(0.5)


def rows(ties: dict[tuple[int, int], float], people: int = 4) -> tuple[Any, Any, Any]:
    """Return ties as rows of half-ties."""
    both = sorted([(i, j, w) for (i, j), w in ties.items()] + [(j, i, w) for (i, j), w in ties.items()])
    first = np.searchsorted([i for i, _, _ in both], np.arange(people + 1))
    return first.astype(np.int64), np.array([j for _, j, _ in both], np.int32), np.array([w for *_, w in both])


def test_ties_that_survive() -> None:
    old = rows({(0, 1): 0.2, (0, 2): 0.3, (1, 3): 0.01, (2, 3): 0.4})
    new = rows({(0, 1): 0.06, (0, 3): 0.5, (1, 3): 0.9, (2, 3): 0.05})
    strong = list_strong(*old, 0.05)
    assert [each.tolist() for each in strong] == [[0, 2, 2, 3, 3], [1, 2, 3]]
    assert count_kept(*strong, *new, 0.05) == 1
    assert count_kept(*strong, *old, 0.05) == 3
    assert count_kept(*strong, *rows({}), 0.05) == 0


def test_calls_that_are_returned() -> None:
    learner, act_of = np.array([0, 2, 3, 5]), np.array([0, -1, 1, 2, -1, 3])
    assert count_returned(learner, np.array([2, 0, 5, 0]), act_of, 4) == 2
    assert count_returned(learner, np.array([1, -1, -1, -1]), act_of, 4) == 0


def test_spells() -> None:
    """Two come; one of them leaves at once, the other in her second week, when the first is back for a week."""
    yes, no = True, False
    there, at_risk, left = np.zeros(5), np.zeros(5), np.zeros(5)
    for present, enrolled, tenure in (
        ([yes, yes, no], [yes, no, no], [1, 1, 0]),
        ([yes, no, no], [no, yes, no], [2, 0, 0]),
        ([no, yes, no], [no, no, no], [2, 1, 0]),
    ):
        note_spells(np.array(present), np.array(enrolled), np.array(tenure), there, at_risk, left)
    assert at_risk.tolist() == [0, 3, 1, 0, 0]
    assert left.tolist() == [0, 2, 1, 0, 0]


PROFILES = {"new": {"share": 0.7, "persistence": {"mean": 0.3}}, "old": {"share": 0.3, "persistence": {"mean": 0.8}}}
COMMUNITIES = {"left": {"share": 0.5}, "right": {"share": 0.5, "design": {"hazard": 0.12}}}


OF_ALL = ("retention", "participation", "skill_gain", "collaborators_share", "posters_share", "apprenance_prevalence")
OF_THE_ENROLLED = ("persistence", "apprenance", "need_relatedness", "autonomy")


def test_groups_make_up_the_whole() -> None:
    scenario = {"learners": 80, "weeks": 20, "communities": COMMUNITIES, "context": {"profiles": PROFILES}}
    run = simulate(load(scenario))
    groups: Any = run.by_group()
    assert {kind: list(names) for kind, names in groups.items()} == {
        "community": ["left", "right"],
        "profile": ["new", "old"],
    }
    for names in groups.values():
        found = list(names.values())
        assert sum(each["learners"] for each in found) == 80
        for metric in OF_ALL:
            whole = sum(each["learners"] * each[metric] for each in found) / 80
            assert whole == pytest.approx(run.summary[metric]), metric
        for metric in OF_THE_ENROLLED:
            whole = sum(each["learners"] * each["retention"] * each[metric] for each in found)
            assert whole / run.engine.log.enrolled[-1] == pytest.approx(run.summary[metric]), metric
    assert groups["community"]["left"]["retention"] > groups["community"]["right"]["retention"]
    assert groups["profile"]["old"]["persistence"] > groups["profile"]["new"]["persistence"]


def test_a_single_group_is_no_grouping() -> None:
    assert simulate(load({"learners": 10, "weeks": 2})).by_group() == {}


def test_a_group_that_has_left_is_undefined() -> None:
    scenario = {
        "learners": 20,
        "weeks": 40,
        "communities": {"left": {"share": 0.5}, "right": {"share": 0.5, "design": {"hazard": 1.0}}},
        "context": {"staying": {"comeback": 0.0}},
    }
    groups: Any = simulate(load(scenario)).by_group()
    gone = groups["community"]["right"]
    assert (gone["learners"], gone["retention"], gone["apprenance_prevalence"]) == (10.0, 0.0, 0.0)
    assert gone["persistence"] is None
    assert gone["apprenance"] is None
    assert gone["skill_gain"] is not None
