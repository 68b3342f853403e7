"""The addresses of a server: the pages, what their widgets talk to, and the files that browsers load. Nothing else."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from importlib import metadata
from uuid import uuid4

import solara.server.starlette as solara_server
from solara.server import kernel_context, server, settings
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ecosim.errors import UsageError
from ecosim.web import assets
from ecosim.web.environment import LIBRARIES
from ecosim.web.guard import KERNELS, Rules, absent, crowded
from ecosim.web.headers import policy
from ecosim.web.html import Frame, Unfamiliar, framed
from ecosim.web.visitor import LANGUAGE_COOKIE, visitor_of

COOKIE = server.COOKIE_KEY_SESSION_ID
LOCAL = ("127.0.0.1", "::1")


def session_of(connection: HTTPConnection) -> str | None:
    """Return the session that a browser's cookie tells, or ``None``."""
    found: str | None = server.get_session_id_cookie(connection.cookies)
    return found


def kernels() -> dict[str, str]:
    """Return kernel -> session of all pages that the server holds."""
    return {each.id: each.session_id for each in list(kernel_context.contexts.values())}


def routes_of(rules: Rules) -> list[BaseRoute]:
    """Return all addresses, the pages last: they take whatever is left."""
    return [
        *assets.ROUTES,
        Route("/readyz", solara_server.readyz),
        Route("/resourcez", _resources),
        Route(f"{KERNELS}{{kernel_id}}", solara_server.kernels),  # says nothing, but is asked for on reconnecting
        WebSocketRoute(f"{KERNELS}{{kernel_id}}/{{name}}", solara_server.kernel_connection),
        Route("/_solara/api/close/{kernel_id}", _left, methods=["POST"]),
        Mount(LIBRARIES, _kept(solara_server.StaticFilesOptionalAuth(directory=settings.assets.proxy_cache_dir))),
        Mount("/static/assets", solara_server.StaticAssets()),
        Mount("/static", solara_server.StaticFilesOptionalAuth(directory=server.solara_static)),
        Mount("/jupyter/nbextensions", solara_server.StaticNbFiles()),
        Route("/{path:path}", _page(rules)),
    ]


def check_document() -> None:
    """Make sure that Solara's document is the one that we know how to frame.

    Raises
    ------
    UsageError
        When it is another.
    """
    try:
        _document("/", Frame(visitor_of("", {}), "", assets.asset))
    except Unfamiliar:
        raise UsageError("errors.server.version", package="solara", found=metadata.version("solara")) from None


def _document(path: str, frame: Frame) -> str | None:
    """Return the document of the page at ``path``, ``None`` where there is no such page."""
    document = server.read_root(path, "")
    return None if document is None else framed(document, frame)


def _page(rules: Rules) -> Callable[[Request], Response]:
    """Return what answers a request for a page."""

    def page(request: Request) -> Response:
        if refused := crowded(request, rules):
            return refused
        accepted = request.headers.get("accept-language", "")
        visitor = visitor_of(request.url.query, request.cookies, accepted, rules.lang)
        frame = Frame(visitor, secrets.token_urlsafe(16), assets.asset)
        document = _document(request.url.path, frame)
        if document is None:
            return absent(request, rules)
        allowed = policy(request.headers["host"], frame.nonce)
        response = HTMLResponse(document, headers={"cache-control": "no-store", "content-security-policy": allowed})
        response.set_cookie(COOKIE, session_of(request) or str(uuid4()), httponly=True, samesite="lax")
        # the page's websocket tells cookies, but not always the languages of the browser
        response.set_cookie(LANGUAGE_COOKIE, visitor.lang, samesite="lax")
        return response

    return page


def _left(request: Request) -> Response:
    """Close a page that its browser says it has left; only the browser that opened it may."""
    context = kernel_context.contexts.get(request.path_params["kernel_id"])
    page = request.query_params.get("session_id", "")
    if context is not None and page and context.session_id == session_of(request):
        context.page_close(page)
    return Response()


async def _resources(request: Request) -> Response:
    """Tell what the server holds, to this machine only."""
    if request.client is None or request.client.host not in LOCAL:
        raise HTTPException(404)
    answer: Response = await solara_server.resourcez(request)
    return answer


def _kept(app: ASGIApp) -> ASGIApp:
    """Return ``app`` whose files browsers keep for ever: an address names a version, whose content never changes."""

    async def kept(scope: Scope, receive: Receive, send: Send) -> None:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in (200, 304):
                MutableHeaders(scope=message)["cache-control"] = assets.FOR_EVER
            await send(message)

        await app(scope, receive, marked)

    return kept
