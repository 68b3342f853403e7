"""Observation: apprenance is a geometric mean, so that nothing in it can be missing."""

from __future__ import annotations

import pytest

from ecosim.mechanisms.observation import own_apprenance


@pytest.mark.parametrize("missing", [0, 3])
def test_none_without_motive_or_persistence(missing: int) -> None:
    parts = [0.8, 0.8, 0.8, 0.8]
    parts[missing] = 0.0
    assert own_apprenance(*parts) == 0.0


def test_able_by_efficacy_or_by_autonomy() -> None:
    assert own_apprenance(0.8, 0.0, 0.8, 0.8) == own_apprenance(0.8, 0.8, 0.0, 0.8) > 0.0
    assert own_apprenance(0.8, 0.0, 0.0, 0.8) == 0.0


def test_it_is_the_mean_of_equal_parts() -> None:
    for level in (0.1, 0.5, 0.6, 0.9, 1.0):
        assert own_apprenance(level, level, level, level) == pytest.approx(level, rel=1e-14)


def test_the_geometric_mean_is_below_the_arithmetic_one() -> None:
    assert own_apprenance(0.9, 0.5, 0.5, 0.2) == pytest.approx((0.9 * 0.5 * 0.2) ** (1 / 3))
    assert own_apprenance(0.9, 0.5, 0.5, 0.2) < (0.9 + 0.5 + 0.2) / 3
