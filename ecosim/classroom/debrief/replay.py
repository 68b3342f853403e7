"""Living what people decided in a world for which they did not decide: what is possible there is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ecosim.classroom.course import Facts, possible
from ecosim.model.engine import Choices, Engine
from ecosim.model.run import new_engine
from ecosim.scenario.resolve import Loaded


class Kept(NamedTuple):
    """A world that has been lived, and how many decisions of people were possible in it, and how many were not."""

    engine: Engine
    kept: int
    dropped: int


def replayed(
    loaded: Loaded, choices: Sequence[Choices], weeks: int, replicate: int, watch: bool = False,
    each_week: Callable[[Engine], None] | None = None,
) -> Kept:  # fmt: skip
    """Live a scenario with the choices of people wherever they are possible; elsewhere the model decides.

    Parameters
    ----------
    loaded : Loaded
        The scenario.
    choices : sequence of dict
        What people decided in each week, from the first on; shorter where they decided nothing more.
    weeks : int
        How many weeks are lived, at most those of the scenario.
    replicate : int
        Which luck.
    watch : bool
        Whether a diary is kept, which some metrics read.
    each_week : callable, optional
        Called with the engine after every week.
    """
    engine, kept, dropped = new_engine(loaded, replicate), 0, 0
    if watch:
        engine.watch()
    for week in range(min(weeks, loaded.scenario.weeks)):
        made, lost = possible(engine, choices[week] if week < len(choices) else {})
        engine.step(made)
        kept, dropped = kept + len(made), dropped + lost
        if each_week is not None:
            each_week(engine)
    return Kept(engine, kept, dropped)


def lived_kept(facts: Facts, weeks: int, replicate: int) -> Kept:
    """Return a course lived under some luck, with the choices of people wherever they are possible there.

    Raises
    ------
    InvalidFile, UsageError
        When the scenario or the replicate is impossible; never for a choice.
    """
    return replayed(facts.loaded(), facts.choices, weeks, replicate)
