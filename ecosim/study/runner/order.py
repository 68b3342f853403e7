"""What is to be run, in the form that travels to workers, and what comes back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from ecosim.model.kernel import sources_hash
from ecosim.model.provenance import own_version
from ecosim.study.plan.loaded import LoadedStudy
from ecosim.study.plan.recipe import Recipe


class Job(NamedTuple):
    """One run: which point, which luck, which design (by number)."""

    point: int
    replicate: int
    design: int


class Task(NamedTuple):
    """A job with what its point sets: dotted path -> value."""

    job: Job
    settings: dict[str, Any]


class Outcome(NamedTuple):
    """What came of one run.

    Parameters
    ----------
    job : Job
        Which one.
    status : {"done", "failed", "quarantined"}
        Quarantined are runs that took their worker down again and again.
    seconds : float
        How long it took.
    values : list of float or None
        A value a metric, in the order of the study.
    groups : str
        Values by group as JSON, empty where they are not kept.
    series : bytes
        Weekly series, packed; empty where they are not kept.
    error : str
        What went wrong, in a line.
    traceback : str
        Where, as Python tells it.
    worker : str
        Host and process.
    """

    job: Job
    status: str
    seconds: float
    values: list[float | None]
    groups: str = ""
    series: bytes = b""
    error: str = ""
    traceback: str = ""
    worker: str = ""


@dataclass(frozen=True)
class Order:
    """All that every run of a study has in common.

    Parameters
    ----------
    recipes : tuple of Recipe
        The designs, by number.
    measures : tuple of (str, str or (int, int))
        Name and weeks of each metric.
    grouped : bool
        Whether values by group are kept of runs at the points in ``group_points``.
    series : bool
        Whether weekly series are kept.
    timeout, memory : float, int
        Seconds and megabytes that a run may take.
    plugins : tuple of str
        Scripts of the user's own that declare metrics.
    traces : str
        Folder in which a worker that is stopped says where it was; one on another host has none.
    asked : tuple of (set of str or None)
        Keys of the metrics that are measured of each design; ``None`` of all.
    """

    recipes: tuple[Recipe, ...]
    measures: tuple[tuple[str, Any], ...]
    groups: tuple[str, ...]
    group_box: bool
    series: bool
    timeout: float
    memory: int
    plugins: tuple[str, ...] = ()
    traces: str = ""
    asked: tuple[frozenset[str] | None, ...] = ()


def order_of(study: LoadedStudy, plugins: Iterable[Path] = (), traces: str = "") -> Order:
    """Return the order of a study."""
    run, by = study.study.run, study.study.compare.by
    return Order(
        recipes=tuple(arm.recipe for arm in study.arms),
        measures=tuple((each.name, each.over) for each in study.measures),
        groups=tuple(by if by is not None else ("profile", "community", "disposition")),
        group_box=study.kind in ("grid", "list"),
        series=run.series == "weekly",
        timeout=run.timeout_s,
        memory=run.memory_mb,
        plugins=tuple(str(Path(each).resolve()) for each in plugins),
        traces=traces,
        asked=tuple(arm.asked for arm in study.arms),
    )


def code_version(plugins: Iterable[Path] = ()) -> str:
    """Return what the results depend on besides the study: the version, the sources, the user's own scripts."""
    scripts = [sha256(Path(each).read_bytes()).hexdigest()[:8] for each in plugins]
    return "+".join([own_version(), sources_hash(), *scripts])


def run_ids(study: LoadedStudy, code: str) -> _Identities:
    """Return what gives every job its identity."""
    return _Identities(study, code)


class _Identities:
    """The identity of a run: a hash of scenario, point, replicate, seed and code, the same wherever it is run.

    Design and point count by name and number too: two designs may be the same scenario, and two points the same values.
    """

    def __init__(self, study: LoadedStudy, code: str) -> None:
        self.points, self.seed = study.points, study.seed
        self._begun = []
        for arm in study.arms:
            begun = sha256(json.dumps([arm.name, arm.loaded.hash(), study.seed, code]).encode())
            self._begun.append(begun)

    def of(self, job: Job) -> str:
        """Return the identity of ``job``, 16 hexadecimal digits."""
        whole = self._begun[job.design].copy()
        settings = self.points.settings(job.point)
        whole.update(json.dumps([job.point, sorted(settings.items()), job.replicate], ensure_ascii=True).encode())
        return whole.hexdigest()[:16]


def own_luck(point: int, times: int) -> range:
    """Return the replicates of a point of the assumption box, numbered from 1, which no other point of it has."""
    return range((point - 1) * times, point * times)


def jobs(points: Iterable[int], replicates: range, designs: int, apart: bool = False) -> Iterator[Job]:
    """Yield the jobs of some points: all designs of one luck together, so that pairs are complete early.

    Parameters
    ----------
    points : iterable of int
        Which points.
    replicates : range
        Which replicates of each.
    designs : int
        How many designs.
    apart : bool
        Whether each point has replicates of its own, so that what chance does at one says nothing of another; else all
        points meet the same luck, so that they can be compared.
    """
    for point in points:
        own = own_luck(point, len(replicates)) if apart else replicates
        for replicate in own:
            for design in range(designs):
                yield Job(point, replicate, design)
