"""The diary of a run: what everybody did, felt and left in the log, week by week.

It is kept where somebody asks for it (:meth:`ecosim.model.engine.Engine.watch`): records of a platform, of a forum, of
friendships and of questionnaires are made of it afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from ecosim.chance import CLICKED, FIRST_DAY, IN_FORUM, ON_DAY, exp, normal, poisson, uniform
from ecosim.errors import UsageError
from ecosim.mechanisms.recording import day_chance, expected_clicks
from ecosim.model.kernel import kernel
from ecosim.model.state import Array

DAYS = 7
LARGE = 200.0  #: up to this mean a Poisson variate is drawn, above it the mean itself is taken


class Page(NamedTuple):
    """What is kept of each week, arrays of shape (weeks, learners).

    ``enrolled`` at the week's start; ``active``, ``collective``, ``answered``, ``success`` of the week's act;
    ``partner`` whom she called on and ``author`` who answered her (-1 nobody, -2 the facilitator); ``effort``
    contributions; ``flow`` in [0, 1]; ``outcome`` how it went, standard normal, below 0 better than was to be expected;
    ``clicks``, and ``forum`` those among them that fall on the forum; ``days`` one bit for each day with a click.
    """

    enrolled: Array
    active: Array
    collective: Array
    answered: Array
    success: Array
    partner: Array
    author: Array
    effort: Array
    flow: Array
    outcome: Array
    clicks: Array
    forum: Array
    days: Array


_KINDS = {
    "enrolled": "?", "active": "?", "collective": "?", "answered": "?", "success": "?", "partner": "i4", "author": "i4",
    "effort": "f4", "flow": "f4", "outcome": "f4", "clicks": "i4", "forum": "i4", "days": "u1",
}  # fmt: skip


class Diary:
    """The pages of a run.

    Parameters
    ----------
    weeks, learners : int
        How long and how many.
    """

    def __init__(self, weeks: int, learners: int) -> None:
        self.page = Page(**{name: np.zeros((weeks, learners), kind) for name, kind in _KINDS.items()})
        self.page.partner[:] = self.page.author[:] = -1
        self.made: dict[tuple[str, int], Any] = {}

    def keep(self, w: Any) -> None:
        """Write the week that the engine ``w`` has just lived."""
        acts, t, page = w.acts, w.week, self.page
        who = acts.learner[: w.count].astype(np.int64)
        page.enrolled[t] = w.now.was_enrolled
        page.active[t, who] = True
        for name in ("collective", "answered", "success", "partner", "author", "effort", "flow", "outcome"):
            getattr(page, name)[t, who] = getattr(acts, name)[: w.count]
        leave_traces(
            acts.learner, acts.effort, acts.collective, w.count, page.clicks[t], page.forum[t], page.days[t],
            w.p.recording, *w.luck,
        )  # fmt: skip


def watched(eco: Any, make: Callable[[Any], Any]) -> Any:
    """Return ``make(eco)``, a record or what is computed of one, made once for all that ask after the same week.

    Raises
    ------
    UsageError
        When the run keeps no diary.
    """
    if eco.diary is None:
        raise UsageError("errors.metric.unwatched")
    key = (name_of(make), eco.week)
    if key not in eco.diary.made:
        eco.diary.made[key] = make(eco)
    return eco.diary.made[key]


def name_of(make: Callable[[Any], Any]) -> str:
    """Return the name under which a diary keeps what ``make`` returns."""
    return f"{make.__module__}.{make.__qualname__}"


@kernel
def leave_traces(learner, effort, collective, count, clicks, forum, days, p, week, seed, replicate):
    """Set the clicks of each act, those in the forum, and the days on which they fall."""
    for k in range(count):
        i = learner[k]
        noise = normal(uniform(seed, replicate, CLICKED, week, i, 0))
        clicks[i] = 1 + int(expected_clicks(effort[k], p.clicks, p.clicks_sd, noise))
        likely = p.forum_acting if collective[k] > 0.0 else p.forum_reading
        forum[i] = visits(clicks[i] * likely, clicks[i], uniform(seed, replicate, IN_FORUM, week, i, 0))
        days[i] = week_days(day_chance(effort[k], p.days), week, i, seed, replicate)


@kernel
def visits(mean, most, u):
    """Return how many of ``most`` clicks fall on the forum, Poisson of that mean."""
    if mean > LARGE:
        return int(mean)
    return min(most, poisson(u, mean, exp(-mean)))


@kernel
def week_days(chance, week, i, seed, replicate):
    """Return the days of the week with a click, one bit each: one at least, each other one with ``chance``."""
    first = int(DAYS * uniform(seed, replicate, FIRST_DAY, week, i, 0))
    found = 1 << first
    for day in range(DAYS):
        if day != first and uniform(seed, replicate, ON_DAY, week, i, day) < chance:
            found |= 1 << day
    return found
