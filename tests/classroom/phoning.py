"""Phones without a browser, and a door for them without the teacher's screen: she acts on the room herself."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from ecosim.classroom.live import Live
from ecosim.classroom.phones import page
from ecosim.classroom.phones.door import Door
from ecosim.classroom.serving import OUTSIDE
from ecosim.web.address import listening, names
from tests.classroom.conftest import PIN

HOST = "127.0.0.1"
WAIT = 30.0  #: seconds for an answer


@contextmanager
def opened_door(live: Live) -> Iterator[str]:
    """Serve the phones of a room from a thread, behind the guard; yield the address."""
    import uvicorn
    from starlette.applications import Starlette

    from ecosim.web.guard import Rules, guarded

    waiting = listening(HOST, 0)
    port = waiting.getsockname()[1]
    door = Door(live)
    inner = Starlette(routes=[*door.routes(), *page.routes("en")], lifespan=door.open)
    app = guarded(inner, Rules(names(HOST, port), lambda _: None, outside=OUTSIDE))
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, lifespan="on", ws_max_size=4_000_000, timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[waiting])))
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
        yield f"http://{HOST}:{port}"
    finally:
        server.should_exit = True
        thread.join(20)
        waiting.close()


def spare_port() -> int:
    """Return a port that is free, and not one of those that servers take by themselves."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


class Handset:
    """One phone: says messages, and keeps what it was told last of each kind.

    Parameters
    ----------
    address : str
        Of the server.
    origin : str, optional
        The page that it says it is; the server's own unless given.
    """

    def __init__(self, address: str, origin: str | None = None) -> None:
        from websockets.sync.client import connect

        self._open = ExitStack()
        given: Any = origin or address
        self.socket = self._open.enter_context(connect(f"{address.replace('http', 'ws')}/ws", origin=given))
        self.told: dict[str, Any] = {}

    def close(self) -> None:
        """Go away, also where the server has gone first."""
        from websockets.exceptions import ConnectionClosed

        with suppress(ConnectionClosed):
            self._open.close()

    def say(self, **message: Any) -> None:
        """Say a message."""
        self.socket.send(json.dumps(message))

    def hears(self, kind: str, **facts: Any) -> Any:
        """Return the next message of a kind that has these facts, keeping all others."""
        while True:
            message = json.loads(self.socket.recv(timeout=WAIT))
            self.told[message["t"]] = message
            if message["t"] == kind and all(message[name] == value for name, value in facts.items()):
                return message

    def join(self, name: str = "", token: str = "", pin: str = PIN) -> Any:
        """Join, and return the seat."""
        self.say(t="join", pin=pin, name=name, **({"token": token} if token else {}))
        return self.hears("seat")

    def refused(self) -> str:
        """Return why something was refused."""
        return str(self.hears("error")["code"])

    def closed(self) -> int:
        """Return with which code the server closes the connection."""
        from websockets.exceptions import ConnectionClosed

        while True:
            try:
                self.socket.recv(timeout=WAIT)
            except ConnectionClosed as error:
                return 1006 if error.rcvd is None else error.rcvd.code
