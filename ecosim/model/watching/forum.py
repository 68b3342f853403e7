"""What a forum would have kept of a run: who wrote, and to whom."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.model.state import FACILITATOR, NOBODY, Array
from ecosim.records.types import Replies


def replies(eco: Any) -> Replies:
    """Return the posts of the watched run ``eco`` as directed events.

    Whoever acts on a collective artefact writes as many posts as she makes contributions: one to the partner on whom
    she calls, one to each whom she answers, the rest to nobody in particular. Who is not acting there writes the
    answers alone. Posts of the facilitator are her answers.
    """
    page, weeks = eco.diary.page, eco.week
    called = _pairs(page.partner[:weeks], page.partner[:weeks] >= 0)
    answered = _pairs(page.author[:weeks], page.answered[:weeks] & (page.author[:weeks] != NOBODY), turned=True)
    rest = _rest(page, weeks, called, answered)
    sender, receiver, week = (np.concatenate(each) for each in zip(called, answered, rest, strict=True))
    return Replies(sender, receiver, week, eco.scenario.learners, weeks)


def _pairs(other: Array, where: Array, turned: bool = False) -> tuple[Array, Array, Array]:
    """Return learner, other and week of each entry where ``where``; the other first where ``turned``."""
    week, learner = np.nonzero(where)
    found = other[week, learner].astype(np.int64)
    return (found, learner, week) if turned else (learner, found, week)


def _rest(page: Any, weeks: int, *sent: tuple[Array, Array, Array]) -> tuple[Array, Array, Array]:
    """Return the posts that remain of everybody's contributions, to nobody in particular."""
    written = np.where(page.collective[:weeks], page.effort[:weeks], 0.0).astype(np.int64)
    for sender, _, week in sent:
        own = sender != FACILITATOR
        np.subtract.at(written, (week[own], sender[own]), 1)
    week, learner = np.nonzero(written > 0)
    times = written[week, learner]
    return np.repeat(learner, times), np.full(int(times.sum()), NOBODY, np.int64), np.repeat(week, times)
