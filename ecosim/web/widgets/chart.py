"""A line chart over weeks: outcomes with bands, what happened, the week of the clock; and curves that viewers draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

import anywidget
import traitlets

from ecosim.web.widgets.parts import plain, script, style, words_of

WORDS = (
    "chart", "weeks", "week", "range", "explore", "keys", "empty", "own", "sketch", "sketch_keys", "clear", "cleared"
)  # fmt: skip
MOST_SPREAD = 40  #: single runs that are drawn of one series
Line = dict[str, Any]


class Chart(anywidget.AnyWidget):
    """Series over weeks.

    Attributes
    ----------
    series : list of dict
        What :func:`line` returns.
    weeks : int
        How many weeks the axis has at least.
    unit : {"percent", "number"}
        Of the values; shares are drawn as percentages.
    digits : int
        Behind the point, where values are told.
    limits : list of float
        Lowest and highest value shown; empty: as the values have it.
    marks : list of dict
        As in :class:`ecosim.web.widgets.player.Player`.
    playhead : bool
        Whether the week of the clock is shown, and a click goes to a week.
    zero : bool
        Whether 0 is always shown, by a line of its own: for differences.
    sketch : bool
        Whether the viewer draws a curve.
    sketched : list of float or None
        Her curve, week by week, ``None`` where she has drawn nothing; set by both sides.
    sketches : list of dict
        Curves drawn before, dashed over the outcome: ``label``, ``values``.
    readout : bool
        Whether values are told beneath.
    caption, note, empty, summary, height : str
        Above; beneath; instead of lines; for who does not see it; of the plot, as in CSS.
    clock, words, lang : str, dict, str
        As in :class:`ecosim.web.widgets.player.Player`.
    """

    _esm = script("axes", "chart_drawing", "chart")
    _css = style()
    series: traitlets.List[Any] = traitlets.List().tag(sync=True)
    weeks = traitlets.Int(1).tag(sync=True)
    unit = traitlets.Unicode("number").tag(sync=True)
    digits = traitlets.Int(2).tag(sync=True)
    limits: traitlets.List[Any] = traitlets.List().tag(sync=True)
    marks: traitlets.List[Any] = traitlets.List().tag(sync=True)
    playhead = traitlets.Bool(True).tag(sync=True)
    zero = traitlets.Bool(False).tag(sync=True)
    sketch = traitlets.Bool(False).tag(sync=True)
    sketched: traitlets.List[Any] = traitlets.List().tag(sync=True)
    sketches: traitlets.List[Any] = traitlets.List().tag(sync=True)
    readout = traitlets.Bool(True).tag(sync=True)
    caption = traitlets.Unicode("").tag(sync=True)
    note = traitlets.Unicode("").tag(sync=True)
    empty = traitlets.Unicode("").tag(sync=True)
    summary = traitlets.Unicode("").tag(sync=True)
    height = traitlets.Unicode("").tag(sync=True)
    clock = traitlets.Unicode("main").tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    lang = traitlets.Unicode("en").tag(sync=True)


def line(
    label: str,
    values: Iterable[float | None],
    stroke: int = 0,
    low: Iterable[float | None] | None = None,
    high: Iterable[float | None] | None = None,
    spread: Iterable[Iterable[float | None]] = (),
    dash: Sequence[int] | None = None,
) -> Line:
    """Return a series as a chart takes it.

    Parameters
    ----------
    label : str
        Its name.
    values : iterable of float
        One a week from week 0; not-a-number and ``None`` are gaps.
    stroke : int
        0 .. 3: its colour, and its dashes where none are given.
    low, high : iterable of float, optional
        Between which its band lies, both or neither.
    spread : iterable of iterable of float
        Single runs, drawn faintly; the first :data:`MOST_SPREAD` of them.
    dash : sequence of int, optional
        Lengths of dashes and gaps; empty: an unbroken line.
    """
    made: Line = {"label": label, "values": plain(values), "stroke": stroke}
    if low is not None and high is not None:
        made |= {"low": plain(low), "high": plain(high)}
    runs = [plain(each) for _, each in zip(range(MOST_SPREAD), spread, strict=False)]
    if runs:
        made["spread"] = runs
    return made if dash is None else made | {"dash": list(dash)}


def chart_of(
    lines: Sequence[Line],
    lang: str,
    *,
    caption: str = "",
    unit: Literal["percent", "number"] = "number",
    digits: int | None = None,
    limits: tuple[float, float] | None = None,
    weeks: int = 1,
    marks: Sequence[dict[str, Any]] = (),
    playhead: bool = True,
    zero: bool = False,
    sketch: bool = False,
    sketched: Sequence[float | None] | None = None,
    on_sketched: Callable[[list[float | None]], None] | None = None,
    sketches: Sequence[tuple[str, Iterable[float | None]]] = (),
    readout: bool = True,
    note: str = "",
    empty: str = "",
    summary: str = "",
    height: str = "",
    clock: str = "main",
) -> Any:
    """Return a chart as an element; see :class:`Chart`.

    Parameters
    ----------
    lines : sequence of dict
        From :func:`line`.
    lang : {"en", "fr"}
        Language of its words.
    digits : int, optional
        Without it 0 for percentages and 2 for numbers.
    sketched : sequence of float or None, optional
        The viewer's curve to begin with; without it the browser's.
    on_sketched : callable, optional
        Called with her curve when she has drawn, about five times a second meanwhile.
    sketches : sequence of (label, values)
        Curves to lay over the outcome.
    """
    given: dict[str, Any] = {"sketched": None if sketched is None else plain(sketched), "on_sketched": on_sketched}
    return Chart.element(
        series=list(lines), weeks=weeks, unit=unit, marks=list(marks), playhead=playhead, zero=zero, sketch=sketch,
        digits=(0 if unit == "percent" else 2) if digits is None else digits, limits=list(limits or ()),
        sketches=[{"label": label, "values": plain(values)} for label, values in sketches], readout=readout,
        caption=caption, note=note, empty=empty, summary=summary, height=height, clock=clock, lang=lang,
        words=words_of("chart", WORDS, lang), **{name: value for name, value in given.items() if value is not None},
    )  # fmt: skip
