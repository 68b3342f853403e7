"""Challenge: the task, the help, the balance, and the 85 per cent."""

from __future__ import annotations

from math import exp

import pytest

from ecosim.mechanisms.challenge import (
    Challenge,
    balance,
    curriculum,
    difficulty,
    perceived_challenge,
    success,
    support,
    task_count,
    task_level,
)

P = Challenge()
WIDTHS = (P.boredom_width, P.overload_width, P.overload_floor, P.overload_efficacy)


def test_curriculum_rises_and_stays_a_share() -> None:
    assert curriculum(0.35, 0.006, 0) == 0.35
    assert curriculum(0.35, 0.006, 50) == pytest.approx(0.65)
    assert curriculum(0.35, 0.006, 500) == 1.0
    assert curriculum(0.35, -0.1, 500) == 0.0


def test_level_of_tasks() -> None:
    assert task_level(0.6, 0.2, 0.0) == 0.6  # the curriculum's
    assert task_level(0.6, 0.2, 1.0) == pytest.approx(0.4)  # half-way to the learner
    assert task_level(0.6, 0.2, 0.5) == pytest.approx(0.5)


def test_number_of_tasks() -> None:
    assert task_count(0.0, 1.0, P.offers) == task_count(1.0, 0.0, P.offers) == 1
    assert task_count(1.0, 1.0, P.offers) == 7
    assert task_count(0.6, 0.7, P.offers) == 1 + int(6 * 0.42)


def test_difficulty_is_clipped() -> None:
    assert difficulty(0.5, 0.18, 0.0) == 0.5
    assert difficulty(0.5, 0.18, 1.0) == pytest.approx(0.68)
    assert difficulty(0.5, 0.18, -9.0) == 0.02
    assert difficulty(0.5, 0.18, 9.0) == 1.1


def test_support() -> None:
    helps = (P.tutor_help, P.peer_help, P.peer_scale)
    assert support(0.0, 0.0, 0.0, *helps) == 0.0
    assert support(1.0, 0.0, 0.0, *helps) == 0.5
    assert support(0.0, 0.9, 0.0, *helps) == 0.0  # there is no partner
    assert support(0.0, 0.1, 1.0, *helps) == pytest.approx(0.2)
    assert support(0.0, 0.9, 1.0, *helps) == pytest.approx(0.4)
    assert support(0.0, -0.5, 1.0, *helps) == 0.0  # a less skilled partner is no help
    assert support(1.0, 0.9, 1.0, *helps) <= 1.0


def test_help_takes_only_from_what_exceeds_the_learner() -> None:
    assert perceived_challenge(0.4, 0.5, P.delta, 0.9) == 0.4
    assert perceived_challenge(0.9, 0.5, P.delta, 0.0) == 0.9
    assert perceived_challenge(0.9, 0.5, P.delta, 1.0) == pytest.approx(0.58)  # just what fits, never below
    assert perceived_challenge(0.9, 0.5, P.delta, 0.5) == pytest.approx(0.74)


def test_balance_is_full_where_it_fits() -> None:
    assert balance(0.0, 0.5, *WIDTHS) == 1.0


def test_balance_at_one_width_is_61_percent() -> None:
    assert balance(-P.boredom_width, 0.5, *WIDTHS) == pytest.approx(exp(-0.5))
    assert balance(P.overload_width, 0.5, *WIDTHS) == pytest.approx(exp(-0.5))  # .7 + .6 * .5 = 1


def test_boredom_and_overload_do_not_weigh_the_same() -> None:
    for mismatch in (0.01, 0.1, 0.3):
        assert balance(-mismatch, 0.5, *WIDTHS) < balance(mismatch, 0.5, *WIDTHS)


def test_balance_is_symmetric_only_if_the_widths_are_equal() -> None:
    for mismatch in (0.01, 0.1, 0.3):
        assert balance(-mismatch, 0.5, 0.2, 0.2, 0.7, 0.6) == pytest.approx(balance(mismatch, 0.5, 0.2, 0.2, 0.7, 0.6))


def test_efficacy_makes_overload_bearable_but_not_boredom() -> None:
    assert balance(0.2, 1.0, *WIDTHS) > balance(0.2, 0.5, *WIDTHS) > balance(0.2, 0.0, *WIDTHS)
    assert balance(-0.1, 1.0, *WIDTHS) == balance(-0.1, 0.0, *WIDTHS)


def test_success_at_balance_is_85_percent() -> None:
    """Wilson et al. 2019: learning is fastest at an accuracy of about 85 %."""
    assert success(0.0, P.success_logit, P.success_scale) == pytest.approx(0.85, abs=1e-4)


def test_success_falls_as_the_challenge_exceeds_what_fits() -> None:
    shape = (P.success_logit, P.success_scale)
    assert success(-1.0, *shape) > 0.999999
    assert success(1.0, *shape) < 0.0001
    assert success(P.success_logit * P.success_scale, *shape) == pytest.approx(0.5)
    assert success(0.2, *shape) < success(0.1, *shape) < success(0.0, *shape) < success(-0.1, *shape)
