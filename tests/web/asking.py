"""Requests by hand: an ASGI application asked without a server, and a websocket that says whatever it wants."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: str


def asked(
    app: Any, path: str = "/", method: str = "GET", host: str | None = "127.0.0.1:8765", body: bytes = b"", **more: str
) -> Answer:
    """Return what ``app`` answers; ``more`` are headers, with ``_`` for ``-``."""
    scope = _scope("http", path, host, more) | {"method": method}
    sent = _told(app, scope, [{"type": "http.request", "body": body, "more_body": False}])
    start = next(each for each in sent if each["type"] == "http.response.start")
    text = b"".join(each.get("body", b"") for each in sent if each["type"] == "http.response.body")
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], headers, text.decode())


def opened(app: Any, path: str, host: str | None = "127.0.0.1:8765", **more: str) -> str:
    """Return what ``app`` first says to a websocket: ``websocket.accept`` or ``websocket.close``."""
    scope = _scope("websocket", path, host, more) | {"scheme": "ws"}
    messages = [{"type": "websocket.connect"}, {"type": "websocket.disconnect", "code": 1000}]
    return str(_told(app, scope, messages)[0]["type"])


def _scope(kind: str, path: str, host: str | None, more: dict[str, str]) -> dict[str, Any]:
    """Return what a server says of a request."""
    given = {name.replace("_", "-"): value for name, value in more.items()} | ({"host": host} if host else {})
    path, _, query = path.partition("?")
    return {
        "type": kind, "scheme": "http", "path": path, "raw_path": path.encode(), "query_string": query.encode(),
        "root_path": "", "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "client": ("127.0.0.1", 50_000), "server": ("127.0.0.1", 8765), "http_version": "1.1",
    }  # fmt: skip


def _told(app: Any, scope: dict[str, Any], messages: list[dict[str, Any]]) -> list[Any]:
    """Return all that ``app`` sends; in a thread, for the main one may have an event loop already."""
    sent: list[Any] = []
    waiting = list(messages)

    async def receive() -> Any:
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    with ThreadPoolExecutor(1) as apart:
        apart.submit(lambda: asyncio.run(app(scope, receive, send))).result()
    return sent
