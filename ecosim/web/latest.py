"""Only the latest wish counts: work that a page waits for, one piece at a time, what is overtaken never begun."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, NamedTuple

import solara

from ecosim.errors import EcosimError
from ecosim.web.news import for_this_page
from ecosim.web.workshop import mistake


class Shot(NamedTuple):
    """What there is to show.

    Parameters
    ----------
    value : Any
        What came of the last wish that was fulfilled, ``None`` before the first.
    error : EcosimError or None
        What was wrong with the last wish.
    busy : bool
        Whether a newer one is being worked on.
    """

    value: Any = None
    error: EcosimError | None = None
    busy: bool = True


class Latest:
    """Works on one wish at a time, in a thread; when it is done, on the latest that has come meanwhile.

    Parameters
    ----------
    show : callable
        Called from that thread with a :class:`Shot` whenever there is something new.
    """

    def __init__(self, show: Callable[[Shot], None]) -> None:
        self._show, self._lock = show, threading.Lock()
        self._wish: Callable[[], Any] | None = None
        self._working = self._closed = False
        self._shot = Shot()

    def want(self, wish: Callable[[], Any]) -> None:
        """Wish for what ``wish()`` returns; earlier wishes that nobody has begun are forgotten."""
        with self._lock:
            self._wish = wish
            if self._working:
                return
            self._working = True
        threading.Thread(target=self._work, name="latest", daemon=True).start()

    def close(self) -> None:
        """Show nothing any more."""
        self._closed, self._wish = True, None

    def _work(self) -> None:
        """Fulfil wishes until there is none."""
        while True:
            with self._lock:
                wish, self._wish = self._wish, None
                if wish is None or self._closed:
                    self._working = False
                    return
            self._tell(self._shot._replace(busy=True))
            try:
                shot = Shot(wish(), None, self._wish is not None)
            except EcosimError as error:
                shot = Shot(self._shot.value, error, self._wish is not None)
            except Exception as error:  # else the page would wait for ever
                shot = Shot(self._shot.value, mistake(error), self._wish is not None)
            self._tell(shot)

    def _tell(self, shot: Shot) -> None:
        self._shot = shot
        if not self._closed:
            self._show(shot)


def use_latest(wish: Callable[[], Any], dependencies: list[Any]) -> Shot:
    """Return what ``wish()`` returned last; it is called again, in a thread, whenever ``dependencies`` change.

    A hook of Solara's: while a newer wish is worked on the page goes on showing what there was.
    """
    shown = solara.use_reactive(Shot())
    latest = solara.use_memo(lambda: Latest(for_this_page(shown.set)), [])
    solara.use_effect(lambda: latest.want(wish), dependencies)
    solara.use_effect(lambda: latest.close, [])
    shot: Shot = shown.value
    return shot
