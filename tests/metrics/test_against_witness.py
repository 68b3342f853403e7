"""Every metric of a run is what its definition says, computed again from the raw arrays of each week."""

from __future__ import annotations

from math import nan
from typing import Any, NamedTuple

import numpy as np
import pytest

from ecosim.model.metrics import METRICS
from ecosim.model.metrics.activity import hazard_shape
from ecosim.model.run import Run, simulate
from ecosim.scenario.resolve import load

from .witness import Witness

SPREAD = {
    "learners": 40,
    "weeks": 32,
    "context": {
        "access": 0.9,
        "arrivals": {"kind": "uniform", "until": 12},
        "migration": {"mobility": 0.2},
        "observation": {"maintenance_weeks": 8},
    },
    "communities": {
        "one": {"share": 0.6, "design": {"rejection": 0.4, "message_capacity": 5, "signifier_collective": 0.6}},
        "two": {"share": 0.4, "design": {"incentive": 0.5, "signifier_collective": 0.5, "hazard": 0.09}},
    },
}
LIVELY = {
    "learners": 36,
    "weeks": 30,
    "design": {"signifier_collective": 0.9, "openness": 0.8, "facilitation": 0.7, "hazard": 0.02},
}
SILENT = {"learners": 20, "weeks": 9, "context": {"access": 0.0}}
EMPTY = {"learners": 15, "weeks": 14, "design": {"hazard": 1}, "context": {"staying": {"comeback": 0.0}}}
WORLDS = {"spread": SPREAD, "lively": LIVELY, "silent": SILENT, "empty": EMPTY}

WEEKLY = [name for name in METRICS if METRICS[name].is_weekly]
MEAN = {"participation", "hazard"}
AT_END = {
    "retention", "skill_gain", "autonomy", "autonomous_motive", "persistence", "efficacy", "external_drive",
    "need_autonomy", "need_competence", "need_relatedness", "apprenance", "apprenance_prevalence", "mean_degree",
    "mean_tie_strength", "excluded_share", "instruments_share",
}  # fmt: skip


class Seen(NamedTuple):
    """A run and what its witness saw."""

    run: Run
    witness: Witness


@pytest.fixture(scope="module", params=list(WORLDS))
def seen(request: Any) -> Seen:
    """Each world, lived once."""
    witness = Witness()
    return Seen(simulate(load(WORLDS[request.param]), replicate=3, each_week=witness.see), witness)


def value(seen: Seen, name: str) -> float:
    """Return the run value of metric ``name``."""
    return METRICS[name].value(seen.run.engine)


@pytest.mark.parametrize("name", WEEKLY)
def test_weekly_series(seen: Seen, name: str) -> None:
    series = METRICS[name].weekly(seen.run.engine)
    np.testing.assert_allclose(series, seen.witness.weekly(name), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", WEEKLY)
def test_run_value_of_a_weekly_metric(seen: Seen, name: str) -> None:
    series = seen.witness.weekly(name)
    if name in MEAN:
        expected = float(np.mean([each for each in series if each == each]))
    else:
        expected = series[-1] if name in AT_END else seen.witness.pooled(name)
    assert value(seen, name) == pytest.approx(expected, rel=1e-9, nan_ok=True)


@pytest.mark.parametrize("name", WEEKLY)
def test_last_quarter(seen: Seen, name: str) -> None:
    found = METRICS[name].value(seen.run.engine, "last_quarter")
    assert found == pytest.approx(seen.witness.last_quarter(name), rel=1e-9, nan_ok=True)


def test_values_of_a_run(seen: Seen) -> None:
    witness = seen.witness
    expected = {
        "collaborators_share": witness.collaborators_share(),
        "posters_share": witness.posters_share(),
        "gini_contributions": witness.gini(everybody=False),
        "gini_contributions_all": witness.gini(everybody=True),
        "top1_share": witness.top(0.01, everybody=False),
        "top10_share": witness.top(0.1, everybody=False),
        "top1_share_all": witness.top(0.01, everybody=True),
        "top10_share_all": witness.top(0.1, everybody=True),
        "repost_difference": witness.repost_difference(),
        "apprenance_emergence": witness.emergence(),
        "apprenance_growth": witness.growth(),
        "apprenance_maintenance": witness.maintenance(seen.run.engine.p.observation.maintenance_weeks),
        "clustering": witness.clustering(),
    }
    for name, each in expected.items():
        assert value(seen, name) == pytest.approx(each, rel=1e-9, abs=1e-12, nan_ok=True), name


def test_stability_and_assortativity(seen: Seen) -> None:
    stayed = seen.run.engine.learners.apprenance_weeks >= 2
    stability = seen.witness.stability() if stayed.sum() > 1 else nan
    assert value(seen, "apprenance_stability") == pytest.approx(stability, rel=1e-6, nan_ok=True)
    assert value(seen, "assortativity_skill") == pytest.approx(seen.witness.assortativity(), rel=1e-9)


def test_spells_by_tenure(seen: Seen) -> None:
    at_risk, left = seen.witness.spells()
    assert seen.run.engine.past.at_risk.tolist() == at_risk
    assert seen.run.engine.past.left.tolist() == left


def test_nothing_undefined_is_zero_when_nobody_acts() -> None:
    summary = simulate(load(SILENT)).summary
    acting = [name for name in METRICS if METRICS[name].over == "active learner-weeks"]
    assert len(acting) > 10
    for name in (*acting, "reply_rate", "gini_contributions", "top1_share", "calls_kept", "repost_difference"):
        assert summary[name] is None, name
    assert summary["participation"] == 0.0
    assert summary["collaborators_share"] == 0.0


def test_nothing_undefined_is_zero_when_everybody_has_left() -> None:
    run = simulate(load(EMPTY))
    assert run.engine.log.enrolled[-1] == 0
    for name in ("apprenance", "persistence", "excluded_share", "instruments_share", "need_relatedness"):
        assert run.summary[name] is None, name
    assert run.summary["retention"] == 0.0


def test_the_lively_world_leaves_nothing_undefined() -> None:
    """Or else the comparisons above would compare NaN with NaN."""
    summary = simulate(load(LIVELY), replicate=3).summary
    undefined = {name for name, each in summary.items() if each is None}
    assert undefined <= {"apprenance_emergence"}


def test_modularity_of_cliques() -> None:
    """Nobody acts, so groups of five that know only one another stay as they are: Q = 1 - 1 / groups."""
    scenario = {
        "learners": 20,
        "weeks": 1,
        "context": {"access": 0.0, "network": {"kind": "classroom"}},
        "design": {"ready_ties": 4},
        "metrics": ["modularity", "clustering"],
    }
    run = simulate(load(scenario))
    assert run.summary["modularity"] == pytest.approx(0.75)
    assert run.summary["clustering"] == 1.0


def test_hazard_shape_is_the_likeliest(seen: Seen) -> None:
    shape = hazard_shape(seen.run.engine)
    at_risk, left = seen.witness.spells()
    if shape != shape:
        assert len([count for count in at_risk if count]) < 3
        return
    best = likelihood(shape, at_risk, left)
    for other in (0.7 * shape, 0.98 * shape, 1.02 * shape, 1.4 * shape):
        assert likelihood(other, at_risk, left) < best


def likelihood(shape: float, at_risk: list[int], left: list[int]) -> float:
    """Return the log-likelihood of all spells at the best of many rates, from the Weibull's survival function."""
    weeks = np.arange(1, len(at_risk), dtype=float)
    stayed = np.array(at_risk[1:]) - np.array(left[1:])
    best = -np.inf
    for rate in np.geomspace(1e-5, 10, 4001):
        span = rate * (weeks**shape - (weeks - 1) ** shape)
        with np.errstate(divide="ignore", invalid="ignore"):
            ended = np.where(np.array(left[1:]) > 0, np.array(left[1:]) * np.log(-np.expm1(-span)), 0.0)
        best = max(best, float((ended - stayed * span).sum()))
    return best
