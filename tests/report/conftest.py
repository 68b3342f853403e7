"""Runs that the tests of the report share; each is lived once."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from ecosim.model.run import Run
from ecosim.model.world import load

Lived = Callable[..., Run]


@cache
def _lived(source: str, settings: str, replicate: int, follow: int) -> Run:
    world = load(json.loads(source), json.loads(settings))
    return world.run(replicate=replicate, follow=range(follow))


@pytest.fixture(scope="session")
def lived() -> Lived:
    """Return what runs a scenario (a path, a preset or a dictionary) with settings and follows its first learners."""

    def run(source: Any, settings: dict[str, Any] | None = None, replicate: int = 0, follow: int = 0) -> Run:
        return _lived(json.dumps(source), json.dumps(settings or {}), replicate, follow)

    return run


@pytest.fixture(scope="session")
def small(lived: Lived) -> Run:
    """Return a small community of practice."""
    return lived("preset:community-of-practice", {"learners": 40, "weeks": 12})


def flat(tree: dict[str, Any], prefix: str) -> dict[str, str]:
    """Return the texts of a language table by dotted key."""
    found: dict[str, str] = {}
    for key, value in tree.items():
        path = f"{prefix}.{key}"
        found |= flat(value, path) if isinstance(value, dict) else {path: value}
    return found
