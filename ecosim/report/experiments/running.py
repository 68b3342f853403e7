"""Running an experiment anew: its results folder, its small file, its figures."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

from ecosim.language import LANGUAGES
from ecosim.report.experiments import kept
from ecosim.report.experiments.figure import draw
from ecosim.report.experiments.places import Place
from ecosim.study.findings import findings, write_tables
from ecosim.study.plan.resolve import load_study
from ecosim.study.store.folder import Store
from ecosim.study.sweep import How, swept


def renew(place: Place, results: Path, workers: int | None = None) -> float:
    """Run what is missing of an experiment, write what is kept of it, and return how many seconds that took.

    Parameters
    ----------
    place : Place
        The experiment.
    results : Path
        Folder in which its results folder is, or will be.
    workers : int, optional
        Processes; without it one a processor.

    Raises
    ------
    InvalidFile, FolderInUse, StorageError
        When the study is not valid, or the results are of another study or of older code.
    """
    begun = perf_counter()

    def finish(store: Store) -> None:
        found = findings(store)
        write_tables(found, store.folder)
        kept.write(kept.small(found, place), place)
        for lang in LANGUAGES:
            draw(found, place, lang)

    swept(load_study(place.study), results / place.name, How(workers=workers), finish)
    return perf_counter() - begun
