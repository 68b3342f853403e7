"""Which parameters statistics tell anything about: on statistics that are made up, so that the answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from ecosim.calibration.screening import Told, design, tell
from ecosim.study.plan.space import Axis

AXES = (Axis("strong"), Axis("weak"), Axis("none"))
POINTS = 200


@pytest.fixture(scope="module")
def told() -> dict[str, Told]:
    """Return what is told of three parameters: one that shows, one under much noise, and one that does nothing."""
    units = design(AXES, POINTS, 1)
    noise = np.random.default_rng(2).normal(size=(POINTS, 3))
    found = np.column_stack([
        units[:, 0] ** 2 + 0.02 * noise[:, 0], units[:, 1] + 1.5 * noise[:, 1], noise[:, 2], np.ones(POINTS),
    ])  # fmt: skip
    made = tell(AXES, units, found, ["square", "noisy", "noise", "constant"], 0.3, 5)
    return {each.path: each for each in made}


def test_a_parameter_that_shows_is_fitted(told: dict[str, Told]) -> None:
    assert told["strong"].fitted
    assert told["strong"].r2 > 0.9
    assert told["strong"].low < told["strong"].r2 < told["strong"].high
    assert told["strong"].strongest == ("square", pytest.approx(0.99, abs=0.01))


def test_one_that_hardly_shows_is_not(told: dict[str, Told]) -> None:
    assert not told["weak"].fitted
    assert told["weak"].r2 < 0.1
    assert told["weak"].strongest[0] == "noisy"


def test_one_that_does_nothing_is_not_either(told: dict[str, Told]) -> None:
    assert not told["none"].fitted
    assert told["none"].r2 < 0.1
    assert told["none"].high < 0.3


def test_a_statistic_that_does_not_move_has_no_correlation(told: dict[str, Told]) -> None:
    assert np.isnan(told["strong"].moves["constant"])


def test_that_a_statistic_is_undefined_tells_something_too() -> None:
    units = design(AXES[:1], POINTS, 1)
    found = np.where(units < 0.5, 1.0, np.nan)
    (each,) = tell(AXES[:1], units, found, ["here or there"], 0.3, 5)
    assert each.r2 == pytest.approx(0.75, abs=0.03)  # which half it lies in is known: a quarter of the variance is left
    assert each.strongest == ("", pytest.approx(float("nan"), nan_ok=True))


def test_nothing_is_told_where_nothing_moves() -> None:
    units = design(AXES, 40, 1)
    assert [each.fitted for each in tell(AXES, units, np.full((40, 1), np.nan), ["none"], 0.3, 5)] == [False] * 3


def test_the_same_seed_tells_the_same() -> None:
    units = design(AXES, 60, 1)
    found = units @ np.ones((3, 1))
    assert tell(AXES, units, found, ["sum"], 0.3, 5) == tell(AXES, units, found, ["sum"], 0.3, 5)
