"""Sweeps by somebody else's processes, stopped by another thread: what was finished is kept, nobody is sent home."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from ecosim.errors import Interrupted
from ecosim.study.findings import findings
from ecosim.study.runner import coordinator
from ecosim.study.runner.executors import Local
from ecosim.study.runner.order import Outcome
from ecosim.study.sweep import How, Silent, swept

from .worlds import TWO, Inline, everything, runs, same, says_itself, study

GOOD: dict[str, Any] = {"designs": TWO, "replicates": 10, "metrics": ["retention"], "run": {"series": "weekly"}}


class Lent(Inline):
    """An executor that counts what it carries, and notes whether it is let go."""

    def __init__(self) -> None:
        self.carried, self.closed = 0, False

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Call ``function`` now."""
        self.carried += 1
        return super().submit(function, *arguments)

    def close(self, now: bool) -> None:
        """Be let go."""
        self.closed = True


class Stopping(Silent):
    """Stops a sweep after so many runs, and notes what it hears."""

    def __init__(self, after: int, stop: threading.Event) -> None:
        self.after, self.stop, self.count, self.told = after, stop, 0, 0

    def kept(self, outcomes: list[Outcome]) -> None:
        """Count the runs."""
        self.count += len(outcomes)
        if self.count >= self.after:
            self.stop.set()

    def stopping(self) -> None:
        """Be told once."""
        self.told += 1


@pytest.fixture(scope="module")
def local() -> Iterator[Local]:
    """Return two processes that step back, for all tests of this module."""
    made = Local(2, patience=4)
    yield made
    made.close(now=True)


def test_processes_that_are_lent_are_not_sent_home(tmp_path: Path) -> None:
    lent = Lent()
    for name in ("one", "two"):
        swept(study(**GOOD), tmp_path / name, How(executor=lent))
        assert len(runs(tmp_path / name)) == 20
    assert not lent.closed
    assert lent.carried > 2
    stop = threading.Event()
    stop.set()
    with pytest.raises(Interrupted):
        swept(study(**GOOD), tmp_path / "three", How(executor=lent, stop=stop))
    assert not lent.closed, "even when the sweep is stopped"


@pytest.mark.long
def test_who_carries_the_runs_changes_nothing(tmp_path: Path, local: Local) -> None:
    swept(study(**GOOD), tmp_path / "inline", How(executor=Inline()))
    swept(study(**GOOD), tmp_path / "local", How(executor=local))
    same(everything(study(**GOOD), tmp_path / "inline"), everything(study(**GOOD), tmp_path / "local"))


@pytest.mark.parametrize("after", [1, 7])
def test_what_was_finished_is_kept_and_the_rest_is_made_later(
    after: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coordinator, "CHUNK_SECONDS", 0.0)  # a run a chunk
    stop = threading.Event()
    listener = Stopping(after, stop)
    finished: list[Any] = []
    with pytest.raises(Interrupted) as caught:
        swept(study(**GOOD), tmp_path / "out", How(executor=Inline(), stop=stop, listener=listener), finished.append)
    says_itself(caught.value)
    assert finished == [], "nothing is summed up"
    kept = runs(tmp_path / "out")
    assert after <= len(kept) == listener.count <= after + 1, "one was out already"
    swept(study(**GOOD), tmp_path / "out", How(executor=Inline()))
    swept(study(**GOOD), tmp_path / "straight", How(executor=Inline()))
    same(everything(study(**GOOD), tmp_path / "out"), everything(study(**GOOD), tmp_path / "straight"))


def test_a_sweep_that_is_stopped_before_it_begins_lives_nothing(tmp_path: Path) -> None:
    lent, stop = Lent(), threading.Event()
    stop.set()
    with pytest.raises(Interrupted):
        swept(study(**GOOD), tmp_path / "out", How(executor=lent, stop=stop))
    assert lent.carried == 0


@pytest.mark.long
def test_one_sweep_is_stopped_and_another_by_the_same_processes_goes_on(tmp_path: Path, local: Local) -> None:
    stop, ends = threading.Event(), {}
    long = study({"learners": 300, "weeks": 60}, **{**GOOD, "replicates": 400})

    def stopped() -> None:
        try:
            swept(long, tmp_path / "long", How(executor=local, stop=stop))
        except Interrupted:
            ends["long"] = time.monotonic()

    thread = threading.Thread(target=stopped)
    thread.start()
    time.sleep(0.5)
    told: list[Any] = []
    begun = time.monotonic()
    stop.set()
    swept(study(**GOOD), tmp_path / "out", How(executor=local), lambda store: told.append(findings(store)))
    thread.join(20.0)
    assert ends["long"] - begun < 10.0, "runs that are out are ended, not waited for"
    assert told[0].counts == {"done": 20}


def test_work_that_takes_too_long_is_stopped_and_the_process_replaced(local: Local) -> None:
    assert local.submit_within(30.0, abs, -3).result(30.0) == 3
    begun = time.monotonic()
    with pytest.raises(TimeoutError):
        local.submit_within(0.2, time.sleep, 60.0).result(20.0)
    assert time.monotonic() - begun < 10.0
    assert local.submit(abs, -4).result(30.0) == 4
    assert local.alive()


def test_a_process_that_dies_is_known_as_such(local: Local) -> None:
    with pytest.raises(Exception) as caught:
        local.submit(os._exit, 3).result(30.0)
    assert local.took_worker(caught.value)
    with pytest.raises(ValueError, match="invalid literal") as mistake:
        local.submit(int, "x").result(30.0)
    assert not local.took_worker(mistake.value)


def test_patient_processes_step_back(local: Local) -> None:
    assert local.submit(os.nice, 0).result(30.0) == min(19, os.nice(0) + 4)
