"""Calibrations from Python: :func:`calibrate`, and what the command line shares with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ecosim.calibration.calibrating import calibrated
from ecosim.calibration.checks import least_points
from ecosim.calibration.document import Abc
from ecosim.calibration.findings import Found
from ecosim.calibration.folder import begun, write_findings
from ecosim.calibration.lab import settings_at
from ecosim.calibration.loaded import LoadedCalibration
from ecosim.calibration.resolve import KIND, load_calibration
from ecosim.calibration.screening import design
from ecosim.model.metrics.plugin import run_plugins
from ecosim.scenario.extends import Given
from ecosim.study.api import default_folder, place_of
from ecosim.study.plan.loaded import LoadedStudy
from ecosim.study.plan.space import Points
from ecosim.study.sweep import How


def opened_calibration(
    source: Given, set: Mapping[str, Any] | None = None, seed: int | None = None
) -> tuple[LoadedCalibration, Path | None]:
    """Return the calibration in a file, a folder with such a file, a results folder (and which), or a dictionary."""
    place, folder = place_of(source, f"{KIND}.yaml")
    if folder is not None:
        return begun(folder, set, seed), folder
    return load_calibration(place, set=set, seed=seed), None


def calibrate(
    source: Given,
    out: str | Path | None = None,
    set: Mapping[str, Any] | None = None,
    seed: int | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    plugins: Sequence[str | Path] = (),
    retry_failed: bool = False,
) -> Found:
    """Run a calibration, or what is left of it, and return what it found; its folder holds all of it.

    Parameters
    ----------
    source : str, Path or mapping
        A calibration file, a folder with ``calibration.yaml``, the results folder of an earlier one, or a dictionary.
    out : str or Path, optional
        Results folder; without it ``results/NAME-HASH``. Started again on the same folder, it goes on.
    set : mapping of str to Any, optional
        Dotted path -> value, of every cohort, or of the calibration where it begins with ``calibration.``.
    seed, workers, cluster, plugins, retry_failed
        As for :func:`ecosim.study.api.sweep`.

    Raises
    ------
    InvalidFile
        With everything that is wrong with the file.
    UsageError
        When a library is missing.
    FolderInUse, StorageError, ClusterLost, Interrupted
        As they say; what was finished is kept.
    """
    scripts = [Path(each) for each in plugins]
    run_plugins(scripts)
    asked, folder = opened_calibration(source, set, seed)
    place = Path(out or folder or default_folder(asked.study))
    return calibrated(asked, place, How(workers, cluster, scripts, retry_failed), keep)


def keep(store: Any, found: Found) -> None:
    """Write what was found beside the runs."""
    write_findings(found, store.folder)


def probed(asked: LoadedCalibration) -> LoadedStudy:
    """Return a calibration as a study of the first and the last point of its screening, to measure what runs take."""
    rows = design(asked.axes, asked.calibration.method.screening, asked.seed)
    return replace(asked.study, points=Points(asked.axes, listed=[settings_at(asked.axes, rows[at]) for at in (0, -1)]))


def run_counts(asked: LoadedCalibration) -> tuple[int, int]:
    """Return how many runs a calibration takes at least, and at most."""
    method, budget, each = asked.calibration.method, asked.calibration.budget.runs, asked.runs_each
    least = most = least_points(asked.calibration)
    if isinstance(method, Abc):
        most = method.screening + method.population + round(method.generations * method.population / method.acceptance)
    return least * each, min(budget, most * each)
