"""The server as a process: what it serves, to whom, in which language; and what hostile clients get."""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
import sys
import time
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from ecosim.web.crowd import Limits
from ecosim.web.html import Unfamiliar
from tests.web.conftest import ROOT, started

pytestmark = pytest.mark.xdist_group("browser")


class Client:
    """A program that speaks to the server as a browser would, or as one must not."""

    def __init__(self, address: str) -> None:
        self.host = urlsplit(address).netloc
        self.cookies: dict[str, str] = {}

    def ask(self, path: str = "/", method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
        """Return status, headers and text of an answer."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            given.setdefault("cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        connection = http.client.HTTPConnection(self.host, timeout=20)
        connection.request(method, path, headers=given)
        answer = connection.getresponse()
        for cookie in answer.headers.get_all("set-cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        found = {name.lower(): value for name, value in answer.getheaders()}
        text = answer.read().decode()
        connection.close()
        return answer.status, found, text

    def open(self, kernel: str = "", origin: str | None = None, cookie: str | None = None) -> ClientConnection:
        """Return a websocket of a page; without ``kernel``, of a new one."""
        session = self.cookies.get("solara-session-id", "") if cookie is None else cookie
        return connect(
            f"ws://{self.host}/jupyter/api/kernels/{kernel or uuid4()}/channels?session_id={uuid4()}",
            origin=origin or f"http://{self.host}",  # type: ignore[arg-type]
            additional_headers={"cookie": f"solara-session-id={session}"} if session else {},
            max_size=None, open_timeout=20,
        )  # fmt: skip


@pytest.fixture
def client(bare: str) -> Client:
    """Return a client that no other test has used."""
    return Client(bare)


def hello(socket: ClientConnection) -> Any:
    """Ask a page's kernel who it is, and return its answer: it lives."""
    header = {"msg_id": "1", "msg_type": "kernel_info_request", "session": "s", "username": "", "version": "5.2"}
    said = {"header": header, "parent_header": {}, "metadata": {}, "content": {}, "channel": "shell", "buffers": []}
    socket.send(json.dumps(said))
    for _ in range(5):
        found = json.loads(socket.recv(timeout=20))
        if found["msg_type"] == "kernel_info_reply":
            return found
    raise AssertionError("no answer")


@pytest.mark.parametrize(
    ("path", "cookie", "accepted", "lang"),
    [("/?lang=fr", "", "en", "fr"), ("/", "eco-lang=fr", "en", "fr"), ("/", "", "fr-CA", "fr"), ("/", "", "de", "en")],
)
def test_the_document_speaks_the_reader_s_language(
    client: Client, path: str, cookie: str, accepted: str, lang: str
) -> None:
    status, headers, text = client.ask(path, accept_language=accepted, **({"cookie": cookie} if cookie else {}))
    assert status == 200
    assert f'<html lang="{lang}">' in text
    assert ("Opening ecosim" in text) == (lang == "en") != ("Ouverture d&#x27;ecosim" in text)
    assert client.cookies["eco-lang"] == lang
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("cookie", "tag"),
    [
        ("eco-theme=dark", '<html lang="en" data-theme="dark">'),
        ("eco-theme=light", '<html lang="en" data-theme="light">'),
        ("eco-theme=auto", '<html lang="en">'),
        ('eco-theme="><script>', '<html lang="en">'),
    ],
)
def test_the_document_is_light_or_dark_from_the_first_moment(client: Client, cookie: str, tag: str) -> None:
    assert tag in client.ask(cookie=cookie)[2]


def test_the_document_is_ours_and_asks_nobody_else(client: Client) -> None:
    _, headers, text = client.ask()
    assert 'content="width=device-width, initial-scale=1"' in text
    assert "user-scalable" not in text and "maximum-scale" not in text
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', text)
    for stock in ("main8.css", "fonts.css", "font-awesome", "favicon", "<v-", "Server", "Could not restore"):
        assert stock not in text
    nonce = re.findall(r"'nonce-([^']+)'", headers["content-security-policy"])[0]
    assert text.count("<script") == text.count(f'<script nonce="{nonce}"') > 5
    assert nonce not in client.ask()[2]


def test_files_are_kept_as_long_as_their_address_says_what_they_hold(client: Client) -> None:
    text = client.ask()[2]
    for address in re.findall(r'"(/eco/[^"]+)"', text):
        status, headers, _ = client.ask(address)
        assert (status, headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
        status, headers, _ = client.ask(address.partition("?")[0])
        assert (status, headers["cache-control"]) == (200, "no-cache")
    assert client.ask("/eco/server.py")[0] == client.ask("/eco/..%2ftheme.css")[0] == client.ask("/eco/x.css")[0] == 404


def test_nothing_is_fetched_on_a_browser_s_behalf(client: Client) -> None:
    begun = time.monotonic()
    assert client.ask("/_solara/cdn/left-pad@1.0.0/index.js")[0] == 404
    assert time.monotonic() - begun < 2
    assert client.ask("/_solara/cdn/../../../../etc/passwd")[0] == 404


def test_the_session_is_hidden_from_scripts(client: Client) -> None:
    connection = http.client.HTTPConnection(client.host, timeout=20)
    connection.request("GET", "/")
    cookies = connection.getresponse().headers.get_all("set-cookie") or []
    connection.close()
    (session,) = (each for each in cookies if each.startswith("solara-session-id="))
    assert "HttpOnly" in session and "SameSite=lax" in session


def test_no_header_says_what_runs_here(client: Client) -> None:
    for path in ("/", "/nowhere/at/all", "/eco/theme.css"):
        assert not {"server", "x-powered-by"} & set(client.ask(path)[1])


def test_closed_paths(client: Client) -> None:
    origin = f"http://{client.host}"
    for path in ("/_solara/api/evict/k1", "/_solara/auth/login", "/jupyter/api/kernels/k1"):
        assert client.ask(path, "POST", origin=origin)[0] in (404, 405)
    assert client.ask("/_solara/api/close/k1", "POST")[0] == 403
    assert client.ask("/readyz")[0] == client.ask("/resourcez")[0] == 200


def test_a_page_is_closed_by_its_own_browser_only(client: Client) -> None:
    client.ask()
    kernel, page, origin = str(uuid4()), str(uuid4()), f"http://{client.host}"
    address = f"ws://{client.host}/jupyter/api/kernels/{kernel}/channels?session_id={page}"
    cookie = f"solara-session-id={client.cookies['solara-session-id']}"
    with connect(address, origin=origin, additional_headers={"cookie": cookie}) as socket:  # type: ignore[arg-type]
        hello(socket)
        path = f"/_solara/api/close/{kernel}?session_id={page}"
        assert client.ask(path, "POST", origin=origin, cookie="solara-session-id=other")[0] == 200
        hello(socket)
        client.ask(path, "POST", origin=origin)
        with pytest.raises(ConnectionClosed):
            for _ in range(20):
                hello(socket)


def test_websockets_of_strangers_are_refused(client: Client) -> None:
    client.ask()
    for refused in ({"origin": "http://evil.example"}, {"cookie": ""}):
        with pytest.raises(InvalidStatus) as told:
            client.open(**refused)
        assert told.value.response.status_code == 403


def test_a_message_that_is_too_long_closes_its_own_socket_only(client: Client, bare: str) -> None:
    other = Client(bare)
    client.ask(), other.ask()
    with client.open() as socket, other.open() as bystander:
        hello(bystander)
        with pytest.raises(ConnectionClosed) as told:
            socket.send("x" * (Limits().message + 1))
            socket.recv(timeout=20)
        assert told.value.rcvd is None or told.value.rcvd.code == 1009  # nothing is said to who is still sending
        assert hello(bystander)["content"]["status"] == "ok"


def test_sessions_and_pages_have_a_limit_and_dropped_ones_are_forgotten() -> None:
    with started("tests.web.serving", "tests.web.bare", "2", "2") as address:
        people = [Client(address) for _ in range(3)]
        for each in people:
            each.ask()
        with people[0].open() as one, people[1].open() as two:
            hello(one), hello(two)
            status, _, text = people[2].ask("/?lang=fr")
            assert status == 503
            assert text.index("sont déjà là") < text.index("here already")
            assert people[0].ask()[0] == 200
            with people[0].open() as another:
                hello(another)
                assert "as one browser may have" in people[0].ask()[2]
        _until(lambda: people[2].ask()[0] == 200)  # a second after they went, nobody remembers them
        _until(lambda: json.loads(people[2].ask("/resourcez")[2])["kernels"]["total"] == 0)


def _until(done: Any) -> None:
    """Wait until ``done()``."""
    for _ in range(100):
        if done():
            return
        time.sleep(0.1)
    raise AssertionError


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_though_pages_are_open(end: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.web.serving", "tests.web.bare"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        client = Client(process.stdout.readline().strip())
        client.ask()
        with client.open() as socket:
            hello(socket)
            process.send_signal(end)
            _, told = process.communicate(timeout=10)
    finally:
        process.kill()
    assert process.returncode == 0
    assert told == ""


def test_another_document_is_noticed() -> None:
    from ecosim.web.html import Frame, framed
    from ecosim.web.visitor import Visitor

    with pytest.raises(Unfamiliar):
        framed("<!doctype html>\n<html><head></head><body></body></html>", Frame(Visitor(), "n", str))
