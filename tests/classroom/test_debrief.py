"""What a class has changed: exact where it can be, paired where it cannot, the same wherever it is computed."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from ecosim.classroom.course import Change, Course, Facts
from ecosim.classroom.debrief import Came, Debrief, debrief, lived_kept
from ecosim.classroom.debrief.judging import ALPHA, COMPARED, compared
from ecosim.classroom.debrief.luck import Asked, under_luck
from ecosim.classroom.debrief.worlds import Plan, plans
from ecosim.dashboard.comparing import MATTERS
from ecosim.errors import EcosimError, UsageError
from ecosim.model.engine import Engine
from ecosim.model.metrics import METRICS
from ecosim.model.run import new_engine

from .played import CIRCLES, LEARNERS, WEEKS, played

WEEKLY = ("participation", "mean_flow", "retention")
CHANGES = {2: {"facilitation": 0.9}, 4: {"incentive": 0.5}}
OTHER = {"facilitation": 0.0, "signifier_collective": 0.5}


@pytest.fixture(scope="module")
def course() -> Course:
    """A lesson of which two weeks are left."""
    return played(weeks=4, replicate=5, changes=CHANGES)


@pytest.fixture(scope="module")
def found(course: Course) -> Debrief:
    return debrief(course.facts, range(LEARNERS), WEEKLY, OTHER, lucks=4)


def test_as_it_was_is_what_the_room_has_lived(course: Course, found: Debrief) -> None:
    lived = found.worlds["lived"]
    assert (lived.kept, lived.dropped) == (sum(map(len, course.facts.choices)), 0)
    assert found.decided == lived.kept > 10
    assert lived_kept(course.facts, 4, 5).engine.digest() == course.engine.digest()
    for name in COMPARED:
        assert lived.values[name] == METRICS[name].value(course.engine)
    for name in WEEKLY:
        assert lived.series[name] == METRICS[name].weekly(course.engine).tolist()  # type: ignore[union-attr]


def test_no_world_lives_longer_than_the_class(found: Debrief) -> None:
    assert (found.weeks, found.replicate, found.lucks) == (4, 5, 4)
    assert list(found.worlds) == ["lived", "model", "untouched", "alternative"]
    for came in found.worlds.values():
        assert {len(row) for row in came.series.values()} == {4}
        assert {lot.weeks for lot in came.lots.values()} == {4}
        assert {len(lot.persistence) for lot in came.lots.values()} == {4}


def test_the_worlds_are_those_of_facts_without_people_without_changes_and_with_levers(
    course: Course, found: Debrief
) -> None:
    facts = course.facts
    alone = new_engine(facts.loaded(), 5)
    for _ in range(4):
        alone.step()
    untouched = naive(replace(facts, changes=()), 4, 5)
    other = naive(facts.with_lever("facilitation", 0.0).with_lever("signifier_collective", 0.5), 4, 5)
    for name, engine in (("model", alone), ("untouched", untouched[0]), ("alternative", other[0])):
        for metric in COMPARED:
            assert found.worlds[name].values[metric] == METRICS[metric].value(engine), (name, metric)
    assert (found.worlds["untouched"].kept, found.worlds["untouched"].dropped) == untouched[1:]
    assert other[2] > 0  # not all that was decided is possible there
    assert (found.worlds["alternative"].kept, found.worlds["alternative"].dropped) == other[1:]


def naive(facts: Facts, weeks: int, replicate: int) -> tuple[Engine, int, int]:
    """Live a course under another luck the slow way: try each choice alone, in a copy of the whole world."""
    engine, kept, lost = new_engine(facts.loaded(), replicate), 0, 0
    for choices in facts.choices[:weeks]:
        possible = {}
        for learner, choice in choices.items():
            try:
                pickle.loads(pickle.dumps(engine)).step({learner: choice})
            except UsageError:
                lost += 1
            else:
                possible[learner], kept = choice, kept + 1
        engine.step(possible)
    return engine, kept, lost


@pytest.mark.parametrize("text", [None, CIRCLES])
def test_what_is_possible_under_another_luck_is_kept_and_nothing_else(text: str | None) -> None:
    facts = (played(text) if text else played(seed=4)).facts
    slow, kept, lost = naive(facts, WEEKS, 2)
    fast = lived_kept(facts, WEEKS, 2)
    assert fast.engine.digest() == slow.digest()
    assert (fast.kept, fast.dropped) == (kept, lost)
    assert kept > 0
    assert lost > 0


def test_choices_that_say_nothing_change_nothing() -> None:
    facts = Facts(played().facts.text, choices=tuple({0: {}, 1: {"effort": None}} for _ in range(WEEKS)))
    assert lived_kept(facts, WEEKS, 0).engine.digest() == new_engine(facts.loaded()).run().digest()
    assert list(plans(facts, None)) == ["lived"]  # there is nothing to hold against the model
    assert debrief(facts, [0], WEEKLY).pairs == ()
    both = {"lived": Plan(facts.loaded(), facts.choices, WEEKS), "model": Plan(facts.loaded(), (), WEEKS)}
    own, *others = (under_luck(both, each, Asked(COMPARED, WEEKLY, (0, 1))) for each in range(5))
    assert all(luck["lived"] == luck["model"] for luck in (own, *others))
    for line in compared("model", own, others).lines:
        assert (line.own, line.mean, line.low, line.high, line.word) == (0.0, 0.0, 0.0, 0.0, "equivalent")


def test_another_design_that_is_the_same_is_the_same() -> None:
    facts = played().facts
    value = facts.loaded().scenario.design.facilitation.at(0)
    same = debrief(facts, range(8), WEEKLY, {"facilitation": value}, lucks=4)
    assert same.worlds["alternative"] == same.worlds["lived"]
    pair = next(each for each in same.pairs if each.name == "alternative")
    assert {(line.own, line.mean, line.word) for line in pair.lines} == {(0.0, 0.0, "equivalent")}


def test_there_is_no_world_without_changes_where_none_has_acted_yet() -> None:
    course = played(weeks=3)
    course.change("facilitation", 1.0)
    assert list(plans(course.facts, None)) == ["lived", "model"]
    course.step({})
    assert list(plans(course.facts, None)) == ["lived", "model", "untouched"]
    first = replace(course.facts, changes=(Change(0, "facilitation", 1.0),))
    assert "untouched" in plans(first, None)


def test_a_lesson_in_which_nobody_decided_is_still_compared_with_other_designs() -> None:
    alone = debrief(played(share=0.0, changes=CHANGES).facts, [0], WEEKLY, OTHER, lucks=3)
    assert [pair.name for pair in alone.pairs] == ["untouched", "alternative"]
    assert [pair.kept for pair in alone.pairs] == [None, None]


def test_before_the_first_week_there_is_nothing() -> None:
    empty = debrief(Facts(played().facts.text), [0, 3], WEEKLY, OTHER)
    assert (empty.weeks, empty.lucks, empty.pairs) == (0, 0, ())
    assert set(empty.worlds["lived"].values.values()) == {None}
    assert empty.worlds["lived"].series["participation"] == []
    assert empty.lots(3)["lived"].persistence_end is None


def test_effects_are_those_of_pairs_of_runs_under_the_other_lucks(course: Course, found: Debrief) -> None:
    facts, others = course.facts, [0, 1, 2, 3]  # the class's own, 5, is none of them
    for pair, (of, against) in {
        "model": (facts, facts.without_people()),
        "untouched": (facts, replace(facts, changes=())),
    }.items():
        one, other = ([lived_kept(each, 4, luck) for luck in others] for each in (of, against))
        made = next(each for each in found.pairs if each.name == pair)
        kept, lost = (sum(getattr(each, what) for each in (*one, *other)) for what in ("kept", "dropped"))
        assert made.kept == kept / (kept + lost)
        for line in made.lines:
            value = METRICS[line.metric].value
            differences = [value(a.engine) - value(b.engine) for a, b in zip(one, other, strict=True)]
            assert line.mean == pytest.approx(np.mean(differences), abs=1e-12)
            assert line.pairs == 4
            assert line.low is not None
            assert line.high is not None
            assert line.low <= line.mean <= line.high
            assert line.level == ALPHA / len(COMPARED)
            inside = -line.smallest < line.low and line.high < line.smallest and line.smallest > 0.0
            sided = "higher" if line.low > 0 else "lower" if line.high < 0 else "undecided"
            assert line.word == ("equivalent" if inside or line.low == line.high == 0.0 else sided)
            assert line.smallest == MATTERS.get(line.metric, 0.0)


def test_the_class_s_own_luck_is_no_other_luck() -> None:
    facts = played(weeks=2, replicate=1, seats=3).facts
    seen: list[int] = []

    def noting(function: Callable[..., Any], plan: Any, replicate: int, asked: Any) -> Future[Any]:
        seen.append(replicate)
        future: Future[Any] = Future()
        future.set_result(function(plan, replicate, asked))
        return future

    debrief(facts, [0], (), lucks=3, submit=noting)
    assert seen == [1, 0, 2, 3]


class _Late(Future[Any]):
    """A piece of work that is done when somebody asks for it, after all that were handed in later."""

    def __init__(self, jobs: list[Any]) -> None:
        super().__init__()
        self.jobs = jobs

    def result(self, timeout: float | None = None) -> Any:
        while self.jobs:
            future, work = self.jobs.pop()
            function, arguments = pickle.loads(work)
            future.set_result(pickle.loads(pickle.dumps(function(*arguments))))
        return super().result(timeout)


def test_neither_the_order_of_lucks_nor_who_lives_them_matters(course: Course, found: Debrief) -> None:
    jobs: list[Any] = []

    def backwards(function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        future = _Late(jobs)
        jobs.append((future, pickle.dumps((function, arguments))))
        return future

    assert debrief(course.facts, range(LEARNERS), WEEKLY, OTHER, 4, backwards) == found
    assert pickle.loads(pickle.dumps(found)) == found


def test_where_one_luck_is_lost_the_others_are_given_up(course: Course) -> None:
    futures: list[Future[Any]] = []

    def losing(*_: Any) -> Future[Any]:
        future: Future[Any] = Future()
        futures.append(future)
        if len(futures) == 1:
            future.set_exception(UsageError("web.workshop.lost"))
        return future

    with pytest.raises(UsageError):
        debrief(course.facts, [0], (), lucks=3, submit=losing)
    assert len(futures) == 4
    assert all(future.cancelled() for future in futures[1:])


def test_what_cannot_be_is_refused(course: Course) -> None:
    for alternative in ({"facilitatio": 0.5}, {"facilitation": 2.0}, {"ready_ties": 3.0}):
        with pytest.raises(UsageError):
            debrief(course.facts, [0], (), alternative)
    with pytest.raises(EcosimError):
        debrief(course.facts, [0], ("no_such_metric",))


def test_metrics_without_a_weekly_series_have_none_and_watched_ones_are_watched() -> None:
    names = [
        name
        for name in METRICS
        if METRICS[name].watched or METRICS[name].is_weekly is False or METRICS[name].counterfactual
    ]
    came = debrief(played(weeks=3).facts, [0], names, lucks=0).worlds["lived"]
    assert isinstance(came, Came)
    for name in names:
        assert name in came.values
        assert (name in came.series) <= (METRICS[name].counterfactual is None and METRICS[name].is_weekly is not False)


@pytest.mark.long
def test_processes_of_the_workshop_find_the_same(course: Course, found: Debrief) -> None:
    from ecosim.web.workshop import workshop

    try:
        again = debrief(course.facts, range(LEARNERS), WEEKLY, OTHER, 4, workshop().comparing().submit)
        assert again == found
    finally:
        workshop().close()
