"""Films: week by week what an engine stepped by hand holds, whatever the world; places; time; processes."""

from __future__ import annotations

import pickle
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ecosim.model.engine import Engine
from ecosim.model.follow import landscape
from ecosim.model.run import new_engine, simulate
from ecosim.model.state import Array
from ecosim.scenario.resolve import Loaded, load
from ecosim.study.runner.live import TookTooLong
from ecosim.web import strands
from ecosim.web.film import CHALLENGE_TOP, ENROLLED, GONE, NONE, TO_COME, Film, Recorder, film_of, places_ahead
from ecosim.web.places import FEW, places_of

ROOT = Path(__file__).parents[2]
WORLDS: dict[str, tuple[str, dict[str, Any]]] = {
    "one community": ("institutional-class", {"learners": 40, "weeks": 40}),
    "several communities": ("campus", {"learners": 60, "weeks": 12}),
    "people who swap": ("two-circles", {"learners": 130, "weeks": 20}),
    "arrivals": (
        "cmooc", {"learners": 50, "weeks": 12, "context.arrivals": {"kind": "uniform", "until": 6, "at_start": 0.0}},
    ),
    "nobody there": (
        "lone-autodidact", {"learners": 2, "weeks": 5, "context.arrivals": {"kind": "uniform", "until": 400}},
    ),
    "one learner": ("lone-autodidact", {"learners": 1, "weeks": 10}),
    "two who are alone": ("lone-autodidact", {"learners": 2, "weeks": 10, "design.ready_ties": 0}),
    "one week": ("campus", {"learners": 30, "weeks": 1}),
}  # fmt: skip


def loaded_of(name: str, settings: dict[str, Any]) -> Loaded:
    """Return a scenario of the repository, changed."""
    return load(ROOT / "scenarios" / f"{name}.yaml", settings)


@cache
def filmed(world: str) -> Film:
    """Return the film of one of :data:`WORLDS`."""
    return film_of(loaded_of(*WORLDS[world]))


def stepped(film: Film) -> Any:
    """Yield the week and the engine of the same run, stepped by hand."""
    eco = new_engine(film.loaded)
    while eco.running:
        eco.step()
        yield eco.week - 1, eco


def shares(values: Array, top: float = 1.0) -> list[int]:
    """Return shares as bytes, one by one."""
    return [round(254 * min(1.0, max(0.0, float(each) / top))) for each in values]


def ties_by_hand(eco: Engine) -> dict[tuple[int, int], float]:
    """Return the ties between two who are enrolled, read row by row."""
    ties, here = eco.ties, eco.learners.enrolled
    found = {}
    for i in range(here.size):
        for k in range(int(ties.first[i]), int(ties.first[i + 1])):
            j = int(ties.other[k])
            if i < j and here[i] and here[j]:
                found[i, j] = float(ties.weight[k])
    return found


each_world = pytest.mark.parametrize("world", WORLDS)


@each_world
def test_people_are_as_in_an_engine_stepped_by_hand(world: str) -> None:
    film = filmed(world)
    for week, eco in stepped(film):
        people = eco.learners
        for i in range(people.latent.size):
            expected = TO_COME if people.arrival_week[i] > week else ENROLLED if people.enrolled[i] else GONE
            assert film.status[week, i] == expected
            assert film.skill[week, i] == round(254 * people.skill[people.interest[i], i])
            assert film.flow[week, i] == (round(254 * people.flow[i]) if people.weeks_active[i] else NONE)
        np.testing.assert_array_equal(film.community[week], people.community)
        np.testing.assert_array_equal(film.active[week], people.used >= 0)
        for name in ("persistence", "autonomous_motive"):
            assert getattr(film, name)[week].tolist() == shares(getattr(people, name))
    assert film.weeks == film.loaded.scenario.weeks == len(film.status)


@each_world
def test_acts_and_artefacts_are_as_in_an_engine_stepped_by_hand(world: str) -> None:
    film = filmed(world)
    for week, eco in stepped(film):
        part = slice(film.act_first[week], film.act_first[week + 1])
        assert film.act_learner[part].tolist() == np.flatnonzero(eco.learners.used >= 0).tolist()
        assert film.act_skill[part].tolist() == shares(eco.acts.skill[: eco.count])
        assert film.act_flow[part].tolist() == shares(eco.acts.flow[: eco.count])
        assert film.act_challenge[part].tolist() == shares(eco.acts.challenge[: eco.count], CHALLENGE_TOP)
        for each in landscape(eco):
            c = eco.community_names.index(each["community"])
            told = film.landscape[week, c, each["number"]]
            wanted = [each[name] for name in ("offered", "affordance", "possible", "users")]
            np.testing.assert_allclose(told, [np.nan if value is None else value for value in wanted], rtol=1e-6)


@each_world
def test_ties_are_as_in_an_engine_stepped_by_hand(world: str) -> None:
    film = filmed(world)
    for week, eco in stepped(film):
        ties, level = ties_by_hand(eco), eco.p.observation.excluded_tie
        for e, (i, j) in enumerate(film.pairs.tolist()):
            assert film.strength[week, e] == round(254 * min(1.0, ties.get((i, j), 0.0)))
        counted = [sum(weight > level for pair, weight in ties.items() if i in pair) for i in range(film.learners)]
        assert film.bonds[week].tolist() == counted


@each_world
def test_series_are_those_of_the_run(world: str) -> None:
    film = filmed(world)
    assert film.run is not None
    assert film.run.digest() == simulate(film.loaded).digest()
    for name, values in film.run.weekly_table().items():
        np.testing.assert_array_equal(film.series[name], values)
    log = film.run.engine.log
    for week in range(film.weeks):
        for name, total in (("own_energy", log.persistence_of_active), ("pushed_energy", log.external_drive_of_active)):
            expected = total[week] / log.active[week] if log.active[week] else np.nan
            np.testing.assert_allclose(film.series[name][week], expected)


@each_world
def test_everybody_has_a_place_of_her_own(world: str) -> None:
    film = filmed(world)
    assert film.places.shape == (film.learners, 2)
    assert np.isfinite(film.places).all()
    assert np.abs(film.places).max() <= 1.0 + 1e-6
    assert len(np.unique(film.places.round(4), axis=0)) == film.learners


def test_worlds_are_what_they_are_called() -> None:
    assert not (filmed("nobody there").status == ENROLLED).any()
    assert filmed("nobody there").act_first.tolist() == [0] * 6
    assert filmed("two who are alone").pairs.shape == (0, 2)
    assert (filmed("arrivals").status[0] == TO_COME).any()
    assert (filmed("one community").status[-1] == GONE).any()
    assert (filmed("people who swap").community[0] != filmed("people who swap").community[-1]).any()
    assert {"flow": NONE in filmed("arrivals").flow} == {"flow": True}


def test_the_ties_shown_are_the_lasting_among_the_strongest_and_not_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    film = filmed("several communities")
    among: dict[tuple[int, int], int] = {}
    for _, eco in stepped(film):
        ties, shown = ties_by_hand(eco), set()
        for i in range(film.learners):
            own = sorted((pair for pair in ties if i in pair), key=lambda pair: -ties[pair])
            shown |= set(own[: strands.CLOSEST])
        for pair in shown:
            among[pair] = among.get(pair, 0) + 1
    shown = {(i, j) for i, j in film.pairs.tolist()}
    assert shown <= set(among)
    assert len(shown) == min(len(among), strands.MOST * film.learners)
    monkeypatch.setattr(strands, "MOST", 1)
    few = {(i, j) for i, j in film_of(film.loaded).pairs.tolist()}
    assert len(few) == film.learners
    assert min(among[pair] for pair in few) >= max(weeks for pair, weeks in among.items() if pair not in few)


def test_a_film_of_an_unfinished_run_is_the_beginning_of_the_whole() -> None:
    whole = filmed("several communities")
    places = places_ahead(whole.loaded)
    recorder, eco = Recorder(whole.loaded, places), new_engine(whole.loaded)
    for _ in range(5):
        eco.step()
        recorder.keep(eco)
    early = recorder.film(eco)
    assert early.run is None
    assert early.weeks == 5
    assert early.act_first.tolist() == whole.act_first[:6].tolist()
    for name in ("status", "community", "active", "bonds", "flow", "persistence", "autonomous_motive", "skill"):
        np.testing.assert_array_equal(getattr(early, name), getattr(whole, name)[:5])
    np.testing.assert_array_equal(early.series["retention"], whole.series["retention"][:5])
    np.testing.assert_array_equal(early.places, whole.places)  # ahead of time they are the same
    while eco.running:
        eco.step()
        recorder.keep(eco)
    np.testing.assert_array_equal(recorder.film(eco).strength, whole.strength)


def test_luck_and_followed_learners_come_along() -> None:
    loaded = loaded_of("campus", {"learners": 30, "weeks": 6})
    film, other = film_of(loaded, 3, follow=(2, 5)), film_of(loaded, 4)
    assert film.run is not None
    assert sorted(film.run.followed) == [2, 5]
    assert [len(film.run.followed[2]), len(film.run.scenes)] == [6, 3]
    assert film.run.followed == simulate(loaded, 3, follow=(2, 5)).followed
    assert (film.persistence != other.persistence).any()


def test_a_film_crosses_processes() -> None:
    film = filmed("several communities")
    again = pickle.loads(pickle.dumps(film))
    assert again.run.digest() == film.run.digest()  # type: ignore[union-attr]
    assert again.loaded.hash() == film.loaded.hash()
    for name, value in vars(film).items():
        if isinstance(value, np.ndarray):
            np.testing.assert_array_equal(getattr(again, name), value)


def test_a_run_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(TookTooLong):
        film_of(loaded_of("campus", {"learners": 30, "weeks": 6}), budget=0.0)
    assert film_of(loaded_of("campus", {"learners": 30, "weeks": 6}), budget=60.0).weeks == 6


def many(groups: int, size: int, seed: int = 1) -> tuple[Array, Array, Array]:
    """Return ties of people in so many communities, ten times as dense within them, and their communities."""
    rng = np.random.default_rng(seed)
    home = np.repeat(np.arange(groups), size)
    pairs = rng.integers(0, home.size, (20 * home.size, 2))
    pairs = np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)
    within = home[pairs[:, 0]] == home[pairs[:, 1]]
    pairs = pairs[within | (rng.random(len(pairs)) < 0.02)]
    return pairs, rng.random(len(pairs)), home


@pytest.mark.parametrize("size", [FEW // 4, 400])
def test_communities_stand_apart(size: int) -> None:
    pairs, weight, home = many(3, size)
    places, groups = places_of(pairs, weight, home)
    np.testing.assert_array_equal(groups, home)
    centre = np.array([places[home == g].mean(axis=0) for g in range(3)])
    radius = np.array([np.hypot(*(places[home == g] - centre[g]).T).max() for g in range(3)])
    for a, b in ((0, 1), (0, 2), (1, 2)):
        assert np.hypot(*(centre[a] - centre[b])) > radius[a] + radius[b]


def test_groups_are_found_in_the_ties_of_one_community() -> None:
    pairs, weight, home = many(4, 60)
    groups = places_of(pairs, weight, np.zeros_like(home))[1]
    most = [np.bincount(groups[home == g]).max() for g in range(4)]
    assert min(most) >= 50  # of 60
    assert len({int(np.bincount(groups[home == g]).argmax()) for g in range(4)}) == 4


def test_tied_people_stand_near_and_nobody_on_another() -> None:
    rng = np.random.default_rng(2)
    ring = np.stack([np.arange(600), (np.arange(600) + 1) % 600], axis=1)
    pairs, weight = np.sort(ring, axis=1), np.ones(600)
    home = np.repeat([0, 1], 300)
    places, _ = places_of(pairs, weight, home)
    tied = np.median(np.hypot(*(places[pairs[:, 0]] - places[pairs[:, 1]]).T))
    strangers = rng.permutation(300)[:200].reshape(-1, 2)
    assert tied < 0.35 * np.median(np.hypot(*(places[strangers[:, 0]] - places[strangers[:, 1]]).T))
    away = np.hypot(*(places[:, None] - places[None]).T) + 9.0 * np.eye(600)
    assert away.min() > 0.4 * np.median(away.min(axis=0))


def test_places_hang_on_nothing_but_the_ties() -> None:
    pairs, weight, home = many(2, 100)
    one, two = places_of(pairs, weight, home), places_of(pairs.copy(), weight.copy(), home)
    np.testing.assert_array_equal(one[0], two[0])


@pytest.mark.parametrize("count", [1, 2, FEW + 50])
def test_people_without_ties_have_places_too(count: int) -> None:
    nobody = np.empty((0, 2), int)
    places, groups = places_of(nobody, np.empty(0), np.zeros(count, int))
    assert len(np.unique(places.round(5), axis=0)) == count
    assert groups.tolist() == [0] * count
