"""What all tests share: three ways for Hypothesis to look (short and long, always the same, and nightly), luck that no
test uses up for another, and a word at the end where there is no browser to test pages in."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

from tests.web.chromium import NONE, chromium

SLOW_AT_FIRST = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
"""Kernels compile at their first use, and a whole scenario is a large thing to draw."""

settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=SLOW_AT_FIRST)
settings.register_profile(
    "long", max_examples=400, derandomize=True, deadline=None, suppress_health_check=SLOW_AT_FIRST
)
settings.register_profile(
    "nightly", max_examples=2000, deadline=timedelta(minutes=5), suppress_health_check=SLOW_AT_FIRST
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

STARTS: dict[str, Any] = {}
"""Module: where its ``RNG`` began."""


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let the ``RNG`` of a module begin anew with each of its tests, whichever ran before in the same process."""
    module = getattr(item, "module", None)
    rng = getattr(module, "RNG", None)
    if module is not None and isinstance(rng, np.random.Generator):
        rng.bit_generator.state = STARTS.setdefault(module.__name__, rng.bit_generator.state)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly that tests of pages were left out, so that nobody takes silence for success."""
    if chromium() is None:
        terminalreporter.section("browser", sep="!", red=True)
        terminalreporter.line(NONE)
