"""Who does something, who does it with others, and how much they contribute."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ecosim.language import text
from ecosim.report.plots import style
from ecosim.report.plots.marks import mark_deadlines, mark_events
from ecosim.report.plots.observed import lay_over


def draw(figure: Figure, run: Any, lang: str) -> None:
    """Draw who is active alone and together, and beneath it the contributions to collective artefacts."""
    body = style.dress(figure, run, text("figures.participation.title", lang), lang)
    top, bottom = body.subplots(2, 1, sharex=True, height_ratios=(1.9, 1.0))
    active(top, run, lang)
    contributions(bottom, run, lang)
    style.in_weeks(top, run.loaded.scenario.weeks, lang, named=False)
    style.in_weeks(bottom, run.loaded.scenario.weeks, lang)
    mark_deadlines(bottom, run, text("figures.deadline", lang))
    style.legend_below(body, [top, bottom])
    mark_events([top, bottom], run, lang)


def active(ax: Axes, run: Any, lang: str, size: float = style.BODY) -> None:
    """Draw the shares of all who have arrived that are active, and active on a collective artefact."""
    style.tidy(ax, size)
    log = run.engine.log
    arrived = np.where(log.arrived > 0.0, log.arrived, np.nan)
    acting, together = log.active / arrived, log.collective / arrived
    style.series(ax, style.STROKES[0], acting, text("figures.participation.active", lang))
    ax.fill_between(range(together.size), together, color=style.STROKES[2].color, alpha=0.22, linewidth=0)
    style.series(ax, style.STROKES[2], together, text("figures.participation.together", lang), width=1.8)
    highest = max(lay_over(ax, run, "participation", lang), float(np.nan_to_num(acting).max()))
    ax.set_ylim(0.0, min(1.03, max(0.05, 1.15 * highest)))
    style.in_steps(ax.yaxis, 5)
    style.in_percent(ax.yaxis, lang)
    style.caption(ax, text("figures.participation.share", lang))


def contributions(ax: Axes, run: Any, lang: str) -> None:
    """Draw how much is contributed to collective artefacts each week."""
    style.tidy(ax)
    values = run.engine.log.contributions
    ax.bar(range(values.size), values, color="#8fa1b5", width=0.82, linewidth=0.0)
    ax.set_ylim(0.0, max(1.0, 1.18 * float(values.max())))
    style.in_counts(ax.yaxis, lang)
    style.caption(ax, text("figures.participation.contributions", lang))
