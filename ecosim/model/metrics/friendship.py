"""Whom people would name as friends, wave after wave: directed nominations, made of calls and answers.

The relations of the model are undirected; these metrics speak of contacts. They need a diary and run the
very code that is run on panels of real classrooms.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

import numpy as np

from ecosim.model.metrics.declare import mean
from ecosim.model.metrics.recorded import recorded_metric
from ecosim.model.watching.diary import watched
from ecosim.model.watching.friends import waves
from ecosim.records import friends

recorded = partial(recorded_metric, __name__)


def _transitions(eco: Any) -> Any:
    return friends.transitions(watched(eco, waves))


def _signs(eco: Any) -> Any:
    return friends.signs(watched(eco, waves))


def _mean(values: Iterable[float]) -> float:
    """Return the mean of the values that are defined, NaN without any."""
    return mean(np.array(list(values), float))


recorded(
    "friends_kept", _transitions, lambda found: _mean(each.persistence for each in found),
    label="friends kept", unit="share", over="nominations of friends",
    source="friendship panels (see docs/validation.md)",
    formula="nominations still made 13 weeks later / nominations, mean over waves",
    meaning="How many of those who are named as friends are named again a quarter of a year later.",
)  # fmt: skip

recorded(
    "friends_kept_mutual", _signs, lambda found: _mean(each.mutual_lasts for each in found),
    label="mutual friends kept better", unit="share", over="waves",
    source="friendship panels (see docs/validation.md)",
    formula="share of waves in which mutual nominations are kept more often than one-sided ones",
    meaning="How regularly friendships hold better when both name one another.",
)  # fmt: skip

recorded(
    "friends_made_shared", _signs, lambda found: _mean(each.shared_brings for each in found),
    label="friends of friends become friends", unit="share", over="waves",
    source="friendship panels (see docs/validation.md)",
    formula="share of waves in which nominations start more often with a shared friend than without",
    meaning="How regularly people come to name those with whom they share a friend.",
)  # fmt: skip

recorded(
    "friends_made_named", _signs, lambda found: _mean(each.incoming_brings for each in found),
    label="being named makes friends", unit="share", over="waves",
    source="friendship panels (see docs/validation.md)",
    formula="share of waves in which nominations start more often towards who names one already",
    meaning="How regularly people come to name those who name them.",
)  # fmt: skip
