"""What an outcome depends on: the factors by importance, with intervals and the floor of chance."""

from __future__ import annotations

from math import isfinite, nan

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ecosim.report.grammar import sentence
from ecosim.report.plots import style
from ecosim.report.plots.plot import Table, plain
from ecosim.report.study.amounts import POINTS
from ecosim.report.study.leaning import MAIN, Output, effect_amount, leaning, main_index, output_name, outputs, ranked
from ecosim.report.study.naming import factor_name, metric_name, of_name
from ecosim.report.study.plots.look import NEGATIVE, NEITHER, POSITIVE, amounts_on, beside, folded, heading, rows_on
from ecosim.report.study.saying import listed, said
from ecosim.report.study.shown import Shown
from ecosim.study.statistics.sensitivity import Index

MOST_PANELS, MANY, FEW = 4, 12, 6
CROWDED = 3  #: rows of a small panel from which names are written smaller
SCATTERED = 2  #: outcomes that have a second panel for Morris
NAMED = 12  #: factors that have their number in it


def applies(shown: Shown) -> bool:
    """Tell whether the method yields indices."""
    return bool(_outputs(shown))


def _outputs(shown: Shown) -> list[Output]:
    """Return the outcomes that have an index with a value."""
    return [each for each in outputs(shown.found) if ranked(shown.found, each)]


def draw(figure: Figure, shown: Shown, lang: str) -> None:
    """Draw a panel an outcome; for Morris a second one of effect against spread."""
    body = heading(figure, shown, f"sensitivity_{main_index(shown.found)}", lang)
    if shown.found.study.kind == "morris":
        _draw_morris(body, shown, lang)
        return
    found = _outputs(shown)[:MOST_PANELS]
    most = MANY if len(found) <= 2 else FEW
    axes = beside(body, len(found))
    for ax, output in zip(axes, found, strict=True):
        _bars(ax, shown, output, most, lang)
    style.legend_below(body, axes, fewest=1)


def _draw_morris(body: object, shown: Shown, lang: str) -> None:
    """Draw mean absolute effects as bars, and beside them against the spread of the effects."""
    found = _outputs(shown)[:SCATTERED]
    grid = body.subplots(len(found), 2, squeeze=False, width_ratios=(1.15, 1.0))  # type: ignore[attr-defined]
    for (left, right), output in zip(grid, found, strict=True):
        _bars(left, shown, output, MANY if len(found) == 1 else FEW, lang)
        _scatter(right, shown, output, lang)
    style.legend_below(body, [ax for pair in grid for ax in pair], fewest=1)  # type: ignore[arg-type]


def _bars(ax: Axes, shown: Shown, output: Output, most: int, lang: str) -> None:
    """Draw the most important factors of one outcome as bars with intervals."""
    style.tidy(ax)
    rows = ranked(shown.found, output)[:most]
    second = (
        {each.factor: each for each in ranked(shown.found, output, "S1")} if main_index(shown.found) == "ST" else {}
    )
    share = bool(second)
    height = 0.38 if share else 0.6
    _bar(ax, rows, 0.0 if not share else -0.2, height, POSITIVE, said(f"figures.index.{rows[0].name}", lang))
    if share:
        own = [second[each.factor] for each in rows if each.factor in second]
        _bar(ax, own, 0.2, height, style.STROKES[2].color, said("figures.index.S1", lang))
    _floor(ax, rows, lang)
    names = [sentence(factor_name(each.factor, lang)) for each in rows]
    if main_index(shown.found) == MAIN["morris"]:
        names = [f"{name} ({place})" for place, name in enumerate(names, 1)]
    crowded = len(rows) > FEW or (most == FEW and len(rows) > CROWDED)
    rows_on(ax, names, width=34 if crowded else 22, size=style.SMALL - 1.5 if crowded else style.SMALL)
    amount = POINTS if share else effect_amount(shown.found, output[1])
    amounts_on(ax.xaxis, amount, lang, 5)
    unit = "figures.percent" if share else "figures.points" if amount.unit else ""
    ax.set_xlabel(said(unit, lang) if unit else "", fontsize=style.SMALL)
    if main_index(shown.found) == "rank":
        ax.set_xlim(-1.05, 1.05)
        ax.axvline(0.0, color=style.INK, linewidth=1.0)
    elif share:
        ax.set_xlim(min(-0.02, ax.get_xlim()[0]), min(1.3, ax.get_xlim()[1]))
    style.caption(ax, folded(sentence(output_name(shown.found, output, lang)), 48), style.SMALL)


def _bar(ax: Axes, rows: list[Index], shift: float, height: float, color: str, label: str) -> None:
    """Draw bars in one colour, the negative ones hatched, with their intervals."""
    at = np.arange(len(rows)) + shift
    values = np.array([each.value for each in rows])
    below = values < 0.0
    ax.barh(at[~below], values[~below], height, color=color, label=label, zorder=2)
    ax.barh(at[below], values[below], height, color=NEGATIVE, hatch="////", edgecolor="white", linewidth=0, zorder=2)
    for place, each in zip(at, rows, strict=True):
        if isfinite(each.low) and isfinite(each.high):
            ax.hlines(place, each.low, each.high, color="white", linewidth=3.4, zorder=2.5)
            ax.hlines(place, each.low, each.high, color=style.INK, linewidth=1.6, zorder=3)


def _floor(ax: Axes, rows: list[Index], lang: str) -> None:
    """Draw what chance alone would give each factor."""
    label = said("figures.sensitivity.floor", lang)
    for place, each in enumerate(rows):
        for sign in (-1.0, 1.0) if each.name == "rank" else (1.0,):
            if isfinite(each.noise):
                ax.vlines(sign * each.noise, place - 0.46, place + 0.46, color=style.EVENT, linewidth=2.0,
                          linestyle=(0, (2, 1)), zorder=3.5, label=label)  # fmt: skip
                label = ""


def _scatter(ax: Axes, shown: Shown, output: Output, lang: str) -> None:
    """Draw the mean absolute effect of each factor against the spread of its effects."""
    style.tidy(ax)
    spread = {each.factor: each.value for each in ranked(shown.found, output, "sigma")}
    rows = ranked(shown.found, output)
    x = [each.value for each in rows]
    y = [spread.get(each.factor, nan) for each in rows]
    ax.plot(x, y, marker="o", linestyle="none", color=POSITIVE, markersize=7, zorder=3)
    most = 1.12 * max([*x, *(each for each in y if isfinite(each))], default=1.0) or 1.0
    ax.plot([0, most], [0, most], color=NEITHER, linewidth=1.2, linestyle=(0, (4, 2)),
            label=said("figures.sensitivity.equal", lang))  # fmt: skip
    for place in range(min(len(rows), NAMED)):
        side = 1.0 if place % 2 else -1.0
        ax.annotate(str(place + 1), (x[place], y[place]), (6.5 * side, 3.0), textcoords="offset points", zorder=4,
                    ha="left" if place % 2 else "right", fontsize=style.SMALL - 0.5, color=style.INK)  # fmt: skip
    ax.set_xlim(0.0, most)
    ax.set_ylim(0.0, most)
    amount = effect_amount(shown.found, output[1])
    for axis in (ax.xaxis, ax.yaxis):
        amounts_on(axis, amount, lang, 4)
    ax.set_xlabel(said("figures.index.mu_star", lang), fontsize=style.SMALL)
    style.caption(ax, said("figures.index.sigma", lang), style.SMALL)


def describe(shown: Shown, lang: str) -> str:
    """Return the most important factors of every outcome that is drawn."""
    kind = shown.found.study.kind if shown.found.study.kind in MAIN else "rank"
    told = leaning(shown.found, lang)[:MOST_PANELS]
    parts = [said("figures.list", lang, head=sentence(each.said), list=listed(each.more, lang)) for each in told]
    return " ".join([said(f"sensitivity.lead.{kind}", lang), *parts])


def table(shown: Shown, lang: str) -> Table:
    """Return every index of every outcome."""
    rows = []
    for each in shown.found.indices:
        names = (metric_name(shown.found, each.metric, lang), of_name(shown.found, each.of, lang),
                 factor_name(each.factor, lang), said(f"figures.index.{each.name}", lang))  # fmt: skip
        rows.append((*names, *map(plain, (each.value, each.low, each.high, each.noise))))
    columns = ("metric", "of", "factor", "index", "value", "low", "high", "noise")
    return Table(tuple(said(f"figures.column.{name}", lang) for name in columns), rows)
