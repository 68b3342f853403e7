"""A room in use: the film and what is told of each week are the same whatever happened in between, and clocks count."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosim.classroom.clock import Clock
from ecosim.classroom.course import Facts
from ecosim.classroom.journal import KEPT, Journal, events, fresh
from ecosim.classroom.live import Live
from ecosim.classroom.opening import opened, reopened
from ecosim.classroom.phases import CHOOSING, LIVED
from ecosim.classroom.refusal import Refused
from ecosim.classroom.room import Room
from ecosim.classroom.session import load_session
from ecosim.errors import StorageError
from ecosim.model.follow import week_of
from ecosim.model.possible import possibilities, possible_now
from ecosim.model.run import new_engine
from ecosim.web.film import film_of
from tests.classroom.conftest import PIN

SESSION = load_session("facilitator")


def new(path: Any = None) -> Live:
    """Return a room in use."""
    facts = Facts(SESSION.text, {"learners": 40})
    return Live(opened(facts, PIN, Journal(path), source="facilitator"), SESSION)


def lived(live: Live, weeks: int, change: int = -1) -> None:
    """Live some weeks, in which everybody who sits there takes the first thing that is possible."""
    for week in range(weeks):
        live.open_round()
        with live.acting() as room:
            if week == change:
                room.change("facilitation", 0.7)
            for seat in room.seats.taken.values():
                options = room.course.options(seat.learner)
                room.choose(seat.token, options[0] if options else None)
            room.live()


def same_film(one: Any, other: Any) -> None:
    """Check that two films show the same, wherever people stand."""
    assert one.weeks == other.weeks
    for name in ("status", "active", "bonds", "flow", "persistence", "skill", "act_first", "act_learner", "act_flow"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    for name in one.series:
        assert np.array_equal(one.series[name], other.series[name], equal_nan=True), name


def test_without_anybody_it_is_the_film_of_a_run() -> None:
    live = new()
    lived(live, 8)
    same_film(live.film(), film_of(live.room.course.loaded))


def test_a_change_on_the_way_leaves_the_past_as_it_was() -> None:
    live, other = new(), new()
    for each in (live, other):
        with each.acting() as room:
            room.join(PIN)
    lived(live, 3)
    lived(other, 3)
    with live.acting() as room:
        room.change("facilitation", 0.9)
    before, after = other.film(), live.film()
    same_film(before, after)
    lived(live, 2)
    assert live.film().weeks == 5  # type: ignore[union-attr]
    again = Live(Room(live.room.course.facts, PIN), SESSION)
    same_film(live.film(), again.film())


def test_who_reopens_a_room_finds_film_and_weeks_as_they_were(tmp_path: Any) -> None:
    path = tmp_path / "class.jsonl"
    live = new(path)
    with live.acting() as room:
        seats = [room.join(PIN, name) for name in "ab"]
    lived(live, 4, change=2)
    live.open_round()
    room = reopened(events(path), Journal(path))
    assert room is not None
    again = Live(room, SESSION)
    same_film(live.film(), again.film())
    for seat in seats:
        assert again.record(seat.learner) == live.record(seat.learner)
        assert again.possible(seat.learner) == live.possible(seat.learner)
    assert again.room.phase == CHOOSING and again.room.paused  # nobody's time runs while the server was away


def test_records_are_those_of_each_week_as_it_was_lived() -> None:
    live = new()
    with live.acting() as room:
        seat = room.join(PIN)
    lived(live, 1)
    with live.acting() as room:
        late = room.join(PIN)
    assert live.record(late.learner) is None  # nobody lived her last week
    lived(live, 2)
    engine, before = new_engine(room.course.loaded), None
    for choices in room.course.facts.choices:
        engine.step(choices)
        before = week_of(engine, seat.learner, before)
    assert live.record(seat.learner) == before
    assert live.record(late.learner) is not None


def test_what_is_possible_is_what_the_week_then_offers() -> None:
    live = new()
    live.open_round()
    engine = live.room.course.engine
    for learner in range(40):
        told = possible_now(engine, learner)
        assert [each["number"] for each in told if each["choosable"]] == engine.options(learner)
    now = {learner: possible_now(engine, learner) for learner in range(40)}
    with live.acting() as room:
        room.live()
    for learner, told in now.items():
        after = possibilities(engine, learner, 0)
        assert len(told) == len(after)
        for one, other in zip(told, after, strict=True):
            same = ("number", "name", "collective", "offered", "perceived", "able", "reach", "compossible", "reason")
            assert {name: one[name] for name in same} == {name: other[name] for name in same}


def test_who_watches_hears_once_of_whatever_has_happened() -> None:
    live, heard = new(), []
    end = live.watch(lambda: heard.append(live.version))
    assert not live.tell()
    with live.acting() as room:
        room.join(PIN)
        room.join(PIN)
    assert live.tell() and not live.tell()
    assert len(heard) == 1
    with pytest.raises(Refused), live.acting() as room:
        room.live()
    assert not live.tell()  # what was refused is no news
    end()
    live.open_round()
    assert live.tell() and len(heard) == 1


def test_a_round_ends_when_its_time_is_up() -> None:
    now = [0.0]
    live = new()
    live.clock = Clock(lambda: now[0])
    live.seconds = 30
    assert not live.time_is_up()
    live.open_round()
    now[0] = 29.9
    assert not live.time_is_up()
    live.pause(True)
    now[0] = 500.0
    assert not live.time_is_up()
    live.pause(False)
    now[0] = 500.0 + 0.05
    assert not live.time_is_up()
    now[0] = 500.2
    assert live.time_is_up()
    assert live.room.phase == LIVED and live.clock.left is None


@given(
    st.lists(st.tuples(st.sampled_from(["start", "stop", "pause", "go_on", "wait"]), st.floats(0, 100)), max_size=20)
)
def test_a_clock_counts_only_while_it_goes(deeds: list[tuple[str, float]]) -> None:
    now = [0.0]
    clock = Clock(lambda: now[0])
    left, going = None, False
    for deed, value in deeds:
        if deed == "start":
            clock.start(value)
            left, going = (value, True) if value > 0 else (None, False)
        elif deed == "wait":
            now[0] += value
            left = max(0.0, left - value) if left is not None and going else left
        else:
            getattr(clock, deed)()
            left = None if deed == "stop" else left
            going = {"stop": False, "pause": False, "go_on": left is not None}[deed]
        assert (clock.left is None) == (left is None)
        if left is not None:
            assert clock.left == pytest.approx(left, abs=1e-6)
        assert not clock.over or (going and left is not None and left <= 1e-6)


def test_a_journal_is_of_one_day_and_of_one_reader(tmp_path: Any) -> None:
    import os

    path = tmp_path / "state" / "class.jsonl"
    assert not fresh(path)
    Journal(path).write({"e": "guess"})
    assert fresh(path)
    assert path.stat().st_mode & 0o077 == 0
    old = path.stat().st_mtime - KEPT - 60
    os.utime(path, (old, old))
    assert not fresh(path)
    assert not path.exists()


@pytest.mark.parametrize("rest", [b"\xff\xfe{}\n", b"[1]\n", b"null\n", b'{"x": 1}\n', b"\n\n"])
def test_what_is_no_event_is_left_out(tmp_path: Any, rest: bytes) -> None:
    path = tmp_path / "class.jsonl"
    path.write_bytes(b'{"e":"open"}\n' + rest)
    assert list(events(path)) == [{"e": "open"}]


@pytest.mark.parametrize("rest", [b"", b'{"e":"open"}\n', b'{"e":"week","choices":{}}\n'])
def test_a_journal_without_its_beginning_tells_of_no_room(tmp_path: Any, rest: bytes) -> None:
    path = tmp_path / "class.jsonl"
    path.write_bytes(rest)
    assert reopened(events(path), Journal(path)) is None


def test_when_a_week_cannot_be_written_down_the_clock_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    live = new()
    live.clock, live.seconds = Clock(lambda: now[0]), 30
    live.open_round()
    now[0] = 31.0

    def full(_: Any) -> None:
        raise StorageError("classroom.journal.refused", path="class.jsonl", reason="full")

    with monkeypatch.context() as patch:
        patch.setattr(live.room.journal, "write", full)
        with pytest.raises(StorageError):
            live.time_is_up()
        assert not live.time_is_up()  # once is enough
    assert live.room.paused and live.room.course.week == 0
    live.pause(False)
    now[0] = 32.0
    assert live.time_is_up()
    assert live.room.course.week == 1
