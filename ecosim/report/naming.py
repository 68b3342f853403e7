"""Names that people read: of events, levers, communities, profiles and artefacts, in their language."""

from __future__ import annotations

from typing import Any

from ecosim.language import lookup, number, percent, text
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
    """Return what people call artefact ``number``: its label or name in quotation marks, else its kind and place in it."""
    given = scenario.artefacts
    if not isinstance(given, ArtefactCounts):
        name = in_language(given[number].label, lang) or given[number].name
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
        plural(f"story.{kind}", len(found), lang, numbers=stretches(found, lang)) for kind, found in places.items() if found
    ]
    return joined(said, lang)


def deadlines(scenario: Scenario) -> list[int]:
    """Return all weeks of the run with a deadline in some community."""
    designs = [each.design for each in scenario.communities.values()] or [scenario.design]
    return sorted({week for design in designs for week in design.deadlines if week < scenario.weeks})


def events(scenario: Scenario) -> dict[int, list[Any]]:
    """Return the events within the run by week, in order of weeks."""
    found: dict[int, list[Any]] = {}
    for event in sorted(scenario.events, key=lambda each: int(each.week)):
        if event.week < scenario.weeks:
            found.setdefault(event.week, []).append(event)
    return found


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
    return text(f"{key}.{form}", lang, count=number(count, lang, 0), **facts)


def counted(what: str, count: int, lang: str) -> str:
    """Return so many ``learners`` or ``weeks`` in words."""
    return plural(f"words.{what}", count, lang)


def share(value: float, lang: str) -> str:
    """Return a share for people: whole per cents, but neither 0 % for a little nor 100 % for nearly all."""
    if 0.0 < value < 0.005:
        return text("words.less", lang, share=percent(0.01, lang))
    if 0.995 <= value < 1.0:
        return text("words.more", lang, share=percent(0.99, lang))
    return percent(value, lang)


def rate(value: float, lang: str) -> str:
    """Return a weekly rate for people: with a decimal below ten per cent."""
    if not 0.0005 <= value < 0.0995:
        return share(value, lang)
    return number(100.0 * value, lang, 1) + ("\u00a0%" if lang == "fr" else "%")


def spans(weeks: list[int], lang: str) -> str:
    """Return ascending ``weeks`` as people say them: weeks 3, 5 to 8 and 12."""
    return plural("report.weeks", len(weeks), lang, weeks=stretches(weeks, lang))


def stretches(numbers: list[int], lang: str) -> str:
    """Return ascending ``numbers`` as people say them: 3, 5 to 8 and 12."""
    runs: list[list[int]] = []
    for number_ in numbers:
        if runs and number_ == runs[-1][1] + 1:
            runs[-1][1] = number_
        else:
            runs.append([number_, number_])
    parts: list[str] = []
    for first, last in runs:
        long = last - first > 1
        parts += [text("report.span", lang, first=first, last=last)] if long else map(str, range(first, last + 1))
    return joined(parts, lang)
