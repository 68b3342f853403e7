"""Encounter: what makes a partner attractive."""

from __future__ import annotations

import pytest

from ecosim.mechanisms.encounter import Encounter, attraction

P = Encounter()
PULLS = (P.tie_weight, P.closure, P.homophily, P.same_topic)


def test_a_stranger_who_is_alike_and_works_on_something_else_neither_attracts_nor_repels() -> None:
    assert attraction(0.0, 0.0, 0.0, 0.0, *PULLS) == 0.0


def test_each_reason_counts_for_itself() -> None:
    assert attraction(1.0, 0.0, 0.0, 0.0, *PULLS) == pytest.approx(2.2)
    assert attraction(0.0, 1.0, 0.0, 0.0, *PULLS) == pytest.approx(2.0)
    assert attraction(0.0, 0.0, 1.0, 0.0, *PULLS) == pytest.approx(-3.0)
    assert attraction(0.0, 0.0, 0.0, 1.0, *PULLS) == pytest.approx(1.0)
    assert attraction(0.3, 1.0, 0.2, 1.0, *PULLS) == pytest.approx(0.66 + 2.0 - 0.6 + 1.0)


def test_without_pulls_everybody_is_alike() -> None:
    assert attraction(0.9, 1.0, 0.7, 1.0, 0.0, 0.0, 0.0, 0.0) == 0.0


def test_a_friend_of_a_friend_counts_as_much_as_a_strong_tie() -> None:
    assert attraction(2 / 2.2, 0.0, 0.0, 0.0, *PULLS) == pytest.approx(attraction(0.0, 1.0, 0.0, 0.0, *PULLS))
