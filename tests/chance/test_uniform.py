"""Uniform variates: where they lie, how they are spread, and that neighbouring keys are strangers.

All draws are keyed, so each of these tests gives the same answer for ever. Seeds and ranges were written down before
the first run; a p-value below one in a million would be a finding, not bad luck.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import stats

from ecosim import chance
from ecosim.chance import uniform

RARE = 1e-6
DECISIONS = {
    name: value
    for name, value in vars(chance).items()
    if name.isupper() and not name.startswith("_") and isinstance(value, int)
}

Key = Callable[[int], tuple[int, int, int, int, int, int]]
ALONG: dict[str, Key] = {
    "seed": lambda k: (k, 0, chance.ACT, 3, 17, 0),
    "replicate": lambda k: (11, k, chance.ACT, 3, 17, 0),
    "decision": lambda k: (11, 0, k, 3, 17, 0),
    "week": lambda k: (11, 0, chance.ACT, k, 17, 0),
    "learner": lambda k: (11, 0, chance.ACT, 3, k, 0),
    "other": lambda k: (11, 0, chance.CALL, 3, 17, k),
}
"""How to walk along each part of the key while the others stay."""


def draws(along: str, count: int) -> Any:
    """Return ``count`` variates whose keys differ in one part only."""
    return np.array([uniform(*ALONG[along](k)) for k in range(count)])


def test_every_decision_has_a_number_of_its_own() -> None:
    assert len(DECISIONS) >= 40
    assert len(set(DECISIONS.values())) == len(DECISIONS)
    assert all(0 < number < 2**32 for number in DECISIONS.values())


@pytest.mark.parametrize("along", ALONG)
def test_neighbours_are_uniform(along: str) -> None:
    assert stats.kstest(draws(along, 4000), "uniform").pvalue > RARE


@pytest.mark.parametrize("along", ALONG)
def test_neighbours_are_independent(along: str) -> None:
    """Pairs of neighbours fill an 8 x 8 table evenly, and do not correlate at lags 1, 2 and 3."""
    u = draws(along, 6400)
    cells = (8 * u[0::2]).astype(int) * 8 + (8 * u[1::2]).astype(int)
    assert stats.chisquare(np.bincount(cells, minlength=64)).pvalue > RARE
    for lag in (1, 2, 3):
        assert stats.pearsonr(u[:-lag], u[lag:]).pvalue > RARE


@pytest.mark.parametrize(("one", "two"), [("seed", "replicate"), ("week", "learner"), ("learner", "other")])
def test_parts_of_the_key_do_not_stand_for_each_other(one: str, two: str) -> None:
    """Key (a, b) and key (b, a) have nothing to do with each other: who calls whom is not who is called by whom."""
    first, second = draws(one, 2000), draws(two, 2000)
    assert stats.pearsonr(first, second).pvalue > RARE
    assert np.intersect1d(first, second).size <= 1  # where both are at the same key


def test_pairs_of_learners_are_directed() -> None:
    there = np.array([uniform(5, 0, chance.CALL, 1, i, j) for i in range(40) for j in range(i)])
    back = np.array([uniform(5, 0, chance.CALL, 1, j, i) for i in range(40) for j in range(i)])
    assert not (there == back).any()
    assert stats.pearsonr(there, back).pvalue > RARE


def test_moments() -> None:
    """Mean 1/2, variance 1/12, and no skew, each within five standard errors."""
    u = draws("learner", 20_000)
    n = u.size
    assert abs(u.mean() - 0.5) < 5 * (1 / 12 / n) ** 0.5
    assert abs(u.var() - 1 / 12) < 5 * (1 / 180 / n) ** 0.5
    assert abs(((u - 0.5) ** 3).mean()) < 5 * (1 / 448 / n) ** 0.5


def test_low_bits_are_random_too() -> None:
    """Each of the 52 bits is set half of the time (five standard errors)."""
    bits = (draws("learner", 4000) * 2.0**52).astype(np.int64)
    for place in range(52):
        assert abs(((bits >> place) & 1).mean() - 0.5) < 5 * 0.5 / 4000**0.5


@pytest.mark.parametrize(("word", "value"), [(0, 2.0**-53), (0xFFFFFFFF, 1.0 - 2.0**-53)])
def test_never_an_end_point(word: int, value: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the generator says, u lies strictly between 0 and 1: ln u and ln(1 - u) are finite."""
    monkeypatch.setattr(chance, "philox", lambda *_: (word, word, word, word))
    u = uniform(0, 0, 0, 0, 0, 0)
    assert u == value
    assert 0.0 < u < 1.0


def test_largest_keys_are_accepted() -> None:
    most = 2**32 - 1
    assert 0.0 < uniform(most, most, most, most, most, most) < 1.0


def test_a_coin_falls_below_p_as_often_as_p() -> None:
    u = draws("learner", 20_000)
    for p in (0.001, 0.06, 0.5, 0.85):
        assert stats.binomtest(int((u < p).sum()), u.size, p).pvalue > RARE
