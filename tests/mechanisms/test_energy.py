"""Energy: two stocks that never mix."""

from __future__ import annotations

import pytest

from ecosim.mechanisms.energy import Energy, external_drive, persistence

P = Energy()
STOCK = (P.fuel, P.psi, P.efficacy_floor, P.efficacy_gain, P.persistence_rate)


def test_no_energy_without_flow_or_motive() -> None:
    assert (
        persistence(0.5, 0.0, 0.9, 0.5, 0.0, *STOCK)
        == persistence(0.5, 0.9, 0.0, 0.5, 0.0, *STOCK)
        == pytest.approx(0.4)
    )


def test_energy_is_bounded() -> None:
    now = 0.2
    for _ in range(200):
        now = persistence(now, 1.0, 1.0, 1.0, 0.0, *STOCK)
    assert now == pytest.approx(1.0)
    assert now <= 1.0


def test_steady_life_has_a_steady_persistence() -> None:
    now = 0.9
    for _ in range(200):
        now = persistence(now, 0.5, 0.6, 0.5, 0.0, *STOCK)
    assert now == pytest.approx(2.2 * 0.5 * 0.6 * 1.0)  # .75 + .5 * .5 = 1


def test_more_flow_motive_or_efficacy_feed_more() -> None:
    fed = persistence(0.5, 0.5, 0.5, 0.5, 0.0, *STOCK)
    assert persistence(0.5, 0.5, 0.6, 0.5, 0.0, *STOCK) > fed
    assert persistence(0.5, 0.6, 0.5, 0.5, 0.0, *STOCK) > fed
    assert persistence(0.5, 0.5, 0.5, 0.6, 0.0, *STOCK) > fed


def test_control_takes_half_of_the_energy() -> None:
    free = persistence(0.0, 0.5, 0.6, 0.5, 0.0, *STOCK)
    assert persistence(0.0, 0.5, 0.6, 0.5, 1.0, *STOCK) == pytest.approx(free / 2)


def test_external_drive_follows_what_pushes() -> None:
    shape = (P.lambda_R, P.lambda_G, P.external_rate)
    assert external_drive(0.0, 0.0, 0.0, *shape) == 0.0
    assert external_drive(0.0, 1.0, 0.0, *shape) == pytest.approx(0.6 * 0.35)
    assert external_drive(0.0, 0.0, 0.4, *shape) == pytest.approx(0.6 * 0.1)
    assert external_drive(0.6, 1.0, 1.0, *shape) == pytest.approx(0.6)  # the fixed point


def test_external_drive_is_gone_soon_after_what_pushed() -> None:
    now = 0.6
    for week in range(1, 5):
        now = external_drive(now, 0.0, 0.0, P.lambda_R, P.lambda_G, P.external_rate)
        assert now == pytest.approx(0.6 * 0.4**week)
    assert now < 0.02
