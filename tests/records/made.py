"""Records of any cohort that a platform might log, small ones and degenerate ones first."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ecosim.records.types import DayLog, FlowReports, Panel, Replies, Waves, Withdrawals

WEEKS = 6
Made = st.SearchStrategy[Any]


@st.composite
def panels(draw: Any, least: int = 0) -> Panel:
    """Return any panel of up to 12 learners and 6 weeks."""
    learners = draw(st.integers(least, 12))
    clicks = draw(arrays(np.int64, (learners, WEEKS), elements=st.sampled_from([0, 0, 1, 3, 40])))
    forum = np.minimum(clicks, draw(arrays(np.int64, (learners, WEEKS), elements=st.integers(0, 2))))
    left = draw(arrays(np.int64, learners, elements=st.integers(-1, WEEKS - 1)))
    return Panel(clicks, forum, left, draw(arrays(np.bool_, learners)))


@st.composite
def daylogs(draw: Any) -> DayLog:
    """Return any log of up to 12 learners over 20 days, 14 of them observed."""
    learners = draw(st.integers(0, 12))
    events = draw(arrays(np.int64, (learners, 20), elements=st.sampled_from([0, 0, 0, 1, 5])))
    discussion = np.minimum(events, draw(arrays(np.int64, (learners, 20), elements=st.integers(0, 1))))
    return DayLog(events, discussion, 14)


@st.composite
def forums(draw: Any) -> Replies:
    """Return any forum of up to 8 learners, 5 weeks and 40 posts, facilitators among them."""
    people = draw(st.integers(1, 8))
    posts = draw(st.integers(0, 40))
    sender = draw(arrays(np.int64, posts, elements=st.integers(0, people - 1) | st.just(-2)))
    receiver = draw(arrays(np.int64, posts, elements=st.integers(-2, people - 1)))
    return Replies(sender, receiver, draw(arrays(np.int64, posts, elements=st.integers(0, 4))), people, 5)


@st.composite
def flows(draw: Any) -> FlowReports:
    """Return any reports of up to 4 persons, 30 in all."""
    count = draw(st.integers(0, 30))
    scale = arrays(np.float64, count, elements=st.sampled_from([1.0, 2.5, 4.0, 4.5, 7.0]))
    person = draw(arrays(np.int64, count, elements=st.integers(0, 3)))
    return FlowReports(person, draw(st.permutations(range(count)).map(np.array)), draw(scale), draw(scale) - 4.0)


WITHDRAWALS: Made = st.lists(st.integers(-1, 9), max_size=60).map(lambda week: Withdrawals(np.array(week, int), 10))
WAVES: Made = st.integers(0, 7).flatmap(lambda n: arrays(np.bool_, (3, n, n)).map(Waves))


def share_or_none(value: float) -> bool:
    """Return whether ``value`` is a share, or undefined."""
    return bool(np.isnan(value) or 0.0 <= value <= 1.0)


def shuffled(people: int) -> Any:
    """Return an order of ``people`` other than theirs."""
    return np.random.default_rng(people).permutation(people)
