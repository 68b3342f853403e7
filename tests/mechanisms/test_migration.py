"""Migration: how life in a community feels."""

from __future__ import annotations

import pytest

from ecosim.mechanisms.migration import Migration, experience


def test_nobody_moves_unless_asked_for() -> None:
    assert Migration().mobility == 0.0


def test_experience_is_the_mean_of_flow_and_acceptance() -> None:
    assert experience(0.0, 0.0) == 0.0
    assert experience(1.0, 1.0) == 1.0
    assert experience(0.7, 0.3) == experience(0.3, 0.7) == pytest.approx(0.5)
    assert experience(0.8, 0.3) > experience(0.7, 0.3)
