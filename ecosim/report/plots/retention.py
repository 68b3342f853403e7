"""Who stays, and in which weeks people leave."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ecosim.language import text
from ecosim.report.grammar import rate, share
from ecosim.report.naming import pooled_deadlines
from ecosim.report.plots import style
from ecosim.report.plots.marks import mark_deadlines, mark_events, marked
from ecosim.report.plots.observed import describe_observed, lay_over, observed_columns
from ecosim.report.plots.plot import Table, by_week, ends, sentences

ZOOM = 0.6  #: share from which, never fallen below, the axis no longer starts at zero


def draw(figure: Figure, run: Any, lang: str) -> None:
    """Draw the share still enrolled, and beneath it the weekly hazard of leaving."""
    body = style.dress(figure, run, text("figures.retention.title", lang), lang)
    top, bottom = body.subplots(2, 1, sharex=True, height_ratios=(1.9, 1.0))
    stayed(top, run, lang)
    hazard(bottom, run, lang)
    style.in_weeks(top, run.loaded.scenario.weeks, lang, named=False)
    style.in_weeks(bottom, run.loaded.scenario.weeks, lang)
    mark_deadlines(bottom, run, text("figures.deadline", lang))
    style.legend_below(body, [top, bottom])
    mark_events([top, bottom], run, lang)


def describe(run: Any, lang: str) -> str:
    """Return how many stay, and when people leave."""
    observed = [describe_observed(run, metric, lang) for metric in ("retention", "hazard")]
    return sentences(_describe_stay(run, lang), _describe_leaving(run, lang), *observed, marked(run, lang))


def _describe_stay(run: Any, lang: str) -> str:
    """Return the course of retention in words."""
    values = run.weekly_table()["retention"]
    if (span := ends(values)) is None:
        return text("figures.nobody_came", lang)
    start, end = span
    facts = {"last": share(values[end], lang), "end": end}
    if start == end:
        return text("figures.retention.one_week", lang, **facts)
    said = text("figures.retention.course", lang, first=share(values[start], lang), start=start, **facts)
    low = np.flatnonzero(values < 0.5)
    return said + (" " + text("figures.retention.half", lang, week=int(low[0])) if low.size else "")


def _describe_leaving(run: Any, lang: str) -> str:
    """Return the mean and the peak of the hazard in words."""
    values = run.weekly_table()["hazard"]
    if (span := ends(values)) is None:
        return ""
    week = int(np.nanargmax(values))
    if not values[week]:
        return text("figures.retention.nobody_leaves", lang)
    peak = rate(values[week], lang)
    if span[0] == span[1]:
        return text("figures.retention.leaves_once", lang, peak=peak)
    return text("figures.retention.leaves", lang, mean=rate(run.summary["hazard"], lang), week=week, peak=peak)


def table(run: Any, lang: str) -> Table:
    """Return retention and hazard, simulated and observed, by week."""
    weekly = run.weekly_table()
    columns = {
        text("figures.retention.enrolled", lang): weekly["retention"],
        **observed_columns(run, "retention", lang),
        text("figures.retention.hazard", lang): weekly["hazard"],
        **observed_columns(run, "hazard", lang),
    }
    return by_week(columns, lang)


def stayed(ax: Axes, run: Any, lang: str, size: float = style.BODY) -> None:
    """Draw the share of those who ever arrived that is enrolled at the end of each week."""
    style.tidy(ax, size)
    values = run.weekly_table()["retention"]
    low = _floor(run, values)
    if not low:
        ax.fill_between(range(len(values)), values, color=style.STROKES[0].color, alpha=0.08, linewidth=0)
    style.series(ax, style.STROKES[0], values, text("figures.simulated", lang))
    lay_over(ax, run, "retention", lang)
    ax.set_ylim(low, 1.0 + 0.03 * (1.0 - low))
    style.in_percent(ax.yaxis, lang)
    style.caption(ax, text("figures.retention.enrolled", lang))


def _floor(run: Any, values: Any) -> float:
    """Return where the axis starts: at zero, or a little below the minimum where few ever leave."""
    scenario = run.loaded.scenario
    there = [each for each in run.loaded.observed or () if each.metric == "retention" and each.week < scenario.weeks]
    points = [value for value in values if np.isfinite(value)]
    points += [each.value if each.low is None else each.low for each in there]
    least = min(points, default=0.0)
    return float(np.floor((least - 0.02) * 20.0) / 20.0) if least >= ZOOM else 0.0


def hazard(ax: Axes, run: Any, lang: str) -> None:
    """Draw the share of the enrolled that leaves in each week; weeks with a deadline are hatched."""
    style.tidy(ax)
    values = np.nan_to_num(np.asarray(run.weekly_table()["hazard"], float))
    due = np.isin(np.arange(values.size), pooled_deadlines(run.loaded.scenario))
    look: dict[str, Any] = {"width": 0.82, "linewidth": 0.0}
    ax.bar(np.flatnonzero(~due), values[~due], color="#8fa1b5", **look)
    ax.bar(np.flatnonzero(due), values[due], color=style.STROKES[1].color, hatch="////", edgecolor="white", **look)
    highest = lay_over(ax, run, "hazard", lang, named=False)
    ax.set_ylim(0.0, max(0.01, 1.18 * max(values.max(), highest)))
    style.in_steps(ax.yaxis, 4)
    style.in_percent(ax.yaxis, lang)
    style.caption(ax, text("figures.retention.hazard", lang))
