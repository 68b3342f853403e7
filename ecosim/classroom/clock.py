"""The clock of a round: how long students have still to decide."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic


class Clock:
    """Counts down; without a limit it never ends.

    Parameters
    ----------
    now : callable
        Seconds from some moment on; never goes back.
    """

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._end: float | None = None
        self._rest: float | None = None

    def start(self, seconds: float) -> None:
        """Begin anew with so many seconds; 0 for no limit."""
        self._end, self._rest = (self._now() + seconds if seconds > 0 else None), None

    def stop(self) -> None:
        """Count no more."""
        self._end = self._rest = None

    def pause(self) -> None:
        """Stand still."""
        if self._end is not None:
            self._rest, self._end = max(0.0, self._end - self._now()), None

    def go_on(self) -> None:
        """Count on from where it stands."""
        if self._rest is not None:
            self._end, self._rest = self._now() + self._rest, None

    @property
    def left(self) -> float | None:
        """Seconds that are left, ``None`` without a limit."""
        if self._rest is not None:
            return self._rest
        return None if self._end is None else max(0.0, self._end - self._now())

    @property
    def over(self) -> bool:
        """Whether time is up."""
        return self._end is not None and self._now() >= self._end
