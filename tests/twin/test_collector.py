"""What the twin collects is what the engine logs: the benchmark sets like beside like."""

from __future__ import annotations

import numpy as np
import pytest

from ecosim.model.engine import Engine
from ecosim.scenario.resolve import load
from tests.twin.chance import KeyedChance
from tests.twin.collector import ObservedTwin


@pytest.mark.parametrize("preset", ["community-of-practice", "epistemic-wiki", "interest-group"])
def test_the_twin_collects_what_the_engine_logs(preset: str) -> None:
    loaded = load(f"preset:{preset}", set={"learners": 60, "weeks": 15})
    engine = Engine(loaded.scenario, 1).run()
    twin = ObservedTwin(loaded.resolved(), KeyedChance(loaded.scenario.seed, 1))
    for _ in range(loaded.scenario.weeks):
        twin.step()
    collected = twin.datacollector.get_model_vars_dataframe()
    assert len(collected.columns) == 48
    for name in collected.columns:
        theirs = collected[name].to_numpy(float)
        np.testing.assert_allclose(getattr(engine.log, name), theirs, rtol=0, atol=1e-7, err_msg=name)
