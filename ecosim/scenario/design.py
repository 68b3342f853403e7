"""The levers: what a designer of a community decides.

A type of community is a point in this space, never a class of its own. Every lever may be a constant or a schedule; its
anchors say in words what 0, one half and 1 mean (for a lever without such a scale: a low, a middle and a high value).
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, field_validator
from pydantic_core import CoreSchema, core_schema

from ecosim.scenario.schedule import LATEST_WEEK, Schedule, as_schedule, constant, wrong
from ecosim.schema import Evidence, Leaf, Range, Whole


class _ScheduleSchema:
    """How pydantic sees a lever: something that :func:`ecosim.scenario.schedule.as_schedule` has made."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        return core_schema.is_instance_schema(Schedule)


Lever = Annotated[Schedule, _ScheduleSchema, PlainSerializer(lambda schedule: schedule.plain())]


def lever(
    default: float,
    unit: str,
    legal: tuple[float, float],
    plausible: tuple[float, float],
    anchors: tuple[str, str, str],
    *,
    label: str,
    group: str,
    symbol: str = "",
    source: str = "assumed",
    evidence: Evidence = "assumed",
    whole: bool = False,
    steps: bool = False,
) -> Any:
    """Declare a lever; see :class:`ecosim.schema.Leaf` for the arguments."""
    leaf = Leaf(label, unit, Range(*legal), Range(*plausible), symbol, source, evidence, anchors, group, whole, steps)
    return Field(default=constant(default, steps), json_schema_extra={"leaf": leaf})  # type: ignore[dict-item]


class Design(BaseModel):
    """One community's levers."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True, allow_inf_nan=False)

    choice: Lever = lever(
        0.6, "share", (0, 1), (0.1, 1),
        ("tasks are set", "a choice among a few tasks", "everybody picks her own tasks"),
        label="choice", group="freedom", symbol="choice", source="Linard 1989-2003; Carré 2005", evidence="signed",
    )  # fmt: skip
    """How far learners choose what they work on."""
    facilitation: Lever = lever(
        0.4, "share", (0, 1), (0, 0.8),
        ("nobody facilitates", "a tutor is there every other day", "a tutor is there every day"),
        label="facilitation", group="support", symbol="G", source="VanLehn 2011; Tetzlaff 2025", evidence="signed",
    )  # fmt: skip
    """How present a facilitator is: supports, shows, answers. At .4 a tutor is there two days in five."""
    demand: Lever = lever(
        0.5, "share", (0, 1), (0.2, 0.9),
        ("everything is prescribed", "learners must organise part of it", "learners must organise everything"),
        label="autonomy demanded", group="freedom", symbol="demand", source="Linard 1989-2003",
    )  # fmt: skip
    """How much autonomy the environment presupposes."""
    goal_clarity: Lever = lever(
        0.6, "share", (0, 1), (0.2, 0.95),
        ("nobody knows what anything is for", "goals are stated now and then", "every activity has a plain goal"),
        label="clarity of goals", group="support", symbol="goal", source="Csikszentmihalyi 2014", evidence="signed",
    )  # fmt: skip
    """How clear the goals of activities are."""
    feedback: Lever = lever(
        0.5, "share", (0, 1), (0.1, 0.95),
        ("no sign of how one is doing", "feedback on about half of the work", "immediate feedback on everything"),
        label="feedback", group="support", symbol="feedback", source="Csikszentmihalyi 2014", evidence="signed",
    )  # fmt: skip
    """How much the activities themselves tell a learner how she is doing."""
    incentive: Lever = lever(
        0.0, "share", (0, 1), (0, 0.8),
        ("no reward", "some marks or badges", "everything is marked or paid"),
        label="incentive", group="rewards", symbol="R", source="Deci, Koestner & Ryan 1999", evidence="signed",
    )  # fmt: skip
    """How much is given from outside (marks, badges, money) for taking part."""
    controlling: Lever = lever(
        1.0, "share", (0, 1), (0, 1),
        ("rewards only inform", "rewards inform and press", "rewards only press"),
        label="controlling rewards", group="rewards", symbol="controlling", source="Deci, Koestner & Ryan 1999",
        evidence="signed",
    )  # fmt: skip
    """How far a reward is felt as control rather than information; without an incentive it changes nothing."""
    visibility: Lever = lever(
        0.6, "share", (0, 1), (0, 0.95),
        ("nobody sees what others do", "activity shows now and then", "everything that others do is in sight"),
        label="visibility", group="possibilities", symbol="v", source="Simonian 2014", evidence="signed",
    )  # fmt: skip
    """How well learners see which artefacts others use."""
    openness: Lever = lever(
        0.3, "share", (0, 1), (0, 1),
        ("only ties see a post", "a part of the community sees a post", "everybody sees everything"),
        label="openness", group="possibilities", symbol="openness", source="Jones 2004", evidence="signed",
    )  # fmt: skip
    """How far a post reaches beyond one's ties."""
    solo_offer: Lever = lever(
        0.8, "share", (0, 1), (0.3, 1),
        ("nothing to do alone", "some resources to use alone", "rich resources to use alone"),
        label="solo offer", group="possibilities", symbol="O_solo", source="Gibson 1979",
    )  # fmt: skip
    """What the artefacts for working alone make technically possible."""
    collective_offer: Lever = lever(
        0.8, "share", (0, 1), (0, 1),
        ("nothing to do together", "some spaces to work together", "rich spaces to work together"),
        label="collective offer", group="possibilities", symbol="O_coll", source="Gibson 1979",
    )  # fmt: skip
    """What the artefacts for working together make technically possible."""
    signifier_solo: Lever = lever(
        0.5, "share", (0, 1), (0.1, 0.8),
        ("solo resources are hidden", "one finds them by looking", "they catch the eye"),
        label="signs of solo artefacts", group="possibilities", symbol="u_solo", source="Simonian 2014",
    )  # fmt: skip
    """How far artefacts for working alone show what they are for."""
    signifier_collective: Lever = lever(
        0.08, "share", (0, 1), (0, 0.6),
        ("collective spaces are hidden", "one finds them by looking", "they catch the eye"),
        label="signs of collective artefacts", group="possibilities", symbol="u_coll", source="Simonian 2014",
    )  # fmt: skip
    """How far artefacts for working together show what they are for."""
    rejection: Lever = lever(
        0.0, "probability", (0, 1), (0, 0.5),
        ("every answer welcomes", "half of the answers turn away", "every answer turns away"),
        label="rejection", group="climate", symbol="rejection", source="Halfaker 2013", evidence="signed",
    )  # fmt: skip
    """How often an answer is a rejection: reverted, closed, told off (gatekeeping)."""
    forced_collaboration: Lever = lever(
        0.0, "yes/no", (0, 1), (0, 1),
        ("working together is free", "there is no half-way: 0 or 1", "working together is imposed"),
        label="forced collaboration", group="freedom", symbol="forced", source="Heutte 2011", evidence="signed",
        whole=True, steps=True,
    )  # fmt: skip
    """Whether working alone is ruled out (0 or 1)."""
    self_levelled: Lever = lever(
        1.0, "share", (0, 1), (0, 1),
        ("the curriculum sets the level", "half curriculum, half learner", "tasks follow the learner's level"),
        label="tasks at one's level", group="freedom", symbol="L", source="Fong 2015",
    )  # fmt: skip
    """How far the level of tasks follows the learner rather than a curriculum."""
    curriculum_start: Lever = lever(
        0.35, "share", (0, 1), (0.1, 0.6), ("starts from nothing", "starts half-way", "starts at the top"),
        label="level at the start", group="time", symbol="curr0",
    )  # fmt: skip
    """Level of the curriculum in the first week."""
    curriculum_slope: Lever = lever(
        0.006, "1/week", (-0.1, 0.1), (0, 0.02),
        ("the level stays", "it rises by half in a year", "it goes from bottom to top in a year"),
        label="rise of the level", group="time", symbol="curr1",
    )  # fmt: skip
    """Rise of the curriculum's level each week."""
    message_capacity: Lever = lever(
        20.0, "messages/week", (1, 1e12), (5, 100),
        ("more than five a week are a load", "about fifty a week are fine", "a hundred a week are fine"),
        label="message capacity", group="climate", symbol="capacity", source="Jones 2004", evidence="signed",
    )  # fmt: skip
    """Messages a week that a learner can take in before they become a load (tools to filter raise it)."""
    hazard: Lever = lever(
        0.045, "1/week", (0, 10), (0.002, 0.25),
        ("leaving is hardly possible", "leaving takes a decision", "leaving is one click"),
        label="ease of leaving", group="climate", symbol="h0", source="Kuzilek 2017 (OULAD); Jordan 2014",
        evidence="signed",
    )  # fmt: skip
    """Weekly hazard of leaving for an experienced learner of middling drive whom nobody accepts."""
    ready_ties: float = Field(
        default=6.0, ge=0, le=4096,
        json_schema_extra={"leaf": Leaf(
            "ready ties", "ties", Range(0, 4096), Range(0, 32), "ready_ties", "assumed", "assumed",
            ("nobody knows anybody", "everybody knows fifteen others", "everybody knows thirty others"), "people",
        )},  # type: ignore[dict-item]
    )  # fmt: skip
    """Mean number of ties that a learner has before the first week."""
    deadlines: list[Whole] = []
    """Weeks in which something must be handed in."""

    @field_validator("*", mode="before")
    @classmethod
    def _read_lever(cls, given: Any, info: Any) -> Any:
        leaf = LEVERS.get(info.field_name)
        return as_schedule(given, leaf) if leaf is not None and info.field_name != "ready_ties" else given

    @field_validator("deadlines")
    @classmethod
    def _check_deadlines(cls, given: list[int]) -> list[int]:
        for index, week in enumerate(given):
            if not 0 <= week <= LATEST_WEEK:
                raise wrong("week", index, value=week, most=LATEST_WEEK)
            if index and week <= given[index - 1]:
                raise wrong("deadlines", index, value=week, before=given[index - 1])
        return given


LEVERS: dict[str, Leaf] = {
    name: field.json_schema_extra["leaf"]  # type: ignore[misc]
    for name, field in Design.model_fields.items()
    if isinstance(field.json_schema_extra, dict)
}
SCHEDULED = tuple(name for name in LEVERS if name != "ready_ties")
