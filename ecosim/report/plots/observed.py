"""Series measured in the world, laid over the simulated ones."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from ecosim.language import text
from ecosim.model.metrics import METRICS
from ecosim.report.grammar import rate
from ecosim.report.plots.style import OBSERVED, literal
from ecosim.scenario.parts import in_language


def lay_over(ax: Axes, run: Any, metric: str, lang: str, named: bool = True) -> float:
    """Draw the measured values of ``metric`` with their intervals; return the highest point drawn, 0 without any."""
    found = _measured(run, metric)
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
    label = literal(_label(run, lang)) or text("figures.observed" if ends else "figures.observed_plain", lang)
    ax.plot(
        weeks, [each.value for each in found], color=OBSERVED.color, linestyle="none", marker=OBSERVED.marker,
        markersize=4.5, markeredgewidth=1.2, label=label if named else None, zorder=3.1, clip_on=False,
    )  # fmt: skip
    return float(max(each.value if each.high is None else each.high for each in found))


def describe_observed(run: Any, metric: str, lang: str) -> str:
    """Return a sentence with the first and the last measured value of ``metric``, nothing without any."""
    found = sorted(_measured(run, metric), key=lambda each: int(each.week))
    if not found:
        return ""
    label = _label(run, lang) or METRICS[metric].say_label(lang)
    first, last = (rate(found[at].value, lang) for at in (0, -1))
    return text(
        "figures.observed_course", lang, label=label, first=first, start=found[0].week, last=last, end=found[-1].week
    )


def observed_columns(run: Any, metric: str, lang: str) -> dict[str, Any]:
    """Return the column of measured values of ``metric``, under its label; none without any."""
    found = _measured(run, metric)
    if not found:
        return {}
    values = np.full(run.loaded.scenario.weeks, np.nan)
    for each in found:
        values[each.week] = each.value
    said = _label(run, lang) or text("figures.observed_plain", lang)
    return {text("figures.observed_column", lang, metric=METRICS[metric].say_label(lang), label=said): values}


def _measured(run: Any, metric: str) -> list[Any]:
    """Return the measurements of ``metric`` within the run."""
    weeks = run.loaded.scenario.weeks
    return [each for each in run.loaded.observed or () if each.metric == metric and each.week < weeks]


def _label(run: Any, lang: str) -> str:
    """Return the name that the scenario gives to what was observed, empty without one."""
    return in_language(run.loaded.scenario.observed.label, lang)
