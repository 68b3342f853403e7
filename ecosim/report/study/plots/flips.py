"""Where designs change places: points by the two most important assumptions, the sign of the difference, the splits."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ecosim.report.grammar import sentence
from ecosim.report.plots import style
from ecosim.report.plots.plot import Table, plain
from ecosim.report.study.naming import design_name, metric_name
from ecosim.report.study.places import changes, conditions_text, map_head, map_lines
from ecosim.report.study.plots.factors import numeric, on_axis, settings
from ecosim.report.study.plots.look import NEGATIVE, NEITHER, POSITIVE, beside, folded, heading
from ecosim.report.study.saying import listed, said
from ecosim.report.study.shown import Shown
from ecosim.study.statistics.flips import FlipMap, Rule

MOST_PANELS = 3
SMALLEST, LARGEST = 18.0, 130.0  #: areas of markers


def applies(shown: Shown) -> bool:
    """Tell whether some tree has found a pattern."""
    return bool(_maps(shown))


def _maps(shown: Shown) -> list[FlipMap]:
    """Return the maps with rules, those first that change their sign."""
    found = [each for each in shown.found.flips if each.rules]
    return sorted(found, key=lambda each: (not changes(each), -each.score))


def draw(figure: Figure, shown: Shown, lang: str) -> None:
    """Draw a panel a difference."""
    body = heading(figure, shown, "flips", lang)
    maps = _maps(shown)[:MOST_PANELS]
    axes = beside(body, len(maps))
    for ax, each in zip(axes, maps, strict=True):
        _panel(ax, shown, each, lang)
    style.legend_below(body, axes, fewest=1)


def points_of(shown: Shown, each: FlipMap) -> tuple[Any, Any]:
    """Return the numbers of the points of a map, and the mean difference at each."""
    study, values = shown.found.study, shown.found.values
    grid = values.box if study.box is not None else values.main
    names = [arm.name for arm in study.arms]
    metric = [wanted.key for wanted in study.wanted].index(each.metric)
    signed = grid[:, names.index(each.design), :, metric] - grid[:, names.index(each.against), :, metric]
    there = np.isfinite(signed).any(axis=1)
    return np.flatnonzero(there) + study.points.origin, np.nanmean(signed[there], axis=1)


def _factors(shown: Shown, each: FlipMap) -> list[str]:
    """Return the two factors of the axes: the most important ones, another where the tree has only one."""
    others = [axis.path for axis in shown.found.study.points.axes if axis.path not in each.factors]
    return [*each.factors, *others][:2]


def _panel(ax: Axes, shown: Shown, each: FlipMap, lang: str) -> None:
    """Draw one difference: up and dark where it is positive, down and bright where it is negative."""
    style.tidy(ax)
    ax.grid(visible=False)
    points, effect = points_of(shown, each)
    paths = _factors(shown, each)
    across = settings(shown.found, paths[0], points)
    x = on_axis(ax.xaxis, shown.found, paths[0], across, lang)
    if len(paths) > 1:
        upward = settings(shown.found, paths[1], points)
        y = on_axis(ax.yaxis, shown.found, paths[1], upward, lang)
    else:
        upward, y = [], np.zeros(len(x))
        ax.set_yticks([])
    size = SMALLEST + (LARGEST - SMALLEST) * np.abs(effect) / (np.abs(effect).max() or 1.0)
    for inside, marker, color, key in (
        (effect > 0.0, "^", POSITIVE, "positive"), (effect < 0.0, "v", NEGATIVE, "negative"),
        (effect == 0.0, "o", NEITHER, "none"),
    ):  # fmt: skip
        if inside.any():
            ax.scatter(x[inside], y[inside], size[inside], marker=marker, color=color, alpha=0.8, linewidths=0,
                       label=said(f"figures.flips.{key}", lang), zorder=3)  # fmt: skip
    _room(ax, x, y)
    if numeric(across) and (not upward or numeric(upward)):
        for rule in each.rules:
            _outline(ax, rule, paths)
    label = said("figures.flips.panel", lang, metric=sentence(metric_name(shown.found, each.metric, lang)),
                 design=design_name(shown.found, each.design, lang),
                 against=design_name(shown.found, each.against, lang))  # fmt: skip
    style.caption(ax, folded(label, 44), style.SMALL)


def _room(ax: Axes, x: Any, y: Any) -> None:
    """Leave room around the points."""
    for values, limits, scale in ((x, ax.set_xlim, ax.get_xscale()), (y, ax.set_ylim, ax.get_yscale())):
        low, high = float(values.min()), float(values.max())
        if scale == "log":
            limits(low / 1.1, high * 1.1)
        else:
            room = 0.06 * (high - low) or 0.5
            limits(low - room, high + room)


def _outline(ax: Axes, rule: Rule, paths: list[str]) -> None:
    """Draw the borders of a region, as they look along the two axes."""
    (left, right), (bottom, top) = sorted(ax.get_xlim()), sorted(ax.get_ylim())
    ends = {paths[0]: [left, right]}
    if len(paths) > 1:
        ends[paths[1]] = [bottom, top]
    for each in rule.conditions:
        if each.factor in ends and isinstance(each.value, int | float):
            ends[each.factor][0 if each.above else 1] = float(each.value)
    low, high = ends[paths[0]]
    down, up = ends.get(paths[1] if len(paths) > 1 else "", [bottom, top])
    place, size = (low, down), (high - low, up - down)
    if rule.sign and {each.factor for each in rule.conditions} <= set(paths):
        color = POSITIVE if rule.sign > 0 else NEGATIVE
        ax.add_patch(Rectangle(place, *size, facecolor=color, alpha=0.06, linewidth=0, zorder=0.5))
    border: dict[str, Any] = {"edgecolor": style.SOFT, "linewidth": 1.0, "linestyle": (0, (4, 2))}
    ax.add_patch(Rectangle(place, *size, fill=False, zorder=1, **border))


def describe(shown: Shown, lang: str) -> str:
    """Return the rules of the maps that are drawn."""
    told = [
        said("figures.list", lang, head=sentence(map_head(shown.found, each, lang)),
             list=listed(map_lines(shown.found, each, lang), lang))
        for each in _maps(shown)[:MOST_PANELS]
    ]  # fmt: skip
    return " ".join([said("figures.flips.words", lang), *told])


def table(shown: Shown, lang: str) -> Table:
    """Return the rules of every map."""
    rows = []
    for each in _maps(shown):
        for rule in each.rules:
            rows.append((
                metric_name(shown.found, each.metric, lang), design_name(shown.found, each.design, lang),
                listed(conditions_text(shown.found, rule, lang), lang), rule.points, plain(rule.difference),
                plain(rule.wins),
            ))  # fmt: skip
    columns = ("metric", "design", "where", "points", "difference", "higher")
    return Table(tuple(said(f"figures.column.{name}", lang) for name in columns), rows)
