"""What tests of runs behind pages need: a workshop of their own, small worlds, and chunks of runs that misbehave."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ecosim.scenario.resolve import Loaded, load
from ecosim.study.runner import worker
from ecosim.study.runner.order import Outcome, Task
from ecosim.web import films, workshop

TINY = {"learners": 6, "weeks": 3, "design": {"ready_ties": 2}}
BAD_SIZE = 7  #: learners of a world whose run :data:`BAD_LUCK` never ends where :func:`run_hanging` lives it
BAD_LUCK = 2


def tiny(**parts: Any) -> Loaded:
    """Return a scenario that takes some milliseconds."""
    return load({**TINY, **parts})


def comes(condition: Callable[[], bool], seconds: float = 120.0) -> bool:
    """Look again and again whether ``condition`` holds, until it does or time is over."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


@pytest.fixture(scope="module")
def crew() -> Iterator[workshop.Workshop]:
    """Return the workshop of this process, one process for each kind of work; nothing is left of it."""
    patch = pytest.MonkeyPatch()
    patch.setattr(workshop, "usable_processors", lambda: 2)
    patch.setattr(workshop, "MOST_FILMING", 1)
    workshop.workshop().close()
    films._kept.clear()
    yield workshop.workshop()
    workshop.workshop().close()
    films._kept.clear()
    patch.undo()


def run_hanging(packed: bytes, name: str, tasks: list[Task]) -> list[Outcome]:
    """Live a chunk as workers do; one run of a world of :data:`BAD_SIZE` never ends."""
    straight = worker._lived

    def lived(packed: bytes, order: Any, task: Task, begun: float) -> Outcome:
        if order.recipes[0].loaded().scenario.learners == BAD_SIZE and task.job.replicate == BAD_LUCK:
            while True:
                pass
        return straight(packed, order, task, begun)

    worker._lived, worker.GRACE = lived, 0.1  # type: ignore[assignment]
    try:
        return worker.run_chunk(packed, name, tasks)
    finally:
        worker._lived = straight


def run_slowly(packed: bytes, name: str, tasks: list[Task]) -> list[Outcome]:
    """Live a chunk that takes a long time."""
    time.sleep(60.0)
    return worker.run_chunk(packed, name, tasks)


def stopping_badly(store: Any) -> Any:
    """Make a mistake of our own."""
    return 1 / 0
