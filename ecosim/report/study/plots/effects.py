"""Every design against the baseline: paired differences with their intervals, and what they say."""

from __future__ import annotations

from math import isfinite

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ecosim.report.grammar import sentence
from ecosim.report.plots import style
from ecosim.report.plots.plot import Table, plain
from ecosim.report.study.amounts import amount_of
from ecosim.report.study.naming import design_name, metric_name, metric_of, point_name
from ecosim.report.study.plots.look import (
    BAND,
    NEGATIVE,
    NEITHER,
    POSITIVE,
    amounts_on,
    below,
    heading,
    rows_on,
    unit_label,
    zero,
)
from ecosim.report.study.saying import said
from ecosim.report.study.shown import Shown
from ecosim.report.study.verdicts import verdict_of, verdict_text
from ecosim.study.statistics.comparison import Comparison

MOST_ROWS, MOST_TOLD = 12, 18
LOOKS = {
    "better": (POSITIVE, "o"), "higher": (POSITIVE, "o"), "worse": (NEGATIVE, "s"), "lower": (NEGATIVE, "s"),
    "equivalent": (NEITHER, "D"), "undecided": (NEITHER, "o"),
}  # fmt: skip

Compared = tuple[int, Comparison]


def applies(shown: Shown) -> bool:
    """Tell whether there are judged differences, few enough to have a row each."""
    rows = [each for _, each in shown.found.comparisons if each.metric == shown.metrics[0].key]
    return 0 < len(rows) <= MOST_ROWS


def draw(figure: Figure, shown: Shown, lang: str) -> None:
    """Draw a panel a metric, and in it a row a design: difference, interval, verdict."""
    body = heading(figure, shown, "effects", lang)
    rows = {each.key: _rows(shown, each.key) for each in shown.metrics}
    axes = below(body, len(rows), max(map(len, rows.values())))
    for ax, (metric, own) in zip(axes, rows.items(), strict=True):
        _panel(ax, shown, metric, own, lang)


def _rows(shown: Shown, metric: str) -> list[Compared]:
    return [(point, each) for point, each in shown.found.comparisons if each.metric == metric]


def _panel(ax: Axes, shown: Shown, metric: str, rows: list[Compared], lang: str) -> None:
    """Draw the differences on one metric."""
    style.tidy(ax)
    amount = amount_of(metric_of(shown.found, metric))
    smallest = max((each.smallest for _, each in rows), default=0.0)
    if smallest > 0.0:
        ax.axvspan(-smallest, smallest, color=BAND, zorder=0.5, linewidth=0)
    zero(ax)
    for place, (_, each) in enumerate(rows):
        _row(ax, shown, each, place, lang)
    rows_on(ax, [_name(shown, *each, lang) for each in rows])
    ax.set_xlim(*_span([each for _, each in rows], smallest))
    amounts_on(ax.xaxis, amount, lang)
    ax.set_xlabel(unit_label(amount, lang, difference=True), fontsize=style.SMALL)
    style.caption(ax, sentence(metric_name(shown.found, metric, lang)))


def _row(ax: Axes, shown: Shown, each: Comparison, place: int, lang: str) -> None:
    """Draw one difference, with its verdict at the right."""
    word = verdict_of(shown.found, each)
    color, marker = LOOKS[word]
    made = each.judged.effect
    ax.hlines(place, made.low, made.high, color=color, linewidth=2.6, zorder=2)
    face = "white" if word == "undecided" else color
    ax.plot([made.difference], [place], marker=marker, markersize=8.5, color=color, markerfacecolor=face,
            markeredgewidth=2.0, linestyle="none", zorder=3)  # fmt: skip
    ax.annotate(
        said(f"verdict.short.{word}", lang), (1.0, place), (8.0, 0.0), xycoords=("axes fraction", "data"),
        textcoords="offset points", va="center", fontsize=style.SMALL, color=color,
        weight="normal" if word in ("undecided", "equivalent") else "bold",
    )  # fmt: skip


def _name(shown: Shown, point: int, each: Comparison, lang: str) -> str:
    """Return the name of a row: the design, and the point where there are several."""
    name = design_name(shown.found, each.design, lang)
    if len(shown.found.values.main) == 1:
        return name
    return f"{name}, {point_name(shown.found.study.points.settings(point), point, lang)}"


def _span(rows: list[Comparison], smallest: float) -> tuple[float, float]:
    """Return the ends of the axis: all intervals, zero, and the band of the smallest effect."""
    ends = [
        end for each in rows for end in (each.judged.effect.low, each.judged.effect.high, each.judged.effect.difference)
    ]
    there = [end for end in ends if isfinite(end)] + [0.0, -1.15 * smallest, 1.15 * smallest]
    low, high = min(there), max(there)
    room = 0.06 * (high - low) or 0.01
    return low - room, high + room


def describe(shown: Shown, lang: str) -> str:
    """Return every difference on a line of its own."""
    told = [verdict_text(shown.found, each, lang) for _, each in shown.found.comparisons][:MOST_TOLD]
    base = said("figures.effects.words", lang, against=design_name(shown.found, shown.found.study.baseline, lang))
    return " ".join([base, *(f"{line}." for line in told)])


def table(shown: Shown, lang: str) -> Table:
    """Return the differences with their intervals, verdicts and sizes."""
    head = ("metric", "design", "point", "pairs", "difference", "low", "high", "confidence", "smallest", "d", "verdict")
    rows = []
    for point, each in shown.found.comparisons:
        made = each.judged.effect
        rows.append(tuple(map(plain, (
            metric_name(shown.found, each.metric, lang), design_name(shown.found, each.design, lang), point, made.pairs,
            made.difference, made.low, made.high, 1.0 - made.level, each.smallest, made.paired_d,
            said(f"verdict.short.{verdict_of(shown.found, each)}", lang),
        ))))  # fmt: skip
    return Table(tuple(said(f"figures.column.{name}", lang) for name in head), rows)
