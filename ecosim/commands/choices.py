"""Choices of people, to be replayed: ``{week: {learner: {artefact, effort, partner}}}`` in YAML or JSON."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecosim.errors import EcosimError, InvalidFile, Problem, nearest
from ecosim.scenario.reader import Document, KeyPath, read_file

NAMES = ("artefact", "effort", "partner")


@dataclass(frozen=True)
class Decisions:
    """What people decided.

    Parameters
    ----------
    weeks : dict
        Week -> learner -> {artefact, effort, partner}.
    document : Document
        The file that says so, for errors.
    """

    weeks: dict[int, dict[int, dict[str, Any]]]
    document: Document

    def refused(self, error: EcosimError, week: int) -> EcosimError:
        """Return ``error``, met in ``week`` of a run, as an error of the file if one of its decisions is the cause."""
        found = error.problems[0]
        if not found.key.startswith(("errors.choice.", "errors.simulate.week")):
            return error
        path = tuple(
            str(each) for each in (found.facts.get("value", week), found.facts.get("learner")) if each is not None
        )
        return InvalidFile(_problem(self.document, path, found.key, **found.facts))


def read_decisions(path: Path) -> Decisions:
    """Return what the file at ``path`` says that people decided.

    Raises
    ------
    InvalidFile
        With every problem found, each with its line.
    """
    document = read_file(path)
    problems: list[Problem] = []
    weeks: dict[int, dict[int, dict[str, Any]]] = {}
    for week, people in _numbered(document, document.value, (), problems):
        weeks[week] = {}
        for learner, choice in _numbered(document, people, (str(week),), problems):
            _check(document, choice, (str(week), str(learner)), problems)
            weeks[week][learner] = choice
    if problems:
        raise InvalidFile(*problems)
    return Decisions(weeks, document)


def _numbered(document: Document, value: Any, path: KeyPath, problems: list[Problem]) -> list[tuple[int, Any]]:
    """Return the entries of a mapping whose keys are weeks or learners, noting whatever else stands there."""
    if not isinstance(value, dict):
        problems.append(_problem(document, path, "errors.choices.mapping"))
        return []
    for key in value:
        if not key.isdecimal() or str(int(key)) != key:
            problems.append(_problem(document, (*path, key), "errors.choices.number", value=key))
    return [(int(key), inner) for key, inner in value.items() if key.isdecimal() and str(int(key)) == key]


def _check(document: Document, choice: Any, path: KeyPath, problems: list[Problem]) -> None:
    """Note what is wrong with one choice."""
    if not isinstance(choice, dict):
        problems.append(_problem(document, path, "errors.choices.mapping"))
        return
    for name, value in choice.items():
        if name not in NAMES:
            near = nearest(name, NAMES)
            key = "errors.choices.unknown_near" if near else "errors.choices.unknown"
            facts = {"value": name, "nearest": near, "allowed": ", ".join(NAMES)}
            problems.append(_problem(document, (*path, name), key, **facts))
        elif not (value is None or (isinstance(value, int) and not isinstance(value, bool))):
            problems.append(_problem(document, (*path, name), "errors.choices.whole", value=value))


def _problem(document: Document, path: KeyPath, key: str, **facts: Any) -> Problem:
    """Return a problem at its place in the file."""
    mark = document.where(path)
    said = ".".join(str(part) for part in path)
    return Problem(key, facts, said, document.name, mark.line, mark.column)
