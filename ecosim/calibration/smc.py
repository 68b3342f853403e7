"""A posterior by approximate Bayesian computation: sequential Monte Carlo, as pyABC does it (Toni et al. 2009).

pyABC proposes particles one by one and expects to be told at once what came of each. Here proposals are made in
batches, as large as acceptance so far lets expect that enough will be accepted. Each is drawn twice from a generator
that is seeded by its number, so that it comes out the same. The first time nothing is known of it, and drawing it ends
there; then the whole batch is lived by whoever is there; the second time the ledger knows what came of it. Of a
generation the first particles that are accepted are taken, in the order of their numbers. So neither the number of
workers nor an interruption changes any of them.
"""

from __future__ import annotations

import logging
import random
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from math import ceil
from typing import Any

import numpy as np
import pyabc
from pyabc.sampler import Sampler

from ecosim.calibration.document import Abc
from ecosim.calibration.fit import Fit, Generation
from ecosim.calibration.lab import Lab, Lived, settings_at
from ecosim.calibration.weighing import effective
from ecosim.study.plan.space import Axis

FEWEST, MOST = 16, 4096  #: proposals that are lived together
DISTANCE, POINT = "distance", "point"  #: what pyABC is told of a run


class _Unlived(Exception):
    """Nothing is known yet of what was proposed."""


class _Batches(Sampler):  # type: ignore[misc]  # pyABC comes without types
    """What pyABC asks for particles: it has them lived in batches.

    Parameters
    ----------
    lab : Lab
        Who lives them.
    axes : sequence of Axis
        The parameters.
    near : float
        Distance that is near enough; one that is smaller counts as this.
    reserve : int
        Points of the budget that are left for later.
    """

    def __init__(self, lab: Lab, axes: Sequence[Axis], near: float, reserve: int) -> None:
        super().__init__()
        self.lab, self.axes, self.near, self.reserve = lab, axes, near, reserve
        self.names = [f"p{place:03}" for place in range(len(axes))]  # sorted as the axes are
        self.known: dict[tuple[float, ...], dict[str, float]] = {}
        self.wanted: list[tuple[float, ...]] = []
        self.samples: list[Any] = []
        self.tried: list[int] = []
        self.spent = False

    def model(self, parameter: Any) -> dict[str, float]:
        """Return what is known of a point, or take note that it has to be lived."""
        units = tuple(float(parameter[name]) for name in self.names)
        if units not in self.known:
            self.wanted.append(units)
            raise _Unlived
        return self.known[units]

    def sample_until_n_accepted(
        self, n: int, simulate_one: Callable[[], Any], t: int, *, max_eval: float = np.inf, **_: Any
    ) -> Any:
        """Return the first ``n`` particles of generation ``t`` that are accepted, fewer where that takes too many."""
        sample, tried = self._create_empty_sample(), 0
        while sample.n_accepted < n and tried < max_eval:
            size = _size(n, sample.n_accepted, tried)
            if self.lab.room() < size + self.reserve:
                self.spent = True
                break
            for particle in self._batch(simulate_one, t, range(tried, tried + size)):
                tried += 1
                sample.append(particle)
                if sample.n_accepted == n:
                    break
        self.nr_evaluations_ = tried
        sample.ok = sample.n_accepted == n
        self.samples.append(sample)
        self.tried.append(tried)
        return sample

    def _batch(self, simulate_one: Callable[[], Any], t: int, numbers: range) -> Iterator[Any]:
        """Yield the particles with these numbers, having had them lived."""
        self.wanted = []
        for number in numbers:
            try:
                self._drawn(simulate_one, t, number)
            except _Unlived:
                continue
        wanted = list(dict.fromkeys(self.wanted))
        lived = self.lab.lived([settings_at(self.axes, np.array(units)) for units in wanted])
        for units, point, away in zip(wanted, lived.points, lived.away, strict=True):
            self.known[units] = {DISTANCE: max(self.near, float(away)), POINT: float(point)}
        for number in numbers:
            yield self._drawn(simulate_one, t, number)

    def _drawn(self, simulate_one: Callable[[], Any], t: int, number: int) -> Any:
        """Return one particle, drawn by its number."""
        np.random.seed([self.lab.asked.seed, t, number])
        random.seed(f"{self.lab.asked.seed} {t} {number}")
        return simulate_one()


def _size(wanted: int, accepted: int, tried: int) -> int:
    """Return how many proposals are made together: as many as are expected to bring what is still wanted."""
    rate = (accepted + 1) / (tried + 2)
    return min(MOST, max(FEWEST, ceil((wanted - accepted) / rate)))


def posterior(lab: Lab, axes: tuple[Axis, ...], method: Abc, screening: Lived) -> Fit:
    """Return the posterior of some parameters under evenly spread priors, the others standing still.

    Parameters
    ----------
    lab : Lab
        Who lives points.
    axes : tuple of Axis
        The parameters that are fitted.
    method : Abc
        How.
    screening : Lived
        What came of the screening: draws from the prior, of whose distances the first generation accepts the nearer
        half.
    """
    sampler = _Batches(lab, axes, method.tolerance, reserve=method.population)
    first = max(method.tolerance, float(np.median(screening.away)))
    with _quiet():
        prior = pyabc.Distribution(**{name: pyabc.RV("uniform", 0.0, 1.0) for name in sampler.names})
        smc = pyabc.ABCSMC(
            sampler.model, prior, lambda one, other: one[DISTANCE], population_size=method.population,
            eps=pyabc.MedianEpsilon(first), sampler=sampler,
        )  # fmt: skip
        smc.new("sqlite://", {})
        smc.run(method.tolerance, method.generations, method.acceptance)
        accepts = [float(smc.eps(t)) for t in range(len(sampler.samples))]
    return _fitted(sampler, axes, method, accepts)


def _fitted(sampler: _Batches, axes: tuple[Axis, ...], method: Abc, accepts: list[float]) -> Fit:
    """Return the particles of the last generation that is whole; of the first one, if none is, those that there are."""
    steps = []
    for accepted, tried, sample in zip(accepts, sampler.tried, sampler.samples, strict=True):
        if not tried:
            continue
        weights = np.array([each.weight for each in sample.accepted_particles])
        steps.append(Generation(accepted, tried, sample.n_accepted, effective(weights) if len(weights) else 0.0))
    whole = [sample for sample in sampler.samples if sample.ok] or sampler.samples[:1]
    particles = whole[-1].accepted_particles
    weights = np.array([each.weight for each in particles])
    return Fit(
        axes,
        [int(each.sum_stat[POINT]) for each in particles],
        np.array([[each.parameter[name] for name in sampler.names] for each in particles]).reshape(-1, len(axes)),
        weights / weights.sum() if len(weights) else weights,
        np.array([each.distance for each in particles]),
        steps,
        _why(sampler, steps, method),
    )


def _why(sampler: _Batches, steps: list[Generation], method: Abc) -> str:
    """Return why there was no further generation."""
    if sampler.spent:
        return "budget"
    if not sampler.samples[-1].ok or steps[-1].accepted < method.acceptance * steps[-1].proposed:
        return "acceptance"
    return "tolerance" if steps[-1].distance <= method.tolerance else "generations"


@contextmanager
def _quiet() -> Iterator[None]:
    """Let pyABC say nothing, and leave the global generators of random numbers as they were."""
    numpy_state, python_state, logger = np.random.get_state(), random.getstate(), logging.getLogger("ABC")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)
        np.random.set_state(numpy_state)
        random.setstate(python_state)


def relived(lab: Lab, fit: Fit) -> Fit:
    """Return a fit with what comes of its particles under other luck than that under which they were accepted.

    Accepted runs are lucky ones: they were chosen because they meet the targets. Others of the same particles are what
    the posterior predicts.
    """
    if not fit.points:
        return fit
    return fit._replace(fresh=lab.lived([settings_at(fit.axes, units) for units in fit.units]))
