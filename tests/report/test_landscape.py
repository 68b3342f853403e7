"""The figure of what is possible: cells are the reasons of the engine, rows and columns in order, samples stated."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from ecosim.model.follow import landscape as landscape_of
from ecosim.model.follow import possibilities
from ecosim.model.run import Run
from ecosim.model.scenes import POSSIBLE, scene_of
from ecosim.report.plots import figure, landscape, style
from ecosim.report.plots.landscape import COLORS
from ecosim.report.plots.possible import NAMES, shares_of

ROOT = Path(__file__).parents[2]
Lived = Callable[..., Run]
LISTED = [
    {"name": "forum", "label": {"en": "a forum", "fr": "un forum"}, "collective": True},
    {"name": "wiki", "collective": True},
    {"name": "book", "collective": False},
]


@pytest.fixture(scope="module")
def campus(lived: Lived) -> Run:
    """Return a run with three communities."""
    return lived(str(ROOT / "scenarios" / "campus.yaml"), {"learners": 90, "weeks": 12})


def cells(panel: Any) -> dict[float, Any]:
    """Return the colours of each row of a panel from left to right, by how far down it is."""
    rows: dict[float, list[Any]] = {}
    for image in sorted(panel.images, key=lambda each: each.get_extent()[0]):
        top = round(min(image.get_extent()[2:]), 3)
        rows.setdefault(top, []).append(np.asarray(image.get_array())[0])
    return {top: np.concatenate(parts) for top, parts in sorted(rows.items())}


def drawn(run: Run, lang: str = "en") -> list[Any]:
    """Return the panels of the figure."""
    made = style.new_figure()
    landscape.draw(made, run, lang)
    return made.axes


def limits(colors: Any) -> list[int]:
    """Return what the colours of a row stand for."""
    meaning = {tuple(np.round(to_rgb(color), 6)): each for each, color in COLORS.items()}
    return [meaning[tuple(np.round(color, 6))] for color in np.asarray(colors, float)]


def test_every_cell_is_what_follow_says_of_the_pair(campus: Run) -> None:
    """As many cells of each kind in each row as learners with that reason, by the story's own account."""
    engine, scene = campus.engine, campus.scenes[-1]
    found: dict[int, list[str]] = {m: [] for m in range(12)}
    for i in np.flatnonzero(engine.now.was_enrolled):
        for m, each in enumerate(possibilities(engine, int(i), int(scene.home[i]))):
            found[m].append(each["reason"] or "possible")
    expected = sorted(sorted(each) for each in found.values())
    rows = [limits(colors) for colors in cells(drawn(campus)[-1]).values()]
    assert sorted(sorted(NAMES[each] for each in row) for row in rows) == expected
    assert all(len(row) == scene.present.sum() for row in rows)


def test_columns_are_learners_by_community_and_the_most_possible_first(campus: Run) -> None:
    for scene, panel in zip(campus.scenes, drawn(campus), strict=True):
        table = np.array([limits(row) for row in cells(panel).values()])
        open_to = (table == POSSIBLE).sum(axis=0)
        sizes = [n for n in np.bincount(scene.home[scene.present], minlength=3).tolist() if n]
        starts = np.cumsum([0, *sizes])
        for c, (a, b) in enumerate(itertools.pairwise(starts)):
            own = (scene.limit[:, scene.present & (scene.home == c)] == POSSIBLE).sum(axis=0)
            assert open_to[a:b].tolist() == sorted(own.tolist(), reverse=True)


def test_rows_are_the_same_in_all_panels_and_the_most_possible_at_the_end_first(campus: Run) -> None:
    panels = drawn(campus)
    assert len({tuple(cells(panel)) for panel in panels}) == 1
    share = [np.mean([each == POSSIBLE for each in limits(row)]) for row in cells(panels[-1]).values()]
    assert share[:3] == sorted(share[:3], reverse=True)
    assert share[3:] == sorted(share[3:], reverse=True)
    beside = [each.get_text() for each in panels[-1].texts if each.get_text().endswith("%")]
    shown = [f"{100 * (min(max(each, 0.01), 0.99) if 0 < each < 1 else each):.0f}%" for each in share]
    assert beside == shown


def test_artefacts_are_called_by_their_names(lived: Lived) -> None:
    run = lived({"ecosim": 1, "kind": "scenario", "learners": 20, "weeks": 4, "artefacts": LISTED})
    labels = [each.get_text() for each in drawn(run)[0].get_yticklabels()]
    assert labels[0] == "book"
    assert set(labels[1:]) == {"a forum", "wiki"}
    assert "un forum" in [each.get_text() for each in drawn(run, "fr")[0].get_yticklabels()]
    assert [row[1:3] for row in landscape.table(run, "en").rows[:1]] == [("book", "used alone")]


def test_the_darker_the_farther_a_possibility_gets() -> None:
    light = [np.dot(to_rgb(COLORS[each]), (0.2126, 0.7152, 0.0722)) for each in range(POSSIBLE + 1)]
    assert all(a - b > 0.08 for a, b in itertools.pairwise(light))


def test_the_table_agrees_with_the_engine(campus: Run) -> None:
    table = landscape.table(campus, "en")
    assert len(table.rows) == 3 * 12
    assert all(len(row) == len(table.head) for row in table.rows)
    now = campus.engine.now
    rows = now.row_of[now.was_enrolled]
    places = landscape_of(campus.engine)
    for m, row in enumerate(table.rows[-12:]):
        assert row[0] == 11
        assert row[7] == pytest.approx(now.affordance[m, rows].mean(), abs=1e-5)
        possible = (now.possible[now.was_enrolled] >> m & 1).mean()
        assert row[8] == pytest.approx(possible)
        assert sum(row[8:]) == pytest.approx(1.0)
        offers = [place["offered"] for place in places if place["number"] == m]
        assert min(offers) - 1e-6 <= row[3] <= max(offers) + 1e-6


def test_words_name_what_stops_most_first(campus: Run) -> None:
    said = landscape.describe(campus, "en")
    for scene in campus.scenes:
        found = shares_of(scene).mean(axis=0)
        worst = NAMES[int(np.argmax(found[:POSSIBLE]))]
        label = {"not_offered": "too little offered", "out_of_reach": "out of reach"}.get(
            worst, worst.replace("_", " ")
        )
        part = said.split(f"Week {scene.week}:")[1]
        assert part.split("What stops the rest most: ")[1].startswith(label)
        assert f"{100 * found[POSSIBLE]:.0f}% of all pairs" in part
    assert "Possible for most in week 11" in said
    assert "Ce qui arrête le plus" in landscape.describe(campus, "fr")


def test_where_nobody_is_left_nothing_is_drawn_and_it_is_said(lived: Lived) -> None:
    run = lived("preset:xmooc", {"learners": 4, "weeks": 30, "design.hazard": 1.0})
    assert not run.scenes[-1].present.any()
    made = figure("landscape", run, "fr")
    made.canvas.draw()
    assert "plus aucun inscrit" in [each.get_text() for each in made.axes[-1].texts]
    assert not made.axes[-1].images
    assert "Semaine 29\u00a0: plus aucun inscrit." in landscape.describe(run, "fr")
    assert landscape.table(run, "fr").rows[-1][3:] == (None,) * 10


def test_of_many_a_keyed_sample_has_columns_and_all_are_counted(lived: Lived) -> None:
    run = lived("preset:cmooc", {"learners": 900, "weeks": 2})
    scene = run.scenes[0]
    [first, _] = drawn(run)
    columns = {len(row) for row in cells(first).values()}
    assert columns != {900}
    assert all(250 < count < 400 for count in columns)
    share = landscape.table(run, "en").rows[0][8]
    assert share == pytest.approx((scene.limit[0, scene.present] == POSSIBLE).mean())
    made = figure("landscape", run, "en")
    note = " ".join(made.subfigs[0].legends[0].get_title().get_text().split())
    assert f"keyed sample, {columns.pop()} learners at most" in note


def test_a_sample_of_the_run_is_stated(campus: Run) -> None:
    part = replace(campus, scenes=[scene_of(campus.engine, most=30)])
    kept = part.scenes[0].learners.size
    assert f"{kept} of 90 learners, one in 3" in landscape.describe(part, "en")
    assert {len(row) for row in cells(drawn(part)[0]).values()} == {int(part.scenes[0].present.sum())}
