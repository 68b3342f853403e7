"""Workers of a Dask cluster: an address, or the scheduler file that its scheduler has written."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from logging import CRITICAL, getLogger
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any

from ecosim.errors import ClusterLost, UsageError

PATIENCE = 30.0  #: seconds in which a scheduler must answer, and a first worker appear
LOUD = ("distributed", "distributed.client", "distributed.core", "distributed.utils")  #: loggers
SILENCE = 4.0  #: seconds without a scheduler after which it counts as lost
RECOUNT, ANSWER = 1.0, 2.0  #: seconds between two counts of workers, and in which a scheduler must answer them


class Cluster:
    """The workers of a Dask scheduler.

    Dask's own retries are not used: one layer decides what becomes of a run that takes its worker down.

    Parameters
    ----------
    place : str
        Address (``tcp://host:8786``) or path of a scheduler file.

    Raises
    ------
    UsageError
        When Dask is not installed.
    ClusterLost
        When no scheduler answers, or it has no worker.
    """

    def __init__(self, place: str) -> None:
        try:
            import distributed  # lazily: an extra, and only clusters need it
        except ImportError:
            raise UsageError("errors.sweep.no_dask") from None
        for name in LOUD:
            getLogger(name).setLevel(CRITICAL)  # what matters of it is said in our words
        where = {"scheduler_file": place} if Path(place).is_file() else {"address": place}
        if place.endswith(".json") and not Path(place).is_file():
            raise ClusterLost("errors.sweep.no_scheduler_file", place=place)
        try:
            connect: Any = distributed.Client
            self._client: Any = connect(**where, timeout=PATIENCE, set_as_default=False)
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, TimeoutError, ValueError) as error:
            raise ClusterLost(
                "errors.sweep.no_cluster", place=place, reason=str(error) or type(error).__name__
            ) from None
        self._silent_since: float | None = None
        self._workers, self._counted = 1, float("-inf")

    @property
    def workers(self) -> int:
        """How many runs are lived at once; workers may come and go."""
        if self._client.status == "running" and monotonic() - self._counted > RECOUNT:
            self._counted = monotonic()
            try:
                found = self._client.sync(self._client.scheduler.identity, n_workers=-1, callback_timeout=ANSWER)
            except (OSError, TimeoutError):
                return self._workers  # a dead scheduler answers nothing: whether it is dead, alive() tells
            self._workers = max(1, sum(int(each["nthreads"]) for each in found.get("workers", {}).values()))
        return self._workers

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Have ``function`` called by some worker."""
        made: Future[Any] = Future()
        asked = self._client.submit(function, *arguments, pure=False, retries=0)
        asked.add_done_callback(lambda done: Thread(target=_pass_on, args=(done, made), daemon=True).start())
        return made

    def took_worker(self, error: BaseException) -> bool:
        """Tell whether ``error`` means that a chunk took its worker down with it."""
        from distributed import KilledWorker  # lazily: as above

        return isinstance(error, KilledWorker)

    def alive(self, patient: bool = True) -> bool:
        """Tell whether the scheduler is there; ``patient``: a short silence is forgiven."""
        if self._client.status == "running":
            self._silent_since = None
            return True
        self._silent_since = self._silent_since or monotonic()
        return patient and monotonic() - self._silent_since < SILENCE and self._client.status != "closed"

    def close(self, now: bool) -> None:
        """Leave the cluster, which goes on for others."""
        try:
            self._client.close(timeout=2)
        except (OSError, TimeoutError, CancelledError):
            return


def _pass_on(done: Any, made: Future[Any]) -> None:
    """Hand on what came of a chunk; where the way to it was cut, as if it had been cancelled."""
    from distributed.comm.core import CommClosedError  # lazily: as above

    try:
        result = done.result(timeout=PATIENCE)
    except (CommClosedError, TimeoutError):
        if not made.cancelled():
            made.set_exception(CancelledError())
        return
    except BaseException as error:
        if not made.cancelled():
            made.set_exception(error)
        return
    if not made.cancelled():
        made.set_result(result)
