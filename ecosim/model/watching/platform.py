"""What a platform would have logged of a run: withdrawals, weekly clicks, active days."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.model.state import Array
from ecosim.model.watching.diary import DAYS
from ecosim.records.types import DayLog, Panel, Withdrawals

WINDOW, AFTER = 30, 10  #: days that are watched, and days that tell who goes on (KDD Cup 2015)


def withdrawals(eco: Any) -> Withdrawals:
    """Return the week of her stay in which each learner who ever arrived withdrew for good, -1 for who stayed.

    All are followed as if they had come in the first week: cohorts that begin together are meant.
    """
    people = eco.learners
    came = people.arrival_week < eco.week
    stayed = people.left_week[came] - people.arrival_week[came]
    return Withdrawals(np.where(people.enrolled[came], -1, stayed), eco.week)


def panel(eco: Any) -> Panel:
    """Return the weekly log of the watched run ``eco``.

    A course is completed by whoever is enrolled at its end and has handed in ``handed_in`` of the assignments: one
    counts as handed in by an act in the week of its deadline or in the week before. Without deadlines every week since
    she came counts as an assignment.

    Who comes later is not asked for until then; who comes back counts as enrolled and idle in the weeks away. What
    describes persons over all weeks of the course means cohorts that begin together.
    """
    page, people = eco.diary.page, eco.learners
    done = eco.p.recording.handed_in <= _handed_in(eco)
    left = np.where(people.enrolled, -1, people.left_week)
    return Panel(page.clicks[: eco.week].T, page.forum[: eco.week].T, left, people.enrolled & done, people.arrival_week)


def _handed_in(eco: Any) -> Array:
    """Return the share of the assignments that each learner has handed in."""
    active = eco.diary.page.active[: eco.week]
    before = np.vstack([np.zeros_like(active[:1]), active[:-1]])
    due = eco.levers.deadline[: eco.week][:, eco.learners.community] > 0.0
    if not due.any():
        return np.asarray(active.sum(axis=0) / np.maximum(eco.week - eco.learners.arrival_week, 1))
    return np.asarray(((active | before) & due).sum(axis=0) / np.maximum(due.sum(axis=0), 1))


def day_log(eco: Any) -> DayLog:
    """Return the daily log of the watched run ``eco``: its first 30 days, and the 10 that tell who goes on.

    A week's clicks, those in the forum too, are spread evenly over its active days, the first ones taking the rest.
    """
    page, lived = eco.diary.page, -(-(WINDOW + AFTER) // DAYS)
    active = np.unpackbits(page.days[:lived, :, None], axis=2, bitorder="little")[:, :, :DAYS].astype(np.int64)
    events, discussion = (_spread(each[:lived], active) for each in (page.clicks, page.forum))
    return DayLog(events[:, : WINDOW + AFTER], discussion[:, : WINDOW + AFTER], WINDOW)


def _spread(counts: Array, active: Array) -> Array:
    """Return weekly counts (weeks, learners) spread over active days, as (learners, days)."""
    days = np.maximum(active.sum(axis=2, keepdims=True), 1)
    each, rest = np.divmod(counts[:, :, None], days)
    place = np.cumsum(active, axis=2) * active
    daily = active * (each + (place <= rest) * (place > 0))
    return np.asarray(daily.transpose(1, 0, 2).reshape(counts.shape[1], -1))
