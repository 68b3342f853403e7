"""Metrics that compare a run with the same run without an event."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from ecosim.errors import UsageError
from ecosim.model.metrics import METRICS, wanted
from ecosim.model.run import simulate, without
from ecosim.scenario.resolve import load

SMALL: dict[str, Any] = {"learners": 60, "weeks": 24}
SHOCK = {"week": 6, "do": "shock", "weeks": 2, "share": 0.5}
WITHDRAW = {"week": 10, "do": "withdraw", "levers": ["facilitation"]}


def active(*weeks: float, events: tuple[Any, ...] = ()) -> Any:
    """Return what the metrics need of an engine: who was active in each week."""
    return SimpleNamespace(
        week=len(weeks),
        log=SimpleNamespace(active=np.array(weeks, float)),
        scenario=SimpleNamespace(weeks=len(weeks), events=list(events)),
    )


def shock(week: int, weeks: int = 1) -> Any:
    """Return a shock."""
    return SimpleNamespace(do="shock", week=week, weeks=weeks)


def test_carry_over_by_hand() -> None:
    kept, supported = active(9, 9, 1, 2, 3, 4), active(9, 9, 5, 5, 5, 5)
    assert METRICS["carry_over"].value(kept, other=supported) == 0.5
    assert METRICS["carry_over"].value(active(1, 1), other=active(2, 2)) == 0.5
    assert np.isnan(METRICS["carry_over"].value(active(1, 0, 0, 0, 0), other=active(1, 0, 0, 0, 0)))


def test_reproduction_by_hand() -> None:
    struck, calm = active(5, 9, 9, 7, 6, 5, events=(shock(1, 2),)), active(5, 5, 5, 5, 5, 5)
    assert METRICS["reproduction"].value(struck, other=calm) == 2.0 / 8.0
    assert np.isnan(METRICS["reproduction_12"].value(struck, other=calm))  # not twelve weeks after it


def test_reproduction_in_twelve_weeks_by_hand() -> None:
    struck, calm = active(8, *[6] * 12, 5, events=(shock(0),)), active(*[5] * 14)
    assert METRICS["reproduction_12"].value(struck, other=calm) == 12.0 / 3.0


def test_reproduction_is_undefined_where_another_shock_falls_into_its_weeks() -> None:
    struck = active(5, 9, 9, 7, 6, 5, events=(shock(3), shock(1)))
    assert METRICS["reproduction"].value(struck, other=active(*[5] * 6)) == 4.0 / 4.0
    struck = active(5, 9, 9, 7, 6, 5, events=(shock(2), shock(1)))
    assert np.isnan(METRICS["reproduction"].value(struck, other=active(*[5] * 6)))


def test_the_other_run_is_the_same_until_the_event() -> None:
    loaded = load(SMALL | {"events": [SHOCK, WITHDRAW]})
    run = simulate(loaded, replicate=2)
    for kind, week in (("shock", 6), ("withdraw", 10)):
        other = without(kind, loaded, 2)
        assert [event.do for event in other.scenario.events] == [{"shock": "withdraw", "withdraw": "shock"}[kind]]
        np.testing.assert_array_equal(other.log.active[:week], run.engine.log.active[:week])
        assert not np.array_equal(other.log.active, run.engine.log.active)


def test_a_run_makes_its_own_comparison() -> None:
    loaded = load(SMALL | {"events": [SHOCK, WITHDRAW]})
    run = simulate(loaded, replicate=2)
    calm, supported = without("shock", loaded, 2).log.active, without("withdraw", loaded, 2).log.active
    extra = run.engine.log.active - calm
    assert run.summary["carry_over"] == run.engine.log.active[-4:].sum() / supported[-4:].sum()
    assert run.summary["reproduction"] == extra[8] / extra[6:8].sum()
    assert run.summary["reproduction_12"] == extra[8:20].sum() / extra[6:8].sum()
    assert extra[6:8].sum() > 0


@pytest.mark.parametrize(
    ("asked", "events", "expected"),
    [
        ([], [], set()),
        ([], [SHOCK], {"reproduction", "reproduction_12"}),
        ([], [WITHDRAW], {"carry_over"}),
        ([], [WITHDRAW | {"week": 30}], set()),
        (["retention"], [WITHDRAW], set()),
        (["carry_over"], [WITHDRAW, SHOCK], {"carry_over"}),
        (["carry_over"], [], {"carry_over"}),
    ],
)
def test_what_is_compared_where(asked: list[str], events: list[Any], expected: set[str]) -> None:
    scenario = load(SMALL | {"events": events, "metrics": asked}).scenario
    assert {each.key for each in wanted(scenario) if each.metric.counterfactual} == expected


def test_a_comparison_that_is_asked_for_without_its_event_is_undefined() -> None:
    assert simulate(load({"learners": 10, "weeks": 3, "metrics": ["carry_over"]})).summary["carry_over"] is None


def test_a_run_with_human_choices_is_compared_with_no_other() -> None:
    loaded = load({"learners": 10, "weeks": 6, "events": [WITHDRAW | {"week": 2}]})
    assert simulate(loaded).summary["carry_over"] is not None
    assert simulate(loaded, choices={1: {0: {"artefact": None}}}).summary["carry_over"] is None


def test_what_is_asked_for_comes_first_and_costly_metrics_only_then() -> None:
    asked = ["clustering", {"name": "mean_flow", "over": "last_quarter"}, "retention", "mean_flow"]
    found = wanted(load({"metrics": asked}).scenario)
    assert [each.key for each in found[:4]] == ["clustering", "mean_flow_last_quarter", "retention", "mean_flow"]
    assert [each.asked for each in found[:5]] == [True, True, True, True, False]
    assert [each.key for each in found].count("mean_flow") == 1
    assert "modularity" not in {each.key for each in found}
    assert found[1].label() == "flow, last quarter"
    assert found[1].label("fr") == "flow, dernier quart"
    assert found[3].label() == "flow"


def test_a_metric_of_some_weeks_has_a_key_and_a_label_of_its_own() -> None:
    found = wanted(load({"metrics": [{"name": "participation", "over": [0, 11]}]}).scenario)[0]
    assert found.key == "participation_weeks_0_11"
    assert found.label("en") == "participation, weeks 0 to 11"
    assert found.label("fr") == "participation, semaines 0 à 11"


def test_the_last_quarter_of_one_value_is_refused_before_the_run() -> None:
    loaded = load({"metrics": [{"name": "hazard_shape", "over": "last_quarter"}]})
    with pytest.raises(UsageError, match="hazard_shape has one value a run"):
        simulate(loaded)
