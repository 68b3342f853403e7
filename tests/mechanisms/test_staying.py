"""Staying: a proportional hazard, in which contact as such has no place."""

from __future__ import annotations

from math import exp, log

import pytest

from ecosim.mechanisms.staying import Staying, accepted, embedded, hazard, leaving, returning

P = Staying()
EFFECTS = (P.drive_effect, P.newcomer, P.newcomer_weeks, P.h_W, P.h_L)
OLD = 1e6
"""Weeks after which nobody is a newcomer."""


def test_the_baseline_is_the_hazard_of_the_experienced_unaccepted_and_middling() -> None:
    assert hazard(0.045, 1.0, 0.5, OLD, 0.0, 0.0, *EFFECTS) == pytest.approx(0.045)


def test_a_deadline_triples_the_hazard() -> None:
    usual = hazard(0.045, 1.0, 0.7, 3.0, 0.2, 0.5, *EFFECTS)
    assert hazard(0.045, P.deadline_factor, 0.7, 3.0, 0.2, 0.5, *EFFECTS) / usual == pytest.approx(3.0)


def test_newcomers_are_fragile() -> None:
    """Hazard ratios against the experienced: exp(1.2 e^(-t/2)), 2.1 in the first week, 1.1 in the fifth."""
    for tenure, ratio in ((1.0, 2.07), (2.0, 1.56), (5.0, 1.10)):
        assert hazard(0.1, 1.0, 0.5, tenure, 0.0, 0.0, *EFFECTS) / 0.1 == pytest.approx(ratio, abs=0.01)
        assert hazard(0.1, 1.0, 0.5, tenure, 0.0, 0.0, *EFFECTS) == pytest.approx(0.1 * exp(1.2 * exp(-tenure / 2)))


def test_drive_and_acceptance_hold_load_drives_away() -> None:
    usual = hazard(0.1, 1.0, 0.5, 4.0, 0.3, 0.5, *EFFECTS)
    assert hazard(0.1, 1.0, 0.6, 4.0, 0.3, 0.5, *EFFECTS) == pytest.approx(usual * exp(-0.5))
    assert hazard(0.1, 1.0, 0.5, 4.0, 0.4, 0.5, *EFFECTS) == pytest.approx(usual * exp(-0.3))
    assert hazard(0.1, 1.0, 0.5, 4.0, 0.3, 1.5, *EFFECTS) == pytest.approx(usual * exp(0.2))


def test_only_what_exceeds_rest_counts_as_accepted() -> None:
    assert accepted(0.3, 0.3) == accepted(0.0, 0.3) == 0.0
    assert accepted(1.0, 0.3) == pytest.approx(1.0)
    assert accepted(0.65, 0.3) == pytest.approx(0.5)


def test_contact_without_acceptance_holds_nobody() -> None:
    """Heutte 2011: any number of ties among people who do not accept her leaves the hazard where it was."""
    alone = hazard(0.1, 1.0, 0.5, 4.0, embedded(0.0, P.embedding) * accepted(0.3, 0.3), 0.0, *EFFECTS)
    crowd = hazard(0.1, 1.0, 0.5, 4.0, embedded(30.0, P.embedding) * accepted(0.3, 0.3), 0.0, *EFFECTS)
    friends = hazard(0.1, 1.0, 0.5, 4.0, embedded(30.0, P.embedding) * accepted(0.9, 0.3), 0.0, *EFFECTS)
    assert alone == crowd > friends


def test_embedding() -> None:
    assert embedded(0.0, P.embedding) == 0.0
    assert embedded(P.embedding, P.embedding) == pytest.approx(1 - exp(-1))
    assert embedded(100.0, P.embedding) == pytest.approx(1.0)


def test_leaving_within_a_week() -> None:
    assert leaving(0.0) == 0.0
    assert leaving(log(2.0)) == pytest.approx(0.5)
    assert leaving(50.0) == pytest.approx(1.0)
    assert leaving(1e-9) == pytest.approx(1e-9, rel=1e-6)


def test_coming_back_takes_acceptance_and_persistence() -> None:
    assert returning(1.0, 1.0, P.comeback) == 0.06
    assert returning(0.0, 1.0, P.comeback) == returning(1.0, 0.0, P.comeback) == 0.0
    assert returning(0.5, 0.5, P.comeback) == pytest.approx(0.015)
