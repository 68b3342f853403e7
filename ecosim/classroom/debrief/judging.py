"""Two worlds of a class compared: under its own luck, and paired over other lucks with what that says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from ecosim.classroom.debrief.luck import Came
from ecosim.classroom.debrief.worlds import PAIRS
from ecosim.dashboard.comparing import MATTERS, METRICS
from ecosim.model.metrics import METRICS as KNOWN
from ecosim.model.state import Array
from ecosim.study.statistics.verdict import Word, judged

ALPHA = 0.05  #: shared by all metrics of a comparison
COMPARED = tuple(name for name in METRICS if name in KNOWN)  #: what worlds are compared by


@dataclass(frozen=True)
class Line:
    """Two worlds compared on one metric.

    Parameters
    ----------
    metric : str
        Its name.
    of, against : float or None
        Run values under the class's own luck; ``None`` where undefined.
    pairs : int
        Other lucks under which both have a value.
    mean, low, high : float or None
        Mean of the paired differences over those, and its interval.
    level : float
        Two-sided level of that interval.
    smallest : float
        The smallest difference that matters; 0 without.
    word : {"higher", "lower", "equivalent", "undecided"}
        What the interval says.
    """

    metric: str
    of: float | None
    against: float | None
    pairs: int
    mean: float | None
    low: float | None
    high: float | None
    level: float
    smallest: float
    word: Word

    @property
    def own(self) -> float | None:
        """The difference under the class's own luck."""
        return None if self.of is None or self.against is None else self.of - self.against


@dataclass(frozen=True)
class Pair:
    """Two worlds compared.

    Parameters
    ----------
    name, of, against : str
        What the comparison is called, and its worlds; see :data:`ecosim.classroom.debrief.worlds.PAIRS`.
    lucks : int
        Other lucks under which both were lived.
    kept : float or None
        Share of people's decisions that were possible there; ``None`` where there were none to keep.
    lines : tuple of Line
        One a metric.
    """

    name: str
    of: str
    against: str
    lucks: int
    kept: float | None
    lines: tuple[Line, ...]


def compared(name: str, own: Mapping[str, Came], others: Sequence[Mapping[str, Came]]) -> Pair:
    """Return the comparison ``name`` of two worlds.

    All its metrics share :data:`ALPHA`, each interval spends an equal part of it (Bonferroni): that all of them hold is
    as sure as 1 - alpha.

    Parameters
    ----------
    name : str
        One of :data:`ecosim.classroom.debrief.worlds.PAIRS`.
    own : mapping
        World -> what came of it under the class's own luck.
    others : sequence of mapping
        The same under other lucks.
    """
    of, against = PAIRS[name]
    lines = tuple(_line(metric, of, against, own, others) for metric in COMPARED)
    return Pair(name, of, against, len(others), _kept(of, against, others), lines)


def _kept(of: str, against: str, others: Sequence[Mapping[str, Came]]) -> float | None:
    """Return the share of people's decisions that were possible under the other lucks, in both worlds together."""
    came = [luck[world] for luck in others for world in (of, against)]
    kept, dropped = sum(each.kept for each in came), sum(each.dropped for each in came)
    return kept / (kept + dropped) if kept + dropped else None


def _line(metric: str, of: str, against: str, own: Mapping[str, Came], others: Sequence[Mapping[str, Came]]) -> Line:
    """Compare two worlds on one metric."""
    one, other = (_values(metric, world, others) for world in (of, against))
    smallest = MATTERS.get(metric, 0.0)
    found = judged([one], other, lambda among: ALPHA / (among * len(COMPARED)), smallest)[0]
    effect = found.effect
    return Line(
        metric, own[of].values[metric], own[against].values[metric], effect.pairs, _plain(effect.difference),
        _plain(effect.low), _plain(effect.high), effect.level, smallest, found.word,
    )  # fmt: skip


def _values(metric: str, world: str, others: Sequence[Mapping[str, Came]]) -> Array:
    """Return the run values of a world over the other lucks, NaN where undefined: shape (lucks,)."""
    found = [luck[world].values[metric] for luck in others]
    return np.array([np.nan if value is None else value for value in found], float)


def _plain(value: float) -> float | None:
    return float(value) if isfinite(value) else None
