"""Intention: value, preference, two separate stocks of drive, and effort."""

from __future__ import annotations

from math import exp

import pytest

from ecosim.mechanisms.intention import Intention, acting, activity, drive, mean_effort, preference, value

P = Intention()
WEIGHTS = (P.b_V, P.b_P, P.habit, P.deadline_pull)


def test_nothing_is_worth_anything_without_a_motive_or_a_possibility() -> None:
    assert value(0.0, 0.9, 0.9, P.value_floor, P.value_gain) == 0.0
    assert value(0.9, 0.0, 0.9, P.value_floor, P.value_gain) == 0.0


def test_value_of_a_possibility_at_its_mean_enjoyment_is_itself() -> None:
    assert value(0.6, 0.5, 0.5, P.value_floor, P.value_gain) == pytest.approx(0.3)
    assert value(0.6, 0.5, 0.9, P.value_floor, P.value_gain) > value(0.6, 0.5, 0.1, P.value_floor, P.value_gain) > 0.0


def test_preference_is_a_softmax() -> None:
    """Odds of two options depend on the difference of their values only."""
    odds = preference(0.5, P.sharpness) / preference(0.3, P.sharpness)
    assert odds == pytest.approx(exp(6 * 0.2))
    assert odds == pytest.approx(preference(0.2, P.sharpness) / preference(0.0, P.sharpness))
    assert preference(0.9, 0.0) == 1.0


def test_drive_adds_up_as_independent_causes_do() -> None:
    assert drive(0.0, 0.0) == 0.0
    assert drive(0.4, 0.0) == pytest.approx(0.4)
    assert drive(0.0, 0.4) == pytest.approx(0.4)
    assert drive(1.0, 0.2) == drive(0.2, 1.0) == 1.0
    assert drive(0.5, 0.5) == pytest.approx(0.75)


def test_each_reason_to_act_raises_the_odds() -> None:
    rest = activity(-1.7, 0.0, 0.5, 0.0, 0.0, *WEIGHTS)
    assert rest == -1.7
    assert activity(-1.7, 0.3, 0.5, 0.0, 0.0, *WEIGHTS) == pytest.approx(rest + 1.8)
    assert activity(-1.7, 0.0, 1.0, 0.0, 0.0, *WEIGHTS) == pytest.approx(rest + 2.3)
    assert activity(-1.7, 0.0, 0.0, 0.0, 0.0, *WEIGHTS) == pytest.approx(rest - 2.3)
    assert activity(-1.7, 0.0, 0.5, 1.0, 0.0, *WEIGHTS) == pytest.approx(rest + 1.1)
    assert activity(-1.7, 0.0, 0.5, 0.0, 1.0, *WEIGHTS) == pytest.approx(rest + 0.6)


def test_a_deadline_adds_up_with_all_else_and_may_be_without_pull() -> None:
    usual = activity(-1.7, 0.3, 0.7, 1.0, 0.0, *WEIGHTS)
    assert activity(-1.7, 0.3, 0.7, 1.0, 1.0, *WEIGHTS) == pytest.approx(usual + P.deadline_pull)
    assert activity(-1.7, 0.3, 0.7, 1.0, 1.0, *WEIGHTS[:3], 0.0) == usual


def test_acting_is_logistic() -> None:
    assert acting(0.0) == 0.5
    assert acting(-1.7) == pytest.approx(0.15447, abs=1e-5)
    assert acting(-40.0) < 1e-15 < 1 - 1e-15 < acting(40.0)


def test_effort() -> None:
    shape = (P.lambda_, P.effort_floor, P.max_effort)
    assert mean_effort(1.0, 0.5, 0.6, *shape) == pytest.approx(1.2)  # an average person of middling drive
    assert mean_effort(1.0, 0.0, 0.6, *shape) == 0.0
    assert mean_effort(1.0, 0.5, 0.0, *shape) == pytest.approx(1.2 * 0.4)
    assert mean_effort(1e9, 1.0, 1.0, *shape) == 200.0
    assert mean_effort(2.0, 0.5, 0.6, *shape) == 2 * mean_effort(1.0, 0.5, 0.6, *shape)
