"""What all figures of studies share: heading, strokes, axes of amounts, panels."""

from __future__ import annotations

import textwrap
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
from matplotlib.ticker import FuncFormatter

from ecosim.language import number
from ecosim.report.plots import style
from ecosim.report.study.amounts import Amount
from ecosim.report.study.saying import said
from ecosim.report.study.shown import Shown

MARKERS = ("o", "s", "^", "D", "v", "P")
POSITIVE, NEGATIVE, NEITHER = "#12355b", "#bd4817", "#7b8794"
BAND = "#e9ecf0"  #: the smallest effect that matters
MOST_LINES = 14  #: rows of panels below one another, two for each panel's own

STROKES = (*style.STROKES, style.Stroke("#7a3b69", (0, (8, 2, 1, 2)), "v"), style.Stroke("#5f8a3a", (0, (2, 2)), "P"))


def heading(figure: Figure, shown: Shown, name: str, lang: str) -> SubFigure:
    """Write the headline of figure ``name``, the title of the study, and the source line; return the room between."""
    study = shown.found.study
    source = said("figures.source", lang, version=shown.version, seed=study.seed, replicates=shown.found.replicates)
    return style.frame(figure, said(f"figures.{name}.title", lang), study.title(lang), source)


def stroke_of(shown: Shown, design: str) -> style.Stroke:
    """Return the stroke of a design: the same in all figures."""
    place = [arm.name for arm in shown.found.study.arms].index(design)
    return STROKES[place % len(STROKES)]


def panels(body: SubFigure, count: int, columns: int) -> list[Axes]:
    """Return ``count`` axes in so many columns."""
    rows = -(-count // columns)
    axes = list(body.subplots(rows, columns, squeeze=False).flat)
    for spare in axes[count:]:
        spare.set_visible(False)
    return axes[:count]


def below(body: SubFigure, count: int, rows: int) -> list[Axes]:
    """Return ``count`` axes below one another, in two columns where the rows in each would be too many."""
    return panels(body, count, 1 if count <= 2 or count * (rows + 2) <= MOST_LINES else 2)


def beside(body: SubFigure, count: int) -> list[Axes]:
    """Return ``count`` axes: beside one another up to three, else in two rows."""
    return panels(body, count, count if count <= 3 else -(-count // 2))


def amounts_on(axis: Any, amount: Amount, lang: str, most: int = 5) -> None:
    """Label an axis of values: shares in per cent points, all in the manner of the language, no digit too many."""
    style.in_steps(axis, most)

    def written(value: float, _: Any) -> str:
        steps = axis.get_majorticklocs()
        step = amount.scale * (abs(steps[1] - steps[0]) if len(steps) > 1 else 1.0)
        digits = 0
        while digits < 5 and abs(step * 10**digits - round(step * 10**digits)) > 1e-6:
            digits += 1
        return number(amount.scale * value + 0.0, lang, digits)

    axis.set_major_formatter(FuncFormatter(written))


def unit_label(amount: Amount, lang: str, difference: bool) -> str:
    """Return what stands under an axis of values: in points, in per cent, or nothing to add."""
    if not amount.unit:
        return said("figures.difference", lang) if difference else ""
    return said("figures.difference_points" if difference else "figures.percent", lang)


def folded(name: str, width: int, lines: int = 2) -> str:
    """Return a name on lines of at most so many letters."""
    return "\n".join(map(style.literal, textwrap.wrap(name, width, max_lines=lines, placeholder=" …"))) or name


def rows_on(ax: Axes, names: list[str], width: int = 24, size: float = style.SMALL, lines: int = 2) -> None:
    """Let the vertical axis name rows, the first on top."""
    ax.set_yticks(range(len(names)), [folded(name, width, lines) for name in names], fontsize=size)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x", color=style.FAINT, linewidth=0.8)
    ax.tick_params(axis="y", length=0)


def zero(ax: Axes) -> None:
    """Draw the line of no difference."""
    ax.axvline(0.0, color=style.INK, linewidth=1.1, zorder=1.5)
