"""Learning: the zone, guidance for novices and against experts, partners, forgetting, content."""

from __future__ import annotations

from itertools import pairwise
from math import e

import pytest

from ecosim.mechanisms.learning import (
    Learning,
    content,
    forgotten,
    guided,
    learned,
    own_gain,
    partner_gain,
    task_gain,
    zone,
)

P = Learning()
GUIDE = (P.xi, P.expert_from, P.expert_span, P.novice_span)


def test_the_zone_peaks_at_its_best_distance_with_one() -> None:
    assert zone(P.zpd, P.zpd) == 1.0
    for distance in (0.01, 0.1, 0.14, 0.16, 0.3, 1.0):
        assert 0.0 < zone(distance, P.zpd) < 1.0


def test_the_zone_is_a_gamma_curve() -> None:
    """y e^(1 - y) in units of the best distance: nothing at zero, 2/e at twice the distance."""
    assert zone(0.0, P.zpd) == zone(-0.2, P.zpd) == 0.0
    assert zone(2 * P.zpd, P.zpd) == pytest.approx(2 / e)
    assert zone(1e-6, P.zpd) == pytest.approx(e * 1e-6 / P.zpd, rel=1e-4)


def test_easy_tasks_are_practice() -> None:
    assert task_gain(0.3, 0.5, P.zpd, P.practice) == task_gain(0.5, 0.5, P.zpd, P.practice) == P.practice
    assert task_gain(0.65, 0.5, P.zpd, P.practice) == pytest.approx(1.0)


def test_expertise_reversal() -> None:
    """Tetzlaff 2025: guidance helps novices (+.51) and hinders experts (-.43)."""
    assert guided(1.0, 0.0, *GUIDE) == pytest.approx(2.0)
    assert guided(1.0, 0.8, *GUIDE) == pytest.approx(0.2)
    assert guided(0.5, 0.1, *GUIDE) > 1.0 > guided(0.5, 0.7, *GUIDE)


def test_without_guidance_nobody_is_helped_or_hindered() -> None:
    for skill in (0.0, 0.3, 0.6, 1.0):
        assert guided(0.0, skill, *GUIDE) == 1.0


def test_own_gain() -> None:
    shape = (P.l, 1.0, P.effort_exponent)
    assert own_gain(*shape, 1.0, 0.6, P.flow_floor, 1.0) == pytest.approx(P.l)
    assert own_gain(*shape, 1.0, 0.0, P.flow_floor, 1.0) == pytest.approx(0.4 * P.l)
    assert own_gain(0.0, 5.0, P.effort_exponent, 1.0, 0.6, P.flow_floor, 1.0) == 0.0


def test_effort_pays_less_and_less() -> None:
    gains = [own_gain(P.l, n, P.effort_exponent, 1.0, 0.6, P.flow_floor, 1.0) for n in (1.0, 2.0, 4.0, 8.0)]
    assert [later / earlier for earlier, later in pairwise(gains)] == pytest.approx([2**0.7] * 3)


def test_partner_gain() -> None:
    shape = (P.l_p, P.ground_floor, P.zpd, P.explaining)
    assert partner_gain(P.zpd, 0.5, *shape) == pytest.approx(P.l_p)
    assert partner_gain(P.zpd, 0.0, *shape) == pytest.approx(0.5 * P.l_p)
    assert partner_gain(-0.3, 0.5, *shape) == partner_gain(-0.01, 0.5, *shape) == pytest.approx(0.3 * P.l_p)
    assert partner_gain(0.0, 0.5, *shape) == 0.0
    assert partner_gain(0.9, 0.5, *shape) < 0.1 * P.l_p  # too far ahead to follow


def test_what_is_left_to_learn_counts() -> None:
    assert learned(0.4, 0.0) == 0.4
    assert learned(0.4, 0.5) == pytest.approx(0.7)
    assert learned(1.0, 0.5) == 1.0
    assert learned(0.4, 3.0) == 1.0


def test_forgetting_stops_at_half_the_peak() -> None:
    assert forgotten(0.4, 0.8, P.phi, P.savings) == 0.4
    assert forgotten(0.3, 0.8, P.phi, P.savings) == 0.3
    assert forgotten(0.8, 0.8, P.phi, P.savings) == pytest.approx(0.8 - 0.02 * 0.4)


def test_forgetting_is_geometric() -> None:
    """What exceeds half the peak shrinks by phi a week: a closed form."""
    skill = 0.8
    for _ in range(52):
        skill = forgotten(skill, 0.8, P.phi, P.savings)
    assert skill == pytest.approx(0.4 + 0.4 * (1 - P.phi) ** 52)


def test_content_ages_grows_and_fills_up() -> None:
    assert content(0.5, 0.0, P.content_keep, P.content_gain) == pytest.approx(0.495)
    assert content(0.0, 0.001, P.content_keep, P.content_gain) == pytest.approx(0.02)
    assert content(1.0, 0.5, P.content_keep, P.content_gain) == pytest.approx(0.99)
    assert content(0.5, 10.0, P.content_keep, P.content_gain) == 1.0


def test_content_under_steady_gains_tends_to_its_fixed_point() -> None:
    stock, gain = 0.0, 0.0005
    for _ in range(2000):
        stock = content(stock, gain, P.content_keep, P.content_gain)
    fed = P.content_gain * gain
    assert stock == pytest.approx(fed / (1 - P.content_keep + fed))
