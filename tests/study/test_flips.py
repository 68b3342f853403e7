"""Where designs change places: a planted flip is found with its threshold, and nothing is found where nothing is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ecosim.study.plan.loaded import LoadedStudy
from ecosim.study.statistics.flips import FEWEST_POINTS, Rule, flip_maps

from .worlds import study

ZPD, PRACTICE = "context.learning.zpd", "context.learning.practice"
SAMPLES = 120


def box(samples: int = SAMPLES) -> LoadedStudy:
    """Return a study of two designs over a box of two assumptions and one of levels."""
    return study(
        designs={"a": {}, "b": {"title": "b"}, "c": {"title": "c"}}, metrics=["retention"],
        vary={ZPD: {"min": 0.1, "max": 0.2}, PRACTICE: {"min": 0, "max": 1}},
        method={"kind": "designs", "robustness": {"samples": samples, "replicates": 2}},
    )  # fmt: skip


def values(asked: LoadedStudy, effect: Any, noise: float = 0.1, seed: int = 1) -> Any:
    """Return outcomes in which b differs from a by ``effect(zpd, practice)``, and c by nothing but noise."""
    rng, count = np.random.default_rng(seed), len(asked.points.rows)  # type: ignore[arg-type]
    settings = [asked.points.settings(k + 1) for k in range(count)]
    made = np.repeat(rng.random((count, 1, 2, 1)), 3, axis=1)
    shift = np.array([effect(each[ZPD], each[PRACTICE]) for each in settings])
    made[:, 1] += shift[:, None, None] + noise * rng.standard_normal((count, 2, 1))
    made[:, 2] += noise * rng.standard_normal((count, 2, 1))
    return made


def edge(rule: Rule, factor: str, above: bool) -> float:
    """Return the value of a factor above which, or up to which, a rule holds."""
    (found,) = [each.value for each in rule.conditions if (each.factor, each.above) == (factor, above)]
    return float(found)


def test_a_planted_flip_is_found_with_its_threshold() -> None:
    asked = box()
    one, none = flip_maps(asked, values(asked, lambda zpd, practice: 1.0 if zpd > 0.16 else -1.0))
    assert (one.design, one.against, one.metric) == ("b", "a", "retention")
    assert one.factors[0] == ZPD
    assert one.score > 0.9
    assert one.wins == pytest.approx(0.4, abs=0.02)
    assert sum(rule.points for rule in one.rules) == SAMPLES
    at_most = [edge(rule, ZPD, False) for rule in one.rules if rule.wins == 0.0]
    above = [edge(rule, ZPD, True) for rule in one.rules if rule.wins == 1.0]
    assert len(at_most) + len(above) == len(one.rules)
    assert (max(at_most), min(above)) == pytest.approx((0.16, 0.16), abs=0.001)
    for rule in one.rules:
        assert rule.difference == pytest.approx(2.0 * rule.wins - 1.0, abs=0.15)
    assert [rule.difference for rule in one.rules] == sorted(rule.difference for rule in one.rules)
    assert (none.design, none.rules, none.factors) == ("c", (), ())
    assert none.score <= 0.0


def test_a_flip_that_needs_two_assumptions_names_both() -> None:
    asked = box(300)
    found = flip_maps(asked, values(asked, lambda zpd, practice: 1.0 if zpd > 0.15 and practice > 0.5 else -1.0))[0]
    winning = [rule for rule in found.rules if rule.wins > 0.9]
    assert min(edge(rule, ZPD, True) for rule in winning) == pytest.approx(0.15, abs=0.002)
    assert min(edge(rule, PRACTICE, True) for rule in winning) == pytest.approx(0.5, abs=0.02)
    assert sum(rule.points for rule in winning) == pytest.approx(75, abs=15)


def test_rules_are_regions_that_hold_the_points_they_count() -> None:
    asked = box()
    found = flip_maps(asked, values(asked, lambda zpd, practice: 10.0 * (zpd - 0.15) + practice - 0.5))[0]
    settings = [asked.points.settings(k + 1) for k in range(SAMPLES)]
    for rule in found.rules:
        sides = {(each.factor, each.above) for each in rule.conditions}
        assert len(sides) == len(rule.conditions), "no condition stands twice"
        inside = [
            each for each in settings
            if all((each[c.factor] > c.value) == c.above for c in rule.conditions)
        ]  # fmt: skip
        assert len(inside) == rule.points


def test_no_pattern_gives_no_rules() -> None:
    asked, shown = box(), 0
    for seed in range(10):
        for each in flip_maps(asked, values(asked, lambda zpd, practice: 0.0, seed=seed)):
            assert bool(each.rules) == (each.score > 0.0)
            shown += bool(each.rules)
    assert shown <= 2, "chance is hardly ever taken for a pattern"


def test_a_difference_that_is_the_same_everywhere_has_no_rules() -> None:
    asked = box()
    same = flip_maps(asked, values(asked, lambda zpd, practice: 0.0, noise=0.0))
    assert [(each.wins, each.rules, each.score) for each in same] == [(0.0, (), 0.0)] * 2


def test_points_without_a_value_are_left_out_and_too_few_give_no_map() -> None:
    asked = box()
    found = values(asked, lambda zpd, practice: 1.0 if zpd > 0.16 else -1.0)
    found[:40] = np.nan
    one = flip_maps(asked, found)[0]
    assert sum(rule.points for rule in one.rules) == SAMPLES - 40
    found[FEWEST_POINTS - 1 :] = np.nan
    assert flip_maps(asked, found) == []
    assert flip_maps(study(metrics=["retention"]), np.ones((1, 1, 4, 1))) == []
