"""Who stays, and in which weeks people leave."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ecosim.language import text
from ecosim.report.naming import deadlines
from ecosim.report.plots import style
from ecosim.report.plots.marks import mark_deadlines, mark_events
from ecosim.report.plots.observed import lay_over


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


def stayed(ax: Axes, run: Any, lang: str, size: float = style.BODY) -> None:
    """Draw the share of those who ever arrived that is enrolled at the end of each week."""
    style.tidy(ax, size)
    values = run.weekly_table()["retention"]
    ax.fill_between(range(len(values)), values, color=style.STROKES[0].color, alpha=0.08, linewidth=0)
    style.series(ax, style.STROKES[0], values, text("figures.simulated", lang))
    lay_over(ax, run, "retention", lang)
    ax.set_ylim(0.0, 1.03)
    style.in_percent(ax.yaxis, lang)
    style.caption(ax, text("figures.retention.enrolled", lang))


def hazard(ax: Axes, run: Any, lang: str) -> None:
    """Draw the share of the enrolled that leaves in each week; weeks with a deadline are hatched."""
    style.tidy(ax)
    values = np.nan_to_num(np.asarray(run.weekly_table()["hazard"], float))
    due = np.isin(np.arange(values.size), deadlines(run.loaded.scenario))
    look: dict[str, Any] = {"width": 0.82, "linewidth": 0.0}
    ax.bar(np.flatnonzero(~due), values[~due], color="#8fa1b5", **look)
    ax.bar(np.flatnonzero(due), values[due], color=style.STROKES[1].color, hatch="////", edgecolor="white", **look)
    highest = lay_over(ax, run, "hazard", lang, named=False)
    ax.set_ylim(0.0, max(0.01, 1.18 * max(values.max(), highest)))
    style.in_steps(ax.yaxis, 3)
    style.in_percent(ax.yaxis, lang)
    style.caption(ax, text("figures.retention.hazard", lang))
