"""The results folder of a sweep: opened by one coordinator at a time, readable by all while it grows."""

from __future__ import annotations

import errno
import json
import os
import socket
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from ecosim.errors import FolderInUse, InvalidFile, Problem, StorageError
from ecosim.model.provenance import commit, versions
from ecosim.model.state import Array
from ecosim.study.plan.resolve import LoadedStudy, load_study
from ecosim.study.runner.order import Job, Outcome, run_ids
from ecosim.study.store.ledger import LEDGER, SCHEMA, Ledger, quoted
from ecosim.study.store.series import Series

LOCK, PROVENANCE = ".lock", "provenance.json"
GIVEN, RESOLVED = "study.yaml", "resolved.yaml"
FULL = (errno.ENOSPC, errno.EDQUOT)


class Store:
    """An open results folder; made by :func:`opened`.

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
            raise _storage_error(error, self.folder) from error

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
def opened(folder: Path, study: LoadedStudy, code: str, argv: Sequence[str] = ()) -> Iterator[Store]:
    """Yield the results folder of a study, which nobody else may write to meanwhile.

    Raises
    ------
    FolderInUse
        When another coordinator has it, or it belongs to another study, another version, other files.
    StorageError
        When it cannot be written.
    """
    from filelock import FileLock, Timeout  # lazily: only sweeps need it

    _prepare(folder)
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise FolderInUse("errors.folder.in_use", folder=folder, holder=_holder(folder)) from None
    try:
        (folder / f"{LOCK}.by").write_text(f"{socket.gethostname()} {os.getpid()}", encoding="utf-8")
        with _explained(folder):
            store = Store(folder, study, code)
        try:
            _check(store)
            store.series.tidy()
            _write_about(store, argv)
            yield store
        finally:
            store.close()
    finally:
        (folder / f"{LOCK}.by").unlink(missing_ok=True)
        lock.release()


def _prepare(folder: Path) -> None:
    """Make the folder, or refuse one that holds other files."""
    with _explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        found = {each.name for each in folder.iterdir()} - {LOCK, f"{LOCK}.by"}
    if found and LEDGER not in found:
        raise FolderInUse("errors.folder.other_files", folder=folder)


def _holder(folder: Path) -> str:
    """Return who has the folder."""
    try:
        host, pid = (folder / f"{LOCK}.by").read_text(encoding="utf-8").split()
    except (OSError, ValueError):
        return "?"
    return f"{host}, {pid}"


def _check(store: Store) -> None:
    """Refuse a folder of another study, of another version of the model, or with other tables."""
    held = store.ledger.meta()
    facts = {"spec": store.study.spec(), "code": store.code}
    if "spec" not in held:
        store.ledger.set_meta({**facts, "registered": store.study.registered(), "begun": _now()})
        return
    if held.get("schema") != str(SCHEMA):
        raise FolderInUse("errors.folder.schema", folder=store.folder, held=held.get("schema", "?"), now=SCHEMA)
    for name, value in facts.items():
        if held.get(name) != value:
            said = {"held": held.get(name, "?")[:24], "now": value[:24], "study": _name_in(store.folder)}
            raise FolderInUse(f"errors.folder.{name}", folder=store.folder, **said)


def _name_in(folder: Path) -> str:
    """Return the name of the study that a results folder holds."""
    try:
        return str(json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))["study"])
    except (OSError, ValueError, LookupError, TypeError):
        return "?"


def _write_about(store: Store, argv: Sequence[str]) -> None:
    """Write the study as given and complete, its data files, and where results come from."""
    study = store.study
    _, files = study.resolved()
    with _explained(store.folder):
        if study.given or not (store.folder / GIVEN).exists():
            (store.folder / GIVEN).write_text(study.given or study.text(), encoding="utf-8", newline="")
        (store.folder / RESOLVED).write_text(study.text(), encoding="utf-8", newline="")
        for name, text in files.items():
            (store.folder / name).write_text(text, encoding="utf-8", newline="")
        about = _provenance(store, argv or sys.argv)
        (store.folder / PROVENANCE).write_text(json.dumps(about, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _provenance(store: Store, argv: Sequence[str]) -> dict[str, Any]:
    """Return what is needed to repeat the study: this session's facts, and those of the sessions before."""
    path = store.folder / PROVENANCE
    before: list[Any] = []
    if path.exists():
        try:
            before = json.loads(path.read_text(encoding="utf-8"))["sessions"]
        except (ValueError, LookupError, TypeError):
            before = []
    session = {
        "begun": _now(),
        "argv": list(argv),
        "host": socket.gethostname(),
        "versions": versions(),
        "git": commit(),
    }
    return {
        "study": store.study.name, "spec": store.study.spec(), "code": store.code, "seed": store.study.seed,
        "sessions": [*before, session],
    }  # fmt: skip


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """Turn what the system says into what the user can do about it."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise _storage_error(error, folder) from error


def _storage_error(error: Exception, folder: Path) -> StorageError:
    """Return what to say of an ``error`` met while a folder was written."""
    said = str(error)
    if "full" in said or getattr(error, "errno", None) in FULL:
        return StorageError("errors.storage.full_resume", folder=folder)
    number = getattr(error, "errno", None)
    key = {errno.EACCES: "forbidden", errno.EPERM: "forbidden", errno.EROFS: "read_only", errno.ENOTDIR: "no_folder",
           errno.EEXIST: "no_folder", errno.ENAMETOOLONG: "long_name"}.get(number or 0, "refused")  # fmt: skip
    return StorageError(f"errors.storage.{key}", folder=folder, reason=said)


def is_results(folder: Path) -> bool:
    """Tell whether ``folder`` holds the results of a sweep."""
    return (folder / LEDGER).is_file() and (folder / RESOLVED).is_file()


def held(folder: Path, set: Mapping[str, Any] | None = None, seed: int | None = None) -> LoadedStudy:
    """Return the study that a results folder holds, complete, under the name and with the text of its first file.

    Parameters
    ----------
    folder : Path
        The results folder.
    set, seed : optional
        As for :func:`ecosim.study.plan.resolve.load_study`.

    Raises
    ------
    InvalidFile
        When it holds none.
    """
    if not is_results(folder):
        raise InvalidFile(Problem("errors.folder.no_sweep", {}, file=str(folder)))
    study = load_study(folder / RESOLVED, set=set, seed=seed)
    about = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
    return replace(study, name=str(about["study"]), given=(folder / GIVEN).read_text(encoding="utf-8"))


@contextmanager
def reading(folder: Path, study: LoadedStudy | None = None) -> Iterator[Store]:
    """Yield the results folder of a sweep to read in, whoever may be writing to it and whatever version wrote it."""
    found = study or held(folder)
    store = Store(folder, found, code="", read_only=True)
    store.code = store.ledger.meta()["code"]
    store.identify()
    try:
        yield store
    finally:
        store.close()


def frame(folder: Path, status: Iterable[str] = ("done",)) -> Any:
    """Return the runs of a folder as a DataFrame, by point, replicate and design; a sweep may go on meanwhile."""
    import pandas  # lazily: it takes a third of a second

    base = sqlite3.connect((folder / LEDGER).resolve().as_uri() + "?mode=ro", uri=True, timeout=30.0)
    try:
        wanted = list(status)
        marks = ", ".join("?" * len(wanted))
        found = pandas.read_sql_query(f"SELECT * FROM runs WHERE status IN ({marks})", base, params=wanted)
    finally:
        base.close()
    return found.sort_values(["point", "replicate", "design"], kind="stable").reset_index(drop=True)
