"""What a calibration told: which parameters the targets identify, what is known of them, what they predict."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ecosim.language import lookup
from ecosim.model.metrics import METRICS
from ecosim.report.reference.markdown import code, heading, table
from ecosim.report.validation.words import (
    ask,
    band,
    cohort_name,
    heads,
    metric_name,
    percent_of,
    with_interval,
)


def section(kept: dict[str, Any] | None, lang: str) -> Iterator[str]:
    """Yield the section as blocks of the page; ``kept`` is what ``ecosim calibrate`` writes as ``calibration.json``."""
    yield heading(2, ask("calibration.title", lang), "calibration")
    if kept is None:
        yield ask("calibration.nothing", lang)
        return
    yield ask("calibration.start", lang, method=code(kept["method"]), runs=sum(kept["runs"].values()))
    rows = [_parameter(told, kept["posterior"].get(told["path"]), lang) for told in kept["screening"]]
    yield table(heads("calibration.columns", lang), rows)
    if kept["targets"]:
        yield ask("calibration.predictive", lang)
        yield table(heads("calibration.predictive_columns", lang), [_target(each, lang) for each in kept["targets"]])


def _parameter(told: dict[str, Any], known: dict[str, Any] | None, lang: str) -> list[str]:
    """Return the line of one parameter."""
    r2 = with_interval((told["r2"], told["low"], told["high"]), lang)
    fitted = ask(f"calibration.{'yes' if told['fitted'] else 'no'}", lang)
    if known is None:
        return [code(told["path"]), r2, fitted, ask("none", lang), ask("none", lang)]
    median = with_interval((known["median"], known["q05"], known["q95"]), lang)
    return [code(told["path"]), r2, fitted, median, percent_of(known["narrowed"], lang)]


def _target(each: dict[str, Any], lang: str) -> list[str]:
    """Return the line of one target."""
    known = with_interval((each["median"], each["q05"], each["q95"]), lang)
    words = [_cohort(each["cohort"], lang), _metric(each["metric"], lang)]
    return [*words, band(each["low"], each["high"], lang), known, percent_of(each["within"], lang)]


def _cohort(name: str, lang: str) -> str:
    """Return what people call a cohort, or else its name in the calibration."""
    return cohort_name(name, lang) if lookup(lang, f"evidence.cohorts.{name}") else code(name)


def _metric(key: str, lang: str) -> str:
    """Return the label of a metric, or else its key, which may say over which weeks it is taken."""
    return metric_name(key, lang) if key in METRICS else code(key)
