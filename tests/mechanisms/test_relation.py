"""Relation: ties fade, and grow by being lived."""

from __future__ import annotations

from math import log

import pytest

from ecosim.mechanisms.relation import Relation, call_gain, faded, grown

P = Relation()


def test_a_ready_tie_that_is_not_lived_lasts_sixty_weeks() -> None:
    weeks, w = 0, P.ready_weight
    while w >= P.weakest:
        weeks, w = weeks + 1, faded(w, P.keep)
    assert weeks == 1 + int(log(P.weakest / P.ready_weight) / log(P.keep)) == 61
    assert w == pytest.approx(0.3 * 0.945**61)


def test_half_life_of_a_tie_is_a_quarter_of_a_year() -> None:
    assert log(0.5) / log(P.keep) == pytest.approx(12.25, abs=0.01)


def test_growth_compounds_and_is_bounded() -> None:
    assert grown(0.0, P.gain_answered) == 0.25
    assert grown(grown(0.0, 0.25), 0.25) == pytest.approx(1 - 0.75**2)
    assert grown(1.0, 0.25) == 1.0
    assert grown(0.5, 0.0) == 0.5
    assert grown(0.5, 1.0) == 1.0


def test_two_calls_on_one_pair_commute() -> None:
    assert grown(grown(0.3, 0.25), 0.075) == pytest.approx(grown(grown(0.3, 0.075), 0.25))


def test_only_a_welcome_answer_makes_a_tie_grow_fast() -> None:
    gains = (P.gain_answered, P.gain_ignored)
    assert call_gain(1.0, 0.0, *gains) == 0.25
    assert call_gain(0.0, 0.0, *gains) == call_gain(1.0, 1.0, *gains) == 0.075


def test_a_weekly_answered_call_holds_a_tie_at_its_fixed_point() -> None:
    w = 0.0
    for _ in range(300):
        w = grown(faded(w, P.keep), call_gain(1.0, 0.0, P.gain_answered, P.gain_ignored))
    assert w == pytest.approx(0.25 / (1 - 0.75 * 0.945))
