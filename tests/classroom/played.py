"""Lessons as classes may have lived them, drawn from a seed: choices, changes on the way, any luck."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from ecosim.classroom.course import Course, Facts

WEEKS, LEARNERS = 6, 24
PLAIN = (
    f"ecosim: 1\nkind: scenario\nextends: preset:community-of-practice\nlearners: {LEARNERS}\nweeks: {WEEKS}\nseed: 3\n"
)
CIRCLES = f"""ecosim: 1
kind: scenario
title: Two circles
extends: preset:community-of-practice
learners: {LEARNERS}
weeks: {WEEKS}
communities:
  hall:
    share: 0.5
    design: {{facilitation: 0.7}}
  yard:
    share: 0.5
    extends: preset:cmooc
"""


def chosen(course: Course, learners: range, random: Random, share: float = 0.8) -> dict[int, dict[str, Any]]:
    """Return what some of these learners do in the week that comes: possible for them, else anything."""
    made: dict[int, dict[str, Any]] = {}
    for learner in learners:
        options = course.options(learner)
        if not options or random.random() > share:
            continue
        if random.random() < 0.2:
            made[learner] = {"artefact": None}
            continue
        made[learner] = {"artefact": random.choice(options)}
        if random.random() < 0.5:
            made[learner] |= {"effort": random.randint(1, 12), "partner": (learner + random.randint(1, 9)) % LEARNERS}
    return made


def played(
    text: str = PLAIN, weeks: int = WEEKS, seed: int = 1, replicate: int = 0, seats: int = 8, share: float = 0.8,
    changes: Mapping[int, Mapping[str, float]] | None = None, settings: Mapping[str, Any] | None = None,
) -> Course:  # fmt: skip
    """Return the course of a class of ``seats``: week -> lever -> value are the changes that its teacher makes."""
    random, course = Random(seed), Course(Facts(text, settings or {}, replicate))
    for week in range(weeks):
        for lever, value in (changes or {}).get(week, {}).items():
            course.change(lever, value)
        course.step(chosen(course, range(seats), random, share))
    return course
