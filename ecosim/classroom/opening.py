"""Rooms are opened: new, or as a journal tells of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ecosim.classroom.course import Facts
from ecosim.classroom.happening import act
from ecosim.classroom.journal import Event, Journal
from ecosim.classroom.room import MOST_SEATS, Room


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
    """Return the room that a journal tells of, as it was at its last event; ``None`` where it tells of none."""
    every = list(found)
    if not every or every[0]["e"] != "start":
        return None
    start = every[0]
    facts = Facts(start["text"], start["settings"], start["replicate"])
    room = Room(facts, start["pin"], journal, start["most"], start["source"], given=start["given"])
    for event in every[1:]:
        act(room, event)
    return room
