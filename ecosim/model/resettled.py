"""A scenario that has been loaded already, with other settings: what a page's sliders and Mesa's sweeps ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ecosim.errors import UsageError
from ecosim.model.metrics import METRICS
from ecosim.model.metrics.bounds import bounds
from ecosim.scenario.resolve import Loaded, load


def resettled(loaded: Loaded, settings: Mapping[str, Any]) -> Loaded:
    """Return ``loaded`` with other settings, checked again with its data files beside it.

    Parameters
    ----------
    loaded : Loaded
        A scenario that has passed every check.
    settings : mapping of str to Any
        Dotted path -> value.

    Raises
    ------
    InvalidFile
        When a path or a value is impossible.
    UsageError
        For a lever of the scenario where its communities have theirs: what a community has said itself, and what it
        took over, cannot be told apart any more.
    """
    if not settings:
        return loaded
    _refuse_levers_of_all(loaded, settings)
    with TemporaryDirectory(prefix="ecosim-") as folder:
        made = load(_written(loaded, Path(folder)), settings, metrics=METRICS, bounds=bounds())
    names = loaded.names and [*loaded.names, *[""] * made.scenario.learners][: made.scenario.learners]
    return replace(made, given=loaded.given, name=loaded.name, names=names)


def _written(loaded: Loaded, folder: Path) -> Path | dict[str, Any]:
    """Return the whole scenario: in plain values, or as a file where data files have to lie beside it."""
    files = loaded.files()
    if not files:
        return loaded.resolved()
    for name, content in {"scenario.yaml": loaded.text(), **files}.items():
        (folder / name).write_text(content, encoding="utf-8", newline="")
    return folder / "scenario.yaml"


def _refuse_levers_of_all(loaded: Loaded, settings: Mapping[str, Any]) -> None:
    """Refuse ``design...`` in a scenario of communities, where it would change nothing."""
    communities = loaded.scenario.communities
    for path in settings:
        if communities and path.partition(".")[0] == "design":
            raise UsageError("mesa.communities", path=path, community=next(iter(communities)))
