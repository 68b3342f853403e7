"""Knock-outs: what switches a mechanism off, and what counts as a loss."""

from __future__ import annotations

import numpy as np
import pytest

from ecosim.evidence import found
from ecosim.evidence.cohorts import loaded, source_of
from ecosim.evidence.knockouts import beyond_luck, knocked_out, moved
from ecosim.evidence.living import World, measured
from ecosim.evidence.patterns import PATTERNS
from ecosim.model.metrics import METRICS
from ecosim.model.run import new_engine
from ecosim.scenario.ablations import ABLATIONS


@pytest.mark.parametrize("name", ["flow_persistence", "habit", "deadline_pull", "outcome"])
def test_a_knock_out_is_the_event_of_a_scenario(name: str) -> None:
    """Without flow an active week leaves persistence as an idle one does: it is not punished."""
    source, metrics = source_of("flow-diary"), ("participation", "persistence")
    event = loaded(source, {"weeks": 6, "events": [{"week": 0, "do": "ablate", "mechanism": name}]})
    run = new_engine(event).run()
    found = measured(World(source, (("weeks", 6),), name), 0, metrics)
    assert found == [METRICS[each].value(run) for each in metrics]
    assert found != measured(World(source, (("weeks", 6),)), 0, metrics) or name == "deadline_pull"


def test_luck_is_no_loss() -> None:
    assert not beyond_luck(np.array([0.1, -0.1, 0.05, -0.04]))
    assert beyond_luck(np.array([0.10, 0.11, 0.09, 0.10]))
    assert beyond_luck(np.full(4, 0.1)), "always the same difference"
    assert not beyond_luck(np.zeros(4))
    assert beyond_luck(np.full(4, np.nan)), "there is no value any more"


def test_a_pattern_is_lost_where_a_number_crosses_the_end_of_its_band_by_more_than_luck() -> None:
    pattern, one, other = PATTERNS["A4"], World("one"), World("other")
    before = np.array([0.78, 0.80, 0.79, 0.81])

    def lost(after: list[float]) -> bool:
        lives = {one: {"log_stays": before}, other: {"log_stays": np.array(after)}}
        return moved(pattern, [(one, other)], lives, out=True)

    assert lost([0.70, 0.72, 0.71, 0.73])
    assert not lost([0.77, 0.79, 0.78, 0.80]), "it stays in its band"
    assert not lost([0.99, 0.70, 0.72, 0.89]), "it leaves its band by luck"


@pytest.mark.long
def test_what_is_kept_is_of_this_code() -> None:
    kept = found.found("knockouts")
    (now,) = knocked_out(["habit"], kept["replicates"])
    assert now.as_json() == next(each for each in kept["mechanisms"] if each["mechanism"] == "habit")


def test_what_is_kept_has_every_mechanism() -> None:
    kept = found.found("knockouts")
    assert [each["mechanism"] for each in kept["mechanisms"]] == list(ABLATIONS)
    assert all(each["supported"] == bool(each["lost"]) for each in kept["mechanisms"])
