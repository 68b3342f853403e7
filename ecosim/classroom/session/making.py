"""Sessions made of something else: of a lesson of the dashboard, or of a scenario alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ecosim.classroom.session import community
from ecosim.classroom.session.document import (
    MOST_MOVES,
    MOST_OPTIONS,
    Alternative,
    Answer,
    Ask,
    Debrief,
    Move,
    Session,
)
from ecosim.classroom.session.loaded import LoadedSession
from ecosim.dashboard.lesson import LoadedLesson
from ecosim.language import LANGUAGES, text
from ecosim.report.grammar import sentence
from ecosim.report.page.leafwords import figure, words_of
from ecosim.scenario.design import SCHEDULED
from ecosim.scenario.layers import Source, node_of
from ecosim.scenario.parts import Bilingual, Words
from ecosim.scenario.schedule import Schedule
from ecosim.study.plan.loaded import Arm

MOST_LEARNERS = 200  #: of a session made of a lesson, whose studies may be larger than a class can look at


def of_scenario(source: str | Path, settings: Mapping[str, Any]) -> LoadedSession:
    """Return a bare session of a scenario file or preset: its title, its question, nothing to ask and to change.

    Raises
    ------
    InvalidFile, UsageError
        When it is invalid, or there is no such preset.
    """
    said, scenario = community.of_file(source, settings)
    own = scenario.scenario
    title = own.title or scenario.name
    return LoadedSession(scenario.name, Session(title=title, question=own.question or "", scenario={}), said, scenario)


def of_lesson(lesson: LoadedLesson, settings: Mapping[str, Any]) -> LoadedSession:
    """Return a session of a lesson: its baseline is lived, and its other designs are what the teacher may make of it.

    Parameters
    ----------
    lesson : LoadedLesson
        The lesson.
    settings : mapping of str to Any
        Dotted path -> value, laid over the scenario of the baseline.

    Raises
    ------
    InvalidFile
        When a setting is impossible.
    """
    own, base = lesson.lesson, lesson.study.arm(lesson.study.baseline)
    values = {**base.recipe.values, "title": _plain(own.title), "question": _plain(own.question)}
    values["learners"] = min(base.loaded.scenario.learners, MOST_LEARNERS)
    bare = Source(None, None, Path(), False)
    said, scenario = community.of_node(node_of(values, bare), settings, lesson.name)
    others = [arm for arm in lesson.study.arms if arm.name != base.name]
    show = lesson.metric(own.show.metric).metric.name
    session = Session(
        title=own.title, aim=own.aim, minutes=own.minutes, audience=own.audience, question=own.question,
        misconception=own.misconception, caution=own.caution, scenario={}, show=[show],
        polls=_polls(lesson), moves=_moves(others, base, scenario.scenario.weeks),
        debrief=Debrief(alternative=_alternative(others, base)), rests_on=own.rests_on, sources=own.sources,
    )  # fmt: skip
    return LoadedSession(lesson.name, session, said, scenario)


def _plain(words: Words) -> Any:
    """Return a text as a file writes it."""
    return words.model_dump() if isinstance(words, Bilingual) else words


def _polls(lesson: LoadedLesson) -> list[Ask]:
    """Return what the lesson lets choose from, asked before the first week."""
    predict = lesson.lesson.predict
    options = [Answer(text=each.text) for each in predict.options[:MOST_OPTIONS]]
    return [Ask(week=0, question=predict.question, options=options)] if options else []


def _different(arm: Arm, base: Arm) -> dict[str, Schedule]:
    """Return the levers that may change on the way in which a design differs from the baseline."""
    own, other = arm.loaded.scenario.design, base.loaded.scenario.design
    return {name: getattr(own, name) for name in SCHEDULED if getattr(own, name) != getattr(other, name)}


def _moves(others: list[Arm], base: Arm, weeks: int) -> list[Move]:
    """Return the changes that lead from the baseline to the other designs, each once."""
    made: list[Move] = []
    known: set[tuple[str, float]] = set()
    for arm in others:
        every = [
            (lever, value, week)
            for lever, course in _different(arm, base).items()
            for value, week in _values(course, weeks)
        ]
        new = [each for each in every if each[:2] not in known]
        known |= {each[:2] for each in new}
        made += [_move(len(made) + place, arm, each, alone=len(every) == 1) for place, each in enumerate(new, 1)]
    return made[:MOST_MOVES]


def _values(course: Schedule, weeks: int) -> list[tuple[float, int | None]]:
    """Return what a lever begins with, and where it moves what it ends with and when."""
    (_, first), (week, last) = course.knots[0], course.knots[-1]
    ends = [] if course.constant or last == first else [(last, week if week < weeks else None)]
    return [(first, None), *ends]


def _move(number: int, arm: Arm, change: tuple[str, float, int | None], alone: bool) -> Move:
    """Return one change, called as its design, and where the design needs several as its lever too."""
    lever, value, week = change
    words = {}
    for lang in LANGUAGES:
        facts = {"lever": words_of(f"design.{lever}", lang).label, "value": figure(value, lang)}
        label = arm.label(lang) if alone else text("sessions.made.move", lang, design=arm.label(lang), **facts)
        words[lang] = (sentence(label), text("sessions.made.say", lang, **facts))
    said, aloud = (Bilingual(en=words["en"][place], fr=words["fr"][place]) for place in (0, 1))
    return Move(name=f"move_{number}", week=week, text=said, lever=lever, value=value, say=aloud)


def _alternative(others: list[Arm], base: Arm) -> Alternative | None:
    """Return the first other design that differs in levers that stand still: what was lived is compared with it."""
    for arm in others:
        levers = _different(arm, base)
        if levers and all(course.constant for course in levers.values()):
            said = Bilingual(en=arm.label("en"), fr=arm.label("fr"))
            return Alternative(text=said, set={name: course.at(0) for name, course in levers.items()})
    return None
