"""What phones are told, in every phase and language: the truth, in words, about nobody's secrets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from ecosim.classroom.course import Facts
from ecosim.classroom.journal import Journal
from ecosim.classroom.live import Live
from ecosim.classroom.opening import opened
from ecosim.classroom.phases import CHOOSING, LIVED, LOBBY, OVER
from ecosim.classroom.phones.told import room_told, week_told
from ecosim.classroom.polls import Poll
from ecosim.classroom.refusal import Refused
from ecosim.classroom.session import load_session
from ecosim.language import LANGUAGES
from tests.classroom.conftest import PIN

MOST = 6000  #: characters of what a phone is told at once
KEY = re.compile(r"\b(classroom|terms|artefacts?|sessions|errors)\.[a-z_]|\{\w*\}|\b(nan|NaN|None)\b")
POLL = Poll("?", [{"text": {"en": "Yes", "fr": "Oui"}}, {"text": "no"}], "retention")


def new(source: str = "open-tools", **settings: Any) -> Live:
    """Return a room in use with some students."""
    session = load_session(source)
    live = Live(opened(Facts(session.text, settings), PIN, Journal(None), source=source), session)
    for number in range(12):
        with live.acting() as room:
            room.join(PIN, f"name-{number}")
    return live


def phases(live: Live) -> Iterator[str]:
    """Lead a lesson to its end, in which everybody decides; yield each phase once it stands there."""
    yield LOBBY
    while live.room.course.running:
        live.open_round()
        with live.acting() as room:
            room.ask(Poll(POLL.question, POLL.options, POLL.metric, room.course.week))
        yield CHOOSING
        with live.acting() as room:
            for learner, seat in sorted(room.seats.learners().items()):
                options = room.course.options(learner)
                if options:
                    room.choose(seat.token, options[learner % len(options)])
                    room.guess(seat.token, "hard")
                room.answer(seat.token, learner % 2)
            room.live()
        yield LIVED if live.room.course.running else OVER
    with live.acting() as room:
        room.end()
    yield OVER


@pytest.mark.parametrize("source", ["facilitator", "open-tools", "own-energy"])
def test_everything_is_told_in_words_and_agrees_with_the_room(source: str) -> None:
    live = new(source)
    for phase in phases(live):
        for lang in LANGUAGES:
            whole = room_told(live, lang)
            assert whole["phase"] == phase == live.room.phase
            said = json.dumps(whole, ensure_ascii=False, allow_nan=False)
            assert not KEY.search(said), said
            assert PIN not in said
            for learner, seat in live.room.seats.learners().items():
                told = week_told(live, seat.token, lang)
                assert told is not None
                agrees(live, learner, told, phase)
                words = json.dumps(told, ensure_ascii=False, allow_nan=False)
                assert not KEY.search(words), words
                assert len(words) + len(said) < MOST
                assert not any(each.token in words for each in live.room.seats.taken.values())


def agrees(live: Live, learner: int, told: dict[str, Any], phase: str) -> None:
    """Check what a learner is told against the room itself."""
    room = live.room
    assert told["learner"] == learner
    assert told["over"] == (phase == OVER)
    here = bool(room.course.engine.learners.enrolled[learner]) or room.course.week == 0
    assert told["here"] == here == bool(told["levels"])
    assert all(0.0 <= each["value"] <= 1.0 for each in told["levels"])
    assert told["choice"] == room.choices.get(learner)
    if phase != CHOOSING:
        assert not told["possible"] and not told["around"]
    else:
        assert [each["number"] for each in told["possible"]] == room.course.options(learner)
        assert learner not in [each["learner"] for each in told["around"]]
        assert all(room.course.engine.learners.enrolled[each["learner"]] for each in told["around"])
    record = live.record(learner)
    assert (told["last"] is None) == (record is None or not record["enrolled"])
    if told["last"] is not None:
        assert record is not None
        assert told["last"]["week"] == room.course.week - 1
        assert told["last"]["acted"] == record["acted"]
        assert record["played"] == (learner in room.course.facts.choices[-1])


def test_who_has_left_is_told_so_and_may_live_another() -> None:
    live = new("facilitator", **{"design.hazard": 0.3})
    enrolled = live.room.course.engine.learners.enrolled
    while (live.room.course.running and enrolled[:12].all()) or not live.room.course.week:
        live.open_round()
        with live.acting() as room:
            room.live()
        enrolled = live.room.course.engine.learners.enrolled
    gone = next(learner for learner in range(12) if not enrolled[learner])
    seat = live.room.seats.learners()[gone]
    told = week_told(live, seat.token, "en")
    assert told is not None and not told["here"] and not told["levels"]
    assert told["last"] is not None and "left" in told["last"]["lines"][-1]
    live.open_round()
    told = week_told(live, seat.token, "en")
    assert told is not None and not told["possible"] and not told["around"]
    with live.acting() as room:
        with pytest.raises(Refused):
            room.choose(seat.token, None)
        moved = room.another(seat.token)
    told = week_told(live, moved.token, "en")
    assert told is not None and told["here"] and told["last"] is None and told["possible"]


def test_whoever_decided_what_a_change_makes_impossible_is_told_to_decide_anew() -> None:
    live = new()
    live.open_round()
    with live.acting() as room:
        for learner, seat in room.seats.learners().items():
            room.choose(seat.token, room.course.options(learner)[0])
        before = dict(room.choices)
        room.change("solo_offer", 0.0)  # nothing is offered that people do alone
        after = dict(room.choices)
    assert set(after) < set(before)
    assert room_told(live, "en")["decided"] == len(after)
    for learner, seat in live.room.seats.learners().items():
        told = week_told(live, seat.token, "en")
        assert told is not None
        assert told["choice"] == after.get(learner)
        assert learner in after or before[learner]["artefact"] not in [each["number"] for each in told["possible"]]
    with live.acting() as room:
        room.live()
    assert room.course.facts.choices[-1] == after


def test_a_poll_shows_no_answers_while_it_is_open() -> None:
    live = new()
    live.open_round()
    with live.acting() as room:
        room.ask(POLL)
        room.answer(next(iter(room.seats.taken)), 1)
    french = room_told(live, "fr")["poll"]
    assert french["options"] == ["Oui", "no"] and french["open"] and "counts" not in french
    with live.acting() as room:
        room.live()
    closed = room_told(live, "en")["poll"]
    assert (closed["options"], closed["open"], closed["counts"]) == (["Yes", "no"], False, [0, 1])


@pytest.mark.parametrize(
    ("wish", "word"),
    [((999,), "artefact 999"), ((0, 500), "effort"), ((0, 1, 0), "partenaire")],
)  # fmt: skip
def test_a_refusal_is_in_one_language(wish: tuple[int, ...], word: str) -> None:
    live = new()
    live.open_round()
    seat = live.room.seats.learners()[0]
    with pytest.raises(Refused) as refused:
        live.room.choose(seat.token, *wish)
    said = refused.value.say("fr")
    assert word in said
    assert not re.search(r"\b(the|learner|cannot|week)\b", said)
