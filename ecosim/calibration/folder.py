"""What a calibration leaves in its results folder besides runs, and how the folder is opened again."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from ecosim.calibration.findings import Found
from ecosim.calibration.loaded import LoadedCalibration
from ecosim.calibration.resolve import KIND, load_calibration
from ecosim.scenario.layers import Source, node_of
from ecosim.scenario.reader import read_file
from ecosim.scenario.resolve import sparse
from ecosim.scenario.settings import apply_settings
from ecosim.scenario.writer import write
from ecosim.study.plan.loaded import scenarios_of
from ecosim.study.plan.posterior import FILE as POSTERIOR
from ecosim.study.plan.posterior import WEIGHT
from ecosim.study.store.folder import Store, explained
from ecosim.study.store.ledger import Ledger, quoted
from ecosim.study.store.opening import PROVENANCE, RESOLVED, is_results, reading

FOUND, TOLD, WORLDS = "calibration.json", "identifiability.csv", "calibrated"


def is_calibration(folder: Path) -> bool:
    """Tell whether ``folder`` holds the results of a calibration."""
    return is_results(folder) and read_file(folder / RESOLVED).value.get("kind") == KIND


def begun(folder: Path, set: Mapping[str, Any] | None = None, seed: int | None = None) -> LoadedCalibration:
    """Return the calibration that a results folder holds, complete, under the name and with the text of its first file.

    Parameters
    ----------
    folder : Path
        The results folder.
    set, seed : optional
        As for :func:`ecosim.calibration.resolve.load_calibration`.
    """
    asked = load_calibration(folder / RESOLVED, set=set, seed=seed)
    about = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
    given = (folder / asked.study.file).read_text(encoding="utf-8")
    return replace(asked, study=replace(asked.study, name=str(about["study"]), given=given))


def held(folder: Path) -> LoadedCalibration:
    """Return the same with all points of which the folder has runs."""
    asked = begun(folder)
    asked.proposed.extend(_points(folder, [axis.path for axis in asked.axes]))
    return asked


def _points(folder: Path, paths: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield what each point sets, from the ledger; one of which no run is finished sets nothing."""
    ledger = Ledger(folder, read_only=True)
    try:
        columns = ", ".join(map(quoted, paths))
        rows = ledger.rows(f"SELECT DISTINCT point, {columns} FROM runs ORDER BY point")
    finally:
        ledger.close()
    found = {point: {path: value for path, value in zip(paths, values, strict=True) if value is not None}
             for point, *values in rows}  # fmt: skip
    yield from (found.get(point, {}) for point in range(max(found, default=-1) + 1))


@contextmanager
def reopened(folder: Path) -> Iterator[Store]:
    """Yield the results folder of a calibration to read in."""
    with reading(folder, held(folder).study) as store:
        yield store


def write_findings(found: Found, folder: Path) -> list[Path]:
    """Write what a calibration found into its folder, and return the paths.

    ``calibration.json`` holds all of it, ``identifiability.csv`` what the targets tell about each parameter,
    ``posterior.csv`` the particles, and ``calibrated/COHORT.yaml`` each cohort at the point that stands for all.
    """
    with explained(folder):
        path = folder / FOUND
        path.write_text(json.dumps(found.plain(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        written = [path, _identifiability(found, folder / TOLD)]
        if found.particles:
            written += [_particles(found, folder / POSTERIOR), *_worlds(found, folder / WORLDS)]
        return written


def _table(path: Path, rows: Iterable[Sequence[Any]]) -> Path:
    """Write rows as CSV, floats with all their digits, and what is undefined as an empty cell."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        plain = (["" if cell != cell else cell for cell in row] for row in rows)
        csv.writer(stream, lineterminator="\n").writerows(plain)
    return path


def _identifiability(found: Found, path: Path) -> Path:
    """Write a row for each parameter: what the targets tell about it, and how it moves each of them."""
    names = [aim.name for aim in found.asked.aims]
    rows = [[each.path, each.r2, each.low, each.high, int(each.fitted), *(each.moves[name] for name in names)]
            for each in found.screening.told]  # fmt: skip
    return _table(path, [["parameter", "r2", "low", "high", "fitted", *names], *rows])


def _particles(found: Found, path: Path) -> Path:
    """Write a row for each particle: its weight, and the value of every parameter."""
    paths = list(found.rows[0])
    rows = [
        [float(weight), *(row[each] for each in paths)] for weight, row in zip(found.weights, found.rows, strict=True)
    ]
    return _table(path, [[WEIGHT, *paths], *rows])


def _worlds(found: Found, folder: Path) -> list[Path]:
    """Write each cohort at the point that stands for all, as a scenario that runs, and can be extended."""
    folder.mkdir(exist_ok=True)
    arms, written = found.asked.study.arms, []
    scenarios, files = scenarios_of(arms)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    for arm in arms:
        root = node_of(scenarios[arm.name], Source(None, None, folder, True))
        values = sparse(apply_settings(root, arm.recipe.own(found.best)))
        if arm.recipe.files:
            values["context"]["network"]["file"] = scenarios[arm.name]["context"]["network"]["file"]
        path = folder / f"{arm.name}.yaml"
        title = {"title": arm.title or arm.name}
        path.write_text(write({"ecosim": 1, "kind": "scenario", **title, **values}), encoding="utf-8", newline="")
        written.append(path)
    return written
