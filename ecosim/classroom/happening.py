"""What an event does to a room: it was checked when it was written down, and is never refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from ecosim.classroom.course import Course
from ecosim.classroom.journal import Event
from ecosim.classroom.phases import CHOOSING, LIVED, LOBBY, OVER
from ecosim.classroom.polls import Poll
from ecosim.classroom.seats import Seat, Seats

if TYPE_CHECKING:
    from ecosim.classroom.room import Room


def act(room: Room, event: Event) -> None:
    """Let an event act."""
    DEEDS[event["e"]](room, event)


def _seat(room: Room, event: Event) -> None:
    room.seats.take(Seat(event["token"], event["learner"], event["name"]))


def _name(room: Room, event: Event) -> None:
    room.seats.rename(event["token"], event["name"])


def _move(room: Room, event: Event) -> None:
    room.seats.move(event["token"], event["learner"])


def _hide(room: Room, event: Event) -> None:
    room.seats.hide(event["learner"], event["hidden"])


def _remove(room: Room, event: Event) -> None:
    room.seats.remove(event["learner"])
    room.choices.pop(event["learner"], None)
    room.guesses.pop(event["learner"], None)


def _resize(room: Room, event: Event) -> None:
    seated = list(room.seats.taken.values())
    room.course = Course(room.course.facts.resized(event["learners"]))
    room.seats = Seats(room.course.places()[: room.most], gone=room.seats.gone)
    for seat in seated:
        room.seats.take(replace(seat, learner=room.seats.next_free()))


def _share(room: Room, event: Event) -> None:
    room.shared.append(event["token"])


def _at(room: Room, event: Event) -> None:
    room.port = event["port"]


def _open(room: Room, event: Event) -> None:
    room.phase, room.paused, room.choices, room.guesses = CHOOSING, False, {}, {}
    room.course.engine.open_week()  # else who arrives in it, in the first one everybody, could not decide yet


def _choose(room: Room, event: Event) -> None:
    room.choices[event["learner"]] = event["choice"]


def _guess(room: Room, event: Event) -> None:
    room.guesses[event["learner"]] = event["guess"]


def _week(room: Room, event: Event) -> None:
    room.course.step({int(learner): choice for learner, choice in event["choices"].items()})
    room.phase = LIVED if room.course.running else OVER


def _change(room: Room, event: Event) -> None:
    room.course.change(event["lever"], event["value"])
    if room.phase == CHOOSING:
        room.course.engine.open_week()
        room.choices = room.possible()  # people shall see that they have to decide anew


def _poll(room: Room, event: Event) -> None:
    room.polls.append(Poll.of(event["poll"]))


def _answer(room: Room, event: Event) -> None:
    room.polls[-1].answers[event["learner"]] = event["option"]


def _hands(room: Room, event: Event) -> None:
    room.polls[-1].hands = event["hands"]


def _again(room: Room, event: Event) -> None:
    facts = room.course.facts
    room.earlier.append(facts)
    room.course = Course(replace(facts, changes=(), choices=()))
    room.phase, room.paused, room.choices, room.guesses, room.polls = LOBBY, False, {}, {}, []
    room.ended = False


def _close_poll(room: Room, event: Event) -> None:
    room.polls[-1].open = False


def _pause(room: Room, event: Event) -> None:
    room.paused = event["paused"]


def _over(room: Room, event: Event) -> None:
    room.phase, room.ended = OVER, True


DEEDS: dict[str, Callable[[Room, Event], None]] = {
    "seat": _seat,
    "name": _name,
    "move": _move,
    "hide": _hide,
    "remove": _remove,
    "resize": _resize,
    "share": _share,
    "at": _at,
    "open": _open,
    "choose": _choose,
    "guess": _guess,
    "week": _week,
    "change": _change,
    "poll": _poll,
    "answer": _answer,
    "hands": _hands,
    "again": _again,
    "close_poll": _close_poll,
    "pause": _pause,
    "over": _over,
}
"""Kind of event -> what it does."""
