"""What is possible for whom: affordances and compossibles, learners by artefacts, and what stops the rest."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from ecosim.language import number, text
from ecosim.model.scenes import POSSIBLE, Scene
from ecosim.model.state import Array
from ecosim.report.plots import style
from ecosim.report.plots.plot import sentences
from ecosim.report.plots.possible import NAMES, describe, name_of, rounded, shares_of, table, under
from ecosim.report.plots.sample import drawn_by_lot
from ecosim.report.plots.scenery import cut, explain, head, numbered, panels, sampled, scenes_of, signs, when

__all__ = ["describe", "draw", "table"]

MOST = 400  #: learners who have a column of their own; of more a keyed sample has
COLORS = {POSSIBLE: "#12355b", 3: "#4c8f95", 2: "#eba65c", 1: "#f3e7bd", 0: "#ffffff"}
"""By ``Scene.limit``, from the far end of the chain to its beginning: the farther a possibility gets, the darker."""
LONGEST_NAME = 24  #: letters of the name of an artefact
LETTER, ROOM = 4.6, 430.0  #: points: a letter of the name of a community; all panels together, at least
GAP = 0.02  #: between communities, as a share of all columns
FEW = 60  #: learners up to whom columns are told apart by lines


def draw(figure: Figure, run: Any, lang: str) -> None:
    """Draw a row an artefact and a column a learner, scene by scene: possible or not, and why not."""
    body = style.dress(figure, run, text("figures.landscape.title", lang), lang)
    scenes, rows = scenes_of(run), _rows(run)
    axes = panels(figure, body, len(scenes))
    for k, (ax, scene) in enumerate(zip(axes, scenes, strict=True)):
        _draw_scene(ax, run, scene, rows, lang)
        _name_rows(ax, run, rows, lang, named=k == 0, there=bool(scene.present.any()))
        if scene.present.any():
            _name_communities(ax, run, scene, ROOM / len(scenes), lang)
        head(ax, when(scenes, k, lang), under(scene, lang))
    explain(body, _note(run, scenes, lang), _keys(scenes, lang))


def _rows(run: Any) -> list[list[int]]:
    """Return the artefacts used alone, and those used together, each from the most to the least possible at the end."""
    collective = np.asarray(run.engine.artefacts.collective, bool)
    possible = np.nan_to_num(shares_of(scenes_of(run)[-1])[:, POSSIBLE])
    order = np.argsort(-possible, kind="stable")
    return [order[~collective[order]].tolist(), order[collective[order]].tolist()]


def _heights(rows: list[list[int]]) -> dict[int, float]:
    """Return how far down the row of each artefact is; above each kind there is room for its name."""
    down, found = 0.0, {}
    for kind in rows:
        down += 1.0 if kind else 0.0
        for m in kind:
            found[m] = down
            down += 1.0
    return found


def _draw_scene(ax: Axes, run: Any, scene: Scene, rows: list[list[int]], lang: str) -> None:
    """Draw the cells of a scene, communities a little apart, and beside each row for how many it is possible."""
    heights, people = _heights(rows), _columns(run, scene)
    blocks = np.split(people, np.flatnonzero(np.diff(scene.home[people])) + 1)
    gap = GAP * people.size
    wide = max(1.0, people.size + gap * (len(blocks) - 1))
    place = 0.0
    for block in blocks if people.size else ():
        _draw_block(ax, scene, block, heights, place, lines=people.size <= FEW)
        place += block.size + gap
    shares = shares_of(scene)[:, POSSIBLE]
    for m, top in heights.items() if people.size else ():
        ax.annotate(
            rounded(shares[m], lang), (1.0, top + 0.5), (3.0, 0.0), xycoords=ax.get_yaxis_transform(),
            textcoords="offset points", va="center", fontsize=style.SMALL - 2, color=style.INK,
        )  # fmt: skip
    if not people.size:
        style.say_empty(ax, np.array([np.nan]), text("figures.landscape.nobody", lang))
    ax.set(xlim=(0.0, wide), ylim=(max(heights.values()) + 1.0, 0.0), xticks=[])
    ax.tick_params(length=0, labelsize=style.SMALL - 1.5, labelcolor=style.INK)
    for spine in ax.spines.values():
        spine.set_visible(False)


def _draw_block(ax: Axes, scene: Scene, people: Array, heights: dict[int, float], place: float, lines: bool) -> None:
    """Draw the cells of one community from ``place`` on, with ``lines`` between learners."""
    paint = np.array([to_rgb(COLORS[each]) for each in range(POSSIBLE + 1)])
    for m, top in heights.items():
        cells = paint[scene.limit[m, people]][None]
        extent = (place, place + people.size, top + 0.92, top + 0.08)
        ax.imshow(cells, extent=extent, aspect="auto", interpolation="nearest")
        outline = Rectangle((place, top + 0.08), people.size, 0.84, facecolor="none", edgecolor=style.SOFT)
        ax.add_patch(outline).set_linewidth(0.5)
        edges = range(1, people.size if lines else 0)
        ax.vlines([place + each for each in edges], top + 0.08, top + 0.92, color=style.PAPER, linewidth=0.6)


def _columns(run: Any, scene: Scene) -> Array:
    """Return who has a column, in order: by community, then those first for whom most is possible."""
    people = np.flatnonzero(scene.present)
    if people.size > MOST:
        lot = drawn_by_lot(run, scene, -(-scene.total * MOST // (people.size * scene.one_in)))
        people = lot[scene.present[lot]]
    found = scene.limit[:, people]
    open_to = (found == POSSIBLE).sum(axis=0)
    mean = np.nan_to_num(scene.affordance[:, people]).mean(axis=0)
    return people[np.lexsort((people, -mean, -open_to, scene.home[people]))]


def _name_communities(ax: Axes, run: Any, scene: Scene, room: float, lang: str) -> None:
    """Name the communities below their columns, on up to three lines, where a name finds room.

    ``room`` is the width of the axes in points.
    """
    homes = scene.home[_columns(run, scene)]
    found, size = np.unique(homes, return_counts=True)
    start = np.cumsum(size) - size + GAP * homes.size * np.arange(found.size)
    wide, taken = homes.size * (1.0 + GAP * (found.size - 1)), [-room] * 3
    for c, first, count in zip(found, start, size, strict=True) if (named := signs(run, lang)) else ():
        said = style.literal(cut(named[c], LONGEST_NAME))
        half, middle = 0.5 * LETTER * len(said), room * (first + 0.5 * count) / wide
        middle = min(max(middle, half), max(half, room - half))
        line = next((k for k in range(3) if taken[k] <= middle - half), None)
        if line is not None:
            taken[line] = middle + half + LETTER
            ax.annotate(
                said, (middle / room, 0.0), (0.0, -3.0 - 11.0 * line), xycoords="axes fraction",
                textcoords="offset points", ha="center", va="top", fontsize=style.SMALL - 2, color=style.INK,
                style="italic",
            )  # fmt: skip


def _name_rows(ax: Axes, run: Any, rows: list[list[int]], lang: str, named: bool, there: bool) -> None:
    """Name the artefacts at the left where that is wanted, and above each kind what it is where anybody is there."""
    heights = _heights(rows)
    names = [style.literal(cut(name_of(run, m, lang), LONGEST_NAME)) if named else "" for m in heights]
    ax.set_yticks([top + 0.5 for top in heights.values()], names)
    for kind, said in zip(rows, ("solo", "collective"), strict=True):
        if kind and there:
            ax.text(
                0.0, heights[kind[0]] - 0.12, text(f"figures.landscape.{said}", lang),
                transform=ax.get_yaxis_transform(), va="bottom", fontsize=style.SMALL - 1.5, color=style.SOFT,
                style="italic",
            )  # fmt: skip


def _keys(scenes: list[Scene], lang: str) -> list[tuple[Patch, str]]:
    """Return what each colour means, and how much there is of it in each scene."""
    keys = []
    for each, name in NAMES.items():
        found = [shares_of(scene)[:, each].mean() for scene in scenes]
        course = " → ".join(rounded(value, lang) for value in found if value == value)
        label = text(f"figures.landscape.{name}", lang)
        keys.append((Patch(facecolor=COLORS[each], edgecolor=style.SOFT, linewidth=0.6), f"{label} {course}".strip()))
    return keys


def _note(run: Any, scenes: list[Scene], lang: str) -> str:
    """Return how to read the picture, and of whom it shows a column."""
    shown, most = [_columns(run, scene).size for scene in scenes], max(int(scene.present.sum()) for scene in scenes)
    lot = text("figures.landscape.lot", lang, shown=number(max(shown), lang, 0)) if max(shown) < most else ""
    return sentences(text("figures.landscape.read", lang), lot, sampled(scenes[0], lang), numbered(run, lang))
