"""How much one phone may say, and how often somebody may guess the PIN."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from time import monotonic

BURST, RATE = 30, 10.0  #: messages at once, and a second in the long run
PATIENCE = 200  #: messages too many, after which a phone is shut out
GUESSES, WITHIN = 20, 60.0  #: wrong PINs from one address, within so many seconds


class Bucket:
    """Lets through :data:`BURST` messages at once, and :data:`RATE` a second in the long run."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now, self._at, self._full = now, now(), float(BURST)
        self.refused = 0

    def lets(self) -> bool:
        """Tell whether one more message may pass."""
        now = self._now()
        self._full, self._at = min(BURST, self._full + RATE * (now - self._at)), now
        if self._full < 1.0:
            self.refused += 1
            return False
        self._full -= 1.0
        return True


class Guesses:
    """Counts wrong PINs by the address that they came from."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._wrong: dict[str, deque[float]] = defaultdict(deque)

    def too_many(self, address: str) -> bool:
        """Tell whether an address has to wait."""
        times = self._wrong[address]
        while times and self._now() - times[0] > WITHIN:
            times.popleft()
        return len(times) >= GUESSES

    def wrong(self, address: str) -> None:
        """Note a wrong PIN."""
        self._wrong[address].append(self._now())
