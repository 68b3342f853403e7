"""What became of one learner in one world: a few plain numbers that a phone can show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from ecosim.model.engine import Engine


@dataclass(frozen=True)
class Lot:
    """One learner's weeks in one world, in plain values as JSON says them.

    Parameters
    ----------
    learner : int
        Her number.
    weeks, there : int
        Weeks lived, and those in which she was enrolled.
    decided : list of int
        Weeks in which a person decided for her.
    active, in_flow : int
        Weeks in which she acted, and those of them in which it was a flow episode.
    mean_flow : float or None
        Over her acts; ``None`` without any.
    posted, answered : int
        Weeks in which she did something with others, and those of them in which somebody answered.
    persistence : list of float or None
        At the end of each week; ``None`` in weeks in which she was not there.
    persistence_end : float or None
        At the end of the last week in which she was there.
    skill_start, skill_end : float
        On her interest.
    ties : int
        How many she has at the end.
    enrolled : bool
        Whether she is still there.
    left_after : int or None
        After how many weeks of the community she left; ``None`` while she is there, or has not come.
    """

    learner: int
    weeks: int
    there: int
    decided: list[int]
    active: int
    in_flow: int
    mean_flow: float | None
    posted: int
    answered: int
    persistence: list[float | None]
    persistence_end: float | None
    skill_start: float
    skill_end: float
    ties: int
    enrolled: bool
    left_after: int | None


@dataclass
class _Notes:
    """What is noted of a learner week by week."""

    there: int = 0
    decided: list[int] = field(default_factory=list)
    flow: list[float] = field(default_factory=list)
    posted: int = 0
    answered: int = 0
    persistence: list[float | None] = field(default_factory=list)


class Following:
    """Follows some learners through a world: it is shown every week once it has been lived.

    It reads off the arrays what :func:`ecosim.model.follow.week_of` says of a week, without all else that this says.

    Parameters
    ----------
    learners : iterable of int
        Whom.
    """

    def __init__(self, learners: Iterable[int]) -> None:
        self._notes = {int(learner): _Notes() for learner in learners}

    def see(self, engine: Engine) -> None:
        """Note the week that has just been lived."""
        for learner, note in self._notes.items():
            there = bool(engine.now.was_enrolled[learner])
            note.there += there
            note.persistence.append(float(engine.learners.persistence[learner]) if there else None)
            if learner in engine.humans:
                note.decided.append(engine.week - 1)
            k = int(engine.now.act_of[learner])
            if k >= 0:
                note.flow.append(float(engine.acts.flow[k]))
                note.posted += bool(engine.acts.collective[k])
                note.answered += bool(engine.acts.collective[k] and engine.acts.answered[k])

    def lots(self, engine: Engine) -> dict[int, Lot]:
        """Return what became of each of them, once all weeks have been lived."""
        return {learner: _lot(engine, learner, note) for learner, note in self._notes.items()}


def _lot(engine: Engine, learner: int, note: _Notes) -> Lot:
    """Return what became of one learner."""
    people, first = engine.learners, engine.ties.first
    felt = [each for each in note.persistence if each is not None]
    enrolled, left = bool(people.enrolled[learner]), int(people.left_week[learner])
    return Lot(
        learner=learner,
        weeks=engine.week,
        there=note.there,
        decided=note.decided,
        active=len(note.flow),
        in_flow=sum(flow >= engine.scenario.context.flow.episode for flow in note.flow),
        mean_flow=float(np.mean(note.flow)) if note.flow else None,
        posted=note.posted,
        answered=note.answered,
        persistence=note.persistence,
        persistence_end=felt[-1] if felt else None,
        skill_start=float(people.initial_skill[learner]),
        skill_end=float(people.skill[people.interest[learner], learner]),
        ties=int(first[learner + 1] - first[learner]),
        enrolled=enrolled,
        left_after=left + 1 if left >= 0 and not enrolled else None,
    )
