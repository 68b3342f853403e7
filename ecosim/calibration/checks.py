"""What must hold between the parts of a calibration, once each of them is right by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ecosim.calibration.document import CONFIRMING, Abc, Calibration, Optuna
from ecosim.errors import Problem, nearest
from ecosim.model.metrics.summary import key_of
from ecosim.scenario.layers import Node
from ecosim.scenario.problems import shown
from ecosim.scenario.resolve import Loaded
from ecosim.study.plan.axes import check_factor
from ecosim.study.plan.checks import NAME, check_measure
from ecosim.study.plan.recipe import COHORTS


def split(path: str) -> tuple[str | None, str]:
    """Return the cohort of which a free path speaks, ``None`` for all of them, and the path in its scenario."""
    first, _, rest = path.partition(".")
    if first != COHORTS:
        return None, path
    cohort, _, rest = rest.partition(".")
    return cohort, rest


def reached(roots: Mapping[str, Node], cohort: str | None) -> Mapping[str, Node]:
    """Return the scenarios that a free path reaches: all, or that of its cohort."""
    return roots if cohort is None else {cohort: roots[cohort]}


def check(
    root: Node, calibration: Calibration, roots: Mapping[str, Node], loaded: Mapping[str, Loaded]
) -> list[Problem]:
    """Return what cannot be, in no particular order.

    Parameters
    ----------
    root : Node
        The calibration, for places.
    calibration : Calibration
        Its shape.
    roots, loaded : mapping of cohort -> Node, Loaded
        Every cohort's scenario, merged, and the same checked.
    """
    names = (root.problem("errors.calibration.name", (COHORTS, name), of_key=True, value=shown(name)) for name in roots
             if not NAME.fullmatch(name))  # fmt: skip
    return [
        *names,
        *_targets(root, calibration, loaded),
        *(each for path in calibration.free for each in _free(root, calibration, path, roots)),
        *_budget(root, calibration),
    ]


def _unknown_cohort(
    root: Node, path: tuple[str | int, ...], name: str, cohorts: Mapping[str, Node | Loaded]
) -> Problem:
    """Return that there is no such cohort, and the one that was probably meant."""
    near = nearest(name, cohorts)
    key = "errors.calibration.cohort_near" if near else "errors.calibration.cohort"
    return root.problem(key, path, value=shown(name), nearest=near, allowed=", ".join(cohorts))


def _targets(root: Node, calibration: Calibration, loaded: Mapping[str, Loaded]) -> Iterator[Problem]:
    """Targets are of cohorts that there are and of metrics that they have, and their bands have a width."""
    seen: set[tuple[str, str]] = set()
    for place, each in enumerate(calibration.targets):
        path = ("targets", place)
        if not each.low < each.high:
            yield root.problem("errors.calibration.band", path, low=shown(each.low), high=shown(each.high))
        if each.cohort not in loaded:
            yield _unknown_cohort(root, (*path, "cohort"), each.cohort, loaded)
            continue
        yield from check_measure(root, (*path, "metric"), each.metric, loaded[each.cohort].scenario.weeks)
        key = (each.cohort, key_of(each.metric.name, each.metric.over))
        if key in seen:
            yield root.problem("errors.calibration.target_twice", path, cohort=key[0], metric=key[1])
        seen.add(key)


def _free(root: Node, calibration: Calibration, path: str, roots: Mapping[str, Node]) -> Iterator[Problem]:
    """What is free exists in every cohort that it reaches, takes both ends of its range, and none sets it itself."""
    cohort, rest = split(path)
    place = ("free", path)
    if cohort is not None and cohort not in roots:
        yield _unknown_cohort(root, place, cohort, roots)
        return
    if cohort is not None and not rest:
        yield root.problem("errors.calibration.no_path", place, of_key=True, cohort=cohort)
        return
    for name in reached(roots, cohort):
        if any(rest == own or rest.startswith(f"{own}.") for own in calibration.cohorts[name].set):
            yield root.problem("errors.calibration.own", place, of_key=True, value=rest, cohort=name)
    yield from check_factor(root, place, rest, calibration.free[path].factor(), reached(roots, cohort), {})


def least_points(calibration: Calibration) -> int:
    """Return how many points a calibration takes at least: the screening, and a first look at what is fitted."""
    method = calibration.method
    if isinstance(method, Abc):
        return method.screening + 2 * method.population
    return method.screening + (method.trials + CONFIRMING if isinstance(method, Optuna) else 0)


def _budget(root: Node, calibration: Calibration) -> Iterator[Problem]:
    """The budget is enough to begin with."""
    least = least_points(calibration) * len(calibration.cohorts) * calibration.replicates
    if calibration.budget.runs < least:
        path = ("budget", "runs")
        yield root.problem("errors.calibration.budget", path, value=calibration.budget.runs, least=least)
