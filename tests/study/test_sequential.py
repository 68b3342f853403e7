"""Looking several times spends alpha once: by paths of a random walk, and by whole simulated studies."""

from __future__ import annotations

from itertools import pairwise
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ecosim.study.plan.document import Replicates
from ecosim.study.statistics.paired import interval
from ecosim.study.statistics.sequential import levels, looks
from ecosim.study.statistics.verdict import judged

from .many import LOOKS, NOISES, SMALLEST, courses, coverage, intervals

PATHS = 400_000
PLANS = [LOOKS, (20, 40, 80), (20, 39, 40), (20, 40, 80, 160, 161), (2, 3, 6, 12), (10, 20, 40, 80, 160, 320, 640)]
RANGE = st.tuples(st.integers(2, 60), st.integers(0, 2000)).map(lambda pair: (pair[0], sum(pair)))


def plan(least: int, most: int) -> tuple[int, ...]:
    """Return the looks of sequential replicates."""
    return looks(Replicates(min=least, max=most))


def crossings(counts: tuple[int, ...], alpha: float, seed: int = 5) -> np.ndarray:
    """Return, for each look, the share of random walks whose interval misses there first."""
    rng, times = np.random.default_rng(seed), np.array(counts, float)
    steps = rng.standard_normal((PATHS, len(counts))) * np.sqrt(np.diff(times, prepend=0.0))
    beyond = np.abs(steps.cumsum(axis=1) / np.sqrt(times)) > stats.norm.isf(0.5 * np.array(levels(counts, alpha)))
    first = np.where(beyond.any(axis=1), beyond.argmax(axis=1), len(counts))
    return np.bincount(first, minlength=len(counts) + 1)[: len(counts)] / PATHS


def test_the_looks_are_those_of_the_contract() -> None:
    assert plan(20, 400) == LOOKS
    assert plan(20, 20) == (20,)
    assert plan(20, 21) == (20, 21)
    assert looks(Replicates(min=3, max=50, until="fixed")) == (50,)


@given(RANGE)
def test_looks_double_up_to_the_last(bounds: tuple[int, int]) -> None:
    found = plan(*bounds)
    assert (found[0], found[-1]) == bounds
    assert all(later == min(2 * earlier, bounds[1]) for earlier, later in pairwise(found))


@pytest.mark.parametrize("counts", PLANS, ids=str)
@pytest.mark.parametrize("alpha", [0.05, 0.1])
def test_all_looks_together_miss_with_probability_alpha(counts: tuple[int, ...], alpha: float) -> None:
    missed = float(crossings(counts, alpha).sum())
    assert abs(missed - alpha) < 4.0 * sqrt(alpha * (1.0 - alpha) / PATHS)


def test_each_look_spends_its_share_of_the_runs() -> None:
    spent = crossings(LOOKS, 0.05)
    shares = 0.05 * np.diff(np.array(LOOKS, float), prepend=0.0) / LOOKS[-1]
    assert (np.abs(spent - shares) < 4.0 * np.sqrt(shares / PATHS)).all()


def test_two_looks_are_exact() -> None:
    for counts in ((20, 40), (20, 21), (10, 100)):
        bounds = stats.norm.isf(0.5 * np.array(levels(counts, 0.05)))
        together = stats.multivariate_normal(
            cov=[[1.0, sqrt(counts[0] / counts[1])], [sqrt(counts[0] / counts[1]), 1.0]]
        )
        held = together.cdf(bounds, lower_limit=-bounds)
        assert 1.0 - held == pytest.approx(0.05, abs=2e-4)


@given(st.floats(1e-4, 0.5), st.integers(1, 100_000))
def test_one_look_spends_it_all(alpha: float, count: int) -> None:
    assert levels((count,), alpha) == (alpha,)


@settings(max_examples=15)
@given(RANGE, st.sampled_from([0.01, 0.05, 0.2]))
def test_no_look_has_more_than_alpha_and_all_together_have_no_less(bounds: tuple[int, int], alpha: float) -> None:
    counts = plan(*bounds)
    found = np.array(levels(counts, alpha))
    assert (found > 0.0).all()
    assert (found <= alpha).all()
    shares = alpha * np.diff(np.array(counts, float), prepend=0.0) / counts[-1]
    assert (
        found >= shares - 2e-4 * alpha / 0.05
    ).all()  # a look spends at most its level (Boole), so its level is no less
    assert found[0] == pytest.approx(shares[0], rel=1e-2)


def test_many_studies_at_once_are_the_studies_one_by_one() -> None:
    rng = np.random.default_rng(3)
    for noise in NOISES.values():
        for count in (20, 80):
            values = noise(rng, (4, count)) + 0.1
            low, high = intervals(values, 0.004)
            for row in range(4):
                assert interval(values[row], 0.004)[1:] == pytest.approx((low[row], high[row]), abs=1e-9)


def test_a_simulated_study_ends_as_a_real_one_would() -> None:
    rng, ends = np.random.default_rng(4), set()
    differences = np.concatenate([NOISES["exponential"](rng, (6, LOOKS[-1])) + truth for truth in (0.0, 0.2, 0.5, 1.5)])
    end, spent = courses(differences), levels(LOOKS, 0.05)
    for row, each in enumerate(differences):
        for place, count in enumerate(LOOKS):
            (found,) = judged(
                [each[:count]], np.zeros(count), lambda among, level=spent[place]: level / among, SMALLEST
            )
            if found.word != "undecided" or count == LOOKS[-1]:
                break
        assert place == end.look[row]
        assert (found.effect.low, found.effect.high) == pytest.approx((end.low[row], end.high[row]), abs=1e-9)
        ends.add(place)
    assert len(ends) > 3


@pytest.mark.parametrize("truth", [0.0, SMALLEST, 0.5])
@pytest.mark.parametrize("noise", ["normal", "difference of counts"])
def test_the_whole_procedure_keeps_its_coverage(noise: str, truth: float) -> None:
    found = coverage(noise, truth, 400)
    assert found.share >= 0.94 - 2.0 * sqrt(0.06 * 0.94 / 400), f"{noise}, {truth}: {found}"


@pytest.mark.long
@pytest.mark.parametrize("truth", [0.5 * SMALLEST, SMALLEST, 0.5, 1.5])
@pytest.mark.parametrize("noise", NOISES)
def test_the_whole_procedure_keeps_its_coverage_where_there_is_an_effect(noise: str, truth: float) -> None:
    found = coverage(noise, truth, 4000)
    assert found.share >= 0.94, f"{noise}, true difference {truth}: {found}"


@pytest.mark.long
@pytest.mark.parametrize("noise", NOISES)
def test_the_whole_procedure_keeps_its_coverage_where_there_is_none(noise: str) -> None:
    found = coverage(noise, 0.0, 20_000)
    assert found.share >= 0.94, f"{noise}, no difference: {found}"
