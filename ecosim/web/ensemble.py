"""A comparison that fills in while people watch: a study, lived in a folder of its own, and what is known so far.

It is the study that ``ecosim sweep`` would make of the same file: the same runs, looks, intervals and verdicts.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from weakref import finalize

import numpy as np

from ecosim.errors import EcosimError, Interrupted
from ecosim.model.state import Array
from ecosim.study.findings import Findings, findings
from ecosim.study.plan.loaded import LoadedStudy
from ecosim.study.plan.resolve import load_study
from ecosim.study.runner.live import unpacked
from ecosim.study.runner.order import Outcome
from ecosim.study.sweep import How, swept
from ecosim.web.budget import RUN_MEGABYTES, RUN_SECONDS, check_study
from ecosim.web.workshop import mistake, workshop

TAILS = (0.05, 0.5, 0.95)  #: of the runs, between which a band lies, and its middle

RULES = {"series": "weekly", "timeout_s": RUN_SECONDS, "memory_mb": RUN_MEGABYTES, "retries": 0}


@dataclass
class Ensemble:
    """A study that is being lived, or has been.

    Parameters
    ----------
    study : LoadedStudy
        What is compared; its weekly series are kept.

    Attributes
    ----------
    done, total : int
        Runs made, and to be made until the next look.
    state : {"ready", "running", "done", "stopped", "failed"}
        How it stands.
    error : EcosimError or None
        What went wrong.
    found : Findings or None
        What the runs say, once they are made.
    """

    study: LoadedStudy
    done: int = 0
    total: int = 0
    state: str = "ready"
    error: EcosimError | None = None
    found: Findings | None = None
    _series: dict[str, dict[int, Array]] = field(default_factory=dict)
    _listeners: list[Callable[[], None]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _stop: threading.Event = field(default_factory=threading.Event)
    _folder: Path | None = None
    _closed: bool = False

    def watch(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Have ``listener`` called, from another thread, whenever there is something new; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def changed(self) -> None:
        """Tell all who watch that there is something new."""
        for listener in list(self._listeners):
            listener()

    def start(self) -> Ensemble:
        """Begin, in a thread of its own; return at once."""
        self.state = "running"
        threading.Thread(target=self._live, name="ensemble", daemon=True).start()
        return self

    def live(self) -> Ensemble:
        """Live it now; return when all is done."""
        self.state = "running"
        self._live()
        return self

    def stop(self) -> None:
        """End it where it is; runs that are out are ended too."""
        self._stop.set()

    def close(self) -> None:
        """End it, and remove its folder."""
        self._closed = True
        self.stop()
        if self.state != "running":
            self._remove()

    def _remove(self) -> None:
        """Remove its folder."""
        folder, self._folder = self._folder, None
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)

    @property
    def folder(self) -> Path | None:
        """The results folder, once there is one; it is removed by :meth:`close`."""
        return self._folder

    def _live(self) -> None:
        """Have the study swept, and tell how it went."""
        self._folder = Path(mkdtemp(prefix="ecosim-page-"))
        finalize(self, shutil.rmtree, self._folder, ignore_errors=True)  # where nobody closes it, as when a server ends
        how = How(executor=workshop().comparing(), stop=self._stop, listener=self, argv=("sweep", "study.yaml"))
        state = "failed"
        try:
            swept(self.study, self._folder / "study", how, self._finish)
            state = "done"
        except Interrupted:
            state = "stopped"
        except EcosimError as error:
            self.error = error
        except Exception as error:  # else the page would wait for ever
            self.error = mistake(error)
        self.state = state
        if self._closed or state != "done":
            self._remove()
        self.changed()

    def _finish(self, store: Any) -> None:
        """Keep what the runs say."""
        self.found = findings(store)

    def planned(self, done: int, total: int) -> None:
        """Hear how many runs there are to be until the next look."""
        self.done, self.total = done, total
        self.changed()

    def kept(self, outcomes: list[Outcome]) -> None:
        """Hear of runs that have been made."""
        metrics = len(self.study.wanted)
        with self._lock:
            for each in outcomes:
                self.done += 1
                if each.series:
                    own = self._series.setdefault(self.study.arms[each.job.design].name, {})
                    own[each.job.replicate] = unpacked(each.series, metrics)
        self.changed()

    def stopping(self) -> None:
        """Hear that no more runs are begun."""

    def lived(self, design: str) -> int:
        """Return how many runs of a design there are so far."""
        with self._lock:
            return len(self._series.get(design, {}))

    def runs(self, design: str, metric: str) -> Array:
        """Return the weekly series of a metric under a design so far, by replicate: shape (runs, weeks)."""
        place = [each.key for each in self.study.wanted].index(metric)
        with self._lock:
            own = self._series.get(design, {})
            rows = [own[replicate][place] for replicate in sorted(own)]
        return np.array(rows) if rows else np.empty((0, self.weeks))

    def band(self, design: str, metric: str) -> Array:
        """Return the 5 % quantile, the median and the 95 % quantile over the runs so far: shape (3, weeks)."""
        return quantiles(self.runs(design, metric))

    def difference(self, design: str, metric: str) -> Array:
        """Return the same of the paired differences from the baseline: same luck, other design."""
        place = [each.key for each in self.study.wanted].index(metric)
        with self._lock:
            own, base = (self._series.get(name, {}) for name in (design, self.study.baseline))
            rows = [own[r][place] - base[r][place] for r in sorted(own.keys() & base.keys())]
        return quantiles(np.array(rows) if rows else np.empty((0, self.weeks)))

    @property
    def weeks(self) -> int:
        """The weeks of the longest design."""
        return max(arm.loaded.scenario.weeks for arm in self.study.arms)


def quantiles(runs: Array) -> Array:
    """Return the quantiles :data:`TAILS` week by week of series of shape (runs, weeks); NaN where there is no value."""
    found = np.full((len(TAILS), runs.shape[1]), np.nan)
    there = np.isfinite(runs).any(axis=0)
    if there.any():
        found[:, there] = np.nanquantile(runs[:, there], TAILS, axis=0)
    return found


def ensemble_of(study: Mapping[str, Any], allow_files: bool = False) -> Ensemble:
    """Return the ensemble of a study given as a dictionary, within the budget of a page.

    Parameters
    ----------
    study : mapping
        As a study file says it.
    allow_files : bool
        Whether it may name files of this machine: only where whoever started the server has named one.

    Raises
    ------
    InvalidFile
        With everything that is wrong with the study.
    UsageError
        When it is too large.
    """
    loaded = load_study({**study, "run": {**study.get("run", {}), **RULES}}, allow_files=allow_files)
    check_study([arm.loaded.scenario for arm in loaded.arms], loaded.replicates.max)
    return Ensemble(loaded)
