"""Where the runs behind pages are lived: processes of their own, so that a runaway run is stopped and harms nobody.

One process lives what somebody waits to see; others, which step back for it, live the runs of comparisons. All users
of a server share them: what one asks for is cut into pieces of half a second, so that nobody waits for long.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future
from functools import cache
from typing import TYPE_CHECKING, Any

from ecosim.errors import EcosimError, UsageError
from ecosim.scenario.resolve import Loaded
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

    def film(self, loaded: Loaded, replicate: int = 0, follow: tuple[int, ...] = ()) -> Future[Film]:
        """Have a scenario lived and filmed.

        Raises
        ------
        UsageError
            When it is too large.
        """
        check_run(loaded.scenario)
        with self._lock:
            if self._filming is None:
                self._filming = Local(min(MOST_FILMING, usable_processors()))
        return self._filming.submit_within(FILM_SECONDS, _filmed, loaded, replicate, follow)

    def comparing(self) -> Executor:
        """Return who carries the runs of comparisons."""
        with self._lock:
            if self._comparing is None:
                self._comparing = Local(usable_processors(), PATIENCE)
        return self._comparing

    def close(self) -> None:
        """Stop all processes, whatever they are doing."""
        with self._lock:
            for each in (self._filming, self._comparing):
                if each is not None:
                    each.close(now=True)
            self._filming = self._comparing = None


@cache
def workshop() -> Workshop:
    """Return the workshop of this server."""
    return Workshop()


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
    except ProcessExpired:
        raise UsageError("web.workshop.lost") from None


def _filmed(loaded: Loaded, replicate: int, follow: tuple[int, ...]) -> Film:
    """Live a scenario and film it, in a process of its own."""
    from ecosim.web.film import film_of  # lazily: it is the process that needs it

    return film_of(loaded, replicate, follow)
