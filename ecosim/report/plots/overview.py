"""The whole run on one slide."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ecosim.language import number, text
from ecosim.report.grammar import share
from ecosim.report.plots import style
from ecosim.report.plots.channel import channel, key_of_flow, list_regions
from ecosim.report.plots.energy import levels, stocks
from ecosim.report.plots.marks import mark_events, marked, name_events
from ecosim.report.plots.participation import active, shares
from ecosim.report.plots.plot import Table, by_week, sentences
from ecosim.report.plots.retention import stayed
from ecosim.scenario.parts import in_language

SIZE = 9.5
PANELS = {"stay": stayed, "act": active, "energy": stocks}


def draw(figure: Figure, run: Any, lang: str) -> None:
    """Draw who stays, who is active, what it feels like and what activity lives on."""
    question = in_language(run.loaded.scenario.question, lang)
    body = style.dress(figure, run, style.title(run, lang), lang, question or text("figures.overview.title", lang))
    parts: Any = body.subfigures(2, 2)
    seen = {each.metric for each in run.loaded.observed or ()}
    for part, name in zip((parts[0, 0], parts[0, 1], parts[1, 1]), PANELS, strict=True):
        ax = part.subplots()
        PANELS[name](ax, run, lang, SIZE)
        _head(ax, name, lang)
        style.in_weeks(ax, run.loaded.scenario.weeks, lang)
        mark_events([ax], run, lang, named=False)
        if name == "stay":
            name_events(ax, run, lang)
        style.legend_below(part, [ax], SIZE - 1, 1 if name != "stay" or "retention" in seen else 2)
    ax = parts[1, 0].subplots()
    squares = channel(ax, run, lang, SIZE, shared=True)
    if squares is not None:
        key_of_flow(parts[1, 0].colorbar(squares, ax=ax, pad=0.02, aspect=12, extend="both"), lang, SIZE)
    _head(ax, "flow", lang)
    style.legend_below(parts[1, 0], [ax], SIZE - 1, 1)


def describe(run: Any, lang: str) -> str:
    """Return in words what the four panels show."""
    facts = {"stay": share(run.summary["retention"], lang)}
    own, pushed = levels(run)
    if not np.isfinite(own).any():
        return sentences(text("figures.overview.idle", lang, **facts), marked(run, lang, due=False))
    acts = float(run.engine.log.active.sum())
    facts |= {"active": share(run.summary["participation"], lang), "acts": number(acts, lang, 0)}
    facts |= {"flow": number(run.summary["mean_flow"], lang), "regions": list_regions(run, lang)}
    facts |= {"own": number(np.nanmean(own), lang), "pushed": number(np.nanmean(pushed), lang)}
    return sentences(text("figures.overview.describe", lang, **facts), marked(run, lang, due=False))


def table(run: Any, lang: str) -> Table:
    """Return the series of the panels, by week; the flow channel has a table of its own."""
    acting, together = shares(run)
    own, pushed = levels(run)
    columns = {
        text("figures.retention.enrolled", lang): run.weekly_table()["retention"],
        text("figures.participation.share", lang): acting,
        text("figures.participation.shared_column", lang): together,
        text("figures.energy.own_column", lang): own,
        text("figures.energy.pushed_column", lang): pushed,
    }
    return by_week(columns, lang)


def _head(ax: Axes, name: str, lang: str) -> None:
    """Name a panel."""
    for each in list(ax.texts):
        if each.get_gid() == style.CAPTION:
            each.remove()
    style.caption(ax, text(f"figures.overview.{name}", lang), SIZE + 2)
