"""A full class: a hundred phones, lines that break, nonsense by the thousand, a server that is killed."""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from ecosim.classroom.course import Course, Facts
from ecosim.classroom.journal import Journal, events
from ecosim.classroom.live import Live
from ecosim.classroom.opening import opened, reopened
from ecosim.classroom.phases import OVER
from ecosim.classroom.session import load_session
from tests.classroom.conftest import PIN
from tests.classroom.phoning import Handset, opened_door, spare_port
from tests.web.conftest import ROOT
from tests.web.crews import comes

pytestmark = pytest.mark.long
STUDENTS, WEEKS, DROPPED = 100, 12, 0.3


class Student:
    """One of many: decides whatever is possible, and comes back when her line breaks."""

    def __init__(self, address: str, number: int, drops: float = 0.0) -> None:
        self.address, self.drops = address, drops
        self.luck = random.Random(number)
        self.token, self.learner = "", -1
        self.acknowledged: dict[int, dict[str, Any]] = {}
        self.seats: set[tuple[str, int]] = set()

    async def live(self) -> None:
        """Live the whole lesson."""
        while True:
            try:
                async with connect(f"{self.address.replace('http', 'ws')}/ws", origin=self.address) as socket:  # type: ignore[arg-type]
                    if await self._sit(socket):
                        return
            except (ConnectionClosed, OSError):
                await asyncio.sleep(0.2)

    async def _sit(self, socket: Any) -> bool:
        """Take part until the lesson is over, or the line breaks; tell whether it is over."""
        message = {"t": "join", "pin": PIN} | ({"token": self.token} if self.token else {})
        await socket.send(json.dumps(message))
        decided = -1
        async for said in socket:
            told = json.loads(said)
            if told["t"] == "seat":
                self.token, self.learner = told["token"], told["learner"]
                self.seats.add((self.token, self.learner))
            elif told["t"] == "room" and told["phase"] == OVER:
                return True
            elif told["t"] == "chosen":
                self.acknowledged[told["week"]] = told["choice"]
                if self.luck.random() < self.drops:
                    return False
            elif told["t"] == "week" and told["possible"] and told["week"] > decided:
                decided = told["week"]
                await asyncio.sleep(0.2 * self.luck.random())
                if self.luck.random() < 0.5 * self.drops:
                    return False  # in the midst of the round, before she has decided
                choice = self.luck.choice([*(each["number"] for each in told["possible"]), None])
                await socket.send(json.dumps({"t": "choose", "artefact": choice}))
        return False


async def taught(live: Live, students: list[Student], weeks: int) -> None:
    """Lead a lesson of so many weeks while all students take part."""
    playing = [asyncio.ensure_future(each.live()) for each in students]
    while len(live.room.seats.taken) < len(students):
        await asyncio.sleep(0.05)
    for _ in range(weeks):
        live.open_round()
        await asyncio.sleep(0.8)
        with live.acting() as room:
            room.live()
        await asyncio.sleep(0.05)
    with live.acting() as room:
        room.end()
    await asyncio.wait_for(asyncio.gather(*playing), 30)


def room_of(place: Path, **settings: Any) -> Live:
    """Return a room in use whose journal lies at ``place``."""
    session = load_session("facilitator")
    facts = Facts(session.text, {"learners": 150, "weeks": WEEKS, **settings})
    return Live(opened(facts, PIN, Journal(place), source="facilitator"), session)


@pytest.mark.parametrize("drops", [0.0, DROPPED])
def test_a_hundred_students_live_twelve_weeks_and_nobody_loses_her_seat(tmp_path: Path, drops: float) -> None:
    live = room_of(tmp_path / "class.jsonl")
    with opened_door(live) as address:
        students = [Student(address, number, drops) for number in range(STUDENTS)]
        asyncio.run(taught(live, students, WEEKS))
    course = live.room.course
    assert course.week == WEEKS
    assert len({each.token for each in students}) == len({each.learner for each in students}) == STUDENTS
    assert all(len(each.seats) == 1 for each in students)
    acknowledged = 0
    for each in students:
        for week, choice in each.acknowledged.items():
            assert course.facts.choices[week][each.learner] == choice, (week, each.learner)
            acknowledged += 1
    assert acknowledged > 0.5 * STUDENTS * WEEKS * (1.0 - drops) * float(course.engine.learners.enrolled.mean())
    again = reopened(events(tmp_path / "class.jsonl"), Journal(None))
    assert again is not None and again.course.engine.digest() == course.engine.digest()


NONSENSE = 12_000
PIECES = (
    '{"t":"join","pin":"1234"}', '{"t":"choose","artefact":0}', '{"t":"predict","guess":"hard"}', '{"t":"another"}',
    '{"t":"answer","option":0}', '{"t":"lang","lang":"fr"}', "null", "[]", "{}", '"', "\\u0000", "😀", "NaN",
    "1e309", "-0", "true", '{"t":', '"t"', '":"', "}" * 50, "[" * 400, "x" * 990,
    '{"t":"join","token":"' + "a" * 60 + '"}',
)  # fmt: skip


def nonsense(luck: random.Random) -> str | bytes:
    """Return something that no phone of ours would say, or nearly."""
    kind = luck.randrange(4)
    if kind == 0:
        return luck.randbytes(luck.randrange(200))
    said = "".join(luck.choice(PIECES) for _ in range(luck.randrange(1, 4)))
    if kind == 1:
        return said
    place = luck.randrange(len(said) + 1)
    if kind == 2:
        return said[:place] + chr(luck.randrange(1, 0xD7FF)) + said[place:]
    return json.dumps({"t": luck.choice(["join", "choose", "predict", "answer", "another", "lang", "teach", 7, None]),
                       **{luck.choice(["pin", "artefact", "effort", "partner", "token", "name", "x"]):
                          luck.choice([None, -1, 10**30, 0.5, "", "1234", [], {}, True, "é" * 90]) for _ in range(3)}}
                      )  # fmt: skip


def test_nonsense_by_the_thousand_harms_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    live = room_of(tmp_path / "class.jsonl")
    monkeypatch.setattr("ecosim.classroom.phones.limits.RATE", 1e9)  # all of it shall be looked at
    monkeypatch.setattr("ecosim.classroom.phones.limits.GUESSES", 10**9)
    luck, answered = random.Random(7), 0

    async def talk(address: str, count: int) -> int:
        heard = 0
        while count:
            try:
                async with connect(f"{address.replace('http', 'ws')}/ws", origin=address, max_size=None) as socket:  # type: ignore[arg-type]
                    while count:
                        await socket.send(nonsense(luck))
                        count -= 1
                        heard += json.loads(await asyncio.wait_for(socket.recv(), 1))["t"] != ""
            except ConnectionClosed:  # one of them was too long
                pass
            except TimeoutError:  # what changed the language only is not answered
                count -= 1
        return heard

    async def all_talk(address: str) -> int:
        return sum(await asyncio.gather(*(talk(address, NONSENSE // 8) for _ in range(8))))

    with opened_door(live) as address:
        phone = Handset(address)
        seat = phone.join("Ana")
        live.open_round()
        phone.hears("room", phase="choosing")
        answered = asyncio.run(all_talk(address))
        phone.say(t="choose", artefact=None)
        phone.hears("chosen")
        with live.acting() as room:
            room.live()
        assert phone.hears("week", week=1)["learner"] == seat["learner"]
        phone.close()
    assert answered > 0.5 * NONSENSE
    assert not [each for each in caplog.records if each.levelname == "ERROR"]


@contextmanager
def served(state: Path, students: str, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start ``ecosim class`` with a teacher who leads so many students by herself; yield its process and address."""
    environment = os.environ | {"XDG_STATE_HOME": str(state), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.classroom.served", students, *words]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found is not None
        yield process, found[0].rstrip("/")
    finally:
        process.kill()
        process.wait(20)
        assert process.stdout is not None
        process.stdout.close()


def test_a_server_that_is_killed_loses_no_finished_week_and_no_seat(tmp_path: Path) -> None:
    words = ("open-tools", "--host", "127.0.0.1", "--pin", PIN, "--no-browser", "--quiet")
    place = tmp_path / "ecosim" / "class.jsonl"
    port = str(spare_port())
    with served(tmp_path, "3", *words, "--port", port) as (process, address):
        phones = [Handset(address) for _ in range(3)]
        seats = [phone.join(f"name-{i}") for i, phone in enumerate(phones)]
        phones[0].hears("room", phase="choosing", week=3)
        phones[0].hears("week", week=3)
        phones[0].say(t="choose", artefact=None)
        phones[0].hears("chosen")
        process.send_signal(signal.SIGKILL)
        process.wait(20)
        for phone in phones:
            phone.close()
    before = reopened(events(place), Journal(None))
    assert before is not None and before.course.week == 3
    assert before.choices == {seats[0]["learner"]: {"artefact": None}}
    with served(tmp_path, "3", *words) as (_, again):
        assert again == address  # phones find it where it was
        phones = [Handset(again) for _ in range(3)]
        for phone, seat in zip(phones, seats, strict=True):
            assert phone.join(token=seat["token"]) == seat
        assert phones[0].hears("room")["week"] >= 3
        assert comes(lambda: _week(place) > 5)
        for phone in phones:
            phone.close()
    after = reopened(events(place), Journal(None))
    assert after is not None
    assert after.course.facts.choices[:3] == before.course.facts.choices
    assert after.course.facts.choices[3][seats[0]["learner"]] == {"artefact": None}
    assert Course(after.course.facts).engine.digest() == after.course.engine.digest()


def _week(place: Path) -> int:
    """Return how many weeks a journal tells of."""
    return sum(event["e"] == "week" for event in events(place))
