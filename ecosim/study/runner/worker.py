"""What a worker does: a chunk of runs, each within its time and memory, its mistakes returned as facts.

Nothing here knows which executor carried the chunk: limits are kept by the worker itself, so that they hold in a local
process and on a cluster alike.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import socket
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import Any

from ecosim.errors import EcosimError
from ecosim.model.engine import Engine
from ecosim.model.metrics import Wanted
from ecosim.model.metrics.plugin import run_plugins
from ecosim.model.metrics.summary import asked_for, needs_diary
from ecosim.scenario.document import Measure
from ecosim.scenario.resolve import Loaded
from ecosim.study.plan.recipe import Recipe
from ecosim.study.runner.live import deadline, grouped, lived, measured, weekly
from ecosim.study.runner.order import Job, Order, Outcome, Task

GRACE = 5.0  #: seconds after its time in which a run may still end by itself, before its worker is stopped
MEGABYTE = 1_048_576


def run_chunk(packed: bytes, name: str, tasks: Sequence[Task]) -> list[Outcome]:
    """Live the runs of a chunk, one after another.

    Parameters
    ----------
    packed : bytes
        The order of the study, pickled.
    name : str
        Name of the chunk, under which it says where it was when it is stopped.
    tasks : sequence of Task
        The runs.
    """
    order = _order(packed)
    _warm()
    with _memory(order.memory):
        return [_guarded(packed, order, name, task) for task in tasks]


@lru_cache(maxsize=1)
def _warm() -> None:
    """Load the model's machine code, once a worker: the first run's time is its own."""
    Engine(Recipe({"learners": 12, "weeks": 1}).loaded().scenario).run()


@lru_cache(maxsize=2)
def _order(packed: bytes) -> Order:
    """Return an order, unpacked once a worker; the user's own metrics are declared then."""
    order: Order = pickle.loads(packed)
    run_plugins(Path(each) for each in order.plugins)
    return order


@lru_cache(maxsize=2)
def _wanted(packed: bytes) -> list[Wanted]:
    """Return the metrics of an order."""
    return asked_for(Measure(name=name, over=over) for name, over in _order(packed).measures)


@lru_cache(maxsize=256)
def _scenario(packed: bytes, design: int, point: int, settings: bytes) -> Loaded:
    """Return the scenario of a design at a point; replicates share it."""
    return _order(packed).recipes[design].loaded(pickle.loads(settings))


def _guarded(packed: bytes, order: Order, name: str, task: Task) -> Outcome:
    """Live one run; what goes wrong is its outcome."""
    begun = perf_counter()
    try:
        with _watched(order, name):
            return _lived(packed, order, task, begun)
    except MemoryError as error:
        return _failed(task.job, begun, f"MemoryError: more than {order.memory} MB", error)
    except EcosimError as error:
        return _failed(task.job, begun, error.say(), error)
    except Exception as error:
        return _failed(task.job, begun, f"{type(error).__name__}: {' '.join(str(error).split())}", error)


def _lived(packed: bytes, order: Order, task: Task, begun: float) -> Outcome:
    """Live one run and measure it."""
    job, everything = task.job, _wanted(packed)
    asked = order.asked[job.design]
    wanted = [each for each in everything if asked is None or each.key in asked]
    loaded = _scenario(packed, job.design, job.point, pickle.dumps(task.settings))
    engine = lived(loaded, job.replicate, deadline(order.timeout), needs_diary(wanted))
    found = dict(zip((each.key for each in wanted), measured(engine, wanted, loaded), strict=True))
    values = [found.get(each.key) for each in everything]
    groups = grouped(engine, wanted, order.groups) if order.groups and (job.point == 0 or order.group_box) else ""
    series = weekly(engine, everything) if order.series else b""
    return Outcome(job, "done", perf_counter() - begun, values, groups, series, worker=_here())


def _failed(job: Job, begun: float, error: str, raised: BaseException) -> Outcome:
    """Return the outcome of a run that failed."""
    said = "".join(traceback.format_exception(raised))
    return Outcome(job, "failed", perf_counter() - begun, [], error=error, traceback=said, worker=_here())


@lru_cache(maxsize=1)
def _here() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


@contextmanager
def _watched(order: Order, name: str) -> Iterator[None]:
    """Stop this process when a run does not end by itself, having said where it was.

    The watch is a thread of the C library: it works though the run be stuck in compiled code, and off the main thread.
    """
    folder = Path(order.traces) if order.traces else None
    stream: Any = (folder / name).open("w") if folder is not None and folder.is_dir() else sys.__stderr__
    try:
        faulthandler.dump_traceback_later(order.timeout + GRACE, exit=True, file=stream)
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
        if stream is not sys.__stderr__:
            stream.close()


@contextmanager
def _memory(megabytes: int) -> Iterator[None]:
    """Let allocations fail beyond ``megabytes`` more than the worker has now, where the system can (Linux)."""
    try:
        import resource  # lazily: there is none on Windows

        has = _data_bytes()
        soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = has + megabytes * MEGABYTE
        if hard != resource.RLIM_INFINITY:
            wanted = min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
    except (ImportError, OSError, ValueError):
        yield
        return
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _data_bytes() -> int:
    """Return how much memory this process has for its data, in bytes."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) * 1024
    raise OSError("no VmData")
