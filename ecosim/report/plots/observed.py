"""Series measured in the world, laid over the simulated ones."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes

from ecosim.language import text
from ecosim.report.plots.style import OBSERVED, literal
from ecosim.scenario.parts import in_language


def lay_over(ax: Axes, run: Any, metric: str, lang: str, named: bool = True) -> float:
    """Draw the measured values of ``metric`` with their intervals; return the highest point drawn, 0 without any."""
    scenario = run.loaded.scenario
    found = [each for each in run.loaded.observed or () if each.metric == metric and each.week < scenario.weeks]
    if not found:
        return 0.0
    weeks = [each.week for each in found]
    ends = [each for each in found if each.low is not None or each.high is not None]
    ax.vlines(
        [each.week for each in ends],
        [each.value if each.low is None else each.low for each in ends],
        [each.value if each.high is None else each.high for each in ends],
        color=OBSERVED.color, linewidth=1.0, alpha=0.7, zorder=3, clip_on=False,
    )  # fmt: skip
    label = literal(in_language(scenario.observed.label, lang)) or text(
        "figures.observed" if ends else "figures.observed_plain", lang
    )
    ax.plot(
        weeks, [each.value for each in found], color=OBSERVED.color, linestyle="none", marker=OBSERVED.marker,
        markersize=4.5, markeredgewidth=1.2, label=label if named else None, zorder=3.1, clip_on=False,
    )  # fmt: skip
    return float(max(each.value if each.high is None else each.high for each in found))
