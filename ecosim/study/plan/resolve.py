"""From a study file to a checked study: its scenarios, designs, factors, metrics and expectations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ecosim.errors import InvalidFile, Problem
from ecosim.model.metrics import METRICS
from ecosim.model.metrics.bounds import bounds
from ecosim.scenario.document import Measure
from ecosim.scenario.extends import Given
from ecosim.scenario.layers import Node
from ecosim.scenario.problems import in_order, problems_of, refuse
from ecosim.scenario.resolve import Loaded, checked
from ecosim.study.plan.axes import axis_of, check_factors, declared_in, plausible_box
from ecosim.study.plan.checks import check
from ecosim.study.plan.document import FIRST_LOOK, FIXED, LAST_LOOK, Designs, Lhs, Posterior, Replicates, Study
from ecosim.study.plan.loaded import Arm, LoadedStudy
from ecosim.study.plan.opening import base_of, design_roots, laid_settings, opened, parted
from ecosim.study.plan.posterior import FILE, Particles, check_particles, left_out, particle_points, read_particles
from ecosim.study.plan.recipe import recipe_of
from ecosim.study.plan.samplers import SAMPLERS
from ecosim.study.plan.space import Axis, Points

DEFAULT_METRICS = ("retention", "participation", "mean_flow", "autotelic_ratio", "apprenance")
STUDY = "study."  #: what a setting begins with that speaks of the study itself


def load_study(
    source: Given,
    set: Mapping[str, Any] | None = None,
    seed: int | None = None,
    name: str = "upload",
    allow_files: bool = True,
) -> LoadedStudy:
    """Return the study in ``source``, complete and checked.

    Parameters
    ----------
    source : str, Path, bytes or mapping
        Path of a file, the text of an uploaded one, or a dictionary.
    set : mapping of str to Any, optional
        Dotted path -> value; of the scenario, or of the study where the path begins with ``study.``.
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
    root, given = opened(source, allow_files, name)
    of_study, settings = parted(set, STUDY)
    return resolved(laid_settings(root, of_study), given, settings, seed)


def resolved(
    root: Node, given: str = "", settings: Mapping[str, Any] | None = None, seed: int | None = None
) -> LoadedStudy:
    """Return the study that ``root`` is, by itself or as a part of another file, complete and checked.

    Parameters
    ----------
    root : Node
        The study.
    given : str
        Text of the file.
    settings : mapping of str to Any, optional
        Dotted path -> value, laid over every scenario.
    seed : int, optional
        In place of the seed of the study.

    Raises
    ------
    InvalidFile
        As :func:`load_study`.
    """
    settings = settings or {}
    study = _shaped(root)
    first = root.source.name
    base = base_of(root, settings)
    roots, titles = design_roots(root, base, settings)
    seed = seed if seed is not None else study.seed
    loaded = _loaded(roots, first)
    if seed is None:
        seed = next(iter(loaded.values())).scenario.seed
    own = {design: _own(root, design) for design in roots}
    measures = _measures(study, loaded)
    problems = [*check(root, study, list(roots), measures, loaded)]
    problems += check_factors(root, study.vary, study.method, roots, own)
    particles = read_particles(root, study.method) if isinstance(study.method, Posterior) else None
    problems += check_particles(root, particles, roots, own)
    refuse(problems, first)
    arms = []
    for design, node in roots.items():
        arms.append(Arm(design, recipe_of(node, loaded[design], seed), own[design], titles[design]))
    points = _points(study, tuple(arms), roots, seed, particles)
    found = (each for made in loaded.values() for each in made.warnings)
    warnings = in_order([*found, *left_out(root, particles)], first)
    name, replicates = short_name(first, "study"), _replicates(study, len(arms))
    files = {FILE: particles.text} if particles is not None else {}
    return LoadedStudy(study, name, given, tuple(arms), points, measures, seed, replicates, warnings, files)


def short_name(file: str | None, kind: str) -> str:
    """Return the name of a ``kind`` of file without folder and ending: that of its folder where it tells no more."""
    path = Path(file or kind)
    return (path.parent.name if path.stem == kind else path.stem) or kind


def _shaped(root: Node) -> Study:
    """Return the document ``root`` as a study."""
    try:
        return Study.model_validate(root.plain())
    except ValidationError as error:
        refuse(problems_of(error, root, Study), root.source.name)
        raise  # not reached: pydantic found something


def _loaded(roots: Mapping[str, Node], first: str | None) -> dict[str, Loaded]:
    """Return every design's scenario, all their problems told at once."""
    made, problems = {}, {}
    for name, root in roots.items():
        try:
            made[name] = checked(root, metrics=METRICS, bounds=bounds())
        except InvalidFile as error:
            problems[name] = error.problems
    everywhere = len(problems) == len(roots)  # then it is a problem of the scenario
    refuse((each if everywhere else _of(name, each, first) for name in problems for each in problems[name]), first)
    return made


def _of(design: str, problem: Problem, first: str | None) -> Problem:
    """Return a problem that only some designs have with the design's name, where its own file does not show it."""
    return problem if problem.file == first else replace(problem, path=f"designs.{design}: {problem.path}")


def _own(root: Node, design: str) -> frozenset[str]:
    """Return the dotted paths that a design sets itself."""
    node = root.get("designs", design)
    return frozenset(_leaves(node, ())) if node is not None else frozenset()


def _leaves(node: Node, path: tuple[str, ...]) -> list[str]:
    """Return the dotted paths of the values in ``node``."""
    if not isinstance(node.value, dict):
        return [".".join(path)]
    inner = ((name, each) for name, each in node.value.items() if path or name not in ("extends", "title"))
    return [found for name, each in inner for found in _leaves(each, (*path, name))]


def _measures(study: Study, loaded: Mapping[str, Loaded]) -> tuple[Measure, ...]:
    """Return what is measured: what the study asks for, else the scenario, else the usual; then what it expects."""
    asked = list(study.metrics) or list(next(iter(loaded.values())).scenario.metrics)
    asked = asked or [Measure(name=name) for name in DEFAULT_METRICS]
    for each in study.expect:
        asked += [each.metric, *([each.rises_with] if each.rises_with else [])]
    return tuple({(each.name, each.over): each for each in asked}.values())


def _replicates(study: Study, designs: int) -> Replicates:
    """Return how many replicates: as written, or the default of the method; one design alone has nothing to resolve."""
    if study.replicates is not None:
        return study.replicates
    if isinstance(study.method, Designs):
        if designs < 2:
            return Replicates(min=FIRST_LOOK, max=FIRST_LOOK, until="fixed")
        return Replicates(min=FIRST_LOOK, max=LAST_LOOK, until="resolved")
    return Replicates(min=FIXED, max=FIXED, until="fixed")


def _points(
    study: Study, arms: tuple[Arm, ...], roots: Mapping[str, Node], seed: int, particles: Particles | None
) -> Points:
    """Return where the study is run."""
    method = study.method
    if method.kind == "posterior" and particles is not None:
        return particle_points(particles, method, seed)
    if method.kind == "list":
        paths = dict.fromkeys(path for point in method.points for path in point)
        return Points(tuple(Axis(path) for path in paths), listed=method.points)
    axes = tuple(axis_of(path, factor, declared_in(path, roots)) for path, factor in study.vary.items())
    if not isinstance(method, Designs):
        return Points(axes, SAMPLERS[method.kind].rows(axes, method, seed))
    if method.robustness is None:
        return Points(origin=True)
    axes = axes or plausible_box({path for arm in arms for path in arm.own})
    drawn = Lhs(kind="lhs", samples=method.robustness.samples)
    return Points(axes, SAMPLERS["lhs"].rows(axes, drawn, seed), origin=True)
