"""Names that people read: of events, levers, communities, profiles and artefacts, in their language."""

from __future__ import annotations

from typing import Any

from ecosim.language import lookup, text
from ecosim.scenario.design import LEVERS
from ecosim.scenario.document import ArtefactCounts, Scenario
from ecosim.scenario.parts import in_language


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


def artefact_name(scenario: Scenario, number: int, lang: str) -> str:
    """Return what people call artefact ``number``: its label or name, else its kind and place in it."""
    given = scenario.artefacts
    if not isinstance(given, ArtefactCounts):
        return in_language(given[number].label, lang) or given[number].name
    kind, place = ("solo", number) if number < given.solo else ("collective", number - given.solo)
    return text(f"report.artefact.{kind}", lang, number=place + 1)


def joined(parts: list[str], lang: str) -> str:
    """Return ``parts`` as a list in a sentence: a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return text("report.and", lang, first=", ".join(parts[:-1]), last=parts[-1])


def plural(key: str, count: int, lang: str, /, **facts: Any) -> str:
    """Return the message ``key`` in the number that ``count`` asks for: ``none`` where there is one, ``one``, ``many``.

    English says 0 weeks, 1 week, 2 weeks; French 0 semaine, 1 semaine, 2 semaines.
    """
    if count == 0 and lookup(lang, f"{key}.none") is not None:
        form = "none"
    else:
        form = "one" if count == 1 or (count == 0 and lang == "fr") else "many"
    return text(f"{key}.{form}", lang, count=count, **facts)


def spans(weeks: list[int], lang: str) -> str:
    """Return ascending ``weeks`` as people say them: weeks 3, 5 to 8 and 12."""
    runs: list[list[int]] = []
    for week in weeks:
        if runs and week == runs[-1][1] + 1:
            runs[-1][1] = week
        else:
            runs.append([week, week])
    parts = [
        str(first) if first == last else text("report.span", lang, first=first, last=last) for first, last in runs
    ]
    return plural("report.weeks", len(weeks), lang, weeks=joined(parts, lang))
