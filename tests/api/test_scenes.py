"""Scenes: copies of the arrays at the right weeks, possibilities as the equations have them, samples drawn by key."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ecosim import chance
from ecosim.model.engine import Engine
from ecosim.model.follow import REASONS, possibilities
from ecosim.model.networks import pairs_of
from ecosim.model.run import simulate
from ecosim.model.scenes import POSSIBLE, Scene, keys, sample, scene_of, scene_weeks
from ecosim.scenario.resolve import load
from tests.api.worlds import SETTING

WORLD: dict[str, Any] = {
    **SETTING,
    "communities": {
        "one": {"share": 0.5, "design": {"signifier_collective": 0.1, "visibility": 0.1, "hazard": 0.05}},
        "two": {"share": 0.5, "design": {"collective_offer": 0.0, "openness": 0.0, "hazard": 0.05}},
    },
    "events": [{"week": 4, "do": "swap", "share": 0.4}],
}
LIMITS = {"not_offered": 0, "not_perceived": 1, "not_able": 2, "out_of_reach": 3, None: POSSIBLE}
Week = tuple[Scene, dict[str, Any]]


def look(engine: Engine) -> dict[str, Any]:
    """Return what the week has left in the arrays, and what :mod:`ecosim.model.follow` says of each learner."""
    people = engine.learners
    home = np.repeat(engine.blocks[1], np.diff(engine.blocks[0]))
    told = {
        i: possibilities(engine, i, int(home[i])) for i in range(len(home)) if engine.now.was_enrolled[i]
    }  # of those who were there
    copied = {name: getattr(people, name).copy() for name in people._fields}
    return copied | {"told": told, "ties": pairs_of(engine.ties), "home": home, "week": engine.week - 1}


@pytest.fixture(scope="module")
def weeks() -> list[Week]:
    """Each scene of one run, with what was seen in its week."""
    seen: list[dict[str, Any]] = []
    run = simulate(load(WORLD), replicate=1, each_week=lambda engine: seen.append(look(engine)))
    return [(scene, seen[scene.week]) for scene in run.scenes]


@pytest.mark.parametrize(
    ("count", "kept"), [(1, [0]), (2, [0, 1]), (3, [0, 1, 2]), (12, [0, 5, 11]), (52, [0, 25, 51])]
)
def test_first_middle_and_last_week_are_kept_once(count: int, kept: list[int]) -> None:
    assert scene_weeks(count) == kept
    if count < 12:
        assert [scene.week for scene in simulate(load({"learners": 9, "weeks": count})).scenes] == kept


def test_people_and_ties_are_those_at_the_weeks_end(weeks: list[Week]) -> None:
    assert [scene.week for scene, _ in weeks] == [0, 5, 11]
    for scene, seen in weeks:
        for name in ("enrolled", "community", "profile", "persistence"):
            assert np.array_equal(getattr(scene, name), seen[name])
        assert np.array_equal(scene.arrived, seen["arrival_week"] <= scene.week)
        assert np.array_equal(scene.active, seen["used"] >= 0)
        assert np.array_equal(scene.flow[scene.active], seen["flow"][scene.active])
        assert np.isnan(scene.flow[~scene.active]).all()
        assert np.array_equal(scene.learners, np.arange(40))
        for mine, theirs in zip((scene.pairs, scene.weight, scene.ground), seen["ties"], strict=True):
            assert np.array_equal(mine, theirs)
    last = weeks[-1][0]
    assert 0 < last.enrolled.sum() < 40
    assert (last.community != weeks[0][0].community).any()


def test_bonds_are_the_ties_that_count(weeks: list[Week]) -> None:
    for scene, seen in weeks:
        bonds, abroad = np.zeros(40, int), np.zeros(40, int)
        for (i, j), weight in zip(*seen["ties"][:2], strict=True):
            if weight > 0.05 and seen["enrolled"][i] and seen["enrolled"][j]:
                bonds[[i, j]] += 1
                abroad[[i, j]] += seen["community"][i] != seen["community"][j]
        assert np.array_equal(scene.bonds, bonds)
        assert np.array_equal(scene.abroad, abroad)
    assert weeks[-1][0].abroad.any()


def test_the_landscape_is_what_each_learner_is_told(weeks: list[Week]) -> None:
    found = set()
    for scene, seen in weeks:
        assert set(np.flatnonzero(scene.present)) == set(seen["told"])
        assert np.array_equal(scene.home, seen["home"])
        for i, told in seen["told"].items():
            for m, each in enumerate(told):
                for name in (*REASONS, "affordance"):
                    value, expected = float(getattr(scene, name)[m, i]), each[name]
                    assert np.isnan(value) if expected is None else value == pytest.approx(expected, abs=1e-6)
                assert scene.limit[m, i] == LIMITS[each["reason"]]
                found.add(each["reason"])
    assert found == set(LIMITS)


def test_nothing_is_said_of_who_is_not_there(weeks: list[Week]) -> None:
    scene = weeks[-1][0]
    assert np.isnan(scene.affordance[:, ~scene.present]).all()
    assert np.isfinite(scene.affordance[:, scene.present]).all()


def test_scenes_change_nothing_and_can_be_done_without() -> None:
    with_scenes, without = simulate(load(WORLD)), simulate(load(WORLD), scenes=False)
    assert without.scenes == []
    assert with_scenes.digest() == without.digest()
    assert with_scenes.summary == without.summary


def test_a_scene_does_not_move_on_with_the_run() -> None:
    engine = Engine(load(WORLD).scenario)
    engine.step()
    scene = scene_of(engine)
    before = [np.copy(each) for each in scene]
    engine.run()
    assert all(np.array_equal(a, b, equal_nan=a.dtype.kind == "f") for a, b in zip(before, scene, strict=True))


def test_nobody_enrolled_is_a_scene_too() -> None:
    engine = Engine(load({"learners": 10, "weeks": 5}).scenario)
    engine.learners.arrival_week[:] = 9
    engine.step()
    scene = scene_of(engine)
    assert not scene.present.any()
    assert scene.limit.shape == (12, 10)
    assert np.isnan(scene.perceived).all()


# --- samples ---------------------------------------------------------------------------------------------------------


def test_keys_are_those_of_chance_under_a_number_of_their_own() -> None:
    expected = [chance.philox(i, 0, 0, chance.LOOK, 7, 3)[0] for i in range(50)]
    assert keys(50, 7, 3).tolist() == expected
    decisions = [value for name, value in vars(chance).items() if name.isupper() and type(value) is int]
    assert decisions.count(chance.LOOK) == 1


def test_a_learner_more_leaves_the_others_in_or_out() -> None:
    before = set(sample(5000, 7, 1, 0))
    after = set(sample(5001, 7, 1, 0))
    assert after - {5000} == before
    assert set(sample(5000, 20, 1, 0)) <= before
    assert set(sample(5000, 7, 1, 1)) != before


def test_a_sample_has_about_the_share_that_is_stated() -> None:
    assert np.array_equal(sample(9, 1, 0, 0), np.arange(9))
    for one_in in (2, 10):
        expected = 20_000 / one_in
        assert abs(sample(20_000, one_in, 3, 0).size - expected) < 5 * np.sqrt(expected)


def test_a_scene_of_many_keeps_a_sample_and_the_ties_within_it() -> None:
    engine = Engine(load({"learners": 200, "weeks": 4}).scenario).run()
    whole, part = scene_of(engine), scene_of(engine, most=70)
    kept = part.learners
    assert (part.total, part.one_in, whole.one_in) == (200, 3, 1)
    assert np.array_equal(kept, sample(200, 3, engine.seed, engine.replicate))
    assert 40 < kept.size < 100
    for name in ("bonds", "enrolled", "persistence", "present"):
        assert np.array_equal(getattr(part, name), getattr(whole, name)[kept])
    assert np.array_equal(part.limit, whole.limit[:, kept])
    inside = [k for k, pair in enumerate(whole.pairs) if set(pair) <= set(kept)]
    assert 0 < len(inside) < len(whole.pairs)
    assert np.array_equal(kept[part.pairs], whole.pairs[inside])
    assert np.array_equal(part.weight, whole.weight[inside])
