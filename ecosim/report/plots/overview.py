"""The whole run on one slide."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ecosim.language import text
from ecosim.report.plots import style
from ecosim.report.plots.channel import channel, key_of_flow
from ecosim.report.plots.energy import stocks
from ecosim.report.plots.marks import mark_events, name_events
from ecosim.report.plots.participation import active
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


def _head(ax: Axes, name: str, lang: str) -> None:
    """Name a panel."""
    for each in list(ax.texts):
        if each.get_gid() == style.CAPTION:
            each.remove()
    style.caption(ax, text(f"figures.overview.{name}", lang), SIZE + 2)
