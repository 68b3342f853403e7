"""The community of a session as a text that stands alone: all of a course can be had again from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ecosim.errors import InvalidFile, Problem
from ecosim.model.metrics import METRICS
from ecosim.model.metrics.bounds import bounds
from ecosim.scenario.extends import extended, opened
from ecosim.scenario.header import written_out
from ecosim.scenario.layers import Node, Source, node_of
from ecosim.scenario.presets import PREFIX
from ecosim.scenario.resolve import EDGES, Loaded, checked, load, sparse
from ecosim.scenario.settings import apply_settings
from ecosim.scenario.writer import write

HEADER = {"ecosim": 1, "kind": "scenario"}


def of_node(own: Node, settings: Mapping[str, Any], name: str) -> tuple[str, Loaded]:
    """Return the scenario ``own``, not yet laid over what it extends, as a text that stands alone, and checked.

    Parameters
    ----------
    own : Node
        A scenario as a file says it.
    settings : mapping of str to Any
        Dotted path -> value, laid over it.
    name : str
        As the checked scenario is called.

    Raises
    ------
    InvalidFile
        With everything that is wrong, at its place.
    """
    own = written_out(own)
    root = apply_settings(extended(own), settings)
    found = checked(root, metrics=METRICS, bounds=bounds())
    if found.edges is not None:
        raise InvalidFile(root.problem("errors.session.edges", ("context", "network", "file"), value=EDGES))
    short = not settings and not own.source.files and own.get("extends") is not None  # it extends presets only
    said: dict[str, Any] = own.plain() if short else sparse(root)
    said.pop("observed", None)  # what was measured changes no run, and stands in a file
    text = write({**HEADER, **{key: value for key, value in said.items() if key not in HEADER}})
    return text, _loaded(text, name, found.warnings)


def of_file(source: str | Path, settings: Mapping[str, Any]) -> tuple[str, Loaded]:
    """Return the scenario file or preset ``source`` as a text that stands alone, and checked.

    Raises
    ------
    InvalidFile, UsageError
        When it is invalid, or there is no such preset.
    """
    if str(source).startswith(PREFIX):
        opened(source, True)  # whether there is such a preset
        bare = Source(None, None, Path(), False)
        return of_node(node_of({"extends": str(source)}, bare), settings, str(source).removeprefix(PREFIX))
    return of_node(opened(source, True)[0], settings, Path(source).stem)


def _loaded(text: str, name: str, warnings: list[Problem]) -> Loaded:
    """Return the scenario that ``text`` says, called ``name``; ``warnings`` speak of where it was written."""
    found = load(text.encode(), allow_files=False, metrics=METRICS, bounds=bounds(), name=f"{name}.yaml")
    return replace(found, warnings=warnings)
