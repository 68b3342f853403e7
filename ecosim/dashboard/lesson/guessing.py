"""Predictions beside what came out: a sketched curve beside the runs, a show of hands beside the answer.

Nobody is marked. A sketch is compared in what it says of the course of things: where it runs, which way it goes, when
most of it happens, and where it ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ecosim.dashboard.lesson.loaded import LoadedLesson
from ecosim.dashboard.lesson.telling import LETTERS, Answer
from ecosim.language import number, percent, text
from ecosim.model.state import Array
from ecosim.report.grammar import counted, joined, stretches
from ecosim.report.study.amounts import PLAIN, Amount, amount_of, with_unit

STILL = 0.05  #: of the axis: a smaller change is none
SOON = 0.1  #: of the weeks: a smaller difference in time is none


class Sketch(NamedTuple):
    """How a sketch compares with the runs.

    Parameters
    ----------
    inside : float
        Share of the weeks drawn in which it runs within the band.
    same_way : bool
        Whether it goes the same way as the middle of the runs, from its beginning to its end.
    lines : list of str
        All of it in plain words.
    """

    inside: float
    same_way: bool
    lines: list[str]


def score_sketch(
    sketched: Array, band: Array, lang: str, amount: Amount = PLAIN, axis: tuple[float, float] = (0.0, 1.0)
) -> Sketch:
    """Return how a sketch compares with the runs.

    Parameters
    ----------
    sketched : array of shape (weeks,)
        The value drawn for each week, NaN where none was.
    band : array of shape (3, weeks)
        Lower end, middle and upper end of the runs.
    lang : {"en", "fr"}
        Language of every word.
    amount : Amount
        How values of the metric are written.
    axis : (low, high)
        Ends of the axis, which tell what a small change is.

    Returns
    -------
    Sketch
        Without a week drawn: nothing inside, and a line that says so.
    """
    low, middle, high = band
    there = np.isfinite(sketched) & np.isfinite(middle)
    if not there.any():
        return Sketch(0.0, False, [text("lessons.sketch.nothing", lang)])
    weeks = np.flatnonzero(there)
    above, below = sketched[weeks] > high[weeks], sketched[weeks] < low[weeks]
    inside = float(np.mean(~above & ~below))
    span = axis[1] - axis[0]
    own, seen = _way(sketched[weeks], span), _way(middle[weeks], span)
    lines = [_where(weeks, above, below, lang), text(f"lessons.sketch.way.{own}_{seen}", lang)]
    if own == seen != "still":
        lines.append(_when(sketched[weeks], middle[weeks], weeks, lang))
    lines.append(_end(sketched[weeks], low[weeks], high[weeks], amount, lang))
    return Sketch(inside, own == seen, lines)


def scored(lesson: LoadedLesson, sketched: Array, band: Array, lang: str) -> Sketch:
    """Return how a sketch of what a lesson shows compares with the runs; see :func:`score_sketch`."""
    show = lesson.lesson.show
    return score_sketch(sketched, band, lang, amount_of(lesson.metric(show.metric)), (show.low, show.high))


def _where(weeks: Array, above: Array, below: Array, lang: str) -> str:
    """Return in how many weeks it runs within the band, and when it does not."""
    facts = {"inside": int((~above & ~below).sum()), "weeks": counted("weeks", int(weeks.size), lang)}
    parts = [
        text(f"lessons.sketch.{side}", lang, weeks=stretches(weeks[out].tolist(), lang))
        for side, out in (("above", above), ("below", below))
        if out.any()
    ]
    if not parts:
        return text("lessons.sketch.inside_all", lang)
    return text("lessons.sketch.inside", lang, **facts, parts=joined(parts, lang))


def _way(values: Array, span: float) -> str:
    """Return which way a curve goes from its beginning to its end."""
    change = float(values[-1] - values[0])
    if abs(change) <= STILL * span:
        return "still"
    return "up" if change > 0.0 else "down"


def _half(values: Array) -> int:
    """Return the first place at which half of the change from beginning to end is done."""
    done = (values - values[0]) / (values[-1] - values[0])
    return int(np.argmax(done >= 0.5))


def _when(sketched: Array, middle: Array, weeks: Array, lang: str) -> str:
    """Return whether the change comes earlier or later than drawn."""
    own, seen = int(weeks[_half(sketched)]), int(weeks[_half(middle)])
    near = abs(own - seen) <= max(1.0, SOON * weeks.size)
    key = "same" if near else "earlier" if seen < own else "later"
    return text(f"lessons.sketch.when.{key}", lang, own=own, seen=seen)


def _end(sketched: Array, low: Array, high: Array, amount: Amount, lang: str) -> str:
    """Return how far from the runs the sketch ends."""
    gap = max(float(sketched[-1] - high[-1]), 0.0) or min(float(sketched[-1] - low[-1]), 0.0)
    if gap == 0.0:
        return text("lessons.sketch.end.inside", lang)
    side = "above" if gap > 0.0 else "below"
    size = with_unit(number(amount.scale * abs(gap), lang, 0 if amount.unit else 2), amount, lang)
    return text(f"lessons.sketch.end.{side}", lang, size=size)


def hands(counts: Sequence[int]) -> list[float]:
    """Return a show of hands as shares, all 0 where no hand went up."""
    whole = sum(counts)
    return [count / whole if whole else 0.0 for count in counts]


def hands_told(counts: Sequence[int], answers: Sequence[Answer], lang: str) -> str:
    """Return in words how many predicted what the runs show.

    Parameters
    ----------
    counts : sequence of int
        Hands for each option.
    answers : sequence of Answer
        What the runs say of each.
    lang : {"en", "fr"}
        Language of the sentence.
    """
    whole, shares = sum(counts), hands(counts)
    if not whole:
        return text("lessons.hands.none", lang)
    right = [place for place, answer in enumerate(answers) if answer.fit == "right"]
    if not right:
        return text("lessons.hands.open", lang, whole=whole)
    place = right[0]
    facts = {"letter": LETTERS[place], "count": counts[place], "whole": whole, "share": percent(shares[place], lang)}
    return text("lessons.hands.some", lang, **facts)
