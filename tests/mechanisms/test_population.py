"""Population: correlated dispositions, clipped skills, lognormal rates."""

from __future__ import annotations

from math import exp

import numpy as np
import pytest
from scipy import stats

from ecosim.mechanisms.population import Population, disposition, initial_skill, personal_rate

P = Population()
LOADINGS = (P.latent_loading, P.own_loading)
NORMAL = np.random.default_rng(1).standard_normal((2, 4000))
"""Any standard normal numbers: here only as points at which to evaluate equations."""


def test_the_loadings_keep_the_variance_at_one() -> None:
    assert P.latent_loading**2 + P.own_loading**2 == pytest.approx(1.0)


def test_two_dispositions_correlate_by_what_they_share() -> None:
    """The correlation of two dispositions is the squared loading, .36, within the interval of 4,000 people."""
    latent = NORMAL[0]
    own = np.random.default_rng(2).standard_normal((2, latent.size))
    one, two = ([disposition(0.5, 0.15, a, b, *LOADINGS) for a, b in zip(latent, part, strict=True)] for part in own)
    interval = stats.pearsonr(one, two).confidence_interval(0.9999)
    assert interval.low < P.latent_loading**2 < interval.high


def test_a_disposition_is_clipped() -> None:
    assert disposition(0.5, 0.15, 0.0, 0.0, *LOADINGS) == 0.5
    assert disposition(0.5, 0.15, 9.0, 9.0, *LOADINGS) == 0.98
    assert disposition(0.5, 0.15, -9.0, -9.0, *LOADINGS) == 0.02
    assert disposition(0.5, 0.0, 3.0, -2.0, *LOADINGS) == 0.5


def test_skill_is_clipped() -> None:
    assert initial_skill(0.35, 0.22, 0.0) == 0.35
    assert initial_skill(0.35, 0.22, 1.0) == pytest.approx(0.57)
    assert initial_skill(0.35, 0.22, -5.0) == 0.02
    assert initial_skill(0.35, 0.22, 5.0) == 0.95


def test_rates_are_lognormal_with_mean_one() -> None:
    """By Gauss-Hermite quadrature: the mean is 1 whatever the spread, the median exp(-spread^2 / 2)."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(80)
    for spread in (0.0, 0.5, 1.3, 2.0):
        mean = sum(w * personal_rate(z, spread) for z, w in zip(nodes, weights, strict=True)) / np.sqrt(2 * np.pi)
        assert mean == pytest.approx(1.0, rel=1e-6)
        assert personal_rate(0.0, spread) == pytest.approx(exp(-spread * spread / 2))


def test_a_few_contribute_much() -> None:
    """Van Mierlo 2014: one percent of people made three quarters of the posts in health forums; here, much of them."""
    rates = np.sort([personal_rate(float(z), P.rate_sigma) for z in NORMAL.ravel()])[::-1]
    assert 0.1 < rates[: rates.size // 100].sum() / rates.sum() < 0.3
    right = 1 - stats.norm.cdf(stats.norm.ppf(0.99) - P.rate_sigma)  # the Lorenz curve of a lognormal law
    assert rates[: rates.size // 100].sum() / rates.sum() == pytest.approx(right, abs=0.05)
