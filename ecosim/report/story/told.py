"""What a story has told so far, so that it says only what is new."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ecosim.model.follow import Record


@dataclass
class Told:
    """The memory of a story while it is told, week after week.

    Parameters
    ----------
    run : Run
        The run.
    records : list of Record
        All weeks of the learner.
    lang : {"en", "fr"}
        The language.

    Attributes
    ----------
    possible : set of int or None
        Artefacts of which the reader knows that they are possible for her; ``None`` before anything was said.
    why_not : tuple of str
        For which reasons artefacts are impossible for her, as last told.
    instruments : set of int
        Artefacts that have been called her instruments.
    choice : tuple
        Which artefact she was last said to prefer, and why.
    effort : str
        How much she was last said to do.
    met : set of int
        Whom she has called on, or who has called on her.
    needs : dict
        Need -> ``low``, ``middle`` or ``high``, as last told.
    quiet : set of str
        Needs that were unmet before anything had happened: that is no turn, and is not told until they have been met.
    levels : dict
        State -> the value that was last told.
    """

    run: Any
    records: list[Record]
    lang: str
    possible: set[int] | None = None
    why_not: tuple[str, ...] = ()
    instruments: set[int] = field(default_factory=set)
    choice: tuple[int, str] = (-1, "")
    effort: str = ""
    met: set[int] = field(default_factory=set)
    needs: dict[str, str] = field(default_factory=dict)
    quiet: set[str] = field(default_factory=set)
    levels: dict[str, float] = field(default_factory=dict)
