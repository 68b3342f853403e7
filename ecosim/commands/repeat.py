"""A run that lies in a folder, lived once more."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecosim.commands.voice import Voice
from ecosim.errors import InvalidFile, Problem

if TYPE_CHECKING:
    from ecosim.model.run import Run


def lived_again(folder: Path, speaker: Voice) -> tuple[Run, str]:
    """Return the run whose results lie in ``folder``, lived anew, and what people decided in it as text.

    Raises
    ------
    InvalidFile
        When the folder does not hold a run.
    """
    from ecosim.commands.choices import read_decisions
    from ecosim.commands.sources import open_scenario
    from ecosim.commands.warmup import announce_compiling
    from ecosim.model.run import simulate

    about = _about(folder)
    loaded = open_scenario(str(folder / "resolved.yaml"), {})
    given = (folder / "scenario.yaml").read_text(encoding="utf-8")
    loaded = replace(loaded, name=str(about["scenario"]["name"]), given=given)
    place = folder / "choices.json"
    choices = read_decisions(place).weeks if place.is_file() else None
    announce_compiling(speaker)
    run = simulate(loaded, int(about["replicate"]), choices=choices)
    return run, place.read_text(encoding="utf-8") if choices is not None else ""


def _about(folder: Path) -> dict[str, Any]:
    """Return the provenance of a run."""
    try:
        found: dict[str, Any] = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
        found["scenario"]["name"], found["replicate"]
    except (OSError, ValueError, LookupError, TypeError):
        raise InvalidFile(Problem("errors.folder.no_results", {}, file=str(folder))) from None
    return found
