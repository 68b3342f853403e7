"""Ratios of odds and hazards: closed forms, brute force, confounding that adjustment removes, and separation."""

from __future__ import annotations

from math import exp, isnan, log, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from scipy import optimize

from ecosim.records.regression import UNDEFINED, Ratio, hazard_ratio, logistic_ratio, odds_ratio
from ecosim.records.staying_on import forum_withdrawal
from ecosim.records.types import Panel

from .made import panels, shuffled

RNG = np.random.default_rng(11)


def cases(both: int, only: int, happened: int, neither: int) -> tuple[Any, Any]:
    """Return (exposed, outcome) of a two by two table."""
    exposed = np.repeat([True, True, False, False], [both, only, happened, neither])
    return exposed, np.repeat([True, False, True, False], [both, only, happened, neither])


def test_the_odds_ratio_of_a_table_by_hand() -> None:
    found = odds_ratio(*cases(86, 103, 73, 158))
    assert found.value == pytest.approx(86.5 * 158.5 / (103.5 * 73.5), rel=1e-12)
    error = sqrt(1 / 86.5 + 1 / 103.5 + 1 / 73.5 + 1 / 158.5)
    assert found.low == pytest.approx(found.value * exp(-1.959964 * error))
    assert found.high == pytest.approx(found.value * exp(1.959964 * error))


def test_an_empty_cell_leaves_it_finite_an_empty_margin_does_not() -> None:
    assert odds_ratio(*cases(4, 0, 3, 5)).value == pytest.approx(4.5 * 5.5 / (0.5 * 3.5))
    for table in ((0, 0, 3, 5), (3, 5, 0, 0), (3, 0, 5, 0), (0, 3, 0, 5), (0, 0, 0, 0)):
        assert all(map(isnan, odds_ratio(*cases(*table))))


def test_the_logistic_ratio_of_one_exposure_is_that_of_the_table() -> None:
    exposed, outcome = cases(30, 20, 25, 60)
    assert logistic_ratio(outcome, exposed).value == pytest.approx(30 * 60 / (20 * 25), rel=1e-8)


def test_adjustment_removes_what_activity_alone_brings_about() -> None:
    covered = []
    for _ in range(100):
        activity = RNG.normal(size=1000)
        chance = 1.0 / (1.0 + np.exp(-2.0 * activity))
        exposed, outcome = RNG.random((2, 1000)) < chance
        assert odds_ratio(exposed, outcome).low > 2.0
        adjusted = logistic_ratio(outcome, exposed, activity)
        covered.append(adjusted.low < 1.0 < adjusted.high)
    assert np.mean(covered) == pytest.approx(0.95, abs=0.05)


def test_a_hazard_ratio_is_where_efrons_likelihood_is_highest() -> None:
    time = np.array([1, 1, 1, 2, 2, 3, 4, 4, 5, 5])
    happened = np.array([1, 1, 0, 1, 1, 0, 1, 1, 0, 0], bool)
    exposed = np.array([1, 0, 1, 1, 0, 0, 1, 0, 0, 1], bool)

    def surprise(beta: float) -> float:
        risk, total = np.exp(beta * exposed), 0.0
        for each in np.unique(time[happened]):
            tied = (time == each) & happened
            total += beta * exposed[tied].sum()
            for place in range(tied.sum()):
                total -= log(risk[time >= each].sum() - place / tied.sum() * risk[tied].sum())
        return -total

    best = optimize.minimize_scalar(surprise, bounds=(-5.0, 5.0), method="bounded", options={"xatol": 1e-10}).x
    assert hazard_ratio(time, happened, exposed).value == pytest.approx(exp(best), rel=1e-6)


def test_a_hazard_that_exposure_halves_is_found() -> None:
    exposed = RNG.random(8000) < 0.5
    time = RNG.exponential(np.where(exposed, 20.0, 10.0)).round() + 1.0
    found = hazard_ratio(np.minimum(time, 30.0), time < 30.0, exposed)
    assert found.low < 0.5 < found.high and found.high - found.low < 0.1


@pytest.mark.parametrize("column", [np.zeros(8), np.ones(8)])
def test_a_column_that_is_the_same_for_all_tells_nothing(column: Any) -> None:
    happened = np.arange(8) % 2 == 0
    assert all(map(isnan, logistic_ratio(happened, column)))
    assert all(map(isnan, hazard_ratio(np.arange(8) + 1, happened, column)))


def test_an_exposure_that_settles_the_outcome_has_no_ratio() -> None:
    outcome = np.arange(20) > 9
    other = RNG.normal(size=20)
    assert all(map(isnan, logistic_ratio(outcome, outcome, other)))
    assert all(map(isnan, logistic_ratio(outcome, np.arange(20) > 14, other)))
    assert all(map(isnan, hazard_ratio(np.arange(20) + 1, np.arange(20) < 5, outcome)))


def test_columns_that_repeat_each_other_have_no_ratio() -> None:
    exposed, outcome = cases(30, 20, 25, 60)
    assert all(map(isnan, logistic_ratio(outcome, exposed, exposed * 2.0)))


@given(panels())
def test_forum_and_withdrawal_of_any_cohort(record: Panel) -> None:
    for found in forum_withdrawal(record, landmark=2):
        assert all(map(isnan, found)) or 0.0 < found.low < found.value < found.high


@given(panels())
def test_the_order_of_learners_does_not_change_a_hazard_ratio(record: Panel) -> None:
    order = shuffled(len(record.left))
    moved = Panel(*(each[order] for each in record if each is not None))
    for one, other in zip(forum_withdrawal(record, 2), forum_withdrawal(moved, 2), strict=True):
        assert one == pytest.approx(other, rel=1e-4, nan_ok=True)


def test_a_forum_used_by_the_active_only_seems_to_keep_them() -> None:
    learners = 4000
    drive = RNG.normal(size=learners)
    clicks = RNG.poisson(np.exp(1.5 + drive)[:, None], (learners, 20))
    forum = np.minimum(clicks, RNG.poisson(np.exp(-2.5 + drive)[:, None], (learners, 20)))
    time = RNG.exponential(40.0 * np.exp(drive))
    made = Panel(clicks, forum, np.where(time < 20.0, time, -1.0).astype(int), np.ones(learners, bool))
    found = forum_withdrawal(made)
    assert found.raw.high < 0.7
    assert found.adjusted.value == pytest.approx(1.0, abs=0.2)


def test_nobody_has_no_ratio() -> None:
    nobody = Panel(np.zeros((0, 5), int), np.zeros((0, 5), int), np.zeros(0, int), np.zeros(0, bool))
    assert all(map(isnan, forum_withdrawal(nobody).raw + forum_withdrawal(nobody).adjusted))
    assert isinstance(UNDEFINED, Ratio)
