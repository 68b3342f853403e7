"""From an interval to a verdict in plain words: better, worse, equivalent, or undecided and by how many runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, erfc, inf, isfinite, sqrt
from typing import Literal, NamedTuple

from ecosim.model.state import Array
from ecosim.study.statistics.paired import Effect, effect, p_value, paired

Word = Literal["higher", "lower", "equivalent", "undecided"]
Better = Literal["better", "worse", "higher", "lower", "equivalent", "undecided"]


class Judged(NamedTuple):
    """An effect and what it says.

    Parameters
    ----------
    effect : Effect
        The difference with the interval by which it was judged.
    word : {"higher", "lower", "equivalent", "undecided"}
        What the interval says.
    more : float
        About how many more replicates would decide it; 0 where it is decided, ``inf`` where none would.
    """

    effect: Effect
    word: Word
    more: float


def word_of(low: float, high: float, smallest: float) -> Word:
    """Return what an interval says of a difference of which ``smallest`` is the smallest that matters.

    Equivalent: all of it lies within the smallest effect. Higher, lower: it lies on one side of zero. Else undecided.
    """
    if not (isfinite(low) and isfinite(high)):
        return "undecided"
    if (smallest > 0.0 and -smallest < low and high < smallest) or low == high == 0.0:
        return "equivalent"
    if low > 0.0:
        return "higher"
    return "lower" if high < 0.0 else "undecided"


def better(word: Word, direction: str | None) -> Better:
    """Return ``word`` as better or worse, for a metric that has a better direction."""
    if direction is None or word not in ("higher", "lower"):
        return word
    return "better" if word == direction else "worse"


def more_runs(difference: Array, level: float, smallest: float) -> float:
    """Return about how many more replicates would decide: until the half-width fits between the mean and a boundary.

    The boundaries are zero and, where there is one, the smallest effect; ``inf`` where the mean lies on one.
    """
    count = difference.size
    if count < 2:
        return inf
    mean, spread = abs(float(difference.mean())), float(difference.std(ddof=1))
    room = max(mean, smallest - mean)
    if room <= 0.0:
        return inf
    wanted = (_quantile(level) * spread / room) ** 2
    return float(max(1, ceil(wanted - count))) if wanted < 1e9 else inf


def _quantile(level: float) -> float:
    """Return z such that a standard normal lies beyond it, on both sides together, with probability ``level``."""
    low, high = 0.0, 40.0
    for _ in range(80):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if erfc(middle / sqrt(2.0)) > level else (low, middle)
    return low


def judged(others: Sequence[Array], against: Array, level: Callable[[int], float], smallest: float) -> list[Judged]:
    """Return the effect of each design against the baseline on one metric; any of them is wrong with at most alpha.

    Without a smallest effect, in the order of Holm (1979): the clearest difference is judged as one of m, the next as
    one of m - 1, and so on; from the first that is undecided on, the rest as that one. With a smallest effect a design
    may also be called equivalent, which may be wrong as well, and no order favours the right one: then each is judged
    as one of m (Bonferroni).

    Parameters
    ----------
    others : sequence of array of shape (replicates,)
        The metric under each other design.
    against : array of shape (replicates,)
        The metric under the baseline.
    level : callable
        ``level(m)`` returns the two-sided level of this look for one of m comparisons.
    smallest : float
        The smallest effect that matters.
    """
    differences = [paired(each, against) for each in others]
    order = sorted(range(len(others)), key=lambda place: p_value(differences[place]))
    found: dict[int, Judged] = {}
    left, held = len(others), smallest > 0.0
    for place in order:
        own = level(left)
        made = effect(others[place], against, own)
        word = word_of(made.low, made.high, smallest)
        more = more_runs(differences[place], own, smallest) if word == "undecided" else 0.0
        found[place] = Judged(made, word, more)
        held = held or word == "undecided"
        left -= 0 if held else 1
    return [found[place] for place in range(len(others))]
