"""Opening the scenario that a command line names, with its settings and the user's own metrics."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecosim.errors import EcosimError
from ecosim.model.metrics import METRICS
from ecosim.model.metrics.bounds import bounds
from ecosim.model.metrics.plugin import run_plugins
from ecosim.scenario.presets import PREFIX
from ecosim.scenario.reader import read_file
from ecosim.scenario.resolve import Loaded, load, parse_setting

if TYPE_CHECKING:
    from ecosim.study.plan.loaded import LoadedStudy


def check_settings(settings: list[str] | None, plugin: list[Path] | None = None) -> dict[str, Any]:
    """Run the user's scripts and return the settings ``path=value`` as path -> value."""
    run_plugins(plugin)
    return dict(parse_setting(each) for each in settings or ())


def is_study(source: str) -> bool:
    """Tell whether ``source`` is a file that says it is a study."""
    return kind_of(source) == "study"


def kind_of(source: str) -> str:
    """Return which kind of file ``source`` says it is, empty where it does not say."""
    if source.startswith(PREFIX):
        return ""
    try:
        value = read_file(source).value
    except EcosimError:
        return ""  # whoever opens it says what is wrong
    return str(value.get("kind", "")) if isinstance(value, dict) else ""


def held_runs(folder: Path) -> LoadedStudy:
    """Return the study that a results folder holds, or the runs of a calibration as if they were one.

    Raises
    ------
    InvalidFile
        When it holds neither.
    """
    from ecosim.calibration import folder as calibrated  # lazily: most commands open no folder
    from ecosim.study.store.opening import held

    return calibrated.held(folder).study if calibrated.is_calibration(folder) else held(folder)


def open_scenario(source: str, settings: Mapping[str, Any], seed: int | None = None) -> Loaded:
    """Return the scenario ``source`` under ``settings``, checked."""
    return load(source, set=settings, seed=seed, metrics=METRICS, bounds=bounds())
