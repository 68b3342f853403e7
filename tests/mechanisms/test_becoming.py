"""Becoming: efficacy, the autonomous motive, autonomy."""

from __future__ import annotations

from math import exp

import pytest

from ecosim.mechanisms.becoming import Becoming, autonomous_motive, autonomy, efficacy

P = Becoming()
EFFICACY = (P.efficacy_rate, P.efficacy_easy, P.efficacy_gain, P.efficacy_span)
MOTIVE = (P.motive_rate, P.motive_needs, P.undermining, P.iota)
AUTONOMY = (P.eta_A, P.edge, P.over_cost)


def test_success_at_ones_level_leads_to_an_efficacy_of_60_percent() -> None:
    assert efficacy(0.6, 1.0, 0.5, 0.5, *EFFICACY) == pytest.approx(0.6)
    assert efficacy(0.5, 1.0, 0.5, 0.5, *EFFICACY) > 0.5 > efficacy(0.5, 0.0, 0.5, 0.5, *EFFICACY)


def test_hard_success_counts_more_within_bounds() -> None:
    assert efficacy(0.0, 1.0, 0.6, 0.5, *EFFICACY) == pytest.approx(0.12 * 1.0)
    assert efficacy(0.0, 1.0, 1.1, 0.1, *EFFICACY) == pytest.approx(0.12 * 1.2)
    assert efficacy(0.0, 1.0, 0.1, 0.9, *EFFICACY) == pytest.approx(0.12 * 0.3)


def test_failure_is_the_same_however_hard() -> None:
    assert efficacy(0.5, 0.0, 0.9, 0.1, *EFFICACY) == efficacy(0.5, 0.0, 0.1, 0.9, *EFFICACY) == pytest.approx(0.44)


def test_efficacy_stays_a_share_though_its_target_may_exceed_one() -> None:
    now = 0.5
    for _ in range(100):
        now = efficacy(now, 1.0, 1.1, 0.1, *EFFICACY)
    assert now == 1.0


def test_the_motive_tends_to_needs_and_delight() -> None:
    now = 0.5
    for _ in range(400):
        now = autonomous_motive(now, 0.8, 0.6, 0.0, 0.0, *MOTIVE)
    assert now == pytest.approx(0.7 * 0.8 + 0.3 * 0.6)


def test_rewards_undermine_only_when_they_control() -> None:
    free = autonomous_motive(0.5, 0.5, 0.5, 0.0, 0.0, *MOTIVE)
    assert free == 0.5
    assert autonomous_motive(0.5, 0.5, 0.5, 0.8, 0.0, *MOTIVE) == pytest.approx(0.5 - 0.025 * 0.8 * 0.5)
    assert autonomous_motive(0.5, 0.5, 0.5, 0.8, 0.0, P.motive_rate, P.motive_needs, 0.0, P.iota) == free


def test_outer_reasons_become_ones_own_where_needs_are_met() -> None:
    assert autonomous_motive(0.5, 0.5, 0.5, 0.0, 1.0, *MOTIVE) == pytest.approx(0.51)
    assert autonomous_motive(0.5, 0.0, 1.0, 0.0, 1.0, *MOTIVE) == autonomous_motive(0.5, 0.0, 1.0, 0.0, 0.0, *MOTIVE)


def test_autonomy_grows_by_being_used_near_its_edge() -> None:
    near = autonomy(0.5, 1.0, 0.0, 0.5, 0.0, 0.0, *AUTONOMY)
    assert near == pytest.approx(0.5 + 0.03 * 0.5)
    beyond = autonomy(0.5, 1.0, 0.0, 0.9, 0.0, 0.0, *AUTONOMY)
    assert beyond == pytest.approx(0.5 + 0.03 * 0.5 * exp(-0.16 / 0.08))
    assert autonomy(0.5, 1.0, 0.0, 0.2, 0.0, 0.0, *AUTONOMY) == near  # nothing beyond it is demanded


def test_full_facilitation_leaves_autonomy_where_it_is() -> None:
    """The paradox of autonomy: what is done for somebody she does not learn to do herself."""
    assert autonomy(0.0, 1.0, 1.0, 0.0, 0.0, 0.0, *AUTONOMY) == 0.0
    assert autonomy(0.6, 1.0, 1.0, 0.6, 0.0, 0.6, *AUTONOMY) < 0.6


def test_failing_without_support_and_too_much_guidance_take_it() -> None:
    assert autonomy(0.5, 0.0, 0.0, 0.9, 0.4, 0.0, *AUTONOMY) == pytest.approx(0.5 - 0.03 * 0.4 * 0.5)
    assert autonomy(0.5, 0.0, 0.0, 0.5, 0.0, 0.0, *AUTONOMY) == 0.5  # failing within one's reach costs nothing
    assert autonomy(0.5, 0.0, 0.5, 0.5, 0.0, 0.3, *AUTONOMY) == pytest.approx(0.5 - 0.03 * 0.3 * 0.3 * 0.5)
