"""What a lesson tells once its runs are made: the answer to the prediction, and the explanation with its numbers."""

from __future__ import annotations

from typing import NamedTuple

from ecosim.dashboard.lesson.blanks import filled
from ecosim.dashboard.lesson.deciding import (
    Outcome,
    claim_text,
    difference_text,
    outcomes,
    size_text,
    value_text,
    verdict_text,
)
from ecosim.dashboard.lesson.document import Option, Paragraph
from ecosim.dashboard.lesson.judging import Fit, fits
from ecosim.dashboard.lesson.loaded import LoadedLesson
from ecosim.language import number, text
from ecosim.report.grammar import sentence
from ecosim.report.page.leafwords import words_of
from ecosim.study.findings import Findings

LETTERS = "ABCDEF"


class Answer(NamedTuple):
    """What the runs say of one thing that could be predicted.

    Parameters
    ----------
    letter, text : str
        As students read them.
    fit : {"right", "wrong", "undecided"}
        Whether it is what the runs show.
    verdict : str
        The same in words.
    why : str
        The comparisons that decide it.
    thought : str
        What those who choose it often have in mind.
    """

    letter: str
    text: str
    fit: Fit
    verdict: str
    why: str
    thought: str


class Claimed(NamedTuple):
    """How one claim came out: its name, its line, its word, and whether it is built in or emergent, in words."""

    name: str
    line: str
    word: str
    status: str


class Told(NamedTuple):
    """What a lesson tells.

    Parameters
    ----------
    answers : list of Answer
        Of every option, in their order; empty where nothing is chosen.
    paragraphs : list of str
        The explanation.
    claims : list of Claimed
        The comparisons that it rests on, the one that decides the question first.
    rows : list of (metric, values)
        The mean of every metric under every design.
    designs : list of str
        Their names, as columns of ``rows``.
    caution : str
        What may not be concluded.
    assumptions : list of str
        What the finding rests on most, and how well each is known.
    """

    answers: list[Answer]
    paragraphs: list[str]
    claims: list[Claimed]
    rows: list[tuple[str, list[str]]]
    designs: list[str]
    caution: str
    assumptions: list[str]


def told(lesson: LoadedLesson, found: Findings, lang: str) -> Told:
    """Return what a lesson tells of its runs.

    Parameters
    ----------
    lesson : LoadedLesson
        With texts that leave blanks.
    found : Findings
        What the runs of its study say: of ``lesson.study``, or of one with the same designs and metrics.
    lang : {"en", "fr"}
        Language of every word.
    """
    came = outcomes(lesson, found)
    names = [arm.name for arm in found.study.arms]
    rows = [
        (sentence(each.label(lang)), [value_text(lesson, found, design, each.key, lang, 1) for design in names])
        for each in found.study.wanted
    ]
    return Told(
        _answers(lesson, came, lang),
        [_paragraph(lesson, found, came, each, lang) for each in lesson.lesson.explain],
        _claims(lesson, came, lang),
        rows,
        [lesson.design(name, lang) for name in names],
        lesson.say(lesson.lesson.caution, lang),
        [_assumption(path, lang) for path in lesson.lesson.rests_on],
    )


def _answers(lesson: LoadedLesson, came: dict[str, Outcome], lang: str) -> list[Answer]:
    """Return of every option whether it is right, and why."""
    options = lesson.lesson.predict.options
    found = fits(options, {name: outcome.word for name, outcome in came.items()})
    every = list(dict.fromkeys(claim for option in options for claim in option.when))
    return [
        Answer(
            letter, lesson.say(option.text, lang), fit, text(f"lessons.fit.{fit}", lang),
            _why(lesson, came, option, every, lang), lesson.say(option.thought, lang),
        )
        for letter, option, fit in zip(LETTERS, options, found, strict=False)
    ]  # fmt: skip


def _why(lesson: LoadedLesson, came: dict[str, Outcome], option: Option, every: list[str], lang: str) -> str:
    """Return the comparisons that decide about an option; about what is left, those of all others."""
    return " ".join(claim_text(lesson, came[claim], lang) for claim in option.when or every)


def _claims(lesson: LoadedLesson, came: dict[str, Outcome], lang: str) -> list[Claimed]:
    """Return how the claims came out, the one that decides first."""
    first = lesson.lesson.show.claim
    order = sorted(came, key=lambda name: name != first)
    return [
        Claimed(
            name, claim_text(lesson, came[name], lang), came[name].word,
            text(f"lessons.status.{came[name].claim.status}", lang),
        )
        for name in order
    ]  # fmt: skip


def _paragraph(lesson: LoadedLesson, found: Findings, came: dict[str, Outcome], paragraph: Paragraph, lang: str) -> str:
    """Return a paragraph as its claim came out, with its blanks filled."""

    def value(blank: str) -> str:
        kind, _, rest = blank.partition(".")
        if kind == "value":
            design, _, metric = rest.partition(".")
            return value_text(lesson, found, design, metric, lang)
        if kind == "name":
            return lesson.design(rest, lang)
        if kind in OF_OUTCOMES:
            return OF_OUTCOMES[kind](came[rest], lang)
        return number(PLAIN[kind](found), lang, 0)

    words = paragraph.text
    if paragraph.claim is not None:
        outcome = came[paragraph.claim]
        words = getattr(paragraph, outcome.word)
        if words is None:
            return text(f"lessons.told.{outcome.word}", lang, claim=claim_text(lesson, outcome, lang))
    return filled(lesson.say(words, lang), value)


def _assumption(path: str, lang: str) -> str:
    """Return what a path is called, and how well it is known."""
    words = words_of(path, lang)
    return text("lessons.told.assumption", lang, label=sentence(words.label), evidence=words.evidence)


OF_OUTCOMES = {"difference": difference_text, "size": size_text, "verdict": verdict_text}
PLAIN = {
    "runs": lambda found: sum(found.counts.values()),
    "weeks": lambda found: max(arm.loaded.scenario.weeks for arm in found.study.arms),
    "learners": lambda found: max(arm.loaded.scenario.learners for arm in found.study.arms),
}
