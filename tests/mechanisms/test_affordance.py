"""Affordance: three factors, none of which may be missing."""

from __future__ import annotations

from math import exp, log

import pytest

from ecosim.mechanisms.affordance import (
    Affordance,
    affordance,
    collective_access,
    effective_offer,
    effectivity,
    perception,
    seen_use,
)

P = Affordance()


@pytest.mark.parametrize("missing", range(4))
def test_without_any_one_factor_there_is_none(missing: int) -> None:
    factors = [0.9, 0.8, 0.7, 1.0]
    assert affordance(*factors) == pytest.approx(0.504)
    factors[missing] = 0.0
    assert affordance(*factors) == 0.0


def test_it_is_a_share() -> None:
    assert affordance(1.0, 1.0, 1.0, 1.0) == 1.0
    assert affordance(1.2, 1.0, 1.0, 1.0) == 1.0


def test_perception_at_its_limits() -> None:
    assert perception(0.0, 0.0, 1.0, 0.0, P.omega) == 0.0  # nobody shows it, nothing signals it
    assert perception(0.0, 0.0, 0.0, 1.0, P.omega) == 0.0  # all use it, but unseen
    assert perception(1.0, 0.0, 0.0, 0.0, P.omega) == 1.0  # it catches the eye
    assert perception(0.0, 1.0, 0.0, 0.0, P.omega) == 1.0  # it is an instrument already
    assert perception(0.0, 0.0, 1.0, 1.0, P.omega) == 1.0  # everybody uses it in plain sight


def test_perception_is_that_of_three_independent_chances() -> None:
    missed_all = (1 - 0.08) * (1 - 0.3) * (1 - 0.6 * 0.4)
    assert perception(0.08, 0.3, 0.6, 0.1, P.omega) == pytest.approx(1 - missed_all)


def test_seen_use_saturates_in_perception() -> None:
    """From omega U = 1 on, more use shows no more."""
    assert (
        perception(0.0, 0.0, 0.6, 1 / P.omega, P.omega) == perception(0.0, 0.0, 0.6, 0.9, P.omega) == pytest.approx(0.6)
    )


def test_seen_use_is_a_mean_over_ties_the_unseen_and_the_facilitator() -> None:
    assert seen_use(0.0, 0.0, 0.0, 0.0, P.w0) == 0.0
    assert seen_use(0.3, 0.3, 0.0, 0.0, P.w0) == pytest.approx(0.3 / 0.8)  # one ready tie uses it
    assert seen_use(0.0, 0.0, 0.2, 1 / 3, P.w0) == pytest.approx(0.2 / 3 / 0.7)  # only the facilitator shows it
    assert seen_use(100.0, 100.0, 0.0, 0.0, P.w0) == pytest.approx(1.0, abs=0.01)


def test_ties_who_do_not_use_it_hide_it() -> None:
    assert seen_use(0.3, 1.2, 0.0, 0.0, P.w0) < seen_use(0.3, 0.3, 0.0, 0.0, P.w0)


def test_effectivity_at_the_threshold_is_73_percent() -> None:
    assert effectivity(0.5, 0.5, P.kappa, P.ease) == pytest.approx(1 / (1 + exp(-1.0)))
    assert effectivity(0.5 - P.ease / P.kappa, 0.5, P.kappa, P.ease) == pytest.approx(0.5)
    assert effectivity(1.0, 0.0, P.kappa, P.ease) > 0.9999
    assert effectivity(0.0, 1.0, P.kappa, P.ease) < 0.0002


def test_an_artefact_that_offers_nothing_is_not_enriched() -> None:
    assert effective_offer(0.0, 1.0, 1.0, P.instrumentalisation) == 0.0


def test_use_enriches_within_bounds() -> None:
    assert effective_offer(0.4, 0.0, 0.0, P.instrumentalisation) == 0.4
    assert effective_offer(0.4, 1.0, 1.0, P.instrumentalisation) == pytest.approx(0.4 + 0.3 * 0.6)
    assert effective_offer(1.0, 1.0, 1.0, P.instrumentalisation) == 1.0
    assert 0.4 < effective_offer(0.4, 0.5, 0.0, P.instrumentalisation) == effective_offer(0.4, 0.0, 0.5, 0.3)


def test_the_collective_is_closed_to_strangers_and_open_to_friends() -> None:
    gates = (P.openness_floor, P.openness_gain, P.tie_reach)
    assert collective_access(0.0, 0.0, *gates) == P.openness_floor
    assert collective_access(1.0, 0.0, *gates) == pytest.approx(0.4)
    assert collective_access(0.0, P.tie_reach, *gates) == pytest.approx(1 - exp(-1.0))
    assert collective_access(0.0, 20.0, *gates) == pytest.approx(1.0)


def test_openness_and_ties_do_not_add_up() -> None:
    """The wider of two doors counts: where ties open more than openness does, openness changes nothing."""
    gates = (P.openness_floor, P.openness_gain, P.tie_reach)
    assert collective_access(1.0, 0.3, *gates) == collective_access(0.0, 0.3, *gates)
    level = -P.tie_reach * log(1 - 0.4)  # ties that open as much as full openness
    assert collective_access(1.0, 0.9 * level, *gates) > collective_access(0.0, 0.9 * level, *gates)
