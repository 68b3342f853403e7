"""The designs on a desk as a study: what ``ecosim sweep`` would compare, and a file that says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ecosim.dashboard.desk import Desk
from ecosim.dashboard.saving import nested, scenario_file
from ecosim.dashboard.world import design_label, scenario_of
from ecosim.language import LANGUAGES
from ecosim.scenario.writer import write

METRICS = ("retention", "participation", "mean_flow", "skill_gain", "autonomy", "apprenance", "autotelic_ratio")
MATTERS = {
    "retention": 0.02, "participation": 0.02, "mean_flow": 0.01, "skill_gain": 0.01, "autonomy": 0.01,
    "apprenance": 0.01, "autotelic_ratio": 0.02,
}  # fmt: skip
"""Metric -> the smallest difference that matters here; below it designs are called equivalent."""
FEWEST = 20  #: runs of each design before results are looked at


def design_name(place: int) -> str:
    """Return the name of a design in files: a letter."""
    return "abcd"[place]


def study_of(desk: Desk, replicates: int) -> dict[str, Any]:
    """Return the study that compares the designs of the desk, the first as baseline.

    Parameters
    ----------
    desk : Desk
        With at least two designs.
    replicates : int
        Runs of each design at most; it ends earlier when all that matters is decided.
    """
    asked = [each.name for each in scenario_of(desk).scenario.metrics if each.over == "run"]
    seed = {"seed": desk.shared["seed"]} if "seed" in desk.shared else {}
    return {
        "ecosim": 1,
        "kind": "study",
        "title": _title(desk),
        "scenario": _base(desk),
        "designs": {design_name(place): _design(desk, place) for place in range(len(desk.variants))},
        "replicates": {"min": min(FEWEST, replicates), "max": replicates},
        "metrics": list(dict.fromkeys([*METRICS, *asked])),
        "compare": {"baseline": design_name(0), "smallest_effect": dict(MATTERS)},
        "run": {"series": "weekly"},
        **seed,
    }


def _title(desk: Desk) -> Any:
    """Return the names of all designs as a title."""
    return {
        lang: " / ".join(design_label(desk, place, lang) for place in range(len(desk.variants))) for lang in LANGUAGES
    }


def _base(desk: Desk) -> Any:
    """Return the scenario of a study: the file of the command line by its path, which may name others; else itself."""
    if desk.source.kind == "path":
        return desk.source.value
    return scenario_file(desk.source, dict(desk.shared))


def _design(desk: Desk, place: int) -> dict[str, Any]:
    """Return what a design changes, as a study file says it."""
    shared: Mapping[str, Any] = desk.shared if desk.source.kind == "path" else {}
    settings = {**shared, **desk.variants[place].changes}
    settings.pop("seed", None)  # which is the study's
    changes = nested(settings)
    return {"title": {lang: design_label(desk, place, lang) for lang in LANGUAGES}, **changes}


def study_text(desk: Desk, replicates: int) -> str:
    """Return the study as YAML, which runs alone unless the scenario is a file of the command line's."""
    return write(study_of(desk, replicates))
