"""Scenarios set against one another: a study made of them, as a file would say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ecosim.scenario.presets import PREFIX

Source = str | Path | Mapping[str, Any]


def versus(
    sources: Sequence[Source], metrics: Sequence[Any] = (), smallest_effect: Mapping[str, float] | None = None,
    replicates: Any = None,
) -> dict[str, Any]:  # fmt: skip
    """Return the study that compares scenarios, the first as baseline.

    Parameters
    ----------
    sources : sequence of str, Path or mapping
        Files, presets (preset:NAME) or dictionaries.
    metrics : sequence
        What is measured.
    smallest_effect : mapping of str to float, optional
        Metric -> the smallest difference that matters.
    replicates : int or mapping, optional
        As in a study file.
    """
    designs: dict[str, Any] = {}
    for source in sources:
        name = _name(source, designs)
        extends = dict(source) if isinstance(source, Mapping) else _place(source)
        designs[name] = {"extends": extends}
    study: dict[str, Any] = {"ecosim": 1, "kind": "study", "title": " - ".join(designs), "designs": designs}
    study["compare"] = {"smallest_effect": dict(smallest_effect or {})}
    if metrics:
        study["metrics"] = list(metrics)
    if replicates is not None:
        study["replicates"] = replicates
    return study


def _place(source: str | Path) -> str:
    """Return a preset as it is, and a file by its whole path: a dictionary has no folder."""
    return str(source) if str(source).startswith(PREFIX) else str(Path(source).absolute())


def _name(source: Source, taken: Mapping[str, Any]) -> str:
    """Return a name for a scenario that no other has: of its file or preset."""
    if isinstance(source, Mapping):
        name = "design"
    else:
        name = str(source).removeprefix(PREFIX) if str(source).startswith(PREFIX) else Path(source).stem
    name = name.replace(".", "-") or "design"
    count, free = 1, name
    while free in taken:
        count += 1
        free = f"{name}-{count}"
    return free
