"""Recording: what a platform or a questionnaire makes of a week, against counting days and against test theory."""

from __future__ import annotations

from math import exp, sqrt

import numpy as np
import pytest

from ecosim.evidence.targets import panel
from ecosim.mechanisms.recording import Recording, day_chance, error_spread, expected_clicks, scale_report

P = Recording()


def test_clicks_are_proportional_to_contributions() -> None:
    assert expected_clicks(1.0, P.clicks, 0.0, 1.7) == P.clicks  # without spread there is no luck
    assert expected_clicks(6.0, P.clicks, P.clicks_sd, 0.4) == pytest.approx(
        6.0 * expected_clicks(1.0, P.clicks, P.clicks_sd, 0.4)
    )
    assert expected_clicks(0.0, P.clicks, P.clicks_sd, 2.0) == 0.0
    assert expected_clicks(200.0, 1000.0, 3.0, 5.0) == 5000.0


def test_luck_of_clicks_has_mean_one() -> None:
    """A lognormal of log-sd s has the mean exp(mu + s^2 / 2), here one, and the median exp(-s^2 / 2)."""
    noise = np.random.default_rng(1).standard_normal(200_000)
    clicks = [expected_clicks(2.0, P.clicks, P.clicks_sd, z) for z in noise]
    assert np.mean(clicks) == pytest.approx(2.0 * P.clicks, rel=0.01)
    assert expected_clicks(1.0, P.clicks, P.clicks_sd, 0.0) == pytest.approx(P.clicks * exp(-(P.clicks_sd**2) / 2))


def test_one_contribution_falls_on_one_day_and_so_does_everything_unspread() -> None:
    assert day_chance(1.0, P.days) == 0.0
    assert day_chance(30.0, 0.0) == 0.0
    assert day_chance(0.5, P.days) == 0.0  # never below
    assert day_chance(200.0, 10.0) == pytest.approx(1.0)
    assert day_chance(5.0, P.days) > day_chance(4.0, P.days) > day_chance(4.0, 0.5)


@pytest.mark.parametrize("count", [2, 3, 7])
def test_days_are_those_of_contributions_thrown_at_random(count: int) -> None:
    """Balls into bins: n contributions, each on a day of its own, see 7 (1 - (6/7)^n) days on average."""
    days = np.random.default_rng(1).integers(0, 7, (200_000, count))
    thrown = np.mean([len(set(row)) for row in days.tolist()])
    assert thrown == pytest.approx(7 * (1 - (6 / 7) ** count), rel=0.01)
    assert 1 + 6 * day_chance(count, 1.0) == pytest.approx(7 * (1 - (6 / 7) ** count))


def test_a_report_without_error_is_what_was_felt() -> None:
    assert scale_report(0.0, 1.0, 7.0, 0.0, 3.0) == 1.0
    assert scale_report(1.0, 1.0, 7.0, 0.0, -3.0) == 7.0
    assert scale_report(0.5, 1.0, 7.0, 0.0, 0.0) == 4.0
    assert scale_report(0.5, 1.0, 7.0, P.flow_items_sd, 1.0) == pytest.approx(4.0 + P.flow_items_sd)


def test_a_report_stays_on_its_scale() -> None:
    assert scale_report(0.95, 1.0, 5.0, 1.0, 4.0) == 5.0
    assert scale_report(0.05, 1.0, 5.0, 1.0, -4.0) == 1.0


@pytest.mark.parametrize("reliability", [P.reliability_autonomy, P.reliability_motivation, 1.0])
def test_the_error_of_a_scale_gives_it_its_reliability(reliability: float) -> None:
    """Classical test theory: reliability is true variance over observed variance, and what attenuates correlations."""
    error = error_spread(reliability, 0.7)
    assert 0.7**2 / (0.7**2 + error**2) == pytest.approx(reliability)
    luck = np.random.default_rng(1)
    felt = luck.normal(0.5, 0.02, 100_000)
    error = error_spread(reliability, 4.0 * 0.02)
    said = [scale_report(x, 1.0, 5.0, error, z) for x, z in zip(felt, luck.standard_normal(felt.size), strict=True)]
    assert np.corrcoef(felt, said)[0, 1] == pytest.approx(sqrt(reliability), abs=0.01)


def test_a_worse_scale_errs_more() -> None:
    assert error_spread(1.0, 0.7) == 0.0
    assert error_spread(0.5, 0.7) == 0.7
    assert error_spread(P.reliability_autonomy, 0.7) > error_spread(P.reliability_competence, 0.7)


def test_clicks_of_a_week_are_of_the_size_of_real_ones() -> None:
    """The median of a week of two to three contributions, beside two courses of OULAD (Kuzilek et al. 2017)."""
    real = [panel(course).clicks for course in ("AAA2013J", "BBB2013B")]
    low, high = sorted(float(np.median(clicks[clicks > 0])) for clicks in real)
    assert low < expected_clicks(2.5, P.clicks, P.clicks_sd, 0.0) < high
