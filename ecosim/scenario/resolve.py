"""From a file to a checked scenario: read, extend, set, check."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ecosim.errors import InvalidFile, Problem
from ecosim.scenario import edges as edge_list
from ecosim.scenario import observed as series
from ecosim.scenario.cautions import caution
from ecosim.scenario.checks import Finding, check
from ecosim.scenario.document import Scenario
from ecosim.scenario.edges import Edges, Imported, Ready
from ecosim.scenario.extends import (
    Given,
    extended,
    opened,
    preset_below,
    reference_problem,
    self_contained,
    with_designs,
)
from ecosim.scenario.layers import Node
from ecosim.scenario.observed import Bounds, Measurement
from ecosim.scenario.presets import PREFIX
from ecosim.scenario.problems import in_order, problems_of, refuse
from ecosim.scenario.settings import apply_settings, parse_setting
from ecosim.scenario.writer import write

__all__ = ["Loaded", "load", "parse_setting"]

EDGES, OBSERVED = "edges.csv", "observed.csv"  #: names of the data files beside a resolved scenario


@dataclass(frozen=True)
class Loaded:
    """A scenario that has passed every check.

    Parameters
    ----------
    scenario : Scenario
        Complete: nothing is extended, communities hold whole designs, data files have their bare names.
    given : str
        The text of the file, empty for a dictionary.
    name : str
        The name of the file or preset without folder and ending, ``scenario`` for a dictionary.
    warnings : list of Problem
        What is allowed but perhaps not meant.
    edges : list of (i, j, weight, ground), or None
        Ready ties from a file, i < j, ascending.
    observed : list of Measurement, or None
        Measured series from a file.
    names : list of str, or None
        What the file of ready ties calls each learner, empty for one that it does not name; ``None`` where it numbers
        them, and without a file. Names are shown and nothing else: they are neither part of :meth:`hash` nor kept in
        the resolved scenario, whose ties are numbered.
    preset : str
        The preset at the bottom of what it extends, empty without one.
    """

    scenario: Scenario
    given: str
    name: str
    warnings: list[Problem]
    edges: Edges | None
    observed: list[Measurement] | None
    names: list[str] | None = None
    preset: str = ""

    def resolved(self) -> dict[str, Any]:
        """Return the complete scenario in plain values; loaded again beside :meth:`files` it is equal."""
        return self.scenario.model_dump(mode="json", by_alias=True, exclude_none=True)

    def text(self) -> str:
        """Return the complete scenario as YAML."""
        return write(self.resolved())

    def files(self) -> dict[str, str]:
        """Return the data files that belong beside the resolved scenario: name -> text."""
        made = {}
        if self.edges is not None:
            made[EDGES] = edge_list.as_csv(self.edges)
        if self.observed is not None:
            made[OBSERVED] = series.as_csv(self.observed)
        return made

    def hash(self) -> str:
        """Return the SHA-256 of everything that the scenario says, data files included, however it was written."""
        everything = {"scenario": self.resolved(), "files": self.files()}  # the order of communities matters: unsorted
        return sha256(json.dumps(everything, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def load(
    source: Given,
    set: Mapping[str, Any] | None = None,
    seed: int | None = None,
    allow_files: bool = True,
    metrics: Collection[str] | None = None,
    name: str = "upload",
    bounds: Bounds | None = None,
) -> Loaded:
    """Return the scenario in ``source``, complete and checked.

    Parameters
    ----------
    source : str, Path, bytes or mapping
        Path of a file, ``preset:NAME``, the text of an uploaded file, or a dictionary.
    set : mapping of str to Any, optional
        Dotted path -> value, over what the file says; see :func:`parse_setting`.
    seed : int, optional
        In place of the seed of the file.
    allow_files : bool
        Whether the scenario may extend and name files; an uploaded one may extend presets only.
    metrics : collection of str, optional
        Names of all metrics; without it names of metrics are not checked.
    name : str
        As errors name an uploaded file.
    bounds : mapping of str to (float, float), optional
        Metric -> lowest and highest value, for measured series of which this is known.

    Raises
    ------
    InvalidFile
        With every problem found, each with file, line, column and path.
    UsageError
        When ``source`` is a preset that does not exist.
    """
    first, given = opened(source, allow_files, name)
    root = apply_settings(extended(first), set or {})
    if seed is not None:
        root = apply_settings(root, {"seed": seed}, "--seed")
    return replace(checked(root, given, metrics, bounds), preset=preset_below(first))


def checked(
    root: Node, given: str = "", metrics: Collection[str] | None = None, bounds: Bounds | None = None
) -> Loaded:
    """Return the document ``root``, merged with all that it extends, as a scenario that has passed every check.

    Parameters are those of :func:`load`; ``given`` is the text of the file.

    Raises
    ------
    InvalidFile
        With every problem found.
    """
    root = with_designs(root)
    first = root.source.name
    scenario = _shaped(root, first)
    problems = [_placed(found, root) for found in check(scenario, metrics)]
    ties, observed = _edges(root, scenario, problems), _observed(root, metrics, bounds, problems)
    edges, names = ties or (None, None)
    refuse(problems, first)
    warnings = [each for found in caution(scenario, edges, observed) if _worth_saying(each := _placed(found, root))]
    short_name = Path(first.removeprefix(PREFIX)).stem if first else "scenario"
    return Loaded(scenario, given, short_name, in_order(warnings, first), edges, observed, names)


def sparse(root: Node) -> dict[str, Any]:
    """Return what ``root``, merged with all that it extends, says in plain values: what it leaves out is a default.

    It needs no other file: communities extend nothing, and data files are called by the bare names under which
    :meth:`Loaded.files` has them.
    """
    return _bare(self_contained(root))


def _bare(root: Node) -> dict[str, Any]:
    """Return the document ``root`` in plain values, its data files by their bare names."""
    value: dict[str, Any] = root.plain()
    for path, bare in ((("context", "network"), EDGES), (("observed",), OBSERVED)):
        node = root.get(*path, "file")
        if node is not None and isinstance(node.value, str):
            place = value
            for part in path:
                place = place[part]
            place["file"] = bare
    return value


def _shaped(root: Node, first: str | None) -> Scenario:
    """Return the document ``root`` as a scenario, its data files by their bare names."""
    value = _bare(root)
    try:
        return Scenario.model_validate(value)
    except ValidationError as error:
        refuse(problems_of(error, root), first)
        raise  # not reached: pydantic found something


def _placed(found: Finding, root: Node) -> Problem:
    """Return a finding as a problem at the first of its places that is written somewhere."""
    written = [place for place in found.places if not root.reach(place)[1]]
    place = (written or [*found.places, ()])[0]
    return root.problem(found.key, place, **found.facts)


def _worth_saying(warning: Problem) -> bool:
    """Tell whether a warning concerns something that the user wrote: no preset, and not the title of a dictionary."""
    if warning.key == "warnings.title":
        return warning.file is not None
    return not (warning.file or "").startswith(PREFIX)


def _file(root: Node, node: Node, problems: list[Problem]) -> Path | None:
    """Return the path of the data file that ``node`` names, or ``None`` having noted that it may name none."""
    if not node.source.files:
        preset = (root.source.name or "").startswith(PREFIX)
        key = "errors.scenario.no_files_preset" if preset else "errors.scenario.no_files"
        problems.append(node.problem(key, value=node.value, preset=root.source.name))
        return None
    return node.source.folder / str(node.value)


def _edges(root: Node, scenario: Scenario, problems: list[Problem]) -> Imported | None:
    """Return the ready ties from the file that the network names, if it names one."""
    node = root.get("context", "network", "file")
    if node is None or scenario.context.network.kind != "edges" or (path := _file(root, node, problems)) is None:
        return None
    relation = scenario.context.relation
    try:
        return edge_list.read_named(path, scenario.learners, Ready(relation.ready_weight, relation.ready_ground))
    except InvalidFile as error:
        problems += _of_data(error, node)
        return None


def _observed(
    root: Node, metrics: Collection[str] | None, bounds: Bounds | None, problems: list[Problem]
) -> list[Measurement] | None:
    """Return the measured series from the file that the scenario names, if it names one."""
    node = root.get("observed", "file")
    if node is None or (path := _file(root, node, problems)) is None:
        return None
    try:
        return series.read_observed(path, metrics, bounds)
    except InvalidFile as error:
        problems += _of_data(error, node)
        return None


def _of_data(error: InvalidFile, node: Node) -> list[Problem]:
    """Return the problems of a data file; one that cannot be read is a problem of the place that names it."""
    unreadable = error.problems[0].key.startswith("errors.file.")
    return [reference_problem(error, node)] if unreadable else error.problems
