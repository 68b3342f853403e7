"""Verdicts in words: each case of an interval, the order of Holm, and about how many more runs."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, nan, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.special import stdtr, stdtrit

from ecosim.study.statistics import verdict
from ecosim.study.statistics.comparison import compared
from ecosim.study.statistics.paired import Effect, p_value, student
from ecosim.study.statistics.sequential import levels
from ecosim.study.statistics.verdict import better, judged, more_runs, word_of
from ecosim.study.stopping import decided

from .many import LOOKS
from .worlds import study


@pytest.mark.parametrize(
    ("low", "high", "smallest", "word"),
    [
        (0.01, 0.5, 0.0, "higher"),
        (-0.5, -0.01, 0.0, "lower"),
        (-0.1, 0.1, 0.0, "undecided"),
        (0.0, 0.5, 0.0, "undecided"),
        (-0.5, 0.0, 0.0, "undecided"),
        (0.0, 0.0, 0.0, "equivalent"),
        (0.3, 0.3, 0.0, "higher"),
        (-0.1, 0.1, 0.2, "equivalent"),
        (0.01, 0.1, 0.2, "equivalent"),
        (-0.1, -0.01, 0.2, "equivalent"),
        (-0.2, 0.1, 0.2, "undecided"),
        (-0.1, 0.2, 0.2, "undecided"),
        (0.01, 0.3, 0.2, "higher"),
        (0.25, 0.3, 0.2, "higher"),
        (-0.3, -0.01, 0.2, "lower"),
        (-0.3, 0.3, 0.2, "undecided"),
        (nan, nan, 0.2, "undecided"),
        (-inf, inf, 0.2, "undecided"),
        (0.1, inf, 0.0, "undecided"),
    ],
)
def test_what_an_interval_says(low: float, high: float, smallest: float, word: str) -> None:
    assert word_of(low, high, smallest) == word


@given(st.floats(-1, 1), st.floats(0, 1), st.floats(0, 1))
def test_a_word_changes_sides_with_its_interval(low: float, width: float, smallest: float) -> None:
    turned = {"higher": "lower", "lower": "higher"}
    word = word_of(low, low + width, smallest)
    assert word_of(-(low + width), -low, smallest) == turned.get(word, word)


@given(st.floats(-1, 1), st.floats(0, 1), st.floats(0, 0.5), st.floats(0, 0.5))
def test_a_wider_interval_never_says_more(low: float, width: float, more: float, smallest: float) -> None:
    narrow, wide = word_of(low, low + width, smallest), word_of(low - more, low + width + more, smallest)
    assert wide in (narrow, "undecided") or (narrow, wide) in (("equivalent", "higher"), ("equivalent", "lower"))


@pytest.mark.parametrize(
    ("word", "direction", "said"),
    [
        ("higher", "higher", "better"),
        ("lower", "higher", "worse"),
        ("lower", "lower", "better"),
        ("higher", "lower", "worse"),
        ("higher", None, "higher"),
        ("equivalent", "higher", "equivalent"),
        ("undecided", "lower", "undecided"),
    ],
)
def test_better_is_where_a_metric_has_a_better_direction(word: Any, direction: str | None, said: str) -> None:
    assert better(word, direction) == said


def doubt(values: Any) -> float:
    """Return what ``paired.p_value`` returns, twenty times as fast."""
    t = abs(values.mean()) * sqrt(values.size) / values.std(ddof=1)
    return float(2.0 * stdtr(values.size - 1, -t))


def quick(of: Any, against: Any, level: float) -> Effect:
    """Return an effect with Student's interval instead of the bootstrap's."""
    values = of - against
    half = -stdtrit(values.size - 1, 0.5 * level) * values.std(ddof=1) / sqrt(values.size)
    mean = float(values.mean())
    return Effect(values.size, mean, mean - half, mean + half, level, nan, nan, nan)


def shared(alpha: float) -> Callable[[int], float]:
    """Return the level of one of m comparisons at the only look."""
    return lambda among: alpha / among


@pytest.fixture
def students(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have verdicts by Student's interval instead of the bootstrap: for thousands of them."""
    values = np.array([0.3, 0.1, -0.2, 0.5])
    assert doubt(values) == pytest.approx(p_value(values), rel=1e-9)
    assert quick(values, values * 0.0, 0.01)[2:4] == pytest.approx(student(values, 0.01)[1:], rel=1e-9)
    monkeypatch.setattr(verdict, "effect", quick)
    monkeypatch.setattr(verdict, "p_value", doubt)


def test_holm_judges_the_clearest_first_and_each_at_its_own_level() -> None:
    rng = np.random.default_rng(1)
    base = rng.standard_normal(60)
    others = [base + shift + 0.3 * rng.standard_normal(60) for shift in (0.02, 2.0, 0.5, 0.0)]
    made = judged(others, base, shared(0.05), 0.0)
    assert [each.word for each in made] == ["undecided", "higher", "higher", "undecided"]
    assert made[1].effect.level == pytest.approx(0.05 / 4)
    assert made[2].effect.level == pytest.approx(0.05 / 3)
    assert {made[0].effect.level, made[3].effect.level} == {0.05 / 2}
    assert [each.more > 0.0 for each in made] == [True, False, False, True]


@pytest.mark.parametrize("designs", [1, 3, 10])
@pytest.mark.parametrize("smallest", [0.0, 0.6])
def test_the_chance_of_any_wrong_verdict_stays_within_alpha(students: None, designs: int, smallest: float) -> None:
    """No design has an effect; with a smallest effect each has just that, so that `equivalent` is wrong as well.

    There are pairs enough that a design just at the smallest effect may well be called equivalent by chance.
    """
    rng, studies, wrong = np.random.default_rng(7), 1500, 0
    for _ in range(studies):
        base = rng.standard_normal(80)
        others = [base + smallest + rng.standard_normal(80) for _ in range(designs)]
        words = {each.word for each in judged(others, base, shared(0.05), smallest)}
        wrong += bool(words & ({"higher", "lower"} if not smallest else {"equivalent", "lower"}))
    interval = stats.binomtest(wrong, studies).proportion_ci(0.999)
    assert interval.low <= 0.05, f"{wrong} of {studies}: {interval}"


def test_where_designs_may_be_equivalent_each_is_judged_as_one_of_all() -> None:
    rng = np.random.default_rng(1)
    base = rng.standard_normal(60)
    others = [base + shift + 0.1 * rng.standard_normal(60) for shift in (0.0, 2.0, 0.5)]
    made = judged(others, base, shared(0.05), 0.2)
    assert [each.word for each in made] == ["equivalent", "higher", "higher"]
    assert {each.effect.level for each in made} == {0.05 / 3}


def test_holm_finds_more_than_one_level_for_all(students: None) -> None:
    rng, more = np.random.default_rng(8), 0
    for _ in range(300):
        base = rng.standard_normal(40)
        others = [base + 1.0 + rng.standard_normal(40), base + 0.45 + rng.standard_normal(40)]
        holm = [each.word == "higher" for each in judged(others, base, shared(0.05), 0.0)]
        plain = [word_of(*student(each - base, 0.025)[1:], 0.0) == "higher" for each in others]
        assert all(now or not then for now, then in zip(holm, plain, strict=True))
        more += sum(holm) - sum(plain)
    assert more > 10


def test_more_runs_are_about_as_many_as_it_takes() -> None:
    """Studies of 40 pairs say how many more they need; with so many, about half of them are decided."""
    rng, level, decided_then, studies = np.random.default_rng(9), 0.05, 0, 400
    asked = 0
    for _ in range(studies):
        whole = rng.standard_normal(3000) + 0.25
        first = whole[:40]
        if word_of(*student(first, level)[1:], 0.0) != "undecided":
            continue
        true_count = (1.96 / 0.25) ** 2  # were mean and spread known
        shift = whole - whole[:40].mean() + 0.25  # the mean that was seen is the truth
        more = more_runs(shift[:40], level, 0.0)
        assert 0.3 * true_count - 40 <= more <= 3.0 * true_count
        rest = rng.standard_normal(40 + int(more)) + 0.25
        asked += 1
        decided_then += word_of(*student(rest, level)[1:], 0.0) != "undecided"
    assert asked > 100
    assert 0.35 < decided_then / asked < 0.65


def test_more_runs_by_hand() -> None:
    values = np.tile([-1.0, 1.5], 8)  # mean .25, spread 1.291
    spread = float(values.std(ddof=1))
    wanted = (1.959964 * spread / 0.25) ** 2 - 16
    assert more_runs(values, 0.05, 0.0) == np.ceil(wanted)
    wanted = (1.959964 * spread / 0.75) ** 2 - 16
    assert more_runs(values, 0.05, 1.0) == max(1.0, np.ceil(wanted))
    assert more_runs(values - 0.25, 0.05, 0.0) == inf
    assert more_runs(values[:1], 0.05, 0.0) == inf
    assert more_runs(np.full(5, 0.1), 0.05, 0.0) == 1.0


def compare_study(**parts: Any) -> Any:
    """Return a study of three designs and two metrics."""
    return study(
        designs={"a": {}, "b": {"design": {"choice": 0.6}}, "c": {"design": {"choice": 0.7}}},
        metrics=["retention", "mean_flow"], **parts,
    )  # fmt: skip


def test_every_other_design_is_compared_with_the_baseline_on_every_metric() -> None:
    asked = compare_study(compare={"baseline": "b", "smallest_effect": {"retention": 0.1}})
    values = np.random.default_rng(2).random((3, 20, 2))
    made = compared(asked, values, 20)
    assert [(each.design, each.against, each.metric) for each in made] == [
        ("a", "b", "retention"), ("c", "b", "retention"), ("a", "b", "mean_flow"), ("c", "b", "mean_flow"),
    ]  # fmt: skip
    assert [each.smallest for each in made] == [0.1, 0.1, 0.0, 0.0]
    for each in made:
        among = (2,) if each.smallest else (1, 2)  # who may be equivalent is judged as one of two, always
        assert any(each.judged.effect.level == pytest.approx(levels(LOOKS, 0.05 / m)[0]) for m in among)
    difference = values[0, :, 0] - values[1, :, 0]
    assert made[0].judged.effect.difference == pytest.approx(difference.mean())


def test_a_study_goes_on_until_every_difference_is_decided() -> None:
    asked = compare_study()
    rng = np.random.default_rng(3)
    values = np.repeat(rng.random((1, 20, 2)), 3, axis=0)
    values[1:] += np.array([1.0, 2.0])[:, None, None] + 0.1 * rng.random((2, 20, 2))
    assert decided(asked, values, 20)
    values[2, :, 1] = values[0, :, 1] + 0.1 * rng.standard_normal(20)
    assert not decided(asked, values, 20)
    assert decided(asked, np.concatenate([values] * 20, axis=1), 400)


def test_where_something_is_expected_or_named_only_that_has_to_be_decided() -> None:
    rng = np.random.default_rng(5)
    values = np.repeat(rng.random((1, 20, 2)), 3, axis=0)
    values[1, :, 0] += 1.0 + 0.1 * rng.random(20)  # only retention of b is clear
    values[2] += 0.1 * rng.standard_normal((20, 2))
    values[1, :, 1] += 0.1 * rng.standard_normal(20)
    clear = {"metric": "retention", "of": "b", "against": "a", "direction": "higher"}
    unclear = {**clear, "metric": "mean_flow"}
    assert not decided(compare_study(), values, 20)
    assert decided(compare_study(expect=[clear]), values, 20)
    assert not decided(compare_study(expect=[clear, unclear]), values, 20)
    named = {"smallest_effect": {"retention": 0.2}}
    values[2, :, 0] = values[0, :, 0] + 0.001 * rng.standard_normal(20)
    assert decided(compare_study(compare=named), values, 20)
    assert decided(compare_study(compare=named, expect=[clear]), values, 20)
    assert not decided(compare_study(compare={"smallest_effect": {"mean_flow": 1e-9}}, expect=[clear]), values, 20)


def test_a_study_goes_on_until_every_mean_is_close_enough() -> None:
    asked = compare_study(replicates={"min": 20, "max": 400, "until": "half_width", "half_width": {"mean_flow": 0.1}})
    values = np.random.default_rng(4).random((3, 20, 2))
    half = [0.5 * (made.high - made.low) for made in (student(row, levels(LOOKS, 0.05)[0]) for row in values[:, :, 1])]
    assert max(half) > 0.1
    assert not decided(asked, values, 20)
    values[:, :, 1] *= 0.09 / max(half)
    assert decided(asked, values, 20)
    values[1, 3:, 1] = nan
    values[1, :3, 1] = [0.0, 0.5, 1.0]
    assert not decided(asked, values, 20)
