"""The wizard: any answers make a scenario that can be lived here and means what was said."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosim.dashboard.brought import wrong_with
from ecosim.dashboard.desk import Source
from ecosim.dashboard.pages.wizard import LEAST, NUMBERS, _read
from ecosim.dashboard.wizard import ANSWERS, EVERY, FREEDOM, QUESTIONS, TUTORING, USUAL, scenario_text
from ecosim.dashboard.world import opened
from ecosim.language import LANGUAGES, text
from ecosim.scenario import presets
from ecosim.scenario.parts import in_language
from ecosim.scenario.resolve import Loaded
from ecosim.web.budget import MOST_LEARNER_WEEKS, MOST_LEARNERS, MOST_WEEKS, check_run

ALL = [dict(zip(ANSWERS, each, strict=True)) for each in itertools.product(*ANSWERS.values())]
"""All combinations of answers to the questions that have a list of them."""

TIMES = st.tuples(st.integers(2, 60), st.none() | st.integers(1, 70))


def made(answers: dict[str, Any]) -> Loaded:
    """Return the scenario of some answers."""
    return opened(Source("text", scenario_text({**USUAL, **answers}, "Mine"), "wizard.yaml"))


def means_it(loaded: Loaded, answers: dict[str, Any]) -> None:
    """Compare a scenario with what was said."""
    scenario, design, weeks = loaded.scenario, loaded.scenario.design, answers["weeks"]
    assert loaded.warnings == []
    assert (scenario.learners, scenario.weeks) == (answers["learners"], weeks)
    assert loaded.preset == answers["kind"]
    assert design.choice.at(0) == FREEDOM[answers["freedom"]]
    until = answers["until"]
    ends = weeks if until is None else until
    there = [TUTORING[answers["tutoring"]] if week < ends else 0.0 for week in range(weeks)]
    assert [design.facilitation.at(week) for week in range(weeks)] == pytest.approx(there)
    every = EVERY.get(answers["deadlines"])
    assert list(design.deadlines) == ([week for week in range(weeks) if (week + 1) % every == 0] if every else [])
    assert (answers["who"] == "mixed") == (scenario.context.profiles.keys() <= {None})
    check_run(scenario)


@pytest.mark.parametrize("kind", ANSWERS["kind"])
def test_all_answers_mean_what_they_say(kind: str) -> None:
    for place, answers in enumerate(each for each in ALL if each["kind"] == kind):
        weeks = (26, 2, 10)[place % 3]
        until = (None, 1, weeks // 2, weeks, weeks + 1)[place % 5]
        whole = {**USUAL, **answers, "weeks": weeks, "until": until, "learners": (LEAST, 120)[place % 2]}
        means_it(made(whole), whole)


@settings(max_examples=60)
@given(st.sampled_from(ALL), TIMES, st.integers(LEAST, MOST_LEARNERS))
def test_any_length_and_any_number(answers: dict[str, Any], times: tuple[int, int | None], learners: int) -> None:
    weeks, until = times
    whole = {**USUAL, **answers, "weeks": weeks, "until": until, "learners": learners}
    means_it(made(whole), whole)


def test_the_largest_that_can_be_asked_is_refused_by_name() -> None:
    for lang, word in (("en", "Learners times weeks"), ("fr", "semaines")):
        (told,) = wrong_with("wizard.yaml", scenario_text({**USUAL, "learners": 5000, "weeks": 520}, "Mine"), lang)
        assert word in told
    assert MOST_LEARNER_WEEKS < 5000 * 520
    assert wrong_with("wizard.yaml", scenario_text(USUAL, "Mine"), "en") == []


def test_people_are_as_they_are_said_to_be() -> None:
    mixed, new, used = (made({"who": who}).scenario.context for who in ANSWERS["who"])
    assert not mixed.profiles
    (beginner,), (expert,) = new.profiles.values(), used.profiles.values()
    assert beginner.autonomy.mean < expert.autonomy.mean
    assert beginner.skill.mean < expert.skill.mean
    for lang in LANGUAGES:
        said = [in_language(each.label, lang) for each in (beginner, expert)]
        assert said == [text(f"dashboard.wizard.who.{who}", lang) for who in ("newcomers", "experienced")]


def test_every_question_has_words_and_a_usual_answer() -> None:
    assert set(USUAL) == set(QUESTIONS) == set(ANSWERS) | set(NUMBERS)
    assert set(ANSWERS["kind"]) <= set(presets.names())
    for lang in LANGUAGES:
        for name in QUESTIONS:
            assert text(f"dashboard.wizard.{name}.ask", lang).endswith("?")
        for name, answers in ANSWERS.items():
            said = [text(f"dashboard.wizard.{name}.{each.replace('-', '_')}", lang) for each in answers]
            assert len(set(said)) == len(answers)


def test_numbers_are_kept_within_their_range() -> None:
    assert _read("learners", 0) == LEAST
    assert _read("learners", 10**9) == MOST_LEARNERS
    assert _read("weeks", 10**9) == MOST_WEEKS
    assert _read("weeks", None) == USUAL["weeks"]
    assert _read("until", None) is None
    assert _read("until", 12.7) == 12
    assert _read("kind", "xmooc") == "xmooc"
