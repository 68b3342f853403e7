"""Reports, figures and tables of what is on screen, as bytes: the same that the command line writes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ecosim.dashboard.desk import Desk
from ecosim.dashboard.world import loaded_of
from ecosim.report.folder import write_results
from ecosim.report.plots import figure
from ecosim.report.study import write_study_report
from ecosim.report.tabular import write_table
from ecosim.study.store.opening import reading
from ecosim.web.ensemble import Ensemble
from ecosim.web.films import film

HTML, YAML, ZIP = "text/html", "application/yaml", "application/zip"


def report_of_run(desk: Desk, lang: str) -> bytes:
    """Return the self-contained page of the run on screen."""
    run = film(loaded_of(desk), desk.replicate).run
    with TemporaryDirectory(prefix="ecosim-page-") as folder:
        write_results(run, Path(folder) / "run", lang, True)
        return (Path(folder) / "run" / "report.html").read_bytes()


def report_of_study(now: Ensemble, lang: str) -> bytes:
    """Return the self-contained page of a comparison that is done."""
    assert now.folder is not None and now.found is not None
    with reading(now.folder / "study", now.study) as store:
        written = write_study_report(store, now.found, lang)
    return written[-1].read_bytes()


def figures_of_run(run: Any, name: str, kind: str, lang: str) -> bytes:
    """Return a figure of a run as an image, ``png`` or ``svg``."""
    made = io.BytesIO()
    figure(name, run, lang).savefig(made, format=kind)
    return made.getvalue()


def tables_of_run(run: Any) -> bytes:
    """Return the weekly table and the table of learners as CSV, in one archive."""
    made = io.BytesIO()
    tables = {"weekly": run.weekly_table(), "learners": run.learners_table()}
    with (
        TemporaryDirectory(prefix="ecosim-page-") as folder,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name, table in tables.items():
            archive.write(write_table(table, Path(folder), name, parquet=False), f"{name}.csv")
    return made.getvalue()
