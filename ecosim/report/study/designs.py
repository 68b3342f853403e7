"""What each design is: the paths that it sets, their labels, what stands there under the baseline, and what here."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from ecosim.report.grammar import sentence
from ecosim.report.page.changes import happenings
from ecosim.report.page.courses import value_in_words
from ecosim.report.page.repeat import differences
from ecosim.report.study.naming import design_name, factor_name, value_name
from ecosim.report.study.saying import said
from ecosim.scenario.document import Scenario
from ecosim.scenario.parts import in_language
from ecosim.study.findings import Findings
from ecosim.study.plan.loaded import Arm

LONGEST = 160  #: letters of a value that stands for itself
WORDS = frozenset({"title", "question", "description", "metrics", "ecosim", "kind", "seed"})
LISTS = ("events", "artefacts", "observed")


class Setting(NamedTuple):
    """One thing that a design changes: its path, its label, what it was and what it is, in lines."""

    path: str
    label: str
    before: list[str]
    now: list[str]


class DesignWords(NamedTuple):
    """A design as people read it: its name, how the file calls it, whether it is the baseline, what it changes."""

    name: str
    key: str
    baseline: bool
    title: str
    settings: list[Setting]


class Factor(NamedTuple):
    """What is varied: its path, its label, its range or its levels."""

    path: str
    label: str
    values: str


def designs(found: Findings, lang: str) -> list[DesignWords]:
    """Return every design with what it changes of the baseline."""
    base = found.study.arm(found.study.baseline)
    made = []
    for arm in found.study.arms:
        own = [] if arm is base else _changes(arm, base, lang)
        title = in_language(arm.loaded.scenario.title, lang)
        made.append(DesignWords(sentence(design_name(found, arm.name, lang)), arm.name, arm is base, title, own))
    return made


def _changes(arm: Arm, base: Arm, lang: str) -> list[Setting]:
    """Return what ``arm`` has otherwise than ``base``."""
    paths: dict[str, None] = {}
    for path, _ in differences(arm.loaded.resolved(), base.loaded.resolved()):
        top = path.partition(".")[0]
        short = ".".join(path.split(".")[:2]) if top == "design" else top if top in LISTS else path
        if top not in WORDS:
            paths[short] = None
    both = [base.loaded, arm.loaded]
    return [Setting(path, _label(path, lang), *(_said_at(each, path, lang) for each in both)) for path in paths]


def _label(path: str, lang: str) -> str:
    """Return the label of a path, empty where it has no other name than itself."""
    label = factor_name(path, lang)
    return "" if label == path else sentence(label)


def _said_at(loaded: Any, path: str, lang: str) -> list[str]:
    """Return in lines what a scenario has at a path."""
    scenario: Scenario = loaded.scenario
    if path == "events":
        return list(happenings(scenario, lang))
    if path.startswith("design.") and hasattr(scenario.design, path.partition(".")[2]):
        return [value_in_words(getattr(scenario.design, path.partition(".")[2]), lang)]
    value: Any = loaded.resolved()
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return [] if value is None or value in ([], {}) else [_short(value, lang)]


def _short(value: Any, lang: str) -> str:
    """Return a value on one line, its end left out where it is very long."""
    plain = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value_name(value, lang)
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"


def factors(found: Findings, lang: str) -> list[Factor]:
    """Return what is varied, with the range or the levels of each factor."""
    made = []
    for axis in found.study.points.axes:
        values: list[Any] = list(axis.levels)
        if found.study.kind == "list":
            listed = [point[axis.path] for point in found.study.points.listed]
            values = [value for place, value in enumerate(listed) if value not in listed[:place]]
        if values:
            text = ", ".join(_short(value, lang) for value in values)
        else:
            ends = {"low": value_name(axis.low, lang), "high": value_name(axis.high, lang)}
            text = said("designs.log" if axis.log else "designs.range", lang, **ends)
        made.append(Factor(axis.path, _label(axis.path, lang), text))
    return made
