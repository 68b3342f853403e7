"""The player: start, back, play, step, end, a line to scrub along with marks of what happens, and the pace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import anywidget
import traitlets

from ecosim.report.naming import event_name, events, pooled_deadlines
from ecosim.scenario.document import Scenario
from ecosim.web.widgets.parts import script, style, words_of

WORDS = (
    "player", "scrub", "start", "back", "play", "pause", "step", "end", "speed", "pace", "week", "mark"
)  # fmt: skip
SPEEDS = (1.0, 2.0, 4.0, 8.0, 16.0)  #: weeks a second


class Player(anywidget.AnyWidget):
    """What runs the clock of a page.

    Attributes
    ----------
    weeks : int
        How many weeks there are.
    week : int
        Which is shown, from 0. The browser tells it about six times a second while it plays, at once when it stops;
        what Python sets the browser shows.
    marks : list of dict
        What happens in some weeks: ``week``, ``label``, ``kind`` (``event`` or ``deadline``).
    speeds : list of float
        Weeks a second to choose from.
    order : dict
        ``do`` is ``play``, ``pause`` or ``end``, with a number ``n`` that makes each order another.
    clock : str
        The clock that it runs.
    words : dict
        What people read.
    lang : str
        For numbers.
    """

    _esm = script("player")
    _css = style()
    weeks = traitlets.Int(1).tag(sync=True)
    week = traitlets.Int(0).tag(sync=True)
    marks: traitlets.List[Any] = traitlets.List().tag(sync=True)
    speeds: traitlets.List[Any] = traitlets.List(list(SPEEDS)).tag(sync=True)
    order = traitlets.Dict().tag(sync=True)
    clock = traitlets.Unicode("main").tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    lang = traitlets.Unicode("en").tag(sync=True)


def player_of(
    film: Any,
    lang: str,
    week: int | None = None,
    on_week: Callable[[int], None] | None = None,
    clock: str = "main",
    order: dict[str, Any] | None = None,
) -> Any:
    """Return the player of a film as an element.

    Parameters
    ----------
    film : Film
        Of which it knows the weeks and what happens in them.
    lang : {"en", "fr"}
        Language of its words.
    week : int, optional
        To be shown; without it the week is the browser's.
    on_week : callable, optional
        Called with the week when another is shown.
    clock : str
        The clock that it runs.
    order : dict, optional
        See :class:`Player`.
    """
    given: dict[str, Any] = {} if week is None else {"week": week}
    if on_week is not None:
        given["on_week"] = on_week
    return Player.element(
        weeks=film.weeks, marks=marks_of(film.loaded.scenario, lang), clock=clock, lang=lang,
        words=words_of("player", WORDS, lang), order=order or {}, **given,
    )  # fmt: skip


def marks_of(scenario: Scenario, lang: str, deadlines: bool = True) -> list[dict[str, Any]]:
    """Return what happens in which week of a run: events under one name a week, deadlines that all have."""
    (due,) = words_of("player", ("deadline",), lang).values()
    weeks: Sequence[int] = pooled_deadlines(scenario) if deadlines else ()
    made = [{"week": week, "label": due, "kind": "deadline"} for week in weeks]
    for week, each in events(scenario).items():
        label = " · ".join(event_name(event, lang) for event in each)
        made.append({"week": int(week), "label": label, "kind": "event"})
    return made
