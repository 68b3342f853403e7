"""What was not fitted: activity of the one other presentation whose clicks are shipped, and its course over the term.

The rates of the Open University's scenarios were fitted to BBB 2013B. AAA 2013J has a rate of leaving and deadlines of
its own; its activity was left alone. It is held against bands as wide as those of the fitted presentation, moved so
that they lie about its own value as those lie about the fitted one's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ecosim.evidence.cohorts import source_of
from ecosim.evidence.living import Lives, World, lived
from ecosim.evidence.patterns import PATTERNS
from ecosim.evidence.real import real_records
from ecosim.model.metrics import METRICS
from ecosim.model.watching.recorded import as_watched

FITTED, COHORT = "oulad-bbb2013b", "oulad-aaa2013j"
ACTIVITY = ("A4", "A5", "A6", "A7", "A8", "A9")
COURSE = ("log_active_first", "log_active_last")


def held_out(
    replicates: int, workers: int | None = None, told: Callable[[int, int], None] = lambda done, total: None
) -> dict[str, Any]:
    """Live both presentations, and return the held-out activity and the course over the term, as plain values.

    Parameters
    ----------
    replicates, workers, told
        As :func:`ecosim.evidence.living.lived` takes them.
    """
    metrics = [PATTERNS[name].metrics[0] for name in ACTIVITY]
    worlds = {cohort: World(source_of(cohort)) for cohort in (FITTED, COHORT)}
    lives = lived(dict.fromkeys(worlds.values(), (*metrics, *COURSE)), replicates, workers, told)
    rows = [_row(name, worlds[COHORT], lives) for name in ACTIVITY]
    course = {
        cohort: {metric: _told(cohort, metric, world, lives) for metric in COURSE} for cohort, world in worlds.items()
    }
    return {"held_out": {"cohort": COHORT, "fitted": FITTED, "patterns": rows}, "course": course}


def _row(name: str, world: World, lives: Lives) -> dict[str, Any]:
    """Return one held-out pattern: what it was, what came out, the band that goes with it."""
    part = PATTERNS[name].parts[0]
    found = _told(COHORT, part.metric, world, lives)
    moved = observed(COHORT, part.metric) - observed(FITTED, part.metric)
    low, high = part.low + moved, part.high + moved
    band = {"band": [round(low, 4), round(high, 4)], "passed": low <= found["value"] <= high}
    return {"id": name, "metric": part.metric, **found, **band}


def _told(cohort: str, metric: str, world: World, lives: Lives) -> dict[str, float]:
    """Return what a metric was in the world, and its mean and spread over lives."""
    each = lives[world][metric]
    made = {"value": each.mean(), "spread": each.std(ddof=1) if each.size > 1 else 0.0}
    return {name: round(float(value), 4) for name, value in (made | {"observed": observed(cohort, metric)}).items()}


def observed(cohort: str, metric: str) -> float:
    """Return what a metric was in a presentation."""
    return float(METRICS[metric].value(as_watched(real_records(cohort))))
