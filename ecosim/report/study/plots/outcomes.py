"""The runs behind the means: every run of every design, pairs joined where they are few."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ecosim.report.grammar import sentence
from ecosim.report.plots import style
from ecosim.report.plots.plot import Table, plain
from ecosim.report.study.amounts import amount_of
from ecosim.report.study.naming import design_name, metric_name
from ecosim.report.study.outcomes import summary_text
from ecosim.report.study.plots.look import amounts_on, beside, heading, rows_on, stroke_of, unit_label
from ecosim.report.study.saying import said
from ecosim.report.study.shown import Shown

FEW_PAIRS = 40  #: replicates up to which pairs are joined
SPREAD = 0.2  #: of the points of a strip, in rows
GOLDEN = 0.618034


def applies(shown: Shown) -> bool:
    """Tell whether the study stands at one point, so that its runs are draws of one thing."""
    values = shown.found.values.main
    return len(values) == 1 and bool(np.isfinite(values).any())


def draw(figure: Figure, shown: Shown, lang: str) -> None:
    """Draw a panel a metric, and in it a strip a design: each run, the middle half, the mean."""
    body = heading(figure, shown, "outcomes", lang)
    axes = beside(body, len(shown.metrics))
    columns = len({ax.get_subplotspec().colspan.start for ax in axes})  # type: ignore[union-attr]
    for place, ax in enumerate(axes):
        _panel(ax, shown, place, lang, named=place % columns == 0)


def _panel(ax: Axes, shown: Shown, place: int, lang: str, named: bool) -> None:
    """Draw the runs on one metric."""
    style.tidy(ax)
    wanted = shown.metrics[place]
    values = shown.found.values.main[0][: len(shown.designs), :, place]
    height = SPREAD * (((np.arange(values.shape[1]) * GOLDEN) % 1.0) * 2.0 - 1.0)
    if values.shape[1] <= FEW_PAIRS and len(values) > 1:
        ax.plot(values, np.arange(len(values))[:, None] + height, color="#cdd3da", linewidth=0.8, zorder=1)
    for row, design in enumerate(shown.designs):
        _strip(ax, values[row], row, height, stroke_of(shown, design))
    rows_on(ax, [design_name(shown.found, name, lang) for name in shown.designs], width=16)
    if not named:
        ax.set_yticklabels([])
    amount = amount_of(wanted)
    amounts_on(ax.xaxis, amount, lang, 4)
    ax.set_xlabel(unit_label(amount, lang, difference=False), fontsize=style.SMALL)
    style.caption(ax, sentence(wanted.label(lang)), style.BODY if len(shown.metrics) < 4 else style.SMALL)


def _strip(ax: Axes, values: Any, row: int, height: Any, stroke: style.Stroke) -> None:
    """Draw the runs of one design, their middle half as a box, their mean as a diamond."""
    there = np.isfinite(values)
    if not there.any():
        return
    low, high = np.quantile(values[there], (0.25, 0.75))
    ax.barh(row, high - low, left=low, height=0.62, color=stroke.color, alpha=0.16, zorder=1.5, linewidth=0)
    ax.plot(values[there], row + height[there], marker=stroke.marker, linestyle="none", markersize=5.0,
            color=stroke.color, alpha=0.7, markeredgewidth=0, zorder=2)  # fmt: skip
    mean = float(values[there].mean())
    ax.vlines(mean, row - 0.36, row + 0.36, color=style.INK, linewidth=2.4, zorder=3)


def describe(shown: Shown, lang: str) -> str:
    """Return the mean and the spread of every design on every metric."""
    told = []
    for wanted in shown.metrics:
        amount = amount_of(wanted)
        parts = [
            said("figures.outcomes.one", lang, design=design_name(shown.found, row["design"], lang),
                 mean=summary_text(row, amount, lang))
            for row in shown.found.summary_rows()
            if row["metric"] == wanted.key
        ]  # fmt: skip
        told.append(said("figures.list", lang, head=sentence(wanted.label(lang)), list=", ".join(parts)))
    return " ".join([said("figures.outcomes.words", lang), *told])


def table(shown: Shown, lang: str) -> Table:
    """Return mean, spread and quantiles of every design on every metric."""
    names = ("runs", "mean", "low", "high", "sd", "q05", "median", "q95")
    rows = [
        (metric_name(shown.found, row["metric"], lang), design_name(shown.found, row["design"], lang),
         *(plain(row[name]) for name in names))
        for row in shown.found.summary_rows()
    ]  # fmt: skip
    head = [said(f"figures.column.{name}", lang) for name in ("metric", "design", *names)]
    return Table(tuple(head), rows)
