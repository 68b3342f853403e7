"""Would a calibration find a truth that it was not told? Truths are chosen, lived, forgotten, and sought.

True values are drawn from the ranges, each as likely as the prior says; what comes of them under luck that no point
ever meets takes the place of the data, each band as wide as before; and the whole calibration is made. Over many truths
a 90 % interval holds the truth in some 90 of 100 (Cook, Gelman & Rubin 2006; Talts et al. 2018): in fewer it is too
sure of itself, in more it says less than it could. A parameter that is left at its own value holds no truth, and says
so beforehand.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from ecosim.calibration.api import keep
from ecosim.calibration.calibrating import calibrated, check_libraries
from ecosim.calibration.findings import Found
from ecosim.calibration.lab import settings_at
from ecosim.calibration.loaded import LoadedCalibration
from ecosim.calibration.targets import statistics
from ecosim.errors import FolderInUse, UsageError
from ecosim.model.metrics.summary import needs_diary
from ecosim.model.state import Array
from ecosim.scenario.document import WORD
from ecosim.study.runner.live import lived, measured
from ecosim.study.store.folder import explained
from ecosim.study.sweep import How

FOUND, TABLE, FOLDER = "recovery.json", "recovery.csv", "recovery-{number}"
ATTEMPTS = 20  #: truths that are drawn until one is found of which every target can be measured


class Recovered(NamedTuple):
    """Whether one parameter of one truth was found again.

    Parameters
    ----------
    number : int
        Which truth.
    path : str
        Which parameter.
    truth : float
        Its true value.
    fitted : bool
        Whether the targets tell enough about it.
    rank : float
        Share of the posterior below the truth, NaN where it was not fitted.
    median, within50, within90 : float, bool, bool
        Of the posterior, and whether its 50 % and 90 % intervals hold the truth.
    """

    number: int
    path: str
    truth: float
    fitted: bool
    rank: float
    median: float
    within50: bool
    within90: bool


def recovered(
    asked: LoadedCalibration, folder: Path, how: How, times: int, told: Callable[[int], None] = lambda number: None
) -> list[Recovered]:
    """Return what came of seeking ``times`` truths, each in a folder of its own; started again, it goes on.

    Parameters
    ----------
    asked : LoadedCalibration
        What is sought, and how.
    folder : Path
        In which the folders are.
    how : How
        How runs are made.
    times : int
        How many truths.
    told : callable
        Called with the number of each truth before it is sought.

    Raises
    ------
    UsageError
        When a library is missing, or no truth can be measured.
    FolderInUse, StorageError, ClusterLost, Interrupted
        As they say; what was finished is kept.
    """
    check_libraries(asked)
    _prepare(folder)
    rows: list[Recovered] = []
    for number in range(1, times + 1):
        told(number)
        truth, values = _truth(asked, number)
        aims = [aim.about(float(value)) for aim, value in zip(asked.aims, values, strict=True)]
        place = folder / FOLDER.format(number=number)
        found = calibrated(asked.fresh(aims), place, how, keep)
        rows += _ranks(number, truth, found)
    _write(rows, folder)
    return rows


def _prepare(folder: Path) -> None:
    """Make the folder, or refuse one that holds anything else."""
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        others = {each.name for each in folder.iterdir() if not each.name.startswith("recovery")}
    if others:
        raise FolderInUse("errors.folder.other_files", folder=folder)


def _truth(asked: LoadedCalibration, number: int) -> tuple[dict[str, Any], Array]:
    """Return true values, path -> value, and what comes of them for each target."""
    draws = np.random.default_rng([asked.seed, number])
    for _ in range(ATTEMPTS):
        settings = settings_at(asked.axes, draws.random(len(asked.axes)))
        found = _observed(asked, settings, number)
        if np.isfinite(found).all():
            return settings, found
    raise UsageError("errors.calibration.no_truth", attempts=ATTEMPTS)


def _observed(asked: LoadedCalibration, settings: dict[str, Any], number: int) -> Array:
    """Return what comes of a truth for each target, under the last of all luck."""
    times, keys = asked.calibration.replicates, [each.key for each in asked.study.wanted]
    values = np.full((1, len(asked.study.arms), times, len(keys)), np.nan)
    for design, arm in enumerate(asked.study.arms):
        loaded, wanted = arm.recipe.loaded(settings), arm.measured(asked.study.wanted)
        for turn in range(times):
            engine = lived(loaded, WORD - number * times - turn, watch=needs_diary(wanted))
            for each, value in zip(wanted, measured(engine, wanted, loaded), strict=True):
                values[0, design, turn, keys.index(each.key)] = np.nan if value is None else value
    return np.asarray(statistics(values, asked.aims)[0])


def _ranks(number: int, truth: dict[str, Any], found: Found) -> Iterator[Recovered]:
    """Yield where the truth lies in what was found, parameter by parameter."""
    fitted = {each.path: each for each in found.parameters}
    for path, value in truth.items():
        told = fitted.get(path)
        if told is None:
            yield Recovered(number, path, float(value), False, float("nan"), float("nan"), False, False)
            continue
        column = np.array([row[path] for row in found.rows], dtype=float)
        below = float(found.weights[column < value].sum() + 0.5 * found.weights[column == value].sum())
        inner, outer = told.q25 <= value <= told.q75, told.q05 <= value <= told.q95
        yield Recovered(number, path, float(value), True, below, told.median, inner, outer)


def summed_up(rows: list[Recovered]) -> dict[str, dict[str, Any]]:
    """Return for each parameter how often it was fitted, and how often its intervals held the truth."""
    made: dict[str, dict[str, Any]] = {}
    for path in dict.fromkeys(each.path for each in rows):
        fitted = [each for each in rows if each.path == path and each.fitted]
        made[path] = {
            "truths": sum(each.path == path for each in rows),
            "fitted": len(fitted),
            "within50": sum(each.within50 for each in fitted),
            "within90": sum(each.within90 for each in fitted),
        }
    return made


def plain(rows: list[Recovered]) -> dict[str, Any]:
    """Return what came of all truths as plain values: ``recovery.json``."""
    undefined = [{name: None if value != value else value for name, value in each._asdict().items()} for each in rows]
    return {"parameters": summed_up(rows), "truths": undefined}


def _write(rows: list[Recovered], folder: Path) -> None:
    """Write what came of all truths."""
    with explained(folder):
        text = json.dumps(plain(rows), indent=2, ensure_ascii=False) + "\n"
        (folder / FOUND).write_text(text, encoding="utf-8")
        with (folder / TABLE).open("w", encoding="utf-8", newline="") as stream:
            table = csv.writer(stream, lineterminator="\n")
            table.writerow(Recovered._fields)
            table.writerows(["" if cell != cell else cell for cell in each] for each in rows)
