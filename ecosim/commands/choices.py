"""Choices of people, to be replayed: ``{week: {learner: {artefact, effort, partner}}}`` in YAML or JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ecosim.errors import InvalidFile, Problem, nearest
from ecosim.scenario.reader import Document, KeyPath, read_file

Choices = dict[int, dict[int, dict[str, Any]]]
NAMES = ("artefact", "effort", "partner")


def read_choices(path: Path | None) -> Choices | None:
    """Return week -> learner -> what was chosen, or ``None`` without a file.

    Raises
    ------
    InvalidFile
        With every problem found, each with its line.
    """
    if path is None:
        return None
    document = read_file(path)
    problems: list[Problem] = []
    found: Choices = {}
    for week, people in _numbered(document, document.value, (), problems):
        found[week] = {}
        for learner, choice in _numbered(document, people, (str(week),), problems):
            _check(document, choice, (str(week), str(learner)), problems)
            found[week][learner] = choice
    if problems:
        raise InvalidFile(*problems)
    return found


def _numbered(document: Document, value: Any, path: KeyPath, problems: list[Problem]) -> list[tuple[int, Any]]:
    """Return the entries of a mapping whose keys are weeks or learners, noting whatever else stands there."""
    if not isinstance(value, dict):
        problems.append(_problem(document, path, "mapping"))
        return []
    for key in value:
        if not key.isdecimal() or str(int(key)) != key:
            problems.append(_problem(document, (*path, key), "number", value=key))
    return [(int(key), inner) for key, inner in value.items() if key.isdecimal() and str(int(key)) == key]


def _check(document: Document, choice: Any, path: KeyPath, problems: list[Problem]) -> None:
    """Note what is wrong with one choice."""
    if not isinstance(choice, dict):
        problems.append(_problem(document, path, "mapping"))
        return
    for name, value in choice.items():
        if name not in NAMES:
            near = nearest(name, NAMES)
            problems.append(_problem(document, (*path, name), "unknown", value=name, allowed=", ".join(NAMES), near=near))
        elif not (value is None or (isinstance(value, int) and not isinstance(value, bool))):
            problems.append(_problem(document, (*path, name), "whole", value=value))


def _problem(document: Document, path: KeyPath, key: str, **facts: Any) -> Problem:
    """Return a problem at its place in the file."""
    mark = document.where(path)
    said = ".".join(str(part) for part in path)
    return Problem(f"errors.choices.{key}", facts, said, document.name, mark.line, mark.column)
