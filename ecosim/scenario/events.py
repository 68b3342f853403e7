"""What may happen in a week: the events of a scenario file. :mod:`ecosim.model.events` lets them happen."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from ecosim.scenario.parts import Part, Share, Words
from ecosim.scenario.schedule import LATEST_WEEK
from ecosim.schema import Whole

Weeks = Annotated[Whole, Field(ge=1, le=LATEST_WEEK)]


class Event(Part):
    """Something that happens in a week; without ``do`` it is a mark on figures."""

    week: Annotated[Whole, Field(ge=0, le=LATEST_WEEK)]
    """Week in which it happens; the first week is 0."""
    label: Words | None = None
    """What is written on figures."""


class Mark(Event):
    """A mark on figures."""

    do: Literal["mark"] = "mark"


class Withdraw(Event):
    """Levers fall to ``to`` from this week on."""

    do: Literal["withdraw"]
    levers: Annotated[list[str], Field(min_length=1)]
    """Names of levers that have a schedule."""
    to: float = 0.0
    """Value that they have from this week on."""


class Shock(Event):
    """The log-odds of acting rise for a share of the learners during some weeks."""

    do: Literal["shock"]
    weeks: Weeks = 1
    """How many weeks it lasts."""
    share: Share = 1.0
    """Share of the learners that it strikes."""


class Rotate(Event):
    """Partners are exchanged between ties of like strength every so many weeks."""

    do: Literal["rotate"]
    every: Weeks = 1
    """Weeks between two exchanges."""
    keep_ground: bool = False
    """Whether common ground passes to the new partners."""


class Shuffle(Event):
    """Partners are exchanged once over all ties."""

    do: Literal["shuffle"]


class Ablate(Event):
    """A mechanism stops working."""

    do: Literal["ablate"]
    mechanism: str
    """Name of the mechanism (`ecosim.scenario.ablations`)."""


class Alone(Event):
    """No ties, and none form."""

    do: Literal["alone"]


class Swap(Event):
    """A share of the persons of each community changes place with persons of the next one."""

    do: Literal["swap"]
    share: Share
    """Share of the persons who change place."""


def _number_or_name(given: Any) -> Any:
    """Refuse what can be neither the number nor the name of an artefact, with one error instead of one a form."""
    if isinstance(given, bool) or not isinstance(given, int | str):
        raise PydanticCustomError("ecosim", "errors.scenario.artefact_name")
    return given


class SeedExperts(Event):
    """A share of the learners masters an artefact, the best connected or any."""

    do: Literal["seed_experts"]
    artefact: Annotated[int | str, BeforeValidator(_number_or_name)]
    """Number (from 0, solo ones first) or name of the artefact."""
    share: Share
    """Share of the learners."""
    place: Literal["central", "random"] = "random"
    """Who they are: those with most ties, or any."""


def _with_do(given: Any) -> Any:
    """An event without ``do`` is a mark."""
    return {**given, "do": "mark"} if isinstance(given, dict) and "do" not in given else given


AnyEvent = Annotated[
    Annotated[
        Mark | Withdraw | Shock | Rotate | Shuffle | Ablate | Alone | Swap | SeedExperts, Field(discriminator="do")
    ],
    BeforeValidator(_with_do),
]
