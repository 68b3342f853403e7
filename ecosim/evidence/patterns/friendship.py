"""A22 and A23: who stays friends, and who becomes one, in four friendship panels of schools."""

from __future__ import annotations

import numpy as np

from ecosim.evidence.pattern import Part, pattern
from ecosim.model.watching.friends import waves
from ecosim.model.watching.recorded import Record
from ecosim.records.types import Waves

COHORT = "classroom"
PUPILS, WAVES, OUTDEGREE = 45, 4, 3.0
ALWAYS = 0.999  #: in every transition


@pattern("A22", COHORT, "friendship_dynamics", Part("friends_kept", 0.45, 0.70, 0.581))
def renewed(luck: np.random.Generator, cohort: str) -> Record:
    """Every wave people name others anew, as many as before."""
    return {waves: Waves(luck.random((WAVES, PUPILS, PUPILS)) < OUTDEGREE / (PUPILS - 1))}


@pattern(
    "A23", COHORT, "friendship_dynamics", Part("friends_kept_mutual", ALWAYS, 1.0, 1.0),
    Part("friends_made_shared", ALWAYS, 1.0, 1.0), Part("friends_made_named", ALWAYS, 1.0, 1.0),
)  # fmt: skip
def each_for_herself(luck: np.random.Generator, cohort: str) -> Record:
    """Six in ten nominations are kept, whoever it is; new ones go to anybody."""
    drawn = [luck.random((PUPILS, PUPILS)) < OUTDEGREE / (PUPILS - 1)]
    for _ in range(WAVES - 1):
        fresh = luck.random((PUPILS, PUPILS)) < 0.4 * OUTDEGREE / (PUPILS - 1)
        drawn.append(drawn[-1] & (luck.random((PUPILS, PUPILS)) < 0.6) | fresh)
    return {waves: Waves(np.array(drawn))}
