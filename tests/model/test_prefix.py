"""Twenty weeks are the first twenty of forty: the future never reaches back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from ecosim.model.engine import Engine
from ecosim.scenario import presets
from ecosim.scenario.resolve import load

from ..strategies import scenarios
from .worlds import engine, fingerprint, lived


@pytest.mark.parametrize("name", presets.names())
def test_every_preset(name: str) -> None:
    """Schedules that run on beyond the twentieth week, arrivals and deadlines included."""
    source = f"preset:{name}"
    short, long = lived(source=source, learners=100, weeks=20), engine(source=source, learners=100, weeks=40)
    while long.week < 20:
        long.step()
    assert fingerprint(short) == fingerprint(long, weeks=20)


@pytest.mark.parametrize("fade", ["linear", "smooth", "abrupt"])
def test_fades(fade: str) -> None:
    falls = {"design.facilitation": {"fade": fade, "from": 0.8, "start": 5, "until": 30}}
    short, long = lived(falls, learners=100, weeks=20), engine(falls, learners=100, weeks=40)
    while long.week < 20:
        long.step()
    assert fingerprint(short) == fingerprint(long, weeks=20)


@settings(max_examples=60)
@given(scenarios(learners=25, weeks=6))
def test_any_scenario(scenario: dict[str, Any]) -> None:
    short = Engine(load(scenario).scenario).run()
    long = Engine(load({**scenario, "weeks": scenario["weeks"] + 7}).scenario)
    while long.week < short.week:
        long.step()
    assert fingerprint(short) == fingerprint(long, weeks=short.week)
