"""Learners seen one by one: light, read-only views on the arrays, made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal, overload

import numpy as np

from ecosim.errors import UsageError
from ecosim.language import text
from ecosim.model.grouped import GroupBy
from ecosim.model.metrics.groups import apprenance_of, skill_of
from ecosim.model.state import FIELDS, Array

DERIVED = ("skill", "apprenance", "community_name", "profile_name")  #: attributes that are no field, or not as they are


def fixed(*_: Any, **__: Any) -> Any:
    """Refuse what would change learners from outside the week: they live in arrays.

    Raises
    ------
    UsageError
        Always.
    """
    raise UsageError("errors.agents.fixed")


class Learner:
    """A view of one learner: attributes are read off the arrays at the moment they are asked for.

    Every field of the state by its name; ``skill`` and ``apprenance`` are those on her interest and her own; what has a
    value a topic or artefact (``peak_skill``, ``mastery``, ``enjoyment``) is an array. ``community_name``,
    ``profile_name``, ``neighbours`` (views of those to whom she is tied).
    """

    __slots__ = ("model", "unique_id")

    model: Any
    unique_id: int

    def __init__(self, model: Any, number: int) -> None:
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

    def __dir__(self) -> list[str]:
        """Return what can be asked of her, so that notebooks can propose it."""
        return sorted({*object.__dir__(self), *FIELDS, *DERIVED})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Learner) and (self.model, self.unique_id) == (other.model, other.unique_id)

    def __hash__(self) -> int:
        return hash((id(self.model), self.unique_id))

    def __reduce__(self) -> tuple[Any, ...]:
        """Be copied and travel as what it is: a model and a number."""
        return Learner, (self.model, self.unique_id)

    def __repr__(self) -> str:
        return f"Learner({self.unique_id})"

    step = advance = remove = create_agents = fixed


def column(engine: Any, name: str, numbers: Array) -> Array:
    """Return attribute ``name`` of the learners ``numbers``, shape (n,) or (n, topics or artefacts).

    Raises
    ------
    AttributeError
        When learners have no such attribute.
    """
    people = engine.learners
    if name == "skill":
        return np.asarray(skill_of(people)[numbers])
    if name == "apprenance":
        return np.asarray(apprenance_of(people)[numbers])
    if name == "unique_id":
        return numbers
    if name == "community_name":
        return np.asarray(np.array(engine.community_names, dtype=object)[people.community[numbers]])
    if name == "profile_name":
        names = list(engine.scenario.context.profiles) or [""]
        return np.asarray(np.array(names, dtype=object)[people.profile[numbers]])
    if name not in FIELDS:
        raise AttributeError(text("errors.agents.attribute", name=name))
    return np.asarray(getattr(people, name).T[numbers])


class Learners(Sequence[Learner]):
    """Some learners, seen through views: what Mesa calls an agent set, with its methods and their arguments.

    It holds numbers, no objects. ``inplace`` changes this selection and never the model: ``model.agents`` is made anew
    whenever it is asked for. Its ``random`` is Mesa's; no result depends on it.

    Parameters
    ----------
    model : object with ``engine`` and ``random``
        To which they belong: an Ecosystem.
    numbers : array of int, shape (n,)
        Who they are.
    """

    __slots__ = ("model", "numbers")

    def __init__(self, model: Any, numbers: Array) -> None:
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

    def __repr__(self) -> str:
        return f"Learners({len(self)})"

    @property
    def random(self) -> Any:
        """Mesa's generator, by which they are shuffled."""
        return self.model.random

    def get(
        self,
        attr_names: str | Sequence[str],
        handle_missing: Literal["error", "default"] = "error",
        default_value: Any = None,
    ) -> list[Any]:
        """Return an attribute of each, or a list of several of each."""
        if not isinstance(attr_names, str):
            columns = [self.get(name, handle_missing, default_value) for name in attr_names]
            return [list(row) for row in zip(*columns, strict=True)]
        try:
            return list(column(self.model.engine, attr_names, self.numbers).tolist())
        except AttributeError:
            if handle_missing == "error":
                raise
            return [default_value] * len(self)

    def select(
        self,
        filter_func: Callable[[Learner], bool] | Array | None = None,
        at_most: float = float("inf"),
        inplace: bool = False,
        agent_type: type | None = None,
    ) -> Learners:
        """Return those for whom ``filter_func`` holds: a function of a view, or an array of truth values.

        ``at_most`` so many; a float up to 1 is a share, as in Mesa. There is one type of agents.
        """
        kept = self.numbers
        if callable(filter_func):
            kept = np.array([each.unique_id for each in self if filter_func(each)], np.int64)
        elif filter_func is not None:
            kept = kept[np.asarray(filter_func, bool)]
        if agent_type is not None and not issubclass(Learner, agent_type):
            kept = kept[:0]
        most = int(at_most * len(self)) if isinstance(at_most, float) and at_most <= 1.0 else at_most
        return self._of(kept[: int(most)] if most < kept.size else kept, inplace)

    def _of(self, numbers: Array, inplace: bool) -> Learners:
        """Return these, as a new selection or as this one."""
        if not inplace:
            return Learners(self.model, numbers)
        self.numbers = numbers
        return self

    def agg(self, attribute: str, func: Callable[[Any], Any] | Sequence[Callable[[Any], Any]]) -> Any:
        """Return ``func`` of the attribute over all of them, or a list where several are asked for."""
        values = column(self.model.engine, attribute, self.numbers)
        return func(values) if callable(func) else [each(values) for each in func]

    def groupby(
        self, by: Callable[[Learner], Any] | str, result_type: Literal["agentset", "list"] = "agentset"
    ) -> GroupBy:
        """Group them by an attribute, or by what ``by`` returns for a view."""
        keys = self.map(by) if callable(by) else self.get(by)
        places: dict[Any, list[int]] = {}
        for place, key in enumerate(keys):
            places.setdefault(key, []).append(place)
        groups = {key: Learners(self.model, self.numbers[found]) for key, found in places.items()}
        return GroupBy(groups if result_type == "agentset" else {key: list(each) for key, each in groups.items()})

    def map(self, method: Callable[..., Any] | str, *args: Any, **kwargs: Any) -> list[Any]:
        """Return ``method`` (a function of a view, or the name of a method) of each."""
        if callable(method):
            return [method(each, *args, **kwargs) for each in self]
        return [getattr(each, method)(*args, **kwargs) for each in self]

    def do(self, method: Callable[..., Any] | str, *args: Any, **kwargs: Any) -> Learners:
        """Call ``method`` for each, which may look at her and not change her; return these learners."""
        self.map(method, *args, **kwargs)
        return self

    def shuffle(self, inplace: bool = False) -> Learners:
        """Return them in an order drawn by Mesa's generator."""
        order = list(range(len(self)))
        self.random.shuffle(order)
        return self._of(self.numbers[order], inplace)

    def shuffle_do(self, method: Callable[..., Any] | str, *args: Any, **kwargs: Any) -> Learners:
        """Do it in an order drawn by Mesa's generator; return these learners, in their own order."""
        self.shuffle().do(method, *args, **kwargs)
        return self

    def sort(self, key: Callable[[Learner], Any] | str, ascending: bool = False, inplace: bool = False) -> Learners:
        """Return them ordered by an attribute, or by what ``key`` returns for a view; highest first unless asked."""
        keys = self.map(key) if callable(key) else self.get(key)
        order = sorted(range(len(self)), key=keys.__getitem__, reverse=not ascending)
        return self._of(self.numbers[order], inplace)

    def to_list(self) -> list[Learner]:
        """Return the views as a list."""
        return list(self)

    def copy(self) -> Learners:
        """Return the same selection once more."""
        return Learners(self.model, self.numbers)

    add = remove = discard = set = fixed
