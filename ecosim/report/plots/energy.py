"""What activity lives on: the learners' own persistence, or a push from outside."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ecosim.language import text
from ecosim.report.plots import style
from ecosim.report.plots.marks import mark_deadlines, mark_events


def draw(figure: Figure, run: Any, lang: str) -> None:
    """Draw persistence and external drive of the active, and beneath them the autotelic ratio."""
    body = style.dress(figure, run, text("figures.energy.title", lang), lang)
    top, bottom = body.subplots(2, 1, sharex=True, height_ratios=(1.5, 1.0))
    stocks(top, run, lang)
    ratio(bottom, run, lang)
    style.in_weeks(top, run.loaded.scenario.weeks, lang, named=False)
    style.in_weeks(bottom, run.loaded.scenario.weeks, lang)
    mark_deadlines(bottom, run, text("figures.deadline", lang))
    style.legend_below(body, [top, bottom])
    mark_events([top, bottom], run, lang)


def stocks(ax: Axes, run: Any, lang: str, size: float = style.BODY) -> None:
    """Draw mean persistence and mean external drive over those who are active."""
    style.tidy(ax, size)
    log = run.engine.log
    active = np.where(log.active > 0.0, log.active, np.nan)
    own, pushed = log.persistence_of_active / active, log.external_drive_of_active / active
    style.series(ax, style.STROKES[0], own, text("figures.energy.own", lang))
    style.series(ax, style.STROKES[1], pushed, text("figures.energy.pushed", lang))
    style.say_empty(ax, own, text("figures.nobody", lang))
    highest = max((value for value in (*own, *pushed) if value == value), default=1.0)
    ax.set_ylim(0.0, min(1.03, max(0.1, 1.15 * highest)))
    style.in_steps(ax.yaxis, 5)
    style.in_numbers(ax.yaxis, lang)
    style.caption(ax, text("figures.energy.level", lang))


def ratio(ax: Axes, run: Any, lang: str) -> None:
    """Draw the share of activity's energy that is the learners' own."""
    style.tidy(ax)
    values = run.weekly_table()["autotelic_ratio"]
    ax.fill_between(range(len(values)), values, color=style.STROKES[0].color, alpha=0.12, linewidth=0)
    ax.axhline(0.5, color=style.SOFT, linewidth=1.0, linestyle=(0, (1, 2)))
    style.series(ax, style.Stroke(style.INK, "-", "o"), values, text("figures.energy.ratio", lang), width=1.8)
    ax.set(ylim=(0.0, 1.05), yticks=(0.0, 0.5, 1.0))
    style.in_percent(ax.yaxis, lang)
    style.caption(ax, text("figures.energy.ratio_axis", lang))
