"""How it comes about: the weekly series of every design, the middle and the usual range of its runs."""

from __future__ import annotations

from math import isfinite
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ecosim.language import text
from ecosim.model.metrics import Wanted
from ecosim.report.grammar import sentence
from ecosim.report.plots import style
from ecosim.report.plots.plot import Table, ends, plain
from ecosim.report.study.amounts import amount_of, level
from ecosim.report.study.naming import design_name
from ecosim.report.study.plots.look import amounts_on, beside, heading, stroke_of, unit_label
from ecosim.report.study.saying import said
from ecosim.report.study.shown import Shown

TAILS = (0.05, 0.5, 0.95)
MOST_PANELS, MOST_BANDS = 4, 3


def applies(shown: Shown) -> bool:
    """Tell whether weekly series were kept, and some metric has one."""
    return shown.series is not None and bool(_metrics(shown))


def _metrics(shown: Shown) -> list[Wanted]:
    """Return the metrics that have a weekly series, each once whatever weeks count."""
    assert shown.series is not None
    found: dict[str, Wanted] = {}
    for each in shown.found.study.wanted:
        if each.key in shown.series and shown.series[each.key].notna().any():
            found.setdefault(each.metric.name, each)
    return list(found.values())


def quantiles(shown: Shown, design: str, metric: str) -> Any:
    """Return the 5 % quantile, the median and the 95 % quantile over the runs of a design: shape (3, weeks)."""
    assert shown.series is not None
    own = shown.series.loc[shown.series["design"] == design, ["week", metric]]
    found = own.groupby("week")[metric].quantile(np.array(TAILS)).unstack()
    weeks = int(shown.series["week"].max()) + 1
    return found.reindex(range(weeks)).to_numpy().T


def draw(figure: Figure, shown: Shown, lang: str) -> None:
    """Draw a panel a metric: a median and a band for each design."""
    body = heading(figure, shown, "trajectories", lang)
    metrics = _metrics(shown)[:MOST_PANELS]
    axes = beside(body, len(metrics))
    for ax, wanted in zip(axes, metrics, strict=True):
        _panel(ax, shown, wanted, lang)
    style.legend_below(body, axes, fewest=1)


def _panel(ax: Axes, shown: Shown, wanted: Wanted, lang: str) -> None:
    """Draw the series of one metric."""
    style.tidy(ax)
    weeks = 1
    for number, design in enumerate(shown.designs):
        low, middle, high = quantiles(shown, design, wanted.key)
        stroke, weeks = stroke_of(shown, design), len(middle)
        if number < MOST_BANDS:
            ax.fill_between(range(weeks), low, high, color=stroke.color, alpha=0.13, linewidth=0)
            for edge in (low, high):
                ax.plot(range(weeks), edge, color=stroke.color, linewidth=0.7, alpha=0.5, linestyle=stroke.line)
        style.series(ax, stroke, middle, style.literal(design_name(shown.found, design, lang)), 2.2)
    style.in_weeks(ax, weeks, lang)
    amounts_on(ax.yaxis, amount_of(wanted), lang)
    unit = unit_label(amount_of(wanted), lang, difference=False)
    label = sentence(wanted.metric.say_label(lang))
    style.caption(ax, said("figures.in_unit", lang, label=label, unit=unit) if unit else label)


def describe(shown: Shown, lang: str) -> str:
    """Return where the median of every design starts and ends, and the usual range at the end."""
    told = [said("figures.trajectories.words", lang)]
    for wanted in _metrics(shown)[:MOST_PANELS]:
        parts = [_course(shown, design, wanted, lang) for design in shown.designs]
        label = sentence(wanted.metric.say_label(lang))
        told.append(said("figures.list", lang, head=label, list=said("semicolon", lang).join(parts)))
    return " ".join(told)


def _course(shown: Shown, design: str, wanted: Wanted, lang: str) -> str:
    """Return the course of one median in words."""
    low, middle, high = quantiles(shown, design, wanted.key)
    name = design_name(shown.found, design, lang)
    if (span := ends(middle)) is None:
        return said("outcomes.no_value", lang, design=name)
    first, last = span
    amount = amount_of(wanted)
    width = 0.5 * float(high[last] - low[last])
    width = width if isfinite(width) and width > 0 else float("nan")
    values = {"first": middle[first], "last": middle[last], "low": low[last], "high": high[last]}
    facts = {key: level(float(value), amount, lang, width) for key, value in values.items()}
    return said("figures.trajectories.course", lang, design=name, start=first, end=last, **facts)


def table(shown: Shown, lang: str) -> Table:
    """Return the quantiles of every metric, design and week."""
    rows = []
    for wanted in _metrics(shown):
        for arm in shown.found.study.arms:
            found = quantiles(shown, arm.name, wanted.key)
            names = (wanted.metric.say_label(lang), arm.label(lang))
            rows += [(*names, week, *map(plain, np.asarray(found)[:, week])) for week in range(found.shape[1])]
    columns = [said(f"figures.column.{name}", lang) for name in ("metric", "design")]
    tails = [said(f"figures.column.{name}", lang) for name in ("q05", "median", "q95")]
    return Table((*columns, text("figures.week", lang), *tails), rows)
