"""The look of all figures: calm, legible from the back of a room, in grey and for the colour-blind.

Figures are made through matplotlib's objects on the Agg canvas: no window, no state that two sessions could share.
Series differ in lightness, line and marker, so that nothing is said by hue alone.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure, SubFigure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from ecosim.language import number, percent, text
from ecosim.scenario.parts import in_language

INK, SOFT, FAINT, PAPER = "#1d2733", "#5b6673", "#dfe3e8", "#ffffff"
SIZE, DPI = (10.0, 5.625), 160  #: a slide of 16 : 9
BODY, SMALL, TITLE, SUBTITLE = 12.0, 10.0, 18.0, 12.5
TITLE_ROOM, FOOT_ROOM, MARGIN = 0.145, 0.055, 0.02  #: shares of the figure that title and source line take
FEW_WEEKS = 26  #: up to so many points each has its marker


class Stroke(NamedTuple):
    """How one series is drawn."""

    color: str
    line: Any
    marker: str


STROKES = (
    Stroke("#12355b", "-", "o"),
    Stroke("#bd4817", (0, (5, 1.6)), "s"),
    Stroke("#4fa3c7", (0, (6, 1.4, 1.4, 1.4)), "^"),
    Stroke("#ecc44d", (0, (1.2, 1.2)), "D"),
)
OBSERVED = Stroke("#000000", "none", "x")
EVENT = "#8c2f6b"
BEHIND: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}  #: words that lines pass behind
CAPTION, CAPTION_GAP = "caption", 6.0  #: how the line above a plot is told from other texts; its distance in points


def new_figure() -> Figure:
    """Return an empty slide."""
    rect = (MARGIN / 2, FOOT_ROOM, 1.0 - MARGIN, 1.0 - TITLE_ROOM - FOOT_ROOM)
    layout = ConstrainedLayoutEngine(rect=rect, hspace=0.05, wspace=0.04)
    figure = Figure(figsize=SIZE, dpi=DPI, facecolor=PAPER, layout=layout)
    FigureCanvasAgg(figure)
    return figure


def dress(figure: Figure, run: Any, headline: str, lang: str, under: str = "") -> SubFigure:
    """Write headline, a line under it (the name of the scenario), and the source line; return the room between them."""
    seed = run.loaded.scenario.seed
    source = text("figures.source", lang, version=run.version, seed=seed, replicate=run.replicate)
    return frame(figure, headline, under or title(run, lang), source)


def frame(figure: Figure, headline: str, under: str, source: str) -> SubFigure:
    """Write headline, a line under it, and at the foot where it comes from; return the room between them."""
    _fitted(figure, 0.93, literal(headline), TITLE, color=INK, weight="bold")
    _fitted(figure, 0.875, literal(under), SUBTITLE, color=SOFT)
    figure.text(MARGIN, 0.014, literal(source), fontsize=SMALL - 1.5, color=SOFT, va="bottom")
    return cast(SubFigure, figure.subfigures())


def title(run: Any, lang: str) -> str:
    """Return the title of the scenario, or the name of its file."""
    return in_language(run.loaded.scenario.title, lang) or str(run.loaded.name)


def _fitted(figure: Figure, y: float, said: str, size: float, **look: Any) -> None:
    """Write a line at the left that gets smaller, and at last shorter, until it fits the figure."""
    line = figure.text(MARGIN, y, said, fontsize=size, va="baseline", **look)
    room, smallest = figure.bbox.width * (1 - 2 * MARGIN), 0.7 * size
    while line.get_window_extent().width > room:
        if size > smallest:
            size -= 0.5
            line.set_fontsize(size)
        else:
            fitting = int(len(line.get_text()) * room / line.get_window_extent().width) - 1
            line.set_text(line.get_text()[:fitting].rstrip("\\ ") + "…")


def literal(said: str) -> str:
    """Return ``said`` on one line, its dollar signs no mathematics, boxes for letters that the font lacks."""
    line = "".join(letter if ord(letter) in letters() else "□" for letter in " ".join(said.split()))
    return line.replace("$", r"\$")


@cache
def letters() -> frozenset[int]:
    """Return the letters that the font of figures has."""
    return frozenset(get_font(findfont(FontProperties())).get_charmap())


def tidy(ax: Axes, size: float = BODY) -> None:
    """Leave of the axes what is read: two spines, quiet ticks, horizontal guides."""
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        ax.spines[side].set_color(SOFT)
    ax.tick_params(colors=SOFT, labelcolor=INK, labelsize=size - 1, length=3)
    ax.grid(axis="y", color=FAINT, linewidth=0.8)
    ax.set_axisbelow(True)
    for label in (ax.xaxis.label, ax.yaxis.label):
        label.set_fontsize(size - 1)
        label.set_color(INK)


def caption(ax: Axes, said: str, size: float = BODY) -> None:
    """Say above the plot what its vertical axis counts: upright, where long words find room."""
    ax.annotate(
        said, (0.0, 1.0), (0.0, CAPTION_GAP), xycoords="axes fraction", textcoords="offset points", fontsize=size - 1,
        color=SOFT, gid=CAPTION, zorder=4,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0},
    )  # fmt: skip


def in_steps(axis: Any, most: int) -> None:
    """Put at most so many ticks, and three at least, on steps of 1, 2 or 5."""
    axis.set_major_locator(MaxNLocator(most, steps=[1, 2, 5, 10], min_n_ticks=3))


def in_percent(axis: Any, lang: str) -> None:
    """Label an axis of shares in per cent, with a decimal where whole ones would repeat."""

    def said(value: float, _: Any) -> str:
        low, high = axis.get_view_interval()
        if abs(high - low) > 0.05:
            return percent(value, lang)
        return number(100 * value, lang, 1) + ("\u00a0%" if lang == "fr" else "%")

    axis.set_major_formatter(FuncFormatter(said))


def in_numbers(axis: Any, lang: str, digits: int = 1) -> None:
    """Label an axis of numbers as the language writes them."""
    axis.set_major_formatter(FuncFormatter(lambda value, _: number(value, lang, digits)))


def in_counts(axis: Any, lang: str) -> None:
    """Label an axis of counts: whole numbers only."""
    axis.set_major_locator(MaxNLocator(4, integer=True))
    in_numbers(axis, lang, 0)


def in_weeks(ax: Axes, weeks: int, lang: str, named: bool = True) -> None:
    """Let the horizontal axis count the weeks of a run."""
    ax.set_xlim(-0.6, weeks - 0.4)
    ax.xaxis.set_major_locator(
        MaxNLocator(min(9, weeks - 1), integer=True, steps=[1, 2, 5, 10]) if weeks > 1 else FixedLocator([0])
    )
    in_numbers(ax.xaxis, lang, 0)
    ax.set_xlabel(text("figures.week", lang) if named else "")


def series(ax: Axes, stroke: Stroke, values: Any, label: str, width: float = 2.4) -> None:
    """Draw one weekly series in its stroke; weeks without a value are gaps, a week between two gaps is a point."""
    there = np.isfinite(np.concatenate([[np.nan], np.asarray(values, float), [np.nan]]))
    alone = np.flatnonzero(there[1:-1] & ~there[:-2] & ~there[2:])
    every = 1 if len(values) <= FEW_WEEKS else len(values) // 13
    ax.plot(
        range(len(values)), values, color=stroke.color, linestyle=stroke.line, linewidth=width, label=label,
        marker=stroke.marker, markersize=5.5, markevery=sorted({*range(0, len(values), every), *alone.tolist()}),
    )  # fmt: skip


def say_empty(ax: Axes, values: Any, said: str) -> None:
    """Say in the middle of the plot that there is nothing to show, where no value is finite."""
    if not np.isfinite(values).any():
        ax.text(0.5, 0.5, said, transform=ax.transAxes, ha="center", va="center", fontsize=BODY - 1, color=SOFT)


def legend_below(figure: SubFigure, axes: list[Axes], size: float = SMALL, fewest: int = 2) -> None:
    """Write one legend for all ``axes`` beneath them, where it covers nothing, on as many lines as it takes.

    Below the ``fewest`` series there is none: the caption names a single one.
    """
    found: dict[str, Any] = {}
    for ax in axes:
        for handle, label in zip(*ax.get_legend_handles_labels(), strict=True):
            found.setdefault(label, handle)
    for columns in range(len(found), 0, -1) if len(found) >= fewest else ():
        made = figure.legend(
            list(found.values()), list(found), loc="outside lower left", frameon=False, labelcolor=INK, fontsize=size,
            handlelength=2.6, columnspacing=1.6, ncols=columns,
        )  # fmt: skip
        if columns == 1 or made.get_window_extent().width <= figure.bbox.width:
            break
        made.remove()


def root(part: Any) -> Figure:
    """Return the figure to which axes or a part of a figure belong."""
    whole = part
    while not isinstance(whole, Figure):
        whole = whole.figure
    return whole


def save(figure: Figure, path: Path) -> None:
    """Write the figure as a PNG."""
    figure.savefig(path, dpi=DPI, facecolor=PAPER)
