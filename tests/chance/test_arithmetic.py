"""Our own exp, log and power against the C library's, over the whole range in which the model may call them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosim.chance import exp, log, power, sigma


def ulps(found: float, right: float) -> float:
    """Return the distance of two numbers in units in the last place of the right one."""
    return abs(found - right) / math.ulp(right)


@given(st.floats(-700.0, 700.0))
def test_exp(x: float) -> None:
    assert ulps(exp(x), math.exp(x)) <= 1.6  # ours is within 1.1, the library's within 0.5


def test_exp_all_along() -> None:
    worst = max(ulps(exp(float(x)), math.exp(float(x))) for x in np.linspace(-700.0, 700.0, 20_001))
    assert worst <= 1.6


def test_exp_of_nothing_is_one() -> None:
    assert exp(0.0) == 1.0
    assert exp(-0.0) == 1.0


@pytest.mark.parametrize("x", [700.5, 1e6, 1e300])
def test_exp_is_clamped(x: float) -> None:
    assert exp(x) == exp(700.0)
    assert exp(-x) == exp(-700.0) > 0.0


@given(st.floats(2.2250738585072014e-308, 1.7e308))
def test_log(x: float) -> None:
    right = math.log(x)
    assert abs(log(x) - right) <= 2.6 * math.ulp(right) + 1e-17


def test_log_near_one() -> None:
    """Where ln x is small its last places still hold."""
    for k in range(1, 53):
        for x in (1.0 + 2.0**-k, 1.0 - 2.0 ** -(k + 1)):
            assert ulps(log(x), math.log(x)) <= 2.6
    assert log(1.0) == 0.0


@given(st.floats(1e-12, 1e12), st.floats(-3.0, 3.0))
def test_power(x: float, y: float) -> None:
    assert power(x, y) == pytest.approx(math.pow(x, y), rel=2e-14)


@given(st.floats(-600.0, 600.0))
def test_sigma(x: float) -> None:
    assert sigma(x) == pytest.approx(1.0 / (1.0 + math.exp(-x)), rel=1e-15)
    assert sigma(x) + sigma(-x) == pytest.approx(1.0, abs=1e-15)


def test_sigma_far_out_is_a_share() -> None:
    for x in (-1e9, -701.0, 701.0, 1e9):
        assert 0.0 <= sigma(x) <= 1.0
    assert sigma(0.0) == 0.5


@given(st.floats(-700.0, 700.0), st.floats(-700.0, 700.0))
def test_exp_and_log_keep_the_order(a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert exp(low) <= exp(high)
    assert log(exp(low)) == pytest.approx(low, abs=1e-13)
