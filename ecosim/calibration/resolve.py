"""From a calibration file to a checked calibration: its cohorts, what is free in them, and their targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from ecosim.calibration.checks import check, reached, split
from ecosim.calibration.document import Calibration, Target
from ecosim.calibration.loaded import LoadedCalibration, whole_of
from ecosim.calibration.targets import Aim
from ecosim.errors import InvalidFile, Problem
from ecosim.model.metrics import METRICS
from ecosim.model.metrics.bounds import bounds
from ecosim.model.metrics.summary import key_of
from ecosim.scenario.document import Measure
from ecosim.scenario.extends import Given
from ecosim.scenario.layers import Node
from ecosim.scenario.problems import in_order, problems_of, refuse
from ecosim.scenario.resolve import Loaded, checked
from ecosim.scenario.settings import apply_settings
from ecosim.study.plan.axes import axis_of, declared_in
from ecosim.study.plan.document import Compare, Lhs, Replicates, Study
from ecosim.study.plan.loaded import Arm, LoadedStudy
from ecosim.study.plan.opening import laid_settings, opened, parted, standing
from ecosim.study.plan.recipe import recipe_of
from ecosim.study.plan.resolve import short_name
from ecosim.study.plan.space import Axis, Points

KIND = "calibration"
OWN = f"{KIND}."  #: what a setting begins with that speaks of the calibration itself


def load_calibration(
    source: Given,
    set: Mapping[str, Any] | None = None,
    seed: int | None = None,
    name: str = "upload",
    allow_files: bool = True,
) -> LoadedCalibration:
    """Return the calibration in ``source``, complete and checked.

    Parameters
    ----------
    source : str, Path, bytes or mapping
        Path of a file, the text of an uploaded one, or a dictionary.
    set : mapping of str to Any, optional
        Dotted path -> value; of every cohort's scenario, or of the calibration where it begins with ``calibration.``.
    seed : int, optional
        In place of the seed of the file.
    name : str
        As errors name an uploaded file.
    allow_files : bool
        Whether it may name files.

    Raises
    ------
    InvalidFile
        With every problem found, each with file, line, column and path.
    """
    root, given = opened(source, allow_files, name, KIND)
    own, settings = parted(set, OWN)
    root = laid_settings(root, own)
    calibration = _shaped(root)
    roots, loaded = _cohorts(root, calibration, settings)
    refuse(check(root, calibration, roots, loaded), root.source.name)
    seeds = (seed, calibration.seed, next(iter(loaded.values())).scenario.seed)
    return _made(root, given, calibration, roots, loaded, next(each for each in seeds if each is not None))


def _shaped(root: Node) -> Calibration:
    """Return the document ``root`` as a calibration."""
    try:
        return Calibration.model_validate(root.plain())
    except ValidationError as error:
        refuse(problems_of(error, root, Calibration), root.source.name)
        raise  # not reached: pydantic found something


def _cohorts(
    root: Node, calibration: Calibration, settings: Mapping[str, Any]
) -> tuple[dict[str, Node], dict[str, Loaded]]:
    """Return every cohort's scenario, merged, and the same checked; all their problems told at once."""
    roots, loaded, problems = {}, {}, []
    for name, cohort in calibration.cohorts.items():
        node = root.get("cohorts", name, "scenario")
        assert node is not None  # the shape is checked
        mark = f"cohorts.{name}.set"
        try:
            base = apply_settings(standing(node), cohort.set, mark)
            roots[name] = apply_settings(base, settings)
            loaded[name] = checked(roots[name], metrics=METRICS, bounds=bounds())
        except InvalidFile as error:
            problems += [_where_set(root, name, each) if each.file == mark else each for each in error.problems]
    refuse(problems, root.source.name)
    return roots, loaded


def _where_set(root: Node, cohort: str, problem: Problem) -> Problem:
    """Return a problem of what a cohort sets itself at the line where it does."""
    given = root.get("cohorts", cohort, "set")
    paths = list(given.value) if given is not None else []
    named = [path for path in paths if problem.path == path or problem.path.startswith(f"{path}.")]
    named += [path for path in paths if path == problem.facts.get("value")]
    return root.problem(problem.key, ("cohorts", cohort, "set", *named[:1]), **problem.facts)


def _made(
    root: Node, given: str, calibration: Calibration, roots: Mapping[str, Node], loaded: Mapping[str, Loaded], seed: int
) -> LoadedCalibration:
    """Return a calibration of which everything is checked."""
    arms = tuple(
        Arm(
            name, recipe_of(node, loaded[name], seed, name), frozenset(), _title(root, name, loaded[name]),
            frozenset(_key(each) for each in calibration.targets if each.cohort == name),
        )
        for name, node in roots.items()
    )  # fmt: skip
    axes = tuple(_axis(path, calibration, roots) for path in calibration.free)
    measures = tuple({_key(each): each.metric for each in calibration.targets}.values())
    proposed: list[dict[str, Any]] = []
    first = root.source.name
    study = LoadedStudy(
        _as_study(calibration), short_name(first, KIND), given, arms, Points(axes, listed=proposed), measures, seed,
        Replicates(min=calibration.replicates, max=calibration.replicates, until="fixed"),
        in_order((each for made in loaded.values() for each in made.warnings), first),
    )  # fmt: skip
    study = replace(study, made_of=whole_of(calibration, arms, seed))
    return LoadedCalibration(calibration, study, axes, _aims(calibration, list(roots), measures), proposed)


def _as_study(calibration: Calibration) -> Study:
    """Return a study that has the runs of a calibration, and asks nothing of them."""
    method = Lhs(kind="lhs", samples=calibration.method.screening)
    words = {name: getattr(calibration, name) for name in ("title", "question", "description")}
    return Study(**words, method=method, compare=Compare(by=[]), run=calibration.run)


def _title(root: Node, cohort: str, loaded: Loaded) -> Any:
    """Return the title of a cohort in plain values: its own, else that of its scenario."""
    node = root.get("cohorts", cohort, "title")
    if node is not None and node.value:
        return node.plain()
    said = loaded.scenario.title
    return said if isinstance(said, str) else said.model_dump()


def _axis(path: str, calibration: Calibration, roots: Mapping[str, Node]) -> Axis:
    """Return a free parameter as an axis, under the whole of its path."""
    cohort, rest = split(path)
    axis = axis_of(rest, calibration.free[path].factor(), declared_in(rest, reached(roots, cohort)))
    return replace(axis, path=path)


def _key(target: Target) -> str:
    """Return the key of the metric that a target asks for."""
    return key_of(target.metric.name, target.metric.over)


def _aims(calibration: Calibration, cohorts: Sequence[str], measures: Sequence[Measure]) -> tuple[Aim, ...]:
    """Return the targets, with the place of each among what is measured."""
    keys = [key_of(each.name, each.over) for each in measures]
    made = []
    for each in calibration.targets:
        key = _key(each)
        places = cohorts.index(each.cohort), keys.index(key)
        made.append(Aim(each.cohort, key, *places, each.low, each.high, each.weight))
    return tuple(made)
