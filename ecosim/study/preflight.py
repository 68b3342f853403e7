"""What a study will take, before it is run: measured on a run or two of it."""

from __future__ import annotations

import sys
from time import perf_counter
from typing import NamedTuple

from ecosim.model.metrics.summary import needs_diary
from ecosim.study.plan.loaded import LoadedStudy
from ecosim.study.rounds import first_count, last_count
from ecosim.study.runner.executors import usable_processors
from ecosim.study.runner.live import grouped, lived, measured, weekly
from ecosim.study.runner.order import order_of
from ecosim.study.sweep import compile_first

MACHINERY = 1.15  #: what a run costs in a sweep, over what it costs alone
ROW_BYTES, VALUE_BYTES, KEPT = 160, 9, 0.9  #: of a ledger row, of a number in it; share that packing leaves of series
PROBES = 2


class Preflight(NamedTuple):
    """What a study will take.

    Parameters
    ----------
    least, most : int
        Runs, if every difference is decided at the first look, and if none ever is.
    seconds : float
        Of one run, the mean over the designs.
    workers : int
        Runs at once.
    minutes_least, minutes_most : float
        In all.
    worker_megabytes : float
        Memory of one worker.
    disk_megabytes : float
        Of the results, at most.
    """

    least: int
    most: int
    seconds: float
    workers: int
    minutes_least: float
    minutes_most: float
    worker_megabytes: float
    disk_megabytes: float


def preflight(study: LoadedStudy, workers: int | None = None, counts: tuple[int, int] | None = None) -> Preflight:
    """Return what ``study`` will take with so many workers: designs are probed at their first and last point.

    Parameters
    ----------
    study : LoadedStudy
        What is to be run.
    workers : int, optional
        Runs at once; one a processor unless given.
    counts : (int, int), optional
        Runs at least and at most, where the study does not tell.
    """
    compile_first(study)
    order, points = order_of(study), sorted({0, len(study.points) - 1})
    spent, series = [], 0
    for arm in study.arms:
        for point in points[:PROBES]:
            loaded = arm.recipe.loaded(study.points.settings(point))
            begun = perf_counter()
            engine = lived(loaded, 0, watch=needs_diary(study.wanted))
            measured(engine, study.wanted, loaded)
            grouped(engine, study.wanted, order.groups)
            series = max(series, len(weekly(engine, study.wanted)) if order.series else 0)
            spent.append(perf_counter() - begun)
    count, seconds = workers or usable_processors(), sum(spent) / len(spent)
    least, most = counts or (first_count(study), last_count(study))
    row = ROW_BYTES + VALUE_BYTES * (len(study.wanted) + len(study.points.axes)) + KEPT * series
    return Preflight(
        least, most, seconds, count, least * seconds * MACHINERY / count / 60, most * seconds * MACHINERY / count / 60,
        peak_megabytes(), most * row / 1e6,
    )  # fmt: skip


def peak_megabytes() -> float:
    """Return the most memory that this process has had, 0 where the system does not tell."""
    try:
        import resource  # lazily: there is none on Windows
    except ImportError:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(peak) / (1e6 if sys.platform == "darwin" else 1e3)
