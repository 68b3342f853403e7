"""Tables that grow by contribution: a decorator adds an entry, a wrong name gets the nearest right one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from ecosim.errors import UsageError, nearest

T = TypeVar("T")


class Registry(Generic[T]):
    """A named table of things of one kind.

    Parameters
    ----------
    kind : str
        What the entries are, for messages: ``metric``, ``network``.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._entries: dict[str, T] = {}

    def register(self, name: str) -> Callable[[T], T]:
        """Return a decorator that adds what it decorates under ``name``."""

        def add(entry: T) -> T:
            self.add(name, entry)
            return entry

        return add

    def add(self, name: str, entry: T) -> None:
        """Add ``entry`` under ``name``.

        Raises
        ------
        UsageError
            When the name is taken by something else.
        """
        if name in self._entries:
            raise UsageError("errors.registry.taken", kind=self.kind, name=name)
        self._entries[name] = entry

    def remove(self, name: str) -> None:
        """Take ``name`` out again (tests, notebooks)."""
        self._entries.pop(name, None)

    def __getitem__(self, name: str) -> T:
        if name not in self._entries:
            near = nearest(name, self._entries)
            key = "errors.registry.unknown_near" if near else "errors.registry.unknown"
            raise UsageError(key, kind=self.kind, name=name, nearest=near)
        return self._entries[name]

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
