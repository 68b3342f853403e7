"""What every scenario file begins with, and the short forms in which parts of it may be written."""

from __future__ import annotations

from ecosim.errors import InvalidFile, Problem, nearest
from ecosim.scenario.layers import Node
from ecosim.scenario.problems import shown
from ecosim.scenario.tree import SHORTHANDS

KINDS = ("scenario", "study", "calibration", "lesson", "session")


def check_header(root: Node, required: bool, kind: str = "scenario") -> None:
    """Refuse what does not begin as a scenario (or another ``kind`` of file) does: ``ecosim: 1``, ``kind: scenario``.

    Raises
    ------
    InvalidFile
        When a line is missing (only if ``required``) or says something else.
    """
    problem = _header_problem(root, required, kind)
    if problem is not None:
        raise InvalidFile(problem)


def _header_problem(root: Node, required: bool, wanted: str) -> Problem | None:
    """Return what is wrong with ``ecosim: 1`` and ``kind: scenario``, or ``None``."""
    if not isinstance(root.value, dict):
        return root.problem(f"errors.{wanted}.no_mapping")
    version, kind = root.get("ecosim"), root.get("kind")
    if version is not None and (type(version.value) is not int or version.value != 1):
        return root.problem("errors.scenario.version", ("ecosim",), value=shown(version.value))
    if kind is not None and kind.value in KINDS and kind.value != wanted:
        return root.problem(f"errors.{wanted}.{kind.value}", ("kind",))
    if kind is not None and kind.value != wanted:
        near = nearest(str(kind.value), KINDS)
        key = f"errors.{wanted}.kind_near" if near else f"errors.{wanted}.kind"
        return root.problem(key, ("kind",), value=shown(kind.value), nearest=near)
    if not required:
        return None
    if version is None or kind is None:
        return root.problem(f"errors.{wanted}.no_version" if version is None else f"errors.{wanted}.no_kind_of_file")
    return None if list(root.value)[:2] == ["ecosim", "kind"] else root.problem(f"errors.{wanted}.header", ("ecosim",))


def written_out(root: Node) -> Node:
    """Return ``root`` with shorthands written out: ``arrivals`` at the top, ``observed`` as a file name alone."""
    made = dict(root.value)
    for short_name, (group, name) in SHORTHANDS.items():
        node, inside = made.get(short_name), made.get(group)
        if node is None or (inside is not None and not isinstance(inside.value, dict)):
            continue
        if inside is not None and name in inside.value:
            whole = f"{group}.{name}"
            raise InvalidFile(root.problem("errors.scenario.twice", (short_name,), of_key=True, value=whole))
        there = inside or Node({}, root.source, root.path)
        made[group] = Node({**there.value, name: made.pop(short_name)}, there.source, there.path)
    observed = made.get("observed")
    if observed is not None and isinstance(observed.value, str):
        made["observed"] = Node({"file": observed}, observed.source, observed.path)
    return Node(made, root.source, root.path)
