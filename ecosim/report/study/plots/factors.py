"""The values of factors as places on an axis: numbers where they are, other levels side by side."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.ticker import FuncFormatter, NullFormatter

from ecosim.report.grammar import sentence
from ecosim.report.plots import style
from ecosim.report.study.naming import factor_name, value_name
from ecosim.report.study.plots.look import folded
from ecosim.study.findings import Findings

MOST_TICKS = 6


def settings(found: Findings, path: str, points: Any) -> list[Any]:
    """Return the value of a factor at each of some points."""
    return [found.study.points.settings(int(point))[path] for point in points]


def numeric(values: list[Any]) -> bool:
    """Tell whether all values are numbers."""
    return all(isinstance(each, int | float) and not isinstance(each, bool) for each in values)


def levels_of(values: list[Any]) -> list[Any]:
    """Return each value once: numbers ascending, others in the order in which they come."""
    seen: list[Any] = []
    for each in values:
        if each not in seen:
            seen.append(each)
    return sorted(seen) if numeric(values) else seen


def on_axis(axis: Any, found: Findings, path: str, values: list[Any], lang: str, width: int = 34) -> Any:
    """Let ``axis`` of a plot show a factor, and return where its values stand."""
    name = folded(sentence(factor_name(path, lang)), width)
    axis.set_label_text(name, fontsize=style.SMALL)
    if not numeric(values):
        levels = levels_of(values)
        axis.set_ticks(range(len(levels)), [folded(value_name(each, lang), 14) for each in levels])
        return np.array([levels.index(each) for each in values], float)
    logarithmic = next((each.log for each in found.study.points.axes if each.path == path), False)
    if logarithmic:
        axis.axes.set(**{f"{axis.axis_name}scale": "log"})
        axis.set_minor_formatter(NullFormatter())
    else:
        style.in_steps(axis, MOST_TICKS)
    axis.set_major_formatter(FuncFormatter(lambda value, _: value_name(float(f"{value:.6g}"), lang)))
    return np.array(values, float)
