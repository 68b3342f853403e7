"""What learners say of themselves: how flow comes and goes, and what feeds their motivation."""

from __future__ import annotations

from math import nan
from typing import NamedTuple

import numpy as np

from ecosim.records.measures import FEWEST, ROUNDING, correlation, mean, varies
from ecosim.records.types import Array, FlowReports, NeedReports


class NeedWeights(NamedTuple):
    """Standardised weights of three needs in motivation, and the share of its variance that they explain."""

    competence: float
    autonomy: float
    relatedness: float
    explained: float


def _persons(reports: FlowReports) -> list[Array]:
    """Return the places of each person's reports, in the order of moments."""
    order = np.lexsort((reports.moment, reports.person))
    starts = np.flatnonzero(np.diff(reports.person[order])) + 1
    return np.split(order, starts) if order.size else []


def flow_icc(reports: FlowReports) -> float:
    """Return the intraclass correlation of flow, ICC(1): how alike two reports of the same person are.

    (MSB - MSW) / (MSB + (n0 - 1) MSW), with the mean squares between and within persons, and n0 reports a person, or
    (N - sum n_i^2 / N) / (persons - 1) where they differ (Shrout & Fleiss 1979). Below 0 where persons are more alike
    than chance would make them.
    """
    persons = [reports.flow[place] for place in _persons(reports)]
    count = np.array([each.size for each in persons], float)
    total, freedom = count.sum(), len(persons) - 1
    if freedom < 1 or total <= len(persons) or not varies(reports.flow):
        return nan
    between = sum(each.size * (each.mean() - reports.flow.mean()) ** 2 for each in persons) / freedom
    within = sum(((each - each.mean()) ** 2).sum() for each in persons) / (total - len(persons))
    a_person = (total - (count**2).sum() / total) / freedom
    return float((between - within) / (between + (a_person - 1.0) * within))


def flow_within_sd(reports: FlowReports) -> float:
    """Return how much a person's flow varies: the mean of persons' standard deviations, on the scale of 1 to 7."""
    persons = [reports.flow[place] for place in _persons(reports)]
    return mean(np.array([each.std(ddof=1) for each in persons if each.size >= FEWEST], float))


def flow_lag1(reports: FlowReports) -> float:
    """Return the correlation of flow with that of the next report, within persons, averaged over them."""
    persons = [reports.flow[place] for place in _persons(reports)]
    return mean(np.array([correlation(each[:-1], each[1:]) for each in persons], float))


def flow_deviation_correlation(reports: FlowReports) -> float:
    """Return the correlation of flow with the deviation of performance, within persons, averaged over them.

    Negative where flow goes with doing better than expected.
    """
    persons = _persons(reports)
    return mean(np.array([correlation(reports.flow[each], reports.deviation[each]) for each in persons], float))


def need_weights(reports: NeedReports) -> NeedWeights:
    """Return the weights of a linear regression of motivation on competence, autonomy and relatedness.

    Least squares on standardised scores; undefined where a score is the same for all, or one need repeats the others.
    """
    scores = np.column_stack(reports).astype(float)
    spread = scores.std(axis=0) if len(scores) else np.zeros(4)
    if len(scores) <= scores.shape[1] or not (spread > ROUNDING).all():
        return NeedWeights(nan, nan, nan, nan)
    standard = (scores - scores.mean(axis=0)) / spread
    needs, motivation = standard[:, :-1], standard[:, -1]
    weights, _, rank, _ = np.linalg.lstsq(needs, motivation, rcond=None)
    if rank < needs.shape[1]:
        return NeedWeights(nan, nan, nan, nan)
    explained = 1.0 - float(np.mean((motivation - needs @ weights) ** 2))
    competence, autonomy, relatedness = map(float, weights)
    return NeedWeights(competence, autonomy, relatedness, explained)
