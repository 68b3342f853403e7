"""The scoreboard: what fails first, then all patterns, then the seven presentations one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ecosim.language import lookup
from ecosim.report.reference.markdown import bullets, heading, plain, table
from ecosim.report.validation.words import (
    Row,
    ask,
    band,
    by_number,
    cohort_name,
    cohorts_of,
    figure,
    heads,
    in_turn,
    metric_name,
    percent_of,
    rows_of,
    spread_over,
    title_of,
)


def section(kept: dict[str, Any] | None, lang: str) -> Iterator[str]:
    """Yield the section as blocks of the page."""
    yield heading(2, ask("board.title", lang), "scoreboard")
    if kept is None:
        yield ask("nothing", lang)
        return
    yield ask("board.start", lang, replicates=kept["replicates"])
    scores = by_number(kept["patterns"])
    failing = [each for each in scores if not each["passed"]]
    yield heading(3, ask("board.fails", lang))
    yield bullets(_failure(each, lang) for each in failing) if failing else ask("board.none_fails", lang)
    yield heading(3, ask("board.all", lang))
    inner = [line for each in sorted(scores, key=lambda each: each["passed"]) for line in _lines(each, lang)]
    yield table(heads("board.columns", lang), inner)
    yield from _presentations(scores, lang)


def cause_of(name: str, lang: str) -> str:
    """Return why a pattern is missed, as far as is known."""
    return lookup(lang, f"evidence.causes.{name}") or ask("no_cause", lang)


def _failure(score: dict[str, Any], lang: str) -> str:
    """Return a pattern that is missed, with what is off and why."""
    off = [row for row in rows_of(score) if not all(row.holds(place) for place in range(len(row.value)))]
    said = (
        {"part": metric_name(row.metric, lang), "value": _value(row, lang), "band": _band(row, lang)} for row in off
    )
    missed = in_turn((ask("board.miss", lang, **facts) for facts in said), lang)
    name = score["id"]
    facts = {"id": name, "title": title_of(name, lang), "cohort": cohorts_of(name, lang)}
    return ask("board.fail", lang, **facts, missed=missed, cause=plain(cause_of(name, lang)))


def _lines(score: dict[str, Any], lang: str) -> Iterator[list[str]]:
    """Yield the lines of one pattern: a line a number, what concerns all of them in the first."""
    rows, name = rows_of(score), score["id"]
    for place, row in enumerate(rows):
        first = place == 0
        words = [f"{title_of(name, lang)} <br>*{cohorts_of(name, lang)}*"] if first else []
        words += [metric_name(row.metric, lang)] if len(rows) > 1 else []
        within, ceiling = (percent_of(score[each], lang) if first else "" for each in ("within", "ceiling"))
        verdict = ask("board.shown" if score["passed"] else "board.missed", lang) if first else ""
        numbers = [_value(row, lang), spread_over(row.observed, lang), _band(row, lang)]
        yield [name if first else "", " <br>".join(words), *numbers, within, ceiling, _null(row, lang), verdict]


def _value(row: Row, lang: str) -> str:
    """Return what was simulated, in bold where it lies outside the band; of several cohorts the range."""
    said = spread_over(row.value, lang)
    alone = len(row.value) == 1
    return f"**{said}**" if alone and not row.holds(0) else said


def _null(row: Row, lang: str) -> str:
    return spread_over(row.null, lang)


def _band(row: Row, lang: str) -> str:
    return band(row.low, row.high, lang)


def _presentations(scores: list[dict[str, Any]], lang: str) -> Iterator[str]:
    """Yield the patterns of several cohorts, cohort by cohort."""
    several = [each for each in scores if len(each["cohorts"]) > 1]
    yield heading(3, ask("board.presentations", lang))
    yield ask("board.presentations_start", lang)
    columns = [f"{each['id']}, {metric_name(each['metrics'][0], lang)}" for each in several]
    lines = []
    for place, cohort in enumerate(several[0]["cohorts"] if several else ()):
        lines.append([cohort_name(cohort, lang), *(_pair(rows_of(each)[0], place, lang) for each in several)])
    yield table([ask("board.presentation", lang), *columns], lines)


def _pair(row: Row, place: int, lang: str) -> str:
    """Return what was simulated in one cohort, and what was measured there."""
    value = figure(row.value[place], lang)
    value = value if row.holds(place) else f"**{value}**"
    return ask("board.pair", lang, value=value, observed=figure(row.observed[place], lang))
