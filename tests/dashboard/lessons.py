"""Lessons lived small and in this process, and findings made up: what tests of lessons share."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from ecosim.dashboard.lesson import LoadedLesson, open_lesson
from ecosim.dashboard.lesson.opening import source
from ecosim.model.state import Array
from ecosim.study.findings import Findings
from ecosim.study.runner.live import lived, measured, unpacked, weekly
from ecosim.study.statistics.expectations import Values
from ecosim.web.ensemble import quantiles

FEW = 3  #: replicates
SMALL = {"study.replicates": FEW, "learners": 40}


@cache
def small(name: str) -> LoadedLesson:
    """Return a lesson with few learners (where its designs do not say how many) and few replicates."""
    return open_lesson(source(name), set=SMALL, name=f"{name}.yaml")


@cache
def runs(name: str) -> tuple[Findings, dict[str, Array]]:
    """Return what the small runs of a lesson say, and the bands of what it draws."""
    lesson = small(name)
    study, shown = lesson.study, [each.key for each in lesson.study.wanted].index(lesson.lesson.show.metric)
    values, series = [], {}
    for arm in study.arms:
        engines = [lived(arm.loaded, replicate) for replicate in range(FEW)]
        values.append([measured(engine, study.wanted, arm.loaded) for engine in engines])
        rows = [unpacked(weekly(engine, study.wanted), len(study.wanted))[shown] for engine in engines]
        series[arm.name] = quantiles(np.array(rows, float))
    return findings_of(lesson, np.array(values, float)), series


def findings_of(lesson: LoadedLesson, values: Array) -> Findings:
    """Return findings with run values of shape (designs, replicates, metrics)."""
    counts = {"done": int(values.shape[0] * values.shape[1])}
    return Findings(lesson.study, Values(values[None], None), [], counts, [], True)


def came(lesson: LoadedLesson, words: dict[str, str]) -> Findings:
    """Return findings in which claims come out as ``words`` say; a claim that compares with a third design follows.

    Values are set design by design and metric by metric, so that every difference is the same in all replicates, or of
    either sign where a claim is to stay undecided.
    """
    metrics, designs = [each.key for each in lesson.study.wanted], [arm.name for arm in lesson.study.arms]
    values = np.full((len(designs), 12, len(metrics)), 0.5)
    values += np.linspace(-0.01, 0.01, 12)[None, :, None]
    steps: dict[str, Any] = {"higher": 0.2, "lower": -0.2, "equivalent": 0.0}
    for name, word in words.items():
        claim = lesson.lesson.claims[name]
        own = designs.index(claim.of), slice(None), metrics.index(claim.metric)
        other = designs.index(lesson.against(claim)), slice(None), metrics.index(claim.against_metric or claim.metric)
        wave = np.linspace(-1.0, 1.0, 12) ** 3
        values[own] = values[other] + (wave if word == "undecided" else steps[word])
    return findings_of(lesson, values)
