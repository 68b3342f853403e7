"""Variates that are made of uniform ones: quantiles against scipy's, and samples against the distributions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.special import ndtri

from ecosim import chance
from ecosim.chance import exp, gumbel, normal, sigma, uniform
from ecosim.model.kernel import kernel

RARE = 1e-6
SHARES = st.floats(2.0**-53, 1.0 - 2.0**-53)


def poisson(u: float, mean: float) -> int:
    """Return a Poisson variate as the model draws it."""
    return chance.poisson(u, mean, exp(-mean))


def sample(decision: int, count: int = 10_000) -> Any:
    """Return uniform variates of one decision for many learners."""
    return np.array([uniform(2024, 1, decision, 7, i, 0) for i in range(count)])


@given(SHARES)
def test_normal_is_the_quantile(u: float) -> None:
    assert normal(u) == pytest.approx(float(ndtri(u)), rel=1e-13, abs=1e-15)


def test_normal_in_all_three_of_its_ranges() -> None:
    for u in (0.5, 0.075, 0.0750000001, 0.925, 0.2, 1e-3, 1e-10, 1.4e-11, 1.3e-11, 1e-15, 2.0**-53):
        assert normal(u) == pytest.approx(float(ndtri(u)), rel=1e-14, abs=1e-300)
    assert normal(0.5) == 0.0


@given(st.floats(1e-3, 0.5))
def test_normal_is_symmetric(u: float) -> None:
    assert normal(u) == pytest.approx(-normal(1.0 - u), rel=1e-12, abs=1e-13)


@given(SHARES)
def test_gumbel_is_the_quantile(u: float) -> None:
    assert gumbel(u) == pytest.approx(float(stats.gumbel_r.ppf(u)), rel=1e-12, abs=1e-12)


@given(SHARES, st.floats(0.0, 200.0))
def test_poisson_is_the_smallest_count_that_reaches_u(u: float, mean: float) -> None:
    count = poisson(u, mean)
    law = stats.poisson(mean)
    assert law.cdf(count) >= u - 1e-12
    assert count == 0 or law.cdf(count - 1) < u + 1e-12


def test_poisson_at_its_limits() -> None:
    assert poisson(0.999, 0.0) == 0
    assert poisson(2.0**-53, 200.0) == pytest.approx(stats.poisson.ppf(2.0**-53, 200.0), abs=1)
    assert poisson(1.0 - 2.0**-53, 200.0) < 1000


def test_normal_sample() -> None:
    z = np.array([normal(u) for u in sample(chance.MOOD)])
    assert stats.kstest(z, "norm").pvalue > RARE
    assert abs(z.mean()) < 5 / z.size**0.5
    assert abs(z.var() - 1.0) < 5 * (2 / z.size) ** 0.5


def test_gumbel_sample() -> None:
    assert stats.kstest([gumbel(u) for u in sample(chance.CHOICE)], "gumbel_r").pvalue > RARE


@pytest.mark.parametrize("mean", [0.2, 1.2, 8.0, 60.0])
def test_poisson_sample(mean: float) -> None:
    counts = np.array([poisson(u, mean) for u in sample(chance.EFFORT)])
    edges = np.unique(stats.poisson.ppf(np.linspace(0.05, 0.95, 12), mean))
    right = np.diff(np.concatenate([[0.0], stats.poisson.cdf(edges, mean), [1.0]])) * counts.size
    found = np.bincount(np.searchsorted(edges, counts), minlength=edges.size + 1)
    kept = right > 0
    assert stats.chisquare(found[kept], right[kept]).pvalue > RARE
    assert abs(counts.mean() - mean) < 5 * (mean / counts.size) ** 0.5


def test_gumbel_max_is_a_softmax() -> None:
    """The option with the largest value + noise is chosen in proportion to exp(value)."""
    value = np.array([0.0, 0.5, 1.5])
    noise = np.array([[gumbel(uniform(3, 0, chance.CHOICE, 0, i, m)) for m in range(3)] for i in range(6000)])
    found = np.bincount((value + noise).argmax(axis=1), minlength=3)
    assert stats.chisquare(found, 6000 * np.exp(value) / np.exp(value).sum()).pvalue > RARE


draw_count = chance.poisson


@kernel
def _variates(out, mean):  # type: ignore[no-untyped-def]
    """Fill the columns of ``out`` with a variate of each kind."""
    for i in range(out.shape[0]):
        u = uniform(9, 4, 22, 5, i, 1)
        out[i, 0] = u
        out[i, 1] = normal(u)
        out[i, 2] = gumbel(u)
        out[i, 3] = draw_count(u, mean, exp(-mean))
        out[i, 4] = exp(30.0 * u - 15.0)
        out[i, 5] = sigma(8.0 * u - 4.0)


def test_the_compiler_changes_no_bit() -> None:
    """The compiled variates are the plain ones, bit for bit."""
    fast, plain = np.zeros((3000, 6)), np.zeros((3000, 6))
    _variates(fast, 3.7)
    _variates.function(plain, 3.7)
    assert fast.tobytes() == plain.tobytes()
