"""The Mesa model: what Mesa users expect of one, and that it changes nothing."""

from __future__ import annotations

import copy
import json
import pickle
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pytest

import ecosim
from ecosim.errors import UsageError
from ecosim.model.engine import Engine
from ecosim.model.metrics import METRICS
from ecosim.model.views import Learner

SMALL: dict[str, Any] = {"learners": 25, "weeks": 6, "seed": 4}


@pytest.fixture
def eco() -> Any:
    """An ecosystem that has lived three of six weeks."""
    model = ecosim.Ecosystem(SMALL)
    for _ in range(3):
        model.step()
    return model


def test_it_is_a_mesa_model(eco: Any) -> None:
    assert isinstance(eco, mesa.Model)
    assert eco.running is True
    assert (eco.steps, eco.engine.week) == (3, 3)
    eco.run_model()
    assert eco.running is False
    assert (eco.steps, eco.engine.week) == (6, 6)


def test_a_step_beyond_the_end_is_no_week_and_not_counted(eco: Any) -> None:
    eco.run()
    before = eco.digest()
    with pytest.warns(RuntimeWarning, match="the run is over: it has 6 weeks"):
        eco.step()
    with pytest.raises(UsageError, match="the run is over: it has 6 weeks"):
        eco.step({0: {"effort": 5}})
    assert (eco.steps, eco.engine.week, eco.digest()) == (6, 6, before)
    assert len(eco.datacollector.get_model_vars_dataframe()) == 6


def test_results_do_not_depend_on_mesas_random() -> None:
    model = ecosim.Ecosystem(SMALL)
    while model.running:
        model.random.random()
        model.rng.random(7)
        model.step()
    assert model.digest() == ecosim.run(SMALL).digest()


def test_the_seed_by_either_name() -> None:
    expected = ecosim.run(SMALL, seed=9).digest()
    for name, given in (("seed", 9), ("rng", 9), ("rng", "9"), ("rng", np.int64(9)), ("seed", " 9 ")):
        assert ecosim.Ecosystem(SMALL, **{name: given}).run().digest() == expected
    assert ecosim.Ecosystem(SMALL, seed=9, rng="9").run().digest() == expected
    with pytest.raises(UsageError, match=r"rng \(1\) and seed \(2\) are two names"):
        ecosim.Ecosystem(SMALL, seed=2, rng=1)
    assert ecosim.Ecosystem(SMALL).loaded.scenario.seed == 4
    for wrong in ("nine", -1, np.random.default_rng(1)):
        with pytest.raises(UsageError, match="a seed is"):
            ecosim.Ecosystem(SMALL, rng=wrong)  # type: ignore[arg-type]


def test_settings_are_dotted_paths() -> None:
    model = ecosim.Ecosystem("preset:xmooc", learners=20, weeks=2, **{"design.choice": 0.9})
    assert model.loaded.scenario.design.choice.at(0) == 0.9
    with pytest.raises(ecosim.InvalidFile, match="choise"):
        ecosim.Ecosystem("preset:xmooc", **{"design.choise": 0.9})
    with pytest.raises(ecosim.InvalidFile, match="choise"):
        ecosim.Ecosystem(model.loaded, **{"design.choise": 0.9})


def test_choices_pass_through_mesa(eco: Any) -> None:
    twin = Engine(eco.loaded.scenario)
    for _ in range(3):
        twin.step()
    person = next(i for i in range(25) if twin.options(i))
    choice = {person: {"artefact": twin.options(person)[0], "effort": 30}}
    twin.step(choice)
    eco.step(choice)
    assert eco.digest() == twin.digest()
    eco.step()
    twin.step()
    assert eco.digest() == twin.digest()


def test_an_impossible_choice_can_be_mended(eco: Any) -> None:
    with pytest.raises(UsageError, match="whole number from 1 to 201"):
        eco.step({int(np.flatnonzero(eco.engine.learners.enrolled)[0]): {"effort": 0}})
    assert eco.engine.week == 3
    eco.step()
    assert eco.engine.week == 4


def test_the_datacollector_has_the_weekly_metrics(eco: Any) -> None:
    eco.run()
    collected = eco.datacollector.get_model_vars_dataframe()
    assert len(collected) == 6
    assert set(collected) == set(eco.weekly)
    for name in collected:
        np.testing.assert_array_equal(collected[name], eco.weekly[name], err_msg=name)


def test_tables_speak_of_the_weeks_lived(eco: Any) -> None:
    assert list(eco.weekly.index) == [0, 1, 2]
    assert len(eco.learners) == 25
    assert eco.graph().number_of_nodes() == 25
    assert eco.summary["retention"] == eco.weekly["retention"].iloc[-1]
    assert set(eco.summary) == {n for n in METRICS if not METRICS[n].costly and not METRICS[n].counterfactual}


def test_nothing_is_undefined_before_the_first_step_but_values() -> None:
    model = ecosim.Ecosystem(SMALL)
    assert len(model.weekly) == 0
    assert model.summary["mean_flow"] is None
    assert len(model.agents) == 25


def test_views_read_the_arrays(eco: Any) -> None:
    people = eco.engine.learners
    she = eco.agents[7]
    assert (she.unique_id, she.model) == (7, eco)
    assert she.persistence == people.persistence[7]
    assert type(she.enrolled) is bool
    assert she.skill == people.skill[people.interest[7], 7]
    np.testing.assert_array_equal(she.mastery, people.mastery[:, 7])
    assert she.community_name == "community"
    assert she.profile_name == ""
    first, other = eco.engine.ties[:2]
    assert [each.unique_id for each in she.neighbours] == other[first[7] : first[8]].tolist()
    assert she == eco.agents[7] != eco.agents[8]
    assert len({she, eco.agents[7]}) == 1
    assert repr(she) == "Learner(7)"
    before = she.persistence
    eco.run()
    assert she.persistence == eco.engine.learners.persistence[7] != before


def test_views_are_read_only(eco: Any) -> None:
    she = eco.agents[7]
    with pytest.raises(AttributeError, match="persistence cannot be changed"):
        she.persistence = 1.0
    assert not hasattr(she, "beauty")
    assert {"flow", "skill", "neighbours", "community_name"} <= set(dir(she))
    assert all(getattr(she, name, None) is not None for name in dir(she))
    she.mastery[:] = 9.0
    assert eco.engine.learners.mastery.max() <= 1.0


def test_agents_are_a_sequence(eco: Any) -> None:
    agents = eco.agents
    assert len(agents) == 25
    assert [each.unique_id for each in agents] == list(range(25))
    assert agents[-1].unique_id == 24
    assert [each.unique_id for each in agents[3:6]] == [3, 4, 5]
    assert agents[4] in agents
    assert agents[4] not in agents[5:]
    assert list(eco.agents_by_type) == eco.agent_types == [Learner]
    assert eco.agents_by_type[Learner].to_list() == agents.to_list()


def test_it_can_be_copied(eco: Any) -> None:
    """A copy goes its own way, to the same end."""
    other = copy.deepcopy(eco)
    eco.run()
    assert other.engine.week == 3
    assert other.run().digest() == eco.digest()


def test_it_travels(eco: Any) -> None:
    other = pickle.loads(pickle.dumps(eco))
    assert pickle.loads(pickle.dumps(eco.engine)).run().digest() == eco.run().digest()
    assert (other.steps, other.engine.week, other.running) == (3, 3, True)
    assert other.run().digest() == eco.digest()
    assert other.datacollector.get_model_vars_dataframe().equals(eco.datacollector.get_model_vars_dataframe())


def test_a_loaded_scenario_with_other_settings_is_the_same_as_set_when_loading() -> None:
    world = ecosim.load("preset:community-of-practice", set={"learners": 20, "weeks": 3})
    other = {"design.choice": 0.1, "context.learning.zpd": 0.3, "weeks": 4}
    assert world.build().run().digest() == ecosim.Ecosystem(world.loaded).run().digest()
    expected = ecosim.load("preset:community-of-practice", set={"learners": 20, **other})
    again = ecosim.Ecosystem(world.loaded, seed=2, **other)
    assert again.run().digest() == expected.run(seed=2).digest()
    assert again.loaded.name == world.loaded.name
    assert again.loaded.given == world.loaded.given


def test_other_settings_keep_the_data_files(tmp_path: Path) -> None:
    (tmp_path / "ties.csv").write_text("source,target,weight\nAnna,Béa,0.9\nBéa,Cléo,0.4\n", encoding="utf-8")
    (tmp_path / "seen.csv").write_text("week,metric,value\n1,retention,0.7\n", encoding="utf-8")
    data = {"context": {"network": {"kind": "edges", "file": "ties.csv"}}, "observed": {"file": "seen.csv"}}
    file = tmp_path / "small.yaml"
    file.write_text(json.dumps({"ecosim": 1, "kind": "scenario", "learners": 5, "weeks": 3, **data}), encoding="utf-8")
    loaded = ecosim.load(file).loaded
    again = ecosim.Ecosystem(loaded, learners=6, **{"design.choice": 0.1}).loaded
    assert again.edges == loaded.edges is not None
    assert again.observed == loaded.observed is not None
    assert again.names == ["Anna", "Béa", "Cléo", "", "", ""]
    assert again.scenario.design.choice.at(0) == 0.1


def test_a_lever_of_all_communities_is_refused_where_each_has_its_own() -> None:
    loaded = ecosim.load(SMALL | {"communities": {"one": {"share": 0.5}, "two": {"share": 0.5}}}).loaded
    with pytest.raises(UsageError, match=r"set communities\.one\.design\.choice"):
        ecosim.Ecosystem(loaded, **{"design.choice": 0.1})
    made = ecosim.Ecosystem(loaded, **{"communities.two.design.choice": 0.1}).loaded.scenario
    assert [each.design.choice.at(0) for each in made.communities.values()] == [0.6, 0.1]
