"""Does a results folder hold what its runs yield? A sample of them is lived again and compared to the last bit."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any, NamedTuple

from ecosim.model.metrics.summary import needs_diary
from ecosim.study.runner.live import lived, measured
from ecosim.study.runner.order import Job
from ecosim.study.store.folder import Store
from ecosim.study.store.ledger import quoted


class Difference(NamedTuple):
    """A value that came out otherwise."""

    run_id: str
    design: str
    point: int
    replicate: int
    metric: str
    held: float | None
    now: float | None


def verified(store: Store, runs: int, heard: Callable[[int], None] = lambda done: None) -> tuple[int, list[Difference]]:
    """Live a sample of the finished runs again.

    Parameters
    ----------
    store : Store
        The results folder.
    runs : int
        How many; those whose hashed identities come first, so that each time the same are drawn.
    heard : callable
        Called with how many have been lived.

    Returns
    -------
    count : int
        How many were lived again.
    differences : list of Difference
        Every value that is not the same to the last bit.
    """
    found, sample = [], _sample(store, runs)
    for done, (run_id, design, point, replicate, *values) in enumerate(sample, 1):
        arm = store.study.arm(design)
        loaded = arm.recipe.loaded(store.study.points.settings(point))
        wanted = arm.measured(store.study.wanted)
        now = measured(lived(loaded, replicate, watch=needs_diary(wanted)), wanted, loaded)
        held = dict(zip(store.metrics, values, strict=True))
        for key, other in zip((each.key for each in wanted), now, strict=True):
            if (one := held[key]) != other:
                found.append(Difference(run_id, design, point, replicate, key, one, other))
        heard(done)
    return len(sample), found


def _sample(store: Store, runs: int) -> list[tuple[Any, ...]]:
    """Return the rows of a keyed sample of the finished runs."""
    columns = ", ".join(map(quoted, store.metrics))
    rows = store.ledger.rows(f"SELECT run_id, design, point, replicate, {columns} FROM runs WHERE status = 'done'")
    return sorted(rows, key=lambda row: sha256(str(row[0]).encode()).digest())[:runs]


def held_values(store: Store, job: Job) -> dict[str, float | None] | None:
    """Return what the ledger holds of one run: metric -> value, ``None`` where it was not lived."""
    columns = ", ".join(map(quoted, store.metrics))
    rows = store.ledger.rows(
        f"SELECT {columns} FROM runs WHERE design = ? AND point = ? AND replicate = ? AND status = 'done'",
        (store.designs[job.design], job.point, job.replicate),
    )
    return dict(zip(store.metrics, rows[0], strict=True)) if rows else None
