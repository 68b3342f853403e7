"""Ratios of odds and of hazards, with their intervals: raw, and adjusted for something else that differs.

What data cannot tell is NaN: nobody exposed, nothing that happened, one column that another one repeats, or an estimate
that runs to infinity because an exposure settles the outcome (separation).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from math import exp, log, nan, sqrt
from typing import Any, NamedTuple

import numpy as np

from ecosim.records.types import Array

TWO_SIDED = 1.959964  #: quantile of the standard normal: the intervals hold 95 times in 100
CONTINUITY = 0.5  #: added to each cell of a two by two table
WIDEST = 10.0  #: standard error of a log ratio beyond which it is infinite but for the patience of the search


class Ratio(NamedTuple):
    """A ratio of odds or hazards and its 95 % interval: 1 where exposure makes no difference."""

    value: float
    low: float
    high: float


class Association(NamedTuple):
    """What an exposure goes with: by itself, and among those alike in what it is adjusted for."""

    raw: Ratio
    adjusted: Ratio


UNDEFINED = Ratio(nan, nan, nan)


def _ratio(estimate: float, error: float) -> Ratio:
    """Return exp(estimate +- 1.96 error), Wald's interval."""
    if not (np.isfinite(estimate) and 0.0 < error < WIDEST):
        return UNDEFINED
    half = TWO_SIDED * error
    return Ratio(exp(estimate), exp(estimate - half), exp(estimate + half))


def odds_ratio(exposed: Array, outcome: Array) -> Ratio:
    """Return the odds ratio of a two by two table, a d / (b c), one half added to each cell.

    The half keeps it finite where a cell is empty (Haldane 1956, Anscombe 1956); the interval is Woolf's (1955). It is
    undefined where all are exposed or none, and where all have the outcome or none.

    Parameters
    ----------
    exposed, outcome : bool arrays of shape (n,)
    """
    if not (_differs(exposed) and _differs(outcome)):
        return UNDEFINED
    cells = [float(np.sum((exposed == e) & (outcome == o))) + CONTINUITY for e in (True, False) for o in (True, False)]
    both, only, happened, neither = cells
    return _ratio(log(both * neither / (only * happened)), sqrt(sum(1.0 / cell for cell in cells)))


def logistic_ratio(outcome: Array, *columns: Array) -> Ratio:
    """Return the odds ratio of the first column in a logistic regression with intercept, fitted by likelihood.

    Parameters
    ----------
    outcome : bool array of shape (n,)
    *columns : arrays of shape (n,)
        The exposure, then what it is adjusted for.
    """
    from statsmodels.discrete.discrete_model import Logit  # lazily: it takes a second to import

    design = np.column_stack([*columns, np.ones(outcome.size)]).astype(float)
    if not (_told_apart(design) and _differs(outcome)):
        return UNDEFINED
    return _fitted(lambda: Logit(outcome.astype(float), design).fit(disp=0))


def hazard_ratio(time: Array, happened: Array, *columns: Array) -> Ratio:
    """Return the hazard ratio of the first column in Cox's (1972) proportional hazards, ties as in Efron (1977).

    Parameters
    ----------
    time : array of shape (n,)
        When it happened, or until when it was seen not to.
    happened : bool array of shape (n,)
    *columns : arrays of shape (n,)
        The exposure, then what it is adjusted for.
    """
    from statsmodels.duration.hazard_regression import PHReg  # lazily: as above

    design = np.column_stack(columns).astype(float)
    if not (_told_apart(np.column_stack([design, np.ones(time.size)])) and happened.any()):
        return UNDEFINED
    return _fitted(lambda: PHReg(time, design, status=happened, ties="efron").fit(disp=0))


def _differs(cases: Array) -> bool:
    """Return whether some cases are true and some are not."""
    return bool(cases.any() and not cases.all())


def _told_apart(design: Array) -> bool:
    """Return whether no column of a design of shape (n, columns) repeats the others, nor is the same for all."""
    return len(design) > design.shape[1] and bool(np.linalg.matrix_rank(design) == design.shape[1])


def _fitted(fit: Callable[[], Any]) -> Ratio:
    """Return the ratio of the first column of a fit; undefined where the search does not come to an end."""
    from statsmodels.tools.sm_exceptions import PerfectSeparationError  # lazily: as above

    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            found = fit()
            return _ratio(float(found.params[0]), float(found.bse[0]))
        except (np.linalg.LinAlgError, PerfectSeparationError):
            return UNDEFINED
