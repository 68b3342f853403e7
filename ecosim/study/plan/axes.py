"""Factors of a study file, checked against the scenario they vary: which kind of number, and whether it is legal."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ecosim.errors import InvalidFile, Problem
from ecosim.scenario.document import Context
from ecosim.scenario.layers import Node
from ecosim.scenario.problems import shown
from ecosim.scenario.reader import KeyPath
from ecosim.scenario.resolve import checked
from ecosim.scenario.settings import apply_settings
from ecosim.scenario.tree import arms, at, dotted, nearest_path, paths
from ecosim.schema import leaf_of, leaves
from ecosim.study.plan.document import Factor
from ecosim.study.plan.samplers import SAMPLERS
from ecosim.study.plan.space import Axis

OBSERVATION = ("context.observation.", "context.recording.")  #: how things are measured: no assumption about the world
SEARCHES = ("encounter.strangers", "encounter.walks", "response.crowd_tries", "population.topics", "relation.tie_slots")
"""Parameters that say how far somebody looks; the box of all assumptions leaves them as they are."""

Roots = Mapping[str, Node]


def axis_of(path: str, factor: Factor, declared: Any) -> Axis:
    """Return the axis of a factor whose place in a scenario is ``declared`` so."""
    if factor.levels is not None:
        return Axis(path, levels=tuple(factor.levels))
    assert factor.min is not None and factor.max is not None  # checked
    leaf = leaf_of(declared) if hasattr(declared, "json_schema_extra") else None
    whole = int in list(arms(declared)) or (leaf is not None and leaf.whole)
    return Axis(path, factor.min, factor.max, factor.scale == "log", whole, steps=factor.steps or 0)


def plausible_box(taken: Iterable[str]) -> tuple[Axis, ...]:
    """Return the plausible ranges of all parameters of the mechanisms but those that a design sets itself."""
    passed = {*taken, *(f"context.{name}" for name in SEARCHES)}
    made = []
    for path, field, leaf in leaves(Context, "context"):
        low, high = leaf.plausible
        if low < high and path not in passed and not path.startswith(OBSERVATION):
            made.append(Axis(path, float(low), float(high), whole=field.annotation is int))
    return tuple(made)


def check_factors(
    root: Node, vary: Mapping[str, Factor], method: Any, roots: Roots, own: Mapping[str, frozenset[str]]
) -> Iterator[Problem]:
    """Yield what is wrong with the factors of a study.

    Parameters
    ----------
    root : Node
        The study, for places.
    vary : mapping of path -> Factor
        As given.
    method : Grid, Lhs, ...
        How points are laid.
    roots : mapping of design -> Node
        Every design's scenario, merged.
    own : mapping of design -> set of str
        Paths that each design sets itself.
    """
    for path, factor in vary.items():
        place = ("vary", path)
        problem = _misplaced(root, place, path, factor, roots, own)
        if problem is not None:
            yield problem
            continue
        key = None
        if method.kind in SAMPLERS:
            key = SAMPLERS[method.kind].refusal(axis_of(path, factor, declared_in(path, roots)), method)
        if key is not None:
            yield root.problem(key, place, method=method.kind)
        yield from _impossible(root, place, path, factor, roots)


def check_factor(
    root: Node, place: KeyPath, path: str, factor: Factor, roots: Roots, own: Mapping[str, frozenset[str]]
) -> Iterator[Problem]:
    """Yield what is wrong with one factor, which stands at ``place`` and varies ``path``; all else as above."""
    problem = _misplaced(root, place, path, factor, roots, own)
    yield from [problem] if problem is not None else _impossible(root, place, path, factor, roots)


def _misplaced(
    root: Node, place: KeyPath, path: str, factor: Factor, roots: Roots, own: Mapping[str, frozenset[str]]
) -> Problem | None:
    """Return why nothing can vary at ``path`` as a factor says."""
    problem = _shape(factor) or _own(path, own)
    if problem is not None:
        return root.problem(problem[0], place, **problem[1])
    return _unknown(root, place, path, roots) if declared_in(path, roots) is None else None


def _shape(factor: Factor) -> tuple[str, dict[str, Any]] | None:
    """Return what is wrong with a factor by itself."""
    if factor.levels is not None:
        if factor.min is not None or factor.max is not None:
            return "errors.study.levels_or_range", {}
        twice = [level for place, level in enumerate(factor.levels) if level in factor.levels[:place]]
        return ("errors.study.level_twice", {"value": shown(twice[0])}) if twice else None
    if factor.min is None or factor.max is None:
        return "errors.study.no_range", {}
    if not factor.min < factor.max or not math.isfinite(factor.max - factor.min):
        return "errors.study.empty_range", {"low": shown(factor.min), "high": shown(factor.max)}
    if factor.scale == "log" and factor.min <= 0:
        return "errors.study.log", {"low": shown(factor.min)}
    return None


def _own(path: str, own: Mapping[str, frozenset[str]]) -> tuple[str, dict[str, Any]] | None:
    """Return that ``path`` cannot vary since chance is not a factor, or a design sets it."""
    if path in ("seed", "ecosim", "kind", "extends") or path.partition(".")[0] in ("metrics", "observed"):
        return "errors.study.no_factor", {"value": path}
    for name, paths_set in own.items():
        if any(path == each or path.startswith(f"{each}.") or each.startswith(f"{path}.") for each in paths_set):
            return "errors.study.own", {"value": path, "design": name}
    return None


def declared_in(path: str, roots: Roots) -> Any | None:
    """Return what a scenario declares at ``path``, ``None`` where nothing can stand."""
    for root in roots.values():
        parts = tuple(int(part) if part.isdecimal() else part for part in path.split("."))
        found = at(parts, root.plain())
        if path == "arrivals":
            found = at(("context", "arrivals"), root.plain())
        if found is not None:
            return found
    return None


def _unknown(root: Node, place: KeyPath, path: str, roots: Roots) -> Problem:
    """Return that there is no such path, and the nearest that there is."""
    value = next(iter(roots.values())).plain()
    near = nearest_path(tuple(path.split(".")), [each for each in paths(value) if dotted(each) != path])
    key = "errors.scenario.unknown_path_near" if near else "errors.scenario.unknown_path"
    return root.problem(key, place, of_key=True, value=path, nearest=near)


def _impossible(root: Node, at_path: KeyPath, path: str, factor: Factor, roots: Roots) -> Iterator[Problem]:
    """Yield the values at which a scenario refuses the factor: its ends, or its levels."""
    ends: list[tuple[tuple[str | int, ...], Any]] = [(("min",), factor.min), (("max",), factor.max)]
    if factor.levels is not None:
        ends = [(("levels", place), level) for place, level in enumerate(factor.levels)]
    for place, value in ends:
        for base in roots.values():
            try:
                checked(apply_settings(base, {path: whole_of(value)}))
            except InvalidFile as error:
                first = error.problems[0]
                yield root.problem(first.key, (*at_path, *place), **first.facts)
                break


def whole_of(value: Any) -> Any:
    """Return 1000 for 1000.0, so that it may stand where a whole number is wanted."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
