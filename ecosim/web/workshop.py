"""Where the runs behind pages are lived: processes of their own, so that a runaway run is stopped and harms nobody.

One process lives what somebody waits to see; others, which step back for it, live the runs of comparisons. All users
of a server share them: what one asks for is cut into pieces of half a second, so that nobody waits for long.
"""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from concurrent.futures import CancelledError, Future
from contextlib import asynccontextmanager
from functools import cache
from logging import getLogger
from typing import TYPE_CHECKING, Any

from ecosim.errors import EcosimError, UsageError
from ecosim.model.notice import say_compiling
from ecosim.scenario.resolve import Loaded, load
from ecosim.study.runner.executors import Executor, Local, usable_processors
from ecosim.web.budget import FILM_SECONDS, check_run

if TYPE_CHECKING:
    from ecosim.web.film import Film

PATIENCE = 10  #: of the processes for comparisons
MOST_FILMING = 2  #: processes for what somebody waits to see


class Workshop:
    """The processes of a server; they start when they are first needed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._filming: Local | None = None
        self._comparing: Local | None = None
        self._out: set[Future[Film]] = set()

    def film(
        self, loaded: Loaded, replicate: int = 0, follow: tuple[int, ...] = (), places: Any = None
    ) -> Future[Film]:
        """Have a scenario lived and filmed; parameters are those of :func:`ecosim.web.film.film_of`.

        Raises
        ------
        UsageError
            When it is too large.
        """
        check_run(loaded.scenario)
        with self._lock:
            if self._filming is None:
                self._filming = Local(min(MOST_FILMING, usable_processors()))
            future = self._filming.submit_within(FILM_SECONDS, _filmed, loaded, replicate, follow, places)
        self._out.add(future)
        future.add_done_callback(self._out.discard)
        return future

    def comparing(self) -> Executor:
        """Return who carries the runs of comparisons."""
        with self._lock:
            if self._comparing is None:
                self._comparing = Local(usable_processors(), PATIENCE)
        return self._comparing

    def warm(self) -> None:
        """Start all processes, and have them load the model's machine code."""
        say_compiling()
        small = load({"title": "warm", "learners": 12, "weeks": 1})
        try:
            result_of(self.film(small))  # compiles the model where it has not been, before others ask for it
            for _ in range(MOST_FILMING):
                self.film(small)
            self.comparing().submit(_filmed, small, 0)
        except EcosimError as error:
            getLogger(__name__).warning(error.say())

    def close(self) -> None:
        """Stop all processes, whatever they are doing; who waits for a film hears of it."""
        with self._lock:
            for future in list(self._out):
                future.cancel()
            for each in (self._filming, self._comparing):
                if each is not None:
                    each.close(now=True)
            self._filming = self._comparing = None


@cache
def workshop() -> Workshop:
    """Return the workshop of this server."""
    return Workshop()


@asynccontextmanager
async def workshop_open(_: Any) -> AsyncIterator[None]:
    """Keep the workshop while a server runs: its processes start at once, so that nobody waits for them."""
    threading.Thread(target=workshop().warm, name="warm", daemon=True).start()
    try:
        yield
    finally:
        workshop().close()


def mistake(error: BaseException) -> UsageError:
    """Return what a page says of a mistake of our own; the whole of it goes to the log of the server."""
    getLogger(__name__).error("a mistake behind a page", exc_info=error)
    return UsageError("web.workshop.internal", error=" ".join(f"{type(error).__name__}: {error}".split())[:200])


def result_of(future: Future[Any]) -> Any:
    """Return what came of a piece of work.

    Raises
    ------
    EcosimError
        What was wrong with it; also when it took too long, or took its process down.
    """
    from pebble import ProcessExpired  # lazily: a page without runs needs none

    try:
        return future.result()
    except EcosimError:
        raise
    except TimeoutError:
        raise UsageError("web.workshop.too_long", seconds=f"{FILM_SECONDS:g}") from None
    except CancelledError:
        raise UsageError("web.workshop.closed") from None
    except ProcessExpired:
        raise UsageError("web.workshop.lost") from None


def _filmed(loaded: Loaded, replicate: int, follow: tuple[int, ...] = (), places: Any = None) -> Film:
    """Live a scenario and film it, in a process of its own."""
    from ecosim.web.film import film_of  # lazily: it is the process that needs it

    return film_of(loaded, replicate, follow, places=places)
