"""The shape of a scenario file: what may stand in it, with defaults, checked.

The tree of this module *is* the scenario language: its paths are the dotted paths that users type. Relations between
several fields (shares, sizes, cycles of ``extends``) are checked in :mod:`ecosim.scenario.checks`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from ecosim.mechanisms.affordance import Affordance
from ecosim.mechanisms.becoming import Becoming
from ecosim.mechanisms.challenge import Challenge
from ecosim.mechanisms.encounter import Encounter
from ecosim.mechanisms.energy import Energy
from ecosim.mechanisms.flow import Flow
from ecosim.mechanisms.genesis import Genesis
from ecosim.mechanisms.guidance import Guidance
from ecosim.mechanisms.intention import Intention
from ecosim.mechanisms.learning import Learning
from ecosim.mechanisms.migration import Migration
from ecosim.mechanisms.needs import Needs
from ecosim.mechanisms.observation import Observation
from ecosim.mechanisms.population import Population
from ecosim.mechanisms.recording import Recording
from ecosim.mechanisms.relation import Relation
from ecosim.mechanisms.response import Response
from ecosim.mechanisms.staying import Staying
from ecosim.scenario.design import Design
from ecosim.scenario.events import AnyEvent
from ecosim.scenario.networks import Network, RandomNetwork
from ecosim.scenario.parts import (
    MOST_ARTEFACTS,
    MOST_WEEKS,
    Arrivals,
    Artefact,
    ArtefactCounts,
    Artefacts,
    AtStart,
    Part,
    Profile,
    Share,
    Words,
    in_language,
)
from ecosim.schema import Whole, as_whole, parameter

__all__ = [
    "MOST_ARTEFACTS",
    "MOST_COMMUNITIES",
    "MOST_LEARNERS",
    "MOST_WEEKS",
    "Artefact",
    "ArtefactCounts",
    "Community",
    "Context",
    "Measure",
    "Observed",
    "Scenario",
    "as_measure",
    "in_language",
]

MOST_LEARNERS = 10_000_000
MOST_COMMUNITIES = 100
MOST_PROFILES = 100
WORD = 2**32 - 1


class Context(Part):
    """What a designer cannot choose: people, conditions, and how people work."""

    access: float = parameter(1.0, "probability", (0, 1), (0.5, 1), label="access", symbol="access", source="assumed")
    """Probability that time, device and connection let a learner act in a week."""
    distraction: float = parameter(
        0.0, "share", (0, 1), (0, 0.6), label="distraction", symbol="distraction", source="assumed"
    )
    """How much the surroundings disturb immersion."""
    profiles: Annotated[dict[str, Profile], Field(max_length=MOST_PROFILES)] = Field(default_factory=dict)
    """Named shares of learners that differ from the rest."""
    network: Network = Field(default_factory=RandomNetwork)
    """Kind and shape of the ties before the first week; their number is the lever ready_ties."""
    arrivals: Arrivals = Field(default_factory=AtStart)
    """When learners come."""
    population: Population = Field(default_factory=Population)
    guidance: Guidance = Field(default_factory=Guidance)
    affordance: Affordance = Field(default_factory=Affordance)
    intention: Intention = Field(default_factory=Intention)
    encounter: Encounter = Field(default_factory=Encounter)
    challenge: Challenge = Field(default_factory=Challenge)
    response: Response = Field(default_factory=Response)
    flow: Flow = Field(default_factory=Flow)
    learning: Learning = Field(default_factory=Learning)
    genesis: Genesis = Field(default_factory=Genesis)
    needs: Needs = Field(default_factory=Needs)
    becoming: Becoming = Field(default_factory=Becoming)
    energy: Energy = Field(default_factory=Energy)
    relation: Relation = Field(default_factory=Relation)
    staying: Staying = Field(default_factory=Staying)
    migration: Migration = Field(default_factory=Migration)
    observation: Observation = Field(default_factory=Observation)
    recording: Recording = Field(default_factory=Recording)


class Community(Part):
    """One of several communities: its share of the learners, and where its levers differ from ``design``."""

    share: Share
    """Share of all learners; the shares of all communities add up to 1."""
    label: Words | None = None
    """Name shown to people."""
    extends: str | None = None
    """A preset (preset:NAME) or a scenario file whose levers this community starts from."""
    design: Design = Field(default_factory=Design)
    """Levers of this community where they differ."""


def _as_span(given: Any) -> Any:
    """Return a list of two weeks as a tuple; refuse every other list."""
    if not isinstance(given, list | tuple):
        return given
    weeks = [as_whole(week) for week in given]
    fit = len(weeks) == 2 and all(type(week) is int for week in weeks) and 0 <= weeks[0] <= weeks[1] < MOST_WEEKS
    if not fit:
        raise PydanticCustomError("ecosim", "errors.scenario.span", {"facts": {"most": MOST_WEEKS - 1}})
    return tuple(weeks)


Over = Annotated[
    Annotated[Literal["run", "last_quarter"], Tag("<text>")] | Annotated[tuple[int, int], Tag("<list>")],
    Discriminator(lambda given: "<list>" if isinstance(given, list | tuple) else "<text>"),
    BeforeValidator(_as_span),
]


def as_measure(given: Any) -> Any:
    """Return a text as ``{name: text}``; refuse what is neither text nor mapping."""
    if isinstance(given, dict | Part):
        return given
    if isinstance(given, str):
        return {"name": given}
    raise PydanticCustomError("ecosim", "errors.scenario.measure")


class Measure(Part):
    """A metric and the weeks over which it is averaged."""

    name: str
    """Name of the metric."""
    over: Over = "run"
    """Weeks that count: the whole run, its last quarter, or those from a first week to a last one, [0, 11]."""


def _as_observed(given: Any) -> Any:
    """Return a text as ``{file: text}``; refuse what is neither text nor mapping."""
    if given is None or isinstance(given, dict | Part):
        return given
    if isinstance(given, str):
        return {"file": given}
    raise PydanticCustomError("ecosim", "errors.scenario.observed")


class Observed(Part):
    """Series measured in the world, laid over the simulated ones: CSV with metric, week, value, low, high."""

    file: str
    """Path of the CSV file, relative to the scenario file."""
    label: Words | None = None
    """Name of the series on figures."""


class Scenario(Part):
    """One world: who, how long, under which design, with which events."""

    ecosim: Literal[1] = 1
    """Version of the scenario language."""
    kind: Literal["scenario"] = "scenario"
    """What this file is."""
    title: Words = ""
    """Name of the scenario."""
    question: Words = ""
    """Question that it is there to answer."""
    description: Words = ""
    """A few sentences on the world that is meant."""
    extends: str | None = None
    """A preset (preset:NAME) or a scenario file from which this one starts."""
    seed: Annotated[Whole, Field(ge=0, le=WORD)] = 1
    """Same seed, same run."""
    weeks: Annotated[Whole, Field(ge=1, le=MOST_WEEKS)] = 52
    """How long it runs; one step is one week."""
    learners: Annotated[Whole, Field(ge=1, le=MOST_LEARNERS)] = 300
    """How many learners there are, late arrivals included."""
    context: Context = Field(default_factory=Context)
    """What a designer cannot choose: people, conditions, and the parameters of the mechanisms."""
    design: Design = Field(default_factory=Design)
    """What a designer chooses: the levers."""
    communities: Annotated[dict[str, Community], Field(max_length=MOST_COMMUNITIES)] = Field(default_factory=dict)
    """Several communities in one ecosystem, by name."""
    artefacts: Artefacts = Field(default_factory=ArtefactCounts)
    """How many artefacts of each kind there are, or a list of named ones."""
    events: list[AnyEvent] = Field(default_factory=list)
    """What happens on the way."""
    observed: Annotated[Observed | None, BeforeValidator(_as_observed)] = None
    """Series measured in the world, laid over the simulated ones."""
    metrics: list[Annotated[Measure, BeforeValidator(as_measure)]] = Field(default_factory=list)
    """Metrics to look at first."""
