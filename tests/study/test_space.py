"""Axes and points: every value within its bounds, equal shares for equal values, the same seed the same points."""

from __future__ import annotations

import json
import math
from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosim.study.plan.space import Axis, Points, cell

from .worlds import study

UNIT = st.floats(0.0, 1.0)
NUMBER = st.floats(-1e9, 1e9)
LEVELS = st.lists(st.one_of(st.integers(-5, 5), st.text(max_size=3), st.floats(-3, 3)), min_size=1, max_size=9)


@given(low=NUMBER, width=st.floats(1e-6, 1e9), u=UNIT)
def test_a_linear_axis_keeps_its_bounds(low: float, width: float, u: float) -> None:
    axis = Axis("x", low, low + width)
    assert axis.low <= axis.value(u) <= axis.high


@given(low=st.floats(1e-12, 1e6), ratio=st.floats(1.000001, 1e12), u=UNIT, whole=st.booleans())
def test_a_logarithmic_axis_keeps_its_bounds(low: float, ratio: float, u: float, whole: bool) -> None:
    low, high = (max(1.0, round(low)), max(2.0, round(low * ratio) + 1.0)) if whole else (low, low * ratio)
    value = Axis("x", low, high, log=True, whole=whole).value(u)
    assert low <= value <= high
    assert isinstance(value, int) == whole


@given(low=st.integers(-1000, 1000), width=st.integers(1, 1000), u=UNIT)
def test_a_whole_axis_gives_whole_numbers_within_its_bounds(low: int, width: int, u: float) -> None:
    value = Axis("x", float(low), float(low + width), whole=True).value(u)
    assert isinstance(value, int)
    assert low <= value <= low + width


@given(levels=LEVELS, u=UNIT)
def test_an_axis_of_levels_gives_its_levels(levels: list[Any], u: float) -> None:
    assert Axis("x", levels=tuple(levels)).value(u) in levels


@pytest.mark.parametrize(("low", "high"), [(0, 1), (2, 9), (-3, 3), (1, 100)])
def test_every_whole_number_is_as_likely_as_every_other(low: int, high: int) -> None:
    count = high - low + 1
    axis = Axis("x", float(low), float(high), whole=True)
    found = Counter(axis.value((k + 0.5) / (100 * count)) for k in range(100 * count))
    assert found == dict.fromkeys(range(low, high + 1), 100)


@pytest.mark.parametrize("count", [1, 2, 3, 7, 10])
def test_every_level_is_as_likely_as_every_other(count: int) -> None:
    axis = Axis("x", levels=tuple(f"level {k}" for k in range(count)))
    found = Counter(axis.value((k + 0.5) / (100 * count)) for k in range(100 * count))
    assert set(found.values()) == {100}
    assert len(found) == count


def test_the_ends_of_the_unit_interval_are_the_ends_of_the_range() -> None:
    for axis in (Axis("x", 0.03, 0.12), Axis("x", 0.03, 0.12, log=True), Axis("x", 3.0, 12.0, whole=True)):
        assert (axis.value(0.0), axis.value(1.0)) == (axis.low, axis.high)


def test_the_middle_of_a_logarithmic_axis_is_the_geometric_mean() -> None:
    assert Axis("x", 0.01, 1.0, log=True).value(0.5) == pytest.approx(0.1, rel=1e-12)
    assert Axis("x", 0.01, 1.0).value(0.5) == pytest.approx(0.505, rel=1e-12)


@given(low=st.floats(1e-3, 1e3), ratio=st.floats(1.1, 1e3), u=UNIT, log=st.booleans())
def test_where_a_value_lies_leads_back_to_the_value(low: float, ratio: float, u: float, log: bool) -> None:
    axis = Axis("x", low, low * ratio, log=log)
    assert math.isclose(axis.unit(axis.value(u)), u, abs_tol=1e-9)


@given(levels=LEVELS)
def test_a_grid_takes_every_level_in_order(levels: list[Any]) -> None:
    axis = Axis("x", levels=tuple(levels))
    assert [axis.value(float(u)) for u in axis.spread()] == levels


def test_a_grid_takes_both_ends_and_equal_steps() -> None:
    axis = Axis("x", 1.0, 3.0, steps=5)
    assert [axis.value(float(u)) for u in axis.spread()] == [1.0, 1.5, 2.0, 2.5, 3.0]
    log = Axis("x", 1.0, 100.0, log=True, steps=3)
    np.testing.assert_allclose([log.value(float(u)) for u in log.spread()], [1.0, 10.0, 100.0], rtol=1e-12)


def test_a_grid_over_whole_numbers_takes_them_in_even_steps() -> None:
    axis = Axis("x", 2.0, 6.0, whole=True, steps=5)
    assert [axis.value(float(u)) for u in axis.spread()] == [2, 3, 4, 5, 6]
    few = Axis("x", 2.0, 10.0, whole=True, steps=3)
    assert [few.value(float(u)) for u in few.spread()] == [2, 6, 10]


def test_only_axes_of_numbers_have_an_order() -> None:
    assert Axis("x", 0.0, 1.0).ordered
    assert Axis("x", levels=(0.1, 2)).ordered
    assert not Axis("x", levels=("a", "b")).ordered
    assert not Axis("x", levels=(True, False)).ordered
    assert not Axis("x", levels=(0.1, [[0, 1]])).ordered


def test_the_origin_sets_nothing_and_comes_first() -> None:
    points = Points((Axis("a"), Axis("b")), np.array([[0.25, 0.5], [1.0, 0.0]]), origin=True)
    assert len(points) == 3
    assert [points.settings(k) for k in range(3)] == [{}, {"a": 0.25, "b": 0.5}, {"a": 1.0, "b": 0.0}]
    assert points.cells(0) == [None, None]


def test_listed_points_are_as_they_are_listed() -> None:
    points = Points((Axis("a"), Axis("b")), listed=[{"a": 1, "b": [[0, 1]]}, {"b": True, "a": "x"}])
    assert points.settings(1) == {"a": "x", "b": True}
    assert points.cells(0) == [1, "[[0, 1]]"]
    assert points.cells(1) == ["x", "true"]


@given(value=st.recursive(st.one_of(st.booleans(), st.integers(), st.text(), st.floats(allow_nan=False)), st.lists))
def test_a_cell_is_a_number_a_word_or_json(value: Any) -> None:
    made = cell(value)
    plain = isinstance(value, int | float | str) and not isinstance(value, bool)
    assert made == value if plain else json.loads(str(made)) == value


def test_a_whole_lever_is_a_whole_axis_and_others_are_not() -> None:
    asked = study(
        vary={
            "learners": {"min": 5, "max": 9},
            "design.forced_collaboration": {"min": 0, "max": 1},
            "design.hazard": {"min": 0.01, "max": 1, "scale": "log"},
        },
        method={"kind": "lhs", "samples": 40},
    )
    learners, forced, hazard = asked.points.axes
    assert (learners.whole, forced.whole, hazard.whole) == (True, True, False)
    assert hazard.log
    found = [asked.points.settings(k) for k in range(40)]
    assert {each["learners"] for each in found} == {5, 6, 7, 8, 9}
    assert {each["design.forced_collaboration"] for each in found} == {0, 1}


def test_arrivals_may_vary_by_their_short_name() -> None:
    levels = [{"kind": "start"}, {"kind": "uniform", "until": 1}]
    asked = study(vary={"arrivals": {"levels": levels}}, method={"kind": "grid"})
    assert [asked.points.settings(k)["arrivals"] for k in range(2)] == levels
    assert asked.arms[0].recipe.loaded(asked.points.settings(1)).scenario.context.arrivals.kind == "uniform"
