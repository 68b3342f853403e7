"""Mark the functions that are the theory.

An equation is a small scalar function: no state, no randomness, no loop over learners. Marking it costs nothing; the
kernels in :mod:`ecosim.model` compile the marked functions at first use, so that reading a scenario needs no compiler.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

F = TypeVar("F", bound=Callable[..., object])


def equation(function: F) -> F:
    """Mark ``function`` as an equation and return it unchanged."""
    function.__equation__ = True  # type: ignore[attr-defined]
    return function


def is_equation(thing: object) -> bool:
    """Tell whether ``thing`` is a function marked with :func:`equation`."""
    return getattr(thing, "__equation__", False) is True


@equation
def clip(x: float, low: float = 0.0, high: float = 1.0) -> float:
    """Return ``x`` kept within ``[low, high]``, [0, 1] unless said."""
    return low if x < low else (high if x > high else x)


@equation
def ema(x: float, target: float, rate: float) -> float:
    """Return the exponential moving average ``x + rate * (target - x)``."""
    return x + rate * (target - x)
