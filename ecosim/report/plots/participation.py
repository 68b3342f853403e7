"""Who does something, who does it with others, and how much they contribute."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ecosim.language import number, text
from ecosim.report.grammar import share
from ecosim.report.plots import style
from ecosim.report.plots.marks import mark_deadlines, mark_events, marked
from ecosim.report.plots.observed import describe_observed, lay_over, observed_columns
from ecosim.report.plots.plot import Table, by_week, ends, sentences


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


def describe(run: Any, lang: str) -> str:
    """Return who takes part, alone and together, and how much is contributed."""
    parts = (_describe_active, _describe_given) if run.engine.log.active.any() else (_describe_active,)
    observed = describe_observed(run, "participation", lang)
    return sentences(*(part(run, lang) for part in parts), observed, marked(run, lang))


def _describe_active(run: Any, lang: str) -> str:
    """Return the course of participation in words."""
    acting, together = shares(run)
    if (span := ends(acting)) is None:
        return text("figures.nobody_came", lang)
    if not np.nansum(acting):
        return text("figures.nobody_active", lang)
    start, end = span
    facts: dict[str, Any] = {"last": share(acting[end], lang), "end": end, "shared_last": share(together[end], lang)}
    if start == end:
        return text("figures.participation.one_week", lang, **facts)
    facts |= {"first": share(acting[start], lang), "start": start, "shared_first": share(together[start], lang)}
    facts |= {"mean": share(np.nanmean(acting), lang), "shared_mean": share(np.nanmean(together), lang)}
    return text("figures.participation.course", lang, **facts)


def _describe_given(run: Any, lang: str) -> str:
    """Return in words how much is contributed, and when most."""
    given = run.engine.log.contributions
    if not given.any():
        return text("figures.participation.given_none", lang)
    week = int(given.argmax())
    facts = {"total": number(given.sum(), lang, 0), "week": week, "peak": number(given[week], lang, 0)}
    return text("figures.participation.given", lang, **facts)


def table(run: Any, lang: str) -> Table:
    """Return the shares of the active, alone or together, and the contributions, by week."""
    acting, together = shares(run)
    columns = {
        text("figures.participation.share", lang): acting,
        text("figures.participation.shared_column", lang): together,
        text("figures.participation.contributions", lang): run.engine.log.contributions.astype(int),
        **observed_columns(run, "participation", lang),
    }
    return by_week(columns, lang)


def shares(run: Any) -> tuple[Any, Any]:
    """Return the shares of all who have arrived that are active, and active on a collective artefact, by week."""
    log = run.engine.log
    arrived = np.where(log.arrived > 0.0, log.arrived, np.nan)
    return log.active / arrived, log.collective / arrived


def active(ax: Axes, run: Any, lang: str, size: float = style.BODY) -> None:
    """Draw the shares of all who have arrived that are active, and active on a collective artefact."""
    style.tidy(ax, size)
    acting, together = shares(run)
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
