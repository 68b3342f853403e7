"""Events, knock-outs, networks, and who comes with what: the smaller parts of a scenario file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ecosim.language import lookup
from ecosim.report.reference.markdown import anchor, code, heading, page, plain, table
from ecosim.report.reference.naming import linked
from ecosim.report.reference.words import columns, say, translated
from ecosim.scenario.ablations import ABLATIONS
from ecosim.scenario.events import AnyEvent, Event
from ecosim.scenario.networks import Network
from ecosim.scenario.parts import MOST_ARTEFACTS, Arrivals, Artefact, ArtefactCounts, Profile
from ecosim.scenario.tree import arms, fields, options
from ecosim.schema import meaning

PAGE = "events.md"


def build(lang: str) -> str:
    """Return the page."""
    return page(*_events(lang), *_ablations(lang), *_networks(lang), *_people(lang))


def _events(lang: str) -> Iterator[str]:
    """Yield what may happen in a week."""
    yield heading(2, say("reference.events.events", lang), "events")
    yield linked(say("reference.events.events_start", lang), PAGE)
    yield say("reference.events.every", lang)
    yield _keys(Event, lang)
    yield say("reference.events.kinds", lang)
    rows = []
    for event in arms(AnyEvent):
        name = options(event.model_fields["do"])[0]
        rows.append([f"{anchor(f'event-{name}')}{code(name)}", _said(event, name, "meaning", lang), _own(event, lang)])
    yield table(columns(lang, "event", "does", "key"), rows)


def _own(event: Any, lang: str) -> str:
    """Return the keys of an event that not all events have, with what each means."""
    name = options(event.model_fields["do"])[0]
    keys = [key for key in fields(event) if key not in ("do", *Event.model_fields)]
    return " <br>".join(f"{code(key)} {_said(event, name, key, lang)}" for key in keys)


def _said(event: Any, name: str, key: str, lang: str) -> str:
    """Return the words on an event, or on one of its keys."""
    if lang == "fr":
        return plain(lookup("events_fr", f"events.{name}.{key}") or "")
    return plain(event.__doc__ if key == "meaning" else meaning(event, key))


def _ablations(lang: str) -> Iterator[str]:
    """Yield the mechanisms that may be switched off."""
    yield heading(2, say("reference.events.ablations", lang), "ablations")
    yield linked(say("reference.events.ablations_start", lang), PAGE)
    rows = []
    for name, ablation in ABLATIONS.items():
        label = lookup("events_fr", f"ablations.{name}") if lang == "fr" else ablation.label
        sets = [f"{linked(code(path), PAGE)} = {code(f'{value:g}')}" for path, value in ablation.neutral.items()]
        said = " <br>".join(sets) or say("reference.events.ablation_flow", lang)
        rows.append([f"{anchor(f'ablation-{name}')}{code(name)}", plain(label or ""), said])
    yield table(columns(lang, "name", "does", "sets"), rows)


def _networks(lang: str) -> Iterator[str]:
    """Yield the kinds of networks with which a scenario may begin."""
    yield heading(2, say("reference.events.networks", lang), "networks")
    yield linked(say("reference.events.networks_start", lang), PAGE)
    yield _kinds(Network, "network", lang)


def _people(lang: str) -> Iterator[str]:
    """Yield who comes, when, and with which artefacts."""
    yield heading(2, say("reference.events.people", lang), "profiles")
    yield say("reference.events.people_start", lang)
    yield _keys(Profile, lang)
    yield heading(2, say("reference.events.arrivals", lang), "arrivals")
    yield say("reference.events.arrivals_start", lang)
    yield _kinds(Arrivals, "arrivals", lang)
    yield heading(2, say("reference.events.artefacts", lang), "artefacts")
    yield say("reference.events.artefacts_start", lang, most=MOST_ARTEFACTS)
    for title, model in (("counts", ArtefactCounts), ("list", Artefact)):
        yield heading(3, say(f"reference.events.{title}", lang))
        yield _keys(model, lang)


def _kinds(union: Any, prefix: str, lang: str) -> str:
    """Return the kinds of one group of a scenario file, with the keys of each."""
    rows = []
    for kind in arms(union):
        name = options(kind.model_fields["kind"])[0]
        keys = [f"{code(key)} {_meaning(kind, key, lang)}" for key in fields(kind) if key != "kind"]
        rows.append(
            [f"{anchor(f'{prefix}-{name}')}{code(name)}", plain(translated(kind.__doc__, lang)), " <br>".join(keys)]
        )
    return table(columns(lang, "name", "does", "key"), rows)


def _keys(model: Any, lang: str) -> str:
    """Return the keys of a mapping, with what each means."""
    rows = [[code(key), _meaning(model, key, lang)] for key in fields(model)]
    return table(columns(lang, "key", "meaning"), rows)


def _meaning(model: Any, key: str, lang: str) -> str:
    """Return what a key means."""
    return plain(translated(meaning(model, key), lang))
