"""Names that people read in a study: of designs, metrics, factors and their values, groups and points."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ecosim.language import lookup
from ecosim.model.metrics import Wanted
from ecosim.model.metrics.groups import QUARTERS
from ecosim.report.grammar import joined
from ecosim.report.naming import community_name, profile_name
from ecosim.report.page.leafwords import figure, words_of
from ecosim.report.study.saying import said
from ecosim.study.findings import Findings
from ecosim.study.plan.checks import DESIGN

MINUS = " - "  #: between the two designs of a difference, as sensitivity indices name it
MOST_SETTINGS = 4  #: that a point is told by
POINT_DIGITS = 3  #: significant digits of a value at a sampled point
TIMES = " x "  #: between the two factors of an interaction


def design_name(found: Findings, name: str, lang: str) -> str:
    """Return what people call a design."""
    return found.study.arm(name).label(lang)


def metric_of(found: Findings, key: str) -> Wanted:
    """Return the metric with that key."""
    return next(each for each in found.study.wanted if each.key == key)


def metric_name(found: Findings, key: str, lang: str) -> str:
    """Return the label of a metric."""
    return metric_of(found, key).label(lang)


def factor_name(path: str, lang: str) -> str:
    """Return the label of what is varied: of a lever or parameter, of the choice of design, else the path itself."""
    if TIMES in path:
        return said("sensitivity.pair", lang, **dict(zip(("a", "b"), _each(path.split(TIMES), lang), strict=True)))
    if path == DESIGN:
        return said("factor.design", lang)
    own, _, rest = path.partition(".design.")
    if path.startswith("communities.") and rest:
        return said("factor.in_community", lang, factor=_label(f"design.{rest}", lang), name=own.partition(".")[2])
    return _label(path, lang)


def _each(paths: list[str], lang: str) -> list[str]:
    return [factor_name(path, lang) for path in paths]


def _label(path: str, lang: str) -> str:
    """Return the label of a path, the path itself where nobody has named it."""
    known = lookup(lang, f"findings.factor.names.{path.rpartition('.')[2]}")
    if path.startswith(("context.", "design.")):
        try:
            return words_of(path, lang).label
        except (KeyError, AttributeError, TypeError, ValueError):
            return known or path
    return known or path


def value_name(value: Any, lang: str) -> str:
    """Return a value that a factor takes."""
    if isinstance(value, bool):
        return said(f"factor.{str(value).lower()}", lang)
    if isinstance(value, int | float):
        return figure(float(value), lang)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def point_name(settings: Mapping[str, Any], number: int, lang: str) -> str:
    """Return what a point sets, factor by factor; its number where it sets very much."""
    if len(settings) > MOST_SETTINGS:
        return said("factor.point", lang, number=number)
    parts = [
        said("factor.at", lang, factor=factor_name(path, lang), value=value_name(_short(value), lang))
        for path, value in settings.items()
    ]
    return joined(parts, lang) if parts else said("factor.as_is", lang)


def _short(value: Any) -> Any:
    """Return a value of a point with the digits that tell points apart."""
    return float(f"{value:.{POINT_DIGITS}g}") if isinstance(value, float) else value


def of_name(found: Findings, of: str, lang: str) -> str:
    """Return of whom an index speaks: a design, or the difference of two."""
    base = found.study.baseline
    for arm in found.study.arms:
        if of == f"{arm.name}{MINUS}{base}":
            return said("against", lang, design=arm.label(lang), against=design_name(found, base, lang))
    return design_name(found, of, lang)


def group_name(found: Findings, kind: str, group: str, lang: str) -> str:
    """Return what people call a group: a profile, a community, a quarter of the initial disposition."""
    if kind == "disposition" and group in QUARTERS:
        return said(f"groups.{group}", lang)
    for arm in found.study.arms:
        scenario = arm.loaded.scenario
        if kind == "community" and group in scenario.communities:
            return community_name(scenario, group, lang)
        if kind == "profile" and group in scenario.context.profiles:
            return profile_name(scenario, group, lang)
    return group
