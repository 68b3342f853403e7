"""What somebody has set: the levers, the parameters and all else that differ from what the scenario starts from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ecosim.language import text
from ecosim.report.grammar import joined
from ecosim.report.naming import community_name, event_name, events, lever_name
from ecosim.report.page.courses import means_in_words, value_in_words
from ecosim.report.page.leafwords import LeafWords, figure, words_of
from ecosim.report.page.origin import Origin, preset_title
from ecosim.scenario.design import Design
from ecosim.scenario.document import Context, Scenario
from ecosim.schema import leaves

WORLD = ("learners", "weeks", "context.network", "context.arrivals", "context.profiles", "artefacts")
"""What else people ask about a world, by path."""


class Change(NamedTuple):
    """A lever or parameter that differs from what the scenario starts from."""

    words: LeafWords
    before: str
    now: str
    before_means: str = ""
    now_means: str = ""


class Setting(NamedTuple):
    """Something else that differs: its path, what people call it, and what it is, in lines, before and now."""

    path: str
    label: str
    before: list[str]
    now: list[str]


class Levers(NamedTuple):
    """The levers of one community that differ: its name, the title of the preset that it extends, and what differs."""

    community: str
    preset: str
    changes: list[Change]


def lever_changes(scenario: Scenario, origin: Origin, lang: str) -> list[Levers]:
    """Return the levers that differ from those of the preset, for each community."""
    if not scenario.communities:
        return [Levers("", "", _differing(scenario.design, origin.scenario.design, lang))]
    made = []
    for name, community in scenario.communities.items():
        preset, base = origin.communities.get(name, ("", origin.scenario.design))
        title = preset_title(preset, lang) if preset else ""
        made.append(Levers(community_name(scenario, name, lang), title, _differing(community.design, base, lang)))
    return made


def preset_levers(origin: Origin, lang: str) -> list[Change]:
    """Return the levers by which the preset itself differs from the defaults."""
    return _differing(origin.scenario.design, Design(), lang)


def _differing(design: Design, base: Design, lang: str) -> list[Change]:
    """Return the levers by which ``design`` differs from ``base``."""
    made = []
    for name in Design.model_fields:
        now, before = getattr(design, name), getattr(base, name)
        if now != before:
            said = [value_in_words(each, lang) for each in (before, now)]
            means = [means_in_words(name, each, lang) for each in (before, now)]
            made.append(Change(words_of(f"design.{name}", lang), *said, *means))
    return made


def parameter_changes(scenario: Scenario, base: Scenario, lang: str) -> list[Change]:
    """Return the parameters of the mechanisms by which ``scenario`` differs from ``base``."""
    made = []
    for path, _, _ in leaves(Context, "context"):
        now, before = (value_at(each, path) for each in (scenario, base))
        if now != before:
            made.append(Change(words_of(path, lang), figure(before, lang), figure(now, lang)))
    return made


def value_at(scenario: Scenario, path: str) -> Any:
    """Return what stands at the dotted ``path``."""
    found: Any = scenario
    for part in path.split("."):
        fields = {info.alias or name: name for name, info in type(found).model_fields.items()}
        found = getattr(found, fields[part])
    return found


def world_changes(scenario: Scenario, base: Scenario, lang: str) -> list[Setting]:
    """Return what else differs, as a file says it."""
    return [
        Setting(path, text(f"page.world.{path.rpartition('.')[2]}", lang), before, now)
        for path in WORLD
        if (before := _lines(value_at(base, path))) != (now := _lines(value_at(scenario, path)))
    ]


def _lines(value: Any) -> list[str]:
    """Return a part of a scenario as lines: one for each profile or artefact, one for anything else."""
    plain = _plain(value)
    if isinstance(plain, list):
        return [_flat(each) for each in plain]
    if isinstance(plain, dict) and any(isinstance(each, dict) for each in plain.values()):
        return [f"{name}: {_flat(each)}" for name, each in plain.items()]
    return [said] if (said := _flat(plain)) else []


def _plain(value: Any) -> Any:
    """Return a part of a scenario in plain values, without what was left out and without words."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if hasattr(value, "model_dump"):
        found = value.model_dump(mode="json", by_alias=True, exclude_none=True)
        return {name: each for name, each in found.items() if name != "label" and each != {}}
    return value


def _flat(value: Any) -> str:
    """Return plain values on one line."""
    if isinstance(value, dict):
        return ", ".join(f"{name} {_flat(each)}" if name != "kind" else str(each) for name, each in value.items())
    return f"({', '.join(map(_flat, value))})" if isinstance(value, list) else str(value)


def happenings(scenario: Scenario, lang: str) -> Iterator[str]:
    """Yield what happens on the way: a line an event."""
    for week, found in events(scenario).items():
        for event in found:
            name = event_name(event, lang)
            kind = text(f"report.event.{event.do}", lang, levers=_levers(event, lang))
            key = "plain" if event.do == "mark" or kind == name else "of_kind"
            yield text(f"page.event.{key}", lang, week=week, name=name, kind=kind)


def _levers(event: Any, lang: str) -> str:
    """Return the names of the levers that an event moves."""
    return joined([lever_name(name, lang) for name in getattr(event, "levers", [])], lang)
