"""Which metrics a run reports: those its scenario asks for, then all that cost little."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from ecosim.errors import UsageError
from ecosim.language import text
from ecosim.model.metrics.declare import LAST_QUARTER, METRICS, Metric, Span, named
from ecosim.scenario.document import Measure, Scenario


class Wanted(NamedTuple):
    """One line of a summary: its key, the metric, the weeks that count, and whether the scenario asks for it."""

    key: str
    metric: Metric
    span: Span
    asked: bool

    def label(self, lang: str = "en") -> str:
        """Return the label of the metric, with the weeks where not all count."""
        said = self.metric.say_label(lang)
        if self.span == "run":
            return said
        if self.span == "last_quarter":
            return text("metrics.last_quarter", lang, label=said)
        return text("metrics.weeks", lang, label=said, first=self.span[0], last=self.span[1])


def key_of(name: str, span: Span = "run") -> str:
    """Return the key of a summary: the name, with ``_last_quarter`` or ``_weeks_0_11`` where only these count."""
    if span == "run":
        return name
    return name + LAST_QUARTER if span == "last_quarter" else f"{name}_weeks_{span[0]}_{span[1]}"


def wanted(scenario: Scenario) -> list[Wanted]:
    """Return what a run of ``scenario`` reports, the metrics that it asks for first.

    A costly metric is computed only where it is asked for. One that compares with a run without some event is computed
    where it is asked for, or where nothing is asked for and the event happens.

    Raises
    ------
    UsageError
        When a metric does not exist, or some of the weeks are asked of one that has no weekly series.
    """
    asked = asked_for(scenario.metrics)
    present = {each.key for each in asked}
    return asked + [
        Wanted(name, metric, "run", False)
        for name, metric in ((name, METRICS[name]) for name in METRICS)
        if name not in present and not metric.costly and (not metric.counterfactual or _due(metric, scenario))
    ]


def asked_for(measures: Iterable[Measure]) -> list[Wanted]:
    """Return the lines of a summary for what a file asks for.

    Raises
    ------
    UsageError
        As :func:`wanted`.
    """
    return [
        Wanted(key_of(each.name, each.over), _spanning(named(each.name), each.over), each.over, True)
        for each in measures
    ]


def needs_diary(found: Iterable[Wanted]) -> bool:
    """Tell whether a run has to keep a diary for some of these."""
    return any(each.metric.watched for each in found)


def _spanning(metric: Metric, span: Span) -> Metric:
    """Return ``metric``, which has a value for ``span``."""
    if span != "run" and metric.is_weekly is False:
        raise UsageError("errors.metric.not_weekly", name=metric.name)
    return metric


def _due(metric: Metric, scenario: Scenario) -> bool:
    """Tell whether a comparison is made without being asked for."""
    return not scenario.metrics and happens(scenario, metric.counterfactual)


def happens(scenario: Scenario, kind: str | None) -> bool:
    """Tell whether an event of that kind happens within the run."""
    return any(event.do == kind and event.week < scenario.weeks for event in scenario.events)


def summary(found: list[Wanted], eco: Any, others: dict[str, Any]) -> dict[str, float | None]:
    """Return the value of each wanted metric, ``None`` where it is undefined.

    Parameters
    ----------
    found : list of Wanted
        In the order of the summary.
    eco : Engine
        The run.
    others : dict
        Kind of event -> the run without such events, where there is one.
    """
    return {
        each.key: plain(each.metric.value(eco, each.span, others.get(each.metric.counterfactual or "")))
        for each in found
    }


def plain(value: float) -> float | None:
    """Return ``value``, ``None`` instead of NaN: what JSON can say."""
    return value if value == value else None
