"""Opening scenario files, and laying each over the preset or file that it extends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from os.path import normpath
from pathlib import Path
from typing import Any, NamedTuple

from ecosim.errors import InvalidFile, Problem, UsageError
from ecosim.scenario import presets
from ecosim.scenario.document import MOST_COMMUNITIES
from ecosim.scenario.files import read_bytes
from ecosim.scenario.header import check_header, written_out
from ecosim.scenario.layers import Node, Source, merge, node_of
from ecosim.scenario.plain import plain_of
from ecosim.scenario.problems import shown
from ecosim.scenario.reader import read_document
from ecosim.scenario.yaml_events import LIMIT_MEGABYTES, short

MOST_EXTENDS = 10  #: files that extend one another


class _Origin(NamedTuple):
    """A text before it is read: its name, folder, whether it may name files, and what tells it from others."""

    name: str
    folder: Path
    files: bool
    identity: str


_read = lru_cache(maxsize=8)(read_document)  # many communities may extend one file

Given = str | Path | bytes | Mapping[str, Any]


def opened(source: Given, allow_files: bool, name: str = "upload") -> tuple[Node, str]:
    """Return a scenario as given, not yet laid over what it extends, and its text.

    Parameters
    ----------
    source : str, Path, bytes or mapping
        Path of a file, ``preset:NAME``, the text of an uploaded file, or a dictionary.
    allow_files : bool
        Whether it may name files.
    name : str
        As errors name an uploaded file.

    Raises
    ------
    InvalidFile
        When it cannot be read or is no scenario.
    UsageError
        When there is no such preset.
    """
    if isinstance(source, Mapping):
        root = node_of(plain_of(source), Source(None, None, Path(), allow_files))
        check_header(root, required=False)
        return written_out(root), ""
    if isinstance(source, bytes):
        text, origin = source, _Origin(name, Path(), allow_files, name)
    elif str(source).startswith(presets.PREFIX):
        text, origin = _preset(str(source))
    else:
        path = Path(source)
        text, origin = _read_first(path), _Origin(str(path), path.parent, allow_files, str(path.resolve()))
    return _document(text, origin, ()), text.decode("utf-8")


def _preset(name: str) -> tuple[bytes, _Origin]:
    """Return the text of ``preset:NAME``, which names no files."""
    return presets.source(name.removeprefix(presets.PREFIX)), _Origin(name, Path(), False, name)


def extended(root: Node) -> Node:
    """Return ``root`` laid over what it extends, over what that extends, and so on; without ``extends``.

    Raises
    ------
    InvalidFile
        When something that is extended is no scenario, cannot be read, or leads back to itself.
    """
    node = root.get("extends")
    own = Node({name: inner for name, inner in root.value.items() if name != "extends"}, root.source, root.path)
    return own if node is None or node.value is None else merge(named_base(node), own)


def with_designs(root: Node) -> Node:
    """Return ``root`` in which every community has its effective design, and no ``extends``.

    A community starts from the levers of the scenario, then come those of what it extends, then its own.
    """
    top = root.get("design")
    return _communities(self_contained(root), lambda community: _with_design(community, top, community.get("design")))


def self_contained(root: Node) -> Node:
    """Return ``root`` whose communities extend nothing: the levers of what they extend stand beneath their own."""
    return _communities(root, _without_extends)


def _communities(root: Node, change: Callable[[Node], Node]) -> Node:
    """Return ``root`` with each of its communities changed, all their problems told at once."""
    communities = root.get("communities")
    if communities is None or not isinstance(communities.value, dict) or len(communities.value) > MOST_COMMUNITIES:
        return root
    made, problems = {}, []
    for name, community in communities.value.items():
        try:
            made[name] = change(community) if isinstance(community.value, dict) else community
        except InvalidFile as error:
            problems += error.problems
    if problems:
        raise InvalidFile(*problems)
    return Node({**root.value, "communities": Node(made, communities.source, communities.path)}, root.source, root.path)


def _without_extends(community: Node) -> Node:
    """Return one community that has taken over the levers of what it extends."""
    node, own = community.get("extends"), community.get("design")
    parts = {name: part for name, part in community.value.items() if name != "extends"}
    bare = Node(parts, community.source, community.path)
    if node is None or node.value is None:
        return bare
    return _with_design(bare, extended(named_base(node)).get("design"), own)


def _with_design(community: Node, base: Node | None, own: Node | None) -> Node:
    """Return one community whose design is ``own`` laid over ``base``."""
    design = merge(base, own, ("design",)) if own is not None else base
    parts = {name: part for name, part in community.value.items() if name != "design"}
    return Node({**parts, "design": design} if design is not None else parts, community.source, community.path)


def preset_below(root: Node) -> str:
    """Return the preset at the bottom of what ``root`` extends, through any files between; empty without one."""
    node = root.get("extends")
    if node is None or node.value is None:
        return ""
    if str(node.value).startswith(presets.PREFIX):
        return str(node.value).removeprefix(presets.PREFIX)
    return preset_below(_named(node))


def named_base(node: Node) -> Node:
    """Return the scenario that the value of an ``extends`` names, itself laid over what it extends."""
    return extended(_named(node))


def _named(node: Node) -> Node:
    """Return the scenario that the value of an ``extends`` names, as it is given."""
    wanted, chain = node.value, node.source.chain
    if not isinstance(wanted, str) or not wanted.strip():
        raise InvalidFile(node.problem("errors.scenario.extends", value=shown(wanted)))
    if wanted.startswith(presets.PREFIX):
        try:
            text, origin = _preset(wanted)
        except UsageError as error:
            raise InvalidFile(node.problem(error.problems[0].key, **error.problems[0].facts)) from None
    elif not node.source.files:
        raise InvalidFile(node.problem("errors.scenario.extends_file", value=short(wanted)))
    else:
        path = node.source.folder / wanted
        text, origin = _referred(path, node), _Origin(normpath(path), path.parent, True, str(path.resolve()))
    if origin.identity in chain:
        circle = (each if each.startswith(presets.PREFIX) else Path(each).name for each in (*chain, origin.identity))
        raise InvalidFile(node.problem("errors.scenario.extends_itself", chain=" -> ".join(circle)))
    if len(chain) > MOST_EXTENDS:
        raise InvalidFile(node.problem("errors.scenario.extends_depth", most=MOST_EXTENDS))
    return _document(text, origin, chain, node)


def _referred(path: Path, node: Node) -> bytes:
    """Return the content of a file, refusing at the place of its name what cannot be read."""
    try:
        return read_bytes(path, LIMIT_MEGABYTES * 1_000_000)
    except InvalidFile as error:
        raise InvalidFile(reference_problem(error, node)) from None


def reference_problem(error: InvalidFile, node: Node) -> Problem:
    """Return the problem of a file that cannot be read, at the place that names the file."""
    found = error.problems[0]
    key = f"errors.reference.{found.key.rpartition('.')[2]}"
    return node.problem(key, **{**found.facts, "value": short(normpath(found.file or ""))})


def _read_first(path: Path) -> bytes:
    """Return the text of the scenario file at ``path``; a preset's name alone is taken for a slip."""
    try:
        return read_bytes(path, LIMIT_MEGABYTES * 1_000_000)
    except InvalidFile:
        if str(path) in presets.names():
            near = {"nearest": presets.PREFIX + str(path)}
            raise InvalidFile(Problem("errors.file.missing_near", near, file=str(path))) from None
        raise


def _document(text: bytes, origin: _Origin, chain: tuple[str, ...], named: Node | None = None) -> Node:
    """Return the scenario written in ``text``; ``named`` is the ``extends`` that led to it from the ``chain``."""
    document = _read(text, origin.name)
    source = Source(origin.name, document, origin.folder, origin.files, (*chain, origin.identity))
    root = node_of(document.value, source)
    if named is not None and (kind := root.get("kind")) is not None and kind.value == "study":
        raise InvalidFile(named.problem("errors.scenario.extends_study", value=short(origin.name)))
    check_header(root, required=True)
    return written_out(root)
