"""How a pattern stands, as lines of a terminal: id, words, value, band, whether it is shown."""

from __future__ import annotations

from typing import Any

from ecosim.language import text
from ecosim.report.validation.words import Row, band, metric_name, rows_of, spread_over


def lines(score: dict[str, Any], lang: str) -> list[list[str]]:
    """Return the lines of one score: one for each of its numbers, the verdict in the first."""
    rows = rows_of(score)
    if len(rows) == 1:
        return [[score["id"], _title(score, lang), *_numbers(rows[0], lang), _verdict(score, lang)]]
    head = [score["id"], _title(score, lang), "", "", _verdict(score, lang)]
    return [head, *(["", f"  {metric_name(row.metric, lang)}", *_numbers(row, lang), _mark(row, lang)] for row in rows)]


def _title(score: dict[str, Any], lang: str) -> str:
    return text(f"evidence.patterns.{score['id']}.title", lang)


def _numbers(row: Row, lang: str) -> list[str]:
    return [spread_over(row.value, lang), band(row.low, row.high, lang)]


def _verdict(score: dict[str, Any], lang: str) -> str:
    """Return whether a pattern is shown, and by more than a trivial world."""
    word = "missed" if not score["passed"] else "null_passes" if score["null_passes"] else "shown"
    return text(f"cli.patterns.{word}", lang)


def _mark(row: Row, lang: str) -> str:
    """Return a mark where one number of several lies outside its band."""
    holds = all(row.holds(place) for place in range(len(row.value)))
    return "" if holds else text("cli.patterns.missed", lang)
