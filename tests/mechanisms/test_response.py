"""Response: load, voices, answers."""

from __future__ import annotations

from math import exp, log

import pytest

from ecosim.mechanisms.response import (
    Response,
    answered,
    load,
    messages,
    voice_of_crowd,
    voice_of_partner,
    voice_of_ties,
)

P = Response()


def test_messages_of_ties_always_arrive_those_of_the_community_where_it_is_open() -> None:
    assert messages(7.0, 1000.0, 0.0, P.stream) == 7.0
    assert messages(7.0, 1000.0, 1.0, P.stream) == pytest.approx(27.0)
    assert messages(0.0, 1000.0, 0.5, P.stream) == pytest.approx(10.0)


def test_load_begins_at_capacity_and_ends_at_four_times_that() -> None:
    assert load(0.0, 20.0, P.max_load) == load(20.0, 20.0, P.max_load) == 0.0
    assert load(30.0, 20.0, P.max_load) == pytest.approx(0.5)
    assert load(80.0, 20.0, P.max_load) == load(1e9, 20.0, P.max_load) == 3.0
    assert load(1e6, 1e12, P.max_load) == 0.0  # unbounded capacity


def test_ten_ties_are_as_good_as_a_hundred() -> None:
    assert voice_of_ties(0, P.tie_reply, P.tie_limit) == 0.0
    assert voice_of_ties(4, P.tie_reply, P.tie_limit) == pytest.approx(1.4)
    assert voice_of_ties(100, P.tie_reply, P.tie_limit) == voice_of_ties(10, P.tie_reply, P.tie_limit)


def test_a_partner_answers_more_readily_out_of_common_ground() -> None:
    assert voice_of_partner(0.0, 1.0, P.partner_reply, P.ground_reply) == 0.0
    assert voice_of_partner(1.0, 0.0, P.partner_reply, P.ground_reply) == pytest.approx(0.15)
    assert voice_of_partner(1.0, 1.0, P.partner_reply, P.ground_reply) == pytest.approx(0.55)


def test_the_crowd_grows_with_the_logarithm_of_its_size() -> None:
    assert voice_of_crowd(0.0, 1000.0, P.crowd) == voice_of_crowd(1.0, 0.0, P.crowd) == 0.0
    assert voice_of_crowd(1.0, 9.0, P.crowd) == pytest.approx(0.3 * log(10.0))
    step = voice_of_crowd(1.0, 99.0, P.crowd) - voice_of_crowd(1.0, 9.0, P.crowd)
    assert step == pytest.approx(voice_of_crowd(1.0, 999.0, P.crowd) - voice_of_crowd(1.0, 99.0, P.crowd))


def test_nobody_around_nobody_answers() -> None:
    assert answered(0.0, 0.0, P.reply, P.load_damping) == 0.0
    assert answered(1000.0, 0.0, P.reply, P.load_damping) == pytest.approx(1.0)


def test_answers_come_as_from_a_poisson_process() -> None:
    assert answered(2.0, 0.0, P.reply, P.load_damping) == pytest.approx(1 - exp(-0.9))


def test_load_silences() -> None:
    quiet, loud = answered(2.0, 0.0, P.reply, P.load_damping), answered(2.0, 3.0, P.reply, P.load_damping)
    assert loud < quiet
    assert loud == pytest.approx(1 - exp(-0.9 / 1.9))
    assert answered(2.0, 3.0, P.reply, 0.0) == quiet
