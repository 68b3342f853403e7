"""What is on the desk as files and command lines, so that everything seen here can be had again without this page."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from typing import Any

from ecosim.dashboard.desk import Desk, Source
from ecosim.scenario.extends import opened
from ecosim.scenario.presets import PREFIX
from ecosim.scenario.settings import apply_settings
from ecosim.scenario.writer import write

PROGRAM = "ecosim"
LONGEST = 60  #: letters of the name of a file


def nested(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings (dotted path -> value) as the mappings that a file writes."""
    made: dict[str, Any] = {}
    for path, value in settings.items():
        *above, name = path.split(".")
        place = made
        for part in above:
            place = place.setdefault(part, {})
        place[name] = value
    return made


def scenario_file(source: Source, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the scenario of ``source`` with ``settings`` in it, as a file says it: what it extends is only named."""
    if source.kind == "preset":
        return {"ecosim": 1, "kind": "scenario", "extends": PREFIX + source.value, **nested(settings)}
    given = source.value.encode() if source.kind == "text" else source.value
    root, _ = opened(given, source.kind == "path", source.name or "upload")
    made: dict[str, Any] = apply_settings(root, settings).plain() if settings else root.plain()
    return made


def scenario_text(desk: Desk, place: int | None = None) -> str:
    """Return a design of the desk as a scenario file; the active one without ``place``."""
    return write(scenario_file(desk.source, desk.settings(place)))


def file_name(desk: Desk) -> str:
    """Return a name for the file of the scenario, safe in any shell and short enough for any system."""
    known = desk.source.name or ("" if desk.source.kind == "text" else desk.source.value)
    last = known.rpartition("/")[2]
    stem = last.rpartition(".")[0] or last
    safe = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in stem[:LONGEST])
    return f"{safe.strip('-') or 'scenario'}.yaml"


def run_command(desk: Desk, place: int | None = None) -> str:
    """Return the command that lives the design on screen under the same luck.

    A preset, or the file that the command line named, takes its settings from the command; anything else is a file to
    be saved first, which holds them.
    """
    luck = ["--replicate", str(desk.replicate)] if desk.replicate else []
    if desk.source.kind == "text":
        return shlex.join([PROGRAM, "run", file_name(desk), *luck])
    source = PREFIX + desk.source.value if desk.source.kind == "preset" else desk.source.value
    settings = dict(desk.settings(place))
    seed = settings.pop("seed", None)
    pairs = [part for path, value in settings.items() for part in ("--set", f"{path}={_yaml(value)}")]
    return shlex.join([PROGRAM, "run", source, *pairs, *(["--seed", str(seed)] if seed is not None else []), *luck])


def _yaml(value: Any) -> str:
    """Return a value on one line, as both JSON and YAML read it."""
    return json.dumps(value, ensure_ascii=False)
