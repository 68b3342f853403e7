"""Withdrawal: a cohort by hand, Weibull's shape of cohorts drawn from it, and cohorts that tell nothing."""

from __future__ import annotations

from math import isnan
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from ecosim.records.types import Withdrawals
from ecosim.records.withdrawal import by_week, survival, weibull, weibull_shape, withdrawn_share, worst_weeks_share

from .made import WITHDRAWALS, share_or_none, shuffled

BY_HAND = Withdrawals(np.array([0, 0, 0, 2, 2, 3, 4, -1, -1, -1]), 5)
RNG = np.random.default_rng(5)


def cohort(shape: float, scale: float, learners: int, weeks: int) -> Withdrawals:
    """Return when learners withdraw whose time of withdrawal is Weibull's."""
    time = scale * RNG.weibull(shape, learners)
    return Withdrawals(np.where(time < weeks, time, -1.0).astype(int), weeks)


def test_a_cohort_by_hand() -> None:
    assert withdrawn_share(BY_HAND) == pytest.approx(0.7)
    assert by_week(BY_HAND).tolist() == [3, 0, 2, 1, 1]
    assert survival(BY_HAND) == pytest.approx([0.7, 0.7, 0.5, 0.4, 0.3])
    assert worst_weeks_share(BY_HAND) == pytest.approx(6 / 7)
    assert worst_weeks_share(BY_HAND, 1) == pytest.approx(3 / 7)


def test_who_withdraws_after_the_end_does_so_in_the_last_week() -> None:
    assert by_week(Withdrawals(np.array([1, 7]), 4)).tolist() == [0, 1, 0, 1]


@pytest.mark.parametrize("shape", [0.4, 0.7, 1.0, 1.8])
def test_the_shape_that_a_cohort_was_drawn_from_is_found(shape: float) -> None:
    found = weibull(cohort(shape, 60.0, 20000, 30))
    assert found.shape == pytest.approx(shape, rel=0.04)
    assert found.scale == pytest.approx(60.0, rel=0.1)


def test_a_constant_hazard_has_shape_one_in_closed_form() -> None:
    counts = [512, 256, 128, 64, 32, 16, 8, 8]  # half of those still there each week
    week = np.repeat(np.arange(8), counts)
    week[-8:] = -1
    found = weibull(Withdrawals(week, 7))
    assert found.shape == pytest.approx(1.0, abs=1e-6)
    assert found.scale == pytest.approx(1.0 / np.log(2.0), abs=1e-6)


def test_no_point_on_a_grid_is_likelier_than_the_estimate() -> None:
    record = cohort(0.8, 80.0, 300, 20)
    best = weibull(record)

    def likelihood(shape: float, scale: float) -> float:
        there = np.exp(-((np.arange(21) / scale) ** shape))
        stayed = np.count_nonzero(record.week < 0)
        return float(by_week(record) @ np.log(there[:-1] - there[1:]) + stayed * np.log(there[-1]))

    top = likelihood(*best)
    assert all(
        likelihood(best.shape * a, best.scale * b) <= top + 1e-9 for a in (0.9, 1.0, 1.1) for b in (0.8, 1.0, 1.2)
    )


@given(WITHDRAWALS)
def test_whatever_the_cohort_shares_are_shares_and_survival_falls(record: Withdrawals) -> None:
    assert share_or_none(withdrawn_share(record)) and share_or_none(worst_weeks_share(record))
    there = survival(record)
    assert there.shape == (10,) and (isnan(there[0]) or (np.diff(there) <= 1e-12).all())
    shape = weibull_shape(record)
    assert isnan(shape) or shape > 0.0


@given(WITHDRAWALS)
def test_neither_the_order_of_learners_nor_their_doubles_change_the_shape(record: Withdrawals) -> None:
    twice = Withdrawals(np.tile(record.week[shuffled(record.week.size)], 2), record.weeks)
    assert weibull_shape(twice) == pytest.approx(weibull_shape(record), rel=1e-4, nan_ok=True)
    assert worst_weeks_share(twice) == pytest.approx(worst_weeks_share(record), nan_ok=True)


@pytest.mark.parametrize("week", [[], [-1, -1], [3, 3, -1], [3, 3]])
def test_withdrawals_in_one_week_tell_no_shape(week: list[int]) -> None:
    assert all(map(isnan, weibull(Withdrawals(np.array(week, int), 5))))


def test_everybody_may_withdraw() -> None:
    found: Any = weibull(Withdrawals(np.array([0, 1, 1, 2, 2, 2, 3]), 4))
    assert found.shape > 1.0 and np.isfinite(found.scale)
