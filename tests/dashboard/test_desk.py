"""The desk and its history: whatever is done can be undone, and no design is ever lost by accident."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from ecosim.dashboard.desk import LONGEST_NAME, MOST_DESIGNS, MOST_STEPS, Desk, History, Source, Variant, tidy

from .worlds import desks

START = Desk(Source("preset", "xmooc", "xmooc"))
PATHS = st.sampled_from(["design.choice", "design.hazard", "design.openness"])
VALUES = st.sampled_from([0.0, 0.25, 0.5, [[0, 0.5], [2, 0.0]]])
PLACES = st.integers(0, MOST_DESIGNS - 1)


class Working(RuleBasedStateMachine):
    """Somebody at the desk; beside it a plain list of all that lay there before and after."""

    def __init__(self) -> None:
        super().__init__()
        self.history = History(START)
        self.before: list[Desk] = []
        self.after: list[Desk] = []

    def change(self, desk: Desk) -> None:
        """Change the desk, and note what was."""
        if desk != self.history.now:
            self.before.append(self.history.now)
            self.after = []
        self.history = self.history.then(desk)
        assert self.history.now == desk

    @rule(path=PATHS, value=VALUES)
    def turns_a_lever(self, path: str, value: Any) -> None:
        self.change(self.history.now.with_change(path, value))

    @rule(path=PATHS)
    def resets_a_lever(self, path: str) -> None:
        self.change(self.history.now.without_change(path))

    @rule(weeks=st.integers(1, 9))
    def changes_the_world(self, weeks: int) -> None:
        self.change(self.history.now.with_shared("weeks", weeks))

    @rule(name=st.sampled_from(["", "free", "strict"]))
    def adds(self, name: str) -> None:
        now = self.history.now
        made = now.with_copy(name)
        if len(now.variants) < MOST_DESIGNS:
            assert made.variants[:-1] == now.variants
            assert made.variant == Variant(name, now.variant.changes)
        else:
            assert made == now
        self.change(made)

    @rule(place=PLACES)
    def removes(self, place: int) -> None:
        now = self.history.now
        if place >= len(now.variants):
            return
        made = now.without(place)
        if len(now.variants) == 1:
            assert made == now
        else:
            assert made.variants == now.variants[:place] + now.variants[place + 1 :]
            if place != now.active:
                assert made.variant == now.variant, "who works on a design goes on with it when another is removed"
        self.change(made)

    @rule(place=PLACES)
    def pins(self, place: int) -> None:
        now = self.history.now
        if place >= len(now.variants):
            return
        made = now.with_baseline(place)
        assert made.variants[0] == now.variants[place]
        assert made.variant is now.variant
        assert [each for each in made.variants if each is not now.variants[place]] == [
            each for each in now.variants if each is not now.variants[place]
        ]
        self.change(made)

    @rule(place=PLACES)
    def looks_elsewhere(self, place: int) -> None:
        if place < len(self.history.now.variants):
            self.history = self.history.turned(self.history.now.turned_to(place))

    @precondition(lambda self: self.before)
    @rule()
    def undoes(self) -> None:
        self.after.append(self.history.now)
        self.history = self.history.undone()
        assert self.history.now == self.before.pop()

    @precondition(lambda self: self.after)
    @rule()
    def redoes(self) -> None:
        self.before.append(self.history.now)
        self.history = self.history.redone()
        assert self.history.now == self.after.pop()

    @rule()
    def has_nothing_to_go_back_or_forth_to(self) -> None:
        if not self.before:
            assert self.history.undone() == self.history
        if not self.after:
            assert self.history.redone() == self.history

    @invariant()
    def is_a_desk(self) -> None:
        now = self.history.now
        assert 1 <= len(now.variants) <= MOST_DESIGNS
        assert 0 <= now.active < len(now.variants)
        assert (list(self.history.past), list(self.history.future)) == (self.before, self.after)


TestWorking = Working.TestCase


def test_only_so_many_steps_are_kept() -> None:
    history = History(START)
    for week in range(1, MOST_STEPS + 21):
        history = history.then(START.with_shared("weeks", week))
    assert len(history.past) == MOST_STEPS
    for _ in range(MOST_STEPS):
        history = history.undone()
    assert history.now.shared == {"weeks": 20}
    assert len(history.future) == MOST_STEPS


def test_a_change_after_going_back_forgets_what_was_ahead() -> None:
    ahead = History(START).then(START.with_shared("weeks", 5)).then(START.with_shared("weeks", 6)).undone()
    assert ahead.future
    other = ahead.then(ahead.now.with_shared("weeks", 9))
    assert other.future == ()
    assert other.undone().now.shared == {"weeks": 5}
    assert ahead.then(ahead.now).future, "what changes nothing forgets nothing"


@given(desks())
def test_settings_are_those_of_all_under_those_of_the_design(desk: Desk) -> None:
    for place, variant in enumerate(desk.variants):
        assert desk.settings(place) == {**desk.shared, **variant.changes}
    assert desk.settings() == desk.settings(desk.active)
    both = replace(desk, shared={"weeks": 5, "design.choice": 0.1}).with_change("design.choice", 0.7)
    assert both.settings()["design.choice"] == 0.7
    assert both.settings()["weeks"] == 5


@given(desks(), PATHS, VALUES)
def test_a_lever_that_is_reset_is_as_it_was(desk: Desk, path: str, value: Any) -> None:
    bare = desk.without_change(path)
    assert path not in bare.variant.changes
    assert bare.with_change(path, value).without_change(path) == bare
    others = [each for place, each in enumerate(desk.variants) if place != desk.active]
    changed = desk.with_change(path, value)
    assert [each for place, each in enumerate(changed.variants) if place != desk.active] == others
    assert desk.with_name("new").variant == Variant("new", desk.variant.changes)


def test_nothing_on_the_desk_changes_in_place() -> None:
    with pytest.raises(FrozenInstanceError):
        START.active = 1  # type: ignore[misc]
    before = START.with_change("design.choice", 0.1)
    before.with_change("design.choice", 0.2)
    assert before.variant.changes == {"design.choice": 0.1}


@given(st.text(max_size=80))
def test_names_are_such_as_files_can_hold(name: str) -> None:
    said = START.with_name(name).variant.name
    assert len(said) <= LONGEST_NAME
    assert said.isprintable()
    assert said == tidy(said)
    if name.isprintable() and len(name) <= LONGEST_NAME:
        assert said == name.strip()


def test_the_whole_way_of_a_slider_is_one_step_until_something_else_moves() -> None:
    start = History(Desk(Source("preset", "xmooc")))
    moved = start
    for value in (0.1, 0.2, 0.3):
        moved = moved.then(moved.now.with_change("design.choice", value), "choice")
    assert moved.undone() == replace(start, future=(moved.now,))
    other = moved.then(moved.now.with_change("design.demand", 0.4), "demand")
    assert other.undone().now == moved.now
    back = moved.undone()
    again = back.then(back.now.with_change("design.choice", 0.7), "choice")
    assert again.undone().now == start.now
    reset = moved.then(moved.now.without_change("design.choice"))
    assert reset.undone().now == moved.now
