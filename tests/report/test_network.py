"""The figure of the network: places that mean something, people who are there, ties that are theirs, samples stated."""

from __future__ import annotations

import io
import itertools
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure

from ecosim.model.networks import pairs_of
from ecosim.model.run import Run
from ecosim.report import layout
from ecosim.report.layout import closest, groups_of, nearest, positions
from ecosim.report.plots import figure, network, style
from ecosim.report.plots.sample import MOST, SEEDS, backbone, circles, drawn_by_lot, scenes_of, shown

ROOT = Path(__file__).parents[2]
Lived = Callable[..., Run]
CAMPUS, CIRCLES = (str(ROOT / "scenarios" / f"{name}.yaml") for name in ("campus", "two-circles"))
LATE = {"learners": 60, "weeks": 14, "context.arrivals": {"kind": "uniform", "until": 6}}


@pytest.fixture(scope="module")
def campus(lived: Lived) -> Run:
    """Return a run with three communities."""
    return lived(CAMPUS, {"learners": 120, "weeks": 16})


@pytest.fixture(scope="module")
def late(lived: Lived) -> Run:
    """Return a run of one community in which people arrive until the middle."""
    return lived("preset:community-of-practice", LATE)


def drawn(run: Run, lang: str = "en") -> Figure:
    """Return the figure, with its panels the only axes."""
    made = style.new_figure()
    network.draw(made, run, lang)
    return made


def spots(panel: Any) -> tuple[set[tuple[float, float]], set[tuple[float, float]]]:
    """Return where filled and where hollow learners stand in a panel."""
    filled: set[tuple[float, float]] = set()
    hollow: set[tuple[float, float]] = set()
    for each in panel.collections:
        if isinstance(each, PathCollection):
            where = {(float(x), float(y)) for x, y in np.asarray(each.get_offsets())}
            (filled if len(each.get_facecolor()) else hollow).update(where)
    return filled, hollow


def segments(panel: Any) -> list[Any]:
    """Return the ties of a panel, each as its two ends."""
    [ties] = [each for each in panel.collections if isinstance(each, LineCollection)]
    return [np.asarray(each) for each in ties.get_segments()]


# --- places ----------------------------------------------------------------------------------------------------------


def cliques(sizes: list[int]) -> tuple[Any, Any, Any]:
    """Return ties of cliques in a ring, each tied once to the next, and who is in which."""
    starts = np.cumsum([0, *sizes])
    pairs = [pair for a, b in itertools.pairwise(starts) for pair in itertools.combinations(range(a, b), 2)]
    pairs += [(starts[k], starts[k + 1]) for k in range(len(sizes) - 1)]
    return np.array(pairs), np.ones(len(pairs)), np.repeat(np.arange(len(sizes)), sizes)


def test_the_same_ties_always_give_the_same_places() -> None:
    pairs, weight, groups = cliques([9, 14, 5])
    state = np.random.get_state()[1].tolist()  # type: ignore[index]
    assert np.array_equal(positions(pairs, weight, groups), positions(pairs, weight, groups))
    assert np.random.get_state()[1].tolist() == state  # type: ignore[index]


@pytest.mark.parametrize("sizes", [[9, 14, 5], [30, 30], [1, 40, 2, 8, 8], [3] * 12])
def test_groups_stand_apart(sizes: list[int]) -> None:
    pairs, weight, groups = cliques(sizes)
    places = positions(pairs, weight, groups)
    middle = np.array([places[groups == g].mean(axis=0) for g in range(len(sizes))])
    radius = [np.hypot(*(places[groups == g] - middle[g]).T).max() for g in range(len(sizes))]
    for a, b in itertools.combinations(range(len(sizes)), 2):
        gap = min(np.hypot(*(p - q)) for p in places[groups == a] for q in places[groups == b])
        assert gap > 0.35 * nearest(places)
        assert np.hypot(*(middle[a] - middle[b])) > 0.9 * (radius[a] + radius[b])
    far = np.hypot(*(places[:, None] - places[None]).T)
    within = groups[:, None] == groups[None]
    assert far[~within].mean() > 1.4 * far[within].mean()


def test_nobody_stands_on_another_and_all_are_on_the_page() -> None:
    pairs, weight, groups = cliques([60, 40, 1, 1])
    places = positions(pairs, weight, groups)
    assert np.abs(places).max() == pytest.approx(1.0)
    away = [np.hypot(*(p - q)) for p, q in itertools.combinations(places, 2)]
    assert min(away) > 0.04


def test_the_tied_are_nearer_than_others() -> None:
    rng = np.random.default_rng(1)
    ring = np.array([sorted((i, (i + step) % 80)) for i in range(80) for step in (1, 2)])
    places = positions(ring, np.ones(len(ring)), np.zeros(80, int))
    tied = np.hypot(*(places[ring[:, 0]] - places[ring[:, 1]]).T)
    any_two = rng.integers(0, 80, (500, 2))
    others = np.hypot(*(places[any_two[:, 0]] - places[any_two[:, 1]]).T)
    assert tied.mean() < 0.5 * others.mean()


def test_discs_are_turned_towards_those_to_whom_their_members_are_tied() -> None:
    """Of two groups without ties inside, the only one with a tie to the other side stands on that side."""
    pairs, weight, groups = np.array([[3, 14]]), np.ones(1), np.repeat([0, 1], 10)
    places = positions(pairs, weight, groups)
    centre = [places[groups == g].mean(axis=0) for g in (0, 1)]
    across = centre[1] - centre[0]
    assert (places[3] - centre[0]) @ across > 0.0 > (places[14] - centre[1]) @ across


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_people_without_ties_have_places(count: int) -> None:
    none = np.empty((0, 2), int)
    places = positions(none, np.empty(0), np.zeros(count, int))
    assert places.shape == (count, 2)
    assert np.isfinite(places).all()
    assert len({tuple(each) for each in places}) == count


def test_many_people_need_no_other_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """From so many people on networkx would ask for SciPy, which ecosim does without."""
    monkeypatch.setitem(sys.modules, "scipy", None)
    monkeypatch.setattr(layout, "SPRINGS", 20)
    pairs, weight, groups = cliques([40])
    places = positions(pairs[::4], weight[::4], groups)
    assert np.isfinite(places).all()
    assert nearest(places) > 0.1


def test_groups_are_found_in_the_ties() -> None:
    pairs, weight, groups = cliques([8, 12, 6])
    assert np.array_equal(groups_of(pairs, weight, 26), groups)
    assert groups_of(pairs, weight, 28).tolist() == [*groups, 3, 3]
    assert groups_of(np.empty((0, 2), int), np.empty(0), 4).tolist() == [0] * 4


def test_the_closest_are_the_strongest_of_each() -> None:
    rng = np.random.default_rng(3)
    pairs = np.array(list(itertools.combinations(range(12), 2)))[rng.random(66) < 0.5]
    rank = rng.integers(0, 4, len(pairs)).astype(float)
    owner, tie = closest(pairs, rank, 12, 3)
    for i in range(12):
        mine = [k for k in range(len(pairs)) if i in pairs[k]]
        assert tie[owner == i].tolist() == sorted(mine, key=lambda k: (-rank[k], k))[:3]


# --- who and what is drawn -------------------------------------------------------------------------------------------


def test_everybody_keeps_her_place(late: Run) -> None:
    panels = drawn(late).axes
    assert len(panels) == 3
    scenes = late.scenes
    seen = [filled | hollow for filled, hollow in map(spots, panels)]
    assert seen[0] < seen[1] == seen[2]
    assert [len(each) for each in seen] == [int(scene.arrived.sum()) for scene in scenes]
    limits = {(panel.get_xlim(), panel.get_ylim()) for panel in panels}
    assert len(limits) == 1


def test_who_is_there_is_filled_and_who_left_is_hollow(late: Run) -> None:
    for scene, panel in zip(late.scenes, drawn(late).axes, strict=True):
        filled, hollow = spots(panel)
        assert len(filled) == scene.enrolled.sum()
        assert len(hollow) == (scene.arrived & ~scene.enrolled).sum()
        assert not filled & hollow
    assert hollow


def test_the_departed_have_no_ties(campus: Run, late: Run) -> None:
    for run in (campus, late):
        for panel in drawn(run).axes:
            filled, _ = spots(panel)
            ends = {(float(x), float(y)) for tie in segments(panel) for x, y in tie}
            assert ends
            assert ends <= filled


def test_the_more_persistent_are_darker_and_the_better_tied_larger(campus: Run) -> None:
    [scene] = campus.scenes[-1:]
    [points] = [
        each
        for each in drawn(campus).axes[-1].collections
        if isinstance(each, PathCollection) and len(each.get_facecolor())
    ]
    light = np.asarray(points.get_facecolor())[:, :3] @ (0.2126, 0.7152, 0.0722)
    assert np.corrcoef(light, scene.persistence[scene.enrolled])[0, 1] < -0.9
    assert np.corrcoef(points.get_sizes(), scene.bonds[scene.enrolled])[0, 1] > 0.9


def test_of_each_learner_the_two_strongest_ties_are_drawn(campus: Run) -> None:
    seen = shown(campus)
    for scene, (pairs, weight) in zip(seen.scenes, seen.ties, strict=True):
        counting = {
            (int(i), int(j)): float(w)
            for (i, j), w in zip(scene.pairs, scene.weight, strict=True)
            if w > 0.05 and scene.enrolled[i] and scene.enrolled[j]
        }
        found = dict(zip(map(tuple, pairs.tolist()), weight.tolist(), strict=True))
        assert found.items() <= counting.items()
        assert len(found) < 2 * scene.enrolled.sum()
        for i in range(120):
            mine = sorted((w for pair, w in counting.items() if i in pair), reverse=True)
            kept = sorted((w for pair, w in found.items() if i in pair), reverse=True)
            assert kept[:2] == mine[:2]


def test_of_equal_ties_those_are_drawn_that_last(late: Run) -> None:
    """Of four equal ties of one learner the two are drawn that are stronger in all scenes together."""
    pairs = np.array([[0, 1], [0, 2], [0, 3], [0, 4], [5, 6]])
    scene = late.scenes[0]._replace(
        learners=np.arange(7), enrolled=np.ones(7, bool), pairs=pairs, weight=np.array([0.5, 0.5, 0.5, 0.5, 0.04])
    )
    lasting = np.array([1.0, 3.0, 2.0, 9.0, 9.0])
    kept, weight = backbone(scene, np.array([0, 2, 3, 4, 5, 6]), 0.05, pairs, lasting)
    assert kept.tolist() == [[0, 1], [0, 2], [0, 3]]  # each is the strongest of its other end
    assert weight.tolist() == [0.5] * 3
    hub = np.array([[0, 1], [0, 2], [0, 3], [0, 4], [1, 2], [1, 3], [1, 4], [2, 3], [2, 4], [3, 4]])
    strong = np.where((hub == 0).any(axis=1), 0.5, 0.9)
    scene = scene._replace(pairs=hub, weight=strong)
    kept, _ = backbone(scene, np.arange(7), 0.05, hub, np.arange(10.0))
    assert [pair for pair in kept.tolist() if 0 in pair] == [[0, 3], [0, 4]]


def test_who_moves_takes_the_shape_of_the_new_community(lived: Lived) -> None:
    run = lived(CIRCLES, {"learners": 80, "weeks": 30, "context.migration.mobility": 0.5})
    scenes = run.scenes
    assert (scenes[-1].community != scenes[0].community).any()
    made = drawn(run)
    for scene, panel in zip(scenes, made.axes, strict=True):
        counts = [
            len(np.asarray(each.get_offsets()))
            for each in panel.collections
            if isinstance(each, PathCollection) and len(each.get_facecolor())
        ]
        assert counts == [c for c in np.bincount(scene.community[scene.enrolled]).tolist() if c]
    legend = {each.get_text() for each in made.subfigs[0].legends[0].get_texts()}
    assert {"the hearth", "the fortress"} <= legend


def test_communities_are_named_and_stand_apart(campus: Run) -> None:
    made = drawn(campus, "fr")
    scene = campus.scenes[0]
    for panel in made.axes:
        assert {"la classe", "le site d'entraide"} <= {each.get_text() for each in panel.texts}
    filled, hollow = spots(made.axes[0])
    assert len(filled | hollow) == scene.arrived.sum()


def test_nothing_is_a_hairball(lived: Lived) -> None:
    run = lived("preset:institutional-class", {"learners": 60, "weeks": 3, "design.ready_ties": 24})
    for scene, panel in zip(run.scenes, drawn(run).axes, strict=True):
        assert len(segments(panel)) <= 2 * scene.enrolled.sum() < len(scene.pairs)


@pytest.mark.parametrize(
    ("source", "settings"),
    [
        ("preset:lone-autodidact", {"learners": 1, "weeks": 6}),
        ("preset:lone-autodidact", {"learners": 20, "weeks": 1}),
        ("preset:xmooc", {"learners": 10, "weeks": 2, "context.access": 0}),
    ],
)
def test_lonely_runs_can_be_drawn_told_and_listed(source: str, settings: dict[str, Any], lived: Lived) -> None:
    run = lived(source, settings)
    for lang in ("en", "fr"):
        made = figure("network", run, lang)
        made.canvas.draw()
        assert not re.search(r"\bnan\b|None", network.describe(run, lang))
        assert len(network.table(run, lang).rows) == len(run.scenes) == len(made.axes)
    if source == "preset:lone-autodidact":
        assert not any(segments(panel) for panel in made.axes)
        assert "Nobody is tied to anybody" in network.describe(run, "en")


def test_a_run_without_scenes_shows_its_last_week(late: Run) -> None:
    bare = replace(late, scenes=[])
    assert [scene.week for scene in scenes_of(bare)] == [13]
    assert len(drawn(bare).axes) == 1
    assert network.table(bare, "en").rows == network.table(late, "en").rows[-1:]


def test_the_same_run_is_the_same_picture(late: Run) -> None:
    pictures = []
    for _ in range(2):
        stream = io.BytesIO()
        drawn(late).savefig(stream, dpi=40)
        pictures.append(stream.getvalue())
    assert pictures[0] == pictures[1]


# --- samples ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def crowd(lived: Lived) -> Run:
    """Return a run of more learners than are drawn."""
    return lived("preset:cmooc", {"learners": 900, "weeks": 5})


def test_of_many_some_circles_are_drawn_and_it_is_said(crowd: Run) -> None:
    seen = shown(crowd)
    lot = drawn_by_lot(crowd, crowd.scenes[0], SEEDS)
    assert seen.seeds == lot.size
    assert set(lot) <= set(seen.people)
    assert lot.size < seen.people.size <= MOST
    for lang, total in (("en", "900"), ("fr", "900")):
        said = network.describe(crowd, lang)
        assert total in said
        assert str(seen.people.size) in said
        assert str(seen.seeds) in said
    panel = drawn(crowd).axes[0]
    filled, hollow = spots(panel)
    assert len(filled | hollow) == crowd.scenes[0].arrived[seen.people].sum()
    numbers = network.table(crowd, "en").rows[0]
    assert numbers[1] == crowd.engine.log.enrolled[0]


def test_circles_are_those_closest_and_those_closest_to_them() -> None:
    line = np.array([[i, i + 1] for i in range(9)])
    assert circles(np.array([0]), line, np.ones(9), 10).tolist() == [0, 1, 2]
    star = np.array([[0, i] for i in range(1, 10)])
    strength = np.arange(9.0)
    assert circles(np.array([0]), star, strength, 10).tolist() == [0, 7, 8, 9]
    assert circles(np.array([1]), star, strength, 10).tolist() == [0, 1, 7, 8, 9]


def test_the_lot_falls_on_learners_not_on_numbers_of_learners(crowd: Run, lived: Lived) -> None:
    """One learner more of as many drawn: the others are in or out as before, but for the share that is drawn."""
    more = lived("preset:cmooc", {"learners": 901, "weeks": 5})
    few, same = (set(drawn_by_lot(run, run.scenes[0], SEEDS)) for run in (crowd, more))
    assert same - {900} == few


def test_a_sample_of_the_run_counts_ties_to_everybody(crowd: Run) -> None:
    from ecosim.model.scenes import scene_of

    part = replace(crowd, scenes=[scene_of(crowd.engine, most=300)])
    [whole], [row] = network.table(replace(crowd, scenes=[]), "en").rows, network.table(part, "en").rows
    kept = part.scenes[0].learners
    pairs, weight, _ = pairs_of(crowd.engine.ties)
    people = crowd.engine.learners
    counts = (weight > 0.05) & people.enrolled[pairs].all(axis=1) & np.isin(pairs, kept).any(axis=1)
    assert row[3] == counts.sum() < whole[3]
    assert "900" in network.describe(part, "en")
    assert "one in 3" in network.describe(part, "en")


# --- numbers ---------------------------------------------------------------------------------------------------------


def test_the_table_agrees_with_the_engine(campus: Run) -> None:
    table = network.table(campus, "en")
    assert len(table.rows) == 3 * 4
    assert all(len(row) == len(table.head) for row in table.rows)
    people, log = campus.engine.learners, campus.engine.log
    whole, *parts = table.rows[-4:]
    pairs, weight, _ = pairs_of(campus.engine.ties)
    pairs = pairs[(weight > 0.05) & people.enrolled[pairs].all(axis=1)]
    across = people.community[pairs[:, 0]] != people.community[pairs[:, 1]]
    gone = people.left_week.size - people.enrolled.sum()
    alone = people.enrolled.sum() - np.unique(pairs).size
    mean = people.persistence[people.enrolled].mean()
    assert whole[:7] == (15, "everybody", int(log.enrolled[-1]), gone, len(pairs), int(across.sum()), alone)
    assert whole[7] == pytest.approx(mean)
    assert [sum(each[k] for each in parts) for k in (2, 3, 6)] == [whole[2], whole[3], whole[6]]
    assert sum(each[5] for each in parts) == 2 * whole[5]
    assert sum(each[4] for each in parts) == whole[4] + whole[5]
    assert [row[1] for row in parts] == ["the class", "the astronomy club", "the help desk"]


def test_words_say_the_numbers_of_the_table(campus: Run) -> None:
    said = network.describe(campus, "en")
    for row in network.table(campus, "en").rows[::4]:
        assert f"End of week {row[0]}: enrolled {row[2]}, gone {row[3]}" in said
        assert f"{100 * row[5] / row[4]:.0f}% in week {row[0]}" in said
    assert "0.05" in said
    assert "0,05" in network.describe(campus, "fr")
