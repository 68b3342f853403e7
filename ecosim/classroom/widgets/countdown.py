"""How long the round still is, counted by the browser."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import anywidget
import traitlets


class Countdown(anywidget.AnyWidget):
    """Minutes and seconds.

    Attributes
    ----------
    left : float
        Seconds that were left when this was told; below 0 without a limit: nothing is shown.
    running : bool
        Whether they pass.
    round : int
        Another number begins to count anew.
    """

    _esm = (files(__package__) / "countdown.js").read_text(encoding="utf-8")
    left = traitlets.Float(-1.0).tag(sync=True)
    running = traitlets.Bool(False).tag(sync=True)
    round = traitlets.Int(0).tag(sync=True)


def countdown(left: float | None, running: bool, told: int) -> Any:
    """Return a countdown as an element; ``told`` grows with every new number."""
    return Countdown.element(left=-1.0 if left is None else left, running=running and left is not None, round=told)
