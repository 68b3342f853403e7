"""Figures of needs, energy, inequality and groups: they show what became of the learners of the run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from ecosim.language import number, percent
from ecosim.model.metrics.groups import apprenance_of
from ecosim.model.run import Run, new_engine
from ecosim.report.plots import FIGURES, cohorts, energy, figure, inequality, labels, profiles

ROOT = Path(__file__).parents[2]
Lived = Callable[..., Run]
WORLDS: dict[str, tuple[Any, dict[str, Any]]] = {
    "withdrawal": (str(ROOT / "scenarios" / "community-of-practice.yaml"), {"learners": 60}),
    "communities": (str(ROOT / "scenarios" / "campus.yaml"), {"learners": 80, "weeks": 20}),
    "plain": ("preset:community-of-practice", {"learners": 40, "weeks": 12}),
    "late": ("preset:interest-group", {"learners": 40, "weeks": 20}),
    "alone": ("preset:lone-autodidact", {"learners": 20, "weeks": 20}),
}


@pytest.fixture
def run(request: pytest.FixtureRequest, lived: Lived) -> Run:
    """Return the run of the world that a test names."""
    return lived(*WORLDS[request.param])


def texts(ax: Axes) -> list[str]:
    """Return what is written in a plot."""
    return [each.get_text() for each in ax.texts]


# --- needs -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("run", ["withdrawal"], indirect=True)
def test_needs_are_those_of_the_enrolled(run: Run) -> None:
    top, bottom = figure("needs", run, "en").axes
    log = run.engine.log
    for ax, names in ((top, ("need_autonomy", "need_competence", "need_relatedness")), (bottom, ("efficacy",))):
        for name in names:
            [line] = [each for each in ax.lines if each.get_label() == f"_{name}"]
            assert np.allclose(line.get_ydata(), getattr(log, name) / log.enrolled)
    assert [each for each in texts(top) if each in ("autonomy", "competence", "relatedness")] == [
        "autonomy", "competence", "relatedness"
    ]  # fmt: skip


@pytest.mark.parametrize("run", ["withdrawal"], indirect=True)
def test_names_stand_in_the_order_of_the_ends_of_their_lines(run: Run) -> None:
    made = figure("needs", run, "en")
    made.draw_without_rendering()
    for ax, names in zip(made.axes, (("autonomy", "competence", "relatedness"), ()), strict=True):
        ends = {name: run.weekly_table()[f"need_{name}"][-1] for name in names}
        heights = {each.get_text(): each.get_position()[1] for each in ax.texts if each.get_text() in ends}
        assert sorted(ends, key=lambda name: ends[name]) == sorted(heights, key=lambda name: heights[name])


def test_names_at_the_ends_make_room_for_one_another() -> None:
    assert labels._apart([10.0, 50.0], [5.0, 5.0], 0.0, 100.0) == [10.0, 50.0]
    assert labels._apart([50.0, 50.0], [5.0, 5.0], 0.0, 100.0) == [45.0, 55.0]
    assert labels._apart([50.0, 51.0, 52.0], [5.0, 10.0, 5.0], 0.0, 100.0) == pytest.approx([36.0, 51.0, 66.0])
    assert labels._apart([99.0, 99.0], [5.0, 5.0], 0.0, 100.0) == [85.0, 95.0]
    assert labels._apart([0.0, 1.0], [5.0, 5.0], 0.0, 100.0) == [5.0, 15.0]
    assert labels._apart([5.0, 6.0, 7.0], [20.0, 20.0, 20.0], 0.0, 30.0) == [20.0, 60.0, 100.0]
    assert labels._apart([], [], 0.0, 100.0) == []


# --- energy ----------------------------------------------------------------------------------------------------------


def test_the_push_is_that_of_the_levers(lived: Lived) -> None:
    design = {"facilitation": [[0, 0.5], [10, 0.5], [11, 0.1]], "incentive": 0.4, "controlling": 1}
    world = {"ecosim": 1, "kind": "scenario", "learners": 12, "weeks": 20, "design": design}
    world |= {"events": [{"week": 15, "do": "withdraw", "levers": ["incentive"]}]}
    run = lived(world, {"context.energy.lambda_G": 0.2})
    found = energy.pushes(run)
    assert found["facilitation"] == pytest.approx([0.2 * 0.5] * 11 + [0.2 * 0.1] * 9)
    assert found["incentive"] == pytest.approx([0.35 * 0.4] * 15 + [0.0] * 5)
    drive = run.weekly_table()["external_drive"]
    for week, near in ((10, 0.001), (14, 0.02)):
        assert drive[week] == pytest.approx(found["facilitation"][week] + found["incentive"][week], rel=near)


def test_a_push_that_is_ablated_is_none(lived: Lived) -> None:
    events = [{"week": 3, "do": "ablate", "mechanism": "external_drive"}]
    run = lived("preset:institutional-class", {"learners": 12, "weeks": 6, "events": events})
    found = energy.pushes(run)
    assert all(found["facilitation"][:3] > 0.0)
    assert not any(found["facilitation"][3:])


@pytest.mark.parametrize("run", ["communities"], indirect=True)
def test_the_push_weighs_communities_by_their_learners(run: Run) -> None:
    engine = run.engine
    facilitation = (engine.levers.facilitation * np.array(engine.sizes)).sum(axis=1) / 80
    assert energy.pushes(run)["facilitation"] == pytest.approx(0.25 * facilitation)


@pytest.mark.parametrize("run", ["communities"], indirect=True)
def test_what_feeds_is_drawn_from_zero_up(run: Run) -> None:
    made = figure("energy_balance", run, "en")
    found = energy.pushes(run)
    lower, upper = (each.get_data() for each in made.axes[3].patches)
    assert np.allclose(lower.values, found["facilitation"])
    assert np.allclose(upper.values, found["facilitation"] + found["incentive"])
    assert np.allclose(upper.baseline, found["facilitation"])
    flow = next(line for line in made.axes[1].lines if line.get_label() == "flow of the active")
    assert np.allclose(flow.get_ydata(), run.engine.log.flow / run.engine.log.active)


@pytest.mark.parametrize("run", ["alone"], indirect=True)
def test_that_nothing_pushes_is_said(run: Run) -> None:
    assert "nothing pushes" in texts(figure("energy_balance", run, "en").axes[3])


# --- inequality ------------------------------------------------------------------------------------------------------


def test_lorenz_of_known_amounts() -> None:
    x, y = inequality.lorenz(np.array([3.0, 0.0, 1.0]))
    assert x == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert y == pytest.approx([0, 0, 0.25, 1])


@pytest.mark.parametrize("run", ["withdrawal", "communities"], indirect=True)
def test_the_area_beside_the_curve_is_half_the_gini(run: Run) -> None:
    made = figure("inequality", run, "en")
    lines = {str(line.get_label()): line for line in made.axes[0].lines}
    [label] = [each for each in lines if each.startswith("contributions")]
    x, y = (np.asarray(each, float) for each in lines[label].get_data())
    gini = 1.0 - float((np.diff(x) * (y[1:] + y[:-1])).sum())
    assert gini == pytest.approx(run.summary["gini_contributions_all"], abs=1e-9)
    assert number(gini, "en") in label
    assert number(run.summary["gini_contributions"] or 0.0, "en") in label


@pytest.mark.parametrize("run", ["withdrawal", "late"], indirect=True)
def test_people_and_contributions_are_all_of_a_kind(run: Run) -> None:
    found, people = inequality.parts(run), run.engine.learners
    came = people.arrival_week < run.engine.week
    assert found.weeks.size == run.engine.log.arrived[-1]
    assert sum(found.people.values()) == pytest.approx(1.0)
    assert sum(found.given.values()) == pytest.approx(1.0)
    assert found.people["never"] == np.mean(people.weeks_active[came] == 0)
    assert found.people["alone"] == np.mean((people.weeks_active > 0)[came] & (people.weeks_collective == 0)[came])
    assert found.given["top"] == pytest.approx(run.summary["top10_share"])
    shown = texts(figure("inequality", run, "fr").axes[1])
    assert percent(found.people["others"], "fr") in shown
    assert percent(found.given["others"], "fr") in shown


@pytest.mark.parametrize("run", ["withdrawal"], indirect=True)
def test_the_table_is_the_curve_at_every_tenth(run: Run) -> None:
    rows = FIGURES["inequality"].table(run, "en").rows
    assert [row[0] for row in rows] == pytest.approx(np.arange(11) / 10)
    given = np.sort(run.engine.learners.contributions)
    for people, contributions, _ in rows:
        assert contributions == pytest.approx(given[: round(60 * people)].sum() / given.sum())


@pytest.mark.parametrize("run", ["alone"], indirect=True)
def test_that_nobody_contributed_is_said(run: Run) -> None:
    names = [line.get_label() for line in figure("inequality", run, "en").axes[0].lines]
    assert "nobody contributed" in names
    assert any(str(name).startswith("active weeks (Gini") for name in names)
    assert FIGURES["inequality"].describe(run, "en").startswith("Nobody contributed to anything shared.")
    assert all(row[1] is None and row[2] is not None for row in FIGURES["inequality"].table(run, "en").rows)


# --- who gains and who loses -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("run", ["withdrawal", "communities", "late"], indirect=True)
def test_the_start_is_where_the_run_began(run: Run) -> None:
    before, again = cohorts.at_start(run), new_engine(run.loaded, run.replicate).learners
    for name in ("skill", "autonomy", "efficacy", "autonomous_motive", "persistence", "profile", "arrival_week"):
        assert np.array_equal(getattr(before, name), getattr(again, name)), name
    assert np.array_equal(cohorts.courses(run)["skill"].start, run.engine.learners.initial_skill)


@pytest.mark.parametrize("run", ["withdrawal", "communities"], indirect=True)
def test_groups_are_those_of_the_run(run: Run) -> None:
    kind, found = profiles.rows(run, "en")
    [(expected, groups)] = run.by_group().items()
    assert kind == expected
    assert [row.learners for row in found] == [group["learners"] for group in groups.values()]
    for row, group in zip(found, groups.values(), strict=True):
        assert row.there == pytest.approx(group["retention"])
        skill = row.changes["skill"]
        assert skill.end - skill.start == pytest.approx(group["skill_gain"])


@pytest.mark.parametrize("run", ["plain", "late"], indirect=True)
def test_without_profiles_thirds_by_autonomy_at_the_start(run: Run) -> None:
    kind, groups = cohorts.cohorts(run, "en")
    assert kind == "autonomy"
    autonomy = new_engine(run.loaded, run.replicate).learners.autonomy
    came = run.engine.learners.arrival_week < run.engine.week
    sizes = [int(group.members.sum()) for group in groups]
    assert sum(sizes) == came.sum()
    assert max(sizes) - min(sizes) <= 1
    low, middle, high = (autonomy[group.members] for group in groups)
    assert low.max() <= middle.min()
    assert middle.max() <= high.min()
    assert "autonomy at the start" in figure("profiles", run, "en").texts[0].get_text()


@pytest.mark.parametrize("run", ["plain"], indirect=True)
def test_means_and_shares_of_a_group_are_those_of_its_members(run: Run) -> None:
    engine = new_engine(run.loaded, run.replicate)
    _, groups = cohorts.cohorts(run, "en")
    for group, row in zip(groups, profiles.rows(run, "en")[1], strict=True):
        moved = (run.engine.learners.persistence - engine.learners.persistence)[group.members]
        change = row.changes["persistence"]
        assert change.end - change.start == pytest.approx(moved.mean())
        assert (change.gain, change.loss) == (np.mean(moved > 0.005), np.mean(moved < -0.005))
        assert row.changes["apprenance"].end == pytest.approx(apprenance_of(run.engine.learners)[group.members].mean())


def test_people_who_move_count_where_they_are(lived: Lived) -> None:
    events = [{"week": 2, "do": "swap", "share": 0.5}]
    run = lived(str(ROOT / "scenarios" / "campus.yaml"), {"learners": 60, "weeks": 6, "events": events})
    kind, found = profiles.rows(run, "en")
    assert kind == "community_now"
    assert [row.learners for row in found] == np.bincount(run.engine.learners.community).tolist()


@pytest.mark.parametrize("run", ["communities"], indirect=True)
def test_arrows_go_from_start_to_end(run: Run) -> None:
    made = figure("profiles", run, "en")
    found = profiles.rows(run, "en")[1]
    for ax, name in zip(made.axes, cohorts.STATES, strict=False):
        ways = [list(line.get_xdata()) for line in ax.lines if len(line.get_xdata()) == 2]
        assert ways == [[row.changes[name].start, row.changes[name].end] for row in found]
        points = [str(line.get_marker()) for line in ax.lines if line.get_marker() in (">", "<")]
        moved = [row.changes[name].end - row.changes[name].start for row in found]
        assert points == [">" if each > 0 else "<" for each in moved if abs(each) > profiles.SEEN]
    there = [bar.get_width() for bar in made.axes[-1].patches if isinstance(bar, Rectangle)]
    assert there == [row.there for row in found]


@pytest.mark.parametrize("run", ["communities"], indirect=True)
def test_the_table_of_groups_has_the_drawn_numbers(run: Run) -> None:
    head, rows = FIGURES["profiles"].table(run, "en")
    assert head[:3] == ("group", "learners", "still there")
    for row, group in zip(rows, profiles.rows(run, "en")[1], strict=True):
        assert row[:3] == (group.name, group.learners, group.there)
        assert row[head.index("persistence, start")] == group.changes["persistence"].start
        assert row[head.index("apprenance, share who lose")] == group.changes["apprenance"].loss


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("run", ["communities", "plain"], indirect=True)
def test_words_tell_of_every_group(run: Run, lang: str) -> None:
    said = FIGURES["profiles"].describe(run, lang)
    for row in profiles.rows(run, lang)[1]:
        [told] = [each for each in said.split(". ") if each.lower().startswith(row.name.lower() + " (")]
        for change in row.changes.values():
            assert number(change.start, lang) in told
            assert number(change.end, lang) in told
        assert percent(row.there, lang) in told


def test_of_many_groups_the_largest_are_drawn_and_the_table_has_all(lived: Lived) -> None:
    groups = {f"p{k}": {"share": 0.07 if k else 1 - 0.07 * 13} for k in range(14)}
    world = {"ecosim": 1, "kind": "scenario", "learners": 200, "weeks": 3, "context": {"profiles": groups}}
    run = lived(world)
    made = figure("profiles", run, "en")
    assert len([line for line in made.axes[0].lines if len(line.get_xdata()) == 2]) == profiles.MOST
    assert len(FIGURES["profiles"].table(run, "en").rows) == 14
    assert "10 more groups are in the table." in FIGURES["profiles"].describe(run, "en")
    assert any("2 smaller groups" in each.get_text() for each in made.findobj(Text))


def test_ends_of_ways_differ_by_shape() -> None:
    assert len({look["marker"] for look in profiles.LOOKS.values()}) == len(profiles.LOOKS)


@pytest.mark.long
def test_a_large_run_is_drawn_without_a_sample(lived: Lived) -> None:
    run = lived("preset:xmooc", {"learners": 60_000, "weeks": 2})
    assert sum(row.learners for row in profiles.rows(run, "en")[1]) == 60_000
    assert len(figure("inequality", run, "en").axes[0].lines[-1].get_xdata()) <= inequality.POINTS
