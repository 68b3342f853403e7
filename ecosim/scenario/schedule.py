"""A lever over time: a constant, a piecewise-linear schedule, or a named fade."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError

from ecosim.errors import nearest
from ecosim.schema import Leaf

FADES = ("linear", "smooth", "abrupt")
FADE_KEYS = ("fade", "from", "until", "start", "to")
LATEST_WEEK = 1_000_000
LONGEST_FADE = 10_000


@dataclass(frozen=True)
class Schedule:
    """A lever's course: knots ``(week, value)`` in order of weeks.

    Between two knots the value slides (or, with ``steps``, stays at the earlier one); before the first and after the
    last it is constant. A knot beyond the run is never reached but still gives the slope towards it, so that a shorter
    run is the beginning of a longer one.
    """

    knots: tuple[tuple[int, float], ...]
    steps: bool = False

    def at(self, week: int) -> float:
        """Return the lever's value in ``week``."""
        before = [knot for knot in self.knots if knot[0] <= week]
        after = [knot for knot in self.knots if knot[0] > week]
        if not before:
            return after[0][1]
        if not after or self.steps:
            return before[-1][1]
        (w0, v0), (w1, v1) = before[-1], after[0]
        return v0 + (v1 - v0) * (week - w0) / (w1 - w0)

    @property
    def constant(self) -> bool:
        """Whether the lever never moves."""
        return len({value for _, value in self.knots}) == 1

    def plain(self) -> float | list[list[float]]:
        """Return the schedule as a scenario file writes it: a number, or a list of ``[week, value]``."""
        if len(self.knots) == 1:
            return self.knots[0][1]
        return [[week, value] for week, value in self.knots]


def constant(value: float, steps: bool = False) -> Schedule:
    """Return the schedule that stays at ``value``."""
    return Schedule(((0, value),), steps)


def as_schedule(given: Any, leaf: Leaf) -> Schedule:
    """Read a lever as written in a file and return its schedule; a single knot is a constant.

    Raises
    ------
    PydanticCustomError
        With one of the message keys ``errors.lever.*`` when it is no number, list of knots or fade, or out of range.
    """
    if isinstance(given, Schedule):
        return given
    if _is_number(given):
        _check(given, leaf)
        return constant(float(given), leaf.steps)
    if isinstance(given, list):
        knots = _knots(given, leaf)
    elif isinstance(given, dict):
        knots = _fade(given, leaf)
    else:
        raise wrong("form", value=given, **leaf.legal.bounds())
    return Schedule(tuple(knots), leaf.steps) if len(knots) > 1 else constant(knots[0][1], leaf.steps)


def wrong(key: str, *at: str | int, **facts: Any) -> PydanticCustomError:
    """Return the error ``errors.lever.<key>``; ``at`` leads from the lever to the part of it that is wrong."""
    key = f"errors.lever.{key}"
    return PydanticCustomError("ecosim", key, {"at": at, "facts": facts})


def _is_number(thing: Any) -> bool:
    return isinstance(thing, int | float) and not isinstance(thing, bool)


def _check(value: float, leaf: Leaf, *at: str | int) -> None:
    """Refuse a value that the lever cannot take."""
    if value not in leaf.legal:
        raise wrong("range", *at, value=value, **leaf.legal.bounds())
    if leaf.whole and value != int(value):
        raise wrong("whole", *at, value=value, **leaf.legal.bounds())


def _week(week: float, *at: str | int) -> int:
    """Return ``week`` as a whole number, refusing what is none."""
    if not (math.isfinite(week) and week == int(week) and 0 <= week <= LATEST_WEEK):
        raise wrong("week", *at, value=week, most=LATEST_WEEK)
    return int(week)


def _knots(given: list[Any], leaf: Leaf) -> list[tuple[int, float]]:
    """Read ``[[week, value], ...]``."""
    if not given:
        raise wrong("empty")
    knots: list[tuple[int, float]] = []
    for index, knot in enumerate(given):
        if not (isinstance(knot, list) and len(knot) == 2 and all(_is_number(part) for part in knot)):
            raise wrong("knot", index, value=knot)
        week, value = _week(knot[0], index, 0), knot[1]
        _check(value, leaf, index, 1)
        if knots and week <= knots[-1][0]:
            raise wrong("order", index, 0, value=week, before=knots[-1][0])
        knots.append((week, float(value)))
    return knots


def _fade(given: dict[Any, Any], leaf: Leaf) -> list[tuple[int, float]]:
    """Read ``{fade: linear, from: 0.6, until: 39, start: 0, to: 0}``."""
    for key in given:
        if key not in FADE_KEYS:
            raise wrong("fade_key", key, value=key, nearest=nearest(key, FADE_KEYS), allowed=", ".join(FADE_KEYS))
    for key in FADE_KEYS[:3]:
        if key not in given:
            raise wrong("fade_missing", value=key)
    kind = given["fade"]
    if kind not in FADES:
        raise wrong("fade", "fade", value=kind, nearest=nearest(str(kind), FADES), allowed=", ".join(FADES))
    high, last, first, low = given["from"], given["until"], given.get("start", 0), given.get("to", 0)
    for key, part in zip(FADE_KEYS[1:], (high, last, first, low), strict=True):
        if not _is_number(part):
            raise wrong("fade_number", key, value=part)
    _check(high, leaf, "from")
    _check(low, leaf, "to")
    first, last = _week(first, "start"), _week(last, "until")
    if not 0 < last - first <= LONGEST_FADE:
        raise wrong("fade_weeks", "until", start=first, until=last, most=LONGEST_FADE)
    return _faded(kind, first, last, float(high), float(low))


def _faded(kind: str, first: int, last: int, high: float, low: float) -> list[tuple[int, float]]:
    """Return the knots of a fade from ``high`` in week ``first`` to ``low`` in week ``last``."""
    if kind == "linear":
        return [(first, high), (last, low)]
    if kind == "abrupt":
        return [(first, high), (last - 1, high), (last, low)] if last - 1 > first else [(first, high), (last, low)]
    return [
        (week, high + (low - high) * _smoothstep((week - first) / (last - first))) for week in range(first, last + 1)
    ]


def _smoothstep(x: float) -> float:
    """Return 3 x^2 - 2 x^3, which leaves and arrives without a jerk."""
    return x * x * (3.0 - 2.0 * x)
