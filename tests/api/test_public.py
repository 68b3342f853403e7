"""The Python section of the contract, as users type it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx
import numpy as np
import pandas
import pytest

import ecosim
from ecosim.model.metrics import METRICS
from ecosim.model.state import FIELDS

FILE = Path(__file__).resolve().parents[2] / "scenarios" / "community-of-practice.yaml"
SMALL: dict[str, Any] = {"learners": 40, "weeks": 8}


@pytest.fixture
def own_metric() -> Iterator[str]:
    """A metric of a user's own, declared as in a script: how steadily the enrolled have been active."""
    name = "steadiness"

    @ecosim.metric(name, label={"en": "steadiness", "fr": "constance"}, unit="share", over="the enrolled")
    def steadiness(eco: Any) -> float:
        here = eco.learners.enrolled
        return float((eco.learners.weeks_active[here] / eco.week).mean())

    @ecosim.metric("crowd", unit="learners")
    def crowd(eco: Any) -> Any:
        return eco.log.collective

    yield name
    METRICS.remove(name)
    METRICS.remove("crowd")


def test_build_and_run_as_a_mesa_model() -> None:
    eco = ecosim.load(FILE, set={"weeks": 6, "learners": 50}).build(seed=1)
    eco.run()
    assert isinstance(eco.weekly, pandas.DataFrame)
    assert len(eco.weekly) == 6
    assert len(eco.learners) == 50
    assert isinstance(eco.graph(), networkx.Graph)


def test_run_without_mesa() -> None:
    result = ecosim.run(FILE, set={"weeks": 20, "design.choice": 0.9}, seed=1)
    assert list(result.summary)[:4] == ["retention", "mean_flow", "autotelic_ratio", "apprenance"]
    assert isinstance(result.weekly, pandas.DataFrame)
    assert len(result.weekly) == 20
    assert len(result.learners) == 300
    assert result.loaded.scenario.design.choice.at(0) == 0.9
    assert result.loaded.scenario.seed == 1
    assert result.loaded.name == "community-of-practice"


def test_presets_and_dictionaries_are_sources_too() -> None:
    assert ecosim.run("preset:xmooc", set={"learners": 30, "weeks": 3}).loaded.name == "xmooc"
    assert ecosim.load(SMALL).scenario.learners == 40


def test_the_two_ways_give_the_same_ecosystem() -> None:
    world = ecosim.load(SMALL, seed=5)
    assert world.build().run().digest() == world.run().digest() == ecosim.run(SMALL, seed=5).digest()


def test_seed_and_replicate_choose_the_luck() -> None:
    world = ecosim.load(SMALL)
    assert world.run(seed=7).digest() == ecosim.run(SMALL, seed=7).digest()
    assert len({world.run(seed=s, replicate=r).digest() for s in (1, 2) for r in (0, 1)}) == 4
    assert world.build(seed=7, replicate=3).run().digest() == world.run(seed=7, replicate=3).digest()


@pytest.mark.parametrize("wrong", [-1, 2**32, 1.5, "three", True])
def test_impossible_seeds_and_replicates(wrong: Any) -> None:
    world = ecosim.load(SMALL)
    for call in (world.run, world.build):
        with pytest.raises(ecosim.UsageError, match="a seed is a whole number"):
            call(seed=wrong)
        with pytest.raises(ecosim.UsageError, match="a replicate is a whole number"):
            call(replicate=wrong)


def test_weekly_has_one_column_a_weekly_metric() -> None:
    result = ecosim.run(SMALL)
    assert result.weekly.index.name == "week"
    assert list(result.weekly.index) == list(range(8))
    assert list(result.weekly) == [name for name in METRICS if METRICS[name].is_weekly]
    assert result.weekly["retention"].iloc[-1] == result.summary["retention"]
    for name, series in result.weekly_table().items():
        assert series.shape == (8,), name


def test_learners_are_rectangular() -> None:
    result = ecosim.run(SMALL | {"communities": {"one": {"share": 0.5}, "two": {"share": 0.5}}})
    table, people = result.learners, result.engine.learners
    assert table.index.name == "number"
    assert set(table["community"]) == {"one", "two"}
    assert set(table["profile"]) == {""}
    assert {name for name, field in FIELDS.items() if not field.over} <= set(table)
    for i in (0, 17, 39):
        row = table.loc[i]
        assert row["skill"] == people.skill[people.interest[i], i]
        assert row["skill_gain"] == row["skill"] - row["initial_skill"]
        assert row["ties"] == result.graph().degree(i)
        assert row["tie_strength"] == pytest.approx(result.graph().degree(i, weight="weight"))
        assert row["instruments"] == np.count_nonzero(people.mastery[:, i] > 0.6)
    assert table["apprenance"][table["enrolled"]].mean() == pytest.approx(result.summary["apprenance"])


def test_the_graph_carries_people_and_ties() -> None:
    result = ecosim.run(SMALL | {"context": {"profiles": {"new": {"share": 0.5}, "old": {"share": 0.5}}}})
    graph, table = result.graph(), result.learners
    assert list(graph) == list(range(40))
    assert 2 * graph.number_of_edges() == result.engine.half_ties
    assert {type(value) for _, node in graph.nodes(data=True) for value in node.values()} == {str, int, float, bool}
    assert all(graph.nodes[i]["profile"] == table["profile"][i] for i in graph)
    i, j, tie = next(iter(graph.edges(data=True)))
    first, other, weight, ground = result.engine.ties
    e = next(e for e in range(first[i], first[i + 1]) if other[e] == j)
    assert tie == {"weight": weight[e], "ground": ground[e]}


def test_results_do_not_change_when_the_engine_does() -> None:
    result = ecosim.run(SMALL)
    before = result.learners_table()["persistence"].copy()
    table = result.learners_table()
    result.engine.learners.persistence[:] = 0.0
    np.testing.assert_array_equal(table["persistence"], before)


def test_a_metric_of_ones_own(own_metric: str) -> None:
    result = ecosim.run(SMALL | {"metrics": [own_metric, {"name": "crowd", "over": "last_quarter"}]})
    table = result.learners
    expected = (table["weeks_active"] / 8)[table["enrolled"]].mean()
    assert list(result.summary)[:2] == [own_metric, "crowd_last_quarter"]
    assert result.summary[own_metric] == pytest.approx(expected)
    assert result.summary["crowd_last_quarter"] == result.engine.log.collective[-2:].mean()
    assert result.summary["crowd"] == result.engine.log.collective.mean()
    assert own_metric not in result.weekly
    np.testing.assert_array_equal(result.weekly["crowd"], result.engine.log.collective)


def test_a_mistyped_metric_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(ecosim.InvalidFile, match="did you mean retention"):
        ecosim.load(SMALL | {"metrics": ["retentoin"]})


def test_public_names() -> None:
    assert set(ecosim.__all__) <= set(dir(ecosim))
    for name in ecosim.__all__:
        assert getattr(ecosim, name) is not None
    assert issubclass(ecosim.UsageError, ecosim.EcosimError)
    with pytest.raises(AttributeError, match="nothing"):
        ecosim.nothing  # noqa: B018 - asking for it is the test


def test_warnings_are_words() -> None:
    assert any("unusual" in said for said in ecosim.load(SMALL, set={"design.hazard": 0.9}).warnings)
