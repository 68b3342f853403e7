"""A debrief from the facts of a course: worlds, the class's own luck, other lucks, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from ecosim.classroom.course import Facts
from ecosim.classroom.debrief.judging import COMPARED, Pair, compared
from ecosim.classroom.debrief.luck import Asked, Came, under_luck
from ecosim.classroom.debrief.worlds import PAIRS, decisions, plans
from ecosim.web.workshop import result_of

LUCKS = 20  #: other lucks under which worlds are compared

Submit = Callable[..., Future[Any]]


@dataclass(frozen=True)
class Debrief:
    """What a class has changed, as plain values.

    Parameters
    ----------
    weeks : int
        Weeks that it has lived.
    replicate : int
        Under which luck.
    decided : int
        How often somebody decided something.
    lucks : int
        Other lucks that were lived; 0 where there is nothing to compare.
    worlds : dict
        Name of each world -> what came of it under the class's own luck; see :mod:`ecosim.classroom.debrief.worlds`.
    pairs : tuple of Pair
        Worlds compared.
    alternative : dict
        What the other design sets: lever -> value; empty without.
    """

    weeks: int
    replicate: int
    decided: int
    lucks: int
    worlds: dict[str, Came]
    pairs: tuple[Pair, ...]
    alternative: dict[str, float] = field(default_factory=dict)

    def lots(self, learner: int) -> dict[str, Any]:
        """Return world -> what became of a learner there, of one who was followed."""
        return {name: came.lots[learner] for name, came in self.worlds.items() if learner in came.lots}


def debrief(
    facts: Facts, seated: Iterable[int], wanted: Sequence[str], alternative: Mapping[str, float] | None = None,
    lucks: int = LUCKS, submit: Submit | None = None,
) -> Debrief:  # fmt: skip
    """Return what a class has changed.

    Parameters
    ----------
    facts : Facts
        What the class has lived so far.
    seated : iterable of int
        Learners whom students live, followed in every world.
    wanted : sequence of str
        Metrics of which weekly series are wanted, to be drawn.
    alternative : mapping of str to float, optional
        Lever -> value from the first week on: another design to compare with.
    lucks : int
        Other lucks under which worlds are compared.
    submit : callable, optional
        ``submit(function, *arguments)`` has a function called elsewhere and returns a future, as
        ``ecosim.web.workshop.workshop().comparing().submit`` does; without it everything is lived here.

    Raises
    ------
    InvalidFile, UsageError
        When a metric does not exist, or the alternative is impossible, or somebody who lived a luck was lost.
    """
    found, own = plans(facts, alternative), facts.replicate
    lived_any = bool(facts.choices)
    names = [name for name in PAIRS if lived_any and all(world in found for world in PAIRS[name])]
    chosen = tuple(dict.fromkeys(wanted))
    full = Asked(tuple(dict.fromkeys((*COMPARED, *chosen))), chosen, tuple(dict.fromkeys(map(int, seated))))
    rest = [each for each in range(lucks + 1) if each != own][:lucks] if names else []
    jobs = [(found, own, full), *((found, each, Asked(COMPARED)) for each in rest)]
    first, *others = _all(jobs, submit)
    return Debrief(
        len(facts.choices), own, decisions(facts), len(rest), first,
        tuple(compared(name, first, others) for name in names), dict(alternative or {}),
    )  # fmt: skip


def _all(jobs: list[tuple[Any, ...]], submit: Submit | None) -> list[dict[str, Came]]:
    """Return what came of each luck, in the order of ``jobs``, wherever they were lived."""
    if submit is None:
        return [under_luck(*job) for job in jobs]
    futures = [submit(under_luck, *job) for job in jobs]
    try:
        return [result_of(future) for future in futures]
    except BaseException:
        for future in futures:
            future.cancel()
        raise
