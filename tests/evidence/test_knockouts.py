"""Knock-outs: what switches a mechanism off, and what counts as a loss."""

from __future__ import annotations

import numpy as np
import pytest

from ecosim.evidence import found
from ecosim.evidence.cohorts import loaded, source_of
from ecosim.evidence.knockouts import FUEL, beyond_luck, knocked_out, moved, neutral
from ecosim.evidence.living import World
from ecosim.evidence.patterns import PATTERNS
from ecosim.scenario.ablations import ABLATIONS


@pytest.mark.parametrize("name", ABLATIONS)
def test_a_mechanism_can_be_switched_off_in_every_cohort(name: str) -> None:
    settings = neutral(name)
    assert settings
    assert loaded(source_of("flow-diary"), dict(settings)).scenario.learners > 0


def test_flow_feeds_nothing_without_its_fuel() -> None:
    assert neutral("flow_persistence") == ((FUEL, 0.0),)
    assert dict(neutral("habit")) == {"context.intention.habit": 0.0}


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
        return moved(pattern, [(one, other)], lives)

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
