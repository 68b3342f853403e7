"""What is observed of a cohort, whoever kept the record: a course platform, a questionnaire or the simulation."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]

STAYED = -1  #: week of withdrawal of who did not withdraw
NOBODY = -1  #: receiver of a post to nobody in particular
FACILITATOR = -2  #: sender or receiver who is no learner


class Panel(NamedTuple):
    """What a course platform logs of a cohort.

    Parameters
    ----------
    clicks : array of shape (learners, weeks)
        Clicks of each week of the course.
    forum : array of shape (learners, weeks)
        Those of them that fell in the forum.
    left : array of shape (learners,)
        Week in which she withdrew, from 0; -1 for who stayed.
    completed : bool array of shape (learners,)
        Whether she completed the course.
    entered : array of shape (learners,), optional
        Week from which she is enrolled; without it all are from the first.
    """

    clicks: Array
    forum: Array
    left: Array
    completed: Array
    entered: Array | None = None


class DayLog(NamedTuple):
    """What a platform logs by the day.

    Parameters
    ----------
    events : array of shape (learners, days)
        Events of each day, from the first of the course.
    discussion : array of shape (learners, days)
        Those of them that fell in the discussion.
    window : int
        Days that are observed; those after it tell who persists.
    """

    events: Array
    discussion: Array
    window: int


class Replies(NamedTuple):
    """Posts of a forum, each with whom it answers.

    Parameters
    ----------
    sender : int array of shape (posts,)
        Learner who posts, from 0; -2 for a facilitator.
    receiver : int array of shape (posts,)
        Learner who is answered; -1 for nobody in particular, -2 for a facilitator.
    week : int array of shape (posts,)
        Week of the post, from 0.
    people : int
        Learners enrolled, whether they post or not.
    weeks : int
        Length of the course.
    """

    sender: Array
    receiver: Array
    week: Array
    people: int
    weeks: int


class Waves(NamedTuple):
    """Nominations of a group, wave after wave.

    Parameters
    ----------
    ties : bool array of shape (waves, n, n)
        Whether the person of the row names that of the column.
    """

    ties: Array


class FlowReports(NamedTuple):
    """Repeated reports of flow, one a row.

    Parameters
    ----------
    person : int array of shape (reports,)
        Who reports.
    moment : array of shape (reports,)
        When, in any unit that orders her reports.
    flow : array of shape (reports,)
        Mean of the items, on a scale of 1 to 7.
    deviation : array of shape (reports,)
        Performance against what was expected of her; negative is better than expected.
    """

    person: Array
    moment: Array
    flow: Array
    deviation: Array


class NeedReports(NamedTuple):
    """Questionnaire scores of persons, each an array of shape (n,): three needs and the motivation they feed."""

    competence: Array
    autonomy: Array
    relatedness: Array
    motivation: Array


class Withdrawals(NamedTuple):
    """When learners withdrew.

    Parameters
    ----------
    week : int array of shape (learners,)
        Week of withdrawal, from 0; -1 for who stayed.
    weeks : int
        Length of the course.
    """

    week: Array
    weeks: int
