"""The worlds of a debrief: as it was, as the model decides, without the teacher's changes, and of another design."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ecosim.classroom.course import Facts, check_change, decides
from ecosim.model.engine import Choices
from ecosim.scenario.resolve import Loaded

LIVED, MODEL, UNTOUCHED, ALTERNATIVE = "lived", "model", "untouched", "alternative"  #: names of worlds

PAIRS = {MODEL: (LIVED, MODEL), UNTOUCHED: (LIVED, UNTOUCHED), ALTERNATIVE: (ALTERNATIVE, LIVED)}
"""Name of a comparison -> which world is held against which."""


@dataclass(frozen=True)
class Plan:
    """What is to be lived.

    Parameters
    ----------
    loaded : Loaded
        The scenario.
    choices : tuple of dict
        What people decided, week by week.
    weeks : int
        How many weeks are lived.
    """

    loaded: Loaded
    choices: tuple[Choices, ...]
    weeks: int


def decisions(facts: Facts) -> int:
    """Return how often somebody decided something."""
    return sum(decides(choice) for week in facts.choices for choice in week.values())


def touched(facts: Facts) -> bool:
    """Tell whether the teacher changed anything in a week that has been lived."""
    return any(each.week < len(facts.choices) for each in facts.changes)


def with_levers(facts: Facts, levers: Mapping[str, float]) -> Facts:
    """Return the same world with some levers at other values from the first week on.

    Raises
    ------
    UsageError
        When there is no such lever, or it does not go to that value.
    """
    for lever, value in levers.items():
        check_change(lever, value)
        facts = facts.with_lever(lever, value)
    return facts


def plans(facts: Facts, alternative: Mapping[str, float] | None) -> dict[str, Plan]:
    """Return the worlds that there are to compare, by name; all are lived as long as the class has lived.

    Without a decision there is none in which the model decides instead, without a change none without changes.

    Raises
    ------
    InvalidFile, UsageError
        When the scenario, or the alternative, is impossible.
    """
    found = {LIVED: facts}
    if decisions(facts):
        found[MODEL] = facts.without_people()
    if touched(facts):
        found[UNTOUCHED] = replace(facts, changes=())
    if alternative:
        found[ALTERNATIVE] = with_levers(facts, alternative)
    weeks = len(facts.choices)
    return {name: Plan(each.loaded(), each.choices, weeks) for name, each in found.items()}
