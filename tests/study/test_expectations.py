"""Each form of expectation, on values of which it is known what should come out."""

from __future__ import annotations

from math import isnan
from typing import Any

import numpy as np
import pytest
from scipy import stats

from ecosim.study.statistics.expectations import Held, Values, cells_of, held
from ecosim.study.statistics.sequential import levels

from .many import LOOKS
from .worlds import study

A, B, C = range(3)
DESIGNS = {"a": {}, "b": {"title": "b"}, "c": {"title": "c"}}
BOX = {"kind": "designs", "robustness": {"samples": 40, "replicates": 2}}
ZPD, PRACTICE = "context.learning.zpd", "context.learning.practice"
EMPTY = np.empty((0, 3, 0, 1))


def runs(*means: float, count: int = 40, noise: float = 0.1, points: int = 1) -> Any:
    """Return outcomes of three designs with these means, under shared luck."""
    rng = np.random.default_rng(1)
    own = noise * rng.standard_normal((points, 3, count, 1))
    own -= own.mean(axis=2, keepdims=True)
    return np.array(means)[None, :, None, None] + own + rng.standard_normal((points, 1, count, 1))


def outcome(expected: dict[str, Any], main: Any, box: Any = EMPTY, **parts: Any) -> Held:
    """Return what came of one expectation."""
    asked = study(designs=DESIGNS, metrics=["retention"], expect=[{"metric": "retention", **expected}], **parts)
    (made,) = held(asked, Values(main, box))
    return made


AGAINST = {"of": "b", "against": "a"}


@pytest.mark.parametrize(
    ("direction", "difference", "smallest", "verdict"),
    [
        ("higher", 0.5, 0.0, "supported"),
        ("higher", -0.5, 0.0, "contradicted"),
        ("higher", 0.0, 0.0, "undecided"),
        ("higher", 0.05, 0.3, "contradicted"),
        ("lower", -0.5, 0.0, "supported"),
        ("lower", 0.5, 0.0, "contradicted"),
        ("lower", 0.0, 0.0, "undecided"),
        ("same", 0.0, 0.3, "supported"),
        ("same", 0.6, 0.3, "contradicted"),
        ("same", 0.3, 0.3, "undecided"),
        ("same", -0.6, 0.3, "contradicted"),
        ("same", 0.0, 0.0, "undecided"),
        ("open", 0.5, 0.0, "open"),
        ("open", 0.0, 0.0, "open"),
    ],
)
def test_one_design_against_another(direction: str, difference: float, smallest: float, verdict: str) -> None:
    made = outcome({**AGAINST, "direction": direction, "smallest": smallest}, runs(0.0, difference, 9.0))
    assert made.verdict == verdict
    assert made.value == pytest.approx(difference, abs=1e-9)
    assert made.low < made.value < made.high
    assert made.runs == 40
    assert made.box is None


def test_the_smallest_effect_is_that_of_the_study_unless_given() -> None:
    compare = {"smallest_effect": {"retention": 0.3}}
    expected = {**AGAINST, "direction": "same"}
    assert outcome(expected, runs(0.0, 0.0, 0.0), compare=compare).verdict == "supported"
    assert outcome({**expected, "smallest": 0}, runs(0.0, 0.0, 0.0), compare=compare).verdict == "undecided"


def test_the_interval_is_that_of_the_look() -> None:
    made = outcome({**AGAINST, "direction": "higher"}, runs(0.0, 0.5, 0.0))
    assert made.confidence == pytest.approx(1.0 - levels(LOOKS, 0.05)[1])
    fixed = outcome({**AGAINST, "direction": "higher"}, runs(0.0, 0.5, 0.0), replicates=40)
    assert fixed.confidence == pytest.approx(0.95)
    assert fixed.high - fixed.low < made.high - made.low


@pytest.mark.parametrize(
    ("means", "verdict"),
    [((0.0, 1.0, 2.5), "supported"), ((0.0, 1.0, 1.5), "contradicted"), ((0.0, 1.0, 2.0), "undecided")],
)
def test_a_contrast_weighs_designs(means: tuple[float, ...], verdict: str) -> None:
    made = outcome({"contrast": {"a": 1, "b": -2, "c": 1}, "direction": "higher"}, runs(*means))
    assert made.verdict == verdict
    assert made.value == pytest.approx(means[0] - 2 * means[1] + means[2], abs=1e-9)


@pytest.mark.parametrize(
    ("bound", "mean", "verdict"),
    [
        ({"above": 2.0}, 3.0, "supported"),
        ({"above": 2.0}, 1.0, "contradicted"),
        ({"above": 2.0}, 2.0, "undecided"),
        ({"below": 2.0}, 1.0, "supported"),
        ({"below": 2.0}, 3.0, "contradicted"),
        ({"below": 0.0}, -1.0, "supported"),
        ({"above": 2.0, "direction": "open"}, 3.0, "open"),
    ],
)
def test_a_value_above_or_below_a_bound(bound: dict[str, Any], mean: float, verdict: str) -> None:
    main = runs(0.0, mean, 0.0)
    made = outcome({"of": "b", **bound}, main)
    assert made.verdict == verdict
    assert made.value == pytest.approx(main[0, B, :, 0].mean())
    assert made.low < made.value < made.high


def test_replicates_without_a_pair_do_not_count() -> None:
    main = runs(0.0, 0.5, 0.0)
    main[0, A, 3] = main[0, B, 7] = np.nan
    assert outcome({**AGAINST, "direction": "higher"}, main).runs == 38


def test_nothing_lived_leaves_an_expectation_undecided() -> None:
    made = outcome({**AGAINST, "direction": "higher"}, np.full((1, 3, 4, 1), np.nan))
    assert (made.verdict, made.runs) == ("undecided", 0)


@pytest.mark.parametrize(
    ("share", "direction", "verdict"),
    [
        (0.9, "higher", "supported"),
        (0.1, "higher", "contradicted"),
        (0.5, "higher", "undecided"),
        (0.1, "lower", "supported"),
        (0.9, "open", "open"),
    ],
)
def test_over_the_box_it_is_the_share_of_points_that_counts(share: float, direction: str, verdict: str) -> None:
    box = runs(0.0, 0.0, 0.0, count=2, points=40)
    high = np.arange(40) < 40 * share
    box[:, B] = box[:, A] + np.where(high, 0.7, -0.7)[:, None, None]
    made = outcome({**AGAINST, "direction": direction}, runs(0.0, 0.5, 0.0), box, method=BOX).box
    assert made is not None
    assert made.verdict == verdict
    as_expected = 1.0 - share if direction == "lower" else share
    assert (made.share, made.points) == (pytest.approx(as_expected), 40)
    interval = stats.binomtest(round(40 * as_expected), 40).proportion_ci(0.95, method="wilson")
    assert (made.low, made.high) == pytest.approx((interval.low, interval.high))
    assert made.mean == pytest.approx(0.7 * (2 * share - 1))
    assert made.mean_low < made.mean < made.mean_high


def test_over_the_box_a_point_without_any_difference_counts_for_neither_side() -> None:
    box = runs(0.0, 0.0, 0.0, count=2, points=40)
    box[:, B] = box[:, A]
    box[:16, B] += 0.7
    box[16:18, B] -= 0.7
    made = outcome({**AGAINST, "direction": "higher"}, runs(0.0, 0.5, 0.0), box, method=BOX).box
    assert made is not None
    assert (made.points, made.none, made.share, made.verdict) == (40, 22, 16 / 18, "supported")
    box[:, B] = box[:, A]
    made = outcome({**AGAINST, "direction": "higher"}, runs(0.0, 0.5, 0.0), box, method=BOX).box
    assert made is not None
    assert (made.none, made.verdict) == (40, "undecided")
    assert isnan(made.share)


def test_over_the_box_the_same_is_within_the_smallest_effect() -> None:
    box = runs(0.0, 0.0, 0.0, count=2, points=40)
    box[:, B] = box[:, A] + np.where(np.arange(40) < 36, 0.1, 0.7)[:, None, None]
    made = outcome({**AGAINST, "direction": "same", "smallest": 0.3}, runs(0.0, 0.0, 0.0), box, method=BOX).box
    assert made is not None
    assert (made.share, made.verdict) == (0.9, "supported")


def correlated(slope: float, noise: float, direction: str = "higher", points: int = 40) -> Held:
    """Return what came of the expectation that retention rises with mean_flow."""
    asked = study(
        metrics=["retention", "mean_flow"], vary={ZPD: {"min": 0.1, "max": 0.2}},
        method={"kind": "lhs", "samples": points},
        expect=[{"metric": "retention", "rises_with": "mean_flow", "direction": direction}],
    )  # fmt: skip
    rng = np.random.default_rng(3)
    one = rng.random(points)
    other = slope * one + noise * rng.standard_normal(points)
    main = np.stack([other, one], axis=-1)[:, None, None, :] * np.ones((points, 1, 2, 1))
    main[0, 0, 0] = np.nan  # one replicate of the first point is missing
    (made,) = held(asked, Values(main, EMPTY))
    assert made.value == pytest.approx(stats.spearmanr(one, other).statistic)
    assert made.runs == points
    return made


def test_a_metric_rises_with_another_from_point_to_point() -> None:
    assert correlated(1.0, 0.1).verdict == "supported"
    assert correlated(-1.0, 0.1).verdict == "contradicted"
    assert correlated(-1.0, 0.1, "lower").verdict == "supported"
    assert correlated(0.0, 1.0).verdict == "undecided"
    assert correlated(1.0, 0.1, "open").verdict == "open"
    assert correlated(1.0, 0.0).high <= 1.0


def grid(bound: dict[str, Any], table: Any) -> Held:
    """Return what came of an expectation about the interaction of two factors."""
    levels_of = {ZPD: {"levels": [0.1, 0.2]}, PRACTICE: {"levels": [0.1, 0.2, 0.3]}}
    asked = study(
        metrics=["retention"], vary=levels_of, method={"kind": "grid"},
        expect=[{"metric": "retention", "interaction": [ZPD, PRACTICE], **bound}],
    )  # fmt: skip
    rng = np.random.default_rng(4)
    main = np.array(table, float).reshape(6, 1, 1, 1) + 0.05 * rng.standard_normal((6, 1, 30, 1))
    (made,) = held(asked, Values(main, EMPTY))
    assert made.low <= made.value <= made.high
    return made


def test_an_interaction_has_a_share_of_the_variance() -> None:
    crossed, added = [[1, 0, -1], [-1, 0, 1]], [[0, 1, 2], [1, 2, 3]]
    assert grid({"above": 0.5}, crossed).verdict == "supported"
    assert grid({"above": 0.5}, crossed).value == pytest.approx(1.0, abs=0.01)
    assert grid({"above": 0.2}, added).verdict == "contradicted"
    assert grid({"below": 0.2}, added).verdict == "supported"
    assert grid({"above": 0.2, "direction": "open"}, added).verdict == "open"


def test_cells_are_those_of_the_two_factors_in_the_order_in_which_they_are_named() -> None:
    vary = {ZPD: {"levels": [0.1, 0.2]}, PRACTICE: {"levels": [0.1, 0.2, 0.3]}, "weeks": {"levels": [2, 3]}}
    asked = study(designs={"a": {}, "b": {"title": "b"}}, metrics=["retention"], vary=vary, method={"kind": "grid"})
    settings = [asked.points.settings(k) for k in range(12)]
    rng = np.random.default_rng(5)
    values = rng.random((12, 2, 4))
    values[0, 0, 3] = np.nan

    def by_hand(one: tuple[str, Any], other: tuple[str, Any]) -> Any:
        inside = [
            values[k, d] for k in range(12) for d in range(2)
            if all(({"design": d} | settings[k])[path] == value for path, value in (one, other))
        ]  # fmt: skip
        return np.mean(inside, axis=0)[:3]

    made = cells_of(asked, values, [PRACTICE, ZPD])
    assert made.shape == (3, 2, 3)
    np.testing.assert_allclose(made[2, 0], by_hand((PRACTICE, 0.3), (ZPD, 0.1)))
    made = cells_of(asked, values, ["design", "weeks"])
    assert made.shape == (2, 2, 3)
    np.testing.assert_allclose(made[1, 0], by_hand(("design", 1), ("weeks", 2)))
