"""Documents laid over one another, every value remembering the file in which it stands.

A scenario is what its file says over what the file says that it extends, and so on; settings of the command line lie on
top. Mappings are merged, lists and single values replace. What is one thing replaces as a whole: a lever, a text in two
languages, and a group of another kind (:data:`ecosim.scenario.tree.IDENTITY`). ``null`` takes a named profile or
community out again.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecosim.errors import Problem
from ecosim.scenario.parts import Bilingual
from ecosim.scenario.reader import Document, KeyPath
from ecosim.scenario.schedule import Schedule
from ecosim.scenario.tree import IDENTITY, NAMED, arms, at
from ecosim.scenario.yaml_events import short


@dataclass(frozen=True, eq=False)
class Source:
    """A file, a preset, a dictionary or the settings of a command line.

    Parameters
    ----------
    name : str or None
        As errors name it; ``None`` for a dictionary.
    document : Document or None
        What was read, with places; ``None`` where there is no text.
    folder : Path
        What file names in it are relative to.
    files : bool
        Whether it may name files at all.
    chain : tuple of str
        The files that led here by ``extends``, itself last.
    settings : bool
        Whether its mappings only lead to the values that are set.
    """

    name: str | None
    document: Document | None
    folder: Path
    files: bool
    chain: tuple[str, ...] = ()
    settings: bool = False


@dataclass(frozen=True, eq=False)
class Node:
    """A value and where it stands: ``path`` in ``source``. Mappings hold nodes by name, lists hold nodes."""

    value: Any
    source: Source
    path: KeyPath

    def plain(self) -> Any:
        """Return the value without the places."""
        if isinstance(self.value, dict):
            return {name: node.plain() for name, node in self.value.items()}
        return [node.plain() for node in self.value] if isinstance(self.value, list) else self.value

    def get(self, *path: str | int) -> Node | None:
        """Return the node at ``path`` below, or ``None``."""
        found, rest = self.reach(path)
        return None if rest else found

    def reach(self, path: KeyPath) -> tuple[Node, KeyPath]:
        """Return the last node that there is on the way along ``path``, and the rest of the way."""
        node = self
        for step, part in enumerate(path):
            inside = node.value
            listed = isinstance(inside, list) and isinstance(part, int) and 0 <= part < len(inside)
            if not listed and not (isinstance(inside, dict) and part in inside):
                return node, path[step:]
            node = inside[part]
        return node, ()

    def problem(self, key: str, path: KeyPath = (), /, *, of_key: bool = False, **facts: Any) -> Problem:
        """Return the problem ``key`` with what stands at ``path`` below, in the file in which it stands."""
        node, rest = self.reach(path)
        of_key = of_key or bool(rest) or isinstance(node.value, dict | list)
        line, column = node.source.document.where(node.path, of_key=of_key) if node.source.document else (None, None)
        said = ".".join(short(str(part)) for part in (*node.path, *rest))
        return Problem(key, facts, said, node.source.name, line, column)


def node_of(value: Any, source: Source, path: KeyPath = ()) -> Node:
    """Return ``value``, plain Python as the reader makes it, as a node of ``source``."""
    if isinstance(value, dict):
        return Node({name: node_of(inner, source, (*path, name)) for name, inner in value.items()}, source, path)
    if isinstance(value, list):
        return Node([node_of(inner, source, (*path, place)) for place, inner in enumerate(value)], source, path)
    return Node(value, source, path)


def merge(base: Node | None, over: Node, path: KeyPath = ()) -> Node:
    """Return ``over`` laid over ``base``, both standing at ``path`` of a scenario."""
    if base is None or not isinstance(base.value, dict) or not isinstance(over.value, dict) or _whole(base, over, path):
        return over
    made = dict(base.value)
    for name, node in over.value.items():
        if node.value is None and path in NAMED and name in made:
            del made[name]
        else:
            made[name] = merge(made.get(name), node, (*path, name))
    place = base if over.source.settings else over
    return Node(made, place.source, place.path)


def _whole(base: Node, over: Node, path: KeyPath) -> bool:
    """Tell whether the mapping ``over`` takes the place of ``base`` instead of being merged with it."""
    identity = IDENTITY.get(path)
    if identity is not None:
        said, before = over.get(identity), base.get(identity)
        return said is not None and (before is None or said.plain() != before.plain())
    return any(arm in (Bilingual, Schedule) for arm in arms(at(path)))
