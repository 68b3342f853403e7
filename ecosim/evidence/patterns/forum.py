"""A15 to A21: the forum of an open course for educators (MOOC-Ed, Kellogg & Edelmann 2015)."""

from __future__ import annotations

import numpy as np

from ecosim.evidence.pattern import INF, Part, pattern
from ecosim.model.watching.forum import replies
from ecosim.model.watching.recorded import Record
from ecosim.records.types import Array, Replies

COHORT = "mooc-ed"
POSTERS, WEEKS, MEAN_POSTS = 424, 11, 5.6
EVENTS = 1576  #: replies among learners


def _forum(sender: Array, receiver: Array, week: Array) -> Record:
    """Return the posts of a null."""
    return {replies: Replies(sender, receiver, week, POSTERS, WEEKS)}


def _at_random(luck: np.random.Generator) -> tuple[Array, Array, Array]:
    """Return who answers whom, and when, drawn evenly."""
    return luck.integers(0, POSTERS, EVENTS), luck.integers(0, POSTERS, EVENTS), luck.integers(0, WEEKS, EVENTS)


def _posts(luck: np.random.Generator, counts: Array) -> Record:
    """Return posts to nobody in particular, so many a learner."""
    sender = np.repeat(np.arange(POSTERS), counts)
    return _forum(sender, np.full(sender.size, -1), luck.integers(0, WEEKS, sender.size))


@pattern("A15", COHORT, "mooc_forum", Part("posts_gini", 0.54, 0.64, 0.58853))
def geometric_posts(luck: np.random.Generator, cohort: str) -> Record:
    """Posts are as unequal as waiting times."""
    return _posts(luck, luck.geometric(1.0 / MEAN_POSTS, POSTERS))


@pattern("A16", COHORT, "mooc_forum", Part("posts_one_only", 0.28, 0.40, 0.33491))
def as_many_each(luck: np.random.Generator, cohort: str) -> Record:
    """Posts fall on learners at random, one at least each."""
    return _posts(luck, 1 + luck.poisson(MEAN_POSTS - 1.0, POSTERS))


@pattern("A17", COHORT, "mooc_forum", Part("replies_returned", 0.14, 0.27, 0.19574))
def anybody(luck: np.random.Generator, cohort: str) -> Record:
    """Anybody answers anybody."""
    return _forum(*_at_random(luck))


@pattern("A18", COHORT, "mooc_forum", Part("replies_closure", 1.3, 2.2, 1.6245))
def degrees_alone(luck: np.random.Generator, cohort: str) -> Record:
    """Some write and are answered more than others, and that is all."""
    weight = luck.lognormal(0.0, 1.0, POSTERS)
    share = weight / weight.sum()
    sender, receiver = luck.choice(POSTERS, EVENTS, p=share), luck.choice(POSTERS, EVENTS, p=share)
    return _forum(sender, receiver, luck.integers(0, WEEKS, EVENTS))


@pattern("A19", COHORT, "mooc_forum", Part("replies_modularity", 0.04, 0.10, 0.0665))
def no_groups(luck: np.random.Generator, cohort: str) -> Record:
    """Some write and are answered more than others, and that is all."""
    return degrees_alone(luck, cohort)


@pattern("A20", COHORT, "mooc_forum", Part("replies_kept", 0.04, 0.10, 0.06345))
def friends(luck: np.random.Generator, cohort: str) -> Record:
    """Everybody has three friends, and half of the ties of a week are seen again the next."""
    friend = luck.integers(0, POSTERS, (POSTERS, 3))
    who, slot, week = np.nonzero(luck.random((POSTERS, 3, WEEKS)) < 0.5)
    return _forum(who, friend[who, slot], week)


@pattern(
    "A21", COHORT, "mooc_forum", Part("first_reply_odds", 1.2, 2.7, 1.80226),
    Part("first_reply_odds_adjusted", 0.9, 2.1, 1.37035), Part("first_reply_attenuation", 1.0, INF, 1.31519),
)  # fmt: skip
def answers_apart(luck: np.random.Generator, cohort: str) -> Record:
    """Who is answered at first has nothing to do with who comes back."""
    first = luck.integers(0, WEEKS - 1, POSTERS)
    again = np.flatnonzero(luck.random(POSTERS) < 0.38)
    started = np.repeat(np.arange(POSTERS), 1 + luck.poisson(0.8, POSTERS))
    posters = np.concatenate([started, again])
    week = np.concatenate([first[started], luck.integers(first[again] + 1, WEEKS)])
    answered = np.flatnonzero(luck.random(POSTERS) < 0.45)
    sender = np.concatenate([posters, np.full(answered.size, -2)])
    receiver = np.concatenate([np.full(posters.size, -1), answered])
    return _forum(sender, receiver, np.concatenate([week, first[answered]]))
