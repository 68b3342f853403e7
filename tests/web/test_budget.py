"""What is too large for a page is refused by name, in both languages; what fits just fits."""

from __future__ import annotations

from typing import Any

import pytest

from ecosim.errors import UsageError
from ecosim.scenario.document import Scenario
from ecosim.scenario.resolve import load
from ecosim.web.budget import (
    MOST_DESIGNS,
    MOST_LEARNER_WEEKS,
    MOST_LEARNERS,
    MOST_REPLICATES,
    MOST_TOGETHER,
    MOST_WEEKS,
    check_run,
    check_study,
)


def world(learners: int = 10, weeks: int = 4) -> Scenario:
    """Return a world of a size."""
    return load({"learners": learners, "weeks": weeks}).scenario


def refusal(check: Any, *given: Any) -> str:
    """Return under which name something is refused, said in both languages."""
    with pytest.raises(UsageError) as caught:
        check(*given)
    for lang in ("en", "fr"):
        said = caught.value.say(lang)
        assert not {"{", "}"} & set(said)
        assert "," not in "".join(word for word in said.split() if word[0].isdecimal() and word[-1].isdecimal()), (
            "a comma is a decimal one in French"
        )
    return caught.value.problems[0].key.rpartition(".")[2]


@pytest.mark.parametrize(
    ("learners", "weeks", "name"),
    [
        (MOST_LEARNERS + 1, 1, "learners"),
        (10, MOST_WEEKS + 1, "weeks"),
        (MOST_LEARNERS, MOST_LEARNER_WEEKS // MOST_LEARNERS + 1, "learner_weeks"),
    ],
)
def test_a_run_that_is_too_large_is_refused_by_name(learners: int, weeks: int, name: str) -> None:
    assert refusal(check_run, world(learners, weeks)) == name
    assert refusal(check_study, [world(), world(learners, weeks)], 4) == name


@pytest.mark.parametrize(
    ("learners", "weeks"),
    [(MOST_LEARNERS, MOST_LEARNER_WEEKS // MOST_LEARNERS), (MOST_LEARNER_WEEKS // MOST_WEEKS, MOST_WEEKS), (10, 1)],
)
def test_what_just_fits_is_taken(learners: int, weeks: int) -> None:
    check_run(world(learners, weeks))


def test_a_comparison_that_is_too_large_is_refused_by_name() -> None:
    assert refusal(check_study, [world()] * (MOST_DESIGNS + 1), 4) == "designs"
    assert refusal(check_study, [world()] * 2, MOST_REPLICATES + 1) == "replicates"
    large = world(MOST_LEARNERS, MOST_LEARNER_WEEKS // MOST_LEARNERS)
    most = MOST_TOGETHER // MOST_LEARNER_WEEKS // MOST_DESIGNS
    check_study([large] * MOST_DESIGNS, most)
    assert refusal(check_study, [large] * MOST_DESIGNS, most + 1) == "together"
    check_study([world()] * MOST_DESIGNS, MOST_REPLICATES)
