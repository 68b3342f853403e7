"""Names that people read: of events, levers, communities, profiles and artefacts; and when what they name happens."""

from __future__ import annotations

from typing import Any

from ecosim.language import lookup, text
from ecosim.model.begin import solo_first
from ecosim.report.grammar import joined, plural, stretches
from ecosim.scenario.design import LEVERS
from ecosim.scenario.document import ArtefactCounts, Scenario
from ecosim.scenario.parts import in_language

LEVELS = frozenset(
    {
        "autonomy", "autonomous_motive", "persistence", "efficacy", "external_drive", "autotelic_ratio", "skill_gain",
        "need_autonomy", "need_competence", "need_relatedness", "apprenance", "mean_flow", "control", "immersion",
        "unselfconsciousness", "autotelic_experience", "challenge", "clustering",
    }
)  # fmt: skip
"""Metrics on a scale from 0 to 1 that are no share of people or acts: people read 0.65, not 65%."""


def lever_name(name: str, lang: str) -> str:
    """Return what people call the lever ``name``."""
    return (lookup("terms_fr", f"design.{name}.label") if lang == "fr" else None) or LEVERS[name].label


def event_name(event: Any, lang: str) -> str:
    """Return the label of an event, or what it does in words."""
    said = in_language(event.label, lang)
    if said:
        return said
    levers = joined([lever_name(name, lang) for name in getattr(event, "levers", [])], lang)
    return text(f"report.event.{event.do}", lang, levers=levers)


def community_name(scenario: Scenario, name: str, lang: str) -> str:
    """Return what people call the community ``name``."""
    community = scenario.communities.get(name)
    return (in_language(community.label, lang) if community else "") or name


def profile_name(scenario: Scenario, name: str, lang: str) -> str:
    """Return what people call the profile ``name``."""
    return in_language(scenario.context.profiles[name].label, lang) or name


def person_name(loaded: Any, learner: int, lang: str) -> str:
    """Return what people call ``learner`` in a sentence: by name where a file of ties names her, else by number."""
    names = loaded.names
    return (names[learner] if names else "") or text("story.person", lang, learner=learner)


def artefact_name(scenario: Scenario, number: int, lang: str) -> str:
    """Return what people call artefact ``number``: its label or name between quotation marks, else a number."""
    given = scenario.artefacts
    if not isinstance(given, ArtefactCounts):
        artefact = solo_first(given)[number]
        name = in_language(artefact.label, lang) or artefact.name
        return text("report.quoted.name", lang, name=name)
    kind, place = ("solo", number) if number < given.solo else ("collective", number - given.solo)
    return text(f"report.artefact.{kind}", lang, number=place + 1)


def artefact_list(scenario: Scenario, numbers: list[int], lang: str) -> str:
    """Return the names of some artefacts, those without a name of their own by their places: resources 1 to 3."""
    given = scenario.artefacts
    if not isinstance(given, ArtefactCounts):
        return joined([artefact_name(scenario, number, lang) for number in numbers], lang)
    places = {
        "resources": [number + 1 for number in numbers if number < given.solo],
        "spaces": [number - given.solo + 1 for number in numbers if number >= given.solo],
    }
    said = [
        plural(f"story.{kind}", len(found), lang, numbers=stretches(found, lang))
        for kind, found in places.items()
        if found
    ]
    return joined(said, lang)


def deadlines(scenario: Scenario) -> list[int]:
    """Return all weeks of the run with a deadline in some community."""
    designs = [each.design for each in scenario.communities.values()] or [scenario.design]
    return sorted({week for design in designs for week in design.deadlines if week < scenario.weeks})


def common_deadlines(scenario: Scenario) -> list[int]:
    """Return all weeks of the run with a deadline in every community."""
    designs = [each.design for each in scenario.communities.values()] or [scenario.design]
    return [week for week in deadlines(scenario) if all(week in design.deadlines for design in designs)]


def pooled_deadlines(scenario: Scenario) -> list[int]:
    """Return the deadlines that figures of everybody show: none where communities differ in them."""
    common = common_deadlines(scenario)
    return common if common == deadlines(scenario) else []


def events(scenario: Scenario) -> dict[int, list[Any]]:
    """Return the events within the run by week, in order of weeks."""
    found: dict[int, list[Any]] = {}
    for event in sorted(scenario.events, key=lambda each: int(each.week)):
        if event.week < scenario.weeks:
            found.setdefault(event.week, []).append(event)
    return found
