"""Shares of variance in closed form: what is additive, what is pure interaction, what is chance."""

from __future__ import annotations

from math import isnan
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from ecosim.study.statistics.decomposition import interaction, shares

WHOLE = st.integers(-9, 9).map(float)
TABLES = arrays(float, st.tuples(st.integers(2, 5), st.integers(2, 5)), elements=WHOLE)


def cells(table: Any, noise: float = 0.0, luck: int = 6, shared: float = 0.0, seed: int = 1) -> Any:
    """Return a table of runs: means, noise of every run, and the luck that a replicate has everywhere."""
    rng, table = np.random.default_rng(seed), np.asarray(table, float)
    own = noise * rng.standard_normal((*table.shape, luck))
    return table[:, :, None] + own + shared * rng.standard_normal(luck)


@given(
    arrays(float, 3, elements=st.integers(-9, 9).map(float)), arrays(float, 4, elements=st.integers(-9, 9).map(float))
)
def test_an_additive_table_has_no_interaction(first: Any, second: Any) -> None:
    found = shares(cells(first[:, None] + second[None, :]))
    one, other = 4 * ((first - first.mean()) ** 2).sum(), 3 * ((second - second.mean()) ** 2).sum()
    if one + other > 0.0:
        assert found == pytest.approx((one / (one + other), other / (one + other), 0.0), abs=1e-9)


def test_a_crossed_table_is_interaction_alone() -> None:
    assert shares(cells([[1, -1], [-1, 1]])) == pytest.approx((0.0, 0.0, 1.0), abs=1e-12)


@given(TABLES)
def test_shares_add_up_to_one_and_change_places_with_the_factors(table: Any) -> None:
    found, turned = shares(cells(table)), shares(cells(table).transpose(1, 0, 2))
    if np.ptp(table) > 0.0:
        assert sum(found) == pytest.approx(1.0)
        assert (turned.second, turned.first, turned.interaction) == pytest.approx(tuple(found), abs=1e-9)
    else:
        assert all(isnan(each) for each in found)


@given(TABLES, st.floats(0.5, 20.0), st.floats(-50.0, 50.0))
def test_shares_do_not_depend_on_units(table: Any, factor: float, shift: float) -> None:
    if np.ptp(table) > 0.0:
        assert shares(cells(table) * factor + shift) == pytest.approx(tuple(shares(cells(table))), abs=1e-6)


def test_the_luck_of_a_replicate_is_not_taken_for_noise() -> None:
    table = [[0, 1], [2, 4]]
    assert shares(cells(table, shared=50.0)) == pytest.approx(tuple(shares(cells(table))), abs=1e-9)


def test_a_share_is_not_inflated_by_chance() -> None:
    """Beneath noise of the size of the effects, the mean share over many tables is that without noise."""
    table = np.array([[0.0, 1.0, 2.0], [1.0, 3.0, 2.0], [4.0, 4.0, 7.0]])
    truth = np.array(shares(cells(table)))
    found = np.array([shares(cells(table, noise=2.0, luck=20, shared=3.0, seed=seed)) for seed in range(600)])
    error = found.std(axis=0, ddof=1) / np.sqrt(600)
    assert (np.abs(found.mean(axis=0) - truth) < 4.0 * error + 0.01).all(), (found.mean(axis=0), truth)
    plain = [shares(cells(table, 2.0, 20, seed=seed).mean(axis=2, keepdims=True)).interaction for seed in range(600)]
    assert np.mean(plain) > truth[2] + 5.0 * error[2]  # without the correction the interaction would look larger


def test_noise_alone_favours_nobody() -> None:
    """Sums of squares less what chance puts into them are zero on average, in each part."""
    found = np.array([shares(cells(np.zeros((3, 3)), noise=1.0, luck=10, seed=seed)) for seed in range(400)])
    whole = found[~np.isnan(found).any(axis=1)]
    assert len(whole) < 400, "some tables show nothing beyond chance at all"
    mains = whole[:, :2].mean(axis=0)
    assert abs(mains[0] - mains[1]) < 0.1


def test_the_interval_holds_the_truth() -> None:
    table = np.array([[0.0, 1.0], [1.0, 4.0]])
    truth, held = shares(cells(table)).interaction, 0
    for seed in range(400):
        _, low, high = interaction(cells(table, noise=1.0, luck=40, seed=seed), 0.05)
        held += low <= truth <= high
    found = stats.binomtest(held, 400).proportion_ci(0.99)
    assert found.high >= 0.95, f"{held} of 400: {found}"


@pytest.mark.parametrize("luck", [5, 10])
def test_with_few_replicates_no_more_is_claimed_than_there_is(luck: int) -> None:
    """The interval errs towards less: a share is claimed to be larger than it is in one of forty studies, or fewer."""
    table = np.array([[0.0, 1.0], [1.0, 4.0]])
    truth, above = shares(cells(table)).interaction, 0
    for seed in range(400):
        above += interaction(cells(table, noise=1.0, luck=luck, seed=seed), 0.05)[1] > truth
    found = stats.binomtest(above, 400).proportion_ci(0.99)
    assert found.low <= 0.025, f"{above} of 400: {found}"


def test_where_there_is_no_interaction_none_is_claimed() -> None:
    """Few replicates, and a claim of more than a twentieth of the variance: wrong in one of forty studies, or fewer."""
    table, claimed = np.add.outer(np.arange(3.0), np.arange(4.0)), 0
    for seed in range(400):
        _, low, _ = interaction(cells(table, noise=1.0, luck=5, seed=seed), 0.05)
        claimed += low > 0.05
    found = stats.binomtest(claimed, 400).proportion_ci(0.99)
    assert found.low <= 0.025, f"{claimed} of 400: {found}"


def test_one_replicate_has_a_share_and_no_interval() -> None:
    value, low, high = interaction(cells([[1, 2], [3, 9]], luck=1), 0.05)
    assert 0.0 < value < 1.0
    assert isnan(low)
    assert isnan(high)
