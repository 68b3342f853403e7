"""The calibrated scenarios: one for each cohort that was measured in the world."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ecosim
from ecosim.errors import InvalidFile, Problem, nearest
from ecosim.model.metrics import METRICS
from ecosim.model.metrics.bounds import bounds
from ecosim.scenario.resolve import Loaded, load

INSTALLED = Path(__file__).parent / "scenarios"


def folder() -> Path:
    """Return where the calibrated scenarios are: beside the package in a checkout, else installed within it."""
    beside = Path(ecosim.__file__).parent.parent / "scenarios" / "calibrated"
    return beside if beside.is_dir() else INSTALLED


def names() -> list[str]:
    """Return the names of all cohorts."""
    return sorted(path.stem for path in folder().glob("*.yaml"))


def source_of(name: str) -> str:
    """Return the file of a cohort.

    Raises
    ------
    InvalidFile
        When there is none; the message names the nearest.
    """
    path = folder() / f"{name}.yaml"
    if not path.is_file():
        near = nearest(name, names())
        raise InvalidFile(Problem(f"errors.evidence.cohort{'_near' if near else ''}", {"value": name, "nearest": near}))
    return str(path)


def loaded(source: str, settings: Mapping[str, Any] | None = None) -> Loaded:
    """Return the scenario in a file, or a preset, checked."""
    return load(source, set=settings, metrics=METRICS, bounds=bounds())
