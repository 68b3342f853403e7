"""Indices come out as they are known to be, through the whole path: study file, runs, store, findings."""

from __future__ import annotations

from math import isnan, pi, sin
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from ecosim.model.metrics.plugin import run_plugins
from ecosim.study.findings import Findings
from ecosim.study.statistics.sensitivity import Index, _ranks, effect_spread, floors, indices, noise_variance
from ecosim.study.sweep import How

from .worlds import found, script, study

FACTORS = ("context.learning.practice", "context.learning.phi", "context.learning.savings")
WEEK = {"weeks": 1, "learners": 5}
VARY = {path: {"min": 0, "max": 1} for path in FACTORS}
S1 = (0.3139, 0.4424, 0.0)
ST = (0.5576, 0.4424, 0.2437)
"""Indices of Ishigami & Homma (1990) for a = 7, b = 0.1."""


SCRIPT = """
from math import pi, sin
import numpy as np
import ecosim

def angles(eco):
    learning = eco.scenario.context.learning
    return [pi * (2.0 * each - 1.0) for each in (learning.practice, learning.phi, learning.savings)]

@ecosim.metric("ishigami", label="ishigami", meaning="Ishigami's function.", run="value")
def ishigami(eco):
    one, two, three = angles(eco)
    return sin(one) + 7.0 * sin(two) ** 2 + 0.1 * three**4 * sin(one)

@ecosim.metric("linear", label="linear", meaning="A line.", run="value")
def linear(eco):
    one, two, _ = angles(eco)
    return 3.0 * one - two

@ecosim.metric("chance", label="chance", meaning="Chance.", run="value")
def chance(eco):
    place = [int(1e9 * (4.0 + each)) for each in angles(eco)]
    return np.random.default_rng([*place, eco.replicate]).normal()
"""
"""A user's own metrics: Ishigami's function of three factors on [-pi, pi], a line, and chance alone."""


@pytest.fixture
def ishigami(tmp_path: Path) -> How:
    """Declare the metrics of the script, and return how to sweep with them."""
    path = script(tmp_path, "ishigami.py", SCRIPT)
    run_plugins([path])
    return How(workers=2, plugins=(path,))


def swept_over(method: dict[str, Any], how: How, metrics: list[str], **parts: Any) -> Findings:
    """Return what a sweep over the three factors finds."""
    asked = study(WEEK, vary=VARY, method=method, metrics=metrics, **{"replicates": 1, **parts})
    return found(asked, Path(how.plugins[0]).parent / "out", how)


def named(all_of_them: list[Index], name: str, metric: str = "ishigami") -> dict[str, Index]:
    """Return factor -> index."""
    return {each.factor: each for each in all_of_them if (each.name, each.metric) == (name, metric)}


def check_ishigami(made: Findings, tolerance: float) -> None:
    """Compare indices with those that are known."""
    for name, known in (("S1", S1), ("ST", ST)):
        by_factor = named(made.indices, name)
        assert list(by_factor) == list(FACTORS)
        for index, value in zip(by_factor.values(), known, strict=True):
            assert index.low - 1e-9 <= value <= index.high + 1e-9, index
            assert index.value == pytest.approx(value, abs=tolerance), index
            assert isnan(index.noise)


def test_sobols_indices_of_ishigamis_function(ishigami: How) -> None:
    check_ishigami(swept_over({"kind": "sobol", "base": 128}, ishigami, ["ishigami"]), 0.15)


@pytest.mark.long
def test_sobols_indices_of_ishigamis_function_closely(ishigami: How, inline: None) -> None:
    made = swept_over({"kind": "sobol", "base": 1024, "second_order": True}, ishigami, ["ishigami"])
    check_ishigami(made, 0.03)
    pairs = named(made.indices, "S2")
    assert pairs[f"{FACTORS[0]} x {FACTORS[2]}"].value == pytest.approx(0.2437, abs=0.05)
    assert pairs[f"{FACTORS[0]} x {FACTORS[1]}"].value == pytest.approx(0.0, abs=0.05)


def test_sobols_indices_of_a_line_are_its_slopes(ishigami: How, inline: None) -> None:
    made = swept_over({"kind": "sobol", "base": 64}, ishigami, ["linear"])
    for name in ("S1", "ST"):
        values = [each.value for each in named(made.indices, name, "linear").values()]
        np.testing.assert_allclose(values, [0.9, 0.1, 0.0], atol=0.05)


def elementary_effects(levels: int) -> list[Any]:
    """Return, for each factor, all elementary effects of Ishigami's function on the grid of Morris."""
    grid = np.linspace(-pi, pi, levels)
    one, two, three = np.meshgrid(grid, grid, grid, indexing="ij")
    values = np.sin(one) + 7.0 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one)
    half, step = levels // 2, 0.5 * levels / (levels - 1)
    return [
        (np.take(values, range(half, levels), axis) - np.take(values, range(half), axis)) / step for axis in range(3)
    ]


def test_morris_ranks_what_matters(ishigami: How, inline: None) -> None:
    method = {"kind": "morris", "trajectories": 40, "levels": 8}
    made = swept_over(method, ishigami, ["ishigami", "linear"])
    star = [each.value for each in named(made.indices, "mu_star").values()]
    exact = [float(np.abs(each).mean()) for each in elementary_effects(8)]
    np.testing.assert_allclose(star, exact, rtol=0.25)
    assert np.argsort(star).tolist() == np.argsort(exact).tolist()
    slopes = named(made.indices, "mu", "linear")
    np.testing.assert_allclose([each.value for each in slopes.values()], [6.0 * pi, -2.0 * pi, 0.0], atol=1e-9)
    np.testing.assert_allclose(
        [each.value for each in named(made.indices, "mu_star", "linear").values()], [6.0 * pi, 2.0 * pi, 0.0], atol=1e-9
    )
    np.testing.assert_allclose([each.value for each in named(made.indices, "sigma", "linear").values()], 0.0, atol=1e-9)


def test_what_is_chance_alone_has_effects_near_its_floor(ishigami: How, inline: None) -> None:
    method = {"kind": "morris", "trajectories": 40}
    made = swept_over(method, ishigami, ["chance", "linear"], replicates=5)
    for index in named(made.indices, "mu_star", "chance").values():
        assert 0.4 < index.value / index.noise < 1.3, index
    for index in named(made.indices, "mu_star", "linear").values():
        assert index.noise == pytest.approx(0.0, abs=1e-9)


def test_the_floor_of_effects_is_that_of_points_without_effect() -> None:
    rng = np.random.default_rng(2)
    rows = np.array([[0.0, 0.0], [2 / 3, 0.0], [2 / 3, 2 / 3]] * 400)
    values = rng.standard_normal((1200, 10)) + 5.0 * rng.standard_normal((1, 10))
    effects = np.diff(values.mean(axis=1))[0::3] / (2 / 3)
    for spread in effect_spread(rows, values):
        assert spread == pytest.approx(effects.std(), rel=0.1)
    assert all(isnan(each) for each in effect_spread(rows, values[:, :1]))


@pytest.mark.parametrize("trajectories", [4, 20, 100])
def test_what_has_no_effect_stays_below_its_floors_95_times_in_100(trajectories: int) -> None:
    effects = np.random.default_rng(3).normal(0.0, 0.3, (20_000, trajectories))
    floor = floors(0.3, trajectories)
    below = {
        "mu_star": np.abs(effects).mean(axis=1) < floor.mu_star,
        "mu": np.abs(effects.mean(axis=1)) < floor.mu,
        "sigma": effects.std(axis=1, ddof=1) < floor.sigma,
    }
    for name, held in below.items():
        assert held.mean() == pytest.approx(0.95, abs=0.012), name


def test_chance_between_points_is_what_replicates_do_not_share() -> None:
    rng = np.random.default_rng(3)
    shared, own = rng.standard_normal((1, 50)) * 9.0, rng.standard_normal((400, 50)) * 2.0
    assert noise_variance(np.linspace(0, 1, 400)[:, None] + shared + own) == pytest.approx(4.0 / 50.0, rel=0.05)
    assert isnan(noise_variance(own[:, :1]))


def test_the_share_of_chance_is_told_beside_sobols_indices(ishigami: How, inline: None) -> None:
    made = swept_over({"kind": "sobol", "base": 32}, ishigami, ["chance", "linear"], replicates=4)
    for index in named(made.indices, "ST", "chance").values():
        assert index.noise == pytest.approx(1.0, abs=0.2)
    for index in named(made.indices, "ST", "linear").values():
        assert index.noise == pytest.approx(0.0, abs=1e-9)


def test_latin_hypercubes_tell_ranks(ishigami: How, inline: None) -> None:
    made = swept_over({"kind": "lhs", "samples": 60}, ishigami, ["linear"])
    ranks = named(made.indices, "rank", "linear")
    points = made.study.points.rows
    for place, path in enumerate(FACTORS):
        expected = stats.spearmanr(points[:, place], made.values.main[:, 0, 0, 0]).statistic
        assert ranks[path].value == pytest.approx(expected, rel=1e-12)
        assert ranks[path].low < expected < ranks[path].high
    assert ranks[FACTORS[0]].value > 0.9
    assert ranks[FACTORS[1]].high < 0.0 or ranks[FACTORS[1]].value < ranks[FACTORS[1]].noise
    assert abs(ranks[FACTORS[2]].value) < ranks[FACTORS[2]].noise
    assert ranks[FACTORS[0]].noise == pytest.approx(np.tanh(1.959964 / np.sqrt(57)), rel=1e-6)


def test_ranks_are_told_only_of_factors_that_have_an_order() -> None:
    vary = {
        "design.choice": {"min": 0.1, "max": 0.9},
        "arrivals": {"levels": [{"kind": "start"}, {"kind": "uniform", "until": 1}]},
    }
    asked = study(vary=vary, method={"kind": "lhs", "samples": 12}, metrics=["retention"])
    values = np.random.default_rng(4).random((12, 1, 2, 1))
    assert [each.factor for each in indices(asked, values)] == ["design.choice"]


def test_the_box_tells_ranks_of_differences_alone() -> None:
    method = {"kind": "designs", "robustness": {"samples": 30, "replicates": 2}}
    asked = study(
        designs={"a": {}, "b": {"title": "b"}},
        vary={FACTORS[0]: {"min": 0, "max": 1}},
        method=method,
        metrics=["retention"],
    )
    values = np.random.default_rng(5).random((30, 2, 2, 1))
    values[:, 1] = values[:, 0] + asked.points.rows[:, 0, None, None]
    (index,) = indices(asked, values)
    assert (index.of, index.name) == ("b - a", "rank")
    assert index.value == pytest.approx(1.0)
    values[3] = np.nan
    (index,) = indices(asked, values)
    assert index.value == pytest.approx(1.0)


def test_a_metric_without_a_value_somewhere_has_no_index_where_all_points_are_needed() -> None:
    asked = study(vary=VARY, method={"kind": "sobol", "base": 8}, metrics=["retention"])
    values = np.random.default_rng(6).random((40, 1, 2, 1))
    assert len(indices(asked, values)) == 6
    values[7, 0, 1] = np.nan
    assert len(indices(asked, values)) == 6
    values[7] = np.nan
    assert indices(asked, values) == []
    assert indices(asked, np.ones((40, 1, 2, 1))) == []


def test_the_printed_intervals_of_ranks_hold_the_truth() -> None:
    """Of 400 samples of two normal variables with a Spearman correlation of .5, about 95 % of the intervals hold it."""
    asked = study(vary={FACTORS[0]: {"min": 0, "max": 1}}, method={"kind": "lhs", "samples": 60}, metrics=["retention"])
    rng, held = np.random.default_rng(7), 0
    pearson = 2.0 * sin(pi * 0.5 / 6.0)
    for _ in range(400):
        one = rng.standard_normal(60)
        other = pearson * one + np.sqrt(1.0 - pearson**2) * rng.standard_normal(60)
        (index,) = _ranks(asked, stats.norm.cdf(one)[:, None], other[:, None], "a", "retention")
        held += index.low <= 0.5 <= index.high
    interval = stats.binomtest(held, 400).proportion_ci(0.99)
    assert interval.low <= 0.95 <= interval.high, f"{held} of 400"
