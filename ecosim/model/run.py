"""One run of a scenario, from its first week to its results. Needs neither Mesa nor pandas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from time import perf_counter
from typing import TYPE_CHECKING, Any

from ecosim.errors import UsageError
from ecosim.model import tables
from ecosim.model.engine import Choices, Engine
from ecosim.model.follow import Record, week_of
from ecosim.model.metrics import Wanted, wanted
from ecosim.model.metrics.groups import Groups, by_group
from ecosim.model.metrics.summary import happens, needs_diary, summary
from ecosim.model.notice import say_compiling
from ecosim.model.provenance import own_version, provenance
from ecosim.model.scenes import Scene, scene_of, scene_weeks
from ecosim.model.state import Array
from ecosim.scenario.document import WORD
from ecosim.scenario.resolve import Loaded

if TYPE_CHECKING:
    import networkx
    import pandas


@dataclass(repr=False)
class Run:
    """A run that has been lived, and what came of it.

    Parameters
    ----------
    engine : Engine
        The ecosystem as it is at the end.
    loaded : Loaded
        The scenario.
    replicate : int
        Which luck.
    begun : datetime
        When it began (UTC).
    seconds : float
        How long it took, comparisons included.
    followed : dict
        Learner -> one record a week (:func:`ecosim.model.follow.week_of`).
    wanted : list of Wanted
        The lines of the summary: key, metric, weeks that count, whether the scenario asks for it.
    summary : dict
        Key -> run value, ``None`` where it is undefined.
    scenes : list of Scene
        The first, the middle and the last week; empty where nobody asked for them.
    """

    engine: Engine
    loaded: Loaded
    replicate: int
    begun: datetime
    seconds: float
    followed: dict[int, list[Record]]
    wanted: list[Wanted]
    summary: dict[str, float | None]
    scenes: list[Scene] = field(default_factory=list)

    def __repr__(self) -> str:
        scenario = self.loaded.scenario
        luck = f"seed={scenario.seed}, replicate={self.replicate}"
        return f"Run({self.loaded.name!r}, {luck}, learners={scenario.learners}, weeks={scenario.weeks})"

    @property
    def version(self) -> str:
        """The version of ecosim that ran."""
        return own_version()

    def weekly_table(self) -> dict[str, Array]:
        """Return ``week`` and every weekly metric, each of shape (weeks,)."""
        return self._weekly_table

    @cached_property
    def _weekly_table(self) -> dict[str, Array]:
        return tables.weekly_table(self.engine)

    def learners_table(self) -> dict[str, Array]:
        """Return one row a learner; see :func:`ecosim.model.tables.learners_table`."""
        return tables.learners_table(self.engine, self.loaded.names)

    @property
    def weekly(self) -> pandas.DataFrame:
        """One row a week, one column a metric."""
        return tables.frame(self.weekly_table(), "week")

    @property
    def learners(self) -> pandas.DataFrame:
        """One row a learner."""
        return tables.frame(self.learners_table(), "number")

    def graph(self) -> networkx.Graph[int]:
        """Return the ties at the end, with what is known of learners and ties."""
        return tables.network(self.engine, self.loaded.names)

    def by_group(self) -> Groups:
        """Return run values by community and by profile."""
        return by_group(self.engine)

    def digest(self) -> str:
        """Return one hash of the whole final state."""
        return self.engine.digest()

    def provenance(self) -> dict[str, Any]:
        """Return what is needed to repeat the run: versions, platform, commit, scenario, seed rule, timing."""
        return provenance(self.loaded, self.replicate, self.begun, self.seconds)


def simulate(
    loaded: Loaded,
    replicate: int = 0,
    follow: Iterable[int] = (),
    choices: Mapping[int, Choices] | None = None,
    each_week: Callable[[Engine], None] | None = None,
    scenes: bool = True,
) -> Run:
    """Live a scenario from its first week to its last, and sum it up.

    Parameters
    ----------
    loaded : Loaded
        A scenario that has passed every check.
    replicate : int
        Which luck, 0 .. 2**32 - 1.
    follow : iterable of int
        Learners whose weeks are recorded.
    choices : mapping of week -> learner -> {artefact, effort, partner}, optional
        What people decided for the learners whom they played. Such a run is compared with no other: its metrics that
        need the same run without an event are undefined.
    each_week : callable, optional
        Called with the engine after every week.
    scenes : bool
        Whether to keep the scenes that figures show; many runs that nobody will look at do without.

    Raises
    ------
    UsageError
        When a metric, a learner, a week or a choice is impossible.
    """
    begun, clock = datetime.now(UTC), perf_counter()
    found = wanted(loaded.scenario)
    engine = new_engine(loaded, replicate)
    if needs_diary(found):
        engine.watch()
    followed: dict[int, list[Record]] = {_learner(i, loaded): [] for i in follow}
    decided = _weeks(choices or {}, loaded)
    shown = scene_weeks(loaded.scenario.weeks) if scenes else ()
    seen = []
    while engine.running:
        engine.step(decided.get(engine.week))
        for learner, records in followed.items():
            records.append(week_of(engine, learner, records[-1] if records else None))
        if engine.week - 1 in shown:
            seen.append(scene_of(engine))
        if each_week is not None:
            each_week(engine)
    others = {} if decided else {kind: without(kind, loaded, replicate) for kind in _kinds(found, loaded)}
    summed = summary(found, engine, others)
    return Run(engine, loaded, replicate, begun, perf_counter() - clock, followed, found, summed, seen)


def new_engine(loaded: Loaded, replicate: int = 0) -> Engine:
    """Return an engine for ``loaded``, before its first week.

    Raises
    ------
    UsageError
        When there is no such replicate.
    """
    if not _is_word(replicate):
        raise UsageError("errors.simulate.replicate", value=replicate, most=WORD)
    say_compiling()
    return Engine(loaded.scenario, replicate, loaded.edges)


def without(kind: str, loaded: Loaded, replicate: int) -> Engine:
    """Return the same run, lived to its end, without the events of a kind: the same persons under the same luck."""
    events = [event for event in loaded.scenario.events if event.do != kind]
    scenario = loaded.scenario.model_copy(update={"events": events})
    return new_engine(replace(loaded, scenario=scenario), replicate).run()


def reseeded(loaded: Loaded, seed: int | None) -> Loaded:
    """Return ``loaded`` with another seed, itself without one.

    Raises
    ------
    UsageError
        When it is no whole number from 0 to 2**32 - 1.
    """
    if seed is None:
        return loaded
    if not _is_word(seed):
        raise UsageError("errors.simulate.seed", value=seed, most=WORD)
    return replace(loaded, scenario=loaded.scenario.model_copy(update={"seed": int(seed)}))


def _is_word(value: Any) -> bool:
    """Tell whether ``value`` is a whole number that the counters of chance hold."""
    return hasattr(value, "__index__") and not isinstance(value, bool) and 0 <= value <= WORD


def _kinds(found: list[Wanted], loaded: Loaded) -> list[str]:
    """Return the events without which the run has to be lived again."""
    kinds = {each.metric.counterfactual for each in found} - {None}
    return sorted(kind for kind in kinds if kind is not None and happens(loaded.scenario, kind))


def _learner(given: Any, loaded: Loaded) -> int:
    """Return the number of a learner to follow."""
    if not _is_word(given) or given >= loaded.scenario.learners:
        raise UsageError("errors.simulate.learner", value=given, most=loaded.scenario.learners - 1)
    return int(given)


def _weeks(choices: Mapping[int, Choices], loaded: Loaded) -> dict[int, Choices]:
    """Return the choices by week."""
    for week in choices:
        if not _is_word(week) or week >= loaded.scenario.weeks:
            raise UsageError("errors.simulate.week", value=week, most=loaded.scenario.weeks - 1)
    return {int(week): made for week, made in choices.items()}
