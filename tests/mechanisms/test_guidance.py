"""Guidance: what is lent, what is lacking, and what is too much."""

from __future__ import annotations

import pytest

from ecosim.mechanisms.guidance import Guidance, autonomy_deficit, orientation, over_guidance, supported_autonomy

P = Guidance()


def test_facilitation_lends_what_is_missing() -> None:
    assert supported_autonomy(0.4, 0.0) == 0.4
    assert supported_autonomy(0.4, 1.0) == 1.0
    assert supported_autonomy(1.0, 0.5) == 1.0
    assert supported_autonomy(0.4, 0.5) == pytest.approx(0.7)


def test_the_less_autonomous_are_lent_more() -> None:
    assert supported_autonomy(0.2, 0.3) - 0.2 > supported_autonomy(0.8, 0.3) - 0.8 > 0.0


def test_a_deficit_only_where_demand_exceeds_support() -> None:
    assert autonomy_deficit(0.5, 0.7) == 0.0
    assert autonomy_deficit(0.9, 0.7) == pytest.approx(0.2)


def test_paradox_of_autonomy() -> None:
    """The same facilitation that leaves a novice without a deficit guides the autonomous too much."""
    facilitation, demand = 0.5, 0.6
    assert autonomy_deficit(demand, supported_autonomy(0.2, facilitation)) == 0.0
    assert over_guidance(facilitation, 0.2) == 0.0
    assert over_guidance(facilitation, 0.8) == pytest.approx(0.3)


def test_two_thirds_of_a_deficit_disorients_fully() -> None:
    assert orientation(0.0, P.deficit_cost) == 1.0
    assert orientation(1 / 3, P.deficit_cost) == pytest.approx(0.5)
    assert orientation(2 / 3, P.deficit_cost) == pytest.approx(0.0, abs=1e-15)
    assert orientation(1.0, P.deficit_cost) == 0.0
    assert orientation(1.0, 0.0) == 1.0
