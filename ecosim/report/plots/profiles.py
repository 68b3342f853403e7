"""Who gains and who loses: what becomes of each group of learners, and of how many in it."""

from __future__ import annotations

import textwrap
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from ecosim.language import number, percent, text
from ecosim.report.grammar import counted, joined, plural, share
from ecosim.report.plots import style
from ecosim.report.plots.cohorts import STATES, Cohort, Course, cohorts, courses
from ecosim.report.plots.plot import Table, plain, sentences

SEEN = 0.005  #: a change that two decimals show
MOST, MOST_TOLD = 12, 4  #: groups that are drawn, and told
TOLD_PEOPLE = ("skill", "apprenance")  #: states of which the text says who gains and who loses
NAME, NAME_LINES = 20, 2  #: letters and lines of the name of a group
ROOMY = 6  #: up to so many groups texts have their full size
START: dict[str, Any] = {
    "marker": "o", "markersize": 6, "markerfacecolor": style.PAPER, "markeredgecolor": style.STROKES[0].color,
    "linestyle": "none",
}  # fmt: skip
LOOKS: dict[str, dict[str, Any]] = {
    "gained": {"marker": ">", "markersize": 7, "color": style.STROKES[0].color, "linestyle": "none"},
    "lost": {"marker": "<", "markersize": 7, "color": style.STROKES[1].color, "linestyle": "none"},
    "same": {"marker": "o", "markersize": 6, "color": style.SOFT, "linestyle": "none"},
}
"""How the end of a way looks, by direction: told by shape, in grey too."""


class Change(NamedTuple):
    """Means of one group at the start and at the end, and the shares of its learners who gain and who lose."""

    start: float
    end: float
    gain: float
    loss: float


class Row(NamedTuple):
    """One group: its name, how many have come, its change by state, and the share that is still there."""

    name: str
    learners: int
    changes: dict[str, Change]
    there: float


def rows(run: Any, lang: str) -> tuple[str, list[Row]]:
    """Return the kind of grouping and its groups that have learners."""
    found, kept = courses(run), run.engine.learners.enrolled
    kind, groups = cohorts(run, lang)
    return kind, [_row(group, found, kept) for group in groups if group.members.any()]


def _row(group: Cohort, found: dict[str, Course], kept: Any) -> Row:
    """Return what became of a group."""
    members = group.members
    changes = {name: _change(course.start[members], course.end[members]) for name, course in found.items()}
    return Row(group.name, int(np.count_nonzero(members)), changes, float(kept[members].mean()))


def _change(start: Any, end: Any) -> Change:
    """Return means at both ends, and who gains and loses more than nearly nothing."""
    moved = end - start
    return Change(float(start.mean()), float(end.mean()), float((moved > SEEN).mean()), float((moved < -SEEN).mean()))


def draw(figure: Figure, run: Any, lang: str) -> None:
    """Draw for each group an arrow from start to end in every state, and the share that is still there."""
    kind, found = rows(run, lang)
    body = style.dress(figure, run, text(f"figures.profiles.title_{kind}", lang), lang)
    shown = sorted(sorted(found, key=lambda row: -row.learners)[:MOST], key=found.index)
    axes: Any = body.subplots(1, len(STATES) + 1, sharey=True, width_ratios=[1.0] * len(STATES) + [0.75])
    limits = _limits(shown)
    for ax, name in zip(axes, STATES, strict=False):
        _arrows(ax, shown, name, lang)
        ax.set_xlim(limits)
        ax.xaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10], prune="both"))
        style.in_numbers(ax.xaxis, lang)
    _there(axes[-1], shown, lang)
    _name_rows(axes[0], shown, lang)
    _explain(body, shown, len(found) - len(shown), lang)
    if not found:
        axes[0].text(0.5, 0.5, text("figures.profiles.nobody", lang), transform=axes[0].transAxes, ha="center")


def _limits(shown: list[Row]) -> tuple[float, float]:
    """Return the ends of the scale on which all states are drawn: tenths that hold all means, 0.3 apart at least."""
    means = [value for row in shown for change in row.changes.values() for value in (change.start, change.end)]
    low, high = (min(means), max(means)) if means else (0.0, 1.0)
    low, high = np.floor(10.0 * low - 0.4) / 10.0, np.ceil(10.0 * high + 0.4) / 10.0
    return float(max(0.0, min(low, high - 0.3))), float(min(1.0, max(high, low + 0.3)))


def _arrows(ax: Axes, shown: list[Row], name: str, lang: str) -> None:
    """Draw each group's way from start to end, and above it who gains and who loses."""
    style.tidy(ax, style.SMALL)
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x", color=style.FAINT, linewidth=0.8)
    size = style.SMALL - (1.0 if len(shown) <= ROOMY else 2.5)
    for place, row in enumerate(shown):
        change = row.changes[name]
        _arrow(ax, place, change)
        _write(ax, place, 5.5, _sides(change, lang), style.INK, size)
        if len(shown) <= ROOMY:
            _write(ax, place, -7.5, _way(change, lang), style.SOFT, size)
    style.caption(ax, text(f"figures.profiles.{name}", lang), style.SMALL + 1)


def _arrow(ax: Axes, place: int, change: Change) -> None:
    """Draw the way of one group: an open circle at its start, a point of its direction at its end."""
    look = LOOKS[_way_of(change)]
    line = "-" if change.end >= change.start else (0, (2.0, 1.0))
    ax.plot([change.start, change.end], [place, place], color=look["color"], linewidth=2.0, linestyle=line)
    if look is not LOOKS["same"]:
        ax.plot(change.start, place, **START | {"markeredgecolor": look["color"]})
    ax.plot(change.end, place, **look)


def _way_of(change: Change) -> str:
    """Return whether a mean is a gain, a loss or the same as before."""
    moved = change.end - change.start
    return "gained" if moved > SEEN else "lost" if moved < -SEEN else "same"


def _write(ax: Axes, place: int, shift: float, said: str, color: str, size: float) -> None:
    """Write in the middle of a row, ``shift`` points above or, where negative, below it."""
    ax.annotate(
        said, (0.5, place), (0.0, shift), xycoords=ax.get_yaxis_transform(), textcoords="offset points", ha="center",
        va="bottom" if shift > 0.0 else "top", fontsize=size, color=color,
    )  # fmt: skip


def _sides(change: Change, lang: str) -> str:
    """Return who gains and who loses, in figures."""
    return text("figures.profiles.sides", lang, up=percent(change.gain, lang), down=percent(change.loss, lang))


def _way(change: Change, lang: str) -> str:
    """Return the means at both ends, in figures."""
    return text("figures.profiles.way", lang, first=number(change.start, lang), last=number(change.end, lang))


def _there(ax: Axes, shown: list[Row], lang: str) -> None:
    """Draw which share of each group is still enrolled."""
    style.tidy(ax, style.SMALL)
    ax.grid(visible=False)
    there = [row.there for row in shown]
    ax.barh(range(len(shown)), there, height=0.36, color="#8fa1b5", linewidth=0.0)
    for place, value in enumerate(there):
        ax.text(value + 0.04, place, percent(value, lang), va="center", fontsize=style.SMALL - 1, color=style.INK)
    ax.set(xlim=(0.0, 1.45), xticks=(0.0, 1.0))
    ax.spines["bottom"].set_bounds(0.0, 1.0)
    style.in_percent(ax.xaxis, lang)
    style.caption(ax, text("figures.profiles.there", lang), style.SMALL + 1)


def _name_rows(ax: Axes, shown: list[Row], lang: str) -> None:
    """Write the name of each group and how many it has beside its row, the first at the top."""
    names = []
    for row in shown:
        lines = textwrap.wrap(row.name, NAME, max_lines=NAME_LINES, placeholder=" …") or [row.name[:NAME]]
        names.append("\n".join(map(style.literal, [*lines[:-1], f"{lines[-1]} ({number(row.learners, lang, 0)})"])))
    ax.set_yticks(range(len(shown)), names, fontsize=style.SMALL if len(shown) <= ROOMY else style.SMALL - 2)
    ax.set_ylim(len(shown) - 0.5, -0.75)
    for each in ax.figure.axes:
        each.tick_params(axis="y", length=0)


def _explain(body: Any, shown: list[Row], hidden: int, lang: str) -> None:
    """Write beneath how to read the arrows, of whom the means are, and how many groups are left out."""
    said = text("figures.profiles.scale", lang)
    if hidden:
        more = plural("figures.profiles.more", hidden, lang)
        said = text("figures.profiles.scale_more", lang, scale=said, more=more)
    seen = {_way_of(change) for row in shown for change in row.changes.values()}
    looks = {"start": START} | {name: look for name, look in LOOKS.items() if name in seen}
    handles = [Line2D([], [], label=text(f"figures.profiles.{name}", lang), **look) for name, look in looks.items()]
    handles.append(Line2D([], [], linestyle="none", label=text("figures.profiles.sides_mean", lang)))
    body.legend(
        handles=handles, loc="outside lower left", frameon=False, labelcolor=style.INK, fontsize=style.SMALL, ncols=5,
        handletextpad=0.2, columnspacing=1.4, title=said, title_fontsize=style.SMALL, alignment="left",
    ).get_title().set_color(style.SOFT)  # fmt: skip


def describe(run: Any, lang: str) -> str:
    """Return in words what becomes of each group; of many groups, of the largest."""
    kind, found = rows(run, lang)
    if not found:
        return text("figures.nobody_came", lang)
    shown = sorted(sorted(found, key=lambda row: -row.learners)[:MOST_TOLD], key=found.index)
    lead = text("figures.profiles.lead", lang, by=text(f"figures.profiles.by_{kind}", lang))
    rest = plural("figures.profiles.rest", len(found) - MOST_TOLD, lang) if len(found) > MOST_TOLD else ""
    return sentences(lead, *(_told(row, lang) for row in shown), rest)


def _told(row: Row, lang: str) -> str:
    """Return what became of one group in words."""
    states = []
    for name, change in row.changes.items():
        facts = {"name": text(f"figures.profiles.{name}", lang)}
        facts |= {"first": number(change.start, lang), "last": number(change.end, lang)}
        if name in TOLD_PEOPLE:
            facts |= {"up": share(change.gain, lang), "down": share(change.loss, lang)}
        states.append(text(f"figures.profiles.state{'_people' if name in TOLD_PEOPLE else ''}", lang, **facts))
    facts = {"learners": counted("learners", row.learners, lang), "there": share(row.there, lang)}
    name = row.name[:1].upper() + row.name[1:]
    return text("figures.profiles.told", lang, name=name, states=joined(states, lang), **facts)


def table(run: Any, lang: str) -> Table:
    """Return for each group how many have come, the share still there, and the change in each state."""
    head = [text(f"figures.profiles.{name}", lang) for name in ("group", "learners", "there")]
    for name in STATES:
        said = text(f"figures.profiles.{name}", lang)
        head += [text(f"figures.profiles.column_{part}", lang, name=said) for part in ("start", "end", "gain", "loss")]
    found = [
        (row.name, row.learners, row.there, *(value for change in row.changes.values() for value in change))
        for row in rows(run, lang)[1]
    ]
    return Table(tuple(head), [tuple(map(plain, row)) for row in found])
