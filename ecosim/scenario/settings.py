"""Settings of a command line, ``--set path=value``, laid over a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ecosim.errors import InvalidFile, Problem, UsageError
from ecosim.scenario.layers import Node, Source, merge, node_of
from ecosim.scenario.plain import plain_of
from ecosim.scenario.reader import KeyPath, read_document
from ecosim.scenario.tree import IDENTITY, NAMED, SHORTHANDS, at, nearest_path, paths
from ecosim.scenario.yaml_events import short

SET = "--set"
FIXED: tuple[KeyPath, ...] = (("ecosim",), ("kind",), ("extends",))  #: what a file must say itself


def parse_setting(text: str) -> tuple[str, Any]:
    """Return path and value of a setting ``path=value``; the value is anything that YAML writes on one line.

    Raises
    ------
    UsageError
        When there is no path or no value.
    InvalidFile
        When the value is no YAML.
    """
    path, equals, value = text.partition("=")
    if not equals or not path.strip() or not value.strip():
        raise UsageError("errors.scenario.setting", value=short(text))
    try:
        return path.strip(), read_document(value.strip().encode("utf-8", "surrogateescape"), SET).value
    except InvalidFile as error:
        found = error.problems[0]
        if found.key == "errors.yaml.empty":  # null: back to nothing
            return path.strip(), None
        raise InvalidFile(Problem(found.key, found.facts, short(path.strip()), SET)) from None


def apply_settings(root: Node, settings: Mapping[str, Any], name: str = SET) -> Node:
    """Return the scenario ``root`` with ``settings`` laid over it.

    Parameters
    ----------
    root : Node
        A scenario, merged with all that it extends.
    settings : mapping of str to Any
        Dotted path -> value.
    name : str
        As errors name where they come from.

    Raises
    ------
    InvalidFile
        With every path that does not exist, and the one that was probably meant.
    """
    source = Source(name, None, Path(), root.source.files, settings=True)
    problems: list[Problem] = []
    for path, value in sorted(((_path_of(path, root), value) for path, value in settings.items()), key=_kind_last):
        node = node_of(plain_of(value, name, path), source, path)
        if path in FIXED:
            problems.append(Problem("errors.scenario.fixed", {}, str(path[0]), name))
        elif _known(root, path):
            root = _put(root, path, node)
        else:
            problems.append(_unknown(root, path, name))
    if problems:
        raise InvalidFile(*problems)
    return root


def _path_of(text: str, root: Node) -> KeyPath:
    """Return a dotted path as a tuple: numbers are places where there is a list, shorthands are written out."""
    path: KeyPath = ()
    for part in str(text).split("."):
        node = root.get(*path)
        in_list = node is not None and isinstance(node.value, list)
        path = (*path, int(part) if in_list and part.isdecimal() and len(part) < 9 else part)
        path = SHORTHANDS.get(part, path) if len(path) == 1 else path
    return path


def _kind_last(setting: tuple[KeyPath, Any]) -> bool:
    """Order settings so that the kind of a group comes before what belongs to that kind."""
    path = setting[0]
    return IDENTITY.get(path[:-1]) != path[-1]


def _known(root: Node, path: KeyPath) -> bool:
    """Tell whether something may be set at ``path``."""
    if any(isinstance(part, int) for part in root.reach(path)[1]):
        return False
    for above in NAMED:  # a name that is not there may be given as a whole, or as the first of its kind
        there = root.get(*above)
        names = there.value if there is not None and isinstance(there.value, dict) else {}
        if path[: len(above)] == above and len(path) > len(above) + 1 and names and path[len(above)] not in names:
            return False
    return at(path, root.plain()) is not None


def _unknown(root: Node, path: KeyPath, name: str) -> Problem:
    """Return the problem of a ``path`` that does not exist."""
    value = root.plain()
    near = nearest_path(path, paths(value))
    key = "errors.scenario.unknown_path_near" if near else "errors.scenario.unknown_path"
    said = ".".join(short(str(part)) for part in path)
    return Problem(key, {"value": said, "nearest": near}, "", name)


def _put(root: Node, path: KeyPath, node: Node, above: KeyPath = ()) -> Node:
    """Return ``root`` with ``node`` laid over what stands at ``path``, itself standing at ``above``."""
    for step, part in enumerate(path):
        if isinstance(part, int):
            return _put_in_list(root, path[:step], part, path[step + 1 :], node, above)
    return merge(root, _nested(path, node), above)


def _put_in_list(root: Node, way: KeyPath, place: int, rest: KeyPath, node: Node, above: KeyPath) -> Node:
    """Return ``root`` with ``node`` laid over what stands at ``rest`` in item ``place`` of the list at ``way``."""
    old = root.get(*way)
    assert old is not None  # the path is known
    items = list(old.value)
    items[place] = _put(items[place], rest, node, (*above, *way, place)) if rest else node
    return merge(root, _nested(way, Node(items, old.source, old.path)), above)


def _nested(path: KeyPath, node: Node) -> Node:
    """Return mappings around ``node`` so that it stands at ``path``."""
    for step in range(len(path) - 1, -1, -1):
        node = Node({path[step]: node}, node.source, path[:step])
    return node
