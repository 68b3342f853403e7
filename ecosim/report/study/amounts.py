"""Numbers of a study as people read them: levels, differences and their intervals, with digits that they deserve."""

from __future__ import annotations

from math import floor, isfinite, log10
from typing import Any, NamedTuple

from ecosim.language import number, text
from ecosim.model.metrics import Wanted
from ecosim.report.naming import LEVELS
from ecosim.report.study.saying import said

SHARES = ("share", "probability")  #: units that people read in per cent
DIFFERENCES = frozenset({"skill_gain", "repost_difference"})  #: shares that are differences themselves
MOST_DIGITS, USUAL_DIGITS = 4, 2
SURE = 0.999  #: confidence from which a second decimal is needed


class Amount(NamedTuple):
    """How the values of one metric are written.

    Parameters
    ----------
    scale : float
        By what they are multiplied: 100 for shares.
    unit : str
        Key of the unit of a difference: ``points`` for shares, else empty.
    """

    scale: float
    unit: str


PLAIN, POINTS = Amount(1.0, ""), Amount(100.0, "points")


def amount_of(wanted: Wanted) -> Amount:
    """Return how values of a metric are written: shares of people and acts in per cent, all else as they are."""
    metric = wanted.metric
    shares = metric.unit in SHARES and metric.name not in LEVELS and metric.name not in DIFFERENCES
    return POINTS if shares else PLAIN


def digits_for(width: float) -> int:
    """Return how many decimals show two digits of ``width``, at most four."""
    if not isfinite(width) or width <= 0.0:
        return USUAL_DIGITS
    return min(MOST_DIGITS, max(0, 1 - floor(log10(width))))


def _digits(width: float, amount: Amount) -> int:
    """Return how many decimals a value with an uncertainty of ``width`` has: one at least in per cent and in points."""
    return max(1 if amount.unit else 0, digits_for(amount.scale * width))


def level(value: float, amount: Amount, lang: str, width: float = float("nan")) -> str:
    """Return a value with the digits that an uncertainty of ``width`` leaves it: ``61.2%``, ``0.34``."""
    if not isfinite(value):
        return text("words.undefined", lang)
    digits = 1 if amount.unit and not isfinite(width) else _digits(width, amount)
    plain = number(amount.scale * value, lang, digits)
    return said("percent", lang, value=plain) if amount.unit else plain


def with_unit(value: str, amount: Amount, lang: str) -> str:
    """Return the text of a number with the unit of differences behind it."""
    return said(f"unit.{amount.unit}", lang, value=value) if amount.unit else value


def difference(value: float, amount: Amount, lang: str, width: float = float("nan")) -> str:
    """Return a difference with its sign and unit: ``−6.2 points``, ``+0.034``."""
    if not isfinite(value):
        return text("words.undefined", lang)
    return with_unit(signed(amount.scale * value, lang, _digits(_width(value, width), amount)), amount, lang)


def between(low: float, high: float, amount: Amount, lang: str, plus: bool = True) -> str:
    """Return the ends of an interval, signed where it is one of differences; empty where there is none."""
    if not (isfinite(low) and isfinite(high)):
        return ""
    digits = _digits(0.5 * (high - low) if high > low else abs(high), amount)
    ends = [amount.scale * each for each in (low, high)]
    low_said, high_said = (signed(each, lang, digits) if plus else number(each, lang, digits) for each in ends)
    return said("between", lang, low=low_said, high=high_said)


def _width(value: float, width: float) -> float:
    """Return the uncertainty that decides about digits: the half-width, or the value itself where there is none."""
    return width if isfinite(width) and width > 0.0 else abs(value)


def signed(value: float, lang: str, digits: int) -> str:
    """Return a number with its sign, no sign for what is written as zero."""
    plain = number(abs(value), lang, digits)
    if not plain.strip("0,."):
        return plain
    return ("+" if value > 0 else "\u2212") + plain


def confidence(value: float, lang: str) -> str:
    """Return the confidence of an interval in per cent, with a decimal where it has one."""
    digits = 2 if SURE <= value < 1.0 else 1
    plain = number(100.0 * value, lang, digits)
    for mark in (".", ","):
        plain = plain.rstrip("0").rstrip(mark) if mark in plain else plain
    return said("percent", lang, value=plain)


def half(low: Any, high: Any) -> float:
    """Return half the width of an interval."""
    return 0.5 * (float(high) - float(low))
