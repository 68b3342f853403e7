"""Words and numbers of the page, and the kept scores as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import floor, log10
from typing import Any, NamedTuple

from ecosim.evidence.patterns import PATTERNS
from ecosim.language import number, text
from ecosim.model.metrics import METRICS
from ecosim.report.reference.markdown import plain

Number = float | None
DIGITS, LONGEST = 3, 4  #: significant digits that are shown; most decimals, as many as are kept


def ask(key: str, lang: str, /, **facts: Any) -> str:
    """Return the words ``evidence.page.<key>``."""
    return text(f"evidence.page.{key}", lang, **facts)


def heads(key: str, lang: str) -> list[str]:
    """Return the heads of a table."""
    return ask(key, lang).split(" | ")


def figure(value: Number, lang: str) -> str:
    """Return a number with its first three digits, a dash where there is none."""
    if value is None:
        return ask("none", lang)
    digits = DIGITS - 1 - floor(log10(abs(value))) if value else 0
    return number(value, lang, max(0, min(digits, LONGEST)))


def chosen(value: Number, lang: str) -> str:
    """Return a number that somebody chose, the end of a band: with the digits that it has."""
    if value is None:
        return ask("none", lang)
    return number(value, lang, len(f"{value:g}".partition(".")[2]))


def percent_of(value: Number, lang: str) -> str:
    """Return a share as a whole per cent."""
    if value is None:
        return ask("none", lang)
    return number(100.0 * value, lang, 0) + ("\u00a0%" if lang == "fr" else "%")


def between(low: Number, high: Number, lang: str) -> str:
    """Return the range of a value."""
    return ask("between", lang, low=figure(low, lang), high=figure(high, lang))


def band(low: Number, high: Number, lang: str) -> str:
    """Return a band; one without an upper end as its lower one."""
    if high is None:
        return ask("least", lang, low=chosen(low, lang))
    return ask("between", lang, low=chosen(low, lang), high=chosen(high, lang))


def spread_over(values: Sequence[Number], lang: str) -> str:
    """Return one number, or the range of several."""
    known = [each for each in values if each is not None]
    low, high = (min(known), max(known)) if known else (None, None)
    return figure(low, lang) if low == high else between(low, high, lang)


def with_interval(estimate: Sequence[Number] | None, lang: str) -> str:
    """Return an estimate with its interval, a dash where there is none."""
    if estimate is None:
        return ask("none", lang)
    value, low, high = estimate
    return ask("interval", lang, value=figure(value, lang), between=between(low, high, lang))


def in_turn(parts: Iterable[str], lang: str) -> str:
    """Return parts, which may hold commas, one after another."""
    return text("findings.semicolon", lang).join(parts)


def title_of(name: str, lang: str) -> str:
    """Return a pattern in words."""
    return plain(text(f"evidence.patterns.{name}.title", lang))


def cohort_name(name: str, lang: str) -> str:
    """Return what people call a cohort."""
    return text(f"evidence.cohorts.{name}", lang)


def metric_name(name: str, lang: str) -> str:
    """Return the label of a metric."""
    return plain(METRICS[name].say_label(lang))


class Row(NamedTuple):
    """One number of a kept score.

    Parameters
    ----------
    metric : str
        What.
    low, high : float or None
        Its band.
    value, observed, null : list of float or None
        By cohort.
    """

    metric: str
    low: Number
    high: Number
    value: list[Number]
    observed: list[Number]
    null: list[Number]

    def holds(self, place: int) -> bool:
        """Tell whether it lies in its band in a cohort."""
        value = self.value[place]
        if value is None:
            return False
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


def by_number(patterns: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return kept scores in the order of their numbers."""
    return sorted(patterns, key=lambda each: int(each["id"][1:]))


def rows_of(score: dict[str, Any]) -> list[Row]:
    """Return the numbers of a score, part by part."""
    parts = len(score["metrics"])
    bands = [score["band"]] if parts == 1 else score["band"]
    tables = [_table(score[name], parts) for name in ("value", "observed", "null_value")]
    return [
        Row(metric, *bands[part], *([row[part] for row in table] for table in tables))
        for part, metric in enumerate(score["metrics"])
    ]


def _table(short: Any, parts: int) -> list[list[Number]]:
    """Return what was shortened as rows of shape (cohorts, parts)."""
    if short is None:
        return [[None] * parts]
    if parts == 1:
        return [[each] for each in short] if isinstance(short, list) else [[short]]
    return short if isinstance(short[0], list) else [short]


def cohorts_of(name: str, lang: str) -> str:
    """Return where a pattern is looked for."""
    cohorts = PATTERNS[name].cohorts
    return cohort_name(cohorts[0], lang) if len(cohorts) == 1 else ask("board.presentations", lang).lower()
