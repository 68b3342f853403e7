"""What is allowed but perhaps not meant: values outside the plausible range, and what happens after the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ecosim.scenario.checks import Finding, designs
from ecosim.scenario.design import LEVERS, SCHEDULED, Design
from ecosim.scenario.document import Context, Scenario
from ecosim.scenario.observed import Measurement
from ecosim.scenario.problems import shown
from ecosim.scenario.reader import KeyPath
from ecosim.schema import leaves

VARIANCE_TOLERANCE = 0.05  #: by which the variance of dispositions may miss 1 without a word


def caution(
    scenario: Scenario,
    edges: list[tuple[int, int, float, float]] | None = None,
    observed: list[Measurement] | None = None,
) -> list[Finding]:
    """Return warnings on a ``scenario`` that has passed all checks, in no particular order.

    Parameters
    ----------
    scenario : Scenario
        Complete: communities hold whole designs.
    edges : list of (i, j, weight, ground), optional
        Ties from a file.
    observed : list of Measurement, optional
        Measured series from a file.
    """
    return [
        *_implausible_parameters(scenario),
        *_implausible_levers(scenario),
        *_after_the_end(scenario),
        *_measured_after_the_end(scenario, observed or []),
        *_ties(scenario, edges),
        *_people(scenario),
    ]


def _warning(key: str, *places: KeyPath, **facts: Any) -> Finding:
    """Return the finding ``warnings.<key>``."""
    return Finding(f"warnings.{key}", places, {name: shown(fact) for name, fact in facts.items()})


def _implausible_parameters(scenario: Scenario) -> Iterator[Finding]:
    """Parameters that were changed to a value that nobody would expect."""
    for path, field, leaf in leaves(Context):
        value: Any = scenario.context
        for name in path.split("."):
            value = getattr(value, f"{name}_" if name == "lambda" else name)
        if value not in leaf.plausible and value != field.default:
            yield _warning("implausible", ("context", *path.split(".")), value=value, **leaf.plausible.bounds())


def _implausible_levers(scenario: Scenario) -> Iterator[Finding]:
    """Levers that take, at some knot, a value that nobody would expect."""
    for path, design in designs(scenario):
        for name, leaf in LEVERS.items():
            usual = Design.model_fields[name].default
            said = getattr(design, name)
            if name not in SCHEDULED:
                if said not in leaf.plausible and said != usual:
                    yield _warning("implausible", (*path, name), value=said, **leaf.plausible.bounds())
                continue
            odd = [value for _, value in said.knots if value not in leaf.plausible and value != usual.knots[0][1]]
            if odd:
                yield _warning("implausible", (*path, name), value=odd[0], **leaf.plausible.bounds())


def _after_the_end(scenario: Scenario) -> Iterator[Finding]:
    """What is set for weeks that the run does not reach."""
    weeks = scenario.weeks
    for path, design in designs(scenario):
        for name in SCHEDULED:
            late = [week for week, _ in getattr(design, name).knots if week >= weeks]
            if late:
                yield _warning("late_knot", (*path, name), value=late[0], last=weeks - 1)
        late = [week for week in design.deadlines if week >= weeks]
        if late:
            yield _warning("late_deadline", (*path, "deadlines"), value=late[0], last=weeks - 1)
    for place, event in enumerate(scenario.events):
        if event.week >= weeks:
            yield _warning("late_event", ("events", place, "week"), value=event.week, last=weeks - 1)
    arrivals = scenario.context.arrivals
    if arrivals.kind == "uniform" and arrivals.until >= weeks:
        yield _warning("late_arrivals", ("context", "arrivals", "until"), value=arrivals.until, last=weeks - 1)


def _measured_after_the_end(scenario: Scenario, observed: list[Measurement]) -> Iterator[Finding]:
    """What was measured in weeks that the run does not reach."""
    late = [each.week for each in observed if each.week >= scenario.weeks]
    if late:
        places = (("observed", "file"), ("observed",))
        yield _warning("late_observed", *places, count=len(late), value=min(late), last=scenario.weeks - 1)


def _ties(scenario: Scenario, edges: list[tuple[int, int, float, float]] | None) -> Iterator[Finding]:
    """More ties than a learner can keep."""
    slots = scenario.context.relation.tie_slots
    kind = scenario.context.network.kind
    if edges is not None:
        degree = [0] * scenario.learners
        for i, j, _, _ in edges:
            degree[i] += 1
            degree[j] += 1
        if max(degree) > slots:
            yield _warning("slots_of_edges", ("context", "network", "file"), value=max(degree), slots=slots)
    elif kind != "none":
        for path, design in designs(scenario):
            if design.ready_ties > slots:
                places = ((*path, "ready_ties"), ("context", "relation", "tie_slots"))
                yield _warning("slots", *places, value=design.ready_ties, slots=slots)


def _people(scenario: Scenario) -> Iterator[Finding]:
    """Loadings that stretch dispositions, people who would move but have nowhere to go, a scenario without a name."""
    population = scenario.context.population
    variance = population.latent_loading**2 + population.own_loading**2
    if abs(variance - 1.0) > VARIANCE_TOLERANCE:
        places = (("context", "population", "latent_loading"), ("context", "population", "own_loading"))
        yield _warning("loadings", *places, value=round(variance, 3))
    if scenario.context.migration.mobility > 0.0 and len(scenario.communities) < 2:
        yield _warning("mobility", ("context", "migration", "mobility"), value=scenario.context.migration.mobility)
    if scenario.title == "":
        yield _warning("title", ("title",))
