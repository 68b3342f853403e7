"""What is possible for whom in numbers and in words: what the figure of the landscape shows."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.language import number, percent, text
from ecosim.model.begin import solo_first
from ecosim.model.follow import REASONS
from ecosim.model.scenes import POSSIBLE, Scene
from ecosim.model.state import Array
from ecosim.report.grammar import joined, share
from ecosim.report.plots.plot import Table, plain, sentences
from ecosim.report.plots.scenery import sampled, scenes_of
from ecosim.scenario.document import ArtefactCounts
from ecosim.scenario.parts import in_language

NAMES = {POSSIBLE: "possible", 3: "out_of_reach", 2: "not_able", 1: "not_perceived", 0: "not_offered"}
"""What became of a possibility, by ``Scene.limit``: from the end of the chain of factors to its beginning."""


def describe(run: Any, lang: str) -> str:
    """Return for each scene how much is possible and what stops the rest; then what is most and least possible."""
    scenes = scenes_of(run)
    parts = [_describe_scene(scene, lang) for scene in scenes]
    return sentences(*parts, _describe_extremes(run, scenes[-1], lang), sampled(scenes[0], lang))


def table(run: Any, lang: str) -> Table:
    """Return for each scene and artefact the mean factors of its affordance, and for how many it was possible or not.

    All numbers are of those who were enrolled during the week.
    """
    rows: list[tuple[Any, ...]] = []
    kinds = [text(f"figures.landscape.{kind}", lang) for kind in ("solo", "collective")]
    for scene in scenes_of(run):
        shares = shares_of(scene)
        for m in range(len(run.engine.artefact_names)):
            means = [_mean(getattr(scene, name)[m, scene.present]) for name in (*REASONS, "affordance")]
            kind = kinds[int(run.engine.artefacts.collective[m])]
            found = (*means, *(shares[m, each] for each in NAMES))
            rows.append((scene.week, name_of(run, m, lang), kind, *map(plain, found)))
    wanted = ("artefact", "kind", *REASONS, "affordance")
    columns = [text(f"figures.landscape.columns.{name}", lang) for name in wanted]
    stops = [text(f"figures.landscape.{name}", lang) for name in NAMES.values()]
    return Table((text("figures.week", lang), *columns, *stops), rows)


def shares_of(scene: Scene) -> Array:
    """Return for which share of those present each artefact ends where: shape (M, 5), by ``Scene.limit``."""
    found = scene.limit[:, scene.present]
    if not found.size:
        return np.full((len(found), POSSIBLE + 1), np.nan)
    return np.stack([(found == each).mean(axis=1) for each in range(POSSIBLE + 1)], axis=1)


def _mean(values: Array) -> float:
    """Return the mean of what is known."""
    known = values[np.isfinite(values)]
    return round(float(known.mean()), 6) if known.size else float("nan")


def name_of(run: Any, m: int, lang: str) -> str:
    """Return the name of an artefact without article: its label, or its place among its kind."""
    given = run.loaded.scenario.artefacts
    if not isinstance(given, ArtefactCounts):
        artefact = solo_first(given)[m]
        return in_language(artefact.label, lang) or artefact.name
    kind, place = ("resource", m) if m < given.solo else ("space", m - given.solo)
    return text(f"figures.landscape.{kind}", lang, number=place + 1)


def rounded(value: float, lang: str) -> str:
    """Return a share in per cent, neither 0 for a little nor 100 for nearly all."""
    return percent(float(np.clip(value, 0.01, 0.99)) if 0.0 < value < 1.0 else float(value), lang)


def _facts(scene: Scene, lang: str) -> dict[str, str]:
    """Return how many are enrolled, how many artefacts there are, and how many are possible for one of them."""
    possible = float(np.nan_to_num(shares_of(scene)[:, POSSIBLE]).sum())
    return {
        "enrolled": number(int(scene.present.sum()), lang, 0),
        "artefacts": number(len(scene.limit), lang, 0),
        "possible": number(possible, lang, 1),
    }


def under(scene: Scene, lang: str) -> str:
    """Return the line under the head of a scene."""
    return text(f"figures.landscape.{'counts' if scene.present.any() else 'none'}", lang, **_facts(scene, lang))


def _describe_scene(scene: Scene, lang: str) -> str:
    """Return how much is possible in a scene, and what stops the rest, the worst first."""
    if not scene.present.any():
        return text("figures.landscape.deserted", lang, week=scene.week)
    found = shares_of(scene).mean(axis=0)
    order = [each for each in np.argsort(-found[:POSSIBLE], kind="stable").tolist() if found[each] > 0.0]
    names = {each: text(f"figures.landscape.{NAMES[each]}", lang) for each in order}
    stops = [text("figures.landscape.stop", lang, name=names[k], share=share(float(found[k]), lang)) for k in order]
    facts = {"week": scene.week, "share": share(float(found[POSSIBLE]), lang), **_facts(scene, lang)}
    rest = text("figures.landscape.stops", lang, list=joined(stops, lang)) if stops else ""
    return sentences(text("figures.landscape.told", lang, **facts), rest)


def _describe_extremes(run: Any, scene: Scene, lang: str) -> str:
    """Return which artefact is possible for most and which for fewest of those present, where they differ."""
    found = shares_of(scene)[:, POSSIBLE]
    if not scene.present.any() or found.max() == found.min():
        return ""
    most, least = int(found.argmax()), int(found.argmin())
    names = {name: name_of(run, m, lang) for name, m in (("most", most), ("least", least))}
    ends = {"high": share(float(found[most]), lang), "low": share(float(found[least]), lang)}
    return text("figures.landscape.extremes", lang, week=scene.week, **names, **ends)
