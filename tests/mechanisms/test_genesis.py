"""Genesis: mastery by use, enjoyment by experience."""

from __future__ import annotations

import pytest

from ecosim.mechanisms.genesis import Genesis, enjoyed, expected_enjoyment, mastered

P = Genesis()
FACTORS = (P.enjoyed_solo, P.enjoyed_answered, P.enjoyed_ignored, P.enjoyed_rejected)


def test_mastery_of_a_first_week() -> None:
    assert mastered(0.0, 1.0, P.mastery_rate, P.failure_share) == pytest.approx(0.3)
    assert mastered(0.0, 0.0, P.mastery_rate, P.failure_share) == pytest.approx(0.15)
    assert mastered(1.0, 1.0, P.mastery_rate, P.failure_share) == 1.0


def test_steady_success_makes_an_instrument_in_three_weeks() -> None:
    """What is missing shrinks by the rate each week: 1 - .7^t passes .6 in the third."""
    mastery = 0.0
    for week in range(1, 30):
        mastery = mastered(mastery, 1.0, P.mastery_rate, P.failure_share)
        assert mastery == pytest.approx(1 - 0.7**week)
        assert (mastery > 0.6) == (week >= 3)


def test_an_answer_delights_silence_disappoints_rejection_spoils() -> None:
    alone = enjoyed(0.0, 0.0, 0.0, *FACTORS)
    answered, ignored = enjoyed(1.0, 1.0, 0.0, *FACTORS), enjoyed(1.0, 0.0, 0.0, *FACTORS)
    rejected = enjoyed(1.0, 1.0, 1.0, *FACTORS)
    assert (answered, alone, ignored, rejected) == (1.15, 1.0, 0.6, 0.2)


def test_expectation_follows_experience() -> None:
    assert expected_enjoyment(0.4, 0.8, 1.0, P.enjoyment_rate) == pytest.approx(0.5)
    assert expected_enjoyment(0.4, 0.8, 1.0, 0.0) == 0.4
    assert expected_enjoyment(0.4, 0.8, 1.0, 1.0) == 0.8
    assert expected_enjoyment(1.0, 1.0, P.enjoyed_answered, P.enjoyment_rate) == 1.0  # clipped


def test_expectation_is_a_moving_average() -> None:
    expected = 0.4
    for _ in range(20):
        expected = expected_enjoyment(expected, 0.9, 1.0, P.enjoyment_rate)
    assert expected == pytest.approx(0.9 - 0.5 * 0.75**20)
