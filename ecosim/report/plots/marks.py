"""What happened from outside, on top of the curves: events with their names, deadlines."""

from __future__ import annotations

import textwrap
from typing import Any

from matplotlib.axes import Axes
from matplotlib.text import Annotation
from matplotlib.transforms import blended_transform_factory

from ecosim.language import number, text
from ecosim.report.grammar import joined, plural, spans
from ecosim.report.naming import event_name, events, pooled_deadlines
from ecosim.report.plots.style import CAPTION, EVENT, SMALL, STROKES, literal, root

LONGEST_LINE, MOST_LINES, MOST_ROWS = 30, 2, 3  #: of the name of an event
MOST_TOLD = 4  #: weeks with events that are named one by one in words
LONGEST_LEGEND = 40  #: letters of an event in a legend
GAP = 8.0  #: pixels between two names
WHITE = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}
LOOK: dict[str, Any] = {"color": EVENT, "linewidth": 1.3, "linestyle": (0, (3, 2))}


def mark_deadlines(ax: Axes, run: Any, label: str) -> None:
    """Put a small triangle at the top of ``ax`` on every week with a deadline."""
    weeks = pooled_deadlines(run.loaded.scenario)
    if weeks:
        place = blended_transform_factory(ax.transData, ax.transAxes)
        ax.plot(
            weeks, [0.94] * len(weeks), linestyle="none", marker="v", markersize=7, color=STROKES[1].color,
            transform=place, clip_on=False, label=label,
        )  # fmt: skip


def mark_events(axes: list[Axes], run: Any, lang: str, named: bool = True) -> None:
    """Draw a line through all ``axes`` on the week of every event, and its name above the first where there is room.

    Names stand beside one another, then in up to three rows; an event whose name finds no room keeps its line.
    """
    found = events(run.loaded.scenario)
    for ax in axes:
        for week in found:
            ax.axvline(week, zorder=1.5, **LOOK)
    if named and found:
        names = {week: " · ".join(event_name(event, lang) for event in each) for week, each in found.items()}
        _name(axes[0], {week: _wrapped(name) for week, name in names.items()})


def name_events(ax: Axes, run: Any, lang: str) -> None:
    """Name the events in the legend of ``ax``: a single one by its week and label."""
    found = events(run.loaded.scenario)
    if len(found) == 1:
        [(week, each)] = found.items()
        name = textwrap.shorten(" · ".join(event_name(event, lang) for event in each), LONGEST_LEGEND, placeholder=" …")
        label = text("figures.event", lang, week=week, name=literal(name))
    elif found:
        label = text("figures.events", lang)
    else:
        return
    ax.plot([], [], label=label, **LOOK)


def marked(run: Any, lang: str, due: bool = True) -> str:
    """Return a sentence that names what the marks on a figure stand for, nothing without marks."""
    found, weeks = events(run.loaded.scenario), pooled_deadlines(run.loaded.scenario) if due else []
    if len(found) > MOST_TOLD:
        facts = {"count": number(len(found), lang, 0), "first": min(found), "last": max(found)}
        said = [text("figures.marked_events", lang, **facts)]
    else:
        said = [
            text("figures.marked_event", lang, name=event_name(event, lang), weeks=spans([week], lang))
            for week, each in found.items()
            for event in each
        ]
    if weeks:
        said.append(plural("figures.due", len(weeks), lang, weeks=spans(weeks, lang)))
    return text("figures.marked", lang, list=joined(said, lang)) if said else ""


def _wrapped(name: str) -> str:
    """Return ``name`` on lines of a readable length."""
    return "\n".join(map(literal, textwrap.wrap(name, LONGEST_LINE, max_lines=MOST_LINES, placeholder=" …")))


def _name(ax: Axes, names: dict[int, str]) -> None:
    """Write the names above ``ax`` and its caption, the first row lowest.

    Heights are in points: the layout may still make the axes shorter.
    """
    figure = root(ax)
    figure.draw_without_rendering()  # now positions are known
    point = figure.dpi / 72.0  # pixels in a point
    low = _caption_height(ax) / point + GAP / 2
    for row in _rows(ax, names):
        for week, line in row:
            line.xyann = (line.xyann[0] / point, low)
            ax.annotate(
                "", (week, 1.0), (0.0, low), xycoords=ax.get_xaxis_transform(), textcoords="offset points", zorder=2,
                arrowprops={"arrowstyle": "-", "shrinkA": 0.0, "shrinkB": 0.0, **LOOK},
            )  # fmt: skip
        low += max((line.get_window_extent().height for _, line in row), default=0.0) / point + GAP / 2


def _rows(ax: Axes, names: dict[int, str]) -> list[list[tuple[int, Annotation]]]:
    """Return the names set side by side in rows, shifted by pixels; one that fits into none is left out."""
    frame = ax.get_window_extent()
    ends = [frame.x0 - 2 * GAP] * MOST_ROWS
    rows: list[list[tuple[int, Annotation]]] = [[] for _ in range(MOST_ROWS)]
    for week, name in names.items():
        line = ax.annotate(
            name, (week, 1.0), (0.0, 0.0), xycoords=ax.get_xaxis_transform(), textcoords="offset points",
            fontsize=SMALL, color=EVENT, va="bottom", linespacing=1.05, bbox=WHITE, zorder=4,
        )  # fmt: skip
        box = line.get_window_extent()
        start = min(box.x0 - 2.0, frame.x1 - box.width)
        free = [row for row in range(MOST_ROWS) if start >= ends[row] + GAP]
        if not free:
            line.remove()
            continue
        line.xyann = (start - box.x0, 0.0)
        ends[free[0]] = start + box.width
        rows[free[0]].append((week, line))
    return rows


def _caption_height(ax: Axes) -> float:
    """Return how many pixels the caption takes above the plot."""
    frame = ax.get_window_extent()
    captions = [each for each in ax.texts if each.get_gid() == CAPTION]
    return max((each.get_window_extent().y1 - frame.y1 for each in captions), default=0.0)
