"""How outcomes answer to one factor or two: curves, or a map of squares."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ecosim.language import number
from ecosim.report.grammar import sentence
from ecosim.report.plots import style
from ecosim.report.plots.plot import Table, plain
from ecosim.report.study.amounts import Amount, amount_of, digits_for, signed
from ecosim.report.study.leaning import Output, output_name
from ecosim.report.study.naming import MINUS, factor_name, value_name
from ecosim.report.study.outcomes import outcomes
from ecosim.report.study.plots.factors import levels_of, on_axis, settings
from ecosim.report.study.plots.look import amounts_on, beside, folded, heading, stroke_of, unit_label
from ecosim.report.study.saying import listed, said
from ecosim.report.study.shown import Shown
from ecosim.study.statistics.paired import student
from ecosim.study.statistics.sensitivity import outputs

MOST_PANELS, MOST_CELLS = 4, 64
METHODS = ("grid", "list")
LIGHT = 0.55  #: darkness of a square from which its number is white


class Curve(NamedTuple):
    """The answer of an outcome: mean and interval at each point."""

    mean: Any
    low: Any
    high: Any


def applies(shown: Shown) -> bool:
    """Tell whether one factor or two take values one by one."""
    study = shown.found.study
    return study.kind in METHODS and 1 <= len(_paths(shown)) <= 2 and len(study.points) > 1


def _paths(shown: Shown) -> list[str]:
    return [axis.path for axis in shown.found.study.points.axes]


def draw(figure: Figure, shown: Shown, lang: str) -> None:
    """Draw a panel an outcome: lines over one factor, squares over two."""
    body = heading(figure, shown, "response", lang)
    if len(_paths(shown)) == 1:
        metrics = shown.metrics[:MOST_PANELS]
        axes = beside(body, len(metrics))
        for place, ax in enumerate(axes):
            _lines(ax, shown, place, lang)
        style.legend_below(body, axes)
        return
    found = _maps(shown)[:MOST_PANELS]
    for ax, (output, values) in zip(beside(body, len(found)), found, strict=True):
        _squares(ax, shown, output, values, lang)


def curve(values: Any, level: float) -> Curve:
    """Return mean and Student's interval at each point; values of shape (points, replicates)."""
    made = [student(row[np.isfinite(row)], level) for row in values]
    return Curve(*(np.array(column, float) for column in zip(*made, strict=True)))


def _lines(ax: Axes, shown: Shown, place: int, lang: str) -> None:
    """Draw one metric over one factor, a line a design."""
    style.tidy(ax)
    found, path = shown.found, _paths(shown)[0]
    level = 1.0 - found.study.study.compare.confidence
    x = on_axis(ax.xaxis, found, path, settings(found, path, range(len(found.study.points))), lang)
    order = np.argsort(x, kind="stable")
    for row, design in enumerate(shown.designs):
        stroke, made = stroke_of(shown, design), curve(found.values.main[:, row, :, place], level)
        ax.fill_between(x[order], made.low[order], made.high[order], color=stroke.color, alpha=0.14, linewidth=0)
        ax.plot(x[order], made.mean[order], color=stroke.color, linestyle=stroke.line, marker=stroke.marker,
                markersize=6, linewidth=2.3, label=style.literal(found.study.arm(design).label(lang)))  # fmt: skip
    wanted = shown.metrics[place]
    amounts_on(ax.yaxis, amount_of(wanted), lang)
    unit, label = unit_label(amount_of(wanted), lang, difference=False), sentence(wanted.label(lang))
    style.caption(ax, said("figures.in_unit", lang, label=label, unit=unit) if unit else label)


def _maps(shown: Shown) -> list[tuple[Output, Any]]:
    """Return the outcomes that have a map: every metric, and where there are several designs its differences."""
    found = [
        ((of, metric), np.asarray(values)) for of, metric, values in outputs(shown.found.study, shown.found.values.main)
    ]
    several = len(shown.found.study.arms) > 1
    return [each for each in found if not several or MINUS in each[0][0] or each[0][0] == shown.found.study.baseline]


def _squares(ax: Axes, shown: Shown, output: Output, values: Any, lang: str) -> None:
    """Draw one outcome over two factors as squares, the value in each where there is room."""
    found = shown.found
    mean = curve(values, 0.05).mean
    amount = amount_of(next(each for each in found.study.wanted if each.key == output[1]))
    across, upward = (settings(found, path, range(len(found.study.points))) for path in _paths(shown))
    columns, rows = levels_of(across), levels_of(upward)
    grid = np.full((len(rows), len(columns)), np.nan)
    for x, y, value in zip(across, upward, mean, strict=True):
        grid[rows.index(y), columns.index(x)] = value
    differs = output[0] not in {arm.name for arm in found.study.arms}
    ends = float(np.nanmax(np.abs(grid))) or 1.0
    look: dict[str, Any] = {"cmap": "PuOr", "vmin": -ends, "vmax": ends} if differs else {"cmap": "Blues"}
    ax.imshow(grid, origin="lower", aspect="auto", **look)
    _values(ax, grid, amount, differs, lang)
    for axis, path, levels in ((ax.xaxis, _paths(shown)[0], columns), (ax.yaxis, _paths(shown)[1], rows)):
        axis.set_ticks(range(len(levels)), [folded(value_name(_short(each), lang), 12) for each in levels])
        axis.set_label_text(folded(sentence(factor_name(path, lang)), 34), fontsize=style.SMALL)
    ax.tick_params(length=0, labelsize=style.SMALL, labelcolor=style.INK)
    ax.spines[:].set_visible(False)
    unit = unit_label(amount, lang, difference=differs)
    label = sentence(output_name(found, output, lang))
    style.caption(ax, folded(said("figures.in_unit", lang, label=label, unit=unit) if unit else label, 52), style.SMALL)


def _short(value: Any) -> Any:
    return float(f"{value:.3g}") if isinstance(value, float) else value


def _values(ax: Axes, grid: Any, amount: Amount, differs: bool, lang: str) -> None:
    """Write each value into its square, signed where it is a difference."""
    if grid.size > MOST_CELLS:
        ax.figure.colorbar(ax.images[0], ax=ax)
        return
    spread = amount.scale * float(np.nanmax(grid) - np.nanmin(grid))
    digits = digits_for(spread)
    image = ax.images[0]
    for (row, column), value in np.ndenumerate(grid):
        if np.isfinite(value):
            red, green, blue, _ = image.cmap(image.norm(value))
            dark = 0.3 * red + 0.59 * green + 0.11 * blue < LIGHT
            scaled = amount.scale * float(value)
            written = signed(scaled, lang, digits) if differs else number(scaled, lang, digits)
            ax.text(
                column,
                row,
                written,
                ha="center",
                va="center",
                fontsize=style.SMALL,
                color="white" if dark else style.INK,
            )


def describe(shown: Shown, lang: str) -> str:
    """Return the range of every metric over the points, and where its ends lie."""
    told = outcomes(shown.found, lang)[:MOST_PANELS]
    parts = [said("figures.list", lang, head=each.said, list=listed(each.more, lang)) for each in told]
    return " ".join([said("figures.response.words", lang), *parts])


def table(shown: Shown, lang: str) -> Table:
    """Return mean and interval of every design and metric at each point."""
    found, rows = shown.found, []
    level = 1.0 - found.study.study.compare.confidence
    places = [[value_name(value, lang) for value in found.study.points.settings(point).values()]
              for point in range(len(found.study.points))]  # fmt: skip
    for number_, wanted in enumerate(found.study.wanted):
        for row, arm in enumerate(found.study.arms):
            made = curve(found.values.main[:, row, :, number_], level)
            for place, cells in zip(places, zip(*made, strict=True), strict=True):
                rows.append((wanted.label(lang), arm.label(lang), *place, *map(plain, cells)))
    columns = [said(f"figures.column.{name}", lang) for name in ("metric", "design")]
    ends = [said(f"figures.column.{name}", lang) for name in ("mean", "low", "high")]
    return Table((*columns, *(factor_name(path, lang) for path in _paths(shown)), *ends), rows)
