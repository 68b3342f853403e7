"""Opening a study file, and laying each of its designs over the scenario that it starts from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ecosim.errors import InvalidFile, Problem
from ecosim.scenario.extends import Given, extended, named_base
from ecosim.scenario.files import read_bytes
from ecosim.scenario.header import check_header, written_out
from ecosim.scenario.layers import Node, Source, merge, node_of
from ecosim.scenario.plain import plain_of
from ecosim.scenario.reader import read_document
from ecosim.scenario.settings import SET, apply_settings
from ecosim.scenario.yaml_events import LIMIT_MEGABYTES

ALONE = "scenario"  #: name of the only design where none is named
REFUSED = ("ecosim", "kind", "seed", "metrics", "observed", "question", "description")  #: what a design does not change


def opened(source: Given, allow_files: bool = True, name: str = "upload", kind: str = "study") -> tuple[Node, str]:
    """Return a study, or another ``kind`` of file, as given, and its text.

    Parameters
    ----------
    source : str, Path, bytes or mapping
        Path of a file, the text of an uploaded one, or a dictionary.
    allow_files : bool
        Whether it may name files.
    name : str
        As errors name an uploaded file.

    Raises
    ------
    InvalidFile
        When it cannot be read or is of another kind.
    """
    if isinstance(source, Mapping):
        root = node_of(plain_of(source), Source(None, None, Path(), allow_files))
        check_header(root, required=False, kind=kind)
        return root, ""
    if isinstance(source, bytes):
        text, folder, chain = source, Path(), name
    else:
        path = Path(source)
        text, folder, chain, name = (
            read_bytes(path, LIMIT_MEGABYTES * 1_000_000),
            path.parent,
            str(path.resolve()),
            str(path),
        )
    document = read_document(text, name)
    root = node_of(document.value, Source(name, document, folder, allow_files, (chain,)))
    check_header(root, required=True, kind=kind)
    return root, text.decode("utf-8")


def parted(settings: Mapping[str, Any] | None, prefix: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return settings that speak of the file itself, without the ``prefix`` that says so, and those of scenarios."""
    given = dict(settings or {})
    own = {path.removeprefix(prefix): given.pop(path) for path in [*given] if path.startswith(prefix)}
    return own, given


def laid_settings(root: Node, settings: Mapping[str, Any]) -> Node:
    """Return the study ``root`` with ``settings`` (dotted path -> value) laid over it; its shape is checked later."""
    source = Source(SET, None, Path(), root.source.files, settings=True)
    for path, value in settings.items():
        parts = tuple(_parts(path, root))
        if parts[0] in ("ecosim", "kind"):
            raise InvalidFile(Problem("errors.scenario.fixed", {}, path, SET))
        root = _put(root, parts, node_of(plain_of(value, SET), source, parts))
    return root


def _parts(path: str, node: Node | None) -> list[str]:
    """Return a dotted path as keys: a key that is there and has dots in it (a varied path) is one."""
    inside = node.value if node is not None and isinstance(node.value, dict) else {}
    whole = [key for key in inside if path == key or path.startswith(f"{key}.")]
    first = max(whole, key=len) if whole else path.partition(".")[0]
    rest = path[len(first) + 1 :]
    return [first, *(_parts(rest, inside.get(first)) if rest else ())]


def _put(root: Node, parts: tuple[str, ...], node: Node) -> Node:
    """Return ``root`` with ``node`` at ``parts``; mappings are merged, all else is replaced."""
    inside = root.value if isinstance(root.value, dict) else {}
    if not parts:
        return node
    there = inside.get(parts[0]) or Node({}, node.source, (*root.path, parts[0]))
    return Node({**inside, parts[0]: _put(there, parts[1:], node)}, root.source, root.path)


def base_of(root: Node, settings: Mapping[str, Any]) -> Node | None:
    """Return the scenario of a study, merged with all it extends and with ``settings``; ``None`` without one."""
    node = root.get("scenario")
    if node is None or node.value is None:
        return None
    return apply_settings(standing(node), settings)


def design_roots(root: Node, base: Node | None, settings: Mapping[str, Any]) -> tuple[dict[str, Node], dict[str, Any]]:
    """Return every design's scenario, merged, and every design's title.

    Raises
    ------
    InvalidFile
        When there is nothing to start from, or a design changes what all have in common.
    """
    designs = root.get("designs")
    named = designs.value if designs is not None and isinstance(designs.value, dict) else {}
    if not named:
        if base is None:
            raise InvalidFile(root.problem("errors.study.no_scenario"))
        return {ALONE: base}, {ALONE: ""}
    made, titles, problems = {}, {}, []
    for name, overlay in named.items():
        try:
            made[name] = _laid(overlay, base, settings)
        except InvalidFile as error:
            problems += error.problems
        titles[name] = _title(overlay, made.get(name))
    if problems:
        raise InvalidFile(*problems)
    return made, titles


def _laid(overlay: Node, base: Node | None, settings: Mapping[str, Any]) -> Node:
    """Return one design: what it says, over the scenario of the study or over what it extends itself."""
    refused = [
        overlay.problem("errors.study.common", (key,), of_key=True, name=key) for key in REFUSED if key in overlay.value
    ]
    if refused:
        raise InvalidFile(*refused)
    own = overlay.get("extends")
    if own is not None and own.value is not None:
        base = apply_settings(standing(own), settings)
    if base is None:
        raise InvalidFile(overlay.problem("errors.study.no_base"))
    parts = {name: node for name, node in overlay.value.items() if name != "extends"}
    return merge(base, written_out(Node(parts, overlay.source, overlay.path)))


def standing(node: Node) -> Node:
    """Return the scenario that ``node`` names, or is, laid over what it extends."""
    if not isinstance(node.value, dict):
        return named_base(node)
    check_header(node, required=False)
    return extended(written_out(node))


def _title(overlay: Node, whole: Node | None) -> Any:
    """Return the title of a design in plain values: its own, or that of the scenario which it is and nothing more."""
    inside = overlay.value if isinstance(overlay.value, dict) else {}
    node = inside.get("title")
    if node is None and whole is not None and list(inside) == ["extends"]:
        node = whole.get("title")
    return "" if node is None else node.plain()
