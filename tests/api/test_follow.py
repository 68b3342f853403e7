"""One learner's week, against the arrays and against the equations of the theory."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ecosim.mechanisms.affordance import perception, seen_use
from ecosim.model.engine import Engine
from ecosim.model.follow import FELT, STATES, landscape, week_of
from ecosim.model.run import simulate
from ecosim.scenario.resolve import load

WORLD: dict[str, Any] = {
    "learners": 40,
    "weeks": 12,
    "context": {
        "arrivals": {"kind": "uniform", "until": 4},
        "migration": {"mobility": 0.5},
        "staying": {"comeback": 0.5},
        "profiles": {"new": {"share": 0.5}, "old": {"share": 0.5}},
        "intention": {"exploration": 0.6},
    },
    "communities": {
        "one": {
            "share": 0.5,
            "design": {"rejection": 0.5, "signifier_collective": 0.1, "visibility": 0.1, "hazard": 0.15},
        },
        "two": {"share": 0.5, "design": {"collective_offer": 0.0, "openness": 0.0, "hazard": 0.1}},
    },
    "events": [{"week": 5, "do": "swap", "share": 0.3}],
}
REASONS = {"not_offered", "not_perceived", "not_able", "out_of_reach"}


class Watch:
    """Lives a run week by week, noting what the week began with."""

    def __init__(self) -> None:
        self.engine = Engine(load(WORLD).scenario, 1)
        self.stories: dict[int, list[dict[str, Any]]] = {i: [] for i in range(40)}
        self.begun: list[dict[str, Any]] = []
        self.ended: list[dict[str, Any]] = []

    def run(self) -> Watch:
        """Live all weeks."""
        while self.engine.running:
            before = self.engine.learners.enrolled.copy()
            self.engine.open_week()
            self.begun.append(self.copy() | {"before": before})
            self.engine.step()
            self.ended.append(self.copy())
            for i, story in self.stories.items():
                story.append(week_of(self.engine, i, story[-1] if story else None))
        return self

    def copy(self) -> dict[str, Any]:
        """Return copies of what people are, of ties and of what is offered."""
        engine = self.engine
        fields = {name: getattr(engine.learners, name).copy() for name in engine.learners._fields}
        return fields | {
            "ties": [each.copy() for each in engine.ties],
            "artefacts": [a.copy() for a in engine.artefacts],
        }


@pytest.fixture(scope="module")
def watch() -> Watch:
    """One run, watched."""
    return Watch().run()


def weeks(watch: Watch) -> Any:
    """Return (week, learner, record) of all."""
    return [(t, i, story[t]) for i, story in watch.stories.items() for t in range(12)]


def test_states_are_those_at_the_weeks_end(watch: Watch) -> None:
    for t, i, record in weeks(watch):
        end, begin = watch.ended[t], watch.begun[t]
        assert (record["week"], record["learner"]) == (t, i)
        assert {name: record[name] for name in STATES} == {name: end[name][i] for name in STATES}
        assert record["skill"] == end["skill"][end["interest"][i], i]
        assert record["enrolled"] == begin["enrolled"][i]
        assert record["arrived"] == (begin["arrival_week"][i] == t)
        assert record["left"] == (begin["enrolled"][i] and not end["enrolled"][i])
        assert record["returned"] == (end["enrolled"][i] and not begin["enrolled"][i])
        assert record["community"] == ("one", "two")[begin["community"][i]]
        assert record["community_after"] == ("one", "two")[end["community"][i]]
        first, _, weight, _ = end["ties"]
        assert record["ties"] == first[i + 1] - first[i]
        assert record["tie_strength"] == pytest.approx(weight[first[i] : first[i + 1]].sum())


def test_skill_before_is_that_of_the_week_before(watch: Watch) -> None:
    for t, i, record in weeks(watch):
        if t == 0:
            expected = watch.begun[0]["initial_skill"][i] if record["acted"] else None
        else:
            expected = watch.stories[i][t - 1]["skill"]
        assert record["skill_before"] == expected


def test_deeds_are_those_of_the_arrays(watch: Watch) -> None:
    names = watch.engine.artefact_names
    for t, i, record in weeks(watch):
        end = watch.ended[t]
        assert record["acted"] == (end["used"][i] >= 0)
        if not record["acted"]:
            assert all(record[name] is None for name in (*FELT, "artefact", "effort", "partner", "success", "answered"))
            continue
        assert record["artefact"] == end["used"][i]
        assert record["artefact_name"] == names[record["artefact"]]
        assert (record["partner"] if record["partner"] is not None else -1) == end["partner"][i]
        assert (record["ground"] is None) == (record["partner"] is None)
        assert {name: record[name] for name in FELT} == {name: end[name][i] for name in FELT}
        given = end["contributions"][i] - (watch.ended[t - 1]["contributions"][i] if t else 0.0)
        assert given == (record["effort"] if record["collective"] else 0.0)
        taken = record["artefacts"][record["artefact"]]
        assert taken["option"]
        assert record["explored"] == (not taken["compossible"])


def test_answers_have_an_author(watch: Watch) -> None:
    posts = [record for *_, record in weeks(watch) if record["collective"]]
    solo = [record for *_, record in weeks(watch) if record["acted"] and not record["collective"]]
    assert all(record["answered"] is None and record["author"] is None for record in solo)
    assert {record["answered"] for record in posts} == {True, False}
    for record in posts:
        if not record["answered"]:
            assert (record["rejected"], record["author"], record["author_ground"]) == (False, None, None)
    authors = {record["author"] for record in posts if record["answered"]}
    assert "facilitator" in authors
    assert any(isinstance(author, int) for author in authors)
    assert any(record["rejected"] for record in posts)


def test_possibilities_are_the_theorys(watch: Watch) -> None:
    """Perception as process 1 of docs/model.md says it, from what the week began with, whatever is divided out."""
    p, seen = watch.engine.p.affordance, 0
    for t, i, record in weeks(watch):
        begin = watch.begun[t]
        assert len(record["artefacts"]) == (12 if begin["enrolled"][i] else 0)
        for each in record["artefacts"]:
            assert each["affordance"] == pytest.approx(
                each["offered"] * (each["perceived"] or 0.0) * each["able"] * each["reach"], abs=1e-12
            )
            assert each["compossible"] == (each["affordance"] >= p.theta)
            if each["perceived"] is not None:
                assert each["perceived"] == pytest.approx(perceived(watch, t, i, each["number"]), abs=1e-9)
                seen += 1
    assert seen > 1000


def perceived(watch: Watch, t: int, i: int, m: int) -> float:
    """Return the perception of artefact ``m`` by learner ``i`` in week ``t``."""
    begin, p = watch.begun[t], watch.engine.p.affordance
    c = begin["community"][i]
    levers = watch.engine.levers
    first, other, weight, _ = begin["ties"]
    row = slice(first[i], first[i + 1])
    using = weight[row][begin["used"][other[row]] == m].sum()
    tutor = levers.facilitation[t, c] * p.gamma
    collective = watch.engine.artefacts.collective
    shown = p.shown / collective.sum() if collective[m] else 0.0
    signifier = begin["artefacts"][watch.engine.artefacts._fields.index("signifier")][m, c]
    seen = seen_use(using, weight[row].sum(), tutor, shown, p.w0)
    return perception(signifier, begin["mastery"][m, i], levers.visibility[t, c], seen, p.omega)


def test_reasons_name_the_weakest_link(watch: Watch) -> None:
    found = set()
    for *_, record in weeks(watch):
        for each in record["artefacts"]:
            assert (each["reason"] is None) == each["compossible"]
            if each["compossible"]:
                continue
            found.add(each["reason"])
            factors = {
                "not_offered": each["offered"],
                "not_perceived": 1.0 if each["perceived"] is None else each["perceived"],
                "not_able": each["able"],
                "out_of_reach": each["reach"],
            }
            assert factors[each["reason"]] == min(factors.values())
    assert found == REASONS


def test_this_world_shows_all_that_may_happen(watch: Watch) -> None:
    records = [record for *_, record in weeks(watch)]
    for event in ("arrived", "left", "returned", "acted", "explored"):
        assert any(record[event] for record in records), event
    assert any(record["community"] != record["community_after"] for record in records)
    assert {record["profile"] for record in records} == {"new", "old"}


def test_without_profiles_there_is_no_name_for_one() -> None:
    run = simulate(load({"learners": 10, "weeks": 1}), follow=[2])
    assert run.followed[2][0]["profile"] is None
    assert run.followed[2][0]["community"] == "community"


def test_records_are_plain_values(watch: Watch) -> None:
    plain = (bool, int, float, str, list, type(None))
    for *_, record in weeks(watch):
        assert all(type(value) in plain for value in record.values()), record
        for each in record["artefacts"]:
            assert all(type(value) in plain for value in each.values()), each


def test_the_landscape_sums_up_what_people_perceive(watch: Watch) -> None:
    last = [story[-1] for story in watch.stories.values()]
    seen = landscape(watch.engine)
    assert len(seen) == 2 * 12
    for place in seen:
        here = [record for record in last if record["enrolled"] and record["community"] == place["community"]]
        artefacts = [record["artefacts"][place["number"]] for record in here]
        assert here
        assert place["possible"] == pytest.approx(np.mean([each["compossible"] for each in artefacts]))
        assert place["affordance"] == pytest.approx(np.mean([each["affordance"] for each in artefacts]))
        assert {each["offered"] for each in artefacts} == {place["offered"]}
        assert place["users"] == sum(record["artefact"] == place["number"] for record in here)


def test_nobody_perceives_where_nobody_is() -> None:
    engine = Engine(load({"learners": 10, "weeks": 5}).scenario)
    engine.learners.arrival_week[:] = 9
    engine.step()
    assert {place["possible"] for place in landscape(engine)} == {None}
    assert {place["users"] for place in landscape(engine)} == {0}
