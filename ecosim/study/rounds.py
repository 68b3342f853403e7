"""Which runs come next: all points up to the first look, then those that are not decided yet up to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

from ecosim.study.plan.loaded import LoadedStudy
from ecosim.study.runner.order import Job, jobs
from ecosim.study.statistics.sequential import looks
from ecosim.study.stopping import decided
from ecosim.study.store.folder import Store


class Round(NamedTuple):
    """Runs to be made before results are looked at again: what yields them, and how many they are."""

    jobs: Callable[[], Iterator[Job]]
    size: int


def rounds(study: LoadedStudy, store: Store) -> Iterator[Round]:
    """Yield the rounds of a study; after each one its runs are in the store.

    What is decided is decided by the runs of whole rounds alone, so that an interrupted study that is taken up again
    makes the same runs as one that was not.
    """
    open_points: Sequence[int] = main_points(study)
    before = 0
    for look in looks(study.replicates):
        span, designs = range(before, look), len(study.arms)
        box = range(1, len(study.points)) if not before and study.box is not None else range(0)
        times = range(study.box.robustness.replicates if study.box is not None and study.box.robustness else 0)
        makes = partial(_all, open_points, span, box, times, designs)
        yield Round(makes, (len(open_points) * len(span) + len(box) * len(times)) * designs)
        if look >= study.replicates.max:
            return
        before = look
        open_points = [point for point in open_points if not decided(study, store.values(point)[:, :look], look)]
        if not open_points:
            return


def _all(main: Sequence[int], span: range, box: range, times: range, designs: int) -> Iterator[Job]:
    """Return the jobs of a round: the points that are open, and in the first round the assumption box."""
    return chain(jobs(main, span, designs), jobs(box, times, designs, apart=True))


def main_points(study: LoadedStudy) -> range:
    """Return the points where replicates are sequential: all, or the scenario as it is where designs are compared."""
    return range(1 if study.kind == "designs" else len(study.points))


def first_count(study: LoadedStudy) -> int:
    """Return how many runs there are at least."""
    designs, first = len(study.arms), looks(study.replicates)[0]
    count = len(main_points(study)) * first * designs
    return count + _box_count(study)


def last_count(study: LoadedStudy) -> int:
    """Return how many runs there are at most."""
    return len(main_points(study)) * study.replicates.max * len(study.arms) + _box_count(study)


def _box_count(study: LoadedStudy) -> int:
    if study.box is None or study.box.robustness is None:
        return 0
    return (len(study.points) - 1) * study.box.robustness.replicates * len(study.arms)
