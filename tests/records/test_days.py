"""Activity by the day: four learners by hand, a naive recount, and logs of nobody."""

from __future__ import annotations

from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given

from ecosim.records.days import (
    active_by_week,
    discussion_persistence,
    discussion_share,
    event_gini,
    one_day_only,
    persistence,
)
from ecosim.records.measures import gini
from ecosim.records.types import DayLog

from .made import daylogs, share_or_none, shuffled

RNG = np.random.default_rng(13)


def by_hand() -> DayLog:
    """Return five learners over 40 days: once; each week; daily; never; only later."""
    events = np.zeros((5, 40), int)
    events[0, 3] = 2
    events[1, [1, 8, 15, 22]] = 1
    events[1, 35] = 1
    events[2, :40] = 3
    events[4, 33] = 1
    discussion = np.zeros_like(events)
    discussion[2, 5] = 1
    return DayLog(events, discussion, 30)


def test_five_learners_by_hand() -> None:
    log = by_hand()
    assert active_by_week(log) == pytest.approx([1.0, 2 / 3, 2 / 3, 2 / 3])
    assert one_day_only(log) == pytest.approx(1 / 3)
    assert discussion_share(log) == pytest.approx(1 / 3)
    assert event_gini(log) == pytest.approx(gini(np.array([2.0, 4.0, 90.0])))
    assert persistence(log) == pytest.approx([0.0, 1.0, nan, 1.0], nan_ok=True)
    raw = discussion_persistence(log).raw
    assert raw.value == pytest.approx(1.5 * 1.5 / (0.5 * 1.5))


@given(daylogs())
def test_shares_are_what_counting_one_by_one_gives(log: DayLog) -> None:
    days = [sum(1 for each in row[:14] if each) for row in log.events]
    there = [learner for learner, count in enumerate(days) if count]
    single = [learner for learner in there if days[learner] == 1]
    again = [learner for learner in single if any(log.events[learner][14:])]
    assert one_day_only(log) == pytest.approx(len(single) / len(there) if there else nan, nan_ok=True)
    assert persistence(log)[0] == pytest.approx(len(again) / len(single) if single else nan, nan_ok=True)


@given(daylogs())
def test_whatever_the_log_measures_stay_in_their_range(log: DayLog) -> None:
    found = [one_day_only(log), event_gini(log), discussion_share(log), *active_by_week(log), *persistence(log)]
    assert all(map(share_or_none, found))
    assert active_by_week(log).shape == (2,)
    for volume in (True, False):
        for ratio in discussion_persistence(log, volume):
            assert all(map(isnan, ratio)) or 0.0 < ratio.low < ratio.value < ratio.high


@given(daylogs())
def test_the_order_of_learners_and_those_never_seen_do_not_matter(log: DayLog) -> None:
    order = shuffled(len(log.events))
    never = np.zeros((3, 20), int)
    moved = DayLog(np.vstack([log.events[order], never]), np.vstack([log.discussion[order], never]), 14)
    for measure in (one_day_only, event_gini, discussion_share, persistence, active_by_week):
        assert measure(moved) == pytest.approx(measure(log), nan_ok=True)
    assert discussion_persistence(moved).raw == pytest.approx(discussion_persistence(log).raw, nan_ok=True)


def test_what_was_not_observed_is_not_told() -> None:
    log = by_hand()
    cut = DayLog(log.events[:, :30], log.discussion[:, :30], 30)
    assert np.isnan(persistence(cut)).all()
    assert all(map(isnan, discussion_persistence(cut).raw + discussion_persistence(cut).adjusted))


def test_discussion_that_goes_with_activity_alone_vanishes_when_adjusted() -> None:
    drive = RNG.normal(-2.0, 1.2, (5000, 1))
    events = RNG.poisson(np.exp(drive), (5000, 40))
    discussion = RNG.binomial(events, 0.05)
    for volume in (True, False):
        found = discussion_persistence(DayLog(events, discussion, 30), volume)
        assert found.raw.low > 3.0 and found.adjusted.value < 0.5 * found.raw.value
    assert found.adjusted.value == pytest.approx(1.0, abs=0.5)
