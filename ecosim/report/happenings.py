"""What came from outside, and what was measured there: deadlines, events, observed series."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from ecosim.language import number, text
from ecosim.model.metrics import METRICS
from ecosim.report.grammar import counted, joined, plural, rate, share, spans
from ecosim.report.naming import LEVELS, event_name, events, pooled_deadlines

WINDOW = 4  #: weeks on either side of an event
MOST_EVENTS, MOST_SPANS = 3, 4


def deadline_weeks(run: Any, lang: str) -> Iterator[str]:
    """Say whether people leave when something is due; nothing where each community has its own deadlines."""
    log, due, scenario = run.engine.log, np.zeros(run.loaded.scenario.weeks, bool), run.loaded.scenario
    due[pooled_deadlines(scenario)] = True
    if due.any() and not due.all() and log.left.any():
        with_one, without = (_pooled(log.left, log.enrolled_at_start, weeks) for weeks in (due, ~due))
        if with_one is not None and without is not None:
            yield plural("words.deadlines", int(due.sum()), lang, due=rate(with_one, lang), rest=rate(without, lang))


def around_events(run: Any, lang: str) -> Iterator[str]:
    """Say what changed around each event, and what a withdrawal or a surge did against the same run without it."""
    found = events(run.loaded.scenario)
    for week, each in list(found.items())[:MOST_EVENTS]:
        yield _around(run, week, joined([event_name(event, lang) for event in each], lang), lang)
    if len(found) > MOST_EVENTS:
        yield plural("words.events", len(found) - MOST_EVENTS, lang)
    if (left := run.summary.get("carry_over")) is not None:
        yield text("words.effect.carry_over", lang, share=share(left, lang))
    more = [run.summary.get(name) for name in ("reproduction", "reproduction_12")]
    if None not in more:
        one, twelve = (number(value, lang) for value in more)
        yield text("words.effect.reproduction", lang, one=one, twelve=twelve)


def _around(run: Any, week: int, name: str, lang: str) -> str:
    """Say how many were active and how many left in the weeks before and after."""
    if week == 0:
        return text("words.event.start", lang, name=name)
    log, weeks = run.engine.log, np.arange(run.loaded.scenario.weeks)
    facts: dict[str, Any] = {"week": week, "name": name}
    spans_ = {"before": (week - WINDOW <= weeks) & (weeks < week), "after": (week <= weeks) & (weeks < week + WINDOW)}
    for side, which in spans_.items():
        active = _pooled(log.active, log.enrolled_at_start, which)
        left = _pooled(log.left, log.enrolled_at_start, which)
        if active is None or left is None:
            return text("words.event.empty", lang, week=week, name=name)
        facts |= {side: share(active, lang), f"{side}_left": rate(left, lang)}
        facts[f"{side}_weeks"] = plural(f"words.{side}", int(which.sum()), lang)
    return text("words.event.late", lang, **facts)


def _pooled(part: Any, whole: Any, weeks: Any) -> float | None:
    """Return the quotient of two sums over ``weeks``, ``None`` where there is nothing to divide by."""
    return float(part[weeks].sum() / whole[weeks].sum()) if whole[weeks].any() else None


def beside_observed(run: Any, lang: str) -> Iterator[str]:
    """Say how far the simulated series are from the observed ones."""
    for metric in dict.fromkeys(each.metric for each in run.loaded.observed or ()):
        series = METRICS[metric].weekly(run.engine)
        if series is not None:
            yield _beside(run, metric, series, lang)


def _beside(run: Any, metric: str, series: Any, lang: str) -> str:
    """Say how far one simulated series is from the observed one, and in which weeks it leaves the interval."""
    label = METRICS[metric].say_label(lang)
    found = [
        each for each in run.loaded.observed
        if each.metric == metric and each.week < series.size and np.isfinite(series[each.week])
    ]  # fmt: skip
    if not found:
        return text("words.observed.nothing", lang, label=label)
    away = float(np.mean([abs(each.value - series[each.week]) for each in found]))
    bounded = [each for each in found if each.low is not None or each.high is not None]
    out = sorted(each.week for each in bounded if _outside(each, series[each.week]))
    facts = {"label": label, "difference": _difference(away, metric, lang), "weeks": counted("weeks", len(found), lang)}
    if not bounded:
        return text("words.observed.plain", lang, **facts)
    if not out:
        return text("words.observed.inside", lang, **facts)
    facts |= {"out": number(len(out), lang, 0), "of": number(len(bounded), lang, 0), "where": _where(out, lang)}
    return text("words.observed.outside", lang, **facts)


def _outside(measured: Any, value: float) -> bool:
    """Tell whether ``value`` lies outside the interval of a measurement."""
    below = measured.low is not None and value < measured.low
    return bool(below or (measured.high is not None and value > measured.high))


def _difference(away: float, metric: str, lang: str) -> str:
    """Return a difference for people: shares differ by percentage points."""
    if METRICS[metric].unit in ("share", "probability") and metric not in LEVELS:
        points = number(100.0 * away, lang, 1 if away < 0.0995 else 0)
        return plural("words.points", int(round(100.0 * away, 1)) if lang == "fr" else 2, lang, value=points)
    return number(away, lang)


def _where(weeks: list[int], lang: str) -> str:
    """Return the weeks in words; many scattered ones as the span that holds them."""
    broken = sum(after - before > 1 for before, after in pairwise(weeks))
    if broken >= MOST_SPANS:
        return text("words.observed.between", lang, first=weeks[0], last=weeks[-1])
    return spans(weeks, lang)
