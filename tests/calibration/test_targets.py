"""How far a point is from its targets: in half-widths of their bands, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from ecosim.calibration.targets import WORST, Aim, distances, statistics

ONE = Aim("first", "retention", 0, 1, 0.6, 0.8, 1.0)
TWO = Aim("second", "participation", 1, 0, 0.0, 4.0, 3.0)


def away(*values: float) -> float:
    """Return the distance of one point from both targets."""
    return float(distances(np.array([values]), [ONE, TWO])[0])


def test_the_middle_of_every_band_is_at_no_distance() -> None:
    assert away(0.7, 2.0) == pytest.approx(0.0)


def test_the_edges_are_at_a_distance_of_one() -> None:
    assert [away(0.6, 4.0), away(0.8, 0.0)] == pytest.approx([1.0, 1.0])


def test_weights_say_how_much_a_target_counts() -> None:
    assert away(0.9, 2.0) == pytest.approx((2.0**2 / 4.0) ** 0.5)
    assert away(0.7, 6.0) == pytest.approx((3.0 * 2.0**2 / 4.0) ** 0.5)


def test_what_is_undefined_is_worst_and_nothing_is_worse() -> None:
    assert away(np.nan, 2.0) == away(70.0, 2.0) == away(-1e300, 2.0) == pytest.approx(WORST / 2.0)
    assert away(np.nan, np.nan) == pytest.approx(WORST)


def test_values_spread_over_the_band_are_at_a_distance_of_less_than_one() -> None:
    spread = np.linspace(0.6, 0.8, 2001)
    found = distances(spread[:, None], [ONE])
    assert np.sqrt((found**2).mean()) == pytest.approx(3**-0.5, abs=1e-3)


def test_a_statistic_is_the_mean_over_the_replicates_that_have_it() -> None:
    values = np.full((3, 2, 2, 2), np.nan)
    values[0, 0, :, 1] = [0.5, 0.7]
    values[1, 0, 1, 1] = 0.9
    values[:, 1, :, 0] = [[1.0, 3.0], [2.0, 2.0], [np.nan, 8.0]]
    found = statistics(values, [ONE, TWO])
    np.testing.assert_allclose(found, [[0.6, 2.0], [0.9, 2.0], [np.nan, 8.0]])


def test_a_band_moves_without_changing_its_width() -> None:
    moved = ONE.about(0.2)
    assert (moved.low, moved.high) == pytest.approx((0.1, 0.3))
    assert moved.half == pytest.approx(ONE.half)
