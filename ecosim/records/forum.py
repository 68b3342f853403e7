"""Who posts in a forum, how often, and whether an answer to the first post brings her back.

Facilitators never count as posters, though their answers count as answers.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from ecosim.records.measures import gini, mean, share
from ecosim.records.regression import Association, logistic_ratio, odds_ratio
from ecosim.records.types import Array, Replies


def posts(replies: Replies) -> Array:
    """Return the posts of each learner in each week, shape (people, weeks)."""
    made = np.zeros((replies.people, replies.weeks), np.int64)
    learner = replies.sender >= 0
    np.add.at(made, (replies.sender[learner], replies.week[learner]), 1)
    return made


def _posters(replies: Replies) -> Array:
    """Return the posts of those who post, shape (posters, weeks)."""
    made = posts(replies)
    return np.asarray(made[made.sum(axis=1) > 0])


def post_gini(replies: Replies) -> float:
    """Return the Gini coefficient of posts among those who post: .24 for Poisson counts, .45 for geometric ones."""
    return gini(_posters(replies).sum(axis=1))


def one_post_only(replies: Replies) -> float:
    """Return the share of posters with a single post."""
    return share(_posters(replies).sum(axis=1) == 1)


def one_week_only(replies: Replies) -> float:
    """Return the share of posters who post in a single week."""
    return share((_posters(replies) > 0).sum(axis=1) == 1)


def among_learners(replies: Replies) -> Array:
    """Return which posts answer another learner, bool of shape (posts,): by a learner, and not to herself."""
    return np.asarray((replies.sender >= 0) & (replies.receiver >= 0) & (replies.sender != replies.receiver))


def weekly_tie_persistence(replies: Replies) -> float:
    """Return which share of the ties of a week is seen again in the next, averaged over weeks with ties.

    mean_t |T_t and T_(t + 1)| / |T_t|, T_t being the directed pairs (who, to whom) of learners of week t.
    """
    between = among_learners(replies)
    pair = replies.sender[between].astype(np.int64) * replies.people + replies.receiver[between]
    week = replies.week[between]
    ties = [np.unique(pair[week == each]) for each in range(replies.weeks)]
    again = [share(np.isin(now, after)) for now, after in pairwise(ties)]
    return mean(np.array(again, float))


def first_reply_return(replies: Replies) -> Association:
    """Return the odds ratio of posting again for an answer to the first posts; adjusted for the log of their number.

    For each poster whose first week is not the last: *answered* if anybody else answers her in that same week (answers
    of the next would mix with those to her later posts), *returned* if she posts in any later one.
    """
    made = posts(replies)
    who = np.flatnonzero(made[:, :-1].sum(axis=1) > 0)
    first = np.argmax(made[who] > 0, axis=1) if who.size else who
    answered = np.zeros(made.shape, bool)
    answers = (replies.receiver >= 0) & (replies.sender != replies.receiver)
    answered[replies.receiver[answers], replies.week[answers]] = True
    at_first = made[who, first]
    exposed, returned = answered[who, first], made[who].sum(axis=1) > at_first
    return Association(odds_ratio(exposed, returned), logistic_ratio(returned, exposed, np.log(at_first)))
