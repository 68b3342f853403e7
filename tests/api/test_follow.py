"""One learner's week, against the arrays and against the equations of the theory."""

from __future__ import annotations

from math import exp, log
from typing import Any

import numpy as np
import pytest

from ecosim import chance as key
from ecosim.chance import gumbel, uniform
from ecosim.mechanisms.affordance import affordance, perception, seen_use
from ecosim.model.engine import Engine
from ecosim.model.follow import FELT, STATES, landscape, week_of
from ecosim.model.risk import TERMS, probability
from ecosim.model.run import simulate
from ecosim.scenario.resolve import load
from tests.api.worlds import SETTING

WORLD: dict[str, Any] = {
    **SETTING,
    "context": SETTING["context"] | {"intention": {"exploration": 0.6}, "access": 0.8},
    "communities": {
        "one": {
            "share": 0.5,
            "design": {
                "rejection": 0.8,
                "signifier_collective": 0.1,
                "visibility": 0.1,
                "hazard": 0.15,
                "deadlines": [1, 2, 5, 6],
                "incentive": 0.5,
                "message_capacity": 2,
                "openness": 0.8,
            },
        },
        "two": {
            "share": 0.5,
            "design": {"collective_offer": [[0, 0.0], [6, 0.0], [7, 0.9]], "openness": 0.0, "hazard": 0.1},
        },
    },
    "events": [
        {"week": 5, "do": "swap", "share": 0.3},
        {"week": 3, "do": "seed_experts", "artefact": 5, "share": 0.4, "place": "random"},
        {"week": 4, "do": "seed_experts", "artefact": 0, "share": 0.4, "place": "random"},
        {"week": 8, "do": "shock", "weeks": 2, "share": 0.5},
    ],
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


def perceived(watch: Watch, t: int, i: int, m: int, tutor: bool = True, others: bool = True) -> float:
    """Return the perception of artefact ``m`` by ``i`` in week ``t``, had she seen the use of these alone."""
    begin, p = watch.begun[t], watch.engine.p.affordance
    c = begin["community"][i]
    levers = watch.engine.levers
    first, other, weight, _ = begin["ties"]
    row = slice(first[i], first[i + 1])
    using = weight[row][begin["used"][other[row]] == m].sum() if others else 0.0
    guided = levers.facilitation[t, c] * p.gamma
    collective = watch.engine.artefacts.collective
    shown = p.shown / collective.sum() if collective[m] else 0.0
    signifier = begin["artefacts"][watch.engine.artefacts._fields.index("signifier")][m, c]
    seen = seen_use(using, weight[row].sum(), guided, shown, p.w0) if tutor or others else 0.0
    return perception(signifier, begin["mastery"][m, i], levers.visibility[t, c], seen, p.omega)


def test_who_made_a_possibility_visible(watch: Watch) -> None:
    """Take the use by others away, then the facilitator's too: what is possible no more was shown."""
    p, found = watch.engine.p.affordance, set()
    for t, i, record in weeks(watch):
        for each in record["artefacts"]:
            m, factors = each["number"], (each["able"], each["reach"])
            alone = affordance(each["offered"], perceived(watch, t, i, m, False, False), *factors) >= p.theta
            guided = affordance(each["offered"], perceived(watch, t, i, m, True, False), *factors) >= p.theta
            expected = None if alone or not each["compossible"] else "facilitator" if guided else "others"
            assert each["shown"] == expected
            found.add(expected)
    assert found == {None, "facilitator", "others"}


def test_what_was_known_and_liked_is_that_of_the_weeks_start(watch: Watch) -> None:
    experts = 0
    for t, i, record in weeks(watch):
        for each in record["artefacts"]:
            m, begin = each["number"], watch.begun[t]
            assert each["mastery"] == begin["mastery"][m, i]
            assert each["enjoyment"] == pytest.approx(begin["enjoyment"][m, i], abs=1e-9)
            experts += each["mastery"] == 1.0
        assert record["mastery"] == watch.ended[t]["mastery"][:, i].tolist()
        assert record["instruments"] == np.flatnonzero(watch.ended[t]["mastery"][:, i] > 0.6).tolist()
    assert experts >= 10


def test_chances_are_those_by_which_she_chose(watch: Watch) -> None:
    """The same luck again: the option with the highest log probability + noise is the one taken."""
    for t, i, record in weeks(watch):
        options = [each for each in record["artefacts"] if each["option"]]
        assert all(each["chance"] is None for each in record["artefacts"] if not each["option"])
        if options:
            assert sum(each["chance"] for each in options) == pytest.approx(1.0)
        if record["acted"]:
            draw = {each["number"]: gumbel(uniform(1, 1, key.CHOICE, t, i, each["number"])) for each in options}
            taken = max(options, key=lambda each: log(each["chance"]) + draw[each["number"]])
            assert taken["number"] == record["artefact"]


def test_whether_she_acts_is_as_likely_as_told(watch: Watch) -> None:
    for t, i, record in weeks(watch):
        if not record["enrolled"]:
            assert record["access"] is record["explores"] is record["likely"] is record["pulled"] is None
            continue
        luck, likely = uniform(1, 1, key.ACT, t, i, 0), record["likely"]
        assert record["acted"] == (record["access"] and luck < likely)
        if record["pulled"]:
            assert record["acted"] and record["deadline"]
        if record["acted"] and record["deadline"]:
            unpulled = 1 / (1 + exp(-(log(likely / (1 - likely)) - watch.engine.p.intention.deadline_pull)))
            assert record["pulled"] == (luck >= unpulled)
        if record["explored"]:
            assert record["explores"]
        assert record["struck"] in ((0, 1) if t in (8, 9) else (0,))
    assert any(record["struck"] for *_, record in weeks(watch))
    assert any(record["pulled"] for *_, record in weeks(watch))
    assert {record["access"] for *_, record in weeks(watch)} == {True, False, None}


def test_the_hazard_is_the_engines(watch: Watch) -> None:
    """She leaves when her luck is below the hazard told, in every single week; nobody else does."""
    for t, i, record in weeks(watch):
        if record["enrolled"]:
            assert record["left"] == (uniform(1, 1, key.LEAVE, t, i, 0) < record["hazard"])
            assert record["comeback"] is None
        else:
            assert record["hazard"] is None
            back = record["comeback"] or 0.0
            assert record["returned"] == (uniform(1, 1, key.RETURN, t, i, 0) < back)
            assert (record["comeback"] is None) == (watch.ended[t]["left_week"][i] < 0)
    assert sum(record["left"] for *_, record in weeks(watch)) > 20


def test_the_hazard_is_the_sum_of_its_terms(watch: Watch) -> None:
    p = watch.engine.p.staying
    for t, i, record in weeks(watch):
        if not record["enrolled"]:
            continue
        begin, end, terms = watch.begun[t], watch.ended[t], record["hazard_terms"]
        c = begin["community"][i]
        first, other, weight, _ = end["ties"]
        row = slice(first[i], first[i + 1])
        strength = weight[row][begin["enrolled"][other[row]]].sum()
        accepted = max(0.0, (end["need_relatedness"][i] - 0.3) / 0.7)
        driven = 1 - (1 - end["persistence"][i]) * (1 - end["external_drive"][i])
        weeks_here = begin["tenure"][i] + 1
        assert tuple(terms) == TERMS
        assert terms["ease"] == pytest.approx(log((0.15, 0.1)[c]))
        assert terms["deadline"] == pytest.approx(log(3) if c == 0 and t in (1, 2, 5, 6) else 0.0)
        assert record["deadline"] == (c == 0 and t in (1, 2, 5, 6))
        assert terms["drive"] == pytest.approx(-5 * (driven - 0.5))
        assert record["tenure"] == weeks_here
        assert terms["newness"] == pytest.approx(1.2 * exp(-weeks_here / 2))
        assert terms["held"] == pytest.approx(-p.h_W * (1 - exp(-strength / 0.5)) * accepted, abs=1e-9)
        assert terms["load"] == pytest.approx(0.2 * record["load"])
        assert record["hazard"] == pytest.approx(1 - exp(-exp(sum(terms.values()))))
        assert record["hazard"] == pytest.approx(probability(terms))
    assert any(record["load"] for *_, record in weeks(watch))


def test_the_others_around_her_are_those_of_her_community(watch: Watch) -> None:
    for t in range(12):
        here = [story[t] for story in watch.stories.values() if story[t]["enrolled"]]
        for record in here:
            others = [
                each["hazard_terms"]
                for each in here
                if each["community"] == record["community"] and each["learner"] != record["learner"]
            ]
            mean = {name: np.mean([each[name] for each in others]) for name in TERMS}
            assert record["hazard_terms_here"] == pytest.approx(mean)
            assert record["hazard_here"] == pytest.approx(1 - exp(-exp(sum(mean.values()))))


def test_who_is_alone_has_nobody_around_and_where_nobody_can_leave_nobody_leaves() -> None:
    world = {"learners": 1, "weeks": 3, "design": {"hazard": 0}, "context": {"network": {"kind": "none"}}}
    records = simulate(load(world), follow=[0]).followed[0]
    assert {record["hazard_here"] for record in records} == {None}
    assert {record["hazard_terms"]["ease"] for record in records} == {None}
    assert {record["hazard"] for record in records} == {0.0}
    assert {probability(record["hazard_terms"]) for record in records} == {0.0}


def test_whom_she_met_and_who_met_her(watch: Watch) -> None:
    for t, i, record in weeks(watch):
        callers = [j for j, story in watch.stories.items() if story[t]["partner"] == i]
        assert record["called_by"] == callers
        partner = record["partner"]
        if partner is None:
            assert record["partner_tie"] is record["same_topic"] is None
            continue
        first, other, weight, _ = watch.begun[t]["ties"]
        tied = dict(zip(*(each[first[i] : first[i + 1]].tolist() for each in (other, weight)), strict=True))
        assert record["partner_tie"] == tied.get(partner, 0.0)
        interest = watch.begun[t]["interest"]
        assert record["same_topic"] == (interest[i] == interest[partner])


def test_the_motive_changes_by_the_terms_told(watch: Watch) -> None:
    undermined = 0
    for t, i, record in weeks(watch):
        if not record["acted"]:
            assert record["motive_terms"] is None
            continue
        start, end = watch.begun[t]["autonomous_motive"][i], watch.ended[t]["autonomous_motive"][i]
        assert min(1.0, max(0.0, start + sum(record["motive_terms"].values()))) == pytest.approx(end)
        undermined += record["motive_terms"]["undermined"] < 0.0
    assert undermined


def test_apprenance_is_that_of_the_table_of_learners(watch: Watch) -> None:
    for i, story in watch.stories.items():
        end = watch.ended[-1]
        wanting, able = end["autonomous_motive"][i], 0.5 * (end["efficacy"][i] + end["autonomy"][i])
        assert story[-1]["apprenance"] == pytest.approx((wanting * able * end["persistence"][i]) ** (1 / 3))


def test_without_the_week_before_what_only_it_tells_is_unknown() -> None:
    engine = Engine(load({"learners": 12, "weeks": 3}).scenario)
    engine.step()
    assert week_of(engine, 0)["likely"] is not None
    engine.step()
    late = week_of(engine, 0)
    assert late["likely"] is late["pulled"] is None
    assert {each["mastery"] for each in late["artefacts"]} == {None}


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
    def plain(value: Any) -> bool:
        if type(value) in (list, dict):
            return all(plain(each) for each in (value.values() if isinstance(value, dict) else value))
        return type(value) in (bool, int, float, str, type(None))

    for *_, record in weeks(watch):
        assert all(plain(value) for value in record.values()), record


def test_names_that_programs_rely_on_stay(watch: Watch) -> None:
    """``--learner --json`` may say more from version to version, never less."""
    week = {
        "week", "learner", "profile", "community", "community_after", "enrolled", "arrived", "left", "returned",
        "artefacts", "acted", "artefact", "artefact_name", "collective", "explored", "effort", "partner", "ground",
        "difficulty", "challenge", "mismatch", "balance", "success", "answered", "rejected", "author", "author_ground",
        "skill_before", "skill", "load", "ties", "tie_strength", "hazard", "hazard_terms", "hazard_here",
        "hazard_terms_here", "tenure", *FELT, *STATES,
    }  # fmt: skip
    thing = {
        "number", "name", "collective", "affordance", "offered", "perceived", "able", "reach", "compossible", "option",
        "reason",
    }  # fmt: skip
    for *_, record in weeks(watch):
        assert week <= record.keys()
        assert all(thing <= each.keys() for each in record["artefacts"])


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
