"""Who is connected: how many browsers a server takes, and how many pages each of them may have open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Limits:
    """How much is too much.

    Parameters
    ----------
    sessions : int
        Browsers at once. Each costs some megabytes and, while it moves, a share of a processor.
    pages : int
        Open pages of one browser.
    message : int
        Bytes of a message from a browser.
    body : int
        Bytes of a request from a browser; pages send none.
    connections : int
        Connections at once, of which a page needs several while it is loaded.
    forgotten : str
        After how long a page whose connection was lost is forgotten, as Solara writes it.
    """

    sessions: int = 40
    pages: int = 12
    message: int = 4_000_000
    body: int = 10_000
    connections: int = 600
    forgotten: str = "2m"


def _nobody() -> dict[str, str]:
    return {}


@dataclass
class Crowd:
    """All browsers that have a page open, or had one a moment ago.

    Parameters
    ----------
    limits : Limits
        How many there may be.
    kernels : callable
        Returns kernel -> session of all pages that the server holds, also of those whose connection was lost.
    """

    limits: Limits = field(default_factory=Limits)
    kernels: Callable[[], Mapping[str, str]] = _nobody
    sockets: Counter[str] = field(default_factory=Counter)

    def has_room(self, session: str | None) -> bool:
        """Tell whether the browser ``session`` (``None`` where it is new) may open a page."""
        present = set(self.sockets) | set(self.kernels().values())
        if session is not None and session in present:
            return self.sockets[session] < self.limits.pages
        return len(present) < self.limits.sessions

    def may_connect(self, session: str, kernel: str) -> bool:
        """Tell whether a page of ``session`` may connect to ``kernel``, anew or again."""
        held = self.kernels()
        if not self.has_room(session):
            return False
        if kernel in held:
            return held[kernel] == session
        return sum(each == session for each in held.values()) < self.limits.pages

    @contextmanager
    def connected(self, session: str) -> Iterator[None]:
        """Count a connection of ``session`` while it lasts."""
        self.sockets[session] += 1
        try:
            yield
        finally:
            self.sockets[session] -= 1
            if not self.sockets[session]:
                del self.sockets[session]
