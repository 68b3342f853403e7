"""From a desk to scenarios that can be lived: each design checked as any file would be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from ecosim.dashboard.desk import Desk, Source
from ecosim.errors import EcosimError
from ecosim.language import text
from ecosim.model.metrics import METRICS
from ecosim.model.metrics.bounds import bounds
from ecosim.report.page.courses import value_in_words
from ecosim.report.page.leafwords import words_of
from ecosim.scenario.design import LEVERS
from ecosim.scenario.document import Scenario
from ecosim.scenario.presets import PREFIX
from ecosim.scenario.resolve import Loaded, load

SHARED = ("learners", "weeks", "seed")


def opened(source: Source, settings: Mapping[str, Any] | None = None) -> Loaded:
    """Return the scenario of ``source`` under ``settings``.

    What was opened is remembered: a page asks for it at every turn. A file of the command line's is read again when it
    has changed.

    Raises
    ------
    InvalidFile
        With everything that is wrong, each with its line.
    """
    changed = Path(source.value).stat().st_mtime_ns if source.kind == "path" and Path(source.value).exists() else 0
    return _opened(source, json.dumps(settings or {}, sort_keys=True), changed)


@lru_cache(maxsize=256)
def _opened(source: Source, settings: str, changed: int) -> Loaded:
    """Return a scenario; ``settings`` are JSON."""
    known: dict[str, Any] = {"set": json.loads(settings), "metrics": METRICS, "bounds": bounds()}
    if source.kind == "preset":
        return load(PREFIX + source.value, **known)
    if source.kind == "path":
        return load(source.value, **known)
    given = source.value.encode("utf-8", "surrogatepass")  # half characters are refused like any that are no UTF-8
    return load(given, allow_files=False, name=source.name or "upload", **known)


def scenario_of(desk: Desk) -> Loaded:
    """Return the scenario that all designs of the desk start from, with what is the same for all of them.

    Where that is impossible (fewer learners than ties ask for), it is the scenario as it is: the designs tell.
    """
    try:
        return opened(desk.source, desk.shared)
    except EcosimError:
        return opened(desk.source)


def loaded_of(desk: Desk, place: int | None = None) -> Loaded:
    """Return design ``place`` of the desk as a scenario, the active one without ``place``.

    Raises
    ------
    InvalidFile
        When what it changes is impossible.
    """
    return opened(desk.source, desk.settings(place))


def checked(desk: Desk) -> tuple[Loaded, EcosimError | None]:
    """Return the active design, and what is wrong with it; where something is, the scenario without its changes."""
    try:
        return loaded_of(desk), None
    except EcosimError as error:
        return scenario_of(desk), error


def all_possible(desk: Desk) -> bool:
    """Tell whether every design of the desk can be lived."""
    try:
        return all(loaded_of(desk, place) for place in range(len(desk.variants)))
    except EcosimError:
        return False


def design_label(desk: Desk, place: int, lang: str) -> str:
    """Return what people call a design: the name that somebody gave it, or its letter, the first the baseline."""
    name = desk.variants[place].name
    if name:
        return name
    key = "baseline" if place == 0 else "letter"
    return text(f"dashboard.design.{key}", lang, letter="ABCD"[place])


def changes_in_words(desk: Desk, place: int, lang: str) -> list[tuple[str, str, str, str]]:
    """Return what a design changes of the scenario: path, what it is called, how it was, how it is.

    Raises
    ------
    InvalidFile
        When what it changes is impossible.
    """
    base, now = scenario_of(desk).scenario, loaded_of(desk, place).scenario
    made = []
    for path in desk.variants[place].changes:
        before, after = (_at(each, path) for each in (base, now))
        made.append((path, path_label(path, now, lang), _said(before, lang), _said(after, lang)))
    return made


def path_label(path: str, scenario: Scenario, lang: str) -> str:
    """Return what people call what stands at a path: the lever, and its community where there are several."""
    head, _, name = path.rpartition("design.")
    if name in LEVERS or name == "deadlines":
        community = head.strip(".").rpartition(".")[2]
        label = words_of(f"design.{name}", lang).label
        return text("dashboard.lever_of", lang, lever=label, community=community) if community else label
    if path.startswith("context."):
        try:
            return words_of(path, lang).label
        except (KeyError, AttributeError):
            return path
    return text(f"dashboard.shared.{path}", lang) if path in (*SHARED, "events") else path


def _at(scenario: Scenario, path: str) -> Any:
    """Return what stands at a dotted path of a scenario, ``None`` where nothing does."""
    found: Any = scenario
    for part in path.split("."):
        if isinstance(found, dict):
            found = found.get(part)
        else:
            fields = {info.alias or name: name for name, info in type(found).model_fields.items()} if found else {}
            found = getattr(found, fields[part]) if part in fields else None
    return found


def _said(value: Any, lang: str) -> str:
    """Return a value as people read it."""
    if value is None:
        return "–"
    if isinstance(value, list) and value and not isinstance(value[0], int):
        return text("dashboard.events.count", lang, count=len(value))
    return value_in_words(value, lang)
