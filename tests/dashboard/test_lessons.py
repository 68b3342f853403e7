"""The lessons that come with ecosim: complete in both languages, small enough for a page, and true to their runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from pydantic import BaseModel

from ecosim.dashboard.lesson import LoadedLesson, lesson_names, load_lesson, told
from ecosim.dashboard.lesson.blanks import BLANK
from ecosim.dashboard.lesson.deciding import outcomes
from ecosim.dashboard.lesson.page import plan
from ecosim.errors import UsageError
from ecosim.language import LANGUAGES
from ecosim.scenario.parts import Bilingual
from ecosim.web.budget import check_study
from tests.dashboard.lessons import came, runs, small

NAMES = lesson_names()
TOPICS = {
    "alone", "flow-channel", "paradox-of-autonomy", "rewards", "visibility", "fading", "newcomers", "size",
}  # fmt: skip
MOST_WORK = 20_000_000  #: learner-weeks of all runs of a lesson: half a minute of two processors
TYPOGRAPHY = re.compile(r"(?<=[^\s\u00a0\u202f]) [;:?!»%]|« ")


def texts(value: Any) -> Iterator[Any]:
    """Yield every text of a lesson that has two languages, or should."""
    if isinstance(value, Bilingual):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name != "study":
                yield from texts(getattr(value, name))
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)


def test_there_are_the_lessons_that_teachers_need() -> None:
    assert set(NAMES) >= TOPICS
    assert len(NAMES) == len(list((files("ecosim.dashboard") / "lessons").iterdir()))
    minutes = [load_lesson(name).lesson.minutes for name in NAMES]
    assert minutes[0] == 10
    assert minutes == sorted(minutes)


def test_an_unknown_lesson_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean rewards"):
        load_lesson("reward")
    with pytest.raises(UsageError, match="there is no lesson"):
        load_lesson("../lessons/rewards")


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_is_whole(name: str) -> None:
    lesson = load_lesson(name)
    assert sum(end.end - end.start for end in plan(lesson, "en")) == lesson.lesson.minutes
    assert len(lesson.trials) == len(lesson.lesson.trials)
    assert {stage.step for stage in lesson.lesson.plan} >= {"predict", "observe", "explain"}
    assert lesson.study.study.run.series == "weekly"
    assert lesson.study.study.compare.smallest_effect


@pytest.mark.parametrize("name", NAMES)
def test_all_words_stand_in_both_languages(name: str) -> None:
    found = list(texts(load_lesson(name).lesson))
    assert len(found) > 20
    for each in found:
        assert each.en.strip()
        assert each.fr.strip()
        assert sorted(BLANK.findall(each.en)) == sorted(BLANK.findall(each.fr)), each.en
        assert not TYPOGRAPHY.search(each.fr), each.fr
        assert each.en != each.fr
    for arm in load_lesson(name).study.arms:
        assert arm.label("en") != arm.label("fr")


@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_plain_where_two_languages_are_possible(name: str) -> None:
    """A plain text would stand for both: only names, paths and keys may."""
    plain = set()

    def walk(value: Any, key: str = "") -> None:
        if isinstance(value, BaseModel) and not isinstance(value, Bilingual):
            for inner in type(value).model_fields:
                if inner != "study":
                    walk(getattr(value, inner), inner)
        elif isinstance(value, list | dict):
            for each in value.values() if isinstance(value, dict) else value:
                walk(each, key)
        elif isinstance(value, str) and value:
            plain.add(key)

    walk(load_lesson(name).lesson)
    keys = {"kind", "metric", "of", "against", "against_metric", "status", "claim", "when", "design", "view", "set"}
    assert plain <= keys | {"step", "rests_on", "sources"}


@pytest.mark.parametrize("name", NAMES)
def test_its_study_is_small_enough_for_a_page(name: str) -> None:
    study = load_lesson(name).study
    scenarios = [arm.loaded.scenario for arm in study.arms]
    check_study(scenarios, study.replicates.max)
    assert study.replicates.max * sum(each.learners * each.weeks for each in scenarios) <= MOST_WORK


@pytest.mark.parametrize("name", NAMES)
def test_no_outcome_is_written_where_it_does_not_depend_on_the_runs(name: str) -> None:
    """What speaks of numbers of runs has blanks, and what depends on a verdict is chosen by it."""
    lesson = load_lesson(name).lesson
    assert any(paragraph.claim == lesson.show.claim for paragraph in lesson.explain)
    for paragraph in lesson.explain:
        for words in texts(paragraph):
            said = BLANK.sub("", words.en)
            assert not re.search(r"\d[\d.]*\s*(%|points)", said), said
        if paragraph.text is not None:
            assert "{" not in paragraph.text.en  # type: ignore[union-attr]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_blank_is_filled(name: str, lang: str) -> None:
    lesson, (found, _) = small(name), runs(name)
    said = told(lesson, found, lang)
    whole = " ".join([*said.paragraphs, *(each.line for each in said.claims), *(each.why for each in said.answers)])
    assert "{" not in whole
    assert "nan" not in whole.lower().split()
    assert [len(values) for _, values in said.rows] == [len(lesson.study.arms)] * len(lesson.study.wanted)
    assert len(said.answers) == len(lesson.lesson.predict.options)
    assert said.claims[0].name == lesson.lesson.show.claim
    assert len(said.assumptions) == len(lesson.lesson.rests_on)


def central(lesson: LoadedLesson) -> str:
    """Return the claim that decides the question."""
    return lesson.lesson.show.claim


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_follows_the_verdict(name: str) -> None:
    """Turned round, the same comparison is told the other way round, and another option is right."""
    lesson = load_lesson(name)
    claim = central(lesson)
    words = {way: told(lesson, came(lesson, {claim: way}), "en") for way in ("higher", "lower", "undecided")}
    assert outcomes(lesson, came(lesson, {claim: "higher"}))[claim].word == "higher"
    assert outcomes(lesson, came(lesson, {claim: "lower"}))[claim].word == "lower"
    assert outcomes(lesson, came(lesson, {claim: "undecided"}))[claim].word == "undecided"
    assert len({tuple(said.paragraphs) for said in words.values()}) == 3
    assert any("do not decide" in line for line in words["undecided"].paragraphs)
    for option, answer in zip(lesson.lesson.predict.options, words["undecided"].answers, strict=True):
        assert claim not in option.when or answer.fit != "right"


@pytest.mark.parametrize("name", NAMES)
def test_every_prediction_would_be_right_if_the_runs_said_so(name: str) -> None:
    lesson = load_lesson(name)
    options = lesson.lesson.predict.options
    for place, option in enumerate(options):
        if not option.otherwise:
            found = came(lesson, {claim: words[0] for claim, words in option.when.items()})
            fits = [each.fit for each in told(lesson, found, "en").answers]
            assert fits == ["right" if number == place else "wrong" for number in range(len(options))]


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_the_central_claim_is_decided_by_the_whole_study(name: str, tmp_path: Any) -> None:
    from ecosim.study.findings import findings
    from ecosim.study.sweep import How, swept

    lesson, found = load_lesson(name), []
    swept(lesson.study, tmp_path / "study", How(), lambda store: found.append(findings(store)))
    words = {claim: outcome.word for claim, outcome in outcomes(lesson, found[0]).items()}
    assert words[central(lesson)] != "undecided"
    fits = [each.fit for each in told(lesson, found[0], "en").answers]
    assert not fits or fits.count("right") == 1
