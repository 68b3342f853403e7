"""The difference of pairs: closed forms, brute force, gaps, and what sharing the luck is worth in real studies."""

from __future__ import annotations

from math import isnan, nan, sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ecosim.study.statistics.paired import (
    FEWEST,
    RESAMPLES,
    bca,
    cliffs_delta,
    effect,
    interval,
    p_value,
    paired,
    student,
)

from .worlds import found, study

NUMBERS = st.lists(st.integers(-4, 4).map(float), min_size=1, max_size=25).map(np.array)
RNG = np.random.default_rng(8)


@given(NUMBERS, NUMBERS)
def test_cliffs_delta_is_what_counting_all_pairs_gives(of: Any, against: Any) -> None:
    above = sum(float(b > a) for b in of for a in against)
    below = sum(float(b < a) for b in of for a in against)
    assert cliffs_delta(of, against) == pytest.approx((above - below) / (of.size * against.size), abs=1e-12)


@given(NUMBERS, NUMBERS)
def test_cliffs_delta_changes_sign_when_designs_change_places(of: Any, against: Any) -> None:
    assert cliffs_delta(of, against) == pytest.approx(-cliffs_delta(against, of), abs=1e-12)


@given(st.lists(st.tuples(st.integers(-4, 4), st.integers(-4, 4)), min_size=1, max_size=25))
def test_superiority_counts_pairs_of_the_same_luck_and_ties_half(pairs: list[tuple[int, int]]) -> None:
    of, against = np.array(pairs, float).T
    wins = sum(1.0 if b > a else 0.5 if b == a else 0.0 for b, a in pairs) / len(pairs)
    assert effect(of, against, 0.05).superiority == pytest.approx(wins, abs=1e-12)


def test_the_whole_effect_by_hand() -> None:
    of, against = np.array([1.0, 3.0, 2.0, 6.0]), np.array([0.0, 1.0, 2.0, 3.0])  # differences 1, 2, 0, 3
    made = effect(of, against, 0.1)
    assert (made.pairs, made.difference, made.level) == (4, 1.5, 0.1)
    assert made.paired_d == pytest.approx(1.5 / sqrt(5.0 / 3.0), rel=1e-12)
    assert made.superiority == pytest.approx(3.5 / 4.0)
    assert made.cliffs_delta == pytest.approx((10 - 3) / 16)  # of 16 pairs 10 are above, 3 below, 3 ties


@pytest.mark.parametrize("count", [2, 5, 20, 300])
@pytest.mark.parametrize("level", [0.05, 0.0025])
def test_students_interval_is_scipys(count: int, level: float) -> None:
    values = RNG.exponential(size=count)
    expected = stats.ttest_1samp(values, 0.0).confidence_interval(1.0 - level)
    assert student(values, level)[1:] == pytest.approx((expected.low, expected.high), rel=1e-10)


def test_doubt_is_that_of_students_test() -> None:
    values = RNG.standard_normal(30) + 0.3
    assert p_value(values) == pytest.approx(float(stats.ttest_1samp(values, 0.0).pvalue), rel=1e-12)
    assert p_value(values[:1]) == 1.0
    assert p_value(np.zeros(5)) == 1.0
    assert p_value(np.full(5, 0.25)) == 0.0


@pytest.mark.parametrize("skew", [False, True])
def test_the_bootstrap_interval_is_scipys_where_samples_are_large(skew: bool) -> None:
    """Both draw the same resamples: two that draw their own differ by a hundredth of the width, by chance alone."""
    values = RNG.exponential(size=2000) if skew else RNG.standard_normal(2000)
    expected = stats.bootstrap(
        (values,), np.mean, rng=np.random.default_rng(0), n_resamples=RESAMPLES, batch=2000
    ).confidence_interval
    width = expected.high - expected.low
    assert bca(values, 0.05)[1:] == pytest.approx((expected.low, expected.high), abs=0.003 * width)


def test_the_bootstrap_interval_is_wider_than_scipys_where_samples_are_small() -> None:
    values = RNG.standard_normal(8)
    expected = stats.bootstrap((values,), np.mean, rng=np.random.default_rng(1), n_resamples=9999).confidence_interval
    found_here = bca(values, 0.05)
    assert found_here.high - found_here.low > 1.15 * (expected.high - expected.low)


def test_the_bootstrap_interval_leans_to_the_long_tail() -> None:
    values = np.random.default_rng(2).exponential(size=40)
    made = bca(values, 0.05)
    assert made.high - made.mean > 1.1 * (made.mean - made.low)


@given(st.lists(st.floats(-1, 1), min_size=3, max_size=30).filter(lambda values: np.ptp(values) > 1e-6))
def test_an_interval_is_the_wider_of_bootstrap_and_student_at_each_end(drawn: list[float]) -> None:
    values = np.array(drawn)
    one, other, made = bca(values, 0.02), student(values, 0.02), interval(values, 0.02)
    assert made.low == min(one.low, other.low)
    assert made.high == max(one.high, other.high)


def test_an_interval_is_the_same_each_time_and_moves_with_its_values() -> None:
    values = RNG.exponential(size=25)
    assert bca(values, 0.05) == bca(values, 0.05)
    moved, turned = bca(values * 3.0 + 10.0, 0.05), bca(-values, 0.05)
    assert moved == pytest.approx(np.array(bca(values, 0.05)) * 3.0 + 10.0, rel=1e-9)
    assert turned.mean == -bca(values, 0.05).mean


@pytest.mark.parametrize("learners", [3, 12, 30, 300, 7000])
def test_ties_of_discrete_values_do_not_depend_on_how_they_are_rounded(learners: int) -> None:
    """Shares of learners are multiples of 1/n, which binary numbers only come near; 1/2**k are exact."""
    rng = np.random.default_rng(6)
    for _ in range(5):
        counts = rng.poisson(0.5, 20) - 2.0 * rng.poisson(0.5, 20)
        exact = np.array(bca(counts, 0.0025))
        np.testing.assert_allclose(np.array(bca(counts / learners, 0.0025)) * learners, exact, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(
            np.array(bca(counts / learners + 0.1, 0.0025)) * learners - 0.1 * learners, exact, atol=1e-8
        )


def test_a_constant_difference_is_known_exactly() -> None:
    against = RNG.standard_normal(20)
    whole = effect(np.floor(against * 64) / 64 + 0.25, np.floor(against * 64) / 64, 0.05)
    assert (whole.difference, whole.low, whole.high) == (0.25, 0.25, 0.25)
    assert isnan(whole.paired_d)
    assert whole.superiority == 1.0
    none = effect(against, against, 0.05)
    assert (none.difference, none.low, none.high, none.superiority) == (0.0, 0.0, 0.0, 0.5)


def test_pairs_with_a_gap_are_dropped_and_single_values_kept_for_what_is_not_paired() -> None:
    of, against = np.array([1.0, nan, 3.0, 4.0, 9.0]), np.array([0.0, 1.0, nan, 2.0])
    np.testing.assert_array_equal(paired(of, against), [1.0, 2.0])
    made = effect(of, against, 0.05)
    assert (made.pairs, made.difference) == (2, 1.5)
    assert made.cliffs_delta == cliffs_delta(np.array([1.0, 3.0, 4.0, 9.0]), np.array([0.0, 1.0, 2.0]))


def test_fewer_pairs_than_two_have_no_interval() -> None:
    assert FEWEST == 2
    for of in (np.array([nan, 1.0]), np.array([nan, nan]), np.array([])):
        made = effect(of, np.zeros(of.size), 0.05)
        assert isnan(made.low)
        assert isnan(made.high)


def factor(first: Any, second: Any) -> float:
    """Return how many times the runs unpaired designs need: variance of a difference without and with shared luck."""
    return float((first.var(ddof=1) + second.var(ddof=1)) / (second - first).var(ddof=1))


REAL = [
    ("facilitation", {"facilitation": 0.2}, {"facilitation": 0.5}),
    ("choice", {"choice": 0.5}, {"choice": 0.7}),
    ("hazard", {"hazard": 0.03}, {"hazard": 0.04}),
]


@pytest.mark.parametrize(("name", "one", "other"), REAL, ids=[row[0] for row in REAL])
def test_shared_luck_saves_replicates_in_real_studies(
    name: str, one: Any, other: Any, inline: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = study(
        {"learners": 40, "weeks": 12, "design": {"ready_ties": 4}},
        designs={"one": {"design": one}, "other": {"design": other}}, replicates=60,
        metrics=["retention", "mean_flow", "apprenance"],
    )  # fmt: skip
    values = found(asked, tmp_path / "out").values.main[0]
    factors = [factor(values[0, :, place], values[1, :, place]) for place in range(3)]
    with capsys.disabled():
        said = ", ".join(f"{each.key} {size:.1f}" for each, size in zip(asked.wanted, factors, strict=True))
        print(f"\n{name}: unpaired designs need {said} times the replicates of paired ones")
    assert min(factors) > 1.0, factors
    assert np.exp(np.mean(np.log(factors))) > 1.5, factors
