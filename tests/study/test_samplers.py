"""Where points lie: every combination of a grid, one point a stratum of a Latin hypercube, balanced sequences."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosim.errors import InvalidFile
from ecosim.study.plan.document import Grid, Lhs, Morris, Sobol
from ecosim.study.plan.samplers import SAMPLERS
from ecosim.study.plan.space import Axis

from .worlds import TWO, study

AXES = (Axis("a", 0.0, 2.0), Axis("b", 1.0, 10.0, log=True), Axis("c", levels=("x", "y", "z")))
METHODS: list[Any] = [
    Lhs(kind="lhs", samples=17), Sobol(kind="sobol", base=8), Sobol(kind="sobol", base=8, second_order=True),
    Morris(kind="morris", trajectories=5),
]  # fmt: skip
VARY = {"design.choice": {"min": 0.1, "max": 0.9}, "design.hazard": {"min": 0.01, "max": 0.2}}


def rows(method: Any, axes: tuple[Axis, ...] = AXES, seed: int = 1) -> Any:
    """Return the points of a method."""
    return SAMPLERS[method.kind].rows(axes, method, seed)


def test_a_grid_is_every_combination_in_order() -> None:
    axes = (Axis("a", levels=(1, 2)), Axis("b", 0.0, 1.0, steps=3), Axis("c", levels=("x", "y")))
    found = rows(Grid(kind="grid"), axes)
    values = [tuple(axis.value(float(u)) for axis, u in zip(axes, row, strict=True)) for row in found]
    assert values == list(product((1, 2), (0.0, 0.5, 1.0), ("x", "y")))
    assert SAMPLERS["grid"].size(axes, Grid(kind="grid")) == 12


@given(samples=st.integers(2, 60), factors=st.integers(1, 6), seed=st.integers(0, 2**32 - 1))
def test_a_latin_hypercube_uses_every_part_of_every_range_once(samples: int, factors: int, seed: int) -> None:
    axes = tuple(Axis(f"x{k}") for k in range(factors))
    found = rows(Lhs(kind="lhs", samples=samples), axes, seed)
    parts = np.sort(np.floor(found * samples).astype(int), axis=0)
    np.testing.assert_array_equal(parts, np.tile(np.arange(samples)[:, None], factors))


@pytest.mark.parametrize("method", METHODS, ids=str)
def test_a_method_has_as_many_points_as_it_says_all_of_them_in_the_unit_cube(method: Any) -> None:
    found = rows(method)
    assert found.shape == (SAMPLERS[method.kind].size(AXES, method), len(AXES))
    assert 0.0 <= found.min() <= found.max() <= 1.0


def test_sobol_and_morris_have_the_sizes_of_their_books() -> None:
    assert [len(rows(each)) for each in METHODS[1:]] == [8 * 5, 8 * 8, 5 * 4]


@pytest.mark.parametrize("method", METHODS, ids=str)
def test_the_same_seed_gives_the_same_points_and_another_seed_others(method: Any) -> None:
    np.testing.assert_array_equal(rows(method), rows(method))
    assert not np.array_equal(rows(method), rows(method, seed=2))


@pytest.mark.parametrize("method", METHODS, ids=str)
def test_points_are_the_same_whatever_was_drawn_before(method: Any) -> None:
    before = rows(method)
    np.random.seed(99)
    np.random.random(7)
    np.testing.assert_array_equal(rows(method), before)


def test_a_trajectory_of_morris_moves_one_factor_at_a_time_and_each_once() -> None:
    axes = AXES[:2]
    found = rows(Morris(kind="morris", trajectories=30), axes).reshape(30, 3, 2)
    moves = np.abs(np.diff(found, axis=1)) > 1e-12
    np.testing.assert_array_equal(moves.sum(axis=2), np.ones((30, 2)))
    np.testing.assert_array_equal(moves.sum(axis=1), np.ones((30, 2)))


def test_saltellis_matrices_differ_in_one_column_each() -> None:
    found = rows(Sobol(kind="sobol", base=4)).reshape(4, 5, 3)
    for block in found:
        first, *mixed, second = block
        for factor, row in enumerate(mixed):
            expected = first.copy()
            expected[factor] = second[factor]
            np.testing.assert_array_equal(row, expected)


@pytest.mark.parametrize(
    ("vary", "method", "key"),
    [
        ({"design.choice": {"levels": [0.1, 0.9]}}, {"kind": "morris"}, "errors.study.no_step"),
        ({"learners": {"min": 5, "max": 7}}, {"kind": "morris"}, "errors.study.few_values"),
        ({"design.choice": {"min": 0.1, "max": 0.9}}, {"kind": "grid"}, "errors.study.no_steps"),
    ],
)
def test_a_method_refuses_what_it_cannot_vary(vary: dict[str, Any], method: dict[str, Any], key: str) -> None:
    with pytest.raises(InvalidFile) as caught:
        study(vary=vary, method=method)
    assert [each.key for each in caught.value.problems] == [key]


def test_a_study_lays_its_points_by_its_seed() -> None:
    def settings(**parts: Any) -> list[dict[str, Any]]:
        asked = study(vary=VARY, method={"kind": "lhs", "samples": 5}, **parts)
        return [asked.points.settings(k) for k in range(len(asked.points))]

    assert settings(seed=3) == settings(seed=3)
    assert settings(seed=3) != settings(seed=4)
    assert settings(scenario={"seed": 3}) == settings(seed=3)


def test_the_box_of_robustness_is_a_latin_hypercube_behind_the_scenario_as_it_is() -> None:
    asked = study(
        designs=TWO,
        vary={"design.choice": VARY["design.choice"]},
        method={"kind": "designs", "robustness": {"samples": 9}},
    )
    assert len(asked.points) == 10
    assert asked.points.settings(0) == {}
    parts = sorted(int((asked.points.settings(k)["design.choice"] - 0.1) / 0.8 * 9) for k in range(1, 10))
    assert parts == list(range(9))


def test_without_vary_the_box_is_that_of_all_plausible_parameters_but_those_that_a_design_sets() -> None:
    designs = {"one": {}, "other": {"context": {"learning": {"zpd": 0.2}}}}
    asked = study(designs=designs, method={"kind": "designs", "robustness": {"samples": 4}})
    paths = [axis.path for axis in asked.points.axes]
    assert "context.learning.practice" in paths
    assert "context.learning.zpd" not in paths
    assert not [path for path in paths if path.startswith("context.observation.") or not path.startswith("context.")]
    assert "context.encounter.strangers" not in paths
    for point in range(1, 5):
        asked.arms[1].recipe.loaded(asked.points.settings(point))
