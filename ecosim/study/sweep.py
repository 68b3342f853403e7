"""A study from its file to its results folder: run, interrupted, taken up again, summed up."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Protocol

from ecosim.errors import EcosimError
from ecosim.model.notice import say_compiling
from ecosim.model.run import new_engine
from ecosim.study.plan.loaded import LoadedStudy
from ecosim.study.rounds import rounds
from ecosim.study.runner.coordinator import Coordinator, stoppable, trace_folder
from ecosim.study.runner.executors import Executor, Local
from ecosim.study.runner.order import Outcome, code_version, order_of
from ecosim.study.store.folder import Store
from ecosim.study.store.opening import opened


class Listener(Protocol):
    """Who hears how a sweep goes on."""

    def planned(self, done: int, total: int) -> None:
        """So many runs are to be made until the next look, of which so many are done already."""

    def kept(self, outcomes: list[Outcome]) -> None:
        """These have been made."""

    def stopping(self) -> None:
        """The user asked to stop."""


class Silent:
    """Nobody hears."""

    def planned(self, done: int, total: int) -> None:
        """Say nothing."""

    def kept(self, outcomes: list[Outcome]) -> None:
        """Say nothing."""

    def stopping(self) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class How:
    """How a sweep is made, which changes none of its results.

    Parameters
    ----------
    workers : int, optional
        Processes of this machine; without it one a processor.
    cluster : str, optional
        Address or scheduler file of a Dask cluster, instead.
    plugins : sequence of Path
        Scripts that declare metrics.
    retry_failed : bool
        Whether runs that failed before are tried again.
    listener : Listener
        Who hears how it goes on.
    argv : sequence of str
        For the provenance.
    executor : Executor, optional
        Who carries the runs instead, and goes on doing so for others afterwards.
    stop : Event
        Set by another thread, it ends the sweep as Ctrl-C would; what was finished is kept.
    """

    workers: int | None = None
    cluster: str | None = None
    plugins: Sequence[Path] = ()
    retry_failed: bool = False
    listener: Listener = field(default_factory=Silent)
    argv: Sequence[str] = ()
    executor: Executor | None = None
    stop: Event = field(default_factory=Event)

    def again(self, folder: Path) -> str:
        """Return the command that goes on where this one stops."""
        return shlex.join(["ecosim", *self.argv]) if self.argv else shlex.join(["ecosim", "sweep", str(folder)])


def swept(study: LoadedStudy, folder: Path, how: How, finish: Callable[[Store], None] = lambda store: None) -> None:
    """Run all of a study that its folder does not hold yet, then let ``finish`` sum it up.

    Raises
    ------
    FolderInUse, StorageError, ClusterLost, Interrupted
        As they say; what was finished is kept.
    """
    try:
        with crew(study, how) as executor, opened(folder, study, code_version(how.plugins), how.argv) as store:
            if how.retry_failed:
                store.forget_failed()
            _run(study, store, how, executor)
            store.series.compact(all_of_them=True)
            finish(store)
    except EcosimError as error:
        for problem in error.problems:
            problem.facts.setdefault("again", how.again(folder))
        raise


def _run(study: LoadedStudy, store: Store, how: How, executor: Callable[[], Executor]) -> None:
    """Make the missing runs of every round."""
    done, made = set(store.finished()), 0
    before = len(done)
    with trace_folder() as traces:
        order = order_of(study, how.plugins, traces if how.cluster is None else "")
        for each in rounds(study, store):
            missing = each.size - (sum(job in done for job in each.jobs()) if done else 0)
            how.listener.planned(before + made, before + made + missing)
            if not missing:
                continue
            settings, retries = study.points.settings, study.study.run.retries
            coordinator = Coordinator(executor(), order, settings, store, retries, how.listener.kept, how.stop)
            with stoppable(coordinator, how.listener.stopping):
                coordinator.run(job for job in each.jobs() if job not in done)
            made += missing


@contextmanager
def crew(study: LoadedStudy, how: How) -> Iterator[Callable[[], Executor]]:
    """Yield what returns who carries chunks: a cluster, which must be there, or processes, started when first needed.

    The model is compiled before any process starts, so that all find its machine code.
    """
    if how.executor is not None:
        borrowed = how.executor
        yield lambda: borrowed
        return
    there: list[Executor] = []
    if how.cluster is not None:
        from ecosim.study.runner.cluster import Cluster  # lazily: an extra

        there.append(Cluster(how.cluster))

    def executor() -> Executor:
        if not there:
            compile_first(study)
            there.append(Local(how.workers))
        return there[0]

    try:
        yield executor
    except BaseException:
        for each in there:
            each.close(now=True)
        raise
    for each in there:
        each.close(now=False)


def compile_first(study: LoadedStudy) -> None:
    """Have the model compiled by one process, so that workers find its machine code."""
    say_compiling()
    for arm in study.arms[:1]:
        new_engine(arm.loaded).step()
