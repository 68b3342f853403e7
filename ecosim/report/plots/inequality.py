"""How unequally people take part: the Lorenz curve, who never contributes, what the busiest do."""

from __future__ import annotations

import textwrap
from math import ceil
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ecosim.language import number, text
from ecosim.model.metrics.inequality import gini
from ecosim.model.state import Array
from ecosim.report.grammar import share
from ecosim.report.plots import style
from ecosim.report.plots.plot import Table, rows_of, sentences

KINDS = ("never", "alone", "others", "top")
BUSIEST = 0.1  #: share of those who contribute
LOOKS: dict[str, dict[str, Any]] = {
    "of_people": {"color": "#8fa1b5"},
    "of_contributions": {"color": style.STROKES[0].color, "hatch": "////", "edgecolor": "white"},
}
POINTS = 400  #: of a curve, at most
TENTHS = np.linspace(0.0, 1.0, 11)


class Parts(NamedTuple):
    """What the learners who have come did: contributions and active weeks of each, and the shares of the four kinds."""

    contributions: Array
    weeks: Array
    people: dict[str, float]
    given: dict[str, float]


def parts(run: Any) -> Parts:
    """Return what each learner who has come did, and what the kinds of learners are and give."""
    learners = run.engine.learners
    came = learners.arrival_week < run.engine.week
    given, weeks = learners.contributions[came], learners.weeks_active[came].astype(float)
    count, total = max(1, given.size), max(1.0, float(given.sum()))
    busy = np.sort(given[given > 0.0])[::-1]
    first = ceil(BUSIEST * busy.size)
    heads = {
        "never": np.count_nonzero(weeks == 0.0), "alone": np.count_nonzero((weeks > 0.0) & (given == 0.0)),
        "others": busy.size - first, "top": first,
    }  # fmt: skip
    made = {"never": 0.0, "alone": 0.0, "others": float(busy[first:].sum()), "top": float(busy[:first].sum())}
    people = {kind: heads[kind] / count for kind in KINDS}
    return Parts(given, weeks, people, {kind: made[kind] / total for kind in KINDS})


def lorenz(amounts: Array) -> tuple[Array, Array]:
    """Return shares of people, from those with least, and the shares of the whole that they have; both from 0 to 1."""
    running = np.concatenate([[0.0], np.cumsum(np.sort(amounts))])
    return np.linspace(0.0, 1.0, running.size), running / running[-1]


def draw(figure: Figure, run: Any, lang: str) -> None:
    """Draw the Lorenz curves, and beside them who the people are and what each kind contributes."""
    body = style.dress(figure, run, text("figures.inequality.title", lang), lang)
    left, right = body.subplots(1, 2, width_ratios=(1.0, 1.0))
    found = parts(run)
    _curves(left, found, lang)
    _kinds(right, found, lang)


def _curves(ax: Axes, found: Parts, lang: str) -> None:
    """Draw the Lorenz curves of contributions and of active weeks."""
    style.tidy(ax)
    ax.plot([0.0, 1.0], [0.0, 1.0], color=style.SOFT, linewidth=1.0, label=text("figures.inequality.equal", lang))
    for stroke, name in ((style.STROKES[2], "weeks"), (style.STROKES[0], "contributions")):
        amounts: Array = getattr(found, name)
        if amounts.any():
            x, y = lorenz(amounts)
            shown = np.unique(np.linspace(0, x.size - 1, min(x.size, POINTS)).astype(int))
            label = _curve(name, amounts, lang)
            ax.plot(x[shown], y[shown], color=stroke.color, linestyle=stroke.line, linewidth=2.4, label=label)
    if not found.contributions.any():
        ax.plot([], [], " ", label=text("figures.inequality.nobody", lang))
    ax.set(xlim=(0.0, 1.0), ylim=(0.0, 1.0), xticks=(0, 0.25, 0.5, 0.75, 1), yticks=(0, 0.25, 0.5, 0.75, 1))
    for axis in (ax.xaxis, ax.yaxis):
        style.in_percent(axis, lang)
    ax.set_xlabel(textwrap.fill(text("figures.inequality.people", lang), 46))
    style.caption(ax, text("figures.inequality.cumulated", lang))
    ax.legend(loc="upper left", frameon=False, fontsize=style.SMALL, labelcolor=style.INK, handlelength=2.6)


def _curve(name: str, amounts: Array, lang: str) -> str:
    """Return the name of a curve with its Gini coefficient; that of contributions among contributors too."""
    said = text(f"figures.inequality.{name}", lang)
    facts = {"name": said, "gini": number(gini(amounts), lang)}
    if name == "weeks":
        return text("figures.inequality.curve", lang, **facts)
    among = number(gini(amounts[amounts > 0.0]), lang)
    return text("figures.inequality.curve_among", lang, among=among, **facts)


def _kinds(ax: Axes, found: Parts, lang: str) -> None:
    """Draw for each kind of learners which share of the people they are, and of the contributions they make."""
    style.tidy(ax)
    ax.grid(False)
    for name, values, shift in (("of_people", found.people, -0.2), ("of_contributions", found.given, 0.2)):
        rows = np.arange(len(KINDS)) + shift
        label = text(f"figures.inequality.{name}", lang)
        ax.barh(rows, list(values.values()), height=0.36, linewidth=0.0, label=label, **LOOKS[name])
        for row, value in zip(rows, values.values(), strict=True):
            ax.text(value + 0.015, row, share(value, lang), va="center", fontsize=style.SMALL, color=style.INK)
    names = [textwrap.fill(text(f"figures.inequality.{kind}", lang), 20) for kind in KINDS]
    ax.set_yticks(range(len(KINDS)), names, fontsize=style.SMALL)
    ax.set(xlim=(0.0, 1.18), ylim=(len(KINDS) - 0.5, -0.5), xticks=(0, 0.25, 0.5, 0.75, 1))
    ax.tick_params(axis="y", length=0)
    ax.spines["bottom"].set_bounds(0.0, 1.0)
    style.in_percent(ax.xaxis, lang)
    style.caption(ax, text("figures.inequality.kinds", lang))
    ax.legend(
        loc="upper center", bbox_to_anchor=(0.45, -0.1), ncols=2, frameon=False, fontsize=style.SMALL,
        labelcolor=style.INK,
    )  # fmt: skip


def describe(run: Any, lang: str) -> str:
    """Return in words who never contributes, what the busiest do, and the Gini coefficients."""
    found = parts(run)
    if not found.weeks.size:
        return text("figures.nobody_came", lang)
    if not found.weeks.any():
        return text("figures.inequality.nobody_did", lang)
    weeks = number(gini(found.weeks), lang)
    if not found.contributions.any():
        nobody = text("figures.inequality.nobody_gave", lang)
        return sentences(nobody, text("figures.inequality.weeks_only", lang, weeks=weeks))
    kinds = {kind: share(found.people[kind], lang) for kind in ("never", "alone")}
    silent = share(found.people["never"] + found.people["alone"], lang)
    people = number(found.weeks.size, lang, 0)
    facts = {"top": share(found.given["top"], lang), "gini": number(run.summary["gini_contributions"], lang)}
    return sentences(
        text("figures.inequality.never_contribute", lang, people=people, silent=silent, **kinds),
        text("figures.inequality.among", lang, **facts),
        text("figures.inequality.everybody", lang, contributions=number(gini(found.contributions), lang), weeks=weeks),
    )


def table(run: Any, lang: str) -> Table:
    """Return the Lorenz curves at every tenth of the learners."""
    found = parts(run)
    head = [text("figures.inequality.people_column", lang)]
    columns: list[Any] = [np.round(TENTHS, 1)]
    for name in ("contributions", "weeks"):
        amounts: Array = getattr(found, name)
        head.append(text(f"figures.inequality.{name}", lang))
        columns.append(np.interp(TENTHS, *lorenz(amounts)) if amounts.any() else np.full(TENTHS.size, np.nan))
    return Table(tuple(head), rows_of(columns))
