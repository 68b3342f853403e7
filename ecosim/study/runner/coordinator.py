"""Keeping workers busy: chunks of about half a second, few of them out at a time, none lost and none run twice."""

from __future__ import annotations

import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from queue import Empty, Queue
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, Protocol

from ecosim.errors import ClusterLost, Interrupted
from ecosim.study.runner.executors import Executor
from ecosim.study.runner.order import Job, Order, Outcome, Task
from ecosim.study.runner.worker import run_chunk

CHUNK_SECONDS = 0.5  #: about how long a chunk works
MOST_IN_CHUNK = 500
LEARNS = 0.3  #: how fast the estimate of a run's seconds follows
TICK = 0.5  #: seconds between two looks at whether anybody is still there


class Keeper(Protocol):
    """What keeps outcomes."""

    def write(self, outcomes: list[Outcome], attempts: int = 1) -> None:
        """Keep what came of some runs."""


class Chunk(NamedTuple):
    """Runs that are out together; ``alone`` when one is tried by itself."""

    name: str
    jobs: tuple[Job, ...]
    alone: bool


class Coordinator:
    """Has jobs run and their outcomes kept, whatever happens to workers.

    Parameters
    ----------
    executor : Executor
        Who carries chunks.
    order : Order
        What the runs have in common.
    settings : callable
        ``settings(point)`` returns what a point sets.
    store : Keeper
        Who keeps outcomes.
    retries : int
        How often a run is tried again that took its worker down when it was alone.
    heard : callable
        Called with every list of outcomes that has been kept.
    stop : Event
        Set by another thread, it stops the sending out of chunks, and ends those that are out.
    """

    def __init__(
        self,
        executor: Executor,
        order: Order,
        settings: Callable[[int], dict[str, Any]],
        store: Keeper,
        retries: int,
        heard: Callable[[list[Outcome]], None] = lambda outcomes: None,
        stop: threading.Event | None = None,
    ) -> None:
        self.executor, self.store, self.retries, self.heard = executor, store, retries, heard
        self._settings, self._packed, self._traces = settings, pickle.dumps(order), order.traces
        self._back: Queue[tuple[Chunk, Future[list[Outcome]]]] = Queue()
        self._out: dict[str, tuple[Chunk, Future[list[Outcome]]]] = {}
        self._alone: deque[Job] = deque()
        self._attempts: dict[Job, int] = {}
        self._seconds, self._count = 0.0, 0
        self.stopping, self._stop = False, stop or threading.Event()
        self.stopped_by: Callable[[], None] | None = None

    def run(self, jobs: Iterator[Job]) -> None:
        """Have all ``jobs`` run.

        Raises
        ------
        Interrupted
            When the user asked to stop; what was out is kept.
        ClusterLost
            When nobody is left to carry chunks.
        StorageError
            When outcomes cannot be kept.
        """
        while True:
            self._fill(jobs)
            if not self._out:
                break
            self._take()
        if self.stopping:
            raise Interrupted("errors.sweep.interrupted")

    def _fill(self, jobs: Iterator[Job]) -> None:
        """Send chunks out until every worker has one and one waits."""
        self.stopping = self.stopping or self._stop.is_set()
        if self.stopping:
            self._say_stopping()
            for _, future in [*self._out.values()]:
                future.cancel()
            return
        while len(self._out) < self.executor.workers + 1:
            if self._alone:
                self._send((self._alone.popleft(),), alone=True)
            elif chosen := tuple(islice(jobs, self._size())):
                self._send(chosen, alone=False)
            else:
                return

    def _say_stopping(self) -> None:
        """Tell once that no more chunks go out; not in the signal's handler, which may fall into a line."""
        if self.stopped_by is not None:
            told, self.stopped_by = self.stopped_by, None
            told()

    def _size(self) -> int:
        """Return how many runs make a chunk."""
        return max(1, min(MOST_IN_CHUNK, int(CHUNK_SECONDS / self._seconds))) if self._seconds else 1

    def _send(self, jobs: tuple[Job, ...], alone: bool) -> None:
        """Send one chunk out."""
        self._count += 1
        chunk = Chunk(f"chunk-{self._count}", jobs, alone)
        tasks = [Task(job, self._settings(job.point)) for job in jobs]
        future = self.executor.submit(run_chunk, self._packed, chunk.name, tasks)
        self._out[chunk.name] = (chunk, future)
        future.add_done_callback(lambda done: self._back.put((chunk, done)))

    def _take(self) -> None:
        """Wait for a chunk to come back, and keep what came of it."""
        try:
            chunk, future = self._back.get(timeout=TICK)
        except Empty:
            if not self.executor.alive():
                raise ClusterLost("errors.sweep.lost") from None
            return
        del self._out[chunk.name]
        try:
            outcomes = future.result()
        except CancelledError:
            if self.stopping:
                return
            if not self.executor.alive(patient=False):  # a cluster that loses its scheduler cancels what it has
                raise ClusterLost("errors.sweep.lost") from None
            self._alone.extend(chunk.jobs)
            return
        except Exception as error:
            if not self.executor.took_worker(error):
                if not self.executor.alive():
                    raise ClusterLost("errors.sweep.lost") from error
                raise
            self._lost(chunk, error)
            return
        self._learn(outcomes)
        self._keep(outcomes)

    def _learn(self, outcomes: list[Outcome]) -> None:
        """Follow how long runs take."""
        mean = sum(each.seconds for each in outcomes) / len(outcomes)
        self._seconds += (LEARNS if self._seconds else 1.0) * (max(mean, 1e-5) - self._seconds)

    def _keep(self, outcomes: list[Outcome], attempts: int = 1) -> None:
        self.store.write(outcomes, attempts)
        self.heard(outcomes)

    def _lost(self, chunk: Chunk, error: BaseException) -> None:
        """Have the runs of a lost chunk tried one by one; give one up that takes workers down when it is alone."""
        if not chunk.alone:
            self._alone.extend(chunk.jobs)
            return
        job = chunk.jobs[0]
        attempts = self._attempts[job] = self._attempts.get(job, 0) + 1
        if attempts <= self.retries:
            self._alone.append(job)
            return
        said = f"{type(error).__name__}: {' '.join(str(error).split())}"
        if code := getattr(error, "exitcode", 0):
            said += f" (exit {code})"
        where = Path(self._traces) / chunk.name
        trace = where.read_text(encoding="utf-8", errors="replace") if self._traces and where.is_file() else ""
        self._keep([Outcome(job, "quarantined", 0.0, [], error=said, traceback=trace)], attempts)


@contextmanager
def stoppable(coordinator: Coordinator, told: Callable[[], None]) -> Iterator[None]:
    """Let a first Ctrl-C (or a termination) stop the sending out of chunks, and a second one stop at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: Any) -> None:
        if coordinator.stopping:
            raise KeyboardInterrupt
        coordinator.stopping = True

    coordinator.stopped_by = told
    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def trace_folder() -> Iterator[str]:
    """Yield a folder in which workers that are stopped say where they were."""
    with TemporaryDirectory(prefix="ecosim-", ignore_cleanup_errors=True) as folder:
        yield folder
