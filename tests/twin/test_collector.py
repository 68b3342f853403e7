"""What the twin collects is what the engine logs: the benchmark sets like beside like."""

from __future__ import annotations

import numpy as np
import pytest

from ecosim.model.engine import Engine
from ecosim.scenario.resolve import load
from tests.twin.chance import KeyedChance
from tests.twin.collector import CELLS, ObservedTwin


def both(preset: str, weeks: int, replicate: int) -> tuple[Engine, ObservedTwin]:
    """Return engine and twin after the same weeks under the same luck."""
    loaded = load(f"preset:{preset}", set={"learners": 60, "weeks": weeks})
    twin = ObservedTwin(loaded.resolved(), KeyedChance(loaded.scenario.seed, replicate))
    for _ in range(weeks):
        twin.step()
    return Engine(loaded.scenario, replicate).run(), twin


@pytest.mark.parametrize("preset", ["community-of-practice", "epistemic-wiki", "interest-group"])
def test_the_twin_collects_what_the_engine_logs(preset: str) -> None:
    engine, twin = both(preset, 15, 1)
    collected = twin.datacollector.get_model_vars_dataframe()
    assert len(collected.columns) == 48
    for name in collected.columns:
        theirs = collected[name].to_numpy(float)
        np.testing.assert_allclose(getattr(engine.log, name), theirs, rtol=0, atol=1e-7, err_msg=name)


@pytest.mark.parametrize("preset", ["community-of-practice", "epistemic-wiki", "distance-course"])
def test_the_twin_keeps_of_past_weeks_what_the_engine_keeps(preset: str) -> None:
    engine, twin = both(preset, 30, 2)
    past, weeks = engine.past, range(30)
    assert [[tuple(call) for call in calls.tolist()] for calls in engine.calls] == twin.calls
    assert past.calls_returned.tolist() == twin.calls_returned
    spells = range(len(past.at_risk))
    assert past.at_risk.tolist() == [twin.at_risk[spell] for spell in spells]
    assert past.left.tolist() == [twin.ended[spell] for spell in spells]
    assert past.ties_before.tolist() == [twin.ties_before.get(week, 0) for week in weeks]
    assert past.ties_kept.tolist() == [twin.ties_kept.get(week, 0) for week in weeks]
    acts, flow = np.zeros((2, CELLS, CELLS))
    for cell, count in twin.channel.items():
        acts[cell], flow[cell] = count, twin.flow_in_channel[cell]
    np.testing.assert_array_equal(engine.channel[0], acts)
    np.testing.assert_allclose(engine.channel[1], flow, rtol=0, atol=1e-9)
