"""What all tests share: three ways for Hypothesis to look: short and long, always the same, and nightly."""

from __future__ import annotations

import os
from datetime import timedelta

from hypothesis import HealthCheck, settings

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
