"""The teacher's notes of a session, to print: the plan, what to say, what to ask, and what to do when phones fail."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from ecosim.classroom.session.document import Ask, Move
from ecosim.classroom.session.loaded import LoadedSession
from ecosim.dashboard.lesson.sheet import printed, timed
from ecosim.language import number, text
from ecosim.model.metrics import METRICS, Wanted
from ecosim.report.grammar import counted, sentence
from ecosim.report.page.leafwords import figure, words_of
from ecosim.report.study.amounts import amount_of
from ecosim.scenario.parts import in_language

PLACE = __name__.rpartition(".")[0]
LETTERS = "ABCD"


class Question(NamedTuple):
    """A poll as notes print it.

    Parameters
    ----------
    when : str
        Before which week it is asked.
    question : str
        As students read it.
    about : str
        The metric whose last value decides; empty without.
    options : list of (letter, text, range)
        The range is empty without a metric.
    """

    when: str
    question: str
    about: str
    options: list[tuple[str, str, str]]


class Change(NamedTuple):
    """A move as notes print it: when, the button's label, the lever and its new value, what to say."""

    when: str
    label: str
    does: str
    say: str


def notes(loaded: LoadedSession, lang: str) -> str:
    """Return the teacher's notes as a page of HTML that fetches nothing, runs nothing and can be printed.

    Parameters
    ----------
    loaded : LoadedSession
        The session.
    lang : {"en", "fr"}
        Language of every word.
    """
    own, scenario = loaded.session, loaded.scenario.scenario
    said = partial(_said, lang)
    return printed(
        "notes.html", own, lang, [PLACE], s=said,
        source=loaded.source or loaded.name,
        plan=timed(own.plan, lang, lambda step: said(f"step.{step}")),
        polls=[_question(each, lang) for each in own.polls],
        moves=[_change(each, lang) for each in own.moves],
        shown=[METRICS[name].say_label(lang) for name in own.show],
        weeks=counted("weeks", loaded.weeks, lang), learners=number(scenario.learners, lang, 0),
        seconds=own.round, assumptions=[_assumption(path, lang) for path in own.rests_on],
        remarks=[in_language(each, lang) for each in own.notes],
    )  # fmt: skip


def _said(lang: str, key: str, **facts: Any) -> str:
    """Return a message of sessions in ``lang``."""
    return text(f"sessions.{key}", lang, **facts)


def _when(week: int | None, lang: str) -> str:
    """Return before which week something happens."""
    if week is None:
        return text("sessions.when.any", lang)
    return text("sessions.when.first" if week == 0 else "sessions.when.week", lang, week=week)


def _question(poll: Ask, lang: str) -> Question:
    """Return a poll in words."""
    about = METRICS[poll.metric].say_label(lang) if poll.metric else ""
    options = [
        (letter, in_language(each.text, lang), _range(poll.metric, each.low, each.high, lang))
        for letter, each in zip(LETTERS, poll.options, strict=False)
    ]
    return Question(_when(poll.week, lang), in_language(poll.question, lang), about, options)


def _range(metric: str | None, low: float | None, high: float | None, lang: str) -> str:
    """Return the values that an answer means; empty without a metric."""
    if metric is None or low is None or high is None:
        return ""
    amount = amount_of(Wanted(metric, METRICS[metric], "run", False))
    ends = [figure(amount.scale * each, lang) for each in (low, high)]
    return text("sessions.notes.percent" if amount.unit else "sessions.notes.range", lang, low=ends[0], high=ends[1])


def _change(move: Move, lang: str) -> Change:
    """Return a move in words."""
    lever = words_of(f"design.{move.lever}", lang).label
    does = text("sessions.notes.does", lang, lever=sentence(lever), value=figure(move.value, lang))
    return Change(_when(move.week, lang), in_language(move.text, lang), does, in_language(move.say, lang))


def _assumption(path: str, lang: str) -> str:
    """Return what a path is called, and how well it is known."""
    words = words_of(path, lang)
    return text("lessons.told.assumption", lang, label=sentence(words.label), evidence=words.evidence)
