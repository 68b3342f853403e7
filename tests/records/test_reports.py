"""Reports of flow and needs: by hand, processes of known traits and inertia, and reports that tell nothing."""

from __future__ import annotations

from math import isnan, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from ecosim.records.reports import (
    flow_deviation_correlation,
    flow_icc,
    flow_lag1,
    flow_within_sd,
    need_weights,
)
from ecosim.records.types import FlowReports, NeedReports

from .made import flows

RNG = np.random.default_rng(29)
ALL = (flow_icc, flow_within_sd, flow_lag1, flow_deviation_correlation)


def series(flow: Any, deviation: Any) -> FlowReports:
    """Return reports of shape (persons, moments) in long form, in no order."""
    moments = flow.shape[1]
    order = RNG.permutation(flow.size)
    person, moment = np.divmod(np.arange(flow.size), moments)
    return FlowReports(person[order], moment[order], flow.ravel()[order], deviation.ravel()[order])


def test_two_persons_by_hand() -> None:
    flow = np.array([[1.0, 2.0, 3.0, 4.0], [5.0, 7.0, 5.0, 7.0]])
    made = series(flow, -flow)
    assert flow_within_sd(made) == pytest.approx(0.5 * ((5 / 3) ** 0.5 + (4 / 3) ** 0.5))
    assert flow_lag1(made) == pytest.approx(0.5 * (1.0 - 1.0))
    assert flow_deviation_correlation(made) == pytest.approx(-1.0)
    between, within = 4 * 2 * 1.75**2, (5.0 + 4.0) / 6
    assert flow_icc(made) == pytest.approx((between - within) / (between + 3 * within))


def test_traits_inertia_and_coupling_of_a_known_process_are_found() -> None:
    persons, moments, inertia = 400, 120, 0.3
    state = np.zeros((persons, moments))
    for moment in range(1, moments):
        state[:, moment] = inertia * state[:, moment - 1] + (1 - inertia**2) ** 0.5 * RNG.normal(size=persons)
    state[:, 0] = RNG.normal(size=persons)
    flow = 5.0 + 0.5 * RNG.normal(size=(persons, 1)) + state
    made = series(flow, -state + RNG.normal(size=state.shape))
    assert flow_icc(made) == pytest.approx(0.25 / 1.25, abs=0.03)
    assert flow_within_sd(made) == pytest.approx(1.0, abs=0.02)
    assert flow_lag1(made) == pytest.approx(inertia, abs=0.03)
    assert flow_deviation_correlation(made) == pytest.approx(-(0.5**0.5), abs=0.02)


def test_trait_alone_and_noise_alone_are_the_ends() -> None:
    trait = np.repeat(np.arange(1.0, 7.0)[:, None], 5, axis=1)
    assert flow_icc(series(trait, trait)) == pytest.approx(1.0)
    assert isnan(flow_lag1(series(trait, trait))) and flow_within_sd(series(trait, trait)) == 0.0
    assert flow_icc(series(RNG.normal(size=(300, 40)), trait[:1].repeat(300, 0).repeat(8, 1))) == pytest.approx(
        0.0, abs=0.02
    )


@given(flows())
def test_whatever_the_reports_measures_stay_in_their_range(reports: FlowReports) -> None:
    icc, spread, lag, coupling = (measure(reports) for measure in ALL)
    assert isnan(icc) or icc <= 1.0 + 1e-12
    assert isnan(spread) or spread >= 0.0
    assert all(isnan(each) or -1.0 <= each <= 1.0 for each in (lag, coupling))


@given(flows())
def test_neither_the_order_of_reports_nor_the_zero_of_the_scale_matters(reports: FlowReports) -> None:
    order = RNG.permutation(reports.flow.size)
    moved = FlowReports(*(each[order] for each in reports))._replace(flow=reports.flow[order] + 2.0)
    for measure in ALL:
        assert measure(moved) == pytest.approx(measure(reports), abs=1e-9, nan_ok=True)


def test_reports_without_a_deviation_are_left_out_of_its_correlation() -> None:
    flow = np.array([[1.0, 2.0, 3.0, 7.0]])
    assert flow_deviation_correlation(series(flow, np.array([[1.0, 2.0, 3.0, nan]]))) == pytest.approx(1.0)


def correlated(matrix: Any, people: int) -> Any:
    """Return scores of shape (4, people) whose correlations are exactly those of ``matrix``."""
    raw = RNG.normal(size=(4, people))
    raw -= raw.mean(axis=1, keepdims=True)
    white = np.linalg.solve(np.linalg.cholesky(np.cov(raw)), raw)
    return np.linalg.cholesky(matrix) @ white


def test_weights_of_needs_that_know_nothing_of_each_other_are_their_correlations() -> None:
    matrix = np.eye(4)
    matrix[3, :3] = matrix[:3, 3] = (0.5, 0.3, 0.1)
    found = need_weights(NeedReports(*(3.0 + 2.0 * correlated(matrix, 50))))
    assert found == pytest.approx((0.5, 0.3, 0.1, 0.35))


def test_needs_that_cannot_be_told_apart_have_no_weight() -> None:
    scores = RNG.normal(size=(4, 30))
    assert all(map(isnan, need_weights(NeedReports(scores[0], scores[0], scores[2], scores[3]))))
    assert all(map(isnan, need_weights(NeedReports(*scores[:3], np.full(30, 4.0)))))
    assert all(map(isnan, need_weights(NeedReports(*scores[:, :4]))))
    assert all(map(isnan, need_weights(NeedReports(*scores[:, :0]))))
