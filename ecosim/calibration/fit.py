"""What a fit is, however it was found: particles with weights, and how they came to be there."""

from __future__ import annotations

from typing import NamedTuple

from ecosim.calibration.lab import Lived
from ecosim.model.state import Array
from ecosim.study.plan.space import Axis


class Generation(NamedTuple):
    """One step towards the targets.

    Parameters
    ----------
    distance : float
        Largest distance that it accepts; of a search, the smallest that it has found so far.
    proposed, accepted : int
        Points that were tried, and those of them that were kept.
    effective : float
        How many equally weighted particles know as much.
    """

    distance: float
    proposed: int
    accepted: int
    effective: float


class Fit(NamedTuple):
    """What a fit found.

    Parameters
    ----------
    axes : tuple of Axis
        The parameters that were fitted.
    points : list of int
        The number of each particle's point.
    units : array of shape (particles, axes)
        Where each particle lies in the unit cube.
    weights : array of shape (particles,)
        Adding up to 1.
    away : array of shape (particles,)
        Distance of each when it was accepted.
    steps : list of Generation
        How it went.
    stopped : {"generations", "tolerance", "acceptance", "budget", "trials"}
        Why it went no further.
    fresh : Lived or None
        What came of the particles under other luck, each once: the posterior predictive.
    """

    axes: tuple[Axis, ...]
    points: list[int]
    units: Array
    weights: Array
    away: Array
    steps: list[Generation]
    stopped: str
    fresh: Lived | None = None
