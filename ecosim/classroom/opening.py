"""Rooms are opened: new, or as a journal tells of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ecosim.classroom.course import Facts
from ecosim.classroom.happening import act
from ecosim.classroom.journal import Event, Journal
from ecosim.classroom.room import MOST_SEATS, Room
from ecosim.errors import EcosimError, StorageError


def opened(
    facts: Facts, pin: str, journal: Journal, most: int = MOST_SEATS, source: str = "",
    given: Mapping[str, Any] | None = None,
) -> Room:  # fmt: skip
    """Return a new room, and begin its journal; parameters are those of :class:`Room`."""
    journal.remove()
    room = Room(facts, pin, journal, most, source, given=given or {})
    journal.write({
        "e": "start", "text": facts.text, "settings": dict(facts.settings), "replicate": facts.replicate, "pin": pin,
        "most": most, "source": source, "given": dict(room.given),
    })  # fmt: skip
    return room


def reopened(found: Iterable[Event], journal: Journal) -> Room | None:
    """Return the room that a journal tells of, as it was at its last event; ``None`` where it tells of none.

    Raises
    ------
    StorageError
        When it tells of something else than rooms of this version do.
    """
    every = list(found)
    if not every or every[0]["e"] != "start":
        return None
    try:
        return _lived(every[0], every[1:], journal)
    except (EcosimError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise StorageError("classroom.journal.unreadable", path=journal.path) from error


def _lived(start: Event, rest: Iterable[Event], journal: Journal) -> Room:
    """Return the room that began so, after all the rest has happened."""
    facts = Facts(start["text"], start["settings"], start["replicate"])
    room = Room(facts, start["pin"], journal, start["most"], start["source"], given=start["given"])
    for event in rest:
        act(room, event)
    return room
