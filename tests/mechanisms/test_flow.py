"""Flow: four dimensions, and a mood that has a constant spread."""

from __future__ import annotations

from math import exp, sqrt

import numpy as np
import pytest

from ecosim.mechanisms.flow import (
    Flow,
    autotelic,
    control,
    feedback,
    immersion,
    moment,
    mood,
    overall,
    safety,
    unselfconsciousness,
)
from ecosim.mechanisms.population import Population

P = Flow()
IMMERSION = (
    P.gain, P.immersion_balance, P.immersion_feedback, P.immersion_motive, P.immersion_load, P.immersion_distraction,
)  # fmt: skip


def sigma(x: float) -> float:
    """Return the logistic function by the C library."""
    return 1 / (1 + exp(-x))


def test_feedback_is_complete_when_answered() -> None:
    assert feedback(0.3, 0.0) == 0.3
    assert feedback(0.3, 1.0) == pytest.approx(1.0)


def test_safety() -> None:
    assert safety(0.0, 1.0, P.safe_base, P.safe_solo) == 0.25
    assert safety(0.3, 1.0, P.safe_base, P.safe_solo) == 0.55  # at rest: as safe as alone
    assert safety(0.3, 0.0, P.safe_base, P.safe_solo) == safety(0.9, 0.0, P.safe_base, P.safe_solo) == 0.55
    assert safety(0.9, 1.0, P.safe_base, P.safe_solo) == 1.0


def test_mood_keeps_its_spread() -> None:
    """A first-order process with inertia rho and innovations sqrt(1 - rho^2) sd has variance sd^2 (Box & Jenkins)."""
    variance = 0.0
    for _ in range(60):
        variance = (
            mood(sqrt(variance), 0.0, P.mood_inertia, P.mood_sd) ** 2 + mood(0.0, 1.0, P.mood_inertia, P.mood_sd) ** 2
        )
    assert sqrt(variance) == pytest.approx(P.mood_sd)


def test_mood_without_noise_fades_by_its_inertia() -> None:
    assert mood(0.8, 0.0, P.mood_inertia, P.mood_sd) == pytest.approx(0.52)
    assert mood(0.8, 2.0, 0.0, P.mood_sd) == pytest.approx(0.64)


def test_a_moment_is_proneness_and_mood_when_it_goes_as_expected() -> None:
    assert moment(0.3, -0.1, 0.0, 0.0, P.outcome, P.noise) == pytest.approx(0.2)
    assert moment(0.3, -0.1, 2.5, 0.0, 0.0, P.noise) == pytest.approx(0.2)  # as the page had it first
    assert moment(0.0, 0.0, 0.0, 1.0, P.outcome, P.noise) == P.noise


def test_a_moment_is_better_the_better_it_goes() -> None:
    """One standard deviation better than expected (z = -1) is worth k_o on the log-odds, worse costs as much."""
    assert moment(0.0, 0.0, -1.0, 0.0, P.outcome, P.noise) == P.outcome
    assert moment(0.0, 0.0, 1.0, 0.0, P.outcome, P.noise) == -P.outcome


def test_moments_are_of_the_kind_that_diaries_of_flow_show() -> None:
    """Palomäki et al. 2021, 18 persons, 40 reports each: ICC .25, lag-1 .28, correlation with how it went -.43.

    The mean of four moments, the same but for the error of a questionnaire and for changing conditions, which weaken
    all three: each must be of that sign and somewhat stronger, none of them near one.
    """
    fresh = P.outcome**2 + P.noise**2 / 4
    within = P.mood_sd**2 + fresh
    trait = Population().flow_trait_sd ** 2
    assert 0.25 < trait / (trait + within) < 0.5
    assert 0.28 < P.mood_inertia * P.mood_sd**2 / within < 0.5
    luck = np.random.default_rng(1).standard_normal((6, 20_000))
    means = [np.mean([moment(0.0, P.mood_sd * m, z, e, P.outcome, P.noise) for e in es]) for m, z, *es in luck.T]
    assert -0.6 < np.corrcoef(means, luck[1])[0, 1] < -0.43


def test_every_dimension_is_one_half_at_middling_conditions() -> None:
    assert control(0.5, 0.5, 0.5, 0.0, P.gain) == 0.5
    assert immersion(0.5, 0.5, 0.5, 0.0, 0.0, 0.0, *IMMERSION) == pytest.approx(0.5)
    assert unselfconsciousness(0.5, 0.5, 0.0, P.gain, P.unselfconscious_immersion) == 0.5
    assert autotelic(0.5, 0.5, 0.5, 0.5, 0.0, P.gain, P.autotelic_autonomy) == pytest.approx(0.5)


def test_every_dimension_at_best_is_83_percent() -> None:
    best = pytest.approx(sigma(1.6))
    assert control(1.0, 1.0, 1.0, 0.0, P.gain) == best
    assert immersion(1.0, 1.0, 1.0, 0.0, 0.0, 0.0, *IMMERSION) == best
    assert unselfconsciousness(1.0, 1.0, 0.0, P.gain, P.unselfconscious_immersion) == best
    assert autotelic(1.0, 1.0, 1.0, 1.0, 0.0, P.gain, P.autotelic_autonomy) == best


def test_balance_is_only_one_of_several_inputs() -> None:
    """Fong 2015: balance without goals, efficacy or motive makes no flow, and there is some without balance."""
    assert control(1.0, 0.0, 0.0, 0.0, P.gain) < 0.5
    assert control(0.0, 1.0, 1.0, 0.0, P.gain) > 0.5
    assert immersion(1.0, 0.0, 0.0, 0.0, 0.0, 0.0, *IMMERSION) == pytest.approx(0.5)


def test_load_and_distraction_disturb_immersion_alike() -> None:
    calm = immersion(0.8, 0.6, 0.6, 0.0, 0.0, 0.0, *IMMERSION)
    loaded = immersion(0.8, 0.6, 0.6, 1.0, 0.0, 0.0, *IMMERSION)
    assert loaded == pytest.approx(immersion(0.8, 0.6, 0.6, 0.0, 1.0, 0.0, *IMMERSION))
    assert loaded < calm


def test_a_safe_place_and_felt_autonomy_help() -> None:
    share = P.unselfconscious_immersion
    assert unselfconsciousness(0.6, 0.9, 0.0, P.gain, share) > unselfconsciousness(0.6, 0.3, 0.0, P.gain, share)
    share = P.autotelic_autonomy
    assert autotelic(0.6, 0.6, 0.6, 0.9, 0.0, P.gain, share) > autotelic(0.6, 0.6, 0.6, 0.2, 0.0, P.gain, share)


def test_the_moment_shifts_the_log_odds() -> None:
    assert control(0.5, 0.5, 0.5, 1.0, P.gain) == pytest.approx(sigma(1.0))
    assert control(0.5, 0.5, 0.5, -1.0, P.gain) == pytest.approx(sigma(-1.0))


def test_flow_is_the_mean_of_the_four() -> None:
    assert overall(0.2, 0.4, 0.6, 0.8) == pytest.approx(np.mean([0.2, 0.4, 0.6, 0.8]))
