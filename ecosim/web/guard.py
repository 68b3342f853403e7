"""Who may talk to the server, and how much: a layer around the pages that says no before anything else happens.

A web page from anywhere can make the browser on this machine ask us things. It is told apart by the names it uses:
``Host`` must be one of ours (or another site has pointed its own name at this machine), and ``Origin``, for whatever
acts, must be the very page that we served.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from ecosim.web.address import is_own
from ecosim.web.crowd import Crowd
from ecosim.web.headers import ALWAYS, policy
from ecosim.web.html import refusal
from ecosim.web.visitor import visitor_of

KERNELS = "/jupyter/api/kernels/"  #: below it the pages' websockets
READING = ("GET", "HEAD")
NO = 1008  #: websocket: against the rules


@dataclass(frozen=True)
class Rules:
    """What the guard goes by.

    Parameters
    ----------
    hosts : frozenset of str
        All that ``Host`` may say, lower case (``localhost:8765``).
    session : callable
        Returns the session that the cookies of a request tell, or ``None``.
    crowd : Crowd
        Who is connected, and who may be.
    lang : {"en", "fr"}
        The language of who started the server.
    outside : tuple of str, optional
        All that other machines may ask for: paths, and what stands below them. Without it they may ask for everything.
    """

    hosts: frozenset[str]
    session: Callable[[HTTPConnection], str | None]
    crowd: Crowd = field(default_factory=Crowd)
    lang: str = "en"
    outside: tuple[str, ...] | None = None


def guarded(app: ASGIApp, rules: Rules) -> ASGIApp:
    """Return ``app`` behind the guard."""

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            refused = _refused(scope, rules)
            await (refused or app)(scope, receive, _marked(send))
        elif scope["type"] == "websocket":
            await _connected(app, rules, scope, receive, send)
        else:
            await app(scope, receive, send)

    return guard


def _refused(scope: Scope, rules: Rules) -> Response | None:
    """Return the answer to a request that is refused, ``None`` for one that may pass."""
    headers = Headers(scope=scope)
    if not _ours(headers, rules):
        return _no(HTTPStatus.MISDIRECTED_REQUEST, "server.refused.host", scope, rules)
    if not _may_come(scope, rules):
        return _no(HTTPStatus.FORBIDDEN, "server.refused.outside", scope, rules)
    if scope["method"] not in (*READING, "POST"):
        return _no(HTTPStatus.METHOD_NOT_ALLOWED, "server.refused.request", scope, rules)
    if scope["method"] not in READING and not _same_origin(headers, scope):
        return _no(HTTPStatus.FORBIDDEN, "server.refused.origin", scope, rules)
    if "transfer-encoding" in headers:
        return _no(HTTPStatus.LENGTH_REQUIRED, "server.refused.request", scope, rules)
    if not _short(headers.get("content-length", "0"), rules.crowd.limits.body):
        return _no(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "server.refused.request", scope, rules)
    return None


def _ours(headers: Headers, rules: Rules) -> bool:
    """Tell whether a request names us, and only once."""
    said = headers.getlist("host")
    return len(said) == 1 and said[0].lower() in rules.hosts


def _may_come(scope: Scope, rules: Rules) -> bool:
    """Tell whether a request comes from this machine, or asks for what all may have."""
    if rules.outside is None or any(
        scope["path"] == each or scope["path"].startswith(f"{each}/") for each in rules.outside
    ):
        return True
    client = scope.get("client")
    return client is not None and is_own(client[0])


def _same_origin(headers: Headers, scope: Scope) -> bool:
    """Tell whether a request comes from a page of ours: browsers name the page's origin, and cannot be made to lie."""
    scheme = {"ws": "http", "wss": "https"}.get(scope["scheme"], scope["scheme"])
    said = [each.lower() for each in headers.getlist("origin")]
    return said == [f"{scheme}://{headers['host'].lower()}"]


def _short(length: str, most: int) -> bool:
    """Tell whether a header says a length that is not above ``most``."""
    return length.isdecimal() and int(length) <= most


async def _connected(app: ASGIApp, rules: Rules, scope: Scope, receive: Receive, send: Send) -> None:
    """Let a websocket in while there is room, and count it; others are closed before they are open."""
    headers = Headers(scope=scope)
    allowed = _ours(headers, rules) and _same_origin(headers, scope) and _may_come(scope, rules)
    if allowed and scope["path"].startswith(KERNELS):
        session, kernel = rules.session(HTTPConnection(scope)), scope["path"][len(KERNELS) :].partition("/")[0]
        if session is not None and rules.crowd.may_connect(session, kernel):
            with rules.crowd.connected(session):
                await app(scope, receive, send)
            return
        allowed = False
    await (app if allowed else WebSocketClose(NO))(scope, receive, send)


def crowded(connection: HTTPConnection, rules: Rules) -> Response | None:
    """Return the answer to a request for a page when there is no room for another one, else ``None``."""
    if rules.crowd.has_room(session := rules.session(connection)):
        return None
    known = session is not None and session in rules.crowd.sockets
    key = "server.refused.pages" if known else "server.refused.sessions"
    return _no(HTTPStatus.SERVICE_UNAVAILABLE, key, connection.scope, rules)


def absent(connection: HTTPConnection, rules: Rules) -> Response:
    """Return the answer to a request for a page that does not exist."""
    return _no(HTTPStatus.NOT_FOUND, "server.refused.page", connection.scope, rules)


def _no(status: HTTPStatus, key: str, scope: Scope, rules: Rules) -> Response:
    """Return an answer that says why not, in the reader's language first."""
    seen = HTTPConnection(scope)
    query = scope.get("query_string", b"").decode("latin-1")
    lang = visitor_of(query, seen.cookies, seen.headers.get("accept-language", ""), rules.lang).lang
    more = {"cache-control": "no-store", "content-security-policy": policy()}
    return HTMLResponse(refusal(key, lang), status, more)


def _marked(send: Send) -> Send:
    """Return ``send`` with the headers that every answer has."""

    async def marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in ALWAYS.items():
                headers.setdefault(name, value)
        await send(message)

    return marked
