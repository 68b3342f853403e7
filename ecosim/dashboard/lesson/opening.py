"""From a lesson file to a checked lesson; the lessons that come with ecosim."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import ValidationError

from ecosim.dashboard.lesson.bundled import Shelf
from ecosim.dashboard.lesson.checks import check
from ecosim.dashboard.lesson.document import Lesson
from ecosim.dashboard.lesson.loaded import LoadedLesson
from ecosim.errors import InvalidFile, Problem
from ecosim.model.metrics import METRICS
from ecosim.model.metrics.bounds import bounds
from ecosim.scenario.extends import Given
from ecosim.scenario.layers import Node
from ecosim.scenario.problems import problems_of, refuse
from ecosim.scenario.resolve import Loaded, checked
from ecosim.scenario.settings import apply_settings
from ecosim.study.plan.opening import base_of, design_roots, laid_settings, opened, parted
from ecosim.study.plan.resolve import STUDY, resolved, short_name

KIND = "lesson"
SHELF = Shelf("ecosim.dashboard", "lessons", KIND)
KEPT = {"run.series": "weekly"}  #: what the study of every lesson keeps


@cache
def lesson_names() -> tuple[str, ...]:
    """Return the names of the lessons that come with ecosim, the shortest first."""
    return SHELF.names(lambda name: load_lesson(name).lesson.minutes)


def source(name: str) -> bytes:
    """Return the text of the lesson ``name`` that comes with ecosim.

    Raises
    ------
    UsageError
        When there is none of that name.
    """
    return SHELF.text(name, lesson_names)


@cache
def load_lesson(name: str) -> LoadedLesson:
    """Return the lesson ``name`` that comes with ecosim.

    Raises
    ------
    UsageError
        When there is none of that name.
    """
    return open_lesson(source(name), name=f"{name}.yaml")


def open_lesson(
    source: Given, set: Mapping[str, Any] | None = None, name: str = "upload", allow_files: bool = True
) -> LoadedLesson:
    """Return the lesson in ``source``, complete and checked.

    Parameters
    ----------
    source : str, Path, bytes or mapping
        Path of a file, the text of an uploaded one, or a dictionary.
    set : mapping of str to Any, optional
        Dotted path -> value, laid over every scenario of its study; over the study where it begins with ``study.``.
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
    lesson = _shaped(root)
    inside = root.get("study")
    assert inside is not None  # the shape is checked
    own, settings = parted(set, STUDY)
    laid = laid_settings(inside, {**KEPT, **own})
    study = resolved(laid, settings=settings)
    first = root.source.name
    refuse(check(root, lesson, study), first)
    trials = _trials(root, lesson, laid, settings)
    return LoadedLesson(short_name(first, KIND), lesson, given, study, trials)


def _shaped(root: Node) -> Lesson:
    """Return the document ``root`` as a lesson."""
    try:
        return Lesson.model_validate(root.plain())
    except ValidationError as error:
        refuse(problems_of(error, root, Lesson), root.source.name)
        raise  # not reached: pydantic found something


def _trials(root: Node, lesson: Lesson, study: Node, settings: Mapping[str, Any]) -> tuple[Loaded, ...]:
    """Return the scenario of each thing to try, checked; all their problems told at once."""
    roots, _ = design_roots(study, base_of(study, settings), settings)
    made, problems = [], []
    for place, trial in enumerate(lesson.trials):
        mark = f"try.{place}.set"
        try:
            changed = apply_settings(roots[trial.design], trial.set, mark)
            made.append(checked(changed, metrics=METRICS, bounds=bounds()))
        except InvalidFile as error:
            problems += [_where_set(root, place, each) for each in error.problems]
    refuse(problems, root.source.name)
    return tuple(made)


def _where_set(root: Node, place: int, problem: Problem) -> Problem:
    """Return a problem of something to try at the line where it is set."""
    node = root.get("try", place, "set")
    paths = list(node.value) if node is not None else []
    named = [path for path in paths if problem.path == path or problem.path.startswith(f"{path}.")]
    return root.problem(problem.key, ("try", place, "set", *named[:1]), **problem.facts)
