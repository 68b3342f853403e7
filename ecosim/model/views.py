"""Learners seen one by one: light, read-only views on the arrays, made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload

import numpy as np

from ecosim.errors import UsageError
from ecosim.language import text
from ecosim.model.metrics.groups import apprenance_of, skill_of
from ecosim.model.state import FIELDS, Array


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
    """Some learners, seen through views: what Mesa calls an agent set, without order and without change.

    Parameters
    ----------
    model : object with ``engine``
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

    def get(self, names: str | Sequence[str]) -> list[Any]:
        """Return an attribute of each, or a list of several of each."""
        if isinstance(names, str):
            return list(column(self.model.engine, names, self.numbers).tolist())
        return [list(row) for row in zip(*(self.get(name) for name in names), strict=True)]

    def select(self, where: Callable[[Learner], bool] | Array | None = None, at_most: float = float("inf")) -> Learners:
        """Return those for whom ``where`` holds: a function of a view, or an array of truth values.

        ``at_most`` so many; below 1 it is a share, as in Mesa.
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
