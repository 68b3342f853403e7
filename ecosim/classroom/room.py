"""A room: who is in it, where the lesson stands, what has been decided this week. Whatever happens is an event.

A wish is checked, becomes an event, is written down, and then acts; a room that is opened again from its journal has
the same events and so is the same room. Nothing here knows of phones, screens or clocks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hmac import compare_digest
from typing import Any

from ecosim.classroom.course import Course, Facts, check_change, possible
from ecosim.classroom.happening import act
from ecosim.classroom.journal import Event, Journal
from ecosim.classroom.phases import CHOOSING, LOBBY, OVER
from ecosim.classroom.polls import Poll
from ecosim.classroom.refusal import Refused
from ecosim.classroom.seats import Seat, Seats, clean, token_like
from ecosim.errors import UsageError
from ecosim.model.choice import checked

MOST_SEATS = 100


@dataclass
class Room:
    """A room in which a class lives a community.

    Parameters
    ----------
    facts : Facts
        The community.
    pin : str
        What who joins must know.
    journal : Journal
        Where events are written.
    most : int
        How many students there may be.
    source : str
        What is taught, as the command line named it.
    port : int
        Where its server listened, 0 before it has.

    Attributes
    ----------
    shared : list of str
        Tokens of the seats for which people decide together on the screen: a row, a table, the whole class.
    given : dict
        What the command line laid over what is taught.
    earlier : list of Facts
        What was lived before the class began once more.
    phase : str
        :data:`LOBBY`, :data:`CHOOSING` a week's acts, a week :data:`LIVED`, or :data:`OVER`.
    ended : bool
        Whether the teacher has ended the lesson; its weeks may be over before.
    paused : bool
        Whether the clock of the round stands still.
    choices : dict
        What has been decided for the week that comes: learner -> {artefact, effort, partner}.
    guesses : dict
        What students predict of their own week: learner -> text key.
    polls : list of Poll
        Questions to all, the latest last.
    """

    facts: Facts
    pin: str
    journal: Journal = field(default_factory=lambda: Journal(None))
    most: int = MOST_SEATS
    source: str = ""
    port: int = 0
    shared: list[str] = field(default_factory=list)
    given: Mapping[str, Any] = field(default_factory=dict)
    earlier: list[Facts] = field(default_factory=list)
    phase: str = LOBBY
    paused: bool = False
    ended: bool = False
    choices: dict[int, dict[str, Any]] = field(default_factory=dict)
    guesses: dict[int, str] = field(default_factory=dict)
    polls: list[Poll] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.course = Course(self.facts)
        self.seats = Seats(self.course.places()[: self.most])

    # What students wish

    def join(self, pin: str, name: str = "", token: str = "") -> Seat:
        """Give a seat: the one of the token where it has one, else the next free one, with a token of its own.

        Raises
        ------
        Refused
            When the PIN is another, the seat has been taken away, or none is free.
        """
        if not compare_digest(str(pin).encode("utf-8", "replace"), self.pin.encode()):
            raise Refused("classroom.refused.pin")
        if token in self.seats.gone:
            raise Refused("classroom.refused.removed")
        if (seat := self.seats.of(token)) is None:
            if self.phase == OVER:
                raise Refused("classroom.refused.over")
            made, learner = token_like(token), (self._there() or [self.seats.next_free()])[0]
            self._happen({"e": "seat", "token": made, "learner": learner, "name": clean(name)})
            return self.seats.taken[made]
        if name and clean(name) != seat.name:
            self._happen({"e": "name", "token": seat.token, "name": clean(name)})
        return self.seats.taken[seat.token]

    def _there(self) -> list[int]:
        """Return the learners whom nobody lives and who have not left, once there are weeks in which one may leave."""
        engine = self.course.engine
        return [i for i in self.seats.free if engine.learners.enrolled[i]] if engine.week else []

    def choose(self, token: str, artefact: Any, effort: Any = None, partner: Any = None) -> dict[str, Any]:
        """Keep what a student decides for her own learner, in place of what she decided before; return it.

        Raises
        ------
        Refused
            When she has no seat, it is not the time, or it is not possible for her.
        """
        seat = self._choosing(token)
        choice = {"artefact": artefact}
        if artefact is not None:
            choice |= {name: value for name, value in (("effort", effort), ("partner", partner)) if value is not None}
        try:
            checked(self.course.engine, seat.learner, choice)
        except UsageError as error:
            raise Refused("classroom.refused.impossible", reason=error) from None
        self._happen({"e": "choose", "learner": seat.learner, "choice": choice})
        return choice

    def guess(self, token: str, guess: str) -> None:
        """Keep what a student predicts of her week."""
        self._happen({"e": "guess", "learner": self._choosing(token).learner, "guess": guess})

    def answer(self, token: str, option: int) -> None:
        """Keep a student's answer to the poll that is open, in place of an earlier one."""
        seat = self._seat(token)
        poll = self.poll
        if poll is None or not poll.open:
            raise Refused("classroom.refused.no_poll")
        poll.check(option)
        self._happen({"e": "answer", "learner": seat.learner, "option": option})

    def another(self, token: str) -> Seat:
        """Give a student whose learner has left another one.

        Raises
        ------
        Refused
            When hers is still there, or no other is.
        """
        seat = self._seat(token)
        if self.course.engine.learners.enrolled[seat.learner] or self.course.week == 0:
            raise Refused("classroom.refused.still_there")
        there = self._there()
        if not there:
            raise Refused("classroom.refused.full")
        self._happen({"e": "move", "token": token, "learner": there[0]})
        return self.seats.taken[token]

    # What the teacher wishes

    def open_round(self) -> None:
        """Let everybody decide about the week that comes."""
        if self.ended or not self.course.running:
            raise Refused("classroom.refused.over")
        if self.phase != CHOOSING:
            self._happen({"e": "open"})

    def live(self) -> None:
        """Live the week: as decided, and where nothing was decided as the model does."""
        if self.phase != CHOOSING:
            raise Refused("classroom.refused.not_now")
        self._happen({"e": "week", "choices": {str(learner): each for learner, each in self.possible().items()}})

    def change(self, lever: str, value: float) -> None:
        """Change a lever from the week that comes on; what was decided and is no longer possible is forgotten.

        Raises
        ------
        Refused, UsageError
            When the lesson is over, or the lever cannot be changed so.
        """
        if self.phase == OVER:
            raise Refused("classroom.refused.over")
        check_change(lever, value)
        self._happen({"e": "change", "lever": lever, "value": value})

    def resize(self, learners: int) -> None:
        """Let the community have so many learners; only before it begins.

        Raises
        ------
        Refused
            When it has begun, or there would be fewer learners than students.
        InvalidFile
            When the scenario refuses it.
        """
        if self.phase != LOBBY:
            raise Refused("classroom.refused.not_now")
        if len(Course(self.course.facts.resized(learners)).places()[: self.most]) < len(self.seats.taken):
            raise Refused("classroom.refused.too_few")
        self._happen({"e": "resize", "learners": learners})

    def share(self, name: str) -> Seat:
        """Give a seat for which people decide together on the screen, by show of hands."""
        seat = self.join(self.pin, name)
        self._happen({"e": "share", "token": seat.token})
        return seat

    def at(self, port: int) -> None:
        """Note where the server listens, so that phones find it there again after it was killed."""
        if port != self.port:
            self._happen({"e": "at", "port": port})

    def ask(self, poll: Poll) -> None:
        """Ask everybody something."""
        self._happen({"e": "poll", "poll": poll.plain()})

    def close_poll(self) -> None:
        """Take no more answers."""
        if self.poll is not None and self.poll.open:
            self._happen({"e": "close_poll"})

    def count_hands(self, hands: list[int]) -> None:
        """Keep how many hands were counted for each answer, in place of what was counted before.

        Raises
        ------
        Refused
            When there is no question, or a count is none.
        """
        if self.poll is None:
            raise Refused("classroom.refused.no_poll")
        self.poll.check_hands(hands)
        self._happen({"e": "hands", "hands": list(hands)})

    def again(self) -> None:
        """Begin once more: the same people under the same luck, from the first week, as if nothing had been lived.

        What was lived is kept, to be compared with.

        Raises
        ------
        Refused
            When nothing has been lived yet.
        """
        if not self.course.week:
            raise Refused("classroom.refused.not_now")
        self._happen({"e": "again"})

    def hide(self, learner: int, hidden: bool = True) -> None:
        """Keep a name off the screen, or show it again."""
        self._happen({"e": "hide", "learner": learner, "hidden": hidden})

    def remove(self, learner: int) -> None:
        """Take a seat away."""
        self._happen({"e": "remove", "learner": learner})

    def pause(self, paused: bool = True) -> None:
        """Stop the clock of the round, or let it go on."""
        self._happen({"e": "pause", "paused": paused})

    def end(self) -> None:
        """End the lesson."""
        if not self.ended:
            self._happen({"e": "over"})

    @property
    def poll(self) -> Poll | None:
        """The latest poll."""
        return self.polls[-1] if self.polls else None

    def _seat(self, token: str) -> Seat:
        """Return the seat of a token."""
        if (seat := self.seats.of(token)) is None:
            raise Refused("classroom.refused.no_seat")
        return seat

    def _choosing(self, token: str) -> Seat:
        """Return the seat of a token while everybody decides."""
        seat = self._seat(token)
        if self.phase != CHOOSING:
            raise Refused("classroom.refused.not_now")
        return seat

    def possible(self) -> dict[int, dict[str, Any]]:
        """Return what has been decided for the week that comes and is possible now: learner -> choice."""
        return possible(self.course.engine, self.choices)[0]

    def _happen(self, event: Event) -> None:
        """Write an event down, and let it act."""
        self.journal.write(event)
        act(self, event)
