"""Activity from week to week: two learners by hand, a naive recount, memoryless cohorts, and empty ones."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan, log, log1p, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosim.records.activity import (
    active_share,
    click_gini,
    early_completion,
    enrolled,
    icc_log_clicks,
    lag1_log_clicks,
    return_active,
    stay_active,
)
from ecosim.records.types import Panel

from .made import panels, share_or_none, shuffled

ALL: list[Callable[[Panel], float]] = [
    stay_active, return_active, click_gini, icc_log_clicks, lag1_log_clicks, early_completion,
]  # fmt: skip
RNG = np.random.default_rng(7)


def panel(clicks: list[list[int]], left: list[int], completed: list[bool] | None = None) -> Panel:
    """Return a panel without a forum."""
    logged = np.array(clicks)
    return Panel(logged, np.zeros_like(logged), np.array(left), np.array(completed or [False] * len(left)))


BY_HAND = panel([[1, 0, 2, 2], [3, 3, 0, 9], [0, 0, 0, 0]], [-1, 2, -1])


def test_three_learners_by_hand() -> None:
    assert enrolled(BY_HAND).tolist() == [[True] * 4, [True, True, False, False], [True] * 4]
    assert stay_active(BY_HAND) == pytest.approx(2 / 3)  # 1: lost, kept; 2: kept, then she withdraws
    assert return_active(BY_HAND) == pytest.approx(1 / 4)
    assert active_share(BY_HAND) == pytest.approx([2 / 3, 1 / 3, 1 / 2, 1 / 2])
    assert click_gini(BY_HAND) == pytest.approx((2 * 0 * -1 + 2 * 15) / (3 * 20))


@given(panels(), st.data())
def test_who_comes_later_is_not_asked_for_until_then(record: Panel, data: st.DataObject) -> None:
    people, weeks = record.clicks.shape
    entered = np.array([data.draw(st.integers(0, weeks - 1)) for _ in range(people)], int)
    late, asked = record._replace(entered=entered), {True: [], False: []}
    for i in range(people):
        last = weeks if record.left[i] < 0 else min(weeks, record.left[i])
        for week in range(entered[i], last - 1):
            asked[bool(record.clicks[i, week] > 0)].append(bool(record.clicks[i, week + 1] > 0))
    for found, wanted in ((stay_active(late), asked[True]), (return_active(late), asked[False])):
        assert isnan(found) if not wanted else found == pytest.approx(sum(wanted) / len(wanted))


def test_variance_between_and_within_by_hand() -> None:
    made = panel([[0, 0], [1, 3]], [-1, -1])
    means, logs = [0.0, 0.5 * (log(2) + log(4))], [0.0, 0.0, log(2), log(4)]
    assert icc_log_clicks(made) == pytest.approx(np.var(means) / np.var(logs))
    assert lag1_log_clicks(made) == pytest.approx(-1.0)


@given(panels())
def test_whatever_the_cohort_measures_stay_in_their_range(record: Panel) -> None:
    assert all(map(share_or_none, [stay_active(record), return_active(record), click_gini(record)]))
    assert share_or_none(icc_log_clicks(record)) or icc_log_clicks(record) <= 1.0 + 1e-12
    assert all(isnan(each) or -1.0 <= each <= 1.0 for each in (lag1_log_clicks(record), early_completion(record)))
    assert active_share(record).shape == (record.clicks.shape[1],)


@pytest.mark.parametrize("measure", ALL)
@given(panels(least=2))
def test_neither_the_order_of_learners_nor_their_doubles_change_it(
    measure: Callable[[Panel], float], record: Panel
) -> None:
    order = np.tile(shuffled(len(record.left)), 2)
    twice = Panel(*(each[order] for each in record if each is not None))
    assert measure(twice) == pytest.approx(measure(record), abs=1e-9, nan_ok=True)


@given(panels())
def test_coming_back_is_what_counting_one_by_one_gives(record: Panel) -> None:
    cases: dict[bool, list[bool]] = {True: [], False: []}
    for learner, left in enumerate(record.left):
        for week in range(record.clicks.shape[1] - 1):
            if left < 0 or left > week + 1:
                cases[bool(record.clicks[learner, week])].append(bool(record.clicks[learner, week + 1]))
    for measure, before in ((stay_active, True), (return_active, False)):
        expected = sum(cases[before]) / len(cases[before]) if cases[before] else nan
        assert measure(record) == pytest.approx(expected, nan_ok=True)


@given(panels(least=2))
def test_persistence_is_what_correlating_plain_lists_gives(record: Panel) -> None:
    now, after = [], []
    for row in record.clicks:
        logs = [log1p(each) for each in row]
        centre = sum(logs) / len(logs)
        now += [each - centre for each in logs[:-1]]
        after += [each - centre for each in logs[1:]]
    if isnan(lag1_log_clicks(record)):
        assert min(np.std(now), np.std(after)) < 1e-9
    else:
        assert lag1_log_clicks(record) == pytest.approx(np.corrcoef(now, after)[0, 1], abs=1e-9)


def test_learners_all_alike_and_without_memory_have_neither_trait_nor_inertia() -> None:
    clicks = RNG.poisson(3.0, (2000, 30))
    made = Panel(clicks, clicks * 0, np.full(2000, -1), RNG.random(2000) < 0.5)
    assert icc_log_clicks(made) == pytest.approx(1 / 30, abs=0.005)
    assert lag1_log_clicks(made) == pytest.approx(-1 / 30, abs=0.01)
    assert stay_active(made) == pytest.approx(return_active(made), abs=0.03)
    assert early_completion(made) == pytest.approx(0.0, abs=0.07)


def test_early_clicks_foretell_completion_where_it_is_theirs() -> None:
    clicks = np.arange(40).reshape(10, 4)
    made = Panel(clicks, clicks * 0, np.full(10, -1), np.arange(10) > 4)
    assert early_completion(made) == pytest.approx(0.8703882797784892)
    assert isnan(early_completion(made._replace(completed=np.ones(10, bool))))


def test_nobody_and_nobody_active_tell_nothing() -> None:
    nobody = Panel(np.zeros((0, 5), int), np.zeros((0, 5), int), np.zeros(0, int), np.zeros(0, bool))
    assert all(isnan(measure(nobody)) for measure in ALL)
    idle = panel([[0, 0, 0]] * 4, [-1] * 4)
    assert return_active(idle) == 0.0
    assert all(isnan(measure(idle)) for measure in ALL if measure is not return_active)
