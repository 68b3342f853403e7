"""Metrics of what instruments recorded: a statistic of a record, the same that is run on records of real learners."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ecosim.model.metrics.declare import metric
from ecosim.model.watching.diary import watched


def recorded_metric(
    module: str,
    name: str,
    record: Callable[[Any], Any],
    statistic: Callable[[Any], Any],
    *,
    label: str,
    unit: str,
    over: str,
    source: str,
    formula: str,
    meaning: str,
) -> None:
    """Declare a metric that needs a diary and is computed only where it is asked for.

    Parameters
    ----------
    module : str
        Where it is declared, ``__name__``: its group in the reference.
    name, label, unit, over, source, formula, meaning : str
        As for :func:`ecosim.model.metrics.declare.metric`.
    record : callable
        ``record(eco)`` makes the record of a watched run (:mod:`ecosim.model.watching`), or what is computed of one.
    statistic : callable
        ``statistic(record)`` returns the value; it runs on data as on simulation.
    """
    words = {"label": label, "unit": unit, "over": over, "source": source, "formula": formula, "meaning": meaning}

    def value(eco: Any) -> float:
        return float(statistic(watched(eco, record)))

    value.__module__ = module
    metric(name, **words, run="value", costly=True, watched=True)(value)  # type: ignore[arg-type]  # all are texts
