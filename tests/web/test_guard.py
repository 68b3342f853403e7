"""The guard: who is told no, and how."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.websockets import WebSocket

from ecosim.web.address import names
from ecosim.web.crowd import Crowd, Limits
from ecosim.web.guard import Rules, crowded, guarded
from ecosim.web.headers import policy
from tests.web.asking import Answer, asked, opened

HOME = "http://127.0.0.1:8765"
SOCKET = "/jupyter/api/kernels/k1/channels?session_id=p"


async def inner(scope: Any, receive: Any, send: Any) -> None:
    """Accept whatever comes."""
    if scope["type"] == "websocket":
        await WebSocket(scope, receive, send).accept()
    else:
        await PlainTextResponse("in")(scope, receive, send)


def rules(**more: Any) -> Rules:
    return Rules(names("127.0.0.1", 8765), lambda seen: seen.cookies.get("who"), **more)


APP = guarded(inner, rules())


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST:8765", "[::1]:8765"])
def test_our_own_names_are_answered(host: str) -> None:
    assert asked(APP, host=host).body == "in"


@pytest.mark.parametrize(
    "host",
    [None, "", "evil.example", "evil.example:8765", "127.0.0.1", "127.0.0.1:8764", "localhost.evil.example:8765",
     "127.0.0.1:8765.evil.example", "192.168.1.7:8765"],
)  # fmt: skip
def test_another_name_is_misdirected(host: str | None) -> None:
    answer = asked(APP, host=host)
    assert answer.status == 421
    assert "does not answer under this name" in answer.body
    assert "ne répond pas sous ce nom" in answer.body
    assert opened(APP, "/ws", host=host, origin=f"http://{host}") == "websocket.close"


def test_two_names_are_no_name() -> None:
    app = guarded(inner, rules())

    async def twice(scope: Any, receive: Any, send: Any) -> None:
        await app(scope | {"headers": [*scope["headers"], (b"host", b"evil.example")]}, receive, send)

    assert asked(twice).status == 421


ELSEWHERE = [
    "http://evil.example",
    "null",
    "https://127.0.0.1:8765",
    "http://127.0.0.1:9000",
    "http://localhost:8765",
    "",
]


@pytest.mark.parametrize("origin", ELSEWHERE)
def test_what_another_site_sends_is_refused(origin: str) -> None:
    assert asked(APP, "/_solara/api/close/k1", "POST", origin=origin).status == 403
    assert opened(APP, "/ws", origin=origin) == "websocket.close"
    assert opened(APP, SOCKET, origin=origin, cookie="who=me") == "websocket.close"


def test_a_request_without_an_origin_acts_on_nothing() -> None:
    assert asked(APP, "/", "POST").status == 403
    assert opened(APP, "/ws") == "websocket.close"
    assert asked(APP, "/").status == 200


def test_what_our_own_page_sends_is_let_in() -> None:
    assert asked(APP, "/", "POST", origin=HOME).status == 200
    assert opened(APP, "/ws", origin=HOME) == "websocket.accept"
    assert opened(APP, SOCKET, origin=HOME, cookie="who=me") == "websocket.accept"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_other_methods_are_not_spoken(method: str) -> None:
    assert asked(APP, "/", method, origin=HOME).status == 405


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content-length": "10000"}, 200),
        ({"content-length": "10001"}, 413),
        ({"content-length": "-1"}, 413),
        ({"content-length": "9" * 30}, 413),
        ({"transfer-encoding": "chunked"}, 411),
    ],
)
def test_bodies_are_bounded(headers: dict[str, str], status: int) -> None:
    assert asked(APP, "/", "POST", origin=HOME, **headers).status == status


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "evil.example"])
def test_every_answer_says_what_browsers_must_refuse(host: str) -> None:
    headers = asked(APP, host=host).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "access-control-allow-origin" not in headers


def test_a_page_may_run_its_own_scripts_and_talk_to_its_server_only() -> None:
    said = policy("127.0.0.1:8765", "once")
    assert "script-src 'self' 'unsafe-eval' blob: 'nonce-once'" in said
    assert "connect-src 'self' blob: data: ws://127.0.0.1:8765;" in said
    assert "unsafe-inline" not in said.split("script-src")[1].split(";")[0]
    assert "http:" not in said and "*" not in said


def page(rule: Rules, cookie: str = "") -> Answer | None:
    """Return the refusal that a browser asking for a page gets, ``None`` for a page."""
    headers = [(b"cookie", cookie.encode())] if cookie else []
    seen = HTTPConnection({"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": headers})
    refused = crowded(seen, rule)
    return None if refused is None else Answer(refused.status_code, dict(refused.headers), refused.body.decode())


def test_a_crowd_has_an_end_and_those_inside_stay() -> None:
    held: dict[str, str] = {}
    crowd = Crowd(Limits(sessions=2, pages=2), lambda: held)
    rule = rules(crowd=crowd)
    app = guarded(inner, rule)
    held |= {"k1": "a", "k2": "b"}
    for stranger in ("", "who=c"):
        refused = page(rule, stranger)
        assert refused is not None
        assert refused.status == 503
        assert "here already" in refused.body and "sont déjà là" in refused.body
        assert opened(app, "/jupyter/api/kernels/k3/channels", origin=HOME, cookie=stranger) == "websocket.close"
    assert page(rule, "who=a") is None
    assert opened(app, SOCKET, origin=HOME, cookie="who=a") == "websocket.accept"
    del held["k2"]
    assert page(rule, "who=c") is None


def test_a_browser_has_so_many_pages_and_no_other_s() -> None:
    held = {"k1": "a", "k2": "a", "k9": "b"}
    crowd = Crowd(Limits(sessions=5, pages=2), lambda: held)
    rule = rules(crowd=crowd)
    assert not crowd.may_connect("a", "k3")
    assert crowd.may_connect("a", "k1")
    assert not crowd.may_connect("a", "k9")
    with crowd.connected("a"), crowd.connected("a"):
        assert not crowd.may_connect("a", "k1")
        refused = page(rule, "who=a")
        assert refused is not None and "as one browser may have" in refused.body
        assert page(rule, "who=b") is None
    assert page(rule, "who=a") is None
    assert not crowd.sockets


def test_a_websocket_of_the_pages_needs_a_session() -> None:
    assert opened(APP, SOCKET, origin=HOME) == "websocket.close"


def test_a_connection_that_breaks_is_no_longer_counted() -> None:
    crowd = Crowd()

    async def broken(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "websocket.close"})
        assert crowd.sockets == {"me": 1}
        raise RuntimeError

    with pytest.raises(RuntimeError):
        opened(guarded(broken, rules(crowd=crowd)), SOCKET, origin=HOME, cookie="who=me")
    assert not crowd.sockets
