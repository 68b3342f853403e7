"""What a results folder keeps of the runs of a study, and how they are read back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from ecosim.errors import REFUSALS, StorageError
from ecosim.model.state import Array
from ecosim.study.plan.loaded import LoadedStudy
from ecosim.study.runner.order import Job, Outcome, run_ids
from ecosim.study.store.ledger import Ledger, quoted
from ecosim.study.store.series import Series


class Store:
    """An open results folder; made by :func:`ecosim.study.store.opening.opened`.

    Parameters
    ----------
    folder : Path
        Where it is.
    study : LoadedStudy
        What it is about.
    code : str
        What its results depend on besides the study.
    read_only : bool
        Whether nothing is to be written.
    """

    def __init__(self, folder: Path, study: LoadedStudy, code: str, read_only: bool = False) -> None:
        self.folder, self.study, self.code = folder, study, code
        self.factors = [axis.path for axis in study.points.axes]
        self.metrics = [each.key for each in study.wanted]
        self.designs = [arm.name for arm in study.arms]
        self.ledger = Ledger(folder, self.factors, self.metrics, read_only)
        self.series = Series(folder, self.ledger, self.metrics)
        self.identify()

    def identify(self) -> None:
        """Let runs have the identities that the store's code gives them."""
        self._ids = run_ids(self.study, self.code)

    def run_id(self, job: Job) -> str:
        """Return the identity of a run."""
        return self._ids.of(job)

    def write(self, outcomes: Sequence[Outcome], attempts: int = 1) -> None:
        """Keep what came of some runs, in one transaction.

        Raises
        ------
        StorageError
            When the disk is full; what was kept before is there.
        """
        try:
            with self.ledger.writing() as base:
                self.ledger.add_runs(base, [self._row(each) for each in outcomes])
                ids = {each.job: self.run_id(each.job) for each in outcomes}
                base.executemany(
                    "INSERT OR REPLACE INTO grouped VALUES (?, ?)",
                    [(ids[o.job], o.groups) for o in outcomes if o.groups],
                )
                base.executemany(
                    "INSERT OR REPLACE INTO stage VALUES (?, ?)", [(ids[o.job], o.series) for o in outcomes if o.series]
                )
                base.executemany(
                    "INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?, ?, ?)",
                    [self._failure(o, ids[o.job], attempts) for o in outcomes if o.status != "done"],
                )
            self.series.compact()
        except (OSError, sqlite3.Error) as error:
            raise storage_error(error, self.folder) from error

    def _row(self, outcome: Outcome) -> list[Any]:
        """Return one run as a row of the ledger."""
        job = outcome.job
        values = outcome.values or [None] * len(self.metrics)
        return [
            self.run_id(job), self.designs[job.design], job.point, job.replicate, self.study.seed, outcome.status,
            round(outcome.seconds, 6), *self.study.points.cells(job.point), *values,
        ]  # fmt: skip

    def _failure(self, outcome: Outcome, run_id: str, attempts: int) -> tuple[Any, ...]:
        """Return what is known of a run that failed."""
        settings = json.dumps(self.study.points.settings(outcome.job.point), ensure_ascii=False)
        return run_id, attempts, outcome.error, outcome.traceback, settings, outcome.worker

    def finished(self) -> Iterator[Job]:
        """Yield the runs that are done or given up."""
        number = {name: place for place, name in enumerate(self.designs)}
        for point, replicate, design in self.ledger.rows("SELECT point, replicate, design FROM runs"):
            yield Job(point, replicate, number[design])

    def forget_failed(self) -> int:
        """Let failed and quarantined runs be tried again; return how many there are."""
        with self.ledger.writing() as base:
            count = base.execute("DELETE FROM runs WHERE status != 'done'").rowcount
            base.execute("DELETE FROM failures")
        return int(count)

    def counts(self) -> dict[str, int]:
        """Return how many runs there are of each status."""
        return dict(self.ledger.rows("SELECT status, count(*) FROM runs GROUP BY status"))

    def values(self, point: int) -> Array:
        """Return the metrics of the runs at a point: shape (designs, replicates, metrics), NaN where there is none."""
        return np.asarray(self.all_values(range(point, point + 1))[0])

    def box_values(self) -> Array:
        """Return the metrics of the runs in the assumption box, as :meth:`all_values` does; none without one."""
        box = self.study.box
        if box is None or box.robustness is None:
            return self.all_values(range(0))
        return self.all_values(range(1, len(self.study.points)), box.robustness.replicates)

    def all_values(self, points: range, times: int = 0) -> Array:
        """Return the metrics of the runs at consecutive points.

        Parameters
        ----------
        points : range
            Which.
        times : int
            How many replicates of its own each point has; 0 where all have the same.

        Returns
        -------
        array of shape (points, designs, replicates, metrics)
            NaN where there is none.
        """
        columns = ", ".join(map(quoted, self.metrics))
        rows = self.ledger.rows(
            f"SELECT point, design, replicate, {columns} FROM runs WHERE point >= ? AND point < ? AND status = 'done'",
            (points.start, points.stop),
        )
        most = times or max((row[2] for row in rows), default=-1) + 1
        found = np.full((len(points), len(self.designs), most, len(self.metrics)), np.nan)
        if rows:
            number = {name: place for place, name in enumerate(self.designs)}
            keys = np.array([(row[0] - points.start, number[row[1]], row[2]) for row in rows])
            if times:
                keys[:, 2] %= times
            found[keys[:, 0], keys[:, 1], keys[:, 2]] = np.array([row[3:] for row in rows], dtype=float)
        return found

    def close(self) -> None:
        """Close the ledger."""
        self.ledger.close()


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn what the system says into what the user can do about it."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise storage_error(error, folder) from error


def storage_error(error: Exception, folder: Path) -> StorageError:
    """Return what to say of an ``error`` met while a folder was written."""
    said, number = str(error), getattr(error, "errno", None) or 0
    key = REFUSALS.get(number, "full" if "full" in said else "refused")  # SQLite says it in words alone
    if key == "full":
        return StorageError("errors.storage.full_resume", folder=folder)
    return StorageError(f"errors.storage.{key}", folder=folder, reason=said)
