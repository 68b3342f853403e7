"""One run of a study: lived, measured, summed up in a few numbers."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np

from ecosim.errors import EcosimError
from ecosim.model.engine import Engine
from ecosim.model.metrics import METRICS, Wanted
from ecosim.model.metrics.groups import Groups, by_group
from ecosim.model.metrics.summary import happens, plain, summary
from ecosim.model.run import without
from ecosim.model.state import Array
from ecosim.scenario.resolve import Loaded

Week = Callable[[], None]


class TookTooLong(EcosimError):
    """A run was stopped because its time was over."""


def deadline(seconds: float) -> Week:
    """Return what to call every week: it raises :class:`TookTooLong` when ``seconds`` are over."""
    end = perf_counter() + seconds

    def check() -> None:
        if perf_counter() > end:
            raise TookTooLong("errors.sweep.too_long", seconds=f"{seconds:g}")

    return check


def lived(loaded: Loaded, replicate: int, each_week: Week | None = None, watch: bool = False) -> Engine:
    """Return the engine of a run at its end, with a diary where it is watched."""
    engine = Engine(loaded.scenario, replicate, loaded.edges)
    if watch:
        engine.watch()
    while engine.running:
        engine.step()
        if each_week is not None:
            each_week()
    return engine


def measured(engine: Engine, wanted: list[Wanted], loaded: Loaded) -> list[float | None]:
    """Return the value of each metric; those that compare with a run without some event have that run lived too."""
    kinds = {each.metric.counterfactual for each in wanted} - {None}
    others = {
        kind: without(kind, loaded, engine.replicate)
        for kind in sorted(kinds, key=str)
        if kind is not None and happens(loaded.scenario, kind)
    }
    return list(summary(wanted, engine, others).values())


EVERYBODY, ALL, LEFT_OUT = "everybody", "all", "excluded_share"


def grouped(engine: Engine, wanted: list[Wanted], kinds: tuple[str, ...]) -> str:
    """Return the values by group of those metrics that are told learner by learner, as JSON; empty without kinds.

    Beside them stands, of everybody, the share that is left out: no mean should be read without it.
    """
    if not kinds:
        return ""
    names = {each.key for each in wanted}
    found: Groups = {EVERYBODY: {ALL: {LEFT_OUT: plain(METRICS[LEFT_OUT].value(engine))}}}
    found |= {
        kind: {
            name: {metric: value for metric, value in values.items() if metric in names or metric == "learners"}
            for name, values in groups.items()
        }
        for kind, groups in by_group(engine, kinds).items()
    }
    return json.dumps(found, separators=(",", ":"))


def weekly(engine: Engine, wanted: list[Wanted]) -> bytes:
    """Return the weekly series of the metrics that have one, packed; see :func:`unpacked`."""
    rows = [each.metric.weekly(engine) for each in wanted]
    whole = np.array([_or_gaps(row, engine.week) for row in rows], dtype="<f4")
    return zlib.compress(whole.tobytes(), 1)


def unpacked(packed: bytes, metrics: int) -> Array:
    """Return weekly series as an array of shape (metrics, weeks), NaN where a metric has none."""
    return np.frombuffer(zlib.decompress(packed), dtype="<f4").reshape(metrics, -1)


def _or_gaps(row: Any, weeks: int) -> Array:
    return np.full(weeks, np.nan) if row is None else np.asarray(row, float)
