"""Inequality and correlation: closed forms, other libraries, and what nobody can tell."""

from __future__ import annotations

from math import isnan
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ecosim.records.measures import correlation, gini, mean, rank_correlation, share, varies

NUMBERS = st.lists(st.integers(0, 9).map(float), max_size=20).map(np.array)
RNG = np.random.default_rng(3)


@given(NUMBERS)
def test_gini_is_half_the_mean_difference_of_all_pairs(values: Any) -> None:
    found = gini(values)
    if not values.sum():
        assert isnan(found)
        return
    pairs = sum(abs(one - other) for one in values for other in values) / values.size**2
    assert found == pytest.approx(0.5 * pairs / values.mean(), abs=1e-12)


@pytest.mark.parametrize("count", [1, 2, 10])
def test_gini_is_none_of_equals_and_nearly_one_where_one_has_all(count: int) -> None:
    assert gini(np.full(count, 3.0)) == pytest.approx(0.0, abs=1e-12)
    assert gini(np.eye(count)[0]) == pytest.approx(1.0 - 1.0 / count)


@given(NUMBERS, st.integers(2, 4))
def test_gini_knows_neither_the_unit_nor_how_often_all_are_counted(values: Any, times: int) -> None:
    assert gini(np.tile(values, times) * 7.0) == pytest.approx(gini(values), abs=1e-12, nan_ok=True)


def test_counts_by_chance_alone_are_less_unequal_than_geometric_ones() -> None:
    posts = RNG.poisson(5.0, 40000)
    assert gini(posts) == pytest.approx(0.244, abs=0.01)  # a Poisson count of mean 5
    assert gini(RNG.geometric(0.2, 40000)) == pytest.approx(1.0 / (2.0 - 0.2) * 0.8, abs=0.01)


@given(NUMBERS, NUMBERS)
def test_correlations_are_scipys_where_both_vary(one: Any, other: Any) -> None:
    count = min(one.size, other.size)
    one, other = one[:count], other[:count]
    if varies(one) and varies(other):
        assert correlation(one, other) == pytest.approx(float(stats.pearsonr(one, other).statistic), abs=1e-9)
        assert rank_correlation(one, other) == pytest.approx(float(stats.spearmanr(one, other).statistic), abs=1e-9)
    else:
        assert isnan(correlation(one, other)) and isnan(rank_correlation(one, other))


def test_pairs_with_a_gap_are_left_out() -> None:
    one = np.array([1.0, 2.0, np.nan, 4.0, 9.0])
    other = np.array([2.0, 1.0, 5.0, np.nan, 3.0])
    assert correlation(one, other) == pytest.approx(correlation(one[[0, 1, 4]], other[[0, 1, 4]]))


def test_nothing_has_neither_share_nor_mean() -> None:
    assert isnan(share(np.zeros(0, bool))) and isnan(mean(np.array([np.nan]))) and isnan(mean(np.zeros(0)))
    assert mean(np.array([1.0, np.nan, 3.0])) == 2.0
