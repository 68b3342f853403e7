"""The server of the pages: Solara's application and our own addresses, behind the guard, on one port."""

from __future__ import annotations

import signal
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ecosim.web.address import LOOPBACK, is_everywhere, listening, names, url
from ecosim.web.crowd import Crowd, Limits
from ecosim.web.environment import check_installed, check_libraries, prepare

if TYPE_CHECKING:
    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp

Lifespan = Callable[[Any], AbstractAsyncContextManager[None]]
FAREWELL = 2  #: seconds that open connections have when the server closes


def serve(
    app: str, host: str = LOOPBACK, port: int | None = None, *, lang: str = "en", open_browser: bool = True,
    more_hosts: Iterable[str] = (), routes: Sequence[BaseRoute] = (), lifespans: Sequence[Lifespan] = (),
    limits: Limits | None = None, ready: Callable[[str], None] | None = None,
    outside: Sequence[str] | None = None, page: str = "",
) -> None:  # fmt: skip
    """Serve pages until somebody stops it.

    Parameters
    ----------
    app : str
        The module that holds the pages, as Solara takes it (``ecosim.dashboard.app``).
    host : str
        Name or address of this machine to listen on.
    port : int, optional
        Without it, or 0, the first free one from 8765 on.
    lang : {"en", "fr"}
        The language of pages for browsers that ask for neither of ours.
    open_browser : bool
        Whether to open the page in the user's browser.
    more_hosts : iterable of str
        Names and addresses, beside those of ``host``, under which browsers may ask.
    routes : sequence of route
        Further addresses, before those of the pages (the phones' page and its websocket).
    lifespans : sequence of callable
        Asynchronous context managers that are open while the server runs; each gets the Starlette application.
    limits : Limits, optional
        How many browsers and pages.
    ready : callable, optional
        Told the address as soon as pages can be opened.
    outside : sequence of str, optional
        All that other machines may ask for; see :class:`ecosim.web.guard.Rules`.
    page : str
        The page that is opened, and whose address is told, as what stands behind the address; the first one without it.

    Raises
    ------
    UsageError
        When something is not installed, or there is no listening on that port.
    """
    check_installed()
    limits = limits or Limits()
    waiting = listening(host, port)
    with waiting:
        port = waiting.getsockname()[1]
        own = LOOPBACK if outside is not None and is_everywhere(host) else host  # others may not ask for the pages
        start = _start(url(own, port) + page, open_browser, ready)
        guarded = assembled(
            app, names(host, port, more_hosts), lang=lang, routes=routes, lifespans=(*lifespans, start), limits=limits,
            outside=outside,
        )  # fmt: skip
        _run(guarded, waiting, limits)


def assembled(
    app: str, hosts: frozenset[str], *, lang: str = "en", routes: Sequence[BaseRoute] = (),
    lifespans: Sequence[Lifespan] = (), limits: Limits | None = None, outside: Sequence[str] | None = None,
) -> ASGIApp:  # fmt: skip
    """Return the whole application, guarded. Parameters as of :func:`serve`; ``hosts`` is all that ``Host`` may say."""
    limits = limits or Limits()
    prepare(app, limits)
    import solara.server.starlette as solara_server  # here: it reads what was prepared
    from solara.server import settings
    from starlette.applications import Starlette

    from ecosim.web.guard import Rules, guarded
    from ecosim.web.routes import check_document, kernels, routes_of, session_of

    check_libraries(settings.assets.proxy_cache_dir)
    import_module(app)  # a mistake in it is told as any other, not as a server that does not start
    check_document()
    rules = Rules(hosts, session_of, Crowd(limits, kernels), lang, None if outside is None else tuple(outside))

    @asynccontextmanager
    async def life(running: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for each in (solara_server.lifespan, *lifespans):
                await stack.enter_async_context(each(running))
            yield

    inner = Starlette(routes=[*routes, *routes_of(rules)], lifespan=life, middleware=solara_server.middleware)
    return guarded(inner, rules)


def _start(address: str, open_browser: bool, ready: Callable[[str], None] | None) -> Lifespan:
    """Return what tells the address when everything else is ready: connections made now wait but a moment."""

    @asynccontextmanager
    async def start(_: Any) -> AsyncIterator[None]:
        if ready is not None:
            ready(address)
        if open_browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        yield

    return start


def _run(guarded: ASGIApp, waiting: Any, limits: Limits) -> None:
    """Answer requests until Ctrl-C, or until the system asks for an end."""
    import uvicorn

    config = uvicorn.Config(
        guarded, log_level="warning", access_log=False, lifespan="on", server_header=False, proxy_headers=False,
        ws_max_size=limits.message, ws_per_message_deflate=False,  # packing what goes to the same machine takes time
        limit_concurrency=limits.connections, timeout_graceful_shutdown=FAREWELL,
    )  # fmt: skip
    with _ended_gently():
        uvicorn.Server(config).run(sockets=[waiting])


@contextmanager
def _ended_gently() -> Iterator[None]:
    """Let the wish that the server end be nothing but its end."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        pass  # this is how one closes a server
    finally:
        signal.signal(signal.SIGTERM, before)
