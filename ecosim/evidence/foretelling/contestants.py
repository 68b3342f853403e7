"""Who forecasts: a base rate, regressions, and the model by its learners who began alike.

All are given the same features of the same first weeks.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.evidence.foretelling.early import CHANCES, OUTCOMES, Early
from ecosim.records.types import Array

FOLDS = 5
NEIGHBOURS = 100


def folds(learners: int, luck: np.random.Generator) -> Array:
    """Return the fold of each learner, shape (learners,): as many in each, but for one."""
    return np.asarray(luck.permutation(np.arange(learners) % FOLDS))


def base_rate(seen: Early) -> Array:
    """Return the mean over all learners for everybody, shape (learners, outcomes): known only when all is over."""
    return np.broadcast_to(seen.outcomes.mean(axis=0), seen.outcomes.shape)


def regression_within(seen: Early, fold: Array) -> Array:
    """Return what regressions on the other folds say, shape (learners, outcomes)."""
    found = np.empty_like(seen.outcomes)
    for each in range(FOLDS):
        found[fold == each] = regression(Early(*(part[fold != each] for part in seen)), seen.features[fold == each])
    return found


def regression(known: Early, features: Array) -> Array:
    """Return what regressions on ``known`` learners say of others, shape (others, outcomes).

    Logistic with a ridge of 1 on standardised features for what happens or does not; linear and within [0, 1] for the
    share.
    """
    from sklearn.linear_model import LinearRegression, LogisticRegression  # lazily: it takes a second to import
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    found = []
    for outcome, column in zip(OUTCOMES, known.outcomes.T, strict=True):
        chance = outcome in CHANCES
        fitted = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000) if chance else LinearRegression())
        fitted.fit(known.features, column.astype(int) if chance else column)
        found.append(fitted.predict_proba(features)[:, 1] if chance else np.clip(fitted.predict(features), 0.0, 1.0))
    return np.column_stack(found)


def nearest_lives(lived: Early, features: Array, neighbours: int = NEIGHBOURS) -> Array:
    """Return the mean outcome of the simulated learners who began most alike, shape (real learners, outcomes).

    Distances are Euclidean between features, each in standard deviations of the simulated learners.
    """
    from sklearn.neighbors import KNeighborsRegressor  # lazily: as above
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    alike: Any = make_pipeline(StandardScaler(), KNeighborsRegressor(min(neighbours, len(lived.features))))
    return np.asarray(alike.fit(lived.features, lived.outcomes).predict(features))
