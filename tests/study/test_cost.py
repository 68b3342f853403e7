"""What a design costs is the sum of its schedule, withdrawals and communities included."""

from __future__ import annotations

from typing import Any

import pytest

from ecosim.scenario.resolve import load
from ecosim.study.findings import Findings
from ecosim.study.statistics.cost import cost_of
from ecosim.study.statistics.expectations import Values

from .worlds import study


def cost(**parts: Any) -> tuple[float, float]:
    """Return what a scenario of ten weeks costs."""
    return tuple(cost_of(load({"title": "a", "weeks": 10, "learners": 20, **parts}).scenario))


@pytest.mark.parametrize(
    ("facilitation", "weeks"),
    [
        (0.3, 3.0),
        (0.0, 0.0),
        ([[0, 1.0], [4, 1.0], [5, 0.0]], 5.0),
        ([[0, 0.0], [9, 0.9]], 4.5),
        (
            {"fade": "linear", "from": 0.8, "until": 8},
            0.8 * (1 + 7 / 8 + 6 / 8 + 5 / 8 + 4 / 8 + 3 / 8 + 2 / 8 + 1 / 8),
        ),
    ],
)
def test_the_cost_is_the_sum_of_the_schedule(facilitation: Any, weeks: float) -> None:
    assert cost(design={"facilitation": facilitation, "incentive": 0.0}) == pytest.approx((weeks, 0.0))
    assert cost(design={"facilitation": 0.0, "incentive": facilitation}) == pytest.approx((0.0, weeks))


def test_what_is_withdrawn_costs_no_more() -> None:
    events = [{"week": 4, "do": "withdraw", "levers": ["facilitation", "incentive"]}]
    assert cost(design={"facilitation": 0.5, "incentive": 0.2}, events=events) == pytest.approx((2.0, 0.8))
    to = [{"week": 4, "do": "withdraw", "levers": ["facilitation"], "to": 0.1}]
    assert cost(design={"facilitation": 0.5, "incentive": 0.2}, events=to) == pytest.approx((2.6, 2.0))


def test_every_community_costs() -> None:
    communities = {
        "one": {"share": 0.5, "design": {"facilitation": 0.5}},
        "other": {"share": 0.5, "design": {"incentive": 0.3}},
    }
    found = cost(design={"facilitation": 0.1, "incentive": 0.0}, communities=communities)
    assert found == pytest.approx((5.0 + 1.0, 3.0))


def test_the_costs_of_a_study_are_those_of_its_designs() -> None:
    asked = study(
        {"weeks": 10}, designs={"a": {"design": {"facilitation": 0.3}}, "b": {"design": {"facilitation": 0.5}}}
    )
    costs = Findings(asked, Values(None, None), [], {}, [], True).costs
    assert [costs[name]["facilitator_weeks"] for name in ("a", "b")] == pytest.approx([3.0, 5.0])
