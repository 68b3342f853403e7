"""A course is its facts: lived again it is the same to the last bit, whatever was changed and decided on the way."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosim.classroom.course import Change, Course, Facts, changed
from ecosim.errors import EcosimError, UsageError
from ecosim.model.run import simulate
from ecosim.scenario.design import LEVERS, SCHEDULED
from ecosim.scenario.schedule import Schedule

TEXT = "ecosim: 1\nkind: scenario\nextends: preset:community-of-practice\nlearners: 24\nweeks: 8\nseed: 3\n"
WEEKS = 8


def decided(course: Course, picks: list[int]) -> dict[int, dict[str, Any]]:
    """Return possible choices of some learners, drawn from ``picks``."""
    made: dict[int, dict[str, Any]] = {}
    for learner, pick in enumerate(picks):
        options = course.options(learner)
        if course.engine.learners.enrolled[learner] and pick:
            made[learner] = (
                {"artefact": None} if pick == 1 or not options else {"artefact": options[pick % len(options)]}
            )
    return made


@st.composite
def scripts(draw: st.DrawFn) -> list[tuple[list[int], list[tuple[str, float]]]]:
    """Return for each week who decides what, and which levers are changed before it."""
    script = []
    for _ in range(draw(st.integers(1, WEEKS))):
        picks = draw(st.lists(st.integers(0, 6), max_size=10))
        levers = draw(st.lists(st.sampled_from(SCHEDULED), max_size=2))
        moves = [
            (name, draw(st.sampled_from([LEVERS[name].plausible.low, LEVERS[name].plausible.high]))) for name in levers
        ]
        script.append((picks, moves))
    return script


@settings(max_examples=25)
@given(scripts())
def test_a_course_lived_again_from_its_facts_is_the_same(script: Any) -> None:
    course = Course(Facts(TEXT))
    for picks, moves in script:
        for lever, value in moves:
            before = course.engine.digest()
            course.change(lever, value)
            assert course.engine.digest() == before  # the past stays
        course.step(decided(course, picks))
    again = Course(course.facts)
    assert again.engine.digest() == course.engine.digest()
    assert again.week == len(script)


@settings(max_examples=10)
@given(scripts())
def test_what_is_exported_is_what_was_lived(script: Any) -> None:
    course = Course(Facts(TEXT))
    for picks, moves in script:
        for lever, value in moves:
            course.change(lever, value)
        course.step(decided(course, picks))
    while course.running:
        course.step({})
    choices = dict(enumerate(course.facts.choices))
    assert simulate(course.loaded, choices=choices).digest() == course.engine.digest()


def test_a_change_acts_from_its_week_on_and_not_before() -> None:
    plain, other = Course(Facts(TEXT)), Course(Facts(TEXT))
    for _ in range(3):
        plain.step({})
        other.step({})
    other.change("facilitation", 0.9)
    assert other.engine.digest() == plain.engine.digest()
    other.change("facilitation", 0.8)
    for course in (plain, other):
        course.step({})
    assert other.engine.digest() != plain.engine.digest()
    levers = other.engine.levers.facilitation[:, 0]
    assert levers[:3].tolist() == plain.engine.levers.facilitation[:3, 0].tolist()
    assert levers[3:].tolist() == [0.8] * (WEEKS - 3)


@given(
    st.lists(st.tuples(st.integers(0, 30), st.floats(0, 1)), min_size=1, max_size=5, unique_by=lambda knot: knot[0]),
    st.integers(0, 30), st.floats(0, 1), st.booleans(),
)  # fmt: skip
def test_a_changed_lever_keeps_its_past_and_then_stays(knots: Any, week: int, value: float, steps: bool) -> None:
    course = Schedule(tuple(sorted(knots)), steps)
    then = changed(course, week, value)
    for each in range(week):
        assert then.at(each) == pytest.approx(course.at(each), abs=1e-12)
    for each in range(week, 40):
        assert then.at(each) == value


def test_the_same_world_without_people_and_with_another_design() -> None:
    course = Course(Facts(TEXT))
    course.step({0: {"artefact": None}})
    course.step({1: {"artefact": None}})
    alone = course.facts.without_people()
    assert alone.choices == ()
    assert alone.loaded().hash() == course.loaded.hash()
    other = course.facts.with_lever("facilitation", 0.0)
    assert other.choices == course.facts.choices
    assert other.loaded().scenario.design.facilitation.at(0) == 0.0


def test_impossible_changes_are_refused_and_nothing_has_happened() -> None:
    course = Course(Facts(TEXT))
    course.step({})
    before = course.facts
    for lever, value in (
        ("facilitatio", 0.5),
        ("ready_ties", 3.0),
        ("choice", 1.5),
        ("choice", True),
        ("choice", "x"),
        ("choice", float("nan")),
    ):
        with pytest.raises(UsageError):
            course.change(lever, value)  # type: ignore[arg-type]
    with pytest.raises(EcosimError):
        course.step({0: {"artefact": 99}})
    assert course.facts == before
    assert course.week == 1


def test_changes_lie_in_the_order_in_which_they_were_made() -> None:
    course = Course(Facts(TEXT))
    course.change("choice", 0.2)
    course.change("choice", 0.9)
    assert course.facts.changes == (Change(0, "choice", 0.2), Change(0, "choice", 0.9))
    assert course.loaded.scenario.design.choice.at(0) == 0.9


def test_a_change_reaches_every_community_whatever_it_sets_itself() -> None:
    text = """
ecosim: 1
kind: scenario
extends: preset:community-of-practice
learners: 40
weeks: 6
communities:
  here: {share: 0.5, design: {facilitation: 0.9}}
  there: {share: 0.5}
"""
    course = Course(Facts(text))
    course.step({})
    course.change("facilitation", 0.2)
    designs = [each.design for each in course.loaded.scenario.communities.values()]
    assert [float(each.facilitation.at(1)) for each in designs] == [0.2, 0.2]
    assert float(designs[0].facilitation.at(0)) == 0.9
    course.step({})
    assert course.engine.lever.facilitation.tolist() == [0.2, 0.2]
