"""Opening the scenario that a command line names, with its settings and the user's own metrics."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ecosim.errors import EcosimError
from ecosim.model.metrics import METRICS
from ecosim.model.metrics.bounds import bounds
from ecosim.model.metrics.plugin import run_plugins
from ecosim.scenario.presets import PREFIX
from ecosim.scenario.reader import read_file
from ecosim.scenario.resolve import Loaded, load, parse_setting


def check_settings(settings: list[str] | None, plugin: list[Path] | None = None) -> dict[str, Any]:
    """Run the user's scripts and return the settings ``path=value`` as path -> value."""
    run_plugins(plugin)
    return dict(parse_setting(each) for each in settings or ())


def is_study(source: str) -> bool:
    """Tell whether ``source`` is a file that says it is a study."""
    if source.startswith(PREFIX):
        return False
    try:
        value = read_file(source).value
    except EcosimError:
        return False  # whoever opens it says what is wrong
    return isinstance(value, dict) and value.get("kind") == "study"


def open_scenario(source: str, settings: Mapping[str, Any], seed: int | None = None) -> Loaded:
    """Return the scenario ``source`` under ``settings``, checked."""
    return load(source, set=settings, seed=seed, metrics=METRICS, bounds=bounds())
