"""What must hold between several values of a scenario, once each of them is right by itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from ecosim.errors import nearest
from ecosim.scenario.ablations import ABLATIONS
from ecosim.scenario.counts import listed_artefacts, sizes_of
from ecosim.scenario.design import LEVERS, SCHEDULED, Design
from ecosim.scenario.document import MOST_ARTEFACTS, ArtefactCounts, Scenario
from ecosim.scenario.networks import impossible
from ecosim.scenario.problems import shown
from ecosim.scenario.reader import KeyPath

TOLERANCE = 1e-6  #: by which shares may miss 1
_NAME = re.compile(r"[^\s.=][^\n\r.=]{0,59}")


class Finding(NamedTuple):
    """Something to tell about a scenario, at the first of ``places`` that is written in a file."""

    key: str
    places: tuple[KeyPath, ...]
    facts: dict[str, Any]


def finding(key: str, *places: KeyPath, **facts: Any) -> Finding:
    """Return the finding ``errors.scenario.<key>``, or ``<key>_near`` where a ``nearest`` name is known."""
    return Finding(f"errors.scenario.{key}{'_near' if facts.get('nearest') else ''}", places, facts)


def check(scenario: Scenario, metrics: Collection[str] | None = None) -> list[Finding]:
    """Return what cannot be, in no particular order.

    Parameters
    ----------
    scenario : Scenario
        Complete: communities hold whole designs.
    metrics : collection of str, optional
        Names of all metrics; without it names of metrics are taken as they are.
    """
    return [
        *_names(scenario),
        *_shares(("context", "profiles"), scenario.context.profiles),
        *_shares(("communities",), scenario.communities),
        *_populations(scenario),
        *_artefacts(scenario),
        *_events(scenario),
        *_metrics(scenario, metrics),
    ]


def designs(scenario: Scenario) -> Iterator[tuple[KeyPath, Design]]:
    """Yield the design of each community and where it stands; the one of ``design`` where no community is named."""
    if not scenario.communities:
        yield ("design",), scenario.design
    for name, community in scenario.communities.items():
        yield ("communities", name, "design"), community.design


def _names(scenario: Scenario) -> Iterator[Finding]:
    """Names that users choose can be typed in a dotted path."""
    places = [("context", "profiles", name) for name in scenario.context.profiles]
    for place in [*places, *(("communities", name) for name in scenario.communities)]:
        if not _NAME.fullmatch(place[-1]):
            yield finding("name", place, value=shown(place[-1]))


def _sum_to_one(shares: Collection[float]) -> bool:
    """Tell whether ``shares``, if there are any, add up to one."""
    return not shares or abs(sum(shares) - 1.0) <= TOLERANCE


def _shares(path: KeyPath, parts: dict[str, Any]) -> Iterator[Finding]:
    """Shares add up to one."""
    shares = [part.share for part in parts.values()]
    if not _sum_to_one(shares):
        said = " + ".join(f"{share:g}" for share in shares[:8]) + (" + …" if len(shares) > 8 else "")
        yield finding("shares", path, value=f"{sum(shares):.7g}", parts=said)


def _populations(scenario: Scenario) -> Iterator[Finding]:
    """Every community has somebody in it, and enough people for its network."""
    if not _sum_to_one([each.share for each in scenario.communities.values()]):
        return
    sizes = sizes_of(scenario)
    for path, design in designs(scenario):
        size = sizes[str(path[1])] if len(path) > 1 else scenario.learners
        if size == 0:
            yield finding("nobody", (*path[:2], "share"), learners=scenario.learners)
        elif found := impossible(scenario.context.network, design.ready_ties, size):
            key, facts = found
            places = ((*path, "ready_ties"), ("learners",), ("context", "network"))
            yield finding(key, *places, value=shown(design.ready_ties), size=size, **facts)


def _artefacts(scenario: Scenario) -> Iterator[Finding]:
    """There is something to use, and not too much, and every artefact has a name of its own."""
    names = listed_artefacts(scenario)
    if not 1 <= len(names) <= MOST_ARTEFACTS:
        yield finding("artefact_count", ("artefacts",), count=len(names), most=MOST_ARTEFACTS)
    if isinstance(scenario.artefacts, ArtefactCounts):
        return
    for place, name in enumerate(names):
        if not _NAME.fullmatch(name):
            yield finding("name", ("artefacts", place, "name"), value=shown(name))
        elif name in names[:place]:
            yield finding("artefact_twice", ("artefacts", place, "name"), value=name)


def _events(scenario: Scenario) -> Iterator[Finding]:
    """Events speak of levers, mechanisms, artefacts and communities that exist."""
    artefacts = listed_artefacts(scenario)
    for place, event in enumerate(scenario.events):
        path: KeyPath = ("events", place)
        if event.do == "withdraw":
            yield from _withdrawn(event, path)
        elif event.do == "ablate" and event.mechanism not in ABLATIONS:
            facts = {"value": shown(event.mechanism), "nearest": nearest(event.mechanism, ABLATIONS)}
            yield finding("mechanism", (*path, "mechanism"), allowed=", ".join(ABLATIONS), **facts)
        elif event.do == "swap" and len(scenario.communities) < 2:
            yield finding("swap", path)
        elif event.do == "seed_experts":
            yield from _seeded(event.artefact, artefacts, (*path, "artefact"))


def _withdrawn(event: Any, path: KeyPath) -> Iterator[Finding]:
    """A withdrawn lever is one that moves, and may take the value to which it falls."""
    for place, name in enumerate(event.levers):
        at = (*path, "levers", place)
        if name in SCHEDULED:
            legal, whole = LEVERS[name].legal, LEVERS[name].whole
            if event.to not in legal or (whole and event.to != int(event.to)):
                facts = {"value": shown(event.to), "lever": name, **legal.bounds()}
                yield finding("withdraw_whole" if whole else "withdraw_range", (*path, "to"), at, **facts)
        elif name in Design.model_fields:
            yield finding("fixed_lever", at, value=name)
        else:
            facts = {"value": shown(name), "nearest": nearest(name, SCHEDULED)}
            yield finding("lever", at, allowed=", ".join(SCHEDULED), **facts)


def _seeded(artefact: int | str, names: list[str], path: KeyPath) -> Iterator[Finding]:
    """The artefact that experts master exists."""
    if isinstance(artefact, int) and not 0 <= artefact < len(names):
        yield finding("artefact_number", path, value=artefact, most=len(names) - 1)
    elif isinstance(artefact, str) and artefact not in names:
        facts = {"value": shown(artefact), "nearest": nearest(artefact, names)}
        yield finding("artefact", path, allowed=", ".join(names), **facts)


def _metrics(scenario: Scenario, known: Collection[str] | None) -> Iterator[Finding]:
    """Metrics exist, and each is asked for once."""
    asked = Counter((each.name, each.over) for each in scenario.metrics)
    for place, measure in enumerate(scenario.metrics):
        path: KeyPath = ("metrics", place)
        if known is not None and measure.name not in known:
            facts = {"value": shown(measure.name), "nearest": nearest(measure.name, known)}
            yield finding("metric", (*path, "name"), path, **facts)
        elif asked[measure.name, measure.over] > 1:
            asked[measure.name, measure.over] = 0
            yield finding("metric_twice", path, value=measure.name)
