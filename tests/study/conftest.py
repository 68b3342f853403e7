"""What tests of studies share: metrics declared by a test go with it, and sweeps without processes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ecosim.model.metrics import METRICS
from ecosim.study import sweep

from .worlds import Inline


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    """Take out again what a test declares."""
    before = set(METRICS)
    yield
    for name in set(METRICS) - before:
        METRICS.remove(name)


@pytest.fixture
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have runs lived in this process: for what is not about processes."""
    monkeypatch.setattr(sweep, "Local", lambda workers: Inline())
