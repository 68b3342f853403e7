"""What a metric is: its name and words, of whom it speaks, how it is computed, and what one run's value is.

A metric is a function of an ecosystem (an :class:`ecosim.model.engine.Engine`) that returns

* a number: the *run value* itself, without a weekly series;
* an array over weeks: a weekly series, of which the run value is the mean over the weeks that have one;
* a pair of arrays over weeks, numerator and denominator: their quotient is the weekly series, and the quotient of their
  sums the run value, so that every learner-week counts the same.

``run`` says so where another rule is meant. Undefined values are NaN, never zero. Arrays may have the length of the
whole run, as those of ``eco.log``: what lies in the future is cut off.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any, Literal, TypeVar

import numpy as np

from ecosim.errors import EcosimError, InvalidFile, Problem, UsageError, nearest
from ecosim.language import table
from ecosim.model.state import Array
from ecosim.registry import Registry

Rule = Literal["value", "mean", "end", "pooled"]
Span = Literal["run", "last_quarter"] | tuple[int, int]
Better = Literal["higher", "lower"]
Words = str | Mapping[str, str]
F = TypeVar("F", bound=Callable[..., Any])

LAST_QUARTER = "_last_quarter"
WEEKS = re.compile(r"_weeks_\d+_\d+$")
OWN = __name__.partition(".")[0]


@dataclass(frozen=True)
class Metric:
    """A declared metric; see :func:`metric` for the parameters."""

    name: str
    compute: Callable[..., Any]
    label: Words
    meaning: Words
    unit: str
    over: Words
    formula: str
    source: str
    run: Rule | None
    costly: bool
    counterfactual: str | None
    better: Better | None = None
    watched: bool = False

    @property
    def is_weekly(self) -> bool | None:
        """Whether there is a weekly series; ``None`` where only what the function returns will tell."""
        return None if self.run is None else self.run != "value"

    def weekly(self, eco: Any) -> Array | None:
        """Return the value of each week lived, shape (weeks lived,), or ``None`` when there is no weekly series."""
        if self.run == "value":
            return None
        found = self._found(eco)
        if isinstance(found, tuple):
            return quotient(*(self._lived(part, eco) for part in found))
        return None if np.ndim(found) == 0 else self._lived(found, eco)

    def value(self, eco: Any, span: Span = "run", other: Any = None) -> float:
        """Return the run value, NaN where it is undefined.

        Parameters
        ----------
        eco : Engine
            The ecosystem, at the end of a run or in the midst of it.
        span : {"run", "last_quarter"} or (first, last)
            Not the metric's own rule but the mean of the weekly series over the last ceil(weeks / 4) weeks lived, or
            over those from the first to the last of two weeks; weeks without a value are left out.
        other : Engine, optional
            The same run without the event that ``counterfactual`` names, lived as long.

        Raises
        ------
        UsageError
            When some of the weeks are asked for and there is no weekly series, or the function returns neither a number
            nor an array over weeks.
        """
        if self.counterfactual is not None:
            found = float("nan") if other is None else self._found(eco, other)
        else:
            found = self._found(eco)
        if not isinstance(found, tuple) and np.ndim(found) == 0:
            if span != "run":
                raise UsageError("errors.metric.not_weekly", name=self.name)
            return float(found)
        parts = [self._lived(part, eco) for part in (found if isinstance(found, tuple) else (found,))]
        return self._run_value(parts) if span == "run" else mean(within(quotient(*parts), span))

    def _found(self, *ecosystems: Any) -> Any:
        """Return what the function returns, as a number, an array or a pair of arrays.

        Raises
        ------
        InvalidFile
            When a user's own function fails, or returns something else; with the line in which it fails.
        """
        if self.compute.__module__.partition(".")[0] == OWN:
            return self.compute(*ecosystems)
        try:
            found = self.compute(*ecosystems)
            if isinstance(found, tuple):
                above, below = found
                return np.asarray(above, float), np.asarray(below, float)
            return np.asarray(found, float)
        except (EcosimError, MemoryError):
            raise
        except Exception as error:
            raise InvalidFile(_failure(self.name, self.compute, error)) from error

    def _run_value(self, parts: list[Array]) -> float:
        """Return the run value of a series given as itself, or as numerator and denominator."""
        rule = self.run or ("pooled" if len(parts) == 2 else "mean")
        if rule == "pooled" and len(parts) == 2:
            return ratio(float(parts[0].sum()), float(parts[1].sum()))
        series = quotient(*parts)
        if rule == "end":
            return float(series[-1]) if series.size else float("nan")
        return mean(series)

    def _lived(self, found: Any, eco: Any) -> Array:
        """Return an array over weeks without the weeks to come."""
        series = np.asarray(found, float)
        if series.shape not in ((eco.week,), (eco.scenario.weeks,)):
            raise UsageError("errors.metric.shape", name=self.name, found=series.shape, weeks=eco.week)
        return series[: eco.week]

    def say_label(self, lang: str = "en") -> str:
        """Return the few words by which people call it."""
        return _said(self.label, (self.name, "label"), lang)

    def say_meaning(self, lang: str = "en") -> str:
        """Return what it means, in one plain sentence."""
        return _said(self.meaning, (self.name, "meaning"), lang)

    def say_over(self, lang: str = "en") -> str:
        """Return over whom or what it is taken."""
        return _said(self.over, ("over", str(self.over)), lang)


def _failure(name: str, function: Callable[..., Any], error: Exception) -> Problem:
    """Return the problem of a user's metric that fails: where, and why in one line."""
    file, line = None, None
    if code := getattr(function, "__code__", None):
        file, line = code.co_filename, code.co_firstlineno
        frames = traceback.extract_tb(error.__traceback__)
        line = next((frame.lineno for frame in reversed(frames) if frame.filename == file), line)
    said = f"{type(error).__name__}: {' '.join(str(error).split())}".removesuffix(": ")
    return Problem("errors.metric.failed", {"name": name, "error": said}, file=file, line=line)


def _said(words: Words, place: tuple[str, str], lang: str) -> str:
    """Return ``words`` in ``lang``: as the declaration says them in both, or else as ``metrics_fr.toml`` does."""
    if not isinstance(words, str):
        return words.get(lang) or words.get("en", "")
    french = table("metrics_fr").get(place[0], {}).get(place[1]) if lang == "fr" else None
    return french or words


METRICS: Registry[Metric] = Registry("metric")
"""All metrics by name, in the order in which they are shown."""


def metric(
    name: str,
    *,
    label: Words = "",
    meaning: Words = "",
    unit: str = "1",
    over: Words = "",
    formula: str = "",
    source: str = "",
    run: Rule | None = None,
    costly: bool = False,
    counterfactual: Literal["withdraw", "shock"] | None = None,
    better: Better | None = None,
    watched: bool = False,
) -> Callable[[F], F]:
    """Declare the function that follows as a metric.

    Parameters
    ----------
    name : str
        A word of letters, digits and underscores; the column and the key under which its values stand.
    label, meaning : str or {"en": ..., "fr": ...}
        A few words, and one plain sentence.
    unit : str
        ``1`` for a pure number, ``share``, ``weeks``, ...
    over : str or {"en": ..., "fr": ...}
        Over whom or what it is taken: ``the enrolled``, ``active learner-weeks``, ...
    formula, source : str
        As they are to be cited.
    run : {"value", "mean", "end", "pooled"}, optional
        The run value: what the function returns, the mean over weeks, the last week's value, or the quotient of sums.
        Without it, what the function returns decides (see this module).
    costly : bool
        Compute it only where it is asked for.
    counterfactual : {"withdraw", "shock"}, optional
        The function takes a second ecosystem: the same persons under the same luck without these events.
    better : {"higher", "lower"}, optional
        Which of two values a community would rather have; without it a comparison says higher or lower, not better.
    watched : bool
        The function reads the ecosystem's diary; a run that is asked for this metric keeps one.

    Raises
    ------
    UsageError
        When the name is taken, or no name.
    """

    def declare(function: F) -> F:
        if not name.isidentifier() or name == "week" or name.endswith(LAST_QUARTER) or WEEKS.search(name):
            raise UsageError("errors.metric.name", name=name)
        if name in METRICS:
            if not _same_function(METRICS[name].compute, function):
                raise UsageError("errors.metric.taken", name=name)
            METRICS.remove(name)
        words = label or name.replace("_", " ")
        facts = (words, meaning, unit, over, formula, source, run, costly, counterfactual, better, watched)
        METRICS.add(name, Metric(name, function, *facts))
        return function

    return declare


def _same_function(old: Any, new: Any) -> bool:
    """Tell whether ``new`` is a user's ``old`` function declared again: a notebook's cell or a script run twice."""
    places = [(each.__module__, each.__qualname__) for each in (old, new)]
    return places[0] == places[1] and places[0][0].partition(".")[0] != OWN


def named(name: str) -> Metric:
    """Return the metric called ``name``.

    Raises
    ------
    UsageError
        When there is none; the message names the nearest.
    """
    if name not in METRICS:
        near = nearest(name, METRICS)
        raise UsageError(f"errors.scenario.metric{'_near' if near else ''}", value=name, nearest=near)
    return METRICS[name]


def ratio(part: float, whole: float) -> float:
    """Return ``part / whole``, NaN where there is nothing to divide by."""
    return part / whole if whole else float("nan")


def quotient(numerator: Array, denominator: Array | None = None) -> Array:
    """Return the quotient week by week, NaN where there is nothing to divide by; the series itself without divisor."""
    if denominator is None:
        return numerator
    made = np.full(numerator.shape, np.nan)
    np.divide(numerator, denominator, out=made, where=denominator != 0.0)
    return made


def mean(series: Array) -> float:
    """Return the mean of the values that are defined, NaN without any."""
    defined = series[~np.isnan(series)]
    return float(defined.mean()) if defined.size else float("nan")


def within(series: Array, span: Span) -> Array:
    """Return the weeks of ``span``: all, the last ceil(weeks / 4), or from a first to a last week."""
    if span == "run":
        return series
    if span == "last_quarter":
        return series[series.size - ceil(series.size / 4) :]
    return series[span[0] : span[1] + 1]
