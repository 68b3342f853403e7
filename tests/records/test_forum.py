"""Posts: a forum by hand, a naive recount, nulls of known inequality, and silence."""

from __future__ import annotations

from collections import Counter, defaultdict
from math import isnan, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from ecosim.records.forum import (
    first_reply_return,
    one_post_only,
    one_week_only,
    post_gini,
    posts,
    weekly_tie_persistence,
)
from ecosim.records.types import Replies

from .made import forums, share_or_none

RNG = np.random.default_rng(17)


def forum(events: list[tuple[int, int, int]], people: int, weeks: int) -> Replies:
    """Return a forum of (sender, receiver, week)."""
    sender, receiver, week = np.array(events, int).reshape(-1, 3).T
    return Replies(sender, receiver, week, people, weeks)


BY_HAND = forum(
    [(0, -1, 0), (1, 0, 0), (-2, 1, 0), (1, 0, 1), (0, 1, 1), (2, 2, 1), (2, 0, 2), (0, 1, 2), (3, -2, 3)], 6, 4
)


def test_a_forum_by_hand() -> None:
    assert posts(BY_HAND).sum(axis=1).tolist() == [3, 2, 2, 1, 0, 0]
    assert one_post_only(BY_HAND) == pytest.approx(1 / 4)
    assert one_week_only(BY_HAND) == pytest.approx(1 / 4)
    assert post_gini(BY_HAND) == pytest.approx((-3 * 1 - 1 * 2 + 1 * 2 + 3 * 3) / (4 * 8))
    assert weekly_tie_persistence(BY_HAND) == pytest.approx(np.mean([1.0, 0.5, 0.0]))  # the last week has no ties


def test_answers_and_returns_by_hand() -> None:
    """0 and 1 are answered and return, 2 answers herself and returns, 3 begins in the last week."""
    found = first_reply_return(BY_HAND)
    assert all(map(isnan, found.raw + found.adjusted))  # all three return
    with_gone = forum([(0, -1, 0), (1, 0, 0), (0, -1, 1), (2, -1, 1), (3, -1, 2)], 4, 4)
    assert first_reply_return(with_gone).raw.value == pytest.approx(1.5 * 3.5 / (0.5 * 0.5))


@given(forums())
def test_ties_last_as_counting_sets_gives(replies: Replies) -> None:
    ties: dict[int, set[Any]] = defaultdict(set)
    for sender, receiver, week in zip(replies.sender, replies.receiver, replies.week, strict=True):
        if sender >= 0 and receiver >= 0 and sender != receiver:
            ties[int(week)].add((int(sender), int(receiver)))
    again = [len(ties[week] & ties[week + 1]) / len(ties[week]) for week in range(4) if ties[week]]
    assert weekly_tie_persistence(replies) == pytest.approx(sum(again) / len(again) if again else nan, nan_ok=True)


@given(forums())
def test_posters_are_what_counting_one_by_one_gives(replies: Replies) -> None:
    counts = Counter(int(each) for each in replies.sender if each >= 0)
    weeks = {(int(s), int(w)) for s, w in zip(replies.sender, replies.week, strict=True) if s >= 0}
    once = Counter(sender for sender, _ in weeks)
    expected = [sum(1 for each in c.values() if each == 1) / len(c) if c else nan for c in (counts, once)]
    assert [one_post_only(replies), one_week_only(replies)] == pytest.approx(expected, nan_ok=True)


@given(forums())
def test_whatever_the_forum_measures_stay_in_their_range(replies: Replies) -> None:
    assert all(map(share_or_none, [post_gini(replies), one_post_only(replies), weekly_tie_persistence(replies)]))
    for ratio in first_reply_return(replies):
        assert all(map(isnan, ratio)) or 0.0 < ratio.low < ratio.value < ratio.high


@given(forums())
def test_facilitators_silent_learners_and_the_order_of_posts_do_not_matter(replies: Replies) -> None:
    order = RNG.permutation(replies.sender.size)
    more = Replies(
        np.append(replies.sender[order], [-2, -2]), np.append(replies.receiver[order], [-1, -2]),
        np.append(replies.week[order], [0, 1]), replies.people + 5, replies.weeks,
    )  # fmt: skip
    for measure in (post_gini, one_post_only, one_week_only, weekly_tie_persistence):
        assert measure(more) == pytest.approx(measure(replies), nan_ok=True)
    assert first_reply_return(more).raw == pytest.approx(first_reply_return(replies).raw, nan_ok=True)


def test_posts_by_chance_alone_are_of_little_inequality() -> None:
    sender = RNG.integers(0, 800, 4000)
    made = Replies(sender, np.full(4000, -1), np.zeros(4000, int), 800, 1)
    assert post_gini(made) == pytest.approx(0.24, abs=0.02)
    assert isnan(weekly_tie_persistence(made))


def test_answers_that_bring_back_are_told_from_none() -> None:
    people = np.arange(3000)
    answered = RNG.random(3000) < 0.5
    returned = RNG.random(3000) < np.where(answered, 0.5, 1 / 3)
    sender = np.concatenate([people, np.full(answered.sum(), -2), people[returned]])
    receiver = np.concatenate([np.full(3000, -1), people[answered], np.full(returned.sum(), -1)])
    week = np.repeat([0, 0, 2], [3000, answered.sum(), returned.sum()])
    found = first_reply_return(Replies(sender, receiver, week, 3000, 4))
    assert found.raw.low < 2.0 < found.raw.high
    assert all(map(isnan, found.adjusted))  # one post each: nothing to adjust for


def test_silence_tells_nothing() -> None:
    silent = forum([], 5, 3)
    for measure in (post_gini, one_post_only, one_week_only, weekly_tie_persistence):
        assert isnan(measure(silent))
    assert all(map(isnan, first_reply_return(silent).raw))
