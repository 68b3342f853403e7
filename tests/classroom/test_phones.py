"""The door of phones: everybody acts for herself, what is wrong is refused, what is slow keeps nobody waiting."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed, InvalidStatus

from ecosim.classroom.live import Live
from ecosim.classroom.phones import limits
from ecosim.classroom.phones.heard import KINDS, LONGEST, heard
from ecosim.classroom.phones.limits import BURST, GUESSES, PATIENCE, RATE, WITHIN, Bucket, Guesses
from ecosim.classroom.phones.page import document
from ecosim.classroom.phones.told import room_told, week_told
from ecosim.classroom.refusal import Refused
from ecosim.language import LANGUAGES, table
from ecosim.model.follow import week_of
from ecosim.web.assets import asset
from tests.classroom.conftest import PIN
from tests.classroom.phoning import Handset, opened_door
from tests.web.crews import comes

Call = Callable[..., Handset]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=8,
)
FIELDS = sorted({name for needed, more in KINDS.values() for name in (*needed, *more)})
NEARLY = st.fixed_dictionaries(
    {"t": st.sampled_from(sorted(KINDS)) | JSON}, optional=dict.fromkeys(FIELDS, JSON)
)  # messages that look like ours
"""What phones, and whoever takes the place of one, may send."""


@pytest.fixture
def door(live: Live) -> Iterator[str]:
    """Return the address of the phones of ``live``."""
    with opened_door(live) as address:
        yield address


@pytest.fixture
def call(door: str) -> Iterator[Call]:
    """Return what makes a phone that is connected."""
    made: list[Handset] = []

    def ring(**how: Any) -> Handset:
        made.append(Handset(door, **how))
        return made[-1]

    yield ring
    for each in made:
        each.close()


# What may be said


@given(st.text(max_size=200) | JSON.map(json.dumps) | NEARLY.map(json.dumps))
def test_whatever_is_said_is_a_message_of_ours_or_refused(said: str) -> None:
    try:
        message = heard(said)
    except Refused as error:
        assert error.code in ("malformed", "too_long")
        return
    needed, more = KINDS[message["t"]]
    assert set(needed) <= set(message) - {"t"} <= set(needed) | set(more)
    assert not any(isinstance(value, list | dict | float | bool) for value in message.values())


@pytest.mark.parametrize(
    "said",
    ["", "[]", "1", '{"t": "choose"}', '{"t": "join", "pin": 1234}', '{"t": "predict", "guess": "great"}',
     '{"t": "choose", "artefact": true}', '{"t": "choose", "artefact": 1.0}', '{"t": "choose", "artefact": NaN}',
     '{"t": "choose", "artefact": 1, "learner": 3}', '{"t": "another", "token": "x"}', '{"t": "teach"}',
     '{"t": ["join"]}', "[" * 900, '{"t": "choose", "artefact": 1e999}', '{"t": "choose", "artefact": 99999999}'],
)  # fmt: skip
def test_what_is_nearly_a_message_is_none(said: str) -> None:
    with pytest.raises(Refused) as refused:
        heard(said)
    assert refused.value.code == "malformed"


def test_a_message_is_short() -> None:
    with pytest.raises(Refused) as refused:
        heard('{"t": "join", "pin": "' + "1" * LONGEST + '"}')
    assert refused.value.code == "too_long"


def test_so_many_messages_pass_at_once_and_so_many_in_the_long_run() -> None:
    now = [0.0]
    bucket = Bucket(lambda: now[0])
    assert sum(bucket.lets() for _ in range(3 * BURST)) == BURST
    assert bucket.refused == 2 * BURST
    now[0] = 2.0
    assert sum(bucket.lets() for _ in range(3 * BURST)) == 2 * RATE
    now[0] = 1e6
    assert sum(bucket.lets() for _ in range(3 * BURST)) == BURST


def test_who_guesses_too_often_waits() -> None:
    now = [0.0]
    guesses = Guesses(lambda: now[0])
    for _ in range(GUESSES):
        assert not guesses.too_many("a")
        guesses.wrong("a")
    assert guesses.too_many("a") and not guesses.too_many("b")
    now[0] = WITHIN + 1.0
    assert not guesses.too_many("a")


# What is told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_week_is_told_as_it_is(live: Live, lang: str) -> None:
    with live.acting() as room:
        seat = room.join(PIN, "Ana")
    before = week_told(live, seat.token, lang)
    assert before is not None and not before["possible"] and before["last"] is None
    for _ in range(3):
        live.open_round()
        told = week_told(live, seat.token, lang)
        assert told is not None
        assert [each["number"] for each in told["possible"]] == room.course.options(seat.learner)
        names = sum(len(each["names"].split(", ")) for each in told["rest"])
        assert len(told["possible"]) + names == len(room.course.engine.artefact_names)
        with live.acting():
            room.choose(seat.token, told["possible"][0]["number"] if told["possible"] else None)
            room.live()
        record = week_of(room.course.engine, seat.learner, None)
        after = week_told(live, seat.token, lang)
        assert after is not None and after["last"] is not None
        assert after["last"]["acted"] == record["acted"]
        if record["acted"]:
            assert after["last"]["flow"] == pytest.approx(record["flow"], abs=1e-3)
        said = json.dumps([after, room_told(live, lang)], ensure_ascii=False)
        assert "classroom." not in said and len(said) < 6000


def test_nobody_is_told_of_a_name_that_is_hidden(live: Live) -> None:
    with live.acting() as room:
        seats = [room.join(PIN, f"name-{i}") for i in range(room.course.loaded.scenario.learners)]
        for seat in seats:
            room.hide(seat.learner)
    live.open_round()
    for seat in seats:
        told = week_told(live, seat.token, "en")
        assert told is not None
        assert "name-" not in json.dumps(told["around"])


def test_the_page_is_small_and_its_script_old_enough() -> None:
    from ecosim.classroom.phones.page import _content

    files = [_content("phone.js"), _content("phone.css"), document("en").encode()]
    assert sum(map(len, files)) + 4_000 < 50_000  # the style sheet that all pages share has less than 4 kB
    script = files[0].decode()
    for new in ("=>", "let ", "const ", "`", "?.", "??", "async ", "class ", "...", "padStart"):
        assert new not in script.replace('"use strict"', ""), new
    assert asset("theme.css") in files[2].decode()


def test_the_page_has_all_words_that_its_script_asks_for() -> None:
    import re

    from ecosim.classroom.phones.page import _content

    asked = set(re.findall(r'\bw\("([a-z_.]+)"', _content("phone.js").decode()))
    for lang in LANGUAGES:
        words = table(lang)["classroom"]["page"]
        for key in asked:
            found = words
            for part in key.rstrip(".").split("."):
                found = found[part]


# The door


def test_a_seat_is_given_and_given_back(call: Call, live: Live) -> None:
    phone = call()
    seat = phone.join("Ana")
    assert (seat["learner"], seat["name"]) == (0, "Ana")
    assert phone.hears("week")["learner"] == 0
    phone.close()
    assert comes(lambda: live.here() == 0)
    again = call().join(token=seat["token"])
    assert again == seat
    assert len(live.room.seats.taken) == 1


def test_a_token_that_is_nobodys_gets_a_seat_of_its_own(call: Call) -> None:
    token = "x" * 20
    assert call().join(token=token)["learner"] == 0
    assert call().join(token="short")["learner"] == 1  # too short to be kept secret: another is made
    assert call().join(token="é" * 20)["token"] != "é" * 20


def test_of_two_phones_with_one_token_the_later_has_the_seat(call: Call, live: Live) -> None:
    first, second = call(), call()
    seat = first.join("Ana")
    assert second.join(token=seat["token"]) == seat
    assert first.refused() == "elsewhere"
    assert first.closed() == 4001
    live.open_round()
    second.hears("room", phase="choosing")
    second.say(t="choose", artefact=None)
    assert second.hears("chosen")["choice"] == {"artefact": None}
    assert live.here() == 1


def test_nobody_acts_for_another_or_out_of_time(call: Call, live: Live) -> None:
    phone, stranger = call(), call()
    phone.join()
    phone.say(t="choose", artefact=None)
    assert phone.refused() == "not_now"
    live.open_round()
    stranger.say(t="choose", artefact=None)
    assert stranger.refused() == "no_seat"
    phone.say(t="choose", artefact=None, learner=5)
    assert phone.refused() == "malformed"
    phone.say(t="choose", artefact=9999)
    assert phone.refused() == "impossible"
    phone.say(t="choose", artefact=None, effort=3)
    phone.hears("chosen")
    phone.say(t="answer", option=0)
    assert phone.refused() == "no_poll"
    phone.say(t="another")
    assert phone.refused() == "still_there"
    assert set(live.room.choices) == {0}


def test_a_round_is_told_to_all_in_their_language(call: Call, live: Live) -> None:
    phone, french = call(), call()
    phone.join()
    french.say(t="join", pin=PIN, lang="fr")
    french.hears("seat")
    live.open_round()
    assert phone.hears("room", phase="choosing")["title"] == live.session.title("en")
    assert french.hears("room", phase="choosing")["title"] == live.session.title("fr")
    french.say(t="lang", lang="en")
    assert french.hears("room")["title"] == live.session.title("en")
    phone.say(t="predict", guess="hard")
    assert phone.hears("predicted")["guess"] == "hard"
    assert live.room.guesses == {0: "hard"}


def test_time_is_up_and_the_week_is_lived_as_far_as_it_was_decided(call: Call, live: Live) -> None:
    phone = call()
    phone.join()
    phone.hears("week")
    live.seconds = 3
    live.open_round()
    phone.hears("room", phase="choosing")
    phone.say(t="choose", artefact=None)
    assert 0.0 <= phone.hears("room", decided=1)["left"] <= 3.0
    week = phone.hears("week", week=1)
    assert week["last"]["lines"][0] == "You did nothing this week, as you decided."
    assert live.room.course.facts.choices == ({0: {"artefact": None}},)


@pytest.mark.long
def test_a_clock_that_stands_still_does_not_run_out(call: Call, live: Live) -> None:
    phone = call()
    phone.join()
    live.seconds = 1
    live.open_round()
    live.pause(True)
    phone.hears("room", paused=True)
    time.sleep(1.3)
    assert live.room.course.week == 0
    live.pause(False)
    phone.hears("week", week=1)


def test_a_wrong_pin_is_refused_and_cannot_be_tried_for_ever(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "GUESSES", 3)
    phone = call()
    for _ in range(3):
        phone.say(t="join", pin="0000")
        assert phone.refused() == "pin"
    phone.say(t="join", pin=PIN)
    assert phone.refused() == "wait"


def test_a_seat_that_is_taken_away_is_told(call: Call, live: Live) -> None:
    phone = call()
    seat = phone.join("Ana")
    with live.acting() as room:
        room.remove(seat["learner"])
    assert phone.refused() == "removed"
    phone.say(t="join", pin=PIN, token=seat["token"])
    assert phone.refused() == "removed"


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1", "null"])
def test_a_page_of_somebody_else_gets_no_connection(door: str, origin: str) -> None:
    with pytest.raises(InvalidStatus):
        Handset(door, origin=origin)


def test_what_is_too_long_ends_the_connection(call: Call) -> None:
    phone = call()
    phone.join()
    phone.socket.send("x" * 5000)
    assert phone.refused() == "too_long"
    assert phone.closed() == 1009


def test_bytes_are_no_message(call: Call) -> None:
    phone = call()
    phone.socket.send(b"\x00\xff")
    assert phone.refused() == "malformed"


def test_a_flood_is_refused_and_then_shut_out(call: Call, live: Live) -> None:
    phone, other = call(), call()
    phone.join()
    with suppress(ConnectionClosed):
        for _ in range(BURST + PATIENCE + 200):
            phone.socket.send("{}")
    assert phone.closed() == 1008
    assert other.join()["learner"] == 1
    assert comes(lambda: live.here() == 1)


@pytest.mark.long
def test_a_phone_that_reads_nothing_keeps_nobody_waiting(door: str, call: Call, live: Live) -> None:
    import socket
    from base64 import b64encode
    from urllib.parse import urlsplit

    place = urlsplit(door)
    with socket.create_connection((place.hostname, place.port)) as stalled:
        stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        key = b64encode(b"0123456789abcdef").decode()
        stalled.sendall(
            f"GET /ws HTTP/1.1\r\nHost: {place.netloc}\r\nOrigin: {door}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        stalled.recv(2048)
        said = json.dumps({"t": "join", "pin": PIN}).encode()
        stalled.sendall(bytes([0x81, 0x80 | len(said), 0, 0, 0, 0]) + said)
        assert comes(lambda: len(live.room.seats.taken) == 1)
        phone = call()
        phone.join()
        for _ in range(5):
            live.open_round()
            phone.hears("room", phase="choosing")
            with live.acting() as room:
                room.live()
            phone.hears("room", phase="lived")
    assert live.room.course.week == 5


def test_the_teachers_screen_is_not_for_other_machines() -> None:
    from ecosim.classroom.serving import OUTSIDE
    from ecosim.web.guard import Rules, _may_come

    rules = Rules(frozenset(), lambda _: None, outside=OUTSIDE)

    def may(path: str, client: str) -> bool:
        return _may_come({"path": path, "client": (client, 5)}, rules)

    for path in ("/join", "/join/phone.js", "/ws", "/eco/theme.css"):
        assert may(path, "198.51.100.7")
    for path in ("/", "/joiner", "/ws2", "/ecosystem", "/jupyter/api/kernels/x/channels", "/static/x", "/resourcez"):
        assert not may(path, "198.51.100.7")
        assert may(path, "127.0.0.1") and may(path, "::1") and may(path, "::ffff:127.0.0.1")
    assert not may("/", "nonsense")
    assert _may_come({"path": "/", "client": ("198.51.100.7", 5)}, Rules(frozenset(), lambda _: None))


def test_the_page_is_served_with_its_files_and_nothing_else(door: str) -> None:
    with urllib.request.urlopen(f"{door}/join?lang=fr") as answer:
        assert 'lang="fr"' in answer.read().decode()
        assert "script-src 'self'" in answer.headers["content-security-policy"]
    for name in ("phone.js", "phone.css"):
        with urllib.request.urlopen(f"{door}/join/{name}") as answer:
            assert answer.status == 200
    for name in ("page.py", "..%2Fdoor.py"):
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"{door}/join/{name}")
