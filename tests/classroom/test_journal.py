"""A journal under whatever may befall it: lines cut off anywhere, a full disk, a file of somebody else."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosim.classroom.course import Facts
from ecosim.classroom.journal import Journal, events
from ecosim.classroom.opening import opened, reopened
from ecosim.classroom.phases import CHOOSING
from ecosim.classroom.room import Room
from ecosim.errors import StorageError
from ecosim.language import LANGUAGES

TEXT = "ecosim: 1\nkind: scenario\nextends: preset:community-of-practice\nlearners: 14\nweeks: 6\nseed: 3\n"
PIN = "4711"


def state(room: Room | None) -> Any:
    """Return all that a room is."""
    assert room is not None
    return (
        room.phase, room.paused, room.ended, room.choices, room.guesses, room.seats.taken, room.seats.gone,
        room.course.facts, room.course.engine.digest(),
    )  # fmt: skip


def begun(path: Path, name: str = "Ada") -> Room:
    """Return a room with one student, who has lived one week."""
    room = opened(Facts(TEXT), PIN, Journal(path), source="facilitator")
    room.join(PIN, name)
    room.open_round()
    room.live()
    return room


@given(st.data())
def test_who_goes_on_after_a_line_that_was_cut_off_loses_nothing_later(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("state") / "class.jsonl"
    begun(path, "Zoé\U0001f600").open_round()
    before, _, last = path.read_bytes()[:-1].rpartition(b"\n")
    path.write_bytes(before + b"\n" + last[: data.draw(st.integers(1, len(last)))])  # up to all but its end
    room = reopened(events(path), Journal(path))
    assert room is not None and room.course.week == 1 and room.phase != CHOOSING
    for _ in range(2):
        room.open_round()
        room.live()
    again = reopened(events(path), Journal(path))
    assert state(again) == state(room)
    assert again is not None and again.course.week == 3


@pytest.mark.parametrize("rest", [b"\x00" * 50, b"\xff\xfe", b'{"e":"over"}', "é".encode()[:1]])
def test_what_a_loss_of_power_leaves_at_the_end_is_taken_away(tmp_path: Path, rest: bytes) -> None:
    path = tmp_path / "class.jsonl"
    room, whole = begun(path), path.read_bytes()
    path.write_bytes(whole + rest)
    assert state(reopened(events(path), Journal(path))) == state(room)
    room.open_round()
    assert path.read_bytes() == whole + b'{"e":"open"}\n'


def test_a_write_that_was_not_finished_is_refused_and_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "class.jsonl"
    room = begun(path)
    before, write = state(room), os.write
    with monkeypatch.context() as full:
        full.setattr(os, "write", lambda handle, line: write(handle, line[:4]))
        with pytest.raises(StorageError):
            room.open_round()
    assert state(room) == before
    assert state(reopened(events(path), Journal(None))) == before
    room.open_round()  # there is room again
    assert state(reopened(events(path), Journal(None))) == state(room)


@pytest.mark.parametrize(
    "wish",
    [Room.open_round, lambda room: room.join(PIN, "Bo"), lambda room: room.change("facilitation", 0.9), Room.end,
     lambda room: room.pause(), lambda room: room.remove(0), Room.again],
)  # fmt: skip
def test_what_cannot_be_written_down_does_not_happen(tmp_path: Path, wish: Callable[[Room], Any]) -> None:
    room = begun(tmp_path / "class.jsonl")
    before = state(room)
    room.journal.path = tmp_path / "class.jsonl" / "no-folder" / "class.jsonl"
    with pytest.raises(StorageError) as error:
        wish(room)
    assert state(room) == before
    assert "no-folder" in error.value.say("fr")


@pytest.mark.parametrize(
    "line",
    [b'{"e":"teach"}', b'{"e":"seat"}', b'{"e":"week","choices":{"99":{"artefact":null}}}', b'{"e":["open"]}',
     b'{"e":"week","choices":{"x":{}}}', b'{"e":"answer","learner":0,"option":1}', b'{"e":"week","choices":7}',
     b'{"e":"resize","learners":-1}'],
)  # fmt: skip
def test_a_journal_of_another_version_is_refused_and_kept(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "class.jsonl"
    begun(path)
    whole = path.read_bytes() + line + b"\n"
    path.write_bytes(whole)
    with pytest.raises(StorageError) as error:
        reopened(events(path), Journal(path))
    for lang in LANGUAGES:
        assert "--new" in error.value.say(lang) and str(path) in error.value.say(lang)
    assert path.read_bytes() == whole


def test_a_beginning_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "class.jsonl"
    for line in (b'{"e":"start"}', b'{"e":"start","text":"kind: study"}'):
        path.write_bytes(line + b"\n")
        with pytest.raises(StorageError):
            reopened(events(path), Journal(path))
