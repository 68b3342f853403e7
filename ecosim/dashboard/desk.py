"""What lies on the desk of who uses the dashboard: a scenario, designs made from it, and the way back.

All of it is a plain value that never changes in place, so that undo, links and tests need nothing but comparing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

MOST_DESIGNS = 4
MOST_STEPS = 200  #: that can be undone
LONGEST_NAME = 40  #: letters of what a design is called


def tidy(name: str) -> str:
    """Return a name as designs may have it: letters that a file can hold, and not too many."""
    return "".join(letter for letter in name if letter.isprintable())[:LONGEST_NAME].strip()


@dataclass(frozen=True)
class Source:
    """Where the scenario comes from.

    Parameters
    ----------
    kind : {"preset", "text", "path"}
        A preset, a text that was uploaded or linked, or a file named on the command line, which alone may name others.
    value : str
        Name of the preset, the text, or the path.
    name : str
        As people know it: the name of the file.
    """

    kind: str
    value: str
    name: str = ""


@dataclass(frozen=True)
class Variant:
    """One design: a name, and what it changes of the scenario (dotted path -> value)."""

    name: str = ""
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Desk:
    """A scenario and the designs made from it.

    Parameters
    ----------
    source : Source
        The scenario.
    shared : dict
        What is the same for all designs: dotted path -> value (``weeks``, ``learners``, ``seed``).
    variants : tuple of Variant
        One to four; the first is the baseline.
    active : int
        Which of them is worked on.
    replicate : int
        Which luck is watched.
    """

    source: Source
    shared: Mapping[str, Any] = field(default_factory=dict)
    variants: tuple[Variant, ...] = (Variant(),)
    active: int = 0
    replicate: int = 0

    @property
    def variant(self) -> Variant:
        """The design that is worked on."""
        return self.variants[self.active]

    def settings(self, place: int | None = None) -> dict[str, Any]:
        """Return all that design ``place`` changes of the scenario; of the active one without ``place``."""
        variant = self.variants[self.active if place is None else place]
        return {**self.shared, **variant.changes}

    def with_change(self, path: str, value: Any) -> Desk:
        """Return the desk with one lever of the active design changed."""
        return self._with(replace(self.variant, changes={**self.variant.changes, path: value}))

    def without_change(self, path: str) -> Desk:
        """Return the desk with one lever of the active design as in the scenario."""
        kept = {name: value for name, value in self.variant.changes.items() if name != path}
        return self._with(replace(self.variant, changes=kept))

    def with_shared(self, path: str, value: Any) -> Desk:
        """Return the desk with something changed for all designs."""
        return replace(self, shared={**self.shared, path: value})

    def with_name(self, name: str) -> Desk:
        """Return the desk with the active design called ``name``."""
        return self._with(replace(self.variant, name=tidy(name)))

    def _with(self, variant: Variant) -> Desk:
        placed = list(self.variants)
        placed[self.active] = variant
        return replace(self, variants=tuple(placed))

    def with_copy(self, name: str = "") -> Desk:
        """Return the desk with a copy of the active design behind the others, which is worked on from now on."""
        if len(self.variants) >= MOST_DESIGNS:
            return self
        made = (*self.variants, Variant(name, self.variant.changes))
        return replace(self, variants=made, active=len(made) - 1)

    def without(self, place: int) -> Desk:
        """Return the desk without design ``place``; the last one stays."""
        if len(self.variants) == 1:
            return self
        kept = tuple(each for number, each in enumerate(self.variants) if number != place)
        active = self.active - (self.active >= place)
        return replace(self, variants=kept, active=min(max(0, active), len(kept) - 1))

    def with_baseline(self, place: int) -> Desk:
        """Return the desk with design ``place`` first: the others are compared with it."""
        order = [place, *(number for number in range(len(self.variants)) if number != place)]
        return replace(self, variants=tuple(self.variants[each] for each in order), active=order.index(self.active))

    def turned_to(self, place: int) -> Desk:
        """Return the desk with design ``place`` worked on."""
        return replace(self, active=place)


@dataclass(frozen=True)
class History:
    """A desk with the way back and forth.

    Parameters
    ----------
    now : Desk
        As it is.
    past, future : tuple of Desk
        Nearest last.
    moving : str
        What was changed last, where it may still be on its way: a slider under a hand.
    """

    now: Desk
    past: tuple[Desk, ...] = ()
    future: tuple[Desk, ...] = ()
    moving: str = ""

    def then(self, desk: Desk, moving: str = "") -> History:
        """Return the history after a change; the same desk is no change.

        What is ``moving`` and was so before makes no new step: a slider's whole way is one.
        """
        if desk == self.now:
            return self
        if moving and moving == self.moving:
            return History(desk, self.past, (), moving)
        return History(desk, (*self.past, self.now)[-MOST_STEPS:], (), moving)

    def turned(self, desk: Desk) -> History:
        """Return the history with ``desk`` in place of the present one: looking elsewhere is nothing to undo."""
        return replace(self, now=desk)

    def undone(self) -> History:
        """Return the history a step back."""
        if not self.past:
            return self
        return History(self.past[-1], self.past[:-1], (*self.future, self.now))

    def redone(self) -> History:
        """Return the history a step forth again."""
        if not self.future:
            return self
        return History(self.future[-1], (*self.past, self.now), self.future[:-1])
