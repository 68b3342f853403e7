"""What activity lives on: the learners' own persistence or a push from outside, and what feeds the two."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ecosim.language import number, text
from ecosim.model.events import parameters_from
from ecosim.model.levers import parameters
from ecosim.model.metrics.declare import mean, quotient
from ecosim.report.grammar import share
from ecosim.report.plots import style
from ecosim.report.plots.marks import mark_deadlines, mark_events, marked
from ecosim.report.plots.plot import Table, by_week, ends, sentences

MOTIVE = style.Stroke(style.SOFT, (0, (1.2, 1.2)), "D")
PUSHES: dict[str, dict[str, Any]] = {
    "facilitation": {"color": "#8fa1b5"},
    "incentive": {"color": style.STROKES[1].color, "hatch": "////", "edgecolor": "white"},
}
"""Lever that pushes -> its look."""


def draw(figure: Figure, run: Any, lang: str) -> None:
    """Draw persistence and external drive of the active, what feeds them, and beneath them the autotelic ratio."""
    body = style.dress(figure, run, text("figures.energy.title", lang), lang)
    axes = body.subplots(2, 2, sharex=True, width_ratios=(1.35, 1.0), height_ratios=(1.4, 1.0))
    stocks(axes[0, 0], run, lang)
    _ratio(axes[1, 0], run, lang)
    _fed(axes[0, 1], run, lang)
    _pushed(axes[1, 1], run, lang)
    for ax in axes.flat:
        style.in_weeks(ax, run.loaded.scenario.weeks, lang, named=ax in axes[1])
    mark_deadlines(axes[1, 0], run, text("figures.deadline", lang))
    style.legend_below(body, list(axes.flat))
    mark_events(list(axes.flat), run, lang)


def stocks(ax: Axes, run: Any, lang: str, size: float = style.BODY) -> None:
    """Draw mean persistence and mean external drive over those who are active."""
    style.tidy(ax, size)
    own, pushed = levels(run)
    style.series(ax, style.STROKES[0], own, text("figures.energy.own", lang))
    style.series(ax, style.STROKES[1], pushed, text("figures.energy.pushed", lang))
    style.say_empty(ax, own, text("figures.nobody", lang))
    _from_zero(ax, (own, pushed), 5, lang)
    style.caption(ax, text("figures.energy.level", lang))


def _ratio(ax: Axes, run: Any, lang: str) -> None:
    """Draw the share of activity's energy that is the learners' own."""
    style.tidy(ax)
    values = run.weekly_table()["autotelic_ratio"]
    ax.fill_between(range(len(values)), values, color=style.STROKES[0].color, alpha=0.12, linewidth=0)
    ax.axhline(0.5, color=style.SOFT, linewidth=1.0, linestyle=(0, (1, 2)))
    style.series(ax, style.Stroke(style.INK, "-", "o"), values, "_ratio", width=1.8)
    ax.set(ylim=(0.0, 1.18), yticks=(0.0, 0.5, 1.0))  # deadlines stand above
    style.in_percent(ax.yaxis, lang)
    style.caption(ax, text("figures.energy.ratio_axis", lang))


def _fed(ax: Axes, run: Any, lang: str) -> None:
    """Draw what feeds persistence: flow, and motive of one's own."""
    style.tidy(ax)
    weekly = run.weekly_table()
    flow, motive = weekly["mean_flow"], weekly["autonomous_motive"]
    style.series(ax, style.STROKES[2], flow, text("figures.energy.flow", lang), width=1.8)
    style.series(ax, MOTIVE, motive, text("figures.energy.motive", lang), width=1.8)
    _from_zero(ax, (flow, motive), 5, lang)
    style.caption(ax, text("figures.energy.feeds_own", lang))


def _pushed(ax: Axes, run: Any, lang: str) -> None:
    """Draw what feeds external drive: facilitation and incentives, one on top of the other."""
    style.tidy(ax)
    found, low = pushes(run), np.zeros(run.loaded.scenario.weeks)
    edges = np.arange(low.size + 1) - 0.5
    for name, values in found.items():
        if values.any():
            label = text(f"figures.energy.by_{name}", lang)
            ax.stairs(low + values, edges, baseline=low, fill=True, linewidth=0.0, label=label, **PUSHES[name])
        low = low + values
    if not low.any():
        style.say_empty(ax, [np.nan], text("figures.energy.nothing", lang))
    _from_zero(ax, (low,), 3, lang)
    style.caption(ax, text("figures.energy.feeds_pushed", lang))


def _from_zero(ax: Axes, found: Any, ticks: int, lang: str) -> None:
    """Let the axis go from zero to a little above the highest of the series."""
    highest = max((value for values in found for value in values if value == value), default=1.0)
    ax.set_ylim(0.0, min(1.03, max(0.1, 1.15 * highest)))
    style.in_steps(ax.yaxis, ticks)
    style.in_numbers(ax.yaxis, lang, 1 if ax.get_ylim()[1] > 0.3 else 2)


def levels(run: Any) -> tuple[Any, Any]:
    """Return mean persistence and mean external drive of the active, by week."""
    log = run.engine.log
    return quotient(log.persistence_of_active, log.active), quotient(log.external_drive_of_active, log.active)


def pushes(run: Any) -> dict[str, Any]:
    """Return how far facilitation and incentives push in each week: lambda_G G and lambda_R R.

    External drive follows their sum. Communities count by the number of their learners at the start.
    """
    engine, scenario = run.engine, run.loaded.scenario
    strength = {name: np.zeros(scenario.weeks) for name in ("lambda_G", "lambda_R")}
    for first, p in parameters_from(parameters(scenario.context), scenario):
        for name, values in strength.items():
            values[first:] = getattr(p.energy, name)
    size = np.asarray(engine.sizes, float) / sum(engine.sizes)
    return {
        "facilitation": strength["lambda_G"] * (engine.levers.facilitation @ size),
        "incentive": strength["lambda_R"] * (engine.levers.incentive @ size),
    }


def describe(run: Any, lang: str) -> str:
    """Return the courses of both stocks, what feeds them, and the autotelic ratio in words."""
    own, pushed = levels(run)
    if (span := ends(own)) is None:
        return sentences(text("figures.nobody_active", lang), marked(run, lang))
    start, end = span
    facts: dict[str, Any] = {"end": end, "own_last": number(own[end], lang), "pushed_last": number(pushed[end], lang)}
    if start != end:
        facts |= {"start": start, "own_first": number(own[start], lang), "pushed_first": number(pushed[start], lang)}
    said = text("figures.energy.one_week" if start == end else "figures.energy.course", lang, **facts)
    return sentences(said, _describe_ratio(run, lang), _describe_feeds(run, lang), marked(run, lang))


def _describe_ratio(run: Any, lang: str) -> str:
    """Return the autotelic ratio of the run and of its extreme weeks in words."""
    values, whole = run.weekly_table()["autotelic_ratio"], run.summary["autotelic_ratio"]
    if whole is None:
        return ""
    if np.isfinite(values).sum() == 1:
        return text("figures.energy.ratio_run", lang, mean=share(whole, lang))
    least, most = (share(value, lang) for value in (np.nanmin(values), np.nanmax(values)))
    return text("figures.energy.ratio_course", lang, mean=share(whole, lang), least=least, most=most)


def _describe_feeds(run: Any, lang: str) -> str:
    """Return the mean of each thing that feeds a stock in words."""
    weekly = run.weekly_table()
    found = {"flow": weekly["mean_flow"], "motive": weekly["autonomous_motive"]} | pushes(run)
    facts = {name: number(value, lang) for name, value in ((n, mean(v)) for n, v in found.items()) if value == value}
    return text("figures.energy.feeds" if "motive" in facts else "figures.energy.feeds_flow", lang, **facts)


def table(run: Any, lang: str) -> Table:
    """Return both stocks of the active, what feeds them, and the autotelic ratio, by week."""
    own, pushed = levels(run)
    weekly = run.weekly_table()
    columns = {
        text("figures.energy.own_column", lang): own,
        text("figures.energy.pushed_column", lang): pushed,
        text("figures.energy.ratio", lang): weekly["autotelic_ratio"],
        text("figures.energy.flow", lang): weekly["mean_flow"],
        text("figures.energy.motive", lang): weekly["autonomous_motive"],
    }
    columns |= {text(f"figures.energy.by_{name}", lang): values for name, values in pushes(run).items()}
    return by_week(columns, lang)
