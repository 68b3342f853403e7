"""A room: who is in it, where the lesson stands, what has been decided this week. Whatever happens is an event.

A wish is checked, becomes an event, is written down, and then acts; a room that is opened again from its journal has
the same events and so is the same room. Nothing here knows of phones, screens or clocks.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hmac import compare_digest
from typing import Any

from ecosim.classroom.course import Course, Facts, check_change
from ecosim.classroom.happening import act
from ecosim.classroom.journal import Event, Journal
from ecosim.classroom.phases import CHOOSING, LOBBY, OVER
from ecosim.classroom.polls import Poll
from ecosim.classroom.refusal import Refused
from ecosim.classroom.seats import TOKEN_LETTERS, Seat, Seats, clean
from ecosim.errors import EcosimError

MOST_SEATS = 100
QUICK = frozenset({"choose", "guess", "answer"})  #: events of which a loss of power may cost the last
MOST_HANDS = 1000


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
        self.seats = Seats(self.places())

    def places(self) -> list[int]:
        """Return the learners whose weeks people may live: those who are there from the first week on."""
        arrival = self.course.engine.learners.arrival_week
        return [i for i in range(arrival.size) if arrival[i] == 0][: self.most]

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
        seat = self.seats.of(token) if token else None
        if seat is None:
            if self.phase == OVER:
                raise Refused("classroom.refused.over")
            made = token if TOKEN_LETTERS[0] <= len(token) <= TOKEN_LETTERS[1] and token.isascii() else ""
            made = made or secrets.token_urlsafe(24)
            self._happen({"e": "seat", "token": made, "learner": self._next(), "name": clean(name)})
            return self.seats.taken[made]
        if name and clean(name) != seat.name:
            self._happen({"e": "name", "token": seat.token, "name": clean(name)})
        return self.seats.taken[seat.token]

    def _next(self) -> int:
        """Return the learner of the next seat: one who has not left, where there is one."""
        engine = self.course.engine
        there = [i for i in self.seats.free if engine.learners.enrolled[i]] if engine.week else []
        return there[0] if there else self.seats.next_free()

    def choose(self, token: str, artefact: Any, effort: Any = None, partner: Any = None) -> dict[str, Any]:
        """Keep what a student decides for her own learner, in place of what she decided before; return it.

        Raises
        ------
        Refused
            When she has no seat, it is not the time, or it is not possible for her.
        """
        seat = self._seat(token)
        if self.phase != CHOOSING:
            raise Refused("classroom.refused.not_now")
        choice = {"artefact": artefact}
        if artefact is not None:
            choice |= {name: value for name, value in (("effort", effort), ("partner", partner)) if value is not None}
        self.check(seat.learner, choice)
        self._happen({"e": "choose", "learner": seat.learner, "choice": choice})
        return choice

    def check(self, learner: int, choice: Mapping[str, Any]) -> None:
        """Refuse what is not possible for a learner this week."""
        from ecosim.model.choice import checked  # lazily: phones that only watch need no engine

        try:
            checked(self.course.engine, learner, dict(choice))
        except EcosimError as error:
            raise Refused("classroom.refused.impossible", reason=error) from None

    def guess(self, token: str, guess: str) -> None:
        """Keep what a student predicts of her week."""
        seat = self._seat(token)
        if self.phase != CHOOSING:
            raise Refused("classroom.refused.not_now")
        self._happen({"e": "guess", "learner": seat.learner, "guess": guess})

    def answer(self, token: str, option: int) -> None:
        """Keep a student's answer to the poll that is open, in place of an earlier one."""
        seat = self._seat(token)
        poll = self.poll
        if poll is None or not poll.open:
            raise Refused("classroom.refused.no_poll")
        if isinstance(option, bool) or not isinstance(option, int) or not 0 <= option < len(poll.options):
            raise Refused("classroom.refused.no_option")
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
        here = [i for i in self.seats.free if self.course.engine.learners.enrolled[i]]
        if not here:
            raise Refused("classroom.refused.full")
        self._happen({"e": "move", "token": token, "learner": here[0]})
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
        facts = self.resized(learners)
        there = Room(facts, self.pin, most=self.most)
        if len(there.seats.free) < len(self.seats.taken):
            raise Refused("classroom.refused.too_few")
        self._happen({"e": "resize", "learners": learners})

    def resized(self, learners: int) -> Facts:
        """Return what has decided the course, with another number of learners."""
        facts = self.course.facts
        return replace(facts, settings={**facts.settings, "learners": learners})

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
        if len(hands) != len(self.poll.options) or not all(0 <= each <= MOST_HANDS for each in hands):
            raise Refused("classroom.refused.no_option")
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
        seat = self.seats.of(token)
        if seat is None:
            raise Refused("classroom.refused.no_seat")
        return seat

    def possible(self) -> dict[int, dict[str, Any]]:
        """Return what has been decided for the week that comes and is possible now: learner -> choice."""
        made = {}
        for learner in sorted(self.choices):
            try:
                self.check(learner, self.choices[learner])
            except Refused:
                continue
            made[learner] = self.choices[learner]
        return made

    def _happen(self, event: Event) -> None:
        """Write an event down, and let it act."""
        self.journal.write(event, sure=event["e"] not in QUICK)
        act(self, event)
