"""What tests of a lesson share: rooms in use, and a server as a teacher starts it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ecosim.classroom.course import Facts
from ecosim.classroom.live import Live, give_live
from ecosim.classroom.room import Room
from ecosim.classroom.session import load_session
from tests.web.conftest import browser, started, visit
from tests.web.crews import crew

__all__ = ["browser", "crew", "visit"]

PIN = "1234"


@pytest.fixture
def live() -> Iterator[Live]:
    """Return a room in use, that of the shortest session, which pages find."""
    session = load_session("facilitator")
    made = Live(Room(Facts(session.text), PIN), session)
    give_live(made)
    yield made


@pytest.fixture
def classroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], str]]:
    """Return the address of ``ecosim class``."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with started("ecosim", "class", "facilitator", "--host", "127.0.0.1", "--pin", PIN, "--no-browser") as address:
        yield address
