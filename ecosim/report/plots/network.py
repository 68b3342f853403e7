"""Who is tied to whom at the start, in the middle and at the end, and who is still there."""

from __future__ import annotations

import textwrap
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap, to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from ecosim.language import number, text
from ecosim.model.scenes import Scene
from ecosim.model.state import Array
from ecosim.report.layout import groups_of, nearest, positions
from ecosim.report.naming import community_name
from ecosim.report.plots import style
from ecosim.report.plots.bonds import count, describe, stated, table
from ecosim.report.plots.sample import Shown, level_of, shown
from ecosim.report.plots.scenery import LONGEST_NAME as LONGEST_LABEL
from ecosim.report.plots.scenery import cut, explain, head, panels, signs, when

__all__ = ["describe", "draw", "table"]

PALES = ("#fdf3c0", "#a8d8bf", "#56abc6", "#2568a0", "#0d2a50")
PALE_TO_DARK = LinearSegmentedColormap.from_list("persistence", PALES)
LOW, HIGH = 0.1, 0.9  #: persistence of the palest and of the darkest
SHAPES = ("o", "s", "^", "D", "P", "v")  #: of communities, where people move
LONGEST_NAME = 18  #: letters of a line of a name
LETTER, LINE = 0.05, 0.11  #: of a name, as the places are counted
GAP_DECLARED, GAP_FOUND = 0.3, 0.08  #: between communities, and between groups that nobody declared
PALER_DECLARED, PALER_FOUND = 0.8, 0.45  #: how much of its darkness a tie from one to another keeps
LARGEST, CROWDED = 12.0, 80.0  #: points: across the largest learner, at most; and where neighbours are 1 apart
GONE = "#aab2bc"


class Name(NamedTuple):
    """The name of a community and where it stands: away from the middle (``way`` 1 or -1) of (x, y)."""

    x: float
    y: float
    way: float
    half: float
    said: str


def draw(figure: Figure, run: Any, lang: str) -> None:
    """Draw the ties of the scenes side by side, the same learner at the same place."""
    body = style.dress(figure, run, text("figures.network.title", lang), lang)
    seen, level, names = shown(run), level_of(run), run.engine.community_names
    several, home = len(names) > 1, seen.scenes[0].community[seen.people]
    places, groups = _places(seen, several)
    sizes, shapes = _sizes(seen, places), _shapes(seen, len(names))
    for k, ax in enumerate(panels(figure, body, len(seen.scenes))):
        _frame(ax, places, _names(run, home, places, lang))
        _draw_ties(ax, places, groups, PALER_DECLARED if several else PALER_FOUND, *seen.ties[k])
        _draw_people(ax, places, seen.scenes[k], seen.people, sizes[k], shapes[k])
        found = count(seen.scenes[k], level)
        facts = {"enrolled": found.enrolled, "ties": found.ties, "drawn": len(seen.ties[k][0])}
        said = {name: number(value, lang, 0) for name, value in facts.items()}
        head(ax, when(seen.scenes, k, lang), text("figures.network.counts", lang, **said))
    explain(body, stated(run, seen, lang), _keys(run, any(each.any() for each in shapes), lang))


def _places(seen: Shown, several: bool) -> tuple[Array, Array]:
    """Return the places and the groups of all who are shown: communities, or where there is one, groups in the ties."""
    pairs, weight = seen.lasting
    if several:
        groups = np.unique(seen.scenes[0].community[seen.people], return_inverse=True)[1]
    else:
        groups = groups_of(pairs, weight, seen.people.size)
    return positions(pairs, weight, groups, GAP_DECLARED if several else GAP_FOUND), groups


def _sizes(seen: Shown, places: Array) -> list[Array]:
    """Return how large everybody is in each scene, in points: by ties that count, on one scale for all scenes."""
    ties = [scene.bonds[seen.people] for scene in seen.scenes]
    top = max(4.0, float(np.percentile(np.concatenate(ties), 98)))
    largest = min(LARGEST, CROWDED * nearest(places))
    return [largest * (0.42 + 0.58 * np.sqrt(np.minimum(1.0, each / top))) for each in ties]


def _shapes(seen: Shown, communities: int) -> list[Array]:
    """Return the shape of everybody in each scene: of her community where people move, else the same for all."""
    homes = [scene.community[seen.people] for scene in seen.scenes]
    moving = communities <= len(SHAPES) and any((home != homes[0]).any() for home in homes)
    return [home if moving else np.zeros_like(home) for home in homes]


def _frame(ax: Axes, places: Array, names: list[Name]) -> None:
    """Leave only the places, and the names around them."""
    wide, high = np.abs(places).max(axis=0, initial=0.2) + 0.08
    high = max(high, *(abs(name.y) + LINE * (1 + name.said.count("\n")) for name in names), 0.0)
    ax.set(xlim=(-wide, wide), ylim=(-high, high), aspect="equal")
    ax.set_axis_off()
    for x, y, way, _, said in names:
        ax.text(
            x, y, said, ha="center", va="bottom" if way > 0 else "top", fontsize=style.SMALL - 1, style="italic",
            color=style.INK, zorder=4,
        )  # fmt: skip


def _draw_ties(ax: Axes, places: Array, groups: Array, between: float, pairs: Array, weight: Array) -> None:
    """Draw ties, the stronger the clearer; those between groups paler by ``between``."""
    order = np.argsort(weight, kind="stable")
    pairs, weight = pairs[order], weight[order]
    within = groups[pairs[:, 0]] == groups[pairs[:, 1]]
    colors = np.tile(to_rgba(style.INK), (len(pairs), 1))
    colors[:, 3] = np.clip(0.06 + 0.9 * weight, 0.0, 1.0) * np.where(within, 1.0, between)
    ax.add_collection(LineCollection(list(places[pairs]), colors=colors, linewidths=0.25 + 1.7 * weight, zorder=1))


def _draw_people(ax: Axes, places: Array, scene: Scene, people: Array, sizes: Array, shapes: Array) -> None:
    """Draw who is there, the darker the more persistent; hollow who has left; nobody who has not yet come."""
    enrolled, gone = scene.enrolled[people], scene.arrived[people] & ~scene.enrolled[people]
    x, y = places.T
    ax.scatter(x[gone], y[gone], s=(0.4 * sizes[gone]) ** 2 + 2.0, facecolors="none", edgecolors=GONE, linewidths=0.6)
    color = PALE_TO_DARK((scene.persistence[people] - LOW) / (HIGH - LOW))
    for k in np.unique(shapes[enrolled]):
        who = enrolled & (shapes == k)
        ax.scatter(
            x[who], y[who], s=sizes[who] ** 2, c=color[who], marker=SHAPES[k], edgecolors=style.INK, linewidths=0.4,
            zorder=3,
        )  # fmt: skip


def _names(run: Any, home: Array, places: Array, lang: str) -> list[Name]:
    """Return where the sign of each community stands: outside of it, above or below, where no other name is."""
    found: list[Name] = []
    for c, sign in enumerate(signs(run, lang)):
        mine = places[home == c]
        if not len(mine):
            continue
        (left, low), (right, high) = mine.min(axis=0), mine.max(axis=0)
        way = 1.0 if low + high >= 0.0 else -1.0
        lines = textwrap.wrap(sign, LONGEST_NAME, max_lines=2, placeholder=" …") or [""]
        half = 0.5 * LETTER * max(map(len, lines))
        room = max(0.0, 1.0 - half)
        x, y = float(np.clip(0.5 * (left + right), -room, room)), (high if way > 0 else low) + way * 0.05
        while any(abs(x - o.x) < half + o.half and abs(y - o.y) < 2.2 * LINE and o.way == way for o in found):
            y += way * LINE
        found.append(Name(x, y, way, half, "\n".join(map(style.literal, lines))))
    return found


def _keys(run: Any, moving: bool, lang: str) -> list[tuple[Line2D, str]]:
    """Return how to read the picture: what it looks like, what it means."""
    dot: dict[str, Any] = {"marker": "o", "linestyle": "none", "markeredgecolor": style.INK, "markeredgewidth": 0.5}
    looks: dict[str, dict[str, Any]] = {
        "low": dot | {"markersize": 7, "markerfacecolor": PALE_TO_DARK(0.1)},
        "high": dot | {"markersize": 7, "markerfacecolor": PALE_TO_DARK(0.9)},
        "less": dot | {"markersize": 5, "markerfacecolor": PALE_TO_DARK(0.5)},
        "more": dot | {"markersize": 10, "markerfacecolor": PALE_TO_DARK(0.5)},
        "left": dot | {"markersize": 4, "markerfacecolor": "none", "markeredgecolor": GONE, "markeredgewidth": 0.8},
        "weak": {"color": style.INK, "alpha": 0.3, "linewidth": 0.7},
        "strong": {"color": style.INK, "alpha": 0.9, "linewidth": 1.9},
    }
    keys = [(Line2D([], [], **look), text(f"figures.network.{name}", lang)) for name, look in looks.items()]
    for shape, name in zip(SHAPES, run.engine.community_names if moving else (), strict=False):
        look = dot | {"marker": shape, "markersize": 7, "markerfacecolor": "white"}
        said = cut(community_name(run.loaded.scenario, name, lang), LONGEST_LABEL)
        keys.append((Line2D([], [], **look), style.literal(said)))
    return keys
