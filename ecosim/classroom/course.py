"""The community that a class lives: week by week, by people and by the model, and from start to now again at any time.

All that decides it is plain: the scenario, what was changed and from which week on, and what people decided. Chance is
keyed, and a scenario that differs only from some week on has the same past (the prefix property), so the course can be
had again from these facts, bit for bit: after a crash, with the choices left out, or with another design.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ecosim.errors import UsageError, nearest
from ecosim.model.choice import checked
from ecosim.model.engine import Choices, Engine
from ecosim.model.metrics import METRICS
from ecosim.model.metrics.bounds import bounds
from ecosim.model.run import new_engine
from ecosim.scenario.design import LEVERS, SCHEDULED
from ecosim.scenario.resolve import Loaded, load
from ecosim.scenario.schedule import Schedule


@dataclass(frozen=True)
class Change:
    """A lever that the teacher sets from a week on."""

    week: int
    lever: str
    value: float


@dataclass(frozen=True)
class Facts:
    """All that decides a course.

    Parameters
    ----------
    text : str
        The scenario as a file, which extends presets only, and names no other file.
    settings : dict
        Dotted path -> value, laid over it before the first week.
    replicate : int
        Which luck.
    changes : tuple of Change
        In the order in which they were made.
    choices : tuple of dict
        What people decided in each finished week: learner -> {artefact, effort, partner}.
    """

    text: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    replicate: int = 0
    changes: tuple[Change, ...] = ()
    choices: tuple[Choices, ...] = ()

    def loaded(self) -> Loaded:
        """Return the scenario with everything that was changed on the way.

        Raises
        ------
        InvalidFile
            With everything that is wrong.
        """
        return opened(self.text, self.every_setting())

    def every_setting(self) -> dict[str, Any]:
        """Return all that is laid over the text, what was changed on the way as schedules: dotted path -> value.

        Raises
        ------
        InvalidFile
            With everything that is wrong with what was set before the first week.
        """
        if not self.changes:
            return dict(self.settings)
        return {**self.settings, **_courses(opened(self.text, self.settings), self.changes)}

    def resized(self, learners: int) -> Facts:
        """Return the same with another number of learners."""
        return replace(self, settings={**self.settings, "learners": learners})

    def without_people(self) -> Facts:
        """Return the same world in which the model decides for everybody."""
        return replace(self, choices=())

    def with_lever(self, lever: str, value: float) -> Facts:
        """Return the same world with one lever at ``value`` from the first week on, whatever was done to it."""
        kept = tuple(each for each in self.changes if each.lever != lever)
        return replace(self, changes=(Change(0, lever, value), *kept))


def opened(text: str, settings: Mapping[str, Any] | None = None, name: str = "class.yaml") -> Loaded:
    """Return the scenario of a class, which may name no files, with ``settings`` laid over it.

    Raises
    ------
    InvalidFile
        With everything that is wrong, under ``name``.
    """
    known: dict[str, Any] = {"metrics": METRICS, "bounds": bounds(), "allow_files": False, "name": name}
    return load(text.encode(), set=settings or {}, **known)


def _courses(base: Loaded, changes: Iterable[Change]) -> dict[str, Any]:
    """Return the levers that were changed, in every community, as schedules: dotted path -> knots."""
    designs = {"design": base.scenario.design}
    designs |= {f"communities.{name}.design": each.design for name, each in base.scenario.communities.items()}
    made: dict[str, Schedule] = {}
    for each in changes:
        for place, design in designs.items():
            path = f"{place}.{each.lever}"
            made[path] = changed(made.get(path) or getattr(design, each.lever), each.week, each.value)
    return {path: course.plain() for path, course in made.items()}


def changed(course: Schedule, week: int, value: float) -> Schedule:
    """Return a lever's course as it was before ``week``, and at ``value`` from then on."""
    if week <= 0:
        return Schedule(((0, value),), course.steps)
    knots = [knot for knot in course.knots if knot[0] < week - 1]
    return Schedule((*knots, (week - 1, course.at(week - 1)), (week, value)), course.steps)


class Course:
    """A community that is being lived.

    Parameters
    ----------
    facts : Facts
        What has decided it so far; all its weeks are lived again at once.

    Raises
    ------
    InvalidFile, UsageError
        When the scenario or a choice is impossible.
    """

    def __init__(self, facts: Facts) -> None:
        self._live(facts)

    def _live(self, facts: Facts) -> None:
        """Live everything again from the first week."""
        loaded = facts.loaded()
        engine = new_engine(loaded, facts.replicate)
        for choices in facts.choices:
            engine.step(choices)
        self.facts, self.loaded, self.engine = facts, loaded, engine

    @property
    def week(self) -> int:
        """The week that comes next, from 0."""
        return self.engine.week

    @property
    def running(self) -> bool:
        """Whether there are weeks left."""
        return self.engine.running

    def places(self) -> list[int]:
        """Return the learners whose weeks people may live: those who are there from the first week on."""
        arrival = self.engine.learners.arrival_week
        return [i for i in range(arrival.size) if arrival[i] == 0]

    def options(self, learner: int) -> list[int]:
        """Return the artefacts that a learner may use in the week that comes."""
        return self.engine.options(learner) if self.running else []

    def step(self, choices: Choices) -> None:
        """Live the next week; for who decided nothing the model decides.

        Raises
        ------
        UsageError
            When the run is over or a choice is impossible; nothing has been done then.
        """
        self.engine.step(choices)
        kept = {int(learner): dict(choice) for learner, choice in sorted(choices.items())}
        self.facts = replace(self.facts, choices=(*self.facts.choices, kept))

    def change(self, lever: str, value: float) -> None:
        """Set a lever to ``value`` from the week that comes on.

        Raises
        ------
        UsageError
            When there is no such lever, it cannot be changed on the way, or not to that value.
        InvalidFile
            When the scenario refuses it.
        """
        check_change(lever, value)
        made = Change(self.week, lever, float(value))
        self._live(replace(self.facts, changes=(*self.facts.changes, made)))


def check_change(lever: str, value: Any) -> None:
    """Refuse what cannot be done to a lever on the way.

    Raises
    ------
    UsageError
        Naming the lever, the nearest one, or the range.
    """
    if lever not in SCHEDULED:
        near = nearest(lever, SCHEDULED)
        raise UsageError("errors.registry.unknown_near" if near else "errors.registry.unknown", kind="lever",
                         name=str(lever)[:60], nearest=near)  # fmt: skip
    legal = LEVERS[lever].legal
    if isinstance(value, bool) or value not in legal:
        raise UsageError("classroom.change.range", lever=lever, value=str(value)[:20], low=legal.low, high=legal.high)


def decides(choice: Mapping[str, Any]) -> bool:
    """Tell whether a choice decides anything."""
    return "artefact" in choice or any(value is not None for value in choice.values())


def possible(engine: Engine, choices: Choices) -> tuple[dict[int, dict[str, Any]], int]:
    """Return which of these choices are possible in the week that comes, and how many are not.

    A choice that says nothing is neither: it decides nothing.
    """
    made, dropped = {}, 0
    engine.open_week()
    for learner, choice in sorted(choices.items()):
        if not decides(choice):
            continue
        try:
            checked(engine, learner, dict(choice))
        except UsageError:
            dropped += 1
        else:
            made[learner] = dict(choice)
    return made, dropped


def lived(facts: Facts) -> Engine:
    """Return the engine of a course lived as far as people have decided, in a world of its own."""
    return Course(facts).engine
