"""What was expected against what came out: the interval against zero, and the share of the assumption box."""

from __future__ import annotations

from math import isfinite

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ecosim.language import percent
from ecosim.report.plots import style
from ecosim.report.plots.plot import Table, plain
from ecosim.report.study.expected import came_of, claim, expectation_text
from ecosim.report.study.plots.look import NEGATIVE, NEITHER, POSITIVE, folded, heading, rows_on, zero
from ecosim.report.study.saying import said
from ecosim.report.study.shown import Shown
from ecosim.study.plan.checks import form_of
from ecosim.study.statistics.expectations import Held

MOST_ROWS, WIDTH = 10, 44
LOOKS = {
    "supported": (POSITIVE, "o"), "contradicted": (NEGATIVE, "X"), "undecided": (NEITHER, "o"), "open": (NEITHER, "D"),
}  # fmt: skip
HALF = 0.5


def applies(shown: Shown) -> bool:
    """Tell whether anything was expected."""
    return bool(shown.found.held)


def draw(figure: Figure, shown: Shown, lang: str) -> None:
    """Draw a row an expectation: its interval against what would be nothing, its verdict, its share of the box."""
    body = heading(figure, shown, "expectations", lang)
    held = shown.found.held[:MOST_ROWS]
    boxed = any(each.box is not None for each in held)
    axes = list(body.subplots(1, 2 if boxed else 1, squeeze=False, width_ratios=(1.6, 1.0) if boxed else (1.0,)).flat)
    _intervals(axes[0], shown, held, lang)
    if boxed:
        _shares(axes[1], held, lang)


def from_zero(held: Held) -> tuple[float, float, float]:
    """Return value and interval as distances from zero, or from the value that is to be exceeded or not reached."""
    expected, bound = held.expected, 0.0
    if form_of(expected) in ("value", "interaction"):
        bound = float(expected.above if expected.above is not None else expected.below or 0.0)
    return held.value - bound, held.low - bound, held.high - bound


def _intervals(ax: Axes, shown: Shown, held: list[Held], lang: str) -> None:
    """Draw the intervals, each on a scale of its own: its farther end is one."""
    style.tidy(ax)
    zero(ax)
    for place, each in enumerate(held):
        value, low, high = from_zero(each)
        largest = max((abs(end) for end in (value, low, high) if isfinite(end)), default=0.0) or 1.0
        color, marker = LOOKS[each.verdict]
        ax.hlines(place, low / largest, high / largest, color=color, linewidth=2.6)
        face = "white" if each.verdict == "undecided" else color
        ax.plot([value / largest], [place], marker=marker, color=color, markerfacecolor=face, markersize=9,
                markeredgewidth=1.8, linestyle="none", zorder=3)  # fmt: skip
        ax.annotate(came_of(shown.found, each, lang).verdict, (1.0, place), (8.0, 0.0),
                    xycoords=("axes fraction", "data"), textcoords="offset points", va="center",
                    fontsize=style.SMALL, color=color, weight="bold")  # fmt: skip
    rows_on(ax, [claim(shown.found, each.expected, lang) for each in held], WIDTH, style.SMALL - 0.5, lines=3)
    ax.set_xlim(-1.15, 1.15)
    ax.set_xticks(
        [-1.0, 0.0, 1.0], [said(f"figures.expectations.{name}", lang) for name in ("lower", "zero", "higher")]
    )
    ax.tick_params(axis="x", labelsize=style.SMALL)
    style.caption(ax, said("figures.expectations.result", lang))


def _shares(ax: Axes, held: list[Held], lang: str) -> None:
    """Draw in which share of the box each expectation holds."""
    style.tidy(ax)
    for place, each in enumerate(held):
        box = each.box
        if box is None:
            continue
        color, marker = LOOKS[box.verdict]
        ax.barh(place, box.share, 0.46, color=color, alpha=0.25, linewidth=0)
        ax.hlines(place, box.low, box.high, color=color, linewidth=2.4)
        ax.plot([box.share], [place], marker=marker, color=color, markersize=8, linestyle="none", zorder=3)
    rows_on(ax, [""] * len(held))
    ax.axvline(HALF, color=style.INK, linewidth=1.1, linestyle=(0, (4, 2)))
    ax.set_xlim(0.0, 1.03)
    ax.set_xticks([0.0, HALF, 1.0], [percent(each, lang) for each in (0.0, HALF, 1.0)])
    style.caption(ax, folded(said("figures.expectations.share", lang), 34))


def describe(shown: Shown, lang: str) -> str:
    """Return every expectation with what came of it."""
    told = [expectation_text(shown.found, each, lang) for each in shown.found.held[:MOST_ROWS]]
    return " ".join([said("figures.expectations.words", lang), *told])


def table(shown: Shown, lang: str) -> Table:
    """Return every expectation with its value, interval and verdict, and the same over the box."""
    rows = []
    for each in shown.found.held:
        came = came_of(shown.found, each, lang)
        box = (None,) * 4 if each.box is None else (each.box.share, each.box.low, each.box.high, each.box.points)
        cells = (each.value, each.low, each.high, each.confidence, each.runs)
        rows.append((came.claim, came.status, *map(plain, cells), came.verdict, *map(plain, box)))
    columns = ("expectation", "status", "value", "low", "high", "confidence", "runs", "verdict",
               "share", "share_low", "share_high", "points")  # fmt: skip
    return Table(tuple(said(f"figures.column.{name}", lang) for name in columns), rows)
