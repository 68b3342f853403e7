"""A room under whatever students and teachers do: no seat lost, nobody acts for another, the journal is the room."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ecosim.classroom.course import Facts
from ecosim.classroom.journal import Journal, events
from ecosim.classroom.opening import opened, reopened
from ecosim.classroom.phases import CHOOSING, LIVED, LOBBY, OVER
from ecosim.classroom.polls import Poll
from ecosim.classroom.refusal import Refused
from ecosim.classroom.room import Room
from ecosim.classroom.seats import LONGEST_NAME, clean
from ecosim.errors import EcosimError

TEXT = "ecosim: 1\nkind: scenario\nextends: preset:community-of-practice\nlearners: 14\nweeks: 5\nseed: 3\n"
PIN = "4711"


class Lesson(RuleBasedStateMachine):
    """Everything that may happen in a room, in any order."""

    @initialize(path=st.uuids())
    def open(self, path: Any) -> None:
        self.path = Path("/tmp") / f"ecosim-room-{path}.jsonl"
        self.room = opened(Facts(TEXT), PIN, Journal(self.path), 6)
        self.tokens: dict[str, int] = {}
        self.size = 14

    def teardown(self) -> None:
        if hasattr(self, "path"):
            self.path.unlink(missing_ok=True)

    def wish(self, do: Any) -> Any:
        """Do something that the room may refuse; a refusal changes nothing."""
        before = self.state()
        try:
            return do()
        except EcosimError:
            assert self.state() == before
            return None

    def state(self, room: Room | None = None) -> Any:
        room = room or self.room
        return (
            room.phase, room.paused, room.choices, room.guesses, room.seats.taken, room.seats.gone, room.seats.free,
            [(each.plain(), each.answers, each.hands, each.open) for each in room.polls], room.course.facts,
            room.earlier, room.shared, room.ended, room.port,
            room.course.engine.digest(),
        )  # fmt: skip

    @rule(name=st.text(max_size=30), right=st.booleans())
    def somebody_joins(self, name: str, right: bool) -> None:
        seat = self.wish(lambda: self.room.join(PIN if right else "0000", name))
        assert right or seat is None
        if seat is not None:
            assert seat.token not in self.tokens
            assert seat.learner not in self.tokens.values()
            self.tokens[seat.token] = seat.learner

    @precondition(lambda self: getattr(self, "tokens", None))
    @rule(data=st.data(), name=st.text(max_size=30))
    def somebody_comes_back(self, data: Any, name: str) -> None:
        token = data.draw(st.sampled_from(sorted(self.tokens)))
        assert self.room.join(PIN, name, token).learner == self.tokens[token]

    @precondition(lambda self: getattr(self, "tokens", None))
    @rule(
        data=st.data(),
        artefact=st.one_of(st.none(), st.integers(-2, 14)),
        effort=st.one_of(st.none(), st.integers(-1, 300)),
    )
    def somebody_chooses(self, data: Any, artefact: Any, effort: Any) -> None:
        token = data.draw(st.sampled_from(sorted(self.tokens)))
        before = dict(self.room.choices)
        self.wish(lambda: self.room.choose(token, artefact, effort))
        mine = self.tokens[token]
        assert {i: each for i, each in self.room.choices.items() if i != mine} == {
            i: each for i, each in before.items() if i != mine
        }

    @rule(token=st.text(max_size=20))
    def a_stranger_chooses(self, token: str) -> None:
        if token not in self.tokens:
            with pytest.raises(Refused):
                self.room.choose(token, None)

    @rule()
    def a_round_opens(self) -> None:
        self.wish(self.room.open_round)

    @rule()
    def a_week_is_lived(self) -> None:
        week = self.room.course.week
        self.wish(self.room.live)
        assert self.room.course.week in (week, week + 1)

    @rule(
        lever=st.sampled_from(["facilitation", "incentive", "choice", "nothing"]),
        value=st.sampled_from([0.0, 0.5, 1.0, 7.0]),
    )
    def the_teacher_changes(self, lever: str, value: float) -> None:
        self.wish(lambda: self.room.change(lever, value))

    @rule()
    def the_teacher_asks(self) -> None:
        self.room.ask(Poll("?", ["a", "b"], "retention", self.room.course.week))

    @precondition(lambda self: getattr(self, "tokens", None))
    @rule(data=st.data(), option=st.integers(-1, 3))
    def somebody_answers(self, data: Any, option: int) -> None:
        token = data.draw(st.sampled_from(sorted(self.tokens)))
        self.wish(lambda: self.room.answer(token, option))

    @precondition(lambda self: getattr(self, "tokens", None))
    @rule(data=st.data())
    def somebody_is_removed(self, data: Any) -> None:
        token = data.draw(st.sampled_from(sorted(self.tokens)))
        self.room.remove(self.tokens.pop(token))
        with pytest.raises(Refused):
            self.room.join(PIN, "", token)

    @precondition(lambda self: getattr(self, "tokens", None))
    @rule(data=st.data())
    def somebody_takes_another(self, data: Any) -> None:
        token = data.draw(st.sampled_from(sorted(self.tokens)))
        seat = self.wish(lambda: self.room.another(token))
        if seat is not None:
            self.tokens[token] = seat.learner

    @rule(learners=st.integers(0, 30))
    def the_community_is_resized(self, learners: int) -> None:
        begun = self.room.phase != LOBBY
        self.wish(lambda: self.room.resize(learners))
        if begun:
            assert self.room.course.loaded.scenario.learners != learners or learners == self.size
        self.size = self.room.course.loaded.scenario.learners
        self.tokens = {token: seat.learner for token, seat in self.room.seats.taken.items() if token in self.tokens}

    @rule(name=st.text(max_size=5))
    def some_decide_together(self, name: str) -> None:
        seat = self.wish(lambda: self.room.share(name))
        if seat is not None:
            assert self.room.shared[-1] == seat.token
            self.tokens[seat.token] = seat.learner

    @rule(hands=st.lists(st.integers(-1, 5), max_size=3))
    def hands_are_counted(self, hands: list[int]) -> None:
        self.wish(lambda: self.room.count_hands(hands))

    @rule()
    def it_begins_once_more(self) -> None:
        lived = self.room.course.facts
        self.wish(self.room.again)
        if lived.choices:
            assert self.room.earlier[-1] == lived
            assert (self.room.phase, self.room.course.week) == (LOBBY, 0)

    @rule()
    def the_lesson_ends(self) -> None:
        self.room.end()
        assert self.room.phase == OVER

    @rule(paused=st.booleans())
    def the_clock_stops(self, paused: bool) -> None:
        self.room.pause(paused)

    @invariant()
    def no_seat_is_lost_and_none_is_doubled(self) -> None:
        if hasattr(self, "room"):
            assert {token: seat.learner for token, seat in self.room.seats.taken.items()} == self.tokens
            everybody = [*self.tokens.values(), *self.room.seats.free]
            assert len(everybody) == len(set(everybody))
            assert set(self.room.choices) <= set(self.tokens.values()) or self.room.phase != CHOOSING
            assert self.room.phase in (LOBBY, CHOOSING, LIVED, OVER)

    @rule()
    def the_server_dies(self) -> None:
        again = reopened(events(self.path), Journal(self.path))
        assert again is not None
        assert self.state(again) == self.state()
        self.room = again


Lesson.TestCase.settings = settings(max_examples=15, stateful_step_count=25)
TestLesson = Lesson.TestCase


def test_a_line_that_was_cut_off_costs_itself_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "class.jsonl"
    room = opened(Facts(TEXT), PIN, Journal(path))
    room.join(PIN, "Ada")
    room.open_round()
    room.live()
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"e":"open"')
    again = reopened(events(path), Journal(path))
    assert again is not None
    assert again.course.week == 1
    assert again.phase == LIVED
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("given", "kept"), [
    ("  Ada   Lovelace ", "Ada Lovelace"), ("<script>alert(1)</script>", "<script>alert(1)</scri"), ("a\u202eb", "ab"),
    ("x" * 60, "x" * LONGEST_NAME), ("\x00\n", ""), ("Zoé", "Zoé"),
])  # fmt: skip
def test_names_lose_what_moves_or_hides_letters(given: str, kept: str) -> None:
    assert clean(given)[: len(kept)] == kept
    assert len(clean(given)) <= LONGEST_NAME


def test_who_has_decided_nothing_is_decided_for_by_the_model() -> None:
    with_people, without = (opened(Facts(TEXT), PIN, Journal(None)) for _ in range(2))
    with_people.join(PIN)
    for room in (with_people, without):
        room.open_round()
        room.live()
    assert with_people.course.engine.digest() == without.course.engine.digest()


def test_a_room_has_no_more_seats_than_it_has_and_gives_them_in_order() -> None:
    room = opened(Facts(TEXT), PIN, Journal(None), 3)
    assert [room.join(PIN).learner for _ in range(3)] == [0, 1, 2]
    with pytest.raises(Refused) as caught:
        room.join(PIN)
    assert caught.value.code == "full"
    room.remove(1)
    assert room.join(PIN).learner == 1


def test_latecomers_get_learners_who_are_still_there() -> None:
    room = opened(Facts(TEXT.replace("learners: 14", "learners: 60\ndesign: {hazard: 0.2}")), PIN, Journal(None))
    for _ in range(3):
        room.open_round()
        room.live()
    enrolled = room.course.engine.learners.enrolled
    there = [i for i in room.seats.free if enrolled[i]]
    assert 0 < len(there) < len(room.seats.free)
    given = [room.join(PIN).learner for _ in range(len(there) + 1)]
    assert given[:-1] == there
    assert not enrolled[given[-1]]  # nobody is left: then any other


def test_what_was_decided_in_the_first_week_counts_though_nobody_looks_at_it_again(tmp_path: Path) -> None:
    path = tmp_path / "class.jsonl"
    room = opened(Facts(TEXT), PIN, Journal(path))
    seat = room.join(PIN)
    room.open_round()
    room.choose(seat.token, None)
    again = reopened(events(path), Journal(None))
    assert again is not None
    room.change("facilitation", 0.7)  # which lives the past again, and leaves this possible
    for each in (room, again):
        each.live()
        assert each.course.facts.choices == ({seat.learner: {"artefact": None}},)


def test_a_lesson_that_has_ended_opens_no_week() -> None:
    room = opened(Facts(TEXT), PIN, Journal(None))
    room.end()
    with pytest.raises(Refused) as caught:
        room.open_round()
    assert caught.value.code == "over"
    assert (room.phase, room.ended) == (OVER, True)
