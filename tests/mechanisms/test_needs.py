"""Needs: choice that one can handle, success that is worth something, acceptance by somebody in particular."""

from __future__ import annotations

import pytest

from ecosim.mechanisms.needs import Needs, felt_acceptance, felt_autonomy, felt_competence, mean_need

P = Needs()
AUTONOMY = (P.choice_floor, P.reward_cost, P.forced_cost)
COMPETENCE = (P.challenge_floor, P.challenge_offset, P.feedback_floor)
ACCEPTANCE = (P.accepted_base, P.accepted_ground, P.ignored)


def test_felt_autonomy_at_its_limits() -> None:
    assert felt_autonomy(1.0, 1.0, 0.0, 0.0, 0.0, *AUTONOMY) == 1.0
    assert felt_autonomy(0.0, 1.0, 0.0, 0.0, 0.0, *AUTONOMY) == 0.25
    assert felt_autonomy(1.0, 0.0, 0.0, 0.0, 0.0, *AUTONOMY) == 0.0  # choice that one cannot handle is none
    assert felt_autonomy(1.0, 1.0, 1.0, 0.0, 0.0, *AUTONOMY) == 0.0  # nor is choice under full guidance


def test_control_and_force_halve_it() -> None:
    free = felt_autonomy(0.6, 1.0, 0.0, 0.0, 0.0, *AUTONOMY)
    assert felt_autonomy(0.6, 1.0, 0.0, 1.0, 0.0, *AUTONOMY) == pytest.approx(free / 2)
    assert felt_autonomy(0.6, 1.0, 0.0, 0.0, 1.0, *AUTONOMY) == pytest.approx(free / 2)
    assert felt_autonomy(0.6, 1.0, 0.0, 1.0, 1.0, *AUTONOMY) == pytest.approx(free / 4)


def test_no_competence_without_success() -> None:
    assert felt_competence(0.0, 0.9, 0.1, 1.0, *COMPETENCE) == 0.0
    assert felt_competence(1.0, 0.6, 0.5, 1.0, *COMPETENCE) == 1.0


def test_easy_success_and_success_in_the_dark_count_less() -> None:
    fair = felt_competence(1.0, 0.5, 0.5, 0.5, *COMPETENCE)
    assert felt_competence(1.0, 0.1, 0.5, 0.5, *COMPETENCE) < fair
    assert felt_competence(1.0, 0.5, 0.5, 0.0, *COMPETENCE) == pytest.approx(0.6)
    assert felt_competence(1.0, 0.02, 0.9, 1.0, *COMPETENCE) == pytest.approx(0.5 + 0.5 * 0.12)


def test_acceptance_is_by_persons() -> None:
    """Heutte 2011: rejection is worse than silence, a stranger's answer better, that of somebody familiar best."""
    rejected = felt_acceptance(1.0, 1.0, 1.0, *ACCEPTANCE)
    ignored = felt_acceptance(0.0, 0.0, 0.0, *ACCEPTANCE)
    stranger = felt_acceptance(1.0, 0.0, 0.0, *ACCEPTANCE)
    familiar = felt_acceptance(1.0, 0.0, 1.0, *ACCEPTANCE)
    assert (rejected, ignored, stranger, familiar) == (0.0, 0.15, 0.4, 1.0)
    assert ignored < P.rest < stranger  # silence hurts, any answer helps


def test_the_weights_of_the_needs_add_up() -> None:
    weights = (P.weight_competence, P.weight_autonomy, P.weight_relatedness)
    assert mean_need(1.0, 1.0, 1.0, *weights) == pytest.approx(1.0)
    assert mean_need(0.0, 0.0, 0.0, *weights) == 0.0
    assert weights[0] > weights[1] >= weights[2]  # Bureau 2022 and Holzer et al. 2021 put competence first
    assert mean_need(1.0, 0.0, 0.0, *weights) == 0.44
