"""The results folder of a run: everything to read it, to compute with it, and to repeat it."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from ecosim.model.networks import pairs_of
from ecosim.model.provenance import own_version
from ecosim.model.tables import on_nodes
from ecosim.report.graphml import write_graphml
from ecosim.report.staging import PROVENANCE, check_place, staged
from ecosim.report.tabular import LARGE, write_table

FIGURES, CHOICES = "figures", "choices.json"
GROUPS = ("kind", "name", "metric", "value")  #: columns of the table of groups
OURS = frozenset(
    {
        "scenario.yaml", "resolved.yaml", "edges.csv", "observed.csv", PROVENANCE, "summary.json", "weekly.csv",
        "learners.csv", "learners.parquet", "network.graphml", "network.csv", "network.parquet", "groups.csv", CHOICES,
        FIGURES, "report.html",
    }
)  # fmt: skip
"""What ecosim may write into the folder of a run; whatever else lies there is the user's."""


def check_folder(out: Path, loaded: Any, replicate: int, choices: str = "") -> None:
    """Refuse a folder ``out`` that cannot take the results of ``loaded``; ask before a long run.

    Parameters are as for :func:`write_results`.

    Raises
    ------
    FolderInUse
        When it holds other files, or the results of another scenario, replicate, version, or of other choices.
    StorageError
        When it cannot be written.
    """
    check_place(Path(out).resolve(), _identity(loaded, replicate, choices))


def write_results(run: Any, out: Path, lang: str, figures: bool, choices: str = "") -> list[Path]:
    """Write the results folder of ``run``; it appears whole or not at all.

    Parameters
    ----------
    run : Run
        Finished.
    out : Path
        Folder to write: missing, empty, or holding results of the same scenario, replicate and version, which are
        replaced. Files of other names in it are kept.
    lang : {"en", "fr"}
        Language of the figures and of the page.
    figures : bool
        Whether to draw, which imports matplotlib, and to write the page ``report.html``, which shows the figures.
    choices : str
        What people decided, as the text of a JSON file; empty where nobody did.

    Returns
    -------
    list of Path
        What was written, in the order of reading.

    Raises
    ------
    FolderInUse, StorageError
        As :func:`check_folder`, or the disk is full; ``out`` is then as it was.
    """
    place = Path(out).resolve()
    identity = _identity(run.loaded, run.replicate, choices)
    with staged(place, identity, OURS) as folder:
        provenance = run.provenance() | {"choices": identity["choices"]}
        texts = {**_scenario(run.loaded), CHOICES: choices, PROVENANCE: _json(provenance)}
        written = [_write(folder / name, said) for name, said in texts.items() if said]
        written += [*_numbers(run, folder), *_groups(run, folder), *_people(run, folder)]
        if figures:
            from ecosim.report.plots import write_figures  # lazily: it imports matplotlib

            (folder / FIGURES).mkdir()
            written += write_figures(run, folder / FIGURES, lang)
            from ecosim.report.page import write_page  # lazily: it shows the figures, and imports Jinja

            written.append(write_page(run, folder, folder / FIGURES, lang, provenance, choices))
        names = [path.relative_to(folder) for path in written]
    return [Path(out) / name for name in names]


def _identity(loaded: Any, replicate: int, choices: str) -> dict[str, Any]:
    """Return what tells the results of one run from those of any other: dotted path in its provenance -> value."""
    return {
        "scenario.sha256": loaded.hash(),
        "replicate": replicate,
        "versions.ecosim": own_version(),
        "choices": sha256(choices.encode()).hexdigest() if choices else None,
    }


def _scenario(loaded: Any) -> dict[str, str]:
    """Return the scenario as given, and the complete one with its data files: name -> text."""
    return {"scenario.yaml": loaded.given or loaded.text(), "resolved.yaml": loaded.text(), **loaded.files()}


def _numbers(run: Any, folder: Path) -> list[Path]:
    """Write the summary and the weekly table."""
    return [
        _write(folder / "summary.json", _json(run.summary)),
        write_table(run.weekly_table(), folder, "weekly", parquet=False),
    ]


def _groups(run: Any, folder: Path) -> list[Path]:
    """Write run values by community and by profile, where there are several of them."""
    rows = [
        (kind, name, metric, np.nan if value is None else value)
        for kind, groups in run.by_group().items()
        for name, values in groups.items()
        for metric, value in values.items()
    ]
    if not rows:
        return []
    columns = zip(GROUPS, zip(*rows, strict=True), strict=True)
    table = {name: np.array(column) for name, column in columns}
    return [write_table(table, folder, "groups", parquet=False)]


def _people(run: Any, folder: Path) -> list[Path]:
    """Write the learners and their network; above 50,000 learners as Parquet."""
    table = run.learners_table()
    pairs, weight, ground = pairs_of(run.engine.ties)
    if run.loaded.scenario.learners <= LARGE:
        network = write_graphml(
            folder / "network.graphml", on_nodes(table), pairs, {"weight": weight, "ground": ground}
        )
        return [write_table(table, folder, "learners", parquet=False), network]
    ties = {"i": pairs[:, 0].astype(np.int32), "j": pairs[:, 1].astype(np.int32), "w": weight, "ground": ground}
    return [write_table(table, folder, "learners", parquet=True), write_table(ties, folder, "network", parquet=True)]


def _json(value: Any) -> str:
    """Return ``value`` as JSON that people can read."""
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _write(path: Path, said: str) -> Path:
    """Write a text as it is, its line ends included."""
    path.write_bytes(said.encode("utf-8"))
    return path
