"""Who sits where: a token a seat, a learner a seat; names that are shown, hidden, or taken away."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass, field, replace
from hmac import compare_digest

from ecosim.classroom.refusal import Refused

LONGEST_NAME = 24
TOKEN_BYTES = 24
TOKEN_LETTERS = (16, 64)  #: of a token, at least and at most


@dataclass(frozen=True)
class Seat:
    """One student's place.

    Parameters
    ----------
    token : str
        What her phone keeps, and nobody else knows.
    learner : int
        Whose weeks she lives.
    name : str
        As she likes to be called; empty where she does not say.
    hidden : bool
        Whether the teacher keeps the name off the screen.
    """

    token: str
    learner: int
    name: str = ""
    hidden: bool = False

    @property
    def shown(self) -> str:
        """The name that others see."""
        return "" if self.hidden else self.name


def clean(name: str) -> str:
    """Return a name without what moves or hides letters, and not too long."""
    composed = unicodedata.normalize("NFC", name)
    kept = "".join(each for each in composed if each == " " or unicodedata.category(each)[0] not in "CZ")
    return " ".join(kept.split())[:LONGEST_NAME].strip()


def token_like(wanted: str) -> str:
    """Return the token that a phone brings along, a new one where that could be guessed."""
    brought = TOKEN_LETTERS[0] <= len(wanted) <= TOKEN_LETTERS[1] and wanted.isascii()
    return wanted if brought else secrets.token_urlsafe(TOKEN_BYTES)


@dataclass
class Seats:
    """All seats of a room.

    Parameters
    ----------
    free : list of int
        Learners whom nobody lives yet, in the order in which they are given away.
    """

    free: list[int]
    taken: dict[str, Seat] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)

    def of(self, token: str) -> Seat | None:
        """Return the seat of a token; every token is compared in the same time."""
        found = None
        for known, seat in self.taken.items():
            if compare_digest(known.encode(), token.encode("utf-8", "replace")):
                found = seat
        return found

    def next_free(self) -> int:
        """Return the learner of the next seat.

        Raises
        ------
        Refused
            When all are taken.
        """
        if not self.free:
            raise Refused("classroom.refused.full")
        return self.free[0]

    def take(self, seat: Seat) -> None:
        """Give a seat away."""
        self.taken[seat.token] = seat
        self.free = [each for each in self.free if each != seat.learner]

    def move(self, token: str, learner: int) -> None:
        """Let somebody live another learner; the one before is nobody's any more."""
        self.taken[token] = replace(self.taken[token], learner=learner)
        self.free = [each for each in self.free if each != learner]

    def rename(self, token: str, name: str) -> None:
        """Call somebody otherwise."""
        self.taken[token] = replace(self.taken[token], name=name)

    def hide(self, learner: int, hidden: bool) -> None:
        """Keep a name off the screen, or show it again."""
        for token, seat in self.taken.items():
            if seat.learner == learner:
                self.taken[token] = replace(seat, hidden=hidden)

    def remove(self, learner: int) -> None:
        """Take a seat away for good: its token is refused from now on, and the seat is free again."""
        for token, seat in list(self.taken.items()):
            if seat.learner == learner:
                del self.taken[token]
                self.gone.add(token)
                self.free = [learner, *self.free]

    def learners(self) -> dict[int, Seat]:
        """Return learner -> seat."""
        return {seat.learner: seat for seat in self.taken.values()}
