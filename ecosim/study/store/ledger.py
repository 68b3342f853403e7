"""The ledger of a sweep: one SQLite file in which every finished run is a row. One writer, any readers, crash-safe."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LEDGER = "runs.sqlite"
SCHEMA = 1  #: version of the tables
FIXED = ("run_id", "design", "point", "replicate", "seed", "status", "seconds")
NETWORKS = frozenset(
    {"nfs", "nfs4", "lustre", "gpfs", "cifs", "smb3", "smbfs", "fuse.sshfs", "beegfs", "ceph", "9p", "afs"}
)
"""File systems on which SQLite's write-ahead log does not work: its readers and writer must share memory."""

Row = Sequence[Any]


class Ledger:
    """The open ledger of a results folder.

    Parameters
    ----------
    folder : Path
        The results folder.
    factors, metrics : sequence of str
        Columns besides the fixed ones, in this order; only where the ledger is new.
    read_only : bool
        Whether nothing is to be written.
    """

    def __init__(
        self, folder: Path, factors: Sequence[str] = (), metrics: Sequence[str] = (), read_only: bool = False
    ) -> None:
        self.path = folder / LEDGER
        if read_only:
            place = self.path.resolve().as_uri() + "?mode=ro"
            self._base = sqlite3.connect(place, uri=True, isolation_level=None, timeout=30.0)
            self.columns = self._columns()
            return
        fresh = not self.path.exists()
        self._base = sqlite3.connect(self.path, isolation_level=None, timeout=30.0, check_same_thread=False)
        mode = "TRUNCATE" if _filesystem(folder) in NETWORKS else "WAL"
        self._base.execute(f"PRAGMA journal_mode={mode}")
        self._base.execute("PRAGMA synchronous=FULL")
        if fresh or not self._tables():
            self._create(factors, metrics)
        self.columns = self._columns()

    def _columns(self) -> list[str]:
        """Return the columns of the table of runs."""
        return [row[1] for row in self._base.execute("PRAGMA table_info(runs)")]

    def _tables(self) -> bool:
        return self._base.execute("SELECT 1 FROM sqlite_master WHERE name = 'runs'").fetchone() is not None

    def _create(self, factors: Sequence[str], metrics: Sequence[str]) -> None:
        """Create the tables of a new ledger."""
        free = "".join(f", {quoted(name)}" for name in factors)
        free += "".join(f", {quoted(name)} REAL" for name in metrics)
        with self.writing() as base:
            base.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT)")
            base.execute(
                "CREATE TABLE runs (run_id TEXT PRIMARY KEY, design TEXT, point INTEGER, replicate INTEGER, "
                f"seed INTEGER, status TEXT, seconds REAL{free}) WITHOUT ROWID"
            )
            base.execute("CREATE INDEX runs_by_point ON runs (point)")
            base.execute("CREATE TABLE grouped (run_id TEXT PRIMARY KEY, found TEXT) WITHOUT ROWID")
            base.execute(
                "CREATE TABLE failures (run_id TEXT PRIMARY KEY, attempts INTEGER, error TEXT, traceback TEXT, "
                "settings TEXT, worker TEXT) WITHOUT ROWID"
            )
            base.execute("CREATE TABLE stage (run_id TEXT PRIMARY KEY, series BLOB) WITHOUT ROWID")
            base.execute("CREATE TABLE parts (name TEXT PRIMARY KEY, runs INTEGER)")
            base.execute("INSERT INTO meta VALUES ('schema', ?)", (str(SCHEMA),))

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Yield the base within a transaction: all of it is kept, or nothing."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield self._base
        except BaseException:
            if self._base.in_transaction:
                self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    def meta(self) -> dict[str, str]:
        """Return what the ledger says of itself."""
        return dict(self._base.execute("SELECT key, value FROM meta"))

    def set_meta(self, facts: Mapping[str, str]) -> None:
        """Write down what the ledger is about."""
        with self.writing() as base:
            base.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", facts.items())

    def rows(self, query: str, values: Row = ()) -> list[tuple[Any, ...]]:
        """Return the answer to a query."""
        return self._base.execute(query, values).fetchall()

    def add_runs(self, base: sqlite3.Connection, rows: Iterable[Row]) -> None:
        """Write rows of finished runs, all columns in order, within a transaction."""
        marks = ", ".join("?" * len(self.columns))
        base.executemany(f"INSERT OR REPLACE INTO runs VALUES ({marks})", rows)

    def close(self) -> None:
        """Close the file; the log is written back into it."""
        self._base.close()


def quoted(name: str) -> str:
    """Return ``name`` as SQL quotes a column."""
    return '"' + name.replace('"', '""') + '"'


def _filesystem(folder: Path) -> str:
    """Return the kind of file system that holds ``folder``, empty where the system does not tell."""
    try:
        lines = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    mounts = [line.split()[1:3] for line in lines if len(line.split()) > 2]
    place = str(folder.resolve())
    inside = [
        (len(point), kind) for point, kind in mounts if place == point or place.startswith(point.rstrip("/") + "/")
    ]
    return max(inside)[1] if inside else ""
