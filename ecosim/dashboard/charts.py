"""Curves as pages draw them: series with their bands, in the units in which people read a metric."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ecosim.language import number, percent
from ecosim.model.metrics import METRICS, Wanted
from ecosim.model.metrics.bounds import bounds
from ecosim.model.state import Array
from ecosim.report.study.amounts import POINTS, amount_of

ROOM = 0.08  #: of the height, above and below what is drawn


class Axis(NamedTuple):
    """A vertical axis: its ends, and whether its values are shares that people read in per cent."""

    low: float
    high: float
    share: bool


def is_share(metric: str) -> bool:
    """Tell whether people read a metric in per cent."""
    return amount_of(Wanted(metric, METRICS[metric], "run", False)) is POINTS


def axis_of(metric: str, found: list[Array], signed: bool = False) -> Axis:
    """Return the axis for curves of a metric: its whole range where it has one, so that pictures can be compared.

    Parameters
    ----------
    metric : str
        Its name.
    found : list of array
        What is drawn.
    signed : bool
        Whether differences are drawn: then it reaches as far up as down.
    """
    values = np.concatenate([np.asarray(each, float).ravel() for each in found]) if found else np.empty(0)
    values = values[np.isfinite(values)]
    if signed:
        top = max(0.02, float(np.abs(values).max(initial=0.0)) * (1.0 + ROOM))
        return Axis(-top, top, is_share(metric))
    if metric in bounds() and bounds()[metric] == (0, 1):
        return Axis(0.0, 1.0, is_share(metric))
    low, high = float(values.min(initial=0.0)), float(values.max(initial=1.0))
    return Axis(min(0.0, low), high + ROOM * max(high - low, 1e-6), is_share(metric))


def said(value: float, axis: Axis, lang: str) -> str:
    """Return a value as people read it, a dash where there is none."""
    if not np.isfinite(value):
        return "–"
    return percent(value, lang) if axis.share else number(value, lang)
