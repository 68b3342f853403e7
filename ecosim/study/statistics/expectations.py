"""What was expected before running, held against what came out: as the scenario is, and over the assumption box."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import numpy as np

from ecosim.model.metrics.summary import key_of
from ecosim.model.state import Array
from ecosim.study.plan.checks import DESIGN, form_of
from ecosim.study.plan.document import Expectation
from ecosim.study.plan.loaded import LoadedStudy
from ecosim.study.statistics.comparison import level_at
from ecosim.study.statistics.decomposition import interaction
from ecosim.study.statistics.paired import Interval, interval, student
from ecosim.study.statistics.sensitivity import NEARLY
from ecosim.study.statistics.verdict import Word, word_of

Verdict = Literal["supported", "contradicted", "undecided", "open"]
ENOUGH = 3  #: points for a correlation
TIE = 1e-12  #: effects below this are none
RESAMPLES, SEED = 2000, 0


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
        Of the points at which there is a difference, the share where it is as expected (positive, where nothing was
        expected), and its interval.
    points : int
        How many points.
    none : int
        At how many of them the mean difference is zero: what is asked about does not happen there, or the few runs of
        the point cancel out. They speak for neither side.
    mean, mean_low, mean_high : float
        Mean effect over the box, and its interval.
    verdict : str
        Supported where the share is more than a half beyond doubt, contradicted where it is less.
    """

    share: float
    low: float
    high: float
    points: int
    none: int
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
    each = signed.mean(axis=0)  # of points that stopped earlier than others, only what all have
    each = each[np.isfinite(each)]
    found = interval(each, level)
    word = word_of(found.low, found.high, smallest)
    box = _box(expected, study, values.box, smallest, 1.0 - study.study.compare.confidence)
    shift = _bound(expected)
    return Held(
        expected, found.mean + shift, found.low + shift, found.high + shift, 1.0 - level, int(each.size), word,
        _verdict(_direction(expected), word, found, smallest), box,
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


def _verdict(direction: str, word: Word, found: Interval, smallest: float = 0.0) -> Verdict:
    """Return what an interval and its ``word`` mean for an expectation.

    An effect too small to matter contradicts one that was expected. Sameness is contradicted by an effect that is
    beyond doubt large enough to matter, not by one that merely exists.
    """
    if direction == "open":
        return "open"
    if direction == "same":
        apart = found.low >= smallest or found.high <= -smallest
        return "supported" if word == "equivalent" else "contradicted" if apart else "undecided"
    if word == "undecided":
        return "undecided"
    return "supported" if word == direction else "contradicted"


def _box(expected: Expectation, study: LoadedStudy, values: Array, smallest: float, level: float) -> Box | None:
    """Return what became of an expectation over the assumption box."""
    if not len(values):
        return None
    from scipy.stats import binomtest  # lazily: it takes most of a second to import

    signed = _contrast(expected, study, values)
    there = np.isfinite(signed).any(axis=1)
    effect = np.nanmean(signed[there], axis=1)
    direction = _direction(expected)
    none = np.zeros(effect.size, bool) if direction == "same" else np.abs(effect) <= TIE
    if direction == "same":
        as_expected = np.abs(effect) < smallest
    else:
        as_expected = ~none & (effect < 0.0 if direction == "lower" else effect > 0.0)
    count, ties, hits = int(effect.size), int(none.sum()), int(as_expected.sum())
    if not count:
        return None
    share, low, high = float("nan"), 0.0, 1.0
    if count > ties:
        found = binomtest(hits, count - ties).proportion_ci(1.0 - level, method="wilson")
        share, low, high = hits / (count - ties), float(found.low), float(found.high)
    verdict: Verdict = "supported" if low > 0.5 else "contradicted" if high < 0.5 else "undecided"
    mean = student(effect, level)
    shift = _bound(expected)
    return Box(
        share, low, high, count, ties, mean.mean + shift, mean.low + shift, mean.high + shift,
        "open" if direction == "open" else verdict,
    )  # fmt: skip


def _correlated(expected: Expectation, study: LoadedStudy, values: Array, level: float) -> Held:
    """Return whether two metrics rise together from point to point: Spearman's rank correlation of their means.

    The interval of one design is that of Bonett & Wright (2000): Fisher's z with standard error
    sqrt((1 + r^2 / 2) / (n - 3)); that of several is a bootstrap over points.
    """
    from scipy import stats  # lazily: as above

    means = np.nanmean(values, axis=2)
    names = [arm.name for arm in study.arms]
    designs = [names.index(expected.of)] if expected.of else list(range(len(names)))
    one, other = (means[:, designs, _metric(each, study)] for each in (expected.rises_with, expected.metric))
    there = (np.isfinite(one) & np.isfinite(other)).all(axis=1)
    one, other, count = one[there], other[there], int(there.sum())
    found = Interval(float("nan"), float("nan"), float("nan"))
    if count > ENOUGH:
        r = float(stats.spearmanr(one.ravel(), other.ravel()).statistic)
        found = _bonett(r, count, level) if len(designs) == 1 else _resampled(one, other, r, level)
    word = word_of(found.low, found.high, _smallest(expected, study))
    verdict = _verdict(_direction(expected), word, found, _smallest(expected, study))
    return Held(expected, *found, 1.0 - level, count, word, verdict, None)


def _bonett(r: float, count: int, level: float) -> Interval:
    """Return a rank correlation of ``count`` pairs with its interval."""
    from scipy import stats  # lazily: as above

    half = float(stats.norm.isf(0.5 * level)) * np.sqrt((1.0 + 0.5 * r * r) / (count - ENOUGH))
    z = np.arctanh(np.clip(r, -NEARLY, NEARLY))
    return Interval(r, float(np.tanh(z - half)), float(np.tanh(z + half)))


def _resampled(one: Array, other: Array, r: float, level: float) -> Interval:
    """Return a rank correlation over points and designs with its interval: percentiles of a bootstrap over points.

    Designs at one point resemble one another, so that points are drawn with all their designs.
    """
    from scipy import stats  # lazily: as above

    rng, count = np.random.default_rng(SEED), len(one)
    drawn = (rng.integers(count, size=count) for _ in range(RESAMPLES))
    found = [stats.spearmanr(one[rows].ravel(), other[rows].ravel()).statistic for rows in drawn]
    low, high = np.nanquantile(found, [0.5 * level, 1.0 - 0.5 * level])
    return Interval(r, float(low), float(high))


def _interacting(expected: Expectation, study: LoadedStudy, values: Array, level: float) -> Held:
    """Return whether the interaction of two factors of a grid has the share of variance that is expected."""
    cells = cells_of(study, values[..., _metric(expected.metric, study)], expected.interaction)
    value, low, high = interaction(cells, level)
    bound = float(expected.above if expected.above is not None else expected.below or 0.0)
    word = word_of(low - bound, high - bound, 0.0)
    verdict = _verdict(_direction(expected), word, Interval(value - bound, low - bound, high - bound))
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
