"""The first screen: the key numbers of a run, and what happened in plain words."""

from __future__ import annotations

from typing import Any, NamedTuple

from ecosim.language import number, text
from ecosim.model.metrics.summary import Wanted
from ecosim.report.grammar import share
from ecosim.report.groups import signed
from ecosim.report.naming import LEVELS
from ecosim.report.words import summary_text

KEY = ("retention", "participation", "mean_flow", "autotelic_ratio", "apprenance_prevalence", "skill_gain")
"""Metrics of the tiles, after those that the scenario asks for."""
TILES = 6
SHARES = ("share", "probability")  #: units that run from 0 to 1
DIFFERENCES = frozenset({"skill_gain", "repost_difference"})  #: shares that are differences, with a sign
INDENT = "  "  #: what begins a line that belongs to the one above it


class Value(NamedTuple):
    """A metric of this run: its key in ``summary.json``, its words, and its value as it is and as people read it.

    ``part`` is the value again where it lies on a scale from 0 to 1, as the filled part of a bar.
    """

    key: str
    label: str
    meaning: str
    value: float | None
    said: str
    part: float | None


class Point(NamedTuple):
    """A line of what happened, and the lines that belong to it."""

    said: str
    more: list[str]


def tiles(run: Any, lang: str) -> list[Value]:
    """Return the key numbers: what the scenario asks for first, then what is worth knowing of any."""
    by_key = {each.key: each for each in run.wanted}
    asked = [each.key for each in run.wanted if each.asked]
    keys = dict.fromkeys([*asked, *(key for key in KEY if key in by_key)])
    return [value_of(run, by_key[key], lang) for key in list(keys)[:TILES]]


def all_values(run: Any, lang: str) -> list[Value]:
    """Return every metric of the run, in the order of the summary."""
    return [value_of(run, each, lang) for each in run.wanted]


def value_of(run: Any, wanted: Wanted, lang: str) -> Value:
    """Return one metric of the run."""
    metric, value = wanted.metric, run.summary[wanted.key]
    said = measured(metric, value, lang)
    scaled = metric.unit in SHARES and metric.name not in DIFFERENCES and value is not None and 0.0 <= value <= 1.0
    return Value(wanted.key, wanted.label(lang), metric.say_meaning(lang), value, said, value if scaled else None)


def measured(metric: Any, value: float | None, lang: str) -> str:
    """Return the value of a metric for people: a share in per cent, a level as it is, a week without decimals."""
    if value is None:
        return text("words.undefined", lang)
    if metric.name in DIFFERENCES:
        return signed(value, lang)
    if metric.unit in SHARES and metric.name not in LEVELS and 0.0 <= value <= 1.0:
        return share(value, lang)
    return number(value, lang, 0 if metric.unit == "weeks" else 2)


def told(run: Any, lang: str) -> tuple[str, list[Point], str]:
    """Return what happened: the setting, a point for each thing worth knowing, and the closing line."""
    setting, *lines, closing = summary_text(run, lang).partition("\n\n")[2].splitlines()
    points: list[Point] = []
    for line in lines:
        if line.startswith(INDENT) and points:
            points[-1].more.append(line.strip())
        else:
            points.append(Point(line, []))
    return setting, points, closing
