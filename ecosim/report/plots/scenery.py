"""What figures of several scenes share: room and heads above the panels, a note and a legend beneath them."""

from __future__ import annotations

import textwrap
from typing import Any, cast

from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from ecosim.language import number, text
from ecosim.model.scenes import Scene, scene_of
from ecosim.report.naming import community_name
from ecosim.report.plots import style

MOST_NAMED, MOST_NUMBERED = 3, 9  #: communities that are named, or at least numbered
LONGEST_NAME = 30  #: letters of the name of a community in a sentence
HEAD_ROOM = 0.03  #: share of the figure that heads need more than captions
LONGEST_NOTE, WIDEST = 135, 0.96  #: letters of a line beneath; share of the width for the legend


def scenes_of(run: Any) -> list[Scene]:
    """Return the scenes of a run; of one that kept none, its last week."""
    return run.scenes or [scene_of(run.engine)]


def when(scenes: list[Scene], k: int, lang: str) -> str:
    """Return what people call scene ``k``: start, middle or end, and its week."""
    name = "end" if k == len(scenes) - 1 else ("start" if k == 0 else "middle")
    return text(f"figures.sample.{name}", lang, week=number(scenes[k].week, lang, 0))


def sampled(scene: Scene, lang: str) -> str:
    """Return of which sample all numbers are, nothing where everybody is counted."""
    if scene.one_in == 1:
        return ""
    facts = {"one_in": scene.one_in, "total": scene.total, "kept": scene.learners.size}
    return text("figures.sample.sampled", lang, **{name: number(value, lang, 0) for name, value in facts.items()})


def signs(run: Any, lang: str) -> list[str]:
    """Return what stands beside each community of several: its name, of more than a few a number, of many nothing."""
    names = run.engine.community_names
    if not 1 < len(names) <= MOST_NUMBERED:
        return []
    if len(names) > MOST_NAMED:
        return [number(c + 1, lang, 0) for c in range(len(names))]
    return [community_name(run.loaded.scenario, name, lang) for name in names]


def numbered(run: Any, lang: str) -> str:
    """Return a sentence that says which community has which number, where they have any."""
    names = run.engine.community_names
    if not MOST_NAMED < len(names) <= MOST_NUMBERED:
        return ""
    named = [style.literal(cut(community_name(run.loaded.scenario, name, lang), LONGEST_NAME)) for name in names]
    said = [text("figures.sample.community", lang, number=c + 1, name=name) for c, name in enumerate(named)]
    return text("figures.sample.communities", lang, list=", ".join(said))


def panels(figure: Figure, body: SubFigure, count: int) -> list[Axes]:
    """Return axes side by side, with room for heads."""
    layout = cast(ConstrainedLayoutEngine, figure.get_layout_engine())
    left, low, wide, high = layout.get()["rect"]
    layout.set(rect=(left, low, wide, high - HEAD_ROOM))
    return list(body.subplots(1, count, squeeze=False)[0])


def head(ax: Axes, said: str, under: str) -> None:
    """Write the head of a panel, and a line under it."""
    ax.set_title(said, fontsize=style.BODY, color=style.INK, fontweight="bold", pad=20)
    ax.annotate(
        under, (0.5, 1.0), (0.0, 6.0), xycoords="axes fraction", textcoords="offset points", ha="center",
        fontsize=style.SMALL - 1, color=style.SOFT,
    )  # fmt: skip


def explain(body: SubFigure, note: str, keys: list[tuple[Any, str]]) -> None:
    """Write a note beneath the panels, and under it a legend of (what it looks like, what it means)."""
    handles, labels = [each for each, _ in keys], [label for _, label in keys]
    for columns in range(len(keys), 0, -1):
        made = body.legend(
            handles, labels, loc="outside lower left", ncols=columns, frameon=False, labelcolor=style.INK,
            fontsize=style.SMALL - 0.5, handlelength=1.2, handletextpad=0.5, columnspacing=1.3, borderaxespad=0.3,
            title=textwrap.fill(note, LONGEST_NOTE), title_fontsize=style.SMALL - 1, alignment="left",
        )  # fmt: skip
        made.get_title().set_color(style.SOFT)
        if columns == 1 or made.get_window_extent().width <= WIDEST * body.bbox.width:
            break
        made.remove()


def cut(said: str, most: int) -> str:
    """Return ``said`` with at most so many letters."""
    return said if len(said) <= most else said[: most - 1].rstrip() + "…"
