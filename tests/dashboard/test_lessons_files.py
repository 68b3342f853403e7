"""Lesson files of one's own: what is wrong in them is told at its line; the command line knows them."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
import yaml

from ecosim.dashboard.lesson import lesson_names, load_lesson, open_lesson
from ecosim.dashboard.lesson.document import Option
from ecosim.dashboard.lesson.json_schema import lesson_schema
from ecosim.dashboard.lesson.judging import fits
from ecosim.dashboard.lesson.opening import source
from ecosim.errors import InvalidFile
from ecosim.language import LANGUAGES

GOOD = source("rewards").decode("utf-8")
Change = tuple[str, str]


def broken(*changes: Change) -> InvalidFile:
    """Return the error of a lesson in which some text has been changed."""
    text = GOOD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    with pytest.raises(InvalidFile) as caught:
        open_lesson(text.encode("utf-8"), name="mine.yaml")
    return caught.value


WRONG: dict[str, tuple[str, str, str]] = {
    "another kind": ("kind: lesson", "kind: study", "not a lesson"),
    "no aim": ("aim:\n", "goal:\n", "aim is missing"),
    "unknown key": ("minutes: 50\n", "minutes: 50\nminute: 1\n", "did you mean minutes"),
    "an unknown claim": ("claim: after}", "claim: aftr}", "did you mean after"),
    "an unknown metric": (
        "show: {metric: participation,",
        "show: {metric: particpation,",
        "did you mean participation",
    ),
    "an unknown design": (
        "  design: controlling\n  quest",
        "  design: controling\n  quest",
        "did you mean controlling",
    ),
    "too long a plan": ("  - step: predict\n    minutes: 8", "  - step: predict\n    minutes: 9", "takes 51 minutes"),
    "two right answers": ("{after: equivalent}", "{after: [equivalent, lower]}", "2 options are right"),
    "no right answer": ("{after: equivalent}", "{after: lower, during: higher}", "options are right"),
    "an unknown blank": ("{difference.during}", "{difference.durin}", "did you mean {difference.during}"),
    "a senseless blank": ("{difference.during}", "{answer}", "no run can fill {answer}"),
    "half a paragraph": (
        '    lower:\n      en: "Even',
        '    equivalent:\n      en: "Even',
        "at least higher and lower",
    ),
    "no lever": ("context.becoming.undermining", "context.becoming.under", "no lever"),
    "to try what is not there": ("set: {design.hazard: 0}", "set: {design.hasard: 0}", "design.hazard"),
    "to try what may not be": ("set: {design.hazard: 0}", "set: {design.hazard: -3}", "try.0.set.design.hazard"),
    "a design that is wrong": ("design: {incentive: [[0, 0.8]", "design: {incentiv: [[0, 0.8]", "incentive"),
    "a broken axis": ("claim: after}", "claim: after, low: 1, high: 1}", "smaller than high"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_told_at_its_place(what: str) -> None:
    old, new, said = WRONG[what]
    error = broken((old, new))
    for lang in LANGUAGES:
        assert error.say(lang).startswith("mine.yaml:")
    assert said in str(error)
    assert error.problems[0].line is not None


def test_a_problem_within_the_study_has_its_own_line() -> None:
    error = broken(("controlling: 1}", "controlling: 7}"))
    problem = error.problems[0]
    assert problem.path == "study.designs.controlling.design.controlling"
    assert problem.line == next(n for n, line in enumerate(GOOD.splitlines(), 1) if "controlling: 1}" in line)


def test_several_problems_are_told_at_once() -> None:
    error = broken(("claim: after}", "claim: aftr}"), ("{difference.during}", "{answer}"))
    assert len(error.problems) == 2


def test_options_are_right_by_what_came_out() -> None:
    options = [
        Option(text="a", when={"x": ["higher"]}),
        Option(text="b", when={"x": ["lower"], "y": ["higher", "equivalent"]}),
        Option(text="c", otherwise=True),
    ]
    assert fits(options, {"x": "higher", "y": "lower"}) == ["right", "wrong", "wrong"]
    assert fits(options, {"x": "lower", "y": "equivalent"}) == ["wrong", "right", "wrong"]
    assert fits(options, {"x": "lower", "y": "lower"}) == ["wrong", "wrong", "right"]
    assert fits(options, {"x": "lower", "y": "undecided"}) == ["wrong", "undecided", "undecided"]
    assert fits(options, {"x": "undecided", "y": "lower"}) == ["undecided", "wrong", "undecided"]


def test_the_schema_takes_every_lesson_and_refuses_others() -> None:
    schema = lesson_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for name in lesson_names():
        jsonschema.validate(yaml.safe_load(source(name)), schema)
    for wrong in ({"ecosim": 1, "kind": "lesson"}, {**yaml.safe_load(GOOD), "minute": 3}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)


def test_a_lesson_may_come_from_a_file_and_be_changed(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD, encoding="utf-8")
    lesson = open_lesson(path, set={"learners": 20, "study.replicates": 2})
    assert lesson.name == "mine"
    assert lesson.study.replicates.max == 2
    assert {arm.loaded.scenario.learners for arm in lesson.study.arms} == {20}
    assert {trial.scenario.learners for trial in lesson.trials} == {20}
    assert load_lesson("rewards").study.replicates.max > 2


def test_what_is_to_be_tried_changes_its_design() -> None:
    lesson = load_lesson("rewards")
    base = lesson.study.arm("controlling").loaded.scenario.design
    assert lesson.trials[0].scenario.design.hazard != base.hazard
    assert lesson.trials[0].scenario.design.incentive == base.incentive
