"""A design as something that travels: plain values from which any process makes the same scenario again."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from ecosim.scenario.layers import Node, Source, node_of
from ecosim.scenario.resolve import Loaded, checked, sparse
from ecosim.scenario.settings import apply_settings

COHORTS = "cohorts"  #: what a path begins with that speaks of one cohort of a calibration only
LEFT_OUT = ("observed", "metrics", "title", "question", "description")
"""What changes no run: words, what is laid over figures, and what is measured, which the study says."""


@dataclass(frozen=True)
class Recipe:
    """One design, from which the scenario at any point is made.

    Parameters
    ----------
    values : dict
        What the scenario says, in plain values; what it leaves out is a default.
    files : dict
        Name -> text of the data files that it names.
    scope : str
        Name of the cohort that it is, in a calibration: settings of other cohorts do not reach it.
    """

    values: dict[str, Any]
    files: dict[str, str] = field(default_factory=dict)
    scope: str = ""

    def loaded(self, settings: Mapping[str, Any] | None = None) -> Loaded:
        """Return the scenario at the point ``settings`` (dotted path -> value), checked.

        Raises
        ------
        InvalidFile
            When a value is impossible there.
        """
        folder = _folder(tuple(self.files.items())) if self.files else Path()
        root = node_of(self.values, Source(None, None, folder, bool(self.files)))
        own = self.own(settings or {})
        return checked(apply_settings(root, own) if own else root)

    def own(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        """Return those of ``settings`` that reach this design: common ones, and over them those of its cohort."""
        if not self.scope:
            return dict(settings)
        mine = f"{COHORTS}.{self.scope}."
        common = {path: value for path, value in settings.items() if not path.startswith(f"{COHORTS}.")}
        return common | {path[len(mine) :]: value for path, value in settings.items() if path.startswith(mine)}


def recipe_of(root: Node, loaded: Loaded, seed: int, scope: str = "") -> Recipe:
    """Return the recipe of the document ``root``, which is ``loaded``, under another ``seed``."""
    values = sparse(root)
    for name in LEFT_OUT:
        values.pop(name, None)
    files = {name: text for name, text in loaded.files().items() if name != "observed.csv"}
    return Recipe({**values, "seed": seed}, files, scope)


@cache
def _folder(files: tuple[tuple[str, str], ...]) -> Path:
    """Return a folder of this process in which ``files`` lie; it goes when the process ends."""
    folder = Path(mkdtemp(prefix="ecosim-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name, text in files:
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder
