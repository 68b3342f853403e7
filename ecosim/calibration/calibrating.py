"""A calibration from its file to its results folder: run, interrupted, taken up again, summed up."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from shlex import join

from ecosim.calibration.document import Abc, Optuna
from ecosim.calibration.findings import Found
from ecosim.calibration.fit import Fit
from ecosim.calibration.lab import Lab
from ecosim.calibration.loaded import LoadedCalibration
from ecosim.calibration.screening import Screened, screened
from ecosim.errors import EcosimError, UsageError
from ecosim.study.runner.coordinator import trace_folder
from ecosim.study.runner.order import code_version
from ecosim.study.store.folder import Store
from ecosim.study.store.opening import opened
from ecosim.study.sweep import How, crew

NEEDS = {"abc": "pyabc", "optuna": "optuna"}  #: library of each method


def check_libraries(asked: LoadedCalibration) -> None:
    """Refuse a method of which the library is missing.

    Raises
    ------
    UsageError
        Which names the extra that brings it.
    """
    library = NEEDS.get(asked.calibration.method.kind)
    if library is not None and find_spec(library) is None:
        raise UsageError("errors.calibration.library", library=library)


def calibrated(
    asked: LoadedCalibration, folder: Path, how: How, finish: Callable[[Store, Found], None] = lambda store, found: None
) -> Found:
    """Run all of a calibration that its folder does not hold yet, let ``finish`` sum it up, and return what was found.

    Raises
    ------
    UsageError
        When a library is missing.
    FolderInUse, StorageError, ClusterLost, Interrupted
        As they say; what was finished is kept.
    """
    check_libraries(asked)
    asked = asked.fresh()
    try:
        with (
            crew(asked.study, how) as executor,
            opened(folder, asked.study, code_version(how.plugins), how.argv) as store,
            trace_folder() as traces,
        ):
            if how.retry_failed:
                store.forget_failed()
            lab = Lab(asked, store, how, executor, traces if how.cluster is None else "")
            found = _found(lab)
            store.series.compact(all_of_them=True)
            finish(store, found)
            return found
    except EcosimError as error:
        again = how.again(folder) if how.argv else join(["ecosim", "calibrate", str(folder)])
        for problem in error.problems:
            problem.facts.setdefault("again", again)
        raise


def _found(lab: Lab) -> Found:
    """Return what is found: the screening, then the fit of what it keeps."""
    screening = screened(lab)
    fit = _fit(lab, screening)
    lab.tidy()
    return Found(lab.asked, screening, fit, lab.store.counts())


def _fit(lab: Lab, screening: Screened) -> Fit | None:
    """Return the fit of the parameters that the targets tell something about, ``None`` where none is asked for."""
    axes, method = screening.kept(lab.asked.axes), lab.asked.calibration.method
    if not axes:
        return None
    if isinstance(method, Abc):
        from ecosim.calibration.smc import posterior, relived  # lazily: an extra, and it takes three seconds

        return relived(lab, posterior(lab, axes, method, screening.lived))
    if isinstance(method, Optuna):
        from ecosim.calibration.tpe import nearest_point  # lazily: an extra

        return nearest_point(lab, axes, method, screening.lived)
    return None
