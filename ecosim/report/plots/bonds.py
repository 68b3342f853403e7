"""The ties of the scenes in numbers and in words: what the figure of the network shows."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ecosim.language import number, text
from ecosim.model.scenes import Scene
from ecosim.report.grammar import joined, plural, share
from ecosim.report.naming import community_name
from ecosim.report.plots.plot import Table, plain, sentences
from ecosim.report.plots.sample import BACKBONE, CIRCLE, Shown, counting, level_of, shown
from ecosim.report.plots.scenery import numbered, sampled, scenes_of


class Count(NamedTuple):
    """Numbers of a scene, or of one of its communities: ties are those that count, alone is who has none of them.

    A tie to somebody who is not in the sample is counted too.
    """

    enrolled: int
    gone: int
    ties: int
    across: int
    alone: int
    mean: float
    persistence: float


def count(scene: Scene, level: float, community: int | None = None) -> Count:
    """Return the numbers of a scene; of one community those of its members, with all ties that they have.

    ``level`` is the strength above which a tie counts, if both ends are enrolled.
    """
    mine = np.ones(scene.learners.size, bool) if community is None else scene.community == community
    here = scene.enrolled & mine
    pairs = scene.pairs[counting(scene, level)]
    inside = pairs[mine[pairs].all(axis=1)]  # their ties are counted at both ends
    twice = scene.community[inside[:, 0]] != scene.community[inside[:, 1]]
    return Count(
        int(here.sum()),
        int((scene.arrived & ~scene.enrolled & mine).sum()),
        int(scene.bonds[mine].sum()) - len(inside),
        int(scene.abroad[mine].sum()) - int(twice.sum()),
        int((here & (scene.bonds == 0)).sum()),
        float(scene.bonds[here].mean()) if here.any() else 0.0,
        float(scene.persistence[here].mean()) if here.any() else float("nan"),
    )


def table(run: Any, lang: str) -> Table:
    """Return the numbers of each scene, and of its communities where there are several."""
    seen, level, names = shown(run), level_of(run), list(run.engine.community_names)
    several = len(names) > 1
    rows: list[tuple[Any, ...]] = []
    for scene, (drawn, _) in zip(seen.scenes, seen.ties, strict=True):
        whole = (text("figures.network.everybody", lang),) if several else ()
        rows.append((scene.week, *whole, *_cells(count(scene, level), several), len(drawn)))
        for c, name in enumerate(names if several else ()):
            found = community_name(run.loaded.scenario, name, lang)
            rows.append((scene.week, found, *_cells(count(scene, level, c), several), None))
    among, across = (["community"], ["across"]) if several else ([], [])
    wanted = [*among, "enrolled", "gone", "ties", *across, "alone", "persistence", "drawn"]
    head = [text(f"figures.network.columns.{name}", lang) for name in wanted]
    return Table((text("figures.week", lang), *head), rows)


def _cells(found: Count, several: bool) -> tuple[Any, ...]:
    """Return a count as the cells of a row."""
    across = (found.across,) if several else ()
    return (found.enrolled, found.gone, found.ties, *across, found.alone, plain(found.persistence))


def describe(run: Any, lang: str) -> str:
    """Return how many were there, how they were tied, and how many stood alone, scene by scene."""
    scenes, level = scenes_of(run), level_of(run)
    parts = [_describe_scene(scene, level, lang) for scene in scenes]
    if len(run.engine.community_names) > 1:
        parts += [_describe_crossing(scenes, level, lang), _describe_moves(scenes, lang)]
    return sentences(*parts, stated(run, shown(run), lang))


def _describe_scene(scene: Scene, level: float, lang: str) -> str:
    """Return the numbers of one scene in words."""
    found = count(scene, level)
    if not found.enrolled:
        return text("figures.network.deserted", lang, week=scene.week, gone=number(found.gone, lang, 0))
    whole = {name: number(getattr(found, name), lang, 0) for name in ("enrolled", "gone", "ties", "alone")}
    mean = number(found.mean, lang, 1)
    own = number(found.persistence, lang)
    return text("figures.network.told", lang, week=scene.week, mean=mean, persistence=own, **whole)


def _describe_crossing(scenes: list[Scene], level: float, lang: str) -> str:
    """Return which share of the ties joins people of different communities, scene by scene."""
    found = [(scene.week, count(scene, level)) for scene in scenes]
    said = [
        text("figures.network.crossing_week", lang, week=week, share=share(each.across / each.ties, lang))
        for week, each in found
        if each.ties
    ]
    return text("figures.network.crossing", lang, list=joined(said, lang)) if said else ""


def _describe_moves(scenes: list[Scene], lang: str) -> str:
    """Return how many live elsewhere at the end than at the start, nothing where nobody does."""
    moved = int((scenes[-1].community != scenes[0].community).sum())
    return plural("figures.network.moved", moved, lang) if moved else ""


def stated(run: Any, seen: Shown, lang: str) -> str:
    """Return what of the whole is drawn, and how people are placed."""
    scene = seen.scenes[0]
    counts = {"total": scene.total, "seeds": seen.seeds, "shown": seen.people.size}
    parts = ["circles"] if seen.seeds else []
    several, tied = len(run.engine.community_names) > 1, len(seen.lasting[0]) > 0
    parts += ["backbone"] if tied else []
    parts.append("communities" if several else ("found" if tied else "untied"))
    facts: dict[str, Any] = {name: number(value, lang, 0) for name, value in counts.items()}
    facts |= {"most": BACKBONE, "level": number(level_of(run), lang), "closest": CIRCLE}
    said = [text(f"figures.network.{name}", lang, **facts) for name in parts]
    return sentences(sampled(scene, lang), *said, numbered(run, lang))
