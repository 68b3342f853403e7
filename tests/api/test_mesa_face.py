"""What somebody who knows Mesa tries first, on the Mesa that is there: 3.3 with Python 3.11, 3.5 with later ones."""

from __future__ import annotations

import copy
import operator
import pickle
from collections.abc import Callable
from statistics import fmean
from typing import Any

import mesa
import numpy as np
import pytest
from mesa.batchrunner import batch_run

import ecosim
from ecosim.errors import UsageError
from ecosim.model.metrics import METRICS
from ecosim.model.views import Learner, Learners

SMALL: dict[str, Any] = {"learners": 25, "weeks": 6, "seed": 4}
SWEEP: dict[str, Any] = {"scenario": "preset:xmooc", "learners": 20, "weeks": 4}
CLOCK = hasattr(mesa.Model, "run_for")  #: Mesa 3.5 has a clock and events
newer = pytest.mark.skipif(not CLOCK, reason="this Mesa has neither scenarios nor events")


class WithAgents(ecosim.Ecosystem):
    """An ecosystem that collects what Mesa's users collect: a few variables of model and agents."""

    def __init__(self, scenario: Any = SMALL, **kwargs: Any) -> None:
        super().__init__(scenario, **kwargs)
        self.datacollector = mesa.DataCollector(
            {"enrolled": lambda model: len(model.agents.select(lambda each: each.enrolled)), "week": "steps"},
            {"flow": "flow", "community": "community_name", "tied": lambda each: len(each.neighbours)},
        )


@pytest.fixture
def eco() -> Any:
    """An ecosystem that has lived three of six weeks."""
    model = ecosim.Ecosystem(SMALL)
    model.run_for(3)
    return model


# --- time ------------------------------------------------------------------------------------------------------------


def test_run_for_and_run_until_live_weeks(eco: Any) -> None:
    assert (eco.steps, eco.engine.week) == (3, 3)
    eco.run_for(0)
    eco.run_until(5.0)
    assert (eco.steps, eco.engine.week, eco.running) == (5, 5, True)
    eco.run_until(2)
    eco.run_for(np.int64(1))
    assert (eco.steps, eco.engine.week, eco.running) == (6, 6, False)
    assert eco.digest() == ecosim.run(SMALL).digest()
    assert len(eco.datacollector.get_model_vars_dataframe()) == 6


@pytest.mark.parametrize("wrong", [-1, 0.5, float("nan"), float("-inf")])
def test_what_is_no_number_of_weeks(eco: Any, wrong: float) -> None:
    with pytest.raises(UsageError, match="no number of weeks"):
        eco.run_for(wrong)
    assert eco.engine.week == 3


def test_more_weeks_than_there_are(eco: Any) -> None:
    with pytest.warns(RuntimeWarning, match="it has 6 weeks"):
        eco.run_for(5)
    assert (eco.steps, eco.engine.week) == (6, 6)


@newer
def test_the_clock_of_mesa_goes_with_the_weeks(eco: Any) -> None:
    assert eco.time == 3.0
    eco.step()
    eco.run_for(1)
    assert eco.time == 5.0


@newer
@pytest.mark.parametrize("live", [lambda model: model.step(), lambda model: model.run_for(1)])
def test_an_event_between_two_weeks_finds_the_week_before(eco: Any, live: Callable[[Any], None]) -> None:
    seen = []

    def look() -> None:
        seen.append((eco.time, eco.engine.week))

    eco.schedule_event(look, at=3.5)
    live(eco)
    assert seen == [(3.5, 3)]
    assert eco.run().digest() == ecosim.run(SMALL).digest()


@newer
def test_a_scenario_of_mesa_is_a_bundle_of_arguments() -> None:
    from mesa.experimental.scenarios import Scenario

    class Evening(Scenario):  # type: ignore[misc]
        learners: int = 30
        weeks: int = 4
        scenario: str = "preset:xmooc"
        replicate: int = 2

    bundle = Evening(rng=8, **{"design.choice": 0.9})
    expected = ecosim.load("preset:xmooc", set={"learners": 30, "weeks": 4, "design.choice": 0.9})
    made = ecosim.Ecosystem(scenario=bundle)
    assert made.run().digest() == expected.run(seed=8, replicate=2).digest()
    assert ecosim.Ecosystem(scenario=bundle, weeks=2).loaded.scenario.weeks == 2
    assert ecosim.Ecosystem(Scenario()).run().digest() == ecosim.run("preset:community-of-practice").digest()
    with pytest.raises(ecosim.InvalidFile, match="density"):
        ecosim.Ecosystem(Scenario(density=0.7))


# --- many runs -------------------------------------------------------------------------------------------------------


def many(parameters: dict[str, Any], **how: Any) -> list[dict[str, Any]]:
    """Return the rows of Mesa's batch run, in the order of runs and steps."""
    rows = batch_run(ecosim.Ecosystem, parameters, display_progress=False, **how)
    return sorted(rows, key=operator.itemgetter("RunId", "Step"))


def single(row: dict[str, Any], names: tuple[str, ...] = ("learners", "weeks", "design.choice")) -> Any:
    """Return the run that a row says it is."""
    settings = {name: row[name] for name in names if name in row}
    return ecosim.run(row["scenario"], set=settings, seed=row.get("seed"), replicate=row.get("replicate", 0))


@pytest.mark.parametrize("processes", [1, 2])
def test_batch_run_gives_the_last_week_of_each_run(processes: int) -> None:
    grid = SWEEP | {"design.choice": [0.1, 0.9], "replicate": [0, 1]}
    rows = many(grid, number_processes=processes)
    assert [(row["design.choice"], row["replicate"]) for row in rows] == [(0.1, 0), (0.1, 1), (0.9, 0), (0.9, 1)]
    for row in rows:
        weekly = single(row).weekly
        for name in ("retention", "mean_flow", "apprenance", "mean_degree"):
            assert row[name] == weekly[name].iloc[-1], name
    assert len({row["retention"] for row in rows}) > 1


def test_batch_run_gives_every_week_or_every_other() -> None:
    every = many(SWEEP, data_collection_period=1)
    expected = single(every[0]).weekly["retention"].tolist()
    assert [row["retention"] for row in every] == expected
    other = [row["retention"] for row in many(SWEEP, data_collection_period=2)]
    assert other[:2] == expected[::2]


def test_batch_run_stops_where_it_is_told() -> None:
    (row,) = many(SWEEP | {"weeks": 30}, max_steps=5)
    lived = 5 if CLOCK else 6  # Mesa 3.3 counts from 0
    assert (
        row["retention"] == ecosim.run("preset:xmooc", set={"learners": 20, "weeks": 30}).weekly["retention"][lived - 1]
    )


def test_batch_run_varies_seeds_and_numbers_of_numpy() -> None:
    rows = many(SWEEP | {"seed": np.arange(3), "design.choice": np.linspace(0.2, 0.4, 2)})
    assert len({row["retention"] for row in rows}) > 2
    for row in rows:
        assert row["mean_flow"] == single(row).weekly["mean_flow"].iloc[-1]


def test_batch_run_takes_what_has_been_loaded() -> None:
    loaded = ecosim.load("preset:xmooc", set={"learners": 20, "weeks": 4}).loaded
    rows = many({"scenario": loaded, "design.choice": [0.1, 0.9]})
    for row, choice in zip(rows, (0.1, 0.9), strict=True):
        run = ecosim.run("preset:xmooc", set={"learners": 20, "weeks": 4, "design.choice": choice})
        assert row["mean_flow"] == run.weekly["mean_flow"].iloc[-1]


@newer
def test_batch_run_seeds_runs_as_mesa_does_now() -> None:
    rows = many(SWEEP, rng=[1, 2])
    for row, seed in zip(rows, (1, 2), strict=True):
        run = ecosim.run("preset:xmooc", set={"learners": 20, "weeks": 4}, seed=seed)
        assert (row["rng"], row["mean_flow"]) == (seed, run.weekly["mean_flow"].iloc[-1])


@pytest.mark.filterwarnings("ignore:The `iterations`:DeprecationWarning")
def test_iterations_repeat_the_same_run() -> None:
    first, second = many(SWEEP, iterations=2)
    assert (first["iteration"], second["iteration"]) == (0, 1)
    assert {name: first[name] for name in METRICS if name in first} == pytest.approx(
        {name: second[name] for name in METRICS if name in second}, abs=0.0, nan_ok=True
    )


def test_batch_run_with_agent_reporters() -> None:
    rows = batch_run(WithAgents, {"scenario": [SMALL]}, display_progress=False)
    assert len(rows) == 25
    eco = ecosim.Ecosystem(SMALL)
    eco.run_until(6 if CLOCK else 5)  # Mesa 3.3 shows agents as they were a step before
    assert [row["AgentID"] for row in rows] == list(range(25))
    assert [row["flow"] for row in rows] == eco.agents.get("flow")
    assert {row["week"] for row in rows} == {6}


# --- data collection -------------------------------------------------------------------------------------------------


def test_a_collector_of_ones_own_takes_the_place_of_ours() -> None:
    model = WithAgents()
    model.run_for(2)
    assert model.datacollector.get_model_vars_dataframe()["week"].tolist() == [1, 2]
    agents = model.datacollector.get_agent_vars_dataframe()
    assert len(agents) == 2 * 25
    last = agents.xs(2, level="Step")
    assert last["flow"].tolist() == model.agents.get("flow")
    assert set(last["community"]) == {"community"}
    assert last["tied"].tolist() == [model.graph().degree(i) for i in range(25)]


def test_reporters_by_type(eco: Any) -> None:
    collector = mesa.DataCollector(agenttype_reporters={Learner: {"felt": "flow"}})
    collector.collect(eco)
    assert collector.get_agenttype_vars_dataframe(Learner)["felt"].tolist() == eco.agents.get("flow")


def test_metrics_of_ones_own_are_collected() -> None:
    @ecosim.metric("now")
    def now(engine: Any) -> float:
        return float(engine.week)

    @ecosim.metric("posts")
    def posts(engine: Any) -> Any:
        return engine.log.collective

    try:
        eco = ecosim.Ecosystem(SMALL).run()
        collected = eco.datacollector.get_model_vars_dataframe()
        assert collected["now"].tolist() == [1, 2, 3, 4, 5, 6]
        assert collected["posts"].tolist() == eco.engine.log.collective.tolist()
    finally:
        METRICS.remove("now")
        METRICS.remove("posts")


def test_a_subclass_may_do_more_every_week(eco: Any) -> None:
    class Noting(ecosim.Ecosystem):
        seen: list[int]

        def step(self, choices: Any = None) -> None:
            super().step(choices)
            self.seen = [*getattr(self, "seen", []), self.engine.week]

    noting = Noting(SMALL)
    noting.step()
    noting.run_for(2)
    assert noting.seen == [1, 2, 3]
    choice = {next(i for i in range(25) if eco.engine.options(i)): {"effort": 200}}
    noting.step(choice)
    eco.step(choice)
    assert (noting.seen[-1], noting.steps) == (4, 4)
    assert noting.digest() == eco.digest()


# --- agents ----------------------------------------------------------------------------------------------------------


def test_agents_get(eco: Any) -> None:
    people, agents = eco.engine.learners, eco.agents
    assert agents.get("flow") == people.flow.tolist()
    assert agents.get(["unique_id", "flow"])[3] == [3, people.flow[3]]
    assert agents.get("mastery")[2] == people.mastery[:, 2].tolist()
    with pytest.raises(AttributeError, match="no attribute beauty"):
        agents.get("beauty")
    assert agents[:2].get("beauty", handle_missing="default", default_value=1) == [1, 1]
    assert agents[:2].get(["unique_id", "beauty"], "default") == [[0, None], [1, None]]


def test_agents_select(eco: Any) -> None:
    people, agents = eco.engine.learners, eco.agents
    enrolled = agents.select(lambda each: each.enrolled)
    assert enrolled.get("unique_id") == np.flatnonzero(people.enrolled).tolist()
    assert 0 < len(enrolled) < 25
    assert agents.select(people.enrolled).get("unique_id") == enrolled.get("unique_id")
    asked = agents.select(filter_func=lambda each: each.enrolled, at_most=3, agent_type=Learner)
    assert asked.to_list() == enrolled.to_list()[:3]
    sizes = [len(agents.select(at_most=most)) for most in (4, 0.2, 1.0, 0, 1, 99)]
    assert sizes == [4, 5, 25, 0, 1, 25]
    assert len(agents.select(agent_type=mesa.Agent)) == 0
    assert agents.select(people.enrolled, inplace=True) is agents
    assert agents.to_list() == enrolled.to_list()
    assert len(eco.agents) == 25


def test_agents_agg_and_map(eco: Any) -> None:
    people, agents = eco.engine.learners, eco.agents
    assert agents.agg("persistence", np.mean) == people.persistence.mean()
    assert agents.agg("apprenance", [min, max]) == [min(agents.get("apprenance")), max(agents.get("apprenance"))]
    assert agents.map(lambda each, plus: each.unique_id + plus, plus=1) == list(range(1, 26))
    assert agents.map("__repr__")[3] == "Learner(3)"


def test_agents_in_order(eco: Any) -> None:
    agents = eco.agents
    by_flow = agents.sort("flow")
    assert by_flow.get("flow") == sorted(agents.get("flow"), reverse=True)
    up = agents.sort(lambda each: (each.flow, -each.unique_id), ascending=True)
    assert up.get("unique_id") == by_flow.get("unique_id")[::-1]
    shuffled = agents.shuffle()
    assert sorted(shuffled.get("unique_id")) == agents.get("unique_id") != shuffled.get("unique_id")
    assert agents.shuffle(inplace=True) is agents
    assert agents.get("unique_id") != list(range(25))
    seen: list[int] = []
    assert by_flow.shuffle_do(lambda each: seen.append(each.unique_id)) is by_flow
    assert sorted(seen) == list(range(25)) != seen
    assert len(eco.agents[:0].shuffle()) == len(eco.agents[:0].sort("flow")) == 0
    assert eco.run().digest() == ecosim.run(SMALL).digest(), "Mesa's generator has been used, and nothing hangs on it"


def test_agents_do(eco: Any) -> None:
    seen: list[int] = []
    assert eco.agents.do(lambda each, into: into.append(each.unique_id), seen) is not None
    assert seen == list(range(25))
    with pytest.raises(AttributeError, match="no attribute dance"):
        eco.agents.do("dance")


def test_agents_groupby() -> None:
    profiles = {"new": {"share": 0.6}, "old": {"share": 0.4}}
    eco = ecosim.Ecosystem(SMALL | {"context": {"profiles": profiles}}).run()
    groups = eco.agents.groupby("profile_name")
    new = int((eco.engine.learners.profile == 0).sum())
    assert groups.count() == {"new": new, "old": 25 - new}
    assert 0 < new < 25
    assert len(groups) == 2
    assert groups.agg("flow", max) == {name: max(each.get("flow")) for name, each in groups}
    assert groups.map("agg", "flow", np.min) == groups.map(lambda each: each.agg("flow", np.min))
    assert isinstance(groups.groups["old"], Learners)
    sizes: list[int] = []
    assert groups.do(lambda each: sizes.append(len(each))) is groups
    assert sorted(sizes) == sorted([new, 25 - new])
    tied = eco.agents.groupby(lambda each: len(each.neighbours) > 2, result_type="list").groups
    assert sum(len(each) for each in tied.values()) == 25
    assert isinstance(tied[True], list)
    assert fmean(len(each.neighbours) for each in tied[True]) > 2


def test_a_selection_is_copied_and_travels(eco: Any) -> None:
    few = eco.agents[3:5]
    for other in (few.copy(), copy.copy(few)):
        assert other is not few
        assert other.to_list() == few.to_list()
    she = pickle.loads(pickle.dumps(few[0]))
    assert (she.unique_id, she.flow) == (3, few[0].flow)
    assert she.model is not eco
    assert copy.copy(few[0]) == few[0]
    assert repr(few) == "Learners(2)"


@pytest.mark.parametrize("what", ["set", "add", "remove", "discard"])
def test_the_set_of_agents_does_not_change(eco: Any, what: str) -> None:
    with pytest.raises(UsageError, match="learners live in arrays"):
        getattr(eco.agents, what)("persistence", 1.0)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda eco: eco.agents.do("step"),
        lambda eco: eco.agents.shuffle_do("step"),
        lambda eco: eco.agents[0].remove(),
        lambda eco: Learner.create_agents(eco, 3),
        lambda eco: mesa.Agent(eco),
        lambda eco: eco.remove_all_agents(),
        lambda eco: setattr(eco, "agents", []),
    ],
)
def test_agents_cannot_be_stepped_made_or_removed(eco: Any, attempt: Callable[[Any], Any]) -> None:
    with pytest.raises(UsageError, match=r"learners live in arrays.*step\(\) lives a week"):
        attempt(eco)
    assert len(eco.agents) == 25
    assert eco.run().digest() == ecosim.run(SMALL).digest()


def test_agents_cannot_be_changed(eco: Any) -> None:
    before = eco.digest()
    with pytest.raises(AttributeError, match="persistence cannot be changed"):
        eco.agents.do(lambda each: setattr(each, "persistence", 1.0))
    assert eco.digest() == before
