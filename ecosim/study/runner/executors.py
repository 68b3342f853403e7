"""Who carries chunks of runs to where they are lived: processes of this machine, or a cluster.

The seam is one class with five members; all else (what to run, chunks, retries, quarantine) is the coordinator's.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager
from multiprocessing.context import SpawnContext, SpawnProcess
from types import ModuleType
from typing import Any, Protocol

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


class Executor(Protocol):
    """What the coordinator asks of whoever carries chunks."""

    @property
    def workers(self) -> int:
        """How many runs are lived at once."""

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Have ``function`` called by some worker."""

    def took_worker(self, error: BaseException) -> bool:
        """Tell whether ``error`` means that a chunk took its worker down with it."""

    def alive(self, patient: bool = True) -> bool:
        """Tell whether there is still somebody to carry chunks; ``patient``: or may be again in a moment."""

    def close(self, now: bool) -> None:
        """Let the workers go; ``now``: whatever they are doing."""


class _Mainless(SpawnProcess):
    """A process that does not run the caller's script again: workers need ecosim and nothing else.

    A script that sweeps without ``if __name__ == "__main__"`` would otherwise sweep again in each of its workers.
    """

    @staticmethod
    def _Popen(process_obj: Any) -> Any:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            return SpawnProcess._Popen(process_obj)
        finally:
            sys.modules["__main__"] = main


class _MainlessContext(SpawnContext):
    """Spawned processes without the caller's script; it knows all that it has started."""

    def __init__(self) -> None:
        super().__init__()
        self.started: list[SpawnProcess] = []

    def Process(self, *given: Any, **named: Any) -> SpawnProcess:  # type: ignore[override]
        """Return a new process."""
        self.started = [each for each in self.started if each.pid is None or each.is_alive()]
        self.started.append(_Mainless(*given, **named))
        return self.started[-1]


class Local:
    """Processes of this machine, each of which may die without harm to the others (pebble).

    Parameters
    ----------
    workers : int, optional
        How many; without it one for each processor that this process may use.
    patience : int
        By how much they step back where others want the processor too (``nice``), as behind a page that is used.
    """

    def __init__(self, workers: int | None = None, patience: int = 0) -> None:
        from pebble import ProcessPool  # lazily: only sweeps need it

        self._workers = workers or usable_processors()
        self._context = _MainlessContext()
        self._waiting: set[Future[Any]] = set()
        with _one_thread_each():
            self._pool = ProcessPool(self._workers, initializer=_begin, initargs=(patience,), context=self._context)
            self._pool.schedule(_nothing)  # starts the workers, while the environment is theirs

    @property
    def workers(self) -> int:
        """How many runs are lived at once."""
        return self._workers

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Have ``function`` called by some worker."""
        return self._kept(self._pool.schedule(function, args=arguments))

    def submit_within(self, seconds: float, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Have ``function`` called by some worker, which is stopped when it takes longer than ``seconds``."""
        return self._kept(self._pool.schedule(function, args=arguments, timeout=seconds))

    def _kept(self, made: Future[Any]) -> Future[Any]:
        """Return a future, kept until it is done."""
        self._waiting.add(made)
        made.add_done_callback(self._waiting.discard)
        return made

    def took_worker(self, error: BaseException) -> bool:
        """Tell whether ``error`` means that a chunk took its worker down with it."""
        from pebble import ProcessExpired  # lazily: as above

        return isinstance(error, ProcessExpired)

    def alive(self, patient: bool = True) -> bool:
        """Tell whether there is still somebody to carry chunks: dead processes are replaced."""
        return bool(self._pool.active)

    def close(self, now: bool) -> None:
        """Let the workers go; ``now``: whatever they are doing."""
        if not now:
            wait(list(self._waiting))
        pool: Any = self._pool
        pool.stop()
        for each in self._context.started:  # before what they share goes: who is still starting would complain
            if each.is_alive():
                each.kill()
        pool.join()


def usable_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, multiprocessing.cpu_count())


def _begin(patience: int = 0) -> None:
    """Prepare a worker: import what every run needs, without SciPy, which none does."""
    from ecosim.model.kernel import import_lean_compiler

    if patience and hasattr(os, "nice"):
        os.nice(patience)

    import_lean_compiler()


def _nothing() -> None:
    """Do nothing, in a worker."""


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Let processes that start now use one thread each: parallel are the runs."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
