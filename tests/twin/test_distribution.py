"""With luck of its own the twin agrees with the engine in distribution, for every preset.

The equality tests share the keyed chance; here the twin draws from ``random.Random`` and computes with ``math``, so
that a fault of our chance or of our arithmetic would show. Means over independent runs are compared in standard errors
of their difference. The bound was set before the first run: at 4.5 a true agreement would fail once in some thousand
runs of the whole table, and seeds are fixed.
"""

from __future__ import annotations

import numpy as np
import pytest

from ecosim.model.run import simulate
from ecosim.scenario import presets
from ecosim.scenario.resolve import load
from tests.twin.chance import LooseChance
from tests.twin.model import Twin

METRICS = (
    "retention", "participation", "mean_flow", "skill_gain", "mean_degree", "autotelic_ratio", "collective_share",
)  # fmt: skip
SIZE = {"learners": 120, "weeks": 20}
STANDARD_ERRORS = 4.5


def twin_summary(resolved: dict, seed: int) -> dict[str, float]:  # type: ignore[type-arg]
    """Return the twin's summary after all weeks, under luck of its own."""
    twin = Twin(resolved, LooseChance(seed))
    for _ in range(resolved["weeks"]):
        twin.step()
    return twin.summary()


def distance(ours: list[float | None], theirs: list[float]) -> float:
    """Return how many standard errors of the difference two means lie apart; undefined values are left out."""
    a, b = (np.array([np.nan if v is None else v for v in each], float) for each in (ours, theirs))
    a, b = a[~np.isnan(a)], b[~np.isnan(b)]
    if not a.size or not b.size:
        assert a.size == b.size, "defined on one side only"
        return 0.0
    error = np.sqrt(a.var(ddof=1) / a.size + b.var(ddof=1) / b.size)
    return float(abs(a.mean() - b.mean()) / error) if error > 0.0 else float(a.mean() != b.mean())


def farthest(preset: str, runs: int) -> dict[str, float]:
    """Return, for each metric, how far engine and twin lie apart over so many runs of a preset."""
    loaded = load(f"preset:{preset}", set=SIZE)
    ours = [simulate(loaded, replicate).summary for replicate in range(runs)]
    theirs = [twin_summary(loaded.resolved(), 1000 + k) for k in range(runs)]
    return {name: distance([each[name] for each in ours], [each[name] for each in theirs]) for name in METRICS}


def test_a_preset_agrees_in_distribution() -> None:
    apart = farthest("community-of-practice", 12)
    assert max(apart.values()) < STANDARD_ERRORS, apart


@pytest.mark.long
@pytest.mark.parametrize("preset", presets.names())
def test_every_preset_agrees_in_distribution(preset: str) -> None:
    apart = farthest(preset, 40)
    assert max(apart.values()) < STANDARD_ERRORS, apart


def test_a_difference_would_be_noticed() -> None:
    rich, poor = ([simulate(load("preset:community-of-practice", set=SIZE | {"design.hazard": hazard}), k).summary
                   for k in range(12)] for hazard in (0.045, 0.15))  # fmt: skip
    assert distance([each["retention"] for each in rich], [each["retention"] for each in poor]) > STANDARD_ERRORS  # type: ignore[misc]
