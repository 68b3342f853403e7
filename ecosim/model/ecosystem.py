"""The face that Mesa knows: a ``mesa.Model`` over the engine. Mesa is touched in this file alone.

Arrays are the truth; learners are looked at through light views that are made when they are asked for, and cost nothing
where they are not. Works with Mesa 3.3 and 3.5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

import mesa  # type: ignore[import-untyped]
import numpy as np

from ecosim.errors import UsageError
from ecosim.language import text
from ecosim.model import tables
from ecosim.model.engine import Choices
from ecosim.model.metrics import METRICS, wanted
from ecosim.model.metrics.groups import apprenance_of, skill_of
from ecosim.model.metrics.wanted import summary
from ecosim.model.run import new_engine, reseeded
from ecosim.model.state import FIELDS, Array
from ecosim.scenario.resolve import Loaded, load

if TYPE_CHECKING:
    import networkx
    import pandas


class Ecosystem(mesa.Model):  # type: ignore[misc]
    """A learning ecosystem as a Mesa model; one step is one week.

    Results never depend on Mesa's generators (``random``, ``rng``) nor on its clock: every draw is keyed by the
    scenario's seed and the replicate, and the engine counts its own weeks. Mesa's generators are there, seeded alike,
    for whatever a user adds.

    Parameters
    ----------
    scenario : str, Path, mapping or Loaded
        ``preset:NAME``, the path of a file, a dictionary, or what has been loaded already.
    seed : int, optional
        In place of the scenario's.
    rng : int, optional
        The same, by the name that Mesa gives it; digits in a text will do.
    replicate : int
        Which luck under this seed.
    **settings
        Dotted path -> value, over what the scenario says: ``**{"design.choice": 0.2}``.

    Attributes
    ----------
    engine : Engine
        The ecosystem itself.
    loaded : Loaded
        The checked scenario.
    running : bool
        Whether there are weeks left.
    datacollector : mesa.DataCollector
        One model variable a weekly metric, collected every week.

    Raises
    ------
    InvalidFile, UsageError
        As from :func:`ecosim.load`; UsageError too when a seed is none.
    """

    def __init__(
        self,
        scenario: str | Path | Mapping[str, Any] | Loaded = "preset:community-of-practice",
        *,
        seed: int | None = None,
        rng: int | str | None = None,
        replicate: int = 0,
        **settings: Any,
    ) -> None:
        luck = _as_seed(rng if seed is None else seed)
        if isinstance(scenario, Loaded):
            if settings:
                raise UsageError("errors.simulate.settings", name=next(iter(settings)))
            self.loaded = reseeded(scenario, luck)
        else:
            self.loaded = reseeded(load(scenario, set=settings, metrics=METRICS), luck)
        super().__init__(rng=self.loaded.scenario.seed)
        self.engine = new_engine(self.loaded, replicate)
        self.datacollector = mesa.DataCollector({name: partial(latest, name) for name in _collected()})
        self._choices: Choices | None = None
        self._counted_step = self.step  # Mesa's own, which counts steps and calls ours
        self.step = self._step_with  # type: ignore[method-assign]

    def step(self, choices: Choices | None = None) -> None:
        """Live one week.

        Parameters
        ----------
        choices : mapping of learner -> {artefact, effort, partner}, optional
            What people decided for the learners whom they play.

        Raises
        ------
        UsageError
            When the run is over or a choice is impossible.
        """
        self.engine.step(choices or self._choices)
        self.running = self.engine.running
        self.datacollector.collect(self)

    def _step_with(self, choices: Choices | None = None) -> None:
        """Let Mesa count the step, and pass ``choices`` by it: in Mesa 3.5 a step takes no arguments."""
        if not self.engine.running:
            raise UsageError("errors.run.over", weeks=self.loaded.scenario.weeks)
        self._choices = choices
        try:
            self._counted_step()
        finally:
            self._choices = None

    def run(self) -> Ecosystem:
        """Live all weeks that are left."""
        while self.running:
            self.step()
        return self

    @property
    def agents(self) -> Learners:
        """All learners, those to come and those who have left included, as read-only views."""
        return Learners(self, np.arange(self.loaded.scenario.learners))

    @agents.setter
    def agents(self, agents: Any) -> None:
        raise UsageError("errors.agents.fixed")

    @property
    def agents_by_type(self) -> dict[type, Learners]:
        """All learners under their one type."""
        return {Learner: self.agents}

    @property
    def agent_types(self) -> list[type]:
        """The one type of agents there is."""
        return [Learner]

    @property
    def weekly(self) -> pandas.DataFrame:
        """One row a week lived, one column a metric."""
        return tables.frame(tables.weekly_table(self.engine), "week")

    @property
    def learners(self) -> pandas.DataFrame:
        """One row a learner, as she is now."""
        return tables.frame(tables.learners_table(self.engine), "number")

    def graph(self) -> networkx.Graph[int]:
        """Return the ties as they are now, with what is known of learners and ties."""
        return tables.network(self.engine)

    @property
    def summary(self) -> dict[str, float | None]:
        """Metric -> run value so far; what compares with another run is undefined (use :func:`ecosim.run`)."""
        return summary([each for each in wanted(self.loaded.scenario) if not each.metric.counterfactual], self.engine, {})

    def digest(self) -> str:
        """Return one hash of the whole state."""
        return self.engine.digest()


def _as_seed(given: Any) -> Any:
    """Return a seed given as digits as a number: so do the input fields of Mesa's pages give it."""
    return int(given) if isinstance(given, str) and given.strip().isdecimal() else given


def _collected() -> list[str]:
    """Return the metrics that are collected every week."""
    names = ((name, METRICS[name]) for name in METRICS)
    return [name for name, metric in names if metric.is_weekly and not metric.costly and not metric.counterfactual]


def latest(name: str, model: Ecosystem) -> float:
    """Return the value of a weekly metric in the last week lived."""
    series = METRICS[name].weekly(model.engine)
    return float(series[-1]) if series is not None and series.size else float("nan")


class Learner:
    """A view of one learner: attributes are read off the arrays at the moment they are asked for.

    Every field of the state by its name; ``skill`` and ``apprenance`` are those on her interest and her own; what has a
    value a topic or artefact (``peak_skill``, ``mastery``, ``enjoyment``) is an array. ``community_name``,
    ``profile_name``, ``neighbours`` (views of those to whom she is tied).
    """

    __slots__ = ("model", "unique_id")

    model: Ecosystem
    unique_id: int

    def __init__(self, model: Ecosystem, number: int) -> None:
        object.__setattr__(self, "model", model)
        object.__setattr__(self, "unique_id", number)

    def __getattr__(self, name: str) -> Any:
        if name == "skill" or name not in FIELDS:
            return column(self.model.engine, name, np.array([self.unique_id]))[0]
        found = getattr(self.model.engine.learners, name)[..., self.unique_id]
        return found.item() if np.ndim(found) == 0 else found.copy()

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(text("errors.agents.read_only", name=name))

    @property
    def neighbours(self) -> Learners:
        """Those to whom she is tied."""
        first, other = self.model.engine.ties[:2]
        return Learners(self.model, other[first[self.unique_id] : first[self.unique_id + 1]].astype(np.int64))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Learner) and (self.model, self.unique_id) == (other.model, other.unique_id)

    def __hash__(self) -> int:
        return hash((id(self.model), self.unique_id))

    def __repr__(self) -> str:
        return f"Learner({self.unique_id})"


def column(engine: Any, name: str, numbers: Array) -> Array:
    """Return attribute ``name`` of the learners ``numbers``, shape (n,) or (n, topics or artefacts).

    Raises
    ------
    AttributeError
        When learners have no such attribute.
    """
    people = engine.learners
    if name == "skill":
        return skill_of(people)[numbers]
    if name == "apprenance":
        return apprenance_of(people)[numbers]
    if name == "unique_id":
        return numbers
    if name == "community_name":
        return np.array(list(engine.community_names), dtype=object)[people.community[numbers]]
    if name == "profile_name":
        return np.array(list(engine.scenario.context.profiles) or [""], dtype=object)[people.profile[numbers]]
    if name not in FIELDS:
        raise AttributeError(text("errors.agents.attribute", name=name))
    return np.asarray(getattr(people, name).T[numbers])


class Learners(Sequence[Learner]):
    """Some learners, seen through views: what Mesa calls an agent set, without order and without change.

    Parameters
    ----------
    model : Ecosystem
        To whom they belong.
    numbers : array of int, shape (n,)
        Who they are.
    """

    __slots__ = ("model", "numbers")

    def __init__(self, model: Ecosystem, numbers: Array) -> None:
        self.model, self.numbers = model, numbers

    def __len__(self) -> int:
        return int(self.numbers.size)

    def __iter__(self) -> Iterator[Learner]:
        return (Learner(self.model, number) for number in self.numbers.tolist())

    @overload
    def __getitem__(self, place: int) -> Learner: ...
    @overload
    def __getitem__(self, place: slice) -> Learners: ...
    def __getitem__(self, place: int | slice) -> Learner | Learners:
        found = self.numbers[place]
        return Learners(self.model, found) if isinstance(place, slice) else Learner(self.model, int(found))

    def __contains__(self, thing: object) -> bool:
        return isinstance(thing, Learner) and thing.model is self.model and thing.unique_id in self.numbers

    def get(self, names: str | Sequence[str]) -> list[Any]:
        """Return an attribute of each, or a list of several of each."""
        if isinstance(names, str):
            return list(column(self.model.engine, names, self.numbers).tolist())
        return [list(row) for row in zip(*(self.get(name) for name in names), strict=True)]

    def select(self, where: Callable[[Learner], bool] | Array | None = None, at_most: float = float("inf")) -> Learners:
        """Return those for whom ``where`` (a function of a view, or an array of truth values) holds, ``at_most`` so many.

        ``at_most`` below 1 is a share, as in Mesa.
        """
        kept = self.numbers
        if callable(where):
            kept = np.array([each.unique_id for each in self if where(each)], np.int64)
        elif where is not None:
            kept = kept[np.asarray(where, bool)]
        most = int(at_most * len(self)) if at_most < 1 else at_most
        return Learners(self.model, kept[: int(most)] if most < kept.size else kept)

    def agg(self, name: str, how: Callable[[Any], Any] | Sequence[Callable[[Any], Any]]) -> Any:
        """Return ``how`` of the attribute over all of them, or a list where several are asked for."""
        values = column(self.model.engine, name, self.numbers)
        return how(values) if callable(how) else [each(values) for each in how]

    def map(self, what: Callable[..., Any] | str, *args: Any, **named: Any) -> list[Any]:
        """Return ``what`` (a function of a view, or the name of a method) of each."""
        if callable(what):
            return [what(each, *args, **named) for each in self]
        return [getattr(each, what)(*args, **named) for each in self]

    def to_list(self) -> list[Learner]:
        """Return the views as a list."""
        return list(self)

    def _fixed(self, *_: Any, **__: Any) -> Any:
        """Refuse what would change learners from outside the week: they live in arrays.

        Raises
        ------
        UsageError
            Always.
        """
        raise UsageError("errors.agents.fixed")

    add = remove = discard = do = set = shuffle = shuffle_do = sort = _fixed
