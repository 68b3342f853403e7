"""Names of series at the ends of their lines, where they need no legend."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.transforms import ScaledTranslation, blended_transform_factory

from ecosim.report.plots.plot import ends
from ecosim.report.plots.style import INK, SMALL, Stroke, root

GAP = 12.0  #: points between the plot and its names
APART = 2.0  #: pixels between two names
LONGEST_LINE = 18  #: letters


class Name(NamedTuple):
    """The name of a series, its stroke, and where the series ends."""

    text: Text
    stroke: Stroke
    week: int
    value: float


def label_ends(ax: Axes, found: Sequence[tuple[Stroke, Any, str]]) -> list[Name]:
    """Write the name of each series (stroke, values, name) to the right of ``ax``, so that the layout leaves room.

    :func:`spread_ends` has to follow, once nothing more is added to the figure.
    """
    beside = ax.transAxes + ScaledTranslation(GAP / 72.0, 0.0, root(ax).dpi_scale_trans)
    names = []
    for stroke, values, name in found:
        if (span := ends(values)) is not None:
            value = float(values[span[1]])
            said = ax.text(
                1.0, value, textwrap.fill(name, LONGEST_LINE), fontsize=SMALL, color=INK, va="center", linespacing=1.05,
                transform=blended_transform_factory(beside, ax.transData),
            )  # fmt: skip
            names.append(Name(said, stroke, span[1], value))
    return names


def spread_ends(ax: Axes, names: Sequence[Name]) -> None:
    """Move names up and down until none covers another, and tie each to the end of its line."""
    root(ax).draw_without_rendering()  # now positions are known
    ordered = sorted(names, key=lambda name: name.value)
    half = [0.5 * name.text.get_window_extent().height + APART for name in ordered]
    wanted = [float(ax.transData.transform((0.0, name.value))[1]) for name in ordered]
    frame = ax.get_window_extent()
    for name, middle in zip(ordered, _apart(wanted, half, frame.y0, frame.y1), strict=True):
        place = float(ax.transData.inverted().transform((0.0, middle))[1])
        name.text.set_y(place)
        ax.annotate(
            "", (name.week, name.value), (1.0, place), textcoords=name.text.get_transform(), annotation_clip=False,
            arrowprops={
                "arrowstyle": "-", "color": name.stroke.color, "linestyle": name.stroke.line, "linewidth": 1.1,
                "shrinkA": 1.5, "shrinkB": 3.0,
            },
        )  # fmt: skip


def _apart(wanted: list[float], half: list[float], bottom: float, top: float) -> list[float]:
    """Return the middles nearest to the ``wanted``, ascending ones of which none covers another.

    Names that would cover one another make a pile around the mean of what they want (pool adjacent violators), and all
    stay between ``bottom`` and ``top`` where there is room.

    Parameters
    ----------
    wanted, half : list of float
        Where each would be alone, ascending, and half its height; pixels.
    bottom, top : float
        Ends of the plot, pixels.
    """
    if not wanted:
        return []
    heights = np.array(half)
    offset = np.concatenate([[0.0], np.cumsum(heights[:-1] + heights[1:])])
    piles: list[list[float]] = []
    for each in np.array(wanted) - offset:
        pile = [float(each)]
        while piles and np.mean(piles[-1]) > np.mean(pile):
            pile = piles.pop() + pile
        piles.append(pile)
    low = bottom + half[0]
    high = max(low, top - half[-1] - float(offset[-1]))
    places = np.concatenate([np.full(len(pile), np.mean(pile)) for pile in piles])
    return list((np.clip(places, low, high) + offset).tolist())
