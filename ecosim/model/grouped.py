"""Groups of learners, by what Mesa's users know: map, do, count, agg."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any


class GroupBy:
    """Groups of learners, each under what its members share.

    Parameters
    ----------
    groups : mapping of key -> learners
        As :meth:`ecosim.model.views.Learners.groupby` makes them: selections, or lists of views.
    """

    def __init__(self, groups: Mapping[Any, Any]) -> None:
        self.groups = dict(groups)

    def __len__(self) -> int:
        return len(self.groups)

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        return iter(self.groups.items())

    def map(self, method: Callable[..., Any] | str, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        """Return key -> ``method`` (a function of a group, or the name of its method) of each group."""
        if callable(method):
            return {key: method(group, *args, **kwargs) for key, group in self}
        return {key: getattr(group, method)(*args, **kwargs) for key, group in self}

    def do(self, method: Callable[..., Any] | str, *args: Any, **kwargs: Any) -> GroupBy:
        """Call ``method`` for each group; return these groups."""
        self.map(method, *args, **kwargs)
        return self

    def count(self) -> dict[Any, int]:
        """Return key -> how many learners."""
        return self.map(len)

    def agg(self, attr_name: str, func: Callable[[Any], Any]) -> dict[Any, Any]:
        """Return key -> ``func`` of the attribute over the group."""
        return {key: func([getattr(each, attr_name) for each in group]) for key, group in self}
