"""Curves and bands on a page: drawn, told in words, laid out as a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ecosim.dashboard.charts import Axis, said
from ecosim.language import text
from ecosim.model.state import Array
from ecosim.report.grammar import sentence
from ecosim.web.controls.table import table
from ecosim.web.elements import details, h
from ecosim.web.widgets.chart import Line, chart_of, line

TAILS = ("5", "50", "95")  #: per cent, between which a band lies


def curve(label: str, stroke: int, band: Array) -> Line:
    """Return a line of shape (weeks,), or a band of shape (3, weeks) around its middle, as charts take it."""
    if band.ndim == 1:
        return line(label, band, stroke)
    return line(label, band[1], stroke, band[0], band[2])


def drawn(lines: list[Line], lang: str, axis: Axis, weeks: int, summary: str, clock: str = "", **more: Any) -> Any:
    """Return a chart as an element; without a ``clock`` no week is marked in it.

    Parameters
    ----------
    lines : list of Line
        From :func:`curve`.
    lang : {"en", "fr"}
        Language of its words.
    axis : Axis
        Its vertical axis.
    weeks : int
        Of its horizontal one.
    summary : str
        The same in words.
    **more
        For :func:`ecosim.web.widgets.chart.chart_of`.
    """
    return chart_of(
        lines, lang, unit="percent" if axis.share else "number", limits=(axis.low, axis.high), weeks=weeks,
        zero=axis.low < 0.0 < axis.high, summary=summary, playhead=bool(clock), clock=clock or "none", **more,
    )  # fmt: skip


def bands_in_words(names: list[str], bands: list[Array], axis: Axis, lang: str) -> str:
    """Return where the middle and the range of each band end."""
    parts = []
    for name, band in zip(names, bands, strict=True):
        there = np.flatnonzero(np.isfinite(band[1]))
        if there.size:
            low, middle, high = (said(float(value), axis, lang) for value in band[:, there[-1]])
            facts = {"name": sentence(name), "week": int(there[-1]), "low": low, "middle": middle, "high": high}
            parts.append(text("dashboard.outcome.end", lang, **facts))
    return " ".join(parts)


def bands_table(names: list[str], bands: list[Array], axis: Axis, lang: str) -> Any:
    """Return the numbers of bands, a row a week."""
    head = [text("figures.week", lang)]
    head += [text("dashboard.outcome.tail", lang, name=name, share=tail) for name in names for tail in TAILS]
    rows = [
        (week, *[said(float(value), axis, lang) for band in bands for value in band[:, week]])
        for week in range(bands[0].shape[1])
    ]
    return table(tuple(head), rows, text("dashboard.outcome.numbers", lang))


def banded(
    caption: str, names: list[str], bands: list[Array], strokes: Iterable[int], axis: Axis, lang: str, **more: Any
) -> None:
    """Show bands with their words and their numbers; ``more`` goes to :func:`drawn`."""
    with h("figure", cls="eco-figure"):
        h("figcaption", caption)
        words = bands_in_words(names, bands, axis, lang)
        lines = [curve(name, stroke, band) for name, stroke, band in zip(names, strokes, bands, strict=True)]
        drawn(lines, lang, axis, bands[0].shape[1], summary=words, **more)
        h("p", words, cls="eco-fine")
        details(text("dashboard.table", lang), bands_table(names, bands, axis, lang))
