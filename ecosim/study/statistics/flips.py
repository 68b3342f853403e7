"""Where in the assumption box one design stops beating another: a small tree on the paired difference, as rules."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ecosim.model.state import Array
from ecosim.study.plan.loaded import LoadedStudy
from ecosim.study.plan.space import Axis
from ecosim.study.statistics.paired import student

DEPTH, FOLDS, SEED, ALPHA = 3, 5, 0, 0.05
FEWEST_POINTS, FEWEST_IN_LEAF, LEAF_SHARE = 20, 5, 0.08


class Condition(NamedTuple):
    """A side of a split: the factor is at most, or above, a value (of levels: the level, in their order)."""

    factor: str
    above: bool
    value: Any


class Rule(NamedTuple):
    """A region of the box.

    Parameters
    ----------
    conditions : tuple of Condition
        All of them hold there.
    points : int
        How many points of the study lie there.
    difference, low, high : float
        Mean difference there, and its interval: 95 % for all regions together (Bonferroni), Student's.
    wins : float
        Share of these points at which the difference is positive.
    """

    conditions: tuple[Condition, ...]
    points: int
    difference: float
    low: float
    high: float
    wins: float

    @property
    def sign(self) -> int:
        """1 where the difference is above zero beyond doubt, -1 where below, else 0."""
        return int(self.low > 0.0) - int(self.high < 0.0)


class FlipMap(NamedTuple):
    """Where a difference is positive and where negative.

    Parameters
    ----------
    design, against, metric : str
        Which difference.
    wins : float
        Share of all points at which it is positive.
    rules : tuple of Rule
        Regions, from the lowest difference to the highest; empty where no tree predicts better than the mean.
    score : float
        Cross-validated share of the variance that the tree explains (R2); at most zero where there is no pattern.
    factors : tuple of str
        The factors of the tree, by importance.
    """

    design: str
    against: str
    metric: str
    wins: float
    rules: tuple[Rule, ...]
    score: float
    factors: tuple[str, ...]


def flip_maps(study: LoadedStudy, values: Array) -> list[FlipMap]:
    """Return the map of every other design against the baseline, on every metric.

    Parameters
    ----------
    study : LoadedStudy
        With points in the unit cube.
    values : array of shape (points, designs, replicates, metrics)
        NaN where there is none.
    """
    rows, names = study.points.rows, [arm.name for arm in study.arms]
    if rows is None or len(names) < 2 or len(values) < FEWEST_POINTS:
        return []
    base, found = names.index(study.baseline), []
    for place, wanted in enumerate(study.wanted):
        for number, name in enumerate(names):
            if number == base:
                continue
            signed = values[:, number, :, place] - values[:, base, :, place]
            there = np.isfinite(signed).any(axis=1)
            effect = np.nanmean(signed[there], axis=1)
            if effect.size >= FEWEST_POINTS:
                found.append(_map(study, _places(study, rows[there]), effect, name, wanted.key))
    return found


def _places(study: LoadedStudy, rows: Array) -> Array:
    """Return where points lie for a tree to split: levels and whole numbers by their number, all else in [0, 1].

    A split then falls between two values, never within one.
    """
    return np.column_stack([_place(axis, rows[:, k]) for k, axis in enumerate(study.points.axes)])


def _place(axis: Axis, units: Array) -> Array:
    """Return the places of points on one axis."""
    if axis.levels:
        return np.array([min(len(axis.levels) - 1, int(u * len(axis.levels))) for u in units], float)
    return np.array([axis.value(float(u)) for u in units], float) if axis.whole else units


def _last_below(axis: Axis, cut: float) -> Any:
    """Return the last value of an axis that is not above a split."""
    if axis.levels:
        return axis.levels[int(np.floor(cut))]
    return int(np.floor(cut)) if axis.whole else axis.value(cut)


def _map(study: LoadedStudy, rows: Array, effect: Array, design: str, metric: str) -> FlipMap:
    """Return the map of one difference."""
    from sklearn.model_selection import KFold, cross_val_predict  # lazily: it takes a second to import
    from sklearn.tree import DecisionTreeRegressor

    wins = float(np.mean(effect > 0.0))
    leaf = max(FEWEST_IN_LEAF, int(LEAF_SHARE * effect.size))
    tree = DecisionTreeRegressor(max_depth=DEPTH, min_samples_leaf=leaf, random_state=SEED)
    folds = KFold(FOLDS, shuffle=True, random_state=SEED)
    rest = effect - cross_val_predict(tree, rows, effect, cv=folds)
    spread = float(((effect - effect.mean()) ** 2).sum())
    score = 1.0 - float((rest**2).sum()) / spread if spread > 0.0 else 0.0
    if score <= 0.0:
        return FlipMap(design, study.baseline, metric, wins, (), score, ())
    tree.fit(rows, effect)
    rules = sorted(_rules(study, tree.tree_, rows, effect), key=lambda rule: rule.difference)
    order = np.argsort(-tree.feature_importances_, kind="stable")
    factors = tuple(study.points.axes[k].path for k in order if tree.feature_importances_[k] > 0.0)
    return FlipMap(design, study.baseline, metric, wins, tuple(rules), score, factors)


def _rules(study: LoadedStudy, tree: Any, rows: Array, effect: Array) -> list[Rule]:
    """Return the leaves of a tree as rules; where signs differ, leaves side by side of the same sign are one region."""
    regions: list[tuple[tuple[Condition, ...], Array]] = []
    flips = len(_signs(tree, 0)) > 1

    def walk(node: int, inside: Array, way: tuple[Condition, ...]) -> None:
        if tree.children_left[node] < 0 or (flips and len(_signs(tree, node)) == 1):
            regions.append((way, effect[inside]))
            return
        axis, cut = study.points.axes[tree.feature[node]], float(tree.threshold[node])
        left = rows[:, tree.feature[node]] <= cut
        value = _last_below(axis, cut)
        walk(tree.children_left[node], inside & left, (*way, Condition(axis.path, False, value)))
        walk(tree.children_right[node], inside & ~left, (*way, Condition(axis.path, True, value)))

    walk(0, np.ones(len(rows), bool), ())
    return [_rule(way, own, ALPHA / len(regions)) for way, own in regions]


def _rule(way: tuple[Condition, ...], own: Array, level: float) -> Rule:
    """Return a region with the differences in it as a rule."""
    made = student(own, level)
    return Rule(_short(way), int(own.size), made.mean, made.low, made.high, float(np.mean(own > 0.0)))


def _signs(tree: Any, node: int) -> set[bool]:
    """Return the signs of the mean differences in the leaves below ``node``."""
    if tree.children_left[node] < 0:
        return {bool(tree.value[node].item() > 0.0)}
    return _signs(tree, tree.children_left[node]) | _signs(tree, tree.children_right[node])


def _short(way: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """Return conditions without those that a later one of the same factor and side makes needless."""
    last: dict[tuple[str, bool], Condition] = {}
    for each in way:
        last.pop((each.factor, each.above), None)
        last[each.factor, each.above] = each
    return tuple(last.values())
