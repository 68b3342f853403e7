"""Weekly series of many runs: staged in the ledger, then moved a thousand runs at a time into Parquet files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ecosim.study.runner.live import unpacked
from ecosim.study.store.ledger import Ledger

FOLDER = "series"
PART = 1000  #: runs in one file


class Series:
    """The weekly series of a results folder.

    Parameters
    ----------
    folder : Path
        The results folder.
    ledger : Ledger
        In which series wait until there are enough of them.
    metrics : sequence of str
        Their columns.
    """

    def __init__(self, folder: Path, ledger: Ledger, metrics: Sequence[str]) -> None:
        self.folder, self.ledger, self.metrics = folder / FOLDER, ledger, list(metrics)

    def tidy(self) -> None:
        """Remove files that a crash has left before they were entered in the ledger."""
        if not self.folder.is_dir():
            return
        known = {name for (name,) in self.ledger.rows("SELECT name FROM parts")}
        for path in self.folder.iterdir():
            if path.name.startswith("part-") and path.name not in known:
                path.unlink()

    def compact(self, all_of_them: bool = False) -> None:
        """Move full thousands of staged runs into files; ``all_of_them``: the rest too."""
        while True:
            staged = self.ledger.rows("SELECT count(*) FROM stage")[0][0]
            if not staged or (staged < PART and not all_of_them):
                return
            self._move()

    def _move(self) -> None:
        """Move the next thousand runs into a file; a crash at any moment loses none and doubles none."""
        rows = self.ledger.rows(
            "SELECT s.run_id, r.design, r.point, r.replicate, s.series FROM stage s JOIN runs r USING (run_id) "
            "ORDER BY s.run_id LIMIT ?",
            (PART,),
        )
        self.folder.mkdir(exist_ok=True)
        name = f"part-{rows[0][0]}.parquet"
        path, unfinished = self.folder / name, self.folder / f"{name}.tmp"
        _write(table_of(rows, self.metrics), unfinished)
        unfinished.rename(path)
        _to_disk(self.folder)
        with self.ledger.writing() as base:
            base.execute("INSERT OR REPLACE INTO parts VALUES (?, ?)", (name, len(rows)))
            base.executemany("DELETE FROM stage WHERE run_id = ?", [(row[0],) for row in rows])

    def table(self) -> Any:
        """Return all series as one pyarrow table, by run and week: those in files and those that wait."""
        import pyarrow  # lazily: only series need it
        from pyarrow.parquet import read_table

        names = [name for (name,) in self.ledger.rows("SELECT name FROM parts ORDER BY name")]
        rows = self.ledger.rows(
            "SELECT s.run_id, r.design, r.point, r.replicate, s.series FROM stage s JOIN runs r USING (run_id)"
        )
        parts = [read_table(self.folder / name) for name in names]
        whole = pyarrow.concat_tables([*parts, table_of(rows, self.metrics)])
        return whole.sort_by([(key, "ascending") for key in ("point", "replicate", "design", "week")])


def table_of(rows: Sequence[tuple[Any, ...]], metrics: Sequence[str]) -> Any:
    """Return (run_id, design, point, replicate, packed series) as a pyarrow table with a row a week."""
    import pyarrow  # lazily: only series need it

    found = [unpacked(row[4], len(metrics)) for row in rows]
    weeks = [each.shape[1] for each in found]
    whole = np.concatenate(found, axis=1) if found else np.empty((len(metrics), 0), "<f4")
    week = np.concatenate([np.arange(count, dtype="i4") for count in weeks]) if found else np.empty(0, "i4")
    columns = {
        "run_id": pyarrow.array(np.repeat(np.array([row[0] for row in rows], object), weeks), pyarrow.string()),
        "design": pyarrow.array(np.repeat(np.array([row[1] for row in rows], object), weeks), pyarrow.string()),
        "point": pyarrow.array(np.repeat(np.array([row[2] for row in rows], "i8"), weeks)),
        "replicate": pyarrow.array(np.repeat(np.array([row[3] for row in rows], "i8"), weeks)),
        "week": pyarrow.array(week),
    }
    columns |= {name: pyarrow.array(row, from_pandas=True) for name, row in zip(metrics, whole, strict=True)}
    return pyarrow.table(columns)


def _write(table: Any, path: Path) -> None:
    """Write a table to disk, and make sure that it is there."""
    from pyarrow.parquet import write_table  # lazily: only series need it

    write_table(table, path, compression="zstd")
    _to_disk(path)


def _to_disk(path: Path) -> None:
    """Make sure that ``path`` is on the disk."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
