"""Who comes through the door, and when: at the same moment, twice, from elsewhere, while the disk is full."""

from __future__ import annotations

import asyncio
import http.client
import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from ecosim.classroom.live import Live
from ecosim.classroom.phones import limits
from ecosim.classroom.phones.door import Door, Phone
from ecosim.classroom.phones.heard import KINDS
from ecosim.classroom.serving import OUTSIDE
from ecosim.web.guard import Rules, guarded
from tests.classroom.conftest import PIN
from tests.classroom.phoning import Handset, opened_door
from tests.web.crews import comes


@pytest.fixture
def door(live: Live) -> Iterator[str]:
    """Return the address of the phones of ``live``."""
    with opened_door(live) as address:
        yield address


class Line:
    """A connection of which nothing comes and into which everything goes."""

    client = None


@pytest.fixture
def phones(live: Live) -> list[Phone]:
    """Return phones that are connected to a door whose server stands still."""
    door = Door(live)
    made = [Phone(Line(), door) for _ in range(8)]  # type: ignore[arg-type]
    door.phones |= set(made)
    return made


def at_once(*deeds: Any) -> None:
    """Do all this at the same moment."""
    start = threading.Barrier(len(deeds))

    def do(deed: Any) -> None:
        start.wait()
        deed()

    threads = [threading.Thread(target=do, args=(deed,)) for deed in deeds]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # threads take turns within a line
    try:
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    finally:
        sys.setswitchinterval(before)


def test_of_many_phones_that_come_at_once_with_one_token_one_stays(live: Live, phones: list[Phone]) -> None:
    seat = live.room.join(PIN)
    message = {"t": "join", "pin": PIN, "token": seat.token}
    for _ in range(20):
        at_once(*(lambda phone=phone: phone._do(message) for phone in phones))
        assert [phone.token for phone in phones].count(seat.token) == 1
        assert live.connected[seat.token] == 1


def test_a_seat_is_left_once_whoever_says_so(live: Live, phones: list[Phone]) -> None:
    seat = live.room.join(PIN)
    assert phones[0].sit(seat.token) and phones[1].sit(seat.token)  # which shows the first one out
    assert [phones[0].leave(), live.connected[seat.token]] == ["", 1]
    assert [phones[1].leave(), live.connected[seat.token]] == [seat.token, 0]
    assert [phones[1].leave(True), live.connected[seat.token]] == ["", 0]
    assert not phones[1].sit(seat.token)
    assert live.here() == 0


def test_a_phone_that_is_gone_when_its_wish_is_granted_is_no_ghost(live: Live, phones: list[Phone]) -> None:
    seat = live.room.join(PIN)
    old, new = phones[:2]
    old.leave(gone=True)  # its page is loaded anew while it still waits for its seat
    new._do({"t": "join", "pin": PIN, "token": seat.token})
    old._do({"t": "join", "pin": PIN, "token": seat.token})
    assert (old.token, new.token) == ("", seat.token)
    assert live.here() == 1


def test_a_decision_is_confirmed_for_the_week_in_which_it_was_taken(
    live: Live, phones: list[Phone], monkeypatch: pytest.MonkeyPatch
) -> None:
    phones[0]._do({"t": "join", "pin": PIN})
    live.open_round()
    acting = live.acting

    @contextmanager
    def hurried() -> Iterator[Any]:
        with acting() as room:
            yield room
        with acting() as room:  # time is up as soon as anybody else may act
            room.live()

    monkeypatch.setattr(live, "acting", hurried)
    phones[0]._do({"t": "choose", "artefact": None})
    told = phones[0].answers[-1]
    assert (told["t"], told["week"]) == ("chosen", 0)
    assert live.room.course.facts.choices[told["week"]] == {0: told["choice"]}


def test_who_guesses_pins_keeps_nobody_from_her_seat(door: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "GUESSES", 3)
    first = Handset(door)
    seat = first.join("Ana")
    first.close()
    guesser, again = Handset(door), Handset(door)  # a school may have one address for all its phones
    for number in range(3):
        guesser.say(t="join", pin=f"000{number}", token="x" * 20)
        assert guesser.refused() == "pin"
    guesser.say(t="join", pin=PIN, token="x" * 20)
    assert guesser.refused() == "wait"
    assert again.join(token=seat["token"]) == seat
    for phone in (guesser, again):
        phone.close()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_without_a_seat_nothing_happens(door: str, live: Live, kind: str) -> None:
    fields = {"join": {"pin": "0000"}, "choose": {"artefact": 0}, "predict": {"guess": "easy"}, "answer": {"option": 0}}
    live.open_round()
    phone = Handset(door)
    if kind == "lang":
        phone.say(t="lang", lang="fr")
        phone.say(t="another")
        assert phone.hears("error")["say"] != "This phone has no seat yet."
    else:
        phone.say(t=kind, **fields.get(kind, {}))
        assert phone.refused() == ("pin" if kind == "join" else "no_seat")
    phone.close()
    room = live.room
    assert not (room.seats.taken or room.choices or room.guesses)


def test_a_full_disk_is_told_and_costs_no_seat(
    door: str, live: Live, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    phone = Handset(door)
    seat = phone.join("Ana")
    live.open_round()
    live.room.journal.path = tmp_path / "file" / "class.jsonl"
    (tmp_path / "file").write_text("")
    phone.hears("week", week=0)
    phone.say(t="choose", artefact=None)
    told = phone.hears("error")
    assert told["code"] == "internal"
    assert str(tmp_path) not in json.dumps(told)  # phones are told nothing of this machine
    assert not live.room.choices
    assert any(str(tmp_path) in each.getMessage() for each in caplog.records)
    live.room.journal.path = None
    phone.say(t="choose", artefact=None)
    assert phone.hears("chosen")["choice"] == {"artefact": None}
    assert live.room.seats.of(seat["token"]) is not None
    phone.close()


def test_all_phones_hear_that_the_server_ends(live: Live) -> None:
    with opened_door(live) as address:
        phones = [Handset(address) for _ in range(3)]
        for phone in phones[:2]:
            phone.join()
    assert [phone.closed() for phone in phones] == [1012] * 3
    assert live.here() == 0


def test_while_the_room_is_busy_the_door_goes_on(door: str, live: Live) -> None:
    phone, other = Handset(door), Handset(door)
    phone.join()
    with live.reading():  # as while a changed past is lived again
        phone.close()
        other.socket.send("nonsense")
        assert other.refused() == "malformed"
        page = http.client.HTTPConnection(urlsplit(door).netloc, timeout=10)
        page.request("GET", "/join")
        assert page.getresponse().status == 200
        page.close()
    assert comes(lambda: live.here() == 0)
    other.close()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1"])
def test_who_asks_under_another_name_gets_nothing(door: str, host: str) -> None:
    for path, more in (("/join", {}), ("/ws", {"Upgrade": "websocket", "Connection": "Upgrade"})):
        asked = http.client.HTTPConnection(urlsplit(door).netloc, timeout=10)
        key = {"Sec-WebSocket-Key": "MDEyMzQ1Njc4OWFiY2RlZg==", "Sec-WebSocket-Version": "13"}
        asked.request("GET", path, headers={"Host": host, "Origin": f"http://{host}", **more, **(key if more else {})})
        assert asked.getresponse().status == (403 if more else 421)
        asked.close()


@pytest.mark.parametrize(
    ("kind", "path", "mine", "theirs"),
    [("http", "/join", True, True), ("http", "/join/phone.js", True, True), ("http", "/eco/theme.css", True, True),
     ("websocket", "/ws", True, True), ("http", "/", True, False), ("http", "/readyz", True, False),
     ("http", "/static/main.js", True, False), ("http", "/jupyter/api/kernels/1/x", True, False),
     ("websocket", "/other", True, False)],
)  # fmt: skip
def test_other_machines_get_the_phones_page_only(kind: str, path: str, mine: bool, theirs: bool) -> None:
    passed: list[str] = []

    async def inner(scope: Any, _: Any, send: Any) -> None:
        passed.append(scope["path"])

    async def receive() -> dict[str, str]:
        return {"type": "websocket.connect"}

    async def send(_: Any) -> None:
        pass

    app = guarded(inner, Rules(frozenset({"class:80"}), lambda _: None, outside=OUTSIDE))
    headers = [(b"host", b"class:80"), (b"origin", b"http://class:80")]
    for client, may in (("127.0.0.1", mine), ("::1", mine), ("198.51.100.7", theirs), ("2001:db8::7", theirs)):
        scope = {"type": kind, "scheme": "http" if kind == "http" else "ws", "method": "GET", "path": path,
                 "headers": headers, "client": (client, 1), "query_string": b""}  # fmt: skip
        passed.clear()
        asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
        assert bool(passed) == may, client
