"""Small calibrations for tests, and what one asks of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas

from ecosim.calibration.calibrating import calibrated
from ecosim.calibration.findings import Found
from ecosim.calibration.folder import write_findings
from ecosim.calibration.loaded import LoadedCalibration
from ecosim.calibration.resolve import load_calibration
from ecosim.study.store.opening import frame
from ecosim.study.sweep import How
from tests.study.worlds import TINY

WORLD = {"extends": "preset:community-of-practice", "learners": 60, "weeks": 8}
"""A world in which the parameters of FREE show."""

FREE: dict[str, Any] = {
    "context.population.b0_mean": {"min": -3, "max": 1},
    "design.hazard": {"min": 0.01, "max": 0.3, "scale": "log"},
}
TARGETS = [
    {"cohort": "first", "metric": "participation", "low": 0.4, "high": 0.5},
    {"cohort": "first", "metric": "retention", "low": 0.6, "high": 0.7},
]
QUICK = {"kind": "abc", "screening": 40, "population": 24, "generations": 2}
GIVEN: dict[str, Any] = {
    "cohorts": {"first": {"scenario": WORLD}}, "targets": TARGETS, "free": FREE, "method": QUICK, "replicates": 1,
    "seed": 3,
}  # fmt: skip
"""One world, of which both parameters can be told."""

FAST: dict[str, Any] = {**GIVEN, "cohorts": {"first": {"scenario": TINY}}}
"""The same with a world of a millisecond."""


def asked(given: dict[str, Any] | None = None, **parts: Any) -> LoadedCalibration:
    """Return a calibration with some parts of its own."""
    return load_calibration({**(given or GIVEN), **parts})


def found(made: LoadedCalibration, folder: Path, how: How | None = None) -> Found:
    """Calibrate, write what was found, and return it."""
    return calibrated(made, folder, how or How(workers=2), lambda store, result: _keep(result, store.folder))


def _keep(result: Found, folder: Path) -> None:
    write_findings(result, folder)


TABLES = ("calibration.json", "identifiability.csv", "posterior.csv")


def everything(folder: Path) -> tuple[list[bytes], pandas.DataFrame]:
    """Return all that a folder holds of what was found, and its runs but for how long they took."""
    return [(folder / name).read_bytes() for name in TABLES], frame(folder, ("done", "failed")).drop(columns="seconds")


def same(one: Path, other: Path) -> None:
    """Compare what two folders hold, bit for bit."""
    (tables, runs), (others, other_runs) = everything(one), everything(other)
    assert tables == others
    pandas.testing.assert_frame_equal(runs, other_runs, check_exact=True)
