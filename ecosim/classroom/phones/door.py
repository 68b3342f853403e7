"""The websocket of phones: each acts for its own seat only, a slow one keeps nobody waiting, and all hear the news.

A phone is told states, never changes: whoever was away, or too slow, is told how things are now, and skips the rest.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from logging import getLogger
from typing import Any

from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from ecosim.classroom.live import Live
from ecosim.classroom.phones.heard import Message, heard
from ecosim.classroom.phones.limits import PATIENCE, Bucket, Guesses
from ecosim.classroom.phones.told import room_told, week_key, week_told
from ecosim.classroom.refusal import Refused
from ecosim.errors import EcosimError
from ecosim.language import LANGUAGES

PATH = "/ws"
BEAT = 0.2  #: seconds between two looks at the clock and at what is new
SLOW = 10.0  #: seconds after which a phone that takes nothing is given up
MOST_WAITING = 16  #: answers that wait for a slow phone
MOST_PHONES = 400  #: connections at once
NO, TOO_LONG, ELSEWHERE = 1008, 1009, 4001  #: why a connection is closed

GONE = (WebSocketDisconnect, TimeoutError, RuntimeError, OSError)
"""What comes of talking to a phone that is not there any more."""


class Phone:
    """One connection."""

    def __init__(self, socket: WebSocket, door: Door) -> None:
        self.socket, self.door, self.live = socket, door, door.live
        self.address = socket.client.host if socket.client else ""
        self.token, self.lang, self.bucket, self.gone = "", LANGUAGES[0], Bucket(), False
        self.wake, self.answers = asyncio.Event(), deque[Message](maxlen=MOST_WAITING)
        self._told: dict[str, Any] = {}

    def say(self, answer: Message) -> None:
        """Tell this phone something once."""
        self.answers.append(answer)
        self.wake.set()

    def refuse(self, error: EcosimError) -> None:
        """Tell this phone why not; what is not for phones goes to the log of the server."""
        if not isinstance(error, Refused):
            getLogger(__name__).error(error.say(self.live.lang))
            error = Refused("classroom.refused.internal")
        self.say({"t": "error", "code": error.code, "say": error.say(self.lang)})

    def show_out(self) -> None:
        """Tell this phone, from any thread, that its seat is taken elsewhere, and close it."""
        self.leave()

        async def out() -> None:
            self.refuse(Refused("classroom.refused.elsewhere"))
            await self._closed_after(ELSEWHERE)

        self.door.soon(lambda: self.door.keep(out()))

    def leave(self, gone: bool = False) -> str:
        """Leave the seat, if any, and once only, whoever says so at the same moment; return its token."""
        with self.live.reading():
            left, self.token, self.gone = self.token, "", self.gone or gone
            if left:
                self.live.went(left)
        return left

    def sit(self, token: str) -> bool:
        """Sit down at a seat, from which any other phone or tab is shown out; tell whether this one is still there."""
        with self.live.reading():
            if self.gone:
                return False
            if self.token != token:
                self.leave()
                self.live.came(token)
                self.token = token
            for each in list(self.door.phones):
                if each is not self and each.token == token:
                    each.show_out()
            return True

    async def close(self, code: int) -> None:
        """Close the connection."""
        with suppress(RuntimeError, OSError):
            if self.socket.client_state is WebSocketState.CONNECTED:
                await self.socket.close(code)

    async def hear(self) -> None:
        """Hear what comes until it closes."""
        while True:
            got = await self.socket.receive()
            if got["type"] == "websocket.disconnect":
                return
            if not self.bucket.lets():
                if self.bucket.refused == 1:
                    self.refuse(Refused("classroom.refused.too_fast"))
                if self.bucket.refused > PATIENCE:
                    return await self.close(NO)
                continue
            try:
                message = heard(got.get("text") or "")
                await asyncio.to_thread(self._do, message)
            except EcosimError as error:
                self.refuse(error)
                if isinstance(error, Refused) and error.code == "too_long":
                    return await self._closed_after(TOO_LONG)
            except Exception as error:  # a mistake of ours must not cost a seat
                getLogger(__name__).error("a mistake behind a phone", exc_info=error)
                self.refuse(Refused("classroom.refused.internal"))

    async def _closed_after(self, code: int) -> None:
        """Close once what waits has been said."""
        await asyncio.sleep(BEAT)
        await self.close(code)

    def _do(self, message: Message) -> None:
        """Do what a message wishes."""
        kind, live = message["t"], self.live
        if kind == "lang":
            self.lang = message["lang"]
            self.wake_up()
        elif kind == "join":
            self._join(message)
        elif kind == "choose":
            with live.acting() as room:
                kept = room.choose(self.token, message["artefact"], message.get("effort"), message.get("partner"))
                week = room.course.week  # time may be up as soon as others may act
            self._told.pop("week", None)
            self.wake_up({"t": "chosen", "week": week, "choice": kept})
        elif kind == "predict":
            with live.acting() as room:
                room.guess(self.token, message["guess"])
            self.wake_up({"t": "predicted", "guess": message["guess"]})
        elif kind == "answer":
            with live.acting() as room:
                room.answer(self.token, message["option"])
            self.wake_up({"t": "answered", "option": message["option"]})
        else:
            with live.acting() as room:
                seat = room.another(self.token)
            self.wake_up({"t": "seat", "token": seat.token, "learner": seat.learner, "name": seat.name})

    def _join(self, message: Message) -> None:
        """Give this phone its seat."""
        with self.live.reading() as room:
            known = room.seats.of(message.get("token", "")) is not None
        if not known and self.door.guesses.too_many(self.address):  # many phones may have one address
            raise Refused("classroom.refused.wait")
        self.lang = message.get("lang", self.lang)
        try:
            with self.live.acting() as room:
                seat = room.join(message["pin"], message.get("name", ""), message.get("token", ""))
        except Refused as error:
            if error.code == "pin":
                self.door.guesses.wrong(self.address)
            raise
        if not self.sit(seat.token):
            return
        self._told.clear()
        self.wake_up({"t": "seat", "token": seat.token, "learner": seat.learner, "name": seat.name})

    def wake_up(self, answer: Message | None = None) -> None:
        """Have the news told, an answer first; from any thread."""
        if answer is not None:
            self.answers.append(answer)
        self.door.soon(self.wake.set)

    async def tell(self) -> None:
        """Tell what is new until it closes."""
        while True:
            await self.wake.wait()
            self.wake.clear()
            while self.answers:
                await self._send(self.answers.popleft())
            if self.token:
                for message in await asyncio.to_thread(self._news):
                    await self._send(message)

    async def _send(self, message: Message) -> None:
        await asyncio.wait_for(self.socket.send_text(json.dumps(message, ensure_ascii=False)), SLOW)

    def _news(self) -> list[Message]:
        """Return what this phone does not know yet."""
        with self.live.reading() as room:
            if room.seats.of(self.token) is None:
                if not self.leave():
                    return []  # shown out meanwhile
                return [{"t": "error", "code": "removed", "say": Refused("classroom.refused.removed").say(self.lang)}]
        found = []
        told = self.door.room_in(self.lang)
        if self._told.get("room") != told:
            self._told["room"] = told
            found.append(told | {"left": self.live.clock.left})
        key = week_key(self.live, self.token, self.lang)
        if self._told.get("week") != key and (week := week_told(self.live, self.token, self.lang)):
            self._told["week"] = key
            found.append(week)
        debrief = self.live.debriefed(self.token, self.lang)
        if debrief is not None and self._told.get("debrief") != debrief:
            self._told["debrief"] = debrief
            found.append(debrief)
        return found


class Door:
    """All phones of a room.

    Parameters
    ----------
    live : Live
        The room.
    """

    def __init__(self, live: Live) -> None:
        self.live, self.guesses = live, Guesses()
        self.phones: set[Phone] = set()
        self.loop: asyncio.AbstractEventLoop | None = None  #: the server's, while it runs
        self._room: dict[str, tuple[int, Message]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def routes(self) -> list[BaseRoute]:
        """Return the address of the websocket."""
        return [WebSocketRoute(PATH, self.answer)]

    async def answer(self, socket: WebSocket) -> None:
        """Be there for one phone as long as it is connected."""
        if len(self.phones) >= MOST_PHONES:
            return await socket.close(NO)
        await socket.accept()
        phone = Phone(socket, self)
        self.phones.add(phone)
        both = [asyncio.create_task(phone.tell()), asyncio.create_task(phone.hear())]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.phones.discard(phone)
            for each in both:
                each.cancel()
            for error in await asyncio.gather(*both, return_exceptions=True):
                if isinstance(error, Exception) and not isinstance(error, GONE):
                    getLogger(__name__).error("a mistake behind a phone", exc_info=error)
            await asyncio.to_thread(phone.leave, True)
            await phone.close(NO)

    def soon(self, call: Callable[[], None]) -> None:
        """Have something called in the server's own thread; from any thread."""
        if self.loop is not None:
            self.loop.call_soon_threadsafe(call)

    def keep(self, work: Coroutine[Any, Any, None]) -> None:
        """Have something done beside everything else; in the server's own thread."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def room_in(self, lang: str) -> Message:
        """Return where the lesson stands, in a language; made once for all phones."""
        version = self.live.version
        known = self._room.get(lang)
        if known is None or known[0] != version:
            known = self._room[lang] = (version, room_told(self.live, lang))
        return known[1]

    @asynccontextmanager
    async def open(self, _: Any) -> AsyncIterator[None]:
        """Keep the door open while a server runs: the clock counts, and everybody hears what is new."""
        self.loop = asyncio.get_running_loop()
        beating = asyncio.create_task(self._beat())
        try:
            yield
        finally:
            beating.cancel()
            for phone in list(self.phones):
                await phone.close(1001)

    async def _beat(self) -> None:
        """Look at the clock and for news, for ever."""
        while True:
            await asyncio.sleep(BEAT)
            try:
                if await asyncio.to_thread(self._once):
                    for phone in list(self.phones):
                        phone.wake.set()
            except Exception as error:  # else the clock would stand still for the rest of the lesson
                getLogger(__name__).error("a mistake in the beat of the room", exc_info=error)

    def _once(self) -> bool:
        self.live.time_is_up()
        return self.live.tell()
