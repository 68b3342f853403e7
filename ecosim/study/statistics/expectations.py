"""What was expected before running, held against what came out: as the scenario is, and over the assumption box."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import numpy as np

from ecosim.model.metrics.summary import key_of
from ecosim.model.state import Array
from ecosim.study.plan.checks import DESIGN, form_of
from ecosim.study.plan.document import Expectation
from ecosim.study.plan.resolve import LoadedStudy
from ecosim.study.statistics.comparison import level_at
from ecosim.study.statistics.decomposition import interaction
from ecosim.study.statistics.paired import Interval, interval, student
from ecosim.study.statistics.sensitivity import NEARLY
from ecosim.study.statistics.verdict import Word, word_of

Verdict = Literal["supported", "contradicted", "undecided", "open"]
ENOUGH = 3  #: points, or replicates, for a correlation


class Held(NamedTuple):
    """An expectation and what came of it.

    Parameters
    ----------
    expected : Expectation
        As written.
    value, low, high : float
        The effect (or share, or correlation) at the scenario as it is, with its interval.
    confidence : float
        Of that interval.
    runs : int
        Replicates, or points, behind it.
    word : str
        What the interval says.
    verdict : str
        Supported, contradicted, undecided; open where nothing was expected.
    box : Box or None
        The same over the assumption box.
    """

    expected: Expectation
    value: float
    low: float
    high: float
    confidence: float
    runs: int
    word: Word
    verdict: Verdict
    box: Box | None


class Box(NamedTuple):
    """An expectation over the assumption box.

    Parameters
    ----------
    share, low, high : float
        Share of the points at which the effect is as expected (positive, where nothing was expected), and its interval.
    points : int
        How many points.
    mean, mean_low, mean_high : float
        Mean effect over the box, and its interval.
    verdict : str
        Supported where the share is more than a half beyond doubt, contradicted where it is less.
    """

    share: float
    low: float
    high: float
    points: int
    mean: float
    mean_low: float
    mean_high: float
    verdict: Verdict


class Values(NamedTuple):
    """The outcomes of a study.

    Parameters
    ----------
    main : array of shape (points, designs, replicates, metrics)
        At all points, or at the scenario as it is; NaN where there is none.
    box : array of shape (points, designs, replicates, metrics)
        In the assumption box, empty without one.
    """

    main: Array
    box: Array


def held(study: LoadedStudy, values: Values) -> list[Held]:
    """Return what came of every expectation of a study."""
    return [_held(each, study, values) for each in study.study.expect]


def _held(expected: Expectation, study: LoadedStudy, values: Values) -> Held:
    level = level_at(study, values.main.shape[2])
    form = form_of(expected)
    if form == "rises_with":
        return _correlated(expected, study, values.main, 1.0 - study.study.compare.confidence)
    if form == "interaction":
        return _interacting(expected, study, values.main, 1.0 - study.study.compare.confidence)
    signed, smallest = _contrast(expected, study, values.main), _smallest(expected, study)
    each = np.nanmean(signed, axis=0) if len(signed) > 1 else signed[0]
    each = each[np.isfinite(each)]
    found = interval(each, level)
    word = word_of(found.low, found.high, smallest)
    box = _box(expected, study, values.box, smallest, 1.0 - study.study.compare.confidence)
    shift = _bound(expected)
    return Held(
        expected, found.mean + shift, found.low + shift, found.high + shift, 1.0 - level, int(each.size), word,
        _verdict(_direction(expected), word), box,
    )  # fmt: skip


def _contrast(expected: Expectation, study: LoadedStudy, values: Array) -> Array:
    """Return what is expected to be above or below zero: shape (points, replicates)."""
    names, metric = [arm.name for arm in study.arms], _metric(expected.metric, study)
    weights = dict(expected.contrast)
    if not weights:
        weights = {expected.of or names[0]: 1.0}
        if expected.against is not None:
            weights[expected.against] = -1.0
    made = sum(weight * values[:, names.index(name), :, metric] for name, weight in weights.items())
    return np.asarray(made) - _bound(expected)


def _metric(measure: Any, study: LoadedStudy) -> int:
    """Return the number of a metric in the study."""
    return [each.key for each in study.wanted].index(key_of(measure.name, measure.over))


def _bound(expected: Expectation) -> float:
    """Return the value that is to be exceeded or not reached; zero for differences."""
    if form_of(expected) != "value":
        return 0.0
    return float(expected.above if expected.above is not None else expected.below or 0.0)


def _direction(expected: Expectation) -> str:
    """Return which way the effect is expected to point."""
    if expected.direction is not None:
        return expected.direction
    return "higher" if expected.above is not None else "lower"


def _smallest(expected: Expectation, study: LoadedStudy) -> float:
    """Return the smallest effect that matters for an expectation; none for a value that is to be exceeded."""
    if form_of(expected) == "value":
        return 0.0
    if expected.smallest is not None:
        return expected.smallest
    return study.study.compare.smallest_effect.get(key_of(expected.metric.name, expected.metric.over), 0.0)


def _verdict(direction: str, word: Word) -> Verdict:
    """Return what ``word`` means for an expectation: an effect too small to matter contradicts an expected one."""
    if direction == "open":
        return "open"
    if word == "undecided":
        return "undecided"
    wanted = "equivalent" if direction == "same" else direction
    return "supported" if word == wanted else "contradicted"


def _box(expected: Expectation, study: LoadedStudy, values: Array, smallest: float, level: float) -> Box | None:
    """Return what became of an expectation over the assumption box."""
    if not len(values):
        return None
    from scipy.stats import binomtest  # lazily: it takes most of a second to import

    signed = _contrast(expected, study, values)
    there = np.isfinite(signed).any(axis=1)
    effect = np.nanmean(signed[there], axis=1)
    direction = _direction(expected)
    if direction == "same":
        as_expected = np.abs(effect) < smallest
    else:
        as_expected = effect < 0.0 if direction == "lower" else effect > 0.0
    count, hits = int(effect.size), int(as_expected.sum())
    if not count:
        return None
    found = binomtest(hits, count).proportion_ci(1.0 - level, method="wilson")
    verdict: Verdict = "supported" if found.low > 0.5 else "contradicted" if found.high < 0.5 else "undecided"
    mean = student(effect, level)
    shift = _bound(expected)
    return Box(
        hits / count, float(found.low), float(found.high), count, mean.mean + shift, mean.low + shift,
        mean.high + shift, "open" if direction == "open" else verdict,
    )  # fmt: skip


def _correlated(expected: Expectation, study: LoadedStudy, values: Array, level: float) -> Held:
    """Return whether two metrics rise together from point to point: Spearman's rank correlation of their means.

    The interval is that of Bonett & Wright (2000): Fisher's z with standard error sqrt((1 + r^2 / 2) / (n - 3)).
    """
    from scipy import stats  # lazily: as above

    means = np.nanmean(values, axis=2)
    design = [arm.name for arm in study.arms].index(expected.of) if expected.of else slice(None)
    one = means[:, design, _metric(expected.rises_with, study)].ravel()
    other = means[:, design, _metric(expected.metric, study)].ravel()
    both = np.isfinite(one) & np.isfinite(other)
    count = int(both.sum())
    found = Interval(float("nan"), float("nan"), float("nan"))
    if count > ENOUGH:
        r = float(stats.spearmanr(one[both], other[both]).statistic)
        half = float(stats.norm.isf(0.5 * level)) * np.sqrt((1.0 + 0.5 * r * r) / (count - ENOUGH))
        z = np.arctanh(np.clip(r, -NEARLY, NEARLY))
        found = Interval(r, float(np.tanh(z - half)), float(np.tanh(z + half)))
    word = word_of(found.low, found.high, _smallest(expected, study))
    return Held(expected, *found, 1.0 - level, count, word, _verdict(_direction(expected), word), None)


def _interacting(expected: Expectation, study: LoadedStudy, values: Array, level: float) -> Held:
    """Return whether the interaction of two factors of a grid has the share of variance that is expected."""
    cells = cells_of(study, values[..., _metric(expected.metric, study)], expected.interaction)
    value, low, high = interaction(cells, level)
    bound = float(expected.above if expected.above is not None else expected.below or 0.0)
    word = word_of(low - bound, high - bound, 0.0)
    verdict = _verdict(_direction(expected), word)
    return Held(expected, value, low, high, 1.0 - level, int(cells.shape[2]), word, verdict, None)


def cells_of(study: LoadedStudy, values: Array, factors: list[str]) -> Array:
    """Return one metric of a grid as a table of two factors, the others averaged over.

    Parameters
    ----------
    study : LoadedStudy
        Whose method is ``grid``.
    values : array of shape (points, designs, replicates)
        One metric.
    factors : list of str
        Two paths, or ``design`` and a path.

    Returns
    -------
    array of shape (levels, levels, replicates)
        Without the replicates of which a cell is missing.
    """
    axes = study.points.axes
    counts = [axis.count for axis in axes]
    whole = values.reshape(*counts, *values.shape[1:])
    order = [axis.path for axis in axes] + [DESIGN]
    places = [order.index(name) for name in factors]
    rest = tuple(place for place in range(len(order)) if place not in places)
    made = whole.mean(axis=rest) if rest else whole
    made = made if places[0] < places[1] else made.transpose(1, 0, 2)
    return np.asarray(made[:, :, np.isfinite(made).all(axis=(0, 1))])
