"""A lesson that was interrupted is offered again, also when its weeks were over; one that has ended is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecosim.classroom.course import Facts
from ecosim.classroom.journal import Journal, usual_place
from ecosim.classroom.opening import opened
from ecosim.classroom.phases import LIVED, OVER
from ecosim.classroom.room import Room
from ecosim.commands.classroom import _unfinished
from ecosim.commands.voice import voice

TEXT = "ecosim: 1\nkind: scenario\nextends: preset:community-of-practice\nlearners: 14\nweeks: 2\nseed: 3\n"


@pytest.fixture
def left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    """Return a room with one student, whose server is about to die; nobody sits at the terminal."""
    monkeypatch.setattr("ecosim.classroom.journal.user_state_path", lambda *_, **__: tmp_path)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    room = opened(Facts(TEXT), "4711", Journal(usual_place()), source="facilitator")
    room.join("4711", "Ada")
    return room


@pytest.mark.parametrize(("weeks", "phase"), [(1, LIVED), (2, OVER)])
def test_no_week_is_lost_and_the_debriefing_neither(left: Room, weeks: int, phase: str) -> None:
    for _ in range(weeks):
        left.open_round()
        left.live()
    again = _unfinished(None, voice("en"))
    assert again is not None
    assert (again.course.week, again.phase) == (weeks, phase)
    assert again.course.engine.digest() == left.course.engine.digest()
    assert list(again.seats.taken) == list(left.seats.taken)


def test_what_the_teacher_has_ended_is_not_offered_again(left: Room) -> None:
    left.end()
    assert _unfinished(None, voice("en")) is None


def test_another_lesson_is_not_the_one_that_was_interrupted(left: Room) -> None:
    assert _unfinished("open-tools", voice("en")) is None
    assert _unfinished("facilitator", voice("en")) is not None
