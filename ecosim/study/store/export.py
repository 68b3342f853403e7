"""The runs and series of a sweep as files that every other tool reads: CSV for spreadsheets, Parquet for the rest."""

from __future__ import annotations

from pathlib import Path

from ecosim.study.store.folder import Store
from ecosim.study.store.opening import frame

FOLDER = "export"


def write_exports(store: Store) -> list[Path]:
    """Write ``export/runs.csv``, ``runs.parquet`` and, where series are kept, ``series.parquet``; return the paths.

    Every run is a row, by point, replicate and design, failed ones too; floats have all their digits.
    """
    folder = store.folder / FOLDER
    folder.mkdir(exist_ok=True)
    runs = frame(store.folder, store.counts())
    for name in store.factors:
        if runs[name].dtype == object:  # numbers beside schedules: a column of a table is of one kind
            runs[name] = runs[name].map(str, na_action="ignore")
    runs.to_csv(folder / "runs.csv", index=False, lineterminator="\n")
    runs.to_parquet(folder / "runs.parquet", index=False)
    written = [folder / "runs.csv", folder / "runs.parquet"]
    if store.study.study.run.series == "weekly":
        from pyarrow.parquet import write_table  # lazily: only series need it

        path = folder / "series.parquet"
        write_table(store.series.table(), path, compression="zstd")
        written.append(path)
    return written
