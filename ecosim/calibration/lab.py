"""Where points are lived: by the runner of studies into their ledger, each under every cohort and luck of its own.

Points are numbered in the order in which they are thought of, which depends on nothing but the file and what earlier
points yielded. So a calibration that is started again thinks of the same points, and finds their runs in the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from ecosim.calibration.loaded import LoadedCalibration
from ecosim.calibration.targets import distances, statistics
from ecosim.errors import FolderInUse
from ecosim.model.state import Array
from ecosim.study.plan.space import Axis
from ecosim.study.runner.coordinator import Coordinator, stoppable
from ecosim.study.runner.executors import Executor
from ecosim.study.runner.order import Job, order_of, own_luck
from ecosim.study.store.folder import Store
from ecosim.study.sweep import How

SECONDS = 3600.0  #: in an hour


class Lived(NamedTuple):
    """What came of some points.

    Parameters
    ----------
    points : range
        Their numbers.
    found : array of shape (points, targets)
        What came out for each target, NaN where that is undefined.
    away : array of shape (points,)
        Their distances from the targets.
    """

    points: range
    found: Array
    away: Array


class Lab:
    """An open results folder, and who lives runs for it.

    Parameters
    ----------
    asked : LoadedCalibration
        What is sought; its points grow here.
    store : Store
        The folder.
    how : How
        How runs are made.
    executor : callable
        Returns who carries them.
    traces : str
        Folder in which workers that are stopped say where they were.
    """

    def __init__(
        self, asked: LoadedCalibration, store: Store, how: How, executor: Callable[[], Executor], traces: str
    ) -> None:
        self.asked, self.store, self.how, self.executor = asked, store, how, executor
        self._order = order_of(asked.study, how.plugins, traces)
        self._there = dict(_held(store))

    def lived(self, proposals: Sequence[Mapping[str, Any]]) -> Lived:
        """Return what comes of some points, path -> value each; what the ledger holds of them is not lived again.

        Raises
        ------
        FolderInUse
            When the ledger holds other points under their numbers: it was written by other versions of the libraries.
        Interrupted, ClusterLost, StorageError
            As they say; what was finished is kept.
        """
        before = len(self.asked.proposed)
        self.asked.proposed.extend(map(dict, proposals))
        points = range(before, before + len(proposals))
        missing = [job for job in self._jobs(points) if not self._is_there(job)]
        self._forget([self._there.pop(job) for job in missing if job in self._there])
        done = before * self.asked.runs_each + len(points) * self.asked.runs_each - len(missing)
        self.how.listener.planned(done, done + len(missing))
        if missing:
            self._live(missing)
        return self.again(points)

    def again(self, points: range) -> Lived:
        """Return what has come of points that are lived."""
        values = self.store.all_values(points, self.asked.calibration.replicates)
        found = statistics(values, self.asked.aims)
        return Lived(points, found, distances(found, self.asked.aims))

    def room(self) -> int:
        """Return how many more points the budget allows."""
        budget = self.asked.calibration.budget
        if budget.hours is not None and self._hours() >= budget.hours:
            return 0
        return budget.runs // self.asked.runs_each - len(self.asked.proposed)

    def _hours(self) -> float:
        """Return how long the runs of all points so far took, one after the other."""
        query = "SELECT total(seconds) FROM runs WHERE point < ?"
        return float(self.store.ledger.rows(query, (len(self.asked.proposed),))[0][0]) / SECONDS

    def _jobs(self, points: range) -> Iterator[Job]:
        """Yield the runs of some points: all cohorts of one luck together."""
        for point in points:
            for replicate in own_luck(point + 1, self.asked.calibration.replicates):
                for design in range(len(self.asked.study.arms)):
                    yield Job(point, replicate, design)

    def _is_there(self, job: Job) -> bool:
        """Tell whether the ledger holds a run; one that holds another in its place is refused.

        Where runs are tried again that failed, later points may have become others: then these take their place.
        """
        held, wanted = self._there.get(job), self.store.run_id(job)
        if held is not None and held != wanted and not self.how.retry_failed:
            raise FolderInUse("errors.calibration.diverged", folder=self.store.folder, point=job.point)
        return held == wanted

    def _forget(self, run_ids: Sequence[str]) -> None:
        """Take runs out of the ledger."""
        if run_ids:
            with self.store.ledger.writing() as base:
                base.executemany("DELETE FROM runs WHERE run_id = ?", [(each,) for each in run_ids])

    def tidy(self) -> None:
        """Take runs of points out of the ledger that are no points any more."""
        self._forget([run_id for job, run_id in self._there.items() if job.point >= len(self.asked.proposed)])

    def _live(self, missing: list[Job]) -> None:
        """Have runs made and kept."""
        settings, retries = self.asked.study.points.settings, self.asked.calibration.run.retries
        heard = self.how.listener.kept
        coordinator = Coordinator(self.executor(), self._order, settings, self.store, retries, heard)
        with stoppable(coordinator, self.how.listener.stopping):
            coordinator.run(iter(missing))


def _held(store: Store) -> Iterator[tuple[Job, str]]:
    """Yield the runs that a ledger holds, with their identities."""
    number = {name: place for place, name in enumerate(store.designs)}
    for run_id, point, replicate, design in store.ledger.rows("SELECT run_id, point, replicate, design FROM runs"):
        yield Job(point, replicate, number[design]), str(run_id)


def settings_at(axes: Sequence[Axis], units: Array) -> dict[str, Any]:
    """Return path -> value at a place in the unit cube of some axes."""
    return {axis.path: axis.value(float(u)) for axis, u in zip(axes, units, strict=True)}


def placed(axes: Sequence[Axis], proposals: Sequence[Mapping[str, Any]]) -> Array:
    """Return where points lie in the unit cube of some axes: shape (points, axes)."""
    rows = [[axis.unit(point[axis.path]) for axis in axes] for point in proposals]
    return np.asarray(rows, dtype=float).reshape(len(proposals), len(axes))
