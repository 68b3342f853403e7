"""The levers of every community in every week, and the parameters, in the form that kernels take."""

from __future__ import annotations

from collections import namedtuple
from typing import Any

import numpy as np

from ecosim.scenario.design import SCHEDULED, Design
from ecosim.scenario.document import Context
from ecosim.schema import Block

Levers = namedtuple("Levers", [*SCHEDULED, "deadline"])  # type: ignore[misc]
OfWeek = namedtuple("OfWeek", [*Levers._fields, "pressure"])  # type: ignore[misc]
BLOCKS = tuple(
    name
    for name, field in Context.model_fields.items()
    if isinstance(field.annotation, type) and issubclass(field.annotation, Block)
)
Parameters = namedtuple("Parameters", [*BLOCKS, "distraction"])  # type: ignore[misc]


def lever_tables(designs: list[Design], weeks: int) -> Any:
    """Return ``Levers`` of arrays of shape (weeks, communities); ``deadline`` is 1 in weeks with one, else 0."""
    tables = {name: np.empty((weeks, len(designs))) for name in SCHEDULED}
    deadline = np.zeros((weeks, len(designs)))
    for c, design in enumerate(designs):
        for name in SCHEDULED:
            schedule = getattr(design, name)
            tables[name][:, c] = (
                schedule.knots[0][1] if schedule.constant else [schedule.at(week) for week in range(weeks)]
            )
        deadline[[week for week in design.deadlines if week < weeks], c] = 1.0
    return Levers(**tables | {"deadline": deadline})


def by_week(tables: Any) -> Any:
    """Return the levers of each week, and the pressure that makes of them: shape (weeks, levers + 1, communities)."""
    return np.stack([*tables, tables.incentive * tables.controlling], axis=1)


def new_lever(communities: int) -> Any:
    """Return room for the levers of a week."""
    return OfWeek(*(np.empty(communities) for _ in OfWeek._fields))


def parameters(context: Context) -> Any:
    """Return the parameters of all mechanisms as nested named tuples of numbers."""
    blocks = {name: getattr(context, name).values() for name in BLOCKS}
    return Parameters(**blocks | {"distraction": context.distraction})
