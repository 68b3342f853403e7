"""The posterior, against what it is by calculation: the runs are real ones, their metric is made up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from ecosim.calibration.findings import Found
from ecosim.chance import normal, uniform
from ecosim.model.metrics import metric

from .worlds import FAST, asked, found

LOW, HIGH, SPREAD = 0.05, 0.3, 0.1  #: range of the parameter; spread of luck, in units of the range
CENTRE, HALF = 0.3, 0.15  #: of the band, in the same unit
PATH = "context.learning.zpd"
METHOD = {"kind": "abc", "screening": 60, "population": 150, "generations": 8, "tolerance": 1.0}


def declare() -> None:
    """Declare a metric that is where the parameter lies in its range, and luck: x = u + 0.1 z."""

    @metric("noisy", label="noisy", meaning="A parameter with luck.", run="value")
    def noisy(eco: Any) -> float:
        u = (eco.scenario.context.learning.zpd - LOW) / (HIGH - LOW)
        return float(u + SPREAD * normal(uniform(eco.scenario.seed, eco.replicate, 201, 0, 0, 0)))


def density(u: float) -> float:
    """Return the posterior of ``u`` but for a constant: how likely it is that luck leads into the band."""
    return float(norm.cdf((CENTRE + HALF - u) / SPREAD) - norm.cdf((CENTRE - HALF - u) / SPREAD))


def moments() -> tuple[float, float]:
    """Return mean and standard deviation of the posterior of ``u`` under an even prior on [0, 1]."""
    whole, first, second = (quad(lambda u, power=power: u**power * density(u), 0.0, 1.0)[0] for power in range(3))
    mean = first / whole
    return mean, float(np.sqrt(second / whole - mean**2))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Return what is found of the made-up parameter."""
    from ecosim.model.metrics import METRICS
    from ecosim.study import sweep
    from tests.study.worlds import Inline

    declare()
    target = {"cohort": "first", "metric": "noisy", "low": CENTRE - HALF, "high": CENTRE + HALF}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweep, "Local", lambda workers: Inline())
        given = asked(FAST, targets=[target], free={PATH: {"min": LOW, "max": HIGH}}, method=METHOD)
        result = found(given, tmp_path_factory.mktemp("smc") / "out")
    METRICS.remove("noisy")
    return result


def test_the_posterior_is_what_it_is_by_calculation(made: Found) -> None:
    assert made.fit is not None
    u, w = made.fit.units[:, 0], made.weights
    mean, sd = moments()
    error = sd / np.sqrt(1.0 / (w**2).sum())
    assert np.average(u, weights=w) == pytest.approx(mean, abs=3.0 * error)
    assert np.sqrt(np.average((u - np.average(u, weights=w)) ** 2, weights=w)) == pytest.approx(sd, rel=0.15)


def test_it_stops_when_all_is_near_enough(made: Found) -> None:
    assert made.fit is not None
    assert made.fit.stopped == "tolerance"
    accepts = [each.distance for each in made.fit.steps]
    assert accepts == sorted(accepts, reverse=True)
    assert accepts[-1] == 1.0
    assert (made.fit.away <= 1.0).all()


def test_no_generation_takes_more_than_it_asked_for(made: Found) -> None:
    assert made.fit is not None
    assert {each.accepted for each in made.fit.steps} == {150}
    assert made.weights.sum() == pytest.approx(1.0)
    assert len(set(made.fit.points)) == 150


def test_accepted_runs_were_lucky_and_others_of_the_same_particles_tell(made: Found) -> None:
    assert made.fit is not None
    assert made.fit.fresh is not None
    (met,) = made.met
    mean, _ = moments()
    within = quad(lambda u: density(u) ** 2, 0.0, 1.0)[0] / quad(density, 0.0, 1.0)[0]
    assert met.within == pytest.approx(within, abs=0.12)
    assert met.within < 1.0
    assert met.median == pytest.approx(mean, abs=0.05)


def test_the_globals_of_random_numbers_are_left_as_they_were(inline: None, tmp_path: Path) -> None:
    np.random.seed(7)
    before = np.random.get_state()[1].copy()  # type: ignore[index,union-attr]
    found(asked(FAST), tmp_path / "out")
    assert (np.random.get_state()[1] == before).all()  # type: ignore[index]
