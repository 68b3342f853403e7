"""The sessions that come with ecosim: complete in both languages, claiming nothing, and something happens in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import numpy as np
import pytest
from pydantic import BaseModel

from ecosim.classroom.course import Change, Course, Facts, check_change
from ecosim.classroom.session import load_session, session_names
from ecosim.dashboard.lesson import lesson_names
from ecosim.errors import UsageError
from ecosim.model.metrics import METRICS
from ecosim.model.metrics.bounds import bounds
from ecosim.scenario.parts import Bilingual
from ecosim.scenario.resolve import load

NAMES = session_names()
NO_TEXT = {"scenario", "kind", "metric", "lever", "name", "step", "rests_on", "sources", "show", "set"}
TYPOGRAPHY = re.compile(r"(?<=[^\s\u00a0\u202f]) [;:?!»%]|« |’")
LUCK = 16  #: draws of luck with which a move is tried


def texts(value: Any) -> Iterator[Any]:
    """Yield every text that has two languages, and every plain one that should."""
    if isinstance(value, Bilingual):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in (
                "scenario",
                "kind",
                "metric",
                "lever",
                "name",
                "step",
                "rests_on",
                "sources",
                "show",
                "set",
            ):
                yield from texts(getattr(value, name))
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, str) and value:
        yield value


def last(text: str, changes: tuple[Change, ...], metric: str) -> np.ndarray[Any, Any]:
    """Return the last value of a metric under so many draws of luck, when the model decides for all."""
    ends = []
    for replicate in range(LUCK):
        course = Course(Facts(text, {}, replicate, changes))
        while course.running:
            course.step({})
        series = METRICS[metric].weekly(course.engine)
        assert series is not None
        ends.append(series[-1])
    return np.array(ends)


def test_there_are_sessions_of_twenty_forty_and_ninety_minutes() -> None:
    assert [load_session(name).session.minutes for name in NAMES] == [20, 40, 90]
    assert len(NAMES) == len(list((files("ecosim.classroom") / "sessions").iterdir()))
    assert not set(NAMES) & set(lesson_names())  # each name means one thing


def test_together_they_use_every_move_that_teachers_need() -> None:
    moves = [move for name in NAMES for move in load_session(name).session.moves]
    found = {(move.lever, move.value > 0.5) for move in moves}
    assert {("facilitation", True), ("facilitation", False), ("incentive", True), ("visibility", True)} <= found


def test_an_unknown_session_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean facilitator"):
        load_session("facilitators")
    with pytest.raises(UsageError, match="there is no session"):
        load_session("../sessions/facilitator")


@pytest.mark.parametrize("name", NAMES)
def test_all_words_stand_in_both_languages(name: str) -> None:
    found = list(texts(load_session(name).session))
    assert len(found) > 30
    for each in found:
        assert isinstance(each, Bilingual), each
        assert each.en.strip()
        assert each.fr.strip()
        assert each.en != each.fr
        assert not TYPOGRAPHY.search(each.fr), each.fr


@pytest.mark.parametrize("name", NAMES)
def test_a_session_is_whole(name: str) -> None:
    loaded = load_session(name)
    own, scenario = loaded.session, loaded.scenario.scenario
    assert loaded.warnings == []
    assert sum(stretch.minutes for stretch in own.plan) == own.minutes
    assert {stretch.step for stretch in own.plan} == {"join", "predict", "play", "change", "debrief", "close"}
    assert own.plan[0].step == "join"
    assert own.plan[-1].step == "close"
    assert 8 <= scenario.weeks <= 16
    assert 50 <= scenario.learners <= 100
    assert own.misconception
    assert own.caution
    assert own.rests_on
    assert own.sources
    assert len(own.debrief.questions) >= 3
    assert any("one screen" in each.en.lower() for each in own.notes if isinstance(each, Bilingual))


@pytest.mark.parametrize("name", NAMES)
def test_a_class_finds_seats_in_the_first_week(name: str) -> None:
    engine = Course(Facts(load_session(name).text)).engine
    assert np.sum(engine.learners.arrival_week == 0) >= 50


@pytest.mark.parametrize("name", NAMES)
def test_no_outcome_is_written(name: str) -> None:
    """What is drawn after the weeks is told from them: no per cents, and no number with a decimal, in a text."""
    for words in texts(load_session(name).session):
        assert not re.search(r"\d+([.,]\d+)?\s*(%|points\b)|\d\.\d", words.en), words.en


@pytest.mark.parametrize("name", NAMES)
def test_polls_part_all_values_of_their_metric(name: str) -> None:
    polls = load_session(name).session.polls
    assert any(poll.metric for poll in polls)
    for poll in polls:
        assert 2 <= len(poll.options) <= 4
        if poll.metric is None:
            assert {(each.low, each.high) for each in poll.options} == {(None, None)}
            continue
        low, high = bounds()[poll.metric]
        for value in np.linspace(low, high, 101)[:-1]:
            meant = [each for each in poll.options if each.low <= value < each.high]  # type: ignore[operator]
            assert len(meant) == 1, value
        assert poll.options[-1].high == high


@pytest.mark.parametrize("name", NAMES)
def test_moves_are_what_a_room_accepts(name: str) -> None:
    own = load_session(name).session
    for move in own.moves:
        check_change(move.lever, move.value)
        assert move.say
    assert own.debrief.alternative is not None
    for lever, value in own.debrief.alternative.set.items():
        check_change(lever, value)


@pytest.mark.parametrize("name", NAMES)
def test_the_text_is_the_same_community_to_the_last_bit(name: str) -> None:
    loaded = load_session(name)
    again = load(loaded.text.encode(), allow_files=False)
    assert again.hash() == loaded.scenario.hash()
    assert Facts(loaded.text).loaded().hash() == loaded.scenario.hash()
    assert again.preset == loaded.scenario.preset != ""


MATTERS = {
    "facilitator": (("come",), "participation", 1),
    "open-tools": (("open",), "collective_share", 1),
    "own-energy": (("pay", "stop"), "autotelic_ratio", -1),
}
"""Session -> moves of its plan, what they change at the end, and which way."""


@pytest.mark.parametrize("name", NAMES)
def test_the_central_move_matters(name: str) -> None:
    loaded = load_session(name)
    moves, metric, way = MATTERS[name]
    made = [next(each for each in loaded.session.moves if each.name == move) for move in moves]
    changes = tuple(Change(each.week or 0, each.lever, each.value) for each in made)
    difference = last(loaded.text, changes, metric) - last(loaded.text, (), metric)
    assert np.mean(way * difference > 0) > 0.7  # a class sees it with most draws of luck
    assert metric in loaded.session.show


@pytest.mark.parametrize("name", NAMES)
def test_no_move_is_idle(name: str) -> None:
    """Made one after the other, in the order in which they stand, every move changes the run."""
    loaded = load_session(name)
    changes: tuple[Change, ...] = ()
    week, before = 0, digest(Facts(loaded.text))
    for move in loaded.session.moves:
        week = max(week, move.week or 0)
        week += any((each.week, each.lever) == (week, move.lever) for each in changes)
        changes = (*changes, Change(week, move.lever, move.value))
        now = digest(Facts(loaded.text, changes=changes))
        assert now != before, move.name
        before = now


def digest(facts: Facts) -> str:
    """Return the hash of the whole final state of a course in which the model decides for all."""
    course = Course(facts)
    while course.running:
        course.step({})
    return course.engine.digest()
