"""A room that people are in: one wish at a time acts, what is lived is filmed, and who watches hears of it.

Wishes come from many threads, those of the teacher's pages and that of the phones. They are granted under one lock;
pages and phones read under it too, and only plain values leave.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from ecosim.classroom.clock import Clock
from ecosim.classroom.course import lived
from ecosim.classroom.phases import CHOOSING
from ecosim.classroom.room import Room
from ecosim.classroom.session.loaded import LoadedSession
from ecosim.errors import StorageError
from ecosim.model.engine import Engine
from ecosim.model.follow import Record, week_of
from ecosim.model.possible import possible_now
from ecosim.model.run import new_engine
from ecosim.model.tables import weekly_table
from ecosim.scenario.document import Scenario
from ecosim.web.film import Film, Recorder, places_ahead


class Live:
    """A room in use.

    Parameters
    ----------
    room : Room
        New, or opened again.
    session : LoadedSession
        What is taught.
    clock : Clock, optional
        Of the rounds.

    Attributes
    ----------
    seconds : int
        How long a round is, 0 without a limit.
    version : int
        Grows with whatever happens.
    connected : Counter
        Token -> how many of her phone's connections are open.
    address : str
        Of the server, as phones reach it; empty where they do not.
    lang : {"en", "fr"}
        The language of who started it.
    before : dict
        Weekly metric -> values of the playing before this one, empty where this is the first.
    """

    def __init__(self, room: Room, session: LoadedSession, clock: Clock | None = None) -> None:
        self.room, self.session, self.clock = room, session, clock or Clock()
        self.seconds, self.version = session.session.round, 0
        self.connected: Counter[str] = Counter()
        self._lock = threading.RLock()
        self._listeners: set[Callable[[], None]] = set()
        self.address, self.lang = "", "en"
        self._told = 0
        self.tell_both: Callable[[int, str], dict[str, Any] | None] | None = None
        self._begin()
        if room.phase == CHOOSING:
            self.clock.start(self.seconds)
            self.clock.pause()
            room.paused = True

    def _begin(self) -> None:
        """Live what has been lived once more, to film it."""
        course = self.room.course
        self._recorder = Recorder(course.loaded, places_ahead(course.loaded, course.facts.replicate))
        self._records: dict[int, list[Record | None]] = {}
        self._film: Film | None = None
        self._possible: dict[int, list[Record]] = {}
        self.before = weekly_table(lived(self.room.earlier[-1])) if self.room.earlier else {}
        again = new_engine(course.loaded, course.facts.replicate)
        for choices in course.facts.choices:
            again.step(choices)
            self._keep(again)

    def _keep(self, engine: Engine) -> None:
        """Keep the week that has just been lived."""
        self._recorder.keep(engine)
        self._film, self._possible = None, {}
        for learner in self.room.seats.learners():
            known = self._records.setdefault(learner, [])
            known += [None] * (engine.week - 1 - len(known))  # weeks before somebody sat here
            known.append(week_of(engine, learner, known[-1] if known else None))

    # Who wishes

    @contextmanager
    def acting(self) -> Iterator[Room]:
        """Give the room to somebody who wishes something; others wait meanwhile."""
        with self._lock:
            before, changes = self.room.course.week, len(self.room.course.facts.changes)
            yield self.room
            if self.room.course.week > before:
                self._keep(self.room.course.engine)
                self.clock.stop()
                self.room.close_poll()
            if len(self.room.course.facts.changes) > changes:
                self._possible = {}
            self.version += 1

    @contextmanager
    def reading(self) -> Iterator[Room]:
        """Give the room to somebody who only looks."""
        with self._lock:
            yield self.room

    def open_round(self) -> None:
        """Let everybody decide, and start the clock."""
        with self.acting() as room:
            room.open_round()
            self.clock.start(self.seconds)

    def pause(self, paused: bool) -> None:
        """Stop the clock, or let it go on."""
        with self.acting() as room:
            room.pause(paused)
            (self.clock.pause if paused else self.clock.go_on)()

    def resize(self, learners: int) -> None:
        """Make the community larger or smaller; only before it begins."""
        with self.acting() as room:
            room.resize(learners)
            self._begin()

    def again(self) -> None:
        """Begin once more from the first week; what was lived stays to be compared with."""
        with self.acting() as room:
            room.again()
            self.clock.stop()
            self.tell_both = None
            self._begin()

    def time_is_up(self) -> bool:
        """Live the week if time is up; tell whether it was. Where it cannot be written down, the clock stands still."""
        with self._lock:
            if self.room.phase != CHOOSING or not self.clock.over:
                return False
            try:
                with self.acting() as room:
                    room.live()
            except StorageError:
                self.clock.pause()
                self.room.paused = True
                self.version += 1
                raise
        return True

    def came(self, token: str) -> None:
        """Note that a phone is connected."""
        with self._lock:
            self.connected[token] += 1
            self.version += 1

    def went(self, token: str) -> None:
        """Note that a phone's connection is gone."""
        with self._lock:
            self.connected[token] -= 1
            self.version += 1

    # Who looks

    @property
    def scenario(self) -> Scenario:
        """The community, with everything that was changed on the way."""
        return self.room.course.loaded.scenario

    def join_address(self, address: str = "") -> str:
        """Return the address that students type."""
        return f"{address or self.address}join"

    def join_link(self) -> str:
        """Return the same with the PIN in it, for those who do not type."""
        return f"{self.join_address()}?pin={self.room.pin}"

    def film(self) -> Film | None:
        """Return the film of the weeks lived so far, with the names that others see; ``None`` before the first."""
        with self._lock:
            if not self.room.course.week:
                return None
            shown = self.names()
            names = [shown.get(learner, "") for learner in range(self.scenario.learners)]
            if self._film is None or self._film.loaded.names != names:
                made = self._film or self._recorder.film(self.room.course.engine)
                self._film = replace(made, loaded=replace(made.loaded, names=names))
            return self._film

    def record(self, learner: int) -> Record | None:
        """Return the last week of a learner whom somebody lives; ``None`` where she sat down after it."""
        with self._lock:
            known = self._records.get(learner, [])
            return known[-1] if len(known) == self.room.course.week and known else None

    def possible(self, learner: int) -> list[Record]:
        """Return what is possible for a learner in the week that comes; nothing once there is none."""
        with self._lock:
            if learner not in self._possible:
                course = self.room.course
                self._possible[learner] = possible_now(course.engine, learner) if course.running else []
            return self._possible[learner]

    def here(self) -> int:
        """Return how many seats have a phone that is connected."""
        with self._lock:
            return sum(self.connected[token] > 0 for token in self.room.seats.taken)

    def debriefed(self, token: str, lang: str) -> dict[str, Any] | None:
        """Return what a student is told of her learner in both worlds, ``None`` before the debriefing."""
        with self._lock:
            seat = self.room.seats.of(token)
            return None if seat is None or self.tell_both is None else self.tell_both(seat.learner, lang)

    def debrief(self, tell_both: Callable[[int, str], dict[str, Any] | None]) -> None:
        """Let every student see her learner in both worlds: what ``tell_both(learner, lang)`` says of her."""
        with self._lock:
            self.tell_both = tell_both
            self.version += 1

    # Who watches

    def watch(self, tell: Callable[[], None]) -> Callable[[], None]:
        """Call ``tell`` from some thread whenever something has happened; return what ends that."""
        with self._lock:
            self._listeners.add(tell)

        def end() -> None:
            with self._lock:
                self._listeners.discard(tell)

        return end

    def tell(self) -> bool:
        """Tell all who watch what has happened since the last time; return whether anything has."""
        with self._lock:
            if self._told == self.version:
                return False
            self._told, listeners = self.version, list(self._listeners)
        for each in listeners:
            each()
        return True

    def names(self) -> Mapping[int, str]:
        """Return learner -> the name that others see."""
        with self._lock:
            return {learner: seat.shown for learner, seat in self.room.seats.learners().items()}


_kept: list[Live] = []


def give_live(live: Live) -> None:
    """Keep the room of this server, for pages to find."""
    _kept[:] = [live]


def the_live() -> Live:
    """Return the room of this server."""
    return _kept[0]
