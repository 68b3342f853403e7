"""The scoreboard: which patterns of the world the model shows, how surely, and whether a trivial world does too."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ecosim.evidence.cohorts import source_of
from ecosim.evidence.living import Lives, World, lived
from ecosim.evidence.pattern import Pattern
from ecosim.evidence.patterns import PATTERNS
from ecosim.evidence.real import observed_values
from ecosim.model.metrics import METRICS
from ecosim.model.state import Array
from ecosim.model.watching.recorded import as_watched

REPLICATES, NULLS = 8, 20
RATIO = "ratio"  #: unit of ratios of odds and hazards


@dataclass(frozen=True)
class Score:
    """How one pattern stands; arrays have the shape (cohorts, parts).

    Parameters
    ----------
    pattern : Pattern
        Which one.
    value, spread : array
        Mean and standard deviation over lives.
    observed : array
        What was measured in the world; NaN where only the band is known.
    within : float
        Share of single lives in which it holds.
    ceiling : float
        Share of cohorts of this size in which a model that is right on average would show it: each part normal around
        what was observed, spread as between lives; the least of all parts.
    passed : bool
        Whether it holds of the means.
    null : array or None
        Mean over trivial worlds, where these were asked for.
    null_passes : bool or None
        Whether they show it: then it is no evidence.
    worlds : tuple of str
        Scenarios in which it was looked for, in place of its cohorts.
    """

    pattern: Pattern
    value: Array
    spread: Array
    observed: Array
    within: float
    ceiling: float
    passed: bool
    null: Array | None = None
    null_passes: bool | None = None
    worlds: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it in the form of ``validate --patterns --json``."""
        low, high = ([getattr(part, end) for part in self.pattern.parts] for end in ("low", "high"))
        bands = [[_plain(a), _plain(b)] for a, b in zip(low, high, strict=True)]
        return {
            "id": self.pattern.name,
            "passed": self.passed,
            "value": _short(self.value),
            "band": bands[0] if len(bands) == 1 else bands,
            "null_value": None if self.null is None else _short(self.null),
            "null_passes": self.null_passes,
            "metrics": list(self.pattern.metrics),
            "cohorts": list(self.worlds or self.pattern.cohorts),
            "spread": _short(self.spread),
            "observed": _short(self.observed),
            "within": round(self.within, 4),
            "ceiling": _plain(self.ceiling),
        }


def _plain(value: float) -> float | None:
    """Return ``value`` to four digits, ``None`` where JSON has no word for it."""
    return round(float(value), 4) if np.isfinite(value) else None


def _short(values: Array) -> Any:
    """Return one number as itself, one row or column as a list, all else as rows."""
    rows = [[_plain(each) for each in row] for row in values]
    if len(rows) == 1:
        return rows[0][0] if len(rows[0]) == 1 else rows[0]
    return [row[0] for row in rows] if len(rows[0]) == 1 else rows


def scored(
    sources: Sequence[str] = (),
    replicates: int = REPLICATES,
    workers: int | None = None,
    nulls: bool = False,
    told: Callable[[int, int], None] = lambda done, total: None,
    settings: Mapping[str, Any] | None = None,
) -> list[Score]:
    """Live the cohorts and return the score of every pattern.

    Parameters
    ----------
    sources : sequence of str
        Scenarios to hold against the patterns instead of the calibrated ones: one that is named as a cohort against the
        patterns of that cohort, any other against all.
    replicates : int
        Lives of each.
    workers : int, optional
        Processes.
    nulls : bool
        Whether the trivial worlds are made too.
    told : callable
        Hears how many lives are done, of how many.
    settings : mapping, optional
        What is changed of each scenario: dotted path -> value.
    """
    places = chosen(sources, tuple(sorted((settings or {}).items())))
    wanted = needed(places)
    lives = lived(wanted, replicates, workers, told)
    return [score(PATTERNS[name], worlds, lives, nulls) for name, worlds in places.items()]


def chosen(sources: Sequence[str], settings: tuple[tuple[str, Any], ...] = ()) -> dict[str, list[World]]:
    """Return the worlds in which each pattern is looked for."""
    if not sources:
        return {name: [World(source_of(each), settings) for each in PATTERNS[name].cohorts] for name in PATTERNS}
    known = {cohort for name in PATTERNS for cohort in PATTERNS[name].cohorts}
    found: dict[str, list[World]] = {}
    for source in sources:
        stem = Path(source).stem
        for name in PATTERNS:
            if stem in PATTERNS[name].cohorts or stem not in known:
                found.setdefault(name, []).append(World(source, settings))
    return {name: found[name] for name in PATTERNS if name in found}


def needed(places: Mapping[str, Iterable[World]]) -> dict[World, list[str]]:
    """Return what has to be measured of each world."""
    wanted: dict[World, list[str]] = {}
    for name, worlds in places.items():
        for world in worlds:
            wanted.setdefault(world, []).extend(PATTERNS[name].metrics)
    return wanted


def score(pattern: Pattern, worlds: Sequence[World], lives: Lives, nulls: bool = False) -> Score:
    """Return how a pattern stands in some worlds, once they have been lived."""
    each = np.array([[lives[world][part.metric] for part in pattern.parts] for world in worlds])
    whole = len(worlds) == len(pattern.cohorts)
    judged = pattern if whole else _of_all(pattern, len(worlds))
    value = np.array([[middle(v, part.metric) for part, v in zip(pattern.parts, row, strict=True)] for row in each])
    spread = each.std(axis=2, ddof=1) if each.shape[2] > 1 else np.zeros(each.shape[:2])
    observed = observed_values(pattern) if whole else np.full(value.shape, np.nan)
    within = float(np.mean([judged.passed(each[:, :, life].tolist()) for life in range(each.shape[2])]))
    null = null_values(pattern) if nulls else None
    return Score(
        pattern, value, spread, observed, within, _ceiling(pattern, observed, spread), judged.passed(value.tolist()),
        null, pattern.passed(null.tolist()) if null is not None else None,
        () if _are_cohorts(worlds, pattern) else tuple(world.source for world in worlds),
    )  # fmt: skip


def _are_cohorts(worlds: Sequence[World], pattern: Pattern) -> bool:
    """Tell whether worlds are the cohorts of a pattern, all of them in their order."""
    return tuple(Path(world.source).stem for world in worlds) == pattern.cohorts


def _of_all(pattern: Pattern, worlds: int) -> Pattern:
    """Return the pattern as it is asked of so many given worlds: it has to hold in each."""
    return Pattern(pattern.name, pattern.cohorts, pattern.parts, pattern.null, pattern.facts, worlds)


def middle(values: Array, metric: str) -> float:
    """Return the mean of the values that are defined, NaN without any; of ratios, the geometric mean.

    A ratio of odds or hazards is as far from 1 when it is doubled as when it is halved: one large value does not carry
    the mean.
    """
    known = values[np.isfinite(values)]
    if not known.size:
        return float("nan")
    if METRICS[metric].unit == RATIO and (known > 0.0).all():
        return float(np.exp(np.log(known).mean()))
    return float(known.mean())


def _ceiling(pattern: Pattern, observed: Array, spread: Array) -> float:
    """Return in which share of cohorts a model that is right on average would show the pattern."""
    from scipy.stats import norm  # lazily: it takes half a second to import

    reached = []
    for part, seen, width in zip(pattern.parts, observed.T, spread.T, strict=True):
        known = np.isfinite(seen) & np.isfinite(width)
        wide = np.maximum(width[known], 1e-9)
        inside = norm.cdf((part.high - seen[known]) / wide) - norm.cdf((part.low - seen[known]) / wide)
        reached += inside.tolist()
    return float(min(reached)) if reached else float("nan")


def null_values(pattern: Pattern, times: int = NULLS) -> Array:
    """Return the mean of each part over ``times`` trivial worlds, shape (cohorts, parts); keyed by name and number."""
    key = zlib.crc32(pattern.name.encode())
    rows = []
    for cohort in pattern.cohorts:
        each = []
        for time in range(times):
            eco = as_watched(pattern.null(np.random.default_rng([key, time]), cohort))
            each.append([METRICS[part.metric].value(eco) for part in pattern.parts])
        rows.append([middle(values, part.metric) for part, values in zip(pattern.parts, np.array(each).T, strict=True)])
    return np.array(rows)
